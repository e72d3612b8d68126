import { Button as FluentButton, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from "@fluentui/react-components";
import { MoreHorizontal20Regular } from "@fluentui/react-icons";

import type { Button } from "../bindings/rpc";
import { useWindow, useWords } from "./context";
import { actIcon } from "./icons";

/** The acts that are needed less often. */
export function More({ name, buttons }: { name: string; buttons: readonly Button[] }) {
  const words = useWords();
  const { press } = useWindow();
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <FluentButton
          appearance="subtle"
          icon={<MoreHorizontal20Regular aria-hidden />}
          aria-label={`${words.more}: ${name}`}
          data-menu="more"
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {buttons.map((button) => (
            <MenuItem
              key={button.label}
              icon={actIcon(button.icon)}
              aria-label={button.fullLabel ?? undefined}
              data-request={button.request.kind}
              data-kind={button.kind}
              onClick={() => press(button)}
            >
              {button.label}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
