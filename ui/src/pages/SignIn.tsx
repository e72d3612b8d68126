import { Field, Input } from "@fluentui/react-components";
import { useRef, useState } from "react";

import { gatherClient, OWN_CLIENT, readClient } from "../forms";
import { Act } from "../parts/Act";
import { Choices } from "../parts/Choices";
import { Messages } from "../parts/Message";
import { usePageForm, useProblem, useWindow, useWords } from "../parts/context";
import type { Of } from "./Start";
import { classes } from "../parts/classes";
import choices from "../parts/Choices.module.css";
import styles from "./SignIn.module.css";

export default function SignIn({ content }: { content: Of<"sign-in"> }) {
  const words = useWords();
  const { submit } = useWindow();
  const first = readClient(
    content.client,
    content.clients.map((client) => client.value),
  );
  const [choice, setChoice] = useState(first.choice);
  const [typed, setTyped] = useState(first.typed);
  const said = useRef(typed);
  const problem = useProblem("client");

  const sayTyped = () => {
    if (choice !== OWN_CLIENT || said.current === typed) return;
    said.current = typed;
    submit(gatherClient(OWN_CLIENT, typed));
  };
  usePageForm({ flush: sayTyped });

  return (
    <>
      {content.waiting !== null && (
        <section aria-label={content.waiting.title}>
          <h2 className="small">{content.waiting.title}</h2>
          <p>{content.waiting.text}</p>
          <textarea
            className={classes("mono", styles.address)}
            aria-label={words.theAddress}
            readOnly
            rows={3}
            value={content.waiting.address}
          />
          <div className={styles.acts}>
            {content.waiting.acts.map((button) => (
              <Act key={button.request.kind} button={button} />
            ))}
          </div>
        </section>
      )}
      {content.waiting === null && <Messages messages={content.messages} />}
      {content.waiting === null && content.clients.length > 0 && (
        <div>
          <Choices
            field="client-choice"
            legend={{ words: words.whichClient, shown: true }}
            choices={content.clients}
            chosen={choice}
            look="plain"
            onChoose={(value) => {
              setChoice(value);
              said.current = typed;
              submit(gatherClient(value, typed));
            }}
          />
          {choice === OWN_CLIENT && (
            <Field
              className={choices.under}
              label={{ children: words.ownClient, htmlFor: "client" }}
              validationMessage={problem}
              validationState={problem ? "error" : "none"}
            >
              <Input
                id="client"
                value={typed}
                autoComplete="off"
                spellCheck={false}
                onChange={(_, data) => setTyped(data.value)}
                onBlur={sayTyped}
              />
            </Field>
          )}
        </div>
      )}
      <section>
        <h2 className="small">{words.asksFor}</h2>
        <ul className={styles.rows}>
          {content.scopes.map((scope) => (
            <li key={scope.detail}>
              <b>{scope.title}</b>
              <span className={styles.detail}>{scope.detail}</span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
