use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::roster::sample::{at, roster, span, week};
use crate::spotcheck::{Evidence, Unreached, VoidReason};

fn version(since: &str, lines: &str) -> InForce {
    InForce {
        since: at(since),
        roster: Arc::new(roster(lines)),
    }
}

fn scope(now: &str) -> Scope<'static> {
    Scope {
        period: week(),
        now: at(now),
        listed: &[],
    }
}

const ROUND_THE_CLOCK: &str = "
    城关镇 值班员 10-01T00:00 10-08T00:00 王建国
    东河乡 值班员 10-01T00:00 10-08T00:00 许刚
";

fn checked(number: u32, unit: &str, name: &str, outcome: Option<Outcome>) -> Checked {
    Checked {
        check: CheckId(number),
        round: 1,
        chosen: Chosen::ByOrder,
        unit: unit.to_owned(),
        post: "值班员".to_owned(),
        role: Role::DutyOfficer,
        name: name.to_owned(),
        at: at("10-03T14:28"),
        window_ms: 300_000,
        outcome,
        ruled: None,
        ordered_by: Some("陈静".to_owned()),
        said: Vec::new(),
    }
}

fn silent() -> Outcome {
    Outcome::NoAnswer {
        queue_read_from: at("10-03T14:35"),
    }
}

fn ruled(verdict: Verdict, by: &str) -> Ruled {
    Ruled {
        verdict,
        by: by.to_owned(),
        at: at("10-03T15:00"),
    }
}

fn compiled_of(checks: &[Checked]) -> Compiled {
    let standing = [version("09-28T09:00", ROUND_THE_CLOCK)];
    compiled(&scope("10-08T09:00"), &standing, checks).unwrap()
}

#[test]
fn only_what_a_named_person_has_verified_is_a_finding() {
    let unverified = checked(1, "东河乡", "许刚", Some(silent()));
    let nameless = Checked {
        ruled: Some(ruled(Verdict::Absent, " ")),
        ..checked(2, "东河乡", "李秀英", Some(silent()))
    };
    let verified = Checked {
        ruled: Some(ruled(Verdict::Absent, "陈静")),
        ..checked(3, "城关镇", "王建国", Some(silent()))
    };
    let found = compiled_of(&[unverified, nameless, verified]);
    let names = |checks: Vec<CheckId>| -> Vec<u32> { checks.iter().map(|c| c.0).collect() };
    let established = found.circular.findings.iter().map(|f| f.check).collect();
    assert_eq!(names(established), [3]);
    assert_eq!(names(found.open.iter().map(|o| o.check).collect()), [1, 2]);
    assert_eq!(found.circular.total(Chosen::ByOrder).checked(), 1);
}

#[test]
fn a_favourable_verdict_is_counted_and_named_nowhere() {
    let found = compiled_of(&[
        Checked {
            ruled: Some(ruled(Verdict::PresentByPhone, "陈静")),
            ..checked(1, "东河乡", "许刚", Some(silent()))
        },
        Checked {
            ruled: Some(ruled(Verdict::Excused, "陈静")),
            ..checked(2, "东河乡", "李秀英", Some(silent()))
        },
    ]);
    assert_eq!(found.circular.findings, []);
    let total = found.circular.total(Chosen::ByOrder);
    assert_eq!((total.present_by_phone, total.excused), (1, 1));
}

#[test]
fn a_verdict_overtaken_by_an_answer_says_nothing_any_more() {
    let evidence = Evidence::Button {
        update: 1,
        not_before: at("10-03T14:40"),
        received: at("10-03T14:40"),
    };
    let late = Some(Outcome::Late {
        by_secs: 70,
        evidence,
    });
    let found = compiled_of(&[Checked {
        ruled: Some(ruled(Verdict::Absent, "陈静")),
        ..checked(1, "东河乡", "许刚", late)
    }]);
    assert_eq!(found.circular.findings, []);
    assert_eq!(found.circular.total(Chosen::ByOrder).late, 1);
}

#[test]
fn random_and_ordered_checks_are_counted_apart_and_voids_are_shown() {
    let void = Some(Outcome::Void {
        reason: VoidReason::Cancelled,
    });
    let unreached = Some(Outcome::Undeliverable {
        reason: Unreached::NotBound,
    });
    let found = compiled_of(&[
        Checked {
            chosen: Chosen::AtRandom,
            ..checked(1, "东河乡", "许刚", void)
        },
        Checked {
            chosen: Chosen::AtRandom,
            round: 2,
            ..checked(2, "城关镇", "王建国", unreached)
        },
        checked(3, "城关镇", "王建国", unreached),
    ])
    .circular;
    assert_eq!((found.random_rounds, found.ordered_rounds), (2, 1));
    let random = found.total(Chosen::AtRandom);
    assert_eq!((random.void, random.undeliverable), (1, 1));
    assert_eq!(found.total(Chosen::ByOrder).checked(), 1);
}

