//! The mail that every mailbox holds from the start, made from the directory's seed and the mailbox's position.
//!
//! The same message is made byte for byte each time, so that UIDs, sizes and ids hold over restarts.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};
use mail_builder::MessageBuilder;
use mail_builder::headers::HeaderType;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::mime::MimePart;

use crate::organisation::mailboxes::html;
use crate::organisation::mailboxes::letters::{Attachment, CORRESPONDENTS, LETTERS, OWN_FOLDERS};
use crate::organisation::mailboxes::mailbox::{Content, Folder, Mailbox, Message, Purpose, flag};
use crate::people::directory::{Directory, IdKind};
use crate::people::made_up::mix;

/// The instant of the newest made-up message.
const NEWEST: &str = "2026-11-20T15:40:00Z";
/// A picture of one grey pixel.
const PIXEL: [u8; 67] = [
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0,
    0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63,
    0x68, 0, 0, 0, 0x82, 0, 0x81, 0x77, 0xcd, 0x72, 0xb6, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42,
    0x60, 0x82,
];

/// What is decided about a made-up message before it is written.
struct Draft {
    purpose: Purpose,
    letter: usize,
    /// The number of replies that came before it in its thread.
    reply: usize,
    received: Timestamp,
    flags: u8,
    chance: u64,
}

/// How many made-up messages each folder has; the rest of the numbers follow from it.
struct Plan {
    chance: u64,
    inbox: u32,
    sent: u32,
    archive: u32,
    junk: u32,
    own: u32,
}

impl Plan {
    fn new(directory: &Directory, position: usize) -> Self {
        let id = directory.id(IdKind::Exchange, position);
        let digits: String = id.chars().filter(char::is_ascii_hexdigit).take(16).collect();
        let chance = mix(u64::from_str_radix(&digits, 16).unwrap_or_default());
        let from = |shift: u32, range: u64| u32::try_from((chance >> shift) % range).unwrap_or_default();
        Self {
            chance,
            inbox: 18 + from(0, 14),
            sent: 5 + from(8, 5),
            archive: 3 + from(16, 3),
            junk: 2,
            own: if from(24, 3) == 0 { 3 } else { 0 },
        }
    }

    /// The folder of a message and its place within it.
    fn place(&self, index: u32) -> (Purpose, u32) {
        let mut rest = index;
        for (purpose, count) in [
            (Purpose::Inbox, self.inbox),
            (Purpose::Sent, self.sent),
            (Purpose::Archive, self.archive),
            (Purpose::Junk, self.junk),
            (Purpose::Deleted, 2),
            (Purpose::Drafts, 1),
        ] {
            if rest < count {
                return (purpose, rest);
            }
            rest -= count;
        }
        (Purpose::Own, rest)
    }

    fn total(&self) -> u32 {
        self.inbox + self.sent + self.archive + self.junk + 2 + 1 + self.own
    }

    fn count(&self, purpose: Purpose) -> u32 {
        match purpose {
            Purpose::Inbox => self.inbox,
            Purpose::Sent => self.sent,
            Purpose::Archive => self.archive,
            Purpose::Junk => self.junk,
            Purpose::Deleted => 2,
            Purpose::Drafts => 1,
            Purpose::Own => self.own,
            Purpose::Root | Purpose::Outbox => 0,
        }
    }

