"""Mail by the clients of Python's own library, and by imap-tools."""

import base64
import email.message
import imaplib
import poplib
import smtplib
import ssl
import time

import imap_tools
import msal

from practice import EXCHANGE, PRACTICE, ROUND, check, expect, finish

CONTEXT = ssl.create_default_context(cafile=PRACTICE["root_certificate"])
MAILBOX = "support@contoso.example"
FORBIDDEN = "hr@contoso.example"


def address(name):
    host, port = PRACTICE[name].rsplit(":", 1)
    return host, int(port)


def blob(mailbox, token):
    return f"user={mailbox}\x01auth=Bearer {token}\x01\x01".encode()


TOKEN = msal.ConfidentialClientApplication(
    PRACTICE["client_id"],
    client_credential=PRACTICE["client_secret"],
    authority=PRACTICE["authority"],
    instance_discovery=False,
).acquire_token_for_client([EXCHANGE])["access_token"]


def imap(mailbox=MAILBOX):
    host, port = address("imap")
    connection = imaplib.IMAP4_SSL(host, port, ssl_context=CONTEXT, timeout=30)
    connection.authenticate("XOAUTH2", lambda _: blob(mailbox, TOKEN))
    return connection


with check("imaplib: sign in, list, read, search, flag"):
    connection = imap()
    kind, folders = connection.list()
    expect(kind == "OK" and any(b"INBOX" in folder for folder in folders), folders)
    kind, count = connection.select("INBOX")
    expect(kind == "OK" and int(count[0]) > 0, count)
    kind, found = connection.uid("SEARCH", None, "ALL")
    first = found[0].split()[0]
    kind, parts = connection.uid("FETCH", first, "(FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)")
    expect(kind == "OK" and b"ENVELOPE" in parts[0], parts)
    kind, parts = connection.uid("FETCH", first, "(BODY.PEEK[])")
    message = email.message_from_bytes(parts[0][1])
    expect(message["Subject"] and message["Message-ID"], parts)
    expect(connection.uid("STORE", first, "+FLAGS", r"(\Flagged)")[0] == "OK", "not flagged")
    expect(first in connection.uid("SEARCH", None, "FLAGGED")[1][0].split(), "the flag is not found")
    expect(connection.uid("STORE", first, "-FLAGS", r"(\Flagged)")[0] == "OK", "still flagged")
    connection.close()
    connection.logout()

with check("imaplib: EXAMINE changes nothing"):
    connection = imap()
    connection.select("INBOX", readonly=True)
    before = connection.uid("SEARCH", None, "UNSEEN")[1][0]
    if before:
        connection.uid("FETCH", before.split()[0], "(BODY[])")
    expect(connection.uid("SEARCH", None, "UNSEEN")[1][0] == before, "reading set \\Seen")
    connection.logout()

with check("imaplib: a mailbox without FullAccess fails on the second stage"):
    connection = imap(FORBIDDEN)
    try:
        kind, answer = connection.select("INBOX", readonly=True)
        expect(kind != "OK", "the mailbox opened")
    except imaplib.IMAP4.error as problem:
        expect("User is authenticated but not connected" in str(problem), problem)

with check("imaplib: a bad token fails on the first stage"):
    host, port = address("imap")
    connection = imaplib.IMAP4_SSL(host, port, ssl_context=CONTEXT, timeout=30)
    try:
        connection.authenticate("XOAUTH2", lambda _: blob(MAILBOX, "nonsense"))
        raise AssertionError("it signed in")
    except imaplib.IMAP4.error as problem:
        expect("AUTHENTICATE failed" in str(problem), problem)

with check("imaplib: basic sign-in is off"):
    connection = imaplib.IMAP4_SSL(host, port, ssl_context=CONTEXT, timeout=30)
    try:
        connection.login(MAILBOX, "password")
        raise AssertionError("it signed in")
    except imaplib.IMAP4.error as problem:
        expect("LOGIN failed" in str(problem), problem)

