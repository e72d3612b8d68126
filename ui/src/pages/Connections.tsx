import type { ConnectionCard } from "../bindings/rpc";
import { Act } from "../parts/Act";
import { Finding } from "../parts/Finding";
import { More } from "../parts/More";
import { words } from "../words";
import type { Of } from "./Start";

/** What names a connection: its organisation, or its platform before one is signed in. */
const nameOf = (card: ConnectionCard) => (card.organisation === "" ? card.platform : card.organisation);

function Acts({ card }: { card: ConnectionCard }) {
  const [first, ...rest] = card.actions;
  return (
    <div className="acts">
      {first && <Act button={first} />}
      {rest.length > 0 && <More name={`${nameOf(card)}, ${card.platform}`} buttons={rest} />}
    </div>
  );
}

export default function Connections({ content }: { content: Of<"connections"> }) {
  const { first, rest } = content;
  return (
    <>
      {first && (
        <section className={`card first-connection finding-card--${first.finding.tone}`} data-connection={first.id}>
          <div>
            <Finding finding={first.finding} />
            <h2>
              {first.organisation === "" ? first.platform : `${first.organisation}, ${first.platform}`}{" "}
              {first.practice && <span className="practice-tag">{words.practiceTag}</span>}
            </h2>
            <p className="soft">{first.detail}</p>
          </div>
          <Acts card={first} />
        </section>
      )}
      {rest.length > 0 && (
        <section>
          <h2>{words.others}</h2>
          <table className="table connections">
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
                    {nameOf(card)} {card.practice && <span className="practice-tag">{words.practiceTag}</span>}
                    {card.organisation !== "" && <span className="stamp">{card.platform}</span>}
                  </th>
                  <td>
                    <Finding finding={card.finding} />
                    <span className="stamp stamp--in">{card.detail}</span>
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
