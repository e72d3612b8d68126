import styles from "./Turning.module.css";

/** Something under way: an arc that goes round. It is drawn as a line, because masks leave pixels behind in WebKitGTK. */
export function Turning() {
  return (
    <span className={styles.turning} aria-hidden="true">
      <svg viewBox="0 0 20 20" width="20" height="20">
        <circle className={styles.track} cx="10" cy="10" r="8" />
        <circle className={styles.arc} cx="10" cy="10" r="8" />
      </svg>
    </span>
  );
}
