// How a page's form becomes a request. Pure, so that it can be tested without a window.

import type { ControlsName, Opener, Submit } from "./bindings/rpc";

/** The choice of a sign-in client that reveals a box for the id. */
export const OWN_CLIENT = "own";

/** Which radio button of the sign-in clients is on, and what stands in the box. */
export function readClient(client: string | null, offered: readonly string[]): { choice: string | null; typed: string } {
  if (client === null || client === OWN_CLIENT || offered.includes(client)) return { choice: client, typed: "" };
  return { choice: OWN_CLIENT, typed: client };
}

/** The client to send, or none while "own" is chosen and nothing typed. */
export function gatherClient(choice: string, typed: string): Submit {
  const own = typed.trim();
  return { kind: "client", value: choice === OWN_CLIENT && own !== "" ? own : choice };
}

/** The opener that a radio button stands for. */
export function openerOf(value: string): Opener | undefined {
  const openers: readonly Opener[] = ["profile-key", "given-key", "passphrase", "no-file"];
  return openers.find((opener) => opener === value);
}

/** How many are picked at random, as a radio button stands for it. */
export function controlsOf(value: string): ControlsName | undefined {
  const names: readonly ControlsName[] = ["none", "one", "every-kind", "statement"];
  return names.find((name) => name === value);
}

export interface ExportForm {
  opener: Opener;
  givenKey: string;
  keyCompared: boolean;
  folder: string;
}

/** A box whose text is read once and then emptied: the two of the passphrase. */
export interface SecretBox {
  value: string;
}

/** Reads the passphrase boxes at the last moment and empties them. */
export function gatherExport(form: ExportForm, first: SecretBox | null, again: SecretBox | null): Submit {
  const submit: Submit = {
    kind: "export",
    opener: form.opener,
    givenKey: form.givenKey.trim(),
    keyCompared: form.keyCompared,
    passphrase: first?.value ?? "",
    passphraseAgain: again?.value ?? "",
    folder: form.folder,
  };
  if (first) first.value = "";
  if (again) again.value = "";
  return submit;
}

/** A box that people type in while the program may also change it. */
export interface Box {
  /** What stands in it. */
  text: string;
  /** What the last view said stands in it. */
  seen: string;
  /** What was sent of it since; a view that says one of these is an echo. */
  sent: readonly string[];
  /** Whether its text was handed over and the next view says what is left of it. */
  handedOver: boolean;
}

export const boxOf = (typed: string): Box => ({ text: typed, seen: typed, sent: [], handedOver: false });

/** Whether something stands in a box that the program doesn't know. */
export const unsaid = (box: Box) => !box.handedOver && box.text !== (box.sent.at(-1) ?? box.seen);

/** A box after its text was sent to be kept. */
export const boxAfterSending = (box: Box): Box => ({ ...box, sent: [...box.sent, box.handedOver ? "" : box.text] });

/** What a box holds after a view said `typed` for it. Neither an echo nor a view from before overwrites typing. */
export function boxAfterView(box: Box, typed: string, busy: boolean): Box {
  if (box.handedOver) return busy ? box : boxOf(typed);
  if (typed === box.seen) return box;
  const echo = box.sent.indexOf(typed);
  if (echo !== -1) return { ...box, seen: typed, sent: box.sent.slice(echo + 1) };
  return boxOf(typed);
}

/** A file's bytes as text that can be sent. */
export async function bytesOf(file: File, longest: number): Promise<string> {
  // Of a file that is too long only as much is read as shows that it is.
  const bytes = new Uint8Array(await file.slice(0, longest + 1).arrayBuffer());
  let binary = "";
  for (let start = 0; start < bytes.length; start += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return btoa(binary);
}
