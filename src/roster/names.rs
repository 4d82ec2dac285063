//! Who a cell names: several people in one cell, padded names, titles and jobs, swaps, leave,
//! and words that name nobody.
//!
//! Knows one cell; 同上 is only recognised here, and repeated where the rows are known.

use std::sync::LazyLock;

use super::hours::{ShiftWord, meaning};
use super::lexicon::{Endings, Lexicon};
use super::phones::{Dialled, phone};
use super::plain::{is_han, is_hangul, is_kana, plain, squeezed};
use super::vocabulary::{AWAY, NOBODY, NOT_NAMED, SAME_AS_ABOVE, TITLES, UNIT_ENDINGS};

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
    if is_word_of(&squeezed_text, SAME_AS_ABOVE) {
        found.same_as_above = true;
        return found;
    }
    if is_word_of(&squeezed_text, NOBODY) {
        found.nobody = true;
        return found;
    }
    let (bare, asides) = without_asides(&text);
    for piece in pieces(&bare, spacing) {
        person(&piece, &asides, spacing, &mut found);
    }
    found
}

pub(super) fn is_word_of(text: &str, words: &[&str]) -> bool {
    words.iter().any(|w| w.eq_ignore_ascii_case(text))
}

/// Whether every piece of a cell is plainly somebody's name.
pub(super) fn is_people(text: &str, spacing: Spacing) -> bool {
    let found = naming(text, spacing);
    !found.people.is_empty() && found.unclear.is_empty() && found.people.iter().all(|p| p.is_likely)
}

/// A bracket's content is lifted out of the text and leaves `\u{1}` and its number behind.
const ASIDE: char = '\u{1}';

fn without_asides(text: &str) -> (String, Vec<String>) {
    let mut bare = String::with_capacity(text.len());
    let mut asides: Vec<String> = Vec::new();
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '(' | '[' | '<' | '《' => {
                if depth == 0 {
                    asides.push(String::new());
                    bare.push(ASIDE);
                }
                depth += 1;
            }
            ')' | ']' | '>' | '》' => depth = depth.saturating_sub(1),
            c => match asides.last_mut().filter(|_| depth > 0) {
                Some(aside) => aside.push(c),
                None => bare.push(c),
            },
        }
    }
    (bare, asides)
}

/// A piece of text with the brackets that followed it (by their numbers).
struct Piece {
    text: String,
    asides: Vec<usize>,
    numbers: Vec<String>,
}

fn pieces(bare: &str, spacing: Spacing) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut aside = 0;
    for part in bare.split([
        '、', '，', ',', '/', ';', '；', '\n', '\r', '\t', '|', '&', '+', '。', '\\',
    ]) {
        let mut words: Vec<String> = Vec::new();
        let mut marks: Vec<Vec<usize>> = Vec::new();
        let mut numbers: Vec<Vec<String>> = Vec::new();
        for word in part.split_whitespace() {
            let mut text = String::new();
            let mut mine = Vec::new();
            for c in word.chars() {
                if c == ASIDE {
                    mine.push(aside);
                    aside += 1;
                } else {
                    text.push(c);
                }
            }
            for (name, dialled) in split_numbers(&text) {
                let before = words.last().map(String::as_str);
                let joins = marks.last().is_some_and(Vec::is_empty)
                    && numbers.last().is_some_and(Vec::is_empty)
                    && before.is_some_and(|b| joined_with_space(b, &name, spacing).is_some());
                if name.is_empty() && !words.is_empty() {
                    if let (Some(last), Some(number)) = (numbers.last_mut(), dialled) {
                        last.push(number);
                    }
                } else if joins {
                    if let Some(word) = words.last_mut() {
                        let keeps = word.is_ascii()
                            || name.is_ascii()
                            || spacing == Spacing::InsideNames && word.chars().count() > 1;
                        word.push_str(if keeps { " " } else { "" });
                        word.push_str(&name);
                    }
                    if let (Some(last), Some(number)) = (numbers.last_mut(), dialled) {
                        last.push(number);
                    }
                } else {
                    words.push(name);
                    marks.push(Vec::new());
                    numbers.push(dialled.into_iter().collect());
                }
            }
            if text.is_empty()
                && words.is_empty()
                && let Some(last) = pieces.last_mut()
            {
                last.asides.append(&mut mine);
            }
            if let Some(last) = marks.last_mut() {
                last.append(&mut mine);
            }
        }
        for ((text, asides), numbers) in words.into_iter().zip(marks).zip(numbers) {
            if text.is_empty()
                && asides.is_empty()
                && let Some(last) = pieces.last_mut()
            {
                last.numbers.extend(numbers);
                continue;
            }
            pieces.push(Piece {
                text,
                asides,
                numbers,
            });
        }
    }
    pieces
}

