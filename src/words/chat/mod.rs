//! Messages of the chat, as data a door can send.
//!
//! The first line tells who, what and by when; a button's label is a whole answer; everything
//! from outside is escaped and cut to a length, so that no name can break or fill a message.

mod binding;
mod checks;
mod circular;
mod clerks;
mod daily;
mod desk;
mod draws;
mod files;
mod form;
mod gaps;
mod general;
pub(in crate::words) mod ladder;
pub(in crate::words) mod leave;
pub(in crate::words) mod limits;
pub(in crate::words) mod outcomes;
mod page;
mod ready;
pub(in crate::words) mod rosters;
pub(in crate::words) mod soon;
mod units;
mod verdicts;
mod versions;

use crate::coverage::CoverageMap;
use crate::decide::{Enclosure, Lang, Listener, Press, Say, UploadId};
use crate::spotcheck::Attachment;
use crate::time::{Moment, Zone};
use crate::words::marked::Remarks;
use crate::words::picture::View;
use crate::words::picture::sheet::GapSheet;
use crate::words::template::Template;

/// One message ready to send, in HTML as Telegram takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rendered {
    /// A message of its own, or an edit of one.
    Message {
        html: String,
        /// Rows of buttons under it.
        buttons: Vec<Vec<(String, Press)>>,
        keyboard: Keyboard,
        sound: Sound,
    },
    /// Over the pressed button; at most 200 characters.
    Toast { query: String, text: String },
    /// 👀 on somebody's message.
    Seen { message: i32 },
    /// A file, a message of its own always.
    Document(Document),
    /// A picture, a message of its own always.
    Photo(Photo),
    /// What somebody sent to the bot, passed on; a message of its own always.
    Passed {
        attachment: Attachment,
        /// HTML, [`CAPTION_SHOWN`] characters of text at most.
        caption: String,
    },
    /// The commands this chat's menu shows; not a message.
    Menu { who: Listener, lang: Lang },
}

/// A file and what stands under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub file_name: String,
    pub contents: Contents,
    /// HTML, [`CAPTION_SHOWN`] characters of text at most.
    pub caption: String,
    pub buttons: Vec<Vec<(String, Press)>>,
    pub sound: Sound,
}

/// A coverage picture and what stands under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    pub map: Box<CoverageMap>,
    /// Of the map, from 1.
    pub page: usize,
    pub version: u32,
    pub view: View,
    /// HTML, [`CAPTION_SHOWN`] characters of text at most.
    pub caption: String,
    pub buttons: Vec<Vec<(String, Press)>>,
    pub sound: Sound,
    /// HTML of the message that goes out where it cannot be drawn.
    pub instead: String,
}

impl Photo {
    /// The same in words alone.
    #[must_use]
    pub fn in_words(&self) -> Rendered {
        Rendered::Message {
            html: self.instead.clone(),
            buttons: self.buttons.clone(),
            keyboard: Keyboard::AsItIs,
            sound: self.sound,
        }
    }
}

/// What a file's bytes are made from, at the moment it leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contents {
    Template(Template),
    Marked(MarkedCopy),
    Gaps(GapSheet),
    /// The journal as it stands then: it is in the store and not in any fact.
    Journal,
    /// Made of what is known then.
    Kept(Enclosure, Lang),
}

/// The file of an upload with what is said of its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedCopy {
    pub upload: UploadId,
    /// The sheet that was read, for workbooks.
    pub sheet: Option<String>,
    pub remarks: Remarks,
}

impl Contents {
    /// The upload whose bytes it is made from.
    #[must_use]
    pub fn of_upload(&self) -> Option<UploadId> {
        match self {
            Contents::Template(_) | Contents::Gaps(_) | Contents::Journal | Contents::Kept(..) => {
                None
            }
            Contents::Marked(copy) => Some(copy.upload),
        }
    }
}

/// The keyboard in place of the phone's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keyboard {
    AsItIs,
    /// One button that shares the account's own number.
    Contact(String),
    Removed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sound {
    Ringing,
    Silent,
}

/// What `say` reads like at `now`, when it is sent.
#[must_use]
pub fn rendered(say: &Say, lang: Lang, zone: &Zone, now: Moment) -> Rendered {
    let tongue = Tongue {
        lang,
        zone: *zone,
        now,
    };
    match say {
        Say::Toast { query, toast } => Rendered::Toast {
            query: query.clone(),
            text: checks::toast(&tongue, *toast),
        },
        Say::Seen { message } => Rendered::Seen { message: *message },
        Say::Menu { who } => Rendered::Menu { who: *who, lang },
        Say::GapPicture(picture) => Rendered::Photo(gaps::photo(picture, &tongue)),
        Say::Attached {
            unit,
            name,
            at,
            attachment,
            words,
        } => Rendered::Passed {
            attachment: attachment.clone(),
            caption: verdicts::attached(&tongue, (unit, name), *at, words),
        },
        _ => message(say, &tongue).into(),
    }
}

