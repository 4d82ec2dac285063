//! Time passing: what happens next, and who acts on it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::agenda::{Act, Agenda, Entry};
use super::county::{CLERK, County};
use super::dice::Dice;
use super::faults::{Mix, Plan};
use super::figures::Figures;
use super::laws::{Law, Laws};
use super::planted::Planted;
use super::polling::Poll;
use super::program::Program;
use super::queue::Queue;
use super::sending::Trips;
use super::truth::Truth;
use super::weather::Weather;
use super::{Broken, Ground, Played, Story};
use crate::decide::{AccountId, Daily, Key, Policy, Press, World};
use crate::rehearsal::Reach;
use crate::roster;
use crate::spotcheck::{CheckId, Sighting};
use crate::time::{Moment, TimeDelta};

/// What may break off a holiday.
pub(super) type Step = Result<(), Box<Broken>>;

/// After the holiday, before it is over for those who answer late.
const AFTERWARDS: TimeDelta = TimeDelta::hours(3);
/// The longest that anything may take to end after that.
const AT_LAST: TimeDelta = TimeDelta::hours(40);
/// How often something may happen at one and the same moment.
const AT_ONCE: u32 = 5_000;

/// One holiday in the making.
pub(super) struct Run {
    pub dice: Dice,
    /// The clerk's, at the telephone: whoever rings changes nothing of what else happens.
    pub ringing: Dice,
    /// What was found by telephone and is not recorded yet.
    pub on_paper: BTreeMap<CheckId, Sighting>,
    pub now: Moment,
    pub policy: Policy,
    pub county: County,
    pub program: Program,
    pub planted: Option<Planted>,
    pub agenda: Agenda,
    pub queue: Queue,
    pub weather: Weather,
    pub truth: Truth,
    pub laws: Laws,
    pub figures: Figures,
    pub life: Life,
    pub poll: Poll,
    pub trips: Trips,
    /// What buttons are made with.
    pub key: Option<Key>,
    pub reach: BTreeMap<AccountId, Reach>,
    /// Who has spoken to the bot.
    pub started: BTreeSet<AccountId>,
    pub numbers: HashMap<AccountId, i32>,
    pub asked: roster::Asked,
    pub is_core: bool,
    pub mix: Mix,
    eve: Moment,
    story: Option<Vec<String>>,
}

/// The process.
pub(super) struct Life {
    pub up: bool,
    /// Which process it is.
    pub number: u64,
    pub since: Moment,
    /// It hangs on its store until then.
    pub hangs_until: Option<Moment>,
    /// When everything that was wrong around it is over, as far as is known.
    pub troubled_until: Moment,
    /// What it did may have made messages due.
    pub has_news: bool,
    /// When a message that was put off is due.
    pub retry: Option<Moment>,
}

impl Run {
    pub fn new(
        seed: u64,
        ground: &Ground,
        mut policy: Policy,
        planted: Option<Planted>,
        story: Story,
    ) -> Self {
        let mut dice = Dice::new(seed);
        let is_core = matches!(ground, Ground::Core);
        if is_core {
            policy.daily = Daily::default();
        }
        let units = 2 + usize::from(dice.once_in(2)) + usize::from(!is_core);
        let county = County::drawn(&mut dice, units, policy.zone)
            .expect("the holiday is in the table of holidays");
        let mut agenda = Agenda::default();
        let rounds = 5 + dice.below(4);
        let orders: Vec<Moment> = (0..rounds).map(|_| county.moment(&mut dice)).collect();
        let plan = Plan::drawn(seed, &county, &orders, &mut agenda);
        let eve = county.eve(plan.quiet_days);
        let program = match ground {
            Ground::Core => Program::core(policy.clone(), dice.bytes(), planted),
            Ground::Store(folder) => Program::kept(
                "sqlite:zaigang.db".to_owned(),
                folder.clone(),
                policy.clone(),
            ),
            Ground::Server { url, folder } => {
                Program::kept(url.clone(), folder.clone(), policy.clone())
            }
        };
        let mut run = Self {
            asked: roster::Asked {
                zone: policy.zone,
                ..roster::Asked::default()
            },
            figures: Figures::of(&plan),
            dice,
            ringing: Dice::new(seed ^ 0x0e11),
            on_paper: BTreeMap::new(),
            now: eve,
            policy,
            county,
            program,
            planted,
            agenda,
            queue: Queue::default(),
            weather: Weather::default(),
            truth: Truth::default(),
            laws: Laws::default(),
            life: Life::before(eve),
            poll: Poll::new(eve),
            trips: Trips::default(),
            key: None,
            reach: BTreeMap::new(),
            started: BTreeSet::new(),
            numbers: HashMap::new(),
            is_core,
            mix: plan.mix,
            eve,
            story: (story == Story::Kept).then(Vec::new),
        };
        run.enter_life(&orders);
        run
    }

