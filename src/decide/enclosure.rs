//! Files that are made from what is known when they leave, and what heads a paper.

use serde::{Deserialize, Serialize};

use super::climbing::duty_line;
use super::draft::Draft;
use super::{CircularId, Heard, Say, Urgency, World};
use crate::report::{Head, Naming};

/// A file that goes out with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Enclosure {
    Circular(CircularId, Naming),
    /// A published circular once more, without what holds no longer.
    Correction(CircularId, Naming),
    Export(Export),
}

/// What a clerk can take along as a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Export {
    /// What the roster in force leaves open.
    Gaps,
    /// The roster in force, with a page for the wall.
    Roster,
    /// The log of checks.
    Checks,
}

impl Export {
    pub const ALL: [Export; 3] = [Export::Gaps, Export::Roster, Export::Checks];
}

/// What the office's papers bear, where somebody has set it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letterhead {
    /// Whose papers they are: 示例县人民政府办公室.
    pub office: Option<String>,
    /// Whom they are to: 各乡镇人民政府，县政府各部门.
    pub to: Option<String>,
    /// Whose word a circular goes out on; every other clerk's where nobody is named.
    pub approver: Option<String>,
    pub head: Head,
}

/// A clerk takes a table along. The log of checks is there without any roster.
pub(super) fn tell_export(draft: &mut Draft<'_>, heard: &Heard, export: Export) {
    let is_there = export == Export::Checks || draft.world.in_force().is_some();
    let say = if is_there {
        Say::Export(export)
    } else {
        Say::NoRoster
    };
    draft.say(heard.account, Urgency::Report, say);
}

/// The duty line of every unit that has one, by the office's list or the roster in force.
#[must_use]
pub fn duty_lines(world: &World) -> Vec<(String, String)> {
    let standing = world.in_force();
    let units = standing.map_or_else(Vec::new, |(_, roster)| roster.units());
    units
        .into_iter()
        .filter_map(|unit| Some((unit.to_owned(), duty_line(world, unit, None)?)))
        .collect()
}
