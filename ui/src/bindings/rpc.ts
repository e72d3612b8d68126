// Generated from src-tauri/rpc by its test `bindings`. Do not edit: run `cargo xtask bindings`.

export type Request = { "kind": "start-real" } | { "kind": "start-practice" } | { "kind": "show-connections" } | { "kind": "show-start" } | { "kind": "open-connection", 
/**
 * Its id.
 */
id: string, } | { "kind": "forget-connection", 
/**
 * Its id.
 */
id: string, } | { "kind": "take-off", 
/**
 * Its id.
 */
id: string, } | { "kind": "put-back", 
/**
 * Its id.
 */
id: string, } | { "kind": "renew", 
/**
 * Its id.
 */
id: string, } | { "kind": "check-again", 
/**
 * Its id.
 */
id: string, } | { "kind": "find-again", 
/**
 * In the practice organisation.
 */
practice: boolean, } | { "kind": "take-up", 
/**
 * Its id.
 */
id: string, } | { "kind": "choose-existing-app" } | { "kind": "make-new-app" } | { "kind": "look-at-app", 
/**
 * Its object id.
 */
id: string, } | { "kind": "look-for-another" } | { "kind": "revoke", 
/**
 * Its id.
 */
id: string, } | { "kind": "change-mailboxes", 
/**
 * Its id.
 */
id: string, } | { "kind": "see-last-use" } | { "kind": "platform-moved", 
/**
 * Whether it does.
 */
moved: boolean, } | { "kind": "drop-renewal" } | { "kind": "ask-removal", 
/**
 * Its id.
 */
id: string, } | { "kind": "remove-from-here", 
/**
 * Its id.
 */
id: string, } | { "kind": "undo-first", 
/**
 * Its id.
 */
id: string, } | { "kind": "save-and-close" } | { "kind": "back" } | { "kind": "go-to", 
/**
 * The step's id.
 */
step: string, } | { "kind": "submit" } | { "kind": "sign-in" } | { "kind": "cancel-sign-in" } | { "kind": "stop" } | { "kind": "use-another-organisation" } | { "kind": "commit" } | { "kind": "check" } | { "kind": "undo" } | { "kind": "undo-after-all" } | { "kind": "remove-part", 
/**
 * The part.
 */
part: string, } | { "kind": "undo-made" } | { "kind": "continue" } | { "kind": "try-again" } | { "kind": "switch-protocol", 
/**
 * Its name.
 */
protocol: string, 
/**
 * Whether it shall.
 */
on: boolean, } | { "kind": "set-limit-again" } | { "kind": "know-owners" } | { "kind": "remove-grant", 
/**
 * The grant's id.
 */
id: string, } | { "kind": "remove-policy", 
/**
 * Exchange's identity of it.
 */
identity: string, } | { "kind": "add-mailbox", 
/**
 * Which of the two.
 */
list: ListName, 
/**
 * The address.
 */
address: string, } | { "kind": "remove-mailbox", 
/**
 * Which of the two.
 */
list: ListName, 
/**
 * The entry as it stands there.
 */
address: string, } | { "kind": "remove-all-mailboxes", 
/**
 * Which of the two.
 */
list: ListName, } | { "kind": "use-suggestion", 
/**
 * Which of the two.
 */
list: ListName, 
/**
 * The entry as it stands there.
 */
typed: string, 
/**
 * The suggestion.
 */
address: string, } | { "kind": "choose-optional", 
/**
 * Microsoft's name of it.
 */
permission: string, 
/**
 * Whether it is given.
 */
on: boolean, } | { "kind": "use-all-suggestions", 
/**
 * Which of the two.
 */
list: ListName, } | { "kind": "use-group", 
/**
 * The group as typed.
 */
typed: string, } | { "kind": "leave-group" } | { "kind": "read-group-again" } | { "kind": "use-members", 
/**
 * Which of the two.
 */
list: ListName, 
/**
 * The entry as it stands there.
 */
typed: string, } | { "kind": "draw-controls", 
/**
 * How many.
 */
controls: ControlsName, } | { "kind": "draw-words" } | { "kind": "type-own" } | { "kind": "choose-folder" } | { "kind": "open-folder" } | { "kind": "copy-request" } | { "kind": "copy-details" } | { "kind": "copy-address" } | { "kind": "copy-text", 
/**
 * The text.
 */
text: string, } | { "kind": "open-address" } | { "kind": "set-presenting", 
/**
 * On.
 */
on: boolean, } | { "kind": "set-language", 
/**
 * Its tag, or `system` for that of the computer.
 */
language: string, } | { "kind": "help" };

