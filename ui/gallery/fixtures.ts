// Views as the program sends them, one for each thing that can be drawn.

import type {
  ActIcon,
  Button,
  Choice,
  Content,
  Fact,
  Finding,
  Frame,
  ListName,
  Message,
  Opener,
  OptionGroup,
  Page,
  PartLine,
  PlanByParts,
  PlanPart,
  ProofCell,
  RailState,
  Request,
  SignInWait,
  Tone,
  View,
  Words,
} from "../src/bindings/rpc";

const button = (
  kind: Button["kind"],
  label: string,
  request: Request,
  icon: ActIcon | null = null,
  fullLabel: string | null = null,
): Button => ({
  kind,
  label,
  request,
  icon,
  fullLabel,
});
const primary = (label: string, request: Request = { kind: "continue" }) => button("primary", label, request);
const secondary = (label: string, request: Request = { kind: "check" }) => button("secondary", label, request);
const finding = (tone: Tone, word: string): Finding => ({ tone, word });
const fact = (term: string, value: string, rest: Partial<Fact> = {}): Fact => ({
  term,
  value,
  id: null,
  findings: [],
  change: null,
  ...rest,
});
const message = (tone: Message["tone"], title: string, text: string | null, action: Button | null = null): Message => ({
  tone,
  title,
  text,
  action,
});
const choice = (value: string, title: string, detail: string, rest: Partial<Choice> = {}): Choice => ({
  value,
  title,
  detail,
  side: null,
  tag: null,
  ...rest,
});

const stepNames = ["Platform", "Method", "Sign-in", "Mailboxes", "Plan", "Proof", "Export"];

function frame(current: number, notes: Record<number, [RailState, string]> = {}, saved = "Saved 10:42", part = ""): Frame {
  return {
    practice: {
      label: "Practice organisation",
      note: "Nothing here reaches Microsoft 365. One minute stands for an hour.",
      leave: button("link", "Leave practice", { kind: "save-and-close" }),
    },
    connection: { platform: "Sinch Contact Pro", organisation: "Contoso Practice" },
    steps: stepNames.map((name, index) => {
      const number = index + 1;
      const note = notes[number];
      const done = number < current;
      const id = name.toLowerCase();
      return {
        id,
        number,
        name,
        state: note?.[0] ?? (done ? "done" : "todo"),
        note: note?.[1] ?? null,
        current: number === current,
        open: done ? { kind: "go-to", step: id } : null,
      };
    }),
    stepLine: `Step ${current} of 7: ${stepNames[current - 1]}${part}`,
    back: { kind: "back" },
    presenting: false,
    helping: false,
    saved,
  };
}

const words: Words = {
  skipToSteps: "Skip to steps",
  steps: "Steps",
  done: "done",
  back: "Back",
  presenting: "Presenting mode",
  on: "on",
  off: "off",
  help: "Help",
  helpKey: "F1",
  problemSummary: "There is a problem",
  practiceTag: "Practice",
  more: "More",
  others: "Others",
  connection: "Connection",
  state: "State",
  acts: "What you can do",
  add: "Add",
  search: "Search",
  searchMailboxes: "Search for a mailbox",
  searchList: "Search the list",
  filterList: "Find in this list",
  openFile: "Open a file",
  showSetAside: "Show what was set aside",
  keepThem: "Keep them",
  showRest: "Show the rest",
  mayDo: "What it may do in these mailboxes",
  platformName: "What is the platform called?",
  ownAccess: "What does it do with the mail? Tick only what it needs",
  alsoRandom: "Also try one mailbox picked at random",
  willCreate: "Will create",
  wontTouch: "Won't touch",
  underWay: "under way",
  whatHappened: "What happened",
  asksFor: "What the sign-in asks for, of whoever may accept it",
  whichClient: "Which app signs you in?",
  ownClient: "Application (client) id",
  theAddress: "The address of the sign-in page",
  signedInAs: "Signed in as",
  organisation: "Organisation",
  checkNeed: "This connection needs to",
  checkTakes: "Which takes",
  checkFinding: "Your sign-in",
  mailbox: "Mailbox",
  evidence: "What was seen",
  theRequest: "The request",
  details: "Details for support",
  whoOpens: "Who can open the file?",
  givenKey: "Public key of the receiver",
  fingerprint: "Its fingerprint",
  compared: "I compared this fingerprint with the receiver over another channel",
  passphrase: "Passphrase",
  drawnWords: "Six words drawn for you",
  passphraseAgain: "The same passphrase again",
  folder: "Folder",
  files: "What was saved",
  handOver: "Hand the sealed file over",
  furtherIds: "Ids of what was made",
  platformForm: "What the platform's form asks for",
  next: "What to do next",
};

const bare: Frame = {
  practice: null,
  connection: null,
  steps: [],
  stepLine: null,
  back: null,
  presenting: false,
  helping: false,
  saved: null,
};

function view(around: Frame, heading: string, content: Content, actions: Button[], page: Partial<Page> = {}): View {
  return {
    revision: 1,
    language: "en",
    words,
    title: `${heading} - Mailgrant`,
    frame: around,
    page: {
      heading,
      key: content.kind,
      lead: null,
      content,
      fieldProblems: [],
      actions,
      actionNote: null,
      busy: null,
      announcement: null,
      ...page,
    },
  };
}

