//! What a column holds, by what its cells are: where its label is silent, or plainly wrong.

use super::heading::Heading;
use super::sheet::{Kind, Sheet};
use super::table::Holds;
use super::vocabulary::Field;

/// How many cells of each kind a column has.
#[derive(Default, Debug)]
pub(super) struct Contents {
    pub filled: usize,
    days: usize,
    months: usize,
    weekdays: usize,
    times: usize,
    pub shifts: usize,
    phones: usize,
    people: usize,
    wide_people: usize,
    units: usize,
    posts: usize,
    numbers: usize,
    moments: usize,
    pub codes: usize,
}

impl Contents {
    pub fn of(sheet: &Sheet<'_>, rows: impl Iterator<Item = usize>, column: usize) -> Self {
        let mut seen = Self::default();
        for row in rows {
            let kind = sheet.kind(row, column);
            seen.filled += usize::from(kind != Kind::Blank);
            match kind {
                Kind::Days => seen.days += 1,
                Kind::Month => seen.months += 1,
                Kind::Weekday => seen.weekdays += 1,
                Kind::Clock | Kind::Range => seen.times += 1,
                Kind::Moment => seen.moments += 1,
                Kind::Shift => seen.shifts += 1,
                Kind::Phone => seen.phones += 1,
                Kind::People => {
                    seen.people += 1;
                    seen.wide_people += usize::from(!sheet.text(row, column).is_ascii());
                }
                Kind::Unit => seen.units += 1,
                Kind::Post => seen.posts += 1,
                Kind::Number => seen.numbers += 1,
                Kind::Code | Kind::Mark => seen.codes += 1,
                _ => {}
            }
        }
        seen
    }

    fn mostly(&self, count: usize) -> bool {
        count * 2 > self.filled
    }
}

/// What stands over a column.
pub(super) struct Over<'h> {
    pub heading: &'h Heading,
    /// Some word of it is the reader's.
    pub known: bool,
    /// A day or weekday of an axis.
    pub in_axis: bool,
    pub names_unit: bool,
}

/// What a column holds, and whether its cells alone said so.
pub(super) fn holds(over: &Over<'_>, label: &str, contents: &Contents) -> (Holds, bool) {
    if contents.filled == 0 && label.is_empty() && !over.in_axis {
        return (Holds::Nothing, false);
    }
    if let Some(field) = over.heading.field {
        return by_field(field, over.in_axis, contents);
    }
    let numbers = contents.filled > 0 && contents.mostly(contents.phones);
    if over.in_axis
        || over.heading.role.is_some()
        || over.heading.hours.is_some()
        || over.names_unit
    {
        let times = contents.filled > 0 && contents.mostly(contents.times) && contents.people == 0;
        let holds = match (numbers, times) {
            (true, _) => Holds::Field(Field::Phone),
            (_, true) if !over.in_axis => Holds::Field(Field::Hours),
            _ => Holds::People,
        };
        return (holds, false);
    }
    let guess = by_contents(contents);
    let needs_label = matches!(guess, Holds::People | Holds::Unknown | Holds::Nothing);
    (guess, !over.known && needs_label)
}

/// A label's field, corrected where the cells plainly say otherwise.
fn by_field(field: Field, in_axis: bool, contents: &Contents) -> (Holds, bool) {
    let mostly = |count: usize| contents.filled > 0 && contents.mostly(count);
    let named =
        contents.filled > 0 && contents.wide_people * 4 > contents.filled * 3 && contents.days == 0;
    let corrected = match field {
        Field::Hours
        | Field::Serial
        | Field::Remark
        | Field::DayKind
        | Field::ShiftName
        | Field::Post
            if mostly(contents.days + contents.moments) =>
        {
            Field::Date
        }
        Field::Date if mostly(contents.weekdays) => Field::Weekday,
        Field::Date if mostly(contents.times + contents.shifts) => Field::Hours,
        Field::Date if in_axis => Field::Remark,
        // 备注: 白天, 夜间.
        Field::Remark if !in_axis && mostly(contents.times + contents.shifts) => Field::ShiftName,
        Field::Remark
        | Field::Phone
        | Field::DutyLine
        | Field::Name
        | Field::Count
        | Field::DayKind => {
            if field == Field::DayKind && mostly(contents.shifts) {
                Field::ShiftName
            } else {
                field
            }
        }
        _ if named => return (Holds::People, true),
        Field::Serial if mostly(contents.shifts) => Field::ShiftName,
        field => field,
    };
    if in_axis && !matches!(field, Field::Phone | Field::Remark) {
        return (Holds::People, false);
    }
    (Holds::Field(corrected), false)
}

/// What the cells of a column without a known label are, by most of them.
fn by_contents(contents: &Contents) -> Holds {
    let kinds = [
        (contents.days, Holds::Field(Field::Date)),
        (contents.moments, Holds::Field(Field::Start)),
        (contents.months, Holds::Field(Field::Month)),
        (contents.weekdays, Holds::Field(Field::Weekday)),
        (contents.times + contents.shifts, Holds::Field(Field::Hours)),
        (contents.phones, Holds::Field(Field::Phone)),
        (contents.people, Holds::People),
        (contents.units, Holds::Field(Field::Unit)),
        (contents.posts, Holds::Field(Field::Post)),
        (contents.numbers, Holds::Field(Field::Serial)),
    ];
    let most = kinds.into_iter().find(|(count, _)| contents.mostly(*count));
    most.map_or(Holds::Unknown, |(_, holds)| holds)
}
