//! What the web desk reads like, in Chinese and in English.

pub mod board;
pub mod deeds;
mod en;
pub mod metrics;
pub mod refusals;
mod zh;

use super::Lang;

/// A text that is the same whatever the facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    DeskName,
    OwnName,
    SkipToContent,
    Pages,
    Today,
    Live,
    LogOut,
    Rosters,
    Checks,
    People,
    Journal,
    Settings,
    WhoIsOn,
    Gaps,
    NearestFirst,
    Unbound,
    NoRoster,
    NoRosterHint,
    NoRound,
    NoRoundHint,
    NoGaps,
    AllBound,
    Upload,
    UploadHint,
    ChooseFile,
    Send,
    Reading,
    Versions,
    Uploads,
    Open,
    InForce,
    Changes,
    Restore,
    Chase,
    ChaseAgain,
    ChaseAll,
    ChaseRosters,
    ChaseBinding,
    MissingOfficer,
    MissingLeader,
    TooFew,
    CopyText,
    Copied,
    TextToSend,
    CheckAll,
    CheckSome,
    HowMany,
    CheckUnit,
    Unit,
    Start,
    Again,
    Verify,
    Present,
    Late,
    NoAnswer,
    Undeliverable,
    Void,
    Waiting,
    Ruled,
    ToVerify,
    Rounds,
    Worksheet,
    Readiness,
    Draws,
    WhoNow,
    Invite,
    Unbind,
    Name,
    Ask,
    Free,
    Number,
    Moment,
    What,
    Details,
    Older,
    Newest,
    Download,
    ExportJournal,
    Setting,
    Value,
    Origin,
    SettingsHint,
    WhoAreYou,
    WhoAreYouHint,
    Keep,
    Answer,
    Dismiss,
    OwnWords,
    Submit,
    Now,
    Nobody,
    Leader,
    Legend,
    NotSubmitted,
    Everybody,
    Standby,
    OnDutyToday,
    OnDutyNow,
    PhonesMasked,
    Days,
    Papers,
    CircularDraft,
    GapTable,
    DutyTable,
    CheckTable,
}

#[must_use]
pub fn label(which: Label, lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => zh::label(which),
        Lang::En => en::label(which),
    }
}

/// The language as a document names it.
#[must_use]
pub fn lang_tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    }
}
