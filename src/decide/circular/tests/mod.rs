//! Whatever is pressed, by whom and when: nothing goes out without a person's word, and nothing
//! unverified is ever in it.

mod play;

use play::*;
use proptest::prelude::*;

use super::*;
use crate::decide::{Input, Press, What};
use crate::spotcheck::{CheckId, Ground, Verdict};
use crate::time::TimeDelta;

#[test]
fn drafted_heard_approved_read() {
    let mut play = Play::of(world());
    play.submitted();
    assert!(
        matches!(play.told(SECOND).last(), Some(CircularSay::Approval { units, .. })
        if units[1].answer.as_ref().unwrap().words.as_deref() == Some("当时在县道处置落石"))
    );
    assert!(play.last().approval().is_none());
    play.presses(SECOND, 1, CircularPress::Approve);
    assert_eq!(play.last().approval().unwrap().name, "赵敏");
    for account in PEOPLE {
        assert!(
            play.told(account)
                .iter()
                .any(|said| matches!(said, CircularSay::Published { by, .. } if by == "赵敏")),
            "{account} has it"
        );
    }
    play.presses(HEAD, 1, CircularPress::Read);
    play.presses(HEAD, 1, CircularPress::Read);
    assert!(matches!(
        play.told(CLERK).last(),
        Some(CircularSay::Readers { read: 1, total: 4, unread, .. }) if unread.len() == 3
    ));
    play.presses(CLERK, 1, CircularPress::RemindReaders);
    assert!(matches!(
        play.told(SECOND).last(),
        Some(CircularSay::Reminder { .. })
    ));
    assert!(!matches!(
        play.told(HEAD).last(),
        Some(CircularSay::Reminder { .. })
    ));
}

#[test]
fn what_is_not_verified_is_told_apart_and_verifying_it_makes_another_draft() {
    let mut play = Play::of(world());
    play.orders(CLERK);
    let [CircularSay::Draft { open, numbers, .. }] = play.told(CLERK)[..] else {
        panic!("one draft");
    };
    assert_eq!((open.len(), numbers.findings, numbers.gaps), (1, 1, 1));
    assert_eq!(open[0].name, "邓红");
    play.pressed(CLERK, Press::Rule(CheckId(2), Verdict::Absent));
    play.pressed(CLERK, Press::Because(CheckId(2), Ground::LookedNotThere));
    play.presses(CLERK, 1, CircularPress::Submit);
    assert_eq!(play.last().id, CircularId(2), "not what was looked at");
    assert_eq!(play.last().facts.findings.len(), 2);
    play.presses(CLERK, 1, CircularPress::Submit);
    assert_eq!(play.last().stage, Stage::Draft, "the one before is void");
}

#[test]
fn units_are_asked_first_and_have_a_day() {
    let mut play = Play::of(world());
    play.orders(CLERK);
    play.presses(CLERK, 1, CircularPress::Submit);
    assert!(matches!(
        play.told(CLERK).last(),
        Some(CircularSay::AskUnitsFirst { .. })
    ));
    play.presses(CLERK, 1, CircularPress::AskUnits);
    play.presses(HEAD, 1, CircularPress::True(0));
    play.presses(CLERK, 1, CircularPress::Submit);
    assert!(
        matches!(play.told(CLERK).last(), Some(CircularSay::Outstanding { units, .. })
        if units == &["东河乡"])
    );
    let due = play.world.next_wake().unwrap();
    play.now = due;
    play.happen(&Input::Tick);
    assert!(matches!(
        play.told(CLERK).last(),
        Some(CircularSay::UnitsHeard { .. })
    ));
    assert_ne!(play.world.next_wake(), Some(due), "told once");
    play.presses(CLERK, 1, CircularPress::Submit);
    assert!(matches!(
        play.told(CLERK).last(),
        Some(CircularSay::Submitted { .. })
    ));
}

