import { CalendarClock20Regular, DocumentLock20Regular } from "@fluentui/react-icons";

import type { Content } from "../bindings/rpc";
import { FactList } from "../parts/FactList";
import { Finding } from "../parts/Finding";
import { Mark } from "../parts/Mark";
import styles from "./Start.module.css";

export type Of<Kind extends Content["kind"]> = Extract<Content, { kind: Kind }>;

/** The left column ends with the facts; heading and lead stand above, in the page. */
export function StartFacts({ content }: { content: Of<"start"> }) {
  return (
    <>
      <FactList facts={content.facts} look="start" />
      <p className="hint">{content.footnote}</p>
    </>
  );
}

export function EndsWith({ content }: { content: Of<"start"> }) {
  const { endsWith } = content;
  return (
    <aside className={styles.endsWith}>
      <div className={styles.head}>
        <Mark size={36} />
        <div>
          <h2 className="small">{endsWith.title}</h2>
          <p className="hint">{endsWith.subtitle}</p>
        </div>
      </div>
      <ul className={styles.rows}>
        {endsWith.rows.map((row) => (
          <li key={row.name}>
            <span>{row.name}</span>
            <Finding finding={row.finding} />
          </li>
        ))}
      </ul>
      <ul className={styles.lines}>
        {endsWith.lines.map((line) => (
          <li key={line.words}>
            {line.icon === "reminder" ? <CalendarClock20Regular aria-hidden /> : <DocumentLock20Regular aria-hidden />}
            <span>{line.words}</span>
          </li>
        ))}
      </ul>
    </aside>
  );
}
