# Die Hilfe.

help-heading = Hilfe
help-heading-step = Hilfe zu Schritt { $number }: { $name }
help-what-for = Wozu dies dient
help-purpose = Mailgrant verbindet eine Mailplattform mit den Postfächern, die Sie nennen, und weist nach, dass sie keine anderen erreicht.
help-if-you-stop = Wenn Sie hier aufhören
help-saved = Alles ist gespeichert. Schließen Sie das Fenster, wann Sie wollen; die Verbindung wartet in der Liste und geht dort weiter, wo Sie aufgehört haben.
help-if-wrong = Wenn etwas schiefgeht
help-problems = Eine Seite sagt, was geschehen ist, warum, was zu tun ist und wer es tun kann. Kopieren Sie dort die Details für den Support; sie enthalten nichts Geheimes.
help-if-watched = Wenn jemand zusieht
help-presenting = Der Vorführmodus, Strg+Umschalt+P, setzt feste Wörter an die Stelle von Namen und IDs. Den geheimen Clientschlüssel zeigt kein Bildschirm.
help-to-try = Zum gefahrlosen Ausprobieren
help-practice = Die Übungsorganisation spielt auf diesem Computer Microsoft 365. Nichts darin ist echt.
help-close = Hilfe schließen

help-language = Sprache
help-as-system = Wie dieser Computer ({ $language })

help-platform = Hier wird gewählt, was verbunden wird. Das Profil der Plattform sagt, welchen Zugriff sie braucht und warum.
help-method = Hier wird gewählt, wie die Plattform E-Mails erreicht; zu sehen ist, was sie damit tun kann.
help-sign-in = Sie melden sich in Ihrem eigenen Browser an. Mailgrant liest, wer Sie sind und welche Rollen Sie haben; geändert wird nur, was Sie auf Microsofts Seite akzeptieren.
help-existing-app = Die App, die die Plattform jetzt verwendet, von Hand registriert. Sie wird angesehen, und was an ihr nicht stimmt, wird gesagt; sie zu übernehmen ändert noch nichts.
help-old-permissions = Was der App in Entra erteilt war, bevor sie übernommen wurde. Es geht, sobald die Begrenzung in Exchange sicher an seine Stelle getreten ist, damit die E-Mail weiterläuft.
help-app = Hier entsteht die App, als die sich die Plattform anmeldet. Für sich allein erreicht die App kein Postfach.
help-permissions = Hier wird nachgewiesen, dass die App in Entra keine Berechtigung hat, denn dort gälte sie für jedes Postfach.
help-secret = Microsoft erstellt den geheimen Clientschlüssel der App, und er kommt in den Schlüsselbund dieses Computers.
help-plan = Hier steht alles, was angelegt wird, und ob Sie es dürfen, bevor irgendetwas geschieht. Eine Schaltfläche legt es dann an und prüft es, Teil für Teil.
help-mailboxes = Sie nennen die Postfächer, die die App verwenden darf, und mindestens eines, das verweigert bleiben muss.
help-limit = Die App wird in Exchange auf die gewählten Postfächer begrenzt. Mehr Zugriff erhält sie nicht.
help-protocols = Hier steht, welche Protokolle für die Postfächer ausgeschaltet sind; eingeschaltet wird, was Sie verlangen. Ohne sie bekommt die Plattform keine E-Mails.
help-verify = Jedes genannte Postfach wird mit dem eigenen Schlüssel der App versucht: Die gewählten müssen antworten, die anderen müssen verweigert werden.
help-old-secret = Sie sagen, wann die Plattform den neuen Clientschlüssel verwendet. Dann, und nicht vorher, wird der alte entfernt.
help-export = Alles, was die Plattform braucht, wird in eine Datei versiegelt, dazu ein Protokoll und eine Erinnerung.
