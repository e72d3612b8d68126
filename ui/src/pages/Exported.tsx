import { CalendarClock20Regular, DocumentLock20Regular, DocumentText20Regular, type FluentIcon } from "@fluentui/react-icons";

import type { FileIcon } from "../bindings/rpc";
import { FactList } from "../parts/FactList";
import { Messages } from "../parts/Message";
import type { Of } from "./Start";
import { classes } from "../parts/classes";
import happened from "../parts/Happened.module.css";
import { useWords } from "../parts/context";
import styles from "./Exported.module.css";

const fileIcons: Record<FileIcon, FluentIcon> = {
  sealed: DocumentLock20Regular,
  record: DocumentText20Regular,
  reminder: CalendarClock20Regular,
};

export default function Exported({ content }: { content: Of<"exported"> }) {
  const words = useWords();
  return (
    <>
      {content.handOver.length > 0 && (
        <section>
          <h2 className={styles.overList}>{words.handOver}</h2>
          <ol className={styles.next}>
            {content.handOver.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
          {content.opening.length > 0 && <FactList facts={content.opening} look="answers" />}
        </section>
      )}
      {content.files.length > 0 && (
        <section>
          <h2 className={styles.overList}>{words.files}</h2>
          <ul className={classes(happened.happened, styles.files)}>
            {content.files.map((file) => {
              const Icon = fileIcons[file.icon];
              return (
                <li key={file.name}>
                  <Icon aria-hidden />
                  <div>
                    <b>{file.what}</b>
                    <p className="mono">{file.name}</p>
                    <p className="quiet">{file.detail}</p>
                  </div>
                </li>
              );
            })}
          </ul>
        </section>
      )}
      <Messages messages={content.messages} />
      {content.form.length > 0 && (
        <section>
          <h2 className={styles.overList}>{words.platformForm}</h2>
          <FactList facts={content.form} look="answers" />
        </section>
      )}
      {content.ids.length > 0 && (
        <section>
          <h2 className={styles.overList}>{words.furtherIds}</h2>
          <FactList facts={content.ids} look="answers" />
        </section>
      )}
      {content.next.length > 0 && (
        <section>
          <h2 className={styles.overList}>{words.next}</h2>
          <ol className={styles.next}>
            {content.next.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}
