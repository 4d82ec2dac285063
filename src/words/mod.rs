//! Facts → sentences, in Chinese and in English: the only prose of the program.

pub mod ahead;
pub mod answers;
pub mod calendar;
pub mod chat;
pub mod check;
pub mod choices;
pub mod circular;
pub mod config;
pub mod demo;
pub mod desk;
pub mod doctor;
pub mod enclosed;
pub mod explain;
pub mod finding;
pub mod fix;
pub mod init;
pub mod map;
pub mod marked;
pub mod menu;
pub mod migrate;
pub mod outline;
pub mod page;
pub mod phone;
pub mod picture;
pub mod proof;
pub mod questions;
pub mod reading;
mod review;
pub mod serve;
pub mod sheets;
pub mod simulate;
pub mod template;
pub mod told;
pub mod versions;
pub mod when;

pub use crate::decide::Lang;
