#!/bin/sh
# msmtp: sends by STARTTLS and XOAUTH2, and is refused another sender.
. "$(dirname "$0")/common.sh"

token_for_mail
cat >"$work/msmtprc" <<CONFIG
account practice
host $(host smtp)
port $(port smtp)
tls on
tls_starttls on
tls_trust_file $root
auth xoauth2
user $mailbox
passwordeval "cat $work/token"
from $mailbox
CONFIG
chmod 600 "$work/msmtprc"

send() {
  printf 'From: %s\nTo: orders@contoso.example\nSubject: msmtp %s\n\nHello.\n' "$1" "$round" |
    msmtp --file="$work/msmtprc" --account=practice --from="$1" orders@contoso.example
}
sent() {
  send "$mailbox" &&
    curl --silent --cacert "$root" "imaps://$(value imap)/INBOX" --user orders@contoso.example \
      --config "$work/mail.curl" --request "SEARCH SUBJECT \"msmtp $round\"" | grep -q 'SEARCH [0-9]'
}
# Refused for the sender, and not because nothing worked.
refused() { ! send ceo@contoso.example >"$work/refusal" 2>&1 && grep -q SendAsDenied "$work/refusal"; }

check "msmtp: a message is sent and arrives" sent
check "msmtp: another sender is refused" refused
finish
