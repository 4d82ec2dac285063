//! What only a person can say of a table: which column is what, which sheet counts, which days
//! bare weekdays mean.

use zaigang::roster::{
    Answer, Asked, Asks, Code, ColumnName, ColumnUse, Question, Reading, Role, read,
};
use zaigang::time::{Zone, holiday};

/// Neither the headings nor the people are what the reader knows.
const STRANGE: &str = "何日,甲,乙,丙\n1-Oct,#1023,#2001,8:00-20:00\n2-Oct,#1044,#2002,8:00-20:00\n";

const WEEK: &str = "星期,值班员\n一,张建国\n四,王伟\n";

fn told(answers: &[Answer]) -> Asked {
    Asked {
        answers: answers.iter().cloned().collect(),
        ..Asked::default()
    }
}

fn reading(text: &str, answers: &[Answer]) -> Reading {
    read(text.as_bytes(), &told(answers))
}

fn first(reading: &Reading) -> &Question {
    reading.form.questions.first().expect("something is asked")
}

fn people(reading: &Reading) -> Vec<String> {
    let shifts = reading.roster.shifts.iter().map(|shift| {
        let start = Zone::default().civil(shift.span.start());
        let role = reading.roster.post(shift).role;
        format!(
            "{role:?} {} {}",
            start.format("%m-%dT%H"),
            shift.people[0].name
        )
    });
    shifts.collect()
}

/// Every question answered by the choice at its number, from 0.
fn answered(text: &str, choices: &[usize]) -> (Vec<Answer>, Reading) {
    let mut answers = Vec::new();
    for choice in choices {
        let open = reading(text, &answers);
        answers.push(first(&open).choices[*choice].clone());
    }
    let last = reading(text, &answers);
    (answers, last)
}

#[test]
fn the_columns_of_a_table_nobody_can_read_are_pointed_out() {
    let open = reading(STRANGE, &[]);
    assert_eq!(people(&open), [""; 0]);
    assert_eq!(first(&open).asks, Asks::Columns);
    assert_eq!(first(&open).choices, [Answer::PointsOut]);

    let pointing = reading(STRANGE, &[Answer::PointsOut]);
    let Asks::WhichColumn { holds, examples } = &first(&pointing).asks else {
        panic!("{:?}", pointing.form.questions);
    };
    assert_eq!(*holds, ColumnUse::Date);
    assert_eq!(examples[..2], ["1-Oct", "#1023"]);

    let (_, read) = answered(STRANGE, &[0, 0, 0, 0, 0]);
    assert_eq!(
        people(&read),
        [
            "DutyOfficer 10-01T08 #1023",
            "DutyLeader 10-01T08 #2001",
            "DutyOfficer 10-02T08 #1044",
            "DutyLeader 10-02T08 #2002"
        ]
    );
    assert!(read.roster.shifts.iter().all(|s| !s.assumed_hours));
    let said_so = read.findings.iter().filter(|f| f.code == Code::F326);
    assert_eq!(said_so.count(), 4, "what rests on a word says so");
    assert_eq!(read.form.questions, []);
}

#[test]
fn a_column_that_is_not_there_is_said_to_be_missing_and_not_asked_again() {
    let (answers, read) = answered(STRANGE, &[0, 0, 0, 2, 1, 1, 1]);
    let none = |holds| Answer::NoColumn { holds };
    assert_eq!(answers[3], none(ColumnUse::People(Role::DutyLeader)));
    assert_eq!(read.form.questions, [], "{answers:?}");
    assert_eq!(people(&read).len(), 2);
}

#[test]
fn what_was_pointed_out_holds_for_the_next_file_wherever_its_columns_stand() {
    let (answers, _) = answered(STRANGE, &[0, 0, 0, 0, 0]);
    let next = "题目,,,\n丙,何日,乙,甲\n8:00-20:00,3-Oct,#3,#33\n";
    let read = reading(next, &answers);
    assert_eq!(
        people(&read),
        ["DutyLeader 10-03T08 #3", "DutyOfficer 10-03T08 #33"]
    );
    // Another form has other headings: the word fits nothing there.
    let other = "日期,值班员\n2026-10-01,张建国\n";
    assert_eq!(
        people(&reading(other, &answers)),
        people(&reading(other, &[]))
    );
}

#[test]
fn a_table_without_headings_is_pointed_at_by_place() {
    let bare = "x1,2026-10-01\nx2,2026-10-02\n";
    let (answers, read) = answered(bare, &[0, 1, 0]);
    assert_eq!(
        answers[1],
        Answer::Column {
            column: ColumnName::Unlabelled(2),
            holds: ColumnUse::Date
        }
    );
    assert_eq!(
        people(&read),
        ["DutyOfficer 10-01T08 x1", "DutyOfficer 10-02T08 x2"]
    );
}

#[test]
fn a_table_that_reads_is_not_offered_to_be_pointed_at() {
    let open = reading("日期,值班员\n2026-10-01,张建国\n", &[]);
    let pointing = |q: &&Question| matches!(q.asks, Asks::Columns | Asks::WhichColumn { .. });
    assert_eq!(open.form.questions.iter().find(pointing), None);
}

#[test]
fn words_over_days_are_headings_in_any_language() {
    let read = reading("Tag,Wer\n2026-10-01,Anna\n2026-10-02,Clara\n", &[]);
    assert_eq!(
        people(&read),
        ["DutyOfficer 10-01T08 Anna", "DutyOfficer 10-02T08 Clara"]
    );
    assert!(
        read.findings.iter().any(|f| f.code == Code::F302),
        "{:?}",
        read.findings
    );
    assert!(
        read.findings.iter().all(|f| f.code != Code::F319),
        "{:?}",
        read.findings
    );
}

#[test]
fn the_days_of_bare_weekdays_are_asked_and_then_given() {
    let of_week = Asked {
        period: holiday("national-day-2026").map(|h| h.period(Zone::default())),
        ..Asked::default()
    };
    let guessed = read(WEEK.as_bytes(), &of_week);
    assert_eq!(
        people(&guessed),
        ["DutyOfficer 10-05T08 张建国", "DutyOfficer 10-01T08 王伟"]
    );
    assert_eq!(first(&guessed).asks, Asks::Spread { taken: true });

    let nowhere = reading(WEEK, &[]);
    assert_eq!(people(&nowhere), [""; 0]);
    assert_eq!(first(&nowhere).asks, Asks::Spread { taken: false });
    let typed = first(&nowhere).answer_of("10.12-10.18").expect("two days");
    let given = reading(WEEK, std::slice::from_ref(&typed));
    assert_eq!(
        people(&given),
        ["DutyOfficer 10-12T08 张建国", "DutyOfficer 10-15T08 王伟"]
    );
    let codes: Vec<Code> = given.findings.iter().map(|f| f.code).collect();
    assert!(
        codes.contains(&Code::F326) && !codes.contains(&Code::F324),
        "{codes:?}"
    );
    assert!(!typed.lasts(), "the next file is of other days");
}