const start = view(
  bare,
  "Connect a mail platform to chosen mailboxes, and no others",
  {
    kind: "start",
    facts: [
      fact(
        "You need",
        "The mailbox addresses, and a sign-in that may create apps and holds Exchange Administrator. Global Administrator isn't needed.",
      ),
      fact("It takes", "About 20 minutes. Microsoft may then need up to 2 hours to apply the limit; you can close the window meanwhile."),
      fact("It changes", "One app, one secret and one limit in Exchange. Each is shown before it's made, and each can be undone."),
    ],
    footnote: "Nothing changes in Microsoft 365 until a button says Create, Limit, Remove or Delete.",
    endsWith: {
      title: "What you end with",
      subtitle: "A proof, not a promise",
      rows: [
        { name: "support@contoso.example", finding: finding("works", "Works") },
        { name: "billing@contoso.example", finding: finding("works", "Works") },
        { name: "ceo@contoso.example", finding: finding("refused", "Refused") },
        { name: "Every other mailbox tried", finding: finding("refused", "Refused") },
      ],
      lines: [
        { icon: "sealed", words: "One sealed file that only your platform can open" },
        { icon: "reminder", words: "A reminder before the secret ends" },
      ],
    },
    noRoles: {
      label: "I don't have these roles",
      paragraphs: [
        "You can start anyway: after the sign-in, Mailgrant says which steps your sign-in may do and writes a request for the rest.",
        "In the practice organisation you can try every step without any role.",
      ],
    },
  },
  [
    primary("Start", { kind: "start-real" }),
    button("secondary", "Try it with the practice organisation", { kind: "start-practice" }, "practice"),
    button("subtle", "Open a saved connection", { kind: "show-connections" }),
  ],
  {
    lead: "Mailgrant registers an app in your Microsoft 365 organisation, limits it to the mailboxes you name, proves that the others refuse it, and seals the result in one file for the platform.",
  },
);

const card = (id: string, platform: string, organisation: string, state: Finding, detail: string, practice = false, label = "Go on") => ({
  id,
  platform,
  organisation,
  practice,
  finding: state,
  detail,
  actions: [
    button("secondary", label, { kind: "open-connection", id }, null, `${label}: ${platform}`),
    button("subtle", "Take off this list", { kind: "forget-connection", id }, "delete", `Take ${platform} off this list`),
  ],
});

const connections = view(
  bare,
  "Your connections",
  {
    kind: "connections",
    first: card(
      "a",
      "Sinch Contact Pro",
      "Fabrikam",
      finding("ends-soon", "Ends soon"),
      "The secret ends on 1 December 2026, in 9 days",
      false,
      "Open",
    ),
    rest: [
      card("b", "LogicalDOC", "Northwind Traders", finding("waiting", "Waiting"), "Microsoft applies the limit; look again from 12:05"),
      card("c", "Emailgistics", "Woodgrove Bank", finding("needs-you", "Not finished"), "Stopped at step 5 of 7: Plan"),
      card(
        "d",
        "Donaudampfschifffahrtsgesellschaftskapitänsverwaltung Mail",
        "Bundesimmobilienverwaltungsgesellschaft Österreich",
        finding("too-broad", "Too broad"),
        "The app reaches a mailbox that must stay refused",
      ),
      card("e", "SureCloud", "Contoso Practice", finding("works", "Done"), "The secret ends on 21 May 2027, in 180 days", true, "Open"),
    ],
  },
  [
    primary("New connection", { kind: "start-real" }),
    button("secondary", "New practice connection", { kind: "start-practice" }, "practice"),
  ],
);

const platforms: Choice[] = [
  choice("sinch", "Sinch Contact Pro", "Reads and sends mail through Microsoft Graph", { side: "Checked 3 Nov 2026" }),
  choice("surecloud", "SureCloud", "Sends mail through Microsoft Graph", { side: "Checked 3 Nov 2026" }),
  choice("logicaldoc", "LogicalDOC", "Reads mail through IMAP", { side: "Checked 28 Oct 2026" }),
  choice("shipfix", "Shipfix", "Reads mail through Microsoft Graph, often with several apps", { side: "Checked 28 Oct 2026" }),
  choice("emailgistics", "Emailgistics", "Reads and moves mail through Microsoft Graph", { side: "Checked 3 Nov 2026" }),
  choice("graph", "Another platform that uses Microsoft Graph", "You enter what the platform needs"),
];

const choose = (chosen: string | null, page: Partial<Page> = {}) =>
  view(
    { ...frame(1), connection: { platform: "New connection", organisation: "" }, saved: null },
    "Which mail platform are you connecting?",
    {
      kind: "choose",
      field: "platform",
      legend: "Mail platform",
      choices: platforms,
      chosen,
      searchable: true,
      extras: [],
      own: {
        value: "graph",
        name: chosen === "graph" ? "Northwind Ticketing and Correspondence Suite for Regional Offices" : "",
        nameHint: "It stands in the name of the app, in the record and in the names of the files",
        nameFixed: false,
        access: [
          {
            value: "Mail.Read",
            title: "Read mail (Mail.Read)",
            detail: "Choose it for a platform that has to read the mailboxes' mail and change nothing.",
            on: false,
            needed: false,
          },
          {
            value: "Mail.ReadWrite",
            title: "Read and file mail (Mail.ReadWrite)",
            detail: "Choose it for a platform that has to read the mailboxes' mail, mark it, move it and delete it.",
            on: false,
            needed: false,
          },
          {
            value: "Mail.Send",
            title: "Send mail (Mail.Send)",
            detail: "Choose it for a platform that has to send mail from the mailboxes.",
            on: false,
            needed: false,
          },
        ],
      },
      messages: [],
      more: null,
    },
    [primary("Continue", { kind: "submit" })],
    { lead: "Its profile says what it needs, so that nothing more is asked of your organisation.", key: "platform", ...page },
  );

