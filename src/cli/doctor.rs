//! `zaigang doctor`: whether `serve` would run here, looked at one thing after another, changing
//! nothing.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use chrono::Datelike;
use tokio::net::TcpListener;

use super::{SpokenIn, serve};
use crate::clock::Clock;
use crate::config::{Inventory, Service, Settings};
use crate::store::{Look, Store};
use crate::telegram::{Bot, CallError};
use crate::words::Lang;
use crate::words::doctor::{Health, Sign, line, summary};
use crate::words::serve::Refusal;

#[derive(clap::Args)]
pub(super) struct Args {
    /// 配置文件；不给就从当前文件夹往上找。 The settings; found upwards from here without it.
    #[arg(long, value_name = "zaigang.toml")]
    config: Option<PathBuf>,
    /// 放数据的文件夹。 Where the data lives.
    #[arg(long, value_name = "DIR", default_value = "zaigang-data")]
    data: PathBuf,
    /// 语言。 Language: zh, en. [zh]
    #[arg(long, value_enum)]
    lang: Option<SpokenIn>,
}

/// How long the server is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// Clocks this far apart make deadlines wrong.
const APART_SECS: i64 = 30;

/// No machine this program runs on lives in other years.
const YEARS: std::ops::Range<i32> = 2026..2100;

/// 0 where `serve` would run; 1 where something has to be put right first.
// Its large frame is not to be part of every other command's.
#[inline(never)]
pub(super) fn run(args: &Args) -> ExitCode {
    let here = std::env::current_dir().unwrap_or_default();
    let path = args.config.clone().or_else(|| Settings::file_above(&here));
    let read = Settings::read(path.as_deref(), std::env::vars());
    let configured = read.as_ref().ok().and_then(|s| s.language.as_deref());
    let lang = match (args.lang, configured) {
        (Some(asked), _) => asked.into(),
        (None, Some("en")) => Lang::En,
        (None, _) => Lang::Zh,
    };
    let mut signs = Vec::new();
    let service = match read {
        Ok(settings) => of_settings(&settings, path.as_deref(), &args.data, &mut signs),
        Err(error) => {
            let cause = error.to_string();
            signs.push(Sign::SettingsBroken { cause });
            None
        }
    };
    signs.push(of_data(&args.data));
    match serve::runtime() {
        Ok(runtime) => runtime.block_on(outside(args, service.as_ref(), &mut signs)),
        Err(error) => {
            eprintln!("zaigang: {error:#}");
            return ExitCode::FAILURE;
        }
    }
    let ill = signs.iter().filter(|s| s.health() == Health::Ill).count();
    let mut lines: Vec<String> = signs.iter().map(|sign| line(sign, lang)).collect();
    lines.push(summary(ill, lang));
    super::say(&lines.join("\n"));
    ExitCode::from(u8::from(ill > 0))
}

fn of_settings(
    settings: &Settings,
    path: Option<&Path>,
    data: &Path,
    signs: &mut Vec<Sign>,
) -> Option<Service> {
    let shown = path.map(|path| path.display().to_string());
    let unknown = Inventory::read(path, std::env::vars()).map(|found| found.unknown);
    let keys: Vec<String> = unknown
        .unwrap_or_default()
        .into_iter()
        .map(|s| s.key)
        .collect();
    match settings.service(data) {
        Ok(service) => {
            signs.push(Sign::Settings { path: shown });
            if !keys.is_empty() {
                signs.push(Sign::SettingsUnknown { keys });
            }
            Some(service)
        }
        Err(unfit) => {
            signs.push(Sign::SettingUnfit {
                key: unfit.key,
                value: unfit.value,
                wanted: unfit.wanted,
            });
            None
        }
    }
}

/// Whether a file can be made in the folder, or where the folder will be.
fn of_data(data: &Path) -> Sign {
    let path = data.display().to_string();
    let standing = data.ancestors().find(|folder| folder.exists());
    let folder = standing.filter(|f| !f.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let probe = folder.join(format!(".zaigang-doctor-{}", std::process::id()));
    let made = std::fs::File::create_new(&probe).and_then(|_| std::fs::remove_file(&probe));
    match made {
        Ok(()) if data.is_dir() => Sign::Data { path },
        Ok(()) => Sign::DataWillBe { path },
        Err(error) => Sign::DataUnusable {
            path,
            cause: error.to_string(),
        },
    }
}

/// What lies behind doors: the data, the port, the server, the time.
async fn outside(args: &Args, service: Option<&Service>, signs: &mut Vec<Sign>) {
    if let Some(service) = service {
        let store = of_store(service, &args.data).await;
        let is_running = store == Sign::StoreInUse;
        signs.push(store);
        let address = service.listen.to_string();
        signs.push(match TcpListener::bind(service.listen).await {
            Ok(_) => Sign::Listen { address },
            Err(_) if is_running => Sign::ListenOurs { address },
            Err(error) => Sign::ListenTaken {
                address,
                cause: error.to_string(),
            },
        });
    }
    let bot = match serve::bot("") {
        Ok(bot) => Some(bot),
        Err(Refusal::Address { cause }) => {
            signs.push(Sign::ApiAddress { cause });
            None
        }
        Err(_) => {
            signs.push(Sign::TokenMissing);
            None
        }
    };
    if let Some(bot) = &bot {
        signs.push(of_api(bot).await);
    }
    signs.push(of_clock(bot.as_ref()).await);
}

async fn of_store(service: &Service, data: &Path) -> Sign {
    match Store::look(&service.store, data).await {
        Ok(Look::Absent) => Sign::StoreAbsent,
        Ok(Look::InUse) => Sign::StoreInUse,
        Ok(Look::Sound) => Sign::StoreSound,
        Ok(Look::Ailing(cause)) => Sign::StoreIll { cause },
        Err(error) => Sign::StoreIll {
            cause: serve::with_causes(&error),
        },
    }
}

async fn of_api(bot: &Bot) -> Sign {
    match tokio::time::timeout(PATIENCE, bot.me()).await {
        Ok(Ok(bot)) => Sign::Api { bot },
        Ok(Err(CallError::Unauthorized)) => Sign::ApiRefusesToken,
        Ok(Err(error)) => Sign::ApiUnreached {
            cause: error.to_string(),
        },
        Err(late) => Sign::ApiUnreached {
            cause: late.to_string(),
        },
    }
}

async fn of_clock(bot: Option<&Bot>) -> Sign {
    let clock = Clock::start();
    let told = match bot {
        Some(bot) => bot.server_time(PATIENCE).await,
        None => None,
    };
    let year = clock.now().year();
    match told {
        Some(told) => {
            let apart_secs = (clock.now() - told).num_seconds().abs();
            if apart_secs > APART_SECS {
                Sign::ClockWrong { apart_secs }
            } else {
                Sign::Clock { apart_secs }
            }
        }
        None if YEARS.contains(&year) => Sign::ClockAlone { year },
        None => Sign::ClockAbsurd { year },
    }
}
