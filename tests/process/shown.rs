//! Photos and voice messages as statements: of an officer about a check, of a unit about a
//! circular. They are kept, and a clerk can look at them and listen.

use super::desk::Browser;
use super::roster::Roster;
use super::{House, Settings, counts, presses};

const JPEG: &[u8] = b"\xFF\xD8\xFF\xE0 what the camera saw";
const OPUS: &[u8] = b"OggS what somebody said";

const OFFICE: &str = "[circular]\napprover = \"张建国\"\n";

fn town() -> Roster {
    Roster::of(&[("东河乡", "许刚", "13800000002")]).led_by("东河乡", "张建国", "13800000003")
}

/// The way to something that was shown, as the page has it.
fn way_to(page: &str, before: &str) -> String {
    let (_, rest) = page
        .split_once(&format!("{before}=\"/shown/"))
        .unwrap_or_else(|| panic!("nothing shown in: {page}"));
    let (way, _) = rest.split_once('"').expect("an end");
    format!("/shown/{way}")
}

#[tokio::test]
async fn an_officers_photo_and_voice_are_kept_and_looked_at_on_the_desk() {
    let (mut house, clerk, officers) = House::on_duty(Settings::patient(), &town()).await;
    clerk.says("/check all");
    presses(&officers[0], "已换班").await;
    officers[0].sends_photo_saying(JPEG, "换班条在这里");
    officers[0]
        .expect_saying("“换班条在这里”［照片 1 张］")
        .await;
    house.killed().await;
    house.restarted().await;
    officers[0].speaks_for(OPUS, 7);
    officers[0].expect_saying("［语音 7 秒］").await;
    officers[0].says("找张三接的班");
    officers[0].expect_saying("记下了：“找张三接的班”").await;

    clerk.says("/phone");
    presses(&clerk, " 许刚").await;
    presses(&clerk, "看照片、听语音").await;
    for (words, bytes) in [("换班条在这里", JPEG), ("东河乡 许刚，", OPUS)] {
        let passed = clerk
            .expect("what he sent, in the clerk's chat", |view| {
                let files = view
                    .replies()
                    .into_iter()
                    .filter(|seen| seen.file.is_some());
                let mut fitting = files.filter(|seen| seen.text.contains(words));
                fitting.find_map(|seen| seen.file.clone().filter(|file| file.1 == bytes))
            })
            .await;
        assert_eq!(passed.1, bytes, "{words}");
    }

    let mut desk = Browser::by_the_chat(&house, &clerk).await;
    let round = desk.get("/checks/1").await;
    let photo = desk.fetches(&way_to(&round.html, "img src")).await;
    assert_eq!((photo.0.as_str(), &photo.1[..]), ("image/jpeg", JPEG));
    let voice = desk.fetches("/shown/check/1/1").await;
    assert_eq!((voice.0.as_str(), &voice.1[..]), ("audio/ogg", OPUS));
    let nothing = desk.get("/shown/check/1/2").await;
    assert_eq!(nothing.status, 404);
    let mut stranger = Browser::at(&house).await;
    let shut = stranger.get("/shown/check/1/0").await;
    assert_eq!(shut.status, 401, "nobody else sees it");
    house.closes().await;
}

#[tokio::test]
async fn a_units_photos_stand_with_its_statement_and_the_circular_says_so() {
    let settings = Settings {
        more: OFFICE,
        ..Settings::default()
    };
    let (house, clerk, officers) = House::on_duty(settings, &town()).await;
    let leader = &officers[1];
    clerk.says("/check all");
    presses(leader, "在岗").await;
    clerk.expect_saying(&counts(1, 0, 1, 0, 0)).await;
    clerk.says("/circular");
    presses(&clerk, "去核实").await;
    presses(&clerk, "1 许刚").await;
    presses(&clerk, "定为：脱岗").await;
    presses(&clerk, "打通值班电话，人不在").await;
    presses(&clerk, "重新生成").await;
    presses(&clerk, "征求单位意见").await;
    presses(leader, "有说明").await;
    leader.sends_photo(JPEG);
    leader.expect_saying("［照片 1 张］").await;
    leader.sends_photo(JPEG);
    leader.expect_saying("［照片 2 张］").await;
    leader.says("他去处置落石了");
    leader
        .expect_saying("说明：他去处置落石了 ［照片 2 张］")
        .await;
    clerk
        .expect_saying("说明：他去处置落石了 ［照片 2 张］")
        .await;

    let mut desk = Browser::by_the_chat(&house, &clerk).await;
    let page = desk.get("/circulars").await;
    let photo = desk.fetches(&way_to(&page.html, "img src")).await;
    assert_eq!(photo.0, "image/jpeg");
    assert!(page.html.contains("征求单位意见"), "{}", page.text());
    presses(&clerk, "送审").await;
    presses(leader, "同意").await;
    let file = leader
        .expect("the circular as a file", |view| {
            view.saying("已印发")?.file.clone()
        })
        .await;
    let said = crate::documents::paragraphs(&file.1).join("\n");
    assert!(
        said.contains("他去处置落石了（照片、语音2份，存办公室）"),
        "{said}"
    );
    house.closes().await;
}
