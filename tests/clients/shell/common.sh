# What the scripts for command-line clients share. They get the server's line as a file, and say PASS or FAIL for each
# check. The clients take their tokens from curl, as a person would.

set -u
practice="$1"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
status=1
failures=0
mailbox=support@contoso.example
round="$(od -An -N4 -tx4 /dev/urandom | tr -d ' ')"

# A member of the server's line.
value() { python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$practice" "$1"; }
host() { value "$1" | sed 's/:[0-9]*$//'; }
port() { value "$1" | sed 's/.*://'; }

root="$(value root_certificate)"
tenant="$(value tenant_id)"

# curl gets what is secret by files that only we can read: every program on the machine sees the arguments of every other.
umask 077
printf 'data-urlencode = "client_secret=%s"\n' "$(value client_secret)" >"$work/secret.curl"

# A token for a resource, as the administrator's application.
token() {
  curl --silent --show-error --fail --cacert "$root" "$(value authority)/oauth2/v2.0/token" \
    --data-urlencode "client_id=$(value client_id)" --config "$work/secret.curl" \
    --data-urlencode "scope=$1/.default" --data grant_type=client_credentials |
    python3 -c 'import json,sys; print(json.load(sys.stdin)["access_token"])'
}

# A token for mail in the file "token", and for curl in "mail.curl".
token_for_mail() {
  token https://outlook.office365.com >"$work/token"
  printf 'oauth2-bearer = "%s"\n' "$(cat "$work/token")" >"$work/mail.curl"
}

pass() { echo "PASS $1"; status=0; }
fail() {
  echo "FAIL $1"
  failures=$((failures + 1))
  [ -s "$work/said" ] && sed 's/^/     /' "$work/said" | cut -c1-400 | tail -40
  return 0
}

# A check: the name, then a command that has to succeed.
check() {
  name="$1"
  shift
  if "$@" >"$work/said" 2>&1; then pass "$name"; else fail "$name"; fi
}

finish() { [ "$failures" -eq 0 ] && exit "$status"; exit 1; }