export type Submit = { "kind": "choose", 
/**
 * The chosen value.
 */
value: string | null, 
/**
 * What a platform without a profile is called.
 */
name: string, 
/**
 * What it is to do: Microsoft's names.
 */
access: Array<string>, } | { "kind": "client", 
/**
 * The chosen client, or the application id that was typed.
 */
value: string, } | { "kind": "option", 
/**
 * The group's field.
 */
field: string, 
/**
 * The chosen value.
 */
value: string, } | { "kind": "add-mailboxes", 
/**
 * Which of the two.
 */
list: ListName, 
/**
 * What is in the box.
 */
text: string, } | { "kind": "open-list", 
/**
 * Which of the two.
 */
list: ListName, 
/**
 * Its bytes.
 */
base64: string, } | { "kind": "open-record", 
/**
 * Its bytes.
 */
base64: string, } | { "kind": "find-app", 
/**
 * An id of it, or how its name begins.
 */
text: string, } | { "kind": "search-mailboxes", 
/**
 * What to look for.
 */
text: string, } | { "kind": "mailboxes", 
/**
 * What is in the box of allowed ones.
 */
allowed: string, 
/**
 * What is in the box of refused ones.
 */
refused: string, } | { "kind": "keep-typed", 
/**
 * What is in the box of allowed ones.
 */
allowed: string, 
/**
 * What is in the box of refused ones.
 */
refused: string, } | { "kind": "opener", 
/**
 * Who can open the file.
 */
opener: Opener, 
/**
 * The given key.
 */
givenKey: string, } | { "kind": "export", 
/**
 * Who can open the file.
 */
opener: Opener, 
/**
 * The given key.
 */
givenKey: string, 
/**
 * Whether the fingerprint of the given key was compared.
 */
keyCompared: boolean, 
/**
 * The passphrase.
 */
passphrase: string, 
/**
 * The passphrase again.
 */
passphraseAgain: string, 
/**
 * The folder.
 */
folder: string, };

export type ListName = "allowed" | "refused";

export type ControlsName = "none" | "one" | "every-kind" | "statement";

export type Opener = "profile-key" | "given-key" | "passphrase" | "no-file";

export type View = { 
/**
 * Grows with every change; the window drops an older view that arrives late.
 */
revision: number, 
/**
 * The tag of the language that everything is said in.
 */
language: string, 
/**
 * The words that are the window's own.
 */
words: Words, 
/**
 * The title of the window. Begins with "Problem: " where there is one.
 */
title: string, 
/**
 * What stands around the page.
 */
frame: Frame, 
/**
 * The page itself.
 */
page: Page, };

