//! What people do, as updates in Telegram's queue and as the truth.

use serde_json::json;

use super::agenda::{Act, Entry};
use super::county::{CLERK, FIRST_STRANGER};
use super::habits::acts;
use super::planted::Planted;
use super::queue::{message, press as pressed};
use super::run::Run;
use super::telephone::ONCE_TOLD;
use super::truth::{Fate, Given, GivenAs};
use crate::decide::{AccountId, Answer, Ping, Press, Say};
use crate::rehearsal::Reach;
use crate::spotcheck::CheckId;
use crate::telegram::button_data;
use crate::time::TimeDelta;
use crate::words::answers::answer;

impl Run {
    pub fn act(&mut self, act: Act) {
        match act {
            Act::Says { account, text } => {
                let what = match answer(&text) {
                    Some(Answer::Number(check)) => GivenAs::Number(check),
                    Some(Answer::Here) => GivenAs::Here,
                    None => GivenAs::Other,
                };
                if text.starts_with("/check") {
                    self.truth.orders += 1;
                }
                self.tell(|run| format!("{} « {text}", run.county.shown(account)));
                self.write(account, what, ("text", json!(text)));
            }
            Act::SharesContact { account } => {
                let Some(owner) = self.county.owner(account) else {
                    return;
                };
                let contact = json!({
                    "phone_number": owner.phone,
                    "first_name": owner.name,
                    "user_id": account.0,
                });
                self.write(account, GivenAs::Other, ("contact", contact));
            }
            Act::SendsFile { account, file } => {
                let name = format!("roster-{file}.csv");
                self.tell(|run| format!("{} « {name}", run.county.shown(account)));
                let size = self.county.files[file].text.len();
                let document = json!({
                    "file_id": name,
                    "file_unique_id": name,
                    "file_name": name,
                    "file_size": size,
                });
                self.write(account, GivenAs::Other, ("document", document));
            }
            Act::Presses {
                account,
                owner,
                press,
            } => self.press(account, owner, press),
        }
    }

    fn write(&mut self, account: AccountId, what: GivenAs, content: (&str, serde_json::Value)) {
        let sender = match (self.planted, content.0) {
            (Some(Planted::OtherAccountCounted), "text") => self.taken_for(account),
            _ => account,
        };
        let shown = self.county.shown(account);
        let at = (self.number(account), self.now);
        let update = message((sender, &shown), at, content);
        self.give(account, what, update);
    }

    /// With the fault, a second account is taken for its owner's own.
    fn taken_for(&self, account: AccountId) -> AccountId {
        let mut people = self.county.people.iter();
        let owner = people.find(|person| person.second() == account);
        owner.map_or(account, |person| person.account)
    }

    fn press(&mut self, account: AccountId, owner: AccountId, press: Press) {
        let Some(key) = self.key.clone() else { return };
        if self.reach.get(&account).is_some_and(|r| *r != Reach::Open) {
            return;
        }
        self.tell(|run| format!("{} « {press:?} ({})", run.county.shown(account), owner.0));
        let own = account == owner;
        let what = match press {
            Press::Answer(check) if own => GivenAs::Press(check),
            Press::Plead(check, plea) if own => GivenAs::Plea(check, plea),
            _ => GivenAs::Other,
        };
        if let Press::Because(check, _) = press
            && account == CLERK
        {
            *self.truth.rulings.entry(check).or_default() += 1;
        }
        let sender = match self.planted {
            Some(Planted::ForwardedCounted) => owner,
            _ => account,
        };
        let data = button_data(&press, owner, &key);
        let shown = self.county.shown(account);
        let at = (self.number(account), self.now);
        let query = (self.truth.given.len(), data.as_str());
        let update = pressed((sender, &shown), at, query);
        self.give(account, what, update);
    }

    fn give(&mut self, account: AccountId, what: GivenAs, update: serde_json::Value) {
        self.started.insert(account);
        let visible = self.now + self.way(what);
        let deed = self.truth.given.len();
        self.truth.given.push(Given {
            account,
            at: self.now,
            visible,
            what,
            update: None,
            fate: Fate::Waiting,
        });
        self.queue.put(deed, visible, update);
    }

    /// How long it takes to reach the queue.
    fn way(&mut self, what: GivenAs) -> TimeDelta {
        if self.weather.delayed == 0 || what == GivenAs::Other {
            return self.dice.millis(20, 400);
        }
        self.weather.delayed -= 1;
        match what {
            GivenAs::Here | GivenAs::Number(_) => self.dice.secs(1, 3_600),
            _ => self.dice.secs(1, 20),
        }
    }

    /// Strangers, each with a word of their own.
    pub fn crowd(&mut self, count: u64) {
        for number in 0..i64::try_from(count).unwrap_or(0) {
            let account = AccountId(FIRST_STRANGER + number);
            self.write(account, GivenAs::Other, ("text", json!("?")));
        }
    }

    /// A message is on the phone of `to`: what its owner does on it.
    pub fn seen(&mut self, to: AccountId, say: &Say) {
        if let Say::Ping(Ping {
            instead_of: Some(before),
            ..
        }) = say
            && self.was_away(*before)
        {
            return;
        }
        if matches!(say, Say::RoundSummary(_)) {
            self.goes_to_the_desk(ONCE_TOLD);
        }
        let window = self.policy.ladder.window();
        for (after, act) in acts(&self.county, &mut self.dice, to, say, window) {
            self.agenda.enter(self.now + after, Entry::Act(act));
        }
    }

    /// Whether whoever `check` asked had the question on their phone and gave no sign: they are not
    /// there when they are asked again either.
    pub fn was_away(&self, check: CheckId) -> bool {
        let asked = self.truth.checks.get(&check);
        let was_shown = asked.is_some_and(|asked| !asked.copies.is_empty());
        was_shown && self.truth.answers(check).next().is_none()
    }

    /// The number of the next message in a chat.
    pub fn number(&mut self, account: AccountId) -> i32 {
        let number = self.numbers.entry(account).or_insert(0);
        *number += 1;
        *number
    }
}
