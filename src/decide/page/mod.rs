//! A person's own page and calendar: whose a link is, what is done there, and what it shows.
//!
//! A page needs no account. What its person does comes in as the same [`Heard`](super::Heard) as
//! from a chat; who has no account answers under a number that no chat has. It knows no address
//! and no sentence.

mod done;
mod links;
mod shown;

pub use links::{OwnLinks, Page, PageId};
pub use shown::{OwnPage, PageShift, Possible, Writing};

pub(super) use done::{came_up, heard, is_own, opened, tell_calendar, tell_page};
pub(super) use links::taken_back;

/// Whether somebody has a page they can be led to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Our pages are reached from this machine alone, or their time is over.
    #[default]
    None,
    Open,
}