export type Words = { 
/**
 * "Skip to steps": the first link, for whoever uses the keyboard.
 */
skipToSteps: string, 
/**
 * "Steps": what the rail is called.
 */
steps: string, 
/**
 * "done": said after a step or a line that is done.
 */
done: string, 
/**
 * "Back": leads to the page before.
 */
back: string, 
/**
 * "Presenting mode": the switch for presenting.
 */
presenting: string, 
/**
 * "on": beside it.
 */
on: string, 
/**
 * "off": beside it.
 */
off: string, 
/**
 * "Help": opens the help.
 */
help: string, 
/**
 * "F1": the key that does the same.
 */
helpKey: string, 
/**
 * "There is a problem": over the problems with what was typed.
 */
problemSummary: string, 
/**
 * "Practice": at a practice connection in the list.
 */
practiceTag: string, 
/**
 * "More": opens further acts.
 */
more: string, 
/**
 * "Others": over the connections that don't need the reader first.
 */
others: string, 
/**
 * "Connection": heads a column.
 */
connection: string, 
/**
 * "State": heads a column.
 */
state: string, 
/**
 * "Secret ends": heads a column.
 */
secretEnds: string, 
/**
 * "What you can do": heads a column.
 */
acts: string, 
/**
 * "Add": takes what is in the box.
 */
add: string, 
/**
 * "Search": searches for mailboxes.
 */
search: string, 
/**
 * "Search for a mailbox": at the field of that search.
 */
searchMailboxes: string, 
/**
 * "Search the list": at the field over a list of choices.
 */
searchList: string, 
/**
 * "Find in this list": at the field over a long list.
 */
filterList: string, 
/**
 * "Open a file": opens a file with a list.
 */
openFile: string, 
/**
 * "Show what was set aside": opens the lines that were set aside.
 */
showSetAside: string, 
/**
 * "Keep them": takes the question back whether all are to be removed.
 */
keepThem: string, 
/**
 * "Show the rest": opens what is folded; the window says how many.
 */
showRest: string, 
/**
 * "What it may do in these mailboxes": over what can be ticked.
 */
mayDo: string, 
/**
 * "What is the platform called?": at the name of a platform without a profile.
 */
platformName: string, 
/**
 * "What does it do with the mail? Tick only what it needs": over what such a platform may do.
 */
ownAccess: string, 
/**
 * "Will change": over what a plan makes.
 */
willCreate: string, 
/**
 * "Won't touch": over what a plan leaves alone.
 */
wontTouch: string, 
/**
 * "under way": said after a line that is being done.
 */
underWay: string, 
/**
 * "What happened": over what was done, in order.
 */
whatHappened: string, 
/**
 * "What the sign-in asks for, of whoever may accept it": over what Microsoft's page lists.
 */
asksFor: string, 
/**
 * "Which app signs you in?": over the apps to choose from.
 */
whichClient: string, 
/**
 * "Application (client) id": at the id of an app of the reader's.
 */
ownClient: string, 
/**
 * "The address of the sign-in page": at the address to copy.
 */
theAddress: string, 
/**
 * "Signed in as": over the person.
 */
signedInAs: string, 
/**
 * "Organisation": over the organisation.
 */
organisation: string, 
/**
 * "This connection needs to": heads a column.
 */
checkNeed: string, 
/**
 * "Which takes": heads a column.
 */
checkTakes: string, 
/**
 * "Your sign-in": heads a column.
 */
checkFinding: string, 
/**
 * "Mailbox": heads a column.
 */
mailbox: string, 
/**
 * "What was seen": before what a cell stands for.
 */
evidence: string, 
/**
 * "The request": over a message to somebody who can help.
 */
theRequest: string, 
/**
 * "Details for support": opens them.
 */
details: string, 
/**
 * "Who can open the file?": over the choice.
 */
whoOpens: string, 
/**
 * "Public key of the receiver": at the key that was given.
 */
givenKey: string, 
/**
 * "Its fingerprint": at six words that stand for it.
 */
fingerprint: string, 
/**
 * "I compared this fingerprint with the receiver over another channel": at the tick for that.
 */
compared: string, 
/**
 * "Passphrase": at the passphrase.
 */
passphrase: string, 
/**
 * "Six words drawn for you": at the words that were drawn.
 */
drawnWords: string, 
/**
 * "The same passphrase again": at its second field.
 */
passphraseAgain: string, 
/**
 * "Folder": at the folder for the files.
 */
folder: string, 
/**
 * "What was saved": over the files.
 */
files: string, 
/**
 * "Hand the sealed file over": over whom it goes to, and how.
 */
handOver: string, 
/**
 * "Ids of what was made": over the ids.
 */
furtherIds: string, 
/**
 * "What the platform's form asks for": over its fields.
 */
platformForm: string, 
/**
 * "What to do next": over the next steps.
 */
next: string, };

export type Frame = { 
/**
 * The strip of a practice connection; none for a real organisation.
 */
practice: PracticeStrip | null, 
/**
 * Heading of the rail; none on the start screen and in the list of connections, which have a header instead.
 */
connection: ConnectionName | null, 
/**
 * The rail, empty where there is none.
 */
steps: Array<RailStep>, 
/**
 * "Step 5 of 7: Plan", where the page belongs to a step.
 */
stepLine: string | null, 
/**
 * Whether Back is offered.
 */
back: Request | null, 
/**
 * Whether presenting mode is on.
 */
presenting: boolean, 
/**
 * Whether the page is the help that lies over another, which Escape closes.
 */
helping: boolean, 
/**
 * "Saved 10:42", where something is saved.
 */
saved: string | null, };

export type PracticeStrip = { 
/**
 * Bold: "Practice organisation".
 */
label: string, 
/**
 * What that means, in one line.
 */
note: string, 
/**
 * "Leave practice".
 */
leave: Button, };

export type ConnectionName = { 
/**
 * Such as "Sinch Contact Pro"; "New connection" before one is chosen.
 */
platform: string, 
/**
 * Such as "Contoso Practice"; empty before the sign-in.
 */
organisation: string, };

export type RailStep = { 
/**
 * Stable name of the station, such as `sign-in`.
 */
id: string, 
/**
 * From 1.
 */
number: number, 
/**
 * Such as "Sign-in".
 */
name: string, 
/**
 * What its line shows.
 */
state: RailState, 
/**
 * The word beside it, only for waiting, ask somebody, too broad and problem.
 */
note: string | null, 
/**
 * Whether it is the open one.
 */
current: boolean, 
/**
 * The request that opens it, where it may be opened.
 */
open: Request | null, };

