import type { ReactNode } from "react";

import type { Fact } from "../bindings/rpc";
import { Act } from "./Act";
import { Finding } from "./Finding";
import { classes } from "./classes";
import styles from "./FactList.module.css";

/** Terms and values, as a list of definitions. */
export function FactList({
  facts,
  look,
  children,
}: {
  facts: readonly Fact[];
  look: "answers" | "start" | "problem" | "evidence";
  children?: ReactNode;
}) {
  return (
    <dl className={classes(styles.facts, styles[look])}>
      {facts.map((fact) => (
        <div key={fact.term + fact.value}>
          <dt>{fact.term}</dt>
          <dd>
            {fact.value !== "" && <span className={styles.value}>{fact.value}</span>}
            {fact.id !== null && <span className="mono">{fact.id}</span>}
            {fact.findings.map((finding) => (
              <Finding key={finding.tone + finding.word} finding={finding} />
            ))}
            {fact.change && (
              <span className={styles.change}>
                <Act button={fact.change} />
              </span>
            )}
          </dd>
        </div>
      ))}
      {children}
    </dl>
  );
}
