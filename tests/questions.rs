//! What a reading leaves open is asked; what somebody answers is read so, and says so.

use proptest::prelude::*;
use zaigang::roster::{
    Answer, Answers, Asked, Asks, CellUse, Code, ColumnName, ColumnUse, Question, Reading, Role,
    read,
};
use zaigang::time::{Zone, holiday};

use crate::reader_laws::{csv, is_accounted_for, table};

fn told(answers: &[Answer]) -> Asked {
    Asked {
        period: holiday("national-day-2026").map(|h| h.period(Zone::default())),
        answers: answers.iter().cloned().collect(),
        ..Asked::default()
    }
}

fn reading(text: &str, answers: &[Answer]) -> Reading {
    read(text.as_bytes(), &told(answers))
}

fn found(reading: &Reading, code: Code) -> usize {
    reading.findings.iter().filter(|f| f.code == code).count()
}

/// `值班员 01T08 24h 张建国`, one for each shift.
fn shifts(reading: &Reading) -> Vec<String> {
    let said = reading.roster.shifts.iter().map(|shift| {
        let zone = Zone::default();
        let names: Vec<&str> = shift.people.iter().map(|p| p.name.as_str()).collect();
        let start = zone.civil(shift.span.start()).format("%dT%H:%M");
        let hours = shift.span.length().num_minutes();
        let post = &reading.roster.post(shift).name;
        format!("{post} {start} {hours}m {}", names.join("、"))
    });
    said.collect()
}

fn asks(reading: &Reading, wanted: impl Fn(&Asks) -> bool) -> Question {
    let mut questions = reading.form.questions.iter();
    let found = questions.find(|question| wanted(&question.asks));
    found
        .cloned()
        .unwrap_or_else(|| panic!("not asked: {:?}", reading.form.questions))
}

#[test]
fn the_handover_is_asked_and_then_given() {
    let text = "日期,值班员\n2026-10-01,张建国\n2026-10-02,王伟\n";
    let open = reading(text, &[]);
    let question = asks(&open, |asks| matches!(asks, Asks::DayBegins { shifts: 2 }));
    assert_eq!(
        question.choices[0],
        Answer::DayBegins { minute: 480 },
        "the guess first"
    );
    let half_past = Answer::DayBegins { minute: 510 };
    assert!(question.choices.contains(&half_past));

    let answered = reading(text, &[half_past]);
    assert_eq!(
        shifts(&answered),
        ["值班员 01T08:30 1440m 张建国", "值班员 02T08:30 1440m 王伟"]
    );
    assert!(answered.roster.shifts.iter().all(|s| !s.assumed_hours));
    assert_eq!(
        (found(&answered, Code::F308), found(&answered, Code::F326)),
        (0, 1)
    );
    assert_eq!(answered.form.questions, []);
}

#[test]
fn a_file_that_gives_its_hours_needs_no_word_of_them() {
    let text = "日期,时间,值班员\n2026-10-01,9:00-次日9:00,张建国\n";
    let answered = reading(text, &[Answer::DayBegins { minute: 510 }]);
    assert_eq!(shifts(&answered), ["值班员 01T09:00 1440m 张建国"]);
    assert_eq!(found(&answered, Code::F326), 0);
}

#[test]
fn an_end_that_is_not_after_its_start_is_asked_about_and_put_on_the_next_day() {
    let text = "日期,时间,值班员\n2026-10-01,8:00-20:00,张建国\n2026-10-02,8:00-20:00,王伟\n\
                2026-10-03,18:00-17:00,赵敏\n2026-10-04,6:00-6:00,刘洋\n";
    let open = reading(text, &[]);
    assert_eq!(open.roster.shifts.len(), 2);
    let question = asks(
        &open,
        |asks| matches!(asks, Asks::NextDay { text } if text == "18:00-17:00"),
    );
    assert_eq!(question.place.and_then(|p| p.cell()).as_deref(), Some("B4"));

    let everywhere = reading(text, &[Answer::NextDay { written: None }]);
    assert_eq!(
        shifts(&everywhere)[2..],
        ["值班员 03T18:00 1380m 赵敏", "值班员 04T06:00 1440m 刘洋"]
    );
    assert_eq!(everywhere.form.questions, []);

    let here = reading(text, &[question.choices[1].clone()]);
    assert_eq!(shifts(&here)[2..], ["值班员 03T18:00 1380m 赵敏"]);
    assert_eq!(here.roster.unread.len(), 1, "the other one stays unread");
    asks(
        &here,
        |asks| matches!(asks, Asks::NextDay { text } if text == "6:00-6:00"),
    );
}

