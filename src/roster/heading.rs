//! What a header, or the label at a row's left, says: a field, a post with its role, hours, days.

use std::sync::{LazyLock, OnceLock};

use foldhash::HashMap;

use super::hours::{Hours, Looseness, ShiftWord, hours, is_shift_word, meaning, only_hours};
use super::lexicon::{Endings, Lexicon};
use super::names::{is_title, is_unnamed};
use super::plain::{key_of, lower, plain, squeezed};
use super::shift::Role;
use super::vocabulary::{FIELDS, Field, OTHER_POSTS, ROLES, SHIFT_WORDS};

/// A label, understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Heading {
    pub field: Option<Field>,
    /// The kind of duty, where the label names one.
    pub role: Option<Role>,
    /// What is left of the label without hours and shift words; empty for 夜班.
    pub post: String,
    pub hours: Option<Hours>,
    /// Matched by near spelling only.
    pub near: Option<&'static str>,
}

/// Near enough to be a slip of the pen.
const NEAR: f64 = 0.9;

/// What `label` says, slips of the pen forgiven.
pub(super) fn heading(label: &str) -> Heading {
    let mut found = exact_heading(label);
    if found.field.is_none() && found.role.is_none() && found.hours.is_none() {
        let text = plain(label);
        let key = key_of(&text);
        if (3..=24).contains(&key.chars().count()) {
            found.near = nearest(&key);
            found.field = found.near.and_then(field);
        }
    }
    found
}

/// What `label` says word for word.
pub(super) fn exact_heading(label: &str) -> Heading {
    let text = plain(label);
    let key = key_of(&text);
    let key = key.trim_end_matches([':', '*']).trim_start_matches('*');
    if key.is_empty() {
        return Heading::default();
    }
    let mut found = Heading {
        field: field(key),
        ..Heading::default()
    };
    if found.field.is_some() {
        label.trim().clone_into(&mut found.post);
        found.role = role_of(key);
        return found;
    }
    let bare = key.split('(').next().unwrap_or(key);
    let (post, hours) = without_hours(label.trim());
    found.hours = hours;
    found.role = role_of(key);
    found.post = post;
    if ends_as_phone(bare) && !joins_name_and_phone(key) {
        let line = ["值班室", "座机", "固定", "办公", "24小时", "传真"]
            .iter()
            .any(|w| bare.contains(w));
        found.field = Some(if line { Field::DutyLine } else { Field::Phone });
        return found;
    }
    if found.hours.is_none() || found.role.is_none() {
        found.field = field(bare);
    }
    if found.role.is_some()
        && !matches!(
            found.field,
            Some(
                Field::Name
                    | Field::Phone
                    | Field::DutyLine
                    | Field::Hours
                    | Field::Date
                    | Field::Start
                    | Field::End
                    | Field::ShiftName
                    | Field::Unit
                    | Field::Post
            )
        )
    {
        found.field = None;
    }
    if found.field.is_none() && found.role.is_none() && found.hours.is_none() {
        found.field = compound(key);
    }
    found
}

/// 姓名及电话, 值班人员(电话): the number stands in the cell with the name.
fn joins_name_and_phone(key: &str) -> bool {
    let joined = ["及", "和", "/", "、", "(", "与", "+", "&"]
        .iter()
        .any(|w| key.contains(w));
    joined
        && (role_of(key).is_some()
            || key.contains("姓名")
            || key.contains("人员")
            || key.contains("name"))
}

fn ends_as_phone(key: &str) -> bool {
    [
        "电话",
        "手机",
        "手机号",
        "手机号码",
        "号码",
        "联系方式",
        "電話",
        "phone",
        "mobile",
        "tel",
        "전화번호",
        "연락처",
    ]
    .iter()
    .any(|w| key.ends_with(w))
}

/// Labels made of two: 姓名(电话), 日期(星期), 值班人员姓名.
fn compound(key: &str) -> Option<Field> {
    static KNOWN: LazyLock<Lexicon<Field>> = LazyLock::new(|| Lexicon::of(PARTS.iter().copied()));
    const PARTS: &[(&str, Field)] = &[
        ("姓名", Field::Name),
        ("日期", Field::Date),
        ("date", Field::Date),
        ("날짜", Field::Date),
        ("单位", Field::Unit),
        ("备注", Field::Remark),
        ("班次", Field::ShiftName),
        ("时段", Field::Hours),
        ("起止", Field::Hours),
        ("职务", Field::Job),
        ("开始", Field::Start),
        ("结束", Field::End),
        ("name", Field::Name),
        ("部门", Field::Unit),
        ("时间", Field::Hours),
        ("星期", Field::Weekday),
        ("岗位", Field::Post),
    ];
    if key.chars().count() > 14 {
        return None;
    }
    KNOWN.anywhere(key)
}

