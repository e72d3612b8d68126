// Enter presses the filled button of the page (Page.tsx). A field that listens for it as well would do the same thing twice.

import { expect, test } from "vitest";

const sources = Object.entries(
  import.meta.glob("../src/**/*.tsx", { query: "?raw", import: "default", eager: true }) as Record<string, string>,
);

test("only the page, and the search that it leaves out, listen for Enter", () => {
  const listening = sources.filter(([, text]) => text.includes('key === "Enter"') || text.includes('key !== "Enter"'));
  expect(listening.map(([path]) => path)).toEqual(["../src/Page.tsx", "../src/pages/Mailboxes.tsx"]);
});

test("whoever listens for Enter leaves it to a word that is being composed", () => {
  const listening = sources.filter(([, text]) => text.includes('"Enter"'));
  expect(listening.filter(([, text]) => !text.includes("isComposing")).map(([path]) => path)).toEqual([]);
});
