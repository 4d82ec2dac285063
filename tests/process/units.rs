//! Many units: each liaison sends the own unit's roster, the clerk sees who has not, and chases.

use super::roster::{Roster, two_towns};
use super::{House, Settings, bind, payload, putting_in_force};
use crate::botapi::{BotApi, Person};

const UNITS: &str = "unit,kind,duty_line,min_staff,liaison\n\
    城关镇,乡镇,0000-5550101,,王芳 13800000011\n\
    东河乡,乡镇,,,李明 13800000012\n\
    水利局,部门,,,周红\n\
    应急局,部门,,,\n";

fn listed() -> Settings {
    Settings {
        window: "10m",
        units: Some(UNITS),
        ..Settings::default()
    }
}

fn one_town() -> Roster {
    Roster::of(&[("城关镇", "赵敏", "13800000004")])
}

#[tokio::test]
async fn a_liaison_is_bound_before_any_roster_and_sends_the_own_units() {
    let (mut house, clerk) = House::with_clerk(listed()).await;
    let liaison = house.person("王芳", "8613800000011");
    bind(&liaison).await;
    liaison.expect_saying("您可以报城关镇的值班表").await;
    liaison.says("/unit");
    liaison.expect_saying("还没有报值班表").await;

    liaison.sends_file("城关镇.csv", one_town().csv(&house.plan));
    let status = liaison.expect_button("启用").await;
    assert!(
        !status.contains("东河乡") && !status.contains("水利局"),
        "other units are nobody's business here: {status}"
    );
    let press = liaison.presses("启用");
    liaison.expect_press_answered(&press).await;
    liaison.expect_saying("城关镇的值班表已启用").await;

    let told = clerk.expect_saying("王芳 报了城关镇的值班表").await;
    assert!(told.contains("第 1 版"), "{told}");
    clerk.says("/gaps");
    let gaps = clerk.expect_saying("未报：").await;
    for silent in ["东河乡", "水利局", "应急局"] {
        assert!(gaps.contains(silent), "{silent}: {gaps}");
    }
    assert!(!gaps.contains("未报：城关镇"), "{gaps}");

    liaison.says("/unit");
    let unit = liaison.expect_saying("已报（第 1 版）").await;
    assert!(unit.contains("赵敏"), "{unit}");
    assert!(unit.contains("还没绑定的 1 人"), "{unit}");
    house.closes().await;
}

#[tokio::test]
async fn a_liaison_answers_what_the_own_file_leaves_open() {
    let (mut house, _clerk) = House::with_clerk(listed()).await;
    let liaison = house.person("王芳", "8613800000011");
    bind(&liaison).await;
    let day = house.plan.first_day();
    let unnamed = format!("单位,日期,上级,值班员\n城关镇,{day},李文博,张建国\n");
    liaison.sends_file("城关镇.csv", unnamed);
    liaison.expect_button("是带班领导").await;
    let press = liaison.presses("是带班领导");
    liaison.expect_press_answered(&press).await;
    liaison
        .expect_saying("按您说的：“上级”一列是带班领导")
        .await;
    liaison.expect_button("下载标红的表").await;
    let press = liaison.presses("下载标红的表");
    liaison.expect_press_answered(&press).await;
    let name = liaison
        .expect("the marked copy as a file", |view| {
            Some(view.replies().last()?.file.clone()?.0)
        })
        .await;
    assert_eq!(name, "城关镇-标红.xlsx");
    house.closes().await;
}

#[tokio::test]
async fn a_file_with_another_units_shifts_is_refused_whole() {
    let (mut house, clerk) = House::with_clerk(listed()).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    let liaison = house.person("王芳", "8613800000011");
    bind(&liaison).await;
    let both = Roster::of(&[
        ("城关镇", "赵敏", "13800000004"),
        ("东河乡", "赵敏", "13800000004"),
    ]);
    liaison.sends_file("两个单位.csv", both.csv(&house.plan));
    let refused = liaison.expect_saying("没有收").await;
    assert!(
        refused.contains("东河乡") && refused.contains("城关镇"),
        "{refused}"
    );
    assert!(
        liaison
            .sees()
            .bots()
            .all(|seen| putting_in_force(seen).is_none())
    );
    clerk.says("/who");
    let who = clerk.expect_saying("（第 1 版）").await;
    assert!(!who.contains("赵敏"), "nothing of it was kept: {who}");
    house.closes().await;
}