export type RailState = "todo" | "done" | "waiting" | "ask-somebody" | "too-broad" | "problem";

export type Page = { 
/**
 * The main heading. A change of `key` moves the focus to it.
 */
heading: string, 
/**
 * Names the page; changes when another page is shown, not when its content does.
 */
key: string, 
/**
 * One or two sentences under the heading.
 */
lead: string | null, 
/**
 * What stands between heading and actions.
 */
content: Content, 
/**
 * Problems with what was typed, for the summary at the top and the fields.
 */
fieldProblems: Array<FieldProblem>, 
/**
 * The buttons of the action bar: one primary, at most two others.
 */
actions: Array<Button>, 
/**
 * A short sentence beside the buttons, such as "Can be undone for 30 days".
 */
actionNote: string | null, 
/**
 * Set while something is under way.
 */
busy: Busy | null, 
/**
 * Said to a screen reader once when it changes, such as the result of a check.
 */
announcement: string | null, };

export type Busy = { 
/**
 * What is being done, such as "Looking up 2 mailboxes".
 */
words: string, 
/**
 * "Waiting for Microsoft to answer.": shown after 10 seconds.
 */
waitingFor: string, 
/**
 * Where busy belongs: `bar` keeps the content and turns in the button that was pressed, `page` replaces the content.
 */
place: BusyPlace, 
/**
 * How far it is, where that is known.
 */
progress: BusyProgress | null, 
/**
 * The request that gives it up, where it can be given up.
 */
cancel: Button | null, 
/**
 * The button of the bar that turns meanwhile: the one that was pressed.
 */
button: BusyButton | null, };

export type BusyPlace = "bar" | "page";

export type BusyButton = { 
/**
 * Its place among the page's actions, from 0.
 */
at: number, 
/**
 * What it says meanwhile, such as "Creating…"; short, because the button keeps its width.
 */
words: string, };

export type BusyProgress = { 
/**
 * "Microsoft's own test: 12 of 296".
 */
words: string, 
/**
 * How many are done.
 */
done: number, 
/**
 * Of how many.
 */
of: number, };

export type Button = { 
/**
 * Names the act.
 */
label: string, 
/**
 * How it is drawn.
 */
kind: ButtonKind, 
/**
 * What it sends. `submit` takes the content's form along.
 */
request: Request, 
/**
 * Its icon, where it has one.
 */
icon: ActIcon | null, 
/**
 * Words for a screen reader where the label is not unique, such as "Remove support@contoso.example".
 */
fullLabel: string | null, };

export type ButtonKind = "primary" | "secondary" | "subtle" | "link";

export type ActIcon = "delete" | "copy" | "add" | "practice";

export type FieldProblem = { 
/**
 * The id of the field in the page.
 */
field: string, 
/**
 * The same words in the summary and under the field.
 */
words: string, };

export type Finding = { 
/**
 * Which icon and colour.
 */
tone: Tone, 
/**
 * The word, such as "Works".
 */
word: string, };

export type Tone = "works" | "refused" | "too-broad" | "problem" | "waiting" | "needs-you" | "ends-soon" | "unknown" | "not-needed";

export type Message = { 
/**
 * Its tint and icon.
 */
tone: MessageTone, 
/**
 * Bold first line.
 */
title: string, 
/**
 * Up to three sentences.
 */
text: string | null, 
/**
 * A button inside it.
 */
action: Button | null, };

export type MessageTone = "secret" | "practice" | "needs-you" | "problem" | "waiting" | "good";

export type Fact = { 
/**
 * Such as "Platform".
 */
term: string, 
/**
 * Such as "Sinch Contact Pro, through Microsoft Graph".
 */
value: string, 
/**
 * An id by its ends, drawn in the mono face after the value.
 */
id: string | null, 
/**
 * Findings after the value, such as "2 of 2 work".
 */
findings: Array<Finding>, 
/**
 * What can be done with it, which names its row: Change or Copy.
 */
change: Button | null, };

export type PlanLine = { 
/**
 * Bold.
 */
title: string, 
/**
 * What it means.
 */
detail: string, 
/**
 * Whether it is done, for a step that is under way.
 */
done: boolean, 
/**
 * Whether it takes away something that is there.
 */
takesAway: boolean, };

