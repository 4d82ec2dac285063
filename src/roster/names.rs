//! Who a cell names: several people in one cell, titles and jobs, swaps, leave, and words that
//! name nobody.
//!
//! Knows one cell; 同上 is only recognised here, and repeated where the rows are known.

use std::sync::LazyLock;

use super::hours::{ShiftWord, meaning};
use super::lexicon::{Endings, Lexicon};
use super::likely_names::{is_likely_name, is_possible_name};
use super::name_pieces::{Piece, pieces, without_asides};
use super::phones::{Dialled, phone};
use super::plain::{plain, squeezed};
use super::vocabulary::{AWAY, NOBODY, NOT_NAMED, SAME_AS_ABOVE, TITLES};

static SAME: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::of_words(SAME_AS_ABOVE));
static NO_ONE: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::of_words(NOBODY));
static UNNAMED: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::of_words(NOT_NAMED));
static UNNAMED_INSIDE: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    let words = NOT_NAMED.iter().copied();
    let wide = words.filter(|word| word.chars().count() >= 2 && !word.is_ascii());
    Lexicon::of(wide.map(|word| (word, ())))
});
static ABSENT: LazyLock<Endings<()>> =
    LazyLock::new(|| Endings::of(AWAY.iter().map(|word| (*word, ()))));
static JOBS: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::of_words(TITLES));

/// Somebody named, with the numbers that stood beside the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub name: String,
    pub numbers: Vec<String>,
    /// A name rather than any other word of a roster.
    pub is_likely: bool,
}

impl Named {
    fn new(name: String, numbers: Vec<String>) -> Self {
        Self {
            is_likely: is_likely_name(&name),
            name,
            numbers,
        }
    }
}

/// What a cell that should name people says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Naming {
    pub people: Vec<Named>,
    /// 同上
    pub same_as_above: bool,
    /// 待定, 全体干部, a title alone: somebody, but who?
    pub unnamed: Vec<String>,
    /// 无, /: plainly nobody.
    pub nobody: bool,
    /// Marked as away with nobody standing in.
    pub away: Vec<String>,
    /// Pieces that cannot be names.
    pub unclear: Vec<String>,
    /// Times and days in a bracket beside a name.
    pub times: Vec<String>,
}

/// Whether two words of two characters are one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spacing {
    /// 高峰 林静 are two people.
    BetweenPeople,
    /// 佐藤 太郎 is one.
    InsideNames,
}

/// Who `cell` names.
pub(super) fn naming(cell: &str, spacing: Spacing) -> Naming {
    let text = plain(cell);
    let squeezed_text = squeezed(&text);
    let mut found = Naming::default();
    if squeezed_text.is_empty() {
        return found;
    }
    if repeats_above(&squeezed_text) {
        found.same_as_above = true;
        return found;
    }
    if is_nobody(&squeezed_text) {
        found.nobody = true;
        return found;
    }
    let (bare, asides) = without_asides(&text);
    for piece in pieces(&bare, spacing) {
        person(&piece, &asides, spacing, &mut found);
    }
    found
}

/// 同上
pub(super) fn repeats_above(text: &str) -> bool {
    SAME.holds(text)
}

/// 无, /: plainly nobody.
pub(super) fn is_nobody(text: &str) -> bool {
    NO_ONE.holds(text)
}

/// 待定, 全体干部: somebody, but who?
pub(super) fn is_unnamed(text: &str) -> bool {
    UNNAMED.holds(text)
}

/// 局长: what somebody is.
pub(super) fn is_title(text: &str) -> bool {
    JOBS.holds(text)
}

/// Whether every piece of a cell is plainly somebody's name.
pub(super) fn is_people(text: &str, spacing: Spacing) -> bool {
    naming(text, spacing).is_people()
}

/// More digits are a number to dial.
const MOST_DIGITS_OF_A_NAME: usize = 6;

impl Naming {
    /// What the same cell says where a person has told that its words are names.
    pub fn as_told(&self) -> Self {
        let digits = |text: &String| text.bytes().filter(u8::is_ascii_digit).count();
        let is_name = |text: &String| {
            let letters = text.chars().any(char::is_alphanumeric);
            letters && digits(text) <= MOST_DIGITS_OF_A_NAME
        };
        let mut told = self.clone();
        let (names, unclear): (Vec<String>, Vec<String>) =
            told.unclear.drain(..).partition(is_name);
        told.unclear = unclear;
        let people = names.into_iter().map(|name| Named::new(name, Vec::new()));
        told.people.extend(people);
        for person in &mut told.people {
            person.is_likely = true;
        }
        told
    }

    /// Whether every piece is plainly somebody's name.
    pub fn is_people(&self) -> bool {
        let likely = self.people.iter().all(|person| person.is_likely);
        !self.people.is_empty() && self.unclear.is_empty() && likely
    }
}

