//! What the window says by itself.

use domain::message;
use domain::message::Message;
use words::Speaker;

use crate::view::Words;

/// The window's own words, as this speaker says them.
pub fn words(speaker: &Speaker) -> Words {
    let say = |message: Message| speaker.say(&message);
    Words {
        skip_to_steps: say(message!("window-skip-to-steps")),
        steps: say(message!("window-steps")),
        done: say(message!("window-done")),
        back: say(message!("window-back")),
        presenting: say(message!("window-presenting")),
        on: say(message!("window-on")),
        off: say(message!("window-off")),
        help: say(message!("window-help")),
        help_key: say(message!("window-help-key")),
        problem_summary: say(message!("window-problem-summary")),
        practice_tag: say(message!("window-practice-tag")),
        more: say(message!("window-more")),
        others: say(message!("window-others")),
        connection: say(message!("window-connection")),
        state: say(message!("window-state")),
        secret_ends: say(message!("window-secret-ends")),
        acts: say(message!("window-acts")),
        add: say(message!("window-add")),
        search: say(message!("window-search")),
        search_mailboxes: say(message!("window-search-mailboxes")),
        search_list: say(message!("window-search-list")),
        filter_list: say(message!("window-filter-list")),
        open_file: say(message!("window-open-file")),
        show_set_aside: say(message!("window-show-set-aside")),
        keep_them: say(message!("window-keep-them")),
        show_rest: say(message!("window-show-rest")),
        may_do: say(message!("window-may-do")),
        platform_name: say(message!("window-platform-name")),
        own_access: say(message!("window-own-access")),
        will_create: say(message!("window-will-create")),
        wont_touch: say(message!("window-wont-touch")),
        under_way: say(message!("window-under-way")),
        what_happened: say(message!("window-what-happened")),
        asks_for: say(message!("window-asks-for")),
        which_client: say(message!("window-which-client")),
        own_client: say(message!("window-own-client")),
        the_address: say(message!("window-the-address")),
        signed_in_as: say(message!("window-signed-in-as")),
        organisation: say(message!("window-organisation")),
        check_need: say(message!("window-check-need")),
        check_takes: say(message!("window-check-takes")),
        check_finding: say(message!("window-check-finding")),
        mailbox: say(message!("window-mailbox")),
        evidence: say(message!("window-evidence")),
        the_request: say(message!("window-the-request")),
        details: say(message!("window-details")),
        who_opens: say(message!("window-who-opens")),
        given_key: say(message!("window-given-key")),
        fingerprint: say(message!("window-fingerprint")),
        compared: say(message!("window-compared")),
        passphrase: say(message!("window-passphrase")),
        drawn_words: say(message!("window-drawn-words")),
        passphrase_again: say(message!("window-passphrase-again")),
        folder: say(message!("window-folder")),
        files: say(message!("window-files")),
        hand_over: say(message!("window-hand-over")),
        further_ids: say(message!("window-further-ids")),
        platform_form: say(message!("window-platform-form")),
        next: say(message!("window-next")),
    }
}
