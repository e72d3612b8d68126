# What is asked for at the sign-in, and for what.

scopes-who = See who you are and which organisation this is
scopes-see-app = See the app and who holds a key of it
scopes-see-grants = See that nobody granted the app more
scopes-see-roles = See which admin roles you and the app hold
scopes-create-app = Create the app and its secret
scopes-see-policy = See how long a secret may last
scopes-see-sign-ins = See which key of the app was used last
scopes-see-licence = See whether your organisation has the licence for it
scopes-remove-grant = Remove a grant to the app
scopes-grant-app-role = Let the app in as a mail program
scopes-remove-consent = Remove a grant made in somebody's name