fn message(say: &Say, t: &Tongue) -> Text {
    binding::message(say, t)
        .or_else(|| files::message(say, t))
        .or_else(|| form::message(say, t))
        .or_else(|| rosters::message(say, t))
        .or_else(|| gaps::message(say, t))
        .or_else(|| checks::message(say, t))
        .or_else(|| leave::message(say, t))
        .or_else(|| versions::message(say, t))
        .or_else(|| draws::message(say, t))
        .or_else(|| ladder::message(say, t))
        .or_else(|| verdicts::message(say, t))
        .or_else(|| units::message(say, t))
        .or_else(|| ready::message(say, t))
        .or_else(|| daily::message(say, t))
        .or_else(|| page::message(say, t))
        .or_else(|| desk::message(say, t))
        .or_else(|| circular::message(say, t))
        .or_else(|| clerks::message(say, t))
        .unwrap_or_else(|| general::message(say, t))
}

/// In which language, zone and at what time something is said.
#[derive(Clone, Copy, Debug)]
pub(in crate::words) struct Tongue {
    pub lang: Lang,
    pub zone: Zone,
    pub now: Moment,
}

impl Tongue {
    pub fn pick(&self, zh: impl Into<String>, en: impl Into<String>) -> String {
        match self.lang {
            Lang::Zh => zh.into(),
            Lang::En => en.into(),
        }
    }
}

/// A message in the making.
#[derive(Clone, Debug)]
struct Text {
    html: String,
    buttons: Vec<Vec<(String, Press)>>,
    keyboard: Keyboard,
    sound: Sound,
    enclosed: Option<(String, Contents)>,
}

impl Text {
    fn new(html: impl Into<String>) -> Self {
        Self {
            html: html.into(),
            buttons: Vec::new(),
            keyboard: Keyboard::AsItIs,
            sound: Sound::Ringing,
            enclosed: None,
        }
    }

    /// It becomes what stands under a file.
    fn enclosing(self, file_name: String, contents: Contents) -> Self {
        Self {
            enclosed: Some((file_name, contents)),
            ..self
        }
    }

    fn row(mut self, buttons: impl IntoIterator<Item = (String, Press)>) -> Self {
        self.buttons.push(buttons.into_iter().collect());
        self
    }

    fn keyboard(self, keyboard: Keyboard) -> Self {
        Self { keyboard, ..self }
    }

    fn silent(self) -> Self {
        Self {
            sound: Sound::Silent,
            ..self
        }
    }
}

impl From<Text> for Rendered {
    fn from(text: Text) -> Self {
        if let Some((file_name, contents)) = text.enclosed {
            return Rendered::Document(Document {
                file_name,
                contents,
                caption: limits::fitted(text.html, CAPTION_SHOWN),
                buttons: text.buttons,
                sound: text.sound,
            });
        }
        Rendered::Message {
            html: limits::fitted(text.html, limits::MESSAGE_UNITS),
            buttons: text.buttons,
            keyboard: text.keyboard,
            sound: text.sound,
        }
    }
}

/// `1 unit`, `2 units`.
pub(in crate::words) fn count(count: u32, one: &str, many: &str) -> String {
    let noun = if count == 1 { one } else { many };
    format!("{count} {noun}")
}

/// What Telegram shows under a file at most, in UTF-16 units.
pub const CAPTION_SHOWN: usize = 1024;

/// The longest a name from outside may be in a message.
const NAME_SHOWN: usize = 40;

/// `text` as HTML, cut to [`NAME_SHOWN`] characters.
pub(in crate::words) fn safe(text: &str) -> String {
    escaped(&clipped(text, NAME_SHOWN))
}

/// How much of a list a message takes, with room for what stands before and after it. Telegram
/// counts to 4096 once the markup is gone.
const LIST_SHOWN: usize = 3_400;

/// As many of `lines` as one message takes, and how many are left out.
fn within(lines: impl ExactSizeIterator<Item = String>) -> (Vec<String>, usize) {
    let total = lines.len();
    let mut room = LIST_SHOWN;
    let fits = |line: &String| {
        // A character may count for two.
        let length: usize = line.chars().map(char::len_utf16).sum();
        let left = room.checked_sub(length + 1);
        room = left.unwrap_or(0);
        left.is_some()
    };
    let kept: Vec<String> = lines.take_while(fits).collect();
    let left_out = total - kept.len();
    (kept, left_out)
}

fn clipped(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            c if c.is_control() && c != '\n' => html.push(' '),
            c => html.push(c),
        }
    }
    html
}
