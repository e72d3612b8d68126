import { Checkbox, Field, Input } from "@fluentui/react-components";
import { useEffect, useRef, useState } from "react";

import type { Opener } from "../bindings/rpc";
import { gatherExport, openerOf } from "../forms";
import { Act } from "../parts/Act";
import { Choices } from "../parts/Choices";
import { FactList } from "../parts/FactList";
import { Messages } from "../parts/Message";
import { usePageForm, useProblem, useWindow, useWords } from "../parts/context";
import type { Of } from "./Start";
import { classes } from "../parts/classes";
import choices from "../parts/Choices.module.css";
import styles from "./Export.module.css";

/** A box for a passphrase. What is typed stays in the element alone, until it is read once and emptied. */
function PassphraseBox({ id, label, hint }: { id: string; label: string; hint?: string }) {
  const problem = useProblem(id);
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(" ");
  return (
    <div className={styles.passphrase}>
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
      <input
        id={id}
        type="password"
        className={classes(styles.input, problem !== undefined && styles.bad)}
        autoComplete="new-password"
        spellCheck={false}
        aria-invalid={problem ? true : undefined}
        aria-describedby={described || undefined}
        onCopy={(event) => event.preventDefault()}
        onCut={(event) => event.preventDefault()}
        onDragStart={(event) => event.preventDefault()}
      />
      {problem && (
        <p id={`${id}-problem`} className="field-problem">
          {problem}
        </p>
      )}
    </div>
  );
}

/** Two boxes to type in, or the six words that were drawn; either says first what holds for it. */
function Passphrase({ box }: { box: Of<"export">["passphrase"] }) {
  const words = useWords();
  return (
    <div className={choices.under}>
      {box.drawn === null ? (
        <>
          <PassphraseBox id="passphrase" label={words.passphrase} hint={box.hint} />
          <PassphraseBox id="passphrase-again" label={words.passphraseAgain} />
        </>
      ) : (
        <>
          <dl className={styles.fingerprint}>
            <dt>{words.drawnWords}</dt>
            <dd aria-live="polite" onCopy={(event) => event.preventDefault()} onDragStart={(event) => event.preventDefault()}>
              {box.drawn}
            </dd>
          </dl>
          <p className="hint">{box.hint}</p>
        </>
      )}
      <div className={styles.acts}>
        {box.acts.map((button) => (
          <Act key={button.request.kind} button={button} />
        ))}
      </div>
    </div>
  );
}

const passphraseBox = (id: string) => document.querySelector<HTMLInputElement>(`input#${id}[type="password"]`);

/** How Fluent draws a field with a problem. */
const state = (problem: string | undefined) => ({
  validationMessage: problem,
  validationState: problem ? ("error" as const) : ("none" as const),
});

export default function Export({ content }: { content: Of<"export"> }) {
  const words = useWords();
  const { submit } = useWindow();
  const [picked, setPicked] = useState<{ value: Opener; over: Opener } | null>(null);
  const opener = picked !== null && picked.over === content.opener ? picked.value : content.opener;
  const [givenKey, setGivenKey] = useState(content.givenKey);
  const [folder, setFolder] = useState(content.folder);
  const [compared, setCompared] = useState<string | null>(null);
  const said = useRef(content.givenKey);
  const timer = useRef<number>(undefined);
  const keyCompared = content.fingerprint !== null && compared === content.fingerprint;

  // The dialog of the operating system may have chosen another folder.
  const [folderOfView, setFolderOfView] = useState(content.folder);
  if (folderOfView !== content.folder) {
    setFolderOfView(content.folder);
    setFolder(content.folder);
  }

  const say = (value: Opener, key: string) => {
    window.clearTimeout(timer.current);
    timer.current = undefined;
    said.current = key;
    submit({ kind: "opener", opener: value, givenKey: key.trim() });
  };
  const flush = () => {
    if (said.current !== givenKey) say(opener, givenKey);
  };
  usePageForm({
    flush,
    gather: () => {
      window.clearTimeout(timer.current);
      said.current = givenKey;
      return gatherExport({ opener, givenKey, keyCompared, folder }, passphraseBox("passphrase"), passphraseBox("passphrase-again"));
    },
  });
  useEffect(() => () => window.clearTimeout(timer.current), []);

  const keyProblem = useProblem("given-key");
  const comparedProblem = useProblem("key-compared");
  const folderProblem = useProblem("folder");

  return (
    <>
      <FactList facts={content.facts} look="answers" />
      <div>
        <Choices
          field="opener"
          legend={{ words: words.whoOpens, shown: true }}
          choices={content.openers}
          chosen={opener}
          look="plain"
          onChoose={(chosen) => {
            const value = openerOf(chosen);
            if (!value) return;
            setPicked({ value, over: content.opener });
            say(value, givenKey);
          }}
        />
        {opener === "given-key" && (
          <div className={choices.under}>
            <Field label={{ children: words.givenKey, htmlFor: "given-key" }} {...state(keyProblem)}>
              <Input
                id="given-key"
                value={givenKey}
                autoComplete="off"
                spellCheck={false}
                onChange={(_, data) => {
                  setGivenKey(data.value);
                  window.clearTimeout(timer.current);
                  timer.current = window.setTimeout(() => say(opener, data.value), 400);
                }}
                onBlur={flush}
              />
            </Field>
            {content.fingerprint !== null && (
              <>
                <dl className={styles.fingerprint}>
                  <dt className="hint">{words.fingerprint}</dt>
                  <dd>{content.fingerprint}</dd>
                </dl>
                <Field {...state(comparedProblem)}>
                  <Checkbox
                    id="key-compared"
                    label={words.compared}
                    checked={keyCompared}
                    onChange={(_, data) => setCompared(data.checked === true ? content.fingerprint : null)}
                  />
                </Field>
              </>
            )}
          </div>
        )}
        {opener === "passphrase" && <Passphrase box={content.passphrase} />}
      </div>
      <Field className={styles.folder} label={{ children: words.folder, htmlFor: "folder", className: "strong" }} {...state(folderProblem)}>
        <Input id="folder" value={folder} autoComplete="off" spellCheck={false} onChange={(_, data) => setFolder(data.value)} />
      </Field>
      <Messages messages={content.messages} />
    </>
  );
}
