//! `zaigang config`: every setting with its value and where it came from.

use std::path::PathBuf;
use std::process::ExitCode;

use super::SpokenIn;
use crate::config::{Inventory, Origin, Setting, Settings, without_password};
use crate::words::{self, Lang, check::Refusal, config::From};

#[derive(clap::Args)]
pub(super) struct Args {
    /// 配置文件；不给就从当前文件夹往上找。 The settings; found upwards from here without it.
    #[arg(long, value_name = "zaigang.toml")]
    config: Option<PathBuf>,
    /// 语言。 Language: zh, en. [zh]
    #[arg(long, value_enum)]
    lang: Option<SpokenIn>,
}

/// What only the environment may say, and whether it is a secret.
const VARIABLES: &[(&str, Shown)] = &[
    ("TELOXIDE_TOKEN", Shown::Never),
    ("TELOXIDE_API_URL", Shown::WithoutPassword),
    ("TELOXIDE_PROXY", Shown::WithoutPassword),
];

#[derive(Clone, Copy)]
enum Shown {
    Never,
    WithoutPassword,
}

/// 0; 2 where the settings cannot be read.
pub(super) fn run(args: &Args) -> ExitCode {
    let here = std::env::current_dir().unwrap_or_default();
    let path = args.config.clone().or_else(|| Settings::file_above(&here));
    let inventory = match Inventory::read(path.as_deref(), std::env::vars()) {
        Ok(inventory) => inventory,
        Err(error) => {
            let cause = error.to_string();
            let lang = lang(args, None);
            let refusal = words::check::refusal(&Refusal::Settings { cause }, lang);
            eprintln!("zaigang: {refusal}");
            return ExitCode::from(2);
        }
    };
    let mut settings = inventory.settings.iter();
    let language = settings.find(|setting| setting.key == "language");
    let lang = lang(args, language.and_then(|setting| setting.value.as_deref()));
    super::say(&told(&inventory, lang).join("\n"));
    ExitCode::SUCCESS
}

fn lang(args: &Args, configured: Option<&str>) -> Lang {
    match (args.lang, configured) {
        (Some(asked), _) => asked.into(),
        (None, Some("\"en\"")) => Lang::En,
        (None, _) => Lang::Zh,
    }
}

fn told(inventory: &Inventory, lang: Lang) -> Vec<String> {
    let path = inventory
        .path
        .as_ref()
        .map(|path| path.display().to_string());
    let mut lines = vec![words::config::heading(path.as_deref(), lang)];
    lines.extend(inventory.settings.iter().map(|setting| line(setting, lang)));
    lines.push(words::config::environment(lang).to_owned());
    for (name, shown) in VARIABLES {
        let value = std::env::var(name)
            .ok()
            .filter(|value| !value.trim().is_empty());
        let said = match (value, shown) {
            (Some(value), Shown::WithoutPassword) => without_password(&value),
            (value, _) => words::config::secret(value.map(drop), lang).to_owned(),
        };
        lines.push(format!("{name}: {said}"));
    }
    if !inventory.unknown.is_empty() {
        lines.push(words::config::unknown(lang).to_owned());
        lines.extend(inventory.unknown.iter().map(|setting| line(setting, lang)));
    }
    lines
}

fn line(setting: &Setting, lang: Lang) -> String {
    let from = from(&setting.origin);
    words::config::line(&setting.key, setting.value.as_deref(), from, lang)
}

/// An origin in words' terms.
pub(super) fn from(origin: &Origin) -> From<'_> {
    match origin {
        Origin::Default => From::Default,
        Origin::File => From::File,
        Origin::Environment(name) => From::Variable(name),
    }
}
