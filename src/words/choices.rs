//! The choices of a question, each as it stands on its button: a whole answer.

use chrono::NaiveDate;

use super::questions::short;
use super::{Lang, when};
use crate::roster::{
    Answer, Asks, Blank, ColumnName, ColumnUse, Question, Role, SlashOrder, WordMeans,
};

/// A choice, as it stands on its button.
#[must_use]
pub fn choice(question: &Question, answer: &Answer, lang: Lang) -> String {
    let row = question.place.map_or(0, |place| place.row);
    match (&question.asks, answer, lang) {
        (_, Answer::LeftOut { .. }, Lang::Zh) => format!("不要第 {row} 行"),
        (_, Answer::LeftOut { .. }, Lang::En) => format!("Leave out row {row}"),
        (Asks::Slashes { text }, Answer::Slashes { order }, _) => slashed(text, *order, lang),
        (Asks::WhichColumn { examples, .. }, Answer::Column { column, .. }, _) => {
            let mut known = question.choices.iter().zip(examples);
            let example = known.find(|(known, _)| *known == answer);
            pointed(column, example.map_or("", |(_, text)| text), lang)
        }
        (Asks::Sheet { shifts }, Answer::Sheet { name }, _) => {
            let mut known = question.choices.iter().zip(shifts);
            let shifts = known.find(|(known, _)| *known == answer);
            sheet(name, shifts.map_or(0, |(_, shifts)| *shifts), lang)
        }
        (Asks::NearLabel { .. }, Answer::Column { holds, .. }, Lang::Zh)
            if *holds == ColumnUse::Remark =>
        {
            "不是，不用这一列".to_owned()
        }
        (Asks::NearLabel { .. }, Answer::Column { holds, .. }, Lang::En)
            if *holds == ColumnUse::Remark =>
        {
            "No, ignore this column".to_owned()
        }
        (_, _, Lang::Zh) => choice_zh(answer),
        (_, _, Lang::En) => choice_en(answer),
    }
}

pub(super) fn choice_zh(answer: &Answer) -> String {
    match answer {
        Answer::DayBegins { minute: 0 } => "0:00，按自然日".to_owned(),
        Answer::DayBegins { minute } => format!("{} 交接", clock(*minute)),
        Answer::Column { holds, .. } => match holds {
            ColumnUse::People(role) => format!("是{}", role_zh(*role)),
            ColumnUse::Like(label) => format!("就是“{}”", short(label)),
            ColumnUse::Date => "是日期".to_owned(),
            ColumnUse::Unit => "是单位名称".to_owned(),
            ColumnUse::Phone => "是电话".to_owned(),
            ColumnUse::Hours => "是值班时间".to_owned(),
            ColumnUse::Remark => "与值班无关，不用".to_owned(),
        },
        Answer::Blanks { mean, .. } => match mean {
            Blank::SameAsAbove => "空格是同上".to_owned(),
            Blank::Nobody => "空格是没有人".to_owned(),
        },
        Answer::NextDay { written: None } => "是次日，这张表都这样算".to_owned(),
        Answer::NextDay { written: Some(_) } => "是次日，只算这样写的".to_owned(),
        Answer::Word { means, .. } => match means {
            WordMeans::Hours {
                start_minute,
                end_minute,
            } => format!("{}—{}", clock(*start_minute), clock_zh(*end_minute)),
            WordMeans::OffDuty => "不值班".to_owned(),
        },
        Answer::Slashes { order } => order_zh(*order).to_owned(),
        Answer::Day { day, .. } => format!("是{}", when::date(*day, Lang::Zh)),
        Answer::Year { year } => format!("{year} 年"),
        Answer::LeftOut { .. } => "不要这一行".to_owned(),
        Answer::PointsOut => "列名不一样，我来指".to_owned(),
        Answer::NoColumn { .. } => "没有这一列".to_owned(),
        Answer::Sheet { name } => format!("“{}”", short(name)),
        Answer::Spread { first, last } => stretch(*first, *last, Lang::Zh),
    }
}

pub(super) fn choice_en(answer: &Answer) -> String {
    match answer {
        Answer::DayBegins { minute: 0 } => "Midnight, by calendar day".to_owned(),
        Answer::DayBegins { minute } => format!("Handover at {}", clock(*minute)),
        Answer::Column { holds, .. } => match holds {
            ColumnUse::People(role) => format!("The {}", role_en(*role)),
            ColumnUse::Like(label) => format!("It is “{}”", short(label)),
            ColumnUse::Date => "Dates".to_owned(),
            ColumnUse::Unit => "Names of units".to_owned(),
            ColumnUse::Phone => "Phone numbers".to_owned(),
            ColumnUse::Hours => "Duty hours".to_owned(),
            ColumnUse::Remark => "Nothing of duty, ignore it".to_owned(),
        },
        Answer::Blanks { mean, .. } => match mean {
            Blank::SameAsAbove => "A blank is the cell above".to_owned(),
            Blank::Nobody => "A blank is nobody".to_owned(),
        },
        Answer::NextDay { written: None } => "Next day, everywhere in this form".to_owned(),
        Answer::NextDay { written: Some(_) } => "Next day, only where written so".to_owned(),
        Answer::Word { means, .. } => match means {
            WordMeans::Hours {
                start_minute,
                end_minute,
            } => format!("{}–{}", clock(*start_minute), clock_en(*end_minute)),
            WordMeans::OffDuty => "Off duty".to_owned(),
        },
        Answer::Slashes { order } => order_en(*order).to_owned(),
        Answer::Day { day, .. } => format!("It is {}", when::date(*day, Lang::En)),
        Answer::Year { year } => format!("{year}"),
        Answer::LeftOut { .. } => "Leave this row out".to_owned(),
        Answer::PointsOut => "Other headings, I'll point".to_owned(),
        Answer::NoColumn { .. } => "There is no such column".to_owned(),
        Answer::Sheet { name } => format!("“{}”", short(name)),
        Answer::Spread { first, last } => stretch(*first, *last, Lang::En),
    }
}

