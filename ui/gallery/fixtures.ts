// Views as the program sends them, one for each thing that can be drawn.

import type { View } from "../src/bindings/rpc";
import { exported, sealing } from "./fixtures/export";
import { looking, mailboxes, needs } from "./fixtures/mailboxes";
import { appBefore, appDone, committing, secretDone, secretPlan } from "./fixtures/onePart";
import { secondary } from "./fixtures/parts";
import { planBefore, planDone, planMissing, planStopped, planWorking } from "./fixtures/plan";
import { choose, method } from "./fixtures/platform";
import { problem } from "./fixtures/problem";
import { proof, proofEmpty } from "./fixtures/proof";
import { signIn, signedIn } from "./fixtures/signIn";
import { connections, help, start } from "./fixtures/start";

export const fixtures: Record<string, View> = {
  start,
  help,
  connections,
  platform: choose("sinch"),
  "platform-problem": choose(null, { fieldProblems: [{ field: "platform", words: "Choose the platform to connect" }] }),
  "platform-own": choose("graph"),
  "platform-own-problem": choose("graph", {
    fieldProblems: [
      { field: "platform-name", words: "Say what the platform is called" },
      { field: "access", words: "Tick what it does with the mail; one is enough" },
    ],
  }),
  method,
  "sign-in": signIn("14d82eec", null),
  "sign-in-own": signIn("4b1c7f52-5d2c-4ad7-9a6e-0d7f3b519e07", null, {
    fieldProblems: [{ field: "client", words: "This isn't an application id" }],
  }),
  "sign-in-waiting": signIn(
    "14d82eec",
    {
      title: "Waiting for your sign-in in the browser",
      text: "Microsoft's page is open there. If you don't see it, open it again, or copy this address into a browser on this computer.",
      address:
        "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?client_id=14d82eec-204b-4c2f-b7e8-296a70dab67e&response_type=code&redirect_uri=http%3A%2F%2Flocalhost%3A51234&scope=openid%20profile&code_challenge=abc",
      acts: [
        secondary("Copy the address", { kind: "copy-address" }),
        secondary("Open it again", { kind: "open-address" }),
        secondary("Stop waiting", { kind: "cancel-sign-in" }),
      ],
    },
    {
      busy: {
        words: "Waiting for your sign-in in the browser",
        waitingFor: "Waiting for you to sign in there.",
        place: "bar",
        progress: null,
        cancel: null,
        button: null,
      },
    },
  ),
  "signed-in": signedIn,
  plan: appBefore,
  "plan-by-parts": planBefore,
  "plan-missing-role": planMissing,
  "plan-working": planWorking,
  "plan-stopped": planStopped,
  "plan-done": planDone,
  committing,
  "secret-plan": secretPlan,
  done: secretDone,
  "app-done": appDone,
  mailboxes: mailboxes(false),
  "mailboxes-empty": mailboxes(true),
  "mailboxes-problem": mailboxes(true, { fieldProblems: needs }),
  looking,
  proof: proof(false),
  presenting: proof(true),
  "proof-empty": proofEmpty,
  export: sealing("profile-key"),
  "export-key": sealing("given-key", { givenKey: "age1qzfakekeyfortests", fingerprint: "amber river stone violin market lantern" }),
  "export-passphrase": sealing(
    "passphrase",
    {},
    { fieldProblems: [{ field: "passphrase-again", words: "The two passphrases differ; type both again" }] },
  ),
  "export-typed": sealing("passphrase"),
  "export-drawn": sealing("passphrase", {
    passphrase: {
      hint: "Write these six words down, or tell them to the platform's people by telephone: small letters, one space between two words. They are shown until the file is sealed, and never again.",
      drawn: "amber river stone violin market lantern",
      acts: [secondary("Draw six others", { kind: "draw-words" }), secondary("Type my own", { kind: "type-own" })],
    },
  }),
  exported,
  problem,
};
