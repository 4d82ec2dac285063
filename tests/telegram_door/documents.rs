//! Files that go out: one multipart call, named as they are, with what stands under them.

use zaigang::decide::{Press, Pressed, What};
use zaigang::files;
use zaigang::telegram::{Fate, Receipt, SendError};
use zaigang::time::Moment;
use zaigang::words::Lang;
use zaigang::words::chat::{Contents, Document, Rendered, Sound};
use zaigang::words::template::template;

use super::Door;
use crate::botapi::{Fault, Trouble};

fn document(file_name: &str, caption: &str) -> Document {
    Document {
        file_name: file_name.to_owned(),
        contents: Contents::Template(template(Some("城关镇"), day(), Lang::Zh)),
        caption: caption.to_owned(),
        buttons: vec![vec![("看空档".to_owned(), Press::Gaps)]],
        sound: Sound::Silent,
    }
}

fn day() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap()
}

async fn sends(door: &Door, document: &Document, bytes: &[u8]) -> Result<Receipt, SendError> {
    let rendered = Rendered::Document(document.clone());
    let to = zaigang::decide::AccountId(door.person.id);
    let deliver = door
        .bot
        .deliver(to, None, &rendered, bytes.to_vec(), &door.key);
    deliver.await
}

#[tokio::test]
async fn a_file_arrives_under_its_own_name_with_caption_and_buttons() {
    let door = Door::open().await;
    let sheet = document("城关镇值班表模板.xlsx", "请填<b>城关镇</b>的班");
    let bytes = files::document::bytes(&sheet.contents).unwrap();
    let receipt = sends(&door, &sheet, &bytes).await.unwrap();
    let seen = door.person.sees();
    let message = seen.saying("请填城关镇的班").unwrap();
    assert_eq!(receipt.message.map(i64::from), Some(message.id));
    assert_eq!(receipt.dated, Moment::from_timestamp(message.date, 0));
    assert_eq!(
        message.file,
        Some(("城关镇值班表模板.xlsx".to_owned(), bytes))
    );
    let query = door.person.presses("看空档");
    let press = Pressed::Ours(Press::Gaps);
    assert_eq!(
        door.hears().await.last().unwrap().what,
        What::Press { query, press }
    );
}

#[tokio::test]
async fn a_name_that_would_break_the_call_loses_what_breaks_it() {
    let door = Door::open().await;
    let named = document("a\"b\\c/d\r\ne.csv", "");
    sends(&door, &named, b"x").await.unwrap();
    let seen = door.person.sees();
    let file = seen.bots().last().unwrap().file.clone();
    assert_eq!(file, Some(("abcde.csv".to_owned(), b"x".to_vec())));
}

#[tokio::test]
async fn a_caption_too_long_and_a_file_of_nothing_are_broken() {
    let door = Door::open().await;
    let long = document("a.csv", &"岗".repeat(1025));
    let words = "Bad Request: message caption is too long".to_owned();
    assert_eq!(
        sends(&door, &long, b"x").await,
        Err(SendError::Broken(words))
    );
    let empty = sends(&door, &document("a.csv", ""), b"").await;
    assert!(matches!(empty, Err(SendError::Broken(_))), "{empty:?}");
}

#[tokio::test]
async fn a_file_whose_receipt_is_lost_may_have_arrived() {
    let door = Door::open().await;
    door.api
        .fault(Fault::on("sendDocument", Trouble::ResetAfterEffect));
    let lost = sends(&door, &document("a.csv", "一份"), b"x").await;
    let Err(SendError::Later { fate, .. }) = lost else {
        panic!("a file may be sent again: {lost:?}");
    };
    assert_eq!(fate, Fate::Unknown);
    assert_eq!(door.person.sees().count("一份"), 1);
}
