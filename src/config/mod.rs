//! `zaigang.toml`: found upwards from where one stands; the environment
//! (`ZAIGANG_PERIOD_HOLIDAY`: section and key) goes over the file. Flags are the commands' affair.
//!
//! Sections nobody here knows are left to those who do.

mod circular;
#[cfg(test)]
mod fields;
mod inventory;
mod service;
mod updates;

pub use circular::CircularSettings;
pub use inventory::{Inventory, KEYS, Origin, Setting, without_password};
pub use service::{
    CheckSettings, DailySettings, ServerSettings, Service, StoreSettings, TelegramSettings, Unfit,
    UnitsFault,
};
pub use updates::{Updates, Webhook};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use serde::{Deserialize, Deserializer};

use crate::time::{TimeDelta, minute_of_day};

/// What the file and the environment say. Whatever is left out is `None` or empty.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// A zone's name.
    pub zone: Option<String>,
    /// `zh` or `en`.
    pub language: Option<String>,
    /// `08:00`.
    pub handover: Option<String>,
    /// Who must send a roster.
    pub units: Option<PathBuf>,
    pub period: PeriodSettings,
    pub lint: LintSettings,
    pub check: CheckSettings,
    pub daily: DailySettings,
    pub circular: CircularSettings,
    pub telegram: TelegramSettings,
    pub server: ServerSettings,
    pub store: StoreSettings,
    pub picture: PictureSettings,
    /// The folder of the file these come from.
    #[serde(skip)]
    pub folder: PathBuf,
}

/// `[period]`: a holiday's name, or local times.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PeriodSettings {
    pub holiday: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
}

/// `[lint]`: which findings to hear, and how much is too much.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct LintSettings {
    #[serde(deserialize_with = "one_or_more")]
    pub select: Vec<String>,
    pub ignore: Ignored,
    /// `error`, `warning` or `note`.
    pub deny: Option<String>,
    pub min_rest: Option<String>,
    pub max_hours: Option<String>,
    /// What to ignore in one unit.
    pub per_unit: BTreeMap<String, Ignored>,
}

/// `[picture]`: how the coverage picture is drawn.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PictureSettings {
    /// A font file for characters the program's own font lacks.
    pub font: Option<PathBuf>,
}

/// What to ignore, each with its reason where one is given: `["C102"]`, or `{ C102 = "双岗" }`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ignored(pub Vec<(String, Option<String>)>);

impl Ignored {
    pub fn entries(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        let entries = self.0.iter();
        entries.map(|(name, reason)| (name.as_str(), reason.as_deref()))
    }
}

impl<'de> Deserialize<'de> for Ignored {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Text(String),
            List(Vec<String>),
            Reasons(BTreeMap<String, String>),
        }
        let bare = |name: String| (name, None);
        Ok(Self(match Written::deserialize(from)? {
            Written::Text(text) => parts(&text).map(bare).collect(),
            Written::List(list) => list.into_iter().map(bare).collect(),
            Written::Reasons(reasons) => {
                let said = |reason: String| Some(reason).filter(|r| !r.trim().is_empty());
                let entries = reasons.into_iter();
                entries.map(|(name, reason)| (name, said(reason))).collect()
            }
        }))
    }
}

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{}: {cause}", path.display())]
    Unreadable {
        path: PathBuf,
        cause: std::io::Error,
    },
    #[error("{}: {cause}", path.display())]
    Broken {
        path: PathBuf,
        cause: Box<toml::de::Error>,
    },
}

impl Settings {
    /// The name of the file.
    pub const FILE: &str = "zaigang.toml";

    /// The settings of the nearest file, from `folder` upwards, under those of `environment`
    /// (names and values). Without any file, what the environment says.
    pub fn found(
        folder: &Path,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        Self::read(Self::file_above(folder).as_deref(), environment)
    }

    /// The nearest file, from `folder` upwards.
    #[must_use]
    pub fn file_above(folder: &Path) -> Option<PathBuf> {
        let mut paths = folder.ancestors().map(|f| f.join(Self::FILE));
        paths.find(|path| path.is_file())
    }

