//! The one test message before the holiday, and who has not answered it.

use super::roster::two_towns;
use super::{House, Settings, counts};

#[tokio::test]
async fn who_never_answered_the_test_message_is_not_called_unanswered() {
    let (mut house, clerk, officers) = House::on_duty(Settings::default(), &two_towns()).await;
    let (prompt, silent) = (&officers[0], &officers[1]);
    clerk.says("/ready");
    clerk.expect_button("发测试消息").await;
    clerk.presses("发测试消息");
    let test = prompt.expect_button("收到了").await;
    assert!(test.contains("测试") && !test.contains("抽查"), "{test}");
    silent.expect_button("收到了").await;

    // The crash repeats nothing, and the forwarded button is nobody's.
    house.killed().await;
    house.restarted().await;
    let forwarded = clerk.presses_forwarded(silent, "收到了");
    clerk.expect_press_answered(&forwarded).await;
    prompt.presses("收到了");
    prompt.expect_saying("联系畅通").await;
    clerk.says("/ready");
    let told = clerk.expect_saying("联系方式未核实（1 人）").await;
    assert!(told.contains("许刚") && !told.contains("王建国"), "{told}");

    clerk.says("/check all");
    prompt.expect_button("我在岗").await;
    prompt.presses("我在岗");
    let summary = clerk.expect_saying(&counts(1, 0, 0, 1, 0)).await;
    assert!(summary.contains("联系方式未核实"), "{summary}");

    silent.says("刚看到");
    silent.expect_saying("联系畅通").await;
    clerk.says("/check 东河乡");
    clerk.expect_saying(&counts(0, 0, 1, 0, 0)).await;
    house.closes().await;
}
