//! Links that were guessed or used before, and names made to be more than names.

use super::roster::two_towns;
use super::{House, Settings, payload};

#[tokio::test]
async fn a_guessed_link_binds_nobody_and_a_used_one_nobody_else() {
    let (mut house, clerk) = House::with_clerk(Settings::patient()).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    clerk.says("/invite 王建国");
    let invitation = clerk.expect_saying("?start=b_").await;
    let token = payload(&invitation, "b_").to_owned();
    let thief = house.person("路人", "8613800000088");
    let other_end = if token.ends_with('A') { "B" } else { "A" };
    let nearly = format!("b_{other_end}{}", &token[3..]);
    for guess in [
        nearly.as_str(),
        "b_AAAAAAAAAAAAAAAAAAAAAA",
        "b_",
        "claim_AAAA",
    ] {
        thief.start(guess);
        let refused = thief.expect_reply().await;
        assert!(
            !refused.contains("王建国") && !refused.contains("城关镇"),
            "{guess}: {refused}"
        );
    }
    let officer = house.person("王建国", "8613800000056");
    officer.start(&token);
    officer.expect_saying("王建国").await;
    thief.start(&token);
    let refused = thief.expect_reply().await;
    assert!(!refused.contains("您的班"), "{refused}");
    clerk.says("/check all");
    officer.expect_button("在岗").await;
    assert_eq!(thief.sees().count("抽查"), 0, "{}", house.api.transcript());
    house.closes().await;
}

#[tokio::test]
async fn an_accounts_name_is_shown_as_it_is_and_carries_no_link() {
    let (mut house, clerk) = House::with_clerk(Settings::patient()).await;
    house.puts_in_force(&clerk, &two_towns()).await;
    for (name, phone) in [
        ("<a href=\"https://example.org\">局长</a>", "8613800000088"),
        ("</b></pre> & &lt;_*[x](tg://user?id=1)", "8613800000089"),
    ] {
        let outsider = house.person(name, phone);
        outsider.start("");
        outsider.expect_reply().await;
        outsider.shares_own_contact();
        outsider.expect_reply().await;
        // The stand-in refuses markup that does not add up, and shows what is left of the rest.
        clerk.expect_saying(name).await;
    }
    house.closes().await;
}
