//! A script, played on the real keeper and store in virtual time.

use std::collections::BTreeMap;

use zaigang::config::Settings;
use zaigang::decide::{AccountId, Answer, Daily, Policy, Press};
use zaigang::proof::proven;
use zaigang::rehearsal::{Passed, Pressing, Rehearsal};
use zaigang::roster::{Asked, UnitEntry, unit_entries};
use zaigang::spotcheck::CheckId;
use zaigang::store::Place;
use zaigang::time::{Moment, Span, TimeDelta};
use zaigang::words::answers::answer;

use super::laws::{Laws, Trouble, summaries_are_told};
use super::script::{Deed, Script};
use super::transcript::{Note, transcript};

const CLERK: AccountId = AccountId(1);
const CLERK_NAME: &str = "文书";
const FIRST_PERSON: i64 = 101;
const FIRST_STRANGER: i64 = 901;
/// From how many buttons somebody picks one at random.
const LAST_BUTTONS: usize = 10;
/// After the last step every check must have ended by then.
const PATIENCE: TimeDelta = TimeDelta::hours(2);

/// Something somebody did that may answer a check.
#[derive(Clone, Copy, Debug)]
pub struct Given {
    pub account: AccountId,
    pub at: Moment,
    pub answer: GivenAs,
}

#[derive(Clone, Copy, Debug)]
pub enum GivenAs {
    Text(Answer),
    Press(CheckId),
}

/// What is left of a play.
pub struct Played {
    /// Its transcript.
    pub told: String,
    /// Its journal, as exported.
    pub journal: String,
}

/// Plays `script` on a database in a file. Panics where a law is broken.
pub async fn played(script: &Script) -> Played {
    played_on("sqlite:zaigang.db", script).await
}

/// The same on the empty database `url` names.
pub async fn played_on(url: &str, script: &Script) -> Played {
    let folder = tempfile::tempdir().unwrap();
    let mut policy = Settings::default().service(folder.path()).unwrap().policy;
    policy.lang = script.language;
    policy.measure.per_unit = script.per_unit;
    if !script.units.is_empty() {
        policy.units = unit_entries(&script.units).unwrap();
    }
    if !script.by_the_clock {
        policy.daily = Daily::default();
    }
    let first = script.steps.first().expect("a script has steps").at;
    let asked = Asked {
        zone: policy.zone,
        ..Asked::default()
    };
    let begins = first - TimeDelta::hours(1);
    let place = (url.to_owned(), folder.path().to_owned());
    let rehearsal = Rehearsal::begin_at(place, policy.clone(), asked, 7, begins)
        .await
        .unwrap();
    let mut play = Play {
        script,
        rehearsal,
        accounts: BTreeMap::from([(CLERK_NAME.to_owned(), CLERK)]),
        phones: BTreeMap::new(),
        notes: Vec::new(),
        laws: Laws::new(&policy, script),
        policy,
    };
    play.prepare().await;
    let from = play.rehearsal.lines().len();
    for index in 0..script.steps.len() {
        play.pass_to(script.steps[index].at).await;
        play.act(index).await;
        play.settle().await;
    }
    play.end().await;
    let world = play.rehearsal.keeper().unwrap().world();
    let told = transcript(play.rehearsal.lines(), from, &play.notes, world);
    play.rehearsal.crash().await;
    let journal = proven_journal(&Place::of(url, folder.path()).unwrap()).await;
    Played { told, journal }
}

/// 10 and 12. What is exported proves every outcome and the draw, with no help of the program.
async fn proven_journal(place: &Place) -> String {
    let journal = zaigang::store::export(place).await.unwrap();
    if let Err(found) = proven(journal.as_bytes(), None) {
        panic!("{found:?}\n{journal}");
    }
    journal
}

struct Play<'a> {
    script: &'a Script,
    rehearsal: Rehearsal,
    accounts: BTreeMap<String, AccountId>,
    phones: BTreeMap<String, String>,
    notes: Vec<Note>,
    laws: Laws,
    policy: Policy,
}

