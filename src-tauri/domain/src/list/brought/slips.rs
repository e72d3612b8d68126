//! Ids in place of addresses, and slips of the pen.

use super::{AB, IDS, List};

pub(super) const LISTS: &[List] = &[
    (
        "proxies of one mailbox",
        "SMTP:a@x.example smtp:old@x.example SIP:a@x.example X500:/o=ExchangeLabs/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=0123-a",
        &["a@x.example", "old@x.example"],
        0,
    ),
    (
        "proxies of graph",
        "SMTP:a@x.example\nsmtp:b@x.example\nsip:a@x.example\nSPO:SPO_6f1b@SPO_72f9\nX500:/o=ExchangeLabs/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=0123456789abcdef0123456789abcdef-support\n",
        AB,
        2,
    ),
    (
        "legacy dn",
        "/o=ExchangeLabs/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=0123-a",
        &["?/o=ExchangeLabs/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=0123-a"],
        0,
    ),
    (
        "distinguished name",
        "CN=Support,OU=contoso.onmicrosoft.com,OU=Microsoft Exchange Hosted Organizations,DC=EURPR05A001,DC=PROD,DC=OUTLOOK,DC=COM",
        &[
            "?CN=Support,OU=contoso.onmicrosoft.com,OU=Microsoft Exchange Hosted Organizations,DC=EURPR05A001,DC=PROD,DC=OUTLOOK,DC=COM",
        ],
        0,
    ),
    (
        "distinguished names and an address",
        "CN=Support,OU=Users,DC=x,DC=example\nb@x.example\n",
        &["?CN=Support,OU=Users,DC=x,DC=example", "b@x.example"],
        0,
    ),
    (
        "ids in lines with names",
        "Support 6f1b2c3d-0000-4000-8000-000000000001\nBilling {6F1B2C3D-0000-4000-8000-000000000002}\n",
        IDS,
        0,
    ),
    (
        "id with a prefix",
        "objectId: 6f1b2c3d-0000-4000-8000-000000000001\nid=6f1b2c3d-0000-4000-8000-000000000002\n",
        IDS,
        0,
    ),
    (
        "id without dashes",
        "6f1b2c3d000040008000000000000001",
        &["#6f1b2c3d-0000-4000-8000-000000000001"],
        0,
    ),
    (
        "link to a user in the portal",
        "https://portal.azure.com/#view/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/overview/userId/6f1b2c3d-0000-4000-8000-000000000001/hidePreviewBanner~/true",
        &[
            "?https://portal.azure.com/#view/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/overview/userId/6f1b2c3d-0000-4000-8000-000000000001/hidePreviewBanner~/true",
        ],
        0,
    ),
    // Slips.
    ("comma for a dot", "a@x,example", &["?a@x,example"], 0),
    (
        "comma for a dot among others",
        "a@x,example\nb@x.example\n",
        &["?a@x,example", "b@x.example"],
        0,
    ),
    (
        "space around the at",
        "a @x.example\nb@ x.example\n",
        &["?a @x.example", "?b@ x.example"],
        0,
    ),
    (
        "space inside",
        "billing team@x.example\nb@x.example",
        &["team@x.example", "b@x.example"],
        0,
    ),
    (
        "at in words",
        "support at x dot example\nb@x.example",
        &["?support at x dot example", "b@x.example"],
        0,
    ),
    (
        "at in brackets",
        "support[at]x.example\nbilling(at)x[dot]example",
        &["?support[at]x.example", "?billing(at)x[dot]example"],
        0,
    ),
    (
        "two dots",
        "a@x..example\nb@x.example",
        &["?a@x..example", "b@x.example"],
        0,
    ),
    (
        "dots behind",
        "a@x.example..., b@x.example…",
        &["?a@x.example...", "?b@x.example…"],
        0,
    ),
    (
        "semicolon and full stop behind",
        "a@x.example;.\nb@x.example.,",
        AB,
        0,
    ),
    (
        "two without a separator",
        "a@x.exampleb@x.example",
        &["?a@x.exampleb@x.example"],
        0,
    ),
    (
        "local domain",
        "admin@localhost\nb@x.example",
        &["?admin@localhost", "b@x.example"],
        0,
    ),
    (
        "name with an accent",
        "jürgen@x.example",
        &["jürgen@x.example"],
        0,
    ),
    (
        "typographic apostrophe",
        "o’brien@x.example",
        &["o’brien@x.example"],
        0,
    ),
    (
        "quoted apostrophe",
        "'o'brien@x.example', 'b@x.example'",
        &["o'brien@x.example", "b@x.example"],
        0,
    ),
    (
        "punycode",
        "info@xn--bcher-kva.example",
        &["info@xn--bcher-kva.example"],
        0,
    ),
    (
        "plus in capitals",
        "Tickets+EU@X.example",
        &["tickets+eu@x.example"],
        0,
    ),
    (
        "slash in a name",
        "sales/eu@x.example",
        &["sales/eu@x.example"],
        0,
    ),
    ("equals in a name", "bounce=a@x.example", &["a@x.example"], 0),
    ("ampersand in a name", "r&d@x.example", &["r&d@x.example"], 0),
    (
        "underscore at the ends",
        "_support_@x.example",
        &["_support_@x.example"],
        0,
    ),
    (
        "leading dash name",
        "-support@x.example",
        &["support@x.example"],
        0,
    ),
];
