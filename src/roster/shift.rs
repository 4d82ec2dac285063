use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Excuse, Grouped, Person, Place};
use crate::time::{Span, SpanSet};

/// What kind of duty a post is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 值班员: must be on post.
    DutyOfficer,
    /// 带班领导: on post or in the area.
    DutyLeader,
    /// 总带班: reachable, in the area.
    ChiefLeader,
    /// 主要领导: reachable round the clock, all holiday.
    Principal,
    /// 备班、听班、二线: reachable, mans no other post.
    Standby,
    /// Rostered, but no duty whose coverage is judged (卫生).
    Other,
}

/// Where a person on such duty has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    OnPost,
    InArea,
    Reachable,
}

impl Role {
    /// Where this kind of duty has to be unless the roster says otherwise.
    #[must_use]
    pub fn presence(self) -> Presence {
        match self {
            Role::DutyOfficer | Role::Other => Presence::OnPost,
            Role::DutyLeader => Presence::InArea,
            Role::ChiefLeader | Role::Principal | Role::Standby => Presence::Reachable,
        }
    }
}

/// What must be manned in a unit.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Post {
    pub unit: String,
    /// As the roster calls it: 值班人员, 一线.
    pub name: String,
    pub role: Role,
    pub presence: Presence,
}

/// One stretch of duty at one post, by one person or several together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// Index into [`Roster::posts`].
    pub post: u32,
    pub span: Span,
    /// At least one as rostered; none where all of them are on leave. A roster names the same
    /// people again and again: they are kept once.
    pub people: Arc<[Person]>,
    /// The file gave no hours: they are the handover's.
    pub assumed_hours: bool,
    pub source: Place,
}

/// Somewhere a shift may stand that could not be read: a hole beside it is not a gap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// `None` where not even the post is known: any post of the file.
    pub post: Option<u32>,
    /// `None` where not even the day is known: any time.
    pub span: Option<Span>,
    pub place: Place,
}

/// A stretch for which the roster has a cell, and the cell names nobody: 待定.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unnamed {
    /// Index into the roster's posts.
    pub post: u32,
    pub span: Span,
    pub place: Place,
}

/// Who is to be where, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// Every post the roster has, also one with nobody at all, in order of appearance.
    pub posts: Vec<Post>,
    /// In order of the file.
    pub shifts: Vec<Shift>,
    pub unread: Vec<Unread>,
    /// Units listed as having sent nothing.
    pub not_submitted: Vec<String>,
    /// Per post (index into `posts`), time the roster itself says is no duty: nights only,
    /// daytime only, office hours of working days.
    pub declared: Vec<(u32, SpanSet)>,
    /// Duty line of a unit, as the file gives it.
    pub duty_lines: Vec<(String, String)>,
    /// What remarks ask not to hear of their own rows.
    #[serde(default)]
    pub excuses: Vec<Excuse>,
    /// In order of the file; a hole there is a gap all the same.
    #[serde(default)]
    pub unnamed: Vec<Unnamed>,
}

impl Roster {
    #[must_use]
    pub fn post(&self, shift: &Shift) -> &Post {
        &self.posts[shift.post as usize]
    }

    /// Every post's shifts by their start; of equals in order of the file.
    #[must_use]
    pub fn by_post(&self) -> Grouped<&Shift> {
        let shifts = self.shifts.iter().map(|shift| (shift.post, shift));
        let mut by_post = Grouped::of(self.posts.len(), shifts);
        by_post.sort_by_key(|shift| shift.span);
        by_post
    }

    /// Names of the units, in order of appearance, each once.
    #[must_use]
    pub fn units(&self) -> Vec<&str> {
        let mut seen = foldhash::HashSet::default();
        self.posts
            .iter()
            .map(|p| p.unit.as_str())
            .filter(|u| seen.insert(*u))
            .collect()
    }
}
