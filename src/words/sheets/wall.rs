//! A page to pin to the wall: posts down, days across, who and when in each cell.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::{Manner, Paging, Sheet, line_of};
use crate::roster::Roster;
use crate::words::circular::Table;
use crate::words::{Lang, when};

/// What is legible across A4.
const DAYS_A_PAGE: usize = 7;
/// Beyond so many nobody reads a wall.
const MOST_PAGES: usize = 10;

/// A sheet for each week or so.
pub(super) fn pages(
    roster: &Roster,
    duty_lines: &[(String, String)],
    title: &str,
    note: &str,
    manner: &Manner,
) -> Vec<Sheet> {
    let cells = cells(roster, manner);
    let days: BTreeSet<NaiveDate> = cells.keys().map(|(_, day)| *day).collect();
    let days: Vec<NaiveDate> = days.into_iter().collect();
    let pages = days.chunks(DAYS_A_PAGE).take(MOST_PAGES);
    let several = days.len() > DAYS_A_PAGE;
    (1..)
        .zip(pages)
        .map(|(page, days)| {
            let page: u32 = page;
            let name = manner.pick("张贴页", "Wall");
            Sheet {
                name: if several {
                    format!("{name} {page}")
                } else {
                    name
                },
                title: title.to_owned(),
                note: note.to_owned(),
                table: table(roster, duty_lines, days, &cells, manner),
                paging: Paging::Across,
            }
        })
        .collect()
}

/// What stands at a post on a day, by the post's number.
fn cells(roster: &Roster, manner: &Manner) -> BTreeMap<(u32, NaiveDate), Vec<String>> {
    let mut cells: BTreeMap<(u32, NaiveDate), Vec<String>> = BTreeMap::new();
    for (post, shifts) in (0..).zip(roster.by_post().iter()) {
        for shift in shifts {
            let day = manner.zone.date(shift.span.start());
            let hours = when::hours(&shift.span, manner.zone, manner.lang);
            let names: Vec<&str> = shift.people.iter().map(|p| p.name.as_str()).collect();
            let names = names.join(&manner.pick("、", ", "));
            let lines = cells.entry((post, day)).or_default();
            lines.push(format!("{hours}\n{names}"));
        }
    }
    cells
}

fn table(
    roster: &Roster,
    duty_lines: &[(String, String)],
    days: &[NaiveDate],
    cells: &BTreeMap<(u32, NaiveDate), Vec<String>>,
    manner: &Manner,
) -> Table {
    let mut header = vec![
        manner.pick("单位", "Unit"),
        manner.pick("岗位", "Post"),
        manner.pick("值班电话", "Duty line"),
    ];
    header.extend(days.iter().map(|day| {
        let date = when::date(*day, manner.lang);
        format!("{date}\n{}", weekday(*day, manner.lang))
    }));
    let mut table = Table {
        header,
        ..Table::default()
    };
    for (index, post) in (0..).zip(&roster.posts) {
        let of_day = |day: &NaiveDate| {
            let lines = cells.get(&(index, *day));
            lines.map_or_else(String::new, |lines| lines.join("\n"))
        };
        let head = [
            post.unit.clone(),
            post.name.clone(),
            line_of(duty_lines, &post.unit),
        ];
        table.row(head.into_iter().chain(days.iter().map(of_day)));
    }
    table
}

fn weekday(day: NaiveDate, lang: Lang) -> &'static str {
    const ZH: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    const EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let at = day.weekday().num_days_from_monday() as usize;
    match lang {
        Lang::Zh => ZH[at],
        Lang::En => EN[at],
    }
}
