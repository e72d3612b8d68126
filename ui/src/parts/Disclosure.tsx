import { ChevronDown20Regular, ChevronRight20Regular } from "@fluentui/react-icons";
import { useId, useState, type ReactNode } from "react";
import { classes } from "./classes";
import styles from "./Disclosure.module.css";

/** Something behind a line that opens it. */
export function Disclosure({ label, link = false, children }: { label: string; link?: boolean; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const Chevron = open ? ChevronDown20Regular : ChevronRight20Regular;
  return (
    <div>
      <button
        type="button"
        className={classes("plain", link ? "link" : styles.opener)}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {!link && <Chevron aria-hidden />}
        {label}
      </button>
      <div id={id} className={styles.disclosed} hidden={!open}>
        {children}
      </div>
    </div>
  );
}
