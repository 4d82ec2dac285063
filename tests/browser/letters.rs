//! The demo's desk, on a machine that has no Chinese letters: every word can be read all the same,
//! and the README's pictures are taken of it.

use std::path::Path;
use std::process::Command;

use serde_json::json;

use super::sound::is_sound;
use super::{Browser, Screen};
use crate::process::running::Running;
use crate::process::visitor::{link_with, path_of};

/// Set, it takes the README's pictures anew.
const TAKE: &str = "ZAIGANG_README";

/// The fonts of its own that the page uses, once they are all there.
const LOADED: &str = "return new Promise((tell) => {
    const look = () => {
        const fonts = [...document.fonts].map((font) => font.family + ' ' + font.status);
        if (fonts.every((font) => font.endsWith(' loaded'))) tell(fonts);
        else setTimeout(look, 100);
    };
    look();
});";

#[tokio::test]
async fn the_desk_of_the_demo_is_read_where_there_is_no_chinese_font() {
    let Some(browser) = Browser::open_without_chinese().await else {
        return;
    };
    let mut demo = Command::new(env!("CARGO_BIN_EXE_zaigang"));
    demo.args(["demo", "--lang", "zh"]);
    let mut demo = Running::start_storyteller(demo).await;
    let login = demo.expect_line("/login/").await;
    let login = link_with(&login, "/login/").to_owned();
    let (address, _) = login.split_once("/login/").expect("an address");

    browser.takes(Screen::Desk).await;
    browser.goes(&format!("{address}{}", path_of(&login))).await;
    browser.writes("name", "周文员").await;
    browser.presses("保存").await;
    browser.sees("单位此刻已排人").await;
    let loaded = browser.asks(LOADED).await;
    assert_eq!(loaded, json!(["Letters loaded"]));
    is_sound(&browser, address, "demo-desk").await;
    if std::env::var_os(TAKE).is_some() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures");
        the_round_is_over(&browser).await;
        for (screen, height) in [(Screen::Desk, 1180), (Screen::Phone, 1180)] {
            browser.takes(screen).await;
            let file = folder.join(format!("desk-{}.webp", screen.width()));
            browser.keeps_view(&file, (screen.width(), height)).await;
        }
    }
    assert_eq!(demo.stop().await, Some(0));
}

/// Somebody who did not answer stands on the page.
async fn the_round_is_over(browser: &Browser) {
    let looked = "return new Promise((tell) => setTimeout(
        () => tell(document.body.innerText.includes('待核实')), 20_000));";
    for _ in 0..12 {
        if browser.asks(looked).await == json!(true) {
            return;
        }
    }
    panic!("the round never ends");
}
