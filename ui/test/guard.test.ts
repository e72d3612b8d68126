import { describe, expect, test } from "vitest";

import type { Button } from "../src/bindings/rpc";
import { acts } from "../src/guard";

const button = (kind: Button["kind"], icon: Button["icon"]): Button => ({
  kind,
  icon,
  label: "x",
  fullLabel: null,
  request: { kind: "commit" },
});

describe("a page that has only just come", () => {
  test("keeps its filled button and what takes something away", () => {
    expect(acts(button("primary", null))).toBe(true);
    expect(acts(button("subtle", "delete"))).toBe(true);
  });

  test("can be left at once", () => {
    expect(acts(button("secondary", null))).toBe(false);
    expect(acts(button("subtle", null))).toBe(false);
    expect(acts(button("link", null))).toBe(false);
  });
});
