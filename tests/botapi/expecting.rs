//! What a test waits to see in somebody's chat: no sleeping, one deadline, the transcript when it passes.

use super::person::Person;
use super::view::View;

impl Person {
    /// The chat as it stands now.
    pub fn sees(&self) -> View {
        View::of(&self.api.shared.lock(), self.id)
    }

    /// Waits until `look` finds what it wants in this person's chat.
    pub async fn expect<T>(&self, what: &str, mut look: impl FnMut(&View) -> Option<T>) -> T {
        let what = format!("{} to see {what}", self.name);
        self.api.expect(&what, |_| look(&self.sees())).await
    }

    /// Waits until the bot has said `words`; returns the newest such text.
    pub async fn expect_saying(&self, words: &str) -> String {
        self.expect(&format!("“{words}”"), |view| {
            view.saying(words).map(|seen| seen.text.clone())
        })
        .await
    }

    /// Waits until a button with `label` is offered; returns the message's text.
    pub async fn expect_button(&self, label: &str) -> String {
        self.expect(&format!("⟦{label}⟧"), |view| {
            view.offering(label).map(|seen| seen.text.clone())
        })
        .await
    }

    /// Waits until the bot has answered this person's last message; returns the first answer.
    pub async fn expect_reply(&self) -> String {
        self.expect("a reply", |view| {
            view.replies().first().map(|seen| seen.text.clone())
        })
        .await
    }

    /// Waits until a press was answered, with a toast or without.
    pub async fn expect_press_answered(&self, press: &str) {
        let what = format!("{}'s press to be answered", self.name);
        self.api
            .expect(&what, |api| {
                let telegram = api.shared.lock();
                telegram
                    .queries
                    .get(press)
                    .filter(|query| query.is_answered)
                    .map(|_| ())
            })
            .await;
    }
}
