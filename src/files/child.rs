//! The unpacking process: a workbook on standard input, its cells on standard output. It bounds
//! itself before it reads the first byte; whatever happens to it, its parent lives.

use std::io::{self, BufWriter, Cursor, Read, Write};

use calamine::{
    Data, Dimensions, Reader, Sheet, SheetType, SheetVisible, Xls, XlsError, Xlsx, XlsxError,
};

use super::Container;
use super::cell::shown;
use super::unseen::Parts;
use super::wire::{Fault, Line};
use crate::roster::Limits;

/// A roster of 5 MB takes a tenth of either.
const MOST_BYTES: u64 = 512 * 1024 * 1024;
const MOST_CPU_SECS: u64 = 10;

/// Cells a workbook may hold: the rows taken, each twenty wide.
const MOST_CELLS: usize = 1_000_000;
const MOST_MERGES: usize = 20_000;

/// Unpacks the workbook on standard input. Called only in a process that does nothing else.
pub fn sheets_from_stdin() -> io::Result<()> {
    bound()?;
    let mut bytes = Vec::new();
    let most = Limits::CHAT.bytes as u64 + 1;
    io::stdin().lock().take(most).read_to_end(&mut bytes)?;
    let mut out = Teller {
        out: BufWriter::new(io::stdout().lock()),
        cells_left: MOST_CELLS,
    };
    let told = match Container::of(&bytes) {
        Some(Container::Zip) => tell_xlsx(&bytes, &mut out),
        Some(Container::Ole) => tell_xls(&bytes, &mut out),
        None => Err(Stop::Fault(Fault::Damaged)),
    };
    match told {
        Ok(()) => out.tell(&Line::End)?,
        Err(Stop::Fault(fault)) => out.tell(&Line::Fault(fault))?,
        Err(Stop::Io(error)) => return Err(error),
    }
    out.out.flush()
}

#[cfg(unix)]
fn bound() -> io::Result<()> {
    use rlimit::Resource;
    Resource::AS.set(MOST_BYTES, MOST_BYTES)?;
    Resource::CPU.set(MOST_CPU_SECS, MOST_CPU_SECS)?;
    // One that dies of it leaves no image of a roster behind.
    Resource::CORE.set(0, 0)
}

/// Where a process cannot bound itself, time and the size of its answer still are, by its parent.
#[cfg(not(unix))]
fn bound() -> io::Result<()> {
    Ok(())
}

/// Why telling ends early.
enum Stop {
    Fault(Fault),
    Io(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Stop::Io(error)
    }
}

impl From<XlsxError> for Stop {
    fn from(error: XlsxError) -> Self {
        Stop::Fault(match error {
            XlsxError::Password => Fault::Locked,
            _ => Fault::Damaged,
        })
    }
}

impl From<XlsError> for Stop {
    fn from(error: XlsError) -> Self {
        Stop::Fault(match error {
            XlsError::Password => Fault::Locked,
            _ => Fault::Damaged,
        })
    }
}

/// Cell by cell: a sheet read whole takes memory for every blank between its corners.
fn tell_xlsx(bytes: &[u8], out: &mut Teller<impl Write>) -> Result<(), Stop> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes))?;
    let all: Vec<String> = book
        .sheets_metadata()
        .iter()
        .map(|s| s.name.clone())
        .collect();
    let mut parts = Parts::of(bytes);
    for name in shown_sheets(book.sheets_metadata()) {
        let place = all.iter().position(|known| *known == name);
        let merges = book.merge_cells_by_sheet_name(&name)?;
        let mut cells = book.worksheet_cells_reader(&name)?;
        out.tell(&Line::Sheet { name })?;
        let mut row = Row::default();
        while let Some(cell) = cells.next_cell()? {
            let value = Data::from(cell.get_value().clone());
            out.cell(&mut row, cell.get_position(), &value)?;
        }
        out.row(&mut row)?;
        out.merges(&merges)?;
        if let Some(hidden) = parts.as_mut().zip(place).and_then(|(p, at)| p.hidden(at)) {
            out.tell(&hidden)?;
        }
    }
    Ok(())
}

fn tell_xls(bytes: &[u8], out: &mut Teller<impl Write>) -> Result<(), Stop> {
    let mut book: Xls<_> = match Xls::new(Cursor::new(bytes)) {
        Ok(book) => book,
        // A locked .xlsx is wrapped as an .xls is, with nothing of one inside.
        Err(error) => match Xlsx::new(Cursor::new(bytes)) {
            Err(XlsxError::Password) => return Err(Stop::Fault(Fault::Locked)),
            _ => return Err(error.into()),
        },
    };
    for name in shown_sheets(book.sheets_metadata()) {
        let range = book.worksheet_range(&name)?;
        let merges = book.merge_cells_by_sheet_name(&name)?;
        out.tell(&Line::Sheet { name })?;
        let (top, left) = range.start().unwrap_or_default();
        let mut row = Row::default();
        for (down, right, value) in range.used_cells() {
            let at = (top + number(down), left + number(right));
            out.cell(&mut row, at, value)?;
        }
        out.row(&mut row)?;
        out.merges(&merges)?;
    }
    Ok(())
}

/// The sheets a clerk sees; all of them where none is shown.
fn shown_sheets(sheets: &[Sheet]) -> Vec<String> {
    let tables = sheets.iter().filter(|s| s.typ == SheetType::WorkSheet);
    let names = |sheets: &mut dyn Iterator<Item = &Sheet>| -> Vec<String> {
        sheets.map(|s| s.name.clone()).collect()
    };
    let seen = names(
        &mut tables
            .clone()
            .filter(|s| s.visible == SheetVisible::Visible),
    );
    if seen.is_empty() {
        names(&mut tables.clone())
    } else {
        seen
    }
}

/// The row being gathered, counted from 0.
#[derive(Default)]
struct Row {
    at: u32,
    cells: Vec<(u32, String)>,
}

/// Says lines, and keeps count of what is said.
struct Teller<W> {
    out: W,
    cells_left: usize,
}

impl<W: Write> Teller<W> {
    fn tell(&mut self, line: &Line) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, line)?;
        self.out.write_all(b"\n")
    }

    fn cell(&mut self, row: &mut Row, (at, column): (u32, u32), value: &Data) -> Result<(), Stop> {
        let text = shown(value);
        if text.trim().is_empty() {
            return Ok(());
        }
        if at as usize >= Limits::CHAT.rows {
            return Err(Stop::Fault(Fault::Rows(at + 1)));
        }
        self.cells_left = self.cells_left.saturating_sub(1);
        if self.cells_left == 0 {
            return Err(Stop::Fault(Fault::Cells));
        }
        if at != row.at {
            self.row(row)?;
            row.at = at;
        }
        row.cells.push((column, text));
        Ok(())
    }

    fn row(&mut self, row: &mut Row) -> io::Result<()> {
        if row.cells.is_empty() {
            return Ok(());
        }
        self.tell(&Line::Row(row.at, std::mem::take(&mut row.cells)))
    }

    fn merges(&mut self, merges: &[Dimensions]) -> io::Result<()> {
        for merge in merges.iter().take(MOST_MERGES) {
            let (first, last) = (merge.start, merge.end);
            self.tell(&Line::Merge([first.0, first.1, last.0, last.1]))?;
        }
        Ok(())
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
