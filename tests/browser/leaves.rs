//! Leave at the desk, in a browser: it comes up on the page by itself, is weighed and approved.

use super::Browser;
use super::legible::works_by_keyboard;
use super::sound::is_sound;
use crate::process::roster::Roster;
use crate::process::visitor::{Visitor, link_with, path_of};
use crate::process::{House, Settings, presses};

#[tokio::test]
async fn leave_and_its_gap_are_weighed_and_approved_in_a_browser() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let town = Roster::default()
        .with("城关镇", "王建国", "13800000001", 0)
        .with("城关镇", "许刚", "13800000002", 9);
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &town).await;
    let [wang, xu] = &officers[..] else {
        panic!("two officers");
    };
    clerk.says("/desk");
    let sent = clerk.expect_saying("/login/").await;
    let said = house.running.said().text();
    let visitor = Visitor::new(&said, "http://duty.example/");
    let address = visitor.address();
    let login = path_of(link_with(&sent, "/login/"));
    browser.goes(&format!("{address}{login}")).await;
    browser.goes(&format!("{address}/leaves")).await;
    browser.sees("没有等着答复的").await;

    wang.says("/leave");
    for label in ["—", "家里有事", "还没找到", "仍然送审"] {
        presses(wang, label).await;
    }
    // The page is not asked for again: it tells by itself.
    browser.sees("没人值班").await;
    is_sound(&browser, address, "desk-leave-gap").await;
    works_by_keyboard(&browser, "desk-leave-gap").await;
    browser.goes(&format!("{address}/leaves")).await;
    browser.presses("请先找接班人").await;
    wang.expect_saying("请先定接班人").await;
    presses(wang, "许刚").await;
    presses(wang, "仍然送审").await;
    browser.goes(&format!("{address}/leaves")).await;
    browser.sees("许刚").await;
    is_sound(&browser, address, "desk-leave-with-another").await;
    presses(xu, "我来接").await;
    browser.offers("不同意").await;
    is_sound(&browser, address, "desk-leave-asked").await;
    browser.presses_whole("同意").await;
    browser.sees("没有等着答复的").await;
    is_sound(&browser, address, "desk-leave-approved").await;
    xu.expect_saying("由您替王建国值班").await;
    browser.goes(&format!("{address}/")).await;
    browser.sees("许刚").await;
    is_sound(&browser, address, "desk-leave-today").await;
    house.closes().await;
}
