//! The gaps as a picture with its caption, as a workbook, and how they are counted.

use super::rosters::{self, Remainder};
use super::{CAPTION_SHOWN, Contents, Photo, Sound, Text, Tongue, escaped, limits, safe};
use crate::coverage::Mark;
use crate::decide::{GapPicture, Lang, Press, Say};
use crate::time::{Moment, Period};
use crate::words::picture::{View, length, sheet, times, unit, what};

pub(super) fn message(say: &Say, t: &Tongue) -> Option<Text> {
    let text = match say {
        Say::GapSheet(map) => {
            let view = view(t, map.period, map.now.unwrap_or(t.now));
            let words = sheet::gap_sheet(map, &view);
            let caption = t.pick(
                "空档明细，编号和图上的一样。",
                "The gaps in detail, numbered as in the picture.",
            );
            let name = sheet::file_name(&view);
            Text::new(caption).enclosing(name, Contents::Gaps(words))
        }
        Say::GapsCounted { period } => {
            let view = view(t, *period, t.now);
            let lines = sheet::counting(&view);
            let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
            let title = t.pick("<b>空档是这样算的</b>", "<b>How gaps are counted</b>");
            Text::new(format!("{title}\n{}", lines.join("\n")))
        }
        _ => return None,
    };
    Some(text)
}

fn view(t: &Tongue, period: Period, now: Moment) -> View {
    View {
        lang: t.lang,
        zone: t.zone,
        period,
        now: Some(now),
    }
}

/// The picture with the gaps it shows under it; the whole answer and the buttons on the first.
pub(super) fn photo(picture: &GapPicture, t: &Tongue) -> Photo {
    let GapPicture {
        map, report, page, ..
    } = picture;
    let view = view(t, map.period, map.now.unwrap_or(t.now));
    let shown = map.on_page(*page);
    let shown: Vec<String> = shown.map(|(n, mark)| line(n, mark, &view)).collect();
    let is_first = *page == 1;
    let (caption, instead, buttons) = if is_first {
        let rest = if map.pages() > picture.pages {
            Remainder::InWorkbook
        } else {
            Remainder::None
        };
        (
            rosters::caption(t, report, &shown, rest),
            rosters::gap_message(t, report),
            buttons(t, picture),
        )
    } else {
        let said = shown.join("\n");
        (said.clone(), said, Vec::new())
    };
    Photo {
        page: *page,
        version: picture.version,
        view,
        caption: limits::fitted(caption, CAPTION_SHOWN),
        buttons,
        sound: if is_first {
            Sound::Ringing
        } else {
            Sound::Silent
        },
        instead: limits::fitted(instead, limits::MESSAGE_UNITS),
        map: Box::new(map.clone()),
    }
}

/// `1. 城关镇 缺值班员 今晚 20:30 → 明早 08:30（12 小时）`.
fn line(number: u32, mark: &Mark, view: &View) -> String {
    let (unit, what) = (safe(&unit(mark, view)), safe(&what(mark, view)));
    let (times, length) = (escaped(&times(mark, view)), length(mark, view));
    match view.lang {
        Lang::Zh => format!("{number}. {unit} {what} {times}（{length}）"),
        Lang::En => format!("{number}. {unit}, {what}: {times} ({length})"),
    }
}

fn buttons(t: &Tongue, picture: &GapPicture) -> Vec<Vec<(String, Press)>> {
    let mut rows = vec![rosters::chase_buttons(t, &picture.report)];
    let mut row = Vec::new();
    if !picture.map.marks.is_empty() {
        row.push(("Excel".to_owned(), Press::GapSheet));
    }
    let counted = t.pick("怎么算的", "How is this counted?");
    row.push((counted, Press::GapsCounted));
    rows.push(row);
    rows
}
