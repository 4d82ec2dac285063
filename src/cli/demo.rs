//! `zaigang demo`: the whole job with no token. The story is made by the real engine from the
//! roster and the seed; nothing in it is written beforehand.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use tokio::net::TcpListener;

use super::open_house::OpenHouse;
use super::{SpokenIn, say};
use crate::clock::Clock;
use crate::config::Settings;
use crate::decide::{AccountId, Input, Lang, Policy, World};
use crate::duty::{Member, members, on_duty};
use crate::engine::Keeper;
use crate::rehearsal::{Line, Reach, Rehearsal, Speaker};
use crate::roster::{Asked, Limits, Role, Roster, read};
use crate::spotcheck::Measure;
use crate::time::{Moment, TimeDelta, Zone, holiday_touching};
use crate::words::answers::here;
use crate::words::demo::{Scene, clerk, scene, use_label};
use crate::words::when;

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

const COUNTY: &[u8] = include_bytes!("../../rosters/county.csv");
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
        let told = story.tell().await?;
        if args.once || told != ExitCode::SUCCESS {
            return Ok(told);
        }
        story.open().await
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

struct Stage<'a> {
    story: &'a Story,
    rehearsal: Rehearsal,
    policy: Policy,
    /// Lines printed already.
    told: usize,
    telling: Telling,
}

/// Whether what is said is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Telling {
    Aloud,
    Quietly,
}

