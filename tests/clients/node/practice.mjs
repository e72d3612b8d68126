// What the scripts for Node share: the server's line, a browser played by hand, and PASS or FAIL for each check.

import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";

export const PRACTICE = JSON.parse(readFileSync(process.argv[2], "utf8"));
export const ADMINISTRATOR = "priya.nair@contoso.example";
export const GRAPH = "https://graph.microsoft.com/.default";
// Each round of the suite makes things of its own, because it runs again on the same server.
export const ROUND = randomUUID().slice(0, 8);

let passed = 0;
let failed = 0;

// One check: everything inside must go well.
export async function check(what, act) {
  try {
    await act();
    passed += 1;
    console.log(`PASS ${what}`);
  } catch (problem) {
    failed += 1;
    const text = String(problem?.stack ?? problem);
    console.log(`FAIL ${what}: ${text.slice(0, 900)}`);
  }
}

// Ends the script; a failed check is its exit code.
export function finish() {
  process.exit(failed > 0 || passed === 0 ? 1 : 0);
}

export function expect(condition, otherwise) {
  if (!condition) {
    throw new Error(typeof otherwise === "string" ? otherwise : JSON.stringify(otherwise));
  }
}

function forms(page) {
  const unescape = (text) =>
    text
      .replaceAll("&quot;", '"')
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&#39;", "'")
      .replaceAll("&amp;", "&");
  return [...page.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi)].map(([, attributes, inside]) => {
    const attribute = (text, name) => {
      const found = new RegExp(`\\b${name}="([^"]*)"`, "i").exec(text);
      return found ? unescape(found[1]) : undefined;
    };
    const fields = {};
    for (const [, input] of inside.matchAll(/<input\b([^>]*)>/gi)) {
      const kind = attribute(input, "type") ?? "text";
      const name = attribute(input, "name");
      if (name && !["checkbox", "radio", "submit"].includes(kind)) {
        fields[name] = attribute(input, "value") ?? "";
      }
    }
    const buttons = [...inside.matchAll(/<button\b([^>]*)>/gi)]
      .map(([, button]) => [attribute(button, "name"), attribute(button, "value") ?? ""])
      .filter(([name]) => name);
    return { action: attribute(attributes, "action") ?? "", fields, buttons };
  });
}

// A person in a browser: reads a page, presses a button, and stops where the application takes over.
export class Browser {
  cookies = new Map();

  constructor(account = ADMINISTRATOR) {
    this.account = account;
  }

  async ask(url, fields) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(url, {
      redirect: "manual",
      headers: cookie ? { cookie } : {},
      ...(fields ? { method: "POST", body: new URLSearchParams(fields) } : {}),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = line.split(";")[0].split(/=(.*)/s);
      this.cookies.set(name, value);
    }
    return answer;
  }

  async follow(url, fields = {}, until = "http://localhost") {
    let answer = await this.ask(url);
    for (let step = 0; step < 12; step += 1) {
      const location = answer.headers.get("location");
      if (location) {
        const target = new URL(location, url).href;
        if (until && target.startsWith(until)) {
          return target;
        }
        url = target;
        answer = await this.ask(url);
        continue;
      }
      const page = await answer.text();
      const pressed = this.press(forms(page), fields);
      if (!pressed) {
        return page;
      }
      url = new URL(pressed.action, url).href;
      answer = await this.ask(url, pressed.data);
    }
    throw new Error("the sign-in goes round in circles");
  }

  press(all, fields) {
    const filled = (form) => {
      const known = Object.entries(fields).filter(([name]) => name in form.fields);
      return { ...form.fields, ...Object.fromEntries(known) };
    };
    const wanted = [
      ["account", this.account],
      ["decision", "accept"],
    ];
    for (const form of all) {
      if (form.buttons.length === 0) {
        return { action: form.action, data: filled(form) };
      }
      for (const [name, value] of wanted) {
        if (form.buttons.some(([held, is]) => held === name && is === value)) {
          return { action: form.action, data: { ...filled(form), [name]: value } };
        }
      }
    }
    const form = all.find((form) => form.buttons.length > 0);
    return form && { action: form.action, data: { ...filled(form), [form.buttons[0][0]]: form.buttons[0][1] } };
  }
}
