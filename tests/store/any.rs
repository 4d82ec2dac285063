//! Any record there can be.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use zaigang::decide::{
    Above, Asked, Bound, Check, Clocks, Drafting, Draw, DrawId, FollowUp, FormTalk, HeadTold,
    Hearing, InsteadOf, MadeUp, Order, Page, PageId, Report, RosterId, Round, RoundId, Ruling,
    Statement, Summary, Upload, UploadId, UploadState, Version,
};
use zaigang::decide::{
    Asker, Consent, Contact, Leave, LeaveEnd, LeaveId, LeaveKind, LeaveState, Offer,
};
use zaigang::decide::{DailyReport, Matter, ReportId, Told};
use zaigang::duty::{Amendment, Fit, Heading, Reason, Turn};
use zaigang::roster::{
    Answer, Code, Excuse, Person, Phone, Place, Post, Presence, Role, Roster, Shift, Unread,
};
use zaigang::spotcheck::{
    Blind, BlindCause, CheckId, Climb, Commitment, Delivery, Digest, Evidence, Explanation, Lot,
    LotState, Measure, NotHeld, Outcome, Plea, Quiet, Reminded, Rung, Said, Seed, Sighting, Stage,
    Standing, State, Terms, Unreached, Verdict, VerdictReason, VoidReason,
};
use zaigang::time::{Span, TimeDelta, Zone};

use super::*;

pub fn record() -> impl Strategy<Value = Record> {
    prop_oneof![
        account_record(),
        upload_record(),
        roster_record(),
        version_record(),
        round_record(),
        check_record(),
        hearing_record(),
        (number(), name(), option::of(moment())).prop_map(|(id, unit, opened)| {
            Record::Page(Page {
                id: PageId(id),
                name: unit.clone(),
                unit,
                taken_back: id,
                opened,
            })
        }),
        name().prop_map(Record::Bot),
        leave_record(),
        draw_record(),
        (0..9_i64, moment()).prop_map(|(lines, next)| Record::HeadTold(HeadTold { lines, next })),
        daily_report_record(),
        moment().prop_map(Record::DailyMark),
        (number(), option::of(moment()), option::of(moment())).prop_map(
            |(id, tested, answered)| {
                Record::Contact(Contact {
                    account: AccountId(id.into()),
                    tested,
                    answered,
                    gone: answered.is_none().then_some(Unreached::Blocked),
                })
            }
        ),
    ]
}

fn daily_report_record() -> impl Strategy<Value = Record> {
    let told = || {
        (number(), moment()).prop_map(|(by, at)| Told {
            by: AccountId(by.into()),
            at,
        })
    };
    let matter = (name(), told()).prop_map(|(words, told)| Matter {
        heading: Heading::Petition,
        words,
        told,
    });
    (number(), name(), option::of(told()), vec(matter, 0..3)).prop_map(
        |(id, unit, quiet, matters)| {
            Record::DailyReport(DailyReport {
                id: ReportId(id),
                unit,
                day: chrono::NaiveDate::from_ymd_opt(2026, 10, id).expect("a day of October"),
                asked: vec![AccountId(id.into())],
                writing: quiet.map(|told| (told.by, Heading::Safety)),
                quiet,
                matters,
            })
        },
    )
}

fn leave_record() -> impl Strategy<Value = Record> {
    let state = prop_oneof![
        Just(LeaveState::ChoosingTurn),
        Just(LeaveState::WritingReason),
        Just(LeaveState::AskingStandIn),
        option::of(number().prop_map(|id| AccountId(id.into())))
            .prop_map(|approver| LeaveState::AskingApprover { approver }),
        moment().prop_map(|at| LeaveState::Ended(LeaveEnd::Approved {
            consent: Consent {
                by: AccountId(1),
                at
            }
        })),
        (moment(), number()).prop_map(|(at, version)| LeaveState::Ended(LeaveEnd::Lapsed {
            at,
            version,
            fit: Fit::NoSuchTurn
        })),
    ];
    let person = || (name(), phone()).prop_map(|(name, phone)| Person { name, phone });
    let people = (person(), option::of(person()));
    (number(), people, span(), moment(), name(), state).prop_map(
        |(id, (person, stand_in), span, at, words, state)| {
            let turn = Turn {
                unit: "青山镇".into(),
                post: "值班员".into(),
                span,
                person: person.clone(),
            };
            let offers = [Offer::Turn(turn.clone(), span), Offer::Return(turn.clone())];
            Record::Leave(Box::new(Leave {
                id: LeaveId(id),
                kind: LeaveKind::Leave,
                by: AccountId(id.into()),
                asker: Asker::Oneself,
                at,
                unit: "青山镇".into(),
                person,
                offered: offers
                    .into_iter()
                    .chain(stand_in.clone().map(Offer::StandIn))
                    .collect(),
                declined: stand_in.iter().cloned().collect(),
                amendment: Some(Amendment {
                    turn,
                    span,
                    stand_in,
                    in_return: None,
                }),
                reason: Some(Reason::Other(words)),
                agreed: None,
                check: (id % 2 == 0).then_some(CheckId(id)),
                state,
            }))
        },
    )
}

