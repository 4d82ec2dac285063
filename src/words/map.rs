//! What `zaigang map` says: the form as read, the questions, and where the answers were put.

use super::choices::{self, role_en, role_zh};
use super::{Lang, outline, questions};
use crate::roster::{ColumnHolds, ColumnRead, Outline, Place, Question};

/// The form as read: days, posts, shifts, each column with a sample, what rests on a word.
#[must_use]
pub fn so_read(path: &str, outline: &Outline, columns: &[ColumnRead], lang: Lang) -> String {
    let mut lines = vec![match lang {
        Lang::Zh => format!("{path} 我是这样读的："),
        Lang::En => format!("So I read {path}:"),
    }];
    lines.extend(outline::lines(outline, lang).iter().map(|l| indented(l)));
    if !columns.is_empty() {
        lines.push(indented(match lang {
            Lang::Zh => "各列：",
            Lang::En => "Columns:",
        }));
    }
    lines.extend(columns.iter().map(|c| format!("    {}", column(c, lang))));
    lines.extend(outline::told(outline, lang).iter().map(|l| indented(l)));
    lines.join("\n")
}

/// A question with its numbered choices, and how to pass it over.
#[must_use]
pub fn asked(question: &Question, lang: Lang) -> String {
    let mut lines = vec![questions::question(question, lang)];
    let choices = (1..).zip(&question.choices);
    lines.extend(choices.map(|(number, answer)| {
        let said = choices::choice(question, answer, lang);
        format!("  {number}. {said}")
    }));
    lines.push(match lang {
        Lang::Zh => "  回车：先不答".to_owned(),
        Lang::En => "  Enter: not now".to_owned(),
    });
    lines.join("\n")
}

/// What was typed is no choice.
#[must_use]
pub fn no_choice(question: &Question, lang: Lang) -> String {
    let last = question.choices.len();
    match (lang, last) {
        (Lang::Zh, 1) => "请输入 1，或按回车。".to_owned(),
        (Lang::Zh, _) => format!("请输入 1 到 {last}，或按回车。"),
        (Lang::En, 1) => "Please type 1, or press Enter.".to_owned(),
        (Lang::En, _) => format!("Please type 1 to {last}, or press Enter."),
    }
}

/// What is still open, when nothing was or can be asked.
#[must_use]
pub fn still_open(questions: &[Question], lang: Lang) -> String {
    let head = match (lang, questions.len()) {
        (Lang::Zh, open) => format!("还有 {open} 个问题没有回答："),
        (Lang::En, 1) => "1 question is still open:".to_owned(),
        (Lang::En, open) => format!("{open} questions are still open:"),
    };
    let asked = questions
        .iter()
        .map(|question| indented(&questions::question(question, lang)));
    std::iter::once(head)
        .chain(asked)
        .collect::<Vec<_>>()
        .join("\n")
}

/// Where the answers were put, and who takes them up.
#[must_use]
pub fn kept(answers: &str, path: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("您的回答记在 {answers}；zaigang check {path} 会照着读。"),
        Lang::En => format!("Your answers are in {answers}; zaigang check {path} reads by them."),
    }
}

/// Nothing was open.
#[must_use]
pub fn nothing_to_ask(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "没有要问的。",
        Lang::En => "There is nothing to ask.",
    }
}

fn column(read: &ColumnRead, lang: Lang) -> String {
    let cell = Place {
        file: 0,
        row: 1,
        column: read.column,
    };
    let letters = cell.cell().unwrap_or_default();
    let letters = letters.trim_end_matches('1');
    let label = match (lang, read.label.is_empty()) {
        (Lang::Zh, true) => "（没有表头）".to_owned(),
        (Lang::En, true) => "(no header)".to_owned(),
        (_, false) => one_line(&read.label),
    };
    let (holds, example) = (read_as(&read.holds, lang), one_line(&read.example));
    match lang {
        Lang::Zh => format!("{letters} {label}：{holds}，例如 {example}"),
        Lang::En => format!("{letters} {label}: {holds}, such as {example}"),
    }
}

/// What a column was read as.
fn read_as(holds: &ColumnHolds, lang: Lang) -> String {
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

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn indented(line: &str) -> String {
    format!("  {line}")
}
