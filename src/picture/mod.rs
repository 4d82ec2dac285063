//! Facts in the forms other programs open.

pub mod ical;