    /// The settings of this file, if any, under those of `environment`.
    pub fn read(
        path: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let table = laid_over(parsed(path)?, environment);
        // Most checks meet neither file nor variable, and are over sooner than an empty table is
        // deserialised.
        let settings = if table.is_empty() {
            Self::default()
        } else {
            table.try_into().map_err(|cause| broken(path, cause))?
        };
        let folder = path.and_then(Path::parent).unwrap_or(Path::new(""));
        Ok(Self {
            folder: folder.to_owned(),
            ..settings
        })
    }
}

/// The file as it stands; nothing where there is none.
fn parsed(path: Option<&Path>) -> Result<toml::Table, ConfigError> {
    let Some(path) = path else {
        return Ok(toml::Table::new());
    };
    let text = std::fs::read_to_string(path).map_err(|cause| {
        let path = path.to_owned();
        ConfigError::Unreadable { path, cause }
    })?;
    text.parse().map_err(|cause| broken(Some(path), cause))
}

fn broken(path: Option<&Path>, cause: toml::de::Error) -> ConfigError {
    ConfigError::Broken {
        path: path.unwrap_or(Path::new(Settings::FILE)).to_owned(),
        cause: Box::new(cause),
    }
}

/// Sections whose names begin an environment variable's.
const SECTIONS: &[&str] = &[
    "period", "lint", "check", "daily", "circular", "telegram", "server", "store",
];

/// What an environment variable sets: `ZAIGANG_PERIOD_HOLIDAY` is `period.holiday`,
/// `ZAIGANG_ZONE` is `zone`.
fn key_of(variable: &str) -> Option<String> {
    let name = variable.strip_prefix("ZAIGANG_")?.to_lowercase();
    let section = name
        .split_once('_')
        .filter(|(section, _)| SECTIONS.contains(section));
    Some(match section {
        None => name,
        // `[lint]` spells its keys with hyphens, as its neighbours in other linters do.
        Some(("lint", key)) => format!("lint.{}", key.replace('_', "-")),
        Some((section, key)) => format!("{section}.{key}"),
    })
}

/// The file with what the environment sets over it.
fn laid_over(
    mut table: toml::Table,
    environment: impl IntoIterator<Item = (String, String)>,
) -> toml::Table {
    for (name, value) in environment {
        let Some(key) = key_of(&name) else { continue };
        let value = toml::Value::String(value);
        let Some((section, key)) = key.split_once('.') else {
            table.insert(key, value);
            continue;
        };
        let entry = table
            .entry(section)
            .or_insert_with(|| toml::Value::Table(toml::Table::new()));
        if let toml::Value::Table(section) = entry {
            section.insert(key.to_owned(), value);
        }
    }
    table
}

/// A list, or one text with commas, as an environment variable has it.
fn one_or_more<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Text(String),
        List(Vec<String>),
    }
    Ok(match Written::deserialize(from)? {
        Written::Text(text) => parts(&text).collect(),
        Written::List(list) => list,
    })
}

fn parts(text: &str) -> impl Iterator<Item = String> {
    text.split(',').map(|part| part.trim().to_owned())
}

/// `5m`, `90s`, `11h`, `500ms` as a length of time.
#[must_use]
pub fn length(text: &str) -> Option<TimeDelta> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (count, unit) = text.split_at(digits);
    let count: i64 = count.parse().ok()?;
    match unit.trim() {
        "ms" => TimeDelta::try_milliseconds(count),
        "s" => TimeDelta::try_seconds(count),
        "m" => TimeDelta::try_minutes(count),
        "h" => TimeDelta::try_hours(count),
        _ => None,
    }
}

/// `08:00` as minutes since midnight, 0..1440.
#[must_use]
pub fn minute_of_clock(text: &str) -> Option<u32> {
    let time = chrono::NaiveTime::parse_from_str(text, "%H:%M").ok()?;
    Some(minute_of_day(time))
}

