//! Whether a word is a name: a person's, by its surname and its length, or a unit's, by its end.
//!
//! Knows one word, not what stands around it.

use std::sync::LazyLock;

use super::lexicon::{Characters, Endings};
use super::plain::{is_han, is_hangul, is_kana};
use super::vocabulary::UNIT_ENDINGS;

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
                is_surname(first)
                    || DOUBLE_SURNAMES.contains(&two.as_str())
                    || name.starts_with(['小', '老', '阿'])
            }
            4 => {
                DOUBLE_SURNAMES.contains(&two.as_str())
                    || is_surname(first) && name.chars().nth(1).is_some_and(is_surname)
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

fn is_surname(c: char) -> bool {
    static LISTED: LazyLock<Characters> = LazyLock::new(|| Characters::of(SURNAMES.chars()));
    LISTED.hold(c)
}

const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由諸張劉陳楊黃趙吳孫馬鄭謝許韓馮鄧蕭葉蘇魏呂盧鍾譚陸賈韋鄒熊邱龍賀顧龔萬錢嚴戴湯溫齊喬龐顏倪莊聶魯";

const DOUBLE_SURNAMES: &[&str] = &[
    "欧阳", "司马", "诸葛", "上官", "司徒", "东方", "独孤", "南宫", "夏侯", "皇甫", "尉迟", "公孙",
    "慕容", "令狐", "长孙", "宇文", "轩辕", "司空", "端木", "百里", "呼延", "东郭", "西门", "澹台",
    "申屠", "太史", "闻人", "赫连", "钟离", "濮阳", "淳于", "单于", "太叔", "公冶", "宗政", "仲孙",
    "第五", "歐陽", "諸葛", "司馬",
];
