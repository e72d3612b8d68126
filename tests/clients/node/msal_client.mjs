// Microsoft's own token library for Node.

import { ConfidentialClientApplication, CryptoProvider, PublicClientApplication } from "@azure/msal-node";

import { ADMINISTRATOR, Browser, check, expect, finish, GRAPH, PRACTICE } from "./practice.mjs";

const authority = PRACTICE.authority;
const known = { authority, knownAuthorities: [new URL(authority).host] };
const confidential = (clientSecret) =>
  new ConfidentialClientApplication({ auth: { clientId: PRACTICE.client_id, clientSecret, ...known } });
const publicClient = () =>
  new PublicClientApplication({ auth: { clientId: PRACTICE.public_client_id, ...known } });

await check("client credentials by secret", async () => {
  const answer = await confidential(PRACTICE.client_secret).acquireTokenByClientCredential({ scopes: [GRAPH] });
  expect(answer.accessToken, answer);
  const organization = await fetch(`${PRACTICE.graph}/organization`, {
    headers: { authorization: `Bearer ${answer.accessToken}` },
  });
  expect(organization.status === 200, await organization.text());
});

await check("a wrong secret is refused with 7000215", async () => {
  try {
    await confidential("not-the-secret").acquireTokenByClientCredential({ scopes: [GRAPH] });
  } catch (problem) {
    expect(String(problem).includes("7000215"), String(problem));
    return;
  }
  throw new Error("it was accepted");
});

await check("authorization code with PKCE, then silently", async () => {
  const client = publicClient();
  const redirectUri = "http://localhost:53212";
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const url = await client.getAuthCodeUrl({
    scopes: ["User.Read"],
    redirectUri,
    codeChallenge: challenge,
    codeChallengeMethod: "S256",
    loginHint: ADMINISTRATOR,
    state: "suite",
  });
  const location = new URL(await new Browser().follow(url));
  expect(location.searchParams.get("state") === "suite", location.href);
  const answer = await client.acquireTokenByCode({
    code: location.searchParams.get("code"),
    scopes: ["User.Read"],
    redirectUri,
    codeVerifier: verifier,
  });
  expect(answer.account.username === ADMINISTRATOR, answer.account);
  const [account] = await client.getTokenCache().getAllAccounts();
  const again = await client.acquireTokenSilent({ account, scopes: ["User.Read"], forceRefresh: true });
  expect(again.accessToken && !again.fromCache, again);
});

await check("device code, approved in a browser", async () => {
  const answer = await publicClient().acquireTokenByDeviceCode({
    scopes: ["User.Read"],
    timeout: 60,
    deviceCodeCallback: (code) => {
      const { userCode } = code;
      new Browser()
        .follow(code.verificationUri, { user_code: userCode, otc: userCode, code: userCode }, null)
        .catch((problem) => console.log(String(problem)));
    },
  });
  expect(answer?.account?.username === ADMINISTRATOR, answer);
});

finish();
