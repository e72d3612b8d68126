//! Letters, tickets and notes.

use super::{AB, List};

pub(super) const LISTS: &[List] = &[
    (
        "a ticket",
        "Hi Tom,\n\nplease connect the following mailboxes to the ticket system:\n\n- a@x.example\n- b@x.example\n\nPlease do not forget the calendar.\n\nThanks,\nAnna\n\n--\nAnna Weber | Head of Service\nContoso GmbH, Musterstr. 1, 10115 Berlin\nTel. +49 30 123456-78 | Fax +49 30 123456-79\nwww.x.example\n\nThis e-mail may contain confidential information. If you are not the intended recipient, please delete it.\n",
        AB,
        10,
    ),
    (
        "a german ticket",
        "Hallo zusammen,\n\nbitte folgende Postfächer anbinden:\n\na@x.example\nb@x.example\n\nVielen Dank und viele Grüße\nAnna Weber\n\nGeschäftsführer: Max Muster\nAmtsgericht Berlin, HRB 12345\n",
        AB,
        6,
    ),
    (
        "a sentence over lines",
        "Please connect a@x.example,\nb@x.example and nothing else.\n",
        AB,
        0,
    ),
    (
        "phone numbers",
        "a@x.example +49 30 1234567\nb@x.example, +1 (425) 555-0100\n",
        AB,
        0,
    ),
    (
        "a phone number alone in a row",
        "Support\na@x.example\n+49 30 1234567\nBilling\nb@x.example\n+49 30 1234568\n",
        &["?Support", "a@x.example", "?Billing", "b@x.example"],
        2,
    ),
    (
        "a link beside",
        "a@x.example\nhttps://x.example/tickets?id=4\nb@x.example\n",
        AB,
        1,
    ),
    (
        "a link with a login",
        "https://outlook.office.com/mail/a@x.example/inbox\nhttps://outlook.office.com/mail/b@x.example/",
        AB,
        0,
    ),
    (
        "separators of lines",
        "a@x.example\n------\n======\n* * *\nb@x.example\n",
        AB,
        0,
    ),
    (
        "row counts of sql",
        "a@x.example\nb@x.example\n(2 rows affected)\n",
        &["a@x.example", "b@x.example", "?2 rows affected"],
        0,
    ),
    (
        "vcard",
        "BEGIN:VCARD\nVERSION:3.0\nFN:Support\nEMAIL;TYPE=INTERNET:a@x.example\nEND:VCARD\n",
        &["a@x.example"],
        4,
    ),
    (
        "ldif",
        "dn: CN=Support,OU=Users,DC=x,DC=example\nmail: a@x.example\nproxyAddresses: SMTP:a@x.example\nproxyAddresses: smtp:old@x.example\n\ndn: CN=Billing,OU=Users,DC=x,DC=example\nmail: b@x.example\nproxyAddresses: SMTP:b@x.example\n",
        AB,
        0,
    ),
];
