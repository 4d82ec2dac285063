//! What people do, as updates in Telegram's queue.

use super::queue::Deed;
use super::{Rehearsal, updates};
use crate::decide::AccountId;
use crate::roster::Phone;
use crate::time::TimeDelta;

/// Whether somebody pressed anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Pressing {
    Done,
    NoSuchButton,
}

impl Rehearsal {
    /// `account` writes `text`, now.
    pub fn says(&mut self, account: AccountId, text: &str) {
        self.says_late(account, text, TimeDelta::zero());
    }

    /// `account` writes `text` now, and Telegram holds it back for `delay`.
    pub fn says_late(&mut self, account: AccountId, text: &str, delay: TimeDelta) {
        self.stage.started(account);
        self.stage.heard(self.now, account, text);
        let text = text.to_owned();
        let person = self.stage.person(account);
        let message = self.stage.next_message(account);
        let date = self.now;
        self.queue.put(Deed::Message, date, delay, move |id| {
            updates::text(id, message, &person, &text, date)
        });
    }

    /// `account` shares its own number.
    pub fn shares_contact(&mut self, account: AccountId, phone: &str) {
        self.shares_contact_of(account, account, phone);
    }

    /// `account` shares the contact of `of`.
    pub fn shares_contact_of(&mut self, account: AccountId, of: AccountId, phone: &str) {
        self.stage.started(account);
        let shown = Phone::new(phone).map_or_else(String::new, |number| number.to_string());
        self.stage.heard(self.now, account, &format!("☎ {shown}"));
        let (person, shared) = (self.stage.person(account), self.stage.person(of));
        let message = self.stage.next_message(account);
        let (date, phone) = (self.now, phone.to_owned());
        self.queue
            .put(Deed::Message, date, TimeDelta::zero(), move |id| {
                updates::contact(id, message, &person, (&shared, &phone), date)
            });
    }

    /// `account` sends a file.
    pub fn sends_file(&mut self, account: AccountId, name: &str, bytes: Vec<u8>) {
        self.stage.started(account);
        self.stage.heard(self.now, account, &format!("📎 {name}"));
        let person = self.stage.person(account);
        let message = self.stage.next_message(account);
        let file = format!("file-{}", self.files.len());
        let size = bytes.len();
        self.files.insert(file.clone(), bytes);
        let (date, name) = (self.now, name.to_owned());
        self.queue
            .put(Deed::Message, date, TimeDelta::zero(), move |id| {
                updates::file(id, message, &person, (&file, &name, size), date)
            });
    }

    /// `account` presses the newest button on its screen whose label holds `label`.
    pub fn presses(&mut self, account: AccountId, label: &str) -> Pressing {
        self.presses_late(account, account, label, TimeDelta::zero())
    }

    /// `account` presses the newest button on the screen of `owner` whose label holds `label`,
    /// and Telegram holds the press back for `delay`.
    pub fn presses_late(
        &mut self,
        account: AccountId,
        owner: AccountId,
        label: &str,
        delay: TimeDelta,
    ) -> Pressing {
        let Some((message, shown, press)) = self.stage.button(owner, label) else {
            return Pressing::NoSuchButton;
        };
        let Some(key) = &self.key else {
            return Pressing::NoSuchButton;
        };
        let meaning = crate::telegram::button_data(&press, owner, key);
        self.stage.heard(self.now, account, &format!("⟦{shown}⟧"));
        let person = self.stage.person(account);
        let date = self.now;
        self.queue.put(Deed::Press, date, delay, move |id| {
            updates::press(id, message, &person, &meaning, date)
        });
        Pressing::Done
    }

    /// Telegram gives out the last update once more.
    pub fn repeat_last_update(&mut self) {
        self.queue.repeat_last(self.now);
    }
}
