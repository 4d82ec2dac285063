//! What a person's page shows: the same facts as the chat, as they stand now.

use super::OwnLinks;
use crate::decide::happening::{ping, standing};
use crate::decide::{Check, Leave, LeaveSay, LeaveState, Ping, Say, World, leave};
use crate::duty::{Member, turns_of};
use crate::roster::{Person, Presence};
use crate::spotcheck::{Outcome, State};
use crate::time::{Moment, Span, TimeDelta};

/// How long what has ended is still shown.
const RECENT: TimeDelta = TimeDelta::hours(24);

/// A person's page at one moment.
#[derive(Clone)]
pub struct OwnPage {
    pub person: Member,
    /// Open questions, the oldest first: each a [`Say::Ping`].
    pub questions: Vec<Ping>,
    /// How the last check ended, where that is news.
    pub told: Option<Say>,
    /// Shifts that have not ended.
    pub shifts: Vec<PageShift>,
    /// The dialogue of leave or a swap, where one is open or has just ended.
    pub leave: Option<LeaveSay>,
    pub writing: Writing,
    /// Whether there is a shift to give away.
    pub can_ask: Possible,
    pub links: OwnLinks,
}

/// Whether a text is awaited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    Nothing,
    Reason,
    Name,
}

/// Whether leave or a swap can be begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Possible {
    Yes,
    No,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageShift {
    pub unit: String,
    pub post: String,
    pub presence: Presence,
    pub span: Span,
}

impl World {
    /// What the page of `member` shows at `now`.
    #[must_use]
    pub fn own_page(&self, member: &Member, now: Moment) -> OwnPage {
        let account = self.page_account(member);
        let open = self.leaves.values().rev().find(|leave| {
            Some(leave.by) == account && leave.person.name == member.name && is_shown(leave, now)
        });
        let person = Person {
            name: member.name.clone(),
            phone: member.phone.clone(),
        };
        let is_open = open.is_some_and(Leave::is_draft);
        let can_ask = !is_open && !leave::turns(self, &member.unit, &person, now).is_empty();
        OwnPage {
            person: member.clone(),
            questions: self
                .asked_of(member)
                .filter_map(|c| question(c, now))
                .collect(),
            told: self.asked_of(member).last().and_then(|c| told(c, now)),
            shifts: self.shifts_ahead(member, now),
            leave: open.and_then(|leave| leave::stands(self, leave)),
            writing: match open.map(|leave| (leave.state, leave.kind)) {
                Some((LeaveState::WritingReason, _)) => Writing::Reason,
                Some((LeaveState::ChoosingStandIn, kind)) if kind.takes_a_name() => Writing::Name,
                _ => Writing::Nothing,
            },
            can_ask: if can_ask { Possible::Yes } else { Possible::No },
            links: self.own_links(member),
        }
    }

    fn asked_of<'w>(&'w self, member: &'w Member) -> impl Iterator<Item = &'w Check> {
        self.checks.values().filter(|check| {
            let asked = &check.asked;
            let same_number = member.phone.is_some() && asked.phone == member.phone;
            asked.name == member.name && (asked.unit == member.unit || same_number)
        })
    }

    fn shifts_ahead(&self, member: &Member, now: Moment) -> Vec<PageShift> {
        let Some((_, roster)) = self.in_force() else {
            return Vec::new();
        };
        let turns = turns_of(roster, |unit, p| {
            let same_number = member.phone.is_some() && p.phone == member.phone;
            p.name == member.name && (unit == member.unit || same_number)
        });
        let ahead = turns.into_iter().filter(|turn| turn.span.end() > now);
        ahead
            .map(|turn| {
                let mut posts = roster.posts.iter();
                let post = posts.find(|p| p.unit == turn.unit && p.name == turn.post);
                PageShift {
                    presence: post.map_or(Presence::OnPost, |post| post.presence),
                    unit: turn.unit,
                    post: turn.post,
                    span: turn.span,
                }
            })
            .collect()
    }
}

/// What still waits for an answer: also who could not be asked is, for as long as the window.
fn question(check: &Check, now: Moment) -> Option<Ping> {
    let deadline = match check.state {
        State::Closed {
            outcome: Outcome::Undeliverable { .. },
            at,
            delivery: None,
            ..
        } => Some(at + check.ladder.window()).filter(|deadline| now <= *deadline)?,
        State::Closed { .. } => return None,
        _ => return Some(ping(check)),
    };
    Some(Ping {
        deadline: Some(deadline),
        ..ping(check)
    })
}

fn told(check: &Check, now: Moment) -> Option<Say> {
    let State::Closed { at, outcome, .. } = check.state else {
        return None;
    };
    let is_news = now - at < RECENT && !matches!(outcome, Outcome::Undeliverable { .. });
    is_news.then(|| standing(check)).flatten()
}

fn is_shown(leave: &Leave, now: Moment) -> bool {
    match leave.ended_at() {
        Some(at) => now - at < RECENT,
        None => !matches!(leave.state, LeaveState::Ended(_)),
    }
}
