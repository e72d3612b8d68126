// What the window needs from the program around it. `tauri.ts` is the real one; the gallery has its own.

import type { Request, Submit, View } from "../bindings/rpc";

export interface Platform {
  /** What is shown now. */
  view(): Promise<View>;
  /** A button was pressed, on the view of this revision. */
  act(request: Request, revision: number): void;
  /** A page was sent with what was typed in it. */
  submit(form: Submit): void;
  /** Calls `changed` with every new view until the returned function is called. */
  onView(changed: (view: View) => void): Promise<() => void>;
  /** The first page is drawn. */
  painted(): void;
}
