//! `--tables`: the four questions asked of a nation's file, each answered by a table that programs
//! read: where too few are on, where too many, who is in two places, who rests too little.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use chrono::{Datelike, NaiveDateTime, Timelike};

use crate::coverage::{Hole, HoleClass, Surplus};
use crate::roster::{Finding, Matter, Place, Roster, Shift, each_in_a_thread};
use crate::time::{Moment, Span, Zone};
use crate::words::check::Refusal;

/// The tables' rows, as CSV without headers.
#[derive(Default)]
pub(super) struct Tables {
    gaps: String,
    over: String,
    double: String,
    rest: String,
}

/// What of a roster the tables are made of.
pub(super) struct Judged<'a> {
    pub roster: &'a Roster,
    pub holes: &'a [Hole],
    /// Without a list of needs nobody is too many.
    pub surplus: &'a [Surplus],
    /// None of them left out.
    pub findings: &'a [Finding],
    pub zone: Zone,
}

impl Tables {
    pub fn of(judged: &Judged) -> Self {
        let mut tables = Self::default();
        let zone = judged.zone;
        for (unit, post, span) in gaps(judged.holes) {
            line(&[unit, post], span, zone, &mut tables.gaps);
        }
        for (unit, post, span) in surplus(judged.surplus) {
            line(&[unit, post], span, zone, &mut tables.over);
        }
        let cited = cited(judged);
        for finding in judged.findings {
            let shift = finding.place.and_then(|place| *cited.get(&place)?);
            match &finding.matter {
                Matter::DoubleBooked {
                    name,
                    first,
                    second,
                    overlaps,
                } => {
                    let cells = [phone(shift, name), &first.unit, &second.unit];
                    for span in overlaps {
                        line(&cells, *span, zone, &mut tables.double);
                    }
                }
                Matter::ShortRest { name, off, on, .. } => {
                    let cells = [phone(shift, name)];
                    times(&cells, (*off, *on), zone, &mut tables.rest);
                }
                _ => {}
            }
        }
        tables
    }
}

/// A table's name, its header, and its rows of a part.
type Table = (&'static str, &'static str, fn(&Tables) -> &String);

const TABLES: [Table; 4] = [
    ("gaps.csv", "unit,role,start,end", |part| &part.gaps),
    ("over.csv", "unit,role,start,end", |part| &part.over),
    ("double.csv", "phone,unit_a,unit_b,start,end", |part| {
        &part.double
    }),
    ("rest.csv", "phone,prev_end,next_start", |part| &part.rest),
];

/// So many parts are those of a large file, whose tables are written at the same time.
const MANY_PARTS: usize = 64;

/// Writes what all parts say together, each table under its header.
pub(super) fn write(folder: &Path, parts: &[Tables]) -> Result<(), Refusal> {
    let write = |(name, header, rows): Table| {
        let rows = parts.iter().map(rows);
        table(&folder.join(name), header, rows)
    };
    let write_all = || match parts.len() {
        0..MANY_PARTS => TABLES.into_iter().try_for_each(write),
        _ => each_in_a_thread(TABLES.to_vec(), write)
            .into_iter()
            .collect(),
    };
    let written = std::fs::create_dir_all(folder).and_then(|()| write_all());
    written.map_err(|error| Refusal::CannotWrite {
        path: folder.display().to_string(),
        cause: error.to_string(),
    })
}

fn table<'a>(path: &Path, header: &str, rows: impl Iterator<Item = &'a String>) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(file, "{header}")?;
    for rows in rows {
        file.write_all(rows.as_bytes())?;
    }
    file.flush()
}

/// Where a post has too few, whatever the reason and however few; not where nobody can tell, nor
/// where the roster says that it is no duty.
fn gaps(holes: &[Hole]) -> Vec<(&str, &str, Span)> {
    let told = holes.iter().filter(|hole| match hole.class {
        HoleClass::Gap | HoleClass::Boundary | HoleClass::NotSubmitted => true,
        HoleClass::CannotRead | HoleClass::Declared => false,
    });
    joined(told.map(|hole| (hole.unit.as_str(), hole.post.as_str(), hole.span)))
}

