// Microsoft's own token library for Node takes a person's token, for a test that registers an app by hand with it; no
// client of the suite. Gets an authority, a client id and scopes. Says where to sign in, reads the address that the
// sign-in leads back to, and says the token, each as a line.

import { createInterface } from "node:readline";

import { CryptoProvider, PublicClientApplication } from "@azure/msal-node";

const [authority, clientId, ...scopes] = process.argv.slice(2);
// Nothing listens there: the test reads the address itself.
const redirectUri = "http://localhost:53213";

const client = new PublicClientApplication({
  auth: { clientId, authority, knownAuthorities: [new URL(authority).host] },
});
const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
const page = await client.getAuthCodeUrl({
  scopes,
  redirectUri,
  codeChallenge: challenge,
  codeChallengeMethod: "S256",
});
const lines = createInterface({ input: process.stdin });
console.log(page);
const { value: back } = await lines[Symbol.asyncIterator]().next();
lines.close();
const answer = await client.acquireTokenByCode({
  code: new URL(back).searchParams.get("code"),
  scopes,
  redirectUri,
  codeVerifier: verifier,
});
console.log(answer.accessToken);
