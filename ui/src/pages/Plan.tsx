import { Add20Regular, CheckmarkCircle20Filled, Prohibited20Regular, Subtract20Regular } from "@fluentui/react-icons";

import type { Plan as PlanView, PlanLine } from "../bindings/rpc";
import { Disclosure } from "../parts/Disclosure";
import { FactList } from "../parts/FactList";
import { Messages } from "../parts/Message";
import { Options } from "../parts/Options";
import type { Of } from "./Start";
import { classes } from "../parts/classes";
import card from "../parts/Card.module.css";
import { useWords } from "../parts/context";
import styles from "./Plan.module.css";

function Lines({ title, lines, will }: { title: string; lines: readonly PlanLine[]; will: boolean }) {
  const words = useWords();
  return (
    <section>
      <h2 className="small">{title}</h2>
      <ul className={styles.lines}>
        {lines.map((line) => (
          <li key={line.title + line.detail}>
            {!will ? (
              <Prohibited20Regular aria-hidden />
            ) : line.done ? (
              <CheckmarkCircle20Filled className={styles.done} aria-hidden />
            ) : line.takesAway ? (
              <Subtract20Regular aria-hidden />
            ) : (
              <Add20Regular aria-hidden />
            )}
            <div>
              <b>{line.title}</b>
              {line.done && <span className="off-screen"> ({words.done})</span>}
              {line.detail !== "" && <p className="quiet">{line.detail}</p>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function PlanCard({ plan }: { plan: PlanView }) {
  const words = useWords();
  const both = plan.will.length > 0 && plan.wont.length > 0;
  return (
    <div className={classes(card.card, both && card.two, styles.plan)}>
      {plan.will.length > 0 && <Lines title={words.willCreate} lines={plan.will} will />}
      {plan.wont.length > 0 && <Lines title={words.wontTouch} lines={plan.wont} will={false} />}
    </div>
  );
}

export default function Plan({ content }: { content: Of<"plan"> }) {
  return (
    <>
      {content.answers.length > 0 && <FactList facts={content.answers} look="answers" />}
      <div>
        <PlanCard plan={content.plan} />
        {content.plan.calls.length > 0 && (
          <div className={styles.calls}>
            <Disclosure label={content.plan.callsLabel} link>
              <ul className={styles.callList}>
                {content.plan.calls.map((call) => (
                  <li key={call} className="mono">
                    {call}
                  </li>
                ))}
              </ul>
            </Disclosure>
          </div>
        )}
      </div>
      {content.options.map((group) => (
        <Options key={group.field} group={group} />
      ))}
      <Messages messages={content.messages} />
    </>
  );
}
