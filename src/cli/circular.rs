//! `zaigang circular`: the circular drafted from what is kept. It changes nothing, asks nobody and
//! publishes nothing.

use std::path::PathBuf;
use std::process::ExitCode;

use super::serve::{self, refused, runtime};
use crate::clock::Clock;
use crate::config::Service;
use crate::decide::{World, circular_facts, reported_period};
use crate::files::document;
use crate::report::{Head, Naming};
use crate::store::Store;
use crate::time::Moment;
use crate::words::enclosed::{Enclosed, draft_paper, drafted, nothing_to_report};
use crate::words::{Lang, phone};

#[derive(clap::Args)]
#[group(skip)]
pub(super) struct Args {
    #[command(flatten)]
    place: serve::Args,
    /// 写到哪个文件。 The file to write.
    #[arg(short, long, value_name = "FILE", default_value = "circular.docx")]
    out: PathBuf,
    /// 不点名：不写人名。 Names nobody.
    #[arg(long)]
    unnamed: bool,
    /// 红头。 With a red head.
    #[arg(long)]
    red_head: bool,
}

/// 0; 1 where there is nothing to report yet; 2 where nothing can be read or written.
pub(super) fn run(args: &Args) -> ExitCode {
    let (service, lang) = match serve::service(&args.place) {
        Ok(made) => made,
        Err((why, lang)) => return refused(&why, lang),
    };
    let world = match kept(&args.place, &service, lang) {
        Ok(world) => world,
        Err(code) => return code,
    };
    written(args, &world, Clock::start().now(), lang)
}

/// The world as it is kept, without touching it; where there is none, that is told, and the exit
/// code says so.
pub(super) fn kept(place: &serve::Args, service: &Service, lang: Lang) -> Result<World, ExitCode> {
    let policy = service.policy.clone();
    let reading = Store::kept(&service.store, &place.data, policy);
    match runtime().map(|runtime| runtime.block_on(reading)) {
        Ok(Ok(Some(world))) => Ok(world),
        Ok(Ok(None)) => {
            let data = place.data.display().to_string();
            eprintln!("zaigang: {}", phone::nothing_kept(&data, lang));
            Err(ExitCode::from(2))
        }
        Ok(Err(error)) => Err(refused(&serve::told(&error), lang)),
        Err(error) => {
            eprintln!("zaigang: {error:#}");
            Err(ExitCode::FAILURE)
        }
    }
}

fn written(args: &Args, world: &World, now: Moment, lang: Lang) -> ExitCode {
    let Some(compiled) = circular_facts(world, now) else {
        let start = reported_period(world).map(|period| period.start());
        let zone = world.policy.zone;
        eprintln!("zaigang: {}", nothing_to_report(start, zone, lang));
        return ExitCode::FAILURE;
    };
    let naming = if args.unnamed {
        Naming::Unnamed
    } else {
        Naming::Named
    };
    let head = if args.red_head {
        Head::Red
    } else {
        world.policy.letterhead.head
    };
    let paper = draft_paper(world, &compiled.circular, naming, head, now);
    let path = args.out.display().to_string();
    let bytes = document::drawn(&Enclosed::Paper(Box::new(paper)));
    let done = bytes
        .map_err(|error| error.to_string())
        .and_then(|bytes| std::fs::write(&args.out, bytes).map_err(|error| error.to_string()));
    if let Err(cause) = done {
        let refusal = crate::words::check::Refusal::CannotWrite { path, cause };
        eprintln!("zaigang: {}", crate::words::check::refusal(&refusal, lang));
        return ExitCode::from(2);
    }
    let left_out = compiled.open.len();
    super::say(&drafted(&path, &compiled.circular, left_out, lang));
    ExitCode::SUCCESS
}
