//! What a finding says: the message, what may be done about it, and a word under each cell.

use super::{Lang, review};
use crate::roster::Finding;
use crate::time::Zone;

/// A finding in somebody's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub message: String,
    pub help: String,
    /// Under the finding's place, then under each of its other cells; may be fewer.
    pub labels: Vec<String>,
}

impl Said {
    pub(super) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: help.into(),
            labels: Vec::new(),
        }
    }

    pub(super) fn with_labels<const N: usize>(mut self, labels: [&str; N]) -> Self {
        self.labels = labels.map(str::to_owned).to_vec();
        self
    }
}

/// The whole of what a finding says.
#[must_use]
pub fn said(finding: &Finding, zone: Zone, lang: Lang) -> Said {
    review::said(finding, zone, lang)
}

/// `城关镇 10月3日 20:30 至 4日 08:30 没有值班员（12 小时）`.
#[must_use]
pub fn message(finding: &Finding, zone: Zone, lang: Lang) -> String {
    said(finding, zone, lang).message
}

/// `补一行 10月3日 20:30 至次日 08:30，或把上一班改到次日 08:30`.
#[must_use]
pub fn help(finding: &Finding, zone: Zone, lang: Lang) -> String {
    said(finding, zone, lang).help
}
