//! The coverage picture as `zaigang check --picture` draws it. `tests/pictures/NAME.svg` holds its
//! shapes, `NAME.png` what it looks like on a phone, 400 pixels wide; `BLESS=1` writes both anew.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use resvg::tiny_skia::{FilterQuality, Pixmap, PixmapPaint, Transform};

use crate::check::Office;

/// A county of 24 units: three without an officer for a while, one without a leader.
fn county() -> String {
    let mut csv = String::from("单位,岗位,姓名,开始,结束\n");
    for row in [
        "城关镇,值班员,赵敏,2026-10-01 00:00,2026-10-01 20:30",
        "城关镇,值班员,赵敏,2026-10-01 20:30,2026-10-02 08:30",
        "城关镇,值班员,王伟,2026-10-02 08:30,2026-10-03 08:30",
        "城关镇,值班员,王建国,2026-10-03 08:30,2026-10-03 20:30",
        "城关镇,值班员,李秀英,2026-10-04 08:30,2026-10-05 08:30",
        "水利局,值班员,周强,2026-10-04 17:30,2026-10-05 08:30",
        "水利局,值班员,吴芳,2026-10-05 17:30,2026-10-06 08:30",
        "东河乡,值班员,许刚,2026-10-06 08:00,2026-10-06 18:00",
        "东河乡,值班员,邓红,2026-10-06 22:00,2026-10-07 08:00",
        "东河乡,值班员,许刚,2026-10-07 08:00,2026-10-07 24:00",
        "应急局,带班领导,刘志强,2026-10-03 08:30,2026-10-04 08:30",
        "应急局,带班领导,陈明,2026-10-05 08:30,2026-10-06 08:30",
    ] {
        csv += row;
        csv.push('\n');
    }
    let mut whole = |unit: &str, post: &str, from: &str, to: &str| {
        let line = writeln!(csv, "{unit},{post},孙丽,2026-10-{from},2026-10-{to}");
        line.unwrap();
    };
    days(&mut whole, "城关镇", "值班员", 4);
    for unit in ["城关镇", "水利局", "东河乡"] {
        days(&mut whole, unit, "带班领导", 0);
    }
    days(&mut whole, "应急局", "值班员", 0);
    for day in 1..4 {
        whole(
            "水利局",
            "值班员",
            &format!("0{day} 08:30"),
            &format!("0{} 08:30", day + 1),
        );
    }
    whole("水利局", "值班员", "01 00:00", "01 08:30");
    whole("水利局", "值班员", "04 08:30", "04 17:30");
    for day in 6..8 {
        whole(
            "水利局",
            "值班员",
            &format!("0{day} 08:30"),
            &format!("0{} 08:30", day + 1),
        );
    }
    for day in 1..6 {
        whole(
            "东河乡",
            "值班员",
            &format!("0{day} 08:00"),
            &format!("0{} 08:00", day + 1),
        );
    }
    whole("东河乡", "值班员", "01 00:00", "01 08:00");
    for day in [1, 2, 6, 7] {
        whole(
            "应急局",
            "带班领导",
            &format!("0{day} 08:30"),
            &format!("0{} 08:30", day + 1),
        );
    }
    whole("应急局", "带班领导", "01 00:00", "01 08:30");
    for unit in 1..=20 {
        for post in ["值班员", "带班领导"] {
            days(&mut whole, &format!("石桥{unit}镇"), post, 0);
        }
    }
    csv
}

/// Day by day, without the first few.
fn days(whole: &mut impl FnMut(&str, &str, &str, &str), unit: &str, post: &str, without: u32) {
    for day in without + 1..=7 {
        let start = if without > 0 && day == without + 1 {
            "08:30"
        } else {
            "00:00"
        };
        whole(
            unit,
            post,
            &format!("0{day} {start}"),
            &format!("0{} 00:00", day + 1),
        );
    }
}

/// Every noon uncovered, a leaders' column left empty, a row nobody can read, long names.
fn a_hard_week() -> String {
    let mut csv = String::from("单位,岗位,姓名,开始,结束\n");
    for day in 1..=7 {
        for hours in [["00:00", "12:00"], ["13:00", "24:00"]] {
            let [start, end] = hours;
            let unit = "县人民医院急诊科护理部";
            let line = writeln!(
                csv,
                "{unit},值班员,甲明,2026-10-0{day} {start},2026-10-0{day} {end}"
            );
            line.unwrap();
        }
        let (start, end) = if day == 5 {
            ("25:00", "25:30")
        } else {
            ("00:00", "24:00")
        };
        let line = writeln!(
            csv,
            "白塔镇,值班员,乙明,2026-10-0{day} {start},2026-10-0{day} {end}"
        );
        line.unwrap();
        if day < 4 {
            let line = writeln!(
                csv,
                "红旗\u{10FFF0}街道,值班员,丙明,2026-10-0{day} 00:00,2026-10-0{day} 24:00"
            );
            line.unwrap();
        }
    }
    csv
}

const AT: [&str; 4] = [
    "--holiday",
    "national-day-2026",
    "--now",
    "2026-10-03T14:32",
];

