//! A journal taken along, and `zaigang verify`: proven anywhere.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::serve;
use super::{SpokenIn, say};
use crate::config::Settings;
use crate::proof::proven;
use crate::spotcheck::Digest;
use crate::store::{self, Place};
use crate::words::Lang;
use crate::words::proof::{Refusal, contradiction, proof, refusal};

/// The arguments of `verify`.
#[derive(clap::Args)]
pub(super) struct VerifyArgs {
    /// 导出的日志，或数据文件 zaigang.db。 An exported journal, or zaigang.db itself.
    file: PathBuf,
    /// 您手里的尾码（哪天的都行）。 A head you were sent, of whatever day.
    #[arg(long, value_name = "HEX")]
    head: Option<String>,
    /// 语言。 Language: zh, en.
    #[arg(long, value_enum, default_value_t = SpokenIn::Zh)]
    lang: SpokenIn,
}

/// 0; 2 where the data cannot be read.
pub(super) fn export(place: &serve::Args, output: Option<&Path>, lang: Lang) -> ExitCode {
    let written = database(place).and_then(|place| {
        let text = exported(&place)?;
        match output {
            None => {
                say(&text);
                Ok(())
            }
            Some(output) => std::fs::write(output, text).map_err(|error| unopened(output, &error)),
        }
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => refused(&why, lang),
    }
}

/// 0 where all of it holds, 1 where something does not, 2 where it cannot be read.
pub(super) fn verify(args: &VerifyArgs) -> ExitCode {
    let lang = args.lang.into();
    let head = match args
        .head
        .as_deref()
        .map(|head| (head, head.parse::<Digest>()))
    {
        None => None,
        Some((_, Ok(head))) => Some(head),
        Some((given, Err(_))) => {
            let given = given.to_owned();
            return refused(&Refusal::Head { given }, lang);
        }
    };
    let text = match contents(&args.file) {
        Ok(text) => text,
        Err(why) => return refused(&why, lang),
    };
    match proven(&text, head) {
        Ok(proven) => {
            say(&proof(&proven, lang));
            ExitCode::SUCCESS
        }
        Err(found) => {
            say(&contradiction(&found, lang));
            ExitCode::FAILURE
        }
    }
}

fn refused(why: &Refusal, lang: Lang) -> ExitCode {
    eprintln!("zaigang: {}", refusal(why, lang));
    ExitCode::from(2)
}

fn unopened(path: &Path, cause: &dyn std::error::Error) -> Refusal {
    Refusal::File {
        path: path.display().to_string(),
        cause: cause.to_string(),
    }
}

fn unread(place: &Place, cause: &dyn std::error::Error) -> Refusal {
    Refusal::File {
        path: match place {
            Place::File(file) => file.display().to_string(),
            Place::Server(_) => place.to_string(),
        },
        cause: serve::with_causes(cause),
    }
}

const SQLITE: &[u8] = b"SQLite format 3\0";

/// An export as it is, or that of a database.
fn contents(file: &Path) -> Result<Vec<u8>, Refusal> {
    let bytes = std::fs::read(file).map_err(|error| unopened(file, &error))?;
    if bytes.starts_with(SQLITE) {
        let place = Place::File(file.to_owned());
        return exported(&place).map(String::into_bytes);
    }
    Ok(bytes)
}

fn exported(place: &Place) -> Result<String, Refusal> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| unread(place, &error))?;
    let text = runtime.block_on(store::export(place));
    text.map_err(|error| unread(place, &error))
}

/// The database the settings name.
fn database(args: &serve::Args) -> Result<Place, Refusal> {
    let here = std::env::current_dir().unwrap_or_default();
    let settings = match &args.config {
        Some(path) => Settings::read(Some(path), std::env::vars()),
        None => Settings::found(&here, std::env::vars()),
    };
    let settings = settings.map_err(|error| Refusal::Settings {
        cause: error.to_string(),
    })?;
    let url = settings.store.url.as_deref().unwrap_or("sqlite:zaigang.db");
    Place::of(url, &args.data).map_err(|error| Refusal::Settings {
        cause: error.to_string(),
    })
}