const method = view(
  frame(2),
  "How should Sinch Contact Pro reach the mailboxes?",
  {
    kind: "choose",
    field: "method",
    legend: "Method",
    choices: [
      choice(
        "graph-app-only",
        "Microsoft Graph, chosen mailboxes only",
        "The platform signs in as an app of its own. Exchange holds it to the mailboxes you name; no person's password is involved.",
        { tag: "Recommended" },
      ),
    ],
    chosen: "graph-app-only",
    searchable: false,
    extras: [],
    own: null,
    messages: [],
    more: {
      label: "What it lets Sinch Contact Pro do",
      paragraphs: ["Read mail (Mail.Read): to show messages to agents.", "Left out: Mail.ReadWrite. The platform never changes a message."],
    },
  },
  [primary("Continue", { kind: "submit" })],
  { key: "method" },
);

const signIn = (client: string | null, waiting: SignInWait | null, page: Partial<Page> = {}) =>
  view(
    { ...frame(3), practice: null },
    "Sign in to Microsoft",
    {
      kind: "sign-in",
      scopes: [
        { title: "See who you are and which organisation this is", detail: "User.Read, of everybody", done: false },
        {
          title: "Create the app and its secret",
          detail: "Application.ReadWrite.All",
          done: false,
        },
        {
          title: "Find the mailboxes and set the limit in Exchange",
          detail: "Exchange.Manage, of an Exchange Administrator",
          done: false,
        },
      ],
      clients: [
        choice("14d82eec", "Microsoft Graph Command Line Tools", "Microsoft's own; most organisations have it already"),
        choice(
          "own",
          "An app of your organisation",
          "Its application (client) id; register it with the redirect http://localhost for mobile and desktop",
        ),
      ],
      client,
      waiting,
      messages: [],
    },
    [primary("Open Microsoft's sign-in page", { kind: "sign-in" })],
    {
      lead: "Your browser opens Microsoft's page. Mailgrant never sees your password, and it keeps no sign-in.",
      actionNote: "Changes nothing but what you accept there",
      ...page,
    },
  );

const signedIn = view(
  frame(3, { 5: ["ask-somebody", "Ask somebody"] }),
  "Check that this is the right organisation",
  {
    kind: "signed-in",
    initials: "DR",
    person: "Dana Reyes",
    userName: "dana.reyes@contoso.example",
    organisation: "Contoso Practice",
    domain: "contoso.example",
    tenant: "6f0e…b21c",
    sentence: "11 of 12 checks are ready; ask an Exchange Administrator for 1",
    checks: [
      { need: "Create an app and its secret", takes: "Application Administrator", finding: finding("works", "Ready") },
      { need: "Give the secret up to 180 days", takes: "Set by your credential policy", finding: finding("works", "Ready") },
      { need: "Look for older, broader access", takes: "Any member may read this", finding: finding("unknown", "Couldn't read") },
      { need: "Limit the app to chosen mailboxes", takes: "Exchange Administrator", finding: finding("needs-you", "Ask somebody") },
    ],
    more: [
      { need: "Read the organisation's name", takes: "Any member may read this", finding: finding("works", "Ready") },
      { need: "Look up mailboxes", takes: "Exchange Administrator", finding: finding("works", "Ready") },
    ],
    moreLabel: "8 more checks, all ready",
    messages: [
      message(
        "needs-you",
        "You can make the app and its secret now; the mailboxes and the limit need somebody else",
        "Choosing mailboxes and the limit take Exchange Administrator. Send a request now, or sign in there as somebody who holds the role. Nothing has been changed so far.",
        button("secondary", "Copy a request", { kind: "copy-request" }, "copy"),
      ),
    ],
  },
  [primary("Continue with Contoso Practice"), secondary("Use another organisation", { kind: "use-another-organisation" })],
);

const planContent = (done: boolean): Content => ({
  kind: "plan",
  answers: [],
  plan: {
    will: [
      { title: "App registration", detail: "Mailgrant: Sinch Contact Pro", done },
      { title: "Its service principal", detail: "In this organisation only, nobody is asked to sign in", done: false },
      { title: "A tag on both", detail: "So the wizard finds them again and never makes two", done: false },
    ],
    wont: [
      { title: "Your 23 other app registrations", detail: "One has a similar name: Sinch CP pilot.", done: false },
      { title: "Mail permissions in Entra", detail: "None is asked for. Access comes later, from Exchange", done: false },
      { title: "Redirect addresses and certificates", detail: "None is added", done: false },
    ],
    calls: ["POST https://graph.microsoft.com/v1.0/applications", "POST https://graph.microsoft.com/v1.0/servicePrincipals"],
    callsLabel: "See the 2 calls to Microsoft Graph",
  },
  options: [],
  messages: [],
});
const planActions = [primary("Create the app registration", { kind: "commit" })];
const planPage: Partial<Page> = {
  lead: "The platform signs in as this app. On its own it can reach no mailbox.",
  actionNote: "Can be undone for 30 days",
  key: "app",
};
const plan = view(
  frame(5, {}, "Saved 10:42", ", part 1 of 4: App"),
  "Create the app registration",
  planContent(false),
  planActions,
  planPage,
);
const committing = view(frame(5, {}, "Saved 10:42", ", part 1 of 4: App"), "Create the app registration", planContent(true), planActions, {
  ...planPage,
  busy: {
    words: "Creating the app registration",
    waitingFor: "Waiting for Microsoft to answer.",
    place: "bar",
    progress: null,
    cancel: null,
    button: { at: 0, words: "Creating…" },
  },
});

