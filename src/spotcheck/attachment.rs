//! What somebody showed or spoke instead of writing: where Telegram has it, and what it is.
//!
//! It knows no bytes: those stay with Telegram until somebody looks.

use serde::{Deserialize, Serialize};

/// A photo or a voice message that says something about a check or a circular.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Attachment {
    pub kind: AttachmentKind,
    /// Telegram's handle to fetch it by.
    pub file: String,
    /// As Telegram gave it; 0 where it did not.
    pub bytes: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentKind {
    Photo,
    Voice { secs: u32 },
}
