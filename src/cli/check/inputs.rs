use std::fs::File;
use std::io::Read;
use std::ops::Deref;
use std::path::{Path, PathBuf};

use super::args::Kept;
use super::fix::copy_of;
use crate::cli::kept_answers;
use crate::files::Mapped;
use crate::roster::Answers;
use crate::words::check::Refusal;

/// A roster's bytes, and what it is called.
pub(super) struct Input {
    /// As it was asked for; `-` for standard input.
    pub path: String,
    pub bytes: Bytes,
    /// What somebody has said of its form.
    pub answers: Answers,
}

/// A file's bytes: a copy, or the system's own.
pub(super) enum Bytes {
    Read(Vec<u8>),
    Mapped(Mapped),
}

impl Deref for Bytes {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        match self {
            Bytes::Read(bytes) => bytes,
            Bytes::Mapped(bytes) => bytes,
        }
    }
}

impl Clone for Bytes {
    fn clone(&self) -> Self {
        Bytes::Read(self.to_vec())
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::Read(bytes)
    }
}

/// Smaller files that are looked at again, to quote or to put right, are copied: nobody else can
/// change a copy. To copy what is read once takes a small check a twelfth of its time.
const LARGE_BYTES: u64 = 8 << 20;

/// What rosters in a folder end with.
const ROSTERS: [&str; 4] = ["csv", "xlsx", "xls", "et"];

/// What our own lists are called, which are no rosters either.
const LISTS: [&str; 2] = ["units.csv", "need.csv"];

/// What the paths hold: files as asked for, a folder's rosters by name (not those of its
/// folders), `-` standard input. `lists` are no rosters. `answers`: said of all of them, in place of
/// what is kept beside each. `kept`: what is made of their bytes once they are read.
pub(super) fn inputs(
    paths: &[PathBuf],
    lists: &[PathBuf],
    answers: Option<&Path>,
    kept: Kept,
) -> Result<Vec<Input>, Refusal> {
    let mut inputs = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            inputs.push(standard_input()?);
        } else if path.is_dir() {
            let rosters = rosters_in(path, lists)?;
            if rosters.is_empty() {
                return Err(Refusal::NothingIn {
                    folder: path.display().to_string(),
                });
            }
            for roster in &rosters {
                inputs.push(file(roster, kept)?);
            }
        } else {
            inputs.push(file(path, kept)?);
        }
    }
    if let Some(path) = answers {
        let answers = kept_answers::read(path)?;
        for input in &mut inputs {
            input.answers.clone_from(&answers);
        }
    }
    Ok(inputs)
}

fn standard_input() -> Result<Input, Refusal> {
    let mut bytes = Vec::new();
    match std::io::stdin().lock().read_to_end(&mut bytes) {
        Ok(_) => Ok(Input {
            path: "-".to_owned(),
            bytes: bytes.into(),
            answers: Answers::default(),
        }),
        Err(cause) => Err(cannot_open(Path::new("-"), &cause)),
    }
}

fn file(path: &Path, kept: Kept) -> Result<Input, Refusal> {
    let bytes = bytes_of(path, kept).map_err(|cause| cannot_open(path, &cause))?;
    Ok(Input {
        path: path.display().to_string(),
        bytes,
        answers: kept_answers::of(path)?,
    })
}

fn bytes_of(path: &Path, kept: Kept) -> std::io::Result<Bytes> {
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    let is_read_once = kept == Kept::Findings && size > 0;
    if (is_read_once || size >= LARGE_BYTES)
        && let Ok(mapped) = Mapped::of(&file)
    {
        return Ok(Bytes::Mapped(mapped));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    file.read_to_end(&mut bytes)?;
    Ok(bytes.into())
}

fn rosters_in(folder: &Path, lists: &[PathBuf]) -> Result<Vec<PathBuf>, Refusal> {
    let lists: Vec<PathBuf> = lists
        .iter()
        .filter_map(|path| path.canonicalize().ok())
        .collect();
    let entries = std::fs::read_dir(folder).map_err(|cause| cannot_open(folder, &cause))?;
    let mut rosters: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| {
            let extension = path.extension();
            let is = |own: &str| extension.is_some_and(|e| e.eq_ignore_ascii_case(own));
            ROSTERS.iter().any(|own| is(own)) && !is_lock(path)
        })
        .filter(|path| path.is_file())
        .filter(|path| LISTS.iter().all(|own| !path.ends_with(own)))
        .filter(|path| path.canonicalize().is_ok_and(|real| !lists.contains(&real)))
        .collect();
    // Our own copy of a roster is not one more.
    let copies: Vec<PathBuf> = rosters.iter().map(|path| copy_of(path)).collect();
    rosters.retain(|path| !copies.contains(path));
    rosters.sort_unstable();
    Ok(rosters)
}

/// What a spreadsheet leaves beside a file it has open.
fn is_lock(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().starts_with("~$")
}

fn cannot_open(path: &Path, cause: &std::io::Error) -> Refusal {
    Refusal::CannotOpen {
        path: path.display().to_string(),
        cause: cause.kind(),
    }
}
