//! Facts → sentences, in Chinese and in English: the only prose of the program.

pub mod answers;
pub mod chat;
pub mod check;
pub mod choices;
pub mod demo;
pub mod explain;
pub mod finding;
pub mod map;
pub mod marked;
pub mod menu;
pub mod outline;
pub mod questions;
pub mod reading;
mod review;
pub mod serve;
pub mod template;
pub mod told;
pub mod when;

pub use crate::decide::Lang;
