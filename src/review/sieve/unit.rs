use super::Answer;
use super::bearers::Numbers;
use super::post::{Bench, Found};
use super::tired::Tired;
use crate::roster::{Entry, Roll, Sheet, Who};

/// One unit after the other is laid on it; what cannot be dropped stays.
pub(super) struct Desk<'a> {
    roll: &'a Roll<'a>,
    counts: &'a [u32],
    bench: &'a Bench<'a>,
    /// The period in minutes since 1970, as wide as whole minutes make it.
    period: (i64, i64),
    longest_minutes: i64,
    /// Less than this between two shifts is worth a look; 0 where only none at all is.
    rest_minutes: i64,
    /// What was found at the posts so far.
    pub found: Found,
    /// Posts that are judged by their names, and their rows: one post's after the other's, in order
    /// of the file.
    pub posts: Vec<u32>,
    pub rows: Vec<Entry>,
    /// Rows of people to be judged.
    pub people: Vec<Entry>,
    /// People who only rest too little.
    pub tired: Tired,
    /// How many rows lie outside the period, the first of them, and between which minutes they begin.
    pub outside: Option<(u32, u32, (u32, u32))>,
    /// Everybody's.
    pub numbers: Numbers,
    /// The unit's, post by post, each post's in order of the file.
    lines: Vec<Entry>,
    /// One post's, by their start.
    by_start: Vec<Entry>,
    people_here: Vec<PersonHere>,
    /// Per line, whose it is.
    person_of: Vec<u32>,
    /// Who is on which line, by their names and then their numbers.
    by_name: Vec<(Who, u32)>,
}

/// What is seen of a post at the first look.
struct Glance {
    has_hole: bool,
    is_in_order: bool,
    overlaps: bool,
    /// When the first shift to end does so, and when the last one begins.
    first_end: u32,
    last_start: u32,
}

struct PersonHere {
    number: u32,
    until: i64,
    is_doubtful: bool,
    stays: bool,
}

impl<'a> Desk<'a> {
    /// `share`: how many people it will see, about.
    pub fn of(counts: &'a [u32], bench: &'a Bench<'a>, answer: Answer, share: usize) -> Self {
        let Bench {
            roll,
            period,
            limits,
            ..
        } = bench;
        let minute = |secs: i64| secs.div_euclid(60);
        let rest = limits.min_rest.map_or(0, |rest| rest.num_seconds().max(0));
        Self {
            roll,
            counts,
            bench,
            period: (
                minute(period.start().timestamp()),
                minute(period.end().timestamp() + 59),
            ),
            longest_minutes: minute(limits.max_hours.num_seconds()),
            rest_minutes: minute(rest + 59),
            found: Found::none(answer),
            posts: Vec::new(),
            rows: Vec::new(),
            people: Vec::new(),
            tired: Tired::default(),
            numbers: Numbers::of(share),
            outside: None,
            lines: Vec::new(),
            by_start: Vec::new(),
            people_here: Vec::new(),
            person_of: Vec::new(),
            by_name: Vec::new(),
        }
    }

    pub fn clear_posts(&mut self) {
        self.posts.clear();
        self.rows.clear();
    }

    pub fn unit(&mut self, unit: u32) {
        let mut lines = std::mem::take(&mut self.lines);
        lines.clear();
        let (mut only, mut sheets) = (None, 0);
        for sheet in self.roll.sheets_of(unit) {
            sheet.entries().for_each(|entry| lines.push(entry));
            only = Some(sheet).filter(|_| sheets == 0);
            sheets += 1;
        }
        if !lines.is_sorted_by_key(|line| line.post) {
            lines.sort_by_key(|line| (line.post, line.row));
        }
        for rows in lines.chunk_by(|a, b| a.post == b.post) {
            self.post(rows[0].post, rows);
        }
        self.tell_apart(&lines, only);
        self.people(&lines);
        self.lines = lines;
    }

    /// `rows`: all of the post, in order of the file.
    fn post(&mut self, post: u32, rows: &[Entry]) {
        let mut seen = Glance::at(rows, self.period);
        if seen.is_partly_outside(self.period) {
            for row in rows {
                self.outside(row);
            }
        }
        let count = self.counts[post as usize];
        let mut by_start = rows;
        if !seen.is_in_order {
            self.by_start.clear();
            self.by_start.extend(rows);
            self.by_start.sort_by_key(hours);
            by_start = &self.by_start;
            seen = Glance::at(by_start, self.period);
        }
        if count > 1 || seen.overlaps || count > 0 && seen.has_hole {
            let judged = self.bench.judge(post, count, by_start, &mut self.found);
            if judged.is_none() {
                self.posts.push(post);
                self.rows.extend(rows);
            }
        }
    }

    fn outside(&mut self, row: &Entry) {
        if is_outside(row.start, row.end(), self.period) {
            let (count, first, starts) = self.outside.unwrap_or((0, row.row, (row.start, 0)));
            let starts = (starts.0.min(row.start), starts.1.max(row.start));
            self.outside = Some((count + 1, first.min(row.row), starts));
        }
    }

