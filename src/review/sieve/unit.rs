use super::bearers::Bearers;
use super::post::{Bench, Found, Row};
use super::tired::Tired;
use crate::roster::{Entry, Roll};

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
    pub rows: Vec<u32>,
    /// Rows of people to be judged.
    pub people: Vec<u32>,
    /// People who only rest too little.
    pub tired: Tired,
    /// Everybody's numbers, unit by unit.
    pub bearers: Bearers,
    /// How many rows lie outside the period, the first of them, and between which minutes they begin.
    pub outside: Option<(u32, u32, (u32, u32))>,
    lines: Vec<Line>,
    /// One post's, by their start.
    by_start: Vec<Row>,
    posts_here: Vec<PostHere>,
    people_here: Vec<PersonHere>,
    /// By the last bits of a name's number, where its bearer would stand in `people_here`.
    known: Vec<u32>,
}

/// Between how many places a name's bits choose: a table that a small file would mostly not use is
/// still made page by page, and in one too small names push each other out.
const NAME_PLACES: (usize, usize) = (1 << 8, 1 << 16);

struct Line {
    row: u32,
    entry: Entry,
    post: u32,
    person: u32,
}

struct PostHere {
    number: u32,
    until: i64,
    has_hole: bool,
    is_out_of_order: bool,
    stays: bool,
}

struct PersonHere {
    name: u32,
    number: u32,
    until: i64,
    is_doubtful: bool,
    stays: bool,
}

