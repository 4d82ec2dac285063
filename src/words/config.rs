//! What `zaigang config` says beside keys and values.

use unicode_width::UnicodeWidthStr;

use super::Lang;

/// Values narrower than this stand in one column.
const WIDE: usize = 46;

/// Where a value came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From<'a> {
    /// Nobody set it.
    Default,
    /// `zaigang.toml`, as `heading` names it.
    File,
    Variable(&'a str),
}

/// Over all values: which file they are read from.
#[must_use]
pub fn heading(path: Option<&str>, lang: Lang) -> String {
    match (path, lang) {
        (Some(path), Lang::Zh) => format!("配置文件：{path}"),
        (Some(path), Lang::En) => format!("settings: {path}"),
        (None, Lang::Zh) => "没有找到 zaigang.toml，下面都是默认值和环境变量".to_owned(),
        (None, Lang::En) => "no zaigang.toml found: defaults and environment alone".to_owned(),
    }
}

/// `check.window = "5m"   # 默认`.
#[must_use]
pub fn line(key: &str, value: Option<&str>, from: From<'_>, lang: Lang) -> String {
    let set = match value {
        Some(value) => format!("{key} = {value}"),
        None => format!("{key} ="),
    };
    let padding = " ".repeat(WIDE.saturating_sub(set.width()));
    format!("{set}{padding}  # {}", origin(from, value, lang))
}

/// Where `value` comes from.
#[must_use]
pub fn origin(from: From<'_>, value: Option<&str>, lang: Lang) -> String {
    match (from, value, lang) {
        (From::Default, None, Lang::Zh) => "没有设".to_owned(),
        (From::Default, None, Lang::En) => "not set".to_owned(),
        (From::Default, Some(_), Lang::Zh) => "默认".to_owned(),
        (From::Default, Some(_), Lang::En) => "default".to_owned(),
        (From::File, _, Lang::Zh) => "配置文件".to_owned(),
        (From::File, _, Lang::En) => "file".to_owned(),
        (From::Variable(name), _, Lang::Zh) => format!("环境变量 {name}"),
        (From::Variable(name), _, Lang::En) => format!("environment, {name}"),
    }
}

/// Over what comes from the environment alone.
#[must_use]
pub fn environment(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "只看环境变量的：",
        Lang::En => "from the environment alone:",
    }
}

/// A secret is told to be there, and nothing else.
#[must_use]
pub fn secret(is_set: Option<()>, lang: Lang) -> &'static str {
    match (is_set, lang) {
        (Some(()), Lang::Zh) => "已设（不显示）",
        (Some(()), Lang::En) => "set (not shown)",
        (None, Lang::Zh) => "没有设",
        (None, Lang::En) => "not set",
    }
}

/// Over keys that nobody looks at.
#[must_use]
pub fn unknown(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "没有人用的键，可能写错了：",
        Lang::En => "keys nobody looks at, perhaps misspelt:",
    }
}
