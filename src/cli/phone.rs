//! `zaigang phone`: whom to ring, printed from what is kept. It changes nothing and needs neither
//! Telegram nor the running program.

use std::process::ExitCode;

use super::circular;
use super::serve::{self, refused};
use crate::clock::Clock;
use crate::decide::{Whom, worksheet};
use crate::words::phone;

#[derive(clap::Args)]
#[group(skip)]
pub(super) struct Args {
    #[command(flatten)]
    place: serve::Args,
    /// 在班的所有人，不只是要核实的。 Everybody on duty, not only whom there is to verify.
    #[arg(long)]
    all: bool,
}

/// 0; 2 where nothing can be read.
pub(super) fn run(args: &Args) -> ExitCode {
    let (service, lang) = match serve::service(&args.place) {
        Ok(made) => made,
        Err((why, lang)) => return refused(&why, lang),
    };
    let world = match circular::kept(&args.place, &service, lang) {
        Ok(world) => world,
        Err(code) => return code,
    };
    let now = Clock::start().now();
    let whom = if args.all {
        Whom::Everybody
    } else {
        Whom::Unsettled
    };
    let people = worksheet(&world, whom, now);
    let zone = service.policy.zone;
    super::say(&phone::worksheet(&people, now, &zone, lang));
    ExitCode::SUCCESS
}
