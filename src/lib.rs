//! Zaigang (在岗, "at one's post"): checks holiday duty rosters, and checks that the people on
//! them are really there.

#![deny(unsafe_code)]

pub mod cli;
pub mod clock;
pub mod config;
pub mod coverage;
pub mod decide;
pub mod duty;
pub mod engine;
pub mod files;
pub mod journal;
pub mod picture;
pub mod proof;
pub mod rehearsal;
pub mod report;
pub mod review;
pub mod roster;
pub mod simulate;
pub mod spotcheck;
pub mod store;
pub mod telegram;
pub mod time;
pub mod versions;
pub mod web;
pub mod words;
