//! Pages as people see them: the real program and a real Chromium, at the width of a phone and of
//! a desk.

mod desk_round;
mod driver;
mod legible;
mod letters;
mod own_page;
mod sound;

pub use driver::{Browser, Screen};