fn surplus(surplus: &[Surplus]) -> Vec<(&str, &str, Span)> {
    joined(
        surplus
            .iter()
            .map(|over| (over.unit.as_str(), over.post.as_str(), over.span)),
    )
}

/// Stretches of one post that touch are one.
fn joined<T: PartialEq>(stretches: impl Iterator<Item = (T, T, Span)>) -> Vec<(T, T, Span)> {
    let mut joined: Vec<(T, T, Span)> = Vec::new();
    for (unit, post, span) in stretches {
        match joined.last_mut() {
            Some((last_unit, last_post, last))
                if *last_unit == unit && *last_post == post && last.end() == span.start() =>
            {
                *last = Span::new(last.start(), span.end()).unwrap_or(span);
            }
            _ => joined.push((unit, post, span)),
        }
    }
    joined
}

/// The shifts that people are found at.
fn cited<'a>(judged: &Judged<'a>) -> HashMap<Place, Option<&'a Shift>> {
    let of_people = judged.findings.iter().filter(|finding| {
        matches!(
            finding.matter,
            Matter::DoubleBooked { .. } | Matter::ShortRest { .. }
        )
    });
    let places = of_people.filter_map(|finding| Some((finding.place?, None)));
    let mut cited: HashMap<Place, Option<&Shift>> = places.collect();
    if cited.is_empty() {
        return cited;
    }
    for shift in &judged.roster.shifts {
        if let Some(known) = cited.get_mut(&shift.source) {
            *known = Some(shift);
        }
    }
    cited
}

/// Nothing where the roster gives none.
fn phone<'a>(shift: Option<&'a Shift>, name: &str) -> &'a str {
    let named = shift.and_then(|shift| shift.people.iter().find(|person| person.name == name));
    let phone = named.and_then(|person| person.phone.as_ref());
    phone.map_or("", |phone| phone.digits())
}

fn line(cells: &[&str], span: Span, zone: Zone, lines: &mut String) {
    times(cells, (span.start(), span.end()), zone, lines);
}

fn times(cells: &[&str], (first, last): (Moment, Moment), zone: Zone, lines: &mut String) {
    for text in cells {
        cell(text, lines);
        lines.push(',');
    }
    clock(zone.civil(first), lines);
    lines.push(',');
    clock(zone.civil(last), lines);
    lines.push('\n');
}

/// What a spreadsheet would take for a formula is made plain text.
fn cell(text: &str, line: &mut String) {
    let is_formula = text.trim_start().starts_with(['=', '+', '-', '@']) || text.starts_with('\t');
    let is_quoted = is_formula || text.contains([',', '"', '\n', '\r']);
    if !is_quoted {
        line.push_str(text);
        return;
    }
    line.push('"');
    if is_formula {
        line.push('\'');
    }
    line.push_str(&text.replace('"', "\"\""));
    line.push('"');
}

/// `2026-10-01T08:00:00`.
fn clock(time: NaiveDateTime, line: &mut String) {
    let year = u32::try_from(time.year()).unwrap_or_default();
    let numbers = [
        (year / 100, '\0'),
        (year % 100, '-'),
        (time.month(), '-'),
        (time.day(), 'T'),
        (time.hour(), ':'),
        (time.minute(), ':'),
        (time.second(), '\0'),
    ];
    for (number, after) in numbers {
        let digits = [number / 10 % 10, number % 10];
        line.extend(digits.iter().filter_map(|d| char::from_digit(*d, 10)));
        if after != '\0' {
            line.push(after);
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn written(text: &str) -> String {
        let mut line = String::new();
        cell(text, &mut line);
        line
    }

    #[test]
    fn cells_are_quoted_where_they_must_be_and_no_cell_is_a_formula() {
        assert_eq!(written("石桥镇"), "石桥镇");
        assert_eq!(written("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(written(" =1+1"), "\"' =1+1\"");
    }

    #[test]
    fn times_are_written_in_full() {
        let mut line = String::new();
        let date = NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
        clock(date.and_hms_opt(8, 5, 9).unwrap(), &mut line);
        assert_eq!(line, "2026-10-01T08:05:09");
    }
}
