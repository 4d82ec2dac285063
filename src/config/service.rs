//! What `serve` runs on, from the sections `[check]`, `[telegram]`, `[server]` and `[store]`.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde::{Deserialize, Deserializer};

use super::updates::{Updates, hidden};
use super::{Settings, length, local_time, minute_of_clock};
use crate::decide::{Daily, Lang, Policy};
use crate::roster::{ListFault, UnitEntry};
use crate::spotcheck::{Ladder, Measure, Nights, Quiet};
use crate::time::{Period, Span, TimeDelta, Zone, holiday};

/// `[check]`: how a spot check goes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CheckSettings {
    /// From the ping's delivery to the deadline.
    pub window: Option<String>,
    /// `half`, a length, or `none`.
    pub reminder: Option<String>,
    /// How long each further rung of the ladder has.
    pub rung_patience: Option<String>,
    /// How long somebody may step out.
    pub away: Option<String>,
    /// After the deadline, before judging.
    pub drain: Option<String>,
    #[serde(deserialize_with = "written")]
    pub per_unit: Option<String>,
    #[serde(deserialize_with = "written")]
    pub per_shift_max: Option<String>,
    #[serde(deserialize_with = "written")]
    pub night: Option<String>,
    pub quiet: Option<String>,
}

/// `[daily]`: what is due by the clock; each may be `none`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DailySettings {
    /// How long before a shift its people are reminded.
    pub reminder: Option<String>,
    /// When those of the next night or early morning are reminded.
    pub evening: Option<String>,
    /// When the clerks get their digest.
    pub digest: Option<String>,
    /// By when every unit has reported.
    pub report: Option<String>,
}

/// `[telegram]`: how updates come, and how fast messages may leave.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TelegramSettings {
    pub mode: Option<String>,
    #[serde(deserialize_with = "written")]
    pub rate: Option<String>,
    pub url: Option<String>,
    #[serde(deserialize_with = "hidden")]
    pub secret: Option<SecretString>,
    pub path: Option<String>,
}

/// `[server]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServerSettings {
    pub listen: Option<String>,
    /// Where people find the pages, where that is not the address listened on.
    pub url: Option<String>,
}

/// `[store]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StoreSettings {
    pub url: Option<String>,
}

/// A setting that cannot be what it says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{key} = {value}: {wanted}")]
pub struct Unfit {
    /// `check.window`.
    pub key: &'static str,
    pub value: String,
    /// An example of what it can be.
    pub wanted: &'static str,
    /// Of a list: what is wrong in it.
    pub fault: Option<UnitsFault>,
}

/// Why the list of units cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitsFault {
    /// It cannot be opened, and what the system says.
    Unopened(std::io::ErrorKind),
    /// It is no text.
    NoText,
    /// One of its cells or columns.
    Contents(ListFault),
    /// It has not one unit.
    Empty,
}

/// Everything `serve` needs to know.
#[derive(Clone, Debug)]
pub struct Service {
    pub policy: Policy,
    pub listen: SocketAddr,
    /// Where people find the pages, where that was said.
    pub url: Option<String>,
    pub store: String,
    /// Messages a second.
    pub rate: u32,
    pub updates: Updates,
    /// For characters of a picture that the program's own font lacks.
    pub font: Option<PathBuf>,
}

