//! A deployment that is served: by turns, where several processes share its database.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use super::serve::told;
use crate::clock::Clock;
use crate::config::{Service, Updates, Webhook};
use crate::decide::Key;
use crate::engine::{self, Ended, Intake, Keeper, Pushing, Traffic};
use crate::roster::{Asked, Limits};
use crate::store::{Inlet, Place, Store, StoreError};
use crate::telegram::{Bot, CallError};
use crate::web::{self, Hook, Pushed, ShownSetting, Site};
use crate::words::Lang;
use crate::words::serve::{Refusal, claim, desk, standing_by};

/// How long a page that is being sent may take at the end.
const PAGES_PATIENCE: Duration = Duration::from_secs(1);
/// How long the first start waits for Telegram to tell the bot's name.
const NAME_PATIENCE: Duration = Duration::from_secs(2);
/// How long whoever stands by waits to learn where updates may be brought.
const SECRET_PATIENCE: Duration = Duration::from_secs(5);

/// What is served, from where.
pub(super) struct House {
    /// Where several are served, which it is.
    pub name: Option<String>,
    pub data: PathBuf,
    pub service: Service,
    pub bot: Bot,
    pub lang: Lang,
    /// What the desk shows of the settings.
    pub settings: Vec<ShownSetting>,
    /// Bound once: whoever comes between two turns waits.
    pub listener: std::net::TcpListener,
    pub stopped: watch::Receiver<bool>,
}

/// How a turn at leading has ended.
enum Reign {
    Stopped,
    Superseded,
    Refused(Refusal),
}

impl House {
    /// Serves until it is stopped; or why it cannot.
    pub async fn serves(self) -> anyhow::Result<Option<Refusal>> {
        let opened = Store::open(&self.service.store, &self.data).await;
        let mut turn = match opened {
            Ok(store) => Some(store),
            Err(StoreError::InUse) if self.shares_its_data() => {
                let address = self.listener.local_addr()?;
                self.tell(&format!("listening on http://{address}"));
                self.stands_by().await?
            }
            Err(error) => return Ok(Some(told(&error))),
        };
        while let Some(store) = turn {
            match Box::pin(self.leads(store)).await? {
                Reign::Stopped => break,
                Reign::Refused(why) => return Ok(Some(why)),
                Reign::Superseded => turn = self.stands_by().await?,
            }
        }
        Ok(None)
    }

    /// Whether other processes may have the same data.
    fn shares_its_data(&self) -> bool {
        let place = Place::of(&self.service.store, &self.data);
        matches!(place, Ok(Place::Server(_)))
    }

    /// Prints a line, with its name before it where there are several.
    fn tell(&self, line: &str) {
        let mut out = std::io::stdout().lock();
        let _ = match &self.name {
            Some(name) => writeln!(out, "{name}: {line}"),
            None => writeln!(out, "{line}"),
        };
        let _ = out.flush();
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
        let (hook, bringing) = self.hook_beside().await?;
        let words = standing_by(self.lang);
        let pages = tokio::spawn(web::stand_by(self.listener()?, words, hook, left));
        let store = tokio::select! {
            store = Store::open_in_turn(&self.service.store, &self.data) => Some(store?),
            () = self.stopped() => None,
        };
        leave.send_replace(true);
        // What has been brought by then is kept and confirmed, or comes again.
        let _ = tokio::time::timeout(PAGES_PATIENCE, pages).await;
        if let Some(bringing) = bringing {
            bringing.abort();
        }
        Ok(store)
    }

    /// Where Telegram may bring updates while this process stands by, if it brings any, and who
    /// takes them.
    async fn hook_beside(&self) -> anyhow::Result<(Option<Hook>, Option<JoinHandle<()>>)> {
        let inlet = Inlet::of(&self.service.store, &self.data)?;
        let (Updates::Pushed(webhook), Some(inlet)) = (&self.service.updates, inlet) else {
            return Ok((None, None));
        };
        // Nobody has led yet, or the server is away: what is brought now comes again.
        let known = tokio::time::timeout(SECRET_PATIENCE, inlet.key()).await;
        let Ok(Ok(Some(key))) = known else {
            tracing::warn!(
                "updates that are brought here are not taken: their secret is not known"
            );
            return Ok((None, None));
        };
        let (hook, _, pushed) = hook(webhook.clone(), &key);
        let bringing = tokio::spawn(engine::bring(inlet, pushed));
        Ok((Some(hook), Some(bringing)))
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
            self.tell(&link);
            if let Some(link) = world.desk_link() {
                self.tell(&desk(&link, self.lang));
            }
        }
        let listener = self.listener()?;
        self.tell(&format!("listening on http://{}", listener.local_addr()?));

        let (leave, left) = watch::channel(false);
        let (office, counter) = web::office();
        let (hook, intake) = intake(self.service.updates.clone(), keeper.key());
        let site = Site {
            office,
            archive: keeper.store().archive(),
            clock: Arc::clone(&clock),
            settings: self.settings.clone(),
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
        let ended = Box::pin(engine::run(
            keeper, bot, clock, traffic, intake, counter, stop,
        ))
        .await;
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

/// How updates come, and the place where they are brought if they are.
fn intake(updates: Updates, key: &Key) -> (Option<Hook>, Intake) {
    let Updates::Pushed(webhook) = updates else {
        return (None, Intake::Read);
    };
    let url = webhook.url.clone();
    let (hook, secret, pushed) = hook(webhook, key);
    let pushing = Pushing {
        url,
        secret,
        pushed,
    };
    (Some(hook), Intake::Pushed(pushing))
}

/// The place where updates are brought, what Telegram must show there, and where they come out.
/// Every process of a deployment makes the same secret where none was set.
fn hook(webhook: Webhook, key: &Key) -> (Hook, SecretString, mpsc::Receiver<Pushed>) {
    let own = || SecretString::from(key.tag("webhook", &[]));
    let secret = webhook.secret.unwrap_or_else(own);
    let (hook, pushed) = web::hook(webhook.path, secret.clone());
    (hook, secret, pushed)
}