#[test]
fn a_gap_is_shown_as_the_roster_in_force_then_had_it() {
    let gappy = "
        城关镇 值班员 10-01T00:00 10-02T08:00 王建国
        城关镇 值班员 10-02T20:00 10-04T08:00 王建国
        城关镇 值班员 10-04T20:00 10-08T00:00 王建国
    ";
    let mended = "城关镇 值班员 10-01T00:00 10-08T00:00 王建国";
    // Mended in the middle of the first gap, and before the second.
    let versions = [
        version("09-28T09:00", gappy),
        version("10-02T12:00", mended),
    ];
    let found = compiled(&scope("10-08T09:00"), &versions, &[]).unwrap();
    let spans: Vec<Span> = found.circular.gaps.iter().map(|gap| gap.span).collect();
    assert_eq!(spans, [span("10-02T08:00", "10-02T12:00")]);
}

#[test]
fn a_gap_two_versions_leave_open_is_one_gap() {
    let gappy = "
        城关镇 值班员 10-01T00:00 10-02T08:00 王建国
        城关镇 值班员 10-02T20:00 10-08T00:00 王建国
    ";
    let versions = [version("09-28T09:00", gappy), version("10-02T12:00", gappy)];
    let found = compiled(&scope("10-08T09:00"), &versions, &[]).unwrap();
    let spans: Vec<Span> = found.circular.gaps.iter().map(|gap| gap.span).collect();
    assert_eq!(spans, [span("10-02T08:00", "10-02T20:00")]);
}

#[test]
fn what_has_not_come_to_pass_is_not_reported() {
    let gappy = "
        城关镇 值班员 10-01T00:00 10-05T08:00 王建国
        城关镇 值班员 10-05T20:00 10-08T00:00 王建国
    ";
    let versions = [version("09-28T09:00", gappy)];
    assert_eq!(compiled(&scope("09-30T12:00"), &versions, &[]), None);
    let found = compiled(&scope("10-05T10:00"), &versions, &[]).unwrap();
    assert_eq!(found.circular.covered, span("10-01T00:00", "10-05T10:00"));
    let spans: Vec<Span> = found.circular.gaps.iter().map(|gap| gap.span).collect();
    assert_eq!(spans, [span("10-05T08:00", "10-05T10:00")]);
}

#[test]
fn a_unit_that_sent_nothing_is_named_and_has_no_gap_of_its_own() {
    let listed = [UnitEntry {
        unit: "水利局".to_owned(),
        ..UnitEntry::default()
    }];
    let scope = Scope {
        listed: &listed,
        ..scope("10-08T09:00")
    };
    let standing = [version("09-28T09:00", ROUND_THE_CLOCK)];
    let found = compiled(&scope, &standing, &[]).unwrap().circular;
    assert_eq!(found.not_submitted, ["水利局"]);
    assert_eq!((found.gaps.len(), found.units.len()), (0, 3));
}

fn outcomes() -> impl Strategy<Value = Option<Outcome>> {
    prop_oneof![
        Just(None),
        Just(Some(silent())),
        Just(Some(Outcome::Undeliverable {
            reason: Unreached::Blocked
        })),
        Just(Some(Outcome::Void {
            reason: VoidReason::Cancelled
        })),
    ]
}

proptest! {
    #[test]
    fn every_check_of_the_period_is_counted_once_or_left_open(
        facts in prop::collection::vec(
            (outcomes(), prop::option::of((0..4usize, prop_oneof![Just(""), Just("陈静")])), any::<bool>()),
            0..12,
        ),
    ) {
        let checks: Vec<Checked> = (1..).zip(facts).map(|(number, (outcome, given, random))| Checked {
            ruled: given.map(|(verdict, by)| ruled(Verdict::ALL[verdict], by)),
            chosen: if random { Chosen::AtRandom } else { Chosen::ByOrder },
            ..checked(number, "东河乡", "许刚", outcome)
        }).collect();
        let found = compiled_of(&checks);
        let circular = &found.circular;
        let random = circular.total(Chosen::AtRandom);
        let all = random.plus(circular.total(Chosen::ByOrder));
        prop_assert_eq!(all.checked() as usize + found.open.len(), checks.len());
        prop_assert_eq!((all.absent + all.unreachable) as usize, circular.findings.len());
        let is_open = |check| found.open.iter().any(|open| open.check == check);
        prop_assert!(circular.findings.iter().all(|f| !is_open(f.check) && !f.ruled.by.is_empty()));
    }
}
