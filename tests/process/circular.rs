//! The circular, from the draft to its readers, and what can be taken along.

use std::process::{Command, Output};

use super::roster::Roster;
use super::{BINARY, House, Settings, counts, presses};
use crate::botapi::Person;
use crate::documents::paragraphs;

const OFFICE: &str = "[circular]\napprover = \"张建国\"\noffice = \"示例县政府办公室\"\n";

/// 东河乡 has two officers and a leader; 水利局 has had nobody for two hours.
fn county() -> Roster {
    Roster::of(&[
        ("东河乡", "许刚", "13800000002"),
        ("东河乡", "李秀英", "13800000004"),
    ])
    .led_by("东河乡", "张建国", "13800000003")
    .with("水利局", "邓红", "13800000005", 10)
}

/// Presses the button and waits until the program has answered the press.
/// The text of the newest circular that has these words under it.
async fn circular(person: &Person, words: &str) -> String {
    let file = person
        .expect("a circular as a file", |view| {
            view.saying(words)?.file.clone()
        })
        .await;
    assert!(file.0.contains(".docx"), "{}", file.0);
    paragraphs(&file.1).join("\n")
}

#[tokio::test]
async fn a_circular_goes_out_on_a_persons_word_with_what_is_verified_and_nothing_else() {
    let settings = Settings {
        more: OFFICE,
        ..Settings::default()
    };
    let (mut house, clerk, officers) = House::on_duty(settings, &county()).await;
    let [officer, _, leader, _] = &officers[..] else {
        panic!("four people");
    };
    clerk.says("/check all");
    presses(leader, "在岗").await;
    clerk.expect_saying(&counts(1, 0, 2, 0, 0)).await;

    clerk.says("/circular");
    let caption = clerk.expect_saying("草稿好了").await;
    assert!(
        caption.contains("有 2 项还没核实") && caption.contains("不会写进去"),
        "{caption}"
    );
    let draft = circular(&clerk, "草稿好了").await;
    assert!(
        !draft.contains("许刚") && !draft.contains("李秀英") && !draft.contains("待核实"),
        "{draft}"
    );
    assert!(
        draft.contains("水利局") && draft.contains("没有安排值班人员"),
        "{draft}"
    );

    presses(&clerk, "去核实").await;
    presses(&clerk, "1 许刚").await;
    presses(&clerk, "定为：脱岗").await;
    presses(&clerk, "打通值班电话，人不在").await;
    clerk.expect_saying("核实为“脱岗”").await;
    presses(&clerk, "重新生成").await;
    clerk.expect_saying("有 1 项还没核实").await;
    let draft = circular(&clerk, "有 1 项还没核实").await;
    assert!(
        draft.contains("许刚") && !draft.contains("李秀英"),
        "{draft}"
    );
    assert!(draft.contains("由陈静于"), "a verdict has a name: {draft}");

    presses(&clerk, "征求单位意见").await;
    let heard = clerk.expect_saying("水利局 没有人绑定").await;
    assert!(heard.contains("东河乡 没回"), "{heard}");
    let asked = leader.expect_saying("拟通报 东河乡").await;
    assert!(
        asked.contains("许刚") && !asked.contains("水利局"),
        "{asked}"
    );
    presses(leader, "有说明").await;
    house.killed().await;
    house.restarted().await;
    leader.says("他去县道 <X304> 处置落石了");
    clerk
        .expect_saying("说明：他去县道 <X304> 处置落石了")
        .await;

    presses(&clerk, "送审").await;
    let asked = leader.expect_saying("请审《").await;
    assert!(asked.contains("处置落石"), "{asked}");
    assert_eq!(clerk.sees().count("已印发"), 0, "nobody has approved it");
    presses(leader, "同意").await;
    let out = circular(leader, "已印发").await;
    assert!(
        out.contains("许刚") && out.contains("示例县政府办公室") && out.contains("处置落石"),
        "{out}"
    );
    assert!(!out.contains("李秀英") && !out.contains("待核实"), "{out}");
    clerk.expect_saying("已阅 0/2").await;
    presses(leader, "已阅").await;
    clerk.expect_saying("已阅 1/2").await;
    presses(&clerk, "提醒未阅").await;
    clerk.expect_saying("请看一下《").await;

    presses(officer, "补答").await;
    clerk.expect_saying("有一项不再成立").await;
    assert_eq!(leader.sees().count("更正：《"), 0, "a person signs for it");
    presses(&clerk, "发更正").await;
    for reader in [leader, &clerk] {
        let correction = reader.expect_saying("更正：《").await;
        assert!(correction.contains("许刚"), "{correction}");
        let corrected = circular(reader, "更正：《").await;
        let (title, said) = corrected.split_once('\n').expect("more than a title");
        assert!(title.ends_with("（更正）"), "{title}");
        assert!(
            said.contains("更正说明") && said.contains("予以撤销（陈静，"),
            "{said}"
        );
        assert!(!said.contains("脱岗1人"), "{said}");
    }

    let folder = house.folder.path().to_owned();
    let proven = zaigang(&folder, &["verify", "zaigang.db"]);
    assert_eq!(proven.status.code(), Some(0), "{proven:?}");
    house.closes().await;
}