#[test]
fn full_dates_that_end_before_they_begin_are_the_next_day_if_somebody_says_so() {
    let text = "单位,开始,结束,值班员\n城关镇,2026-10-01 20:30,2026-10-01 08:30,张建国\n\
                城关镇,2026-10-02 08:30,2026-10-02 20:30,王伟\n";
    let open = reading(text, &[]);
    assert_eq!(found(&open, Code::F304), 1);
    let question = asks(&open, |asks| matches!(asks, Asks::NextDay { .. }));
    let answered = reading(text, &question.choices[..1]);
    assert_eq!(shifts(&answered)[0], "值班员 01T20:30 720m 张建国");
    assert_eq!(
        (found(&answered, Code::F304), answered.roster.unread.len()),
        (0, 0)
    );
}

#[test]
fn an_end_days_before_its_start_is_no_question_of_the_next_day() {
    let text = "开始,结束,值班员\n2026-10-05 20:30,2026-10-01 08:30,张建国\n2026-10-06 08:30,2026-10-06 20:30,王伟\n";
    let open = reading(text, &[]);
    assert!(
        open.form
            .questions
            .iter()
            .all(|q| !matches!(q.asks, Asks::NextDay { .. }))
    );
    let answered = reading(text, &[Answer::NextDay { written: None }]);
    assert_eq!(
        found(&answered, Code::F304),
        1,
        "the word fits nothing here"
    );
}

#[test]
fn a_column_nobody_can_name_is_asked_by_its_header() {
    let text = "日期,上级,值班员\n2026-10-01,李文博,张建国\n2026-10-02,赵晓东,王伟\n";
    let open = reading(text, &[]);
    let question = asks(&open, |asks| matches!(asks, Asks::Column { .. }));
    let leader = question
        .choices
        .iter()
        .find(|a| {
            matches!(
                a,
                Answer::Column {
                    holds: ColumnUse::People(Role::DutyLeader),
                    ..
                }
            )
        })
        .cloned()
        .expect("a leader's column is a choice");
    let answered = reading(text, std::slice::from_ref(&leader));
    let roles: Vec<Role> = answered.roster.posts.iter().map(|p| p.role).collect();
    assert_eq!(roles, [Role::DutyLeader, Role::DutyOfficer]);
    assert_eq!(
        (found(&answered, Code::F302), found(&answered, Code::F326)),
        (0, 1)
    );

    // The next file has the column elsewhere, and other people in it.
    let next = "日期,值班员, 上 级\n2026-10-03,陈静,冯国强\n";
    let next = reading(next, &[leader]);
    assert_eq!(
        next.roster
            .posts
            .iter()
            .find(|p| p.name.contains('上'))
            .map(|p| p.role),
        Some(Role::DutyLeader)
    );
}

#[test]
fn a_column_without_a_header_is_known_by_its_place() {
    let text = "日期,值班人员\n2026-10-01,冯国强,褚云飞\n2026-10-02,张建国,王伟\n";
    let open = reading(text, &[]);
    let question = asks(&open, |asks| {
        matches!(
            asks,
            Asks::Column {
                column: ColumnName::Unlabelled(3),
                ..
            }
        )
    });
    let standby = Answer::Column {
        column: ColumnName::Unlabelled(3),
        holds: ColumnUse::People(Role::Standby),
    };
    assert!(question.choices.contains(&standby), "{question:?}");
    let answered = reading(text, &[standby]);
    assert_eq!(found(&answered, Code::F321), 0);
    assert_eq!(
        answered
            .roster
            .posts
            .iter()
            .filter(|p| p.role == Role::Standby)
            .count(),
        1
    );
}

#[test]
fn columns_beyond_a_short_header_are_asked_about_together() {
    let text = "日期,值班人员\n2026-10-01,冯国强,褚云飞,韩雪松\n2026-10-02,张建国,王伟,杨树林\n";
    let open = reading(text, &[]);
    let columns = open
        .form
        .questions
        .iter()
        .filter(|q| matches!(q.asks, Asks::Column { .. }));
    assert_eq!(columns.count(), 1, "{:?}", open.form.questions);
    let standby = Answer::Column {
        column: ColumnName::UnlabelledFrom(3),
        holds: ColumnUse::People(Role::Standby),
    };
    let answered = reading(text, &[standby]);
    assert_eq!(found(&answered, Code::F321), 0);
    let posts = &answered.roster.posts;
    let of_standby = |s: &&zaigang::roster::Shift| posts[s.post as usize].role == Role::Standby;
    assert_eq!(answered.roster.shifts.iter().filter(of_standby).count(), 4);
}

