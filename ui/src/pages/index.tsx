// Which component draws which kind of content. The first screen is at hand at once; the rest is fetched when needed, or
// when the window has nothing else to do.

import { use, type ComponentType } from "react";

import type { Content as ContentView } from "../bindings/rpc";
import { StartFacts } from "./Start";

/**
 * A page that is fetched apart. Once it is there it is drawn at once, together with its heading and buttons: React's own
 * `lazy` would hold it back for up to 300 ms and leave buttons without their form meanwhile.
 */
function fetched<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) {
  let page: ComponentType<Props> | null = null;
  let coming: Promise<void> | null = null;
  const fetch = () =>
    (coming ??= load().then((module) => {
      page = module.default;
    }));
  const Fetched = (props: Props) => {
    if (page === null) use(fetch());
    const Page = page;
    return Page && <Page {...props} />;
  };
  return Object.assign(Fetched, { fetch });
}

const Connections = fetched(() => import("./Connections"));
const Choose = fetched(() => import("./Choose"));
const FindApp = fetched(() => import("./FindApp"));
const SignIn = fetched(() => import("./SignIn"));
const SignedIn = fetched(() => import("./SignedIn"));
const Plan = fetched(() => import("./Plan"));
const Parts = fetched(() => import("./Parts"));
const Done = fetched(() => import("./Done"));
const Mailboxes = fetched(() => import("./Mailboxes"));
const Proof = fetched(() => import("./Proof"));
const Export = fetched(() => import("./Export"));
const Exported = fetched(() => import("./Exported"));
const Help = fetched(() => import("./Help"));
const Problem = fetched(() => import("./Problem"));

/** Fetches every page, so that none is waited for later. */
export function fetchPages(): void {
  const pages = [Connections, Choose, FindApp, SignIn, SignedIn, Plan, Parts, Done, Mailboxes, Proof, Export, Exported, Help, Problem];
  for (const page of pages) page.fetch().catch((error: unknown) => console.error("page", error));
}

export function Content({ content }: { content: ContentView }) {
  switch (content.kind) {
    case "start":
      return <StartFacts content={content} />;
    case "connections":
      return <Connections content={content} />;
    case "choose":
      return <Choose content={content} />;
    case "find-app":
      return <FindApp content={content} />;
    case "sign-in":
      return <SignIn content={content} />;
    case "signed-in":
      return <SignedIn content={content} />;
    case "plan":
      return <Plan content={content} />;
    case "parts":
      return <Parts content={content} />;
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
    case "help":
      return <Help content={content} />;
    case "problem":
      return <Problem content={content} />;
  }
}
