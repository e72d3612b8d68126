#!/bin/sh
# mbsync (isync): copies a whole mailbox to a Maildir, twice, and carries a change back.
. "$(dirname "$0")/common.sh"

token_for_mail
cat >"$work/mbsyncrc" <<CONFIG
IMAPAccount practice
Host $(host imap)
Port $(port imap)
User $mailbox
PassCmd "cat $work/token"
SSLType IMAPS
AuthMechs XOAUTH2
SystemCertificates no
CertificateFile $root

IMAPStore far
Account practice

MaildirStore near
Path $work/mail/
Inbox $work/mail/INBOX
SubFolders Verbatim

Channel practice
Far :far:
Near :near:
Patterns *
Create Near
Sync All
SyncState *
Expunge Both
CONFIG
mkdir -p "$work/mail"

copied() {
  mbsync --config "$work/mbsyncrc" practice && [ "$(find "$work/mail/INBOX" -type f -path '*/[cn]*/*' | wc -l)" -gt 10 ]
}
copied_again() {
  before="$(find "$work/mail" -type f -path '*/[cn]*/*' | sort)"
  mbsync --config "$work/mbsyncrc" practice && [ "$(find "$work/mail" -type f -path '*/[cn]*/*' | sort)" = "$before" ]
}
# What the server answers to a search for this round's message.
search() {
  curl --silent --show-error --fail --cacert "$root" "imaps://$(value imap)/INBOX" --user "$mailbox" \
    --config "$work/mail.curl" --request "SEARCH SUBJECT \"mbsync $round\""
}
carried_back() {
  printf 'From: a@contoso.example\nTo: %s\nSubject: mbsync %s\nMessage-ID: <mbsync-%s@suite>\n\nHello.\n' \
    "$mailbox" "$round" "$round" >"$work/mail/INBOX/new/$round.suite"
  mbsync --config "$work/mbsyncrc" practice && search | grep -q 'SEARCH [0-9]'
}
carried_away() {
  find "$work/mail/INBOX" -type f -exec grep -l "Subject: mbsync $round" {} + | xargs rm
  mbsync --config "$work/mbsyncrc" practice && search >"$work/found" && grep -q SEARCH "$work/found" &&
    ! grep -q 'SEARCH [0-9]' "$work/found"
}

check "mbsync: a whole mailbox is copied" copied
check "mbsync: the second time nothing changes" copied_again
check "mbsync: a new message is carried back" carried_back
check "mbsync: a deleted one is carried back as well" carried_away
finish
