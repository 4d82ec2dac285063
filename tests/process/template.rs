//! The empty roster, for those who ask for one.

use super::{House, Settings};

#[tokio::test]
async fn the_template_comes_as_a_file_that_reads_as_an_empty_roster() {
    let (house, clerk) = House::with_clerk(Settings::patient()).await;
    clerk.says("/template");
    let (name, bytes) = clerk
        .expect("the template as a file", |view| {
            view.replies().last()?.file.clone()
        })
        .await;
    assert_eq!(name, "值班表模板.xlsx");
    assert!(bytes.starts_with(b"PK"), "a workbook");
    clerk.sends_file(&name, bytes);
    clerk.expect_saying("一个班也没有读出来").await;
    house.closes().await;
}

#[tokio::test]
async fn a_template_whose_receipt_is_lost_comes_again() {
    use crate::botapi::{Fault, Trouble};
    let (house, clerk) = House::with_clerk(Settings::patient()).await;
    house
        .api
        .fault(Fault::on("sendDocument", Trouble::ResetAfterEffect));
    clerk.says("模板");
    clerk
        .expect("the file twice rather than never", |view| {
            let files = view.bots().filter(|seen| seen.file.is_some());
            (files.count() == 2).then_some(())
        })
        .await;
    house.closes().await;
}
