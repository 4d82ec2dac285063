//! `zaigang init`: settings and a list of units to begin with, never over what is there.

use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use super::SpokenIn;
use crate::config::Settings;
use crate::words::{self, Lang, check::Refusal};

#[derive(clap::Args)]
pub(super) struct Args {
    /// 写到哪个文件夹。 The folder to write them in.
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// 语言。 Language: zh, en.
    #[arg(long, value_enum, default_value_t = SpokenIn::Zh)]
    lang: SpokenIn,
}

/// 0, also where a file is there already; 2 where one cannot be written.
pub(super) fn run(args: &Args) -> ExitCode {
    let lang: Lang = args.lang.into();
    let files = [
        (Settings::FILE, words::init::settings(lang)),
        ("units.csv", words::init::units(lang)),
    ];
    for (name, text) in files {
        let path = args.folder.join(name);
        let shown = path.display().to_string();
        let made = std::fs::create_dir_all(&args.folder)
            .and_then(|()| std::fs::File::create_new(&path))
            .and_then(|mut file| file.write_all(text.as_bytes()));
        match made {
            Ok(()) => super::say(&words::init::written(&shown, lang)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && path.exists() => {
                super::say(&words::init::kept(&shown, lang));
            }
            Err(error) => {
                let cause = error.to_string();
                let refusal = Refusal::CannotWrite { path: shown, cause };
                eprintln!("zaigang: {}", words::check::refusal(&refusal, lang));
                return ExitCode::from(2);
            }
        }
    }
    ExitCode::SUCCESS
}