export type Plan = { 
/**
 * "Will change".
 */
will: Array<PlanLine>, 
/**
 * "Won't touch".
 */
wont: Array<PlanLine>, 
/**
 * The exact calls, behind a disclosure.
 */
calls: Array<string>, 
/**
 * Label of that disclosure, such as "See the 2 calls to Microsoft Graph".
 */
callsLabel: string, };

export type PlanByParts = { 
/**
 * The parts, in the order in which they are worked through.
 */
parts: Array<PlanPart>, 
/**
 * "Won't touch", once for all parts.
 */
wont: Array<PlanLine>, 
/**
 * The exact calls, behind a disclosure.
 */
calls: Array<string>, 
/**
 * Label of that disclosure, such as "See all 9 calls".
 */
callsLabel: string, 
/**
 * "Copy all calls".
 */
copyCalls: Button | null, };

export type PlanPart = { 
/**
 * Its stable name, such as `app`.
 */
kind: string, 
/**
 * Such as "App".
 */
name: string, 
/**
 * "Takes Application Administrator", while it is to be done.
 */
takes: string | null, 
/**
 * "You have it", "Ask an Exchange Administrator"; or where it stands, once it is begun.
 */
finding: Finding, 
/**
 * What is made, changed or read.
 */
lines: Array<PartLine>, 
/**
 * What is now true, once it is done.
 */
facts: Array<Fact>, 
/**
 * Details with a good default, each behind a line that says it.
 */
details: Array<PlanDetail>, 
/**
 * What the part needs the reader for.
 */
messages: Array<Message>, 
/**
 * "Remove this secret".
 */
acts: Array<Button>, 
/**
 * Why there is no way back yet.
 */
note: string | null, };

export type PartLine = { 
/**
 * Bold.
 */
title: string, 
/**
 * What it means.
 */
detail: string, 
/**
 * How far it is.
 */
state: LineState, 
/**
 * "Checked 10:43:58".
 */
stamp: string | null, };

export type LineState = "todo" | "to-take-away" | "to-read" | "working" | "made" | "checked";

export type PlanDetail = { 
/**
 * "It lasts 180 days. Change".
 */
label: string, 
/**
 * The choices.
 */
group: OptionGroup, };

export type Stopped = { 
/**
 * "3 of 8 made, nothing else touched", with "Undo everything that was made".
 */
message: Message, 
/**
 * The plan as it stands.
 */
plan: PlanByParts, };

export type Happening = { 
/**
 * Its state.
 */
tone: Tone, 
/**
 * Bold.
 */
title: string, 
/**
 * What it means.
 */
detail: string, 
/**
 * "10:43:58".
 */
at: string, };

export type Choice = { 
/**
 * Sent when chosen.
 */
value: string, 
/**
 * Bold.
 */
title: string, 
/**
 * Second line.
 */
detail: string, 
/**
 * At the right end, such as "Checked 3 Nov 2026".
 */
side: string | null, 
/**
 * "Recommended", where it is.
 */
tag: string | null, };

