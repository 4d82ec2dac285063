//! A reading in a few facts, so that whoever sent the file can say whether that is what it says.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::answers::Answer;
use super::finding::Matter;
use super::misread::Misread;
use super::shift::Role;
use super::{Code, Reading};
use crate::time::Zone;

/// "So I read it": days, posts, shifts, and what was taken for granted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Outline {
    /// Days on which a shift begins, and the first and last of them.
    pub days: u32,
    pub first_day: Option<NaiveDate>,
    pub last_day: Option<NaiveDate>,
    pub units: u32,
    /// By name and kind, each once whatever the unit; at most [`Outline::POSTS_SHOWN`].
    pub posts: Vec<(String, Role)>,
    pub post_names: u32,
    pub shifts: u32,
    /// Shifts without hours of their own, and the minute of the day they were given.
    pub assumed: u32,
    pub assumed_from_minute: u32,
    /// What was read so because somebody said so.
    pub told: Vec<Answer>,
}

impl Outline {
    pub const POSTS_SHOWN: usize = 8;

    /// The outline of a reading whose clocks are those of `zone`.
    #[must_use]
    pub fn of(reading: &Reading, zone: Zone) -> Self {
        let roster = &reading.roster;
        let starts = roster.shifts.iter().map(|shift| shift.span.start());
        let days: BTreeSet<NaiveDate> = starts.map(|start| zone.date(start)).collect();
        let mut posts: Vec<(String, Role)> = Vec::new();
        for post in &roster.posts {
            let post = (post.name.clone(), post.role);
            if !posts.contains(&post) {
                posts.push(post);
            }
        }
        let mut outline = Outline {
            days: count(days.len()),
            first_day: days.first().copied(),
            last_day: days.last().copied(),
            units: count(roster.units().len()),
            post_names: count(posts.len()),
            shifts: count(roster.shifts.len()),
            ..Outline::default()
        };
        posts.truncate(Self::POSTS_SHOWN);
        outline.posts = posts;
        for finding in &reading.findings {
            match &finding.matter {
                Matter::Misread(Misread::AssumedHours {
                    shifts,
                    handover_minute,
                }) => {
                    outline.assumed = *shifts;
                    outline.assumed_from_minute = *handover_minute;
                }
                Matter::Misread(Misread::AsTold { answer }) if finding.code == Code::F326 => {
                    outline.told.push(answer.clone());
                }
                _ => {}
            }
        }
        outline
    }
}

fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