fn person(piece: &Piece, asides: &[String], spacing: Spacing, found: &mut Naming) {
    let text = after_label(piece.text.trim());
    if text.is_empty() && piece.numbers.is_empty() && piece.asides.is_empty() {
        return;
    }
    let mut numbers = piece.numbers.clone();
    let mut standing_in = None;
    let mut is_away = false;
    for aside in piece.asides.iter().filter_map(|at| asides.get(*at)) {
        match aside_meaning(aside, spacing) {
            Aside::StandIn(name) => standing_in = Some(name),
            Aside::Away => is_away = true,
            Aside::Number(number) => numbers.push(number),
            Aside::Other if tells_time(aside) => found.times.push(aside.trim().to_owned()),
            Aside::Other => {}
        }
    }
    if text.is_empty() {
        match found.people.last_mut() {
            Some(last) => last.numbers.append(&mut numbers),
            None if piece.asides.is_empty() => found.unclear.push(piece.numbers.join(" ")),
            None => {}
        }
        return;
    }
    // 陈志远 副县长 13800000001: the job and the number are his.
    if piece.follows_blank
        && is_title(text)
        && let Some(last) = found.people.last_mut()
    {
        last.numbers.append(&mut numbers);
        return;
    }
    if is_unnamed(text) || is_title(text) {
        found.unnamed.push(text.to_owned());
        return;
    }
    if is_nobody(text) {
        found.nobody = true;
        return;
    }
    let mut name = without_title(text);
    let may_be_away = ABSENT.of_text(name).next().is_some();
    for word in AWAY.iter().filter(|_| may_be_away) {
        if let Some(before) = name.strip_suffix(word).filter(|b| b.chars().count() >= 2) {
            is_away = true;
            name = before.trim_matches(['-', ' ', ':']);
        }
    }
    if let Some(name) = standing_in {
        found.people.push(Named::new(name, Vec::new()));
    } else if !is_possible_name(name) {
        if UNNAMED_INSIDE.anywhere(text).is_some() {
            found.unnamed.push(text.to_owned());
        } else {
            found.unclear.push(text.to_owned());
        }
    } else if is_away {
        found.away.push(name.to_owned());
    } else {
        let name = if name.is_ascii() || name.contains(' ') {
            name.to_owned()
        } else {
            squeezed(name).into_owned()
        };
        found.people.push(Named::new(name, numbers));
    }
}

/// 组长:张三 → 张三
fn after_label(text: &str) -> &str {
    match text.rsplit_once(':') {
        Some((_, after)) => after.trim(),
        None => text,
    }
}

/// 李文博县长 → 李文博; 张局长 stays, it tells who.
fn without_title(text: &str) -> &str {
    static ENDS: LazyLock<Endings<()>> =
        LazyLock::new(|| Endings::of(TITLES.iter().map(|title| (*title, ()))));
    let is_name = |rest: &&str| (2..=4).contains(&rest.chars().count()) && is_likely_name(rest);
    let before = ENDS
        .of_text(text)
        .filter_map(|title| text.strip_suffix(title.word))
        .map(str::trim_end)
        .filter(is_name);
    let after = JOBS
        .starts_of(text)
        .filter_map(|title| text.strip_prefix(title.word))
        .map(str::trim_start)
        .filter(is_name);
    before
        .min_by_key(|rest| rest.len())
        .or_else(|| after.min_by_key(|rest| rest.len()))
        .unwrap_or(text)
}

enum Aside {
    /// 乙代: somebody else is on.
    StandIn(String),
    Away,
    Number(String),
    /// A job, a remark.
    Other,
}

fn aside_meaning(aside: &str, spacing: Spacing) -> Aside {
    let text = aside.trim();
    if text.bytes().filter(u8::is_ascii_digit).count() >= 7 && !matches!(phone(text), Dialled::Bad)
    {
        return Aside::Number(text.to_owned());
    }
    // 换：乙 names whose turn it was; 甲, before the bracket, is on.
    if text.starts_with(['换', '替', '代', '顶']) || text.starts_with("原") {
        return Aside::Other;
    }
    let away = AWAY.iter().any(|w| text.contains(w));
    let names_stand_in = ["代班:", "替班:", "顶班:"].iter().any(|w| text.contains(w));
    for part in text.split(['、', '，', ',', ';', ' ', ':']) {
        let core = part
            .trim()
            .trim_start_matches("由")
            .trim_start_matches("改");
        for suffix in [
            "代班", "代值", "替班", "顶班", "代替", "顶岗", "替岗", "接替", "代", "替", "顶",
        ] {
            let standing = core
                .strip_suffix(suffix)
                .filter(|name| is_likely_name(name));
            if let Some(name) = standing {
                return Aside::StandIn(name.to_owned());
            }
        }
        let marked = names_stand_in || part.trim().starts_with(['由', '改']);
        if marked && is_people(core, spacing) {
            return Aside::StandIn(core.to_owned());
        }
    }
    if away { Aside::Away } else { Aside::Other }
}

