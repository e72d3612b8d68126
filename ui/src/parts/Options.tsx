import { useState } from "react";

import type { OptionGroup } from "../bindings/rpc";
import { Choices } from "./Choices";
import { useWindow } from "./context";

/** Radio buttons inside a plan: what is picked is said at once, and the plan that follows goes by it. */
export function Options({ group }: { group: OptionGroup }) {
  const { submit } = useWindow();
  const [picked, setPicked] = useState<{ value: string; over: string } | null>(null);
  // The picked value holds until the program says another one.
  const chosen = picked !== null && picked.over === group.chosen ? picked.value : group.chosen;
  return (
    <Choices
      field={group.field}
      legend={{ words: group.legend, shown: true }}
      choices={group.choices}
      chosen={chosen}
      look="plain"
      onChoose={(value) => {
        setPicked({ value, over: group.chosen });
        submit({ kind: "option", field: group.field, value });
      }}
    />
  );
}
