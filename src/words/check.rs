//! What `zaigang check` says beside its findings: the line at the end, and why it cannot run.

use std::io::ErrorKind;

use super::{Lang, when};
use crate::time::TimeDelta;

/// What came out of a check, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub units: usize,
    pub shifts: usize,
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    /// Findings somebody has chosen not to hear.
    pub muted: usize,
    /// Stretches with too few people, and how long they are together.
    pub gaps: usize,
    pub gap_time: TimeDelta,
    /// Stretches nobody can judge, because something beside them could not be read.
    pub unjudged: usize,
}

/// One line: `2 个单位，28 个班次：空档 1 处，共 12 小时；1 个错误，2 个警告，1 个提示`.
#[must_use]
pub fn summary(tally: &Tally, lang: Lang) -> String {
    let mut parts = Vec::new();
    match lang {
        Lang::Zh => {
            if tally.gaps > 0 {
                let time = when::length(tally.gap_time, lang);
                parts.push(format!("空档 {} 处，共 {time}", tally.gaps));
            }
            if tally.unjudged > 0 {
                parts.push(format!("另有 {} 处读不出，不能判断", tally.unjudged));
            }
            let counts = [
                (tally.errors, "个错误"),
                (tally.warnings, "个警告"),
                (tally.notes, "个提示"),
            ];
            parts.extend(counted(&counts, "，"));
            let said = if parts.is_empty() {
                "没有发现问题".to_owned()
            } else {
                parts.join("；")
            };
            let muted = match tally.muted {
                0 => String::new(),
                count => format!("（另有 {count} 条按要求忽略）"),
            };
            let (units, shifts) = (tally.units, tally.shifts);
            format!("{units} 个单位，{shifts} 个班次：{said}{muted}")
        }
        Lang::En => {
            if tally.gaps > 0 {
                let time = when::length(tally.gap_time, lang);
                parts.push(format!("{}, {time} in all", plural(tally.gaps, "gap")));
            }
            if tally.unjudged > 0 {
                let stretches = plural(tally.unjudged, "stretch");
                parts.push(format!("{stretches} not judged for want of reading"));
            }
            let counts = [
                (
                    tally.errors,
                    if tally.errors == 1 { "error" } else { "errors" },
                ),
                (
                    tally.warnings,
                    if tally.warnings == 1 {
                        "warning"
                    } else {
                        "warnings"
                    },
                ),
                (tally.notes, if tally.notes == 1 { "note" } else { "notes" }),
            ];
            parts.extend(counted(&counts, ", "));
            let said = if parts.is_empty() {
                "nothing found".to_owned()
            } else {
                parts.join("; ")
            };
            let (units, shifts) = (plural(tally.units, "unit"), plural(tally.shifts, "shift"));
            let muted = match tally.muted {
                0 => String::new(),
                count => format!(" ({count} more ignored as asked)"),
            };
            format!("{units}, {shifts}: {said}{muted}")
        }
    }
}

fn counted(counts: &[(usize, &str)], separator: &str) -> Option<String> {
    let some = counts.iter().filter(|(count, _)| *count > 0);
    let said: Vec<String> = some
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    (!said.is_empty()).then(|| said.join(separator))
}

fn plural(count: usize, noun: &str) -> String {
    match (count, noun.ends_with("ch")) {
        (1, _) => format!("1 {noun}"),
        (_, true) => format!("{count} {noun}es"),
        (_, false) => format!("{count} {noun}s"),
    }
}

/// What stands over the columns of a table of findings.
#[must_use]
pub fn columns(lang: Lang) -> [&'static str; 6] {
    match lang {
        Lang::Zh => ["级别", "规则", "文件", "单元格", "问题", "怎么办"],
        Lang::En => ["level", "rule", "file", "cell", "what", "what to do"],
    }
}

