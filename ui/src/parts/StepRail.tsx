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
import { words } from "../words";
import { useWindow } from "./context";
import { Mark } from "./Mark";

const icons: Partial<Record<RailState, FluentIcon>> = {
  waiting: Clock16Regular,
  "ask-somebody": PersonArrowRight16Regular,
  "too-broad": ErrorCircle16Filled,
  problem: ErrorCircle16Filled,
};

function Step({ step, left }: { step: RailStep; left: () => void }) {
  const { act } = useWindow();
  const Icon = icons[step.state] ?? (step.state === "done" && !step.current ? Checkmark16Regular : undefined);
  const noted = step.note !== null;
  const className = [
    "step",
    `step--${step.state}`,
    step.current && "step--current",
    noted && "step--noted",
    (step.state === "done" || step.open !== null) && "step--seen",
  ]
    .filter(Boolean)
    .join(" ");
  const inside = (
    <>
      <span className="sign">{Icon ? <Icon aria-hidden /> : <span>{step.number}</span>}</span>
      <span className="name">
        {step.name}
        {step.state === "done" && <span className="off-screen">, {words.done}</span>}
      </span>
      {noted && <span className="note">{step.note}</span>}
    </>
  );
  const { open } = step;
  if (open === null || step.current) {
    return (
      <span className={className} aria-current={step.current ? "step" : undefined} data-step={step.id}>
        {inside}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={`plain ${className}`}
      data-step={step.id}
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
  const { act } = useWindow();
  const Eye = presenting ? EyeOff20Filled : EyeOff20Regular;
  return (
    <>
      <button
        type="button"
        className="plain tool"
        aria-pressed={presenting}
        aria-keyshortcuts="Control+Shift+P"
        data-request="set-presenting"
        onClick={() => act({ kind: "set-presenting", on: !presenting })}
      >
        <Eye aria-hidden />
        <span>{words.presenting}</span>
        {(inRail || presenting) && (
          <span className="side" aria-hidden="true">
            {presenting ? words.on : words.off}
          </span>
        )}
      </button>
      <button type="button" className="plain tool" aria-keyshortcuts="F1" data-request="help" onClick={() => act({ kind: "help" })}>
        <QuestionCircle20Regular aria-hidden />
        <span>{words.help}</span>
        {inRail && (
          <span className="side" aria-hidden="true">
            {words.helpKey}
          </span>
        )}
      </button>
    </>
  );
}

export function StepRail({ frame, left }: { frame: Frame; left: () => void }) {
  return (
    <aside className="rail" id="rail" aria-label={words.product}>
      <div className="brand">
        <Mark />
        <span>{words.product}</span>
      </div>
      {frame.connection && (
        <div className="rail-name">
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
      <div className="rail-end">
        <Tools presenting={frame.presenting} inRail />
      </div>
    </aside>
  );
}
