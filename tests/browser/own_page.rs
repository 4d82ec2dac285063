//! The own page on an old phone: no script runs, and everything works.

use super::Browser;
use super::legible::works_by_keyboard;
use super::sound::is_sound;
use crate::process::roster::Roster;
use crate::process::visitor::{Visitor, link_with};
use crate::process::{House, Settings, counts};

fn town() -> Roster {
    Roster::default()
        .with("城关镇", "王建国", "13800000001", 0)
        .with("城关镇", "许刚", "13800000002", 9)
}

#[tokio::test]
async fn the_own_page_works_without_a_script_and_fits_every_screen() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let settings = Settings {
        more: "url = \"http://duty.example\"",
        ..Settings::patient()
    };
    let (house, clerk) = House::with_clerk(settings).await;
    house.puts_in_force(&clerk, &town()).await;
    clerk.says("/invite 王建国");
    let invitation = clerk.expect_saying("/p/").await;
    let said = house.running.said().text();
    let visitor = Visitor::new(&said, link_with(&invitation, "http://duty.example/p/"));
    let address = visitor.address();
    browser.forbids_scripts().await;

    browser.goes(&format!("{address}{}", visitor.path)).await;
    browser.sees("现在没有等您回答的抽查").await;
    is_sound(&browser, address, "own-quiet").await;

    clerk.says("/check all");
    clerk.expect_saying("送不到 1").await;
    browser.follows("刷新").await;
    browser.sees("您现在在岗吗").await;
    is_sound(&browser, address, "own-asked").await;
    browser.presses("我在岗").await;
    browser.sees("在岗。").await;
    clerk.expect_saying(&counts(1, 0, 0, 0, 0)).await;
    is_sound(&browser, address, "own-answered").await;

    browser.presses("我要请假").await;
    browser.sees("哪个班要请假").await;
    browser.presses("—").await;
    browser.presses("其他").await;
    browser.writes("words", "孩子住院，<b>急</b>").await;
    is_sound(&browser, address, "own-reason").await;
    browser.presses("发送").await;
    browser.presses("还没找到").await;
    browser.sees("没人值班").await;
    is_sound(&browser, address, "own-warned").await;
    browser.presses("仍然送审").await;
    browser.sees("撤回").await;
    clerk.expect_button("仍然同意").await;
    is_sound(&browser, address, "own-waiting").await;

    works_by_keyboard(&browser, "own-waiting").await;
    browser.follows("English").await;
    browser.sees("My shifts").await;
    is_sound(&browser, address, "own-english").await;

    browser
        .goes(&format!("{address}/p/0123456789012345678901"))
        .await;
    browser.sees("leads nowhere").await;
    house.closes().await;
}
