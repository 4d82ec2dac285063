//! The parent's side: starts the unpacking process, listens with patience and a limit, and
//! believes only an answer told to its end.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::UNPACK;
use super::wire::{Fault, Line};
use crate::roster::{Cells, Hidden, Limits, Merge, Misread};

/// Longer than the process's own limit on CPU, for a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// More text than 5 MB of roster make.
const MOST_ANSWER: u64 = 64 * 1024 * 1024;

/// Rows times columns over all sheets, blanks between included: what a reading keeps in memory.
const MOST_AREA: usize = 2_000_000;

/// A workbook's sheets, or why they are not to be had.
pub(super) fn unpacked(
    bytes: &[u8],
    limits: Limits,
    encoding: &'static str,
) -> Result<Vec<Cells>, Misread> {
    let answer = match answered(bytes) {
        Ok(Some(answer)) => answer,
        Ok(None) => return Err(Misread::Outgrown),
        // Our machine's fault; the clerk's way out of it is the same as with a damaged file.
        Err(error) => {
            tracing::error!(%error, "a workbook could not be unpacked");
            return Err(Misread::Damaged);
        }
    };
    sheets(&answer, encoding).map_err(|fault| match fault {
        Fault::Locked => Misread::Locked,
        Fault::Damaged => Misread::Damaged,
        Fault::Cells => Misread::Outgrown,
        Fault::Rows(rows) => Misread::TooLarge {
            bytes: bytes.len(),
            rows: rows as usize,
            limits,
        },
    })
}

/// All that the process says; `None` when it ran into a limit, its own or ours.
fn answered(workbook: &[u8]) -> io::Result<Option<Vec<u8>>> {
    let mut child = Command::new(this_program()?)
        .arg(UNPACK)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let (heard, hearing) = mpsc::channel();
    let answer = thread::scope(|scope| {
        scope.spawn(move || {
            // One that dies stops listening; what it said before tells.
            let _ = stdin.map(|mut pipe| pipe.write_all(workbook));
        });
        scope.spawn(move || {
            let mut answer = Vec::new();
            let read = stdout.map(|pipe| pipe.take(MOST_ANSWER + 1).read_to_end(&mut answer));
            let _ = heard.send(read.transpose().map(|_| answer));
        });
        let answer = hearing.recv_timeout(PATIENCE);
        if answer
            .as_ref()
            .map_or(true, |told| told.as_ref().is_ok_and(|a| is_too_long(a)))
        {
            // Both pipes end with it, and so both threads.
            let _ = child.kill();
        }
        answer
    });
    let status = child.wait()?;
    match answer {
        Ok(told) => Ok(Some(told?).filter(|a| !is_too_long(a) && status.code().is_some())),
        Err(_) => Ok(None),
    }
}

fn is_too_long(answer: &[u8]) -> bool {
    answer.len() as u64 > MOST_ANSWER
}

/// This very program, also when its file has been replaced by a newer one since it started.
fn this_program() -> io::Result<PathBuf> {
    if cfg!(target_os = "linux") {
        Ok(PathBuf::from("/proc/self/exe"))
    } else {
        std::env::current_exe()
    }
}

/// The sheets an answer tells of; an answer without its end tells of damage.
fn sheets(answer: &[u8], encoding: &'static str) -> Result<Vec<Cells>, Fault> {
    let mut sheets: Vec<Cells> = Vec::new();
    let mut area = 0;
    for line in answer.split(|byte| *byte == b'\n') {
        match (serde_json::from_slice(line), sheets.last_mut()) {
            (Ok(Line::End), _) => return Ok(sheets),
            (Ok(Line::Fault(fault)), _) => return Err(fault),
            (Ok(Line::Sheet { name }), _) => sheets.push(Cells {
                sheet: name,
                encoding,
                ..Cells::default()
            }),
            (Ok(Line::Row(row, cells)), Some(sheet)) => {
                let width = cells.iter().map(|(column, _)| *column as usize + 1).max();
                area += width.unwrap_or(0);
                if area > MOST_AREA {
                    return Err(Fault::Cells);
                }
                put(sheet, row as usize, width.unwrap_or(0), cells);
            }
            (Ok(Line::Merge([row, column, last_row, last_column])), Some(sheet)) => {
                sheet.merges.push(Merge {
                    first: (row as usize, column as usize),
                    last: (last_row as usize, last_column as usize),
                });
            }
            (Ok(Line::Hidden { rows, columns }), Some(sheet)) => {
                let places = |all: Vec<u32>| all.into_iter().map(|n| n as usize).collect();
                sheet.hidden = Hidden {
                    rows: places(rows),
                    columns: places(columns),
                };
            }
            _ => return Err(Fault::Damaged),
        }
    }
    Err(Fault::Damaged)
}

fn put(sheet: &mut Cells, row: usize, width: usize, cells: Vec<(u32, String)>) {
    if sheet.rows.len() <= row {
        sheet.rows.resize_with(row + 1, Vec::new);
    }
    let Some(places) = sheet.rows.get_mut(row) else {
        return;
    };
    if places.len() < width {
        places.resize_with(width, String::new);
    }
    for (column, text) in cells {
        if let Some(place) = places.get_mut(column as usize) {
            *place = text;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(lines: &str) -> Result<Vec<Cells>, Fault> {
        sheets(lines.as_bytes(), "utf-8")
    }

    #[test]
    fn cells_stand_where_the_spreadsheet_shows_them() {
        let sheets = told("{\"Sheet\":{\"name\":\"十月\"}}\n{\"Row\":[2,[[1,\"甲\"]]]}\n\"End\"\n");
        let sheets = sheets.ok().unwrap();
        assert_eq!(sheets[0].sheet, "十月");
        assert_eq!(
            sheets[0].rows,
            [vec![], vec![], vec![String::new(), "甲".to_owned()]]
        );
    }

    #[test]
    fn an_answer_cut_short_is_no_answer() {
        assert_eq!(
            told("{\"Sheet\":{\"name\":\"十月\"}}\n{\"Row\":[2,[[1").err(),
            Some(Fault::Damaged)
        );
        assert_eq!(
            told("{\"Sheet\":{\"name\":\"十月\"}}\n").err(),
            Some(Fault::Damaged)
        );
        assert_eq!(told("").err(), Some(Fault::Damaged));
        assert_eq!(
            told("{\"Fault\":\"Locked\"}\n\"End\"").err(),
            Some(Fault::Locked)
        );
    }

    #[test]
    fn wide_rows_are_refused_before_they_are_made() {
        let row = "{\"Row\":[0,[[4294967295,\"甲\"]]]}\n";
        let wide = format!("{{\"Sheet\":{{\"name\":\"十月\"}}}}\n{row}\"End\"\n");
        assert_eq!(told(&wide).err(), Some(Fault::Cells));
    }
}
