import { Disclosure } from "../parts/Disclosure";
import { FactList } from "../parts/FactList";
import { words } from "../words";
import type { Of } from "./Start";
import styles from "./Problem.module.css";

export default function Problem({ content }: { content: Of<"problem"> }) {
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
      {content.details.length > 0 && (
        <div className={styles.details}>
          <Disclosure label={words.details}>
            <div className={styles.inset}>
              <FactList facts={content.details} look="evidence" />
            </div>
          </Disclosure>
        </div>
      )}
    </div>
  );
}
