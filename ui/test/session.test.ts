import { expect, test } from "vitest";

import type { View } from "../src/bindings/rpc";
import { newer } from "../src/session";

const view = (revision: number) => ({ revision }) as View;

test("the first view is taken", () => {
  expect(newer(null, view(0)).revision).toBe(0);
});

test("a later view takes the place of an earlier one", () => {
  expect(newer(view(3), view(4)).revision).toBe(4);
});

test("a view that arrives late is dropped", () => {
  const shown = view(4);
  expect(newer(shown, view(3))).toBe(shown);
  expect(newer(shown, view(4))).toBe(shown);
});
