# The list of connections.

connections-heading = Your connections
connections-new = New connection
connections-new-practice = New practice connection
connections-without-platform = New connection
connections-unreadable = Unreadable connection

connections-only-to-look-at = Only to look at
connections-not-signed = Its notes don't carry this computer's signature, or a newer version wrote them
connections-taken-off = Taken off
connections-stays-as-it-was = What it made in Microsoft 365 is as it was; a secret of it stays in the keychain
connections-too-broad = Too broad
connections-reaches-more = The app reaches more than it should
connections-needs-you = Needs you
connections-not-as-asked = Something on the app isn't as it was asked for
connections-waiting = Waiting
connections-look-again = Microsoft applies the limit; look again from { $at }
connections-secret-ended = Secret ended
connections-ended-on = The secret ended on { $day }; the platform can't sign in any more
connections-ends-soon = Ends soon
connections-ends-on = { $days ->
    [one] The secret ends on { $day }, in 1 day
   *[other] The secret ends on { $day }, in { $days } days
}
connections-done = Handed over
connections-not-proven = Run the checks
connections-run-checks = It was handed over, and nothing is proven now: open it and run the checks again
connections-not-finished = Not finished
connections-stopped-at = Stopped at step { $number } of { $all }: { $name }
connections-problem = Problem

connections-last-proof = Last proof { $when }
connections-change-mailboxes = Change mailboxes
connections-change-mailboxes-of = Change mailboxes: { $platform }
connections-open = Open
connections-open-this = Open: { $platform }
connections-go-on = Go on
connections-go-on-with = Go on: { $platform }
connections-put-back = Put back
connections-put-this-back = Put { $platform } back
connections-remove-from-here = Remove from this computer
connections-remove-this = Remove from this computer: { $platform }
connections-take-off = Take off this list
connections-take-this-off = Take { $platform } off this list
connections-take-unreadable-off = Take the unreadable connection off this list
