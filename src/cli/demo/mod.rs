//! `zaigang demo`: the whole job with no token. The story is made by the real engine from the
//! roster and the seed; nothing in it is written beforehand.

mod stage;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use tokio::net::TcpListener;

use crate::cli::open_house::OpenHouse;
use crate::cli::{SpokenIn, say};
use crate::clock::Clock;
use crate::config::Settings;
use crate::decide::{AccountId, Lang, Policy, World};
use crate::duty::on_duty;
use crate::engine::Keeper;
use crate::rehearsal::{Line, Rehearsal, Speaker};
use crate::roster::{Asked, Limits, Role, Roster, read};
use crate::spotcheck::Measure;
use crate::time::{Moment, TimeDelta, Zone, holiday_touching};
use crate::words::demo::{Scene, scene};

use stage::{Stage, Telling};

/// The arguments of `demo`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// 另一份值班表；不给就用示例县。 Another roster; the sample county without it.
    roster: Option<PathBuf>,
    /// 另一个种子，另一个故事。 Another seed tells another story.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// 在终端里演完就结束，不开网页。 Ends after the story in the terminal, without the desk.
    #[arg(long)]
    once: bool,
    /// 语言。 The language.
    #[arg(long, value_enum)]
    lang: Option<SpokenIn>,
}

const COUNTY: &[u8] = include_bytes!("../../../rosters/county.csv");
const CLERK: AccountId = AccountId(1);
/// People's accounts count from here.
const FIRST_PERSON: i64 = 101;

// Its large frame is not to be part of every other command's.
#[inline(never)]
pub(super) fn run(args: &Args) -> ExitCode {
    let lang = args.lang.map_or(Lang::Zh, Lang::from);
    let told = play(args, lang);
    match told {
        Ok(code) => code,
        Err(error) => {
            eprintln!("zaigang: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn play(args: &Args, lang: Lang) -> anyhow::Result<ExitCode> {
    let (name, bytes) = match &args.roster {
        None => ("county.csv".to_owned(), COUNTY.to_vec()),
        Some(path) => {
            let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
            (file_name(path), bytes)
        }
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let story = Story {
        lang,
        seed: args.seed,
        name,
        bytes,
    };
    runtime.block_on(async {
        let told = Box::pin(story.tell()).await?;
        if args.once || told != ExitCode::SUCCESS {
            return Ok(told);
        }
        Box::pin(story.open()).await
    })
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

struct Story {
    lang: Lang,
    seed: u64,
    name: String,
    bytes: Vec<u8>,
}

/// What somebody does when asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Habit {
    Button,
    Word,
    Number,
    Late,
    Silent,
}

impl Story {
    async fn tell(&self) -> anyhow::Result<ExitCode> {
        self.begun();
        let policy = self.policy()?;
        let data = tempdir(self.seed)?;
        let (mut stage, roster) = self.stage(policy, &data, Telling::Aloud).await?;
        let code = stage.play(&roster).await?;
        stage.rehearsal.crash().await;
        Ok(code)
    }

    /// The same county once more with its desk open, until somebody stops it.
    async fn open(&self) -> anyhow::Result<ExitCode> {
        let listener = listener().await?;
        let address = listener.local_addr()?;
        let mut policy = self.policy()?;
        policy.desk_url = format!("http://{address}");
        // Short enough to see how a round ends.
        policy.ladder.window_ms = 120_000;
        policy.ladder.reminder_ms = Some(60_000);
        policy.ladder.drain_ms = 10_000;
        let data = tempdir(self.seed)?;
        let (mut stage, roster) = self.stage(policy, &data, Telling::Quietly).await?;
        let Some((officers, guest)) = stage.prepare(&roster).await? else {
            return Ok(ExitCode::FAILURE);
        };
        let world = stage.rehearsal.keeper().map(Keeper::world);
        let desk = world.and_then(World::desk_link).unwrap_or_default();
        let page = guest.zip(world).map(|(guest, world)| {
            let links = world.own_links(&guest);
            (format!("{} {}", guest.unit, guest.name), links.page)
        });
        self.scene(&Scene::Open { desk, page });
        say(&format!("listening on http://{address}\n"));
        let _ = std::io::stdout().flush();
        OpenHouse::of(stage.rehearsal, officers)
            .keep(listener)
            .await?;
        Ok(ExitCode::SUCCESS)
    }

    fn begun(&self) {
        self.scene(&Scene::Opening {
            roster: self.name.clone(),
            seed: self.seed,
        });
    }

    fn policy(&self) -> anyhow::Result<Policy> {
        let mut policy = Settings::default().service(Path::new(""))?.policy;
        policy.lang = self.lang;
        // The story has a round of its own; a check at random would tell another.
        policy.measure = Measure::NONE;
        Ok(policy)
    }

    async fn stage(
        &self,
        policy: Policy,
        data: &Folder,
        telling: Telling,
    ) -> anyhow::Result<(Stage<'_>, Roster)> {
        let asked = Asked {
            zone: policy.zone,
            limits: Some(Limits::CHAT),
            ..Asked::default()
        };
        let roster = read(&self.bytes, &asked).roster;
        let opening = opening(&roster, &policy);
        let folder = data.0.clone();
        let rehearsal = Rehearsal::begin(folder, policy.clone(), asked, self.seed, opening).await?;
        let stage = Stage {
            story: self,
            rehearsal,
            policy,
            told: 0,
            telling,
        };
        Ok((stage, roster))
    }

    fn scene(&self, which: &Scene) {
        say(&format!("\n{}\n", scene(which, self.lang)));
    }
}

/// The usual port, or any free one.
async fn listener() -> std::io::Result<TcpListener> {
    match TcpListener::bind(("127.0.0.1", 8080)).await {
        Ok(listener) => Ok(listener),
        Err(_) => TcpListener::bind(("127.0.0.1", 0)).await,
    }
}

/// The names a check at `at` could ask.
fn asked_at(roster: &Roster, at: Moment) -> BTreeSet<&str> {
    on_duty(roster, at)
        .filter(|on| on.post.role != Role::Other)
        .map(|on| on.person.name.as_str())
        .collect()
}

/// The afternoon before the roster begins.
fn opening(roster: &Roster, policy: &Policy) -> Moment {
    let zone = policy.zone;
    let dates: Vec<_> = roster
        .shifts
        .iter()
        .map(|s| zone.date(s.span.start()))
        .collect();
    let begins = holiday_touching(&dates)
        .map(|h| h.period(zone).start())
        .into_iter()
        .chain(roster.shifts.iter().map(|s| s.span.start()))
        .min();
    begins.unwrap_or_else(|| Clock::start().now()) - TimeDelta::hours(8)
}

fn printed(line: &Line, zone: Zone) -> String {
    let civil = zone.civil(line.at);
    let clock = civil.format("%m-%d %H:%M:%S");
    let mark = match line.speaker {
        Speaker::Person => "»",
        Speaker::Bot => "«",
        Speaker::BotEdit => "✎",
        Speaker::BotToast => "·",
    };
    let indent = " ".repeat(17);
    let text = line.text.replace('\n', &format!("\n{indent}"));
    format!("{clock} {mark} {} │ {text}", line.name)
}

/// A folder of the story's own, gone with it.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn tempdir(seed: u64) -> std::io::Result<Folder> {
    let name = format!("zaigang-demo-{}-{seed}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder)?;
    Ok(Folder(folder))
}
