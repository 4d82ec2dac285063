//! The circular at the desk: a second clerk approves there what the first has drafted in the chat.

use super::Browser;
use crate::process::roster::two_towns_with_a_gap;
use crate::process::{House, Settings, payload, presses};

#[tokio::test]
async fn a_circular_goes_out_on_the_word_of_another_clerk_at_the_desk() {
    let (mut house, clerk) = House::with_clerk(Settings::patient()).await;
    house.puts_in_force(&clerk, &two_towns_with_a_gap()).await;
    clerk.says("/clerks");
    presses(&clerk, "请一位同事来管").await;
    let link = clerk.expect_saying("?start=clerk_").await;
    let second = house.person("周文员", "8613800008888");
    second.start(payload(&link, "clerk_"));
    second.expect_saying("管理员").await;
    let mut desk = Browser::by_the_chat(&house, &second).await;

    clerk.says("/circular");
    presses(&clerk, "送审").await;
    let asked = desk.expect("/circulars", ">同意</button>").await;
    assert!(asked.text().contains("请审《"), "{}", asked.text());
    assert_eq!(clerk.sees().count("已印发"), 0, "nobody has approved it");
    desk.presses(&asked, "同意").await;
    clerk.expect_saying("已印发").await;
    let journal = desk.get("/journal").await;
    assert!(journal.text().contains("通报"), "{}", journal.text());
    house.closes().await;
}
