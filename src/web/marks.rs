//! The chat's marks as the desk draws them: a machine without such a font would show boxes.

use maud::PreEscaped;

/// What the desk has a mark of its own for, by its class.
const DRAWN: [(char, &str); 4] = [
    ('✅', "mark ok"),
    ('❌', "mark bad"),
    ('⚠', "mark warn"),
    ('⏳', "mark wait"),
];

/// A message's own markup, which is escaped and has nothing but `<b>` in it.
pub(super) fn marked(html: &str) -> PreEscaped<String> {
    let mut drawn = String::with_capacity(html.len());
    let mut after_mark = false;
    for c in html.chars() {
        if c == ' ' && after_mark {
            after_mark = false;
            continue;
        }
        after_mark = false;
        if let Some((_, class)) = DRAWN.iter().find(|(mark, _)| *mark == c) {
            drawn.extend(["<i class=\"", class, "\"></i>"]);
            after_mark = true;
        } else if is_pictograph(c) {
            after_mark = true;
        } else if c == '\n' {
            drawn.push_str("<br>");
        } else {
            drawn.push(c);
        }
    }
    PreEscaped(drawn)
}

/// A button's words without the chat's pictures.
pub(super) fn plain(label: &str) -> String {
    let kept: String = label.chars().filter(|c| !is_pictograph(*c)).collect();
    kept.trim().to_owned()
}

fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{2300}'..='\u{23FF}' | '\u{2600}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}'
        | '\u{FE0F}' | '\u{20E3}' | '\u{1F000}'..='\u{1FAFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_drawn_and_a_picture_left_out() {
        assert_eq!(
            marked("✅ 14:29 在岗").0,
            "<i class=\"mark ok\"></i>14:29 在岗"
        );
        assert_eq!(
            marked("⚠️ <b>3 处</b>\n☎️ 请打").0,
            "<i class=\"mark warn\"></i><b>3 处</b><br>请打"
        );
        assert_eq!(plain("🙋 暂时离开"), "暂时离开");
    }
}
