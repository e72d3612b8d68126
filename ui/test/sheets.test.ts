// Where Fluent's rules stand: in the order that the installed Griffel gives them itself, whichever part of the window asks
// for which rule first. Griffel's own list for a server, which it sorts by other code than its elements, says what is right.

import { createDOMRenderer, renderToStyleElements } from "@fluentui/react-components";
import { beforeAll, expect, test, vi } from "vitest";

import { createSheetRenderer } from "../src/sheets";

type Renderer = ReturnType<typeof createDOMRenderer>;
type Rules = Parameters<Renderer["insertCSSRules"]>[0];
type Entry = NonNullable<Rules[keyof Rules]>[number];

/** A constructed sheet, as far as it is used here. */
class Sheet {
  readonly media: string;
  readonly cssRules: string[] = [];
  constructor({ media = "" }: { media?: string } = {}) {
    this.media = media;
  }
  insertRule(rule: string, at: number) {
    if (rule.includes(":-moz-")) throw new SyntaxError("a selector of another engine");
    this.cssRules.splice(at, 0, rule);
  }
}

beforeAll(() => {
  vi.stubGlobal("CSSStyleSheet", Sheet);
});

const plain = [..."rdlvwfihaskt"].flatMap((bucket): [string, Entry][] => [
  [bucket, `.${bucket}{color:red}`],
  [bucket, [`.${bucket}-shorthand{margin:0}`, { p: -1 }]],
  [bucket, [`.${bucket}-longer{margin:0}`, { p: -2 }]],
]);
const conditions = ["(forced-colors: active)", "screen and (prefers-reduced-motion: reduce)", "(max-width: 40em)"];
const conditional = conditions.flatMap((condition, at): [string, Entry][] => [
  ["m", [`.m${at}{color:red}`, { m: condition }]],
  ["m", [`.m${at}-shorthand{margin:0}`, { m: condition, p: -1 }]],
  ["x", [`@container ${condition}{.x${at}{color:red}}`, { x: condition }]],
]);
const all: [string, Entry][] = [...plain, ...conditional, ["c", "@container (width > 1px){.c{color:red}}"]];

/** An order of its own for each number. */
function shuffled<Item>(items: readonly Item[], number: number): Item[] {
  let state = number + 1;
  return items
    .map((item) => {
      state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
      return { item, place: state >>> 0 };
    })
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

const insert = (renderer: Renderer, rules: readonly [string, Entry][]) => {
  for (const [bucket, entry] of rules) renderer.insertCSSRules({ [bucket]: [entry] });
};

function ours(rules: readonly [string, Entry][]) {
  const document = { adoptedStyleSheets: [new Sheet({ media: "ours" })] };
  insert(createSheetRenderer(document as unknown as Document), rules);
  const [own, ...sheets] = document.adoptedStyleSheets;
  expect(own?.media).toBe("ours");
  return sheets.map((sheet) => ({ media: sheet.media, rules: sheet.cssRules.join("") }));
}

function griffels(rules: readonly [string, Entry][]) {
  const renderer = createDOMRenderer(undefined);
  insert(renderer, rules);
  return renderToStyleElements(renderer).map((element) => {
    const { media = "", dangerouslySetInnerHTML } = element.props as { media?: string; dangerouslySetInnerHTML: { __html: string } };
    return { media, rules: dangerouslySetInnerHTML.__html };
  });
}

test("rules stand where Griffel puts them, in whatever order they are asked for", () => {
  for (let number = 0; number < 200; number += 1) {
    const rules = shuffled(all, number);
    expect(ours(rules), `order ${number}`).toEqual(griffels(rules));
  }
});

test("a rule stands once, and one that the engine doesn't know is left out", () => {
  const twice: [string, Entry][] = [...all, ["d", ".d-other:-moz-focusring{outline:0}"], ...all];
  expect(ours(twice)).toEqual(griffels(all));
});
