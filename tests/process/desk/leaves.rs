//! Leave and swaps at the desk: what waits is seen there, and approved or refused by its buttons.

use chrono::{DateTime, Duration, DurationRound, Utc};
use chrono_tz::Asia::Shanghai;

use super::Browser;
use crate::botapi::Person;
use crate::process::roster::Roster;
use crate::process::{House, Settings, bind, presses};

/// 王建国 on duty now, 许刚 of the same unit at home since an hour ago.
fn one_on_duty_and_one_at_home() -> Roster {
    Roster::default()
        .with("城关镇", "王建国", "13800000001", 0)
        .with("城关镇", "许刚", "13800000002", 9)
}

/// 王建国 asks 许刚 to take his shift, and 许刚 is asked.
async fn leave_asked_for(wang: &Person) {
    wang.says("/leave");
    for label in ["—", "家里有事", "许刚", "仍然送审"] {
        presses(wang, label).await;
    }
}

#[tokio::test]
async fn leave_is_approved_at_the_desk() {
    let roster = one_on_duty_and_one_at_home();
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &roster).await;
    let [wang, xu] = &officers[..] else {
        panic!("two officers");
    };
    let mut desk = Browser::by_the_chat(&house, &clerk).await;
    let quiet = desk.get("/leaves").await;
    assert!(quiet.text().contains("没有等着"), "{}", quiet.text());

    leave_asked_for(wang).await;
    let with_xu = desk.expect("/leaves", "许刚").await;
    assert!(
        !with_xu.html.contains(">同意</button>"),
        "it waits for the stand-in: {}",
        with_xu.text()
    );
    presses(xu, "我来接").await;
    let asked = desk.expect("/leaves", ">不同意</button>").await;
    assert!(
        asked.text().contains("许刚接班（已同意）"),
        "{}",
        asked.text()
    );
    let done = desk.presses(&asked, "同意").await;
    assert!(
        done.text().contains("没有等着"),
        "nothing waits any more: {}",
        done.text()
    );
    wang.expect_saying("已批准").await;
    xu.expect_saying("由您替王建国值班").await;
    // What was asked in the chat is settled there too.
    clerk
        .expect("no question left in the chat", |view| {
            view.offering("不同意").is_none().then_some(())
        })
        .await;
    let today = desk.get("/").await;
    assert!(today.text().contains("许刚"), "{}", today.text());
    let journal = desk.get("/journal").await;
    assert!(
        journal.text().contains("城关镇 王建国 → 许刚"),
        "{}",
        journal.text()
    );
    house.closes().await;
}

#[tokio::test]
async fn leave_is_refused_at_the_desk_and_the_shift_stays_whose_it_was() {
    let roster = one_on_duty_and_one_at_home();
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &roster).await;
    let [wang, xu] = &officers[..] else {
        panic!("two officers");
    };
    let mut desk = Browser::by_the_chat(&house, &clerk).await;
    leave_asked_for(wang).await;
    presses(xu, "我来接").await;
    let asked = desk.expect("/leaves", ">不同意</button>").await;
    let refused = desk.presses(&asked, "不同意").await;
    assert!(refused.text().contains("没有等着"), "{}", refused.text());
    wang.expect_saying("没有批准，这个班还是您的").await;
    // A page from before the refusal approves nothing any more.
    desk.presses(&asked, "同意").await;
    clerk.says("/who");
    let who = clerk.expect_saying("排在岗上的人").await;
    assert!(who.contains("王建国") && !who.contains("许刚"), "{who}");
    house.closes().await;
}

/// 王建国 until two hours from now, then 许刚.
fn one_after_the_other() -> String {
    let hour = Utc::now()
        .duration_trunc(Duration::hours(1))
        .expect("this hour has a beginning")
        .with_timezone(&Shanghai);
    let civil = |hours: i64| {
        let at: DateTime<_> = hour + Duration::hours(hours);
        at.format("%Y-%m-%d %H:%M")
    };
    format!(
        "单位,岗位,姓名,手机,开始时间,结束时间\r\n\
         城关镇,值班员,王建国,13800000001,{},{}\r\n\
         城关镇,值班员,许刚,13800000002,{},{}\r\n",
        civil(-4),
        civil(3),
        civil(3),
        civil(8),
    )
}

#[tokio::test]
async fn a_swap_is_approved_at_the_desk() {
    let (mut house, clerk) = House::with_clerk(Settings::patient()).await;
    clerk.sends_file("国庆值班表.csv", one_after_the_other());
    presses(&clerk, "启用").await;
    clerk.expect_saying("已启用").await;
    let wang = house.person("王建国", "8613800000001");
    let xu = house.person("许刚", "8613800000002");
    bind(&wang).await;
    bind(&xu).await;
    let mut desk = Browser::by_the_chat(&house, &clerk).await;

    wang.says("/swap");
    // Both come back sooner than people should, and that is said.
    for label in ["—", "许刚", "仍然送审"] {
        presses(&wang, label).await;
    }
    presses(&xu, "可以换").await;
    let asked = desk.expect("/leaves", ">不同意</button>").await;
    assert!(asked.text().contains("王建国 ⇄ 许刚"), "{}", asked.text());
    desk.presses(&asked, "同意").await;
    wang.expect_saying("换好了").await;
    xu.expect_saying("已批准").await;
    clerk.says("/who");
    let who = clerk.expect_saying("排在岗上的人").await;
    assert!(who.contains("许刚"), "{who}");
    house.closes().await;
}

#[tokio::test]
async fn leave_for_somebody_who_rang_is_ordered_at_the_desk() {
    let roster = one_on_duty_and_one_at_home();
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &roster).await;
    let mut desk = Browser::by_the_chat(&house, &clerk).await;
    let token = desk.token().await;
    let order = [
        ("token", token.as_str()),
        ("order", "leave"),
        ("of", "王建国"),
        ("back", "/leaves"),
    ];
    let turns = desk.post("/order", &order).await;
    let turn = turns.button_with("—");
    let reasons = desk.presses(&turns, &turn).await;
    let asked = desk.presses(&reasons, "其他").await;
    assert!(asked.html.contains("name=\"text\""), "{}", asked.text());
    let words = [
        ("token", token.as_str()),
        ("text", "孩子住院 <急>"),
        ("back", "/leaves"),
    ];
    let whom = desk.post("/say", &words).await;
    assert!(whom.text().contains("谁来接"), "{}", whom.text());
    let stand_in = whom.button_with("许刚");
    let warned = desk.presses(&whom, &stand_in).await;
    desk.presses(&warned, "仍然批准").await;
    officers[0].expect_saying("许刚").await;
    officers[1].expect_saying("由您替王建国值班").await;
    house.closes().await;
}
