//! What is said about a check beside its question: pleas, explanations, and the rungs above.

use super::Tongue;
use crate::spotcheck::Plea;

pub(super) fn plea(t: &Tongue, plea: Plea) -> String {
    match plea {
        Plea::SteppedOut => t.pick("暂时离开", "stepped out"),
        Plea::Swapped => t.pick("已换班", "swapped"),
        Plea::Otherwise => t.pick("另有情况", "something else"),
    }
}