/// Why a check cannot be run as asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A path that cannot be opened, and what the system says.
    CannotOpen {
        path: String,
        cause: ErrorKind,
    },
    CannotWrite {
        path: String,
        cause: String,
    },
    /// A file somebody may have filled in already.
    AlreadyThere {
        path: String,
    },
    /// `--fix` would have to write over it.
    CopyThere {
        path: String,
    },
    /// `--fix` has nowhere to put a copy of standard input.
    FixOfStdin,
    /// A marked copy is of one file.
    ManyToMark,
    /// A path for a picture that ends in neither form.
    NotAPicture {
        path: String,
    },
    /// A file without one cell to mark.
    NothingToMark {
        path: String,
    },
    /// A folder without one roster in it.
    NothingIn {
        folder: String,
    },
    UnknownHoliday {
        name: String,
        known: Vec<&'static str>,
    },
    /// One of `--from` and `--to` without the other.
    HalfAPeriod,
    /// It ends before it begins.
    EmptyPeriod {
        from: String,
        to: String,
    },
    NotALocalTime {
        text: String,
    },
    NotAClock {
        text: String,
    },
    NotALength {
        text: String,
    },
    NotALevel {
        text: String,
    },
    UnknownZone {
        name: String,
    },
    UnknownCode {
        name: String,
    },
    /// A list that lacks a column it cannot do without.
    ListWithoutColumn {
        path: String,
        column: &'static str,
    },
    /// A list with something else where a number should stand.
    ListNumber {
        path: String,
        row: u32,
        cell: String,
    },
    Settings {
        cause: String,
    },
    /// Not what `zaigang map` writes.
    NotAnswers {
        path: String,
    },
}

/// A refusal, with the way out.
#[must_use]
pub fn refusal(refusal: &Refusal, lang: Lang) -> String {
    match lang {
        Lang::Zh => refusal_zh(refusal),
        Lang::En => refusal_en(refusal),
    }
}

fn why_zh(cause: ErrorKind) -> &'static str {
    match cause {
        ErrorKind::NotFound => "没有这个文件",
        ErrorKind::PermissionDenied => "没有读它的权限",
        ErrorKind::IsADirectory => "这是文件夹，不是文件",
        ErrorKind::NotADirectory => "路径中间有一段不是文件夹",
        _ => "系统读不出来",
    }
}

fn why_en(cause: ErrorKind) -> &'static str {
    match cause {
        ErrorKind::NotFound => "no such file",
        ErrorKind::PermissionDenied => "permission denied",
        ErrorKind::IsADirectory => "it is a folder, not a file",
        ErrorKind::NotADirectory => "part of the path is no folder",
        _ => "the system cannot read it",
    }
}

fn refusal_zh(refusal: &Refusal) -> String {
    match refusal {
        Refusal::CannotOpen { path, cause } => format!("打不开 {path}：{}", why_zh(*cause)),
        Refusal::CannotWrite { path, cause } => format!("写不了 {path}：{cause}"),
        Refusal::CopyThere { path } => {
            format!("{path} 已经有了，没有覆盖；请先把它改名或删掉，再用 --fix")
        }
        Refusal::FixOfStdin => "--fix 要给文件，标准输入旁边没有地方放改好的那一份".to_owned(),
        Refusal::ManyToMark => "--marked 一次标一个文件".to_owned(),
        Refusal::NotAPicture { path } => format!("--picture 画 .png 或 .svg，不是 {path}"),
        Refusal::NothingToMark { path } => format!("{path} 里没有单元格可标"),
        Refusal::AlreadyThere { path } => {
            format!("{path} 已经有了，没有覆盖；用 --out 换个名字")
        }
        Refusal::NothingIn { folder } => format!("{folder} 里没有 .csv、.xlsx、.xls 或 .et 文件"),
        Refusal::UnknownHoliday { name, known } => format!(
            "不知道假期 {name}：尚未公布，或没有收录。已知的有 {}；其他时段请用 --from 2027-10-01T00:00 --to 2027-10-08T00:00 给出",
            known.join("、")
        ),
        Refusal::HalfAPeriod => "--from 和 --to 要一起给".to_owned(),
        Refusal::EmptyPeriod { from, to } => format!("考核期从 {from} 到 {to}：结束不晚于开始"),
        Refusal::NotALocalTime { text } => {
            format!("{text} 不是时间，应写成 2026-10-01T00:00")
        }
        Refusal::NotAClock { text } => format!("{text} 不是钟点，应写成 08:00"),
        Refusal::NotALength { text } => format!("{text} 不是时长，应写成 11h 或 90m"),
        Refusal::NotALevel { text } => format!("{text} 不是级别，应是 error、warning 或 note"),
        Refusal::UnknownZone { name } => format!("不知道时区 {name}，应写成 Asia/Shanghai"),
        Refusal::UnknownCode { name } => {
            format!("没有 {name} 这个规则；zaigang explain 列出全部规则")
        }
        Refusal::ListWithoutColumn { path, column } => format!("{path} 缺少 {column} 一列"),
        Refusal::ListNumber { path, row, cell } => {
            format!("{path} 第 {row} 行：{cell:?} 应是整数")
        }
        Refusal::Settings { cause } => format!("配置读不了：{cause}"),
        Refusal::NotAnswers { path } => {
            format!("{path} 不是 zaigang map 记下的回答；删掉它，重新运行 zaigang map")
        }
    }
}