impl<'a> Desk<'a> {
    /// `share`: how many shifts it will see, about.
    pub fn of(counts: &'a [u32], bench: &'a Bench<'a>, share: usize) -> Self {
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
            found: Found::default(),
            posts: Vec::new(),
            rows: Vec::new(),
            people: Vec::new(),
            tired: Tired::default(),
            bearers: Bearers::of(share),
            outside: None,
            lines: Vec::new(),
            by_start: Vec::new(),
            posts_here: Vec::new(),
            people_here: Vec::new(),
            known: vec![0; name_places(share)],
        }
    }

    pub fn clear_posts(&mut self) {
        self.posts.clear();
        self.rows.clear();
    }

    pub fn unit(&mut self, unit: u32) {
        self.lines.clear();
        self.posts_here.clear();
        self.people_here.clear();
        for (row, entry) in self.roll.entries_of(unit) {
            let post = self.at_post(&entry);
            let person = self.by_person(&entry, unit);
            self.outside(row, &entry);
            self.lines.push(Line {
                row,
                entry,
                post,
                person,
            });
        }
        self.keep_posts();
        self.keep_people();
    }

    fn at_post(&mut self, entry: &Entry) -> u32 {
        let here = &mut self.posts_here;
        let known = here.iter().rposition(|post| post.number == entry.post);
        let index = known.unwrap_or_else(|| {
            here.push(PostHere {
                number: entry.post,
                until: i64::MIN,
                has_hole: false,
                is_out_of_order: false,
                stays: self.counts[entry.post as usize] > 1,
            });
            here.len() - 1
        });
        let post = &mut here[index];
        let start = i64::from(entry.start);
        post.is_out_of_order |= start < post.until;
        post.has_hole |= is_hole(post.until, start, self.period);
        post.until = post.until.max(entry.end().into());
        u32::try_from(index).unwrap_or(u32::MAX)
    }

    fn outside(&mut self, row: u32, entry: &Entry) {
        let (start, end) = (i64::from(entry.start), i64::from(entry.end()));
        if start >= self.period.1 || end <= self.period.0 {
            let (count, first, starts) = self.outside.unwrap_or((0, row, (entry.start, 0)));
            let starts = (starts.0.min(entry.start), starts.1.max(entry.start));
            self.outside = Some((count + 1, first.min(row), starts));
        }
    }

    fn by_person(&mut self, entry: &Entry, unit: u32) -> u32 {
        let places = self.known.len();
        let place = |name: u32| name as usize % places;
        let bearer = &mut self.known[place(entry.name)];
        let known = self.people_here.get_mut(*bearer as usize);
        let known = known.filter(|person| place(person.name) == place(entry.name));
        if known
            .as_ref()
            .is_none_or(|person| person.name != entry.name)
        {
            // Two names at one place push each other out, and neither is seen as a whole.
            let is_shared = known.map(|other| other.stays = true).is_some();
            *bearer = u32::try_from(self.people_here.len()).unwrap_or(u32::MAX);
            self.people_here.push(PersonHere {
                name: entry.name,
                number: entry.number,
                until: i64::MIN,
                is_doubtful: false,
                stays: is_shared,
            });
            self.bearers.add(entry.number, unit);
        }
        let person = &mut self.people_here[*bearer as usize];
        if person.number != entry.number {
            person.stays = true;
            self.bearers.add(entry.number, unit);
        }
        let start = i64::from(entry.start);
        person.stays |= i64::from(entry.minutes) > self.longest_minutes;
        person.is_doubtful |= is_close(person.until, start, self.rest_minutes);
        person.until = person.until.max(entry.end().into());
        *bearer
    }

    fn keep_posts(&mut self) {
        let mut any_stays = false;
        for index in 0..self.posts_here.len() {
            let post = &self.posts_here[index];
            let is_needed = self.counts[post.number as usize] > 0;
            let (has_hole, overlaps) = if post.is_out_of_order && !post.stays {
                self.looked_at(index)
            } else {
                (post.has_hole || post.until < self.period.1, false)
            };
            let post = &mut self.posts_here[index];
            post.stays |= overlaps || is_needed && has_hole;
            any_stays |= post.stays;
        }
        if any_stays {
            self.judge_posts();
        }
    }

    fn judge_posts(&mut self) {
        let stays = |line: &&Line| self.posts_here[line.post as usize].stays;
        let mut kept: Vec<&Line> = self.lines.iter().filter(stays).collect();
        kept.sort_by_key(|line| line.post);
        for lines in kept.chunk_by(|a, b| a.post == b.post) {
            let post = lines[0].entry.post;
            let count = self.counts[post as usize];
            self.by_start.clear();
            let rows = lines.iter().map(|line| (line.row, line.entry));
            self.by_start.extend(rows);
            let hours = |(_, entry): &Row| (entry.start, entry.end());
            if !self.by_start.is_sorted_by_key(hours) {
                self.by_start.sort_by_key(hours);
            }
            let judged = self
                .bench
                .judge(post, count, &self.by_start, &mut self.found);
            if judged.is_none() {
                self.posts.push(post);
                self.rows.extend(lines.iter().map(|line| line.row));
            }
        }
    }

    /// Whether a post whose rows are not in order has a hole, and whether two of its shifts overlap.
    fn looked_at(&self, post: usize) -> (bool, bool) {
        let of_post = |line: &&Line| line.post as usize == post;
        let shifts = self.lines.iter().filter(of_post);
        let mut shifts: Vec<(u32, u32)> = shifts
            .map(|line| (line.entry.start, line.entry.end()))
            .collect();
        shifts.sort_unstable();
        let (mut until, mut has_hole, mut overlaps) = (i64::MIN, false, false);
        for (start, end) in shifts {
            overlaps |= i64::from(start) < until;
            has_hole |= is_hole(until, start.into(), self.period);
            until = until.max(end.into());
        }
        (has_hole || until < self.period.1, overlaps)
    }

    fn keep_people(&mut self) {
        if self
            .people_here
            .iter()
            .any(|person| person.is_doubtful && !person.stays)
        {
            self.look_at_people();
        }
        if self.people_here.iter().any(|person| person.stays) {
            let stays = |line: &&Line| self.people_here[line.person as usize].stays;
            let kept = self.lines.iter().filter(stays).map(|line| line.row);
            self.people.extend(kept);
        }
    }

    /// Tells whose shifts are only out of order from whose are close together, and who only rests
    /// too little from all others.
    fn look_at_people(&mut self) {
        let here = &mut self.people_here;
        let doubtful = |line: &&Line| {
            let person = &here[line.person as usize];
            person.is_doubtful && !person.stays
        };
        let lines = self.lines.iter().filter(doubtful);
        let mut shifts: Vec<(u32, u32, u32, u32)> = lines
            .map(|line| (line.person, line.entry.start, line.entry.end(), line.row))
            .collect();
        shifts.sort_unstable();
        for theirs in shifts.chunk_by(|a, b| a.0 == b.0) {
            let mut until = i64::MIN;
            let mut free = i64::MAX;
            for (_, start, end, _) in theirs {
                free = free.min(i64::from(*start).saturating_sub(until));
                until = until.max((*end).into());
            }
            let person = &mut here[theirs[0].0 as usize];
            if free <= 0 {
                person.stays = true;
            } else if free < self.rest_minutes {
                let rows = theirs.iter().map(|(.., row)| *row);
                self.tired.add(person.number, rows);
            }
        }
    }
}

fn name_places(shifts: usize) -> usize {
    let (least, most) = NAME_PLACES;
    shifts.next_power_of_two().clamp(least, most)
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
