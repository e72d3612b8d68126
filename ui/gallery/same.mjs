// Whether two built galleries draw the same: node gallery/same.mjs BEFORE AFTER. For work on styles that must not be seen.
// Every fixture is opened in both, with everything that opens opened, and compared by its pixels and by what the engine
// computed for each element and its pseudo-elements, which also tells of what no picture shows.

import { browser, names, serve, still } from "./pages.mjs";

const [before, after] = await Promise.all(process.argv.slice(2, 4).map((folder) => serve(folder)));
/** Which looks, by a part of their names; all of them without one. */
const wanted = process.argv[4] ?? "";
const chromium = await browser();
const wide = { width: 1080, height: 760 };
const zoomed = { width: 540, height: 400 };
const looks = [
  { name: "light", viewport: wide, reducedMotion: "reduce" },
  { name: "dark", viewport: wide, colorScheme: "dark", reducedMotion: "reduce" },
  { name: "light 200 %", viewport: zoomed, deviceScaleFactor: 2, reducedMotion: "reduce" },
  { name: "dark 200 %", viewport: zoomed, deviceScaleFactor: 2, colorScheme: "dark", reducedMotion: "reduce" },
  { name: "light, with motion", viewport: wide },
  { name: "between the widths", viewport: { width: 760, height: 600 }, reducedMotion: "reduce" },
  { name: "beside the panel", viewport: { width: 920, height: 600 }, reducedMotion: "reduce" },
  { name: "forced colours", viewport: wide, forcedColors: "active", reducedMotion: "reduce" },
  { name: "forced colours, narrow", viewport: zoomed, forcedColors: "active", reducedMotion: "reduce" },
];

/** A digest of what is computed for each element, by its place among those that are drawn; a box around one other is left out. */
function computed() {
  globalThis.computed = [];
  for (const element of document.querySelectorAll("body *")) {
    if (element.tagName === "DIV" && element.childNodes.length === 1 && element.children.length === 1) continue;
    const look = [`<${element.tagName.toLowerCase()}> ${(element.textContent ?? "").trim().slice(0, 40)}`];
    for (const pseudo of [null, "::before", "::after"]) {
      const style = getComputedStyle(element, pseudo);
      if (pseudo && style.content === "none") continue;
      look.push(`${pseudo ?? ""} moves: ${style.animationName !== "none"}`);
      for (const property of style) {
        // The names of animations are the build's own.
        if (property !== "animation-name" && !property.startsWith("--"))
          look.push(`${pseudo ?? ""} ${property}: ${style.getPropertyValue(property)}`);
      }
    }
    globalThis.computed.push(look);
  }
  return globalThis.computed.map((look) => {
    let digest = 0xdeadbeef;
    for (const line of look) for (let at = 0; at < line.length; at += 1) digest = Math.imul(digest ^ line.charCodeAt(at), 2654435761);
    return digest;
  });
}

const lookOf = (page, at) => page.evaluate((each) => globalThis.computed[each], at);

/** What differs between two elements' looks. */
const between = (one, other) => [
  ...one.filter((line) => !other.includes(line)),
  "instead of",
  ...other.filter((line) => !one.includes(line)),
];

async function opened(page, address, name, motion) {
  await page.goto(`${address}?${name}`);
  await page.waitForSelector("html[data-painted] main[data-page]:not(:has([data-loading]))");
  await still(page);
  const picture = motion ? Buffer.alloc(0) : await page.screenshot();
  await page.evaluate(() => {
    for (const opener of document.querySelectorAll("[aria-expanded=false]:not([data-menu])")) if (opener.offsetParent) opener.click();
  });
  await still(page);
  return { picture, open: motion ? picture : await page.screenshot(), digests: await page.evaluate(computed) };
}

let compared = 0;
let different = 0;
for (const { name: look, ...options } of looks.filter((each) => each.name.includes(wanted))) {
  const context = await chromium.newContext(options);
  const [old, young] = [await context.newPage(), await context.newPage()];
  for (const name of await names(old, before.address)) {
    const motion = look === "light, with motion";
    const first = await opened(old, before.address, name, motion);
    const second = await opened(young, after.address, name, motion);
    const complaints = [];
    if (!first.picture.equals(second.picture)) complaints.push("the picture differs");
    if (!first.open.equals(second.open)) complaints.push("the picture with everything open differs");
    if (first.digests.length !== second.digests.length) complaints.push(`${first.digests.length} elements, then ${second.digests.length}`);
    else
      for (const [at, digest] of first.digests.entries()) {
        if (digest === second.digests[at]) continue;
        const [one, other] = [await lookOf(old, at), await lookOf(young, at)];
        complaints.push(`${one[0]}: ${between(one, other).slice(0, 8).join("; ")}`);
      }
    compared += 1;
    if (complaints.length > 0) different += 1;
    for (const complaint of complaints.slice(0, 8)) console.log(`${name}, ${look}: ${complaint}`);
  }
  await context.close();
}
await chromium.close();
before.close();
after.close();
console.log(`${compared} pages compared, ${different} differ`);
process.exit(different === 0 ? 0 : 1);
