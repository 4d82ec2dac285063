//! The way to the web desk.

use super::{Text, Tongue, escaped};
use crate::decide::Say;
use crate::words::when;

pub(super) fn message(say: &Say, t: &Tongue) -> Option<Text> {
    match say {
        Say::DeskLink { url, until } => {
            let (url, until) = (escaped(url), when::clock(t.zone.civil(*until)));
            Some(Text::new(t.pick(
                format!("值班台：在办公室的电脑上打开，只能用一次，{until} 前有效。\n{url}"),
                format!(
                    "The web desk: open this on the office computer, once, before {until}.\n{url}"
                ),
            )))
        }
        _ => None,
    }
}
