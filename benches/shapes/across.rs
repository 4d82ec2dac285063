//! Days across.

use super::{Chance, UNITS, day, grown, put};

pub(super) fn panels(bytes: usize) -> Vec<u8> {
    side_by_side(bytes, 400)
}

fn side_by_side(bytes: usize, panels: usize) -> Vec<u8> {
    let mut text = "日期,值班员,".repeat(panels);
    text.push('\n');
    let mut chance = Chance(1);
    let mut n = 0;
    while text.len() < bytes {
        for _ in 0..panels {
            put(
                &mut text,
                format_args!("10月{}日,{},", day(n), chance.name()),
            );
        }
        text.push('\n');
        n += 1;
    }
    text.into_bytes()
}

pub(super) fn panels_far_across(bytes: usize) -> Vec<u8> {
    side_by_side(bytes, 8000)
}

pub(super) fn dates_across(bytes: usize) -> Vec<u8> {
    grown(
        bytes,
        "单位,岗位,10月1日,10月2日,10月3日,10月4日,10月5日,10月6日,10月7日\n",
        |text, n, chance| {
            put(text, format_args!("{}{n},值班员", chance.of(UNITS)));
            for _ in 0..7 {
                put(text, format_args!(",{}", chance.name()));
            }
            text.push('\n');
        },
    )
}

fn far_across(bytes: usize, cell: fn(&mut Chance) -> String) -> Vec<u8> {
    const DAYS: usize = 4000;
    let mut text = "姓名".to_owned();
    for n in 0..DAYS {
        put(
            &mut text,
            format_args!(",{}月{}日", 1 + n / 28 % 12, 1 + n % 28),
        );
    }
    let mut chance = Chance(1);
    while text.len() < bytes {
        put(&mut text, format_args!("\n{}", chance.name()));
        for _ in 0..DAYS {
            put(&mut text, format_args!(",{}", cell(&mut chance)));
        }
    }
    text.into_bytes()
}

pub(super) fn dates_far_across(bytes: usize) -> Vec<u8> {
    far_across(bytes, Chance::name)
}

pub(super) fn codes_far_across(bytes: usize) -> Vec<u8> {
    far_across(bytes, |chance| chance.of(&["D", "E", "N", "休"]).to_owned())
}

pub(super) fn codes(bytes: usize) -> Vec<u8> {
    let mut head = "10月排班表 D:08:00-16:00 E:16:00-24:00 N:00:00-08:00\n姓名".to_owned();
    for d in 1..=31 {
        put(&mut head, format_args!(",{d}"));
    }
    head.push('\n');
    grown(bytes, &head, |text, _, chance| {
        text.push_str(&chance.name());
        for _ in 1..=31 {
            put(
                text,
                format_args!(",{}", chance.of(&["D", "E", "N", "休", "D/E"])),
            );
        }
        text.push('\n');
    })
}

pub(super) fn phones_below(bytes: usize) -> Vec<u8> {
    grown(
        bytes,
        "岗位,10月1日,10月2日,10月3日\n",
        |text, n, chance| {
            put(
                text,
                format_args!(
                    "值班员,{},{},{}\n电话",
                    chance.name(),
                    chance.name(),
                    chance.name()
                ),
            );
            for c in 0..3 {
                put(text, format_args!(",1380000{:04}", (n * 3 + c) % 10_000));
            }
            text.push('\n');
        },
    )
}

pub(super) fn same_as_above(bytes: usize) -> Vec<u8> {
    grown(
        bytes,
        "岗位,10月1日,10月2日,10月3日\n值班员,王伟,李敏,张静\n",
        |text, _, _| text.push_str("值班员,同上,同上,〃\n"),
    )
}

pub(super) fn wall_calendar(bytes: usize) -> Vec<u8> {
    grown(
        bytes,
        "2026年10月值班表\n日,一,二,三,四,五,六\n",
        |text, n, chance| {
            for column in 0..7 {
                let day = 1 + (n * 7 + column) % 31;
                put(
                    text,
                    format_args!(
                        "\"{day}\n带班：{}\n值班：{}\"{}",
                        chance.name(),
                        chance.name(),
                        if column == 6 { '\n' } else { ',' }
                    ),
                );
            }
        },
    )
}

pub(super) fn headers_and_one_wide_row(bytes: usize) -> Vec<u8> {
    let wide = ",".repeat(16_000);
    let head = format!("日期,值班员\n{wide}\n");
    grown(bytes, &head, |text, _, _| text.push_str("日期,值班员\n"))
}

/// A month of a hospital of five thousand, until the file is full.
pub(super) fn codes_of_a_month(bytes: usize) -> Vec<u8> {
    let days: Vec<String> = (1..=31).map(|day| format!(",10月{day}日")).collect();
    let head = format!("姓名{}\n", days.concat());
    grown(bytes, &head, |text, n, chance| {
        put(text, format_args!("{}{}", chance.name(), n % 5_000));
        for _ in 0..31 {
            put(
                text,
                format_args!(",{}", chance.of(&["白班", "夜班", "休", "D", "N", "O"])),
            );
        }
        text.push('\n');
    })
}
