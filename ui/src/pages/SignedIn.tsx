import type { PreflightRow } from "../bindings/rpc";
import { Disclosure } from "../parts/Disclosure";
import { Finding } from "../parts/Finding";
import { Messages } from "../parts/Message";
import type { Of } from "./Start";
import { classes } from "../parts/classes";
import card from "../parts/Card.module.css";
import table from "../parts/Table.module.css";
import { useWords } from "../parts/context";
import styles from "./SignedIn.module.css";

function Rows({ rows, caption, head }: { rows: readonly PreflightRow[]; caption: string; head: boolean }) {
  const words = useWords();
  return (
    <table className={classes(table.table, table.stacks, head ? styles.checks : styles.more)}>
      <caption className="off-screen">{caption}</caption>
      {/* Widths stand here, because a head that is off the screen would give the columns others. */}
      <colgroup>
        <col className={styles.need} />
        <col />
        <col className={styles.finding} />
      </colgroup>
      <thead className={head ? "" : "off-screen"}>
        <tr>
          <th scope="col">{words.checkNeed}</th>
          <th scope="col">{words.checkTakes}</th>
          <th scope="col">{words.checkFinding}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.need}>
            <th scope="row">{row.need}</th>
            <td className="quiet">{row.takes}</td>
            <td>
              <Finding finding={row.finding} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export default function SignedIn({ content }: { content: Of<"signed-in"> }) {
  const words = useWords();
  return (
    <>
      <dl className={classes(card.card, card.two, styles.who)}>
        <div className={styles.person}>
          <dt className="hint">
            <span className={styles.avatar} aria-hidden="true">
              {content.initials}
            </span>
            {words.signedInAs}
          </dt>
          <dd>
            <b>{content.person}</b>
            <span>{content.userName}</span>
          </dd>
        </div>
        <div>
          <dt className="hint">{words.organisation}</dt>
          <dd>
            <b>{content.organisation}</b>
            <span>
              {content.domain} <span className="mono">{content.tenant}</span>
            </span>
          </dd>
        </div>
      </dl>
      <section>
        <h2>{content.sentence}</h2>
        <Rows rows={content.checks} caption={content.sentence} head />
        {content.more.length > 0 && (
          <Disclosure label={content.moreLabel}>
            <Rows rows={content.more} caption={content.moreLabel} head={false} />
          </Disclosure>
        )}
      </section>
      <Messages messages={content.messages} />
    </>
  );
}
