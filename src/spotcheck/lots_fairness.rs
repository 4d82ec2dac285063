//! The draw is fair, by χ² over unit and hour; and the same test catches draws that are not.

use chrono::Timelike;

use super::draw::Chance;
use super::lots::{Candidates, planned};
use super::lots_tests::{daily, hour, roll, terms};
use super::*;
use crate::time::{Moment, Period};

const SEEDS: u32 = 600;
const PER_UNIT: u32 = 2;

fn seed(number: u32) -> Seed {
    Seed::drawn_from(&Digest::of(&number.to_be_bytes()).0)
}

/// Day and night, the day only, the night only, two stretches.
fn county() -> Roll {
    roll([
        daily("甲", 0, 24),
        daily("乙", 8, 20),
        daily("丙", 20, 32),
        [daily("丁", 6, 9), daily("丁", 17, 23)].concat(),
        daily("戊", 0, 24),
    ])
}

const UNITS: [&str; 5] = ["甲", "乙", "丙", "丁", "戊"];

fn civil_hour(at: Moment) -> usize {
    crate::time::Zone::default().civil(at).hour() as usize
}

/// How many hours of the period each unit is manned, by the hour of the day.
fn manned() -> [[f64; 24]; 5] {
    let roll = county();
    let mut hours = [[0.0; 24]; 5];
    for passed in 0..7 * 24 {
        for (unit, row) in UNITS.iter().zip(&mut hours) {
            if !roll.present(unit, hour(passed)).is_empty() {
                row[civil_hour(hour(passed))] += 1.0;
            }
        }
    }
    hours
}

type Tally = [[f64; 24]; 5];

/// Where the lots of many seeds fall.
fn tally(nights: Nights, mut source: impl FnMut(&mut Chance, Period) -> Moment) -> Tally {
    let (roll, terms) = (county(), terms(PER_UNIT, nights));
    let mut counts = [[0.0; 24]; 5];
    for number in 0..SEEDS {
        let source: &mut Candidates<'_> = &mut source;
        for lot in planned(&seed(number), &terms, &roll, hour(0), &[], source) {
            let unit = UNITS.iter().position(|u| *u == lot.unit).unwrap();
            counts[unit][civil_hour(lot.at.unwrap())] += 1.0;
        }
    }
    counts
}

/// Where they ought to.
fn expected(nights: Nights) -> Tally {
    let is_night = |hour: usize| !(6..22).contains(&hour);
    let n = i32::try_from(PER_UNIT).unwrap();
    manned().map(|row| {
        let all: f64 = row.iter().sum();
        let night: f64 = (0..24).filter(|h| is_night(*h)).map(|h| row[h]).sum();
        let day = 1.0 - night / all;
        let mut shares = row.map(|hours| f64::from(n) * hours / all);
        if nights == Nights::AtLeastOne && night > 0.0 {
            for (hour, share) in shares.iter_mut().enumerate() {
                let own = row[hour] / all;
                // The last lot leaves the day where every lot is there.
                *share -= if is_night(hour) {
                    0.0
                } else {
                    own * day.powi(n - 1)
                };
                *share += if is_night(hour) {
                    day.powi(n) * row[hour] / night
                } else {
                    0.0
                };
            }
        }
        shares.map(|share| share * f64::from(SEEDS))
    })
}

/// Whether chance alone explains `counts`: a fair draw fails once in a thousand sets of seeds.
fn is_fair(counts: &Tally, expected: &Tally) -> bool {
    let (mut chi2, mut freedom) = (0.0, 0.0);
    for (counts, expected) in counts.iter().zip(expected) {
        let mut cells = 0.0_f64;
        for (count, expected) in counts.iter().zip(expected) {
            if *expected > 0.0 {
                chi2 += (count - expected).powi(2) / expected;
                cells += 1.0;
            } else if *count > 0.0 {
                return false;
            }
        }
        // Each unit's total is given.
        freedom += cells - 1.0;
    }
    chi2 < freedom + 3.1 * (2.0 * freedom).sqrt()
}

fn fair_source(chance: &mut Chance, period: Period) -> Moment {
    let secs = usize::try_from(period.length().num_seconds()).unwrap();
    let passed = i64::try_from(chance.below(secs)).unwrap();
    period.start() + chrono::TimeDelta::seconds(passed)
}

