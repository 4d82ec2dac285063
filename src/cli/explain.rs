//! `zaigang explain [CODE]`: what a rule says and why; all of them without a code.

use std::process::ExitCode;

use super::SpokenIn;
use crate::roster::Code;
use crate::words::{self, check::Refusal};

#[derive(clap::Args)]
pub(super) struct Args {
    /// 规则的编号或名称；不给则列出全部。 A code or a name; all rules without one: G001.
    code: Option<String>,
    /// 语言。 Language: zh, en.
    #[arg(long, value_enum, default_value_t = SpokenIn::Zh)]
    lang: SpokenIn,
}

/// 0; 2 where there is no such rule.
pub(super) fn run(args: &Args) -> ExitCode {
    let lang = args.lang.into();
    let said = match &args.code {
        None => words::explain::rules(lang),
        Some(name) => {
            let Ok(code) = name.parse::<Code>() else {
                let refusal = Refusal::UnknownCode { name: name.clone() };
                eprintln!("zaigang: {}", words::check::refusal(&refusal, lang));
                return ExitCode::from(2);
            };
            words::explain::explanation(code, lang)
        }
    };
    super::say(&said);
    ExitCode::SUCCESS
}
