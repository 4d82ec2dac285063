//! Every setting there is, with its value and where that came from. Secrets stay unsaid.

use std::path::{Path, PathBuf};

use super::{ConfigError, Settings, key_of, laid_over, parsed};

/// Where a value came from; what stands later in this list goes over what stands before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    Default,
    File,
    /// The variable's name.
    Environment(String),
}

/// One setting, as `section.key`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    pub key: String,
    /// As the file would have it; `None` where nothing is set and nothing is assumed.
    pub value: Option<String>,
    pub origin: Origin,
}

/// All settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inventory {
    /// The file, where there is one.
    pub path: Option<PathBuf>,
    /// In the order people think of them.
    pub settings: Vec<Setting>,
    /// What the file or the environment sets and nobody looks at.
    pub unknown: Vec<Setting>,
}

/// Every key, and what holds where nobody sets it, as the file would have it.
pub const KEYS: &[(&str, Option<&str>)] = &[
    ("zone", Some("\"Asia/Shanghai\"")),
    ("language", Some("\"zh\"")),
    ("handover", Some("\"08:00\"")),
    ("units", None),
    ("period.holiday", None),
    ("period.from", None),
    ("period.to", None),
    ("lint.select", None),
    ("lint.ignore", None),
    ("lint.per-unit", None),
    ("lint.deny", Some("\"error\"")),
    ("lint.min-rest", None),
    ("lint.max-hours", Some("\"24h\"")),
    ("check.window", Some("\"5m\"")),
    ("check.reminder", Some("\"half\"")),
    ("check.rung_patience", Some("\"5m\"")),
    ("check.away", Some("\"10m\"")),
    ("check.drain", Some("\"60s\"")),
    ("check.per_unit", Some("2")),
    ("check.per_shift_max", Some("2")),
    ("check.night", Some("true")),
    ("check.quiet", Some("\"23:00-06:00\"")),
    ("daily.reminder", Some("\"1h\"")),
    ("daily.evening", Some("\"20:00\"")),
    ("daily.digest", Some("\"08:00\"")),
    ("daily.report", Some("\"15:00\"")),
    ("circular.office", None),
    ("circular.to", None),
    ("circular.approver", None),
    ("circular.red_head", Some("false")),
    ("telegram.mode", Some("\"poll\"")),
    ("telegram.rate", Some("30")),
    ("telegram.url", None),
    ("telegram.path", Some("\"/telegram\"")),
    ("telegram.secret", None),
    ("server.listen", Some("\"127.0.0.1:8080\"")),
    ("server.url", None),
    ("store.url", Some("\"sqlite:zaigang.db\"")),
    ("picture.font", None),
];

/// Keys whose values are told to nobody.
const SECRETS: &[&str] = &["telegram.secret"];

impl Inventory {
    /// The settings of this file, if any, under those of `environment`.
    pub fn read(
        path: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let environment: Vec<(String, String)> = environment.into_iter().collect();
        let file = parsed(path)?;
        // What cannot be read is not told as if it could.
        Settings::read(path, environment.iter().cloned())?;
        let all = laid_over(file, environment.iter().cloned());
        let variable_of = |key: &str| {
            let mut names = environment.iter().map(|(name, _)| name);
            names.find(|name| key_of(name).is_some_and(|found| found == key))
        };
        let setting = |key: &str, value: Option<&toml::Value>, default: Option<&str>| {
            let origin = match (value, variable_of(key)) {
                (None, _) => Origin::Default,
                (Some(_), None) => Origin::File,
                (Some(_), Some(name)) => Origin::Environment(name.clone()),
            };
            let value = value.map(|value| told(key, value));
            Setting {
                key: key.to_owned(),
                value: value.or(default.map(str::to_owned)),
                origin,
            }
        };
        let mut unknown = Vec::new();
        for (name, value) in &all {
            let known = |key: &str| KEYS.iter().any(|(known, _)| *known == key);
            match value {
                toml::Value::Table(section) if !known(name) => {
                    let keys = section.iter();
                    let keys = keys.map(|(key, value)| (format!("{name}.{key}"), value));
                    let others = keys.filter(|(key, _)| !known(key));
                    unknown.extend(others.map(|(key, value)| setting(&key, Some(value), None)));
                }
                value if !known(name) => unknown.push(setting(name, Some(value), None)),
                _ => {}
            }
        }
        Ok(Self {
            path: path.map(Path::to_owned),
            settings: KEYS
                .iter()
                .map(|(key, default)| setting(key, at(&all, key), *default))
                .collect(),
            unknown,
        })
    }
}

fn at<'a>(table: &'a toml::Table, key: &str) -> Option<&'a toml::Value> {
    match key.split_once('.') {
        None => table.get(key),
        Some((section, key)) => table.get(section)?.get(key),
    }
}

fn told(key: &str, value: &toml::Value) -> String {
    match value {
        _ if SECRETS.contains(&key) => "\"***\"".to_owned(),
        toml::Value::String(text) => format!("{:?}", without_password(text)),
        other => written(other),
    }
}

