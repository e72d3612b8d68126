// Serves a built folder and opens pages of it in chromium.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

import { chromium } from "playwright-core";

const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml" };

/** Serves `folder` on a free port of this computer. */
export function serve(folder, headers = {}) {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://local").pathname));
    try {
      const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
      const body = await readFile(file);
      response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream", ...headers }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve({ address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() }));
  });
}

export const browser = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

/** Opens a fixture and waits until it is drawn. */
export async function open(page, address, name) {
  await page.goto(`${address}?${name}`);
  await page.waitForSelector("html[data-painted] [data-part=content] > *, html[data-painted] main[data-page]");
  await still(page);
}

/**
 * Waits until a page stands still: its letters are there, no animation that ends is under way, two frames are equal. It
 * asks again and again by itself, because `waitForFunction` takes an answer that is only promised for a yes.
 */
export async function still(page) {
  const until = Date.now() + 30_000;
  while (!(await page.evaluate(standsStill))) {
    if (Date.now() > until) throw new Error(`${page.url()} doesn't come to rest`);
  }
}

/** Runs in the page. What turns for ever, such as a spinner, isn't waited for. */
async function standsStill() {
  const frames = [];
  for (let frame = 0; frame < 2; frame += 1) {
    const animations = document.getAnimations().filter((one) => one.playState !== "finished");
    const endless = animations.filter((one) => one.effect?.getComputedTiming().endTime === Infinity);
    if (animations.length > endless.length || document.fonts.status !== "loaded") return false;
    if (document.querySelector("[data-loading], [data-arriving]")) return false;
    const turning = endless.map((one) => one.effect.target);
    const resting = [...document.querySelectorAll("body *")].filter((element) => !turning.some((one) => one.contains(element)));
    const looks = resting.map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      const { color, backgroundColor, opacity } = getComputedStyle(element);
      return [x, y, width, height, color, backgroundColor, opacity].join(" ");
    });
    frames.push(looks.join());
    await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
  }
  return frames[0] === frames[1];
}

export async function names(page, address) {
  await page.goto(address);
  return page.evaluate(() => window.names);
}
