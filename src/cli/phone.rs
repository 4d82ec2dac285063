//! `zaigang phone`: whom to ring, printed from what is kept. It changes nothing and needs neither
//! Telegram nor the running program.

use std::process::ExitCode;

use super::serve::{self, refused, runtime};
use crate::clock::Clock;
use crate::config::Service;
use crate::decide::{Whom, worksheet};
use crate::store::Store;
use crate::words::{Lang, phone, serve::Refusal};

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
    let printed = runtime().map(|runtime| runtime.block_on(printed(args, &service, lang)));
    match printed {
        Ok(Ok(Some(sheet))) => {
            super::say(&sheet);
            ExitCode::SUCCESS
        }
        Ok(Ok(None)) => {
            let data = args.place.data.display().to_string();
            eprintln!("zaigang: {}", phone::nothing_kept(&data, lang));
            ExitCode::from(2)
        }
        Ok(Err(why)) => refused(&why, lang),
        Err(error) => {
            eprintln!("zaigang: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// `None` where nothing is kept yet.
async fn printed(args: &Args, service: &Service, lang: Lang) -> Result<Option<String>, Refusal> {
    let policy = service.policy.clone();
    let zone = policy.zone;
    let world = Store::kept(&service.store, &args.place.data, policy)
        .await
        .map_err(|error| serve::told(&error))?;
    let now = Clock::start().now();
    let whom = if args.all {
        Whom::Everybody
    } else {
        Whom::Unsettled
    };
    let people = world.map(|world| worksheet(&world, whom, now));
    Ok(people.map(|people| phone::worksheet(&people, now, &zone, lang)))
}
