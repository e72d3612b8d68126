//! The words of which made-up mail is written.

/// A subject and the paragraphs below it.
pub(crate) struct Letter {
    pub(crate) subject: &'static str,
    pub(crate) text: &'static str,
    pub(crate) attachment: Option<Attachment>,
}

/// A file in a made-up message.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attachment {
    /// A list as CSV, with a file name outside ASCII.
    List,
    /// A page as PDF.
    Page,
    /// A picture inside the message, shown by its HTML.
    Picture,
    /// Another message.
    Message,
}

/// What people write about.
pub(crate) const LETTERS: [Letter; 16] = [
    Letter {
        subject: "Question about order 20417",
        text: "Hello,\n\nour order 20417 was announced for Tuesday and has not arrived yet. Could you look where it is?\n\nKind regards",
        attachment: None,
    },
    Letter {
        subject: "Rechnung für März – Büromaterial",
        text: "Guten Tag,\n\nanbei die Rechnung für März. Bitte überweisen Sie den Betrag bis zum 15.\n\nMit freundlichen Grüßen",
        attachment: Some(Attachment::Page),
    },
    Letter {
        subject: "Delivery window on Thursday",
        text: "Hi,\n\nthe lorry can be at gate 4 between 07:30 and 09:00. Is that early enough?\n\nThanks",
        attachment: None,
    },
    Letter {
        subject: "Changement d’adresse à compter du 1er décembre",
        text: "Bonjour,\n\nnotre siège déménage. Merci de mettre à jour l’adresse de livraison.\n\nBien à vous",
        attachment: None,
    },
    Letter {
        subject: "Stock list, week 47",
        text: "All,\n\nthe list of this week is attached. Lines in the last column need an answer by Friday.",
        attachment: Some(Attachment::List),
    },
    Letter {
        subject: "ご注文の確認",
        text: "お世話になっております。\n\nご注文を承りました。納期は二週間です。\n\nよろしくお願いいたします。",
        attachment: None,
    },
    Letter {
        subject: "Thank you 👍",
        text: "Just to say that the replacement works. Thank you for the quick help!",
        attachment: None,
    },
    Letter {
        subject: "Appointment for the inspection",
        text: "Dear colleagues,\n\nthe inspector proposes the 3rd or the 5th. Please tell me by noon which day suits.\n\n-- \nFacilities",
        attachment: None,
    },
    Letter {
        subject: "New letterhead",
        text: "Hello everybody,\n\nthis is how the new letterhead looks. Please do not use the old one any more.",
        attachment: Some(Attachment::Picture),
    },
    Letter {
        subject: "Årsmöte: dagordning och en mycket lång ämnesrad som måste brytas över flera rader i brevhuvudet",
        text: "Hej!\n\nHär kommer dagordningen. Säg till om något saknas.\n\nHälsningar",
        attachment: Some(Attachment::Page),
    },
    Letter {
        subject: "Complaint about a damaged parcel",
        text: "Hello,\n\nthe parcel arrived open and wet. I have forwarded what the carrier wrote.\n\nRegards",
        attachment: Some(Attachment::Message),
    },
    Letter {
        subject: "Запрос прайс-листа",
        text: "Добрый день!\n\nПришлите, пожалуйста, действующий прайс-лист на насосы.\n\nС уважением",
        attachment: None,
    },
    Letter {
        subject: "Reminder: time sheets",
        text: "Time sheets of last month are due today. From here on a line that begins with a dot:\n.\n.. and one with two.",
        attachment: None,
    },
    Letter {
        subject: "Offer 5512/B: 100 % recycled pallets",
        text: "Good morning,\n\nplease find our offer below. It holds for thirty days.\n\n  100 pallets   8.40\n  500 pallets   7.95\n\nBest regards",
        attachment: None,
    },
    Letter {
        subject: "Password of the label printer",
        text: "It is on the sticker below the printer, and nowhere else.",
        attachment: None,
    },
    Letter {
        subject: "Café on the ground floor closes at three",
        text: "From Monday the café closes at three in the afternoon. The machines on each floor stay on.",
        attachment: None,
    },
];

/// People outside the organisation who write to it: a name and an address.
pub(crate) const CORRESPONDENTS: [(&str, &str); 12] = [
    ("Jürgen Groß", "juergen.gross@grossundsoehne.example"),
    ("Zoë Ångström", "zoe@angstrom.example"),
    ("山田 太郎", "taro.yamada@yamada-shokai.example"),
    ("O'Neil, Patrick", "patrick.oneil@oneil-freight.example"),
    ("\"Quality\" Pumps Ltd.", "orders@quality-pumps.example"),
    ("", "no-reply@carrier.example"),
    ("Nathalie Lefèvre", "n.lefevre@atelier-lefevre.example"),
    ("Мария Иванова", "m.ivanova@nasos.example"),
    ("Sofía Muñoz", "sofia.munoz@puerto.example"),
    ("Ben Carter", "ben.carter@carter.example"),
    ("Pallets & More", "sales@pallets.example"),
    ("Kundendienst Müller GmbH", "kundendienst@mueller.example"),
];

/// Folders that some people have made for themselves below their inbox.
pub(crate) const OWN_FOLDERS: [&str; 4] = ["Projekte & Büro", "Suppliers", "Facturas", "契約"];
