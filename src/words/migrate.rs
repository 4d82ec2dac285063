//! What `zaigang migrate` has done, or why it has not.

use super::Lang;

/// What is told of a move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub from: String,
    pub to: String,
    /// Every table and its rows.
    pub rows: Vec<(&'static str, u64)>,
    /// The journal's lines and its head, before and after.
    pub before: (i64, String),
    pub after: (i64, String),
}

/// Why nothing was moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unmoved {
    /// Nothing is kept at `from`.
    Absent { from: String },
    /// Something is kept at `to` already.
    NotEmpty {
        to: String,
        table: &'static str,
        rows: u64,
    },
    /// A running program has one of the two.
    InUse,
    /// The journal that arrived is another one.
    AnotherJournal,
}

/// Rows by table, and both heads of the journal.
#[must_use]
pub fn moved(moved: &Moved, lang: Lang) -> String {
    let width = moved.rows.iter().map(|(table, _)| table.len()).max();
    let width = width.unwrap_or(0);
    let rows = moved.rows.iter();
    let rows: Vec<String> = rows
        .map(|(table, rows)| format!("  {table:width$}  {rows}"))
        .collect();
    let rows = rows.join("\n");
    let Moved {
        from,
        to,
        before,
        after,
        ..
    } = moved;
    let ((lines, head), (lines_after, head_after)) = (before, after);
    match lang {
        Lang::Zh => format!(
            "已从 {from} 全部搬到 {to}，每张表的行数：\n{rows}\n\
             搬之前的日志：{lines} 行，尾码 {head}\n\
             按搬到的各行重算：{lines_after} 行，尾码 {head_after}\n\
             两者相同。请把新地址写进 zaigang.toml 的 store.url 再启动；旧的数据没有动。"
        ),
        Lang::En => format!(
            "all of {from} is now in {to}; rows by table:\n{rows}\n\
             the journal before: {lines} lines, head {head}\n\
             worked out anew from what arrived: {lines_after} lines, head {head_after}\n\
             They are the same. Put the new address into zaigang.toml as store.url and start; the old data is as it was."
        ),
    }
}

#[must_use]
pub fn unmoved(why: &Unmoved, lang: Lang) -> String {
    match (why, lang) {
        (Unmoved::Absent { from }, Lang::Zh) => format!("{from} 里还没有数据，没有可搬的。"),
        (Unmoved::Absent { from }, Lang::En) => {
            format!("nothing is kept at {from} yet: there is nothing to move.")
        }
        (Unmoved::NotEmpty { to, table, rows }, Lang::Zh) => {
            format!("{to} 里已经有数据（{table} {rows} 行），没有动它。请换一个空的库。")
        }
        (Unmoved::NotEmpty { to, table, rows }, Lang::En) => {
            format!("{to} is not empty ({table}: {rows} rows); it was left alone. Name an empty database.")
        }
        (Unmoved::InUse, Lang::Zh) => "数据正被运行中的 zaigang 使用。请先停掉它再搬。".to_owned(),
        (Unmoved::InUse, Lang::En) => {
            "a running zaigang is using the data. Stop it, then move.".to_owned()
        }
        (Unmoved::AnotherJournal, Lang::Zh) => {
            "搬到的日志和原来的不一样，一行也没有留下。原来的数据可能坏了：先用 zaigang verify 核对。"
                .to_owned()
        }
        (Unmoved::AnotherJournal, Lang::En) => {
            "the journal that arrived is not the one that was there, so nothing was left behind. \
             The old data may be damaged: look with zaigang verify first."
                .to_owned()
        }
    }
}
