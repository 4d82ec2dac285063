//! What a reading leaves open, asked: one short question.

use super::told::{part_en, part_zh};
use super::{Lang, when};
use crate::roster::{Asks, ColumnName, ColumnUse, Question};

/// The question, in one line.
#[must_use]
pub fn question(question: &Question, lang: Lang) -> String {
    let row = question.place.map_or(0, |place| place.row);
    match lang {
        Lang::Zh => question_zh(&question.asks, row),
        Lang::En => question_en(&question.asks, row),
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
        Asks::HiddenRow { row: text } => format!(
            "第 {row} 行在表格里是隐藏的，我也读了：“{}”。不要这一行吗？",
            short(text)
        ),
        Asks::Columns => "这张表我没读出班次。是列名和我认识的不一样吗？".to_owned(),
        Asks::WhichColumn { holds, .. } => format!("哪一列是{}？", part_zh(holds)),
        Asks::Sheet { .. } => "有几张工作表都像值班表，读哪一张？".to_owned(),
        Asks::Spread { taken: true } => "表里只有星期，没有日期。是哪几天的？".to_owned(),
        Asks::Spread { taken: false } => {
            "表里只有星期，没有日期，铺不到日子上。是哪几天的？".to_owned()
        }
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
        Asks::HiddenRow { row: text } => format!(
            "Row {row} is hidden in the spreadsheet, and I read it: “{}”. Leave it out?",
            short(text)
        ),
        Asks::Columns => {
            "I found no shift in this table. Are its headings other than those I know?".to_owned()
        }
        Asks::WhichColumn { holds, .. } => match holds {
            ColumnUse::People(role) => {
                format!("Which column names the {}?", super::choices::role_en(*role))
            }
            _ => format!("Which column holds the {}?", part_en(holds)),
        },
        Asks::Sheet { .. } => {
            "Several sheets look like rosters. Which one is to be read?".to_owned()
        }
        Asks::Spread { taken: true } => {
            "The table has weekdays and no dates. Of which days is it?".to_owned()
        }
        Asks::Spread { taken: false } => {
            "The table has weekdays and no dates, so no shift has a day. Of which days is it?"
                .to_owned()
        }
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

/// As much of a cell as a line has room for.
pub(super) fn short(text: &str) -> String {
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
    use crate::words::choices::choice;

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