/// An address without whatever stands before its `@`.
#[must_use]
pub fn without_password(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else {
        return address.to_owned();
    };
    let host_ends = rest.find('/').unwrap_or(rest.len());
    match rest[..host_ends].rfind('@') {
        None => address.to_owned(),
        Some(at) => format!("{scheme}://***{}", &rest[at..]),
    }
}

/// On one line, as the file may have it.
fn written(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => format!("{text:?}"),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Float(number) => number.to_string(),
        toml::Value::Boolean(truth) => truth.to_string(),
        toml::Value::Datetime(time) => time.to_string(),
        toml::Value::Array(items) => {
            let items: Vec<String> = items.iter().map(written).collect();
            format!("[{}]", items.join(", "))
        }
        toml::Value::Table(table) => {
            let entry = |(key, value): (&String, &toml::Value)| {
                let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
                let key = if key.chars().all(is_bare) {
                    key.clone()
                } else {
                    format!("{key:?}")
                };
                format!("{key} = {}", written(value))
            };
            let entries: Vec<String> = table.iter().map(entry).collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::fields::fields_of;
    use crate::config::{
        CheckSettings, CircularSettings, DailySettings, LintSettings, PeriodSettings,
        PictureSettings, ServerSettings, StoreSettings, TelegramSettings,
    };

    fn inventory(toml: &str, environment: &[(&str, &str)]) -> Inventory {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(Settings::FILE);
        std::fs::write(&path, toml).unwrap();
        let pairs = environment.iter();
        let pairs = pairs.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Inventory::read(Some(&path), pairs).unwrap()
    }

    fn of<'a>(inventory: &'a Inventory, key: &str) -> (Option<&'a str>, Origin) {
        let mut settings = inventory.settings.iter();
        let found = settings.find(|setting| setting.key == key).unwrap();
        (found.value.as_deref(), found.origin.clone())
    }

    #[test]
    fn each_value_is_told_with_what_set_it() {
        let toml = "zone = \"Asia/Tokyo\"\n[check]\nwindow = \"3m\"\nper_unit = 4\n[lint.per-unit]\n\"石桥镇\" = { C102 = \"双岗\" }\n";
        let found = inventory(
            toml,
            &[("ZAIGANG_CHECK_WINDOW", "2m"), ("HOME", "/nowhere")],
        );
        let variable = Origin::Environment("ZAIGANG_CHECK_WINDOW".to_owned());
        assert_eq!(of(&found, "zone"), (Some("\"Asia/Tokyo\""), Origin::File));
        assert_eq!(of(&found, "check.window"), (Some("\"2m\""), variable));
        assert_eq!(of(&found, "check.per_unit"), (Some("4"), Origin::File));
        assert_eq!(
            of(&found, "check.drain"),
            (Some("\"60s\""), Origin::Default)
        );
        assert_eq!(of(&found, "units"), (None, Origin::Default));
        let per_unit = "{ \"石桥镇\" = { C102 = \"双岗\" } }";
        assert_eq!(of(&found, "lint.per-unit"), (Some(per_unit), Origin::File));
        assert_eq!(found.unknown, []);
    }

    #[test]
    fn what_nobody_looks_at_is_told_apart() {
        let found = inventory("zne = \"Asia/Tokyo\"\n[chek]\nwindow = \"3m\"\n", &[]);
        let keys: Vec<&str> = found.unknown.iter().map(|one| one.key.as_str()).collect();
        assert_eq!(keys, ["chek.window", "zne"]);
    }

    #[test]
    fn secrets_are_not_told() {
        let toml = "[telegram]\nsecret = \"hush-hush\"\n[store]\nurl = \"postgres://duty:pass@word@host/db\"\n";
        let printed = format!("{:?}", inventory(toml, &[]));
        assert!(
            !printed.contains("hush") && !printed.contains("pass"),
            "{printed}"
        );
        assert!(printed.contains("postgres://***@host/db"), "{printed}");
    }

    #[test]
    fn every_setting_there_is_has_its_key_here() {
        let top = fields_of::<Settings>();
        let sections = [
            ("period", fields_of::<PeriodSettings>()),
            ("lint", fields_of::<LintSettings>()),
            ("check", fields_of::<CheckSettings>()),
            ("daily", fields_of::<DailySettings>()),
            ("circular", fields_of::<CircularSettings>()),
            ("telegram", fields_of::<TelegramSettings>()),
            ("server", fields_of::<ServerSettings>()),
            ("store", fields_of::<StoreSettings>()),
            ("picture", fields_of::<PictureSettings>()),
        ];
        let mut keys: Vec<String> = top
            .into_iter()
            .filter(|field| sections.iter().all(|(section, _)| section != field))
            .map(str::to_owned)
            .collect();
        for (section, fields) in sections {
            keys.extend(fields.into_iter().map(|field| format!("{section}.{field}")));
        }
        keys.sort_unstable();
        let mut known: Vec<&str> = KEYS.iter().map(|(key, _)| *key).collect();
        known.sort_unstable();
        assert_eq!(known, keys);
    }
}
