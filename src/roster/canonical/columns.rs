use std::ops::RangeInclusive;

use super::rows::Row;

/// What the plain file may have over its columns.
const KNOWN: [&str; 7] = ["unit", "post", "role", "name", "phone", "start", "end"];

/// Where the plain file has its fields, by column from 0.
pub(super) struct Columns {
    pub width: usize,
    pub unit: usize,
    pub role: usize,
    pub name: usize,
    pub phone: Option<usize>,
    pub start: usize,
    pub end: usize,
    /// From the first to the last column that says which post it is; the place's name, which
    /// nothing is made of, among them.
    pub post: RangeInclusive<usize>,
    /// Those that say who is there.
    pub people: RangeInclusive<usize>,
    /// Those that say when.
    pub hours: RangeInclusive<usize>,
    /// Whether they stand in the order of `KNOWN`, none missing.
    pub are_in_order: bool,
}

impl Columns {
    pub fn of(header: &Row) -> Option<Self> {
        let times = |label: &str| header.cells().filter(|l| *l == label.as_bytes()).count();
        let is_plain = KNOWN.iter().all(|label| times(label) < 2)
            && KNOWN.iter().map(|label| times(label)).sum::<usize>() == header.width();
        if !is_plain {
            return None;
        }
        let at = |label: &str| header.cells().position(|l| l == label.as_bytes());
        let all_of = |labels: &[&str]| {
            let columns = || labels.iter().filter_map(|label| at(label));
            Some(columns().min()?..=columns().max()?)
        };
        Some(Self {
            width: header.width(),
            unit: at("unit")?,
            role: at("role")?,
            name: at("name")?,
            phone: at("phone"),
            start: at("start")?,
            end: at("end")?,
            post: all_of(&["unit", "post", "role"])?,
            people: all_of(&["name", "phone"])?,
            hours: all_of(&["start", "end"])?,
            are_in_order: header
                .cells()
                .eq(KNOWN.iter().map(|label| label.as_bytes())),
        })
    }
}
