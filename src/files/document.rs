//! The bytes of a file that goes out in the chat, made from its facts when it leaves: a queued
//! message stays small, and a file sent again after a crash is the same file.

use rust_xlsxwriter::XlsxError;

use super::{marked, template};
use crate::picture::{docx, gaps_sheet, sheet};
use crate::roster::Source;
use crate::words::chat::Contents;
use crate::words::enclosed::Enclosed;

/// Below what Telegram takes from a bot (50 MB), and above any file of ours.
pub const MOST_BYTES: usize = 20_000_000;

/// Why a file cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    #[error("the workbook cannot be written: {0}")]
    Workbook(#[from] XlsxError),
    #[error("the file it is made from is not there")]
    NoOriginal,
    #[error(transparent)]
    Paper(#[from] docx::Unpacked),
}

/// The file's bytes. `original`: those of [`Contents::of_upload`], where it is made from another
/// file. Blocks while a workbook is written.
pub fn bytes(contents: &Contents, original: Option<&[u8]>) -> Result<Vec<u8>, DocumentError> {
    match contents {
        Contents::Template(words) => Ok(template::workbook(words)?),
        Contents::Gaps(words) => Ok(gaps_sheet::workbook(words)?),
        Contents::Marked(copy) => {
            let source = Source {
                encoding: "utf-8",
                delimiter: None,
                sheet: copy.sheet.clone(),
                rows: 0,
            };
            let cells = original.and_then(|bytes| super::cells(bytes, &source));
            let cells = cells.ok_or(DocumentError::NoOriginal)?;
            Ok(marked::copy(cells, &copy.remarks)?)
        }
        // The store's and the world's, not ours.
        Contents::Journal | Contents::Kept(..) => Ok(Vec::new()),
    }
}

/// The bytes of a paper or of a book of sheets. Blocks while they are written.
pub fn drawn(enclosed: &Enclosed) -> Result<Vec<u8>, DocumentError> {
    Ok(match enclosed {
        Enclosed::Paper(paper) => docx::packed(paper)?,
        Enclosed::Book(book) => sheet::xlsx(book)?,
        Enclosed::Gaps(sheet) => gaps_sheet::workbook(sheet)?,
    })
}
