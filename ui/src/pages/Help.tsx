import { Field, Select } from "@fluentui/react-components";

import { FactList } from "../parts/FactList";
import { useWindow } from "../parts/context";
import type { Of } from "./Start";
import styles from "./Help.module.css";

export default function Help({ content }: { content: Of<"help"> }) {
  const { act } = useWindow();
  const { language } = content;
  return (
    <>
      <FactList facts={content.facts} look="answers" />
      <Field className={styles.language} label={{ children: language.label, htmlFor: "language", className: "strong" }}>
        <Select
          id="language"
          value={language.chosen}
          data-request="set-language"
          onChange={(_, data) => act({ kind: "set-language", language: data.value })}
        >
          {language.choices.map((choice) => (
            <option key={choice.value} value={choice.value} lang={choice.lang}>
              {choice.title}
            </option>
          ))}
        </Select>
      </Field>
    </>
  );
}
