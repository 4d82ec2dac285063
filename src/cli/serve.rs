//! `zaigang serve`: the bot and its own address, until somebody stops it.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use secrecy::SecretString;
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tracing::Instrument as _;

use super::house::House;
use super::organisations::{Organisation, of, organisations};
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
pub(super) struct ServeArgs {
    #[command(flatten)]
    place: Args,
    /// 一次管几个单位：每个单位一个文件夹，里面是自己的 `zaigang.toml` 和数据；令牌放在
    /// `TELOXIDE_TOKEN_<文件夹名大写>`。
    /// Several organisations at once: a folder for each, with its own zaigang.toml and data; its
    /// token in `TELOXIDE_TOKEN_<FOLDER>`.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["config", "data"])]
    organisations: Option<PathBuf>,
}

/// Where a deployment's settings and its data are.
#[derive(Clone, clap::Args)]
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
pub(super) fn run(args: &ServeArgs) -> ExitCode {
    let made = match &args.organisations {
        Some(folder) => organisations(folder),
        None => Organisation::alone(&args.place).map(|only| vec![only]),
    };
    let organisations = match made {
        Ok(organisations) => organisations,
        Err((why, lang)) => return refused(&why, lang),
    };
    speak_up();
    match runtime().and_then(|runtime| runtime.block_on(serve(organisations))) {
        Ok(code) => code,
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

/// The bot of the only organisation, or of the one whose variables end in `suffix`. The token comes
/// from the environment alone: arguments show in every process list.
pub(super) fn bot(suffix: &str) -> Result<Bot, Refusal> {
    let variable = format!("TELOXIDE_TOKEN{suffix}");
    let token = std::env::var(&variable).unwrap_or_default();
    if token.trim().is_empty() {
        return Err(Refusal::NoToken { variable });
    }
    let own_or_common = |name: &str| {
        let own = std::env::var(format!("{name}{suffix}"));
        own.or_else(|_| std::env::var(name)).ok()
    };
    let api = own_or_common("TELOXIDE_API_URL");
    let api = api.as_deref().unwrap_or("https://api.telegram.org");
    let proxy = own_or_common("TELOXIDE_PROXY");
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

async fn serve(organisations: Vec<Organisation>) -> anyhow::Result<ExitCode> {
    let stop = stop_signal()?;
    full_disk_is_an_error()?;
    let (stopping, stopped) = watch::channel(false);
    tokio::spawn(async move {
        stop.await;
        stopping.send_replace(true);
        std::future::pending::<()>().await;
    });
    let mut houses = Vec::with_capacity(organisations.len());
    for organisation in organisations {
        let lang = organisation.lang;
        match organisation.house(stopped.clone()).await? {
            Ok(house) => houses.push(house),
            Err(why) => return Ok(refused(&why, lang)),
        }
    }
    let mut serving = JoinSet::new();
    for house in houses {
        let span = match &house.name {
            Some(name) => tracing::info_span!("of", organisation = name),
            None => tracing::Span::none(),
        };
        // A thread for each: what befalls one ends none of the others, and none waits for another.
        let on = Handle::current();
        serving.spawn_blocking(move || on.block_on(served(house).instrument(span)));
    }
    let mut codes = Vec::with_capacity(serving.len());
    while let Some(ended) = serving.join_next().await {
        codes.push(ended.unwrap_or(ExitCode::FAILURE));
    }
    let is_well = codes.contains(&ExitCode::SUCCESS);
    let first = codes.into_iter().next().unwrap_or(ExitCode::SUCCESS);
    Ok(if is_well { ExitCode::SUCCESS } else { first })
}

/// Serves until it is stopped; says why where it cannot.
async fn served(house: House) -> ExitCode {
    let (lang, name) = (house.lang, house.name.clone());
    match house.serves().await {
        Ok(None) => ExitCode::SUCCESS,
        Ok(Some(why)) => refused(&of(name, why), lang),
        Err(error) => {
            let whose = name.map(|name| format!("{name}: ")).unwrap_or_default();
            eprintln!("zaigang: {whose}{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Every setting with where it comes from, as `zaigang config` tells it.
pub(super) fn shown_settings(args: &Args, lang: Lang) -> Vec<ShownSetting> {
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
