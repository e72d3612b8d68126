#!/bin/sh
# CLI for Microsoft 365: Microsoft's addresses are built in, so it comes through the CONNECT door.
. "$(dirname "$0")/common.sh"

m365="$(cd "$(dirname "$0")/../node/m365" && pwd)/node_modules/.bin/m365"
HOME="$work"
HTTPS_PROXY="$(value proxy)"
CLIMICROSOFT365_NOUPDATE=1
export HOME HTTPS_PROXY CLIMICROSOFT365_NOUPDATE

m365() { "$m365" "$@" --output json; }
member() { python3 -c 'import json,sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }

login() {
  m365 login --authType secret --appId "$(value client_id)" --tenant "$tenant" --secret "$(value client_secret)"
}
users() { m365 entra user get --userName support@contoso.example | grep -q '"displayName": "Support"'; }
applications() { m365 entra app list | grep -q 'Ticketing Connector'; }
application_made() {
  m365 entra app add --name "m365 suite $round" --withSecret >"$work/app" && cat "$work/app" &&
    member appId <"$work/app" >"$work/app-id" && member secrets <"$work/app" | grep -q value
}
application_removed() { m365 entra app remove --appId "$(cat "$work/app-id")" --force; }
mail() { m365 outlook message list --userName support@contoso.example --folderName Inbox | grep -q '"subject"'; }

check "m365: sign in by secret" login
check "m365: a user" users
check "m365: the applications" applications
check "m365: an application with a secret" application_made
check "m365: the application is removed" application_removed
check "m365: the messages of a mailbox" mail
finish
