use super::*;

/// What a list has to be read as: addresses as they are, ids with `#` before them, unreadable texts with `?`.
pub(super) fn told(reading: &Reading) -> Vec<String> {
    reading
        .entries
        .iter()
        .map(|entry| match entry {
            Entry::Address(address) => address.to_string(),
            Entry::Id(id) => format!("#{id}"),
            Entry::Unreadable(text) => format!("?{text}"),
        })
        .collect()
}

const ID: &str = "6f1b2c3d-0000-4000-8000-000000000001";

/// Every list: its name, its text, what it has to be read as, and how many rows are set aside.
fn lists() -> Vec<(&'static str, String, Vec<&'static str>, usize)> {
    let two = || vec!["a@x.example", "b@x.example"];
    let l = |name, text: &str, expected: Vec<&'static str>, aside| (name, text.to_owned(), expected, aside);
    vec![
        // Admin centres.
        l(
            "exchange admin centre",
            "\u{feff}Display name,Email address,Recipient type,Archive status,Last modified time\r\nSupport,a@x.example,SharedMailbox,None,11/3/2026 10:04:00 AM\r\n\"Weber, Ada\",b@x.example,UserMailbox,None,11/3/2026\r\n",
            two(),
            0,
        ),
        l(
            "exchange admin centre, groups among them",
            "Display name,Email address,Recipient type\nA,a@x.example,UserMailbox\nAll,all@x.example,MailUniversalDistributionGroup\nC,c@y.example,MailContact\nB,b@x.example,SharedMailbox\n",
            two(),
            2,
        ),
        l(
            "microsoft 365 admin centre",
            "Block credential,City,Country,Department,Display name,Proxy addresses,User principal name,When created\nFalse,,,Sales,Ada,SMTP:a@x.example+smtp:alias@x.example,ada@x.onmicrosoft.example,2022-03-18 19:49:35Z\nFalse,,,,Ben,,b@x.example,2022-03-18 19:49:35Z\n",
            two(),
            0,
        ),
        l(
            "microsoft 365 admin centre, by semicolon",
            "Anzeigename;Benutzerprinzipalname;Proxy addresses\nAda;ada@x.onmicrosoft.example;smtp:old@x.example+SMTP:a@x.example\nBen;b@x.example;\n",
            two(),
            0,
        ),
        l(
            "microsoft 365 admin centre, guest and deleted",
            "Display name,User principal name,Soft deletion time stamp\nAda,a@x.example,\nGast,gast_y.example#EXT#@x.onmicrosoft.example,\nWeg,weg@x.example,2022-03-18 19:49:35Z\nBen,b@x.example,\n",
            two(),
            2,
        ),
        l(
            "entra users",
            "userPrincipalName,displayName,surname,mail,givenName,objectId,userType\nada@x.onmicrosoft.example,Ada,Weber,a@x.example,Ada,6f1b2c3d-0000-4000-8000-000000000001,Member\nb@x.example,Ben,,,Ben,6f1b2c3d-0000-4000-8000-000000000002,Member\ng_y.example#EXT#@x.example,G,,g@y.example,,6f1b2c3d-0000-4000-8000-000000000003,Guest\n",
            two(),
            1,
        ),
        l(
            "entra users, quoted",
            "\"userPrincipalName\",\"displayName\",\"mail\"\r\n\"ada@x.onmicrosoft.example\",\"Ada, dr\",\"a@x.example\"\r\n\"ben@x.onmicrosoft.example\",\"Ben \"\"B\"\"\",\"b@x.example\"\r\n",
            two(),
            0,
        ),
        // PowerShell.
        l(
            "export-csv 5.1",
            "#TYPE Selected.Microsoft.Exchange.Data.Directory.Management.Mailbox\r\n\"Name\",\"PrimarySmtpAddress\"\r\n\"Support\",\"a@x.example\"\r\n\"Billing\",\"b@x.example\"\r\n",
            two(),
            0,
        ),
        l(
            "export-csv, free order",
            "\"PrimarySmtpAddress\",\"RecipientTypeDetails\",\"Alias\"\n\"a@x.example\",\"SharedMailbox\",\"a\"\n\"b@x.example\",\"RoomMailbox\",\"b\"\n",
            two(),
            0,
        ),
        l(
            "export-csv, addresses as a list",
            "\"Name\",\"EmailAddresses\"\n\"A\",\"smtp:old@x.example SMTP:a@x.example SPO:SPO_1@SPO_2\"\n\"B\",\"SMTP:b@x.example\"\n",
            two(),
            0,
        ),
        l(
            "export-csv, discovery mailbox",
            "Name,PrimarySmtpAddress,RecipientTypeDetails\nA,a@x.example,UserMailbox\nDiscovery Search Mailbox,DiscoverySearchMailbox{D919BA05}@x.example,DiscoveryMailbox\nB,b@x.example,UserMailbox\n",
            two(),
            1,
        ),
        l(
            "format-list",
            "\r\nDisplayName        : Support\r\nPrimarySmtpAddress : a@x.example\r\nEmailAddresses     : {smtp:alias@x.example, SMTP:a@x.example}\r\n\r\nDisplayName        : Billing\r\nPrimarySmtpAddress : b@x.example\r\nEmailAddresses     : {SMTP:b@x.example}\r\n",
            two(),
            0,
        ),
        l(
            "format-list of one property",
            "PrimarySmtpAddress : a@x.example\n\nPrimarySmtpAddress : b@x.example\n",
            two(),
            0,
        ),
        l(
            "format-list, a value over two lines",
            "Name               : A\nEmailAddresses     : {smtp:alias@x.example,\n                     SMTP:a@x.example}\n\nName               : B\nEmailAddresses     : {SMTP:b@x.example}\n",
            two(),
            0,
        ),
        l(
            "format-table",
            "Name     PrimarySmtpAddress\n----     ------------------\nSupport  a@x.example\nBilling  b@x.example\n",
            two(),
            0,
        ),
        l(
            "format-table, three columns",
            "DisplayName   RecipientTypeDetails PrimarySmtpAddress\n-----------   -------------------- ------------------\nSupport desk  SharedMailbox        a@x.example\nBilling       UserMailbox          b@x.example\n",
            two(),
            0,
        ),
        l(
            "format-table, cut off",
            "Name     PrimarySmtpAddress\n----     ------------------\nSupport  a@x.example\nBilling  billing.department@cont…\n",
            vec!["a@x.example", "?billing.department@cont…"],
            0,
        ),
        l(
            "format-table, set aside",
            "Name RecipientTypeDetails PrimarySmtpAddress\n---- -------------------- ------------------\nA    GuestMailUser        g@y.example\nB    UserMailbox          b@x.example\n",
            vec!["b@x.example"],
            1,
        ),
        // Filters.
        l(
            "filter",
            "PrimarySmtpAddress -eq 'a@x.example' -or EmailAddresses -eq 'smtp:b@x.example'",
            two(),
            0,
        ),
        l(
            "filter in brackets",
            "((PrimarySmtpAddress -eq 'a@x.example') -or (PrimarySmtpAddress -eq \"b@x.example\"))",
            two(),
            0,
        ),
        l(
            "filter in a command",
            "New-ManagementScope -Name \"x\" -RecipientRestrictionFilter \"PrimarySmtpAddress -eq 'a@x.example' -or PrimarySmtpAddress -eq 'b@x.example'\"",
            two(),
            0,
        ),
        l(
            "filter with an apostrophe",
            "PrimarySmtpAddress -eq 'o''brien@x.example'",
            vec!["o'brien@x.example"],
            0,
        ),
        l(
            "filter by id",
            "ExternalDirectoryObjectId -eq '6f1b2c3d-0000-4000-8000-000000000001'",
            vec!["#6f1b2c3d-0000-4000-8000-000000000001"],
            0,
        ),
        l(
            "filter by another property as well",
            "Department -eq 'Sales' -or PrimarySmtpAddress -eq 'a@x.example'",
            vec!["a@x.example"],
            0,
        ),
        // Mail programs, chats, spreadsheets.
        l(
            "mail program",
            "Ada Weber <a@x.example>; Ben <b@x.example>;",
            two(),
            0,
        ),
        l(
            "mail program, surname first",
            "Weber, Ada <a@x.example>, \"O'Neill, Ben\" <b@x.example>",
            two(),
            0,
        ),
        l(
            "something else beside names in brackets",
            "Ada <a@x.example>, b@x.example; nonsense",
            vec!["a@x.example", "b@x.example", "?nonsense"],
            0,
        ),
        l("mailto", "mailto:a@x.example, Mailto:b@x.example", two(), 0),
        l(
            "mailto with a subject",
            "mailto:a@x.example?subject=Hello",
            vec!["a@x.example"],
            0,
        ),
        l("proxy addresses", "SMTP:a@x.example\nsmtp:b@x.example", two(), 0),
        l(
            "quotation marks of several languages",
            "„a@x.example“, «b@x.example»",
            two(),
            0,
        ),
        l("single quotation marks", "'a@x.example'\n‘b@x.example’", two(), 0),
        l(
            "cells of a spreadsheet",
            "Support\ta@x.example\nBilling\tb@x.example",
            two(),
            0,
        ),
        l(
            "cells with headings",
            "Name\tE-mail\tNote\nSupport\ta@x.example\tasked c@y.example\nBilling\tb@x.example\t",
            two(),
            0,
        ),
        l("one row of cells", "a@x.example\tb@x.example", two(), 0),
        l(
            "zero width",
            "a@\u{200b}x.example\u{200e}\n\u{202a}b@x.example\u{202c}",
            two(),
            0,
        ),
        l(
            "byte order mark inside",
            "\u{feff}a@x.example\n\u{feff}b@x.example",
            two(),
            0,
        ),
        l(
            "no-break spaces",
            "a@x.example\u{a0}\n\u{a0}b@x.example",
            two(),
            0,
        ),
        l(
            "other line ends",
            "a@x.example\u{2028}b@x.example\u{85}",
            two(),
            0,
        ),
        l("carriage returns alone", "a@x.example\rb@x.example\r", two(), 0),
        l("bullets", "• a@x.example\n- b@x.example", two(), 0),
        l("numbered", "1. a@x.example\n2. b@x.example", two(), 0),
        l("a full stop behind", "a@x.example.\nb@x.example.", two(), 0),
        l("brackets around", "(a@x.example)\n[b@x.example]", two(), 0),
        l(
            "a sentence",
            "Please connect a@x.example and b@x.example today",
            two(),
            0,
        ),
        l("capitals", "A@X.Example\nB@x.EXAMPLE", two(), 0),
        l("full width at", "a＠x.example\nb＠x．example", two(), 0),
        l("doubles", "a@x.example\nA@x.example\nb@x.example", two(), 0),
        l("spaces between", "a@x.example b@x.example", two(), 0),
        l("pipes", "a@x.example|b@x.example", two(), 0),
        l(
            "semicolons and names",
            "Ada Weber;a@x.example\nBen;b@x.example",
            two(),
            0,
        ),
        l(
            "plus address",
            "a+invoices@x.example",
            vec!["a+invoices@x.example"],
            0,
        ),
        l("apostrophe", "o'brien@x.example", vec!["o'brien@x.example"], 0),
        l(
            "another script",
            "info@bücher.example",
            vec!["info@bücher.example"],
            0,
        ),
        l("an id", ID, vec!["#6f1b2c3d-0000-4000-8000-000000000001"], 0),
        l(
            "an id in braces",
            "{6F1B2C3D-0000-4000-8000-000000000001}",
            vec!["#6f1b2c3d-0000-4000-8000-000000000001"],
            0,
        ),
        // What can't be read is kept, and costs nothing else.
        l("no domain", "support@contoso", vec!["?support@contoso"], 0),
        l("a name alone", "support", vec!["?support"], 0),
        l(
            "one bad among good",
            "a@x.example, nonsense, b@x.example",
            vec!["a@x.example", "?nonsense", "b@x.example"],
            0,
        ),
        l(
            "two at signs",
            "a@@x.example\nb@x.example",
            vec!["?a@@x.example", "b@x.example"],
            0,
        ),
        l(
            "a bad row in a table",
            "Name,Email\nA,a@x.example\nX,not an address\nB,b@x.example\n",
            vec!["a@x.example", "?not an address", "b@x.example"],
            0,
        ),
        l(
            "an empty row in a table",
            "Name,Email\nA,a@x.example\nX,\nB,b@x.example\n",
            two(),
            1,
        ),
        l(
            "short and long rows",
            "Name,Email\nA,a@x.example,more,and more\nB\nC,b@x.example\n",
            two(),
            1,
        ),
        l(
            "a table without headings",
            "Support,a@x.example,yes\nBilling,b@x.example,no\n",
            two(),
            0,
        ),
        l(
            "a table of dates and names",
            "Display name,Email address,Last modified time\nA,a@x.example,2026-11-03 10:04:00Z\n",
            vec!["a@x.example"],
            0,
        ),
        l(
            "addresses in a note are no entries",
            "Email,Note\na@x.example,\"replaces c@y.example, d@y.example\"\nb@x.example,see a@x.example\n",
            two(),
            0,
        ),
        l(
            "export-csv of one column",
            "#TYPE Selected.System.Object\r\n\"PrimarySmtpAddress\"\r\n\"a@x.example\"\r\n\"b@x.example\"\r\n",
            two(),
            0,
        ),
        l(
            "one column of proxy addresses",
            "EmailAddresses\nsmtp:old@x.example SMTP:a@x.example\nSMTP:b@x.example\n",
            two(),
            0,
        ),
        l(
            "one column, two in a line and a bad one",
            "Email\na@x.example, b@x.example\nnonsense\n",
            vec!["a@x.example", "b@x.example", "?nonsense"],
            0,
        ),
        l(
            "a quotation mark that nobody closed, before",
            "Name,Email\n\"A,a@x.example\nB,b@x.example\n",
            two(),
            0,
        ),
        l(
            "a quotation mark that nobody closed, behind",
            "Email;Name\na@x.example;\"A\nb@x.example;B\n",
            two(),
            0,
        ),
        l(
            "a note of two lines",
            "Email,Note\na@x.example,\"replaces\nc@y.example\"\nb@x.example,\n",
            two(),
            0,
        ),
        l(
            "separator named",
            "sep=;\nName;Email\nA;a@x.example\nB;b@x.example\n",
            two(),
            0,
        ),
        l("nothing", "", vec![], 0),
        l("only spaces", " \n\t \u{200b}\n", vec![], 0),
    ]
}

