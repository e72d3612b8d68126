# Was um ein Problem steht. Die Probleme selbst stehen in problems.ftl.

problem-happened = Was geschehen ist
problem-why = Warum
problem-next = Was zu tun ist
problem-who = Wer helfen kann
problem-again-from = Wieder möglich ab
problem-exists = Was jetzt besteht

problem-you = Sie.
problem-somebody-with = Jemand mit der Rolle „{ $role }“.
problem-whoever-gives = Wer Ihnen die Rolle „{ $role }“ geben kann: { $granters }. Oder jemand, der sie schon hat.
problem-network = Sie, oder wer Ihr Netz betreibt.
problem-microsoft = Microsoft. Warten hilft meist.
problem-us = Die Hersteller von Mailgrant.

problem-code = Problem
problem-call = Aufruf
problem-status = HTTP-Status
problem-their-code = Microsofts Code
problem-their-words = In eigenen Worten
problem-request-id = Anforderungs-ID
problem-at = Zeitpunkt

problem-try-again = Erneut versuchen
problem-sign-in = Neu anmelden
problem-make-anew = Neu anlegen
problem-go-to-app = Zur App
problem-restore = Wiederherstellen
problem-another-app = Andere App wählen
problem-go-to-mailboxes = Zu den Postfächern
problem-choose-else = Etwas anderes wählen
problem-go-to-connections = Zu Ihren Verbindungen
problem-look = Ansehen
problem-new-secret = Neuen Clientschlüssel erstellen
problem-go-to-proof = Zum Nachweis
problem-copy-request = Anfrage kopieren
problem-back = Zurück zu Ihren Verbindungen
problem-copy-details = Details kopieren