impl Settings {
    /// What to serve with; `folder` is where relative paths begin.
    pub fn service(&self, folder: &Path) -> Result<Service, Unfit> {
        let zone = fit("zone", self.zone.as_deref(), "Asia/Shanghai", |z| {
            z.parse().ok()
        })?;
        let zone: Zone = zone.unwrap_or_default();
        let lang = fit(
            "language",
            self.language.as_deref(),
            "zh, en",
            |l| match l {
                "zh" => Some(Lang::Zh),
                "en" => Some(Lang::En),
                _ => None,
            },
        )?;
        let handover = self.handover.as_deref();
        let handover = fit("handover", handover, "08:00", minute_of_clock)?;
        let listen = self.server.listen.as_deref().unwrap_or("127.0.0.1:8080");
        let listen = required("server.listen", listen, "127.0.0.1:8080", |l| {
            l.parse().ok()
        })?;
        let url = self.server.url.as_deref();
        let url = fit("server.url", url, "https://duty.example", web_address)?;
        let updates = self.telegram.updates(url.as_deref())?;
        let rate = self.telegram.rate.as_deref();
        let rate = fit("telegram.rate", rate, "30", |r| {
            r.parse().ok().filter(|rate| (1..=10_000).contains(rate))
        })?;
        Ok(Service {
            policy: Policy {
                zone,
                lang: lang.unwrap_or_default(),
                handover_minute: handover.unwrap_or(8 * 60),
                period: self.set_period(zone)?,
                ladder: self.check.ladder()?,
                units: self.unit_list(folder)?,
                measure: self.check.measure()?,
                daily: self.daily.hours()?,
                desk_url: url.clone().unwrap_or_else(|| format!("http://{listen}")),
                letterhead: self.circular.letterhead()?,
            },
            listen,
            url,
            store: self
                .store
                .url
                .clone()
                .unwrap_or_else(|| "sqlite:zaigang.db".to_owned()),
            rate: rate.unwrap_or(30),
            updates,
            font: self.picture.font.as_ref().map(|font| folder.join(font)),
        })
    }

    fn set_period(&self, zone: Zone) -> Result<Option<Period>, Unfit> {
        let known = "national-day-2026";
        let named = self.period.holiday.as_deref();
        if let Some(holiday) = fit("period.holiday", named, known, holiday)? {
            return Ok(Some(holiday.period(zone)));
        }
        let example = "2026-10-01T00:00";
        let from = fit(
            "period.from",
            self.period.from.as_deref(),
            example,
            local_time,
        )?;
        let to = fit("period.to", self.period.to.as_deref(), example, local_time)?;
        match (from, to) {
            (None, None) => Ok(None),
            (Some(from), Some(to)) => Span::new(zone.moment(from), zone.moment(to))
                .map(Some)
                .ok_or(unfit("period.to", &to.to_string(), example)),
            (Some(_), None) => Err(unfit("period.to", "", example)),
            (None, Some(_)) => Err(unfit("period.from", "", example)),
        }
    }

    fn unit_list(&self, folder: &Path) -> Result<Vec<UnitEntry>, Unfit> {
        let Some(list) = &self.units else {
            return Ok(Vec::new());
        };
        let wanted = "units.csv (unit,kind,duty_line,min_staff,liaison)";
        let path = folder.join(list);
        let faulty = |fault| Unfit {
            fault: Some(fault),
            ..unfit("units", &path.display().to_string(), wanted)
        };
        let bytes =
            std::fs::read(&path).map_err(|error| faulty(UnitsFault::Unopened(error.kind())))?;
        let text = crate::roster::text(&bytes).ok_or_else(|| faulty(UnitsFault::NoText))?;
        let entries = crate::roster::unit_entries(&text);
        let entries = entries.map_err(|fault| faulty(UnitsFault::Contents(fault)))?;
        if entries.is_empty() {
            return Err(faulty(UnitsFault::Empty));
        }
        Ok(entries)
    }
}

/// A ping that could not be sent for this long is not sent any more.
const ASKING_PATIENCE: TimeDelta = TimeDelta::minutes(10);

impl CheckSettings {
    fn measure(&self) -> Result<Measure, Unfit> {
        let per_unit = fit("check.per_unit", self.per_unit.as_deref(), "2", |n| {
            n.parse().ok().filter(|n| *n <= MOST_PER_UNIT)
        })?;
        let max = self.per_shift_max.as_deref();
        let max = fit("check.per_shift_max", max, "2", |n| n.parse().ok())?;
        let night = fit(
            "check.night",
            self.night.as_deref(),
            "true",
            |night| match night {
                "true" => Some(Nights::AtLeastOne),
                "false" => Some(Nights::AsDrawn),
                _ => None,
            },
        )?;
        let quiet = self.quiet.as_deref().unwrap_or("23:00-06:00");
        Ok(Measure {
            per_unit: per_unit.unwrap_or(2),
            per_shift_max: max.unwrap_or(2),
            nights: night.unwrap_or(Nights::AtLeastOne),
            quiet: match quiet {
                "none" => None,
                _ => Some(required("check.quiet", quiet, "23:00-06:00, none", hours)?),
            },
        })
    }

