# What stands around a problem. The problems themselves are in problems.ftl.

problem-happened = What happened
problem-why = Why
problem-next = What to do
problem-who = Who can fix it
problem-again-from = Try again from
problem-exists = What exists now

problem-you = You.
problem-somebody-with = Somebody with the role { $role }.
problem-whoever-gives = Whoever may give you the role { $role }: { $granters }. Or somebody who holds it already.
problem-network = You, or whoever runs your network.
problem-microsoft = Microsoft. Waiting usually helps.
problem-us = The makers of Mailgrant.

problem-code = Problem
problem-call = Call
problem-status = HTTP status
problem-their-code = Microsoft's code
problem-their-words = In its own words
problem-request-id = Request id
problem-at = At

problem-try-again = Try again
problem-sign-in = Sign in again
problem-make-anew = Make it anew
problem-go-to-app = Go to the app
problem-restore = Restore it
problem-another-app = Choose another app
problem-go-to-mailboxes = Go to the mailboxes
problem-choose-else = Choose something else
problem-go-to-connections = Go to your connections
problem-look = Look at it
problem-new-secret = Make a new secret
problem-go-to-proof = Go to the proof
problem-copy-request = Copy the request
problem-back = Back to your connections
problem-copy-details = Copy the details
