//! Days down, and no columns.

use super::{GIVEN, UNITS, day, grown, put, utf8};

pub(super) fn plain(bytes: usize) -> Vec<u8> {
    grown(
        bytes,
        "unit,post,role,name,phone,start,end\n",
        |text, n, chance| {
            let (unit, name) = (chance.of(UNITS), chance.name());
            put(
                text,
                format_args!(
                    "{unit},值班员,duty_officer,{name},1380000{:04},2026-10-0{}T08:00,2026-10-0{}T08:00\n",
                    n % 10_000,
                    day(n),
                    day(n) + 1
                ),
            );
        },
    )
}

pub(super) fn row_per_shift(bytes: usize) -> Vec<u8> {
    grown(
        bytes,
        "单位,日期,班次,值班员,联系电话\n",
        |text, n, chance| {
            let (unit, name) = (chance.of(UNITS), chance.name());
            let shift = if n.is_multiple_of(2) {
                "8:00-20:00"
            } else {
                "20:00-次日8:00"
            };
            put(
                text,
                format_args!(
                    "{unit},10月{}日,{shift},{name},1380000{:04}\n",
                    day(n / 2),
                    n % 10_000
                ),
            );
        },
    )
}

pub(super) fn messy_rows(bytes: usize) -> Vec<u8> {
    grown(
        bytes,
        "国庆节值班表\n日期,时间,带班领导,值班人员,电话,备注\n",
        |text, n, chance| {
            let (leader, one, other) = (chance.name(), chance.name(), chance.name());
            let people = match n % 5 {
                0 => format!("{one}（换：{other}）"),
                1 => format!("{one}、{other} 1380000{:04}", n % 10_000),
                2 => format!("\"{one}\n{other}\""),
                3 => format!("{one}（请假）"),
                _ => "待定".to_owned(),
            };
            put(
                text,
                format_args!(
                    "10月{}日(周四),早8点至次日8点,{leader}（副镇长）,{people},0000-555{:04},第{n}行\n",
                    day(n),
                    n % 10_000
                ),
            );
        },
    )
}

pub(super) fn merged_days(bytes: usize) -> Vec<u8> {
    grown(
        bytes,
        "日期,班次,带班领导,值班员\n",
        |text, n, chance| {
            let (leader, one, other) = (chance.name(), chance.name(), chance.name());
            put(
                text,
                format_args!("10月{}日,白班,{leader},{one}\n,夜班,,{other}\n", day(n)),
            );
        },
    )
}

pub(super) fn unit_headings(bytes: usize) -> Vec<u8> {
    grown(
        bytes,
        "全县国庆值班汇总表,,\n日期,带班领导,值班员\n",
        |text, n, chance| {
            if n.is_multiple_of(7) {
                put(
                    text,
                    format_args!("{}、{}{n}镇,,\n", n / 7 + 1, chance.of(GIVEN)),
                );
            }
            put(
                text,
                format_args!("10月{}日,{},{}\n", day(n), chance.name(), chance.name()),
            );
        },
    )
}

pub(super) fn stacked_sections(bytes: usize) -> Vec<u8> {
    grown(bytes, "", |text, n, chance| {
        put(
            text,
            format_args!(
                "{}{n}镇国庆值班表,,\n日期,带班领导,值班员\n,姓名,姓名\n",
                chance.of(GIVEN)
            ),
        );
        for d in 1..8 {
            put(
                text,
                format_args!("10月{d}日,{},{}\n", chance.name(), chance.name()),
            );
        }
        text.push_str("注：值班时间为8:00至次日8:00,,\n\n");
    })
}

pub(super) fn weekday_template(bytes: usize) -> Vec<u8> {
    grown(bytes, "单位,星期,值班员\n", |text, n, chance| {
        let weekday = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"][n % 7];
        put(
            text,
            format_args!("{},{weekday},{}\n", chance.of(UNITS), chance.name()),
        );
    })
}