const secretPlan = view(
  frame(5, {}, "Saved 10:42", ", part 3 of 4: Secret"),
  "Create the app's secret",
  {
    kind: "plan",
    answers: [],
    plan: {
      will: [{ title: "One client secret", detail: "On Mailgrant: Sinch Contact Pro, until 21 May 2027", done: false }],
      wont: [{ title: "Other secrets and certificates", detail: "There are none on this app", done: false }],
      calls: ["POST https://graph.microsoft.com/v1.0/applications/{id}/addPassword"],
      callsLabel: "See the call to Microsoft",
    },
    options: [
      {
        field: "days",
        legend: "How long should the secret last?",
        choices: [
          choice("90", "90 days", "Until 20 February 2027"),
          choice("180", "180 days", "Until 21 May 2027", { side: "The longest your policy allows", tag: "Recommended" }),
        ],
        chosen: "180",
      },
    ],
    messages: [
      message(
        "secret",
        "Nobody will see this secret, you included",
        "It goes straight into this computer's keychain and later into the sealed file. It's safe to share or record this window.",
      ),
    ],
  },
  [primary("Create the secret", { kind: "commit" })],
  { lead: "The platform proves with it that it is the app.", actionNote: "Can be removed at any time" },
);

const done = view(
  frame(5, {}, "Saved 10:42", ", part 3 of 4: Secret"),
  "The app's secret is made and saved",
  {
    kind: "done",
    keyFacts: [
      { term: "Ends on", value: "21 May 2027", detail: "In 180 days, the longest your policy allows" },
      {
        term: "Reminders",
        value: "60, 30 and 7 days before",
        detail: "In the exported calendar file. Before the end, make a new secret here and hand it over",
      },
    ],
    happened: [
      {
        tone: "works",
        title: "Made by Microsoft",
        detail: "Key id ends in c41. Microsoft shows a secret once, so it's never asked for again.",
        at: "10:43:58",
      },
      {
        tone: "works",
        title: "Saved in this computer's keychain",
        detail: "Read back and compared. It will also be inside the sealed file, and nowhere else.",
        at: "10:43:58",
      },
      {
        tone: "works",
        title: "Accepted by Microsoft",
        detail: "Try 2: a new secret is often refused for its first seconds.",
        at: "10:44:08",
      },
    ],
    facts: [],
    messages: [
      message(
        "secret",
        "Nobody sees this secret, you included",
        "No button shows or copies it, and it isn't written to any log. It's safe to share or record this window.",
      ),
    ],
  },
  [primary("Continue to mailboxes"), button("subtle", "Remove this secret", { kind: "undo" }, "delete")],
);

const appDone = view(
  frame(5, {}, "Saved 10:42", ", part 1 of 4: App"),
  "The app registration exists",
  {
    kind: "done",
    keyFacts: [],
    happened: [
      {
        tone: "works",
        title: "App registration created",
        detail: "In this organisation only, without redirect address and without permission.",
        at: "10:40:12",
      },
      { tone: "works", title: "Read back from Microsoft", detail: "The app and its service principal both answer.", at: "10:40:19" },
    ],
    facts: [
      fact("App", "Mailgrant: Sinch Contact Pro", { id: "4b1c…9e07" }),
      fact("Service principal", "In this organisation", { id: "77d2…01aa" }),
      fact("Undo by hand", "Entra admin center, App registrations, this app, Delete. It can be restored for 30 days."),
    ],
    messages: [],
  },
  [primary("Continue to permissions"), button("subtle", "Delete this app registration", { kind: "undo" }, "delete")],
);