    fn people(&mut self, lines: &[Entry]) {
        let (mut any_doubtful, mut any_stays) = (false, false);
        for (line, index) in lines.iter().zip(&self.person_of) {
            let person = &mut self.people_here[*index as usize];
            person.stays |= person.number != line.who.number;
            person.stays |= i64::from(line.minutes) > self.longest_minutes;
            person.is_doubtful |= is_close(person.until, line.start.into(), self.rest_minutes);
            person.until = person.until.max(line.end().into());
            any_stays |= person.stays;
            any_doubtful |= person.is_doubtful;
        }
        if any_doubtful {
            any_stays |= self.look_at_people(lines);
        }
        if any_stays {
            let kept = lines.iter().zip(&self.person_of);
            let kept = kept.filter(|(_, person)| self.people_here[**person as usize].stays);
            self.people.extend(kept.map(|(line, _)| line));
        }
    }

    /// Whose the lines are. The people of an only sheet have been told apart.
    fn tell_apart(&mut self, lines: &[Entry], only: Option<Sheet>) {
        self.people_here.clear();
        self.person_of.clear();
        if let Some(only) = only.filter(|only| !only.has_namesakes()) {
            for who in only.people() {
                self.numbers.add(who.number);
                self.people_here.push(PersonHere::of(who.number));
            }
            let persons = lines.iter().map(|line| u32::from(line.person));
            self.person_of.extend(persons);
            return;
        }
        self.by_name.clear();
        let people = lines.iter().map(|line| line.who);
        self.by_name.extend(people.zip(0..));
        self.by_name.sort_unstable();
        self.person_of.resize(lines.len(), 0);
        for theirs in self.by_name.chunk_by(|a, b| a.0 == b.0) {
            self.numbers.add(theirs[0].0.number);
        }
        let by_name = self.by_name.chunk_by(|a, b| a.0.name == b.0.name);
        for (person, theirs) in (0..).zip(by_name) {
            self.people_here.push(PersonHere::of(theirs[0].0.number));
            for (_, line) in theirs {
                self.person_of[*line as usize] = person;
            }
        }
    }

    /// Tells whose shifts are only out of order from whose are close together, and who only rests
    /// too little from all others. Whether anybody stays whom nothing else keeps.
    fn look_at_people(&mut self, lines: &[Entry]) -> bool {
        let here = &mut self.people_here;
        let lines = lines.iter().zip(&self.person_of);
        let doubtful = lines.filter(|(_, person)| {
            let person = &here[**person as usize];
            person.is_doubtful && !person.stays
        });
        let mut doubtful: Vec<(u32, &Entry)> =
            doubtful.map(|(line, person)| (*person, line)).collect();
        doubtful.sort_unstable_by_key(|(person, line)| (*person, hours(line), line.row));
        let mut any_stays = false;
        for theirs in doubtful.chunk_by(|a, b| a.0 == b.0) {
            let mut until = i64::MIN;
            let mut free = i64::MAX;
            for (_, line) in theirs {
                free = free.min(i64::from(line.start).saturating_sub(until));
                until = until.max(line.end().into());
            }
            let person = &mut here[theirs[0].0 as usize];
            if free <= 0 {
                person.stays = true;
                any_stays = true;
            } else if free < self.rest_minutes {
                let rows = theirs.iter().map(|(_, line)| **line);
                self.tired.add(person.number, rows);
            }
        }
        any_stays
    }
}

impl PersonHere {
    fn of(number: u32) -> Self {
        Self {
            number,
            until: i64::MIN,
            is_doubtful: false,
            stays: false,
        }
    }
}

impl Glance {
    /// Whether there are holes and shifts that share time is true of rows that are in order.
    fn at(rows: &[Entry], period: (i64, i64)) -> Self {
        let mut until = i64::MIN;
        let mut seen = Self {
            has_hole: false,
            is_in_order: true,
            overlaps: false,
            first_end: u32::MAX,
            last_start: 0,
        };
        let mut before = (0, 0);
        for row in rows {
            let hours = hours(row);
            let start = i64::from(row.start);
            seen.is_in_order &= before <= hours;
            seen.overlaps |= start < until;
            seen.has_hole |= is_hole(until, start, period);
            seen.first_end = seen.first_end.min(hours.1);
            seen.last_start = seen.last_start.max(hours.0);
            until = until.max(hours.1.into());
            before = hours;
        }
        seen.has_hole |= until < period.1;
        seen
    }

    /// Whether any of the rows has no moment in the period.
    fn is_partly_outside(&self, period: (i64, i64)) -> bool {
        is_outside(self.last_start, self.first_end, period)
    }
}

fn hours(row: &Entry) -> (u32, u32) {
    (row.start, row.end())
}

fn is_outside(start: u32, end: u32, period: (i64, i64)) -> bool {
    i64::from(start) >= period.1 || i64::from(end) <= period.0
}

/// Whether nobody is there for some of the period between `until` and `start`.
fn is_hole(until: i64, start: i64, period: (i64, i64)) -> bool {
    until < start && until < period.1 && start > period.0
}

/// Whether what begins at `start` leaves no break after `until`, or less than the rest asked for.
fn is_close(until: i64, start: i64, rest_minutes: i64) -> bool {
    let free = start.saturating_sub(until);
    free <= 0 || free < rest_minutes
}
