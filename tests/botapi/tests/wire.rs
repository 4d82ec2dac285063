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

#[tokio::test]
async fn a_photo_must_be_one() {
    let (bot, person) = RawBot::with_person().await;
    let part = reqwest::multipart::Part::bytes(b"\x89PNG\r\n\x1a\n".to_vec()).file_name("map.png");
    let parts = reqwest::multipart::Form::new()
        .text("chat_id", person.id.to_string())
        .part("photo", part);
    let response = bot
        .http
        .post(bot.url("sendPhoto"))
        .multipart(parts)
        .send()
        .await
        .unwrap();
    let body: Value = response.json().await.unwrap();
    assert!(body["result"]["photo"][0]["file_id"].is_string(), "{body}");
}
