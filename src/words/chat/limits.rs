//! What one message holds: Telegram counts the text that is left of the HTML, in UTF-16 units.

/// The longest text of a message.
pub(super) const MESSAGE_UNITS: usize = 4096;

/// `html` as it is, or its first lines where all of it is longer than `most` units.
pub(super) fn fitted(html: String, most: usize) -> String {
    if units(&html) <= most {
        return html;
    }
    let mut kept = String::new();
    for line in html.split_inclusive('\n') {
        let longer = format!("{kept}{line}");
        // Room for the mark below.
        if units(&longer) + 2 > most {
            break;
        }
        kept = longer;
    }
    for tag in ["blockquote", "pre", "b"] {
        let opened =
            kept.matches(&format!("<{tag}>")).count() + kept.matches(&format!("<{tag} ")).count();
        if opened > kept.matches(&format!("</{tag}>")).count() {
            kept = format!("{kept}</{tag}>");
        }
    }
    kept + "……"
}

/// How long the text is once tags are out and references are one character each.
fn units(html: &str) -> usize {
    let mut units = 0;
    let mut skipping = None;
    for c in html.chars() {
        match (skipping, c) {
            (None, '<') => skipping = Some('>'),
            (None, '&') => skipping = Some(';'),
            (None, c) => units += c.len_utf16(),
            (Some(end), c) if c == end => {
                skipping = None;
                units += usize::from(end == ';');
            }
            (Some(_), _) => {}
        }
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_left_alone() {
        let html = "<b>岗</b>&amp;🙋";
        assert_eq!(units(html), 4);
        assert_eq!(fitted(html.to_owned(), 4), html);
    }

    #[test]
    fn what_does_not_fit_ends_with_a_whole_line_and_no_open_tag() {
        let line = format!("{}\n", "岗".repeat(9));
        let html = format!("<blockquote expandable>{}</blockquote>", line.repeat(50));
        let cut = fitted(html, 100);
        assert!(cut.starts_with("<blockquote expandable>岗"), "{cut}");
        assert!(cut.ends_with("岗\n</blockquote>……"), "{cut}");
        assert_eq!(units(&cut), 92);
    }
}
