//! The own page: shifts, the open check, leave and the calendar, for people without Telegram too.

use reqwest::StatusCode;

use super::roster::{Roster, two_towns};
use super::visitor::{Visitor, link_with};
use super::{House, Settings, bind, counts};
use crate::botapi::Person;

const PUBLIC: &str = "url = \"http://duty.example\"";

fn public(settings: &Settings) -> Settings {
    Settings {
        more: PUBLIC,
        store: settings.store.clone(),
        ..*settings
    }
}

/// The clerk asks for the link of somebody without an account.
async fn invited(house: &House, clerk: &Person, name: &str) -> Visitor {
    clerk.says(&format!("/invite {name}"));
    let invitation = clerk.expect_saying("/p/").await;
    let link = link_with(&invitation, "http://duty.example/p/");
    Visitor::new(&house.running.said().text(), link)
}

#[tokio::test]
async fn who_has_no_telegram_answers_on_the_own_page() {
    let settings = public(&Settings::patient());
    let (house, clerk) = House::with_clerk(settings).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    let wang = invited(&house, &clerk, "王建国").await;
    let page = wang.opens().await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("城关镇 <b>王建国</b>"), "{}", page.text);
    assert!(page.text.contains("正在值班"), "{}", page.text);
    assert!(!page.text.contains("<script"), "{}", page.text);
    for (header, value) in [
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(page.headers[header], value);
    }

    clerk.says("/check all");
    clerk.expect_saying("送不到 2").await;
    let answered = wang.presses("我在岗").await;
    assert!(answered.text.contains("mark ok"), "{}", answered.text);
    clerk.expect_saying(&counts(1, 0, 0, 1, 0)).await;

    // Nobody else's check can be answered there.
    let page = wang.opens().await.text;
    assert!(!page.contains("我在岗"), "{page}");
    let (_, token) = page.split_once("name=\"token\" value=\"").unwrap();
    let token = token.split('"').next().unwrap();
    wang.posts(token, &[("press", r#"{"answer":2}"#)]).await;
    wang.posts(token, &[("press", r#""check_all""#)]).await;
    let foreign = wang.posts("", &[("press", r#"{"answer":2}"#)]).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    clerk.says("/who");
    clerk.expect_saying("排在岗上的人").await;
    assert_eq!(
        clerk.sees().count("已发出"),
        1,
        "no round was ordered from the page"
    );
    assert_eq!(clerk.sees().count(&counts(2, 0, 0, 0, 0)), 0);

    house.closes().await;
}

#[tokio::test]
async fn a_late_answer_on_the_page_is_explained_there_and_seen_in_the_chat() {
    let settings = public(&Settings {
        window: "1s",
        ..Settings::default()
    });
    let roster = Roster::of(&[("城关镇", "王建国", "13800000001")]);
    let (house, clerk, officers) = House::on_duty(settings, &roster).await;
    let wang = &officers[0];
    wang.says("/me");
    wang.expect_button("我的页面").await;
    wang.presses("我的页面");
    let link = wang.expect_saying("http://duty.example/p/").await;
    let visitor = Visitor::new(&house.running.said().text(), link_with(&link, "/p/"));
    visitor.opens().await;
    clerk.says("/check all");
    clerk.expect_saying(&counts(0, 0, 1, 0, 0)).await;
    let late = visitor.presses("补答").await;
    assert!(late.text.contains("迟答"), "{}", late.text);
    clerk.expect_saying(&counts(0, 1, 0, 0, 0)).await;
    let explained = visitor.presses("在巡查").await;
    assert!(!explained.text.contains("没听见"), "{}", explained.text);
    assert!(explained.text.contains("在巡查"), "{}", explained.text);
    wang.expect_saying("迟答").await;
    house.closes().await;
}

#[tokio::test]
async fn an_answer_that_could_not_reach_us_in_time_is_not_held_late() {
    let settings = public(&Settings {
        window: "2s",
        ..Settings::default()
    });
    let roster = Roster::of(&[("城关镇", "王建国", "13800000001")]);
    let (mut house, clerk, officers) = House::on_duty(settings, &roster).await;
    let wang = &officers[0];
    wang.says("/me");
    wang.expect_button("我的页面").await;
    wang.presses("我的页面");
    let link = wang.expect_saying("http://duty.example/p/").await;
    let mut visitor = Visitor::new(&house.running.said().text(), link_with(&link, "/p/"));
    visitor.opens().await;
    clerk.says("/check all");
    wang.expect_saying("【抽查】").await;
    house.killed().await;
    house.restarted().await;
    visitor.moves_to(&house.running.said().text());
    // Judged: silence proves nothing where the page could not be reached.
    clerk.expect_saying(&counts(0, 0, 0, 0, 1)).await;
    clerk.expect_saying("个人页面打不开").await;
    house.closes().await;
}

#[tokio::test]
async fn leave_is_asked_for_on_the_page_and_approved_in_the_chat() {
    let settings = public(&Settings::patient());
    let roster = Roster::default()
        .with("城关镇", "王建国", "13800000001", 0)
        .with("城关镇", "许刚", "13800000002", 9);
    let (mut house, clerk) = House::with_clerk(settings).await;
    house.puts_in_force(&clerk, &roster).await;
    let xu = house.person("许刚", "8613800000002");
    bind(&xu).await;
    let wang = invited(&house, &clerk, "王建国").await;
    wang.opens().await;
    wang.presses("我要请假").await;
    wang.presses("—").await;
    wang.presses("其他").await;
    let asked = wang.writes("孩子住院 <急>").await;
    assert!(asked.text.contains("谁来接"), "{}", asked.text);
    let warned = wang.presses("许刚").await;
    assert!(warned.text.contains("仍然送审"), "{}", warned.text);
    let waiting = wang.presses("仍然送审").await;
    assert!(waiting.text.contains("撤回"), "{}", waiting.text);
    xu.expect_button("我来接").await;
    xu.presses("我来接");
    let told = clerk.expect_button("同意").await;
    assert!(told.contains("孩子住院"), "{told}");
    clerk.presses("同意");
    xu.expect_saying("由您替王建国值班").await;
    let done = wang.opens().await;
    assert!(done.text.contains("已批准"), "{}", done.text);
    assert!(!done.text.contains("正在值班"), "{}", done.text);
    house.closes().await;
}

#[tokio::test]
async fn a_calendar_is_followed_by_its_own_link_and_changes_with_a_swap() {
    let settings = public(&Settings::patient());
    let (house, clerk) = House::with_clerk(settings).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    let wang = invited(&house, &clerk, "王建国").await;
    let page = wang.opens().await.text;
    let (_, rest) = page
        .split_once("href=\"http://duty.example/calendar/")
        .unwrap();
    let file = rest.split('"').next().unwrap();
    let path = format!("/calendar/{file}");
    let calendar = wang.gets(&path).await;
    assert_eq!(calendar.status, StatusCode::OK);
    assert_eq!(
        calendar.headers["content-type"],
        "text/calendar; charset=utf-8"
    );
    assert_eq!(calendar.text.matches("BEGIN:VEVENT").count(), 1);
    assert!(!calendar.text.contains("13800000001"), "{}", calendar.text);

    // A calendar's link opens no page, and a page's no calendar.
    let secret = file.trim_end_matches(".ics");
    assert_eq!(
        wang.gets(&format!("/p/{secret}")).await.status,
        StatusCode::NOT_FOUND
    );
    let own = wang.path.trim_start_matches("/p/");
    let crossed = wang.gets(&format!("/calendar/{own}.ics")).await;
    assert_eq!(crossed.status, StatusCode::NOT_FOUND);

    clerk.says("/unit 东河乡");
    let unit = clerk.expect_saying("/calendar/").await;
    let link = super::visitor::path_of(link_with(&unit, "/calendar/"));
    let of_unit = wang.gets(&link).await;
    assert!(of_unit.text.contains("许刚"), "{}", of_unit.text);
    assert!(!of_unit.text.contains("王建国"), "{}", of_unit.text);
    house.closes().await;
}

#[tokio::test]
async fn a_good_link_works_however_many_wrong_ones_are_tried() {
    let settings = public(&Settings::patient());
    let (house, clerk) = House::with_clerk(settings).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    let wang = invited(&house, &clerk, "王建国").await;
    for _ in 0..10 {
        let wrong = wang.gets("/p/0123456789012345678901").await;
        assert_eq!(wrong.status, StatusCode::NOT_FOUND);
    }
    let eleventh = wang.gets("/calendar/0123456789012345678901.ics").await;
    assert_eq!(eleventh.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(wang.opens().await.status, StatusCode::OK);
    house.closes().await;
}

#[tokio::test]
async fn links_taken_back_lead_nowhere_and_new_ones_do() {
    let settings = public(&Settings::patient());
    let (house, clerk) = House::with_clerk(settings).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    let old = invited(&house, &clerk, "王建国").await;
    assert_eq!(old.opens().await.status, StatusCode::OK);
    clerk.says("/unbind 王建国");
    clerk.expect_saying("已作废").await;
    let dead = old.opens().await;
    assert_eq!(dead.status, StatusCode::NOT_FOUND);
    assert!(dead.text.contains("链接用不了了"), "{}", dead.text);
    assert!(!dead.text.contains("王建国"), "{}", dead.text);
    clerk.says("/invite 王建国");
    let again = clerk
        .expect("another link", |view| {
            let replies = view.replies();
            let last = replies.last()?.text.clone();
            last.contains("/p/").then_some(last)
        })
        .await;
    let new = Visitor::new(&house.running.said().text(), link_with(&again, "/p/"));
    assert_ne!(new.path, old.path);
    assert_eq!(new.opens().await.status, StatusCode::OK);
    house.closes().await;
}

#[tokio::test]
async fn without_an_address_for_others_nothing_is_said_of_pages() {
    let roster = Roster::of(&[("城关镇", "王建国", "13800000001")]);
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &roster).await;
    officers[0].says("/me");
    officers[0].expect_saying("您的班").await;
    assert!(officers[0].sees().offering("我的页面").is_none());
    clerk.says("/unit 城关镇");
    let unit = clerk.expect_saying("接下来的班").await;
    assert!(!unit.contains("http"), "{unit}");
    house.closes().await;
}
