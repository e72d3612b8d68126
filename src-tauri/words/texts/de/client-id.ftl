# Was eingegeben wurde und keine ID einer App ist.

client-id-none = Geben Sie die Anwendungs-ID (Client) ein, oder fügen Sie sie ein
client-id-of-something-else = Das ist die ID von etwas anderem; die Anwendungs-ID (Client) steht in der Übersicht der App
client-id-only-zeros = Diese ID besteht nur aus Nullen; die richtige steht in Entra in der Übersicht der App
client-id-only-a-part = Das ist nur ein Teil einer ID; sie hat 36 Zeichen mit ihren vier Bindestrichen
client-id-no-id = Das ist keine Anwendungs-ID (Client); sie sieht so aus: 1b2c3d4e-0000-4000-8000-1a2b3c4d5e6f
client-id-several = Darin stehen mehrere IDs; fügen Sie nur die Anwendungs-ID (Client) ein
client-id-not-chosen = Wählen Sie, welche App Sie anmeldet
