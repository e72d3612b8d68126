import { Button as FluentButton } from "@fluentui/react-components";

import type { Button } from "../bindings/rpc";
import { useWindow } from "./context";
import { actIcon } from "./icons";

const appearance = { primary: "primary", secondary: "secondary", subtle: "subtle" } as const;

/** A button of the view; one that rests waits for what is under way. */
export function Act({ button, large = false, resting = false }: { button: Button; large?: boolean; resting?: boolean }) {
  const { press } = useWindow();
  const hooks = { "data-request": button.request.kind, "data-kind": button.kind };
  const label = button.fullLabel ?? undefined;
  if (button.kind === "link") {
    return (
      <button type="button" className="plain link" aria-label={label} onClick={() => press(button)} {...hooks}>
        {button.label}
      </button>
    );
  }
  return (
    <FluentButton
      appearance={appearance[button.kind]}
      size={large ? "large" : "medium"}
      icon={actIcon(button.icon)}
      data-resting={resting || undefined}
      aria-disabled={resting || undefined}
      aria-label={label}
      onClick={() => press(button)}
      {...hooks}
    >
      {button.label}
    </FluentButton>
  );
}
