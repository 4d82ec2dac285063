//! What somebody said of a roster's form, kept beside it: `roster.csv.map.json`.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::roster::Answers;
use crate::words::check::Refusal;

const SCHEMA: &str = "zaigang.map/1";
const SUFFIX: &str = ".map.json";

#[derive(Serialize, Deserialize)]
struct Kept {
    schema: String,
    answers: Answers,
}

/// Where the answers about the file at `roster` are kept.
pub(super) fn beside(roster: &Path) -> PathBuf {
    let mut name = roster.as_os_str().to_owned();
    name.push(SUFFIX);
    PathBuf::from(name)
}

/// The answers kept beside a roster; none where nobody gave any.
pub(super) fn of(roster: &Path) -> Result<Answers, Refusal> {
    let path = beside(roster);
    if path.is_file() {
        read(&path)
    } else {
        Ok(Answers::default())
    }
}

/// The answers of the file at `path`.
pub(super) fn read(path: &Path) -> Result<Answers, Refusal> {
    let shown = path.display().to_string();
    let text = std::fs::read(path).map_err(|cause| Refusal::CannotOpen {
        path: shown.clone(),
        cause: cause.kind(),
    })?;
    let kept: Option<Kept> = serde_json::from_slice(&text).ok();
    kept.filter(|kept| kept.schema == SCHEMA)
        .map(|kept| kept.answers)
        .ok_or(Refusal::NotAnswers { path: shown })
}

/// Puts the answers beside the roster whole, or leaves what was there.
pub(super) fn keep(roster: &Path, answers: &Answers) -> Result<PathBuf, Refusal> {
    let path = beside(roster);
    let failed = |cause: &dyn std::fmt::Display| Refusal::CannotWrite {
        path: path.display().to_string(),
        cause: cause.to_string(),
    };
    let kept = Kept {
        schema: SCHEMA.to_owned(),
        answers: answers.clone(),
    };
    let mut text = serde_json::to_string_pretty(&kept).map_err(|error| failed(&error))?;
    text.push('\n');
    let mut half = path.clone().into_os_string();
    half.push(".new");
    std::fs::write(&half, text)
        .and_then(|()| std::fs::rename(&half, &path))
        .map_err(|error| failed(&error))?;
    Ok(path)
}

/// Takes away answers that were taken back.
pub(super) fn forget(roster: &Path) -> Result<(), Refusal> {
    let path = beside(roster);
    match std::fs::remove_file(&path) {
        Err(cause) if cause.kind() != ErrorKind::NotFound => Err(Refusal::CannotWrite {
            path: path.display().to_string(),
            cause: cause.to_string(),
        }),
        _ => Ok(()),
    }
}
