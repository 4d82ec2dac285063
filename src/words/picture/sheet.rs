//! What stands in the workbook of the gaps.

use super::{View, cause, unit, what};
use crate::coverage::{CoverageMap, Mark};
use crate::words::{Lang, when};

/// The workbook's texts, in the order of its columns: number, unit, what, post, start, end,
/// hours, needed, rostered, why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GapSheet {
    pub name: String,
    pub title: String,
    pub header: Vec<String>,
    pub rows: Vec<GapRow>,
    /// Under the rows: what a reader might miss otherwise.
    pub notes: Vec<String>,
}

/// One stretch of one post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GapRow {
    /// As the picture numbers it.
    pub number: u32,
    pub texts: [String; 5],
    pub minutes: u32,
    pub needed: u32,
    pub present: u32,
    pub cause: String,
}

#[must_use]
pub fn file_name(view: &View) -> String {
    let dates = super::dates(view);
    view.pick(format!("空档 {dates}.xlsx"), format!("gaps {dates}.xlsx"))
}

#[must_use]
pub fn gap_sheet(map: &CoverageMap, view: &View) -> GapSheet {
    let header = match view.lang {
        Lang::Zh => [
            "图上编号",
            "单位",
            "缺什么",
            "岗位",
            "开始",
            "结束",
            "小时",
            "需要",
            "实排",
            "原因",
        ],
        Lang::En => [
            "No.", "Unit", "What", "Post", "Start", "End", "Hours", "Needed", "Rostered", "Why",
        ],
    };
    let rows = (1..)
        .zip(&map.marks)
        .flat_map(|(number, mark)| rows(number, mark, view))
        .collect();
    let mut notes = Vec::new();
    if !map.not_submitted.is_empty() {
        let units = map.not_submitted.join(&view.pick("、", ", "));
        notes.push(view.pick(format!("未报：{units}"), format!("Not submitted: {units}")));
    }
    if map.fine > 0 {
        let fine = map.fine;
        notes.push(view.pick(
            format!("其余 {fine} 个单位正常。"),
            match fine {
                1 => "The other unit is fine.".to_owned(),
                _ => format!("The other {fine} units are fine."),
            },
        ));
    }
    GapSheet {
        name: view.pick("空档", "Gaps"),
        title: format!("{} {}", super::title(view), super::dates(view)),
        header: header.map(str::to_owned).to_vec(),
        rows,
        notes,
    }
}

fn rows(number: u32, mark: &Mark, view: &View) -> Vec<GapRow> {
    let at = |moment| view.zone.civil(moment).format("%Y-%m-%d %H:%M").to_string();
    let each = mark
        .spans
        .iter()
        .flat_map(|span| mark.posts.iter().map(move |post| (span, post)));
    each.map(|(span, post)| GapRow {
        number,
        texts: [
            unit(mark, view),
            what(mark, view),
            post.clone(),
            at(span.start()),
            at(span.end()),
        ],
        minutes: u32::try_from(span.length().num_minutes()).unwrap_or(u32::MAX),
        needed: mark.needed,
        present: mark.present,
        cause: cause(mark, view).unwrap_or_default(),
    })
    .collect()
}

/// How the office is told what counts as a gap.
#[must_use]
pub fn counting(view: &View) -> Vec<String> {
    let period = when::span(&view.period, view.zone, view.lang);
    match view.lang {
        Lang::Zh => vec![
            format!("从 {period}，一分一分地看：每个岗位这一刻有没有排人，请假、换班批准后马上算进去。"),
            "一个人也没有，就是空档；units.csv 里写了最少人数的，少一个也算。".to_owned(),
            "假期开头、第一次交班之前的 12 小时以内，由前一天的人值，不算。表上写明不值班的时间，不算。".to_owned(),
            "旁边有没读懂的行，单列“没读懂”，不算空档。没报的单位单列“未报”。".to_owned(),
            "带班领导另算：值班表里有带班领导的单位才看。已经过去的空档不再列。".to_owned(),
        ],
        Lang::En => vec![
            format!("{period}, minute by minute: is anybody rostered at each post? Leave and swaps count as soon as they are approved."),
            "Nobody at all is a gap; fewer than the minimum in units.csv is one too.".to_owned(),
            "Up to 12 h before the first handover belong to the day before. Hours the roster itself declares free do not count.".to_owned(),
            "Beside a row that could not be read it says \"not read\" and is no gap; a unit that sent nothing is listed as such.".to_owned(),
            "Duty leaders are counted apart, and only in units whose roster names any. What is over is not listed.".to_owned(),
        ],
    }
}