#[test]
fn lists_are_read_as_people_mean_them() {
    let lists = lists();
    let mut wrong = Vec::new();
    for (name, text, expected, aside) in &lists {
        let reading = read(text);
        if told(&reading) != *expected || reading.aside.len() != *aside {
            wrong.push(format!(
                "{name}: {:?} instead of {expected:?}; {} aside instead of {aside}; {:?}",
                told(&reading),
                reading.aside.len(),
                reading.shape
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        lists.len(),
        wrong.join("\n")
    );
    assert!(lists.len() >= 60, "{}", lists.len());
}

#[test]
fn the_column_is_named() {
    let reading = read(
        "Display name,Email address,Recipient type\nA,a@x.example,UserMailbox\nB,b@x.example,UserMailbox\n",
    );
    let expected = Shape::Table {
        column: "Email address".into(),
        rows: 2,
    };
    assert_eq!(reading.shape, expected);
    assert_eq!(read("a@x.example").shape, Shape::Text);
    assert_eq!(read("PrimarySmtpAddress -eq 'a@x.example'").shape, Shape::Filter);
}

#[test]
fn files_are_read_in_the_encodings_that_programs_write() {
    let text = "Name;Email\nMüller;a@x.example\n";
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(utf16.iter().copied()).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let old: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    for bytes in [text.as_bytes(), &marked, &utf16, &big, &old] {
        assert_eq!(decode(bytes).as_deref(), Ok(text));
    }
    assert_eq!(decode(b"PK\x03\x04rest"), Err(NotText::Binary));
    assert_eq!(decode(&vec![b'a'; LONGEST + 1]), Err(NotText::TooLong));
}

/// Long lists take as long as they are: 100,000 rows, and a line that is all one word.
#[test]
fn a_long_list_is_read_whole() {
    let mut table = String::from("Name,Email\n");
    for number in 0..99_000 {
        table.push_str(&format!("N{number},m{number}@x.example\n"));
    }
    assert_eq!(read(&table).entries.len(), 99_000);
    assert_eq!(read(&"a@".repeat(200_000)).entries.len(), 1);
    assert!(read(&"'".repeat(300_000)).entries.is_empty());
}

/// Numbers that look drawn by chance and are the same each time, so that a failure can be looked at again.
pub(super) struct Draw(pub u64);

impl Draw {
    pub fn below(&mut self, end: usize) -> usize {
        // SplitMix64: enough to mix pieces of text, and quick.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }

    pub fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const PIECES: &[&str] = &[
    "a@x.example",
    "b@",
    "@x.example",
    "o'brien@x.example",
    "SMTP:",
    "smtp:c@x.example",
    "mailto:",
    "Name",
    "Email",
    ",",
    ";",
    "\t",
    "\n",
    "\r\n",
    " ",
    "\"",
    "''",
    "'",
    "<",
    ">",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "…",
    "#TYPE x",
    "#EXT#",
    " -eq ",
    "PrimarySmtpAddress",
    "EmailAddresses",
    " : ",
    "----",
    "-",
    " -or ",
    "\u{200b}",
    "\u{202e}",
    "\u{2028}",
    "„",
    "“",
    "2022-03-18 19:49:35Z",
    "6f1b2c3d-0000-4000-8000-000000000001",
    "UserMailbox",
    "Guest",
    "x",
    "1.",
    "•",
    "+",
    "|",
    ":",
    ".",
    "sep=;",
    "müller@bücher.example",
    "＠",
    "?subject=x",
    "@@",
    "..",
];

/// Whatever is pasted: no panic, and nothing is called an address that doesn't stand in the text.
#[test]
fn nothing_is_made_up() {
    let mut draw = Draw(7);
    for _ in 0..70_000 {
        let mut text = String::new();
        for _ in 0..draw.below(14) {
            text.push_str(draw.pick(PIECES));
        }
        let tidied = tidy::without_marks(&text).to_lowercase();
        // A doubled quotation mark is one inside a quoted value.
        let plain = tidied.replace("''", "'").replace("\"\"", "\"");
        // A long value of `Format-List` goes on in the next line.
        let joined: String = plain.split(['\n', '\r']).map(str::trim).collect();
        for entry in &read(&text).entries {
            if let Entry::Address(address) = entry {
                let stands = [&tidied, &plain, &joined]
                    .iter()
                    .any(|text| text.contains(address.as_str()));
                assert!(stands, "{address} in {text:?}");
            }
        }
    }
}

/// Of a table, the cells of its address column are taken, all of them and no others.
#[test]
fn only_the_address_column_is_taken() {
    const CELLS: &[&str] = &[
        "",
        "Support",
        "Weber Ada",
        "2026-11-03 10:04:00Z",
        "support@contoso",
        "c@y.example",
        "x",
        "yes",
        "Sales/EU",
        "+49 30 1",
        "#EXT#",
        "see a@x.example",
    ];
    let mut draw = Draw(11);
    for _ in 0..30_000 {
        let separator = draw.pick(&[",", ";", "\t"]);
        let heading = draw.pick(&[
            "PrimarySmtpAddress",
            "Email address",
            "Primary SMTP address",
            "mail",
            "E-mail",
        ]);
        let mut text = format!("Name{separator}{heading}{separator}Note\n");
        let mut addresses: Vec<String> = Vec::new();
        for _ in 0..=draw.below(5) {
            let address = format!("m{}@x.example", draw.below(20));
            let shown = if draw.below(2) == 0 {
                format!("\"{address}\"")
            } else {
                address.clone()
            };
            text.push_str(&format!(
                "{}{separator}{shown}{separator}{}\n",
                draw.pick(CELLS),
                draw.pick(CELLS)
            ));
            if !addresses.contains(&address) {
                addresses.push(address);
            }
        }
        assert_eq!(told(&read(&text)), addresses, "{text:?}");
    }
}
