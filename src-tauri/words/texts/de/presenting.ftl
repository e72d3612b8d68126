# Was an der Stelle von Namen und IDs steht, während jemand vorführt. Jedes Wort ist kurz und steht, wo der Name
# stünde.

presenting-organisation = Organisation { $number }
presenting-domain = Domäne { $number }
presenting-person = Person { $number }
presenting-user-name = Anmeldename { $number }
presenting-app = App { $number }
presenting-connection = Verbindung { $number }
presenting-mailbox = Postfach { $number }
presenting-mailbox-name = Postfachname { $number }
presenting-recipient = Empfänger { $number }
presenting-group = Gruppe { $number }
presenting-credential = Anmeldeinformation { $number }
presenting-assignment = Zuweisung { $number }
presenting-scope = Bereich { $number }
presenting-folder = Ordner { $number }
presenting-file = Datei { $number }
presenting-typed = Eingabe { $number }
presenting-value = Wert { $number }
presenting-platform = Plattform { $number }
presenting-id = ID { $number }
# Eine Zeile aus jemandes Liste, die beiseitegelegt wurde.
presenting-row = Zeile { $number }
# Was niemand benannt hat.
presenting-an-address = eine Adresse
presenting-an-id = eine ID
# An der Stelle einer gezogenen Passphrase.
presenting-passphrase = Verborgen, während Sie vorführen. Schalten Sie den Vorführmodus aus, um die sechs Wörter zu lesen.
