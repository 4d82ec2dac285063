//! `zaigang simulate`: whole holidays in virtual time, and what was promised held against them.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Context as _;

use super::{SpokenIn, say};
use crate::clock::Clock;
use crate::config::Settings;
use crate::decide::Policy;
use crate::simulate::{Broken, Figures, Ground, Law, Planted, Played, Story, holiday};
use crate::words::Lang;
use crate::words::simulate::{Count, broken, summary, uncaught};

/// The arguments of `simulate`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// 演几个假期。 How many holidays.
    #[arg(long, default_value_t = 20)]
    seeds: u64,
    /// 从哪个种子起。 The first seed.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// 只演判断，不存盘；快。 The pure core alone, in memory; quick.
    #[arg(long)]
    core: bool,
    /// 把这一个假期从头讲一遍。 Tells the one holiday, line by line.
    #[arg(long)]
    story: bool,
    /// 逐个种下设计错误，看哪个种子抓到；给名字就只种那一个。 Plants design faults, one by one.
    #[arg(long, value_name = "FAULT", num_args = 0..=1, default_missing_value = "all")]
    planted: Option<String>,
    /// 语言。 Language: zh, en.
    #[arg(long, value_enum, default_value_t = SpokenIn::Zh)]
    lang: SpokenIn,
}

/// 0 where every promise holds and every planted fault is caught, 1 where not, 2 where it could
/// not be tried.
pub(super) fn run(args: &Args) -> ExitCode {
    let tried = match &args.planted {
        Some(which) => plant(args, which),
        None => play(args),
    };
    match tried {
        Ok(code) => code,
        Err(error) => {
            eprintln!("zaigang: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn policy() -> anyhow::Result<Policy> {
    let service = Settings::default().service(std::path::Path::new(""));
    Ok(service.context("the settings")?.policy)
}

/// Several at once, one to a core.
fn play(args: &Args) -> anyhow::Result<ExitCode> {
    let policy = policy()?;
    let began = Clock::start();
    let since = began.now();
    let next = AtomicU64::new(args.seed);
    let end = args.seed + if args.story { 1 } else { args.seeds };
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let played: Vec<(Figures, Vec<(u64, Broken)>)> = std::thread::scope(|scope| {
        let work = || {
            let mut sum = Figures::default();
            let mut found = Vec::new();
            loop {
                let seed = next.fetch_add(1, Ordering::Relaxed);
                if seed >= end {
                    return (sum, found);
                }
                let played = one(seed, args, &policy, None);
                for line in &played.story {
                    say(line);
                }
                sum += &played.figures;
                found.extend(played.broken.map(|broken| (seed, broken)));
            }
        };
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let played = threads.into_iter().map(std::thread::ScopedJoinHandle::join);
        played.filter_map(Result::ok).collect()
    });
    let mut sum = Figures::default();
    let mut found = Vec::new();
    for (figures, broken) in played {
        sum += &figures;
        found.extend(broken);
    }
    found.sort_by_key(|(seed, _)| *seed);
    let lang = args.lang.into();
    let seconds = (began.now() - since).as_seconds_f64();
    say(&summary(&counted(&sum, &found, seconds), lang));
    for (seed, law) in found.iter().take(MOST_TOLD) {
        say(&told(args, *seed, law, lang));
    }
    let missed = sum.holidays < end - args.seed;
    Ok(if found.is_empty() && !missed {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

const MOST_TOLD: usize = 40;

fn one(seed: u64, args: &Args, policy: &Policy, planted: Option<Planted>) -> Played {
    let ground = if args.core || planted.is_some() {
        Ground::Core
    } else {
        Ground::Store(folder(seed))
    };
    let story = if args.story {
        Story::Kept
    } else {
        Story::Untold
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime of one thread can be had");
    runtime.block_on(holiday(seed, &ground, policy, planted, story))
}

/// In memory, where the machine has a folder that is.
fn folder(seed: u64) -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    let parent = if memory.is_dir() {
        memory
    } else {
        std::env::temp_dir()
    };
    parent.join(format!("zaigang-simulate-{}-{seed}", std::process::id()))
}

fn told(args: &Args, seed: u64, found: &Broken, lang: Lang) -> String {
    let ground = if args.core { " --core" } else { "" };
    let again = format!("zaigang simulate --seed {seed} --story{ground}");
    let law = format!("{:?}", found.law);
    broken(seed, &law, &found.facts, &again, lang)
}

fn counted(sum: &Figures, found: &[(u64, Broken)], seconds: f64) -> Count {
    let of = |laws: &[Law]| {
        let broken = found
            .iter()
            .filter(|(_, broken)| laws.contains(&broken.law));
        broken.count() as u64
    };
    let by_fault = sum.by_fault.iter();
    Count {
        holidays: sum.holidays,
        calm: sum.calm,
        faults: sum.faults,
        steps: sum.steps,
        checks: sum.checks,
        outcomes: sum.outcomes,
        excused: sum.excused,
        made_up: sum.made_up,
        found_by_phone: sum.all_absent().rung,
        found_again: sum.all_absent().again,
        too_late: sum.all_absent().too_late,
        absent: sum.absent.map(|absent| (absent.people, absent.caught)),
        hidden: sum.all_absent().hidden,
        caught_hidden: sum.all_absent().caught_hidden,
        false_absences: of(&[Law::InTime, Law::NoAnswerProven, Law::Undeliverable]),
        lost_answers: of(&[Law::NotLost]),
        held_back: sum.held_back,
        broken: found.len() as u64,
        seconds,
        by_fault: by_fault
            .map(|(kind, told)| (name(kind), told.times, told.checks, told.void))
            .collect(),
    }
}

/// `Outage3h` → `outage-3h`.
fn name(thing: impl std::fmt::Debug) -> String {
    let mut name = String::new();
    let mut before = None;
    for c in format!("{thing:?}").chars() {
        let begins =
            c.is_uppercase() || c.is_ascii_digit() && before.is_some_and(char::is_alphabetic);
        let is_unit = before.is_some_and(|b: char| b.is_ascii_digit());
        if begins && before.is_some() && !(is_unit && c.is_ascii_digit()) {
            name.push('-');
        }
        name.extend(c.to_lowercase());
        before = Some(c);
    }
    name
}

/// The first seed that catches each fault, as a table.
fn plant(args: &Args, which: &str) -> anyhow::Result<ExitCode> {
    let policy = policy()?;
    let lang = args.lang.into();
    let faults: Vec<Planted> = Planted::ALL
        .into_iter()
        .filter(|fault| which == "all" || name(fault) == which)
        .collect();
    anyhow::ensure!(!faults.is_empty(), "{which}");
    say("| fault | seed | law |\n|---|---:|---|");
    let mut code = ExitCode::SUCCESS;
    for fault in faults {
        if let Some((seed, law)) = caught(args, &policy, fault) {
            say(&format!("| {} | {seed} | {law:?} |", name(fault)));
        } else {
            say(&format!("| {} | – | – |", name(fault)));
            eprintln!("{}", uncaught(&name(fault), args.seeds, lang));
            code = ExitCode::FAILURE;
        }
    }
    Ok(code)
}

fn caught(args: &Args, policy: &Policy, fault: Planted) -> Option<(u64, Law)> {
    (args.seed..args.seed + args.seeds).find_map(|seed| {
        let played = one(seed, args, policy, Some(fault));
        for line in &played.story {
            say(line);
        }
        played.broken.map(|broken| (seed, broken.law))
    })
}