#[test]
fn a_gap_taken_out_on_a_units_word_is_signed_for_and_the_other_unit_may_still_answer() {
    let mut play = Play::of(world());
    play.orders(CLERK);
    play.presses(CLERK, 1, CircularPress::AskUnits);
    play.presses(HEAD, 1, CircularPress::Explain(0));
    play.hear(HEAD, What::Text("表漏打了，其实有人".to_owned()));
    play.presses(CLERK, 1, CircularPress::Strike(0));
    assert!(play.deeds.iter().any(|deed| matches!(deed,
        Deed::CircularGapStruck { name, unit, .. } if name == "陈静" && unit == "城关镇")));
    assert_eq!(
        (play.last().id, play.last().facts.gaps.len()),
        (CircularId(2), 0)
    );
    // The question it was asked stands under the draft before.
    play.presses(OTHER_HEAD, 1, CircularPress::True(1));
    assert!(play.last().units[0].answer.is_some());
    play.presses(CLERK, 2, CircularPress::Submit);
    assert!(matches!(play.last().stage, Stage::Submitted { .. }));
}

#[test]
fn who_was_let_go_approves_nothing_any_more() {
    let mut play = Play::of(world());
    play.submitted();
    play.pressed(CLERK, Press::LetGo(AccountId(SECOND)));
    play.presses(SECOND, 1, CircularPress::Approve);
    assert!(play.last().approval().is_none());
    assert!(!play.world.accounts[&AccountId(SECOND)].is_clerk());
    play.pressed(CLERK, Press::LetGo(AccountId(CLERK)));
    assert!(
        play.world.accounts[&AccountId(CLERK)].is_clerk(),
        "one stays"
    );
}

#[test]
fn with_nobody_else_it_stays_a_draft_and_says_what_to_do() {
    let mut world = world();
    let mut second = world.accounts[&AccountId(SECOND)].clone();
    second.clerk_since = None;
    world.put(Record::Account(second));
    let mut play = Play::of(world);
    play.submitted();
    assert!(matches!(
        play.told(CLERK).last(),
        Some(CircularSay::NoApprover { named: None })
    ));
    play.world.policy.letterhead.approver = Some("李红".to_owned());
    play.presses(CLERK, 1, CircularPress::Submit);
    assert!(matches!(
        play.told(OTHER_HEAD).last(),
        Some(CircularSay::Approval { .. })
    ));
    play.presses(HEAD, 1, CircularPress::Approve);
    assert!(play.last().approval().is_none(), "not theirs to approve");
    play.presses(OTHER_HEAD, 1, CircularPress::Approve);
    assert_eq!(play.last().approval().unwrap().name, "李红");
}

#[test]
fn what_changed_before_the_approval_does_not_go_out() {
    let mut play = Play::of(world());
    play.submitted();
    play.pressed(CLERK, Press::Rule(CheckId(1), Verdict::Excused));
    play.pressed(CLERK, Press::Because(CheckId(1), Ground::Patrol));
    play.presses(SECOND, 1, CircularPress::Approve);
    assert!(
        play.world
            .proceedings
            .values()
            .all(|p| p.approval().is_none())
    );
    assert!(play.last().facts.findings.is_empty());
}

#[test]
fn a_verdict_changed_in_the_officers_favour_reaches_the_same_readers() {
    let mut play = Play::of(world());
    play.submitted();
    play.presses(SECOND, 1, CircularPress::Approve);
    play.pressed(SECOND, Press::Rule(CheckId(1), Verdict::Excused));
    play.pressed(SECOND, Press::Because(CheckId(1), Ground::Patrol));
    for account in PEOPLE {
        assert!(
            matches!(play.told(account).last(), Some(CircularSay::Corrected { by, .. })
            if by == "赵敏")
        );
    }
    let before = play.said.len();
    play.presses(CLERK, 1, CircularPress::Correct(CheckId(1)));
    assert_eq!(
        play.said.len(),
        before + 1,
        "a toast, and no second correction"
    );
}

#[test]
fn an_answer_that_turns_up_is_corrected_on_a_clerks_word() {
    let mut play = Play::of(world());
    let mut check = silent(1, "许刚", Some(Verdict::Absent));
    check.asked.account = Some(AccountId(OTHER_HEAD));
    play.world.put(Record::Check(check));
    play.submitted();
    play.presses(SECOND, 1, CircularPress::Approve);
    play.pressed(OTHER_HEAD, Press::Answer(CheckId(1)));
    assert!(matches!(
        play.told(CLERK).last(),
        Some(CircularSay::CorrectionDue { .. })
    ));
    let corrected = |play: &Play| {
        let told = play.told(HEAD);
        told.iter()
            .any(|said| matches!(said, CircularSay::Corrected { .. }))
    };
    assert!(!corrected(&play), "nothing goes out on the machine's word");
    play.presses(CLERK, 1, CircularPress::Correct(CheckId(1)));
    assert!(corrected(&play));
}