const mailboxes = (empty: boolean, page: Partial<Page> = {}) => {
  const remove = (list: ListName, address: string) =>
    button("subtle", "Remove", { kind: "remove-mailbox", list, address }, null, `Remove ${address}`);
  return view(
    frame(4),
    "Which mailboxes may the app use?",
    {
      kind: "mailboxes",
      allowed: {
        list: "allowed",
        label: "Mailboxes the app may use",
        hint: "Type or paste a list. Names, commas, semicolons and line breaks are all fine.",
        typed: "",
        summary: empty ? null : "3 entries: 2 found, 1 needs you",
        read: null,
        setAside: [],
        useAll: null,
        rows: empty
          ? []
          : [
              {
                address: "support@contoso.example",
                detail: "Shared mailbox, Contoso Support",
                finding: finding("works", "Found"),
                repair: null,
                remove: remove("allowed", "support@contoso.example"),
              },
              {
                address: "biling@contoso.example",
                detail: "There's no such mailbox. Did you mean billing@contoso.example?",
                finding: finding("needs-you", "Needs you"),
                repair: button("secondary", "Use billing@contoso.example", {
                  kind: "use-suggestion",
                  list: "allowed",
                  typed: "biling@contoso.example",
                  address: "billing@contoso.example",
                }),
                remove: remove("allowed", "biling@contoso.example"),
              },
              {
                address: "kundenbetreuung-und-vertragsangelegenheiten-oberoesterreich@grossunternehmen-holding.contoso.example",
                detail: "Shared mailbox, Kundenbetreuung und Vertragsangelegenheiten Oberösterreich",
                finding: finding("works", "Found"),
                repair: null,
                remove: remove("allowed", "kundenbetreuung"),
              },
            ],
        removeAll: empty ? null : button("link", "Remove all", { kind: "remove-all-mailboxes", list: "allowed" }),
        removeThem: empty ? null : button("link", "Remove all 3", { kind: "remove-all-mailboxes", list: "allowed" }),
      },
      refused: {
        list: "refused",
        label: "A mailbox that must stay refused",
        hint: "Name one the app must never reach, or several. The proof tries it with the app's own key.",
        typed: "",
        summary: empty ? null : "1 mailbox found",
        read: null,
        setAside: [],
        useAll: null,
        rows: empty
          ? []
          : [
              {
                address: "ceo@contoso.example",
                detail: "User mailbox, Ingrid Holm",
                finding: finding("works", "Found"),
                repair: null,
                remove: remove("refused", "ceo@contoso.example"),
              },
            ],
        removeAll: null,
        removeThem: null,
      },
      alsoRandom: true,
      search: empty
        ? null
        : {
            typed: "sup",
            summary: "2 mailboxes match",
            rows: ["supplies@contoso.example", "supervisors@contoso.example"].map((address) => ({
              address,
              detail: "Shared mailbox, Contoso",
              add: button("secondary", "Add", { kind: "add-mailbox", list: "allowed", address }, "add", `Add ${address}`),
            })),
          },
      messages: [],
    },
    [primary("Continue", { kind: "submit" })],
    page,
  );
};

const evidence = [
  fact("Call", "GET /users/{mailbox}/mailFolders/inbox"),
  fact("Answer", "403 ErrorAccessDenied"),
  fact("Request id", "9f3c2d1e-77aa-4c01-9a55-0c1d2e3f4a5b"),
  fact("At", "10:58:03 on 22 November 2026"),
];
const cell = (tone: Tone, word: string, stamp: string): ProofCell => ({ finding: finding(tone, word), stamp, evidence });

const proof = (presenting: boolean) => {
  const name = (address: string, word: string) => (presenting ? word : address);
  return view(
    { ...frame(6, { 6: ["too-broad", "Too broad"] }, "Saved 10:58"), presenting },
    "Does it work, and only where it should?",
    {
      kind: "proof",
      top: [
        message(
          "problem",
          `Too broad: the app can reach ${name("hr@contoso.example", "Mailbox 4")}`,
          "Exchange's limit contains it. Take it off the list of mailboxes, then run the checks again.",
        ),
      ],
      columns: ["Set up in Exchange", "Read mail", "Send mail"],
      groups: [
        {
          title: "Must work",
          rows: [
            {
              mailbox: name("support@contoso.example", "Mailbox 1"),
              origin: null,
              tooBroad: false,
              cells: [
                cell("works", "In scope", "Read 10:57"),
                cell("works", "Works", "Proven 10:58"),
                cell("works", "Works", "Proven 10:58"),
              ],
            },
            {
              mailbox: name("billing@contoso.example", "Mailbox 2"),
              origin: null,
              tooBroad: false,
              cells: [
                cell("works", "In scope", "Read 10:57"),
                cell("waiting", "Waiting", "Next look 11:25"),
                cell("waiting", "Waiting", "Next look 11:25"),
              ],
            },
          ],
        },
        {
          title: "Must be refused",
          rows: [
            {
              mailbox: name("ceo@contoso.example", "Mailbox 3"),
              origin: "Named by you",
              tooBroad: false,
              cells: [
                cell("refused", "Out of scope", "Read 10:57"),
                cell("refused", "Refused", "Proven 10:58"),
                cell("refused", "Refused", "Proven 10:58"),
              ],
            },
            {
              mailbox: name("hr@contoso.example", "Mailbox 4"),
              origin: "Picked at random",
              tooBroad: true,
              cells: [
                cell("too-broad", "In scope", "Through the limit"),
                cell("too-broad", "Too broad", "It answered 10:58"),
                cell("unknown", "Unknown", "Asked 10:58"),
              ],
            },
          ],
        },
      ],
      bottom: [
        message(
          "waiting",
          `Waiting for Microsoft to apply the limit to ${name("billing@contoso.example", "Mailbox 2")}`,
          "Set at 10:52; usually 30 minutes to 2 hours. We look once at 11:25, because asking sooner makes it slower. You can close this window.",
        ),
      ],
    },
    [primary("Run the checks again", { kind: "check" }), secondary("Save and close", { kind: "save-and-close" })],
    { key: "verify", announcement: "Too broad: the app reaches more than it should." },
  );
};

const proofEmpty = view(
  frame(6),
  "Does it work, and only where it should?",
  { kind: "proof", top: [], columns: [], groups: [], bottom: [] },
  [primary("Run the checks", { kind: "check" })],
  { key: "verify" },
);

const looking = view(frame(4), "Which mailboxes may the app use?", { kind: "proof", top: [], columns: [], groups: [], bottom: [] }, [], {
  key: "mailboxes",
  busy: {
    words: "Looking up 2 mailboxes",
    waitingFor: "Waiting for Exchange to answer.",
    place: "page",
    progress: { words: "Looked up: 40 of 296", done: 40, of: 296 },
    cancel: secondary("Stop", { kind: "stop" }),
    button: null,
  },
});

