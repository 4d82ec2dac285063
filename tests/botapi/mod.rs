//! A strict stand-in for the Telegram Bot API, with simulated people on its other side.
//!
//! A bot talks HTTP to it, as to the real server; a test talks to [`BotApi`] and [`Person`]. What the
//! real server refuses is refused here, in the same words. It knows nothing of the bot under test.

pub mod call;
pub mod door;
mod expecting;
pub mod faults;
pub mod files;
pub mod html;
pub mod keyboard;
pub mod limits;
pub mod methods;
pub mod person;
pub mod queue;
pub mod refusal;
pub mod telegram;
pub mod transcript;
pub mod view;
pub mod webhook;

mod tests;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};

pub use faults::{Fault, Trouble};
pub use person::Person;
pub use view::View;

use queue::Happening;
use telegram::{Account, Group, Sent, Telegram};

/// The token every bot here must have.
pub const TOKEN: &str = "7000000001:AAStandInTokenNobodyMaySee_0123456789";

/// How long a test waits for what it expects.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running stand-in; clones are the same server.
#[derive(Clone)]
pub struct BotApi {
    pub(crate) shared: Arc<Shared>,
    address: SocketAddr,
}

/// What the wire and the people share.
pub(crate) struct Shared {
    telegram: Mutex<Telegram>,
    changes: watch::Sender<u64>,
}

impl Shared {
    /// Changes the state and wakes everybody who waits for a change.
    pub(crate) fn change<T>(&self, act: impl FnOnce(&mut Telegram) -> T) -> T {
        let result = act(&mut self.lock());
        self.changes.send_modify(|version| *version += 1);
        result
    }

    /// Looks without waking anybody.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Telegram> {
        self.telegram
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }
}

impl BotApi {
    /// Starts a server on a free port of this machine, on the test's own runtime.
    pub async fn start() -> Self {
        Self::start_for(TOKEN).await
    }

    /// The same, for a bot that has this token.
    pub async fn start_for(token: &str) -> Self {
        let shared = Arc::new(Shared {
            telegram: Mutex::new(Telegram::new(token)),
            changes: watch::Sender::new(0),
        });
        let address = door::open(Arc::clone(&shared)).await;
        tokio::spawn(webhook::bring_for_ever(Arc::clone(&shared)));
        Self { shared, address }
    }

    /// What goes into `TELOXIDE_API_URL`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Someone with an account, who has not yet pressed /start.
    pub fn person(&self, name: &str, phone: &str) -> Person {
        self.shared.change(|telegram| {
            let id = 500_000 + telegram.fresh();
            let account = Account {
                name: name.to_owned(),
                language: "zh-hans".to_owned(),
                has_started: false,
                has_blocked: false,
                is_deactivated: false,
                toasts: Vec::new(),
            };
            telegram.accounts.insert(id, account);
            Person {
                api: self.clone(),
                id,
                name: name.to_owned(),
                phone: phone.to_owned(),
            }
        })
    }

    /// A basic group with the bot in it; returns its chat id.
    pub fn group(&self, title: &str) -> i64 {
        self.shared.change(|telegram| {
            let id = -4_000 - telegram.fresh();
            let group = Group {
                id,
                title: title.to_owned(),
                has_bot: true,
                moved_to: None,
            };
            telegram.groups.insert(id, group);
            id
        })
    }

    /// The group becomes a supergroup; returns its new chat id.
    pub fn moves_to_supergroup(&self, group: i64) -> i64 {
        self.shared.change(|telegram| {
            let id = -1_000_000_000_000 - telegram.fresh();
            let mut moved = telegram.groups[&group].clone();
            moved.id = id;
            telegram.groups.insert(id, moved);
            if let Some(old) = telegram.groups.get_mut(&group) {
                old.moved_to = Some(id);
            }
            id
        })
    }

    /// The bot is thrown out of a group.
    pub fn throws_bot_out(&self, group: i64) {
        self.shared.change(|telegram| {
            if let Some(group) = telegram.groups.get_mut(&group) {
                group.has_bot = false;
            }
        });
    }

    /// Orders a fault.
    pub fn fault(&self, fault: Fault) {
        self.shared.change(|telegram| {
            telegram.transcript.aside(&format!("{fault:?}"));
            telegram.faults.order(fault);
        });
    }

    /// Whether every fault ordered has happened.
    pub fn faults_are_spent(&self) -> bool {
        self.shared.lock().faults.are_spent()
    }

    /// An outage: every connection dies, long polls included.
    pub fn goes_dark(&self) {
        self.shared.change(|telegram| {
            telegram.transcript.aside("Telegram cannot be reached");
            telegram.is_dark = true;
        });
    }

    /// The end of an outage and of all faults.
    pub fn comes_back(&self) {
        self.shared.change(|telegram| {
            telegram.transcript.aside("Telegram can be reached again");
            telegram.is_dark = false;
            telegram.faults.clear();
        });
    }

    /// Telegram's clock runs that far ahead of (or behind) ours from now on; old presses and messages expire by it.
    pub fn clock_is_off_by_secs(&self, offset_secs: i64) {
        self.shared
            .change(|telegram| telegram.clock_offset_secs = offset_secs);
    }

    /// How long a button press may wait for its answer.
    pub fn query_patience_secs(&self, secs: i64) {
        self.shared
            .change(|telegram| telegram.query_patience_secs = secs);
    }

