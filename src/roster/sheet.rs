//! The grid with what each cell *is*: a date, a clock range, people, a phone, a role word, a
//! unit, a weekday, a code, a note, a number.
//!
//! One cell at a time; what a cell means among others is asked in `table`.

use std::borrow::Cow;
use std::ops::Range;

use foldhash::HashMap;

use super::bare_hours::tell_hours_from_days;
use super::cells::Merge;
use super::clauses::names_people_by_day;
use super::day_and_night::tell_shifts_from_dates;
use super::days::{days, only_days};
use super::grid::Grid;
use super::heading::{exact_heading, field, role_of};
use super::hours::{Hours, Looseness, hours, is_shift_word, only_hours};
use super::likely_names::is_unit_name;
use super::merges::{Covered, Merges, filled};
use super::months::only_month;
use super::names::{Spacing, is_nobody, is_people, is_unnamed, naming, repeats_above};
use super::phones::only_phones;
use super::plain::{is_kana, key_of, plain};
use super::questions::ROW_JOINT;
use super::threads::{in_shares, threads_for};
use super::vocabulary::{Field, ON_MARKS};
use super::weekdays::only_weekday;
use crate::time::Zone;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Blank,
    /// 同上
    Same,
    /// 待定, 无, /
    Placeholder,
    Weekday,
    Label(Field),
    /// A post's name: 值班员, 带班领导.
    Post,
    Shift,
    Days,
    Month,
    /// A day with a clock or a range.
    Moment,
    Clock,
    Range,
    Phone,
    Number,
    Unit,
    People,
    /// √, ●
    Mark,
    /// A letter or two.
    Code,
    /// A day and then more: one line of text for a day.
    Line,
    Text,
}

#[derive(Clone, Debug)]
pub(super) struct Cell<'g> {
    pub raw: &'g str,
    pub text: Cow<'g, str>,
    pub kind: Kind,
}

impl Cell<'_> {
    pub fn blank() -> Self {
        Self {
            raw: "",
            text: Cow::Borrowed(""),
            kind: Kind::Blank,
        }
    }
}

pub(super) struct Sheet<'g> {
    pub rows: Vec<Vec<Cell<'g>>>,
    pub spacing: Spacing,
    pub width: usize,
    /// How many threads its cells are worth.
    pub threads: usize,
    merges: Merges,
}

/// What texts are, known once asked: the same few stand all over a roster.
struct Kinds<'g> {
    spacing: Spacing,
    known: HashMap<&'g str, Kind>,
}

/// More different texts are none that repeat.
const MOST_KNOWN: usize = 20_000;

impl<'g> Kinds<'g> {
    fn new(spacing: Spacing) -> Self {
        Self {
            spacing,
            known: HashMap::default(),
        }
    }

    /// What the cell `raw` is, whose plain text is `text`.
    fn of(&mut self, raw: &'g str, text: &str) -> Kind {
        if let Some(known) = self.known.get(raw) {
            return *known;
        }
        let kind = kind(text, self.spacing);
        if self.known.len() < MOST_KNOWN {
            self.known.insert(raw, kind);
        }
        kind
    }
}

