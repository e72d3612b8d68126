# Was von der Cloud abhängt, in der eine Verbindung liegt.

# Wie jede von Microsofts Clouds heißt.
cloud-global = Microsoft 365 weltweit, mit GCC
cloud-gcc-high = GCC High der US-Regierung
cloud-dod = die Cloud des US-Verteidigungsministeriums
cloud-china = Microsoft 365 in China, betrieben von 21Vianet

# Vor der Anmeldung an einer anderen als der weltweiten.
cloud-national = Sie melden sich hier an: { $cloud }
cloud-national-text = Mailgrant wurde dort noch nie erprobt. Ob Microsofts eigene Befehlszeilenwerkzeuge Sie dort anmelden dürfen, ist nicht bekannt; eine App Ihrer Organisation darf es.
cloud-national-unsure = Bei diesen Adressen sind sich die Quellen nicht einig, oder nur wenige nennen sie: { $hosts }; ist eine falsch, hält Mailgrant dort an und sagt es.

# Welche App den Leser anmeldet.
cloud-microsoft-tools = Microsofts eigene Befehlszeilenwerkzeuge
cloud-microsoft-tools-note = Microsoft Graph Command Line Tools und Exchange Online PowerShell. Weit verbreitet; Microsoft hat nicht gesagt, dass es das erlaubt, und Ihr bedingter Zugriff kann es sperren.
cloud-practice-wizard = Der Assistent der Übungsorganisation
cloud-own-app = Eine App Ihrer Organisation

# Wie lange eine Begrenzung braucht: für die Mitte eines Satzes.
cloud-usually = { $shortest } bis { $longest }
cloud-usually-here = hier { $here }, bei Microsoft { $real }