    /// A call is that long on its way there and back from now on, polls excepted.
    #[allow(dead_code, reason = "what it costs is for benches/pings to measure")]
    pub fn is_far(&self, round_trip: std::ops::Range<Duration>) {
        self.shared
            .change(|telegram| telegram.round_trip = round_trip);
    }

    /// From now on the flood limits hold.
    pub fn enforces_limits(&self) {
        self.enforces_limits_of(30);
    }

    /// The same for a bot that paid for `per_second` messages a second.
    pub fn enforces_limits_of(&self, per_second: usize) {
        self.shared
            .change(|telegram| telegram.limits.enforce(per_second));
    }

    /// How often the bot was told to wait by the flood limits.
    pub fn limit_refusals(&self) -> usize {
        self.shared.lock().limits.refusals()
    }

    /// Updates stay on the server until [`BotApi::lets_updates_go`].
    pub fn holds_updates(&self) {
        self.shared.change(|telegram| telegram.queue.hold());
    }

    /// Held updates go out, in the order `arrange` leaves them in.
    pub fn lets_updates_go(&self, arrange: impl FnOnce(&mut Vec<Happening>)) {
        self.shared
            .change(|telegram| telegram.queue.release(arrange));
    }

    /// The newest update is delivered once more, with the same id.
    pub fn repeats_last_update(&self) {
        self.shared.change(|telegram| telegram.queue.repeat_last());
    }

    /// The next update gets this id, though higher ones were used.
    pub fn restarts_update_ids_at(&self, id: i64) {
        self.shared.change(|telegram| telegram.queue.restart_at(id));
    }

    /// Updates the bot has not confirmed.
    pub fn pending_updates(&self) -> usize {
        self.shared.lock().queue.pending()
    }

    /// Every update with an id below this was confirmed.
    pub fn confirmed_below(&self) -> i64 {
        self.shared.lock().queue.confirmed_below()
    }

    /// The id that the next update will have.
    #[allow(dead_code, reason = "for benches/answers to measure with")]
    pub fn next_update_id(&self) -> i64 {
        self.shared.lock().queue.next_id()
    }

    /// From now on it is noted when each update is confirmed.
    #[allow(dead_code, reason = "for benches/answers to measure with")]
    pub fn notes_confirmations(&self) {
        self.shared.lock().queue.note_confirmations();
    }

    /// When each was confirmed since then.
    #[allow(dead_code, reason = "for benches/answers to measure with")]
    pub fn confirmations(&self) -> BTreeMap<i64, std::time::Instant> {
        self.shared.lock().queue.confirmations()
    }

    /// How often the bot called `method`.
    pub fn calls_of(&self, method: &str) -> usize {
        let calls = self.shared.lock().calls.get(method).copied();
        calls.unwrap_or_default()
    }

    /// How many messages the bot has sent.
    pub fn sent_so_far(&self) -> usize {
        self.shared.lock().sent.len()
    }

    /// What the bot sent after the first `already` messages, as it was first said.
    pub fn sent_after(&self, already: usize) -> Vec<Sent> {
        self.shared
            .lock()
            .sent
            .iter()
            .skip(already)
            .cloned()
            .collect()
    }

    /// How often the bot called anything.
    pub fn calls(&self) -> usize {
        self.shared.lock().calls.values().sum()
    }

    /// Methods the bot called that this stand-in lacks.
    pub fn strays(&self) -> Vec<String> {
        self.shared.lock().strays.clone()
    }

    /// Button presses the bot never even tried to answer.
    pub fn unanswered_presses(&self) -> usize {
        self.shared
            .lock()
            .queries
            .values()
            .filter(|query| !query.is_answered)
            .count()
    }

    /// Whatever a bot calls `https://…` lies at `address` from now on.
    pub fn webhook_lies_at(&self, address: &str) {
        self.shared
            .change(|telegram| telegram.bringing.lies_at = Some(address.to_owned()));
    }

    /// What came back for each update that was brought to a webhook, in order; 0 for no answer.
    pub fn webhook_answers(&self) -> Vec<u16> {
        self.shared.lock().bringing.answers.clone()
    }

    /// How many updates are on their way to a webhook now.
    pub fn webhook_busy_with(&self) -> usize {
        self.shared.lock().bringing.under_way()
    }

    /// The story so far, both sides.
    pub fn transcript(&self) -> String {
        self.shared.lock().transcript.to_string()
    }

    /// Waits until `look` finds something; panics with the transcript when it does not in time.
    pub async fn expect<T>(&self, what: &str, look: impl FnMut(&BotApi) -> Option<T>) -> T {
        self.expect_within(PATIENCE, what, look).await
    }

    /// The same with another patience.
    pub async fn expect_within<T>(
        &self,
        patience: Duration,
        what: &str,
        mut look: impl FnMut(&BotApi) -> Option<T>,
    ) -> T {
        let deadline = Instant::now() + patience;
        let mut changes = self.shared.changes();
        loop {
            changes.borrow_and_update();
            if let Some(found) = look(self) {
                return found;
            }
            let is_late = timeout_at(deadline, changes.changed()).await.is_err();
            assert!(
                !is_late,
                "waited in vain for: {what}\n\n{}",
                self.transcript()
            );
        }
    }
}
