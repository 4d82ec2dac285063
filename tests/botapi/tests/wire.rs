use serde_json::{Value, json};

use super::super::TOKEN;
use super::RawBot;

#[tokio::test]
async fn either_spelling_of_a_method_and_any_encoding_will_do() {
    let (bot, person) = RawBot::with_person().await;
    let chat = person.id;
    bot.result(
        "SendMessage",
        json!({ "chat_id": chat.to_string(), "text": "json" }),
    )
    .await;
    let get = bot.url(&format!(
        "sendMessage?chat_id={chat}&text=%E5%9C%A8%E5%B2%97"
    ));
    bot.http.get(get).send().await.unwrap();
    let form = format!("chat_id={chat}&text=form+text");
    let post = bot.http.post(bot.url("sendMessage"));
    post.header("content-type", "application/x-www-form-urlencoded")
        .body(form)
        .send()
        .await
        .unwrap();
    let parts = reqwest::multipart::Form::new()
        .text("chat_id", chat.to_string())
        .text("text", "分段");
    bot.http
        .post(bot.url("sendMessage"))
        .multipart(parts)
        .send()
        .await
        .unwrap();
    let view = person.sees();
    let texts: Vec<&str> = view.bots().map(|seen| seen.text.as_str()).collect();
    assert_eq!(texts, ["json", "在岗", "form text", "分段"]);
}

#[tokio::test]
async fn a_document_goes_up_and_a_roster_comes_down() {
    let (bot, person) = RawBot::with_person().await;
    let bytes = b"\xef\xbb\xbfa,b\r\n\r\n--x\r\n".to_vec();
    let part = reqwest::multipart::Part::bytes(bytes.clone()).file_name("值班表.csv");
    let parts = reqwest::multipart::Form::new()
        .text("chat_id", person.id.to_string())
        .text("caption", "一份")
        .part("document", part);
    let response = bot
        .http
        .post(bot.url("sendDocument"))
        .multipart(parts)
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    let seen = person.sees().saying("一份").cloned().expect("the document");
    assert_eq!(seen.file, Some(("值班表.csv".into(), bytes.clone())));

    person.sends_file("国庆值班表.csv", bytes.clone());
    let updates = bot.updates(0).await;
    let document = &updates[1]["message"]["document"];
    assert_eq!(
        (&document["file_name"], &document["mime_type"]),
        (&json!("国庆值班表.csv"), &json!("text/csv"))
    );
    let file = bot
        .result("getFile", json!({ "file_id": document["file_id"] }))
        .await;
    let path = file["file_path"].as_str().unwrap();
    for path in [path.to_owned(), path.replace('/', "%2F")] {
        let url = format!("{}/file/bot{TOKEN}/{path}", bot.api.url());
        assert_eq!(
            bot.http
                .get(url)
                .send()
                .await
                .unwrap()
                .bytes()
                .await
                .unwrap(),
            bytes
        );
    }
    let absent = format!("{}/file/bot{TOKEN}/documents/none", bot.api.url());
    assert_eq!(bot.http.get(absent).send().await.unwrap().status(), 404);
}

/// The head of a PNG of this size.
fn picture(width: u32, height: u32) -> Vec<u8> {
    let mut head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    head.extend(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    head
}

async fn sent_photo(bot: &RawBot, chat: i64, bytes: Vec<u8>) -> Value {
    let part = reqwest::multipart::Part::bytes(bytes).file_name("map.png");
    let parts = reqwest::multipart::Form::new()
        .text("chat_id", chat.to_string())
        .part("photo", part);
    let call = bot.http.post(bot.url("sendPhoto")).multipart(parts);
    call.send().await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn a_photo_must_be_one_and_no_larger_than_phones_show() {
    let (bot, person) = RawBot::with_person().await;
    let body = sent_photo(&bot, person.id, picture(1080, 1436)).await;
    assert!(body["result"]["photo"][0]["file_id"].is_string(), "{body}");
    for (bytes, why) in [
        (b"no picture".to_vec(), "IMAGE_PROCESS_FAILED"),
        (picture(1080, 9000), "PHOTO_INVALID_DIMENSIONS"),
        (picture(60, 1201), "PHOTO_INVALID_DIMENSIONS"),
        (
            [picture(10, 10), vec![0; 11 * 1024 * 1024]].concat(),
            "file is too big for a photo",
        ),
    ] {
        let body = sent_photo(&bot, person.id, bytes).await;
        let refusal = body["description"].as_str().unwrap_or_default();
        assert!(refusal.contains(why), "{body}");
    }
}
