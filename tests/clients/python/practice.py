"""What every client script shares: the server's line, a browser played by hand, and PASS or FAIL for each check.

The clients themselves are used as their own documentation shows, with nothing patched.
"""

import contextlib
import html.parser
import json
import sys
import traceback
import urllib.parse
import uuid

import requests

with open(sys.argv[1], encoding="utf-8") as line:
    PRACTICE = json.load(line)

ADMINISTRATOR = "priya.nair@contoso.example"
GRAPH = "https://graph.microsoft.com/.default"
EXCHANGE = "https://outlook.office365.com/.default"
# Each round of the suite makes things of its own, because it runs again on the same server.
ROUND = uuid.uuid4().hex[:8]

_failed = 0
_passed = 0


@contextlib.contextmanager
def check(what):
    """One check: everything inside must go well."""
    global _failed, _passed
    try:
        yield
    except Exception as problem:  # noqa: BLE001 - whatever a client raises is a failed check
        _failed += 1
        reason = " ".join(str(problem).split()) or type(problem).__name__
        print(f"FAIL {what}: {reason[:600]}")
        traceback.print_exc(file=sys.stdout)
    else:
        _passed += 1
        print(f"PASS {what}")


def finish():
    """Ends the script; a failed check is its exit code."""
    sys.exit(1 if _failed or not _passed else 0)


def expect(condition, otherwise):
    """Like assert, which optimised Python leaves out."""
    if not condition:
        raise AssertionError(otherwise)


class _Forms(html.parser.HTMLParser):
    """The forms of a page with their fields and buttons."""

    def __init__(self):
        super().__init__()
        self.forms = []

    def handle_starttag(self, tag, attributes):
        names = dict(attributes)
        if tag == "form":
            self.forms.append({"action": names.get("action", ""), "fields": {}, "buttons": []})
        elif self.forms and tag == "input" and names.get("name"):
            if names.get("type") not in ("checkbox", "radio", "submit"):
                self.forms[-1]["fields"][names["name"]] = names.get("value", "")
        elif self.forms and tag == "button" and names.get("name"):
            self.forms[-1]["buttons"].append((names["name"], names.get("value", "")))


class Browser:
    """A person in a browser: reads a page, presses a button, and stops where the application takes over."""

    def __init__(self, account=ADMINISTRATOR):
        self.account = account
        self.session = requests.Session()

    def follow(self, url, fields=None, until="http://localhost"):
        """Goes from page to page until the application's own address; gives that address, or the last page's text."""
        answer = self.session.get(url, allow_redirects=False)
        for _ in range(12):
            if answer.is_redirect:
                target = urllib.parse.urljoin(answer.url, answer.headers["location"])
                if until and target.startswith(until):
                    return target
                answer = self.session.get(target, allow_redirects=False)
                continue
            forms = _Forms()
            forms.feed(answer.text)
            pressed = self._press(forms.forms, fields or {})
            if pressed is None:
                return answer.text
            form, data = pressed
            target = urllib.parse.urljoin(answer.url, form["action"])
            if until and target.startswith(until):
                return target + "?" + urllib.parse.urlencode(data)
            answer = self.session.post(target, data=data, allow_redirects=False)
        raise AssertionError("the sign-in goes round in circles")

    def _press(self, forms, fields):
        for form in forms:
            data = dict(form["fields"])
            data.update({name: value for name, value in fields.items() if name in data})
            if not form["buttons"]:
                return form, data
            for wanted in (("account", self.account), ("decision", "accept")):
                if wanted in form["buttons"]:
                    data[wanted[0]] = wanted[1]
                    return form, data
        for form in forms:
            if form["buttons"]:
                data = dict(form["fields"])
                data.update({name: value for name, value in fields.items() if name in data})
                name, value = form["buttons"][0]
                data[name] = value
                return form, data
        return None
