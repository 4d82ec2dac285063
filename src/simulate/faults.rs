//! What goes wrong, and when: the bad days, mixed.

use super::agenda::{Agenda, Entry};
use super::county::County;
use super::dice::Dice;
use crate::rehearsal::Reach;
use crate::time::{Moment, TimeDelta};

/// How many faults a holiday has at least, unless it has none.
pub(super) const LEAST: u64 = 40;
/// One holiday in so many goes by without a fault.
const CALM_IN: u64 = 10;
/// And one in so many is one long outage.
const WHOLE_IN: u64 = 150;

/// How a holiday's faults lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mix {
    /// There are none.
    Calm,
    /// Anywhere in it.
    Spread,
    /// One in three is aimed at a round of checks.
    Aimed,
}

/// One kind of fault, as it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Kill,
    KillBeforeCommit,
    KillAfterCommit,
    KillBeforePing,
    KillAfterPing,
    Outage10s,
    Outage149s,
    Outage151s,
    Outage3h,
    Outage23h59,
    Outage24h01,
    OutageOfAll,
    Unreadable,
    Unwritable,
    Flood,
    ServerError,
    Html,
    ResetBefore,
    ResetAfter,
    NoConnection,
    SlowSending,
    SlowReading,
    Delayed,
    Reordered,
    Repeated,
    NumbersAnew,
    Conflict,
    Token,
    ClockOn,
    ClockBack,
    Strangers,
    StoreFails,
    Restored,
    SecondProcess,
    Cancelled,
    RosterChanged,
    HalfRoster,
    ChatMoved,
}

/// One fault, to be done.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fault {
    Kill {
        kind: Kind,
        down: TimeDelta,
    },
    /// The process dies at the so-many-th thing it does from now on.
    Doomed {
        doom: Doom,
        after: u64,
        down: TimeDelta,
    },
    Outage {
        kind: Kind,
        lasts: TimeDelta,
    },
    /// The next messages come to grief.
    Slips {
        slip: Slip,
        count: u64,
    },
    SlowReadings {
        count: u64,
    },
    Delayed {
        count: u64,
    },
    Reordered,
    Repeated,
    Conflict {
        lasts: TimeDelta,
    },
    /// While the process is down, too, where `down` is more than nothing.
    Clock {
        by: TimeDelta,
        down: TimeDelta,
    },
    Strangers {
        count: u64,
    },
    StoreFails {
        lasts: TimeDelta,
    },
    Backup,
    Restore {
        down: TimeDelta,
    },
    SecondProcess,
    Cancelled,
    Roster {
        file: usize,
    },
    NumbersAnew,
    ChatMoved,
    Reach {
        person: usize,
        reach: Reach,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doom {
    BeforeCommit,
    AfterCommit,
    BeforePing,
    AfterPing,
}

/// What becomes of one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slip {
    Flood { retry_secs: u64 },
    ServerErrorBefore,
    ServerErrorAfter,
    HtmlBefore,
    HtmlAfter,
    ResetBefore,
    ResetAfter,
    NoConnection,
    Slow,
}

/// Everything that will go wrong in one holiday.
pub(super) struct Plan {
    pub faults: u64,
    pub mix: Mix,
    /// Days without a word before it.
    pub quiet_days: i64,
}

impl Plan {
    /// Enters the faults of the holiday; `orders` are the moments people are asked at.
    pub fn drawn(seed: u64, county: &County, orders: &[Moment], agenda: &mut Agenda) -> Self {
        let mut dice = Dice::new(seed ^ 0xfa17);
        let mut plan = Self {
            faults: 0,
            mix: Mix::Calm,
            quiet_days: 0,
        };
        if dice.once_in(CALM_IN) {
            return plan;
        }
        plan.mix = if seed.is_multiple_of(2) {
            Mix::Spread
        } else {
            Mix::Aimed
        };
        if dice.once_in(8) {
            plan.quiet_days = 9;
            let eve = county.period.start() - TimeDelta::hours(6);
            plan.put(agenda, eve, Fault::NumbersAnew);
            if dice.once_in(2) {
                let (kind, down) = (Kind::Kill, dice.secs(5, 300));
                let before = eve - TimeDelta::days(2);
                plan.put(agenda, before, Fault::Kill { kind, down });
            }
        }
        if dice.once_in(WHOLE_IN) {
            let lasts = county.period.end() - county.period.start();
            let kind = Kind::OutageOfAll;
            plan.put(agenda, county.period.start(), Fault::Outage { kind, lasts });
        }
        let many = LEAST + dice.below(20);
        while plan.faults < many {
            let at = match dice.pick(orders) {
                Some(order) if plan.mix == Mix::Aimed && dice.once_in(3) => {
                    order + dice.secs(-120, 500)
                }
                _ => county.moment(&mut dice),
            };
            plan.one(agenda, at, &mut dice);
        }
        plan
    }