fn refusal_en(refusal: &Refusal) -> String {
    match refusal {
        Refusal::CannotOpen { path, cause } => format!("cannot open {path}: {}", why_en(*cause)),
        Refusal::CannotWrite { path, cause } => format!("cannot write {path}: {cause}"),
        Refusal::CopyThere { path } => {
            format!("{path} is there already and was left alone; rename or remove it, then --fix")
        }
        Refusal::FixOfStdin => {
            "--fix needs a file: there is no place beside standard input for a copy".to_owned()
        }
        Refusal::ManyToMark => "--marked takes one file at a time".to_owned(),
        Refusal::NotAPicture { path } => format!("--picture draws .png or .svg, not {path}"),
        Refusal::NothingToMark { path } => format!("{path} has no cell to mark"),
        Refusal::AlreadyThere { path } => {
            format!("{path} is there already and was left alone; name another with --out")
        }
        Refusal::NothingIn { folder } => format!("no .csv, .xlsx, .xls or .et file in {folder}"),
        Refusal::UnknownHoliday { name, known } => format!(
            "holiday {name} is not known: not announced yet, or not in the table. Known: {}; give any other period with --from 2027-10-01T00:00 --to 2027-10-08T00:00",
            known.join(", ")
        ),
        Refusal::HalfAPeriod => "--from and --to go together".to_owned(),
        Refusal::EmptyPeriod { from, to } => {
            format!("a period from {from} to {to} ends no later than it begins")
        }
        Refusal::NotALocalTime { text } => {
            format!("{text} is not a time; write 2026-10-01T00:00")
        }
        Refusal::NotAClock { text } => format!("{text} is not a clock time; write 08:00"),
        Refusal::NotALength { text } => format!("{text} is not a length; write 11h or 90m"),
        Refusal::NotALevel { text } => format!("{text} is not a level: error, warning or note"),
        Refusal::UnknownZone { name } => format!("unknown zone {name}; write Asia/Shanghai"),
        Refusal::UnknownCode { name } => {
            format!("there is no rule {name}; zaigang explain lists them all")
        }
        Refusal::ListWithoutColumn { path, column } => format!("{path} has no column {column}"),
        Refusal::ListNumber { path, row, cell } => {
            format!("{path}, row {row}: {cell:?} should be a whole number")
        }
        Refusal::Settings { cause } => format!("cannot read the settings: {cause}"),
        Refusal::NotAnswers { path } => {
            format!("{path} is not what zaigang map writes; delete it and run zaigang map again")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clean_roster_is_told_so() {
        let tally = Tally {
            units: 1,
            shifts: 14,
            ..Tally::default()
        };
        assert_eq!(
            summary(&tally, Lang::Zh),
            "1 个单位，14 个班次：没有发现问题"
        );
        assert_eq!(
            summary(&tally, Lang::En),
            "1 unit, 14 shifts: nothing found"
        );
    }

    #[test]
    fn what_is_ignored_is_counted() {
        let tally = Tally {
            units: 1,
            shifts: 14,
            muted: 2,
            ..Tally::default()
        };
        assert_eq!(
            summary(&tally, Lang::Zh),
            "1 个单位，14 个班次：没有发现问题（另有 2 条按要求忽略）"
        );
        assert_eq!(
            summary(&tally, Lang::En),
            "1 unit, 14 shifts: nothing found (2 more ignored as asked)"
        );
    }

    #[test]
    fn gaps_come_before_counts() {
        let tally = Tally {
            units: 2,
            shifts: 28,
            errors: 1,
            warnings: 2,
            gaps: 1,
            gap_time: TimeDelta::hours(12),
            unjudged: 1,
            ..Tally::default()
        };
        assert_eq!(
            summary(&tally, Lang::Zh),
            "2 个单位，28 个班次：空档 1 处，共 12 小时；另有 1 处读不出，不能判断；1 个错误，2 个警告"
        );
        assert_eq!(
            summary(&tally, Lang::En),
            "2 units, 28 shifts: 1 gap, 12 h in all; 1 stretch not judged for want of reading; 1 error, 2 warnings"
        );
    }
}
