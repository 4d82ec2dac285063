use super::{few, first, joined};
use crate::roster::{Beside, Booking, Code, Finding, Matter};
use crate::time::{TimeDelta, Zone};
use crate::words::Lang::Zh;
use crate::words::finding::Said;
use crate::words::when;

#[expect(clippy::too_many_lines, reason = "every sentence once, side by side")]
pub(super) fn said(finding: &Finding, zone: Zone) -> Said {
    match &finding.matter {
        Matter::Uncovered { .. } => uncovered(finding, zone),
        Matter::FirstNight { posts, span } => {
            let names: Vec<String> = posts.iter().map(|(u, p)| joined(&[u, p])).collect();
            Said::new(
                format!(
                    "{} {} 还没有人接班，属于前一天的班",
                    list(&names, "个岗位"),
                    when::span(span, zone, Zh)
                ),
                "不算空档；若要一并核对，请把前一天的班也列上",
            )
            .with_labels(["第一班从这时开始"])
        }
        Matter::NotSubmitted { unit } => Said::new(
            format!("{unit} 没有报值班表"),
            "请催报；若本次不用报，请从单位名单中去掉",
        ),
        Matter::DoubleBooked {
            name,
            first,
            second,
            overlaps,
        } => Said::new(
            format!(
                "{name} {} 同时排在两处：{}",
                when::spans(overlaps, zone, Zh),
                both(first, second)
            ),
            "一个人同一时间只能在一处，请改其中一处",
        )
        .with_labels(["又排在这里", "已排在这里"]),
        Matter::Namesake {
            name,
            first,
            second,
            overlaps,
        } => Said::new(
            format!(
                "{name} {} 在两个单位同时有班：{}，请核实是不是同一人",
                when::spans(overlaps, zone, Zh),
                both(first, second)
            ),
            "若是重名，两处都写上电话就分得开；若是同一人，请改其中一处",
        )
        .with_labels(["这里也有", "这里有"]),
        Matter::TogetherAtPost {
            unit,
            post,
            names: [one, other],
            overlaps,
        } => Said::new(
            format!(
                "{} {} {one}、{other}同时在班",
                joined(&[unit, post]),
                when::spans(overlaps, zone, Zh)
            ),
            "若本来就是双岗，不用改；若是两个版本，请删去一个",
        )
        .with_labels(["这一班", "与这一班重叠"]),
        Matter::SameShiftTwice {
            unit,
            post,
            names,
            span,
        } => Said::new(
            format!(
                "{} {} {}重复列了一次",
                joined(&[unit, post]),
                when::span(span, zone, Zh),
                names.join("、")
            ),
            "删去重复的一行",
        )
        .with_labels(["重复", "先列在这里"]),
        Matter::NoBreak {
            unit,
            name,
            span,
            longest_minutes,
        } => Said::new(
            format!(
                "{} {} 连着上班 {}，没有歇",
                joined(&[unit, name]),
                when::span(span, zone, Zh),
                when::length(span.length(), Zh)
            ),
            format!(
                "中间安排人替换；一个班最长 {}，连上几个班要短于它（--max-hours）",
                minutes(*longest_minutes)
            ),
        )
        .with_labels(["连到这一班", "从这一班起"]),
        Matter::LeaderIsOfficer {
            unit,
            name,
            leader_post,
            officer_post,
            overlaps,
        } => Said::new(
            format!(
                "{} {} 既是{leader_post}又是{officer_post}",
                joined(&[unit, name]),
                when::spans(overlaps, zone, Zh)
            ),
            "带班的和值班的应是两个人，请换一个",
        )
        .with_labels(["带班", "值班"]),
        Matter::ShortRest {
            unit,
            name,
            off,
            on,
            least_minutes,
        } => Said::new(
            format!(
                "{} {} 下班，{} 又上班，只休息 {}",
                joined(&[unit, name]),
                when::moment(*off, zone, Zh),
                when::moment(*on, zone, Zh),
                when::length(*on - *off, Zh)
            ),
            format!("两班之间至少休息 {}", minutes(*least_minutes)),
        )
        .with_labels(["这一班来得太早", "上一班"]),
        Matter::AboveNeed {
            unit,
            post,
            spans,
            needed,
            present,
        } => Said::new(
            format!(
                "{} {} 有 {present} 人，只需要 {needed} 人",
                joined(&[unit, post]),
                when::spans(spans, zone, Zh)
            ),
            "若是交接重叠，不用改",
        )
        .with_labels(["从这一班起"]),
        Matter::SharedPhone { phone, names } => Said::new(
            format!("号码 {phone} 写在{}名下", list(names, "个人")),
            "核对哪个号码写错了；打不通的号码等于没有",
        )
        .with_labels(["同一个号码", "先写在这里"]),
        Matter::TwoPhones { unit, name, phones } => {
            let phones: Vec<String> = phones.iter().map(ToString::to_string).collect();
            Said::new(
                format!(
                    "{} 有 {} 个号码：{}",
                    joined(&[unit, name]),
                    phones.len(),
                    phones.join("、")
                ),
                "留一个打得通的；若是两个同名的人，请在姓名上区分",
            )
            .with_labels(["另一个号码", "先写的号码"])
        }
        Matter::NoLandline { units } => {
            let units: Vec<&str> = units.iter().map(|u| name_of(u)).collect();
            Said::new(
                format!("{} 没有值班电话", list(&units, "个单位")),
                "在值班表里或单位名单（units.csv）的 duty_line 里写上值班室电话",
            )
        }
        Matter::UnknownUnit { unit, nearest } => Said::new(
            format!("{} 不在单位名单里", name_of(unit)),
            match nearest {
                Some(nearest) => format!("是不是 {nearest}？若是新单位，请加进名单"),
                None => "若是新单位，请加进名单".to_owned(),
            },
        )
        .with_labels(["这个单位"]),
        Matter::OutsidePeriod {
            shifts,
            first_day,
            last_day,
            period,
        } => {
            let days = when::days(&[*first_day, *last_day], Zh);
            let days = if first_day == last_day {
                when::date(*first_day, Zh)
            } else {
                days.replace('、', "至")
            };
            Said::new(
                format!("{days} 有 {shifts} 个班次在考核期之外，读了但不计"),
                format!("考核期是 {}", when::span(period, zone, Zh)),
            )
            .with_labels(["从这里起"])
        }
        Matter::NoHoliday { period } => Said::new(
            format!(
                "没有给出考核期，也没有与表中日期相符的已公布假期，暂按表中日期 {} 核对",
                when::span(period, zone, Zh)
            ),
            "请用 --from 和 --to 给出考核期，例如 --from 2027-10-01T00:00 --to 2027-10-08T00:00",
        ),
        Matter::UnusedSuppression { entry } => Said::new(
            format!("忽略项 {entry} 没有用到"),
            "问题已经不在了，请把这一项去掉",
        ),
        Matter::Misread(misread) => super::misread(misread, Zh),
    }
}

