// Which component draws which kind of content. The first screen is at hand at once; the rest is fetched when needed, or
// when the window has nothing else to do.

import { lazy } from "react";

import type { Content as ContentView } from "../bindings/rpc";
import { StartFacts } from "./Start";

const load = {
  connections: () => import("./Connections"),
  choose: () => import("./Choose"),
  signIn: () => import("./SignIn"),
  signedIn: () => import("./SignedIn"),
  plan: () => import("./Plan"),
  done: () => import("./Done"),
  mailboxes: () => import("./Mailboxes"),
  proof: () => import("./Proof"),
  export: () => import("./Export"),
  exported: () => import("./Exported"),
  problem: () => import("./Problem"),
};

const Connections = lazy(load.connections);
const Choose = lazy(load.choose);
const SignIn = lazy(load.signIn);
const SignedIn = lazy(load.signedIn);
const Plan = lazy(load.plan);
const Done = lazy(load.done);
const Mailboxes = lazy(load.mailboxes);
const Proof = lazy(load.proof);
const Export = lazy(load.export);
const Exported = lazy(load.exported);
const Problem = lazy(load.problem);

/** Fetches every page, so that none is waited for later. */
export function fetchPages(): void {
  for (const page of Object.values(load)) page().catch((error: unknown) => console.error("page", error));
}

export function Content({ content }: { content: ContentView }) {
  switch (content.kind) {
    case "start":
      return <StartFacts content={content} />;
    case "connections":
      return <Connections content={content} />;
    case "choose":
      return <Choose content={content} />;
    case "sign-in":
      return <SignIn content={content} />;
    case "signed-in":
      return <SignedIn content={content} />;
    case "plan":
      return <Plan content={content} />;
    case "done":
      return <Done content={content} />;
    case "mailboxes":
      return <Mailboxes content={content} />;
    case "proof":
      return <Proof content={content} />;
    case "export":
      return <Export content={content} />;
    case "exported":
      return <Exported content={content} />;
    case "problem":
      return <Problem content={content} />;
  }
}
