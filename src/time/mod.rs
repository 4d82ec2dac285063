//! Instants, stretches of time, and what a wall clock shows.
//!
//! Instants are UTC; a civil time is explicit about its zone; every stretch is half-open,
//! `[start, end)`. Nothing here knows what time it is now.

mod civil;
mod holidays;
mod span;
mod span_set;
mod yearly;
mod zone_table;

pub use chrono::TimeDelta;
pub use civil::{NoZone, Zone, clock_of, minute_of_day};
pub use holidays::{DayKind, Holiday, Period, holiday, holiday_touching, holidays_of, kind_of_day};
pub use span::Span;
pub use span_set::SpanSet;

/// An instant, in UTC.
pub type Moment = chrono::DateTime<chrono::Utc>;
