# The page that the browser shows after the sign-in. It is plain text: no marks of HTML.

browser-only-for-microsoft =
    .title = This address only takes Microsoft's answer
    .text = Go back to Mailgrant.
browser-nothing-here =
    .title = There is nothing here
    .text = Go back to Mailgrant.
browser-not-microsoft =
    .title = This is not Microsoft's answer
    .text = Go back to Mailgrant.
browser-over =
    .title = This sign-in is over
    .text = Go back to Mailgrant.
browser-signed-in =
    .title = You're signed in
    .text = Close this page and go back to Mailgrant.
browser-not-finished =
    .title = The sign-in didn't finish
    .text = Close this page. Mailgrant says why and what to do.
