import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";

import type { View } from "../bindings/rpc";
import type { Platform } from "./index";

/** A call whose answer is the next view; only a mistake in the program makes it fail. */
const call = (command: string, args?: Record<string, unknown>): void => {
  invoke(command, args).catch((error: unknown) => console.error(command, error));
};

export const tauri: Platform = {
  view: () => invoke<View>("view"),
  act: (request, revision) => call("act", { request, revision }),
  submit: (form) => call("submit", { submit: form }),
  onView: (changed) => listen<View>("view", (event) => changed(event.payload)),
  painted: () => call("painted"),
};
