//! The demo for a newcomer: a gap stands on the desk, a round goes on by itself, and one of those
//! who are asked may be played on their own page.

use std::process::Command;

use super::Browser;
use super::sound::is_sound;
use crate::process::running::Running;
use crate::process::visitor::{link_with, path_of};

#[tokio::test]
async fn a_newcomer_sees_a_gap_and_a_round_and_answers_as_an_officer() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let mut demo = Command::new(env!("CARGO_BIN_EXE_zaigang"));
    demo.args(["demo", "--lang", "zh"]);
    let mut demo = Running::start_storyteller(demo).await;
    let said = demo.said().text();
    let address = demo.address();
    let login = path_of(link_with(&said, "/login/"));
    let page = path_of(link_with(&said, "/p/"));

    // Asked already, with two minutes to answer.
    browser.goes(&format!("{address}{page}")).await;
    browser.presses("我在岗").await;
    browser.sees("在岗。").await;
    is_sound(&browser, &address, "demo-own-page").await;

    browser.goes(&format!("{address}{login}")).await;
    browser.sees("处空档").await;
    browser.sees("第 1 轮").await;
    is_sound(&browser, &address, "demo-desk-live").await;
    assert_eq!(demo.stop().await, Some(0));
}
