import { Disclosure } from "../parts/Disclosure";
import { FactList } from "../parts/FactList";
import { words } from "../words";
import type { Of } from "./Start";

export default function Problem({ content }: { content: Of<"problem"> }) {
  return (
    <div data-code={content.code}>
      <FactList facts={content.facts} look="problem">
        {content.request !== null && (
          <div>
            <dt>{words.theRequest}</dt>
            <dd>
              <p className="quote">{content.request}</p>
            </dd>
          </div>
        )}
      </FactList>
      {content.details.length > 0 && (
        <Disclosure label={words.details}>
          <FactList facts={content.details} look="evidence" />
        </Disclosure>
      )}
    </div>
  );
}
