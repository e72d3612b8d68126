// The production build under its content security policy: npm run csp:check. Nothing may be refused.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { browser, names, serve } from "./pages.mjs";

const root = join(import.meta.dirname, "..");
const config = JSON.parse(await readFile(join(root, "..", "tauri.conf.json"), "utf8"));
const policy = Object.entries(config.app.security.csp)
  .map(([directive, sources]) => `${directive} ${sources}`)
  .join("; ");
const server = await serve(join(root, "dist"), { "content-security-policy": policy });
const chromium = await browser();
const gallery = await serve(join(root, "gallery-dist"));
const shelf = await chromium.newPage();
await names(shelf, gallery.address);
const view = await shelf.evaluate(() => globalThis.views);
gallery.close();
const page = await chromium.newPage({ viewport: { width: 1080, height: 760 } });
let wrong = 0;
const say = (words) => {
  wrong += 1;
  console.log(words);
};
page.on(
  "console",
  (message) => message.type() === "error" && !/404|Content Security Policy/.test(message.text()) && say(`console: ${message.text()}`),
);
page.on("pageerror", (error) => say(`error: ${error.message}`));
await page.addInitScript(() => {
  globalThis.refused = [];
  addEventListener("securitypolicyviolation", (event) =>
    globalThis.refused.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`),
  );
});
for (const [name, shown] of Object.entries(view)) {
  // What Tauri puts into its pages, as far as the window uses it.
  await page.addInitScript((sent) => {
    let count = 0;
    globalThis.__TAURI_INTERNALS__ = {
      transformCallback: () => ++count,
      invoke: (command) => Promise.resolve(command === "view" ? sent : command.startsWith("plugin:event") ? 1 : null),
    };
  }, shown);
  await page.goto(server.address);
  await page.waitForSelector("main[data-page]:not(:has([data-loading]))");
  // What is refused is told before the frame in which it would have been seen.
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
  });
  for (const menu of await page.locator("[data-menu]").all()) {
    await menu.click();
    await page.waitForSelector("[role=menu]");
    await page.keyboard.press("Escape");
  }
  const seen = await page.evaluate(() => {
    const primary = document.querySelector("[data-kind=primary]");
    return {
      refused: globalThis.refused,
      styles: document.querySelectorAll("style").length,
      primary: primary ? getComputedStyle(primary).backgroundColor : null,
      font: document.fonts.check("16px 'Atkinson Hyperlegible Next Variable'"),
      face: getComputedStyle(document.querySelector("h1")).fontFamily,
    };
  });
  if (seen.styles > 0) say(`${name}: ${seen.styles} style elements`);
  for (const refused of seen.refused) say(`${name}: refused ${refused}`);
  if (seen.primary !== null && seen.primary !== "rgb(144, 48, 98)") say(`${name}: the primary button is ${seen.primary}`);
  if (!seen.font) say(`${name}: the face isn't there`);
}
await chromium.close();
server.close();
console.log(`${Object.keys(view).length} pages under: ${policy}`);
console.log(wrong === 0 ? "nothing was refused" : `${wrong} complaints`);
process.exit(wrong === 0 ? 0 : 1);
