//! Pages as people see them: the real program and a real Chromium, at the width of a phone and of
//! a desk.

mod demo;
mod desk_round;
mod driver;
mod hand;
mod leaves;
mod legible;
mod letters;
mod own_page;
mod rosters;
mod sound;

pub use driver::{Browser, Screen};
