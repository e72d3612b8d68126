//! The words that are the window's own: labels of fields, headings of columns, what only a screen reader says.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the window says by itself, whatever page lies open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Words {
    /// "Skip to steps": the first link, for whoever uses the keyboard.
    pub skip_to_steps: String,
    /// "Steps": what the rail is called.
    pub steps: String,
    /// "done": said after a step or a line that is done.
    pub done: String,
    /// "Back": leads to the page before.
    pub back: String,
    /// "Presenting mode": the switch for presenting.
    pub presenting: String,
    /// "on": beside it.
    pub on: String,
    /// "off": beside it.
    pub off: String,
    /// "Help": opens the help.
    pub help: String,
    /// "F1": the key that does the same.
    pub help_key: String,
    /// "There is a problem": over the problems with what was typed.
    pub problem_summary: String,
    /// "Practice": at a practice connection in the list.
    pub practice_tag: String,
    /// "More": opens further acts.
    pub more: String,
    /// "Others": over the connections that don't need the reader first.
    pub others: String,
    /// "Connection": heads a column.
    pub connection: String,
    /// "State": heads a column.
    pub state: String,
    /// "Secret ends": heads a column.
    pub secret_ends: String,
    /// "What you can do": heads a column.
    pub acts: String,
    /// "Add": takes what is in the box.
    pub add: String,
    /// "Search": searches for mailboxes.
    pub search: String,
    /// "Search for a mailbox": at the field of that search.
    pub search_mailboxes: String,
    /// "Search the list": at the field over a list of choices.
    pub search_list: String,
    /// "Find in this list": at the field over a long list.
    pub filter_list: String,
    /// "Open a file": opens a file with a list.
    pub open_file: String,
    /// "Show what was set aside": opens the lines that were set aside.
    pub show_set_aside: String,
    /// "Keep them": takes the question back whether all are to be removed.
    pub keep_them: String,
    /// "Show the rest": opens what is folded; the window says how many.
    pub show_rest: String,
    /// "What it may do in these mailboxes": over what can be ticked.
    pub may_do: String,
    /// "What is the platform called?": at the name of a platform without a profile.
    pub platform_name: String,
    /// "What does it do with the mail? Tick only what it needs": over what such a platform may do.
    pub own_access: String,
    /// "Will change": over what a plan makes.
    pub will_create: String,
    /// "Won't touch": over what a plan leaves alone.
    pub wont_touch: String,
    /// "under way": said after a line that is being done.
    pub under_way: String,
    /// "What happened": over what was done, in order.
    pub what_happened: String,
    /// "What the sign-in asks for, of whoever may accept it": over what Microsoft's page lists.
    pub asks_for: String,
    /// "Which app signs you in?": over the apps to choose from.
    pub which_client: String,
    /// "Application (client) id": at the id of an app of the reader's.
    pub own_client: String,
    /// "The address of the sign-in page": at the address to copy.
    pub the_address: String,
    /// "Signed in as": over the person.
    pub signed_in_as: String,
    /// "Organisation": over the organisation.
    pub organisation: String,
    /// "This connection needs to": heads a column.
    pub check_need: String,
    /// "Which takes": heads a column.
    pub check_takes: String,
    /// "Your sign-in": heads a column.
    pub check_finding: String,
    /// "Mailbox": heads a column.
    pub mailbox: String,
    /// "What was seen": before what a cell stands for.
    pub evidence: String,
    /// "The request": over a message to somebody who can help.
    pub the_request: String,
    /// "Details for support": opens them.
    pub details: String,
    /// "Who can open the file?": over the choice.
    pub who_opens: String,
    /// "Public key of the receiver": at the key that was given.
    pub given_key: String,
    /// "Its fingerprint": at six words that stand for it.
    pub fingerprint: String,
    /// "I compared this fingerprint with the receiver over another channel": at the tick for that.
    pub compared: String,
    /// "Passphrase": at the passphrase.
    pub passphrase: String,
    /// "Six words drawn for you": at the words that were drawn.
    pub drawn_words: String,
    /// "The same passphrase again": at its second field.
    pub passphrase_again: String,
    /// "Folder": at the folder for the files.
    pub folder: String,
    /// "What was saved": over the files.
    pub files: String,
    /// "Hand the sealed file over": over whom it goes to, and how.
    pub hand_over: String,
    /// "Ids of what was made": over the ids.
    pub further_ids: String,
    /// "What the platform's form asks for": over its fields.
    pub platform_form: String,
    /// "What to do next": over the next steps.
    pub next: String,
}