pub(super) fn lines(bytes: usize) -> Vec<u8> {
    grown(bytes, "国庆值班安排\n", |text, n, chance| {
        put(
            text,
            format_args!(
                "10月{}日 带班：{} 值班：{}、{} 电话1380000{:04}\n",
                day(n),
                chance.name(),
                chance.name(),
                chance.name(),
                n % 10_000
            ),
        );
    })
}

pub(super) fn lines_in_one_cell(bytes: usize) -> Vec<u8> {
    let mut text = "\"国庆值班安排\n".to_owned();
    text.push_str(&utf8(grown(bytes, "", |text, n, chance| {
        put(
            text,
            format_args!("10月{}日：{}、{}\n", day(n), chance.name(), chance.name()),
        );
    })));
    text.push_str("\"\n");
    text.into_bytes()
}

pub(super) fn legends(bytes: usize) -> Vec<u8> {
    grown(
        bytes,
        "姓名,10月1日,10月2日,10月3日\n王伟,A1,A2,A3\n",
        |text, n, _| {
            put(
                text,
                format_args!("A{n}：{:02}:00-{:02}:00\n", n % 23, n % 23 + 1),
            );
        },
    )
}

pub(super) fn legends_and_words(bytes: usize) -> Vec<u8> {
    grown(bytes, "日期,班次,值班员\n", |text, n, chance| {
        let shift = ["白班", "夜班", "早班", "日班"][n % 4];
        put(
            text,
            format_args!(
                "10月{}日,{shift},{}\nB{n}：{:02}:00-23:00,,\n",
                day(n),
                chance.name(),
                n % 22
            ),
        );
    })
}

pub(super) fn nights_only(bytes: usize) -> Vec<u8> {
    grown(
        bytes,
        "夜间值班表\n日期,时间,值班员\n",
        |text, n, chance| {
            put(
                text,
                format_args!("{},18:00-次日8:00,{}\n", 40_000 + n % 19_000, chance.name()),
            );
        },
    )
}

pub(super) fn days_of_one_row(bytes: usize) -> Vec<u8> {
    grown(bytes, "日期,值班员\n", |text, n, chance| {
        put(
            text,
            format_args!("10月1日-11月30日,{}{n}\n", chance.name()),
        );
    })
}

pub(super) fn headers_only(bytes: usize) -> Vec<u8> {
    grown(bytes, "", |text, _, _| {
        text.push_str("日期,带班领导,值班员,联系电话\n");
    })
}

pub(super) fn row_per_shift_gb18030(bytes: usize) -> Vec<u8> {
    let text = utf8(row_per_shift(bytes));
    encoding_rs::GB18030.encode(&text).0.into_owned()
}

pub(super) fn row_per_shift_utf_16(bytes: usize) -> Vec<u8> {
    let text = utf8(row_per_shift(bytes / 2));
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// No two days the same, and no two hours.
pub(super) fn days_all_distinct(bytes: usize) -> Vec<u8> {
    grown(bytes, "日期,时间,值班员\n", |text, n, chance| {
        put(
            text,
            format_args!(
                "{}-{:02}-{:02},{:02}:{:02}-次日{:02}:{:02},{}{n}\n",
                2000 + n / 336 % 100,
                1 + n / 28 % 12,
                1 + n % 28,
                n % 24,
                n % 60,
                n / 24 % 24,
                n % 60,
                chance.name()
            ),
        );
    })
}

pub(super) fn misread_dates(bytes: usize) -> Vec<u8> {
    grown(bytes, "日期,值班员\n", |text, n, chance| {
        put(text, format_args!("9月31日,{}{n}\n", chance.name()));
    })
}

pub(super) fn misread_hours(bytes: usize) -> Vec<u8> {
    grown(bytes, "日期,时间,值班员\n", |text, n, chance| {
        let (day, minute, name) = (day(n), n % 60, chance.name());
        put(
            text,
            format_args!("10月{day}日,25:{minute:02}-99:00,{name}\n"),
        );
    })
}
