//! All integration tests in one binary: linking it is the slow part.

mod botapi;
mod browser;
mod check;
mod diff;
mod documents;
mod forms;
mod house;
mod map;
mod pictures;
mod pointing;
mod postgres;
mod process;
mod proof;
mod questions;
mod reader_laws;
mod reader_mixtures;
mod rosters;
mod scenarios;
mod simulate;
mod store;
mod telegram_door;
mod workbooks;
