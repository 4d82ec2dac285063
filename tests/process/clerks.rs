//! A second clerk: asked in by the first, and let go again.

use reqwest::StatusCode;

use super::roster::two_towns;
use super::visitor::{Visitor, link_with};
use super::{House, Settings, payload};

#[tokio::test]
async fn a_clerk_asks_a_colleague_in_and_lets_them_go() {
    let (mut house, first) = House::with_clerk(Settings::patient()).await;
    house.puts_in_force(&first, &two_towns()).await;
    let second = house.person("周文员", "8613800008888");
    let third = house.person("路人", "8613800007777");
    second.start("");
    second.expect_reply().await;
    second.says("/clerks");
    second.expect_reply().await;
    assert_eq!(
        second.sees().count("管理员 1 位"),
        0,
        "nobody else's business"
    );

    first.says("/clerks");
    first.expect_saying("管理员 1 位").await;
    first.presses("请一位同事来管");
    let link = first.expect_saying("?start=clerk_").await;
    let link = payload(&link, "clerk_").to_owned();
    house.killed().await;
    house.restarted().await;
    second.start(&link);
    second.expect_saying("您现在是值班办公室的管理员").await;
    first.expect_saying("周文员 现在也是管理员了").await;
    third.start(&link);
    let refused = third.expect_reply().await;
    assert!(refused.contains("链接不对"), "it opens once: {refused}");

    second.says("/who");
    second.expect_saying("王建国").await;
    second.says("/desk");
    let desk = second.expect_saying("/login/").await;
    second.says("/clerks");
    let listed = second.expect_saying("管理员 2 位").await;
    assert!(
        listed.contains("陈静") && listed.contains("周文员（您）"),
        "{listed}"
    );

    first.says("/clerks");
    first.expect_button("撤下 周文员…").await;
    first.presses("撤下 周文员…");
    first.expect_saying("撤下 周文员？").await;
    first.presses("撤下 周文员");
    second.expect_saying("您不再是值班办公室的管理员").await;
    first.expect_saying("周文员 不再是管理员").await;
    let known = second.sees().count("王建国");
    second.says("/who");
    second.start("");
    second.expect_saying("您好，我是值班助手").await;
    assert_eq!(
        second.sees().count("王建国"),
        known,
        "nothing more is told them"
    );
    let said = house.running.said().text();
    let login = Visitor::new(&said, link_with(&desk, "/login/"));
    let shut = login.opens().await.status;
    assert_eq!(shut, StatusCode::GONE, "their way to the desk is shut too");

    let held = std::process::Command::new(super::BINARY)
        .args(["export", "-o", "journal.txt", "--data", "."])
        .current_dir(house.folder.path())
        .env_clear()
        .output();
    assert_eq!(held.expect("it runs").status.code(), Some(0));
    let journal = std::fs::read_to_string(house.folder.path().join("journal.txt"));
    let journal = journal.expect("a journal");
    for deed in ["clerk_invited", "clerk_joined", "clerk_dismissed"] {
        assert!(journal.contains(deed), "{deed}");
    }
    house.closes().await;
}