fn nearest(key: &str) -> Option<&'static str> {
    static LONGER: LazyLock<Vec<Letters>> = LazyLock::new(|| {
        let labels = FIELDS.iter().map(|(label, _)| Letters::of(label));
        labels.filter(|label| label.count >= 3).collect()
    });
    let written = Letters::of(key);
    LONGER
        .iter()
        .filter(|known| known.may_be_near(&written))
        .map(|known| (strsim::jaro_winkler(known.label, key), known.label))
        .filter(|(score, _)| *score >= NEAR)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| known)
}

/// A label with what is asked of it before it is compared letter by letter.
struct Letters<'l> {
    label: &'l str,
    count: u32,
    /// A bit for each letter, several letters to a bit.
    set: u64,
}

impl<'l> Letters<'l> {
    fn of(label: &'l str) -> Self {
        let bits = label.chars().map(|c| 1u64 << (u32::from(c) % 64));
        Self {
            label,
            count: u32::try_from(label.chars().count()).unwrap_or(u32::MAX),
            set: bits.fold(0, |set, bit| set | bit),
        }
    }

    /// Whether so many letters are shared that the two could be near in the best of orders.
    fn may_be_near(&self, written: &Letters<'_>) -> bool {
        let shared = written.label.chars();
        let shared = shared.filter(|c| self.set >> (u32::from(*c) % 64) & 1 == 1);
        let shared = u32::try_from(shared.count())
            .unwrap_or(u32::MAX)
            .min(self.count);
        let part = |of: u32| f64::from(shared) / f64::from(of);
        let jaro = (part(self.count) + part(written.count) + 1.0) / 3.0;
        jaro + 0.4 * (1.0 - jaro) >= NEAR
    }
}

/// The field an exact label stands for.
pub(super) fn field(key: &str) -> Option<Field> {
    static TABLE: OnceLock<HashMap<String, Field>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        // A label is asked for without its blanks: "phone number" is known by both spellings.
        let known = FIELDS.iter().rev();
        known
            .flat_map(|(label, field)| {
                [
                    (squeezed(label).into_owned(), *field),
                    ((*label).to_owned(), *field),
                ]
            })
            .collect()
    });
    table.get(key).copied()
}

/// The kind of duty a post's name tells.
pub(super) fn role_of(text: &str) -> Option<Role> {
    let text = lower(text);
    let role = ROLE_WORDS.anywhere(&text)?;
    if role == Role::Other {
        return Some(role);
    }
    if text.contains("行政总值班") && !text.contains("领导") {
        return Some(Role::DutyOfficer);
    }
    Some(role)
}

/// A post that is no duty is named before any other.
static ROLE_WORDS: LazyLock<Lexicon<Role>> = LazyLock::new(|| {
    let others = OTHER_POSTS.iter().map(|word| (*word, Role::Other));
    Lexicon::of(others.chain(ROLES.iter().copied()))
});

/// Whether a word that tells a kind of duty may begin with this character.
pub(super) fn may_begin_role(c: char) -> bool {
    ROLE_WORDS.may_begin(c)
}

/// A label without its hours: 白天值班（8:00—18:00） → 值班, with the hours.
fn without_hours(label: &str) -> (String, Option<Hours>) {
    let text = plain(label);
    let mut told: Option<Hours> = None;
    let mut word: Option<Hours> = None;
    let mut rest = String::with_capacity(text.len());
    let mut scan = text.as_ref();
    while let Some(c) = scan.chars().next() {
        if matches!(c, '(' | ' ' | ':' | '\n') || rest.is_empty() {
            let inner = scan.trim_start_matches(['(', ' ', ':', '\n']);
            if let Some((found @ Hours::Range { .. }, after)) = hours(inner) {
                told = Some(found);
                scan = after.trim_start_matches([')', ' ']);
                continue;
            }
            let close = inner.find(')').unwrap_or(inner.len());
            // Night (20-08): two bare numbers behind the word for a shift are its hours.
            let of_shift = c == '(' && is_shift_word(rest.trim());
            if let Some(found @ Hours::Range { .. }) = of_shift
                .then(|| only_hours(&inner[..close], Looseness::Column))
                .flatten()
            {
                told = Some(found);
                scan = inner.get(close + 1..).unwrap_or_default();
                continue;
            }
            if c == '(' && is_shift_word(&inner[..close]) {
                word = Some(Hours::Word(inner[..close].to_owned()));
                scan = inner.get(close + 1..).unwrap_or_default();
                continue;
            }
        }
        rest.push(c);
        scan = &scan[c.len_utf8()..];
    }
    let mut post = rest
        .trim()
        .trim_end_matches([':', '('])
        .trim()
        .trim_end_matches("()")
        .to_owned();
    if let Some((shift, left)) = shift_inside(&post) {
        word = word.or(Some(Hours::Word(shift)));
        post = left;
    }
    let post = post.trim_matches([' ', ':', '-', '\n', '/']);
    let post = post.strip_suffix("()").unwrap_or(post).trim();
    let unpaired = post.matches('(').count() != post.matches(')').count();
    let post = if unpaired {
        post.trim_matches(['(', ')'])
    } else {
        post
    }
    .to_owned();
    (post, told.or(word))
}