/// A column as somebody would point at it: its heading, and a cell of it.
fn pointed(column: &ColumnName, example: &str, lang: Lang) -> String {
    let (example, gap) = (short(example), if example.is_empty() { "" } else { "：" });
    match (column, lang) {
        (ColumnName::Label(label), Lang::Zh) => format!("“{}”{gap}{example}", short(label)),
        (ColumnName::Label(label), Lang::En) => format!("“{}”: {example}", short(label)),
        (ColumnName::Unlabelled(position) | ColumnName::UnlabelledFrom(position), Lang::Zh) => {
            format!("第 {position} 列{gap}{example}")
        }
        (ColumnName::Unlabelled(position) | ColumnName::UnlabelledFrom(position), Lang::En) => {
            format!("Column {position}: {example}")
        }
    }
}

fn sheet(name: &str, shifts: u32, lang: Lang) -> String {
    let name = short(name);
    match (lang, shifts) {
        (Lang::Zh, _) => format!("“{name}”（{shifts} 个班）"),
        (Lang::En, 1) => format!("“{name}” (1 shift)"),
        (Lang::En, _) => format!("“{name}” ({shifts} shifts)"),
    }
}

/// From day to day, and the holiday if that is what it is.
pub(super) fn stretch(first: NaiveDate, last: NaiveDate, lang: Lang) -> String {
    let (from, to) = (when::date_with_year(first, lang), when::date(last, lang));
    match lang {
        Lang::Zh => format!("{from}至{to}"),
        Lang::En => format!("{from} to {to}"),
    }
}

/// `03/10` in one of its two orders, as the day it then is.
fn slashed(text: &str, order: SlashOrder, lang: Lang) -> String {
    let mut small = text
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|number| number.parse::<u32>().ok())
        .filter(|number| (1..=31).contains(number));
    let (Some(first), Some(second)) = (small.next(), small.next()) else {
        return match lang {
            Lang::Zh => order_zh(order).to_owned(),
            Lang::En => order_en(order).to_owned(),
        };
    };
    let (month, day) = match order {
        SlashOrder::MonthFirst => (first, second),
        SlashOrder::DayFirst => (second, first),
    };
    match lang {
        Lang::Zh => format!("{month}月{day}日"),
        Lang::En => {
            let names = [
                "January",
                "February",
                "March",
                "April",
                "May",
                "June",
                "July",
                "August",
                "September",
                "October",
                "November",
                "December",
            ];
            let index = usize::try_from(month).unwrap_or(0).wrapping_sub(1);
            names.get(index).map_or_else(
                || order_en(order).to_owned(),
                |name| format!("{day} {name}"),
            )
        }
    }
}

pub(super) fn order_zh(order: SlashOrder) -> &'static str {
    match order {
        SlashOrder::MonthFirst => "月在前，日在后",
        SlashOrder::DayFirst => "日在前，月在后",
    }
}

pub(super) fn order_en(order: SlashOrder) -> &'static str {
    match order {
        SlashOrder::MonthFirst => "Month first",
        SlashOrder::DayFirst => "Day first",
    }
}

/// What a kind of duty is called.
#[must_use]
pub fn role_zh(role: Role) -> &'static str {
    match role {
        Role::DutyOfficer => "值班员",
        Role::DutyLeader => "带班领导",
        Role::ChiefLeader => "总带班",
        Role::Principal => "主要领导",
        Role::Standby => "备班",
        Role::Other => "其他岗位",
    }
}

/// The same in English.
#[must_use]
pub fn role_en(role: Role) -> &'static str {
    match role {
        Role::DutyOfficer => "duty officer",
        Role::DutyLeader => "duty leader",
        Role::ChiefLeader => "leader in chief",
        Role::Principal => "principal",
        Role::Standby => "standby",
        Role::Other => "other post",
    }
}

pub(super) fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60 % 24, minute % 60)
}

fn clock_zh(minute: u32) -> String {
    match minute {
        0..1440 => clock(minute),
        1440 => "24:00".to_owned(),
        _ => format!("次日{}", clock(minute)),
    }
}

fn clock_en(minute: u32) -> String {
    match minute {
        0..1440 => clock(minute),
        1440 => "24:00".to_owned(),
        _ => format!("{} next day", clock(minute)),
    }
}
