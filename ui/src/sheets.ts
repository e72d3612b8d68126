// Fluent writes its styles while the window runs, into <style> elements. The content security policy refuses those, even
// empty ones, and we don't weaken it. Constructed style sheets are no inline styles: the rules go there instead. The
// themes go there too, in place of FluentProvider, which would make an element of its own.
//
// Where a rule stands is Griffel's to say, Fluent's writer of styles. It works as ever, on a stand-in for the document
// whose elements carry constructed sheets; these are then laid over the window in the order of the elements.

import { createDOMRenderer, type Theme } from "@fluentui/react-components";

type Renderer = ReturnType<typeof createDOMRenderer>;

/** What Griffel takes for one of its elements. */
class StyleElement {
  readonly #attributes = new Map<string, string>();
  readonly #all: readonly StyleElement[];
  #sheet: CSSStyleSheet | undefined;

  constructor(all: readonly StyleElement[]) {
    this.#all = all;
  }

  get media(): string {
    return this.getAttribute("media") ?? "";
  }

  /** Made when it is first asked for, because by then its media query is known. */
  get sheet(): CSSStyleSheet {
    this.#sheet ??= new CSSStyleSheet({ media: this.media });
    return this.#sheet;
  }

  get nextSibling(): StyleElement | null {
    return this.#all[this.#all.indexOf(this) + 1] ?? null;
  }

  getAttribute(name: string): string | null {
    return this.#attributes.get(name) ?? null;
  }

  setAttribute(name: string, value: string): void {
    this.#attributes.set(name, value);
  }
}

/** What Griffel takes for the document: a head that holds its elements and says when there is one more. */
function standIn(changed: (sheets: CSSStyleSheet[]) => void) {
  const elements: StyleElement[] = [];
  return {
    createElement: () => new StyleElement(elements),
    head: {
      insertBefore(element: StyleElement, before: StyleElement | null) {
        elements.splice(before === null ? elements.length : elements.indexOf(before), 0, element);
        changed(elements.map(({ sheet }) => sheet));
      },
      querySelectorAll(selector: string) {
        const [, name, value] = /^\[([\w-]+)(?:="(.*)")?\]$/.exec(selector) ?? [];
        if (name === undefined) throw new Error(`Griffel asks for ${selector}`);
        const found = elements.filter((element) => {
          const has = element.getAttribute(name);
          return has !== null && (value === undefined || has === value);
        });
        return { length: found.length, item: (at: number) => found[at] ?? null };
      },
    },
  };
}

/** Griffel's renderer, with constructed sheets in place of elements. */
export function createSheetRenderer(target: Document): Renderer {
  const before = [...target.adoptedStyleSheets];
  const head = standIn((sheets) => {
    target.adoptedStyleSheets = [...before, ...sheets];
  });
  return createDOMRenderer(head as unknown as Document);
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
