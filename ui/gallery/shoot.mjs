// Pictures of every fixture into shots/: npm run gallery:shoot [name …]

import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { browser, names, open, serve } from "./pages.mjs";

const here = import.meta.dirname;
const shots = join(here, "..", "shots");
await mkdir(shots, { recursive: true });
const server = await serve(join(here, "..", "gallery-dist"));
const chromium = await browser();
const looks = [
  { suffix: "", colorScheme: "light", viewport: { width: 1080, height: 760 }, deviceScaleFactor: 1 },
  { suffix: "-dark", colorScheme: "dark", viewport: { width: 1080, height: 760 }, deviceScaleFactor: 1 },
  { suffix: "-200", colorScheme: "light", viewport: { width: 540, height: 400 }, deviceScaleFactor: 2 },
  { suffix: "-200-dark", colorScheme: "dark", viewport: { width: 540, height: 400 }, deviceScaleFactor: 2 },
];
const wanted = process.argv.slice(2);
for (const { suffix, ...look } of looks) {
  const context = await chromium.newContext(look);
  const page = await context.newPage();
  page.on("pageerror", (error) => console.log("error:", error.message));
  page.on("console", (message) => message.type() === "error" && console.log("console:", message.text()));
  for (const name of wanted.length > 0 ? wanted : await names(page, server.address)) {
    await open(page, server.address, name);
    await page.screenshot({ path: join(shots, `${name}${suffix}.png`) });
    const sideways = await page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll("main, [data-part=scroll], #rail")]
        .filter((element) => element.scrollWidth > element.clientWidth + 1)
        .map((element) => element.dataset.part ?? element.tagName),
    );
    if (sideways.length > 0) console.log(`${name}${suffix} scrolls sideways:`, sideways.join(" "));
  }
  await context.close();
}
await chromium.close();
server.close();
