// TypeScript takes any name for a class of a style sheet. These tests know which there are.

import { expect, test } from "vitest";

const texts = (files: Record<string, unknown>) => Object.entries(files as Record<string, string>).map(([path, text]) => ({ path, text }));
const sheets = texts(import.meta.glob("../src/**/*.css", { query: "?raw", import: "default", eager: true }));
const sources = texts(import.meta.glob("../src/**/*.tsx", { query: "?raw", import: "default", eager: true }));

/** The classes that a sheet names, those of other sheets left out. */
function classesOf(sheet: string): Set<string> {
  const own = sheet.replaceAll(/\/\*.*?\*\/|:global\([^)]*\)|\{[^{}]*\}/gs, (found) => (found.startsWith("{") ? "{}" : ""));
  return new Set([...own.matchAll(/\.([a-zA-Z][\w-]*)/g)].map((found) => found[1] ?? ""));
}

/** Which sheet a source imports under which name. */
function imported(source: { path: string; text: string }): { name: string; path: string }[] {
  return [...source.text.matchAll(/import (\w+) from "(\S+\.module\.css)"/g)].map(([, name = "", from = ""]) => ({
    name,
    path: new URL(from, `file:///${source.path.slice("../".length)}`).pathname.slice(1),
  }));
}

const sheetAt = (path: string) => sheets.find((sheet) => sheet.path === `../${path}`);

test("what a part calls a class stands in its sheet", () => {
  const unknown = sources.flatMap((source) =>
    imported(source).flatMap(({ name, path }) => {
      const known = classesOf(sheetAt(path)?.text ?? "");
      const named = [...source.text.matchAll(new RegExp(`(?<![.\\w])${name}\\.(\\w+)`, "g"))].map((found) => found[1] ?? "");
      return named.filter((each) => !known.has(each)).map((each) => `${source.path}: ${name}.${each}`);
    }),
  );
  expect(unknown).toEqual([]);
});

test("no sheet keeps a class that nothing wears", () => {
  const unworn = sheets
    .filter((sheet) => sheet.path.endsWith(".module.css"))
    .flatMap((sheet) => {
      const worn = sources.flatMap((source) =>
        imported(source)
          .filter(({ path }) => `../${path}` === sheet.path)
          .flatMap(({ name }) =>
            // A look that is chosen by its name could be any of them.
            source.text.includes(`${name}[look]`)
              ? [...classesOf(sheet.text)]
              : [...source.text.matchAll(new RegExp(`(?<![.\\w])${name}\\.(\\w+)`, "g"))].map((found) => found[1] ?? ""),
          ),
      );
      return [...classesOf(sheet.text)].filter((each) => !worn.includes(each)).map((each) => `${sheet.path}: .${each}`);
    });
  expect(unworn).toEqual([]);
});

test("a class that is worn by its plain name stands in base.css", () => {
  const known = classesOf(sheetAt("src/styles/base.css")?.text ?? "");
  const unknown = sources.flatMap((source) => {
    const plain = [...source.text.matchAll(/className(?:=|: )"([^"]*)"|classes\("([^"]*)"/g)];
    const names = plain.flatMap(([, alone = "", among = ""]) => `${alone} ${among}`.split(" ")).filter(Boolean);
    return names.filter((name) => !known.has(name)).map((name) => `${source.path}: ${name}`);
  });
  expect(unknown).toEqual([]);
});
