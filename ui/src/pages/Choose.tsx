import { Checkbox, Field, Input } from "@fluentui/react-components";
import { Search20Regular } from "@fluentui/react-icons";
import { useState } from "react";

import { Choices } from "../parts/Choices";
import { Disclosure } from "../parts/Disclosure";
import { Messages } from "../parts/Message";
import { usePageForm, useProblem, useWindow, useWords } from "../parts/context";
import type { Extra, OwnPlatform } from "../bindings/rpc";
import type { Of } from "./Start";
import choices from "../parts/Choices.module.css";
import styles from "./Choose.module.css";

/** One permission: what it is, and why it may be wanted. */
function Permission({ extra, on, onChange }: { extra: Extra; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <div className={styles.extra}>
      <Checkbox
        id={`extra-${extra.value}`}
        checked={on}
        disabled={extra.needed}
        label={extra.title}
        aria-describedby={`extra-${extra.value}-why`}
        onChange={(_, data) => onChange(data.checked === true)}
      />
      <p id={`extra-${extra.value}-why`} className="hint">
        {extra.detail}
      </p>
    </div>
  );
}

/** What is asked of a platform that has no profile. */
function Own({
  own,
  name,
  access,
  onName,
  onAccess,
}: {
  own: OwnPlatform;
  name: string;
  access: readonly string[];
  onName: (name: string) => void;
  onAccess: (access: string[]) => void;
}) {
  const words = useWords();
  const nameProblem = useProblem("platform-name");
  const accessProblem = useProblem("access");
  return (
    <div className={choices.under}>
      <Field
        label={{ children: words.platformName, htmlFor: "platform-name" }}
        hint={own.nameHint}
        validationMessage={nameProblem}
        validationState={nameProblem ? "error" : "none"}
      >
        <Input
          id="platform-name"
          value={name}
          readOnly={own.nameFixed}
          autoComplete="off"
          spellCheck={false}
          onChange={(_, data) => onName(data.value)}
        />
      </Field>
      <fieldset id="access" tabIndex={-1} className={styles.extras} aria-describedby={accessProblem ? "access-problem" : undefined}>
        <legend className="small">{words.ownAccess}</legend>
        {accessProblem && (
          <p id="access-problem" className="field-problem">
            {accessProblem}
          </p>
        )}
        {own.access.map((extra) => (
          <Permission
            key={extra.value}
            extra={extra}
            on={access.includes(extra.value)}
            onChange={(on) => onAccess(on ? [...access, extra.value] : access.filter((value) => value !== extra.value))}
          />
        ))}
      </fieldset>
    </div>
  );
}

export default function Choose({ content }: { content: Of<"choose"> }) {
  const words = useWords();
  const [chosen, setChosen] = useState(content.chosen);
  const [search, setSearch] = useState("");
  const { act } = useWindow();
  const own = content.own.find((one) => one.value === chosen);
  // What was typed and ticked stays when another of them is looked at.
  const [name, setName] = useState(() => content.own.find((one) => one.name !== "")?.name ?? "");
  const [access, setAccess] = useState(() =>
    content.own.flatMap((one) => one.access.filter((extra) => extra.on).map((extra) => extra.value)),
  );
  usePageForm({ gather: () => ({ kind: "choose", value: chosen, name, access }) });
  const wanted = search.trim().toLowerCase();
  const shown = content.choices.filter(
    (choice) => choice.value === chosen || `${choice.title} ${choice.detail}`.toLowerCase().includes(wanted),
  );
  return (
    <>
      <Messages messages={content.messages} />
      {content.searchable && (
        <Input
          id="search"
          className={styles.search}
          type="search"
          aria-label={words.searchList}
          contentBefore={<Search20Regular aria-hidden />}
          value={search}
          onChange={(_, data) => setSearch(data.value)}
        />
      )}
      <Choices
        field={content.field}
        legend={{ words: content.legend, shown: false }}
        choices={shown}
        chosen={chosen}
        onChoose={setChosen}
        look="rows"
      />
      {own && <Own own={own} name={name} access={access} onName={setName} onAccess={setAccess} />}
      {content.extras.length > 0 && (
        <fieldset className={styles.extras}>
          <legend className="small">{words.mayDo}</legend>
          {content.extras.map((extra) => (
            <Permission
              key={extra.value}
              extra={extra}
              on={extra.on}
              onChange={(on) => act({ kind: "choose-optional", permission: extra.value, on })}
            />
          ))}
        </fieldset>
      )}
      {content.more && (
        <Disclosure label={content.more.label}>
          {content.more.paragraphs.map((paragraph) => (
            <p key={paragraph} className="measure">
              {paragraph}
            </p>
          ))}
        </Disclosure>
      )}
    </>
  );
}
