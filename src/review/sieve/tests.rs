use std::fmt::Write;
use std::num::NonZeroUsize;

use foldhash::HashMap;
use proptest::prelude::*;

use super::*;
use crate::review::{judged_period, judged_period_of, review};
use crate::roster::{Asked, Code, ListBytes, NeedList, Progress, Telling, read, role_of, sample};
use crate::time::TimeDelta;

/// A row by numbers: unit, post, name, phone, hour it begins, hours it lasts.
type Numbers = (usize, usize, usize, u32, u32, u32);

const UNITS: [&str; 4] = ["石桥镇", "柳河镇", "900001云峰乡", "大湾乡"];
const POSTS: [&str; 4] = ["值班员", "带班领导", "主要领导", "二线"];
const NAMES: [&str; 5] = ["P0000001", "P0000002", "张建国", "李秀英", "王伟"];

fn text(rows: &[Numbers]) -> String {
    let mut text = "unit,post,role,name,phone,start,end\n".to_owned();
    for (unit, post, name, phone, hour, hours) in rows {
        let (unit, post, name) = (UNITS[*unit], POSTS[*post], NAMES[*name]);
        let time = |hour: u32| format!("2026-10-{:02}T{:02}:00:00", 1 + hour / 24, hour % 24);
        let (start, end) = (time(*hour), time(hour + hours));
        let phone = 13_800_000_001_u64 + u64::from(*phone);
        let _ = writeln!(text, "{unit},值班室,{post},{name},{phone},{start},{end}");
    }
    text
}

/// What the list of needs, the list of units and the limits are.
#[derive(Clone, Debug)]
struct Lists {
    needs: Option<NeedList>,
    units: Vec<UnitEntry>,
    limits: Limits,
    period: Option<Period>,
}

impl Lists {
    fn asked(&self) -> Asked {
        Asked {
            period: self.period,
            account: Telling::NotAsked,
            ..Asked::default()
        }
    }

    fn of_the_whole(&self, text: &str) -> Judged {
        let asked = self.asked();
        let roster = read(text.as_bytes(), &asked).roster;
        let (period, period_from) = judged_period(&roster, asked.period, asked.zone);
        let period = period.unwrap();
        let (demand, demand_from) = match &self.needs {
            None => {
                let demand = coverage::demand(&roster, period, &self.units);
                (demand, DemandFrom::Roster)
            }
            Some(needs) => {
                let needs = needs.entries();
                let demand = coverage::demand_of_list(&needs, &roster, period, role_of);
                (demand, DemandFrom::List)
            }
        };
        let holes = coverage::holes(&demand, &roster);
        let findings = review(&Facts {
            roster: &roster,
            demand: &demand,
            demand_from,
            period_from,
            holes: &holes,
            units: &self.units,
            zone: asked.zone,
            limits: self.limits,
        });
        let surplus = match demand_from {
            DemandFrom::List => coverage::surplus(&demand, &roster),
            DemandFrom::Roster => Vec::new(),
        };
        Judged::of(findings, &holes, &surplus)
    }

    fn sifted(&self, text: &str, threads: usize) -> Judged {
        let asked = self.asked();
        let threads = NonZeroUsize::new(threads).unwrap();
        let progress = Progress::default();
        let roll = Roll::of(text.as_bytes(), &asked, threads, &progress).unwrap();
        let (period, from) = judged_period_of(&roll, asked.period, asked.zone);
        let wanted = self.needs.as_ref().map_or(Wanted::Roll, Wanted::List);
        let judged_over = (period.unwrap(), from);
        let sifting = Sifting::of(
            &roll,
            judged_over,
            wanted,
            &self.units,
            asked.zone,
            self.limits,
            threads,
        );
        let pieces = sifting.pieces(Answer::Findings, &progress, |piece| {
            (piece.findings, piece.holes.to_vec(), piece.surplus.to_vec())
        });
        let mut all = (Vec::new(), Vec::new(), Vec::new());
        for (findings, holes, surplus) in pieces {
            all.0.extend(findings);
            all.1.extend(holes);
            all.2.extend(surplus);
        }
        let numbers = sifting.pieces(Answer::Numbers, &progress, |piece| {
            sum(piece.untold, by_severity(&piece.findings))
        });
        let numbers = numbers.into_iter().fold([0; 3], sum);
        assert_eq!(numbers, by_severity(&all.0), "as many as are told");
        Judged::of(sifting.in_order(all.0), &all.1, &all.2)
    }
}

