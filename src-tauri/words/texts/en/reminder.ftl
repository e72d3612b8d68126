# The reminder: an entry of a calendar.

reminder-ends-today = The secret of { $platform } for { $organisation } ends today
reminder-ends = The secret of { $platform } for { $organisation } ends in { $days ->
    [one] 1 day
   *[other] { $days } days
}
reminder-practice = Practice: { $summary }
reminder-valid = The secret with which { $platform } reaches the mailboxes of { $organisation } is valid until { $until }. After that { $platform } can no longer reach them.
reminder-replacing = Open Mailgrant, choose this connection ("{ $platform }, { $organisation }") and press "Renew". { $platform } goes on working with the old secret until it uses the new one.
reminder-again = This entry takes the place of the one from an older file for this connection. If your calendar still shows that one too, delete it.
reminder-secret-id = Secret id: { $id }
