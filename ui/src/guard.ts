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

/** Whether the page of this name has only just come. The first page of a window was awaited, so it can be used at once. */
export function useArriving(key: string | undefined): boolean {
  const [arrived, setArrived] = useState(key);
  useEffect(() => {
    if (arrived === key) return;
    const timer = window.setTimeout(() => setArrived(key), arrived === undefined ? 0 : ARRIVES);
    return () => window.clearTimeout(timer);
  }, [key, arrived]);
  return arrived !== undefined && arrived !== key;
}