/// `2026-10-01T00:00`, `2026-10-01 00:00` or `2026-10-01` as a wall clock's time.
#[must_use]
pub fn local_time(text: &str) -> Option<NaiveDateTime> {
    let formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"];
    formats
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .or_else(|| {
            Some(
                text.parse::<chrono::NaiveDate>()
                    .ok()?
                    .and_time(chrono::NaiveTime::MIN),
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        pairs.iter().map(owned).collect()
    }

    fn names(ignored: &Ignored) -> Vec<&str> {
        ignored.entries().map(|(name, _)| name).collect()
    }

    #[test]
    fn what_is_ignored_may_carry_its_reason() {
        let text = "[lint.ignore]\nC102 = \"双岗\"\nC105 = \"\"\n[lint.per-unit]\n\"石桥镇\" = { C104 = \"只有一人\" }\n";
        let settings: Settings = toml::from_str(text).unwrap();
        let entries: Vec<_> = settings.lint.ignore.entries().collect();
        assert_eq!(entries, [("C102", Some("双岗")), ("C105", None)]);
        let of_unit: Vec<_> = settings.lint.per_unit["石桥镇"].entries().collect();
        assert_eq!(of_unit, [("C104", Some("只有一人"))]);
    }

    #[test]
    fn the_nearest_file_upwards_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("国庆/石桥镇");
        std::fs::create_dir_all(&inner).unwrap();
        let text = "zone = \"Asia/Tokyo\"\n[lint]\nignore = [\"C102\"]\n[lint.per-unit]\n\"石桥镇\" = [\"C104\"]\n[telegram]\nrate = 30\n";
        std::fs::write(folder.path().join(Settings::FILE), text).unwrap();
        let settings = Settings::found(&inner, []).unwrap();
        assert_eq!(settings.zone.as_deref(), Some("Asia/Tokyo"));
        assert_eq!(names(&settings.lint.ignore), ["C102"]);
        assert_eq!(names(&settings.lint.per_unit["石桥镇"]), ["C104"]);
        assert_eq!(settings.folder, folder.path());
    }

    #[test]
    fn the_environment_goes_over_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(Settings::FILE);
        std::fs::write(&path, "handover = \"08:00\"\n[period]\nholiday = \"a\"\n").unwrap();
        let environment = environment(&[
            ("ZAIGANG_HANDOVER", "08:30"),
            ("ZAIGANG_PERIOD_HOLIDAY", "national-day-2026"),
            ("ZAIGANG_LINT_IGNORE", "C102, P204"),
            ("ZAIGANG_LINT_MIN_REST", "11h"),
            ("HOME", "/nowhere"),
        ]);
        let settings = Settings::read(Some(&path), environment).unwrap();
        assert_eq!(settings.handover.as_deref(), Some("08:30"));
        assert_eq!(
            settings.period.holiday.as_deref(),
            Some("national-day-2026")
        );
        assert_eq!(names(&settings.lint.ignore), ["C102", "P204"]);
        assert_eq!(settings.lint.min_rest.as_deref(), Some("11h"));
    }

    #[test]
    fn lengths_clocks_and_times_are_read_as_people_write_them() {
        assert_eq!(length("11h"), Some(TimeDelta::hours(11)));
        assert_eq!(length("500ms"), Some(TimeDelta::milliseconds(500)));
        assert_eq!(length("11"), None);
        assert_eq!(length("h"), None);
        assert_eq!(minute_of_clock("08:30"), Some(510));
        assert_eq!(minute_of_clock("25:00"), None);
        assert_eq!(local_time("2026-10-01"), local_time("2026-10-01T00:00"));
        assert_eq!(local_time("tomorrow"), None);
    }

    #[test]
    fn a_misspelt_rule_setting_is_refused_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(Settings::FILE);
        std::fs::write(&path, "[lint]\nignroe = [\"C102\"]\n").unwrap();
        let refused = Settings::read(Some(&path), []).unwrap_err().to_string();
        assert!(refused.contains("ignroe"), "{refused}");
    }
}
