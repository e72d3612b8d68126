# What is wrong with a choice of the platform.

choosing-platform-stays =
    .title = The platform can't change any more
    .happened = The app for this connection was created for the platform chosen first.
    .why = Each platform needs its own app, so that one can be removed without the other.
    .next = Undo the app first, or begin a new connection for the other platform.
choosing-platform-unknown =
    .title = This platform isn't known any more
    .happened = The platform's profile is not among the ones that Mailgrant could read.
    .why = The file was removed or has a mistake.
    .next = Choose another platform, or put the file right and start Mailgrant again.
