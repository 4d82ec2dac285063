//! The random draw as clerks and units see it: sealed, held, revealed, and proven with nothing but
//! the exported journal.

use std::path::Path;
use std::process::{Command, Output};

use super::roster::{Roster, two_towns};
use super::{BINARY, House, Settings};

fn zaigang(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(BINARY)
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .output()
        .expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// The newest 64 digits in a text.
fn digits(text: &str) -> String {
    let mut words = text.split(|c: char| !c.is_ascii_hexdigit());
    let found = words.rfind(|word| word.len() == 64);
    found.map_or_else(|| panic!("no digest in: {text}"), str::to_owned)
}

fn drawing() -> Settings {
    Settings {
        per_unit: 2,
        ..Settings::default()
    }
}

/// The period ends so soon that one can wait for it; the clock on the wall is the test's only one.
fn ends_soon(house: &House) {
    let config = house.folder.path().join("zaigang.toml");
    let text = std::fs::read_to_string(&config).expect("a configuration");
    let end = chrono::Utc::now().with_timezone(&chrono_tz::Asia::Shanghai);
    let end = (end + chrono::Duration::seconds(8)).format("%Y-%m-%dT%H:%M:%S");
    let to = format!("to = \"{}\"", house.plan.to());
    assert!(text.contains(&to), "{text}");
    let text = text.replace(&to, &format!("to = \"{end}\""));
    std::fs::write(config, text).expect("a writable folder");
}

#[tokio::test]
async fn a_draw_is_sealed_held_revealed_and_proven_from_the_journal_alone() {
    let (mut house, clerk, officers) = House::on_duty(drawing(), &two_towns()).await;
    let sealed = clerk.expect_saying("随机抽查已封存").await;
    assert!(sealed.contains("2 个单位，各 2 次"), "{sealed}");
    let seal = digits(&sealed);

    // Other settings, the same seed.
    assert_eq!(house.running.stop().await, Some(0));
    ends_soon(&house);
    house.restarted().await;
    clerk.expect_saying("抽查的设置变了").await;
    officers[0].expect_button("在岗").await;
    officers[0].presses("在岗");
    let revealed = clerk.expect_saying("公布随机抽查的种子").await;
    assert!(revealed.contains("抽了 4 次，没抽成 0 次"), "{revealed}");
    let seed = digits(&revealed);
    let head = digits(&clerk.expect_saying("📒").await);
    clerk.says("/draw");
    let shown = clerk.expect_saying("到现在：抽了 4").await;
    assert!(shown.contains(&seal) && shown.contains(&seed), "{shown}");

    // While the program runs.
    let folder = house.folder.path().to_owned();
    let exported = zaigang(&folder, &["export", "--data", ".", "-o", "journal.txt"]);
    assert_eq!(exported.status.code(), Some(0), "{}", said(&exported));
    let text = std::fs::read_to_string(folder.join("journal.txt")).expect("an export");
    assert!(!text.contains("1380000"), "no phone leaves with it");
    assert!(text.contains(&seal) && text.contains(&seed));

    let proven = zaigang(&folder, &["verify", "journal.txt", "--head", &head]);
    assert_eq!(proven.status.code(), Some(0), "{}", said(&proven));
    for words in [
        "2 次封存都与种子相符；抽了 4，没抽成 0",
        "您手里的尾码",
        &seed,
    ] {
        assert!(said(&proven).contains(words), "{words}: {}", said(&proven));
    }
    let itself = zaigang(&folder, &["verify", "zaigang.db", "--lang", "en"]);
    assert_eq!(itself.status.code(), Some(0), "{}", said(&itself));
    assert!(said(&itself).contains("4 checks held and 0 not held"));

    let lie = text.replacen("王建国", "王建军", 1);
    std::fs::write(folder.join("lie.txt"), lie).expect("a writable folder");
    let caught = zaigang(&folder, &["verify", "lie.txt"]);
    assert_eq!(caught.status.code(), Some(1), "{}", said(&caught));
    assert!(said(&caught).contains("第 2 行不成立"), "{}", said(&caught));
    // The officer's press itself is in it, to the letter.
    let (before, press) = text.split_once("callback_query").expect("a press");
    let lie = format!("{before}callback_quest{press}");
    std::fs::write(folder.join("lie.txt"), lie).expect("a writable folder");
    let caught = zaigang(&folder, &["verify", "lie.txt"]);
    assert_eq!(caught.status.code(), Some(1), "{}", said(&caught));
    assert!(said(&caught).contains("消息原件"), "{}", said(&caught));
    house.closes().await;
}

#[tokio::test]
async fn what_cannot_be_verified_is_refused_with_two() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let missing = zaigang(folder.path(), &["verify", "nothing.txt"]);
    assert_eq!(missing.status.code(), Some(2), "{}", said(&missing));
    std::fs::write(folder.path().join("letter.txt"), "Dear clerk,\n").expect("a writable folder");
    let no_head = zaigang(folder.path(), &["verify", "letter.txt", "--head", "08:00"]);
    assert_eq!(no_head.status.code(), Some(2), "{}", said(&no_head));
    let letter = zaigang(folder.path(), &["verify", "letter.txt"]);
    assert_eq!(letter.status.code(), Some(1), "{}", said(&letter));
    assert!(said(&letter).contains("不是 zaigang export 导出的日志"));
    let no_data = zaigang(folder.path(), &["export"]);
    assert_eq!(no_data.status.code(), Some(2), "{}", said(&no_data));
}

#[tokio::test]
async fn with_no_random_checks_set_nothing_is_sealed_and_the_journal_is_proven_all_the_same() {
    let settings = Settings::default();
    let (house, clerk, officers) = House::on_duty(settings, &Roster::crowd(2)).await;
    clerk.says("/draw");
    clerk.expect_saying("还没有随机抽查").await;
    clerk.says("/check all");
    officers[0].expect_button("在岗").await;
    officers[0].presses("在岗");
    clerk.expect_saying("没答 1").await;
    assert_eq!(clerk.sees().count("封存码"), 0);
    clerk.says("/export");
    let (name, bytes) = clerk
        .expect("the journal as a file", |view| {
            view.bots().rev().find_map(|seen| seen.file.clone())
        })
        .await;
    assert!(name.starts_with("在岗日志-"), "{name}");
    std::fs::write(house.folder.path().join("journal.txt"), bytes).expect("a writable folder");
    let proven = zaigang(house.folder.path(), &["verify", "journal.txt"]);
    assert_eq!(proven.status.code(), Some(0), "{}", said(&proven));
    assert!(said(&proven).contains("2 个抽查结果"), "{}", said(&proven));
    house.closes().await;
}

#[tokio::test]
async fn officers_learn_nothing_of_the_draw() {
    let (house, _, officers) = House::on_duty(drawing(), &Roster::crowd(1)).await;
    officers[0].says("/draw");
    officers[0].expect_saying("只有值班办公室能用").await;
    house.closes().await;
}
