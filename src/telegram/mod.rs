//! Telegram's door: the Bot API over HTTPS, in and out.
//!
//! Updates come in as [`Heard`](crate::decide::Heard), rendered messages go out. Types, payloads
//! and commands are teloxide's; the transport is our own, so that time-outs, refusals and unknown
//! outcomes are told apart and no call sleeps. It keeps nothing, retries nothing and decides
//! nothing: it knows neither store nor engine, and not what a message is for.

mod bot;
mod button;
mod commands;
mod deliver;
mod errors;
mod fetch;
mod heard;
mod hook;
mod poll;
mod refusal;
mod update;

pub use bot::Bot;
pub use button::button_data;
pub use commands::menu;
pub use deliver::Receipt;
pub use errors::{BotError, CallError, Fate, FetchError, PollError, SendError, cut_off, refused};
pub use heard::{Unheard, heard};
pub use hook::WebhookInfo;
pub use poll::Raw;
