//! What tests of decisions start from: a policy in which nothing speaks of its own accord, somebody
//! who is asked, and what they do.

use super::{
    AccountId, Asked, ChatPlace, Check, Daily, FollowUp, Heard, Lang, Letterhead, Policy, Press,
    Pressed, RoundId, What,
};
use crate::roster::{Presence, Role};
use crate::spotcheck::{CheckId, Ladder, Measure, State};
use crate::time::{Moment, Span, TimeDelta, Zone};

/// Five minutes to answer in, no reminder, no draw, no page, nothing daily; the period follows the
/// roster.
pub fn policy() -> Policy {
    Policy {
        zone: Zone::default(),
        lang: Lang::Zh,
        handover_minute: 8 * 60,
        period: None,
        ladder: Ladder {
            window_ms: 300_000,
            reminder_ms: None,
            drain_ms: 60_000,
            asking_patience_ms: 600_000,
            rung_patience_ms: 300_000,
            away_ms: 600_000,
        },
        units: Vec::new(),
        measure: Measure::NONE,
        daily: Daily::default(),
        desk_url: String::new(),
        letterhead: Letterhead::default(),
    }
}

/// The check of `id` of one who is on duty for an hour before `at` and after, as it stands.
pub fn asked(id: CheckId, account: AccountId, at: Moment, state: State) -> Check {
    let hour = TimeDelta::hours(1);
    Check {
        id,
        round: RoundId(1),
        asked: Asked {
            unit: "青山镇".into(),
            post: "值班员".into(),
            role: Role::DutyOfficer,
            presence: Presence::OnPost,
            shift: Span::new(at - hour, at + hour).unwrap(),
            name: "甲".into(),
            phone: None,
            account: Some(account),
            version: 1,
        },
        ladder: policy().ladder,
        state,
        queued_theirs: None,
        follow_up: Box::<FollowUp>::default(),
    }
}

/// What somebody did in their own chat, and it reached us at `received`. A text is dated so, a
/// press bears no date.
pub fn heard(account: AccountId, received: Moment, what: What) -> Heard {
    let is_press = matches!(what, What::Press { .. });
    Heard {
        update: 1,
        account,
        name: String::new(),
        place: ChatPlace::Private,
        dated: (!is_press).then_some(received),
        received,
        message: None,
        what,
        chance: [0; 32],
        raw: None,
    }
}

/// A press of a button that was made for whoever presses it.
pub fn pressed(press: Press) -> What {
    What::Press {
        query: String::new(),
        press: Pressed::Ours(press),
    }
}