    fn put(&mut self, agenda: &mut Agenda, at: Moment, fault: Fault) {
        self.faults += 1;
        agenda.enter(at, Entry::Fault(fault));
    }

    fn one(&mut self, agenda: &mut Agenda, at: Moment, dice: &mut Dice) {
        let down = |dice: &mut Dice| match dice.below(6) {
            0 => dice.secs(120, 600),
            1 => dice.secs(600, 9_000),
            _ => dice.secs(1, 60),
        };
        let fault = match dice.below(40) {
            0..=3 => Fault::Kill {
                kind: Kind::Kill,
                down: down(dice),
            },
            4..=8 => {
                let doom = [
                    Doom::BeforeCommit,
                    Doom::AfterCommit,
                    Doom::BeforePing,
                    Doom::AfterPing,
                ];
                Fault::Doomed {
                    doom: dice.pick(&doom).unwrap_or(Doom::BeforeCommit),
                    after: dice.below(6),
                    down: down(dice),
                }
            }
            9..=14 => outage(dice),
            15..=22 => slips(dice),
            23 | 24 => Fault::SlowReadings {
                count: 1 + dice.below(8),
            },
            25 | 26 => Fault::Delayed {
                count: 1 + dice.below(6),
            },
            27 => Fault::Reordered,
            28 | 29 => Fault::Repeated,
            30 => Fault::Conflict {
                lasts: dice.secs(2, 90),
            },
            31 => Fault::Outage {
                kind: Kind::Token,
                lasts: dice.secs(5, 400),
            },
            32 | 33 => clock(dice),
            34 => Fault::Strangers {
                count: 1 + dice.below(150),
            },
            35 | 36 => Fault::StoreFails {
                lasts: dice.secs(1, 300),
            },
            37 => {
                let later = at + dice.secs(300, 9_000);
                let down = dice.secs(10, 600);
                agenda.enter(at, Entry::Fault(Fault::Backup));
                self.put(agenda, later, Fault::Restore { down });
                return;
            }
            38 => match dice.below(3) {
                0 => Fault::SecondProcess,
                1 => Fault::ChatMoved,
                _ => Fault::Cancelled,
            },
            _ => Fault::Roster {
                file: 1 + usize::from(dice.once_in(2)),
            },
        };
        self.put(agenda, at, fault);
    }
}

fn outage(dice: &mut Dice) -> Fault {
    let secs = TimeDelta::seconds;
    let (kind, lasts) = match dice.below(40) {
        0..=9 => (Kind::Outage10s, secs(10)),
        10..=15 => (Kind::Outage149s, secs(149)),
        16..=21 => (Kind::Outage151s, secs(151)),
        22..=24 => (Kind::Outage3h, TimeDelta::hours(3)),
        25 => (Kind::Outage23h59, secs(86_340)),
        26 => (Kind::Outage24h01, secs(86_460)),
        27..=33 => (Kind::Unreadable, dice.secs(3, 400)),
        _ => (Kind::Unwritable, dice.secs(3, 400)),
    };
    Fault::Outage { kind, lasts }
}

