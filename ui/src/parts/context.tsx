// What every part of a page may do: press a button, send a form.

import { createContext, use, useEffect, useRef } from "react";

import type { Button, FieldProblem, Request, Submit, Words } from "../bindings/rpc";

/** What a page with a form offers to the buttons around it. */
export interface PageForm {
  /** The form of the primary button. */
  gather?: () => Submit | null;
  /** Sends what was typed and not yet said, before another act. */
  flush?: () => void;
}

export interface Bridge {
  press: (button: Button) => void;
  act: (request: Request) => void;
  submit: (form: Submit) => void;
  /** Makes a page's form known; the returned function forgets it. */
  register: (form: PageForm) => () => void;
  problems: readonly FieldProblem[];
  revision: number;
  busy: boolean;
  words: Words;
}

const WindowContext = createContext<Bridge | null>(null);

export const WindowProvider = WindowContext.Provider;

export function useWindow(): Bridge {
  const bridge = use(WindowContext);
  if (bridge === null) throw new Error("outside of the window");
  return bridge;
}

/** The window's own words, in the reader's language. */
export function useWords(): Words {
  return useWindow().words;
}

/** Registers the page's form for as long as the page is shown. */
export function usePageForm(form: PageForm): void {
  const { register } = useWindow();
  const latest = useRef(form);
  useEffect(() => {
    latest.current = form;
  });
  useEffect(() => register({ gather: () => latest.current.gather?.() ?? null, flush: () => latest.current.flush?.() }), [register]);
}

/** The words of a field's problem, if it has one. */
export function useProblem(field: string): string | undefined {
  return useWindow().problems.find((problem) => problem.field === field)?.words;
}
