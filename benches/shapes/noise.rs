//! No rosters at all.

use super::{Chance, DIGITS, UNITS, WORDS, day, end_of, grown, put};

pub(super) fn random_bytes(bytes: usize) -> Vec<u8> {
    let mut chance = Chance(1);
    (0..bytes)
        .map(|_| u8::try_from(1 + chance.below(255)).unwrap_or(1))
        .collect()
}

pub(super) fn chinese_noise(bytes: usize) -> Vec<u8> {
    grown(bytes, "", |text, _, chance| match chance.below(12) {
        0 => text.push(','),
        1 => text.push_str(chance.of(&["\n", "、", " ", "：", "（", "）"])),
        _ => text.extend(char::from_u32(0x4e00 + chance.below(20_000))),
    })
}

pub(super) fn words_at_random(bytes: usize) -> Vec<u8> {
    grown(bytes, "", |text, n, chance| {
        put(text, format_args!("{}{}", chance.of(WORDS), end_of(n, 7)));
    })
}

pub(super) fn words_in_wide_rows(bytes: usize) -> Vec<u8> {
    grown(bytes, "", |text, n, chance| {
        put(
            text,
            format_args!("{}{}", chance.of(WORDS), end_of(n, 4000)),
        );
    })
}

pub(super) fn words_one_a_line(bytes: usize) -> Vec<u8> {
    grown(bytes, "", |text, _, chance| {
        put(text, format_args!("{}\n", chance.of(WORDS)));
    })
}

pub(super) fn tiny_cells(bytes: usize) -> Vec<u8> {
    grown(bytes, "", |text, n, chance| {
        put(text, format_args!("{}{}", chance.of(DIGITS), end_of(n, 9)));
    })
}

pub(super) fn one_column(bytes: usize) -> Vec<u8> {
    grown(bytes, "", |text, n, chance| {
        put(
            text,
            format_args!(
                "第{n}条 {}今天在{}值班到很晚才回家\n",
                chance.name(),
                chance.of(UNITS)
            ),
        );
    })
}

pub(super) fn one_line(bytes: usize) -> Vec<u8> {
    grown(bytes, "国庆值班：", |text, n, chance| {
        put(
            text,
            format_args!(
                "10月{}日 {} 1380000{:04}；",
                day(n),
                chance.name(),
                n % 10_000
            ),
        );
    })
}

pub(super) fn one_row(bytes: usize) -> Vec<u8> {
    grown(bytes, "", |text, n, chance| {
        put(text, format_args!("10月{}日,{},", day(n), chance.name()));
    })
}

pub(super) fn dates(bytes: usize) -> Vec<u8> {
    const SPELLINGS: &[&str] = &[
        "10月1日",
        "10.2",
        "10-03",
        "2026/10/4",
        "20261005",
        "46301",
        "10月7号",
        "初五",
        "10.1-10.3",
        "1日5日",
        "03/10",
    ];
    grown(bytes, "", |text, n, chance| {
        put(
            text,
            format_args!("{}{}", chance.of(SPELLINGS), end_of(n, 6)),
        );
    })
}

pub(super) fn brackets_left_open(bytes: usize) -> Vec<u8> {
    grown(bytes, "日期,值班员\n", |text, n, chance| {
        put(
            text,
            format_args!("10月{}日 {}", day(n), "( , 代班 （".repeat(5000)),
        );
        put(
            text,
            format_args!(",{}{}\n", chance.name(), "(换, ".repeat(5000)),
        );
    })
}

pub(super) fn blank_cells(bytes: usize) -> Vec<u8> {
    grown(bytes, "", |text, _, _| text.push_str(",,,,,,,,\n"))
}

pub(super) fn blank_lines(bytes: usize) -> Vec<u8> {
    grown(bytes, "日期,值班员\n", |text, _, _| text.push('\n'))
}

pub(super) fn digits(bytes: usize) -> Vec<u8> {
    grown(bytes, "", |text, n, chance| {
        put(
            text,
            format_args!("{:08}{}", chance.below(99_999_999), end_of(n, 6)),
        );
    })
}

pub(super) fn digits_unbroken(bytes: usize) -> Vec<u8> {
    vec![b'1'; bytes]
}

pub(super) fn quotes(bytes: usize) -> Vec<u8> {
    grown(bytes, "", |text, n, _| {
        put(text, format_args!("\"a\"\"{n}\"\"\",\"\n\"\n"));
    })
}

pub(super) fn quotes_deep(bytes: usize) -> Vec<u8> {
    vec![b'"'; bytes / 2 * 2]
}

pub(super) fn quote_unclosed(bytes: usize) -> Vec<u8> {
    grown(bytes, "日期,\"", |text, n, _| {
        put(text, format_args!("10月{n}日,张三\n"));
    })
}

pub(super) fn brackets(bytes: usize) -> Vec<u8> {
    grown(bytes, "日期,值班员\n", |text, n, _| {
        text.push_str(if n % 40 == 39 {
            "\n10月1日,张三"
        } else {
            "（(（"
        });
    })
}
