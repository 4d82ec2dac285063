//! Bad files: each gets one clear line, nothing is lost, nothing is half-loaded, the process lives.

use super::roster::two_towns;
use super::{House, Settings, putting_in_force};

/// Sends a file while a good roster is in force; returns what the clerk is told.
async fn told(name: &str, bytes: Vec<u8>) -> String {
    let (house, clerk) = House::with_clerk(Settings::default()).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    clerk.sends_file(name, bytes);
    clerk
        .expect("a verdict on the file", |view| {
            let sent = view.messages.iter().rposition(|seen| !seen.is_from_bot)?;
            let last = view.messages[sent..]
                .last()
                .filter(|seen| seen.is_from_bot)?;
            (!last.text.contains("正在看")).then_some(())
        })
        .await;
    clerk.says("/who");
    let who = clerk.expect_saying("王建国").await;
    assert!(
        who.contains("许刚"),
        "the roster in force is untouched: {who}"
    );
    let view = clerk.sees();
    let at = view
        .messages
        .iter()
        .rposition(|seen| !seen.is_from_bot)
        .unwrap_or_default();
    let status = view.messages[..at]
        .last()
        .cloned()
        .expect("a status message");
    assert!(
        putting_in_force(&status).is_none(),
        "nothing to put in force:\n{}",
        house.api.transcript()
    );
    assert!(!status.text.trim().is_empty());
    house.closes().await;
    status.text
}

#[tokio::test]
async fn an_empty_file() {
    let line = told("值班表.csv", Vec::new()).await;
    assert!(line.contains('空'), "{line}");
}

#[tokio::test]
async fn a_picture_renamed() {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0".to_vec();
    bytes.extend((0..2000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[2]));
    let line = told("值班表.csv", bytes).await;
    assert!(line.contains("图") || line.contains("照片"), "{line}");
}

#[tokio::test]
async fn six_megabytes() {
    let line = told("值班表.csv", vec![b'x'; 6 * 1024 * 1024]).await;
    assert!(line.contains("MB") || line.contains('兆'), "{line}");
}

#[tokio::test]
async fn sixty_thousand_rows() {
    let row = "城关镇,值班员,王建国,13800000001,2026-10-01 08:00,2026-10-01 20:00\n";
    let csv = format!(
        "单位,岗位,姓名,手机,开始时间,结束时间\n{}",
        row.repeat(60_000)
    );
    let line = told("值班表.csv", csv.into_bytes()).await;
    assert!(line.contains('行') || line.contains("MB"), "{line}");
}

#[tokio::test]
async fn nul_bytes() {
    told("值班表.csv", vec![0; 4096]).await;
}

#[tokio::test]
async fn an_unclosed_quote() {
    told(
        "值班表.csv",
        "单位,岗位,姓名\n城关镇,\"值班员,王建国\n".into(),
    )
    .await;
}

#[tokio::test]
async fn no_date_column() {
    let line = told(
        "通讯录.csv",
        "姓名,邮箱\n王建国,a@example.org\n许刚,b@example.org\n".into(),
    )
    .await;
    assert!(line.contains("日期"), "{line}");
}

#[tokio::test]
async fn every_row_fails() {
    let csv = "单位,岗位,姓名,手机,开始时间,结束时间\n\
               城关镇,值班员,王建国,13800000001,2026-13-01 08:00,2026-13-01 20:00\n\
               城关镇,值班员,许刚,13800000002,2026-02-31 08:00,2026-02-31 20:00\n";
    told("值班表.csv", csv.into()).await;
}

#[tokio::test]
async fn a_file_telegram_will_not_give() {
    let (house, clerk) = House::with_clerk(Settings::default()).await;
    clerk.sends_file_said_to_have("值班表.csv", "x", Some(21 * 1024 * 1024));
    let line = clerk.expect_reply().await;
    assert!(line.contains("MB") || line.contains('大'), "{line}");
    house.closes().await;
}

#[tokio::test]
async fn a_half_bad_roster_says_which_row_and_is_not_loaded_in_half() {
    let (house, clerk) = House::with_clerk(Settings::default()).await;
    let bad = two_towns().csv(&house.plan)
        + "水利局,值班员,邓红,13800000003,2026-10-03 20:30,2026-10-03 08:30\r\n";
    clerk.sends_file("国庆值班表.csv", bad);
    let line = clerk
        .expect("the row at fault", |view| {
            view.saying("4").map(|seen| seen.text.clone())
        })
        .await;
    assert!(line.contains("第 4 行") || line.contains("F4"), "{line}");
    clerk.says("/who");
    let who = clerk.expect_reply().await;
    assert!(!who.contains("王建国"), "nothing is in force: {who}");
    house.closes().await;
}

#[tokio::test]
async fn messages_nobody_can_read_get_a_line() {
    let (house, clerk) = House::with_clerk(Settings::default()).await;
    clerk.sends_sticker();
    clerk.expect_reply().await;
    clerk.sends_unheard_of();
    clerk.expect_saying("打不开").await;
    clerk.sends_photo(b"\xff\xd8\xff\xe0".to_vec());
    clerk.expect_reply().await;
    clerk.says("/frobnicate");
    clerk.expect_reply().await;
    clerk.says("今天天气不错");
    clerk.expect_reply().await;
    clerk.says_with_unknown_entity("/who");
    clerk.expect_reply().await;
    house.closes().await;
}

#[tokio::test]
async fn names_full_of_markup_are_shown_as_they_are() {
    let (house, clerk) = House::with_clerk(Settings::patient()).await;
    let roster = two_towns().with("<b>局&_*", "欧阳&amp;", "13800000003", 0);
    house.puts_in_force(&clerk, &roster).await;
    clerk.says("/who");
    clerk.expect_saying("<b>局&_*").await;
    house.closes().await;
}