    fn draft(&self, index: u32) -> Draft {
        let (purpose, place) = self.place(index);
        let chance = mix(self.chance ^ (u64::from(index) << 20));
        // Every third message of the inbox answers the one before it, so that there are threads.
        let reply = match purpose {
            Purpose::Inbox => usize::try_from(place % 3 / 2).unwrap_or_default(),
            Purpose::Sent => 1,
            _ => 0,
        };
        let subject_of = match purpose {
            Purpose::Inbox if reply == 1 => index - 1,
            // What was sent answers what stands at the same place in the inbox.
            Purpose::Sent => place,
            _ => index,
        };
        let letter = mix(self.chance.rotate_left(7) ^ u64::from(subject_of)) % LETTERS.len() as u64;
        let newer = i64::from(self.count(purpose).saturating_sub(place + 1));
        let seconds = newer * 70_000 + i64::try_from(chance % 60_000).unwrap_or_default();
        let newest: Timestamp = NEWEST.parse().unwrap_or_default();
        let mut flags = 0;
        let read = match purpose {
            Purpose::Inbox => place + 5 < self.inbox || chance.is_multiple_of(4),
            Purpose::Junk => false,
            _ => true,
        };
        if read {
            flags |= flag::SEEN;
        }
        if purpose == Purpose::Inbox && chance % 11 == 3 {
            flags |= flag::FLAGGED;
        }
        if purpose == Purpose::Inbox && place < self.sent {
            flags |= flag::ANSWERED;
        }
        if purpose == Purpose::Drafts {
            flags |= flag::DRAFT;
        }
        Draft {
            purpose,
            letter: usize::try_from(letter).unwrap_or_default(),
            reply,
            received: newest
                .checked_sub(SignedDuration::from_secs(seconds))
                .unwrap_or(newest),
            flags,
            chance,
        }
    }
}

/// The mailbox as it is before anybody changes it.
pub(crate) fn mailbox(directory: &Directory, position: usize) -> Mailbox {
    let plan = Plan::new(directory, position);
    // Below 2^31, and never 0; the same at every start.
    let validity = u32::try_from(plan.chance >> 34).unwrap_or_default() + 1;
    let folder = |purpose: Purpose, name: &str, parent: u32| {
        let number = purpose.number();
        Folder {
            number,
            name: name.to_owned(),
            parent,
            purpose,
            uid_validity: validity + number,
            uid_next: uid(plan.count(purpose)),
            subscribed: true,
        }
    };
    let root = Purpose::Root.number();
    let mut folders = vec![
        folder(Purpose::Root, "Top of Information Store", root),
        folder(Purpose::Inbox, "Inbox", root),
        folder(Purpose::Drafts, "Drafts", root),
        folder(Purpose::Sent, "Sent Items", root),
        folder(Purpose::Deleted, "Deleted Items", root),
        folder(Purpose::Archive, "Archive", root),
        folder(Purpose::Junk, "Junk Email", root),
        folder(Purpose::Outbox, "Outbox", root),
    ];
    if plan.own > 0 {
        let at = usize::try_from(plan.chance >> 40).unwrap_or_default() % OWN_FOLDERS.len();
        folders.push(folder(Purpose::Own, OWN_FOLDERS[at], Purpose::Inbox.number()));
    }
    let messages = (0..plan.total())
        .map(|index| {
            let draft = plan.draft(index);
            let (purpose, place) = plan.place(index);
            Message {
                number: index + 1,
                folder: purpose.number(),
                uid: uid(place),
                content: Content::Seeded(index),
                received: draft.received,
                flags: draft.flags,
                categories: Vec::new(),
                changed: 1,
            }
        })
        .collect();
    Mailbox {
        folders,
        messages,
        next_folder: 10,
        next_message: plan.total() + 1,
        changes: 1,
        removals: VecDeque::new(),
        settings: serde_json::Map::new(),
    }
}

/// UIDs have gaps, as they have in every mailbox that was used for a while.
fn uid(place: u32) -> u32 {
    place + 1 + place / 4 * 2
}

fn message_id(plan: &Plan, index: u32) -> String {
    format!("{:016x}.{index}@mail.contoso.example", plan.chance)
}

/// A name and an address.
type Party = (String, String);

fn colleague(directory: &Directory, chance: u64) -> Party {
    // Few enough that a directory of another size still has the same ones at the same places.
    let count = directory.entries().len().clamp(1, 200) as u64;
    let at = usize::try_from(mix(chance) % count).unwrap_or_default();
    directory.entry(at).map_or_else(Party::default, |entry| {
        (entry.display_name.to_string(), entry.address())
    })
}