export type Content = { "kind": "start", 
/**
 * You need, it takes, it changes.
 */
facts: Array<Fact>, 
/**
 * Small line under them.
 */
footnote: string, 
/**
 * Heading and lines of the panel "What you end with".
 */
endsWith: EndsWith, 
/**
 * Underlined at the right end of the action bar.
 */
noRoles: Disclosure | null, } | { "kind": "connections", 
/**
 * The one that needs the reader first.
 */
first: ConnectionCard | null, 
/**
 * The rest.
 */
rest: Array<ConnectionCard>, 
/**
 * "Open its record": where a record can be opened in place of them.
 */
openRecord: string | null, } | { "kind": "choose", 
/**
 * Id of the field, for problems.
 */
field: string, 
/**
 * What the choice is, for a screen reader.
 */
legend: string, 
/**
 * The choices.
 */
choices: Array<Choice>, 
/**
 * The chosen value.
 */
chosen: string | null, 
/**
 * Whether a search box is offered over the list.
 */
searchable: boolean, 
/**
 * What can be chosen beside it, each on or off.
 */
extras: Array<Extra>, 
/**
 * What is asked where a choice that stands for any platform is chosen, for each such choice.
 */
own: Array<OwnPlatform>, 
/**
 * Files that could not be read, and other messages.
 */
messages: Array<Message>, 
/**
 * What lies behind a disclosure under the list.
 */
more: Disclosure | null, } | { "kind": "find-app", 
/**
 * Id of the field, for problems.
 */
field: string, 
/**
 * What is asked.
 */
label: string, 
/**
 * Where it is found.
 */
hint: string, 
/**
 * What was typed.
 */
text: string, 
/**
 * "Look it up", for a reader who presses Enter.
 */
search: string, 
/**
 * "3 apps", over those that were found.
 */
foundHeading: string | null, 
/**
 * What was found.
 */
found: Array<FoundApp>, 
/**
 * Messages, such as that there are more.
 */
messages: Array<Message>, } | { "kind": "sign-in", 
/**
 * What will be asked for and why.
 */
scopes: Array<PlanLine>, 
/**
 * Which public client signs in, where there is a choice.
 */
clients: Array<Choice>, 
/**
 * The chosen one.
 */
client: string | null, 
/**
 * Set while the browser is awaited.
 */
waiting: SignInWait | null, 
/**
 * Messages, such as what a by-hand user does.
 */
messages: Array<Message>, } | { "kind": "signed-in", 
/**
 * Initials for the avatar.
 */
initials: string, 
/**
 * "Dana Reyes".
 */
person: string, 
/**
 * "dana.reyes@contoso.example".
 */
userName: string, 
/**
 * "Contoso Practice".
 */
organisation: string, 
/**
 * "contoso.example".
 */
domain: string, 
/**
 * The tenant id by its ends.
 */
tenant: string, 
/**
 * "11 of 12 checks are ready; ask an Exchange Administrator for 1".
 */
sentence: string, 
/**
 * Shown rows first, those that need somebody on top or in the place where they matter.
 */
checks: Array<PreflightRow>, 
/**
 * Rows behind "8 more checks, all ready".
 */
more: Array<PreflightRow>, 
/**
 * The label of that disclosure.
 */
moreLabel: string, 
/**
 * What a missing role means.
 */
messages: Array<Message>, } | { "kind": "plan", 
/**
 * What the plan goes by and nobody was asked for, because it has one sensible answer.
 */
answers: Array<Fact>, 
/**
 * The plan.
 */
plan: Plan, 
/**
 * Choices that belong to the plan (lifetime of the secret).
 */
options: Array<OptionGroup>, 
/**
 * Facts beside the plan, such as the two mailboxes of the limit.
 */
messages: Array<Message>, } | { "kind": "parts", 
/**
 * The plan.
 */
plan: PlanByParts, 
/**
 * What it goes by and nobody was asked for, because it has one sensible answer.
 */
answers: Array<Fact>, 
/**
 * What needs the reader before anything else.
 */
messages: Array<Message>, } | { "kind": "done", 
/**
 * Two key facts in a card.
 */
keyFacts: Array<KeyFact>, 
/**
 * What happened, in order.
 */
happened: Array<Happening>, 
/**
 * Facts, such as names and ids.
 */
facts: Array<Fact>, 
/**
 * Messages under them.
 */
messages: Array<Message>, } | { "kind": "help", 
/**
 * What it says.
 */
facts: Array<Fact>, 
/**
 * Which language is spoken.
 */
language: LanguageChoice, } | { "kind": "mailboxes", 
/**
 * The mailboxes that must work.
 */
allowed: MailboxList, 
/**
 * The mailboxes that must stay refused.
 */
refused: MailboxList, 
/**
 * How many more are picked at random.
 */
drawn: DrawnChoice, 
/**
 * What was found by the search, where there was one.
 */
search: SearchResult | null, 
/**
 * Messages, such as over the limit of a profile.
 */
messages: Array<Message>, } | { "kind": "proof", 
/**
 * The one thing that needs the reader, over the table.
 */
top: Array<Message>, 
/**
 * Column heads after "Mailbox".
 */
columns: Array<string>, 
/**
 * Groups of rows: "Must work", "Must be refused".
 */
groups: Array<ProofGroup>, 
/**
 * Under the table, such as waiting.
 */
bottom: Array<Message>, } | { "kind": "export", 
/**
 * The answers.
 */
facts: Array<Fact>, 
/**
 * Who can open the file.
 */
openers: Array<Choice>, 
/**
 * The chosen one.
 */
opener: Opener, 
/**
 * The given key, where one was typed.
 */
givenKey: string, 
/**
 * The fingerprint of the given key in words, to be compared, where it is a key.
 */
fingerprint: string | null, 
/**
 * What holds for a passphrase, told before one is typed, and the six words where they were drawn.
 */
passphrase: PassphraseBox, 
/**
 * Where the files go.
 */
folder: string, 
/**
 * Messages, such as practice.
 */
messages: Array<Message>, } | { "kind": "exported", 
/**
 * The files, each with what it is for.
 */
files: Array<ExportedFile>, 
/**
 * To whom the sealed file goes and how it is opened, in order.
 */
handOver: Array<string>, 
/**
 * What opens it, to be copied.
 */
opening: Array<Fact>, 
/**
 * What the platform's form asks for, under its own labels; secrets are named, never shown.
 */
form: Array<Fact>, 
/**
 * Ids that the form doesn't ask for.
 */
ids: Array<Fact>, 
/**
 * What to do next, in order.
 */
next: Array<string>, 
/**
 * Messages.
 */
messages: Array<Message>, } | { "kind": "problem", 
/**
 * What happened, why, what to do, who can fix it, what exists now.
 */
facts: Array<Fact>, 
/**
 * The message to send on.
 */
request: string | null, 
/**
 * "Details for support", closed at first.
 */
details: Array<Fact>, 
/**
 * The stable name of the problem.
 */
code: string, 
/**
 * What was made before it, with the way back, where the plan was being carried out.
 */
stopped: Stopped | null, };