    fn ladder(&self) -> Result<Ladder, Unfit> {
        let window = self.window.as_deref().unwrap_or("5m");
        let window_ms = required("check.window", window, "5m", millis)?;
        let drain = self.drain.as_deref().unwrap_or("60s");
        let drain_ms = required("check.drain", drain, "60s", millis)?;
        let reminder = self.reminder.as_deref().unwrap_or("half");
        let reminder_ms = match reminder {
            "half" => Some(window_ms / 2),
            "none" => None,
            other => Some(required("check.reminder", other, "half, 2m, none", millis)?),
        };
        let rung = self.rung_patience.as_deref().unwrap_or("5m");
        let rung_patience_ms = required("check.rung_patience", rung, "5m", millis)?;
        let away = self.away.as_deref().unwrap_or("10m");
        let away_ms = required("check.away", away, "10m", millis)?;
        Ok(Ladder {
            window_ms,
            reminder_ms,
            drain_ms,
            asking_patience_ms: u64::try_from(ASKING_PATIENCE.num_milliseconds()).unwrap_or(0),
            rung_patience_ms,
            away_ms,
        })
    }
}

/// More random checks of one unit than this were a slip of the pen.
const MOST_PER_UNIT: u32 = 100;

/// `23:00-06:00`.
fn hours(text: &str) -> Option<Quiet> {
    let (from, to) = text.split_once('-')?;
    let (from_minute, to_minute) = (minute_of_clock(from.trim())?, minute_of_clock(to.trim())?);
    (from_minute != to_minute).then_some(Quiet {
        from_minute,
        to_minute,
    })
}
impl DailySettings {
    fn hours(&self) -> Result<Daily, Unfit> {
        let minute = |key, value: &Option<String>, usual| {
            or_none(key, value.as_deref(), usual, minute_of_clock)
        };
        Ok(Daily {
            before_shift: or_none("daily.reminder", self.reminder.as_deref(), "1h", length)?,
            evening_minute: minute("daily.evening", &self.evening, "20:00")?,
            digest_minute: minute("daily.digest", &self.digest, "08:00")?,
            report_minute: minute("daily.report", &self.report, "15:00")?,
        })
    }
}

/// `usual` where nothing is set; nothing where `none` is.
fn or_none<T>(
    key: &'static str,
    value: Option<&str>,
    usual: &'static str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, Unfit> {
    match value.unwrap_or(usual) {
        "none" => Ok(None),
        value => required(key, value, usual, read).map(Some),
    }
}

fn millis(text: &str) -> Option<u64> {
    u64::try_from(length(text)?.num_milliseconds()).ok()
}

pub(super) fn fit<T>(
    key: &'static str,
    value: Option<&str>,
    wanted: &'static str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, Unfit> {
    value
        .map(|value| required(key, value, wanted, read))
        .transpose()
}

/// Without a slash at its end.
pub(super) fn web_address(written: &str) -> Option<String> {
    let is_web = written.starts_with("http://") || written.starts_with("https://");
    let is_plain = !written.contains(|c: char| c.is_whitespace() || c.is_control());
    (is_web && is_plain).then(|| written.trim_end_matches('/').to_owned())
}

fn required<T>(
    key: &'static str,
    value: &str,
    wanted: &'static str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<T, Unfit> {
    read(value).ok_or_else(|| unfit(key, value, wanted))
}

pub(super) fn unfit(key: &'static str, value: &str, wanted: &'static str) -> Unfit {
    Unfit {
        key,
        value: value.to_owned(),
        wanted,
        fault: None,
    }
}

