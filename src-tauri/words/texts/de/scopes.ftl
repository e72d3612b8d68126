# Was bei der Anmeldung verlangt wird, und wofür.

scopes-who = Sehen, wer Sie sind und welche Organisation dies ist
scopes-see-app = Die App sehen und wer einen Schlüssel von ihr hat
scopes-see-grants = Sehen, ob jemand der App mehr gegeben hat
scopes-see-roles = Sehen, welche Administratorrollen Sie und die App haben
scopes-create-app = Die App und ihren Clientschlüssel anlegen
scopes-see-policy = Sehen, wie lange ein Clientschlüssel gültig sein darf
scopes-see-sign-ins = Sehen, welcher Schlüssel der App zuletzt benutzt wurde
scopes-see-licence = Sehen, ob Ihre Organisation die Lizenz dafür hat
scopes-remove-grant = Eine Berechtigung der App entfernen
scopes-grant-app-role = Die App als Mailprogramm einlassen
scopes-remove-consent = Eine Berechtigung entfernen, die im Namen einer Person gegeben wurde
