//! What `check --fix` says it has done, and what it left to a person.

use super::Lang;
use crate::roster::Mended;

/// One thing put right in a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fixed<'a> {
    Cell {
        /// `E4`.
        cell: &'a str,
        old: &'a str,
        new: &'a str,
        what: Mended,
    },
    /// A row that stood twice, letter by letter.
    Row { row: u32, same_as: u32 },
}

/// Over what was put right: `国庆.csv → 国庆.fixed.csv：改了 3 格，去掉 1 行`.
#[must_use]
pub fn heading(path: &str, copy: &str, cells: usize, rows: usize, lang: Lang) -> String {
    let counts = match lang {
        Lang::Zh => [(cells, "改了", "格"), (rows, "去掉", "行")]
            .map(|(count, did, of)| (count > 0).then(|| format!("{did} {count} {of}"))),
        Lang::En => {
            [(cells, "cell", "put right"), (rows, "row", "removed")].map(|(count, of, did)| {
                let plural = if count == 1 { "" } else { "s" };
                (count > 0).then(|| format!("{count} {of}{plural} {did}"))
            })
        }
    };
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    match lang {
        Lang::Zh => format!("{path} → {copy}：{}", counts.join("，")),
        Lang::En => format!("{path} → {copy}: {}", counts.join(", ")),
    }
}

/// `E4 1.3800000001E10 → 13800000001（F306：…）`.
#[must_use]
pub fn fixed(fixed: &Fixed<'_>, lang: Lang) -> String {
    match (fixed, lang) {
        (
            Fixed::Cell {
                cell,
                old,
                new,
                what,
            },
            Lang::Zh,
        ) => format!("{cell} {old} → {new}（{}）", why(*what, lang)),
        (
            Fixed::Cell {
                cell,
                old,
                new,
                what,
            },
            Lang::En,
        ) => format!("{cell} {old} → {new} ({})", why(*what, lang)),
        (Fixed::Row { row, same_as }, Lang::Zh) => {
            format!("第 {row} 行去掉了（C103：与第 {same_as} 行一字不差）")
        }
        (Fixed::Row { row, same_as }, Lang::En) => {
            format!("row {row} removed (C103: the same as row {same_as}, letter by letter)")
        }
    }
}

fn why(what: Mended, lang: Lang) -> String {
    let said = match (what, lang) {
        (Mended::Quantity, Lang::Zh) => "还原号码，一位不少",
        (Mended::Quantity, Lang::En) => "the number restored, every digit known",
        (Mended::Phone, Lang::Zh) => "号码只留数字",
        (Mended::Phone, Lang::En) => "a number by its digits",
        (Mended::Digits, Lang::Zh) => "全角改半角",
        (Mended::Digits, Lang::En) => "full-width made plain",
        (Mended::NextDay, Lang::Zh) => "写明是次日",
        (Mended::NextDay, Lang::En) => "the next day, said so",
        (Mended::PaddedName, Lang::Zh) => "姓名中间的空格去掉",
        (Mended::PaddedName, Lang::En) => "blanks within a name removed",
    };
    match (what.code(), lang) {
        (None, _) => said.to_owned(),
        (Some(code), Lang::Zh) => format!("{}：{said}", code.id()),
        (Some(code), Lang::En) => format!("{}: {said}", code.id()),
    }
}

/// Over the findings that only a person can settle.
#[must_use]
pub fn left(count: usize, lang: Lang) -> String {
    match (count, lang) {
        (0, Lang::Zh) => "改后没有别的要人改的了".to_owned(),
        (0, Lang::En) => "nothing is left to a person".to_owned(),
        (_, Lang::Zh) => format!("留给人改的 {count} 处："),
        (1, Lang::En) => "1 finding left to a person:".to_owned(),
        (_, Lang::En) => format!("{count} findings left to a person:"),
    }
}

/// Nothing can be put right for certain: no copy was written.
#[must_use]
pub fn nothing(path: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{path}：没有可以放心代改的地方，没有写新文件"),
        Lang::En => format!("{path}: nothing can be put right for certain; no copy was written"),
    }
}

/// A workbook: its looks would be lost.
#[must_use]
pub fn no_text(path: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => {
            format!("{path}：--fix 只改 CSV；工作簿请另存为 CSV，或用 --marked 把问题标在表上")
        }
        Lang::En => format!(
            "{path}: --fix puts right CSV alone; save the workbook as CSV, or have its findings marked with --marked"
        ),
    }
}

/// Bytes that would not come out as they went in.
#[must_use]
pub fn not_the_same(path: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{path}：文件的编码不能原样写回，没有写新文件"),
        Lang::En => {
            format!("{path}: its encoding cannot be written back byte by byte; no copy was written")
        }
    }
}
