use super::*;
use crate::roster::sample::{self, at};

fn manner(lang: Lang) -> Manner {
    Manner {
        lang,
        zone: Zone::default(),
        now: at("10-03T12:00"),
    }
}

const TWO: &str = "
    城关镇 值班员 10-01T08:00 10-01T20:00 王建国:13800000001+李四
    城关镇 值班员 10-01T20:00 10-02T08:00 赵敏
    东河乡 值班员 10-02T08:00 10-03T08:00 许刚:13800000002
";

#[test]
fn numbers_are_masked_unless_they_are_to_be_dialled() {
    let lines = [("城关镇".to_owned(), "0000-5550101".to_owned())];
    let of = |numbers| roster(&sample::roster(TWO), 3, &lines, numbers, &manner(Lang::Zh));
    let masked = format!("{:?}", of(Numbers::Masked));
    assert!(masked.contains("138****0001") && !masked.contains("13800000001"));
    assert!(masked.contains("0000-5550101"), "a duty line is public");
    let whole = format!("{:?}", of(Numbers::Whole).sheets[0]);
    assert!(whole.contains("13800000001"));
}

#[test]
fn the_wall_has_posts_down_and_days_across() {
    let book = roster(
        &sample::roster(TWO),
        3,
        &[],
        Numbers::Whole,
        &manner(Lang::Zh),
    );
    let wall = &book.sheets[1];
    assert_eq!(wall.table.header[3..], ["10月1日\n周四", "10月2日\n周五"]);
    let cells: Vec<&str> = wall.table.rows[0].iter().map(String::as_str).collect();
    assert_eq!(
        cells[3..],
        ["08:00 至 20:00\n王建国、李四\n20:00 至次日 08:00\n赵敏", ""]
    );
    assert!(
        !format!("{wall:?}").contains("1380000"),
        "no private number on a wall"
    );
}
