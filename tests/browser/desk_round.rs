//! A clerk's round at the desk, from the login link to the verdict, with an officer who has no
//! Telegram and one who does not answer.

use std::io::Cursor;

use super::Browser;
use super::legible::works_by_keyboard;
use super::sound::is_sound;
use crate::documents::{cells, paragraphs};
use crate::process::roster::two_towns_with_a_gap;
use crate::process::visitor::{Visitor, link_with, path_of};
use crate::process::{House, Settings, bind};

#[tokio::test]
async fn a_clerks_round_is_done_in_a_browser() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let settings = Settings {
        window: "15s",
        more: "url = \"http://duty.example\"",
        ..Settings::default()
    };
    let mut house = House::open(settings).await;
    let login = house.running.expect_line("/login/").await;
    let login = path_of(link_with(&login, "/login/"));
    let said = house.running.said().text();
    let printed = Visitor::new(&said, "http://duty.example/");
    let address = printed.address();

    browser.goes(&format!("{address}{login}")).await;
    browser.writes("name", "周文员").await;
    browser.presses("保存").await;
    browser.sees("还没有启用的值班表").await;
    is_sound(&browser, address, "desk-empty").await;

    let roster = tempfile::Builder::new()
        .prefix("国庆值班表")
        .suffix(".csv")
        .tempfile()
        .expect("a file");
    std::fs::write(roster.path(), two_towns_with_a_gap().csv(&house.plan)).expect("a roster");
    browser.goes(&format!("{address}/rosters")).await;
    let file = roster.path().to_str().expect("a plain path");
    browser.writes("file", file).await;
    browser.presses("上传").await;
    browser.sees("有空档也启用").await;
    is_sound(&browser, address, "desk-read").await;
    browser.presses("有空档也启用").await;
    browser.sees("第 1 版已启用").await;

    let xu = house.person("许刚", "8613800000002");
    bind(&xu).await;
    browser.goes(&format!("{address}/people")).await;
    browser.writes("of", "王建国").await;
    browser.presses("查").await;
    browser.sees("http://duty.example/p/").await;
    is_sound(&browser, address, "desk-people").await;
    let text = browser.asks("return document.body.innerText").await;
    let link = link_with(text.as_str().expect("a text"), "http://duty.example/p/");
    let own = path_of(link);

    browser.goes(&format!("{address}/checks")).await;
    browser.presses("抽查全部").await;
    browser.sees("第 1 轮抽查已发出").await;
    browser.goes(&format!("{address}{own}")).await;
    browser.presses("我在岗").await;
    browser.sees("在岗。").await;

    browser.goes(&format!("{address}/")).await;
    browser.sees("没有收到回答，待核实").await;
    is_sound(&browser, address, "desk-today").await;
    browser.presses("核实").await;
    browser.presses("脱岗").await;
    browser.writes("text", "值班电话没人接，派人看了不在").await;
    is_sound(&browser, address, "desk-verdict").await;
    browser.presses("提交").await;
    browser.sees("1 人没答，已核实").await;
    is_sound(&browser, address, "desk-ruled").await;
    papers_are_taken_along(&browser).await;
    the_offices_other_work_is_done(&browser, address).await;
    every_page_is_sound(&browser, address).await;
    browser.goes(&format!("{address}/journal")).await;
    browser.sees("核实结论").await;
    house.closes().await;
}

/// What a clerk takes along opens in the programs it is for.
async fn papers_are_taken_along(browser: &Browser) {
    for (label, inside) in [
        ("通报草稿", "word/document.xml"),
        ("空档（Excel）", "xl/workbook.xml"),
        ("值班表（Excel）", "xl/workbook.xml"),
        ("抽查记录", "xl/workbook.xml"),
    ] {
        let paper = browser.takes_along(label).await;
        let mut archive = zip::ZipArchive::new(Cursor::new(&paper)).expect("an archive");
        archive.by_name(inside).expect("what makes it a document");
        if inside.starts_with("xl") {
            assert!(
                cells(paper.clone(), 0).len() > 1,
                "{label}: a head and more"
            );
        }
        if inside.starts_with("word") {
            let said = paragraphs(&paper).join("\n");
            assert!(
                said.contains("东河乡值班员许刚") && said.contains("由周文员"),
                "{said}"
            );
        }
    }
}

/// The circular, a second clerk, leave for somebody who rang, the sheet for the wall.
async fn the_offices_other_work_is_done(browser: &Browser, address: &str) {
    browser.goes(&format!("{address}/circulars")).await;
    browser.presses("生成通报").await;
    browser.sees("草稿好了").await;
    is_sound(browser, address, "desk-circular-draft").await;
    browser.presses("征求单位意见").await;
    browser.sees("没有人绑定").await;
    browser.presses("送审").await;
    browser.sees("请一位同事来当管理员").await;
    is_sound(browser, address, "desk-circular-asked").await;
    browser.goes(&format!("{address}/people")).await;
    browser.presses("管理员").await;
    browser.presses("请一位同事来管").await;
    browser.sees("?start=clerk_").await;
    is_sound(browser, address, "desk-clerks").await;
    browser.goes(&format!("{address}/leaves")).await;
    browser.writes("of", "王建国").await;
    browser.presses("去办").await;
    browser.sees("哪个班要请假").await;
    is_sound(browser, address, "desk-leave").await;
    browser.goes(&format!("{address}/rosters/wall")).await;
    is_sound(browser, address, "desk-wall").await;
    browser.prints("desk-wall").await;
    browser.goes(&format!("{address}/")).await;
    browser.prints("desk-today").await;
    works_by_keyboard(browser, "desk-today").await;
}

/// And stays so in the other language, where it leads back to itself.
async fn every_page_is_sound(browser: &Browser, address: &str) {
    for page in [
        "checks",
        "people",
        "leaves",
        "circulars",
        "rosters",
        "journal",
        "settings",
    ] {
        browser.goes(&format!("{address}/{page}")).await;
        is_sound(browser, address, &format!("desk-{page}-after")).await;
        works_by_keyboard(browser, page).await;
    }
    browser.goes(&format!("{address}/checks")).await;
    browser.follows("English").await;
    browser.sees("Check everybody").await;
    is_sound(browser, address, "desk-checks-english").await;
    browser.follows("中文").await;
}
