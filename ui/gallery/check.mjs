// axe-core over every fixture, light and dark, wide and at 200 %: npm run gallery:check. Any violation fails.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

import { browser, names, open, serve, still } from "./pages.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const server = await serve(join(import.meta.dirname, "..", "gallery-dist"));
const chromium = await browser();
let found = 0;
let checked = 0;
for (const colorScheme of ["light", "dark"]) {
  for (const viewport of [
    { width: 1080, height: 760 },
    { width: 540, height: 400 },
  ]) {
    const context = await chromium.newContext({ colorScheme, viewport, reducedMotion: "reduce" });
    const page = await context.newPage();
    page.on("pageerror", (error) => {
      found += 1;
      console.log(`error: ${error.message}`);
    });
    for (const name of await names(page, server.address)) {
      await open(page, server.address, name);
      // Everything that can be opened is looked at open.
      await page.evaluate(() => {
        for (const opener of document.querySelectorAll("main [aria-expanded=false]:not([data-menu])")) opener.click();
      });
      await still(page);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
      checked += 1;
      for (const violation of violations) {
        found += violation.nodes.length;
        console.log(`${name} ${colorScheme} ${viewport.width}: ${violation.id} (${violation.impact}) ${violation.help}`);
        for (const node of violation.nodes.slice(0, 3))
          console.log(`    ${node.target.join(" ")}: ${node.any[0]?.message ?? node.failureSummary}`);
      }
    }
    await context.close();
  }
}
await chromium.close();
server.close();
console.log(`${checked} pages, ${found} violations`);
process.exit(found > 0 ? 1 : 0);