/// All that comes of a check.
#[derive(Debug, PartialEq)]
struct Judged {
    findings: Vec<Finding>,
    /// In no order that means anything.
    holes: Vec<String>,
    surplus: Vec<String>,
}

impl Judged {
    fn of(findings: Vec<Finding>, holes: &[Hole], surplus: &[Surplus]) -> Self {
        let mut holes: Vec<String> = holes.iter().map(|hole| format!("{hole:?}")).collect();
        let mut surplus: Vec<String> = surplus.iter().map(|over| format!("{over:?}")).collect();
        holes.sort_unstable();
        surplus.sort_unstable();
        Self {
            findings,
            holes,
            surplus,
        }
    }
}

fn by_severity(findings: &[Finding]) -> [usize; 3] {
    let mut numbers = [0; 3];
    for finding in findings {
        numbers[finding.severity() as usize] += 1;
    }
    numbers
}

fn sum(one: [usize; 3], other: [usize; 3]) -> [usize; 3] {
    std::array::from_fn(|at| one[at] + other[at])
}

fn rows() -> impl Strategy<Value = Vec<Numbers>> {
    let hours = prop::sample::select(vec![4_u32, 8, 8, 12, 24, 26]);
    let hour = prop_oneof![(0_u32..28).prop_map(|n| n * 8), 0_u32..200];
    prop::collection::vec(
        (0..4_usize, 0..4_usize, 0..5_usize, 0..4_u32, hour, hours),
        1..60,
    )
}

/// Shift after shift at every post, as rosters mostly are, with some rows taken out and some added.
fn regular_rows() -> impl Strategy<Value = Vec<Numbers>> {
    let lengths = prop::collection::vec(prop::sample::select(vec![8_u32, 12, 24]), 8);
    let out = prop::collection::vec(any::<prop::sample::Index>(), 0..4);
    // How many take turns, and for how many shifts: of two, one rests for as long as the other works.
    let turns = (2..5_usize, 1..3_usize);
    (lengths, out, rows(), 0..4_usize, any::<bool>(), turns).prop_map(
        |(lengths, out, mut more, added, by_day, (crew, in_a_row))| {
            let mut rows: Vec<Numbers> = Vec::new();
            for (at, length) in (0..8_usize).zip(lengths) {
                let (unit, post) = (at / 2, at % 2);
                for turn in 0..(8 * 24 / length) {
                    // Two crews of two share nobody.
                    let name = (2 * post + turn as usize / in_a_row % crew) % NAMES.len();
                    let phone = u32::try_from(at * NAMES.len() + name).unwrap();
                    rows.push((unit, post, name, phone, turn * length, length));
                }
            }
            for index in out {
                rows.remove(index.index(rows.len()));
            }
            more.truncate(added);
            rows.extend(more);
            if by_day {
                rows.sort_by_key(|row| row.4 / 24);
            }
            rows
        },
    )
}