#[tokio::test]
async fn a_file_that_names_no_unit_is_the_liaisons() {
    let (mut house, clerk) = House::with_clerk(listed()).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    let liaison = house.person("王芳", "8613800000011");
    bind(&liaison).await;
    let csv = one_town().csv(&house.plan);
    let bare: String = csv
        .lines()
        .map(|line| {
            line.split_once(',')
                .map_or(line, |(_, rest)| rest)
                .to_owned()
                + "\r\n"
        })
        .collect();
    liaison.sends_file("值班表.csv", bare);
    liaison.expect_button("启用").await;
    liaison.presses("启用");
    let told = liaison.expect_saying("城关镇的值班表已启用").await;
    assert!(told.contains("第 2 版"), "{told}");
    clerk.expect_saying("王芳 报了城关镇的值班表").await;
    clerk.says("/who");
    let who = clerk.expect_saying("（第 2 版）").await;
    assert!(
        who.contains("城关镇：值班员 赵敏") && who.contains("许刚"),
        "{who}"
    );

    clerk.presses("退回第 1 版");
    clerk
        .expect_saying("第 3 版已启用，就是第 1 版的内容")
        .await;
    house.closes().await;
}

#[tokio::test]
async fn an_officer_who_is_no_liaison_sends_nothing_and_sees_no_unit() {
    let (mut house, clerk) = House::with_clerk(listed()).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    let officer = house.person("王建国", "8613800000001");
    bind(&officer).await;
    officer.sends_file("城关镇.csv", one_town().csv(&house.plan));
    officer.expect_saying("这份文件我不能收").await;
    officer.says("/unit");
    officer.expect_saying("不是哪个单位的联络员").await;
    officer.says("/chase");
    officer.expect_saying("只有值班办公室能用").await;
    house.closes().await;
}

#[tokio::test]
async fn a_duty_leader_sees_and_sends_the_own_unit() {
    let (mut house, clerk) = House::with_clerk(Settings::patient()).await;
    let csv = two_towns()
        .csv(&house.plan)
        .replace("值班员,许刚", "带班领导,许刚");
    clerk.sends_file("国庆值班表.csv", csv);
    clerk.expect_button("启用").await;
    clerk.presses("启用");
    clerk.expect_saying("第 1 版已启用").await;
    let leader = house.person("许刚", "8613800000002");
    bind(&leader).await;
    leader.says("/unit");
    let unit = leader.expect_saying("东河乡").await;
    assert!(!unit.contains("王建国"), "{unit}");
    leader.sends_file(
        "东河乡.csv",
        Roster::of(&[("东河乡", "邓红", "13800000003")]).csv(&house.plan),
    );
    leader.expect_button("启用").await;
    leader.presses("启用");
    leader.expect_saying("东河乡的值班表已启用").await;
    clerk.expect_saying("许刚 报了东河乡的值班表").await;
    house.closes().await;
}

#[tokio::test]
async fn units_that_sent_nothing_are_named_and_chased_once() {
    let (mut house, clerk) = House::with_clerk(listed()).await;
    let liaison = house.person("李明", "8613800000012");
    bind(&liaison).await;
    clerk.says("/gaps");
    let none = clerk.expect_saying("还没有启用的值班表").await;
    assert!(
        none.contains("未报 4 个单位") && none.contains("应急局"),
        "{none}"
    );

    clerk.sends_file("城关镇.csv", one_town().csv(&house.plan));
    let status = clerk.expect_saying("未报：").await;
    assert!(status.contains("东河乡、水利局、应急局"), "{status}");
    clerk.presses("启用");
    clerk.expect_saying("第 1 版已启用").await;

    clerk.says("/chase");
    let report = clerk.expect_saying("已提醒 1 个单位：东河乡（李明）").await;
    assert!(report.contains("没有联络员，请打电话：应急局"), "{report}");
    assert!(report.contains("周红：水利局的值班表还没有报"), "{report}");
    liaison.expect_saying("东河乡的值班表还没有报").await;

    let link = payload(&report, "b_").to_owned();
    clerk.says("/chase");
    let again = clerk.expect_saying("刚提醒过").await;
    assert!(again.contains("东河乡（"), "{again}");
    assert_eq!(
        liaison.sees().count("的值班表还没有报"),
        1,
        "one message each"
    );

    let water = house.person("周红", "8613800000099");
    water.start(&link);
    water.expect_saying("您可以报水利局的值班表").await;
    clerk.says("/chase");
    water.expect_saying("水利局的值班表还没有报").await;
    house.closes().await;
}

