//! What remarks and notes say beside hours: that a shift may no longer stand as its row says, the
//! telephone of the duty room, units that sent nothing.
//!
//! Knows one text, and changes no shift: a remark that may is a finding.

use super::names::{Spacing, is_people};
use super::plain::plain;
use super::vocabulary::{CHANGES, NOT_SUBMITTED};

/// The numbers a note gives for the duty room: 值班电话0000-5550111.
pub(super) fn duty_lines(note: &str) -> Vec<String> {
    const CALLED: [&str; 6] = [
        "值班电话",
        "值班室电话",
        "值班座机",
        "值班热线",
        "duty phone",
        "duty line",
    ];
    let text = plain(note).to_lowercase();
    let called = CALLED.iter().flat_map(|word| {
        text.match_indices(word)
            .map(|(at, _)| &text[at + word.len()..])
    });
    let mut found = Vec::new();
    for rest in called {
        let rest = rest.trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, ':' | '是' | '为' | '(' | ')')
        });
        let run = |text: &str| {
            text.find(|c: char| !(c.is_ascii_digit() || c == '-'))
                .unwrap_or(text.len())
        };
        let number = rest[..run(rest)].trim_end_matches('-');
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        if digits >= 7 && !found.iter().any(|known| known == number) {
            found.push(number.to_owned());
        }
    }
    found
}

/// Whether a remark may change who is on, or when: 取消, 改由王磊值, 王磊代.
pub(super) fn may_change(remark: &str, spacing: Spacing) -> bool {
    let text = plain(remark).to_lowercase();
    let by_somebody = || {
        text.split(['、', ',', '，', ';', ' ', '\n', '。', '(', ')'])
            .any(|clause| {
                let stands_in = ["代", "替", "顶", "值", "值班"]
                    .iter()
                    .filter_map(|w| clause.strip_suffix(w))
                    .any(|who| is_people(who.trim_start_matches(['由', '请']), spacing));
                let for_whom = ["替", "代", "顶", "换"]
                    .iter()
                    .filter_map(|w| clause.strip_prefix(w))
                    .any(|who| is_people(who, spacing));
                stands_in || for_whom
            })
    };
    CHANGES.iter().any(|word| text.contains(word)) || by_somebody()
}

/// Whether a note tells of one day's change, and not of the rules of duty.
pub(super) fn changes_a_day(note: &str, spacing: Spacing) -> bool {
    plain(note)
        .split([';', '。', '\n'])
        .any(|clause| names_a_day(clause) && may_change(clause, spacing))
}

/// 10月3日, 3号: a day with its sign somewhere in a text.
fn names_a_day(text: &str) -> bool {
    text.char_indices().any(|(at, c)| {
        matches!(c, '日' | '号')
            && text[..at]
                .chars()
                .next_back()
                .is_some_and(|before| before.is_ascii_digit())
    })
}

/// 未报单位：大湾乡、青山乡 → their names.
pub(super) fn not_submitted(text: &str) -> Option<Vec<String>> {
    let text = text.trim();
    let plain_text = plain(text);
    let lower = plain_text.to_lowercase();
    let start = NOT_SUBMITTED.iter().find(|w| lower.starts_with(*w))?;
    let rest = plain_text
        .get(start.len()..)?
        .trim_start_matches(|c: char| {
            matches!(c, ':' | '(' | ')' | ' ') || "的单位有是为".contains(c)
        });
    let names: Vec<String> = rest
        .split(['、', ',', '，', ';', ' ', '\n', '。'])
        .map(|n| n.trim().trim_end_matches(['等', '.']))
        .filter(|n| n.chars().count() >= 2 && !matches!(*n, "无" | "没有"))
        .map(str::to_owned)
        .collect();
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_may_change_a_shift() {
        let changes = |text| may_change(text, Spacing::BetweenPeople);
        for text in [
            "取消",
            "改由王磊值",
            "王磊代",
            "替郑成",
            "与赵敏对调",
            "仅白天，仅值半天",
        ] {
            assert!(changes(text), "{text}");
        }
        for text in [
            "每日8:00交接",
            "手机24小时开机",
            "中秋节",
            "党员",
            "已报备",
            "党委委员",
        ] {
            assert!(!changes(text), "{text}");
        }
    }

    #[test]
    fn a_note_of_one_day_may_change_a_shift() {
        let changes = |text| changes_a_day(text, Spacing::BetweenPeople);
        assert!(changes("注：10月3日王磊改由赵敏值班。"));
        assert!(!changes(
            "注：请假须报批，换班须经领导同意；10月1日起执行。"
        ));
    }

    #[test]
    fn a_note_gives_the_duty_line() {
        assert_eq!(
            duty_lines("备注：1.值班电话0000-5550111；2.领导带班24小时保持手机畅通。"),
            ["0000-5550111"]
        );
        assert!(duty_lines("联系电话：13800000999").is_empty());
    }

    #[test]
    fn units_that_sent_nothing_are_named() {
        assert_eq!(
            not_submitted("未报单位：大湾乡、青山乡"),
            Some(vec!["大湾乡".to_owned(), "青山乡".to_owned()])
        );
        assert_eq!(not_submitted("注：无"), None);
    }
}