export type EndsWith = { 
/**
 * "What you end with".
 */
title: string, 
/**
 * "A proof, not a promise".
 */
subtitle: string, 
/**
 * Example rows: address and finding.
 */
rows: Array<EndsWithRow>, 
/**
 * Lines with an icon: a sealed file, a reminder.
 */
lines: Array<EndsWithLine>, };

export type EndsWithRow = { 
/**
 * The example address.
 */
name: string, 
/**
 * Its finding.
 */
finding: Finding, };

export type EndsWithLine = { 
/**
 * What it tells of.
 */
icon: FileIcon, 
/**
 * The words.
 */
words: string, };

export type FileIcon = "sealed" | "record" | "reminder";

export type Disclosure = { 
/**
 * What is pressed.
 */
label: string, 
/**
 * Paragraphs.
 */
paragraphs: Array<string>, };

export type ConnectionCard = { 
/**
 * Its id.
 */
id: string, 
/**
 * "Sinch Contact Pro".
 */
platform: string, 
/**
 * "Contoso Practice".
 */
organisation: string, 
/**
 * Whether it carries the dashed Practice tag.
 */
practice: boolean, 
/**
 * Its state.
 */
finding: Finding, 
/**
 * "Stopped at step 5 of 7: Plan" or "Secret ends on 21 May 2027".
 */
detail: string, 
/**
 * "2 mailboxes", where any are chosen.
 */
mailboxes: string | null, 
/**
 * "Last proof yesterday, 10:30", where there is one.
 */
proof: string | null, 
/**
 * When its secret ends, where it has one: "21 May 2027", and how long that is.
 */
ends: Ends | null, 
/**
 * What a renewal does, in order, where that is what the connection needs.
 */
stages: Array<Stage>, 
/**
 * What can be done with it: the first is drawn as a button, the rest in a menu.
 */
actions: Array<Button>, };

export type FoundApp = { 
/**
 * Its client id by its ends.
 */
id: string, 
/**
 * Its display name.
 */
name: string, 
/**
 * "Made on 5 October 2022; what it signs in with ends on 1 May 2027".
 */
detail: string, 
/**
 * "Look at it".
 */
act: Button, };

export type Ends = { 
/**
 * "21 May 2027".
 */
day: string, 
/**
 * "In 9 days".
 */
left: string, };

export type Stage = { 
/**
 * "Make".
 */
title: string, 
/**
 * "a second secret beside the old one".
 */
text: string, };

export type PreflightRow = { 
/**
 * "Create an app and its secret".
 */
need: string, 
/**
 * "Application Administrator".
 */
takes: string, 
/**
 * Ready, Ask somebody, Unknown.
 */
finding: Finding, };

export type SignInWait = { 
/**
 * What is waited for, or that no browser opened.
 */
title: string, 
/**
 * What to do where the page doesn't show up.
 */
text: string, 
/**
 * The address to open by hand.
 */
address: string, 
/**
 * Copy the address, open it again, stop waiting.
 */
acts: Array<Button>, };

export type Extra = { 
/**
 * Its name in the request.
 */
value: string, 
/**
 * "Send mail".
 */
title: string, 
/**
 * Why it may be wanted.
 */
detail: string, 
/**
 * Whether it is on.
 */
on: boolean, 
/**
 * Whether it is needed and can't be left out.
 */
needed: boolean, };

export type OwnPlatform = { 
/**
 * The choice that asks for it.
 */
value: string, 
/**
 * What it is called, as far as it is known.
 */
name: string, 
/**
 * Where the name is going to stand, or why it can't change any more.
 */
nameHint: string, 
/**
 * Whether it can't change any more.
 */
nameFixed: boolean, 
/**
 * What it may do, from the least to the most.
 */
access: Array<Extra>, };

