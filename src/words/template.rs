//! What stands in the roster we hand out to be filled in.

use chrono::NaiveDate;

use super::Lang;

/// The words of a template, in the order of its columns: date, start, end, post, name,
/// telephone; before them the unit, where none is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pub sheet: &'static str,
    pub title: String,
    pub instruction: &'static str,
    pub header: Vec<&'static str>,
    pub starts: Vec<&'static str>,
    pub ends: Vec<&'static str>,
    pub posts: Vec<&'static str>,
    /// Rows that show how, and are read as nobody's duty.
    pub examples: Vec<Vec<String>>,
    /// What a telephone that cannot be one is refused with.
    pub not_a_phone: &'static str,
}

/// The template's words. `unit` is filled in; without it every row names its own.
#[must_use]
pub fn template(unit: Option<&str>, first_day: NaiveDate, lang: Lang) -> Template {
    let mut template = match lang {
        Lang::Zh => zh(unit, first_day),
        Lang::En => en(unit, first_day),
    };
    if unit.is_none() {
        let (label, examples) = match lang {
            Lang::Zh => ("单位", ["例：石桥镇", "例：石桥镇"]),
            Lang::En => ("Unit", ["Example: Hill Office", "Example: Hill Office"]),
        };
        template.header.insert(0, label);
        for (row, example) in template.examples.iter_mut().zip(examples) {
            row.insert(0, example.to_owned());
        }
    }
    template
}

fn zh(unit: Option<&str>, first_day: NaiveDate) -> Template {
    let mark = if unit.is_some() { "例：" } else { "" };
    let day = mark.to_owned() + &first_day.format("%Y-%m-%d").to_string();
    Template {
        sheet: "值班表",
        title: format!("{}值班表", unit.unwrap_or_default()),
        instruction: "从示例下面一行填起，每人每班填一行，不要合并单元格；过夜的班，结束时间选带“次日”的；电话填 11 位手机号，或带区号的座机号。",
        header: vec!["日期", "开始时间", "结束时间", "岗位", "姓名", "联系电话"],
        starts: vec!["08:00", "08:30", "20:00", "20:30"],
        ends: vec!["20:00", "20:30", "次日08:00", "次日08:30"],
        posts: vec!["带班领导", "值班员"],
        examples: vec![
            row(
                &day,
                &["08:30", "次日08:30", "带班领导", "李文博", "13800000001"],
            ),
            row(&day, &["08:30", "20:30", "值班员", "张三", "0000-5550101"]),
        ],
        not_a_phone: "手机号是 11 位，座机带区号，例如 0000-5550101",
    }
}

fn en(unit: Option<&str>, first_day: NaiveDate) -> Template {
    let mark = if unit.is_some() { "Example: " } else { "" };
    let day = mark.to_owned() + &first_day.format("%Y-%m-%d").to_string();
    Template {
        sheet: "Roster",
        title: match unit {
            Some(unit) => format!("{unit} Duty Roster"),
            None => "Duty Roster".to_owned(),
        },
        instruction: "Begin below the examples, one row for each shift of each person; merge no cells. A shift that ends the day after says so with 次日. Telephones: a mobile of 11 digits, or a landline with its area code.",
        header: vec!["Date", "Start", "End", "Post", "Name", "Phone"],
        starts: vec!["08:00", "08:30", "20:00", "20:30"],
        ends: vec!["20:00", "20:30", "次日08:00", "次日08:30"],
        posts: vec!["Duty leader", "Duty officer"],
        examples: vec![
            row(
                &day,
                &[
                    "08:30",
                    "次日08:30",
                    "Duty leader",
                    "Li Wenbo",
                    "13800000001",
                ],
            ),
            row(
                &day,
                &[
                    "08:30",
                    "20:30",
                    "Duty officer",
                    "Zhang San",
                    "0000-5550101",
                ],
            ),
        ],
        not_a_phone: "A mobile has 11 digits, a landline its area code: 0000-5550101",
    }
}

fn row(day: &str, rest: &[&str]) -> Vec<String> {
    let rest = rest.iter().map(|cell| (*cell).to_owned());
    [day.to_owned()].into_iter().chain(rest).collect()
}

/// What the template is called where a chat shows it.
#[must_use]
pub fn file_name(unit: Option<&str>, lang: Lang) -> String {
    let unit: String = unit.unwrap_or_default().chars().take(40).collect();
    match lang {
        Lang::Zh => format!("{unit}值班表模板.xlsx"),
        Lang::En if unit.is_empty() => "Duty roster template.xlsx".to_owned(),
        Lang::En => format!("{unit} duty roster template.xlsx"),
    }
}

/// It is written.
#[must_use]
pub fn written(path: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("已写好 {path}；填好以后用 zaigang check {path} 检查"),
        Lang::En => format!("wrote {path}; once filled in, check it with zaigang check {path}"),
    }
}
