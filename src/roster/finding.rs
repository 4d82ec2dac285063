use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Misread, Phone, Role};
use crate::time::{Moment, Period, Span};

/// A cell, as a spreadsheet names it. Rows and columns count from 1; row 0 is the whole file,
/// column 0 the whole row.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct Place {
    pub file: u32,
    pub row: u32,
    pub column: u32,
}

impl Place {
    /// As a spreadsheet names it, `E3`; `None` for a whole row or file.
    #[must_use]
    pub fn cell(&self) -> Option<String> {
        if self.row == 0 || self.column == 0 {
            return None;
        }
        let mut letters = Vec::new();
        let mut left = self.column;
        while left > 0 {
            left -= 1;
            letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or(0)));
            left /= 26;
        }
        let letters: String = letters.iter().rev().collect();
        Some(format!("{letters}{}", self.row))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Note,
    Warning,
    Error,
}

macro_rules! codes {
    ($($code:ident $slug:literal $level:ident;)*) => {
        /// What a finding is an instance of. A code never changes its meaning; a retired one is
        /// not used again.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Code { $($code),* }

        impl Code {
            pub const ALL: &[Code] = &[$(Code::$code),*];

            /// `G001`.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Code::$code => stringify!($code)),* }
            }

            /// `officer-gap`.
            #[must_use]
            pub fn slug(self) -> &'static str {
                match self { $(Code::$code => $slug),* }
            }

            /// How serious it is unless the configuration says otherwise.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Code::$code => Severity::$level),* }
            }
        }
    };
}

codes! {
    G001 "officer-gap" Error;
    G002 "leader-gap" Error;
    G003 "handover-seam" Warning;
    G004 "boundary-uncovered" Note;
    G005 "below-minimum" Warning;
    G006 "unit-missing" Error;
    C101 "double-booked" Error;
    C102 "overlap-same-post" Note;
    C103 "duplicate-row" Warning;
    C104 "too-long" Warning;
    C105 "leader-is-officer" Warning;
    C106 "short-rest" Warning;
    C107 "above-need" Note;
    P201 "bad-phone" Error;
    P202 "shared-phone" Warning;
    P203 "two-phones" Warning;
    P204 "no-landline" Note;
    P205 "names-nobody" Warning;
    F301 "encoding-guessed" Note;
    F302 "header-guessed" Warning;
    F303 "bad-date" Error;
    F304 "end-before-start" Error;
    F305 "merged-cells" Note;
    F306 "excel-mangled" Error;
    F307 "unknown-unit" Warning;
    F308 "assumed-hours" Warning;
    F309 "unknown-column" Warning;
    F310 "bad-time" Error;
    F311 "empty-file" Error;
    F312 "not-a-table" Error;
    F313 "too-large" Error;
    F314 "undecodable" Error;
    F315 "unclosed-quote" Error;
    F316 "nul-bytes" Error;
    F317 "no-date" Error;
    F318 "nothing-read" Error;
    F319 "unreadable-row" Error;
    F320 "year-inferred" Note;
    F321 "short-header" Warning;
    F322 "doubtful-time" Warning;
    F323 "implausible-length" Error;
    F324 "ambiguous-date" Warning;
    F325 "other-sheets" Warning;
    F326 "as-told" Note;
    F327 "hidden-cells" Warning;
    H401 "outside-period" Note;
    H402 "no-holiday-data" Error;
    H403 "weekday-mismatch" Warning;
    R501 "unbound" Warning;
    R502 "undeliverable" Warning;
    X901 "unused-suppression" Note;
    X902 "invalid-suppression" Warning;
}

impl std::str::FromStr for Code {
    type Err = ();
    /// By id or slug, in any case.
    fn from_str(name: &str) -> Result<Self, ()> {
        Code::ALL
            .iter()
            .copied()
            .find(|c| c.id().eq_ignore_ascii_case(name) || c.slug().eq_ignore_ascii_case(name))
            .ok_or(())
    }
}

/// One thing to say about a roster: a code, a place, and the facts. The sentence is made of it
/// in `words`, in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub code: Code,
    pub place: Option<Place>,
    /// Other cells it is about, in the order the sentence needs them.
    pub also: Vec<Place>,
    pub matter: Matter,
}

impl Finding {
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self.matter {
            // Two people may share a name; nobody is accused of it.
            Matter::Namesake { .. } => Severity::Warning,
            _ => self.code.severity(),
        }
    }
}

/// The facts of a finding. One variant per sentence; the reader's and the rules' owners add
/// theirs here, and the compiler then asks `words` for the sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Matter {
    /// F301 to F326 save F307, H403, P201, P205: what the reader met.
    Misread(Misread),

    /// G001, G002, G003, G005: a post short of people, once for each day it repeats on.
    Uncovered {
        unit: String,
        post: String,
        role: Role,
        spans: Vec<Span>,
        needed: u32,
        present: u32,
        beside: Beside,
    },
    /// G004: the same first night, at each of these (unit, post).
    FirstNight {
        posts: Vec<(String, String)>,
        span: Span,
    },
    /// G006.
    NotSubmitted { unit: String },
    /// C101: one person in two places.
    DoubleBooked {
        name: String,
        first: Booking,
        second: Booking,
        overlaps: Vec<Span>,
    },
    /// C101, but a question: the name is the same in two units, and no number says who is who.
    Namesake {
        name: String,
        first: Booking,
        second: Booking,
        overlaps: Vec<Span>,
    },
    /// C102.
    TogetherAtPost {
        unit: String,
        post: String,
        names: [String; 2],
        overlaps: Vec<Span>,
    },
    /// C103.
    SameShiftTwice {
        unit: String,
        post: String,
        names: Vec<String>,
        span: Span,
    },
    /// C104.
    NoBreak {
        unit: String,
        name: String,
        span: Span,
        longest_minutes: u32,
    },
    /// C105.
    LeaderIsOfficer {
        unit: String,
        name: String,
        leader_post: String,
        officer_post: String,
        overlaps: Vec<Span>,
    },
    /// C106: off at `off`, on again at `on`.
    ShortRest {
        unit: String,
        name: String,
        off: Moment,
        on: Moment,
        least_minutes: u32,
    },
    /// C107.
    AboveNeed {
        unit: String,
        post: String,
        spans: Vec<Span>,
        needed: u32,
        present: u32,
    },
    /// P202.
    SharedPhone { phone: Phone, names: Vec<String> },
    /// P203.
    TwoPhones {
        unit: String,
        name: String,
        phones: Vec<Phone>,
    },
    /// P204.
    NoLandline { units: Vec<String> },
    /// F307.
    UnknownUnit {
        unit: String,
        nearest: Option<String>,
    },
    /// H401.
    OutsidePeriod {
        shifts: u32,
        first_day: NaiveDate,
        last_day: NaiveDate,
        period: Period,
    },
    /// H402: judged over the file's own dates instead.
    NoHoliday { period: Period },
    /// X901: as it stands in the configuration, or in the remark at the finding's place.
    UnusedSuppression { entry: String },
}

/// Somebody's place in a roster.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Booking {
    pub unit: String,
    pub post: String,
}

/// What stands on either side of an uncovered stretch, and so what the finding's cells are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Beside {
    /// `place` is the shift that comes too late, `also` the one that ended too early.
    Both,
    /// `place` is the shift before it.
    Before,
    /// `place` is the shift after it.
    After,
    /// There is no such cell.
    Nothing,
}
