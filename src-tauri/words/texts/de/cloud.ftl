# Was von der Cloud abhängt, in der eine Verbindung liegt.

# Welche App den Leser anmeldet.
cloud-microsoft-tools = Microsofts eigene Befehlszeilenwerkzeuge
cloud-microsoft-tools-note = Microsoft Graph Command Line Tools und Exchange Online PowerShell. Weit verbreitet; Microsoft hat nicht gesagt, dass es das erlaubt, und Ihr bedingter Zugriff kann es sperren.
cloud-practice-wizard = Der Assistent der Übungsorganisation
cloud-own-app = Eine App Ihrer Organisation

# Wie lange eine Begrenzung braucht: für die Mitte eines Satzes.
cloud-usually = { $shortest } bis { $longest }
cloud-usually-here = hier { $here }, bei Microsoft { $real }
