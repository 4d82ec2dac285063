//! Messages on their way: one at a time to a chat, most urgent first, and Telegram's word on each.

use std::collections::{BTreeMap, HashMap};

use serde_json::json;

use super::agenda::Entry;
use super::county::{CLERK, MOVED};
use super::faults::{Doom, Slip};
use super::laws::Law;
use super::planted::{moved_up, taken};
use super::run::{Run, Step};
use super::weather::Moved;
use crate::decide::{AccountId, Say, Slot};
use crate::engine::Sent;
use crate::rehearsal::Reach;
use crate::spotcheck::{CheckId, Unreached};
use crate::store::{Due, NoticeId};
use crate::telegram::{Fate, Receipt, SendError, cut_off, refused};
use crate::time::{Moment, TimeDelta};
use crate::words::chat::rendered;

/// What is under way.
#[derive(Default)]
pub(super) struct Trips {
    under_way: BTreeMap<u64, Trip>,
    numbered: u64,
    /// When each message was first tried.
    tried: HashMap<NoticeId, Moment>,
}

pub(super) struct Trip {
    due: Due,
    /// The process that sent it.
    process: u64,
    /// The check, where it is a question's first copy.
    ping: Option<CheckId>,
    arrived: bool,
    slip: Option<Slip>,
    result: Result<Receipt, SendError>,
}

impl Trips {
    pub fn is_empty(&self) -> bool {
        self.under_way.is_empty()
    }

    fn chats(&self, process: u64) -> Vec<AccountId> {
        let own = self.under_way.values().filter(|t| t.process == process);
        own.map(|trip| trip.due.notice.to).collect()
    }
}

impl Run {
    /// Sends what is due.
    pub async fn dispatch(&mut self) -> Step {
        if !self.life.has_news || !self.is_working() || self.weather.is_mute(self.now) {
            return Ok(());
        }
        self.life.has_news = false;
        let (clock, busy) = (self.clock(), self.trips.chats(self.life.number));
        let due = self.program.due(clock, &busy).await;
        let due = due.map_err(|error| self.failed(&error))?;
        let in_order = due.is_sorted_by_key(|due| (due.notice.urgency, due.id));
        if !in_order {
            return Err(self.broken(Law::InOrder, format!("{due:?}")));
        }
        for due in due {
            let ping = match (&due.notice.say, due.notice.slot) {
                (Say::Ping(ping), Some(Slot::Ping(_))) if due.message.is_none() => Some(ping.check),
                _ => None,
            };
            if ping.is_some() && self.doomed_at(Doom::BeforePing) {
                return self.die().await;
            }
            self.launch(due, ping);
        }
        if self.life.retry.is_none() {
            let next = self.program.next_due(clock).await;
            let next = next.map_err(|error| self.failed(&error))?;
            self.life.retry = next.map(|at| (at - self.off()).max(self.now));
        }
        Ok(())
    }

    fn launch(&mut self, due: Due, ping: Option<CheckId>) {
        let slip = (!self.weather.slips.is_empty()).then(|| self.weather.slips.remove(0));
        if let Some(slip) = slip {
            self.truth
                .trouble(slip.kind(), self.now, self.now + patience(slip));
        }
        if !self.is_core {
            let (notice, zone) = (&due.notice, self.policy.zone);
            let _ = rendered(&notice.say, notice.lang, &zone, self.clock());
        }
        let arrives = self.now + self.dice.millis(20, 300);
        let (reaches, result) = self.outcome(&due, slip, arrives);
        let mut back = arrives + self.dice.millis(20, 300);
        if slip == Some(Slip::Slow) {
            back += self.dice.secs(3, 18);
        }
        self.trips.tried.entry(due.id).or_insert(self.now);
        self.trips.numbered += 1;
        let number = self.trips.numbered;
        if let (Some(check), Err(SendError::Gone(reason))) = (ping, &result)
            && let Some(asked) = self.truth.checks.get_mut(&check)
        {
            asked.refused = Some(*reason);
        }
        let trip = Trip {
            due,
            process: self.life.number,
            ping,
            arrived: reaches,
            slip,
            result,
        };
        self.trips.under_way.insert(number, trip);
        self.figures.messages += 1;
        if reaches {
            self.agenda.enter(arrives, Entry::Arrives(number));
        }
        self.agenda.enter(back, Entry::Back(number));
    }