/// A shift word at a label's beginning or end, and the rest.
fn shift_inside(post: &str) -> Option<(String, String)> {
    static STARTS: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::of(divisible()));
    static ENDS: LazyLock<Endings<()>> = LazyLock::new(|| Endings::of(divisible()));
    if is_shift_word(post) {
        return Some((post.to_owned(), String::new()));
    }
    let lower = lower(post);
    let starts = STARTS.starts_of(&lower).filter_map(|entry| {
        let rest = post.get(entry.word.len()..)?;
        Some((entry.word.len(), entry.rank, Side::Start, entry.word, rest))
    });
    let ends = ENDS.of_text(&lower).filter_map(|entry| {
        let rest = post.get(..lower.len() - entry.word.len())?;
        Some((entry.word.len(), entry.rank, Side::End, entry.word, rest))
    });
    let (.., word, rest) = starts.chain(ends).max()?;
    let rest = rest.trim_start_matches('的');
    Some((word.to_owned(), rest.to_owned()))
}

/// Where in a label a shift word stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    End,
    Start,
}

/// Shift words long enough to be told from the rest of a label.
fn divisible() -> impl Iterator<Item = (&'static str, ())> {
    let usable = |word: &str, meaning: ShiftWord| {
        let wide = !word.is_ascii() && word.chars().count() >= 2;
        (wide || word.len() >= 3) && meaning != ShiftWord::Off
    };
    let words = SHIFT_WORDS.iter();
    words
        .filter(move |(word, meaning)| usable(word, *meaning))
        .map(|(word, _)| (*word, ()))
}

/// Whether a text is a word of rosters rather than a name in one.
pub(super) fn is_vocabulary(text: &str) -> bool {
    let key = key_of(text);
    field(&key).is_some()
        || is_shift_word(&key)
        || meaning(&key).is_some()
        || is_unnamed(&key)
        || is_title(&key)
        || role_of(&key).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_say_their_field() {
        for (label, wanted) in [
            ("日  期", Some(Field::Date)),
            ("值班员联系电话", Some(Field::Phone)),
            ("24小时值班电话", Some(Field::DutyLine)),
            ("值班室电话", Some(Field::DutyLine)),
            ("带班领导", None),
            ("带班领导及电话", None),
            ("Start", Some(Field::Start)),
            ("值班人员姓名", Some(Field::Name)),
        ] {
            assert_eq!(heading(label).field, wanted, "{label}");
        }
    }

    #[test]
    fn posts_lose_their_hours_and_keep_their_role() {
        for (label, post, role) in [
            ("带班领导", "带班领导", Some(Role::DutyLeader)),
            ("白天值班（8:00—18:00）", "值班", Some(Role::DutyOfficer)),
            ("值宿（18:00—次日8:00）", "", Some(Role::DutyOfficer)),
            ("夜班值班员", "值班员", Some(Role::DutyOfficer)),
            ("值班员（白）", "值班员", Some(Role::DutyOfficer)),
            ("二线（听班）", "二线(听班)", Some(Role::Standby)),
            ("行政总值班", "行政总值班", Some(Role::DutyOfficer)),
            ("总带班", "总带班", Some(Role::ChiefLeader)),
            ("主要领导", "主要领导", Some(Role::Principal)),
            ("卫生", "卫生", Some(Role::Other)),
        ] {
            let found = heading(label);
            assert_eq!((found.post.as_str(), found.role), (post, role), "{label}");
        }
        assert!(matches!(
            heading("白天值班（8:00—18:00）").hours,
            Some(Hours::Range { .. })
        ));
        assert!(matches!(heading("夜班值班员").hours, Some(Hours::Word(_))));
    }
}