    /// What happens without anything being wrong.
    fn enter_life(&mut self, orders: &[Moment]) {
        let at = |secs| self.eve + TimeDelta::seconds(secs);
        let says = |account, text: &str| {
            Entry::Act(Act::Says {
                account,
                text: text.to_owned(),
            })
        };
        self.agenda.enter(
            at(60),
            Entry::Act(Act::SendsFile {
                account: CLERK,
                file: 0,
            }),
        );
        let (mut ahead, people) = (300, &self.county.people);
        for person in people
            .iter()
            .filter(|p| p.habit != super::habits::Habit::Unbound)
        {
            ahead += 2;
            let account = person.account;
            let act = Act::SharesContact { account };
            self.agenda.enter(at(ahead), Entry::Act(act));
        }
        if self.dice.once_in(2) {
            let act = Act::Presses {
                account: CLERK,
                owner: CLERK,
                press: Press::TestAll,
            };
            self.agenda.enter(at(3_600), Entry::Act(act));
        }
        for order in orders {
            self.agenda.enter(*order, says(CLERK, "/check all"));
        }
        for _ in 0..4 + self.dice.below(5) {
            let at = self.county.moment(&mut self.dice) - TimeDelta::hours(4);
            let index = self.dice.below(self.county.people.len() as u64);
            let person = &self.county.people[usize::try_from(index).unwrap_or(0)];
            let entry = match self.dice.below(4) {
                0 => says(person.account, "/leave"),
                1 => says(person.account, "/swap"),
                _ => says(CLERK, &format!("/leave {}", person.name)),
            };
            self.agenda.enter(at, entry);
        }
        self.enter_unreachable();
    }

    /// Who stops the bot, or deletes their account, and when.
    fn enter_unreachable(&mut self) {
        use super::faults::Fault;
        use super::habits::Habit;
        for person in 0..self.county.people.len() {
            let reach = match self.county.people[person].habit {
                Habit::Blocks => Reach::Blocked,
                Habit::DeletesAccount => Reach::Gone,
                _ => continue,
            };
            let at = self.county.moment(&mut self.dice);
            let fault = Fault::Reach { person, reach };
            self.agenda.enter(at, Entry::Fault(fault));
            if reach == Reach::Blocked && self.dice.once_in(2) {
                let later = at + self.dice.secs(600, 86_400);
                let reach = Reach::Open;
                let fault = Fault::Reach { person, reach };
                self.agenda.enter(later, Entry::Fault(fault));
            }
        }
    }

    pub async fn play(&mut self) -> Step {
        self.start().await?;
        let claim = self.program.world().map(World::claim_payload);
        let text = format!("/start {}", claim.unwrap_or_default());
        self.act(Act::Says {
            account: CLERK,
            text,
        });
        let over = self.county.period.end() + AFTERWARDS;
        let (mut last, mut at_once) = (self.now, 0);
        while let Some(next) = self.next() {
            if next > over && self.is_over() || next > over + AT_LAST {
                break;
            }
            self.now = self.now.max(next);
            at_once = if self.now == last { at_once + 1 } else { 0 };
            last = self.now;
            if at_once > AT_ONCE {
                return Err(self.broken(Law::Ends, "no end at one moment".to_owned()));
            }
            self.step().await?;
            self.figures.steps += 1;
        }
        self.hold_at_the_end().await
    }

