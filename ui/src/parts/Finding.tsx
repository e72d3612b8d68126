import type { Finding as FindingView, Tone } from "../bindings/rpc";
import { toneIcons } from "./icons";
import styles from "./Finding.module.css";

/** A state: its icon and its word. */
export function Finding({ finding }: { finding: FindingView }) {
  return <Sign tone={finding.tone} word={finding.word} />;
}

/** Its icon alone, where the words beside it say the state. */
export function Sign({ tone, word }: { tone: Tone; word?: string }) {
  const Icon = toneIcons[tone];
  return (
    <span key={`${tone}${word ?? ""}`} className={styles.finding} data-finding={tone}>
      <Icon aria-hidden />
      {word !== undefined && <span>{word}</span>}
    </span>
  );
}