fn correspondent(directory: &Directory, chance: u64) -> Party {
    if chance.is_multiple_of(3) {
        return colleague(directory, chance);
    }
    let at = usize::try_from(chance >> 8).unwrap_or_default() % CORRESPONDENTS.len();
    let (name, address) = CORRESPONDENTS[at];
    (name.to_owned(), address.to_owned())
}

fn address(party: &Party) -> Address<'_> {
    let name = (!party.0.is_empty()).then_some(party.0.as_str());
    Address::new_address(name, party.1.as_str())
}

/// The bytes of a made-up message.
pub(crate) fn bytes(directory: &Directory, position: usize, index: u32) -> Vec<u8> {
    let plan = Plan::new(directory, position);
    let draft = plan.draft(index);
    let letter = LETTERS.get(draft.letter).unwrap_or(&LETTERS[0]);
    let owner = directory.entry(position).map_or_else(Party::default, |entry| {
        (entry.display_name.to_string(), entry.address())
    });
    let other = correspondent(directory, draft.chance);
    let outgoing = matches!(draft.purpose, Purpose::Sent | Purpose::Drafts);
    let (from, to) = if outgoing {
        (&owner, &other)
    } else {
        (&other, &owner)
    };
    let subject = if draft.reply > 0 {
        format!("Re: {}", letter.subject)
    } else {
        letter.subject.to_owned()
    };
    let id = message_id(&plan, index);
    let mut builder = MessageBuilder::new()
        .from(address(from))
        .to(address(to))
        .subject(subject.as_str())
        .date(draft.received.as_second() - 2)
        .message_id(id.as_str());
    let copied = colleague(directory, draft.chance ^ 0xcc);
    if draft.chance % 5 == 1 {
        builder = builder.cc(address(&copied));
    }
    let parent;
    if draft.reply > 0 {
        let (_, place) = plan.place(index);
        parent = message_id(&plan, if outgoing { place } else { index - 1 });
        builder = builder.in_reply_to(parent.as_str()).references(parent.as_str());
    }
    if draft.chance % 13 == 5 {
        builder = builder
            .header("Importance", mail_builder::headers::raw::Raw::new("high"))
            .header("X-Priority", mail_builder::headers::raw::Raw::new("1"));
    }
    let body = body(letter.text, letter.attachment, &plan, index, draft.chance);
    builder.body(body).write_to_vec().unwrap_or_default()
}

fn multipart<'x>(kind: &'static str, plan: &Plan, index: u32, parts: Vec<MimePart<'x>>) -> MimePart<'x> {
    // The crate would make a boundary from the clock; these must be the same each time.
    let boundary = format!("=_{kind}_{:08x}_{index}", plan.chance >> 32);
    let content_type = ContentType::new(format!("multipart/{kind}")).attribute("boundary", boundary);
    MimePart::new(content_type, parts)
}

