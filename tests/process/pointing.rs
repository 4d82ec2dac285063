//! A table the reader can make nothing of: the clerk points out its columns, one button after the
//! other, and the next file of the form needs no word.

use super::{House, Settings, presses, putting_in_force, status};

/// Numbers for people, under headings of the house's own.
fn strange(house: &House, officers: [&str; 2]) -> String {
    let day = house.plan.first_day();
    let [one, other] = officers;
    format!("登记日,甲,乙\n{day},#{one},#2001\n{day},#{other},#2002\n")
}

#[tokio::test]
async fn columns_are_pointed_out_by_buttons_and_known_for_the_next_file() {
    let (house, clerk) = House::with_clerk(Settings::patient()).await;
    clerk.sends_file("值班表.csv", strange(&house, ["101", "102"]));
    let open = status(&clerk, "❓ 这张表我没读出班次").await;
    assert!(putting_in_force(&open).is_none(), "{:?}", open.buttons);
    presses(&clerk, "列名不一样，我来指").await;
    let dates = status(&clerk, "❓ 哪一列是日期？").await;
    let day = house.plan.first_day();
    assert!(
        dates.buttons.contains(&format!("“登记日”：{day}")),
        "{:?}",
        dates.buttons
    );
    presses(&clerk, &format!("“登记日”：{day}")).await;
    status(&clerk, "❓ 哪一列是值班员？").await;
    presses(&clerk, "“甲”：#101").await;
    let leaders = status(&clerk, "❓ 哪一列是带班领导？").await;
    assert!(
        putting_in_force(&leaders).is_some(),
        "{:?}",
        leaders.buttons
    );
    presses(&clerk, "“乙”：#2001").await;
    let read = status(&clerk, "按您说的：“乙”一列是带班领导").await;
    assert!(
        read.text.contains("甲（值班员）、乙（带班领导）"),
        "{}",
        read.text
    );

    clerk.sends_file("下一张.csv", strange(&house, ["103", "104"]));
    let known = status(&clerk, "和上次一样读：").await;
    assert!(
        known.text.contains("“甲”一列是值班员") && !known.text.contains("没读出"),
        "{}",
        known.text
    );
    house.closes().await;
}
