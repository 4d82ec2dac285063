//! `/gaps` as a picture: the map in the chat, its caption, its workbook, and words where no picture
//! can be had.

use calamine::{Data, Reader};

use super::roster::two_towns;
use super::{House, Settings};
use crate::botapi::{Fault, Trouble};

async fn house_with_a_gap() -> (House, crate::botapi::Person) {
    let (house, clerk) = House::with_clerk(Settings::patient()).await;
    let roster = two_towns().with("<红&旗>街道", "许光", "13800000009", 3);
    house.puts_in_force(&clerk, &roster).await;
    (house, clerk)
}

#[tokio::test]
async fn the_gaps_come_as_a_picture_with_all_of_it_in_words_under_it() {
    let (house, clerk) = house_with_a_gap().await;
    clerk.says("/gaps");
    let (text, (name, png)) = clerk
        .expect("the picture", |view| {
            let replies = view.replies();
            let seen = replies.last()?;
            Some((seen.text.clone(), seen.file.clone()?))
        })
        .await;
    assert_eq!(name, "map.png");
    let picture = resvg::tiny_skia::Pixmap::decode_png(&png).unwrap();
    assert_eq!(picture.width(), 1080);
    assert!(
        text.contains("1 处空档") && text.contains("1. <红&旗>街道 缺"),
        "{text}"
    );
    assert!(text.contains("其余 2 个单位正常"), "{text}");
    for label in ["催补 1 个单位", "Excel", "怎么算的"] {
        assert!(clerk.sees().offering(label).is_some(), "{label}");
    }
    house.closes().await;
}

#[tokio::test]
async fn the_workbook_on_its_button_has_every_gap_and_no_formula() {
    let (house, clerk) = house_with_a_gap().await;
    clerk.says("/gaps");
    clerk.expect_saying("1 处空档").await;
    clerk.presses("Excel");
    let (name, bytes) = clerk
        .expect("the workbook", |view| {
            let file = view.replies().last()?.file.clone()?;
            std::path::Path::new(&file.0)
                .extension()
                .is_some_and(|extension| extension == "xlsx")
                .then_some(file)
        })
        .await;
    assert!(name.starts_with("空档 "), "{name}");
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range("空档").unwrap();
    let gaps: Vec<&[Data]> = range
        .rows()
        .filter(|row| matches!(row.first(), Some(Data::Float(_))))
        .collect();
    assert_eq!(gaps.len(), 1);
    assert_eq!(gaps[0][1], Data::String("<红&旗>街道".to_owned()));
    assert_eq!(gaps[0][6], Data::Float(3.0));
    assert!(book.worksheet_formula("空档").unwrap().is_empty());
    house.closes().await;
}

#[tokio::test]
async fn how_gaps_are_counted_is_told() {
    let (house, clerk) = house_with_a_gap().await;
    clerk.says("/gaps");
    clerk.expect_saying("1 处空档").await;
    clerk.presses("怎么算的");
    clerk.expect_saying("空档是这样算的").await;
    house.closes().await;
}

#[tokio::test]
async fn a_picture_that_telegram_refuses_goes_as_words() {
    let (house, clerk) = house_with_a_gap().await;
    let refusal = Trouble::Status(400, "Bad Request: PHOTO_INVALID_DIMENSIONS");
    house.api.fault(Fault::on("sendPhoto", refusal));
    clerk.says("/gaps");
    clerk.expect_saying("1 处空档").await;
    let seen = clerk.sees();
    let told = seen.saying("1 处空档").unwrap();
    assert!(told.file.is_none(), "in words: {}", told.text);
    house.closes().await;
}
