import type { ConnectionCard } from "../bindings/rpc";
import { Act } from "../parts/Act";
import { Finding } from "../parts/Finding";
import { More } from "../parts/More";
import type { Of } from "./Start";
import { classes } from "../parts/classes";
import cards from "../parts/Card.module.css";
import table from "../parts/Table.module.css";
import { useWords } from "../parts/context";
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

export default function Connections({ content }: { content: Of<"connections"> }) {
  const words = useWords();
  const { first, rest } = content;
  return (
    <>
      {first && (
        <section className={classes(cards.card, styles.first)} data-connection={first.id} data-state={first.finding.tone}>
          <div>
            <Finding finding={first.finding} />
            <h2>
              {first.organisation === "" ? first.platform : `${first.organisation}, ${first.platform}`}{" "}
              {first.practice && <span className={styles.practice}>{words.practiceTag}</span>}
            </h2>
            <p className="soft">{first.detail}</p>
          </div>
          <Acts card={first} />
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
                <th scope="col">
                  <span className="off-screen">{words.acts}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rest.map((card) => (
                <tr key={card.id} data-connection={card.id}>
                  <th scope="row">
                    {nameOf(card)} {card.practice && <span className={styles.practice}>{words.practiceTag}</span>}
                    {card.organisation !== "" && <span className={table.stamp}>{card.platform}</span>}
                  </th>
                  <td>
                    <Finding finding={card.finding} />
                    <span className={classes(table.stamp, styles.stampIn)}>{card.detail}</span>
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
