# What stands in the way of the export.

exporting-no-proof =
    .title = The proof must be complete first
    .happened = The file wasn't made.
    .why = A connection is handed over only once every chosen mailbox answered, every other was refused, and everything is as it was asked for.
    .next = Go back to the proof and run the checks.
exporting-changed =
    .title = Something changed since this was proven
    .happened = { $what }.
    .why = Mailgrant read the organisation again just before sealing the file, and it isn't as it was when the connection was proven.
    .next = Go back to the proof: it says what is different and what to do.
exporting-mailbox-changed = A mailbox no longer does what it did then
exporting-no-file-new-proof = No file was made. The proof was made again and shows what was found.
exporting-keeps-changing =
    .title = Your organisation keeps changing
    .happened = Each time Mailgrant had run the checks again, something about the app or its limit was different from just before.
    .why = Somebody, or a program, is working on this app, its limit or its mailboxes at this moment.
    .next = Ask who is working on it, wait until that is done, then run the checks again.
exporting-no-file-no-proof = No file was made, and nothing is proven until the checks are run again.
exporting-secret-replaced =
    .title = The keychain holds another secret
    .happened = The secret in this computer's keychain isn't the one that was proven.
    .why = Somebody or something replaced the entry after the proof.
    .next = Run the checks again; if Microsoft refuses this secret, remove it at the secret step and make another.
exporting-no-file = No file was made.