#[derive(Clone, Debug)]
enum Step {
    Orders(i64),
    Presses(i64, u32, CircularPress),
    Rules(i64, u32, Verdict, Ground),
    Writes(i64),
    Passes(i64),
}

fn presses() -> impl Strategy<Value = CircularPress> {
    prop_oneof![
        Just(CircularPress::Anew),
        Just(CircularPress::AskUnits),
        Just(CircularPress::DoNotName),
        Just(CircularPress::Submit),
        Just(CircularPress::SubmitNow),
        Just(CircularPress::Approve),
        Just(CircularPress::Return),
        Just(CircularPress::Read),
        Just(CircularPress::RemindReaders),
        (0..2u16).prop_map(CircularPress::True),
        (0..2u16).prop_map(CircularPress::Explain),
        (0..2u16).prop_map(CircularPress::Strike),
        (1..3u32).prop_map(|n| CircularPress::Correct(CheckId(n))),
    ]
}

fn steps() -> impl Strategy<Value = Step> {
    let who = || prop::sample::select(PEOPLE.to_vec());
    prop_oneof![
        1 => who().prop_map(Step::Orders),
        8 => (who(), 1..5u32, presses()).prop_map(|(who, id, press)| Step::Presses(who, id, press)),
        2 => (who(), 1..3u32, prop::sample::select(Verdict::ALL.to_vec())).prop_map(|(who, check, verdict)| {
            Step::Rules(who, check, verdict, verdict.grounds()[0])
        }),
        1 => who().prop_map(Step::Writes),
        1 => (1..30i64).prop_map(Step::Passes),
    ]
}

proptest! {
    #[test]
    fn nothing_goes_out_without_a_person_and_nothing_unverified_is_in_it(
        steps in prop::collection::vec(steps(), 0..60),
    ) {
        let mut play = Play::of(world());
        play.submitted();
        for step in steps {
            match step {
                Step::Orders(who) => play.orders(who),
                Step::Presses(who, id, press) => play.presses(who, id, press),
                Step::Rules(who, check, verdict, ground) => {
                    play.pressed(who, Press::Rule(CheckId(check), verdict));
                    play.pressed(who, Press::Because(CheckId(check), ground));
                }
                Step::Writes(who) => play.hear(who, What::Text("情况说明".to_owned())),
                Step::Passes(hours) => {
                    play.now += TimeDelta::hours(hours);
                    play.happen(&Input::Tick);
                    let before = play.world.proceedings.clone();
                    play.happen(&Input::Tick);
                    prop_assert_eq!(&before, &play.world.proceedings, "deciding again changes nothing");
                }
            }
            for proceeding in play.world.proceedings.values() {
                if let Some(approval) = proceeding.approval() {
                    let clerk = AccountId(if proceeding.by == AccountId(CLERK) { SECOND } else { CLERK });
                    prop_assert_eq!(approval.by, clerk, "by another clerk than the drafter");
                    prop_assert!(!approval.name.is_empty());
                }
            }
        }
        let findings = play.world.proceedings.values().flat_map(|p| &p.facts.findings);
        for finding in findings {
            let given = play.deeds.iter().any(|deed| matches!(deed,
                Deed::VerdictGiven { check, verdict, .. } if *check == finding.check && verdict.is_adverse()));
            // The first check was ruled on before the play began.
            prop_assert!(given || finding.check == CheckId(1));
        }
        let published = play.said.iter().filter(|notice| matches!(&notice.say,
            Say::Circular(said) if matches!(**said, CircularSay::Published { .. }))).count();
        let approved = play.deeds.iter().filter(|d| matches!(d, Deed::CircularPublished { .. })).count();
        prop_assert_eq!(published, approved * PEOPLE.len());
    }
}
