//! Units, files and words that a spreadsheet would take for formulas: from the roster through the
//! chat, the desk and every file that goes out, they stay what they are.

use super::circular::zaigang;
use super::desk::Browser;
use super::roster::Roster;
use super::{House, Settings, presses};
use crate::documents::{cells, paragraphs};

const LINK: &str = "=HYPERLINK(\"https://example.org\",\"值班表\")";

fn county() -> Roster {
    Roster::of(&[
        ("=1+1镇", "王建国", "13800000001"),
        ("@东河乡", "许刚", "13800000002"),
    ])
    .led_by("@东河乡", "张建国", "13800000003")
    .with("-水利局", "邓红", "13800000005", 10)
}

/// Whether a spreadsheet that opens a plain file would work this cell out.
fn is_formula(cell: &str) -> bool {
    cell.trim_start().starts_with(['=', '+', '-', '@'])
}

#[tokio::test]
async fn what_looks_like_a_formula_stays_a_name_wherever_it_goes() {
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &county()).await;
    let [wang, xu, leader, deng] = &officers[..] else {
        panic!("four people");
    };
    let own = wang.expect_saying("绑定好了").await;
    assert!(own.contains("=1+1镇"), "{own}");
    clerk.says("/gaps");
    let gaps = clerk.expect_saying("-水利局").await;
    assert!(gaps.contains("空档"), "{gaps}");

    clerk.says("/check all");
    presses(wang, "已换班").await;
    wang.says(LINK);
    wang.expect_saying(LINK).await;
    presses(xu, "在岗").await;
    presses(leader, "在岗").await;
    // 邓红 went home before now, or is asked like the others.
    if deng.sees().offering("在岗").is_some() {
        presses(deng, "在岗").await;
    }
    clerk.expect_saying("作废 1").await;
    let summary = clerk.expect_saying("=1+1镇").await;
    assert!(summary.contains("王建国"), "{summary}");

    clerk.says("/export");
    for (label, caption, sheet, words) in [
        ("空档 Excel", "空档明细", 0, "-水利局"),
        ("值班表 Excel", "贴在墙上", 0, "=1+1镇"),
        ("抽查记录 Excel", "没有核实的写着", 0, "@东河乡"),
    ] {
        presses(&clerk, label).await;
        let (name, book) = clerk
            .expect("a workbook", |view| view.saying(caption)?.file.clone())
            .await;
        // The reader of workbooks refuses any cell that is worked out.
        let all = cells(book, sheet).concat().join("|");
        assert!(all.contains(words), "{name}: {all}");
    }
    clerk.says("/circular");
    let (_, draft) = clerk
        .expect("a circular", |view| view.saying("草稿好了")?.file.clone())
        .await;
    let draft = paragraphs(&draft).join("\n");
    assert!(draft.contains("-水利局"), "{draft}");

    let folder = house.folder.path().to_owned();
    for (what, words) in [
        ("roster", "'=1+1镇"),
        ("gaps", "'-水利局"),
        ("checks", "'@东河乡"),
    ] {
        let out = format!("{what}.csv");
        let made = zaigang(&folder, &["export", what, "--data", ".", "-o", &out]);
        assert_eq!(made.status.code(), Some(0), "{made:?}");
        let csv = std::fs::read(folder.join(&out)).expect("a file");
        let csv = String::from_utf8_lossy(&csv).replace('\u{feff}', "");
        let mut rows = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(csv.as_bytes());
        let rows: Vec<csv::StringRecord> = rows.records().map(|row| row.expect("a row")).collect();
        for cell in rows.iter().flatten() {
            assert!(!is_formula(cell), "{what}: {cell} in\n{csv}");
        }
        assert!(csv.contains(words), "{what}: {csv}");
    }

    let mut desk = Browser::logged_in(&house).await;
    for page in ["/", "/checks"] {
        let html = desk.get(page).await.html;
        assert!(html.contains("=1+1镇"), "{page}: {html}");
    }
    house.closes().await;
}

#[tokio::test]
async fn a_formula_is_no_officer_and_comes_back_as_text_in_the_marked_file() {
    let (house, clerk) = House::with_clerk(Settings::patient()).await;
    let day = house.plan.first_day();
    let names = [LINK, "+8613800000002", "@SUM(A1:A9)", "-1+1"];
    let mut csv = format!("单位,日期,时间,值班员\n城关镇,{day},08:00-20:00,王建国\n");
    csv.extend(names.map(|name| {
        let name = name.replace('"', "\"\"");
        format!("城关镇,{day},25:00-99:00,\"{name}\"\n")
    }));
    clerk.sends_file("=cmd.csv", csv);
    let told = clerk
        .expect("the file's report", |view| {
            let last = *view.replies().last()?;
            last.buttons
                .iter()
                .any(|label| label.contains("下载标红的表"))
                .then(|| last.text.clone())
        })
        .await;
    assert!(told.contains("=cmd.csv"), "{told}");
    presses(&clerk, "下载标红的表").await;
    let (_, book) = clerk
        .expect("the marked copy", |view| {
            view.replies().last()?.file.clone()
        })
        .await;
    let all = cells(book, 0).concat();
    for name in names {
        assert!(all.iter().any(|cell| cell == name), "{name} in {all:?}");
    }
    house.closes().await;
}
