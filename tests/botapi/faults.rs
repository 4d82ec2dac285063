//! Bad days on order: what goes wrong with the next calls of a method.
//!
//! Knows only names of methods and chats.

use std::time::Duration;

/// What happens to one call. "Effect" is the message sent, the update confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// 429 with `retry_after`.
    TooMany {
        retry_after_secs: u64,
    },
    /// This status with this description, as JSON.
    Status(u16, &'static str),
    /// 502 with a page instead of JSON.
    Html,
    /// 200 with something that is not JSON.
    Garbage,
    Unauthorized,
    Conflict,
    /// The connection dies and nothing happened.
    ResetBeforeEffect,
    /// The connection dies though it happened.
    ResetAfterEffect,
    /// The effect comes late, and so does the answer.
    SlowBeforeEffect(Duration),
    /// The effect comes at once, the answer late.
    SlowAfterEffect(Duration),
}

/// A trouble and the calls it is for.
#[derive(Debug, Clone)]
pub struct Fault {
    method: String,
    chat: Option<i64>,
    times: usize,
    trouble: Trouble,
}

impl Fault {
    /// For the next call of `method` (as in the Bot API: `sendMessage`; `*` is any).
    pub fn on(method: &str, trouble: Trouble) -> Self {
        Self {
            method: method.to_owned(),
            chat: None,
            times: 1,
            trouble,
        }
    }

    /// Only for calls with this `chat_id`.
    pub fn to(mut self, chat: i64) -> Self {
        self.chat = Some(chat);
        self
    }

    /// For that many calls; `usize::MAX` is for ever.
    pub fn times(mut self, times: usize) -> Self {
        self.times = times;
        self
    }
}

/// Faults that wait for their call, in the order they were ordered.
#[derive(Debug, Default)]
pub struct Faults(Vec<Fault>);

impl Faults {
    pub fn order(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    pub fn are_spent(&self) -> bool {
        self.0.is_empty()
    }

    /// The trouble for a call of `method` to `chat`, used up.
    pub fn take(&mut self, method: &str, chat: Option<i64>) -> Option<Trouble> {
        let at = self.0.iter().position(|fault| {
            (fault.method == "*" || fault.method == method)
                && (fault.chat.is_none() || fault.chat == chat)
        })?;
        let trouble = self.0[at].trouble.clone();
        self.0[at].times = self.0[at].times.saturating_sub(1);
        if self.0[at].times == 0 {
            self.0.remove(at);
        }
        Some(trouble)
    }
}