const exportFacts: Fact[] = [
  fact("Platform", "Sinch Contact Pro, through Microsoft Graph"),
  fact("Organisation", "Contoso Practice", { id: "6f0e…b21c" }),
  fact("App", "Mailgrant: Sinch Contact Pro", { id: "4b1c…9e07" }),
  fact("Access", "Read mail, Send mail"),
  fact("Mailboxes", "support@contoso.example, billing@contoso.example", {
    change: button("link", "Change", { kind: "go-to", step: "mailboxes" }, null, "Change the mailboxes"),
  }),
  fact("Secret ends", "21 May 2027"),
  fact("Proved at 12:04", "", { findings: [finding("works", "2 of 2 work"), finding("refused", "2 of 2 others refused")] }),
];

const sealing = (opener: Opener, rest: Partial<Extract<Content, { kind: "export" }>> = {}, page: Partial<Page> = {}) =>
  view(
    frame(7, {}, "Saved 12:06"),
    "Check the answers, then seal the file",
    {
      kind: "export",
      facts: exportFacts,
      openers: [
        choice("profile-key", "Only Sinch Contact Pro", "Sealed to its public key age1qz…w7k9"),
        choice("given-key", "Whoever holds a key that I was given", "A public key that begins with age1, from the platform's own people"),
        choice("passphrase", "Anyone with a passphrase", "You tell it over another channel, such as the telephone, never beside the file"),
      ],
      opener,
      givenKey: "",
      fingerprint: null,
      passphrase: {
        hint: "At least 12 characters that nobody guesses: no names of yours or the platform's, no dates, nothing that repeats or counts. Five or six words that don't belong together are best.",
        drawn: null,
        acts: [secondary("Draw six words for me", { kind: "draw-words" })],
      },
      folder: "Documents/Mailgrant",
      messages: [message("practice", "This is practice: the file says so inside, and the platform won't accept it.", null)],
      ...rest,
    },
    [primary("Seal and save the file", { kind: "submit" }), secondary("Choose another folder", { kind: "choose-folder" })],
    { key: "export", ...page },
  );

/** A value that can be copied, with its id where the value is a name. */
const copied = (term: string, value: string, id: string | null = null) =>
  fact(term, value, { id, change: button("link", "Copy", { kind: "copy-text", text: id ?? value }, null, `Copy ${term}`) });

const exported = view(
  frame(7, {}, "Saved 12:08"),
  "The file is sealed and saved",
  {
    kind: "exported",
    files: [
      {
        what: "Sealed connection file",
        name: "sinch-contact-pro-contoso-practice.mailgrant",
        detail: "For the platform. Only it can open the file.",
        icon: "sealed",
      },
      {
        what: "Record of what was made and proved",
        name: "sinch-contact-pro-contoso-practice-record.pdf",
        detail: "For your change board. No secret is in it.",
        icon: "record",
      },
      {
        what: "Reminder",
        name: "secret-ends-21-may-2027.ics",
        detail: "For your calendar: 60, 30 and 7 days before the secret ends.",
        icon: "reminder",
      },
    ],
    handOver: [
      "Send sinch-contact-pro-contoso-practice.age to the person who runs Sinch Contact Pro. Mail will do; the passphrase goes another way, such as by telephone, and never with the file.",
      "They open it with age, a free program (age-encryption.org), and the passphrase. Inside are all values of the form below, with the secret. If you fill that form in yourself, open it yourself, and delete what came out of it afterwards.",
    ],
    opening: [copied("To open it", "", "age --decrypt sinch-contact-pro-contoso-practice.age")],
    form: [
      copied("Tenant ID", "6f0e1c9a-5c1e-4d59-8a12-3f7e5d9eb21c"),
      copied("Client ID", "4b1c7f52-5d2c-4ad7-9a6e-0d7f3b519e07"),
      fact("Client secret", "In the sealed file, under this label. No window shows it"),
      copied(
        "Mailbox addresses",
        "support@contoso.example, customer.correspondence.and.complaints@subsidiary-with-a-long-name.contoso.example",
      ),
      copied("UUID of the mailbox", "support@contoso.example", "0d1c7f52-5d2c-4ad7-9a6e-0d7f3b519e01"),
      copied(
        "UUID of the mailbox",
        "customer.correspondence.and.complaints@subsidiary-with-a-long-name.contoso.example",
        "0d1c7f52-5d2c-4ad7-9a6e-0d7f3b519e02",
      ),
    ],
    ids: [
      copied("Object ID of the app registration", "1c1c7f52-5d2c-4ad7-9a6e-0d7f3b519e03"),
      copied("Object ID of the enterprise application", "2c1c7f52-5d2c-4ad7-9a6e-0d7f3b519e04"),
    ],
    next: [
      "In System Configurator, add an incoming mail server with the values above.",
      "Open the reminder, so that it stands in your calendar.",
    ],
    messages: [],
  },
  [primary("Show the folder", { kind: "open-folder" }), secondary("Back to your connections", { kind: "save-and-close" })],
);