/// 白, 至10月8日12:00: when somebody is on, told behind the name.
fn tells_time(aside: &str) -> bool {
    let text = aside.trim();
    let said = text.chars().any(char::is_alphanumeric)
        && meaning(text).is_some_and(|word| word != ShiftWord::Whole);
    let clocked = text
        .char_indices()
        .filter(|(_, c)| matches!(c, ':' | '日' | '号' | '点' | '时'))
        .any(|(at, _)| text[..at].ends_with(|c: char| c.is_ascii_digit()));
    said || clocked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::likely_names::is_unit_name;

    fn names(cell: &str) -> Vec<String> {
        naming(cell, Spacing::BetweenPeople)
            .people
            .into_iter()
            .map(|p| p.name)
            .collect()
    }

    #[test]
    fn several_people_stand_in_one_cell() {
        for (cell, wanted) in [
            ("陈思远、褚云飞", vec!["陈思远", "褚云飞"]),
            ("沈佳怡，韩雪松", vec!["沈佳怡", "韩雪松"]),
            ("秦向阳 尤丽娜", vec!["秦向阳", "尤丽娜"]),
            ("许家豪\n何永安", vec!["许家豪", "何永安"]),
            ("陶 然", vec!["陶然"]),
            ("朱 明哲", vec!["朱明哲"]),
            ("陶　然、高　峰", vec!["陶然", "高峰"]),
            ("李文博（县长）", vec!["李文博"]),
            ("李文博县长", vec!["李文博"]),
            ("阿依古丽·买买提", vec!["阿依古丽·买买提"]),
            ("Zhang Wei, John O'Neil", vec!["Zhang Wei", "John O'Neil"]),
            ("김하늘, 이서준", vec!["김하늘", "이서준"]),
            ("P0000001", vec!["P0000001"]),
            ("组长：张三丰", vec!["张三丰"]),
        ] {
            assert_eq!(names(cell), wanted, "{cell}");
        }
    }

    #[test]
    fn numbers_go_with_the_name_before_them() {
        let found = naming(
            "陶 然13800000401、何永安 13800000403",
            Spacing::BetweenPeople,
        );
        let numbers: Vec<&str> = found.people.iter().map(|p| p.numbers[0].as_str()).collect();
        assert_eq!(numbers, ["13800000401", "13800000403"]);
        let bracketed = naming("陶然（13800000401）", Spacing::BetweenPeople);
        assert_eq!(bracketed.people[0].numbers, ["13800000401"]);
    }

    #[test]
    fn a_swap_names_who_is_on_and_leave_names_nobody() {
        assert_eq!(names("甲乙（换：丙丁）"), ["甲乙"]);
        assert_eq!(names("郑晓东（王立新代）"), ["王立新"]);
        assert_eq!(names("郑晓东（请假，由王立新代班）"), ["王立新"]);
        let away = naming("郑晓东（请假）", Spacing::BetweenPeople);
        assert_eq!(
            (away.people.len(), away.away),
            (0, vec!["郑晓东".to_owned()])
        );
    }

    #[test]
    fn words_that_are_no_names_name_nobody() {
        assert_eq!(
            naming("全体干部", Spacing::BetweenPeople).unnamed,
            ["全体干部"]
        );
        assert_eq!(naming("局长", Spacing::BetweenPeople).unnamed, ["局长"]);
        assert!(naming("/", Spacing::BetweenPeople).nobody);
        assert!(naming("同 上", Spacing::BetweenPeople).same_as_above);
        assert_eq!(
            naming("办公楼二层西侧会议室", Spacing::BetweenPeople)
                .unclear
                .len(),
            1
        );
    }

    #[test]
    fn japanese_names_keep_their_blank() {
        let found = naming("佐藤 太郎、山田 花子", Spacing::InsideNames);
        let names: Vec<&str> = found.people.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(names, ["佐藤 太郎", "山田 花子"]);
    }

    #[test]
    fn units_are_told_from_people() {
        for unit in [
            "云峰乡",
            "水利局",
            "安全环保部",
            "柳河镇",
            "设备保障部（维保）",
        ] {
            assert!(
                is_unit_name(unit) && !is_people(unit, Spacing::BetweenPeople),
                "{unit}"
            );
        }
        for name in ["石磊", "高峰", "方圆", "欧阳雪", "诸葛明", "金小川", "陶然"]
        {
            assert!(is_people(name, Spacing::BetweenPeople), "{name}");
        }
    }
}
