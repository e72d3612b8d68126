import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";

import type { View } from "../bindings/rpc";
import type { Platform } from "./index";
import { sealed } from "./sealed";

/** What was sent last. Sealing takes a moment, and nothing that is pressed in it may arrive first. */
let last: Promise<unknown> = Promise.resolve();

/** A call whose answer is the next view; only a mistake in the program makes it fail. */
const call = (command: string, args: () => Record<string, unknown> | Promise<Record<string, unknown>>): void => {
  last = last.then(async () => invoke(command, await args())).catch((error: unknown) => console.error(command, error));
};

export const tauri: Platform = {
  view: () => invoke<View>("view"),
  act: (request, revision) => call("act", () => ({ request, revision })),
  submit: (form) => call("submit", async () => ({ submit: await sealed(form, window.sealTo ?? "") })),
  onView: (changed) => listen<View>("view", (event) => changed(event.payload)),
  painted: () => call("painted", () => ({})),
};
