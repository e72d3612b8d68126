// Draws one fixture: ?name. Without a name, the list of them.

import "@fontsource-variable/atkinson-hyperlegible-next/wght.css";
import "@fontsource-variable/atkinson-hyperlegible-mono/wght.css";
import "../src/styles/tokens.css";
import "../src/styles/base.css";

import { createRoot } from "react-dom/client";

import { App } from "../src/App";
import type { View } from "../src/bindings/rpc";
import type { Platform } from "../src/platform";
import { fixtures } from "./fixtures";

const names = Object.keys(fixtures);
const view = fixtures[location.search.slice(1)];
/** What the page asked for, for whoever looks. */
const asked: unknown[] = [];
let show: (view: View) => void = () => undefined;
Object.assign(window, { names, views: fixtures, asked, show: (next: View) => show(next), shown: view });

const root = document.getElementById("root");
if (root && view) {
  const platform: Platform = {
    view: () => Promise.resolve(view),
    act: (request) => asked.push(request),
    submit: (form) => asked.push(form),
    onView: (changed) => {
      show = changed;
      return Promise.resolve(() => undefined);
    },
    painted: () => document.documentElement.setAttribute("data-painted", ""),
  };
  createRoot(root).render(<App platform={platform} />);
} else if (root) {
  createRoot(root).render(
    <ul>
      {names.map((name) => (
        <li key={name}>
          <a href={`?${name}`}>{name}</a>
        </li>
      ))}
    </ul>,
  );
}
