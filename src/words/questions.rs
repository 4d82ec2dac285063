//! What a reading leaves open, asked: one short question, and choices that are whole answers.

use super::{Lang, when};
use crate::roster::{
    Answer, Asks, Blank, ColumnHolds, ColumnName, ColumnUse, Question, Role, SlashOrder, WordMeans,
};

/// The question, in one line.
#[must_use]
pub fn question(question: &Question, lang: Lang) -> String {
    let row = question.place.map_or(0, |place| place.row);
    match lang {
        Lang::Zh => question_zh(&question.asks, row),
        Lang::En => question_en(&question.asks, row),
    }
}

/// A choice, as it stands on its button.
#[must_use]
pub fn choice(question: &Question, answer: &Answer, lang: Lang) -> String {
    let row = question.place.map_or(0, |place| place.row);
    match (&question.asks, answer, lang) {
        (_, Answer::LeftOut { .. }, Lang::Zh) => format!("不要第 {row} 行"),
        (_, Answer::LeftOut { .. }, Lang::En) => format!("Leave out row {row}"),
        (Asks::Slashes { text }, Answer::Slashes { order }, _) => slashed(text, *order, lang),
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

/// That it was read so because somebody said so.
#[must_use]
pub fn as_told(answer: &Answer, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("按您说的：{}", told_zh(answer)),
        Lang::En => format!("as you said: {}", told_en(answer)),
    }
}

/// What a column was read as.
#[must_use]
pub fn column(holds: &ColumnHolds, lang: Lang) -> String {
    match lang {
        Lang::Zh => match holds {
            ColumnHolds::Dates => "日期".to_owned(),
            ColumnHolds::Weekdays => "星期".to_owned(),
            ColumnHolds::Starts => "开始".to_owned(),
            ColumnHolds::Ends => "结束".to_owned(),
            ColumnHolds::Hours => "时间或班次".to_owned(),
            ColumnHolds::Units => "单位".to_owned(),
            ColumnHolds::Posts => "岗位".to_owned(),
            ColumnHolds::Names => "姓名".to_owned(),
            ColumnHolds::People { post, role } => format!("“{post}”的人（{}）", role_zh(*role)),
            ColumnHolds::OneDay => "这一天的人".to_owned(),
            ColumnHolds::Phones => "电话".to_owned(),
            ColumnHolds::DutyLines => "值班电话".to_owned(),
            ColumnHolds::Remarks => "备注，不读作班次".to_owned(),
            ColumnHolds::Unknown => "不知道是什么，没有用".to_owned(),
        },
        Lang::En => match holds {
            ColumnHolds::Dates => "dates".to_owned(),
            ColumnHolds::Weekdays => "weekdays".to_owned(),
            ColumnHolds::Starts => "starts".to_owned(),
            ColumnHolds::Ends => "ends".to_owned(),
            ColumnHolds::Hours => "hours or shifts".to_owned(),
            ColumnHolds::Units => "units".to_owned(),
            ColumnHolds::Posts => "posts".to_owned(),
            ColumnHolds::Names => "names".to_owned(),
            ColumnHolds::People { post, role } => {
                format!("the people of “{post}” ({})", role_en(*role))
            }
            ColumnHolds::OneDay => "the people of this day".to_owned(),
            ColumnHolds::Phones => "phones".to_owned(),
            ColumnHolds::DutyLines => "duty lines".to_owned(),
            ColumnHolds::Remarks => "remarks, no part of a shift".to_owned(),
            ColumnHolds::Unknown => "unknown; not used".to_owned(),
        },
    }
}

fn question_zh(asks: &Asks, row: u32) -> String {
    match asks {
        Asks::DayBegins { shifts } => format!("{shifts} 个班没有写钟点。几点交接班？"),
        Asks::Column {
            column, example, ..
        } => match column {
            ColumnName::Label(label) => {
                format!("“{}”这一列{}是什么？", short(label), such_as_zh(example))
            }
            ColumnName::Unlabelled(position) => {
                format!("第 {position} 列没有表头{}，是什么？", such_as_zh(example))
            }
            ColumnName::UnlabelledFrom(position) => {
                format!(
                    "第 {position} 列起都没有表头{}，是什么？",
                    such_as_zh(example)
                )
            }
        },
        Asks::NearLabel { label, taken_for } => {
            format!("表头“{}”是“{taken_for}”吗？", short(label))
        }
        Asks::Blanks { column, above } => {
            let column = match column {
                ColumnName::Label(label) => format!("“{}”一列", short(label)),
                ColumnName::Unlabelled(position) => format!("第 {position} 列"),
                ColumnName::UnlabelledFrom(position) => format!("第 {position} 列起"),
            };
            let above = above.as_ref();
            let above = above.map_or(String::new(), |name| format!("（“{}”）", short(name)));
            format!("{column}的空格是同上{above}，还是没有人？")
        }
        Asks::NextDay { text } => {
            format!("第 {row} 行“{}”：结束不比开始晚。是次日吗？", short(text))
        }
        Asks::Word { word } => format!("“{}”是几点到几点？", short(word)),
        Asks::Slashes { text } => format!("“{}”是哪一天？", short(text)),
        Asks::Day { text, instead } => format!(
            "第 {row} 行“{}”：没有这一天。是{}吗？",
            short(text),
            when::date(*instead, Lang::Zh)
        ),
        Asks::Year { .. } => "表里没有写年份，是哪一年？".to_owned(),
        Asks::Row { row: text } => format!("第 {row} 行读不懂：“{}”。不要这一行吗？", short(text)),
    }
}

fn question_en(asks: &Asks, row: u32) -> String {
    match asks {
        Asks::DayBegins { shifts: 1 } => "1 shift has no hours. When is the handover?".to_owned(),
        Asks::DayBegins { shifts } => {
            format!("{shifts} shifts have no hours. When is the handover?")
        }
        Asks::Column {
            column, example, ..
        } => match column {
            ColumnName::Label(label) => {
                format!("What is column “{}”{}?", short(label), such_as_en(example))
            }
            ColumnName::Unlabelled(position) => {
                format!(
                    "Column {position} has no header{}. What is it?",
                    such_as_en(example)
                )
            }
            ColumnName::UnlabelledFrom(position) => format!(
                "From column {position} on there are no headers{}. What are they?",
                such_as_en(example)
            ),
        },
        Asks::NearLabel { label, taken_for } => {
            format!("Is header “{}” meant to be “{taken_for}”?", short(label))
        }
        Asks::Blanks { column, above } => {
            let column = match column {
                ColumnName::Label(label) => format!("“{}”", short(label)),
                ColumnName::Unlabelled(position) => format!("column {position}"),
                ColumnName::UnlabelledFrom(position) => format!("columns from {position} on"),
            };
            let above = above.as_ref();
            let above = above.map_or(String::new(), |name| format!(" (“{}”)", short(name)));
            format!("Does a blank in {column} mean the cell above{above}, or nobody?")
        }
        Asks::NextDay { text } => format!(
            "Row {row}, “{}”: the end is not after the start. Is it the next day?",
            short(text)
        ),
        Asks::Word { word } => format!("From when to when is “{}”?", short(word)),
        Asks::Slashes { text } => format!("Which day is “{}”?", short(text)),
        Asks::Day { text, instead } => format!(
            "Row {row}, “{}”: there is no such day. Is it {}?",
            short(text),
            when::date(*instead, Lang::En)
        ),
        Asks::Year { .. } => "The file gives no year. Which one is it?".to_owned(),
        Asks::Row { row: text } => {
            format!("Row {row} cannot be read: “{}”. Leave it out?", short(text))
        }
    }
}

fn choice_zh(answer: &Answer) -> String {
    match answer {
        Answer::DayBegins { minute: 0 } => "0:00，按自然日".to_owned(),
        Answer::DayBegins { minute } => format!("{} 交接", clock(*minute)),
        Answer::Column { holds, .. } => match holds {
            ColumnUse::People(role) => format!("是{}", role_zh(*role)),
            ColumnUse::Like(label) => format!("就是“{}”", short(label)),
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
    }
}

fn choice_en(answer: &Answer) -> String {
    match answer {
        Answer::DayBegins { minute: 0 } => "Midnight, by calendar day".to_owned(),
        Answer::DayBegins { minute } => format!("Handover at {}", clock(*minute)),
        Answer::Column { holds, .. } => match holds {
            ColumnUse::People(role) => format!("The {}", role_en(*role)),
            ColumnUse::Like(label) => format!("It is “{}”", short(label)),
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
    }
}

fn told_zh(answer: &Answer) -> String {
    match answer {
        Answer::DayBegins { minute } => format!("没写钟点的班，{} 交接", clock(*minute)),
        Answer::Column { column, holds } => {
            let holds = match holds {
                ColumnUse::People(role) => role_zh(*role).to_owned(),
                ColumnUse::Like(label) => format!("“{}”", short(label)),
                ColumnUse::Unit => "单位名称".to_owned(),
                ColumnUse::Phone => "电话".to_owned(),
                ColumnUse::Hours => "值班时间".to_owned(),
                ColumnUse::Remark => "备注，不读作班次".to_owned(),
            };
            format!("{}是{holds}", column_zh(column))
        }
        Answer::Blanks { column, mean } => {
            let mean = match mean {
                Blank::SameAsAbove => "同上",
                Blank::Nobody => "没有人",
            };
            format!("{}的空格是{mean}", column_zh(column))
        }
        Answer::NextDay { written: None } => "结束不比开始晚的，算到次日".to_owned(),
        Answer::NextDay {
            written: Some(text),
        } => format!("“{}”算到次日", short(text)),
        Answer::Word { word, means } => match means {
            WordMeans::Hours { .. } => format!("“{}”是 {}", short(word), choice_zh(answer)),
            WordMeans::OffDuty => format!("“{}”是不值班", short(word)),
        },
        Answer::Slashes { order } => format!("日期{}", order_zh(*order)),
        Answer::Day { written, day } => {
            format!("“{}”是{}", short(written), when::date(*day, Lang::Zh))
        }
        Answer::Year { year } => format!("是 {year} 年"),
        Answer::LeftOut { row } => format!("不要这一行：“{}”", short(row)),
    }
}

fn told_en(answer: &Answer) -> String {
    match answer {
        Answer::DayBegins { minute } => {
            format!("shifts without hours hand over at {}", clock(*minute))
        }
        Answer::Column { column, holds } => {
            let holds = match holds {
                ColumnUse::People(role) => format!("the {}", role_en(*role)),
                ColumnUse::Like(label) => format!("“{}”", short(label)),
                ColumnUse::Unit => "names of units".to_owned(),
                ColumnUse::Phone => "phone numbers".to_owned(),
                ColumnUse::Hours => "duty hours".to_owned(),
                ColumnUse::Remark => "a remark, no part of a shift".to_owned(),
            };
            format!("{} is {holds}", column_en(column))
        }
        Answer::Blanks { column, mean } => {
            let mean = match mean {
                Blank::SameAsAbove => "the cell above",
                Blank::Nobody => "nobody",
            };
            format!("a blank in {} is {mean}", column_en(column))
        }
        Answer::NextDay { written: None } => {
            "an end not after its start is the next day".to_owned()
        }
        Answer::NextDay {
            written: Some(text),
        } => format!("“{}” ends the next day", short(text)),
        Answer::Word { word, means } => match means {
            WordMeans::Hours { .. } => format!("“{}” is {}", short(word), choice_en(answer)),
            WordMeans::OffDuty => format!("“{}” is off duty", short(word)),
        },
        Answer::Slashes { order } => format!("dates have the {}", order_en(*order).to_lowercase()),
        Answer::Day { written, day } => {
            format!("“{}” is {}", short(written), when::date(*day, Lang::En))
        }
        Answer::Year { year } => format!("the year is {year}"),
        Answer::LeftOut { row } => format!("this row is left out: “{}”", short(row)),
    }
}

fn column_zh(column: &ColumnName) -> String {
    match column {
        ColumnName::Label(label) => format!("“{}”一列", short(label)),
        ColumnName::Unlabelled(position) => format!("第 {position} 列"),
        ColumnName::UnlabelledFrom(position) => format!("第 {position} 列起"),
    }
}

fn column_en(column: &ColumnName) -> String {
    match column {
        ColumnName::Label(label) => format!("column “{}”", short(label)),
        ColumnName::Unlabelled(position) => format!("column {position}"),
        ColumnName::UnlabelledFrom(position) => format!("the columns from {position} on"),
    }
}

fn such_as_zh(example: &str) -> String {
    if example.is_empty() {
        String::new()
    } else {
        format!("（例如“{}”）", short(example))
    }
}

fn such_as_en(example: &str) -> String {
    if example.is_empty() {
        String::new()
    } else {
        format!(" (such as “{}”)", short(example))
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

fn order_zh(order: SlashOrder) -> &'static str {
    match order {
        SlashOrder::MonthFirst => "月在前，日在后",
        SlashOrder::DayFirst => "日在前，月在后",
    }
}

fn order_en(order: SlashOrder) -> &'static str {
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

fn clock(minute: u32) -> String {
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

/// As much of a cell as a line has room for.
fn short(text: &str) -> String {
    const SHOWN: usize = 40;
    let text = text.replace(['\n', '\r', '\t'], " ");
    if text.chars().count() <= SHOWN {
        return text;
    }
    text.chars().take(SHOWN - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::{Asked, read};

    /// A file that leaves nearly everything open.
    const OPEN: &str =
        "日期,上级,值班人圆,备用\n03/04,李文博,张建国,王伟\n04/04,李文博,赵敏,刘洋\n";

    fn questions(text: &str) -> Vec<Question> {
        read(text.as_bytes(), &Asked::default()).form.questions
    }

    #[test]
    fn a_question_is_one_line_and_its_choices_differ() {
        let asked = [
            questions(OPEN),
            questions("日期,时间,值班员\n10月1日,18:00-17:00,张建国\n10月2日,8:00-20:00,王伟\n"),
            questions("日期,班次,值班员\n10月1日,甲,张建国\n10月2日,上午,王伟\n"),
        ]
        .concat();
        assert!(asked.len() >= 5, "{asked:?}");
        for open in &asked {
            for lang in [Lang::Zh, Lang::En] {
                let said = question(open, lang);
                assert!(
                    !said.contains('\n') && said.ends_with(['？', '?']),
                    "{said}"
                );
                let labels: Vec<String> =
                    open.choices.iter().map(|a| choice(open, a, lang)).collect();
                let mut distinct = labels.clone();
                distinct.sort();
                distinct.dedup();
                assert_eq!(distinct.len(), labels.len(), "{labels:?}");
                // One button of a message puts a roster in force, and it is told by this word.
                let puts_in_force =
                    |label: &String| label.contains("启用") || label.contains("Use");
                assert!(!labels.iter().any(puts_in_force), "{labels:?}");
            }
        }
    }

    #[test]
    fn a_slashed_date_is_asked_as_the_days_it_may_be() {
        let asked = questions("日期,值班员\n03/10,张建国\n");
        let open = asked
            .iter()
            .find(|q| matches!(q.asks, Asks::Slashes { .. }))
            .expect("the date is ambiguous");
        let labels: Vec<String> = open
            .choices
            .iter()
            .map(|a| choice(open, a, Lang::Zh))
            .collect();
        assert_eq!(labels, ["3月10日", "10月3日"]);
    }
}
