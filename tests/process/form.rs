//! What a file leaves open: asked one at a time, answered by a button, remembered for the next.

use super::{House, Settings, presses, putting_in_force, status};

/// No hours, and a column nobody can name.
fn unnamed(house: &House) -> String {
    let day = house.plan.first_day();
    format!("单位,日期,上级,值班员\n城关镇,{day},李文博,张建国\n东河乡,{day},赵晓东,王伟\n")
}

#[tokio::test]
async fn a_reading_comes_back_with_its_open_questions_one_at_a_time() {
    let (house, clerk) = House::with_clerk(Settings::patient()).await;
    clerk.sends_file("值班表.csv", unnamed(&house));
    let first = status(
        &clerk,
        "❓ “上级”这一列（例如“李文博”）是什么？（另有 1 问）",
    )
    .await;
    assert!(
        first.text.contains("岗位：上级（值班员）、值班员"),
        "{}",
        first.text
    );
    assert!(
        first.text.contains("4 个没写钟点，暂按 08:00 交接"),
        "{}",
        first.text
    );
    assert!(putting_in_force(&first).is_some(), "{:?}", first.buttons);

    presses(&clerk, "是带班领导").await;
    let second = status(&clerk, "❓ 4 个班没有写钟点。几点交接班？").await;
    assert_eq!(second.id, first.id, "one message, edited");
    assert!(
        second.text.contains("岗位：上级（带班领导）、值班员"),
        "{}",
        second.text
    );
    assert!(
        second.text.contains("按您说的：“上级”一列是带班领导"),
        "{}",
        second.text
    );

    presses(&clerk, "08:30 交接").await;
    let settled = status(&clerk, "按您说的：没写钟点的班，08:30 交接").await;
    assert!(!settled.text.contains('❓'), "{}", settled.text);
    let (_, label) = putting_in_force(&settled).expect("it can be put in force");
    presses(&clerk, &label).await;
    clerk.expect_saying("已启用").await;
    house.closes().await;
}

#[tokio::test]
async fn what_was_answered_is_known_for_the_next_file_and_can_be_taken_back() {
    let (house, clerk) = House::with_clerk(Settings::patient()).await;
    clerk.sends_file("值班表.csv", unnamed(&house));
    presses(&clerk, "是带班领导").await;
    presses(&clerk, "0:00，按自然日").await;
    status(&clerk, "00:00 交接").await;

    let next = unnamed(&house).replace("张建国", "陈静");
    clerk.sends_file("值班表（新）.csv", next);
    let known = status(&clerk, "和上次一样读：").await;
    assert!(
        known.text.contains("“上级”一列是带班领导") && !known.text.contains('❓'),
        "{}",
        known.text
    );
    presses(&clerk, "重新问我").await;
    let anew = status(&clerk, "❓ “上级”这一列").await;
    assert!(!anew.text.contains("和上次一样读"), "{}", anew.text);
    house.closes().await;
}

#[tokio::test]
async fn an_answer_survives_a_kill() {
    let (mut house, clerk) = House::with_clerk(Settings::patient()).await;
    clerk.sends_file("值班表.csv", unnamed(&house));
    presses(&clerk, "先问下一个").await;
    status(&clerk, "❓ 4 个班没有写钟点").await;
    clerk.presses("08:30 交接");
    house.killed().await;
    house.restarted().await;
    let answered = status(&clerk, "按您说的：没写钟点的班，08:30 交接").await;
    assert!(
        answered.text.contains("❓ “上级”这一列"),
        "the other one is still open: {}",
        answered.text
    );
    house.closes().await;
}

#[tokio::test]
async fn a_button_of_an_earlier_question_answers_no_later_one() {
    let (house, clerk) = House::with_clerk(Settings::patient()).await;
    clerk.sends_file("值班表.csv", unnamed(&house));
    clerk.expect_button("是带班领导").await;
    let old = clerk.data_of("是带班领导").expect("the button has data");
    presses(&clerk, "先问下一个").await;
    let other = status(&clerk, "❓ 4 个班没有写钟点").await;
    let press = clerk.forges(&old);
    clerk.expect_press_answered(&press).await;
    let now = status(&clerk, "❓ 4 个班没有写钟点").await;
    assert_eq!((now.text, now.edits), (other.text, other.edits));
    house.closes().await;
}

#[tokio::test]
async fn a_row_is_left_out_by_a_persons_choice_and_shows_as_a_gap() {
    let (house, clerk) = House::with_clerk(Settings::patient()).await;
    let day = house.plan.first_day();
    let csv = format!(
        "单位,日期,时间,值班员\n城关镇,{day},0:00-24:00,张建国\n东河乡,{day},25:00-99:00,王伟\n东河乡,{day},0:00-0:30,赵敏\n"
    );
    clerk.sends_file("值班表.csv", csv);
    let open = status(&clerk, "❓ 第 3 行读不懂").await;
    let (_, label) = putting_in_force(&open).expect("as it is, without the row");
    assert!(label.contains("不要第 3 行"), "{label}");
    let leave_out = open
        .buttons
        .iter()
        .find(|l| *l == "不要第 3 行")
        .expect("a choice");
    presses(&clerk, leave_out).await;
    let left = status(&clerk, "按您说的：不要这一行").await;
    let (_, label) = putting_in_force(&left).expect("still one");
    assert!(
        !label.contains("第 3 行"),
        "nothing is unread any more: {label}"
    );
    house.closes().await;
}

#[tokio::test]
async fn the_marked_file_comes_on_a_button() {
    let (house, clerk) = House::with_clerk(Settings::patient()).await;
    let day = house.plan.first_day();
    let csv = format!(
        "单位,日期,时间,值班员\n城关镇,{day},0:00-24:00,张建国\n东河乡,{day},25:00-99:00,王伟\n"
    );
    clerk.sends_file("值班表.csv", csv);
    presses(&clerk, "下载标红的表").await;
    let (name, bytes) = clerk
        .expect("the marked copy as a file", |view| {
            view.replies().last()?.file.clone()
        })
        .await;
    assert_eq!(name, "值班表-标红.xlsx");
    assert!(bytes.starts_with(b"PK"), "a workbook");
    // It is the clerk's own file: sent back, it reads the same.
    clerk.sends_file(&name, bytes);
    status(&clerk, "❓ 第 3 行读不懂").await;
    house.closes().await;
}

#[tokio::test]
async fn everything_is_asked_in_english_too() {
    let (house, clerk) = House::with_clerk(Settings::english()).await;
    clerk.speaks("en");
    clerk.sends_file("roster.csv", unnamed(&house));
    presses(&clerk, "The duty leader").await;
    presses(&clerk, "Handover at 08:30").await;
    let settled = status(
        &clerk,
        "as you said: shifts without hours hand over at 08:30",
    )
    .await;
    assert!(
        putting_in_force(&settled).is_some_and(|(_, label)| label.contains("Use")),
        "{:?}",
        settled.buttons
    );
    house.closes().await;
}
