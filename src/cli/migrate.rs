//! `zaigang migrate`: everything that is kept, carried to another database.

use std::path::PathBuf;
use std::process::ExitCode;

use super::serve::{refused, runtime, told};
use super::{SpokenIn, say};
use crate::spotcheck::Digest;
use crate::store::{Carried, CarryError, Head, Place, Store, StoreError};
use crate::words::Lang;
use crate::words::migrate::{Moved, Unmoved, moved, unmoved};

#[derive(clap::Args)]
pub(super) struct Args {
    /// 从哪里搬，例如 `sqlite:zaigang.db`。 Where everything is now.
    #[arg(long, value_name = "URL")]
    from: String,
    /// 搬到哪里，要是空库，例如 `postgres://user@host/database`。 An empty database.
    #[arg(long, value_name = "URL")]
    to: String,
    /// 放数据的文件夹。 Where the data lives.
    #[arg(long, value_name = "DIR", default_value = "zaigang-data")]
    data: PathBuf,
    /// 语言。 Language: zh, en.
    #[arg(long, value_enum, default_value_t = SpokenIn::Zh)]
    lang: SpokenIn,
}

/// 0; 2 where nothing was moved.
pub(super) fn run(args: &Args) -> ExitCode {
    let lang = args.lang.into();
    let places = Place::of(&args.from, &args.data)
        .and_then(|from| Ok((from, Place::of(&args.to, &args.data)?)));
    let (from, to) = match places {
        Ok(places) => places,
        Err(error) => return refused(&told(&error), lang),
    };
    let carried = match runtime() {
        Ok(runtime) => runtime.block_on(Store::carried(&from, &to, &args.data)),
        Err(error) => {
            eprintln!("zaigang: {error:#}");
            return ExitCode::FAILURE;
        }
    };
    match carried {
        Ok(carried) => {
            say(&moved(&shown(carried, &from, &to), lang));
            ExitCode::SUCCESS
        }
        Err(error) => failed(error, &from, &to, lang),
    }
}

fn shown(carried: Carried, from: &Place, to: &Place) -> Moved {
    let head = |head: Option<Head>| {
        let (lines, link) = head.map_or((0, Digest::NONE), |h| (h.number, Digest(h.link)));
        (lines, link.to_string())
    };
    Moved {
        from: from.to_string(),
        to: to.to_string(),
        rows: carried.rows,
        before: head(carried.before),
        after: head(carried.after),
    }
}

fn failed(error: CarryError, from: &Place, to: &Place, lang: Lang) -> ExitCode {
    let (from, to) = (from.to_string(), to.to_string());
    let why = match error {
        CarryError::Absent => Unmoved::Absent { from },
        CarryError::NotEmpty { table, rows } => Unmoved::NotEmpty { to, table, rows },
        CarryError::AnotherJournal => Unmoved::AnotherJournal,
        CarryError::Store(StoreError::InUse) => Unmoved::InUse,
        CarryError::Store(error) => return refused(&told(&error), lang),
    };
    eprintln!("zaigang: {}", unmoved(&why, lang));
    ExitCode::from(2)
}
