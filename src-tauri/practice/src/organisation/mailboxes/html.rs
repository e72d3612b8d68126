//! Text to HTML and back, for bodies and previews.

/// A simple page of a text: one paragraph for each block of lines.
pub(crate) fn from_text(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut page = String::from(
        "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"></head><body>",
    );
    for block in text.split("\n\n") {
        page.push_str("<p>");
        page.push_str(&escape(block).replace('\n', "<br>\r\n"));
        page.push_str("</p>\r\n");
    }
    page.push_str("</body></html>\r\n");
    page
}

/// Text that means nothing to HTML.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// The words of a page, without its tags, in one line.
pub(crate) fn to_words(page: &str) -> String {
    let mut words = String::with_capacity(page.len() / 2);
    let mut rest = page;
    while let Some(open) = rest.find('<') {
        words.push_str(&rest[..open]);
        words.push(' ');
        let tag = &rest[open..];
        let name: String = tag
            .chars()
            .skip(1)
            .take_while(char::is_ascii_alphabetic)
            .collect::<String>()
            .to_ascii_lowercase();
        // What stands in these is for the program and not for the reader.
        let until = match name.as_str() {
            "style" => "</style",
            "script" => "</script",
            "head" => "</head",
            _ => "",
        };
        let from = if until.is_empty() {
            Some(0)
        } else {
            find_ignoring_case(tag, until)
        };
        let close = from.and_then(|from| tag[from..].find('>').map(|at| from + at + 1));
        rest = close.map_or("", |close| &tag[close..]);
    }
    words.push_str(rest);
    let words = words
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    text.as_bytes()
        .windows(wanted.len())
        .position(|window| window.eq_ignore_ascii_case(wanted.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_comes_back_from_its_page() {
        let page = from_text("a < b & \"c\"\n\nd\ne");
        assert!(page.contains("a &lt; b"));
        assert_eq!(to_words(&page), "a < b & \"c\" d e");
    }

    #[test]
    fn broken_pages_are_read_to_their_end() {
        for page in [
            "<",
            "a<b",
            "<style>x",
            "<STYLE>p{}</style>ü<",
            "</",
            "<script>é</ScRiPt>",
        ] {
            let _ = to_words(page);
        }
        assert_eq!(to_words("<style>p{}</STYLE><p>x</p>"), "x");
    }
}