fn uncovered(finding: &Finding, zone: Zone) -> Said {
    let Matter::Uncovered {
        unit,
        post,
        spans,
        needed,
        present,
        beside,
        ..
    } = &finding.matter
    else {
        return Said::new(finding.code.slug(), String::new());
    };
    let span = first(spans);
    let when = when::spans(spans, zone, Zh);
    let how_long = match spans.len() {
        1 => when::length(span.length(), Zh),
        count => format!("{count} 次，每次 {}", when::length(span.length(), Zh)),
    };
    let message = if *present > 0 {
        let post = joined(&[unit, post]);
        format!("{post} {when} 只有 {present} 人，需要 {needed} 人（{how_long}）")
    } else if finding.code == Code::G003 {
        let post = joined(&[unit, post]);
        format!(
            "{post} 交接差了{}：{when} 没有人",
            when::length(span.length(), Zh)
        )
    } else {
        let nobody = nobody(post);
        format!("{}（{how_long}）", joined(&[unit, &when, &nobody]))
    };
    let day = when::date(zone.date(span.start()), Zh);
    let fill = if *present > 0 {
        format!(
            "{day} {} 再排 {} 人",
            when::hours(span, zone, Zh),
            needed - present
        )
    } else {
        format!("补一行 {day} {}", when::hours(span, zone, Zh))
    };
    let start = when::clock(zone.civil(span.start()));
    let (help, labels) = match beside {
        Beside::Both => {
            let until = when::until(span, zone, Zh);
            let help = format!("{fill}，或把上一班改到{} 结束", spaced(&until));
            (help, ["下一班这时才开始", "上一班到此结束"])
        }
        Beside::After => {
            let help = format!("{fill}，或让下一班提前到 {start}");
            (help, ["下一班这时才开始", ""])
        }
        Beside::Before => (fill, ["最后一班到此结束", ""]),
        Beside::Nothing => (format!("{fill}；若整个岗位都没排，请该单位补报"), ["", ""]),
    };
    Said::new(message, help).with_labels(labels)
}

/// `没有值班员`, but `一线没有人`.
fn nobody(post: &str) -> String {
    let names_people = ["员", "人", "领导", "长"]
        .iter()
        .any(|end| post.ends_with(end));
    match post {
        "" => "没有人值班".to_owned(),
        _ if names_people => format!("没有{post}"),
        _ => format!("{post} 没有人"),
    }
}

/// A space before a clock, none before a word.
fn spaced(until: &str) -> String {
    if until.starts_with(|c: char| c.is_ascii_digit()) {
        format!(" {until}")
    } else {
        until.to_owned()
    }
}

fn both(first: &Booking, second: &Booking) -> String {
    let name = |booking: &Booking| joined(&[&booking.unit, &booking.post]);
    if first == second {
        return format!("{}的两个班次", name(first));
    }
    format!("{}与{}", name(first), name(second))
}

/// `甲、乙`, `甲、乙等 9 个岗位`.
fn list<T: AsRef<str>>(names: &[T], counted: &str) -> String {
    let (said, more) = few(names);
    let said = said.join("、");
    if more == 0 {
        said
    } else {
        format!("{said}等 {} {counted}", names.len())
    }
}

fn name_of(unit: &str) -> &str {
    if unit.is_empty() { "本单位" } else { unit }
}

fn minutes(minutes: u32) -> String {
    when::length(TimeDelta::minutes(i64::from(minutes)), Zh)
}