impl<'g> Sheet<'g> {
    /// `zone`: where the clocks of instants with an offset are read.
    pub fn new(grid: &'g Grid, zone: Zone) -> Self {
        let japanese = (0..grid.rows())
            .flat_map(|r| grid.row(r))
            .any(|c| !c.is_ascii() && (c.chars().any(is_kana) || is_japanese(c)));
        let spacing = if japanese {
            Spacing::InsideNames
        } else {
            Spacing::BetweenPeople
        };
        let cells = (0..grid.rows()).map(|row| grid.row(row).count()).sum();
        let threads = threads_for(cells);
        let of_share = |rows: Range<usize>| {
            let mut kinds = Kinds::new(spacing);
            let cell = |raw: &'g str| {
                let raw = raw.trim();
                let text = local_clock(raw, zone).unwrap_or_else(|| plain(raw));
                let kind = kinds.of(raw, &text);
                Cell { raw, text, kind }
            };
            let mut cell = cell;
            let row = |row| grid.row(row).map(&mut cell).collect();
            rows.map(row).collect::<Vec<Vec<Cell<'g>>>>()
        };
        let shares = in_shares(0..grid.rows(), threads, of_share);
        let mut rows: Vec<Vec<Cell<'g>>> = shares.into_iter().flatten().collect();
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        tell_hours_from_days(&mut rows, width);
        tell_shifts_from_dates(&mut rows, spacing);
        Self {
            rows,
            spacing,
            width,
            threads,
            merges: Merges::default(),
        }
    }

    /// Repeats in the cells that are merged what stands in the first of them.
    pub fn fill(&mut self, merges: &[Merge]) {
        self.merges = filled(&mut self.rows, self.width, merges);
    }

    /// The cell whose text stands here: itself, or the first of those it is merged with.
    pub fn anchor(&self, at: (usize, usize)) -> (usize, usize) {
        self.merges.anchor(at)
    }

    /// Whether what stands here was repeated in cells merged with it.
    pub fn is_anchor(&self, at: (usize, usize)) -> bool {
        self.merges.is_anchor(at)
    }

    /// What merged cells hide.
    pub fn covered(&self) -> &[Covered] {
        self.merges.covered()
    }

    /// Whether the file itself says which cells are merged, so that no blank need be guessed.
    pub fn knows_merges(&self) -> bool {
        self.merges.are_known()
    }

    /// A row's cells as written, to know it again by.
    pub fn row_text(&self, row: usize) -> String {
        let cells: Vec<&str> = self
            .rows
            .get(row)
            .into_iter()
            .flatten()
            .map(|c| c.raw)
            .collect();
        let filled = cells
            .iter()
            .rposition(|c| !c.is_empty())
            .map_or(0, |n| n + 1);
        cells.get(..filled).unwrap_or_default().join(ROW_JOINT)
    }

    /// From now on the row holds nothing.
    pub fn blank(&mut self, row: usize) {
        if let Some(cells) = self.rows.get_mut(row) {
            cells.fill_with(Cell::blank);
        }
    }

    pub fn cell(&self, row: usize, column: usize) -> Option<&Cell<'g>> {
        self.rows
            .get(row)
            .and_then(|r| r.get(column))
            .filter(|c| c.kind != Kind::Blank)
    }

    pub fn kind(&self, row: usize, column: usize) -> Kind {
        self.cell(row, column).map_or(Kind::Blank, |c| c.kind)
    }

    pub fn text(&self, row: usize, column: usize) -> &str {
        self.cell(row, column).map_or("", |c| c.text.as_ref())
    }

    /// The cells of a row that are not blank, with their columns.
    pub fn filled(&self, row: usize) -> impl Iterator<Item = (usize, &Cell<'g>)> {
        self.rows
            .get(row)
            .into_iter()
            .flatten()
            .enumerate()
            .filter(|(_, c)| c.kind != Kind::Blank)
    }
}

/// `2026-10-01T00:00:00Z`: an instant, as the clocks of `zone` show it.
fn local_clock(raw: &str, zone: Zone) -> Option<Cow<'static, str>> {
    if raw.len() < 20 || !matches!(raw.as_bytes().get(10), Some(b'T' | b't' | b' ')) {
        return None;
    }
    let instant = chrono::DateTime::parse_from_rfc3339(raw).ok()?;
    let civil = zone.civil(instant.to_utc());
    Some(Cow::Owned(civil.format("%Y-%m-%d %H:%M").to_string()))
}

/// Words of Japanese rosters written without kana.
fn is_japanese(cell: &str) -> bool {
    ["曜", "日付", "氏名", "当直", "宿直", "当番", "電話番号"]
        .iter()
        .any(|w| cell.contains(w))
}

/// Longer than any label, name or time: prose.
const LONGEST_WORD: usize = 160;

