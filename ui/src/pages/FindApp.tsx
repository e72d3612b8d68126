import { Field, Input } from "@fluentui/react-components";
import { useState } from "react";

import type { FoundApp } from "../bindings/rpc";
import { Act } from "../parts/Act";
import { Messages } from "../parts/Message";
import type { Of } from "./Start";
import { classes } from "../parts/classes";
import cards from "../parts/Card.module.css";
import { usePageForm, useProblem } from "../parts/context";
import styles from "./FindApp.module.css";

function Row({ app }: { app: FoundApp }) {
  return (
    <li className={classes(cards.card, styles.app)} data-app={app.id}>
      <div>
        <h3>{app.name}</h3>
        <p className="soft">
          <code>{app.id}</code>
        </p>
        <p className="soft">{app.detail}</p>
      </div>
      <Act button={app.act} />
    </li>
  );
}

/** An app that is looked for by an id or by its name. */
export default function FindApp({ content }: { content: Of<"find-app"> }) {
  const [text, setText] = useState(content.text);
  const problem = useProblem(content.field);
  usePageForm({ gather: () => ({ kind: "find-app", text }) });
  return (
    <>
      <Field
        className={styles.field}
        label={{ children: content.label, htmlFor: content.field }}
        hint={content.hint}
        validationMessage={problem}
        validationState={problem ? "error" : "none"}
      >
        <Input id={content.field} value={text} autoComplete="off" spellCheck={false} onChange={(_, data) => setText(data.value)} />
      </Field>
      <Messages messages={content.messages} />
      {content.foundHeading !== null && (
        <section>
          <h2>{content.foundHeading}</h2>
          <ul className={styles.apps}>
            {content.found.map((app) => (
              <Row key={app.id + app.name} app={app} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
