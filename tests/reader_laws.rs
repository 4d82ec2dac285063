//! What holds for any bytes at all: reading never panics, and every cell that is not blank is
//! accounted for once.

use std::collections::HashSet;

use proptest::prelude::*;
use zaigang::roster::{Asked, CellUse, Reading, read};
use zaigang::time::{Zone, holiday};

/// Words rosters are made of, so that random tables look like tables.
const WORDS: &[&str] = &[
    "日期",
    "星期",
    "带班领导",
    "值班员",
    "值班人员",
    "联系电话",
    "单位",
    "班次",
    "开始",
    "结束",
    "备注",
    "姓名",
    "岗位",
    "10月1日",
    "10月2日",
    "9月31日",
    "10.3",
    "03/10",
    "46296",
    "2026-10-04 08:00",
    "1",
    "2",
    "31",
    "四",
    "周五",
    "1日5日",
    "8:00-次日8:00",
    "08:00",
    "8:00-8:00",
    "25:00",
    "白班",
    "夜班",
    "D",
    "N",
    "休",
    "√",
    "0.333",
    "全天",
    "上午",
    "张建国",
    "李秀英、王伟",
    "陶 然",
    "李文博（县长）",
    "赵敏（请假）",
    "同上",
    "待定",
    "/",
    "城关镇",
    "水利局",
    "13800000001",
    "1.38E+10",
    "0000-5550101",
    "合计",
    "注：值班时间8:00至次日8:00",
    "未报单位：大湾乡",
    "10月3日：高峰 13800000002",
    "5\n带班领导：周海涛\n值班员：林静",
    "",
    "",
    "",
    "A：08:00-16:00",
    "(((",
    "：",
    "国庆节值班表",
    "制表人：石磊",
    "初五",
    "除夕",
];

fn asked() -> Asked {
    Asked {
        period: holiday("national-day-2026").map(|h| h.period(Zone::default())),
        ..Asked::default()
    }
}

pub fn table() -> impl Strategy<Value = Vec<Vec<&'static str>>> {
    let cell = proptest::sample::select(WORDS);
    let row = proptest::collection::vec(cell, 1..8);
    proptest::collection::vec(row, 1..12)
}

/// The table as a file.
pub fn csv(rows: &[Vec<&str>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

/// Every cell that is not blank is accounted for once; a table that was cut another way is not
/// looked at.
pub fn is_accounted_for(reading: &Reading, rows: &[Vec<&str>]) -> Result<(), TestCaseError> {
    if reading.source.delimiter != Some(',') {
        return Ok(());
    }
    let mut places = HashSet::new();
    for cell in &reading.account.cells {
        prop_assert!(
            places.insert((cell.place.row, cell.place.column)),
            "{:?} twice",
            cell.place
        );
        let shifts = reading.roster.shifts.len();
        prop_assert!(
            cell.shift.is_none_or(|s| (s as usize) < shifts),
            "{:?}",
            cell
        );
        prop_assert!(
            cell.r#as == CellUse::Shift || cell.shift.is_none(),
            "{:?}",
            cell
        );
    }
    for (r, row) in rows.iter().enumerate() {
        for (c, cell) in row
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.trim().is_empty())
        {
            let place = (u32::try_from(r + 1).unwrap(), u32::try_from(c + 1).unwrap());
            let failed = reading.source.rows == 0;
            prop_assert!(
                failed || places.contains(&place),
                "{cell:?} at {place:?} is dropped"
            );
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let reading = read(&bytes, &asked());
        prop_assert!(!reading.roster.shifts.is_empty() || !reading.findings.is_empty());
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC{0,200}") {
        let reading = read(text.as_bytes(), &Asked::default());
        prop_assert!(!reading.roster.shifts.is_empty() || !reading.findings.is_empty());
    }

    #[test]
    fn every_cell_of_any_table_is_accounted_for_once(rows in table()) {
        is_accounted_for(&read(&csv(&rows), &asked()), &rows)?;
    }
}