impl Stage<'_> {
    async fn play(&mut self, roster: &Roster) -> anyhow::Result<ExitCode> {
        self.story.scene(&Scene::Roster);
        self.send_roster().await?;
        if roster.shifts.is_empty() {
            self.story.scene(&Scene::NothingRead);
            return Ok(ExitCode::FAILURE);
        }
        let Some(at) = self.moment_of_check(roster) else {
            self.story.scene(&Scene::NobodyOnDuty);
            return Ok(ExitCode::FAILURE);
        };
        let off = self.somebody_off(roster, at);
        let people = self.bind(roster, off).await?;
        self.rehearsal.pass_to(at).await?;
        self.told = self.rehearsal.lines().len();
        let at_clock = when::moment(at, self.policy.zone, self.story.lang);
        self.story.scene(&Scene::Round { at: at_clock });
        self.clerk_says("/gaps").await?;
        self.check(&people).await?;
        self.story.scene(&Scene::Closing {
            seed: self.story.seed,
        });
        Ok(ExitCode::SUCCESS)
    }

    /// The county in the middle of its holiday, a round just ordered: who answers for themselves,
    /// and somebody on duty with no phone of their own, for whoever looks in.
    async fn prepare(
        &mut self,
        roster: &Roster,
    ) -> anyhow::Result<Option<(Vec<AccountId>, Option<Member>)>> {
        self.send_roster().await?;
        let at = self
            .moment_of_check(roster)
            .filter(|_| !roster.shifts.is_empty());
        let Some(at) = at else {
            self.story.scene(&Scene::NobodyOnDuty);
            return Ok(None);
        };
        let officers = on_duty(roster, at).filter(|on| on.post.role == Role::DutyOfficer);
        let on: BTreeSet<(&str, &str)> = officers
            .map(|on| (on.post.unit.as_str(), on.person.name.as_str()))
            .collect();
        let everybody = members(roster);
        let guest = everybody
            .iter()
            .rposition(|m| on.contains(&(m.unit.as_str(), m.name.as_str())));
        let people = self.bind(roster, guest).await?;
        self.rehearsal.pass_to(at).await?;
        self.clerk_says("/check all").await?;
        let guest = guest.and_then(|index| everybody.into_iter().nth(index));
        if let Some(member) = guest.clone() {
            self.rehearsal
                .act(&Input::PageOpened { member }, None)
                .await?;
        }
        let officers = people.into_iter().map(|(account, _)| account).collect();
        Ok(Some((officers, guest)))
    }

    /// Somebody who is not asked about in the round at `at`.
    fn somebody_off(&mut self, roster: &Roster, at: Moment) -> Option<usize> {
        let on: BTreeSet<&str> = asked_at(roster, at);
        let everybody = members(roster);
        let mut off: Vec<usize> = (0..everybody.len())
            .filter(|i| !on.contains(everybody[*i].name.as_str()))
            .collect();
        if off.is_empty() {
            return None;
        }
        let drawn = self.rehearsal.chance_below(off.len());
        Some(off.swap_remove(drawn))
    }

    async fn send_roster(&mut self) -> anyhow::Result<()> {
        self.rehearsal.introduce(CLERK, clerk(self.story.lang));
        let claim = self.rehearsal.keeper().map(|k| k.world().claim_payload());
        self.clerk_says(&format!("/start {}", claim.unwrap_or_default()))
            .await?;
        let bytes = self.story.bytes.clone();
        self.rehearsal.sends_file(CLERK, &self.story.name, bytes);
        self.settle().await?;
        let _ = self.rehearsal.presses(CLERK, use_label(self.story.lang));
        self.settle().await
    }

    /// Everybody binds but `left_out`.
    async fn bind(
        &mut self,
        roster: &Roster,
        left_out: Option<usize>,
    ) -> anyhow::Result<Vec<(AccountId, Member)>> {
        let everybody = members(roster);
        let bound = everybody.len() - usize::from(left_out.is_some());
        self.scene(&Scene::Binding {
            people: bound,
            left_out: usize::from(left_out.is_some()),
        });
        let mut people = Vec::new();
        for (account, (index, member)) in (FIRST_PERSON..).zip(everybody.into_iter().enumerate()) {
            if Some(index) == left_out {
                continue;
            }
            let account = AccountId(account);
            self.rehearsal.introduce(account, &member.name);
            match (&member.phone, self.rehearsal.keeper()) {
                (Some(phone), _) => {
                    self.rehearsal.says(account, "/start");
                    self.rehearsal.settle().await?;
                    self.rehearsal.shares_contact(account, phone.digits());
                }
                (None, Some(keeper)) => {
                    let link = keeper.world().bind_payload(&member);
                    self.rehearsal.says(account, &format!("/start {link}"));
                }
                (None, None) => {}
            }
            if people.is_empty() {
                self.settle().await?;
            }
            people.push((account, member));
        }
        self.rehearsal.settle().await?;
        self.scene(&Scene::MoreLikeThis {
            people: people.len().saturating_sub(1),
        });
        Ok(people)
    }

    async fn check(&mut self, people: &[(AccountId, Member)]) -> anyhow::Result<()> {
        let now = self.rehearsal.now();
        let on: Vec<(AccountId, String)> = {
            let Some(keeper) = self.rehearsal.keeper() else {
                return Ok(());
            };
            let Some((_, roster)) = keeper.world().in_force() else {
                return Ok(());
            };
            let names = asked_at(roster, now);
            let on = people
                .iter()
                .filter(|(_, m)| names.contains(m.name.as_str()));
            on.map(|(a, m)| (*a, m.name.clone())).collect()
        };
        let cast = self.cast(&on);
        self.clerk_says("/check all").await?;
        let window = TimeDelta::milliseconds(
            i64::try_from(self.policy.ladder.window_ms).unwrap_or(i64::MAX),
        );
        let mut deeds = Vec::new();
        for (account, habit) in cast {
            let quick = self.rehearsal.chance_below(100) + 8;
            let after = match habit {
                Habit::Late => {
                    let over = self.rehearsal.chance_below(90) + 65;
                    window + TimeDelta::seconds(i64::try_from(over).unwrap_or(65))
                }
                _ => TimeDelta::seconds(i64::try_from(quick).unwrap_or(8)),
            };
            deeds.push((now + after, account, habit));
        }
        deeds.sort_by_key(|(at, account, _)| (*at, *account));
        for (at, account, habit) in deeds {
            self.rehearsal.pass_to(at).await?;
            self.act(account, habit);
            self.settle().await?;
        }
        self.rehearsal.pass_to(now + window * 2).await?;
        self.settle().await
    }

    /// One late, one silent, one who stopped the bot, as far as people go round; drawn anew for
    /// every seed.
    fn cast(&mut self, on: &[(AccountId, String)]) -> Vec<(AccountId, Habit)> {
        let mut left: Vec<&(AccountId, String)> = on.iter().collect();
        let mut draw = |rehearsal: &mut Rehearsal, spare: usize| {
            if left.len() <= spare {
                return None;
            }
            let index = rehearsal.chance_below(left.len());
            Some(left.swap_remove(index))
        };
        let late = draw(&mut self.rehearsal, 1);
        let silent = draw(&mut self.rehearsal, 1);
        let blocked = draw(&mut self.rehearsal, 1);
        if let Some((account, _)) = blocked {
            self.rehearsal.set_reach(*account, Reach::Blocked);
        }
        let name = |who: Option<&(AccountId, String)>| who.map(|(_, name)| name.clone());
        let casting = Scene::Casting {
            late: name(late),
            silent: name(silent),
            blocked: name(blocked),
        };
        let mut cast: Vec<(AccountId, Habit)> = Vec::new();
        cast.extend(late.map(|(account, _)| (*account, Habit::Late)));
        cast.extend(silent.map(|(account, _)| (*account, Habit::Silent)));
        for (account, _) in left {
            let habit = match self.rehearsal.chance_below(4) {
                0 => Habit::Word,
                1 => Habit::Number,
                _ => Habit::Button,
            };
            cast.push((*account, habit));
        }
        self.story.scene(&casting);
        cast
    }

    fn act(&mut self, account: AccountId, habit: Habit) {
        match habit {
            Habit::Silent => {}
            Habit::Button | Habit::Late => {
                let _ = self.rehearsal.presses(account, "✅");
            }
            Habit::Word => {
                self.rehearsal.says(account, here(self.story.lang));
            }
            Habit::Number => {
                let number = self.rehearsal.keeper().and_then(|k| {
                    let checks = k.world().checks.values();
                    let own = checks.filter(|c| c.asked.account == Some(account));
                    own.map(|c| c.id.to_string()).next_back()
                });
                if let Some(number) = number {
                    self.rehearsal.says(account, &number);
                }
            }
        }
    }

    /// In the hours before the first gap, so that it is news; where there is none, when most are
    /// on duty.
    fn moment_of_check(&mut self, roster: &Roster) -> Option<Moment> {
        let start = roster.shifts.iter().map(|s| s.span.start()).min()?;
        let end = roster.shifts.iter().map(|s| s.span.end()).max()?;
        let quarters = ((end - start).num_minutes() / 15).clamp(1, 4_000);
        let moments: Vec<(usize, Moment)> = (0..quarters)
            .map(|n| start + TimeDelta::minutes(n * 15))
            .map(|at| (asked_at(roster, at).len(), at))
            .collect();
        let most = moments.iter().map(|(people, _)| *people).max()?;
        if most == 0 {
            return None;
        }
        let gap = self.first_gap(roster);
        let before_gap =
            |at: &Moment| gap.is_some_and(|g| *at < g && g - *at <= TimeDelta::hours(8));
        let full: Vec<Moment> = moments
            .iter()
            .filter(|(people, _)| *people == most)
            .map(|(_, at)| *at)
            .collect();
        let near: Vec<Moment> = full.iter().copied().filter(before_gap).collect();
        let from = if near.is_empty() { full } else { near };
        let drawn = self.rehearsal.chance_below(from.len());
        let minutes = self.rehearsal.chance_below(15);
        let minutes = TimeDelta::minutes(i64::try_from(minutes).unwrap_or(0));
        from.get(drawn).map(|at| *at + minutes)
    }

    fn first_gap(&self, roster: &Roster) -> Option<Moment> {
        let keeper = self.rehearsal.keeper()?;
        let (_, in_force) = keeper.world().in_force()?;
        let _ = roster;
        crate::decide::gap_report(in_force, &self.policy, self.rehearsal.now())
            .gaps
            .first()
            .map(|gap| gap.span.start())
    }

    fn scene(&self, which: &Scene) {
        if self.telling == Telling::Aloud {
            self.story.scene(which);
        }
    }

    async fn clerk_says(&mut self, text: &str) -> anyhow::Result<()> {
        self.rehearsal.says(CLERK, text);
        self.settle().await
    }

    /// Lets things happen, and prints what was said.
    async fn settle(&mut self) -> anyhow::Result<()> {
        self.rehearsal.settle().await?;
        let zone = self.policy.zone;
        let lines = self.rehearsal.lines();
        let new = lines.iter().skip(self.told);
        for line in new.filter(|_| self.telling == Telling::Aloud) {
            say(&printed(line, zone));
        }
        self.told = self.rehearsal.lines().len();
        Ok(())
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
