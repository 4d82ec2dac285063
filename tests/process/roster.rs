//! Small rosters whose shifts lie around now, in the canonical long form, and their period.

use std::fmt::Write as _;

use chrono::{DateTime, Duration, DurationRound, Utc};
use chrono_tz::{Asia::Shanghai, Tz};

/// The period of a test: some hours ago to some hours from now, on the hour.
pub struct Plan {
    start: DateTime<Tz>,
    end: DateTime<Tz>,
}

impl Plan {
    pub fn around_now() -> Self {
        let hour = Utc::now()
            .duration_trunc(Duration::hours(1))
            .expect("this hour has a beginning")
            .with_timezone(&Shanghai);
        Self {
            start: hour - Duration::hours(4),
            end: hour + Duration::hours(8),
        }
    }

    /// The period's start, as `[period] from` has it.
    pub fn from(&self) -> String {
        self.start.format("%Y-%m-%dT%H:%M").to_string()
    }

    /// Its first day, as a clerk writes it.
    pub fn first_day(&self) -> String {
        self.start.format("%Y-%m-%d").to_string()
    }

    /// Its end, as `[period] to` has it.
    pub fn to(&self) -> String {
        self.end.format("%Y-%m-%dT%H:%M").to_string()
    }
}

/// A roster of officers, each on duty now.
#[derive(Default)]
pub struct Roster {
    rows: Vec<Row>,
}

struct Row {
    unit: String,
    name: String,
    phone: String,
    post: &'static str,
    hours_short: i64,
}

impl Roster {
    /// One officer in each unit, on duty through the whole period.
    pub fn of(officers: &[(&str, &str, &str)]) -> Self {
        officers
            .iter()
            .fold(Self::default(), |roster, (unit, name, phone)| {
                roster.with(unit, name, phone, 0)
            })
    }

    /// One more officer, who goes home `hours_short` before the period ends.
    pub fn with(mut self, unit: &str, name: &str, phone: &str, hours_short: i64) -> Self {
        let (unit, name, phone) = (unit.to_owned(), name.to_owned(), phone.to_owned());
        self.rows.push(Row {
            unit,
            name,
            phone,
            post: "值班员",
            hours_short,
        });
        self
    }

    /// The unit's duty leader, on duty through the whole period.
    pub fn led_by(self, unit: &str, name: &str, phone: &str) -> Self {
        let mut roster = self.with(unit, name, phone, 0);
        if let Some(row) = roster.rows.last_mut() {
            row.post = "带班领导";
        }
        roster
    }

    /// So many officers, in as many units, whom nobody could mix up.
    pub fn crowd(size: usize) -> Self {
        let family = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴"];
        let given = ["建国", "红梅", "立新", "志远", "海涛", "云飞", "晓东"];
        (0..size).fold(Self::default(), |roster, at| {
            let name = format!(
                "{}{}",
                family[at % family.len()],
                given[at / family.len() % given.len()]
            );
            roster.with(
                &format!("第{}单位", at + 1),
                &name,
                &format!("1380000{:04}", at + 1),
                0,
            )
        })
    }

    /// Names and phones, in the file's order.
    pub fn people(&self) -> impl Iterator<Item = (&str, &str)> {
        self.rows
            .iter()
            .map(|row| (row.name.as_str(), row.phone.as_str()))
    }

    /// The file as a clerk would save it.
    pub fn csv(&self, plan: &Plan) -> String {
        let mut csv = String::from("单位,岗位,姓名,手机,开始时间,结束时间\r\n");
        for Row {
            unit,
            name,
            phone,
            post,
            hours_short,
        } in &self.rows
        {
            let end = plan.end - Duration::hours(*hours_short);
            let (from, to) = (
                plan.start.format("%Y-%m-%d %H:%M"),
                end.format("%Y-%m-%d %H:%M"),
            );
            let _ = write!(csv, "{unit},{post},{name},{phone},{from},{to}\r\n");
        }
        csv
    }
}

/// 城关镇 and 东河乡, one officer each, no gap.
pub fn two_towns() -> Roster {
    Roster::of(&[
        ("城关镇", "王建国", "13800000001"),
        ("东河乡", "许刚", "13800000002"),
    ])
}

/// The same, but 东河乡 has nobody in the last three hours.
pub fn two_towns_with_a_gap() -> Roster {
    Roster::default()
        .with("城关镇", "王建国", "13800000001", 0)
        .with("东河乡", "许刚", "13800000002", 3)
}