#[tokio::test]
async fn english_and_with_nobody_to_approve() {
    let settings = Settings {
        language: "en",
        ..Settings::default()
    };
    let (mut house, clerk) = House::with_clerk(settings).await;
    clerk.says("/circular");
    clerk.expect_saying("No roster").await;
    house.puts_in_force(&clerk, &county()).await;
    clerk.says("/circular");
    let caption = clerk.expect_saying("Draft ready").await;
    assert!(caption.contains("1 gap, 0 unanswered, 0 late"), "{caption}");
    let draft = circular(&clerk, "Draft ready").await;
    assert!(
        draft.contains("Gaps in the roster.") && draft.contains("no duty officer"),
        "{draft}"
    );
    presses(&clerk, "Send for approval").await;
    presses(&clerk, "Ask the units").await;
    clerk.expect_saying("nobody is bound").await;
    presses(&clerk, "Send for approval").await;
    let stuck = clerk.expect_saying("needs another person's word").await;
    assert!(stuck.contains("approver"), "{stuck}");
    let stranger = house.person("Somebody", "8613800000077");
    stranger.start("");
    stranger.expect_reply().await;
    stranger.says("/circular");
    let reply = stranger.expect_reply().await;
    assert!(!reply.contains("Draft"), "{reply}");
    house.closes().await;
}

#[tokio::test]
async fn gaps_roster_and_checks_are_taken_along() {
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &county()).await;
    clerk.says("/check all");
    presses(&officers[0], "在岗").await;
    clerk.says("/export");
    for (label, caption, sheet, words) in [
        ("空档 Excel", "空档明细", 0, "水利局"),
        ("值班表 Excel", "贴在墙上", 1, "许刚"),
        ("抽查记录 Excel", "没有核实的写着", 0, "等回答"),
    ] {
        presses(&clerk, label).await;
        let file = clerk
            .expect("a workbook", |view| view.saying(caption)?.file.clone())
            .await;
        assert!(file.0.contains(".xlsx"), "{}", file.0);
        let text = format!("{:?}", crate::documents::cells(file.1, sheet));
        assert!(text.contains(words), "{text}");
        assert!(!text.contains("1380000"), "numbers are masked: {text}");
    }

    let folder = house.folder.path().to_owned();
    let made = zaigang(&folder, &["export", "roster", "--data", ".", "-o", "r.csv"]);
    assert_eq!(made.status.code(), Some(0), "{made:?}");
    let csv = std::fs::read(folder.join("r.csv")).expect("a file");
    assert!(
        csv.starts_with(b"\xEF\xBB\xBF"),
        "Excel sees that it is UTF-8"
    );
    let csv = String::from_utf8_lossy(&csv).into_owned();
    assert!(csv.contains("138****0002"), "{csv}");
    let whole = zaigang(&folder, &["export", "roster", "--data", ".", "--phones"]);
    assert!(String::from_utf8_lossy(&whole.stdout).contains("13800000002"));
    let gaps = zaigang(&folder, &["export", "gaps", "--data", ".", "-o", "g.xlsx"]);
    assert_eq!(gaps.status.code(), Some(0), "{gaps:?}");
    let bytes = std::fs::read(folder.join("g.xlsx")).expect("a file");
    assert!(format!("{:?}", crate::documents::cells(bytes, 0)).contains("水利局"));
    let drafted = zaigang(
        &folder,
        &[
            "circular",
            "--data",
            ".",
            "--out",
            "c.docx",
            "--unnamed",
            "--red-head",
        ],
    );
    assert_eq!(drafted.status.code(), Some(0), "{drafted:?}");
    let bytes = std::fs::read(folder.join("c.docx")).expect("a file");
    assert_eq!(paragraphs(&bytes)[0], "值班办公室文件");
    house.closes().await;
}

pub(super) fn zaigang(folder: &std::path::Path, arguments: &[&str]) -> Output {
    Command::new(BINARY)
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .output()
        .expect("the program runs")
}

#[tokio::test]
async fn the_desk_hands_out_the_same_papers_to_a_clerk_alone() {
    let (house, clerk) = House::with_clerk(Settings::default()).await;
    house.puts_in_force(&clerk, &county()).await;
    let line = house.running.expect_line("listening on http://").await;
    let home = line.trim_start_matches("listening on ").trim().to_owned();
    let browser = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client");
    let stranger = browser.get(format!("{home}/export/roster.xlsx")).send();
    assert_eq!(stranger.await.expect("an answer").status(), 401);

    clerk.says("/desk");
    let said = clerk.expect_saying("/login/").await;
    let (_, token) = said.split_once("/login/").expect("a link");
    let token = token.split_whitespace().next().expect("a token");
    let opened = browser.get(format!("{home}/login/{token}")).send().await;
    let opened = opened.expect("an answer");
    let cookie = opened.headers()["set-cookie"].to_str().expect("plain");
    let (cookie, _) = cookie.split_once(';').expect("a cookie");

    let fetch = async |path: &str| {
        let asked = browser.get(format!("{home}{path}"));
        let answer = asked.header("cookie", cookie).send().await;
        let answer = answer.expect("an answer");
        let status = answer.status().as_u16();
        (status, answer.bytes().await.expect("a body").to_vec())
    };
    let (status, paper) = fetch("/circular.docx?naming=unnamed&head=red").await;
    assert_eq!(status, 200);
    assert_eq!(paragraphs(&paper)[0], "值班办公室文件");
    let (_, book) = fetch("/export/gaps.xlsx").await;
    assert!(format!("{:?}", crate::documents::cells(book, 0)).contains("水利局"));
    let (_, csv) = fetch("/export/roster.csv").await;
    assert!(csv.starts_with(b"\xEF\xBB\xBF"));
    assert!(!String::from_utf8_lossy(&csv).contains("1380000"));
    clerk.says("/circular");
    let caption = clerk.expect_saying("草稿好了").await;
    assert!(!caption.is_empty());
    let (status, paper) = fetch("/circular/1.docx").await;
    assert_eq!(status, 200);
    assert!(paragraphs(&paper).join("\n").contains("水利局"));
    for missing in [
        "/circular/9.docx",
        "/export/secrets.csv",
        "/export/gaps.pdf",
    ] {
        assert_eq!(fetch(missing).await.0, 404, "{missing}");
    }
    house.closes().await;
}
