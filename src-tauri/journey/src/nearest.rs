//! The mailbox that somebody meant and mistyped.

use domain::address::Address;
use microsoft::exchange::recipients::Recipient;

/// The address that is nearest to a mistyped one, where it is near enough to be a slip and no other is as near.
///
/// Slips that cost nothing: look-alike letters, an apostrophe that is missing or another one, a tag behind a plus sign,
/// a wrong or missing domain of the same name. Others count by letters: two, or three in a long address.
pub(crate) fn nearest(
    typed: &str,
    recipients: &[Recipient],
    fit: impl Fn(&Recipient) -> bool,
) -> Option<Address> {
    let allowed = if typed.chars().count() > 24 { 3 } else { 2 };
    let mut best: Option<(usize, &Address)> = None;
    let mut tied = false;
    for recipient in recipients.iter().filter(|recipient| fit(recipient)) {
        // An alias that is meant leads to the mailbox all the same.
        let distance = recipient
            .addresses
            .iter()
            .map(|address| distance(typed, address))
            .min();
        let Some(distance) = distance.filter(|distance| *distance <= allowed) else {
            continue;
        };
        match best {
            Some((least, held)) if distance == least && *held != recipient.address => tied = true,
            Some((least, _)) if distance >= least => {}
            _ => {
                best = Some((distance, &recipient.address));
                tied = false;
            }
        }
    }
    best.filter(|_| !tied).map(|(_, address)| address.clone())
}

fn distance(typed: &str, address: &Address) -> usize {
    let (name, domain) = typed.split_once('@').unwrap_or((typed, ""));
    let of_names = strsim::osa_distance(&plain(name), &plain(address.name()));
    let of_domains = strsim::osa_distance(&plain(domain), &plain(address.domain()));
    // The same name at another domain is one slip, however different the domain is: a wrong top-level domain, an old
    // domain, or none at all.
    of_names
        + if of_names == 0 {
            of_domains.min(1)
        } else {
            of_domains
        }
}

/// A text with look-alikes made the same, and without what is easily left out.
fn plain(text: &str) -> String {
    let text = text.to_lowercase();
    let untagged = text.split('+').next().unwrap_or_default();
    untagged
        .replace(['\'', '’', '‘', '`', '´'], "")
        .replace('0', "o")
        .replace(['1', '|'], "l")
        .replace("rn", "m")
        .replace("vv", "w")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recipient(address: &str, alias: Option<&str>) -> Recipient {
        let parse = |text: &str| Address::parse(text).unwrap();
        Recipient {
            address: parse(address),
            addresses: std::iter::once(address).chain(alias).map(parse).collect(),
            object_id: None,
            kind: "SharedMailbox".into(),
            name: "A".into(),
        }
    }

    #[test]
    fn slips_that_people_make_are_put_right() {
        let all = [
            recipient("billing@contoso.example", Some("invoices@contoso.example")),
            recipient("o'brien@contoso.example", None),
            recipient("office@contoso.example", None),
            recipient("modern@contoso.example", None),
            recipient("tickets@contoso.example", None),
        ];
        for (typed, meant) in [
            ("biling@contoso.example", "billing@contoso.example"),
            ("blilign@contoso.example", "billing@contoso.example"),
            ("billling@contoso.example", "billing@contoso.example"),
            ("bi11ing@contoso.example", "billing@contoso.example"),
            ("billing@contoso.com", "billing@contoso.example"),
            ("billing@contoso", "billing@contoso.example"),
            ("billing@other.example", "billing@contoso.example"),
            ("invoicse@contoso.example", "billing@contoso.example"),
            ("obrien@contoso.example", "o'brien@contoso.example"),
            ("o’brien@contoso.example", "o'brien@contoso.example"),
            ("0ffice@contoso.example", "office@contoso.example"),
            ("modem@contoso.example", "modern@contoso.example"),
            ("tickets+web@contoso.example", "tickets@contoso.example"),
        ] {
            let found = nearest(typed, &all, |_| true).map(|address| address.to_string());
            assert_eq!(found.as_deref(), Some(meant), "{typed}");
        }
        assert_eq!(nearest("board@contoso.example", &all, |_| true), None);
    }

    #[test]
    fn of_two_that_are_as_near_neither_is_guessed() {
        let all = [
            recipient("sales1@contoso.example", None),
            recipient("sales2@contoso.example", None),
        ];
        assert_eq!(nearest("sales@contoso.example", &all, |_| true), None);
        assert!(nearest("sales@contoso.example", &all[..1], |_| true).is_some());
    }
}
