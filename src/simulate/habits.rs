//! What people do on what they are sent. None of it is known to the program.

use super::agenda::Act;
use super::county::{CLERK, County, MOVED};
use super::dice::Dice;
use crate::decide::{AccountId, LeavePress, LeaveSay, Press, Say};
use crate::spotcheck::{CheckId, Ground, Outcome, Plea, Sighting, Verdict};
use crate::time::TimeDelta;
use crate::words::{Lang, answers::here};

/// How somebody answers a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Habit {
    Prompt,
    Slow,
    /// On either side of the deadline.
    Edge,
    Late,
    /// Not there.
    Absent,
    /// Writes that they are here.
    Word,
    /// Writes the check's number.
    Number,
    Twice,
    /// From another account of theirs.
    OtherAccount,
    /// Has somebody else press a forwarded button.
    Forwards,
    StepsOut,
    Pleads,
    /// Now so, now so.
    Mixed,
    /// Never bound an account.
    Unbound,
    /// Stops the bot some time, or for good.
    Blocks,
    DeletesAccount,
    /// Never answers the test message, nor anything else.
    Unverified,
}

const COMMON: [Habit; 24] = [
    Habit::Prompt,
    Habit::Prompt,
    Habit::Prompt,
    Habit::Slow,
    Habit::Slow,
    Habit::Edge,
    Habit::Late,
    Habit::Late,
    Habit::Absent,
    Habit::Absent,
    Habit::Absent,
    Habit::Absent,
    Habit::Absent,
    Habit::Word,
    Habit::Word,
    Habit::Word,
    Habit::Number,
    Habit::Number,
    Habit::Twice,
    Habit::OtherAccount,
    Habit::Forwards,
    Habit::StepsOut,
    Habit::Pleads,
    Habit::Mixed,
];

const RARE: [Habit; 4] = [
    Habit::Unbound,
    Habit::Blocks,
    Habit::DeletesAccount,
    Habit::Unverified,
];

/// Acts, and how long after the message.
pub(super) type Acts = Vec<(TimeDelta, Act)>;

impl Habit {
    pub fn drawn(dice: &mut Dice) -> Self {
        let from: &[Habit] = if dice.once_in(6) { &RARE } else { &COMMON };
        dice.pick(from).unwrap_or(Habit::Prompt)
    }

    /// Whether nothing is ever heard from them.
    pub fn is_mute(self) -> bool {
        matches!(self, Habit::Unbound | Habit::Unverified)
    }
}

