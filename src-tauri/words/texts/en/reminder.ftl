# The reminder: an entry of a calendar.

reminder-ends-today = The secret of { $platform } for { $organisation } ends today
reminder-ends = The secret of { $platform } for { $organisation } ends in { $days ->
    [one] 1 day
   *[other] { $days } days
}
reminder-practice = Practice: { $summary }
reminder-valid = The secret with which { $platform } reaches the mailboxes of { $organisation } is valid until { $until }. After that { $platform } can no longer reach them.
reminder-replacing = Open this connection in Mailgrant, go to its secret, choose "Remove this secret", create a new one, run the proof again and hand the new file over. { $platform } can't sign in from the removal until it has the new secret.
reminder-secret-id = Secret id: { $id }