fn drawn(csv: &str, form: &str, more: &[&str]) -> (Office, Vec<Vec<u8>>) {
    let office = Office::with(&[
        ("a.csv", csv),
        (
            "units.csv",
            "unit\n县人民医院急诊科护理部\n柳河镇\n青石乡\n",
        ),
    ]);
    let out = format!("out.{form}");
    let said = office.run(&[&["check", "a.csv", "--picture", &out], &AT[..], more].concat());
    assert!(said.status < Some(2), "{}", said.err);
    let pages = (1..).map(|page| match page {
        1 => out.clone(),
        page => format!("out-{page}.{form}"),
    });
    let pages = pages
        .take_while(|name| office.has(name))
        .map(|name| office.bytes(&name));
    let pages = pages.collect();
    (office, pages)
}

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/pictures")
        .join(name)
}

fn is_blessing() -> bool {
    std::env::var_os("BLESS").is_some()
}

#[track_caller]
fn assert_shapes(name: &str, page: &[u8]) {
    let path = golden(&format!("{name}.svg"));
    let page = String::from_utf8(page.to_vec()).unwrap();
    if is_blessing() {
        std::fs::write(&path, &page).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap();
    let differing = expected
        .lines()
        .zip(page.lines())
        .find(|(old, new)| old != new);
    assert_eq!(differing, None, "{name}");
    assert_eq!(expected.lines().count(), page.lines().count(), "{name}");
}

/// As on a phone: 400 pixels wide.
fn small(png: &[u8]) -> Pixmap {
    let large = Pixmap::decode_png(png).unwrap();
    let scale = 400.0 / 1080.0;
    let height = (f64::from(large.height()) * 400.0 / 1080.0).round();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let mut small = Pixmap::new(400, height as u32).unwrap();
    let paint = PixmapPaint {
        quality: FilterQuality::Bicubic,
        ..PixmapPaint::default()
    };
    let scaled = Transform::from_scale(scale, scale);
    small.draw_pixmap(0, 0, large.as_ref(), &paint, scaled, None);
    small
}

/// Of a thousand pixels, how many are another colour.
fn differing_per_mille(one: &Pixmap, other: &Pixmap) -> usize {
    let far =
        |(one, other): &(&[u8], &[u8])| one.iter().zip(*other).any(|(a, b)| a.abs_diff(*b) > 40);
    let pixels = one.data().chunks(4).zip(other.data().chunks(4));
    pixels.filter(far).count() * 1000 / (one.data().len() / 4)
}

#[track_caller]
fn assert_looks(name: &str, png: &[u8]) {
    let path = golden(&format!("{name}.png"));
    let seen = small(png);
    if is_blessing() {
        std::fs::write(&path, seen.encode_png().unwrap()).unwrap();
    }
    let expected = Pixmap::load_png(&path).unwrap();
    assert_eq!(
        (seen.width(), seen.height()),
        (expected.width(), expected.height()),
        "{name}"
    );
    let differing = differing_per_mille(&seen, &expected);
    assert!(differing <= 2, "{name}: {differing} of a thousand pixels");
}

#[test]
fn a_county_with_four_gaps() {
    let (_, pages) = drawn(&county(), "svg", &[]);
    assert_eq!(pages.len(), 1);
    assert_shapes("county", &pages[0]);
    let (_, pages) = drawn(&county(), "png", &[]);
    assert_looks("county", &pages[0]);
}

#[test]
fn the_county_of_the_demo_as_the_readme_shows_it() {
    let demo = include_str!("../rosters/county.csv");
    let (_, pages) = drawn(demo, "png", &[]);
    assert_looks("demo", &pages[0]);
}

#[test]
fn the_same_in_english() {
    let (_, pages) = drawn(&county(), "svg", &["--lang", "en"]);
    assert_shapes("county-en", &pages[0]);
}

#[test]
fn a_county_in_which_all_is_well() {
    let mut csv = String::from("单位,岗位,姓名,开始,结束\n");
    let mut whole = |unit: &str, post: &str, from: &str, to: &str| {
        let line = writeln!(csv, "{unit},{post},孙丽,2026-10-{from},2026-10-{to}");
        line.unwrap();
    };
    for unit in ["城关镇", "水利局"] {
        days(&mut whole, unit, "值班员", 0);
        days(&mut whole, unit, "带班领导", 0);
    }
    let (_, pages) = drawn(&csv, "png", &[]);
    assert_looks("clear", &pages[0]);
}

#[test]
fn a_hard_week_says_what_is_a_gap_and_what_is_not_known() {
    let units = ["--units", "units.csv"];
    let (_, pages) = drawn(&a_hard_week(), "svg", &units);
    assert_eq!(pages.len(), 1);
    assert_shapes("hard", &pages[0]);
}

#[test]
fn more_gaps_than_fit_go_on_in_further_pictures() {
    let mut csv = String::from("单位,岗位,姓名,开始,结束\n");
    for unit in 1..=13 {
        let line = writeln!(
            csv,
            "柳河{unit}镇,值班员,甲明,2026-10-01 00:00,2026-10-06 {unit:02}:00"
        );
        line.unwrap();
    }
    let (_, pages) = drawn(&csv, "svg", &[]);
    assert_eq!(pages.len(), 3);
    let pages = pages
        .into_iter()
        .map(|page| String::from_utf8(page).unwrap());
    let all: String = pages.collect();
    for unit in 1..=13 {
        assert!(all.contains(&format!(">柳河{unit}镇<")), "{unit}");
    }
}

#[test]
fn a_picture_of_another_kind_is_refused() {
    let office = Office::with(&[("a.csv", &county())]);
    let said = office.run(&["check", "a.csv", "--picture", "out.jpg"]);
    assert_eq!(said.status, Some(2));
    assert!(
        said.err.contains("out.jpg") && said.err.contains(".svg"),
        "{}",
        said.err
    );
}
