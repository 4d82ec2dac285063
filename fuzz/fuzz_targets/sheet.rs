//! Any text as a workbook's sheet, with any merged cells: the first byte says how many merges
//! follow, four bytes each.

#![no_main]
#![allow(dead_code, unused_imports)]

mod laws;
#[path = "../../src/roster/mod.rs"]
mod roster;
#[path = "../../src/time/mod.rs"]
mod time;

use libfuzzer_sys::fuzz_target;
use roster::{Asked, Cells, Merge, cells, read_cells};

fuzz_target!(|bytes: &[u8]| {
    let Some((sheet, merges)) = sheet(bytes) else {
        return;
    };
    let asked = Asked::default();
    let reading = read_cells(
        &Cells {
            merges,
            ..sheet.clone()
        },
        &asked,
    );
    laws::hold(&reading, Some(&sheet), &asked);
});

fn sheet(bytes: &[u8]) -> Option<(Cells, Vec<Merge>)> {
    let (count, rest) = bytes.split_first()?;
    let (merges, text) = rest.split_at_checked(usize::from(count % 16) * 4)?;
    let at = |byte: u8| usize::from(byte % 64);
    let merges = merges
        .chunks_exact(4)
        .map(|m| Merge {
            first: (at(m[0]), at(m[1])),
            last: (at(m[0]) + at(m[2]), at(m[1]) + at(m[3])),
        })
        .collect();
    Some((cells(text)?, merges))
}