    /// Whether a message will arrive, and Telegram's word on it.
    fn outcome(
        &mut self,
        due: &Due,
        slip: Option<Slip>,
        arrives: Moment,
    ) -> (bool, Result<Receipt, SendError>) {
        let to = due.notice.to;
        if self.weather.is_tokenless(self.now) {
            let body = json!({"ok": false, "error_code": 401, "description": "Unauthorized"});
            return (false, Err(said(401, &body)));
        }
        let no = slip.and_then(word);
        if let Some(no) = no
            && !slip.is_some_and(Slip::arrives)
        {
            return (false, Err(no));
        }
        if let Some(no) = self.refusal(to) {
            return (false, Err(no));
        }
        if let Some(no) = slip.and_then(word) {
            return (true, Err(no));
        }
        let is_message = !matches!(
            due.notice.say,
            Say::Toast { .. } | Say::Seen { .. } | Say::Menu { .. }
        );
        let number = match due.message {
            Some(number) => number,
            None => self.number(to),
        };
        let seconds = Moment::from_timestamp(arrives.timestamp(), 0);
        let receipt = Receipt {
            message: is_message.then_some(number),
            dated: seconds.filter(|_| is_message),
        };
        (true, Ok(receipt))
    }

    /// Why Telegram takes nothing for `to`.
    fn refusal(&self, to: AccountId) -> Option<SendError> {
        let words = match self.reach.get(&to) {
            Some(Reach::Blocked) => "Forbidden: bot was blocked by the user",
            Some(Reach::Gone) => "Forbidden: user is deactivated",
            _ if to == CLERK && self.weather.moved == Moved::Yes => {
                let body = json!({
                    "ok": false,
                    "error_code": 400,
                    "parameters": {"migrate_to_chat_id": MOVED.0},
                });
                return Some(said(400, &body));
            }
            _ if to == MOVED || self.started.contains(&to) => return None,
            _ => "Forbidden: bot can't initiate conversation with a user",
        };
        let body = json!({"ok": false, "error_code": 403, "description": words});
        Some(said(403, &body))
    }

    pub async fn arrive(&mut self, number: u64) -> Step {
        let Some(trip) = self.trips.under_way.get(&number) else {
            return Ok(());
        };
        let (to, say, ping) = (trip.due.notice.to, trip.due.notice.say.clone(), trip.ping);
        self.laws.shown(to, &say);
        let Some(check) = ping else {
            self.seen(to, &say);
            return Ok(());
        };
        self.tell(|run| format!("{} » {check}", run.county.shown(to)));
        let now = self.now;
        let Some(asked) = self.truth.checks.get_mut(&check) else {
            return Err(self.broken(
                Law::Durable,
                format!("{check} is on a phone, not on the disk"),
            ));
        };
        asked.copies.push(now);
        let (copies, unheard) = (asked.copies.len(), asked.unheard);
        if copies > 1 + unheard {
            let facts = format!("{check}: {copies} copies, {unheard} unheard of");
            return Err(self.broken(Law::OnePing, facts));
        }
        if copies == 1 {
            self.seen(to, &say);
        }
        if self.doomed_at(Doom::AfterPing) {
            return self.die().await;
        }
        Ok(())
    }