with check("imaplib: append, copy, delete"):
    connection = imap()
    text = f"Subject: appended {ROUND}\r\nFrom: a@contoso.example\r\nMessage-ID: <{ROUND}@suite>\r\n\r\nHello.\r\n"
    kind, answer = connection.append("Drafts", r"(\Draft)", imaplib.Time2Internaldate(time.time()), text.encode())
    expect(kind == "OK", answer)
    connection.select("Drafts")
    kind, found = connection.uid("SEARCH", None, f'(SUBJECT "appended {ROUND}")')
    uid = found[0].split()[-1]
    expect(connection.uid("COPY", uid, "Archive")[0] == "OK", "not copied")
    expect(connection.uid("STORE", uid, "+FLAGS", r"(\Deleted)")[0] == "OK", "not marked")
    expect(connection.expunge()[0] == "OK", "not expunged")
    expect(not connection.uid("SEARCH", None, f'(SUBJECT "appended {ROUND}")')[1][0], "still there")
    connection.select("Archive")
    uid = connection.uid("SEARCH", None, f'(SUBJECT "appended {ROUND}")')[1][0].split()[-1]
    connection.uid("STORE", uid, "+FLAGS", r"(\Deleted)")
    connection.expunge()
    connection.logout()

with check("imap-tools: read, move and clean up"):
    host, port = address("imap")
    with imap_tools.MailBox(host, port, ssl_context=CONTEXT).xoauth2(MAILBOX, TOKEN) as mailbox:
        messages = list(mailbox.fetch(limit=10, mark_seen=False))
        expect(len(messages) == 10 and all(message.subject for message in messages), messages)
        expect(any(message.attachments for message in mailbox.fetch(mark_seen=False)), "no attachment anywhere")
        mailbox.append(f"Subject: moved {ROUND}\r\nFrom: b@contoso.example\r\n\r\nHello.\r\n".encode(), "INBOX")
        made = list(mailbox.fetch(imap_tools.AND(subject=f"moved {ROUND}")))
        expect(len(made) == 1, made)
        mailbox.move([made[0].uid], "Archive")
        mailbox.folder.set("Archive")
        moved = list(mailbox.fetch(imap_tools.AND(subject=f"moved {ROUND}")))
        expect(len(moved) == 1, moved)
        mailbox.delete([moved[0].uid])
        mailbox.folder.create(f"suite {ROUND}")
        expect(mailbox.folder.exists(f"suite {ROUND}"), "the folder is not there")
        mailbox.folder.delete(f"suite {ROUND}")

with check("smtplib: send, and find it with imaplib in the other mailbox"):
    host, port = address("smtp")
    message = email.message.EmailMessage()
    message["From"] = MAILBOX
    message["To"] = "billing@contoso.example"
    message["Subject"] = f"sent {ROUND}"
    message.set_content("From smtplib, with an ümlaut.")
    with smtplib.SMTP(host, port, timeout=30) as connection:
        connection.ehlo()
        connection.starttls(context=CONTEXT)
        connection.ehlo()
        connection.auth("XOAUTH2", lambda challenge=None: blob(MAILBOX, TOKEN).decode())
        connection.send_message(message)
    connection = imap("billing@contoso.example")
    connection.select("INBOX")
    found = connection.uid("SEARCH", None, f'(SUBJECT "sent {ROUND}")')[1][0].split()
    expect(len(found) == 1, "it did not arrive")
    connection.uid("STORE", found[0], "+FLAGS", r"(\Deleted)")
    connection.expunge()
    connection.logout()

with check("smtplib: another sender is refused"):
    with smtplib.SMTP(host, port, timeout=30) as connection:
        connection.starttls(context=CONTEXT)
        connection.ehlo()
        connection.auth("XOAUTH2", lambda challenge=None: blob(MAILBOX, TOKEN).decode())
        try:
            connection.sendmail("ceo@contoso.example", ["billing@contoso.example"], "Subject: no\r\n\r\nno\r\n")
            raise AssertionError("it was sent")
        except smtplib.SMTPException as problem:
            expect("5.7.60" in str(problem) or "SendAsDenied" in str(problem), problem)

with check("poplib: sign in, list, read"):
    host, port = address("pop")
    connection = poplib.POP3_SSL(host, port, context=CONTEXT, timeout=30)
    connection._shortcmd("AUTH XOAUTH2")
    connection._shortcmd(base64.b64encode(blob(MAILBOX, TOKEN)).decode())
    count, size = connection.stat()
    expect(count > 0 and size > 0, (count, size))
    answer, lines, _ = connection.retr(1)
    expect(any(line.lower().startswith(b"subject:") for line in lines), lines[:20])
    expect(len(connection.uidl()[1]) == count, "UIDL and STAT disagree")
    connection.quit()

finish()