const problem = view(
  { ...frame(5, { 5: ["problem", "Problem"] }, "Saved 10:42", ", part 3 of 4: Secret"), practice: null },
  "Contoso Practice doesn't allow app secrets",
  {
    kind: "problem",
    code: "secret-policy",
    facts: [
      fact("What happened", "Microsoft refused to make a secret for the app."),
      fact("Why", "Your credential policy blocks secrets on apps made after 1 March 2026, and Sinch Contact Pro takes nothing else."),
      fact("What to do", "Ask for an exception for this one app, then try again."),
      fact("Who can fix it", "Somebody with the role Security Administrator."),
      fact("What exists now", "The app registration, unchanged. No secret was made."),
    ],
    request:
      "Hello, the app Mailgrant: Sinch Contact Pro (4b1c…9e07) needs one client secret of up to 180 days. Our credential policy blocks it. Would you add an exception for this app only?",
    details: [
      fact("Problem", "secret-policy"),
      fact("Call", "POST /applications/{id}/addPassword"),
      fact("HTTP status", "403"),
      fact("In its own words", "Credential type not allowed as per assigned policy 'client secret lifetime 2026'."),
      fact("Request id", "9f3c2d1e-77aa-4c01-9a55-0c1d2e3f4a5b"),
    ],
    stopped: null,
  },
  [
    primary("Copy the request", { kind: "copy-request" }),
    secondary("Try again", { kind: "try-again" }),
    button("subtle", "Copy the details", { kind: "copy-details" }, "copy"),
  ],
);

type At = "before" | "working" | "stopped" | "done" | "missing";

const line = (title: string, detail: string, state: PartLine["state"], checked: string | null = null): PartLine => ({
  title,
  detail,
  state,
  stamp: checked === null ? (state === "made" ? "Made" : null) : `Checked ${checked}`,
});

/** The plan by its parts, in each of its states. */
function byParts(at: At): PlanByParts {
  const began = at === "working" || at === "stopped";
  const app = began ? "checked" : "todo";
  const checked = began ? "10:43:58" : null;
  const todo = (role: string, has: boolean) => (has ? finding("works", "You have it") : finding("needs-you", `Ask an ${role}`));
  const part = (
    kind: string,
    name: string,
    role: string,
    found: Finding,
    lines: PartLine[],
    facts: Fact[],
    rest: Partial<PlanPart> = {},
  ): PlanPart => ({
    kind,
    name,
    takes: at === "done" || found.word === "Done" ? null : `Takes ${role}`,
    finding: at === "done" ? finding("works", "Done") : found,
    lines: at === "done" ? [] : lines,
    facts: at === "done" ? facts : [],
    detail: null,
    messages: [],
    acts: [],
    note: null,
    ...rest,
  });
  const remove = (kind: string, label: string) =>
    at === "done" ? [button("subtle", label, { kind: "remove-part", part: kind }, "delete")] : [];
  const isDone = finding("works", "Done");
  const exchange = "Exchange Administrator";
  const apps = "Application Administrator";
  const calls = [
    "PATCH /applications(uniqueName='mailgrant-…') with Prefer: create-if-missing, displayName \"Mailgrant: Sinch Contact Pro\", signInAudience AzureADMyOrg",
    "POST /servicePrincipals with the new app's appId",
    "POST /applications/{id}/addPassword",
    "New-ServicePrincipal -AppId $app.appId -ObjectId $servicePrincipal.id -DisplayName 'Mailgrant: Sinch Contact Pro'",
  ];
  const left = at === "before" || at === "missing" || at === "working";
  return {
    parts: [
      part(
        "app",
        "App",
        apps,
        began ? isDone : todo(apps, true),
        [
          line("App registration", "Mailgrant: Sinch Contact Pro", app, checked),
          line("Its service principal", "In this organisation only; nobody is asked to sign in", app, checked),
          line(
            "This connection's tag on both",
            "So that the wizard finds them again, never makes two, and touches no other app",
            app,
            checked,
          ),
        ],
        [fact("App", "Mailgrant: Sinch Contact Pro", { id: "4b1c…9e07" }), fact("Checked", "10:43:58")],
        { note: at === "done" ? "To delete it, first remove its secret and its limit" : null },
      ),
      part(
        "permissions",
        "Permissions",
        apps,
        began ? isDone : todo(apps, true),
        [
          line(
            "No permission in Entra that opens a mailbox",
            "None is made. Every grant to the app is read, because one in Entra would reach every mailbox",
            began ? "checked" : "to-read",
            began ? "10:44:00" : null,
          ),
        ],
        [fact("In Entra", "None that opened a mailbox"), fact("Checked", "10:44:00")],
      ),
      part(
        "secret",
        "Secret",
        apps,
        at === "working" ? finding("waiting", "Under way") : todo(apps, true),
        [
          line("One client secret", "Lasts 180 days, then it stops working", at === "working" ? "working" : "todo"),
          line("An entry in this computer's keychain", "The only place for it beside the sealed file", "todo"),
        ],
        [fact("Ends on", "21 May 2027. In 180 days", { id: "9f3c…4a5b" }), fact("Checked", "10:44:09")],
        {
          detail: at === "before" || at === "missing" ? { label: "It lasts 180 days, until 21 May 2027", group: life } : null,
          note: at === "done" ? null : "Nobody will see it, you included. It's safe to share or record this window",
          acts: remove("secret", "Remove this secret"),
        },
      ),
      part(
        "limit",
        "Limit",
        exchange,
        todo(exchange, at !== "missing"),
        [
          line("The app's entry in Exchange", "So that Exchange can give it access", "todo"),
          line("One limit", "2 mailboxes: support@contoso.example, billing@contoso.example", "todo"),
          line("2 permissions within it", "Read and file mail, Send mail", "todo"),
        ],
        [
          fact("Mailboxes", "support@contoso.example, billing@contoso.example"),
          fact("May", "Read and file mail, Send mail"),
          fact("Checked", "10:44:31"),
        ],
        {
          note: at === "done" ? null : "Microsoft then takes 30 minutes to 2 hours to apply it. You can close the window meanwhile",
          acts: remove("limit", "Remove this limit"),
        },
      ),
    ],
    wont: left
      ? [
          { title: "Your 23 other app registrations", detail: "One has a similar name: Sinch CP pilot", done: false },
          { title: "Mail permissions in Entra", detail: "None is asked for. Access comes later, from Exchange", done: false },
          { title: "Redirect addresses and certificates", detail: "None is added", done: false },
          { title: "Anything you could read or copy", detail: "No screen, log or clipboard ever holds it", done: false },
          { title: "Other secrets and certificates", detail: "None is changed", done: false },
          { title: "Every other mailbox", detail: "The app isn't given any access to it", done: false },
          { title: "The mailboxes themselves", detail: "No setting, member or message changes", done: false },
          { title: "Other apps and their limits", detail: "None is changed", done: false },
        ]
      : [],
    calls: left ? calls : [],
    callsLabel: "See all 4 calls",
    copyCalls: left ? button("secondary", "Copy the calls", { kind: "copy-text", text: calls.join("\n") }, "copy") : null,
  };
}

