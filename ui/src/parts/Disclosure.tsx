import { ChevronDown20Regular, ChevronRight20Regular } from "@fluentui/react-icons";
import { useId, useState, type ReactNode } from "react";

/** Something behind a line that opens it. */
export function Disclosure({ label, link = false, children }: { label: string; link?: boolean; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const Chevron = open ? ChevronDown20Regular : ChevronRight20Regular;
  return (
    <div className="disclosure">
      <button
        type="button"
        className={link ? "plain link" : "plain opener"}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {!link && <Chevron aria-hidden />}
        {label}
      </button>
      <div id={id} className="disclosed" hidden={!open}>
        {children}
      </div>
    </div>
  );
}
