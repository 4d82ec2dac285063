//! Tables no clerk wrote, mixed from rows that clerks write: every cell of them is accounted for,
//! as text and as a workbook's sheet with any cells merged.

use std::collections::HashSet;
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use zaigang::roster::{Asked, Cells, Merge, Reading, cells, read, read_cells};

type Rows = Vec<Vec<String>>;

/// Every sample roster and every form, as cells.
static WRITTEN: LazyLock<Vec<Rows>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["rosters", "tests/forms"].map(|folder| std::fs::read_dir(root.join(folder)));
    let mut paths: Vec<_> = folders
        .into_iter()
        .flat_map(Result::unwrap)
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
        .iter()
        .filter_map(|path| {
            let bytes = std::fs::read(path).unwrap();
            let ends = bytes
                .windows(9)
                .position(|w| w == b"=== reads")
                .unwrap_or(bytes.len());
            Some(cells(&bytes[..ends])?.rows)
        })
        .filter(|rows| rows.len() <= 40)
        .collect()
});

/// A few rows of one roster, moved to the right.
fn rows_of_one() -> impl Strategy<Value = Rows> {
    (0..WRITTEN.len(), 0..30usize, 1..6usize, 0..3usize).prop_map(|(which, from, count, right)| {
        let rows = WRITTEN[which].iter().skip(from).take(count);
        let moved = rows.map(|row| [vec![String::new(); right], row.clone()].concat());
        moved.collect()
    })
}

fn mixture() -> impl Strategy<Value = Rows> {
    proptest::collection::vec(rows_of_one(), 1..6).prop_map(|parts| parts.concat())
}

fn merge() -> impl Strategy<Value = Merge> {
    (0..20usize, 0..8usize, 0..4usize, 0..3usize).prop_map(|(row, column, down, right)| Merge {
        first: (row, column),
        last: (row + down, column + right),
    })
}

fn accounted(reading: &Reading) -> Result<HashSet<(usize, usize)>, TestCaseError> {
    let mut places = HashSet::new();
    for cell in &reading.account.cells {
        let place = (cell.place.row as usize - 1, cell.place.column as usize - 1);
        prop_assert!(places.insert(place), "{place:?} twice");
    }
    Ok(places)
}

fn nothing_is_dropped(reading: &Reading, rows: &[Vec<String>]) -> Result<(), TestCaseError> {
    let places = accounted(reading)?;
    for (r, row) in rows.iter().enumerate() {
        for (c, cell) in row.iter().enumerate().filter(|(_, c)| !c.trim().is_empty()) {
            prop_assert!(
                places.contains(&(r, c)),
                "{cell:?} at {:?} is dropped",
                (r, c)
            );
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn every_cell_of_a_mixed_table_is_accounted_for(rows in mixture()) {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let Some(written) = cells(&bytes) else { return Ok(()) };
        nothing_is_dropped(&read(&bytes, &Asked::default()), &written.rows)?;
    }

    #[test]
    fn every_cell_of_a_mixed_sheet_with_merges_is_accounted_for(
        rows in mixture(),
        merges in proptest::collection::vec(merge(), 0..6),
    ) {
        prop_assume!(rows.iter().flatten().any(|cell| !cell.trim().is_empty()));
        let sheet = Cells { rows, merges, ..Cells::default() };
        nothing_is_dropped(&read_cells(&sheet, &Asked::default()), &sheet.rows)?;
    }
}
