//! What notes and legends say of hours for the whole table: hours by word or code, the hours of
//! all, the handover.
//!
//! Knows one text; which cells are notes is asked elsewhere.

use super::calendar::{Meaning, Stretch, legend_key, stretch};
use super::heading::role_of;
use super::hours::{Hours, hours, may_begin, meaning, shift_word_first};
use super::plain::plain;
use super::vocabulary::SHIFT_WORDS;

/// Hours a sentence gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Told {
    pub legend: Vec<(String, Meaning)>,
    /// Hours that belong to no word.
    pub hours: Vec<Stretch>,
    pub handover: Option<u32>,
}

/// What stands between two clauses of a note.
fn ends_clause(c: char) -> bool {
    matches!(c, ';' | '。' | ',' | '，' | '\n' | '、' | '\t' | '；' | '|')
}

/// The hours a title, note or legend gives.
pub(super) fn told(text: &str) -> Told {
    let text = plain(text);
    let mut told = Told::default();
    let mut labelled: Vec<(String, Stretch)> = Vec::new();
    let mut clause_start = 0;
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if ends_clause(c) {
            alias(&text[clause_start..at], &mut told);
            at += c.len_utf8();
            clause_start = at;
            continue;
        }
        // 小夜16:00 is a word and a clock, not 夜16:00.
        let begins = text[clause_start..at].trim_end().ends_with([':', '(', ' '])
            || text[clause_start..at].trim().is_empty();
        let word = shift_word_first(&text[at..])
            .or_else(|| code_first(&text[at..]))
            .filter(|_| begins);
        if let Some((word, _)) = word.filter(|_| hours(&text[at..]).is_none()) {
            at += word.len();
            continue;
        }
        let mut back = text[..at].chars().rev();
        let inside = match back.next() {
            Some(':' | '-') => back.next().is_some_and(|b| b.is_ascii_digit()),
            before => before.is_some_and(|b| b.is_ascii_digit()),
        };
        let found = if inside || !may_begin(c) {
            None
        } else {
            hours(&text[at..])
        };
        match found {
            Some((range @ Hours::Range { .. }, rest)) => {
                if let Some(stretch) = stretch(&range) {
                    let clause = &text[clause_start..at];
                    match word.map(|(word, _)| word).or_else(|| post_label(clause)) {
                        Some(label) if labels(clause).is_empty() => {
                            labelled.push((legend_key(label), stretch));
                        }
                        _ => assign(clause, rest, stretch, &mut told),
                    }
                }
                at = text.len() - rest.len();
                clause_start = at;
            }
            Some((Hours::At(clock), rest)) if clock.exists && clock.day.is_none() => {
                let clause = &text[clause_start..at];
                let about_handover = ["交接班", "交接", "接班", "换班", "handover"]
                    .iter()
                    .any(|w| clause.contains(w) || rest.trim_start().starts_with(w));
                if about_handover && clock.minute < 24 * 60 {
                    told.handover = Some(clock.minute);
                }
                at = (text.len() - rest.len()).max(at + c.len_utf8());
            }
            _ => at += c.len_utf8(),
        }
    }
    alias(text.get(clause_start..).unwrap_or_default(), &mut told);
    // 夜间18:00-次日8:00 alone is what all have; beside the hours of 白天 it is the night's.
    let alone = labelled.len() == 1 && told.legend.is_empty() && told.hours.is_empty();
    if alone {
        told.hours
            .extend(labelled.iter().map(|(_, stretch)| *stretch));
    } else {
        let entries = labelled.into_iter();
        told.legend
            .extend(entries.map(|(label, stretch)| (label, Meaning::Hours(stretch))));
    }
    told
}

/// 夜 18:00-次日8:00: the code of a shift, and not the half of the day its clock is in.
fn code_first(text: &str) -> Option<(&str, &str)> {
    let (code, rest) = text.split_once(' ')?;
    let is_one = code.chars().count() == 1 && !code.is_ascii();
    (is_one && meaning(code).is_some()).then_some((code, rest))
}

/// The post right before a range: 带班领导8:00-18:00, but not 值班时间8:00-18:00.
fn post_label(clause: &str) -> Option<&str> {
    let clause = clause.trim().trim_end_matches([':', '=', ' ']);
    let label = clause.rsplit([':', ' ', '(']).next()?;
    let label = label.trim_start_matches(|c: char| !c.is_alphanumeric());
    let general = ["时间", "時間", "为", "是", "交接", "上班", "从", "自"];
    let named = (2..=8).contains(&label.chars().count())
        && role_of(label).is_some()
        && !general.iter().any(|word| label.contains(word));
    named.then_some(label)
}

/// The words before a range say what it belongs to: `D:`, 白班, 值班时间为.
fn assign(clause: &str, after: &str, stretch: Stretch, told: &mut Told) {
    if clause.contains("交接") || stretch.end - stretch.start < 60 {
        return;
    }
    let mut words = labels(clause);
    if words.is_empty() {
        let bracket = after
            .trim_start()
            .strip_prefix('(')
            .and_then(|r| r.split(')').next());
        words = bracket
            .filter(|w| meaning(w).is_some())
            .map(|w| vec![legend_key(w)])
            .unwrap_or_default();
    }
    if words.is_empty() {
        let about_else = [
            "开会",
            "会议",
            "就餐",
            "用餐",
            "午餐",
            "报送",
            "报告",
            "上报",
            "食堂",
            "办公时间",
            "上班时间",
            "门诊",
        ]
        .iter()
        .any(|w| clause.contains(w));
        if !about_else {
            told.hours.push(stretch);
        }
        return;
    }
    for word in words {
        told.legend.push((word, Meaning::Hours(stretch)));
    }
}

