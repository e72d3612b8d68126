import { Field, Radio, RadioGroup } from "@fluentui/react-components";

import type { Choice } from "../bindings/rpc";
import { useProblem } from "./context";

/** Radio buttons; a whole row is the label. */
export function Choices({
  field,
  legend,
  choices,
  chosen,
  onChoose,
  look,
}: {
  field: string;
  legend: { words: string; shown: boolean };
  choices: readonly Choice[];
  chosen: string | null;
  onChoose: (value: string) => void;
  look: "rows" | "plain";
}) {
  const problem = useProblem(field);
  return (
    <Field className={`choices choices--${look}`} validationMessage={problem} validationState={problem ? "error" : "none"}>
      <fieldset id={field} aria-describedby={problem ? `${field}-problem` : undefined}>
        <legend className={legend.shown ? "" : "off-screen"}>{legend.words}</legend>
        {problem && (
          <span id={`${field}-problem`} className="off-screen">
            {problem}
          </span>
        )}
        <RadioGroup name={field} value={chosen ?? ""} onChange={(_, data) => onChoose(data.value)}>
          {choices.map((choice) => (
            <Radio
              key={choice.value}
              value={choice.value}
              className={choice.value === chosen ? "choice choice--on" : "choice"}
              label={{
                className: "choice-label",
                children: (
                  <>
                    <b>{choice.title}</b>
                    {choice.tag !== null && <span className="tag">{choice.tag}</span>}
                    <span className="detail">{choice.detail}</span>
                    {choice.side !== null && <span className="side">{choice.side}</span>}
                  </>
                ),
              }}
            />
          ))}
        </RadioGroup>
      </fieldset>
    </Field>
  );
}
