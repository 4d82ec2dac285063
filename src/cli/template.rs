//! `zaigang template`: an empty roster to fill in.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::SpokenIn;
use crate::files;
use crate::time::holidays_of;
use crate::words::{self, Lang, check::Refusal};

/// What it is called where nobody says.
const USUAL_NAME: &str = "roster.xlsx";

#[derive(clap::Args)]
pub(super) struct Args {
    /// 填好单位名；不给则每行自己写单位。 The unit, filled in; without it every row names its own.
    #[arg(long, value_name = "NAME")]
    unit: Option<String>,
    /// 写到哪个文件，- 为标准输出。 The file to write, - for standard output. [roster.xlsx]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// 语言。 Language: zh, en.
    #[arg(long, value_enum, default_value_t = SpokenIn::Zh)]
    lang: SpokenIn,
}

/// 0; 2 where it cannot be written.
pub(super) fn run(args: &Args) -> ExitCode {
    let lang = args.lang.into();
    match written(args, lang) {
        Ok(()) => ExitCode::SUCCESS,
        Err(refusal) => {
            eprintln!("zaigang: {}", words::check::refusal(&refusal, lang));
            ExitCode::from(2)
        }
    }
}

fn written(args: &Args, lang: Lang) -> Result<(), Refusal> {
    let path = args.out.as_deref().unwrap_or(Path::new(USUAL_NAME));
    let shown = path.display().to_string();
    let failed = |cause: &dyn std::fmt::Display| Refusal::CannotWrite {
        path: shown.clone(),
        cause: cause.to_string(),
    };
    let unit = args
        .unit
        .as_deref()
        .map(str::trim)
        .filter(|u| !u.is_empty());
    let nearest = holidays_of().last().map(crate::time::Holiday::first_day);
    let words = words::template::template(unit, nearest.unwrap_or_default(), lang);
    let bytes = files::template::workbook(&words).map_err(|error| failed(&error))?;
    if shown == "-" {
        return std::io::stdout()
            .write_all(&bytes)
            .map_err(|error| failed(&error));
    }
    // One that nobody named may be there, and filled in.
    if args.out.is_none() && path.exists() {
        return Err(Refusal::AlreadyThere { path: shown });
    }
    std::fs::write(path, bytes).map_err(|error| failed(&error))?;
    super::say(&words::template::written(&shown, lang));
    Ok(())
}
