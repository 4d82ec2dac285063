use std::fmt::Write;

use proptest::prelude::*;

use super::svg::{Anchor, Weight};
use super::*;
use crate::coverage::{CoverageMap, Lane, Sight, coverage_map, demand, holes};
use crate::roster::sample::{at, roster, week};
use crate::time::{Moment, Period, TimeDelta, Zone};
use crate::words::Lang;
use crate::words::picture::{View, times, unit};

fn view(lang: Lang, now: Option<Moment>) -> View {
    View {
        lang,
        zone: Zone::default(),
        period: week(),
        now,
    }
}

fn map(lines: &str, now: Option<Moment>) -> CoverageMap {
    let roster = roster(lines);
    let demand = demand(&roster, week(), &[]);
    coverage_map(&roster, &demand, &holes(&demand, &roster), now)
}

/// Every rectangle with `fill`: left edge and width.
fn blocks(page: &Svg, wanted: Fill) -> Vec<(f64, f64)> {
    page.shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Rect {
                x,
                width,
                fill,
                height,
                ..
            } if *fill == wanted && *height > 50.0 => Some((*x, *width)),
            _ => None,
        })
        .collect()
}

fn texts(page: &Svg) -> Vec<&str> {
    page.shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Text { text, .. } => Some(text.as_str()),
            _ => None,
        })
        .collect()
}

/// What of a page lies outside of it, or is too small to read.
fn faults(pictures: &Pictures, page: &Svg) -> Vec<String> {
    let mut faults = Vec::new();
    for shape in &page.shapes {
        let (left, right, bottom) = match shape {
            Shape::Rect {
                x,
                y,
                width,
                height,
                ..
            } => (*x, x + width, y + height),
            Shape::Circle { x, y, radius, .. } => (x - radius, x + radius, y + radius),
            Shape::Text {
                x,
                y,
                text,
                size,
                anchor,
                weight,
                ..
            } => {
                if *size < 26.0 {
                    faults.push(format!("small: {text} at {size}"));
                }
                let stroke = if *weight == Weight::Bold { 1.0 } else { 0.0 };
                let width = pictures.width(text, *size) + 2.0 * stroke;
                let left = match anchor {
                    Anchor::Start => *x,
                    Anchor::Middle => x - width / 2.0,
                    Anchor::End => x - width,
                };
                (left - stroke, left + width, y + size * 0.3)
            }
            Shape::Path { .. } => continue,
        };
        if left < 0.0 || right > page.width + 0.5 || bottom > page.height + 0.5 {
            faults.push(format!("{shape:?}"));
        }
    }
    faults
}

const NIGHT_OUT: &str = "城关镇 值班员 10-01T00:00 10-03T20:30 王建国
     城关镇 值班员 10-04T08:30 10-08T00:00 李秀英
     城关镇 带班领导 10-01T00:00 10-08T00:00 张建国";

#[test]
fn the_answer_comes_first_and_in_words() {
    let now = Some(at("10-03T14:32"));
    let pictures = coverage_pictures(&map(NIGHT_OUT, now), Some(3), &view(Lang::Zh, now), None);
    let said = texts(&pictures.pages[0]);
    for words in [
        "处空档，合计 12 小时没人",
        "最近一处：今晚 20:30 城关镇（6 小时后）",
        "缺值班员",
        "今晚 20:30 → 明早 08:30",
        "王建国 交班后没排人，李秀英 明早才接",
        "12 小时",
    ] {
        assert!(said.contains(&words), "{words}: {said:?}");
    }
}

#[test]
fn a_minute_is_as_wide_as_a_finger_can_see() {
    let minute = "城关镇 值班员 10-01T00:00 10-03T20:30 王建国
         城关镇 值班员 10-03T20:31 10-08T00:00 李秀英";
    let pictures = coverage_pictures(&map(minute, None), None, &view(Lang::En, None), None);
    let widths: Vec<f64> = blocks(&pictures.pages[0], Fill::Hatch)
        .into_iter()
        .map(|(_, width)| width)
        .collect();
    assert_eq!(widths, [30.0]);
}

#[test]
fn all_clear_has_no_red_at_all() {
    let covered = "城关镇 值班员 10-01T00:00 10-08T00:00 王建国";
    let pictures = coverage_pictures(&map(covered, None), None, &view(Lang::Zh, None), None);
    let svg = pictures.pages[0].file();
    let (_, drawn) = svg.split_once("</defs>").unwrap();
    assert!(
        !drawn.contains("hatch") && !drawn.contains("#D92D20"),
        "{drawn}"
    );
    assert!(texts(&pictures.pages[0]).contains(&"都有人值班"));
}

