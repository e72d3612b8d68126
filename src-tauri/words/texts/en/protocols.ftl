# The protocols of mail programs that are switched off for mailboxes.

protocols-heading = Switch protocols on for the mailboxes
protocols-lead = Only for the mailboxes that the plan names. Each is set back when you take this away again.
protocols-heading-off = A protocol is switched off
protocols-heading-on = The protocols are switched on
protocols-heading-unread = How a protocol stands couldn't be read
protocols-read = Read from Exchange
protocols-read-text = How each protocol that the platform uses stands for each chosen mailbox.

protocols-off = { $all ->
    [one] { $protocol } is switched off for the mailbox
   *[other] { $protocol } is switched off for { $count } of { $all } mailboxes
}
protocols-off-text = { $organisation ->
    [yes] { $mailboxes }. It is off for the whole organisation, which stays so; it can be on for a mailbox all the same. Until it is, no mail program can use the mailbox this way. By hand, mailbox by mailbox in Exchange Online PowerShell: { $line }
   *[no] { $mailboxes }. Until it is switched on, no mail program can use the mailbox this way. By hand, mailbox by mailbox in Exchange Online PowerShell: { $line }
}
protocols-asked = { $count ->
    [one] { $protocol } will be switched on for 1 mailbox
   *[other] { $protocol } will be switched on for { $count } mailboxes
}
protocols-asked-text = { $organisation ->
    [yes] { $mailboxes }. The organisation's own switch stays off. Every mail program that may open such a mailbox can use it then
   *[no] { $mailboxes }. Every mail program that may open such a mailbox can use it then
}
protocols-leave-off = Leave { $protocol } off
protocols-switch-on = Switch { $protocol } on

protocols-fact = { $protocol }
protocols-fact-on = On
protocols-fact-unread = { $all ->
    [one] Exchange didn't say
   *[other] Exchange didn't say for { $count } of { $all } mailboxes
}
protocols-fact-off = { $all ->
    [one] Switched off
   *[other] Switched off for { $count } of { $all } mailboxes
}
protocols-fact-switched-on = On; switched on here for { $mailboxes }