/// A text, a number or a yes/no, as the environment and the file write them.
pub(super) fn written<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Text(String),
        Number(i64),
        Truth(bool),
    }
    Ok(Some(match Written::deserialize(from)? {
        Written::Text(text) => text,
        Written::Number(number) => number.to_string(),
        Written::Truth(truth) => truth.to_string(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(toml: &str) -> Settings {
        toml::from_str(toml).unwrap()
    }

    #[test]
    fn nothing_set_is_five_minutes_thirty_a_second_and_this_machine_alone() {
        let service = Settings::default().service(Path::new("")).unwrap();
        assert_eq!(service.policy.ladder.window_ms, 300_000);
        assert_eq!(service.policy.ladder.reminder_ms, Some(150_000));
        assert_eq!(service.policy.ladder.drain_ms, 60_000);
        assert_eq!(service.rate, 30);
        assert!(service.listen.ip().is_loopback());
        assert_eq!(service.store, "sqlite:zaigang.db");
    }

    #[test]
    fn windows_of_seconds_and_less_are_taken() {
        let set = settings("[check]\nwindow = \"1500ms\"\ndrain = \"1s\"\nreminder = \"none\"\n");
        let ladder = set.service(Path::new("")).unwrap().policy.ladder;
        assert_eq!((ladder.window_ms, ladder.drain_ms), (1500, 1000));
        assert_eq!(ladder.reminder_ms, None);
    }

    #[test]
    fn the_days_hours_are_set_one_by_one_and_may_be_none() {
        let usual = Settings::default().service(Path::new("")).unwrap();
        assert_eq!(usual.policy.daily.report_minute, Some(15 * 60));
        let set = settings("[daily]\nreport = \"none\"\nreminder = \"30m\"\n");
        let daily = set.service(Path::new("")).unwrap().policy.daily;
        assert_eq!(daily.report_minute, None);
        assert_eq!(daily.before_shift, Some(TimeDelta::minutes(30)));
        assert_eq!(daily.digest_minute, Some(8 * 60));
        let set = settings("[daily]\nevening = \"8pm\"\n");
        assert_eq!(set.service(Path::new("")).unwrap_err().key, "daily.evening");
    }

    #[test]
    fn what_does_not_fit_is_named_with_an_example() {
        let set = settings("[check]\nwindow = \"5 minutes\"\n");
        let unfit = set.service(Path::new("")).unwrap_err();
        assert_eq!((unfit.key, unfit.wanted), ("check.window", "5m"));
        let set = settings("[telegram]\nmode = \"push\"\n");
        assert_eq!(set.service(Path::new("")).unwrap_err().key, "telegram.mode");
    }

    #[test]
    fn the_draw_is_measured_by_its_settings() {
        let measure = |toml: &str| {
            settings(toml)
                .service(Path::new(""))
                .map(|s| s.policy.measure)
        };
        let unset = measure("").unwrap();
        assert_eq!((unset.per_unit, unset.per_shift_max), (2, 2));
        assert_eq!(unset.nights, Nights::AtLeastOne);
        let quiet = unset.quiet.unwrap();
        assert_eq!((quiet.from_minute, quiet.to_minute), (23 * 60, 6 * 60));
        let set = "[check]\nper_unit = 0\nper_shift_max = 1\nnight = false\nquiet = \"none\"\n";
        let set = measure(set).unwrap();
        assert_eq!((set.per_unit, set.per_shift_max), (0, 1));
        assert_eq!((set.nights, set.quiet), (Nights::AsDrawn, None));
        for (wrong, key) in [
            ("per_unit = -1", "check.per_unit"),
            ("per_unit = 101", "check.per_unit"),
            ("per_shift_max = \"two\"", "check.per_shift_max"),
            ("night = \"often\"", "check.night"),
            ("quiet = \"23-6\"", "check.quiet"),
            ("quiet = \"08:00-08:00\"", "check.quiet"),
        ] {
            let unfit = measure(&format!("[check]\n{wrong}\n")).unwrap_err();
            assert_eq!(unfit.key, key, "{wrong}");
        }
    }

    #[test]
    fn a_number_may_be_written_as_one() {
        let set = settings("[telegram]\nrate = 1000\n[check]\nper_unit = 2\nnight = true\n");
        assert_eq!(set.service(Path::new("")).unwrap().rate, 1000);
    }
}