#[test]
fn every_manned_hour_of_every_unit_is_drawn_equally_often() {
    let counts = tally(Nights::AsDrawn, fair_source);
    assert!(is_fair(&counts, &expected(Nights::AsDrawn)), "{counts:?}");
}

#[test]
fn with_one_at_night_at_least_the_night_has_its_share_and_no_more() {
    let counts = tally(Nights::AtLeastOne, fair_source);
    assert!(
        is_fair(&counts, &expected(Nights::AtLeastOne)),
        "{counts:?}"
    );
    assert!(
        !is_fair(&counts, &expected(Nights::AsDrawn)),
        "nights are seen to"
    );
}

#[test]
fn the_drawn_lots_are_those_of_the_fair_source() {
    let (roll, terms) = (county(), terms(PER_UNIT, Nights::AtLeastOne));
    for number in 0..20 {
        let seed = seed(number);
        let own = lots(&seed, &terms, &roll, hour(0), &[]);
        let fair = planned(&seed, &terms, &roll, hour(0), &[], &mut fair_source);
        assert_eq!(own, fair);
    }
}

#[test]
fn a_remainder_that_favours_some_hours_is_caught() {
    // 32 values for 24 hours: the first eight come twice.
    let counts = tally(Nights::AsDrawn, |chance, period| {
        let hour = i64::try_from(chance.below(32) % 24).unwrap();
        let day = i64::try_from(chance.below(7)).unwrap();
        let passed = i64::try_from(chance.below(3600)).unwrap();
        period.start() + chrono::TimeDelta::seconds((day * 24 + hour) * 3600 + passed)
    });
    assert!(!is_fair(&counts, &expected(Nights::AsDrawn)));
}

#[test]
fn a_taste_for_the_hours_clerks_work_is_caught() {
    let counts = tally(Nights::AsDrawn, |chance, period| {
        let first = fair_source(chance, period);
        let second = fair_source(chance, period);
        if (9..17).contains(&civil_hour(first)) {
            first
        } else {
            second
        }
    });
    assert!(!is_fair(&counts, &expected(Nights::AsDrawn)));
}

#[test]
fn a_unit_that_is_drawn_in_anothers_stead_is_caught() {
    let [mut first, second, third, fourth, mut last] = tally(Nights::AsDrawn, fair_source);
    let expected = expected(Nights::AsDrawn);
    for (first, last) in first.iter_mut().zip(&mut last) {
        let spared = (*last / 5.0).floor();
        *last -= spared;
        *first += spared;
    }
    let counts = [first, second, third, fourth, last];
    assert!(
        !is_fair(&counts, &expected),
        "the first instead of the last, each fifth time"
    );
}

#[test]
fn checks_on_the_hour_are_caught_and_ours_fall_on_any_minute() {
    let minutes = |source: &mut Candidates<'_>| {
        let terms = terms(PER_UNIT, Nights::AsDrawn);
        let mut counts = [0.0_f64; 60];
        for number in 0..SEEDS {
            for lot in planned(&seed(number), &terms, &county(), hour(0), &[], source) {
                counts[lot.at.unwrap().minute() as usize] += 1.0;
            }
        }
        let each = f64::from(SEEDS * PER_UNIT) * 5.0 / 60.0;
        counts
            .iter()
            .map(|count| (count - each).powi(2) / each)
            .sum::<f64>()
    };
    let passed_once_in_a_thousand = 98.3;
    assert!(minutes(&mut fair_source) < passed_once_in_a_thousand);
    let mut on_the_hour = |chance: &mut Chance, period: Period| {
        let at = fair_source(chance, period);
        at - chrono::TimeDelta::seconds(at.timestamp() % 3600)
    };
    assert!(minutes(&mut on_the_hour) > passed_once_in_a_thousand);
}

#[test]
fn of_those_on_duty_together_each_is_asked_equally_often() {
    let mut times = [0.0_f64; 5];
    for number in 0..2_000 {
        times[picked(&seed(number), "甲", 1 + number % 2, 5)] += 1.0;
    }
    let chi2: f64 = times.iter().map(|t| (t - 400.0).powi(2) / 400.0).sum();
    assert!(chi2 < 18.5, "χ² = {chi2}, {times:?}");
}
