//! What was read so because somebody said so.

use super::choices::{choice_en, choice_zh, clock, order_en, order_zh, role_en, role_zh, stretch};
use super::questions::short;
use super::{Lang, when};
use crate::roster::{Answer, Blank, ColumnName, ColumnUse, WordMeans};

/// That it was read so because somebody said so.
#[must_use]
pub fn as_told(answer: &Answer, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("按您说的：{}", told_zh(answer)),
        Lang::En => format!("as you said: {}", told_en(answer)),
    }
}

fn told_zh(answer: &Answer) -> String {
    match answer {
        Answer::DayBegins { minute } => format!("没写钟点的班，{} 交接", clock(*minute)),
        Answer::Column { column, holds } => {
            let holds = match holds {
                ColumnUse::People(role) => role_zh(*role).to_owned(),
                ColumnUse::Like(label) => format!("“{}”", short(label)),
                ColumnUse::Remark => "备注，不读作班次".to_owned(),
                _ => part_zh(holds).to_owned(),
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
        Answer::PointsOut => "列名由您指".to_owned(),
        Answer::NoColumn { holds } => format!("没有{}这一列", part_zh(holds)),
        Answer::Sheet { name } => format!("读“{}”这张工作表", short(name)),
        Answer::Spread { first, last } => {
            format!("星期铺到{}", stretch(*first, *last, Lang::Zh))
        }
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
                ColumnUse::Remark => "a remark, no part of a shift".to_owned(),
                _ => part_en(holds).to_owned(),
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
        Answer::PointsOut => "you point out the columns".to_owned(),
        Answer::NoColumn { holds } => format!("no column holds {}", part_en(holds)),
        Answer::Sheet { name } => format!("sheet “{}” is the one read", short(name)),
        Answer::Spread { first, last } => {
            format!(
                "the weekdays are those of {}",
                stretch(*first, *last, Lang::En)
            )
        }
    }
}

/// What a column may hold.
pub(super) fn part_zh(holds: &ColumnUse) -> &'static str {
    match holds {
        ColumnUse::People(role) => role_zh(*role),
        ColumnUse::Date => "日期",
        ColumnUse::Unit => "单位名称",
        ColumnUse::Phone => "电话",
        ColumnUse::Hours => "值班时间",
        ColumnUse::Like(_) | ColumnUse::Remark => "备注",
    }
}

/// The same in English.
pub(super) fn part_en(holds: &ColumnUse) -> &'static str {
    match holds {
        ColumnUse::People(role) => role_en(*role),
        ColumnUse::Date => "dates",
        ColumnUse::Unit => "names of units",
        ColumnUse::Phone => "phone numbers",
        ColumnUse::Hours => "duty hours",
        ColumnUse::Like(_) | ColumnUse::Remark => "remarks",
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