#[test]
fn a_name_that_is_markup_stays_a_name() {
    let lines = NIGHT_OUT.replace("城关镇", "<&\"城']]>");
    let pictures = coverage_pictures(&map(&lines, None), None, &view(Lang::Zh, None), None);
    let svg = pictures.pages[0].file();
    assert!(svg.contains("&lt;&amp;\"城']]&gt;"), "{svg}");
    let png = pictures.png(&pictures.pages[0]).unwrap();
    assert!(png.starts_with(b"\x89PNG"));
}

#[test]
fn what_no_font_has_is_marked_and_said() {
    let lines = NIGHT_OUT.replace("城关镇", "城\u{10FFF0}镇");
    let pictures = coverage_pictures(&map(&lines, None), None, &view(Lang::Zh, None), None);
    let said = texts(&pictures.pages[0]).join(" ");
    assert!(
        said.contains("城〓镇") && said.contains("U+10FFF0"),
        "{said}"
    );
    assert_eq!(pictures.undrawn(), ['\u{10FFF0}']);
}

/// A county by the hour: units with their names, and who is on from which hour for how long.
fn counties() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        "[城关水利东河应急白塔红旗]{2,14}",
        "[A-Z][a-z]{2,12}-[A-Z][a-z]{2,18}",
    ];
    let duty = (
        0i64..170,
        1i64..60,
        prop::sample::select(vec!["值班员", "带班领导", "驾驶员"]),
    );
    let unit = (name, prop::collection::vec(duty, 1..9));
    prop::collection::vec(unit, 1..14).prop_map(|units| {
        let mut lines = String::new();
        let clock = |hour: i64| {
            let moment = week().start() + TimeDelta::hours(hour);
            Zone::default()
                .civil(moment)
                .format("%m-%dT%H:%M")
                .to_string()
        };
        for (number, (name, duties)) in units.iter().enumerate() {
            for (start, hours, post) in duties {
                let (from, to) = (clock(*start), clock(start + hours));
                let line = writeln!(lines, "{name}{number} {post} {from} {to} 王建国");
                line.unwrap();
            }
        }
        lines
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_gap_is_drawn_numbered_and_told(
        lines in counties(), hour in prop::option::of(-30i64..200), english: bool,
    ) {
        let now = hour.map(|hour| week().start() + TimeDelta::hours(hour));
        let lang = if english { Lang::En } else { Lang::Zh };
        let (map, view) = (map(&lines, now), view(lang, now));
        let pictures = coverage_pictures(&map, Some(1), &view, None);
        prop_assert_eq!(pictures.pages.len(), map.pages());
        for (number, page) in (1..).zip(&pictures.pages) {
            prop_assert_eq!(faults(&pictures, page), Vec::<String>::new());
            let said = texts(page);
            let red = blocks(page, Fill::Hatch);
            for (mark_number, mark) in map.on_page(number) {
                let (name, when) = (unit(mark, &view), times(mark, &view));
                let own = mark_number.to_string();
                let counted = said.iter().filter(|text| **text == own).count();
                prop_assert!(counted > mark.spans.len(), "its number, here and there: {:?}", mark);
                let begins: String = when.chars().take(4).collect();
                prop_assert!(said.iter().any(|text| text.starts_with(&begins)), "{when}");
                let is_named = |text: &&&str| {
                    name.starts_with(text.trim_end_matches('…')) && text.chars().count() > 3
                };
                prop_assert!(said.iter().any(|text| is_named(&text)) || name.chars().count() < 4);
                if mark.sight == Sight::Gap && mark.lane() == Lane::Officers {
                    for span in &mark.spans {
                        prop_assert!(is_covered(&red, week(), span.start()), "{:?}", span);
                        prop_assert!(is_covered(&red, week(), span.end()), "{:?}", span);
                    }
                }
            }
            prop_assert!(red.iter().all(|(_, width)| *width >= 30.0));
        }
    }
}

#[test]
fn a_gap_over_the_whole_period_is_drawn_however_long_the_names_are() {
    for name in [
        "应塔水东2",
        "塔水0",
        "水红1",
        "东应3",
        "应",
        "水利局",
        "石桥镇政府",
        "Oakfield-Ward",
    ] {
        let lines = format!(
            "{name} 值班员 10-08T00:00 10-08T01:00 王建国
             {name} 带班领导 10-01T13:00 10-01T14:00 王建国"
        );
        let pictures = coverage_pictures(&map(&lines, None), None, &view(Lang::Zh, None), None);
        for page in &pictures.pages {
            assert_eq!(faults(&pictures, page), Vec::<String>::new(), "{name}");
        }
    }
}

/// Whether a block reaches to where `moment` must be, wherever the lanes begin.
fn is_covered(blocks: &[(f64, f64)], period: Period, moment: Moment) -> bool {
    let part = (moment - period.start()).as_seconds_f64() / period.length().as_seconds_f64();
    let lanes_begin = [200.0, 340.0];
    let reach = lanes_begin.map(|left| left + part * (1044.0 - left));
    blocks
        .iter()
        .any(|(x, width)| x - 1.0 <= reach[1] && x + width + 1.0 >= reach[0])
}