/// What a plain text is, taken alone.
pub(super) fn kind(text: &str, spacing: Spacing) -> Kind {
    if text.is_empty() {
        return Kind::Blank;
    }
    if text.len() > LONGEST_WORD {
        return long_kind(text, spacing);
    }
    let key = key_of(text);
    if repeats_above(&key) {
        return Kind::Same;
    }
    if only_weekday(text).is_some() {
        return Kind::Weekday;
    }
    if let Some(field) = field(&key) {
        return Kind::Label(field);
    }
    if is_unnamed(&key) || is_nobody(&key) {
        return Kind::Placeholder;
    }
    if is_shift_word(&key) {
        return Kind::Shift;
    }
    if key.parse::<u32>().is_ok() && key.len() <= 4 {
        return Kind::Number;
    }
    if ON_MARKS.iter().any(|mark| mark.eq_ignore_ascii_case(&key)) {
        return Kind::Mark;
    }
    if only_days(text).is_some() {
        return Kind::Days;
    }
    if only_month(text).is_some() {
        return Kind::Month;
    }
    if let Some(kind) = timed(text) {
        return kind;
    }
    if only_phones(text) {
        return Kind::Phone;
    }
    if key.parse::<f64>().is_ok() {
        return Kind::Number;
    }
    wordy_kind(text, &key, spacing)
}

fn timed(text: &str) -> Option<Kind> {
    match only_hours(text, Looseness::Strict) {
        Some(Hours::Range { start, .. }) if start.day.is_some() => return Some(Kind::Moment),
        Some(Hours::At(clock)) if clock.day.is_some() => return Some(Kind::Moment),
        Some(Hours::Range { .. }) => return Some(Kind::Range),
        Some(Hours::At(_)) => return Some(Kind::Clock),
        Some(Hours::Word(_)) => return Some(Kind::Shift),
        None => {}
    }
    let (_, rest) = days(text)?;
    let rest = rest.trim_start_matches([' ', ',', '\n', ':', 'T']);
    only_hours(rest, Looseness::Strict).map(|_| Kind::Moment)
}

/// 日期：10月1日 带班…: what follows the label.
fn unlabelled_day(text: &str) -> &str {
    match text.split_once(':') {
        Some((label, rest)) if field(&key_of(label)) == Some(Field::Date) => rest.trim_start(),
        _ => text,
    }
}

fn wordy_kind(text: &str, key: &str, spacing: Spacing) -> Kind {
    let count = key.chars().count();
    if days(unlabelled_day(text)).is_some_and(|(_, rest)| rest.trim().chars().count() >= 2)
        && text
            .chars()
            .any(|c| c.is_alphabetic() && !"年月日号".contains(c))
    {
        return Kind::Line;
    }
    if text.contains('\n')
        && text.lines().next().is_some_and(|first| {
            first
                .trim()
                .parse::<u32>()
                .is_ok_and(|d| (1..=31).contains(&d))
        })
    {
        return Kind::Line;
    }
    if names_people_by_day(text, spacing) {
        return Kind::Line;
    }
    let found = naming(text, spacing);
    let people = found.is_people();
    if !people && role_of(key).is_some() && count <= 24 && !key.contains(['。', ';']) {
        let colon = text
            .split_once(':')
            .is_some_and(|(_, after)| !after.trim().is_empty() && hours(after.trim()).is_none());
        return if colon { Kind::Text } else { Kind::Post };
    }
    if is_unit_name(text) && count <= 30 && !text.contains(['。', '，', ';', '、']) {
        return Kind::Unit;
    }
    if people {
        return Kind::People;
    }
    if !found.people.is_empty()
        && found.unclear.is_empty()
        && found.people.iter().any(|p| !p.numbers.is_empty())
    {
        return Kind::People;
    }
    if !found.away.is_empty() && found.unclear.is_empty() {
        return Kind::People;
    }
    if count <= 3 {
        return Kind::Code;
    }
    let field = if count <= 14 {
        exact_heading(text).field
    } else {
        None
    };
    field.map_or(Kind::Text, Kind::Label)
}

fn long_kind(text: &str, spacing: Spacing) -> Kind {
    if days(text).is_some() || names_people_by_day(text, spacing) {
        return Kind::Line;
    }
    let people = text.len() < 4096 && is_people(text, spacing);
    if people { Kind::People } else { Kind::Text }
}
