import { Button } from "@fluentui/react-components";
import { useRef } from "react";

interface FileButtonProps {
  label: string;
  /** What it says to a screen reader, where that is more. */
  fullLabel?: string;
  /** Which files are offered first. */
  accept: string;
  onFile: (file: File) => void;
}

/** A button that lets the reader choose a file. The same file can be chosen again. */
export function FileButton({ label, fullLabel, accept, onFile }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button data-request="local" aria-label={fullLabel} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        tabIndex={-1}
        aria-hidden
        accept={accept}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
          event.target.value = "";
        }}
      />
    </>
  );
}