/// Few enough numbers that records of a story meet again.
fn number() -> impl Strategy<Value = u32> + Clone {
    1..6_u32
}

/// To the nanosecond: nothing of a moment may be lost on the way.
fn moment() -> impl Strategy<Value = Moment> + Clone {
    (0..10_000_000_i64, 0..1_000_000_000_u32).prop_map(|(secs, nanos)| {
        Moment::from_timestamp(1_790_000_000 + secs, nanos).expect("a moment of 2026")
    })
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[甲乙丙丁]{1,3}",
        r#"[<&>_"'\\ ]{1,4}"#,
        Just("\u{0}\u{feff}😀\n".to_owned()),
    ]
}

fn phone() -> impl Strategy<Value = Option<Phone>> {
    option::of("000[0-9]{8}".prop_map(|d| Phone::new(&d).expect("eleven digits")))
}

fn span() -> impl Strategy<Value = Span> + Clone {
    (moment(), 1..100_000_i64).prop_map(|(start, secs)| {
        let end = start + TimeDelta::seconds(secs);
        Span::new(start, end).expect("it ends after it starts")
    })
}

fn account_record() -> impl Strategy<Value = Record> {
    let bound = (name(), name(), phone(), moment()).prop_map(|(unit, name, phone, at)| Bound {
        unit,
        name,
        phone,
        at,
    });
    let clerk_since = option::of(moment());
    let parts = (number(), name(), clerk_since, option::of(bound));
    parts.prop_map(|(id, name, clerk_since, bound)| {
        Record::Account(Account {
            lang: bound.is_some().then_some(Lang::En),
            told_at: clerk_since,
            clerk_since,
            bound,
            ..account(i64::from(id) - 3, &name)
        })
    })
}

fn upload_record() -> impl Strategy<Value = Record> {
    let state = prop_oneof![
        (number(), moment()).prop_map(|(tries, next)| UploadState::Fetching { tries, next }),
        number().prop_map(|id| UploadState::Read {
            roster: RosterId(id)
        }),
        number().prop_map(|version| UploadState::InForce { version }),
        (number(), number(), moment()).prop_map(|(roster, tries, next)| UploadState::Again {
            roster: (roster % 2 == 0).then_some(RosterId(roster)),
            tries,
            next,
        }),
        Just(UploadState::Aside),
        Just(UploadState::Refused),
    ];
    (number(), moment(), name(), state).prop_map(|(id, at, file_name, state)| {
        Record::Upload(Upload {
            id: UploadId(id),
            by: AccountId(id.into()),
            at,
            file: format!("file-{id}"),
            file_name,
            state,
            form: FormTalk {
                units: vec![format!("{id} 单位")],
                answers: [Answer::DayBegins { minute: id % 1440 }]
                    .into_iter()
                    .collect(),
                turn: id,
                ..FormTalk::default()
            },
            told: None,
        })
    })
}

fn roster_record() -> impl Strategy<Value = Record> {
    let shift = (span(), name(), phone(), any::<bool>());
    (number(), name(), vec(shift, 0..4)).prop_map(|(id, unit, shifts)| {
        let declared = shifts
            .first()
            .map(|(span, ..)| (0, [*span].into_iter().collect()));
        let shifts = shifts
            .into_iter()
            .map(|(span, name, phone, assumed_hours)| Shift {
                post: 0,
                span,
                people: [Person { name, phone }].into(),
                assumed_hours,
                source: Place::default(),
            });
        let roster = Roster {
            posts: vec![Post {
                unit: unit.clone(),
                name: "值班人员".into(),
                role: Role::DutyOfficer,
                presence: Presence::OnPost,
            }],
            shifts: shifts.collect(),
            unread: vec![Unread {
                post: Some(0),
                span: None,
                place: Place::default(),
            }],
            not_submitted: vec![unit.clone()],
            declared: declared.into_iter().collect(),
            duty_lines: vec![(unit, "0000-1234567".into())],
            excuses: vec![Excuse {
                place: Place::default(),
                code: Code::C102,
                reason: "双岗".into(),
            }],
            unnamed: Vec::new(),
        };
        Record::Roster(RosterId(id), Arc::new(roster))
    })
}