fn body(
    text: &'static str,
    attachment: Option<Attachment>,
    plan: &Plan,
    index: u32,
    chance: u64,
) -> MimePart<'static> {
    let plain = MimePart::new("text/plain", text);
    // Some people's programs write no HTML.
    if attachment.is_none() && chance % 4 == 1 {
        return plain;
    }
    let mut page = html::from_text(text);
    if attachment == Some(Attachment::Picture) {
        let picture = "<p><img src=\"cid:letterhead@contoso.example\" alt=\"Letterhead\"></p></body>";
        page = page.replace("</body>", picture);
    }
    let page = MimePart::new("text/html", page);
    let both = multipart("alternative", plan, index, vec![plain, page]);
    match attachment {
        None => both,
        Some(Attachment::Picture) => {
            let picture = MimePart::new("image/png", PIXEL.to_vec())
                .header(
                    "Content-Disposition",
                    HeaderType::from(ContentType::new("inline").attribute("filename", "letterhead.png")),
                )
                .cid("letterhead@contoso.example");
            multipart("related", plan, index, vec![both, picture])
        }
        Some(Attachment::List) => {
            let rows: String = (1..=20)
                .map(|row| format!("{row};Pumpe {};{}\r\n", row * 7, row * 13 % 40))
                .collect();
            let list = MimePart::new(
                ContentType::new("text/csv").attribute("charset", "utf-8"),
                format!("Nr;Bezeichnung;Stück\r\n{rows}"),
            )
            .attachment("Lagerbestände Woche 47.csv");
            multipart("mixed", plan, index, vec![both, list])
        }
        Some(Attachment::Page) => {
            let page = MimePart::new("application/pdf", pdf()).attachment("document.pdf");
            multipart("mixed", plan, index, vec![both, page])
        }
        Some(Attachment::Message) => {
            let inner = "From: Carrier <claims@carrier.example>\r\nTo: customer@example.org\r\nSubject: =?utf-8?q?Schaden_an_Paket_7_=E2=80=93_best=C3=A4tigt?=\r\n\
                 Date: Mon, 16 Nov 2026 10:00:00 +0100\r\nMessage-ID: <claim-7@carrier.example>\r\n\
                 Content-Type: text/plain; charset=utf-8\r\n\r\nWe have noted the damage.\r\n";
            let forwarded = MimePart::new(ContentType::new("message/rfc822"), inner.as_bytes())
                .header(
                    "Content-Disposition",
                    HeaderType::from(ContentType::new("attachment").attribute("filename", "claim.eml")),
                )
                .transfer_encoding("7bit");
            multipart("mixed", plan, index, vec![both, forwarded])
        }
    }
}

/// A page without content, with a correct table of its objects.
fn pdf() -> Vec<u8> {
    let objects = [
        "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n",
        "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n",
        "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n",
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut table = String::from("xref\n0 4\n0000000000 65535 f \n");
    for object in objects {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(object);
    }
    let start = file.len();
    file.push_str(&table);
    file.push_str(&format!(
        "trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    ));
    file.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use mail_parser::MessageParser;

    #[test]
    fn made_up_mail_is_whole_varied_and_the_same_each_time() {
        let directory = Directory::generate(365, 300);
        let (mut attachments, mut plain_only, mut replies, mut foreign) = (0, 0, 0, 0);
        for position in 0..40 {
            let first = mailbox(&directory, position);
            assert_eq!(first, mailbox(&directory, position));
            assert!((24..60).contains(&first.messages.len()));
            for message in &first.messages {
                let Content::Seeded(index) = message.content else {
                    panic!("made up");
                };
                let bytes = bytes(&directory, position, index);
                assert_eq!(
                    bytes,
                    crate::organisation::mailboxes::seeded::bytes(&directory, position, index)
                );
                assert!(!bytes.windows(2).any(|pair| pair[1] == b'\n' && pair[0] != b'\r'));
                let parsed = MessageParser::new().parse(&bytes[..]).expect("a message");
                assert!(parsed.message_id().is_some() && parsed.date().is_some());
                assert!(parsed.from().is_some() && parsed.subject().is_some());
                attachments += parsed.attachment_count();
                plain_only += usize::from(parsed.parts.len() == 1);
                replies += usize::from(parsed.in_reply_to().as_text().is_some());
                foreign += usize::from(!parsed.subject().unwrap_or_default().is_ascii());
            }
        }
        assert!(attachments > 50 && plain_only > 50 && replies > 50 && foreign > 50);
    }

    #[test]
    fn uids_rise_in_every_folder() {
        let directory = Directory::generate(365, 300);
        for position in 0..50 {
            let mailbox = mailbox(&directory, position);
            for folder in &mailbox.folders {
                let uids: Vec<u32> = mailbox
                    .in_folder(folder.number)
                    .map(|message| message.uid)
                    .collect();
                assert!(uids.is_sorted_by(|left, right| left < right));
                assert!(uids.last().is_none_or(|last| *last < folder.uid_next));
            }
        }
    }
}
