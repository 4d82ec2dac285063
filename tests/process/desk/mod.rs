//! The web desk over real HTTP: coming in once, forms of its own alone, the clerk's round by forms.

mod browser;
mod circulars;
mod leaves;

pub use browser::Browser;

use reqwest::StatusCode;
use reqwest::header::{LOCATION, RETRY_AFTER};

use super::roster::{two_towns, two_towns_with_a_gap};
use super::{House, Settings, bind, payload, presses};
use browser::{login_path, path_of};

#[tokio::test]
async fn the_printed_link_opens_the_desk_once() {
    let house = House::open(Settings::default()).await;
    let mut stranger = Browser::at(&house).await;
    let shut = stranger.get("/").await;
    assert_eq!(shut.status, StatusCode::UNAUTHORIZED);
    assert!(shut.html.contains("/desk"), "{}", shut.text());

    let mut clerk = Browser::logged_in(&house).await;
    let page = clerk.get("/").await;
    assert_eq!(page.status, StatusCode::OK);
    let policy = page
        .headers
        .get("content-security-policy")
        .expect("a policy");
    let policy = policy.to_str().expect("plain");
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );
    assert!(!page.html.contains("style=\"") && !page.html.contains("<style"));

    let second = stranger.get(&login_path(&house).await).await;
    assert_eq!(second.status, StatusCode::GONE);
    assert!(
        second.html.contains("/desk"),
        "what to do: {}",
        second.text()
    );
    assert_eq!(stranger.get("/").await.status, StatusCode::UNAUTHORIZED);
    house.closes().await;
}

#[tokio::test]
async fn a_form_that_is_not_the_desks_changes_nothing() {
    let house = House::open(Settings::default()).await;
    let mut clerk = Browser::logged_in(&house).await;
    let order = [("order", "check_all"), ("of", ""), ("back", "/checks")];
    let refused = clerk.post("/order", &order).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);

    let mut other = Browser::at(&house).await;
    let token = clerk.token().await;
    let stolen = [("token", token.as_str()), order[0], order[1], order[2]];
    let refused = other.post("/order", &stolen).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    let done = clerk.post("/order", &stolen).await;
    assert_eq!(
        done.status,
        StatusCode::OK,
        "with both it is: {}",
        done.text()
    );
    house.closes().await;
}

#[tokio::test]
async fn who_guesses_links_has_to_wait() {
    let house = House::open(Settings::default()).await;
    let mut guesser = Browser::at(&house).await;
    for _ in 0..10 {
        let page = guesser.get("/login/AAAAAAAAAAAAAAAAAAAAAA").await;
        assert_eq!(page.status, StatusCode::GONE);
    }
    let page = guesser.get(&login_path(&house).await).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(page.headers.contains_key(RETRY_AFTER));
    house.closes().await;
}

#[tokio::test]
async fn a_clerk_comes_in_by_the_link_of_the_chat_and_goes_out_everywhere() {
    let (house, clerk) = House::with_clerk(Settings::default()).await;
    clerk.says("/desk");
    let sent = clerk.expect_saying("/login/").await;
    let mut office = Browser::at(&house).await;
    let page = office.get(&path_of(&sent)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let journal = office.get("/journal").await;
    assert!(journal.html.contains("登录值班台"), "{}", journal.text());

    let mut copy = Browser::at(&house).await;
    copy.cookie.clone_from(&office.cookie);
    let token = office.token().await;
    office.post("/logout", &[("token", &token)]).await;
    assert_eq!(copy.get("/").await.status, StatusCode::UNAUTHORIZED);
    house.closes().await;
}

#[tokio::test]
async fn the_clerks_round_is_done_by_forms() {
    let settings = Settings {
        window: "3s",
        ..Settings::default()
    };
    let mut house = House::open(settings).await;
    let mut desk = Browser::logged_in(&house).await;
    let token = desk.token().await;
    desk.post("/name", &[("token", &token), ("name", "周文员")])
        .await;

    let sent = desk
        .uploads("国庆值班表.csv", two_towns_with_a_gap().csv(&house.plan))
        .await;
    let read = desk.expect(&sent.path, "有空档也启用").await;
    assert!(read.html.contains("东河乡"), "{}", read.text());
    let used = desk.presses(&read, "有空档也启用").await;
    assert!(used.text().contains("第 1 版已启用"), "{}", used.text());

    let mut officers = Vec::new();
    for (name, phone) in two_towns().people() {
        let officer = house.person(name, &format!("86{phone}"));
        bind(&officer).await;
        officers.push(officer);
    }
    let checks = desk.get("/checks").await;
    let started = desk.orders(&checks, "抽查全部").await;
    assert!(
        started.text().contains("第 1 轮抽查已发出"),
        "{}",
        started.text()
    );
    officers[0].expect_button("在岗").await;
    officers[0].presses("在岗");

    let board = desk.expect("/", ">没答<").await;
    assert!(
        board.text().contains("没有收到回答，待核实"),
        "{}",
        board.text()
    );
    assert!(!board.html.contains("脱岗") && !board.html.contains("13800000002"));
    assert!(
        board.html.find("许刚") < board.html.find("王建国"),
        "silence on top"
    );

    let sheet = desk.presses(&board, "核实").await;
    let asked = desk.presses(&sheet, "定为：脱岗").await;
    let reason = [
        ("token", token.as_str()),
        ("text", "值班电话没人接，派人看了不在"),
        ("back", "/"),
    ];
    assert!(asked.html.contains("name=\"text\""), "{}", asked.text());
    let ruled = desk.post("/say", &reason).await;
    assert!(ruled.text().contains("周文员"), "signed: {}", ruled.text());
    let journal = desk.get("/journal").await;
    assert!(journal.html.contains("核实结论"), "{}", journal.text());
    let metrics = desk.get("/metrics").await;
    assert!(
        metrics
            .html
            .contains("zaigang_checks{outcome=\"no_answer\"} 1"),
        "{}",
        metrics.html
    );
    assert!(
        metrics
            .html
            .contains("zaigang_checks{outcome=\"present\"} 1"),
        "{}",
        metrics.html
    );
    house.closes().await;
}

#[tokio::test]
async fn a_clerk_on_duty_who_orders_a_check_at_the_desk_is_asked_in_the_chat() {
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &two_towns()).await;
    let deputy = &officers[0];
    clerk.says("/clerks");
    presses(&clerk, "请一位同事来管").await;
    let link = clerk.expect_saying("?start=clerk_").await;
    deputy.start(payload(&link, "clerk_"));
    deputy.expect_saying("管理员").await;
    let mut desk = Browser::by_the_chat(&house, deputy).await;
    let checks = desk.get("/checks").await;
    desk.orders(&checks, "抽查全部").await;
    presses(deputy, "在岗").await;
    presses(&officers[1], "在岗").await;
    desk.expect("/checks", "在岗 2、").await;
    house.closes().await;
}

