import {
  Add20Regular,
  CheckmarkCircle20Filled,
  Circle20Regular,
  Prohibited20Regular,
  Search20Regular,
  Subtract20Regular,
} from "@fluentui/react-icons";

import type { LineState, PartLine, PlanByParts as PlanView, PlanPart } from "../bindings/rpc";
import { Act } from "../parts/Act";
import { Disclosure } from "../parts/Disclosure";
import { FactList } from "../parts/FactList";
import { Finding } from "../parts/Finding";
import { Messages } from "../parts/Message";
import { Options } from "../parts/Options";
import { Turning } from "../parts/Turning";
import type { Of } from "./Start";
import { classes } from "../parts/classes";
import card from "../parts/Card.module.css";
import { useWords } from "../parts/context";
import styles from "./Parts.module.css";

function Sign({ state }: { state: LineState }) {
  switch (state) {
    case "working":
      return <Turning />;
    case "checked":
      return <CheckmarkCircle20Filled className={styles.checked} aria-hidden />;
    case "made":
      return <Circle20Regular aria-hidden />;
    case "to-read":
      return <Search20Regular aria-hidden />;
    case "todo":
      return <Add20Regular aria-hidden />;
    case "to-take-away":
      return <Subtract20Regular aria-hidden />;
  }
}

function Line({ line }: { line: PartLine }) {
  const words = useWords();
  return (
    <li data-line={line.state}>
      <Sign state={line.state} />
      <div>
        <b>{line.title}</b>
        {line.state === "working" && <span className="off-screen"> ({words.underWay})</span>}
        {line.detail !== "" && <p className="quiet">{line.detail}</p>}
      </div>
      {line.stamp !== null && <span className={styles.at}>{line.stamp}</span>}
    </li>
  );
}

function Part({ part }: { part: PlanPart }) {
  return (
    <section className={styles.part} data-plan-part={part.kind}>
      <div className={styles.head}>
        <h2>{part.name}</h2>
        {part.takes !== null && <p className="hint">{part.takes}</p>}
        <Finding finding={part.finding} />
      </div>
      <div className={styles.body}>
        {part.lines.length > 0 && (
          <ul className={styles.lines}>
            {part.lines.map((line) => (
              <Line key={line.title + line.detail} line={line} />
            ))}
          </ul>
        )}
        {part.facts.length > 0 && <FactList facts={part.facts} look="evidence" />}
        {part.details.map((detail) => (
          <Disclosure key={detail.group.field} label={detail.label}>
            <Options group={detail.group} />
          </Disclosure>
        ))}
        <Messages messages={part.messages} />
        {part.note !== null && <p className="hint">{part.note}</p>}
        {part.acts.length > 0 && (
          <div className={styles.acts}>
            {part.acts.map((button) => (
              <Act key={button.label} button={button} />
            ))}
          </div>
        )}
      </div>
    </section>
  );
}

/** A plan by its parts, before it is carried out, meanwhile, and afterwards. */
export function PlanByParts({ plan }: { plan: PlanView }) {
  const words = useWords();
  return (
    <>
      <div className={classes(card.card, styles.parts)}>
        {plan.parts.map((part) => (
          <Part key={part.kind} part={part} />
        ))}
      </div>
      {plan.wont.length > 0 && (
        <section className={classes(card.card, styles.wont)}>
          <h2 className="small">{words.wontTouch}</h2>
          <ul className={styles.lines}>
            {plan.wont.map((line) => (
              <li key={line.title + line.detail}>
                <Prohibited20Regular aria-hidden />
                <div>
                  <b>{line.title}</b>
                  {line.detail !== "" && <p className="quiet">{line.detail}</p>}
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      {plan.calls.length > 0 && (
        <div className={styles.calls}>
          <Disclosure label={plan.callsLabel} link>
            <ul className={styles.callList}>
              {plan.calls.map((call) => (
                <li key={call} className="mono">
                  {call}
                </li>
              ))}
            </ul>
            {plan.copyCalls && <Act button={plan.copyCalls} />}
          </Disclosure>
        </div>
      )}
    </>
  );
}

export default function Parts({ content }: { content: Of<"parts"> }) {
  return (
    <>
      <Messages messages={content.messages} />
      {content.answers.length > 0 && <FactList facts={content.answers} look="answers" />}
      <PlanByParts plan={content.plan} />
    </>
  );
}
