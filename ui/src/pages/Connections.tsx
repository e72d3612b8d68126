import type { ConnectionCard } from "../bindings/rpc";
import { bytesOf } from "../forms";
import { Act } from "../parts/Act";
import { FileButton } from "../parts/FileButton";
import { Finding } from "../parts/Finding";
import { More } from "../parts/More";
import type { Of } from "./Start";
import { classes } from "../parts/classes";
import cards from "../parts/Card.module.css";
import table from "../parts/Table.module.css";
import { useWindow, useWords } from "../parts/context";
import styles from "./Connections.module.css";

/** What names a connection: its organisation, or its platform before one is signed in. */
const nameOf = (card: ConnectionCard) => (card.organisation === "" ? card.platform : card.organisation);

function Acts({ card }: { card: ConnectionCard }) {
  const [first, ...rest] = card.actions;
  return (
    <div className={styles.acts}>
      {first && <Act button={first} />}
      {rest.length > 0 && <More name={`${nameOf(card)}, ${card.platform}`} buttons={rest} />}
    </div>
  );
}

/** The connection's name, which opens it where it can be opened. */
function Name({ card, children }: { card: ConnectionCard; children: string }) {
  const { press } = useWindow();
  const opens = card.actions.find((action) => action.request.kind === "open-connection");
  if (opens === undefined || opens === card.actions[0]) {
    return children;
  }
  return (
    <button type="button" className={classes("plain", styles.name)} onClick={() => press(opens)} data-request={opens.request.kind}>
      {children}
    </button>
  );
}

/** What is known of it, in one line. */
function Known({ parts }: { parts: readonly (string | null)[] }) {
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? null : (
    <span className={styles.known}>
      {known.map((part) => (
        <span key={part}>{part}</span>
      ))}
    </span>
  );
}

/** The longest file that is read as a record, in bytes; the same as `bundle::read::MOST_BYTES`. */
const LONGEST_RECORD = 32 * 1024 * 1024;

/** Opens a record in place of a connection that this computer knows. */
function OpenRecord({ label }: { label: string }) {
  const { submit } = useWindow();
  return (
    <p>
      <FileButton
        label={label}
        accept=".json,application/json"
        onFile={(file) => void bytesOf(file, LONGEST_RECORD).then((base64) => submit({ kind: "open-record", base64 }))}
      />
    </p>
  );
}

export default function Connections({ content }: { content: Of<"connections"> }) {
  const words = useWords();
  const { first, rest } = content;
  return (
    <>
      {content.openRecord !== null && <OpenRecord label={content.openRecord} />}
      {first && (
        <section className={classes(cards.card, styles.first)} data-connection={first.id} data-state={first.finding.tone}>
          <div className={styles.told}>
            <div>
              <Finding finding={first.finding} />
              <h2>
                <Name card={first}>{first.organisation === "" ? first.platform : `${first.organisation}, ${first.platform}`}</Name>{" "}
                {first.practice && <span className={styles.practice}>{words.practiceTag}</span>}
              </h2>
              <p className="soft">{first.detail}</p>
              <p className="soft">
                <Known parts={[first.mailboxes, first.proof]} />
              </p>
            </div>
            <Acts card={first} />
          </div>
          {first.stages.length > 0 && (
            <ol className={styles.stages}>
              {first.stages.map((stage) => (
                <li key={stage.title}>
                  <strong>{stage.title}</strong>
                  <span>{stage.text}</span>
                </li>
              ))}
            </ol>
          )}
        </section>
      )}
      {rest.length > 0 && (
        <section>
          <h2>{words.others}</h2>
          <table className={classes(table.table, table.stacks, styles.connections)}>
            <thead>
              <tr>
                <th scope="col">{words.connection}</th>
                <th scope="col">{words.state}</th>
                <th scope="col">{words.secretEnds}</th>
                <th scope="col">
                  <span className="off-screen">{words.acts}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rest.map((card) => (
                <tr key={card.id} data-connection={card.id}>
                  <th scope="row">
                    <Name card={card}>{nameOf(card)}</Name> {card.practice && <span className={styles.practice}>{words.practiceTag}</span>}
                    <span className={table.stamp}>
                      <Known parts={[card.organisation === "" ? null : card.platform, card.mailboxes]} />
                    </span>
                  </th>
                  <td>
                    <Finding finding={card.finding} />
                    <span className={classes(table.stamp, styles.stampIn)}>{card.detail}</span>
                    {card.proof !== null && <span className={classes(table.stamp, styles.stampIn)}>{card.proof}</span>}
                  </td>
                  <td>
                    {card.ends !== null && (
                      <>
                        {card.ends.day}
                        <span className={table.stamp}>{card.ends.left}</span>
                      </>
                    )}
                  </td>
                  <td>
                    <Acts card={card} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}