#[tokio::test]
async fn an_open_stream_does_not_hold_the_program_up() {
    let house = House::open(Settings::default()).await;
    let mut clerk = Browser::logged_in(&house).await;
    let mut news = clerk.news().await;
    assert_eq!(news.status(), StatusCode::OK);
    let token = clerk.token().await;
    clerk
        .post("/name", &[("token", &token), ("name", "周文员")])
        .await;
    let told = news.chunk().await.expect("a stream").expect("an event");
    assert!(told.starts_with(b"event: changed"), "{told:?}");
    house.closes().await;
}

#[tokio::test]
async fn what_changed_while_a_page_was_on_its_way_is_told_at_once() {
    let (house, clerk) = House::with_clerk(Settings::default()).await;
    let mut desk = Browser::by_the_chat(&house, &clerk).await;
    let page = desk.get("/").await;
    let (_, stream) = page.html.split_once("data-stream=\"").expect("a stream");
    let (stream, _) = stream.split_once('"').expect("an end");
    clerk.says("/lang zh");
    clerk.expect_reply().await;
    let mut news = desk.news_of(stream).await;
    let told = news.chunk().await.expect("a stream").expect("an event");
    assert!(told.starts_with(b"event: changed"), "{told:?}");
    house.closes().await;
}

#[tokio::test]
async fn the_desk_goes_on_where_it_was_after_a_restart() {
    let (mut house, clerk) = House::with_clerk(Settings::default()).await;
    let mut desk = Browser::by_the_chat(&house, &clerk).await;
    let token = desk.token().await;
    clerk.says("/desk");
    let unused = clerk
        .expect("a second link", |view| {
            let links = view.bots().filter(|seen| seen.text.contains("/login/"));
            let links: Vec<String> = links.map(|seen| path_of(&seen.text)).collect();
            links.get(1).cloned()
        })
        .await;
    house.killed().await;
    house.restarted().await;

    desk.moves_to(&house);
    let page = desk.get("/").await;
    assert_eq!(page.status, StatusCode::OK, "who is in stays in");
    let order = [("order", "who"), ("of", ""), ("back", "/people")];
    let foreign = desk.post("/order", &order).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    let signed = [("token", token.as_str()), order[0], order[1], order[2]];
    let done = desk.post("/order", &signed).await;
    assert_eq!(
        done.status,
        StatusCode::OK,
        "a form from before still counts"
    );
    let mut news = desk.news().await;
    clerk.says("/lang zh");
    let told = news.chunk().await.expect("a stream").expect("an event");
    assert!(told.starts_with(b"event: changed"), "{told:?}");

    let mut other = Browser::at(&house).await;
    other.moves_to(&house);
    assert_eq!(other.get(&unused).await.status, StatusCode::OK);
    for _ in 0..10 {
        let again = other.get(&unused).await;
        assert_eq!(again.status, StatusCode::GONE, "it opens once");
    }
    let limited = other.get(&unused).await;
    assert_eq!(limited.status, StatusCode::TOO_MANY_REQUESTS);
    house.closes().await;
}

#[tokio::test]
async fn the_other_language_is_the_same_page() {
    let (house, clerk) = House::with_clerk(Settings::default()).await;
    let mut desk = Browser::by_the_chat(&house, &clerk).await;
    let page = desk.get("/journal?before=3").await;
    let (_, way) = page.html.split_once("href=\"/lang/en?").expect("a way");
    let (way, _) = way.split_once('"').expect("an end");
    let answer = desk.client.get(format!("{}/lang/en?{way}", desk.home));
    let answer = answer.send().await.expect("an answer");
    assert_eq!(answer.headers()[LOCATION], "/journal?before=3");
    let foreign = desk
        .client
        .get(format!("{}/lang/en?back=//x.example", desk.home));
    let foreign = foreign.send().await.expect("an answer");
    assert_eq!(foreign.headers()[LOCATION], "/");
    house.closes().await;
}
