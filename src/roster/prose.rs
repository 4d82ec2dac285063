//! What titles, notes and legends say for the whole table: year and month, unit, hours by word,
//! the handover, duty lines, units that sent nothing.

use super::calendar::{Meaning, Stretch, legend_key, stretch};
use super::heading::role_of;
use super::hours::{Hours, hours, may_begin, meaning, shift_word_first};
use super::likely_names::is_unit_name;
use super::names::{Spacing, is_people};
use super::plain::plain;
use super::vocabulary::{CHANGES, NOT_SUBMITTED, SHIFT_WORDS};

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
        let word = shift_word_first(&text[at..]).filter(|_| begins);
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
        let code = word.chars().count() <= 3
            && !word.is_empty()
            && (word.is_ascii() && word.starts_with(|c: char| c.is_ascii_alphabetic())
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

/// The unit a title begins with: 青石县人民政府办公室2026年国庆节… → 青石县人民政府办公室.
pub(super) fn unit_in_title(title: &str) -> Option<String> {
    const ENDS: &[&str] = &[
        "20",
        "二〇",
        "二零",
        "国庆",
        "中秋",
        "春节",
        "元旦",
        "五一",
        "端午",
        "清明",
        "劳动节",
        "节假日",
        "双节",
        "假期",
        "值班",
        "值守",
        "值宿",
        "带班",
        "应急",
        "行政总",
        "行政值",
        "排班",
        "安排",
        "1月",
        "2月",
        "10月",
        "十月",
        "九月",
        "夜班",
        "白班",
        "护士",
        "医生",
        "总值班",
        "各",
        "(",
        "（",
        "关于",
        "duty",
        "Duty",
        "roster",
        "Roster",
        "on-call",
        "근무",
        "당직",
        "日直",
        "宿直",
        "当番",
        "勤務",
        "一周",
        "本周",
        "周",
        "(",
    ];
    let title = title.trim().trim_start_matches(['*', '#', '"']).trim();
    let end = ENDS.iter().filter_map(|w| title.find(w)).min()?;
    let unit = title[..end]
        .trim()
        .trim_end_matches(['-', ':', '：', '—', '_', '的', ' '])
        .trim();
    let shown = unit
        .split_whitespace()
        .last()
        .filter(|_| unit.contains(' ') && is_unit_name(unit))
        .unwrap_or(unit);
    (unit.chars().count() >= 2 && unit.chars().count() <= 40 && is_unit_name(&plain(unit))).then(
        || {
            if shown.len() < unit.len() {
                unit.to_owned()
            } else {
                shown.to_owned()
            }
        },
    )
}

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

    #[test]
    fn titles_tell_the_unit() {
        assert_eq!(
            unit_in_title("青石县人民政府办公室2026年国庆节期间值班安排表").as_deref(),
            Some("青石县人民政府办公室")
        );
        assert_eq!(unit_in_title("国庆节值班表"), None);
        assert_eq!(
            unit_in_title("恒岳钢铁公司 国庆节值班表").as_deref(),
            Some("恒岳钢铁公司")
        );
    }

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
