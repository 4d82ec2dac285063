//! `zaigang serve`: the bot and its own address, until somebody stops it.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::house::House;
use crate::config::{Inventory, Service, Settings, Unfit, UnitsFault};
use crate::roster::ListFault;
use crate::store::StoreError;
use crate::telegram::Bot;
use crate::web::ShownSetting;
use crate::words::Lang;
use crate::words::config::origin;
use crate::words::serve::{Refusal, refusal};

/// The arguments of `serve`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// 配置文件；不给就从当前文件夹往上找。 The settings; found upwards from here without it.
    #[arg(long, value_name = "zaigang.toml")]
    pub(super) config: Option<PathBuf>,
    /// 放数据的文件夹。 Where the data lives.
    #[arg(long, value_name = "DIR", default_value = "zaigang-data")]
    pub(super) data: PathBuf,
}

// Its large frame is not to be part of every other command's.
#[inline(never)]
pub(super) fn run(args: &Args) -> ExitCode {
    let (service, lang) = match service(args) {
        Ok(made) => made,
        Err((why, lang)) => return refused(&why, lang),
    };
    let bot = match bot() {
        Ok(bot) => bot,
        Err(why) => return refused(&why, lang),
    };
    speak_up();
    let served = runtime().and_then(|runtime| runtime.block_on(serve(args, service, bot, lang)));
    match served {
        Ok(None) => ExitCode::SUCCESS,
        Ok(Some(why)) => refused(&why, lang),
        Err(error) => {
            eprintln!("zaigang: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// What the settings come to, and the language to speak; or why they cannot be used.
pub(super) fn service(args: &Args) -> Result<(Service, Lang), (Refusal, Lang)> {
    let settings = settings(args).map_err(|why| (why, Lang::Zh))?;
    let lang = match settings.language.as_deref() {
        Some("en") => Lang::En,
        _ => Lang::Zh,
    };
    let service = settings
        .service(&args.data)
        .map_err(|unfit| (refusal_of(unfit), lang))?;
    Ok((service, lang))
}

fn settings(args: &Args) -> Result<Settings, Refusal> {
    let found = match &args.config {
        Some(path) => Settings::read(Some(path), std::env::vars()),
        None => Settings::found(
            &std::env::current_dir().unwrap_or_default(),
            std::env::vars(),
        ),
    };
    found.map_err(|error| Refusal::Settings {
        cause: error.to_string(),
    })
}

/// Why a setting cannot be what it says, in words' terms.
pub(super) fn refusal_of(unfit: Unfit) -> Refusal {
    let path = unfit.value;
    match unfit.fault {
        None => Refusal::Setting {
            key: unfit.key,
            value: path,
            wanted: unfit.wanted,
        },
        Some(UnitsFault::Unopened(cause)) => Refusal::UnitsUnopened { path, cause },
        Some(UnitsFault::NoText | UnitsFault::Empty) => Refusal::UnitsEmpty { path },
        Some(UnitsFault::Contents(ListFault::NoColumn(column))) => {
            Refusal::UnitsWithoutColumn { path, column }
        }
        Some(UnitsFault::Contents(ListFault::NotANumber { row, cell })) => {
            Refusal::UnitsNumber { path, row, cell }
        }
    }
}

/// The token comes from the environment alone: arguments show in every process list.
pub(super) fn bot() -> Result<Bot, Refusal> {
    let token = std::env::var("TELOXIDE_TOKEN").unwrap_or_default();
    if token.trim().is_empty() {
        return Err(Refusal::NoToken);
    }
    let api = std::env::var("TELOXIDE_API_URL");
    let api = api.as_deref().unwrap_or("https://api.telegram.org");
    let proxy = std::env::var("TELOXIDE_PROXY").ok();
    let token = SecretString::from(token.trim().to_owned());
    Bot::new(token, api, proxy.as_deref()).map_err(|error| Refusal::Address {
        cause: error.to_string(),
    })
}

pub(super) fn refused(why: &Refusal, lang: Lang) -> ExitCode {
    eprintln!("zaigang: {}", refusal(why, lang));
    ExitCode::from(2)
}

/// The log goes to standard error; standard output is for the links.
fn speak_up() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,sqlx=warn"));
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .try_init();
}

pub(super) fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("no threads to run on")
}

async fn serve(
    args: &Args,
    mut service: Service,
    bot: Bot,
    lang: Lang,
) -> anyhow::Result<Option<Refusal>> {
    let stop = stop_signal()?;
    full_disk_is_an_error()?;
    let listener = match TcpListener::bind(service.listen).await {
        Ok(listener) => listener,
        Err(cause) => {
            return Ok(Some(Refusal::Listen {
                address: service.listen.to_string(),
                cause: cause.to_string(),
            }));
        }
    };
    // With port 0 only the bound address is one.
    if service.url.is_none() {
        service.policy.desk_url = format!("http://{}", listener.local_addr()?);
    }
    let (stopping, stopped) = watch::channel(false);
    tokio::spawn(async move {
        stop.await;
        stopping.send_replace(true);
        std::future::pending::<()>().await;
    });
    let house = House {
        settings: shown_settings(args, lang),
        data: args.data.clone(),
        service,
        bot,
        lang,
        listener: listener.into_std()?,
        stopped,
    };
    house.serves().await
}

/// Every setting with where it comes from, as `zaigang config` tells it.
fn shown_settings(args: &Args, lang: Lang) -> Vec<ShownSetting> {
    let here = std::env::current_dir().unwrap_or_default();
    let path = args.config.clone().or_else(|| Settings::file_above(&here));
    let Ok(inventory) = Inventory::read(path.as_deref(), std::env::vars()) else {
        return Vec::new();
    };
    let shown = inventory.settings.into_iter().map(|setting| ShownSetting {
        origin: origin(
            super::config::from(&setting.origin),
            setting.value.as_deref(),
            lang,
        ),
        key: setting.key,
        value: setting.value.unwrap_or_default(),
    });
    shown.collect()
}

pub(super) fn told(error: &StoreError) -> Refusal {
    let cause = with_causes(error);
    match error {
        StoreError::InUse => Refusal::InUse,
        StoreError::Away { at, .. } => {
            let at = at.clone();
            Refusal::StoreAway { at, cause }
        }
        StoreError::Refused { at, .. } => {
            let at = at.clone();
            Refusal::StoreClosed { at, cause }
        }
        _ => Refusal::Store { cause },
    }
}

/// What went wrong, and what lies behind it.
pub(super) fn with_causes(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        told.push_str(": ");
        told.push_str(&cause.to_string());
        source = cause.source();
    }
    told
}

/// A file at its limit is then a write that fails, which is waited out, and not a death.
fn full_disk_is_an_error() -> anyhow::Result<()> {
    #[cfg(unix)]
    {
        const SIGXFSZ: i32 = 25;
        let kind = tokio::signal::unix::SignalKind::from_raw(SIGXFSZ);
        // Once somebody has listened for it, it never kills again.
        let _ = tokio::signal::unix::signal(kind).context("no way to outlive a full disk")?;
    }
    Ok(())
}

pub(super) fn stop_signal() -> anyhow::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        .context("no way to be told to stop")?;
    Ok(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
    })
}
