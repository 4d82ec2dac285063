use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

/// The policy of a check, frozen into it when it is made: a setting changed later changes no
/// check that is already running. All lengths in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ladder {
    /// From the ping's delivery to the deadline.
    pub window_ms: u64,
    /// From the delivery to the reminder; `None` for no reminder.
    pub reminder_ms: Option<u64>,
    /// After the deadline, before judging: what Telegram still holds comes in.
    pub drain_ms: u64,
    /// How long a ping may wait to be sent before the check is void.
    pub asking_patience_ms: u64,
    /// From the word that a rung has the question to the next rung.
    #[serde(default = "five_minutes")]
    pub rung_patience_ms: u64,
    /// How long somebody may step out.
    #[serde(default = "ten_minutes")]
    pub away_ms: u64,
}

fn five_minutes() -> u64 {
    300_000
}

fn ten_minutes() -> u64 {
    600_000
}

impl Ladder {
    #[must_use]
    pub fn window(&self) -> TimeDelta {
        millis(self.window_ms)
    }

    #[must_use]
    pub fn reminder(&self) -> Option<TimeDelta> {
        self.reminder_ms.map(millis)
    }

    #[must_use]
    pub fn drain(&self) -> TimeDelta {
        millis(self.drain_ms)
    }

    #[must_use]
    pub fn asking_patience(&self) -> TimeDelta {
        millis(self.asking_patience_ms)
    }

    #[must_use]
    pub fn rung_patience(&self) -> TimeDelta {
        millis(self.rung_patience_ms)
    }

    #[must_use]
    pub fn away(&self) -> TimeDelta {
        millis(self.away_ms)
    }
}

fn millis(ms: u64) -> TimeDelta {
    i64::try_from(ms)
        .ok()
        .and_then(TimeDelta::try_milliseconds)
        .unwrap_or(TimeDelta::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ladder_of_before_the_upper_rungs_gives_them_five_minutes_and_an_absence_ten() {
        let written = r#"{"window_ms":1,"reminder_ms":2,"drain_ms":3,"asking_patience_ms":4}"#;
        let ladder: Ladder = serde_json::from_str(written).unwrap();
        assert_eq!(ladder.window(), TimeDelta::milliseconds(1));
        assert_eq!(ladder.reminder(), Some(TimeDelta::milliseconds(2)));
        assert_eq!(ladder.drain(), TimeDelta::milliseconds(3));
        assert_eq!(ladder.asking_patience(), TimeDelta::milliseconds(4));
        assert_eq!(ladder.rung_patience(), TimeDelta::minutes(5));
        assert_eq!(ladder.away(), TimeDelta::minutes(10));
    }

    #[test]
    fn a_length_beyond_all_clocks_never_ends() {
        assert_eq!(millis(u64::MAX), TimeDelta::MAX);
    }
}