const life: OptionGroup = {
  field: "days",
  legend: "How long should the secret last?",
  choices: [
    choice("90", "90 days", "Until 20 February 2027"),
    choice("180", "180 days", "Until 21 May 2027", { tag: "Recommended" }),
    choice("365", "365 days", "Until 22 November 2027", { side: "The longest your policy allows" }),
  ],
  chosen: "180",
};

const planFrame = frame(5);
const byPartsPage = (at: At, lead: string, actions: Button[], page: Partial<Page> = {}, messages: Message[] = []) =>
  view(planFrame, "The plan for Contoso Practice", { kind: "parts", plan: byParts(at), answers: [], messages }, actions, {
    key: "plan",
    lead,
    actionNote: "Each is checked once it's made",
    ...page,
  });
const oneAtATime = secondary("One part at a time", { kind: "go-to", step: "app" });
const planBefore = byPartsPage("before", "You can do all 4 parts.", [primary("Make these 8 changes", { kind: "commit" }), oneAtATime]);
const planMissing = byPartsPage(
  "missing",
  "You can do 3 of 4 parts: ask an Exchange Administrator for the limit.",
  [primary("Make these 5 changes", { kind: "commit" }), oneAtATime],
  {},
  [
    message(
      "needs-you",
      "The limit takes Exchange Administrator",
      "Send a request, or sign in as somebody who holds the role. What you can do before it is done all the same. Nothing has been made so far.",
      button("secondary", "Copy a request", { kind: "copy-request" }, "copy"),
    ),
  ],
);
const planWorking = byPartsPage(
  "working",
  "You can do the 2 parts that are left.",
  [primary("Make these 5 changes", { kind: "commit" }), oneAtATime],
  {
    busy: {
      words: "Creating the secret",
      waitingFor: "Waiting for Microsoft to take the new secret, usually within a minute.",
      place: "bar",
      progress: { words: "Creating the secret: 3 of 8 made", done: 3, of: 8 },
      cancel: null,
      button: { at: 0, words: "Making…" },
    },
  },
);
const planDone = view(
  planFrame,
  "Everything was made and checked",
  { kind: "parts", plan: byParts("done"), answers: [], messages: [] },
  [primary("Continue to the proof")],
  { key: "plan-done", lead: "What is made can be removed here, the limit and the secret before the app." },
);
const planStopped: View = {
  ...problem,
  frame: { ...problem.frame, stepLine: "Step 5 of 7: Plan" },
  page: {
    ...problem.page,
    content: {
      ...(problem.page.content as Extract<Content, { kind: "problem" }>),
      stopped: {
        message: message(
          "needs-you",
          "3 of 8 made, nothing else touched",
          "What was made stays as it is until you try again or take it back.",
          button("secondary", "Undo these 3", { kind: "undo-made" }, "delete"),
        ),
        plan: byParts("stopped"),
      },
    },
  },
};

const needs = [
  { field: "allowed", words: "Name at least one mailbox that the app may use" },
  { field: "refused", words: "Name at least one mailbox that must stay refused, so that the limit can be proved" },
];

const help = view(
  { ...bare, helping: true },
  "Help",
  {
    kind: "help",
    facts: [
      fact("What this is for", "Mailgrant connects a mail platform to the mailboxes you name, and proves that it reaches no others."),
      fact("To try it safely", "The practice organisation plays Microsoft 365 on this computer. Nothing in it is real."),
    ],
    language: {
      label: "Language",
      chosen: "system",
      choices: [
        { value: "system", title: "As this computer (English)", lang: "en" },
        { value: "en", title: "English", lang: "en" },
        { value: "de", title: "Deutsch", lang: "de" },
      ],
    },
  },
  [primary("Close the help", { kind: "help" })],
);

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
  plan,
  "plan-by-parts": planBefore,
  "plan-missing-role": planMissing,
  "plan-working": planWorking,
  "plan-stopped": planStopped,
  "plan-done": planDone,
  committing,
  "secret-plan": secretPlan,
  done,
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
