import { FactList } from "../parts/FactList";
import { Messages } from "../parts/Message";
import { Sign } from "../parts/Finding";
import type { Of } from "./Start";
import { classes } from "../parts/classes";
import card from "../parts/Card.module.css";
import happened from "../parts/Happened.module.css";
import { useWords } from "../parts/context";
import styles from "./Done.module.css";

export default function Done({ content }: { content: Of<"done"> }) {
  const words = useWords();
  return (
    <>
      {content.keyFacts.length > 0 && (
        <dl className={classes(card.card, content.keyFacts.length > 1 && card.two)}>
          {content.keyFacts.map((fact) => (
            <div key={fact.term}>
              <dt className="hint">{fact.term}</dt>
              <dd>
                <span className={styles.keyFact}>{fact.value}</span>
                <span className="quiet">{fact.detail}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {content.happened.length > 0 && (
        <section>
          <h2>{words.whatHappened}</h2>
          <ol className={happened.happened}>
            {content.happened.map((happening) => (
              <li key={happening.title + happening.at}>
                <Sign tone={happening.tone} />
                <div>
                  <b>{happening.title}</b>
                  <p className="quiet">{happening.detail}</p>
                </div>
                <span className={happened.at}>{happening.at}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
      {content.facts.length > 0 && <FactList facts={content.facts} look="answers" />}
      <Messages messages={content.messages} />
    </>
  );
}
