import { describe, expect, test } from "vitest";

import type { Button } from "../src/bindings/rpc";
import { acts, turnedTo } from "../src/guard";

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

  test("comes anew when it was away for a moment", () => {
    const first = turnedTo({ key: undefined, arrived: true }, "revoke");
    expect(first).toEqual({ key: "revoke", arrived: true });
    const away = turnedTo(first, "sign-in");
    expect(away.arrived).toBe(false);
    expect(turnedTo(away, "revoke")).toEqual({ key: "revoke", arrived: false });
  });

  test("stands where nothing but its words changed", () => {
    const stands = { key: "revoke", arrived: true };
    expect(turnedTo(stands, "revoke")).toBe(stands);
  });
});