fn version_record() -> impl Strategy<Value = Record> {
    (number(), number(), moment()).prop_map(|(number, roster, since)| {
        Record::Version(Version {
            restores: None,
            number,
            roster: RosterId(roster),
            since,
            by: AccountId(1),
            upload: UploadId(roster),
        })
    })
}

fn round_record() -> impl Strategy<Value = Record> {
    let order = prop_oneof![
        Just(Order::All),
        number().prop_map(Order::Some),
        name().prop_map(Order::Unit),
    ];
    let checks = vec(number().prop_map(CheckId), 0..3);
    (number(), moment(), order, checks).prop_map(|(id, at, order, checks)| {
        let summary = if checks.is_empty() {
            Summary::Told
        } else {
            Summary::Pending
        };
        Record::Round(Round {
            id: RoundId(id),
            by: AccountId(1),
            at,
            order,
            checks,
            summary,
        })
    })
}

fn draw_record() -> impl Strategy<Value = Record> {
    let state = prop_oneof![
        Just(LotState::Pending),
        (number(), name(), span()).prop_map(|(check, name, shift)| LotState::Held {
            check: CheckId(check),
            name,
            shift,
        }),
        Just(LotState::NotHeld {
            why: NotHeld::Missed
        }),
    ];
    let lot = (name(), number(), option::of(moment()), state);
    let lot = lot.prop_map(|(unit, number, at, state)| Lot {
        unit,
        number,
        at,
        state,
    });
    let quiet = option::of((0..1440_u32, 0..1440_u32));
    let parts = (number(), any::<[u8; 32]>(), span(), moment(), quiet);
    (parts, vec(lot, 0..4), option::of(moment())).prop_map(|(parts, lots, revealed)| {
        let (id, seed, period, at, quiet) = parts;
        let seed = Seed::revealed(Digest(seed));
        let quiet = quiet.map(|(from_minute, to_minute)| Quiet {
            from_minute,
            to_minute,
        });
        let terms = Terms {
            period,
            zone: Zone::default(),
            measure: Measure {
                quiet,
                ..Measure::NONE
            },
        };
        let roll = Digest::of(&[7]);
        Record::Draw(Draw {
            id: DrawId(id),
            seed,
            commitments: vec![Commitment::new(&seed, (1, roll), terms, None, at)],
            lots,
            revealed,
        })
    })
}

fn check_state() -> impl Strategy<Value = State> {
    let resumed = prop::option::of(moment());
    let delivery = (moment(), moment(), moment(), any::<u32>(), resumed);
    let delivery = delivery.prop_map(|(dated, confirmed, queued, unwatched, resumed)| Delivery {
        unwatched_ms: unwatched.into(),
        dated,
        confirmed,
        queued,
        resumed,
    });
    let blind = span().prop_map(|span| Blind {
        span,
        cause: BlindCause::Conflict,
    });
    let evidence = prop_oneof![
        (any::<i64>(), moment(), moment()).prop_map(|(update, dated, received)| {
            Evidence::Message {
                update,
                dated,
                received,
            }
        }),
        (any::<i64>(), moment(), moment()).prop_map(|(update, not_before, received)| {
            Evidence::Button {
                update,
                not_before,
                received,
            }
        }),
        (moment(), prop::option::of(blind.clone()))
            .prop_map(|(received, deaf)| Evidence::Page { received, deaf }),
    ];
    let outcome = prop_oneof![
        evidence
            .clone()
            .prop_map(|evidence| Outcome::Present { evidence }),
        (1..9_000_u32, evidence.clone())
            .prop_map(|(by_secs, evidence)| Outcome::Late { by_secs, evidence }),
        evidence.prop_map(|evidence| Outcome::Void {
            reason: VoidReason::Excused {
                plea: Plea::SteppedOut,
                evidence
            }
        }),
        moment().prop_map(|queue_read_from| Outcome::NoAnswer { queue_read_from }),
        Just(Outcome::Undeliverable {
            reason: Unreached::NotBound
        }),
        blind.clone().prop_map(|blind| Outcome::Void {
            reason: VoidReason::Blind(blind)
        }),
        (moment(), moment()).prop_map(|(queued, given_up)| Outcome::Void {
            reason: VoidReason::Unsent { queued, given_up }
        }),
    ];
    let blind = option::of(blind);
    prop_oneof![
        (moment(), blind.clone()).prop_map(|(queued, blind)| State::Asking { queued, blind }),
        (delivery.clone(), blind.clone()).prop_map(|(delivery, blind)| State::Waiting {
            delivery,
            reminded: Reminded::Done,
            blind
        }),
        (delivery.clone(), blind).prop_map(|(delivery, blind)| State::Draining {
            delivery,
            reminded: Reminded::NotYet,
            blind
        }),
        (outcome, moment(), option::of(delivery)).prop_map(|(outcome, at, delivery)| {
            State::Closed {
                outcome,
                at,
                delivery,
                reminded: Reminded::Done,
            }
        }),
    ]
}

