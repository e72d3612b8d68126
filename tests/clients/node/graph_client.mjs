// Microsoft's client library for Graph in JavaScript, with tokens by MSAL.

import { ConfidentialClientApplication } from "@azure/msal-node";
import { Client, PageIterator } from "@microsoft/microsoft-graph-client";

import { check, expect, finish, GRAPH, PRACTICE, ROUND } from "./practice.mjs";

const tokens = new ConfidentialClientApplication({
  auth: {
    clientId: PRACTICE.client_id,
    clientSecret: PRACTICE.client_secret,
    authority: PRACTICE.authority,
    knownAuthorities: [new URL(PRACTICE.authority).host],
  },
});
const graph = Client.initWithMiddleware({
  baseUrl: `${PRACTICE.origin}/`,
  customHosts: new Set([new URL(PRACTICE.origin).hostname]),
  authProvider: {
    getAccessToken: async () => (await tokens.acquireTokenByClientCredential({ scopes: [GRAPH] })).accessToken,
  },
});

await check("users page by page", async () => {
  const first = await graph.api("/users").top(200).select("id,userPrincipalName").get();
  const seen = new Set();
  const pages = new PageIterator(graph, first, (user) => {
    seen.add(user.id);
    return seen.size < 900;
  });
  await pages.iterate();
  expect(seen.size === 900, `${seen.size} users`);
});

await check("an application is made once by its unique name, renamed and deleted", async () => {
  const path = `/applications(uniqueName='suite-${ROUND}')`;
  const made = await graph
    .api(path)
    .header("Prefer", "create-if-missing")
    .patch({ displayName: `graph suite ${ROUND}` });
  expect(made?.appId, made);
  let found;
  for (let attempt = 0; attempt < 60 && !found; attempt += 1) {
    const { value } = await graph.api("/applications").filter(`appId eq '${made.appId}'`).get();
    found = value[0];
    if (!found) await new Promise((resolve) => setTimeout(resolve, 500));
  }
  expect(found?.uniqueName === `suite-${ROUND}`, found);
  await graph.api(`/applications/${found.id}`).patch({ displayName: `renamed ${ROUND}` });
  const renamed = await graph.api(`/applications/${found.id}`).select("displayName").get();
  expect(renamed.displayName === `renamed ${ROUND}`, renamed);
  await graph.api(`/applications/${found.id}`).delete();
  const deleted = await graph.api(`/directory/deletedItems/${found.id}`).get();
  expect(deleted.id === found.id, deleted);
  await graph.api(`/directory/deletedItems/${found.id}`).delete();
});

await check("mail is read, sent and found in the other mailbox", async () => {
  const { value } = await graph.api("/users/support@contoso.example/messages").top(5).get();
  expect(value.length === 5 && value[0].subject, value);
  await graph.api("/users/support@contoso.example/sendMail").post({
    message: {
      subject: `javascript ${ROUND}`,
      body: { contentType: "Text", content: "Hello." },
      toRecipients: [{ emailAddress: { address: "orders@contoso.example" } }],
    },
  });
  const arrived = await graph
    .api("/users/orders@contoso.example/mailFolders/inbox/messages")
    .filter(`subject eq 'javascript ${ROUND}'`)
    .get();
  expect(arrived.value.length === 1, arrived);
  await graph.api(`/users/orders@contoso.example/messages/${arrived.value[0].id}`).delete();
});

await check("an error carries Graph's code", async () => {
  try {
    await graph.api("/users/nobody@contoso.example/messages").get();
  } catch (problem) {
    expect(problem.statusCode === 404 && problem.code === "ErrorInvalidUser", problem);
    return;
  }
  throw new Error("nobody has mail");
});

finish();