/// Whether a blank between two words stands inside one name: 陶 然, Zhang Wei, 佐藤 太郎.
fn joined_with_space(before: &str, next: &str, spacing: Spacing) -> Option<()> {
    let han = |t: &str| !t.is_empty() && t.chars().all(|c| is_han(c) || is_hangul(c));
    let latin = |t: &str| {
        !t.is_empty()
            && t.chars().all(|c| {
                c.is_ascii_alphabetic()
                    || matches!(c, '.' | '-' | '\'' | ' ')
                    || c.is_alphabetic() && (c as u32) < 0x250
            })
    };
    let (a, b) = (before.chars().count(), next.chars().count());
    let padded = han(before) && han(next) && a == 1 && b <= 3;
    let japanese = spacing == Spacing::InsideNames
        && a <= 4
        && b <= 4
        && !before.contains(' ')
        && before
            .chars()
            .chain(next.chars())
            .all(|c| is_han(c) || is_kana(c));
    (padded || japanese || latin(before) && latin(next)).then_some(())
}

/// A word cut at its telephone numbers: 陶然13800000401 → 陶然 with the number.
fn split_numbers(word: &str) -> Vec<(String, Option<String>)> {
    let mut parts = Vec::new();
    let mut name = String::new();
    let mut chars = word.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after_letter = name
            .chars()
            .next_back()
            .is_some_and(|b| b.is_ascii_alphanumeric());
        if !(c.is_ascii_digit() || c == '+') || after_letter {
            name.push(c);
            continue;
        }
        let run: usize = word[at..]
            .chars()
            .take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '+'))
            .count();
        let number = &word[at..at + run];
        if number.bytes().filter(u8::is_ascii_digit).count() >= 6 {
            parts.push((
                std::mem::take(&mut name),
                Some(number.trim_end_matches('-').to_owned()),
            ));
        } else {
            name.push_str(number);
        }
        for _ in 1..run {
            chars.next();
        }
    }
    if !name.is_empty() || parts.is_empty() {
        parts.push((name, None));
    }
    for (name, _) in &mut parts {
        *name = name
            .trim_matches([':', '-', '.', '~', '_', '·', '(', ')'])
            .to_owned();
    }
    parts
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
    if is_word_of(text, NOT_NAMED) || is_word_of(text, TITLES) {
        found.unnamed.push(text.to_owned());
        return;
    }
    if is_word_of(text, NOBODY) {
        found.nobody = true;
        return;
    }
    let mut name = without_title(text);
    for word in AWAY {
        if let Some(before) = name.strip_suffix(word).filter(|b| b.chars().count() >= 2) {
            is_away = true;
            name = before.trim_matches(['-', ' ', ':']);
        }
    }
    if let Some(name) = standing_in {
        found.people.push(Named::new(name, Vec::new()));
    } else if !is_possible_name(name) {
        if NOT_NAMED
            .iter()
            .any(|w| w.chars().count() >= 2 && !w.is_ascii() && text.contains(w))
        {
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
            squeezed(name)
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
    static ENDS: LazyLock<Endings<()>> = LazyLock::new(|| Endings::of(titles()));
    static STARTS: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::of(titles()));
    let is_name = |rest: &&str| (2..=4).contains(&rest.chars().count()) && is_likely_name(rest);
    let before = ENDS
        .of_text(text)
        .filter_map(|title| text.strip_suffix(title.word))
        .map(str::trim_end)
        .filter(is_name);
    let after = STARTS
        .starts_of(text)
        .filter_map(|title| text.strip_prefix(title.word))
        .map(str::trim_start)
        .filter(is_name);
    before
        .min_by_key(|rest| rest.len())
        .or_else(|| after.min_by_key(|rest| rest.len()))
        .unwrap_or(text)
}

