//! `zaigang diff`: what differs between two files of a roster.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{SpokenIn, serve};
use crate::config::Settings;
use crate::coverage::{Hole, demand, holes};
use crate::decide::Policy;
use crate::files;
use crate::review::judged_period;
use crate::roster::{Asked, Reading, Roster, Telling};
use crate::versions::{difference, gaps_beyond};
use crate::words::versions::{Comparison, comparison, not_all_read};
use crate::words::{self, Lang, check::Refusal};

#[derive(clap::Args)]
pub(super) struct Args {
    /// 旧的一份。 The older roster.
    #[arg(value_name = "OLD")]
    older: PathBuf,
    /// 新的一份。 The newer one.
    #[arg(value_name = "NEW")]
    newer: PathBuf,
    /// 语言。 Language: zh, en.
    #[arg(long, value_enum, default_value_t = SpokenIn::Zh)]
    lang: SpokenIn,
}

/// 0 where nothing differs, 1 where something does, 2 where that cannot be told.
pub(super) fn run(args: &Args) -> ExitCode {
    let lang = args.lang.into();
    match differs(args, lang) {
        Ok(Differs::No) => ExitCode::SUCCESS,
        Ok(Differs::Yes) => ExitCode::from(1),
        Err(why) => {
            eprintln!("zaigang: {why}");
            ExitCode::from(2)
        }
    }
}

enum Differs {
    Yes,
    No,
}

/// Says what differs; `Err` is why it cannot.
fn differs(args: &Args, lang: Lang) -> Result<Differs, String> {
    let policy = policy(lang)?;
    let before = read(&args.older, &policy, lang)?;
    let after = read(&args.newer, &policy, lang)?;
    let difference = difference(&before, &after);
    let (opened, closed) = gaps(&before, &after, &policy);
    let said = comparison(
        &Comparison {
            older: &args.older.display().to_string(),
            newer: &args.newer.display().to_string(),
            difference: &difference,
            opened: &opened,
            closed: &closed,
        },
        policy.zone,
        lang,
    );
    super::say(&said);
    let is_same = difference.is_empty() && opened.is_empty() && closed.is_empty();
    Ok(if is_same { Differs::No } else { Differs::Yes })
}

/// Zone, handover, period and units, as the settings have them.
fn policy(lang: Lang) -> Result<Policy, String> {
    let here = std::env::current_dir().unwrap_or_default();
    let settings = Settings::found(&here, std::env::vars()).map_err(|error| {
        let cause = error.to_string();
        words::check::refusal(&Refusal::Settings { cause }, lang)
    })?;
    let service = settings.service(&settings.folder);
    service
        .map(|service| service.policy)
        .map_err(|unfit| words::serve::refusal(&serve::refusal_of(unfit), lang))
}

/// The roster of a file; what of it could not be read is said at once.
fn read(path: &Path, policy: &Policy, lang: Lang) -> Result<Roster, String> {
    let shown = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|cause| {
        let refusal = Refusal::CannotOpen {
            path: shown.clone(),
            cause: cause.kind(),
        };
        words::check::refusal(&refusal, lang)
    })?;
    let Reading { roster, .. } = files::read(
        &bytes,
        &Asked {
            zone: policy.zone,
            period: policy.period,
            handover_minute: policy.handover_minute,
            account: Telling::NotAsked,
            ..Asked::default()
        },
    );
    if !roster.unread.is_empty() {
        eprintln!(
            "zaigang: {}",
            not_all_read(&shown, roster.unread.len(), lang)
        );
    }
    Ok(roster)
}

/// Gaps only the newer has, and only the older had.
fn gaps(before: &Roster, after: &Roster, policy: &Policy) -> (Vec<Hole>, Vec<Hole>) {
    let (Some(period), _) = judged_period(after, policy.period, policy.zone) else {
        return (Vec::new(), Vec::new());
    };
    let of = |roster: &Roster| holes(&demand(roster, period, &policy.units), roster);
    let (was, is) = (of(before), of(after));
    (gaps_beyond(&is, &was), gaps_beyond(&was, &is))
}