fn slips(dice: &mut Dice) -> Fault {
    let slips = [
        Slip::Flood {
            retry_secs: 2 + dice.below(40),
        },
        Slip::ServerErrorBefore,
        Slip::ServerErrorAfter,
        Slip::HtmlBefore,
        Slip::HtmlAfter,
        Slip::ResetBefore,
        Slip::ResetAfter,
        Slip::NoConnection,
        Slip::Slow,
    ];
    Fault::Slips {
        slip: dice.pick(&slips).unwrap_or(Slip::NoConnection),
        count: 1 + dice.below(5),
    }
}

fn clock(dice: &mut Dice) -> Fault {
    let by = match dice.below(4) {
        0 => dice.secs(5, 60),
        1 => dice.secs(60, 1_800),
        2 => dice.secs(1_800, 7_200),
        _ => TimeDelta::days(1),
    };
    let by = if dice.once_in(2) { by } else { -by };
    let down = if dice.once_in(3) {
        dice.secs(5, 100)
    } else {
        TimeDelta::zero()
    };
    Fault::Clock { by, down }
}

impl Slip {
    pub fn kind(self) -> Kind {
        match self {
            Slip::Flood { .. } => Kind::Flood,
            Slip::ServerErrorBefore | Slip::ServerErrorAfter => Kind::ServerError,
            Slip::HtmlBefore | Slip::HtmlAfter => Kind::Html,
            Slip::ResetBefore => Kind::ResetBefore,
            Slip::ResetAfter => Kind::ResetAfter,
            Slip::NoConnection => Kind::NoConnection,
            Slip::Slow => Kind::SlowSending,
        }
    }

    /// Whether the message reaches its phone all the same.
    pub fn arrives(self) -> bool {
        matches!(
            self,
            Slip::ServerErrorAfter | Slip::HtmlAfter | Slip::ResetAfter | Slip::Slow
        )
    }
}

impl Kind {
    pub const ALL: [Kind; 38] = [
        Kind::Kill,
        Kind::KillBeforeCommit,
        Kind::KillAfterCommit,
        Kind::KillBeforePing,
        Kind::KillAfterPing,
        Kind::Outage10s,
        Kind::Outage149s,
        Kind::Outage151s,
        Kind::Outage3h,
        Kind::Outage23h59,
        Kind::Outage24h01,
        Kind::OutageOfAll,
        Kind::Unreadable,
        Kind::Unwritable,
        Kind::Flood,
        Kind::ServerError,
        Kind::Html,
        Kind::ResetBefore,
        Kind::ResetAfter,
        Kind::NoConnection,
        Kind::SlowSending,
        Kind::SlowReading,
        Kind::Delayed,
        Kind::Reordered,
        Kind::Repeated,
        Kind::NumbersAnew,
        Kind::Conflict,
        Kind::Token,
        Kind::ClockOn,
        Kind::ClockBack,
        Kind::Strangers,
        Kind::StoreFails,
        Kind::Restored,
        Kind::SecondProcess,
        Kind::Cancelled,
        Kind::RosterChanged,
        Kind::HalfRoster,
        Kind::ChatMoved,
    ];

    /// What keeps messages from leaving.
    pub const MUTING: &'static [Kind] = &[
        Kind::Kill,
        Kind::KillBeforeCommit,
        Kind::KillAfterCommit,
        Kind::KillBeforePing,
        Kind::KillAfterPing,
        Kind::Outage10s,
        Kind::Outage149s,
        Kind::Outage151s,
        Kind::Outage3h,
        Kind::Outage23h59,
        Kind::Outage24h01,
        Kind::OutageOfAll,
        Kind::Unwritable,
        Kind::Flood,
        Kind::ServerError,
        Kind::Html,
        Kind::ResetBefore,
        Kind::ResetAfter,
        Kind::NoConnection,
        Kind::SlowSending,
        Kind::Token,
        Kind::StoreFails,
        Kind::Restored,
    ];

    /// What ends the process.
    pub const STOPS: &'static [Kind] = &[
        Kind::Kill,
        Kind::KillBeforeCommit,
        Kind::KillAfterCommit,
        Kind::KillBeforePing,
        Kind::KillAfterPing,
        Kind::Restored,
    ];

    /// What moves the program's clock.
    pub const CLOCK: &'static [Kind] = &[Kind::ClockOn, Kind::ClockBack];
}
