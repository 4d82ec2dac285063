//! Rosters at the desk: a file is dragged onto the page, its questions are answered by buttons,
//! and what a version changed is seen.

use std::path::{Path, PathBuf};

use rust_xlsxwriter::Workbook;
use serde_json::json;
use tempfile::TempDir;

use super::sound::is_sound;
use super::{Browser, Screen};
use crate::botapi::Person;
use crate::process::roster::{Roster, two_towns, two_towns_with_a_gap};
use crate::process::visitor::{Visitor, link_with, path_of};
use crate::process::{House, Settings};

/// The browser, in by a link of the clerk's chat, and where the desk is.
async fn by_the_chat(browser: &Browser, house: &House, clerk: &Person) -> String {
    clerk.says("/desk");
    let sent = clerk.expect_saying("/login/").await;
    let said = house.running.said().text();
    let visitor = Visitor::new(&said, "http://duty.example/");
    let address = visitor.address().to_owned();
    let login = path_of(link_with(&sent, "/login/"));
    browser.goes(&format!("{address}{login}")).await;
    address
}

struct Files(TempDir);

impl Files {
    fn new() -> Self {
        Self(TempDir::new().expect("a temporary folder"))
    }

    fn holds(&self, name: &str, contents: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, contents).expect("a writable folder");
        path
    }
}

fn plain(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

/// The file lies over the place for it, which shows that it would be taken; then it falls.
async fn drags(browser: &Browser, address: &str, file: &Path) {
    browser.goes(&format!("{address}/rosters")).await;
    browser.drags_over(plain(file), "form.drop").await;
    let is_over = browser
        .asks("return document.querySelector('form.drop').classList.contains('over')")
        .await;
    assert_eq!(is_over, json!(true), "the place shows that it takes it");
    browser.lets_fall(plain(file), "form.drop").await;
}

#[tokio::test]
async fn a_file_dragged_onto_the_page_is_read_and_its_changes_are_seen() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let (house, clerk) = House::with_clerk(Settings::patient()).await;
    let address = by_the_chat(&browser, &house, &clerk).await;
    let files = Files::new();
    let first = files.holds("国庆值班表.csv", two_towns_with_a_gap().csv(&house.plan));
    let mended = two_towns().with("西山乡", "李红梅", "13800000005", 0);
    let second = files.holds("国庆值班表（改）.csv", mended.csv(&house.plan));
    let third = Roster::of(&[("城关镇", "赵敏", "13800000006")]);
    let third = files.holds("国庆值班表（再改）.csv", third.csv(&house.plan));

    // A hand on a wide screen, a mouse's drag on a narrow window.
    for (screen, file, label, said) in [
        (Screen::Desk, &first, "有空档也启用", "第 1 版已启用"),
        (Screen::Phone, &second, "启用", "第 2 版已启用"),
    ] {
        browser.takes(screen).await;
        drags(&browser, &address, file).await;
        browser.offers(label).await;
        is_sound(&browser, &address, "desk-dragged").await;
        browser.presses_whole(label).await;
        browser.sees(said).await;
        is_sound(&browser, &address, "desk-dragged-used").await;
    }
    browser.presses("看改动").await;
    browser.sees("西山乡").await;
    is_sound(&browser, &address, "desk-changes").await;

    browser.goes(&format!("{address}/rosters")).await;
    browser.presses("改动").await;
    browser.sees("李红梅").await;
    is_sound(&browser, &address, "desk-changes-listed").await;

    // What it would change is told before it is in force.
    drags(&browser, &address, &third).await;
    browser.sees("和现在的第 2 版比").await;
    is_sound(&browser, &address, "desk-would-change").await;
    house.closes().await;
}

/// A table whose headings nobody knows.
fn strange(day: &str) -> String {
    format!(
        "登记日,这一天由哪位同志来坐班请各单位如实填写不要空着,下一班\n\
         {day},#101,#2001\n{day},#102,#2002\n"
    )
}

/// An end before its start.
fn turned_round(day: &str) -> String {
    format!("日期,时间,值班员\n{day},8:00-18:00,王伟\n{day},18:00-17:00,赵敏\n")
}

/// Two sheets that both look like rosters; the second has weekdays and no dates.
fn book(day: &str) -> Vec<u8> {
    let dated = [
        ["日期", "时间", "值班员"],
        [day, "8:00-20:00", "张建国"],
        [day, "20:00-次日8:00", "孙立"],
    ];
    let weekly = ["星期", "一", "二", "三", "四", "五", "六", "日"].map(|day| [day, "王伟"]);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let name = "城关镇国庆中秋两节值班安排表最终版（八月修订）";
    sheet.set_name(name).expect("a name");
    for (row, cells) in (0..).zip(dated) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write(row, column, cell).expect("a cell");
        }
    }
    let sheet = book.add_worksheet();
    sheet.set_name("平时").expect("a name");
    for (row, cells) in (0..).zip(weekly) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write(row, column, cell).expect("a cell");
        }
    }
    sheet.write(0, 1, "值班员").expect("a cell");
    book.save_to_buffer().expect("a workbook")
}

#[tokio::test]
async fn columns_are_pointed_out_and_the_next_day_confirmed_by_buttons() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let (house, clerk) = House::with_clerk(Settings::patient()).await;
    let address = by_the_chat(&browser, &house, &clerk).await;
    let files = Files::new();
    let day = house.plan.first_day();
    let unknown = [
        ("这张表我没读出班次", "列名不一样，我来指"),
        ("哪一列是日期", "“登记日”"),
        ("哪一列是值班员", "#101"),
        ("哪一列是带班领导", "#2001"),
    ];
    let backwards = [("是次日吗", "是次日，这张表都这样算")];
    for (contents, questions, settled) in [
        (strange(&day), &unknown[..], "一列是带班领导"),
        (turned_round(&day), &backwards[..], "按您说的："),
    ] {
        let file = files.holds("值班表.csv", contents);
        drags(&browser, &address, &file).await;
        for (asked, label) in questions {
            browser.sees(asked).await;
            is_sound(&browser, &address, &format!("desk-{asked}")).await;
            browser.presses(label).await;
        }
        browser.sees(settled).await;
        browser.offers("启用").await;
        is_sound(&browser, &address, &format!("desk-{settled}")).await;
    }
    house.closes().await;
}

#[tokio::test]
async fn a_sheet_is_chosen_and_weekdays_are_given_their_days_by_buttons() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let (house, clerk) = House::with_clerk(Settings::patient()).await;
    let address = by_the_chat(&browser, &house, &clerk).await;
    let files = Files::new();
    let file = files.holds("值班表.xlsx", book(&house.plan.first_day()));
    drags(&browser, &address, &file).await;
    browser.sees("读哪一张").await;
    is_sound(&browser, &address, "desk-which-sheet").await;
    browser.presses("“平时”").await;
    browser.sees("是哪几天的").await;
    is_sound(&browser, &address, "desk-which-days").await;
    browser.presses("月").await;
    browser.sees("按您说的").await;
    is_sound(&browser, &address, "desk-days-given").await;
    house.closes().await;
}
