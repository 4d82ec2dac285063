//! `zaigang serve`: the bot and its own address, until somebody stops it.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::clock::Clock;
use crate::config::{Inventory, Service, Settings, Unfit, UnitsFault, Updates};
use crate::decide::Key;
use crate::engine::{self, Ended, Intake, Keeper, Pushing, Traffic};
use crate::roster::{Asked, Limits, ListFault};
use crate::store::{Place, Store, StoreError};
use crate::telegram::{Bot, CallError};
use crate::web::{self, Hook, ShownSetting, Site};
use crate::words::Lang;
use crate::words::config::origin;
use crate::words::serve::{Refusal, claim, desk, refusal, standing_by};

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

/// How long a page that is being sent may take at the end.
const PAGES_PATIENCE: Duration = Duration::from_secs(1);
/// How long the first start waits for Telegram to tell the bot's name.
const NAME_PATIENCE: Duration = Duration::from_secs(2);

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
    service: Service,
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
    let address = listener.local_addr()?;
    let mut service = service;
    // With port 0 only the bound address is one.
    if service.url.is_none() {
        service.policy.desk_url = format!("http://{address}");
    }
    let (stopping, stopped) = watch::channel(false);
    tokio::spawn(async move {
        stop.await;
        stopping.send_replace(true);
        std::future::pending::<()>().await;
    });
    let house = House {
        args,
        service,
        bot,
        lang,
        listener: listener.into_std()?,
        stopped,
    };
    let opened = Store::open(&house.service.store, &args.data).await;
    let mut turn = match opened {
        Ok(store) => Some(store),
        Err(StoreError::InUse) if house.shares_its_data() => {
            print_line(&format!("listening on http://{address}"));
            house.stands_by().await?
        }
        Err(error) => return Ok(Some(told(&error))),
    };
    while let Some(store) = turn {
        match Box::pin(house.leads(store)).await? {
            Reign::Stopped => break,
            Reign::Refused(why) => return Ok(Some(why)),
            Reign::Superseded => turn = house.stands_by().await?,
        }
    }
    Ok(None)
}

/// What serves: by turns, where several processes share one database.
struct House<'a> {
    args: &'a Args,
    service: Service,
    bot: Bot,
    lang: Lang,
    /// Bound once: whoever comes between two turns waits.
    listener: std::net::TcpListener,
    stopped: watch::Receiver<bool>,
}

/// How a turn at leading has ended.
enum Reign {
    Stopped,
    Superseded,
    Refused(Refusal),
}

impl House<'_> {
    /// Whether other processes may have the same data.
    fn shares_its_data(&self) -> bool {
        let place = Place::of(&self.service.store, &self.args.data);
        matches!(place, Ok(Place::Server(_)))
    }

    async fn stopped(&self) {
        let _ = self.stopped.clone().wait_for(|stopped| *stopped).await;
    }

    fn listener(&self) -> std::io::Result<TcpListener> {
        TcpListener::from_std(self.listener.try_clone()?)
    }

    /// Until this process leads; `None` where it is stopped before.
    async fn stands_by(&self) -> anyhow::Result<Option<Store>> {
        let (leave, left) = watch::channel(false);
        let words = standing_by(self.lang);
        let pages = tokio::spawn(web::stand_by(self.listener()?, words, left));
        let store = tokio::select! {
            store = Store::open_in_turn(&self.service.store, &self.args.data) => Some(store?),
            () = self.stopped() => None,
        };
        leave.send_replace(true);
        let _ = tokio::time::timeout(PAGES_PATIENCE, pages).await;
        Ok(store)
    }

    /// Serves from `store` until it is stopped or another process leads.
    async fn leads(&self, store: Store) -> anyhow::Result<Reign> {
        let policy = &self.service.policy;
        let mut keeper = match Keeper::new(store, policy.clone(), rand::random()).await {
            Ok(keeper) => keeper,
            Err(error) => return Ok(Reign::Refused(told(&error))),
        };
        let clock = Arc::new(Clock::start());
        match keeper.started(rand::random(), clock.now()).await {
            Err(StoreError::Superseded) => return Ok(Reign::Superseded),
            started => started?,
        }
        if keeper.world().clerks().next().is_none() {
            match tokio::time::timeout(NAME_PATIENCE, self.bot.me()).await {
                Ok(Ok(name)) => keeper.introduced(name, clock.now()).await?,
                // Whoever sets it up is there to read it; later it may pass, and is waited out.
                Ok(Err(CallError::Unauthorized)) => return Ok(Reign::Refused(Refusal::Token)),
                Ok(Err(_)) | Err(_) => {}
            }
            let world = keeper.world();
            let link = claim(&world.claim_payload(), world.bot.as_deref(), self.lang);
            print_line(&link);
            if let Some(link) = world.desk_link() {
                print_line(&desk(&link, self.lang));
            }
        }
        let listener = self.listener()?;
        print_line(&format!("listening on http://{}", listener.local_addr()?));

        let (leave, left) = watch::channel(false);
        let (office, counter) = web::office();
        let (hook, intake) = intake(self.service.updates.clone(), keeper.key());
        let site = Site {
            office,
            archive: keeper.store().archive(),
            clock: Arc::clone(&clock),
            settings: shown_settings(self.args, self.lang),
            hook,
        };
        let pages = tokio::spawn(web::serve(listener, site, left));
        let traffic = Traffic {
            font: self.service.font.clone(),
            rate: self.service.rate,
            asked: Asked {
                zone: policy.zone,
                period: policy.period,
                handover_minute: policy.handover_minute,
                limits: Some(Limits::CHAT),
                ..Asked::default()
            },
        };
        let stop = async {
            self.stopped().await;
            leave.send_replace(true);
        };
        let bot = self.bot.clone();
        let ended = engine::run(keeper, bot, clock, traffic, intake, counter, stop).await;
        leave.send_replace(true);
        if tokio::time::timeout(PAGES_PATIENCE, pages).await.is_err() {
            tracing::warn!("stopped with a page still being sent");
        }
        Ok(match ended {
            Ended::Stopped => Reign::Stopped,
            Ended::Superseded => Reign::Superseded,
        })
    }
}

/// How updates come, and the place where they are brought if they are. Every process of a
/// deployment makes the same secret where none was set.
fn intake(updates: Updates, key: &Key) -> (Option<Hook>, Intake) {
    let Updates::Pushed(webhook) = updates else {
        return (None, Intake::Read);
    };
    let own = || SecretString::from(key.tag("webhook", &[]));
    let secret = webhook.secret.unwrap_or_else(own);
    let (hook, pushed) = web::hook(webhook.path, secret.clone());
    let pushing = Pushing {
        url: webhook.url,
        secret,
        pushed,
    };
    (Some(hook), Intake::Pushed(pushing))
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

fn print_line(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
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
