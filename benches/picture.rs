//! The coverage map, from the roster to the bytes of its pictures: of a county's 24 units with four
//! gaps, of 24 and of 120 that have one each.

use std::fmt::Write;

use zaigang::coverage::{coverage_map, demand, holes};
use zaigang::picture::coverage_pictures;
use zaigang::roster::{Asked, Roster, read};
use zaigang::time::{Zone, holiday};
use zaigang::words::{Lang, picture::View};

fn main() {
    divan::main();
}

/// Units with an officer and a leader by day and by night; the first `with_gap` lack a night.
fn roster(units: usize, with_gap: usize) -> Roster {
    let mut csv = String::from("单位,岗位,姓名,电话,开始,结束\n");
    for unit in 0..units {
        for day in 1..=7 {
            let shifts = [(day, "00:00", day, "12:00"), (day, "12:00", day, "24:00")];
            for (from, start, to, end) in shifts {
                let is_gap = unit < with_gap && day == unit % 7 + 1 && start == "12:00";
                for (post, name) in [("值班员", "王建国"), ("带班领导", "张建国")] {
                    if !(is_gap && post == "值班员") {
                        let line = writeln!(
                            csv,
                            "石桥{unit}镇,{post},{name},,2026-10-{from:02} {start},2026-10-{to:02} {end}"
                        );
                        line.expect("a text takes what is written");
                    }
                }
            }
        }
    }
    read(csv.as_bytes(), &Asked::default()).roster
}

/// How many pictures it takes.
fn drawn(roster: &Roster) -> usize {
    let zone = Zone::default();
    let period = holiday("national-day-2026")
        .expect("it is announced")
        .period(zone);
    let demand = demand(roster, period, &[]);
    let map = coverage_map(roster, &demand, &holes(&demand, roster), None);
    let view = View {
        lang: Lang::Zh,
        zone,
        period,
        now: None,
    };
    let pictures = coverage_pictures(&map, Some(3), &view, None);
    let drawn = pictures.pages.iter().flat_map(|page| pictures.png(page));
    drawn.count()
}

#[divan::bench(args = [(24, 4), (24, 24), (120, 120)], sample_count = 20, sample_size = 1)]
fn units_and_gaps(bencher: divan::Bencher, (units, with_gap): (usize, usize)) {
    let roster = roster(units, with_gap);
    assert_eq!(drawn(&roster), with_gap.div_ceil(6));
    bencher.bench(|| drawn(&roster));
}