fn lists() -> impl Strategy<Value = Lists> {
    let count = || prop::sample::select(vec![0_u32, 1, 1, 1, 2]);
    let need = (0..5_usize, 0..4_usize, count());
    let needs = prop::option::of(prop::collection::vec(need, 0..20));
    let units = prop::collection::vec((0..5_usize, prop::option::of(0_u32..3)), 0..4);
    let rest = prop::option::of(0_i64..14);
    (needs, units, rest, any::<bool>()).prop_map(|(needs, units, rest, is_week)| {
        let unit = |n: usize| UNITS.get(n).copied().unwrap_or("青山乡").to_owned();
        let line = |(n, post, count): (usize, usize, u32)| {
            format!("{},{},{count}\n", unit(n), POSTS[post])
        };
        let list = |needs: Vec<(usize, usize, u32)>| {
            let lines: String = needs.into_iter().map(line).collect();
            NeedList::of(ListBytes::of(format!("unit,role,required\n{lines}"))).unwrap()
        };
        let entry = |(n, min_staff): (usize, Option<u32>)| UnitEntry {
            unit: unit(n),
            min_staff,
            ..UnitEntry::default()
        };
        Lists {
            needs: needs.map(list),
            units: units.into_iter().map(entry).collect(),
            limits: Limits {
                min_rest: rest.map(TimeDelta::hours),
                ..Limits::default()
            },
            period: is_week.then(sample::week),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_sifted_is_judged_as_the_whole_is(
        rows in prop_oneof![rows(), regular_rows()],
        lists in lists(),
        threads in 1..4_usize,
    ) {
        let text = text(&rows);
        prop_assert_eq!(lists.sifted(&text, threads), lists.of_the_whole(&text), "{}", text);
    }
}

#[test]
fn of_a_roster_without_a_fault_nothing_is_left_to_judge() {
    let day = |day: u32| (0, 0, day as usize % 3, day % 3, day * 24, 24);
    let rows: Vec<Numbers> = (0..8).map(day).collect();
    let text = text(&rows);
    let progress = Progress::default();
    let asked = Asked {
        account: Telling::NotAsked,
        ..Asked::default()
    };
    let roll = Roll::of(text.as_bytes(), &asked, NonZeroUsize::MIN, &progress).unwrap();
    let limits = Limits::default();
    let over = (sample::week(), PeriodFrom::Asked);
    let threads = NonZeroUsize::MIN;
    let sifting = Sifting::of(&roll, over, Wanted::Roll, &[], asked.zone, limits, threads);
    let judged = sifting.pieces(Answer::Findings, &progress, |piece| {
        piece.roster.shifts.len()
    });
    assert_eq!(judged.iter().sum::<usize>(), 0);
}

/// Two names whose numbers end alike: they stand side by side among a unit's people.
fn names_at_one_place() -> (String, String) {
    let mut text = "unit,post,role,name,phone,start,end\n".to_owned();
    for number in 0..2000 {
        let hours = "2026-10-01T08:00:00,2026-10-02T08:00:00";
        let _ = writeln!(
            text,
            "石桥镇,值班室,值班员,P{number:07},13800000001,{hours}"
        );
    }
    let asked = Asked {
        account: Telling::NotAsked,
        ..Asked::default()
    };
    let progress = Progress::default();
    let roll = Roll::of(text.as_bytes(), &asked, NonZeroUsize::MIN, &progress).unwrap();
    let mut known = HashMap::default();
    let pairs = roll.entries_of(0).find_map(|entry| {
        let name = format!("P{:07}", entry.row);
        let other = known.insert(entry.who.name & 0xffff, name.clone());
        Some((other?, name))
    });
    pairs.unwrap()
}

#[test]
fn people_taken_for_one_another_are_judged_and_not_dropped() {
    let (one, other) = names_at_one_place();
    let lists = Lists {
        needs: None,
        units: Vec::new(),
        limits: Limits::default(),
        period: None,
    };
    for (third, phones, code) in [
        // The first has two numbers.
        (&one, [1, 2, 3], Code::P203),
        // Both have the same.
        (&other, [1, 1, 1], Code::P202),
    ] {
        let mut text = "unit,post,role,name,phone,start,end\n".to_owned();
        for (day, (name, phone)) in [&one, &other, third].into_iter().zip(phones).enumerate() {
            let post = POSTS[day % 2];
            let day = 1 + 2 * day;
            let hours = format!("2026-10-{day:02}T08:00:00,2026-10-{day:02}T20:00:00");
            let _ = writeln!(
                text,
                "石桥镇,值班室,{post},{name},1380000000{phone},{hours}"
            );
        }
        let found = lists.sifted(&text, 1);
        let codes = found.findings.iter().map(|finding| finding.code);
        assert!(
            codes.into_iter().any(|found| found == code),
            "{code:?} {text}"
        );
        assert_eq!(found, lists.of_the_whole(&text));
    }
}

#[test]
fn a_post_written_in_many_ways_is_one_post() {
    let mut text = "unit,post,role,name,phone,start,end\n".to_owned();
    for day in 1..8 {
        for place in 0..40 {
            let (name, minute) = (day * 40 + place, place % 30);
            let hours = format!("2026-10-{day:02}T08:{minute:02}:00,2026-10-{day:02}T20:00:00");
            let _ = writeln!(
                text,
                "石桥镇,{place}号,值班员,P{name:07},00000000{name:03},{hours}"
            );
        }
    }
    let lists = Lists {
        needs: NeedList::of(ListBytes::of("unit,role,required\n石桥镇,值班员,35\n")).ok(),
        units: Vec::new(),
        limits: Limits::default(),
        period: Some(sample::week()),
    };
    let found = lists.sifted(&text, 2);
    assert!(!found.surplus.is_empty());
    assert_eq!(found, lists.of_the_whole(&text));
}