/// Something of everything, so that all of it goes to the disk and back.
fn follow_up(id: u32) -> FollowUp {
    let (by, at) = (AccountId(id.into()), at(i64::from(id)));
    let above = Above {
        rung: Rung::DutyLeader,
        standing: Standing::Reachable,
        unit: "青山镇".into(),
        name: "李四".into(),
        account: Some(by),
    };
    let report = Report {
        rung: Rung::DutyLeader,
        by,
        name: "李四".into(),
        sighting: Sighting::NotThere,
        at,
    };
    let ruling = Ruling {
        verdict: Verdict::Excused,
        reason: VerdictReason::Words("下村了".into()),
        by,
        name: "文员".into(),
        at,
        withdrawn: id.is_multiple_of(2).then_some(at),
    };
    FollowUp {
        rungs: vec![above],
        climb: Climb {
            stage: Stage::On {
                rung: 0,
                told: Some(at),
            },
            asked: vec![0],
        },
        reports: vec![report],
        statements: vec![Statement {
            at,
            said: Said::Explanation(Explanation::Patrol),
        }],
        rulings: vec![ruling],
        words_from: Some(at),
        drafting: Some(Drafting {
            by,
            verdict: Verdict::Absent,
            at,
        }),
        sheets: id,
        instead_of: Some(InsteadOf {
            check: CheckId(id),
            times: 1,
        }),
        made_up: MadeUp::By(CheckId(id + 1)),
    }
}

fn check_record() -> impl Strategy<Value = Record> {
    let theirs = option::of(moment());
    (number(), name(), phone(), span(), check_state(), theirs).prop_map(
        |(id, name, phone, shift, state, queued_theirs)| {
            Record::Check(Check {
                id: CheckId(id),
                round: RoundId(1),
                asked: Asked {
                    unit: "青山镇".into(),
                    post: "带班领导".into(),
                    role: Role::DutyLeader,
                    presence: Presence::InArea,
                    shift,
                    name,
                    phone,
                    account: Some(AccountId(id.into())),
                    version: 1,
                },
                ladder: ladder(),
                state,
                queued_theirs,
                follow_up: Box::new(follow_up(id)),
            })
        },
    )
}

fn hearing_record() -> impl Strategy<Value = Record> {
    let moments = || option::of(moment());
    let clocks = || {
        let both = (moment(), moment()).prop_map(|(ours, theirs)| Clocks { ours, theirs });
        option::of(both)
    };
    let deaf = option::of(span());
    (
        moments(),
        moments(),
        moments(),
        (clocks(), clocks()),
        deaf,
        (moments(), moments()),
    )
        .prop_map(
            |(
                dry_from,
                read_to,
                conflict_told,
                (clocks, dates_heard),
                deaf,
                (answered, up_since),
            )| {
                Record::Hearing(Hearing {
                    dry_from,
                    read_to,
                    clocks,
                    dates_heard,
                    conflict_told,
                    deaf: deaf.map(|span| Blind {
                        span,
                        cause: BlindCause::Down,
                    }),
                    doubt: deaf.map(|span| Blind {
                        span,
                        cause: BlindCause::ClockSet,
                    }),
                    answered,
                    dry_theirs: answered,
                    up_since,
                })
            },
        )
}