/// Codes and shift words a clause ends with.
fn labels(clause: &str) -> Vec<String> {
    let clause = clause
        .trim()
        .trim_end_matches([':', '=', '(', '-', ' ', '为', '是', '从', '自', '→', '>'])
        .trim_end();
    let clause = clause.strip_suffix("时间").unwrap_or(clause).trim_end();
    let mut found = Vec::new();
    for word in clause
        .split([':', '=', '(', ' ', '/', '-', ')'])
        .map(str::trim)
        .filter(|w| !w.is_empty())
    {
        let word =
            word.trim_start_matches(|c: char| matches!(c, '1'..='9' | '.' | '、' | '①'..='⑩'));
        let bare = word.strip_suffix('班').unwrap_or(word);
        let code = bare.chars().count() <= 3
            && !bare.is_empty()
            && (bare.is_ascii() && bare.starts_with(|c: char| c.is_ascii_alphabetic())
                || word.chars().count() == 1 && !"注附※说明时日为".contains(word));
        // 两头班: what a house calls one of its own shifts.
        let own = (3..=5).contains(&word.chars().count())
            && word.ends_with('班')
            && role_of(word).is_none()
            && !["接班", "换班", "上班", "下班"]
                .iter()
                .any(|w| word.ends_with(w));
        if meaning(word).is_some() || code || own {
            found.push(legend_key(word));
        }
    }
    if found.is_empty() {
        let longest = SHIFT_WORDS
            .iter()
            .filter(|(word, _)| word.chars().count() >= 2 && !word.is_ascii())
            .filter(|(word, _)| clause.contains(word))
            .max_by_key(|(word, _)| (clause.rfind(word), word.len()));
        found.extend(longest.map(|(word, _)| legend_key(word)));
    }
    found
}

/// `O: 휴무`, D=白班: a code told by a word.
fn alias(clause: &str, told: &mut Told) {
    for pair in clause.split_inclusive(' ').collect::<String>().split("  ") {
        let Some((code, word)) = pair.split_once([':', '=']) else {
            continue;
        };
        let code = code.rsplit([' ', '(']).next().unwrap_or(code).trim();
        let word = word.trim().trim_end_matches(')');
        let short = !code.is_empty() && code.chars().count() <= 3;
        if let (true, Some(meaning)) = (short, meaning(word)) {
            told.legend.push((legend_key(code), Meaning::Word(meaning)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(start: u32, end: u32) -> Stretch {
        Stretch {
            start: start * 60,
            end: end * 60,
        }
    }

    #[test]
    fn a_legend_gives_each_code_its_hours() {
        let told = told("D: 07:00~15:00  E: 15:00~23:00  N: 23:00~07:00  O: 휴무");
        let get = |code: &str| told.legend.iter().find(|(c, _)| c == code).map(|(_, m)| *m);
        assert_eq!(get("d"), Some(Meaning::Hours(minutes(7, 15))));
        assert_eq!(get("n"), Some(Meaning::Hours(minutes(23, 31))));
        assert_eq!(
            get("o"),
            Some(Meaning::Word(super::super::hours::ShiftWord::Off))
        );
        assert!(told.hours.is_empty());
    }

    #[test]
    fn a_legend_needs_no_blank_after_its_colon() {
        let told = told("A：08:00-16:00　P：16:00-24:00　N：0:00-8:00　O：休息");
        assert_eq!(told.legend.len(), 4);
        assert!(
            told.legend
                .contains(&("p".to_owned(), Meaning::Hours(minutes(16, 24))))
        );
    }

    #[test]
    fn a_code_may_be_called_a_shift_and_its_small_hours_the_next_days() {
        let told = told("说明：A班 8:00-16:00；P班 16:00-24:00；N班 0:00-8:00（次日）");
        assert_eq!(
            told.legend,
            [
                ("a".to_owned(), Meaning::Hours(minutes(8, 16))),
                ("p".to_owned(), Meaning::Hours(minutes(16, 24))),
                ("n".to_owned(), Meaning::Hours(minutes(24, 32)))
            ]
        );
    }

    #[test]
    fn a_footnote_gives_the_hours_of_the_table() {
        let told = told(
            "注：1.值班时间为当日8:00至次日8:00；2.值班室电话：0000-5550101；3.带班领导手机24小时开机。",
        );
        assert_eq!(told.hours, [minutes(8, 32)]);
        assert!(told.legend.is_empty());
    }

    #[test]
    fn shift_words_in_a_note_have_their_own_hours() {
        let told = told("值班时间：白班8:00-18:00，夜班18:00-次日8:00");
        assert_eq!(
            told.legend,
            [
                ("白班".to_owned(), Meaning::Hours(minutes(8, 18))),
                ("夜班".to_owned(), Meaning::Hours(minutes(18, 32)))
            ]
        );
    }

    #[test]
    fn a_handover_is_one_clock() {
        assert_eq!(told("交接班时间为每日8:30").handover, Some(510));
        assert!(told("交接班时间 8:00-8:30").hours.is_empty());
    }
}
