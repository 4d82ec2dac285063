//! What comes by the clock, and the daily report, through the real process.

use chrono::{Duration, DurationRound, Utc};
use chrono_tz::Asia::Shanghai;

use super::{House, Settings, bind};

/// A roster with one shift that begins on a whole minute, more than a minute from now.
fn one_shift_ahead() -> (String, chrono::DateTime<Utc>) {
    let minute = Utc::now()
        .duration_trunc(Duration::minutes(1))
        .expect("this minute has a beginning");
    let start = minute + Duration::minutes(2);
    let civil = |at: chrono::DateTime<Utc>| at.with_timezone(&Shanghai).format("%Y-%m-%d %H:%M");
    let csv = format!(
        "单位,岗位,姓名,手机,开始时间,结束时间\r\n城关镇,值班员,王建国,13800000001,{},{}\r\n",
        civil(start),
        civil(start + Duration::hours(3)),
    );
    (csv, start)
}

#[tokio::test]
async fn a_shift_ahead_is_told_once_whatever_happens_to_the_program() {
    let (csv, start) = one_shift_ahead();
    // Due some seconds from now, once everybody is bound.
    let before = (start - Utc::now()).num_seconds() - 12;
    let more = format!("[daily]\nreminder = \"{before}s\"\nevening = \"none\"");
    let settings = Settings {
        more: more.leak(),
        ..Settings::patient()
    };
    let (mut house, clerk) = House::with_clerk(settings).await;
    clerk.sends_file("国庆值班表.csv", csv);
    clerk.expect_button("启用").await;
    clerk.presses("启用");
    clerk.expect_saying("已启用").await;
    let officer = house.person("王建国", "8613800000001");
    bind(&officer).await;
    let told = officer.expect_saying("您值班（").await;
    assert!(
        told.contains("城关镇") && told.contains("/leave") && !told.contains("抽查"),
        "{told}"
    );
    let sent = house.api.sent_after(0).into_iter();
    let rang: Vec<bool> = sent
        .filter(|sent| sent.text.contains("您值班（"))
        .map(|sent| !sent.is_silent)
        .collect();
    assert_eq!(rang, [true], "it is there to be heard");
    house.killed().await;
    house.restarted().await;
    officer.says("/me");
    officer.expect_saying("您的班").await;
    assert_eq!(officer.sees().count("您值班（"), 1);
    house.closes().await;
}

#[tokio::test]
async fn a_unit_reports_with_one_tap_or_in_its_own_words() {
    let roster = super::roster::two_towns();
    let (mut house, clerk, officers) = House::on_duty(Settings::patient(), &roster).await;
    let (quiet, other) = (&officers[0], &officers[1]);
    quiet.says("日报");
    quiet.expect_button("平安无事").await;
    quiet.presses("平安无事");
    quiet.expect_saying("已报值班办公室").await;
    other.says("/report");
    other.expect_button("有情况").await;
    other.presses("有情况");
    other.expect_button("安全生产").await;
    other.presses("安全生产");
    other.expect_saying("请把情况写在下面").await;
    house.killed().await;
    house.restarted().await;
    other.says("县道 <X304> 落石，已清理");
    clerk.expect_saying("县道 <X304> 落石").await;
    clerk.says("/report");
    let told = clerk.expect_saying("平安 1，有情况 1，未报 0").await;
    assert!(told.contains("东河乡"), "{told}");
    let sent = house.api.sent_after(0).into_iter();
    let reports: Vec<bool> = sent
        .filter(|sent| sent.chat == clerk.id && sent.text.contains("未报 "))
        .map(|sent| sent.is_silent)
        .collect();
    // Past three in the afternoon the list is there already, and edited.
    assert!(
        !reports.is_empty() && reports.iter().all(|silent| *silent),
        "a list of reports wakes nobody: {reports:?}"
    );
    house.closes().await;
}