impl Play<'_> {
    /// The clerk has claimed the place, the first roster is in force, everybody is bound who is
    /// to be.
    async fn prepare(&mut self) {
        self.cast();
        let claim = {
            let world = self.rehearsal.keeper().unwrap().world();
            format!("/start {}", world.claim_payload())
        };
        self.rehearsal.says(CLERK, &claim);
        self.settle().await;
        self.send_roster(CLERK, 1);
        self.settle().await;
        let put_in_force = self.rehearsal.presses(CLERK, self.use_label());
        assert_eq!(
            put_in_force,
            Pressing::Done,
            "{:#?}",
            self.rehearsal.lines()
        );
        self.settle().await;
        for (name, phone) in self.phones.clone() {
            if !self.script.unbound.contains(&name) {
                self.rehearsal.shares_contact(self.accounts[&name], &phone);
            }
        }
        self.settle().await;
    }

    fn cast(&mut self) {
        self.rehearsal.introduce(CLERK, CLERK_NAME);
        let rows = self.script.rosters.iter().flat_map(|r| r.lines().skip(1));
        for row in rows {
            let cells: Vec<&str> = row.split(',').collect();
            self.introduce(cells[5], cells[6]);
        }
        let liaisons = self.policy.units.iter().flat_map(UnitEntry::liaisons);
        for liaison in liaisons.collect::<Vec<_>>() {
            let phone = liaison.phone.expect("a scenario's liaison has a number");
            self.introduce(&liaison.name, phone.digits());
        }
    }

    fn introduce(&mut self, name: &str, phone: &str) {
        self.phones.insert(name.to_owned(), phone.to_owned());
        if !self.accounts.contains_key(name) {
            let place = i64::try_from(self.accounts.len()).unwrap();
            let account = AccountId(FIRST_PERSON + place);
            self.accounts.insert(name.to_owned(), account);
            self.rehearsal.introduce(account, name);
        }
    }

    fn use_label(&self) -> &'static str {
        zaigang::words::demo::use_label(self.policy.lang)
    }

    fn account(&mut self, name: &str) -> AccountId {
        if let Some(account) = self.accounts.get(name) {
            return *account;
        }
        let place = i64::try_from(self.accounts.len()).unwrap();
        let account = AccountId(FIRST_STRANGER + place);
        self.accounts.insert(name.to_owned(), account);
        self.rehearsal.introduce(account, name);
        account
    }

    fn send_roster(&mut self, account: AccountId, number: usize) {
        let bytes = self.script.rosters[number - 1].clone().into_bytes();
        let name = format!("roster-{number}.csv");
        self.rehearsal.sends_file(account, &name, bytes);
    }

    async fn act(&mut self, index: usize) {
        let step = &self.script.steps[index];
        let now = self.rehearsal.now();
        match &step.deed {
            Deed::Says {
                who,
                text,
                held_back,
            } => {
                let account = self.account(who);
                self.rehearsal.says_late(account, text, *held_back);
                if let Some(answer) = answer(text) {
                    self.give(account, GivenAs::Text(answer));
                }
            }
            Deed::Presses {
                who,
                owner,
                label,
                held_back,
            } => {
                let (account, owner) = (self.account(who), self.account(owner));
                let check = self.button(owner, label);
                let pressed = (self.rehearsal).presses_late(account, owner, label, *held_back);
                assert_eq!(
                    pressed,
                    Pressing::Done,
                    "{}: {:#?}",
                    step.told,
                    self.rehearsal.screen(owner)
                );
                if let (Some(check), true) = (check, account == owner) {
                    self.give(account, GivenAs::Press(check));
                }
            }
            Deed::PressesAny { who, place } => {
                let account = self.account(who);
                self.press_any(account, *place);
            }
            Deed::SharesContact { who, of } => {
                let (account, of_account) = (self.account(who), self.account(of));
                let phone = self.phones.get(of).cloned().unwrap_or_default();
                (self.rehearsal).shares_contact_of(account, of_account, &phone);
            }
            Deed::SendsRoster { who, number } => {
                let account = self.account(who);
                self.send_roster(account, *number);
            }
            Deed::Reach { who, reach } => {
                let account = self.account(who);
                self.rehearsal.set_reach(account, *reach);
                self.note(&step.told);
            }
            _ => {
                self.note(&step.told);
                self.befall(&step.deed, now).await;
            }
        }
    }

    /// Presses one of the buttons on the screen, where there is one.
    fn press_any(&mut self, account: AccountId, place: usize) {
        let screen = self.rehearsal.screen(account);
        let buttons: Vec<String> = screen
            .iter()
            .flat_map(|message| message.buttons.iter().map(|(label, _)| label.clone()))
            .collect();
        if buttons.is_empty() {
            return;
        }
        // What was sent last is what people press.
        let last = buttons.len().min(LAST_BUTTONS);
        let label = &buttons[buttons.len() - 1 - place % last];
        let check = self.button(account, label);
        assert_eq!(self.rehearsal.presses(account, label), Pressing::Done);
        if let Some(check) = check {
            self.give(account, GivenAs::Press(check));
        }
    }

    /// What happens to the program.
    async fn befall(&mut self, deed: &Deed, now: Moment) {
        let shut = |until: &Moment| Span::new(now, *until).expect("an outage takes time");
        match deed {
            Deed::Unreadable { until } => {
                self.laws.trouble(Trouble::Deaf(shut(until)));
                self.rehearsal.deaf_in(shut(until));
            }
            Deed::Unwritable { until } => {
                self.laws.trouble(Trouble::Mute(shut(until)));
                self.rehearsal.mute_in(shut(until));
            }
            Deed::Unreachable { until } => {
                self.laws.trouble(Trouble::Deaf(shut(until)));
                self.laws.trouble(Trouble::Mute(shut(until)));
                self.rehearsal.deaf_in(shut(until));
                self.rehearsal.mute_in(shut(until));
            }
            Deed::LosesReceipt => {
                self.laws.trouble(Trouble::ReceiptLost);
                self.rehearsal.lose_next_receipt();
            }
            Deed::PutsOff(after) => self.rehearsal.put_off_next_ping(*after),
            Deed::ComesTwice => self.rehearsal.repeat_last_update(),
            Deed::Crash => self.rehearsal.crash().await,
            Deed::Start => self.rehearsal.start().await.unwrap(),
            Deed::Doom(doom) => self.rehearsal.doom(*doom),
            Deed::Conflict => {
                self.laws.trouble(Trouble::Conflict(now));
                self.rehearsal.conflict().await.unwrap();
            }
            Deed::ClockSet(by) => {
                let seen_back = *by < TimeDelta::zero() && self.rehearsal.keeper().is_some();
                self.laws.trouble(if seen_back {
                    Trouble::ClockSetBack(now)
                } else {
                    Trouble::ClockSet(now)
                });
                self.rehearsal.set_clock(*by).await.unwrap();
            }
            _ => unreachable!("{deed:?} is somebody's"),
        }
    }

    /// The check behind the newest button on `owner`'s screen whose label holds `label`.
    fn button(&self, owner: AccountId, label: &str) -> Option<CheckId> {
        let screen = self.rehearsal.screen(owner);
        let mut buttons = screen.iter().rev().flat_map(|message| &message.buttons);
        match buttons.find(|(shown, _)| shown.contains(label)) {
            Some((_, Press::Answer(check))) => Some(*check),
            _ => None,
        }
    }

    fn give(&mut self, account: AccountId, answer: GivenAs) {
        let at = self.rehearsal.now();
        self.laws.given(Given {
            account,
            at,
            answer,
        });
    }

    fn note(&mut self, text: &str) {
        self.notes.push(Note {
            at: self.rehearsal.now(),
            after: self.rehearsal.lines().len(),
            text: text.to_owned(),
        });
    }

    async fn settle(&mut self) {
        self.rehearsal.settle().await.unwrap();
        self.look();
        self.laws.hold(&self.rehearsal).await;
    }

    async fn pass_to(&mut self, end: Moment) {
        while self.rehearsal.step_to(end).await.unwrap() == Passed::Short {
            self.look();
            self.laws.hold(&self.rehearsal).await;
        }
    }

    /// Notes when the program goes down, and when it is up again.
    fn look(&mut self) {
        let now = self.rehearsal.now();
        if self.laws.running(now, self.rehearsal.keeper().is_some()) {
            return;
        }
        // A crash that the script orders is told already.
        if self
            .notes
            .last()
            .is_none_or(|note| note.at != now || note.text != "crash")
        {
            self.note("the program is down");
        }
    }

    /// Until every check has ended and everything is said.
    async fn end(&mut self) {
        self.rehearsal.start().await.unwrap();
        self.settle().await;
        let outages = self.laws.last_outage_ends();
        let last = outages.max(Some(self.rehearsal.now())).unwrap() + PATIENCE;
        while !self.is_over().await {
            let next = self.rehearsal.now() + TimeDelta::minutes(1);
            assert!(next <= last, "a check is still open, or a message unsent");
            self.pass_to(next).await;
        }
        summaries_are_told(&self.rehearsal);
    }

    /// Whether every check has ended, everything was heard, and everything said.
    async fn is_over(&self) -> bool {
        let keeper = self.rehearsal.keeper().unwrap();
        let clock = self.rehearsal.clock();
        let due = keeper.due(clock, 1, &[]).await.unwrap();
        let later = keeper.store().next_due(clock).await.unwrap();
        let open =
            |check: &zaigang::decide::Check| check.state.is_open() || check.next_climb().is_some();
        due.is_empty()
            && later.is_none()
            && !self.rehearsal.has_unread()
            && !keeper.world().checks.values().any(open)
    }
}