    fn next(&self) -> Option<Moment> {
        let mut next = self.agenda.next();
        if self.is_working() {
            let off = self.off();
            let own = [
                self.next_poll(),
                self.program.next_wake().map(|wake| wake - off),
                self.life.retry,
            ];
            next = own.into_iter().flatten().chain(next).min();
        }
        next
    }

    async fn step(&mut self) -> Step {
        if let Some(entry) = self.agenda.due(self.now) {
            self.happen(entry).await?;
        } else if self.is_working() {
            let clock = self.clock();
            if self.next_poll().is_some_and(|at| at <= self.now) {
                self.poll_on().await?;
            } else if self.program.next_wake().is_some_and(|wake| wake <= clock) {
                self.catch_up().await?;
                self.tick().await?;
            } else {
                self.life.retry = None;
                self.life.has_news = true;
            }
        }
        self.fetch().await?;
        // What is asked is known to the truth before it leaves.
        self.hold().await?;
        self.dispatch().await
    }

    async fn happen(&mut self, entry: Entry) -> Step {
        match entry {
            Entry::Act(act) => {
                self.act(act);
                Ok(())
            }
            Entry::Fault(fault) => self.befall(fault).await,
            Entry::Arrives(trip) => self.arrive(trip).await,
            Entry::Back(trip) => self.come_back(trip).await,
            Entry::Start => self.start().await,
            Entry::Clears => self.clear().await,
            Entry::Restored => self.restore().await,
            Entry::AtTheDesk => self.ring().await,
        }
    }

    fn is_over(&self) -> bool {
        let world = self.program.world();
        let open = world.is_none_or(|world| world.checks.values().any(|c| c.state.is_open()));
        // Somebody is to be asked again.
        let is_owed = self.program.reading_due().is_some();
        let is_said = self.trips.is_empty()
            && self.life.retry.is_none()
            && !self.life.has_news
            && !self.weather.is_mute(self.now);
        self.is_working() && !open && !is_owed && is_said && self.queue.next(self.now).is_none()
    }

    /// Whether the process runs and does not hang.
    pub fn is_working(&self) -> bool {
        self.life.up && self.life.hangs_until.is_none()
    }

    /// What the program's clock shows.
    pub fn clock(&self) -> Moment {
        self.now + self.off()
    }

    pub fn off(&self) -> TimeDelta {
        self.weather.off_at(self.now)
    }

    #[allow(
        clippy::unnecessary_box_returns,
        reason = "it is only ever returned as an error"
    )]
    pub fn broken(&self, law: Law, facts: String) -> Box<Broken> {
        Box::new(Broken {
            law,
            at: self.now,
            facts,
        })
    }

    /// What the program was not to do.
    #[allow(
        clippy::unnecessary_box_returns,
        reason = "it is only ever returned as an error"
    )]
    pub fn failed(&self, error: &crate::store::StoreError) -> Box<Broken> {
        self.broken(Law::Program, format!("{error:?}"))
    }

    pub fn tell(&mut self, line: impl FnOnce(&Self) -> String) {
        if self.story.is_none() {
            return;
        }
        let civil = self.policy.zone.civil(self.now);
        let told = format!("{} {}", civil.format("%m-%dT%H:%M:%S%.3f"), line(self));
        if let Some(story) = &mut self.story {
            story.push(told);
        }
    }

    pub async fn ended(mut self, broken: Option<Broken>) -> Played {
        self.program.die().await;
        Played {
            figures: self.figures,
            broken,
            story: self.story.unwrap_or_default(),
        }
    }
}

impl Life {
    fn before(eve: Moment) -> Self {
        Self {
            up: false,
            number: 0,
            since: eve,
            hangs_until: None,
            troubled_until: eve,
            has_news: false,
            retry: None,
        }
    }
}
