# Connections that an organisation holds and this computer doesn't know.

finding-find = Find an earlier connection
finding-heading = Find an earlier connection
finding-lead = Sign in to the organisation that it belongs to. Mailgrant looks for the apps that it made there, on whichever computer, and shows when their secrets end.
finding-open-record = Open its record
finding-of-record = The record of { $day } is of { $platform } in { $organisation }. This computer doesn't know that connection. Sign in there to take it up.
finding-sign-in = Sign in and look
finding-in-practice = Look in the practice organisation
finding-in-real = Look in Microsoft 365
finding-note = Reads only
finding-looking = Looking for earlier connections
finding-looking-for = Microsoft to list the apps with our tag
finding-reading = Reading the connection
finding-reading-for = Microsoft to show the app and its limit
finding-none = No earlier connection in { $organisation }
finding-none-lead = No app there carries Mailgrant's tag. One that was registered by hand isn't found this way.
finding-found = { $count ->
    [one] 1 connection in { $organisation }
   *[other] { $count } connections in { $organisation }
}
finding-found-lead = Their secrets lie on the computers that made them. To look after one from here, take it up: it gets a new secret beside the old one.
finding-not-checked = Not checked
finding-made = Made on { $day }
finding-made-ends = Made on { $day }; its secret ends on { $end }
finding-made-once = Made earlier
finding-take-up = Take it up
finding-take-this-up = Take it up: { $platform }
finding-again = Found again
finding-again-text = Its secret lies on another computer. Renew it to look after it from here
finding-needs-exchange =
    .title = This connection is taken up by an Exchange Administrator
    .happened = Its app was registered by somebody else and taken over.
    .why = Whether that is finished is seen in Exchange, and this sign-in may not read there.
    .next = Sign in as somebody who may, and take it up again.

finding-platform-unknown =
    .title = Which platform uses this app isn't known here
    .happened = The connection was found and not taken up.
    .why = Its app was registered by hand and reads mail as a mail program does. No platform whose name stands in the app's name is known on this computer.
    .next = Go on with it on the computer where it was taken over, or put the platform's profile on this one.
