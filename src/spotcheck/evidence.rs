use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::Ladder;
use crate::time::{Moment, Span};

/// Proof that the ping reached Telegram, on both clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// The ping's own date, by Telegram's clock, in whole seconds.
    pub dated: Moment,
    /// When Telegram's word of it reached us, by ours: never before the delivery itself.
    pub confirmed: Moment,
    /// When the question was queued, by ours, at the earliest. A copy may have gone out since then
    /// without our hearing of it.
    pub queued: Moment,
    /// For how long the person's time stood still because nobody watched our clock, in
    /// milliseconds.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub unwatched_ms: u64,
    /// When the program ran again, by our clock, if it stopped between the deadline and the end
    /// of the drain: the drain begins there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resumed: Option<Moment>,
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "this is how it is asked for"
)]
fn is_nothing(millis: &u64) -> bool {
    *millis == 0
}

impl Delivery {
    /// The deadline by our own clock; as `confirmed` is late if anything, so is this.
    #[must_use]
    pub fn deadline(&self, ladder: &Ladder) -> Moment {
        self.runs_from() + ladder.window()
    }

    /// From when the person's time runs, as if it had never stood still.
    #[must_use]
    pub fn runs_from(&self) -> Moment {
        let millis = i64::try_from(self.unwatched_ms).unwrap_or(i64::MAX);
        self.confirmed + TimeDelta::try_milliseconds(millis).unwrap_or(TimeDelta::MAX)
    }

    /// When silence is void where an answer may have been lost: nothing more is found out by
    /// waiting until the time has run that stood still.
    #[must_use]
    pub(super) fn void_from(&self, ladder: &Ladder) -> Moment {
        self.confirmed + ladder.window() + ladder.drain()
    }

    /// When judging may begin: the deadline and the drain.
    #[must_use]
    pub fn judged_from(&self, ladder: &Ladder) -> Moment {
        let over = self.deadline(ladder);
        self.resumed.map_or(over, |resumed| resumed.max(over)) + ladder.drain()
    }

    /// From the moment a copy may have been on the phone to the deadline.
    #[must_use]
    pub fn exposed(&self, ladder: &Ladder) -> Option<Span> {
        // Our clock may have been set back in between.
        Span::new(self.queued.min(self.confirmed), self.deadline(ladder))
    }

    /// The same by a clock of ours that was set on by `by`.
    #[must_use]
    pub(super) fn moved(&self, by: TimeDelta) -> Self {
        Self {
            confirmed: self.confirmed + by,
            queued: self.queued + by,
            resumed: self.resumed.map(|resumed| resumed + by),
            ..*self
        }
    }

    /// The same, `blind` having come between. Unless that was another reader alone, our clock may
    /// have been set then, and how long before its delivery the question was queued is not known.
    #[must_use]
    pub(super) fn beside(self, blind: &Blind) -> Self {
        match blind.cause {
            BlindCause::Conflict => self,
            _ => self.queued_at_any_time(),
        }
    }

    /// The same where nobody can say how long before its delivery the question was queued: as early
    /// as can still matter.
    #[must_use]
    pub(super) fn queued_at_any_time(self) -> Self {
        Self {
            queued: self.queued - MESSAGE_LIFE,
            ..self
        }
    }

    /// How far `evidence` lies behind the deadline; zero or less is in time.
    #[must_use]
    pub fn lateness(&self, evidence: &Evidence, ladder: &Ladder) -> TimeDelta {
        match *evidence {
            // Dates are whole seconds, cut off. Two that are `window` apart may stand for
            // instants up to a second nearer, never further.
            Evidence::Message { dated, .. } => {
                let whole = TimeDelta::seconds((ladder.window() + SECOND_LESS).num_seconds());
                dated - (self.dated + whole)
            }
            Evidence::Button { not_before, .. } => not_before - self.deadline(ladder),
            Evidence::Page { received, .. } => received - self.deadline(ladder),
        }
    }

    /// Whether `evidence` can be about this ping at all. A message of before the question is
    /// not an answer to it; the two clocks are compared by lengths, never by readings.
    #[must_use]
    pub fn may_answer(&self, evidence: &Evidence) -> bool {
        match *evidence {
            Evidence::Message { dated, .. } => {
                let on_its_way = (self.confirmed - self.queued).max(TimeDelta::zero());
                dated >= self.dated - on_its_way - TimeDelta::seconds(1)
            }
            Evidence::Button { .. } | Evidence::Page { .. } => true,
        }
    }
}

/// Telegram keeps a message for so long; no older one is ever read.
pub const MESSAGE_LIFE: TimeDelta = TimeDelta::hours(24);
const SECOND_LESS: TimeDelta = TimeDelta::milliseconds(999);

/// An answer, and what is known of when it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// A text, dated by Telegram.
    Message {
        update: i64,
        dated: Moment,
        received: Moment,
    },
    /// A button press. It cannot have been waiting in the queue before `not_before`, the start of
    /// the last reading that emptied it.
    Button {
        update: i64,
        not_before: Moment,
        received: Moment,
    },
    /// A press on the person's own page. The page is ours, so it came when it reached us; only
    /// where nobody could reach us may an earlier press have been in vain.
    Page {
        received: Moment,
        /// When our page could not be reached last.
        deaf: Option<Blind>,
    },
}

impl Evidence {
    /// When it reached us, by our clock: what a receipt shows.
    #[must_use]
    pub fn received(&self) -> Moment {
        match *self {
            Evidence::Message { received, .. }
            | Evidence::Button { received, .. }
            | Evidence::Page { received, .. } => received,
        }
    }

    /// When an earlier one like it may have been lost on our side.
    #[must_use]
    pub fn deaf(&self) -> Option<Blind> {
        match *self {
            Evidence::Page { deaf, .. } => deaf,
            Evidence::Message { .. } | Evidence::Button { .. } => None,
        }
    }
}

/// A stretch in which an answer could have been given and lost without our seeing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blind {
    pub span: Span,
    pub cause: BlindCause,
}

impl Blind {
    /// The same by a clock of ours that was set on by `by`.
    pub(crate) fn moved(self, by: TimeDelta) -> Self {
        let span = Span::new(self.span.start() + by, self.span.end() + by);
        Self {
            span: span.unwrap_or(self.span),
            ..self
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlindCause {
    /// The queue went unread for longer than Telegram keeps a button press.
    Unread,
    /// Another program read the same bot's queue and may have taken answers.
    Conflict,
    /// Our clock was set while time was running.
    ClockSet,
    /// Our own pages could not be reached: the program was not running.
    Down,
    /// What was kept then is gone: an older copy of the database was put back.
    Restored,
}
