//! `--marked`: the clerk's own file again, with each finding at its cell.

use std::path::Path;

use super::judge::Checked;
use crate::files;
use crate::words::{Lang, check::Refusal, marked::remarks};

/// Writes the copy beside what else is said of the file.
pub(super) fn write(path: &Path, checked: &Checked, lang: Lang) -> Result<(), Refusal> {
    let [file] = checked.files.as_slice() else {
        return Err(Refusal::ManyToMark);
    };
    let cells = files::cells(&file.bytes, &file.reading.source);
    let cells = cells.ok_or_else(|| Refusal::NothingToMark {
        path: file.path.clone(),
    })?;
    let failed = |cause: &dyn std::fmt::Display| Refusal::CannotWrite {
        path: path.display().to_string(),
        cause: cause.to_string(),
    };
    let remarks = remarks(&checked.findings, checked.zone, lang);
    let bytes = files::marked::copy(cells, &remarks).map_err(|error| failed(&error))?;
    std::fs::write(path, bytes).map_err(|error| failed(&error))
}
