//! What each number of `/metrics` counts. Prometheus' help lines are English wherever they are.

pub const CHECKS: &str = "Closed spot checks by outcome.";
pub const CHECKS_OPEN: &str = "Spot checks still open.";
pub const OUTBOX: &str = "Messages waiting to leave.";
pub const SINCE_POLL: &str = "Seconds since Telegram's queue was last read dry.";
pub const GAPS: &str = "Gaps that lie ahead.";
pub const LEADER_GAPS: &str = "Stretches ahead without a duty leader.";
