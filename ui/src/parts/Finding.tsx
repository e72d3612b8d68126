import type { Finding as FindingView } from "../bindings/rpc";
import { toneIcons } from "./icons";

/** A state: its icon and its word. */
export function Finding({ finding }: { finding: FindingView }) {
  const Icon = toneIcons[finding.tone];
  return (
    <span key={finding.tone + finding.word} className={`finding finding--${finding.tone}`}>
      <Icon aria-hidden />
      <span>{finding.word}</span>
    </span>
  );
}
