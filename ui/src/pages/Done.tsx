import { FactList } from "../parts/FactList";
import { Messages } from "../parts/Message";
import { toneIcons } from "../parts/icons";
import { words } from "../words";
import type { Of } from "./Start";

export default function Done({ content }: { content: Of<"done"> }) {
  return (
    <>
      {content.keyFacts.length > 0 && (
        <dl className={content.keyFacts.length > 1 ? "card card--two key-facts" : "card key-facts"}>
          {content.keyFacts.map((fact) => (
            <div key={fact.term}>
              <dt className="hint">{fact.term}</dt>
              <dd>
                <span className="key-fact">{fact.value}</span>
                <span className="quiet">{fact.detail}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {content.happened.length > 0 && (
        <section>
          <h2>{words.whatHappened}</h2>
          <ol className="happened">
            {content.happened.map((happening) => {
              const Icon = toneIcons[happening.tone];
              return (
                <li key={happening.title + happening.at}>
                  <span className={`finding finding--${happening.tone}`}>
                    <Icon aria-hidden />
                  </span>
                  <div>
                    <b>{happening.title}</b>
                    <p className="quiet">{happening.detail}</p>
                  </div>
                  <span className="at">{happening.at}</span>
                </li>
              );
            })}
          </ol>
        </section>
      )}
      {content.facts.length > 0 && <FactList facts={content.facts} look="answers" />}
      <Messages messages={content.messages} />
    </>
  );
}
