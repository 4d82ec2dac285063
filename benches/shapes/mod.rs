//! Files of any size that are hard to answer quickly: noise of several kinds, and rosters of
//! every form grown far past what a clerk would write.

mod across;
mod down;
mod noise;

use std::fmt::{Arguments, Write};

/// A file's name and what makes it, of about so many bytes.
pub type Shape = (&'static str, fn(usize) -> Vec<u8>);

#[rustfmt::skip]
pub const SHAPES: &[Shape] = &[
    ("random-bytes", noise::random_bytes),
    ("chinese-noise", noise::chinese_noise),
    ("words-at-random", noise::words_at_random),
    ("words-in-wide-rows", noise::words_in_wide_rows),
    ("words-one-a-line", noise::words_one_a_line),
    ("tiny-cells", noise::tiny_cells),
    ("blank-cells", noise::blank_cells),
    ("blank-lines", noise::blank_lines),
    ("one-column", noise::one_column),
    ("one-line", noise::one_line),
    ("one-row", noise::one_row),
    ("digits", noise::digits),
    ("digits-unbroken", noise::digits_unbroken),
    ("dates", noise::dates),
    ("quotes", noise::quotes),
    ("quotes-deep", noise::quotes_deep),
    ("quote-unclosed", noise::quote_unclosed),
    ("brackets", noise::brackets),
    ("brackets-left-open", noise::brackets_left_open),
    ("headers-only", down::headers_only),
    ("plain", down::plain),
    ("row-per-shift", down::row_per_shift),
    ("row-per-shift-gb18030", down::row_per_shift_gb18030),
    ("row-per-shift-utf-16", down::row_per_shift_utf_16),
    ("messy-rows", down::messy_rows),
    ("merged-days", down::merged_days),
    ("unit-headings", down::unit_headings),
    ("stacked-sections", down::stacked_sections),
    ("weekday-template", down::weekday_template),
    ("lines", down::lines),
    ("lines-in-one-cell", down::lines_in_one_cell),
    ("legends", down::legends),
    ("legends-and-words", down::legends_and_words),
    ("nights-only", down::nights_only),
    ("days-of-one-row", down::days_of_one_row),
    ("days-all-distinct", down::days_all_distinct),
    ("misread-dates", down::misread_dates),
    ("misread-hours", down::misread_hours),
    ("panels", across::panels),
    ("panels-far-across", across::panels_far_across),
    ("headers-and-one-wide-row", across::headers_and_one_wide_row),
    ("dates-across", across::dates_across),
    ("dates-far-across", across::dates_far_across),
    ("codes", across::codes),
    ("codes-far-across", across::codes_far_across),
    ("codes-of-a-month", across::codes_of_a_month),
    ("phones-below", across::phones_below),
    ("same-as-above", across::same_as_above),
    ("wall-calendar", across::wall_calendar),
];

/// Numbers that look like chance, the same on every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).unwrap_or(0) % bound
    }

    fn of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        let index = self.below(u32::try_from(words.len()).unwrap_or(1));
        words[index as usize]
    }

    /// Two or three characters.
    fn name(&mut self) -> String {
        let mut name = self.of(FAMILY).to_owned();
        name.push_str(self.of(GIVEN));
        if self.below(2) == 0 {
            name.push_str(self.of(GIVEN));
        }
        name
    }
}

const FAMILY: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙",
];
const GIVEN: &[&str] = &[
    "伟", "敏", "静", "强", "磊", "洋", "艳", "勇", "军", "杰", "涛", "明", "超", "兰", "霞", "平",
];
#[rustfmt::skip]
const UNITS: &[&str] = &[
    "城关镇", "大湾乡", "石桥镇", "水利局", "应急管理局", "第二小学", "县医院", "林业站",
];
const DIGITS: &[&str] = &["0", "1", "7", "31", "x", "A", "#", "12", "休", "√"];

/// What rosters are made of.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "日期", "星期", "带班领导", "值班员", "联系电话", "单位", "班次", "备注", "姓名", "10月1日", "10月2日",
    "9月31日", "10.3", "03/10", "46296", "2026-10-04 08:00", "1", "2", "31", "周五", "1日5日",
    "8:00-次日8:00", "08:00", "8:00-8:00", "25:00", "白班", "夜班", "D", "N", "休", "√",
    "0.333", "全天", "上午", "张建国", "李秀英、王伟", "陶 然", "李文博（县长）", "赵敏（请假）", "同上", "待定", "/",
    "城关镇", "水利局", "13800000001", "1.38E+10", "0000-5550101", "合计", "注：值班时间8:00至次日8:00",
    "10月3日：高峰 13800000002", "", "", "A：08:00-16:00", "(((", "：", "国庆节值班表", "制表人：石磊",
    "初五", "除夕",
];

/// Begins with `head` and grows line by line, or word by word; the line's number counts from 0.
fn grown(bytes: usize, head: &str, line: fn(&mut String, usize, &mut Chance)) -> Vec<u8> {
    let mut text = String::with_capacity(bytes + 4096);
    text.push_str(head);
    let mut chance = Chance(1);
    let mut n = 0;
    while text.len() < bytes {
        line(&mut text, n, &mut chance);
        n += 1;
    }
    text.into_bytes()
}

fn put(text: &mut String, what: Arguments<'_>) {
    text.write_fmt(what)
        .expect("a text takes what is written to it");
}

fn utf8(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("every form is written as text")
}

/// A day of the holiday, 1 to 7.
fn day(n: usize) -> usize {
    1 + n % 7
}

/// What stands behind the `n`th of cells written `width` to a row.
fn end_of(n: usize, width: usize) -> char {
    if n % width == width - 1 { '\n' } else { ',' }
}
