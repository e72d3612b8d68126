import {
  Checkmark16Regular,
  Clock16Regular,
  ErrorCircle16Filled,
  EyeOff20Filled,
  EyeOff20Regular,
  PersonArrowRight16Regular,
  QuestionCircle20Regular,
  type FluentIcon,
} from "@fluentui/react-icons";

import type { Frame, RailState, RailStep } from "../bindings/rpc";
import { useWindow, useWords } from "./context";
import { Brand, PRODUCT } from "./Mark";
import { classes } from "./classes";
import styles from "./StepRail.module.css";

const icons: Partial<Record<RailState, FluentIcon>> = {
  waiting: Clock16Regular,
  "ask-somebody": PersonArrowRight16Regular,
  "too-broad": ErrorCircle16Filled,
  problem: ErrorCircle16Filled,
};

function Step({ step, left }: { step: RailStep; left: () => void }) {
  const words = useWords();
  const { act } = useWindow();
  const Icon = icons[step.state] ?? (step.state === "done" && !step.current ? Checkmark16Regular : undefined);
  const noted = step.note !== null;
  const className = classes(
    styles.step,
    step.current && styles.current,
    noted && styles.noted,
    (step.state === "done" || step.open !== null) && styles.seen,
  );
  const hooks = { "data-step": step.id, "data-state": step.state };
  const inside = (
    <>
      <span className={styles.sign}>{Icon ? <Icon aria-hidden /> : <span>{step.number}</span>}</span>
      <span className={styles.stepName}>
        {step.name}
        {step.state === "done" && <span className="off-screen">, {words.done}</span>}
      </span>
      {noted && <span className={styles.note}>{step.note}</span>}
    </>
  );
  const { open } = step;
  const here = step.current ? "step" : undefined;
  if (open === null) {
    return (
      <span className={className} aria-current={here} {...hooks}>
        {inside}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={classes("plain", className)}
      aria-current={here}
      {...hooks}
      data-request={open.kind}
      onClick={() => {
        left();
        act(open);
      }}
    >
      {inside}
    </button>
  );
}

/** Presenting mode and Help, in the rail and in the header. */
export function Tools({ presenting, inRail }: { presenting: boolean; inRail: boolean }) {
  const words = useWords();
  const className = classes("plain", styles.tool, !inRail && styles.inHeader);
  const { act } = useWindow();
  const Eye = presenting ? EyeOff20Filled : EyeOff20Regular;
  return (
    <>
      <button
        type="button"
        className={className}
        aria-pressed={presenting}
        aria-keyshortcuts="Control+Shift+P"
        data-request="set-presenting"
        onClick={() => act({ kind: "set-presenting", on: !presenting })}
      >
        <Eye aria-hidden />
        <span>{words.presenting}</span>
        {(inRail || presenting) && (
          <span className={styles.side} aria-hidden="true">
            {presenting ? words.on : words.off}
          </span>
        )}
      </button>
      <button type="button" className={className} aria-keyshortcuts="F1" data-request="help" onClick={() => act({ kind: "help" })}>
        <QuestionCircle20Regular aria-hidden />
        <span>{words.help}</span>
        {inRail && (
          <span className={styles.side} aria-hidden="true">
            {words.helpKey}
          </span>
        )}
      </button>
    </>
  );
}

export function StepRail({ frame, left }: { frame: Frame; left: () => void }) {
  const words = useWords();
  return (
    <aside className={styles.rail} id="rail" aria-label={PRODUCT}>
      <Brand className={styles.brand} />
      {frame.connection && (
        <div className={styles.name}>
          <b>{frame.connection.platform}</b>
          {frame.connection.organisation !== "" && <span className="hint">{frame.connection.organisation}</span>}
        </div>
      )}
      <nav id="steps" aria-label={words.steps} tabIndex={-1}>
        <ol>
          {frame.steps.map((step) => (
            <li key={step.id}>
              <Step step={step} left={left} />
            </li>
          ))}
        </ol>
      </nav>
      <div className={styles.end}>
        <Tools presenting={frame.presenting} inRail />
      </div>
    </aside>
  );
}
