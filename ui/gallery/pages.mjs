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

/** Waits until a page stands still: its letters are there, no animation that ends is under way, two frames are equal. */
export async function still(page) {
  await page.waitForFunction(async () => {
    const frames = [];
    for (let frame = 0; frame < 2; frame += 1) {
      const moving = document
        .getAnimations()
        .some((one) => one.effect?.getComputedTiming().endTime !== Infinity && one.playState !== "finished");
      if (moving || document.fonts.status !== "loaded" || document.querySelector("[data-loading], [data-arriving]")) return false;
      const looks = [...document.querySelectorAll("body *")].map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        const { color, backgroundColor, opacity } = getComputedStyle(element);
        return [x, y, width, height, color, backgroundColor, opacity].join(" ");
      });
      frames.push(looks.join());
      await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
    }
    return frames[0] === frames[1];
  });
}

export async function names(page, address) {
  await page.goto(address);
  return page.evaluate(() => window.names);
}
