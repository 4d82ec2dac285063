//! An office after the holiday, its people, and what each of them does and is told.

use std::sync::Arc;

use super::super::*;
use crate::decide::sample::{self, policy};
use crate::decide::{
    Account, Asked, Bound, Change, Check, Command, FollowUp, Heard, Input, Key, Notice, Order,
    Policy, Press, Pressed, RosterId, Round, RoundId, Ruling, Summary, UploadId, Version, What,
    decide,
};
use crate::roster::sample::{at, roster, span, week};
use crate::spotcheck::{CheckId, Ground, Outcome, Reminded, State, Verdict, VerdictReason};
use crate::time::TimeDelta;

pub(super) const CLERK: i64 = 1;
pub(super) const SECOND: i64 = 2;
pub(super) const HEAD: i64 = 3;
pub(super) const OTHER_HEAD: i64 = 4;
pub(super) const PEOPLE: [i64; 4] = [CLERK, SECOND, HEAD, OTHER_HEAD];

pub(super) const ROSTER: &str = "
    城关镇 值班员 10-01T00:00 10-03T20:30 王建国
    城关镇 值班员 10-04T08:30 10-08T00:00 王建国
    城关镇 带班领导 10-01T00:00 10-08T00:00 张建国
    东河乡 值班员 10-01T00:00 10-08T00:00 许刚
    东河乡 带班领导 10-01T00:00 10-08T00:00 李红
";

/// After the holiday: 许刚 verified as absent, 邓红 silent and not looked into.
pub(super) fn world() -> World {
    let policy = Policy {
        period: Some(week()),
        ..policy()
    };
    let mut world = World::new(policy, Key::new([7; 32]));
    for (id, name, unit) in [
        (CLERK, "陈静", None),
        (SECOND, "赵敏", None),
        (HEAD, "张建国", Some("城关镇")),
        (OTHER_HEAD, "李红", Some("东河乡")),
    ] {
        world.put(Record::Account(Account {
            clerk_since: unit.is_none().then(|| at("09-28T09:00")),
            bound: unit.map(|unit| Bound {
                unit: unit.to_owned(),
                name: name.to_owned(),
                phone: None,
                at: at("09-28T10:00"),
            }),
            ..Account::new(AccountId(id), name)
        }));
    }
    world.put(Record::Roster(RosterId(1), Arc::new(roster(ROSTER))));
    world.put(Record::Version(Version {
        number: 1,
        roster: RosterId(1),
        since: at("09-28T09:00"),
        by: AccountId(CLERK),
        upload: UploadId(1),
        restores: None,
    }));
    world.put(Record::Round(Round {
        id: RoundId(1),
        by: AccountId(CLERK),
        at: at("10-03T14:28"),
        order: Order::All,
        checks: vec![CheckId(1), CheckId(2)],
        summary: Summary::Told,
    }));
    world.put(Record::Check(silent(1, "许刚", Some(Verdict::Absent))));
    world.put(Record::Check(silent(2, "邓红", None)));
    world
}

pub(super) fn silent(number: u32, name: &str, verdict: Option<Verdict>) -> Check {
    let rulings = verdict.map(|verdict| Ruling {
        verdict,
        reason: VerdictReason::Ground(Ground::LookedNotThere),
        by: AccountId(CLERK),
        name: "陈静".to_owned(),
        at: at("10-03T15:00"),
        withdrawn: None,
    });
    let unanswered = State::Closed {
        outcome: Outcome::NoAnswer {
            queue_read_from: at("10-03T14:35"),
        },
        at: at("10-03T14:36"),
        delivery: None,
        reminded: Reminded::NotYet,
    };
    let check = sample::asked(CheckId(number), AccountId(9), at("10-03T14:28"), unanswered);
    Check {
        asked: Asked {
            unit: "东河乡".to_owned(),
            shift: span("10-01T00:00", "10-08T00:00"),
            name: name.to_owned(),
            account: None,
            ..check.asked
        },
        follow_up: Box::new(FollowUp {
            rulings: rulings.into_iter().collect(),
            ..FollowUp::default()
        }),
        ..check
    }
}

/// The world, what happens in it, and when it is.
pub(super) struct Play {
    pub world: World,
    pub now: Moment,
    pub said: Vec<Notice>,
    pub deeds: Vec<Deed>,
}

impl Play {
    pub fn of(world: World) -> Self {
        Self {
            world,
            now: at("10-08T09:00"),
            said: Vec::new(),
            deeds: Vec::new(),
        }
    }

    pub fn hear(&mut self, account: i64, what: What) {
        self.happen(&Input::Heard(Heard {
            message: Some(1),
            ..sample::heard(AccountId(account), self.now, what)
        }));
    }

    pub fn happen(&mut self, input: &Input) {
        let change: Change = decide(&self.world, input, self.now);
        self.world.apply(&change);
        self.said.extend(change.notices);
        self.deeds
            .extend(change.journal.into_iter().map(|e| e.deed));
        self.now += TimeDelta::seconds(1);
    }

    pub fn orders(&mut self, account: i64) {
        self.hear(account, What::Command(Command::Circular));
    }

    pub fn presses(&mut self, account: i64, circular: u32, press: CircularPress) {
        self.pressed(account, Press::Circular(CircularId(circular), press));
    }

    pub fn pressed(&mut self, account: i64, press: Press) {
        let query = "q".to_owned();
        let press = Pressed::Ours(press);
        self.hear(account, What::Press { query, press });
    }

    pub fn last(&self) -> &Proceeding {
        self.world.proceedings.values().next_back().unwrap()
    }

    /// What was said of circulars to `account`, newest last.
    pub fn told(&self, account: i64) -> Vec<&CircularSay> {
        let own = self.said.iter().filter(|n| n.to == AccountId(account));
        own.filter_map(|notice| match &notice.say {
            Say::Circular(said) => Some(said.as_ref()),
            _ => None,
        })
        .collect()
    }

    /// Drafted, both units heard, and with the second clerk.
    pub fn submitted(&mut self) {
        self.orders(CLERK);
        self.presses(CLERK, 1, CircularPress::AskUnits);
        self.presses(HEAD, 1, CircularPress::True(0));
        self.presses(OTHER_HEAD, 1, CircularPress::Explain(1));
        self.hear(OTHER_HEAD, What::Text("当时在县道处置落石".to_owned()));
        self.presses(CLERK, 1, CircularPress::Submit);
    }
}
