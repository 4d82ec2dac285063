//! The unit a title is about.
//!
//! Knows one text; which cells are titles is asked elsewhere.

use std::sync::LazyLock;

use super::lexicon::Lexicon;
use super::likely_names::is_unit_name;
use super::plain::{plain, squeezed};

/// What may stand before a unit's name, with a colon after it.
const UNIT_LABELS: &[&str] = &[
    "填报单位",
    "报送单位",
    "上报单位",
    "值班单位",
    "单位名称",
    "单位",
    "值班部门",
    "部门名称",
    "部门",
    "科室名称",
    "科室",
    "病区",
    "学校",
    "所属",
    "部署",
    "부서",
    "unit",
    "department",
    "dept",
    "site",
];

/// What stands behind a unit's name on paper that is stamped.
const STAMPS: &[&str] = &["(盖章)", "（盖章）", "(公章)", "（公章）", "盖章"];

/// The unit a label names: 单位：青石县应急局（盖章） → 青石县应急局.
pub(super) fn labelled_unit(text: &str) -> Option<&str> {
    let (label, name) = text.split_once([':', '：'])?;
    let label = squeezed(label).to_lowercase();
    if !UNIT_LABELS.contains(&unstamped(&label)) {
        return None;
    }
    let name = unstamped(name.split_whitespace().next()?);
    (name.chars().count() >= 2).then_some(name)
}

fn unstamped(text: &str) -> &str {
    let stamped = STAMPS.iter().find_map(|stamp| text.strip_suffix(stamp));
    stamped.unwrap_or(text).trim()
}

/// The unit a title begins with: 青石县人民政府办公室2026年国庆节… → 青石县人民政府办公室.
pub(super) fn unit_in_title(title: &str) -> Option<String> {
    static AFTER: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::of_words(ENDS));
    const ENDS: &[&str] = &[
        "20",
        "二〇",
        "二零",
        "国庆",
        "中秋",
        "春节",
        "元旦",
        "五一",
        "端午",
        "清明",
        "劳动节",
        "节假日",
        "双节",
        "假期",
        "值班",
        "值守",
        "值宿",
        "带班",
        "应急",
        "行政总",
        "行政值",
        "排班",
        "安排",
        "1月",
        "2月",
        "10月",
        "十月",
        "九月",
        "夜班",
        "白班",
        "护士",
        "医生",
        "总值班",
        "各",
        "(",
        "（",
        "关于",
        "duty",
        "Duty",
        "roster",
        "Roster",
        "on-call",
        "근무",
        "당직",
        "日直",
        "宿直",
        "当番",
        "勤務",
        "一周",
        "本周",
        "周",
        "(",
    ];
    let title = title.trim().trim_start_matches(['*', '#', '"']).trim();
    let mut places = title.char_indices().map(|(at, _)| at);
    let end = places.find(|at| AFTER.starts_of(&title[*at..]).next().is_some())?;
    let unit = title[..end]
        .trim()
        .trim_end_matches(['-', ':', '：', '—', '_', '的', ' '])
        .trim();
    let shown = unit
        .split_whitespace()
        .last()
        .filter(|_| unit.contains(' ') && is_unit_name(unit))
        .unwrap_or(unit);
    (unit.chars().count() >= 2 && unit.chars().count() <= 40 && is_unit_name(&plain(unit))).then(
        || {
            if shown.len() < unit.len() {
                unit.to_owned()
            } else {
                shown.to_owned()
            }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_tell_the_unit() {
        for (text, unit) in [
            ("单位：青石县应急局", Some("青石县应急局")),
            (
                "填报单位（盖章）：青石县应急局  填报时间：9月28日",
                Some("青石县应急局"),
            ),
            ("单 位 : 青石县应急局(公章)", Some("青石县应急局")),
            ("Department: Surgery", Some("Surgery")),
            ("值班电话：0000-1234567", None),
            ("单位：", None),
        ] {
            assert_eq!(labelled_unit(text), unit, "{text}");
        }
    }

    #[test]
    fn titles_tell_the_unit() {
        assert_eq!(
            unit_in_title("青石县人民政府办公室2026年国庆节期间值班安排表").as_deref(),
            Some("青石县人民政府办公室")
        );
        assert_eq!(unit_in_title("国庆节值班表"), None);
        assert_eq!(
            unit_in_title("恒岳钢铁公司 国庆节值班表").as_deref(),
            Some("恒岳钢铁公司")
        );
    }
}