fn titles() -> impl Iterator<Item = (&'static str, ())> {
    TITLES.iter().map(|title| (*title, ()))
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

/// Whether a text could be a name at all.
pub(super) fn is_possible_name(name: &str) -> bool {
    let count = name.chars().count();
    let dotted = name.contains('·');
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let strange = name
        .chars()
        .any(|c| !(c.is_alphanumeric() || matches!(c, '·' | ' ' | '.' | '-' | '\'' | '_' | '々')));
    if strange || letters == 0 {
        return false;
    }
    let wide = name
        .chars()
        .any(|c| is_han(c) || is_hangul(c) || is_kana(c));
    if !wide {
        return (2..=40).contains(&count) && name.chars().next().is_some_and(char::is_alphabetic);
    }
    if dotted {
        return (3..=20).contains(&count);
    }
    let has_digits = name.chars().any(|c| c.is_ascii_digit());
    let most = if name.contains(' ') || name.chars().any(is_kana) {
        12
    } else {
        5
    };
    (2..=most).contains(&count) && !has_digits && !is_unit_name(name)
}

/// Whether a text is more likely a name than any other word of a roster.
pub(super) fn is_likely_name(name: &str) -> bool {
    if !is_possible_name(name) || super::heading::is_vocabulary(name) {
        return false;
    }
    let count = name.chars().count();
    let Some(first) = name.chars().next() else {
        return false;
    };
    if name.contains('·') || name.chars().any(is_kana) {
        return true;
    }
    if name.chars().all(is_hangul) {
        return (2..=4).contains(&count);
    }
    if is_han(first) {
        let two = name.chars().take(2).collect::<String>();
        return match count {
            2 | 3 => {
                SURNAMES.contains(first)
                    || DOUBLE_SURNAMES.contains(&two.as_str())
                    || name.starts_with(['小', '老', '阿'])
            }
            4 => {
                DOUBLE_SURNAMES.contains(&two.as_str())
                    || SURNAMES.contains(first)
                        && name.chars().nth(1).is_some_and(|c| SURNAMES.contains(c))
                    || name.contains(' ')
            }
            _ => name.contains(' '),
        };
    }
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    first.is_alphabetic() && (digits == 0 && letters >= 3 || digits >= 4 && letters <= 3)
}

/// Whether a text ends as the names of units do.
pub(super) fn is_unit_name(text: &str) -> bool {
    static ENDINGS: LazyLock<Endings<()>> =
        LazyLock::new(|| Endings::of(UNIT_ENDINGS.iter().map(|ending| (*ending, ()))));
    let bare = text.split(['(', '（']).next().unwrap_or(text).trim();
    let lower = bare.to_ascii_lowercase();
    bare.chars().nth(2).is_some()
        && ENDINGS
            .of_text(&lower)
            .any(|ending| lower.len() > ending.word.len())
}

const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由諸張劉陳楊黃趙吳孫馬鄭謝許韓馮鄧蕭葉蘇魏呂盧鍾譚陸賈韋鄒熊邱龍賀顧龔萬錢嚴戴湯溫齊喬龐顏倪莊聶魯";
const DOUBLE_SURNAMES: &[&str] = &[
    "欧阳", "司马", "诸葛", "上官", "司徒", "东方", "独孤", "南宫", "夏侯", "皇甫", "尉迟", "公孙",
    "慕容", "令狐", "长孙", "宇文", "轩辕", "司空", "端木", "百里", "呼延", "东郭", "西门", "澹台",
    "申屠", "太史", "闻人", "赫连", "钟离", "濮阳", "淳于", "单于", "太叔", "公冶", "宗政", "仲孙",
    "第五", "歐陽", "諸葛", "司馬",
];

#[cfg(test)]
mod tests {
    use super::*;

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
