//! `zaigang export`: the journal to be proven anywhere, or a table to take along.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;

use super::serve::{self, refused};
use super::{SpokenIn, circular, verify};
use crate::clock::Clock;
use crate::decide::Export;
use crate::files::document;
use crate::picture::sheet::csv;
use crate::words::Lang;
use crate::words::check::{Refusal, refusal};
use crate::words::enclosed::{Enclosed, exported};
use crate::words::sheets::Numbers;

#[derive(clap::Args)]
#[group(skip)]
pub(super) struct Args {
    /// 导出什么；不给就是日志。 What to take along; the journal without it.
    #[arg(value_enum, default_value_t = What::Journal)]
    what: What,
    #[command(flatten)]
    place: serve::Args,
    /// 写到哪个文件（表：.xlsx 或 .csv）；不给就写到标准输出。 The file to write (tables: .xlsx or
    /// .csv); standard output without it.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// 写出完整的手机号。 Whole telephone numbers.
    #[arg(long)]
    phones: bool,
    /// 语言；不给就按配置。 Language: zh, en; the settings' without it.
    #[arg(long, value_enum)]
    lang: Option<SpokenIn>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    Journal,
    Gaps,
    Roster,
    Checks,
}

/// 0; 1 where there is no roster in force; 2 where nothing can be read or written.
pub(super) fn run(args: &Args) -> ExitCode {
    let what = match args.what {
        What::Journal => {
            let lang = args.lang.map_or(Lang::Zh, Lang::from);
            return verify::export(&args.place, args.output.as_deref(), lang);
        }
        What::Gaps => Export::Gaps,
        What::Roster => Export::Roster,
        What::Checks => Export::Checks,
    };
    let (service, set) = match serve::service(&args.place) {
        Ok(made) => made,
        Err((why, lang)) => return refused(&why, lang),
    };
    let lang = args.lang.map_or(set, Lang::from);
    let world = match circular::kept(&args.place, &service, lang) {
        Ok(world) => world,
        Err(code) => return code,
    };
    let numbers = if args.phones {
        Numbers::Whole
    } else {
        Numbers::Masked
    };
    let now = Clock::start().now();
    let Some(table) = exported(&world, what, numbers, lang, now) else {
        let zone = world.policy.zone;
        let why = crate::words::enclosed::nothing_to_report(None, zone, lang);
        eprintln!("zaigang: {why}");
        return ExitCode::FAILURE;
    };
    match written(args.output.as_deref(), &table) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("zaigang: {}", refusal(&why, lang));
            ExitCode::from(2)
        }
    }
}

fn written(output: Option<&Path>, table: &Enclosed) -> Result<(), Refusal> {
    let shown = output.map_or_else(|| "-".to_owned(), |path| path.display().to_string());
    let failed = |cause: &dyn std::fmt::Display| Refusal::CannotWrite {
        path: shown.clone(),
        cause: cause.to_string(),
    };
    let extension = output.and_then(Path::extension);
    let bytes = if extension.is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) {
        document::drawn(table).map_err(|error| failed(&error))?
    } else {
        table.rows().map_or_else(Vec::new, |rows| csv(&rows))
    };
    let written = match output {
        Some(path) => std::fs::write(path, bytes),
        None => std::io::stdout().write_all(&bytes),
    };
    written.map_err(|error| failed(&error))
}