#[tokio::test]
async fn units_with_gaps_are_asked_to_fill_them() {
    let (mut house, clerk) = House::with_clerk(listed()).await;
    let liaison = house.person("李明", "8613800000012");
    bind(&liaison).await;
    house
        .puts_in_force(&clerk, &super::roster::two_towns_with_a_gap())
        .await;
    clerk.says("/gaps");
    clerk.expect_button("催补 1 个单位").await;
    clerk.expect_button("催报 2 个单位").await;
    let press = clerk.presses("催补 1 个单位");
    clerk.expect_press_answered(&press).await;
    clerk.expect_saying("已提醒 1 个单位：东河乡（李明）").await;
    let asked = liaison.expect_saying("东河乡的值班表还有空档").await;
    assert!(asked.contains("3 小时"), "{asked}");
    assert!(!asked.contains("城关镇"), "{asked}");
    house.closes().await;
}

#[tokio::test]
async fn people_without_an_account_are_reminded_through_their_liaison() {
    let (mut house, clerk) = House::with_clerk(listed()).await;
    let liaison = house.person("李明", "8613800000012");
    bind(&liaison).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    clerk.presses("提醒绑定");
    clerk.expect_saying("已提醒 1 个单位：东河乡（李明）").await;
    let asked = liaison.expect_saying("还有人没绑定").await;
    let link = payload(&asked, "b_").to_owned();
    let officer = house.person("许刚", "8613800000002");
    officer.start(&link);
    officer.expect_saying("绑定好了：东河乡 许刚").await;
    house.closes().await;
}

#[tokio::test]
async fn a_liaison_gets_the_template_with_the_unit_filled_in() {
    let (mut house, _clerk) = House::with_clerk(listed()).await;
    let liaison = house.person("王芳", "8613800000011");
    bind(&liaison).await;
    liaison.says("/template");
    let (name, _) = liaison
        .expect("the template", |view| view.replies().last()?.file.clone())
        .await;
    assert_eq!(name, "城关镇值班表模板.xlsx");
    house.closes().await;
}

#[tokio::test]
async fn many_units_read_in_english_too() {
    let settings = Settings {
        language: "en",
        ..listed()
    };
    let (mut house, clerk) = House::with_clerk(settings).await;
    clerk.speaks("en");
    let liaison = house.person("王芳", "8613800000011");
    liaison.speaks("en");
    bind(&liaison).await;
    liaison
        .expect_saying("You may send the roster of 城关镇")
        .await;
    clerk.says("/chase");
    clerk.expect_saying("Reminded 1: 城关镇 (王芳)").await;
    liaison
        .expect_saying("The roster of 城关镇 has not come yet")
        .await;
    liaison.sends_file("roster.csv", one_town().csv(&house.plan));
    liaison.expect_button("Use it").await;
    liaison.presses("Use it");
    liaison
        .expect_saying("The roster of 城关镇 is in force")
        .await;
    clerk.expect_saying("王芳 sent the roster of 城关镇").await;
    liaison.says("/unit");
    liaison.expect_saying("submitted (version 1)").await;
    house.closes().await;
}

#[tokio::test]
async fn everybodys_menu_shows_what_they_can_ask_for() {
    let (mut house, clerk) = House::with_clerk(listed()).await;
    let has = async |person: &Person, command: &str| {
        let what = format!("/{command} in {}'s menu", person.name);
        let shown = |_: &BotApi| person.menu().iter().any(|c| c == command).then_some(());
        house.api.expect(&what, shown).await;
    };
    has(&clerk, "chase").await;
    has(&clerk, "versions").await;
    let liaison = house.api.person("王芳", "8613800000011");
    has(&liaison, "me").await;
    assert!(!liaison.menu().contains(&"unit".to_owned()), "not yet");
    bind(&liaison).await;
    has(&liaison, "unit").await;
    assert!(!liaison.menu().contains(&"chase".to_owned()));
    house.puts_in_force(&clerk, &two_towns()).await;
    let officer = house.api.person("王建国", "8613800000001");
    bind(&officer).await;
    assert!(!officer.menu().contains(&"unit".to_owned()));
    house.killed().await;
    house.restarted().await;
    let menus = house.api.calls_of("setMyCommands");
    let again = |api: &BotApi| (api.calls_of("setMyCommands") >= menus + 4).then_some(());
    house.api.expect("the menus at every start", again).await;
    house.closes().await;
}
