//! How often a bot may write before it is told to wait. Off unless a test wants it.

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

use super::refusal::Refusal;

/// Messages a chat takes at once before the second's limit is felt.
const BURST: usize = 3;
const GROUP_PER_MINUTE: usize = 20;

/// The server's flood limits.
#[derive(Debug, Default)]
pub struct Limits {
    /// Messages a second over all chats; none while nothing is enforced.
    per_second: Option<usize>,
    overall: VecDeque<Instant>,
    chats: BTreeMap<i64, VecDeque<Instant>>,
    refusals: usize,
}

impl Limits {
    /// Thirty a second is what everybody has; more is paid for.
    pub fn enforce(&mut self, per_second: usize) {
        self.per_second = Some(per_second);
    }

    /// How often the bot was told to wait.
    pub fn refusals(&self) -> usize {
        self.refusals
    }

    /// Counts one message to `chat`, or says how long to wait.
    pub fn count(&mut self, chat: i64, now: Instant) -> Result<(), Refusal> {
        let Some(per_second) = self.per_second else {
            return Ok(());
        };
        let sent = self.chats.entry(chat).or_default();
        let (span_secs, most) = if chat < 0 {
            (60, GROUP_PER_MINUTE)
        } else {
            (1, BURST)
        };
        let wait = wait_secs(sent, now, Duration::from_secs(span_secs), most)
            .or_else(|| wait_secs(&mut self.overall, now, Duration::from_secs(1), per_second));
        if let Some(wait_secs) = wait {
            self.refusals += 1;
            return Err(Refusal::too_many(wait_secs));
        }
        self.overall.push_back(now);
        self.chats.entry(chat).or_default().push_back(now);
        Ok(())
    }
}

fn wait_secs(
    sent: &mut VecDeque<Instant>,
    now: Instant,
    span: Duration,
    most: usize,
) -> Option<u64> {
    sent.retain(|at| now.duration_since(*at) < span);
    let oldest = sent.front().filter(|_| sent.len() >= most)?;
    Some(span.saturating_sub(now.duration_since(*oldest)).as_secs() + 1)
}
