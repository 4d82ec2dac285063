//! Whoever asked for English is spoken to in English, whatever is said.

use super::{House, Settings, bind};

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[tokio::test]
async fn after_lang_en_nothing_is_said_in_chinese() {
    let (mut house, clerk) = House::with_clerk(Settings::patient()).await;
    clerk.says("/lang en");
    clerk.expect_saying("English").await;
    let before = clerk.sees().messages.len();
    let asks_ready = [
        "/gaps",
        "/who",
        "/check",
        "/check all",
        "/unbound",
        "/invite Ada Moss",
    ];
    let asks_always = [
        "/help",
        "/me",
        "/cancel",
        "/nonsense",
        "hello",
        "0417",
        "here",
    ];
    for ask in asks_ready.iter().chain(&asks_always) {
        clerk.says(ask);
        clerk.expect_reply().await;
    }
    let (from, to) = (house.plan.from(), house.plan.to());
    let csv = format!(
        "unit,post,name,phone,start,end\n\
         Harbour,Duty officer,Ada Moss,13800000001,{from},{to}\n\
         Station,Duty officer,Ben Hale,13800000002,{from},{to}\n"
    );
    clerk.sends_file("rota.csv", csv);
    clerk.expect_button("Use").await;
    clerk.presses("Use");
    clerk.expect_saying("in force").await;
    let officer = house.person("Ada Moss", "8613800000001");
    bind(&officer).await;
    let asks_more = [
        "/check Harb",
        "/check Nowhere",
        "/check 0",
        "/invite",
        "/invite Nobody",
        "/invite Ben Hale",
    ];
    for ask in asks_ready.iter().chain(&asks_more) {
        clerk.says(ask);
        clerk.expect_reply().await;
    }
    clerk.sends_photo(b"\xff\xd8\xff\xe0".to_vec());
    clerk.expect_reply().await;
    clerk.sends_sticker();
    clerk.expect_reply().await;
    clerk.sends_file("bad.csv", "name,mail\nAda Moss,a@example.org\n");
    clerk.expect_saying("not one shift").await;
    for seen in clerk.sees().messages[before..]
        .iter()
        .filter(|seen| seen.is_from_bot)
    {
        assert!(!is_chinese(&seen.text), "{}", seen.text);
        assert!(
            !seen.buttons.iter().any(|label| is_chinese(label)),
            "{:?}",
            seen.buttons
        );
    }
    house.closes().await;
}
