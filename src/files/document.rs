//! The bytes of a file that goes out in the chat, made from its facts when it leaves: a queued
//! message stays small, and a file sent again after a crash is the same file.

use rust_xlsxwriter::XlsxError;

use super::template;
use crate::words::chat::Contents;

/// Below what Telegram takes from a bot (50 MB), and above any file of ours.
pub const MOST_BYTES: usize = 20_000_000;

/// The file's bytes. Blocks while a workbook is written.
pub fn bytes(contents: &Contents) -> Result<Vec<u8>, XlsxError> {
    match contents {
        Contents::Template(words) => template::workbook(words),
    }
}
