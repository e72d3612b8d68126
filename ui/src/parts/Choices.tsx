import { Field, Radio, RadioGroup } from "@fluentui/react-components";

import type { Choice } from "../bindings/rpc";
import { useProblem } from "./context";
import { classes } from "./classes";
import styles from "./Choices.module.css";

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
    <Field className={classes(styles.choices, styles[look])} validationMessage={problem} validationState={problem ? "error" : "none"}>
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
              className={classes(styles.choice, choice.value === chosen && styles.on)}
              label={{
                className: styles.label,
                children: (
                  <>
                    <b>{choice.title}</b>
                    {choice.tag !== null && <span className={styles.tag}>{choice.tag}</span>}
                    <span className={styles.detail}>{choice.detail}</span>
                    {choice.side !== null && <span className={styles.side}>{choice.side}</span>}
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