/// What `to` does on `say`; `window` is how long a question waits.
pub(super) fn acts(
    county: &County,
    dice: &mut Dice,
    to: AccountId,
    say: &Say,
    window: TimeDelta,
) -> Acts {
    if to == CLERK || to == MOVED {
        return clerks(dice, say);
    }
    let Some(owner) = county.owner(to) else {
        return Vec::new();
    };
    let press = |press| Act::Presses {
        account: to,
        owner: to,
        press,
    };
    match say {
        Say::Ping(ping) => answering(county, dice, to, owner.habit, ping.check, window),
        Say::Test { .. } if owner.habit.is_mute() => Vec::new(),
        Say::Test { .. } => vec![(dice.secs(5, 600), press(Press::TestAnswer))],
        Say::Escalation { check, .. } if !owner.habit.is_mute() && !dice.once_in(3) => {
            let sighting = dice.pick(&Sighting::ALL).unwrap_or(Sighting::NotReached);
            vec![(dice.secs(20, 500), press(Press::Sighted(*check, sighting)))]
        }
        Say::Leave(say) if !owner.habit.is_mute() => {
            let next = asked_for_leave(dice, say);
            let act =
                next.map(|(leave, next)| (dice.secs(3, 90), press(Press::Leave(leave, next))));
            act.into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn answering(
    county: &County,
    dice: &mut Dice,
    to: AccountId,
    habit: Habit,
    check: CheckId,
    window: TimeDelta,
) -> Acts {
    let habit = match habit {
        Habit::Mixed | Habit::Blocks | Habit::DeletesAccount => {
            dice.pick(&COMMON).unwrap_or(Habit::Prompt)
        }
        habit if dice.once_in(6) && !habit.is_mute() => dice.pick(&COMMON).unwrap_or(habit),
        habit => habit,
    };
    let end = window.num_seconds();
    let press = |account, press| Act::Presses {
        account,
        owner: to,
        press,
    };
    let own = || press(to, Press::Answer(check));
    let plead = |plea| press(to, Press::Plead(check, plea));
    let says = |account, text: String| Act::Says { account, text };
    let word = || says(to, here(Lang::Zh).to_owned());
    let number = || says(to, check.to_string());
    let second = county.owner(to).map_or(to, super::county::Somebody::second);
    match habit {
        Habit::Prompt => vec![(dice.secs(3, 40), own())],
        Habit::Slow => vec![(dice.secs(40, end - 15), own())],
        Habit::Edge => {
            let at = dice.secs(end - 6, end + 6);
            vec![(at, if dice.once_in(2) { own() } else { word() })]
        }
        Habit::Late => {
            let at = dice.secs(end + 5, end * 5);
            let act = match dice.below(3) {
                0 => own(),
                1 => word(),
                _ => number(),
            };
            vec![(at, act)]
        }
        Habit::Word => vec![(dice.secs(8, end - 5), word())],
        Habit::Number => vec![(dice.secs(8, end - 5), number())],
        Habit::Twice => {
            let at = dice.secs(4, end - 20);
            let again = at + dice.secs(1, 60);
            vec![
                (at, own()),
                (again, if dice.once_in(2) { own() } else { word() }),
            ]
        }
        Habit::OtherAccount => {
            let at = dice.secs(5, end - 20);
            let act = match dice.below(3) {
                0 => press(second, Press::Answer(check)),
                1 => says(second, check.to_string()),
                _ => says(second, here(Lang::Zh).to_owned()),
            };
            vec![(at, act)]
        }
        Habit::Forwards => {
            let others = county.people.len() as u64;
            let other = usize::try_from(dice.below(others)).unwrap_or(0);
            let account = county.people[other].account;
            let helper = if account == to { second } else { account };
            vec![(dice.secs(5, end - 20), press(helper, Press::Answer(check)))]
        }
        Habit::StepsOut => {
            let at = dice.secs(5, end - 20);
            let mut acts = vec![(at, plead(Plea::SteppedOut))];
            if !dice.once_in(3) {
                acts.push((at + dice.secs(30, 900), press(to, Press::Back(check))));
            }
            acts
        }
        Habit::Pleads => {
            let plea = dice.pick(&[Plea::Swapped, Plea::Otherwise]);
            let at = dice.secs(5, end + 60);
            plea.map(|plea| (at, plead(plea))).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Whoever asks for leave, stands in or approves: what they press next.
fn asked_for_leave(
    dice: &mut Dice,
    say: &LeaveSay,
) -> Option<(crate::decide::LeaveId, LeavePress)> {
    Some(match say {
        LeaveSay::WhichTurn { leave, offers, .. } => {
            let turn = dice.below(offers.len().min(4) as u64);
            (*leave, LeavePress::Pick(u8::try_from(turn).unwrap_or(0)))
        }
        LeaveSay::WhichReason { leave, .. } => (*leave, LeavePress::Family),
        LeaveSay::WhichStandIn { leave, offers, .. } if offers.is_empty() => {
            (*leave, LeavePress::NoStandIn)
        }
        LeaveSay::WhichStandIn { leave, offers, .. } => {
            let person = dice.below(offers.len().min(6) as u64);
            (*leave, LeavePress::Pick(u8::try_from(person).unwrap_or(0)))
        }
        LeaveSay::Confirm { leave, .. } => (*leave, LeavePress::GoOn),
        LeaveSay::StandInAsked { leave, .. } | LeaveSay::ApproverAsked { leave, .. } => {
            let press = if dice.once_in(5) {
                LeavePress::Refuse
            } else {
                LeavePress::Agree
            };
            (*leave, press)
        }
        _ => return None,
    })
}

/// The clerk puts in force what was read, and rules on some who did not answer.
fn clerks(dice: &mut Dice, say: &Say) -> Acts {
    let press = |press| Act::Presses {
        account: CLERK,
        owner: CLERK,
        press,
    };
    match say {
        Say::FileRead { upload, .. } => vec![(dice.secs(5, 40), press(Press::Use(*upload)))],
        Say::RoundSummary(summary) => {
            let silent = summary.others.iter();
            let silent: Vec<CheckId> = silent
                .filter(|other| matches!(other.outcome, Outcome::NoAnswer { .. }))
                .map(|other| other.check)
                .collect();
            let Some(check) = dice.pick(&silent).filter(|_| dice.once_in(3)) else {
                return Vec::new();
            };
            let (verdict, ground) = if dice.once_in(3) {
                (Verdict::PresentByPhone, Ground::DutyLine)
            } else {
                (Verdict::Absent, Ground::LookedNotThere)
            };
            let at = dice.secs(30, 1_200);
            let then = at + dice.secs(4, 30);
            vec![
                (at, press(Press::Rule(check, verdict))),
                (then, press(Press::Because(check, ground))),
            ]
        }
        Say::Leave(say) => {
            let next = asked_for_leave(dice, say);
            let act =
                next.map(|(leave, next)| (dice.secs(5, 300), press(Press::Leave(leave, next))));
            act.into_iter().collect()
        }
        _ => Vec::new(),
    }
}
