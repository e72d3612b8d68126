// A press that was meant for the page before: the second click of a double-click, or a press on a page that has only
// just come. Neither may do anything, because nobody has read what it would do.

import { useEffect, useState } from "react";

import type { Button } from "./bindings/rpc";

/** How long a page stands before its acts can be pressed, in milliseconds. Nobody reads a plan in less. */
export const ARRIVES = 700;

/** Whether a button acts: the one filled button of a page, or one that takes something away. */
export const acts = (button: Button): boolean => button.kind === "primary" || button.icon === "delete";

/** Whether a click is the second, or a later one, of a double-click on something that sends a request. */
export const isRepeated = (detail: number, target: EventTarget | null): boolean =>
  detail > 1 && target instanceof Element && target.closest("[data-request]") !== null;

/** Keeps repeated clicks from every button that sends a request. */
export function useSingleClicks(): void {
  useEffect(() => {
    const keep = (event: MouseEvent) => {
      if (!isRepeated(event.detail, event.target)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener("click", keep, { capture: true });
    return () => document.removeEventListener("click", keep, { capture: true });
  }, []);
}

/** The page that stands in the window, and whether its acts can be pressed. */
export interface Stands {
  readonly key: string | undefined;
  readonly arrived: boolean;
}

/**
 * What stands once the page of this name is drawn. The first page of a window was awaited, so it can be used at once. One
 * that comes back comes anew, however short it was away: it can say something else by then.
 */
export const turnedTo = (stands: Stands, key: string | undefined): Stands =>
  stands.key === key ? stands : { key, arrived: stands.key === undefined };

/** Whether the page of this name has only just come. */
export function useArriving(key: string | undefined): boolean {
  const [stands, setStands] = useState<Stands>({ key, arrived: true });
  const now = turnedTo(stands, key);
  // While it is drawn, so that no page is shown for a moment as one that was there before.
  if (now !== stands) setStands(now);
  useEffect(() => {
    if (stands.arrived) return;
    const timer = window.setTimeout(() => setStands({ ...stands, arrived: true }), ARRIVES);
    return () => window.clearTimeout(timer);
  }, [stands]);
  return !now.arrived;
}
