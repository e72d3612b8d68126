import { classes } from "./classes";
import styles from "./Mark.module.css";

/** A name, and the same in every language. */
export const PRODUCT = "Mailgrant";

/** A key lying flat whose bow is an envelope. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg
      className={styles.mark}
      width={size}
      height={(size * 18) / 32}
      viewBox="0 7 32 18"
      fill="none"
      stroke="currentColor"
      // A share of the drawing, because WebKit enlarges a width in pixels twice when the page is zoomed.
      strokeWidth="9.63%"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <rect x="1.5" y="8.75" width="18.5" height="14.5" rx="3" />
      <path d="M5.5 13l5.25 4.25L16 13" />
      <path d="M20 16h10.75v4.5M25.75 16v3.75" />
    </svg>
  );
}

/** The mark and the product's name. */
export function Brand({ className }: { className?: string }) {
  return (
    <div className={classes(styles.brand, className)}>
      <Mark />
      <span>{PRODUCT}</span>
    </div>
  );
}
