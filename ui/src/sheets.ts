// Fluent writes its styles while the window runs, into <style> elements. The content security policy refuses those, even
// empty ones, and we don't weaken it. Constructed style sheets are no inline styles: the rules go there instead. The
// themes go there too, in place of FluentProvider, which would make an element of its own.

import { createDOMRenderer, type Theme } from "@fluentui/react-components";

type Renderer = ReturnType<typeof createDOMRenderer>;

/** Griffel's buckets, in the order in which their rules must stand. */
const buckets = "rdlvwfihasktmcx";

interface Bucket {
  order: number;
  media: string;
  priority: number;
  sheet: CSSStyleSheet;
}

const later = (a: Bucket, b: Bucket) =>
  a.order - b.order || (a.media < b.media ? -1 : a.media > b.media ? 1 : 0) || a.priority - b.priority;

/** Griffel's renderer, with constructed sheets in place of elements. */
export function createSheetRenderer(target: Document): Renderer {
  const made: Bucket[] = [];
  const before = [...target.adoptedStyleSheets];
  const known = new Map<string, CSSStyleSheet>();

  const sheetOf = (bucket: string, media: string, priority: number) => {
    const key = `${bucket} ${media} ${priority}`;
    const found = known.get(key);
    if (found) return found;
    const sheet = new CSSStyleSheet({ media });
    known.set(key, sheet);
    made.push({ order: buckets.indexOf(bucket), media, priority, sheet });
    made.sort(later);
    target.adoptedStyleSheets = [...before, ...made.map((each) => each.sheet)];
    return sheet;
  };

  const renderer = createDOMRenderer(target);
  renderer.insertCSSRules = (rules) => {
    for (const [bucket, entries] of Object.entries(rules)) {
      for (const entry of entries) {
        const [rule, metadata] = Array.isArray(entry) ? entry : [entry, {}];
        if (renderer.insertionCache[rule]) continue;
        renderer.insertionCache[rule] = bucket as keyof typeof rules;
        const media = bucket === "m" ? String(metadata["m"] ?? "") : "";
        const sheet = sheetOf(bucket, media, Number(metadata["p"] ?? 0));
        try {
          sheet.insertRule(rule, sheet.cssRules.length);
        } catch {
          // A rule with a pseudo-class that this engine doesn't know, such as :-moz-focusring.
        }
      }
    }
  };
  return renderer;
}

const variables = (theme: Theme) =>
  Object.entries(theme)
    .map(([token, value]) => `--${token}: ${value};`)
    .join(" ");

/** Both themes; the colour scheme of the system chooses. */
export function adoptThemes(target: Document, light: Theme, dark: Theme): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:root { ${variables(light)} } @media (prefers-color-scheme: dark) { :root { ${variables(dark)} } }`);
  target.adoptedStyleSheets = [...target.adoptedStyleSheets, sheet];
}