export type PassphraseBox = { 
/**
 * What is asked of one that is typed, or what to do with the drawn words.
 */
hint: string, 
/**
 * The drawn words, until the file is sealed; boxes to type in take their place where there are none.
 */
drawn: DrawnWords | null, 
/**
 * "Draw six words", "Draw six others", "Type my own".
 */
acts: Array<Button>, };

export type DrawnWords = string;

export type OptionGroup = { 
/**
 * Id of the field.
 */
field: string, 
/**
 * "How long should the secret last?".
 */
legend: string, 
/**
 * The choices.
 */
choices: Array<Choice>, 
/**
 * The chosen value.
 */
chosen: string, };

export type KeyFact = { 
/**
 * "Ends on".
 */
term: string, 
/**
 * "21 May 2027".
 */
value: string, 
/**
 * "In 180 days, the longest your policy allows".
 */
detail: string, };

export type MailboxList = { 
/**
 * Which list; its name is also the id of its box.
 */
list: ListName, 
/**
 * "Add mailboxes".
 */
label: string, 
/**
 * Hint under the box.
 */
hint: string, 
/**
 * What is still in the box and was not read yet; kept over a restart.
 */
typed: string, 
/**
 * "2 lines pasted: 1 found, 1 needs you".
 */
summary: string | null, 
/**
 * "Read from the column "Email address", 3 rows", where a table was read.
 */
read: string | null, 
/**
 * What names the rows that were set aside, to be listed on demand.
 */
setAside: Array<string>, 
/**
 * The rows, those that need the reader first.
 */
rows: Array<MailboxRow>, 
/**
 * "Use all 12 suggestions", where there are several.
 */
useAll: Button | null, 
/**
 * "Remove all", where there is something to remove. It asks first.
 */
removeAll: Button | null, 
/**
 * "Remove all 3", which does it.
 */
removeThem: Button | null, };

export type MailboxRow = { 
/**
 * What was typed or found.
 */
address: string, 
/**
 * "Shared mailbox, Contoso Support" or the sentence that says what is wrong.
 */
detail: string, 
/**
 * Found, Needs you.
 */
finding: Finding, 
/**
 * "Use billing@contoso.example".
 */
repair: Button | null, 
/**
 * "Remove".
 */
remove: Button, };

export type DrawnChoice = { 
/**
 * "Also try mailboxes picked at random".
 */
label: string, 
/**
 * Which is chosen.
 */
chosen: ControlsName, 
/**
 * None, one, one of every kind, as many as make a statement.
 */
choices: Array<Choice>, };

export type LanguageChoice = { 
/**
 * "Language".
 */
label: string, 
/**
 * The value of the chosen one.
 */
chosen: string, 
/**
 * "As this computer", and each language.
 */
choices: Array<LanguageName>, };

export type LanguageName = { 
/**
 * Its tag, or `system`.
 */
value: string, 
/**
 * What its readers call it.
 */
title: string, 
/**
 * The tag of the language that the title is in.
 */
lang: string, };

export type SearchResult = { 
/**
 * What was searched for.
 */
typed: string, 
/**
 * "12 mailboxes match; the first 10 are shown".
 */
summary: string, 
/**
 * The matches, each with a button that adds it.
 */
rows: Array<SearchRow>, };

export type SearchRow = { 
/**
 * Its address.
 */
address: string, 
/**
 * "Shared mailbox, Contoso Support".
 */
detail: string, 
/**
 * "Add".
 */
add: Button, };

export type ProofGroup = { 
/**
 * "Must work".
 */
title: string, 
/**
 * The rows.
 */
rows: Array<ProofRow>, };

export type ProofRow = { 
/**
 * The mailbox.
 */
mailbox: string, 
/**
 * "Named by you", "Picked at random".
 */
origin: string | null, 
/**
 * Whether the row is tinted because it is too broad.
 */
tooBroad: boolean, 
/**
 * One cell for each column.
 */
cells: Array<ProofCell>, };

export type ProofCell = { 
/**
 * Works, Refused, Too broad, Waiting, Unknown, In scope, Out of scope.
 */
finding: Finding, 
/**
 * "Proven 10:58".
 */
stamp: string, 
/**
 * Opened on Enter: what was called, what came back, when, with which request id.
 */
evidence: Array<Fact>, };

export type ExportedFile = { 
/**
 * "Sealed connection file".
 */
what: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What it is for.
 */
detail: string, 
/**
 * Which of the files it is.
 */
icon: FileIcon, };
