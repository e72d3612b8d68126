# Wie es um die App der Verbindung steht, wo das das Problem ist.

standing-app-deleted =
    .title = Die App wurde gelöscht
    .happened = Die App-Registrierung, die diese Verbindung angelegt hat, liegt in Entra unter den gelöschten.
    .why = Jemand hat sie gelöscht; Microsoft hält sie 30 Tage lang wiederherstellbar.
    .next = Stellen Sie sie hier wieder her: Mailgrant holt dieselbe App mit ihrem Clientschlüssel zurück und legt ihre Unternehmensanwendung neu an; danach muss die Begrenzung neu gesetzt werden.
standing-principal-gone =
    .title = Die Unternehmensanwendung der App wurde gelöscht
    .happened = Die App-Registrierung besteht, ihre Unternehmensanwendung in Ihrer Organisation nicht.
    .why = Jemand hat sie gelöscht, oder die App wurde wiederhergestellt, was sie nicht zurückbringt.
    .next = Legen Sie sie hier neu an; was Exchange der alten gab, ging mit ihr, daher muss die Begrenzung neu gesetzt werden.
standing-app-gone =
    .title = Die App ist nicht mehr da
    .happened = Microsoft findet die App, die diese Verbindung angelegt hat, weder unter den bestehenden noch unter den gelöschten.
    .why = Sie wurde endgültig gelöscht, oder vor mehr als 30 Tagen.
    .next = Gehen Sie zur App: Diese Verbindung behält Ihre Antworten, und ihr Plan legt die App neu an.
standing-all-gone = Die alte App ist weg, und mit ihr der Clientschlüssel; ihr Bereich kann in Exchange noch bestehen.
standing-deleted-exists = Die App-Registrierung liegt unter den gelöschten; ihr Bereich kann in Exchange noch bestehen.
standing-bare-exists = Die App-Registrierung besteht, ihre Unternehmensanwendung nicht; ihr Bereich kann in Exchange noch bestehen.
standing-app-exists = Die App besteht und ist abgeschaltet.