#[test]
fn a_day_that_does_not_exist_is_asked_as_the_one_that_fits() {
    let text = "日期,时间,值班员\n9月29日,8:00-20:00,张建国\n9月30日,8:00-20:00,王伟\n\
                9月31日,8:00-20:00,赵敏\n10月2日,8:00-20:00,刘洋\n";
    let open = reading(text, &[]);
    let question = asks(&open, |asks| matches!(asks, Asks::Day { .. }));
    let answered = reading(text, &question.choices[..1]);
    assert!(
        shifts(&answered).contains(&"值班员 01T08:00 720m 赵敏".to_owned()),
        "{:?}",
        shifts(&answered)
    );
    assert_eq!(
        (found(&answered, Code::F303), answered.roster.unread.len()),
        (0, 0)
    );
    let answers: Answers = question.choices[..1].iter().cloned().collect();
    assert!(answers.lasting().is_empty(), "next year's slip is another");
}

#[test]
fn a_column_somebody_ignores_is_accounted_for_as_remarks() {
    let text = "日期,上级,值班员\n2026-10-01,李文博,张建国\n2026-10-02,赵晓东,王伟\n";
    let answered = reading(
        text,
        &[Answer::Column {
            column: ColumnName::Label("上级".to_owned()),
            holds: ColumnUse::Remark,
        }],
    );
    assert_eq!(answered.roster.posts.len(), 1);
    let cells = answered
        .account
        .cells
        .iter()
        .filter(|c| c.place.column == 2 && c.place.row > 1);
    let uses: Vec<CellUse> = cells.map(|c| c.r#as).collect();
    assert_eq!(uses, [CellUse::Note, CellUse::Note]);
    assert_eq!(found(&answered, Code::F326), 1, "and it is said");
}

#[test]
fn an_ambiguous_date_is_asked_as_its_two_days() {
    let text = "日期,值班员\n03/10,张建国\n";
    let open = read(text.as_bytes(), &Asked::default());
    let question = asks(&open, |asks| matches!(asks, Asks::Slashes { .. }));
    let days: Vec<String> = question
        .choices
        .iter()
        .map(|answer| {
            let asked = Asked {
                answers: [answer.clone()].into_iter().collect(),
                ..Asked::default()
            };
            let answered = read(text.as_bytes(), &asked);
            assert_eq!(found(&answered, Code::F324), 0);
            let start = answered.roster.shifts[0].span.start();
            Zone::default().civil(start).format("%m-%d").to_string()
        })
        .collect();
    assert_eq!(days, ["03-10", "10-03"]);
}

#[test]
fn a_code_without_a_legend_is_given_its_hours() {
    let text = "姓名,10月1日,10月2日\n张建国,甲,乙\n王伟,乙,甲\n";
    let open = reading(text, &[]);
    let question = asks(&open, |asks| matches!(asks, Asks::Word { .. }));
    assert!(
        question.answer_of("9:00-17:30").is_some(),
        "hours may be written out"
    );
    let mut answers = Vec::new();
    for _ in 0..4 {
        let answered = reading(text, &answers);
        match answered.form.questions.first() {
            Some(next) => answers.push(next.choices[0].clone()),
            None => break,
        }
    }
    let answered = reading(text, &answers);
    assert_eq!(
        (answered.roster.shifts.len(), found(&answered, Code::F319)),
        (4, 0)
    );
}

#[test]
fn a_row_is_left_out_by_a_persons_word_only() {
    let text = "日期,时间,值班员\n2026-10-01,8:00-20:00,张建国\n2026-10-02,25:00-99:00,王伟\n";
    let open = reading(text, &[]);
    assert_eq!(open.roster.unread.len(), 1);
    let question = asks(&open, |asks| matches!(asks, Asks::Row { .. }));
    assert_eq!(question.place.map(|p| p.row), Some(3));
    let answered = reading(text, &question.choices);
    assert_eq!(
        (answered.roster.unread.len(), found(&answered, Code::F310)),
        (0, 0)
    );
    let row: Vec<CellUse> = answered
        .account
        .cells
        .iter()
        .filter(|c| c.place.row == 3)
        .map(|c| c.r#as)
        .collect();
    assert_eq!(row, [CellUse::Note; 3]);
    assert_eq!(found(&answered, Code::F326), 1);

    let mended = text.replace("25:00-99:00", "8:00-20:00");
    let mended = reading(&mended, &question.choices);
    assert_eq!(mended.roster.shifts.len(), 2, "a mended row is another row");
}

#[test]
fn blanks_are_what_somebody_says_they_are() {
    let text = "日期,带班领导,值班员\n2026-10-01,李文博,张建国\n2026-10-02,,王伟\n\
                2026-10-03,赵晓东,赵敏\n2026-10-04,,刘洋\n";
    let open = reading(text, &[]);
    let question = asks(&open, |asks| matches!(asks, Asks::Blanks { .. }));
    let counts: Vec<usize> = question
        .choices
        .iter()
        .map(|choice| {
            let answered = reading(text, std::slice::from_ref(choice));
            assert!(
                answered
                    .form
                    .questions
                    .iter()
                    .all(|q| !matches!(q.asks, Asks::Blanks { .. }))
            );
            answered.roster.shifts.len()
        })
        .collect();
    assert_eq!(counts, [8, 6]);
}

#[test]
fn the_year_is_asked_where_nothing_tells_it_and_passes_with_its_file() {
    let text = "日期,值班员\n3月10日,张建国\n";
    let open = read(text.as_bytes(), &Asked::default());
    let question = asks(&open, |asks| matches!(asks, Asks::Year { .. }));
    let answers: Answers = [Answer::Year { year: 2027 }].into_iter().collect();
    assert!(question.choices.contains(&Answer::Year { year: 2027 }));
    assert!(answers.lasting().is_empty());
    let asked = Asked {
        answers,
        ..Asked::default()
    };
    let answered = read(text.as_bytes(), &asked);
    let start = Zone::default().civil(answered.roster.shifts[0].span.start());
    assert_eq!(start.format("%Y-%m-%d").to_string(), "2027-03-10");
    assert_eq!(found(&answered, Code::F320), 0);
}

#[test]
fn answers_are_kept_as_they_were_given() {
    let answers: Answers = [
        Answer::DayBegins { minute: 510 },
        Answer::NextDay { written: None },
        Answer::Column {
            column: ColumnName::Label("上级".to_owned()),
            holds: ColumnUse::People(Role::DutyLeader),
        },
        Answer::DayBegins { minute: 480 },
    ]
    .into_iter()
    .collect();
    assert_eq!(answers.iter().count(), 3, "the later word stands");
    let kept = serde_json::to_string(&answers).unwrap();
    assert_eq!(
        kept,
        r#"[{"next_day":{"written":null}},{"column":{"column":{"label":"上级"},"holds":{"people":"duty_leader"}}},{"day_begins":{"minute":480}}]"#
    );
    assert_eq!(serde_json::from_str::<Answers>(&kept).unwrap(), answers);
}

proptest! {
    #[test]
    fn whatever_is_answered_every_cell_stays_accounted_for(
        rows in table(), picks in proptest::collection::vec(any::<prop::sample::Index>(), 12),
    ) {
        let bytes = csv(&rows);
        let mut answers: Vec<Answer> = Vec::new();
        for pick in picks {
            let answered = read(&bytes, &told(&answers));
            is_accounted_for(&answered, &rows)?;
            let Some(question) = answered.form.questions.first() else {
                return Ok(());
            };
            let choice = pick.get(&question.choices).clone();
            prop_assert!(
                !answers.iter().any(|given| given.answers_as(&choice)),
                "asked once more: {question:?} after {answers:?}"
            );
            answers.push(choice);
        }
    }

    #[test]
    fn an_answer_about_another_form_changes_nothing(rows in table()) {
        let bytes = csv(&rows);
        let others = [
            Answer::Column {
                column: ColumnName::Label("没有这一列".to_owned()),
                holds: ColumnUse::Unit,
            },
            Answer::Column { column: ColumnName::Unlabelled(77), holds: ColumnUse::Phone },
            Answer::NextDay { written: Some("没有这样写".to_owned()) },
            Answer::LeftOut { row: "没有 | 这一行".to_owned() },
        ];
        let (plain, answered) = (read(&bytes, &told(&[])), read(&bytes, &told(&others)));
        prop_assert_eq!(plain.roster, answered.roster);
        prop_assert_eq!(plain.findings, answered.findings);
        prop_assert_eq!(plain.form, answered.form);
    }
}
