import { Disclosure } from "../parts/Disclosure";
import { FactList } from "../parts/FactList";
import { Messages } from "../parts/Message";
import { PlanByParts } from "./Parts";
import type { Of } from "./Start";
import { useWords } from "../parts/context";
import styles from "./Problem.module.css";

export default function Problem({ content }: { content: Of<"problem"> }) {
  const words = useWords();
  return (
    <div data-code={content.code}>
      <FactList facts={content.facts} look="problem">
        {content.request !== null && (
          <div>
            <dt>{words.theRequest}</dt>
            <dd>
              <p className={styles.quote}>{content.request}</p>
            </dd>
          </div>
        )}
      </FactList>
      {content.stopped && (
        <div className={styles.stopped}>
          <Messages messages={[content.stopped.message]} />
        </div>
      )}
      {content.details.length > 0 && (
        <div className={styles.details}>
          <Disclosure label={words.details}>
            <div className={styles.inset}>
              <FactList facts={content.details} look="evidence" />
            </div>
          </Disclosure>
        </div>
      )}
      {content.stopped && (
        <div className={styles.stopped}>
          <PlanByParts plan={content.stopped.plan} />
        </div>
      )}
    </div>
  );
}