    pub async fn come_back(&mut self, number: u64) -> Step {
        let hangs = self.life.hangs_until;
        let Some(trip) = self.trips.under_way.get(&number) else {
            return Ok(());
        };
        if trip.process != self.life.number || !self.life.up {
            self.trips.under_way.remove(&number);
            return Ok(());
        }
        if let Some(until) = hangs {
            let entry = Entry::Back(number);
            self.agenda.enter(until, entry);
            return Ok(());
        }
        let Some(trip) = self.trips.under_way.remove(&number) else {
            return Ok(());
        };
        let lost =
            matches!(&trip.result, Err(SendError::Later { fate, .. }) if *fate == Fate::Unknown);
        if let Some(check) = trip.ping {
            self.unheard(check, trip.arrived, lost);
        }
        let doom = self.doomed();
        if doom == Some(Doom::BeforeCommit) {
            if let (Some(check), false) = (trip.ping, lost) {
                self.unheard(check, trip.arrived, true);
            }
            return self.die().await;
        }
        let clock = self.clock();
        let mut sent = Sent {
            result: taken(self.planted, trip.slip, trip.result, clock),
            due: trip.due,
            at: clock,
        };
        self.move_up(&mut sent, trip.ping);
        let settled = self.program.settle(&[sent], clock).await;
        settled.map_err(|error| self.failed(&error))?;
        self.life.has_news = true;
        if doom.is_some() {
            return self.die().await;
        }
        Ok(())
    }

    /// With the fault, the question's time begins before it came.
    fn move_up(&self, sent: &mut Sent, ping: Option<CheckId>) {
        let Some(asked) = ping.and_then(|check| self.truth.checks.get(&check)) else {
            return;
        };
        let first = match self.planted {
            Some(super::Planted::DeadlineFromAttempt) => self.trips.tried.get(&sent.due.id),
            _ => Some(&asked.queued),
        };
        let waited = first.map_or(TimeDelta::zero(), |first| self.now - *first);
        let by = moved_up(self.planted, sent.due.tries, waited);
        sent.at -= by;
        if let Ok(receipt) = &mut sent.result {
            receipt.dated = receipt.dated.map(|dated| dated - by);
        }
    }

    /// A copy arrived, or may have, and the program cannot know.
    pub fn unheard(&mut self, check: CheckId, arrived: bool, lost: bool) {
        if let Some(asked) = self.truth.checks.get_mut(&check) {
            asked.unheard += usize::from(arrived && lost);
        }
    }

    /// The process is gone: what it waited for it will never hear.
    pub fn lose_trips(&mut self) {
        let lost = self.trips.under_way.values();
        let lost: Vec<CheckId> = lost
            .filter(|trip| trip.arrived && trip.process == self.life.number)
            .filter_map(|trip| trip.ping)
            .collect();
        for check in lost {
            self.unheard(check, true, true);
        }
    }

    fn doomed_at(&mut self, at: Doom) -> bool {
        let doomed = self.weather.doom.is_some_and(|(doom, ..)| doom == at);
        doomed && {
            self.took_down();
            true
        }
    }
}

/// How long a message may be held up by it.
fn patience(slip: Slip) -> TimeDelta {
    match slip {
        Slip::Flood { retry_secs } => TimeDelta::seconds(i64::try_from(retry_secs).unwrap_or(60)),
        Slip::Slow => TimeDelta::seconds(20),
        _ => TimeDelta::seconds(4),
    }
}

fn said(status: u16, body: &serde_json::Value) -> SendError {
    let no = refused(status, body.to_string().as_bytes());
    no.unwrap_or(SendError::Gone(Unreached::Refused))
}

/// What the program gets to hear, where it is no receipt.
fn word(slip: Slip) -> Option<SendError> {
    let trouble = json!({"ok": false, "error_code": 500, "description": "Internal Server Error"});
    Some(match slip {
        Slip::Slow => return None,
        Slip::Flood { retry_secs } => {
            let body = json!({
                "ok": false,
                "error_code": 429,
                "parameters": {"retry_after": retry_secs},
            });
            said(429, &body)
        }
        Slip::ServerErrorBefore | Slip::ServerErrorAfter => said(500, &trouble),
        Slip::HtmlBefore | Slip::HtmlAfter => {
            let page = refused(502, b"<html></html>");
            page.unwrap_or_else(cut_off)
        }
        Slip::ResetBefore | Slip::ResetAfter => cut_off(),
        Slip::NoConnection => SendError::Later {
            after: std::time::Duration::from_secs(2),
            fate: Fate::NotSent,
        },
    })
}
