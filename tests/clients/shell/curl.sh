#!/bin/sh
# curl: the token endpoint, Graph and Exchange through the CONNECT door with Microsoft's own addresses, and mail by
# IMAP, POP3 and SMTP.
. "$(dirname "$0")/common.sh"

ask() { curl --silent --show-error --cacert "$root" --max-time 60 "$@"; }
token_for_mail
printf 'header = "Authorization: Bearer %s"\n' "$(token https://graph.microsoft.com)" >"$work/graph.curl"
printf 'header = "Authorization: Bearer %s"\n' "$(cat "$work/token")" >"$work/exchange.curl"
printf 'user = "%s:%s"\n' "$(value client_id)" "$(value client_secret)" >"$work/basic.curl"

through_the_door() {
  ask --fail --proxy "$(value proxy)" https://graph.microsoft.com/v1.0/organization \
    --config "$work/graph.curl" | grep -q "$tenant"
}
discovery_through_the_door() {
  ask --fail --proxy "$(value proxy)" \
    "https://login.microsoftonline.com/$tenant/v2.0/.well-known/openid-configuration" |
    grep -q '"token_endpoint":"https://login.microsoftonline.com/'
}
exchange_through_the_door() {
  ask --fail --proxy "$(value proxy)" "https://outlook.office365.com/adminapi/beta/$tenant/InvokeCommand" \
    --config "$work/exchange.curl" --header "Content-Type: application/json" \
    --data '{"CmdletInput":{"CmdletName":"Get-Mailbox","Parameters":{"Identity":"support@contoso.example"}}}' |
    grep -q SharedMailbox
}
other_hosts_are_refused() {
  ! ask --fail --proxy "$(value proxy)" https://www.example.com/ &&
    [ "$(ask --proxy "$(value proxy)" --output /dev/null --write-out '%{http_connect}' https://www.example.com/)" = 403 ]
}
basic_header() {
  ask --fail "$(value authority)/oauth2/v2.0/token" --config "$work/basic.curl" \
    --data grant_type=client_credentials --data-urlencode scope=https://graph.microsoft.com/.default |
    grep -q access_token
}
imap_list() {
  ask "imaps://$(value imap)/" --user "$mailbox" --config "$work/mail.curl" "$@" | grep -q INBOX
}
imap_fetch() {
  ask "imaps://$(value imap)/INBOX;MAILINDEX=1" --user "$mailbox" --config "$work/mail.curl" |
    grep -qi '^subject:'
}
# Refused on the second stage, and not because nothing worked.
imap_refused() {
  ! ask --verbose "imaps://$(value imap)/INBOX;MAILINDEX=1" --user hr@contoso.example --config "$work/mail.curl" \
    2>"$work/dialogue" && grep -q 'BAD User is authenticated but not connected' "$work/dialogue"
}
pop_list() {
  ask "pop3s://$(value pop)/1" --user "$mailbox" --config "$work/mail.curl" | grep -qi '^subject:'
}
smtp_send() {
  printf 'From: %s\r\nTo: billing@contoso.example\r\nSubject: curl %s\r\n\r\nHello.\r\n' "$mailbox" "$round" >"$work/mail"
  ask --ssl-reqd "smtp://$(value smtp)" --user "$mailbox" --config "$work/mail.curl" \
    --mail-from "$mailbox" --mail-rcpt billing@contoso.example --upload-file "$work/mail" &&
    ask "imaps://$(value imap)/INBOX" --user billing@contoso.example --config "$work/mail.curl" \
      --request "SEARCH SUBJECT \"curl $round\"" | grep -q 'SEARCH [0-9]'
}

check "curl: Graph by Microsoft's host name through the CONNECT door" through_the_door
check "curl: discovery through the door names Microsoft's hosts" discovery_through_the_door
check "curl: an Exchange cmdlet through the door" exchange_through_the_door
check "curl: the door refuses every other host" other_hosts_are_refused
check "curl: a token by Basic header" basic_header
check "curl: IMAP with XOAUTH2" imap_list
check "curl: IMAP with XOAUTH2 and initial response" imap_list --sasl-ir
check "curl: IMAP fetches a message" imap_fetch
check "curl: IMAP refuses a mailbox without FullAccess" imap_refused
check "curl: POP3 with XOAUTH2" pop_list
check "curl: SMTP with STARTTLS and XOAUTH2, and the message arrives" smtp_send
finish
