import { ErrorCircle20Filled } from "@fluentui/react-icons";
import { useEffect, useRef } from "react";

import type { FieldProblem } from "../bindings/rpc";
import { classes } from "./classes";
import { useWords } from "./context";
import styles from "./Message.module.css";

function goTo(field: string) {
  const found = document.getElementById(field);
  const target = found?.matches("input, textarea, button")
    ? found
    : (found?.querySelector<HTMLElement>("input:checked, input, textarea, button") ?? found);
  target?.focus();
  target?.scrollIntoView({ block: "center" });
}

/** What is wrong with the form, at its top, with a way to each field. */
export function ErrorSummary({ problems }: { problems: readonly FieldProblem[] }) {
  const words = useWords();
  const box = useRef<HTMLDivElement>(null);
  // Once for the same problems: a view that repeats them takes no focus away.
  const said = JSON.stringify(problems);
  useEffect(() => box.current?.focus(), [said]);
  return (
    <div ref={box} className={classes(styles.message, styles.summary)} data-message="problem" role="alert" tabIndex={-1}>
      <ErrorCircle20Filled aria-hidden />
      <div className={styles.words}>
        <h2 className={classes(styles.title, "small")}>{words.problemSummary}</h2>
        <ul>
          {problems.map((problem) => (
            <li key={problem.field + problem.words}>
              <a
                className="link"
                href={`#${problem.field}`}
                onClick={(event) => {
                  event.preventDefault();
                  goTo(problem.field);
                }}
              >
                {problem.words}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
