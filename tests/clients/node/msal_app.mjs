// Microsoft's own token library for Node takes a token as an app, for a test that works with what was handed over; no client of
// the suite. Gets an authority, a client id, a scope and what time it is there in milliseconds, and what the app signs in with as
// JSON on the standard input, which nobody else on the computer sees. Says the token.

import { text } from "node:stream/consumers";

import { ConfidentialClientApplication } from "@azure/msal-node";

const [authority, clientId, scope, there] = process.argv.slice(2);
// A statement that is signed with a key says until when it holds, by the clock of whoever reads it.
const here = Date.now.bind(Date);
const ahead = Number(there) - here();
globalThis.Date = class extends Date {
  constructor(...given) {
    super(...(given.length > 0 ? given : [here() + ahead]));
  }
  static now() {
    return here() + ahead;
  }
};
const credential = JSON.parse(await text(process.stdin));

const client = new ConfidentialClientApplication({
  auth: { clientId, authority, knownAuthorities: [new URL(authority).host], ...credential },
});
const answer = await client.acquireTokenByClientCredential({ scopes: [scope] });
console.log(answer.accessToken);
