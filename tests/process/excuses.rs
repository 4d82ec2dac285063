//! What a remark excuses is not told in the chat either.

use super::{House, Settings, putting_in_force};

const TWICE: &str = "\
单位,日期,时间,带班领导,值班员,值班电话,备注
石桥镇,2026-10-01,08:00-20:00,李文博,张建国,0000-5550301,
石桥镇,2026-10-01,08:00-20:00,李文博,张建国,0000-5550301,REMARK
";

#[tokio::test]
async fn a_row_that_is_excused_is_not_told_to_the_clerk() {
    let (house, clerk) = House::with_clerk(Settings::patient()).await;
    for (name, remark, is_told) in [
        ("一.csv", "", true),
        ("二.csv", "忽略 C103：重名的两个人", false),
        ("三.csv", "忽略 C103", true),
    ] {
        clerk.sends_file(name, TWICE.replace("REMARK", remark).into_bytes());
        let said = clerk
            .expect("the file's report", |view| {
                let last = view.replies().last().copied()?;
                putting_in_force(last).filter(|_| last.text.contains(name))?;
                Some(last.text.clone())
            })
            .await;
        assert_eq!(said.contains("重复列了一次"), is_told, "{remark}: {said}");
        assert_eq!(said.contains("没有写理由"), remark == "忽略 C103", "{said}");
    }
    house.closes().await;
}
