use serde::{Deserialize, Serialize};

use super::{Attachment, Plea};

/// What a person finds after looking into a check nobody answered. Never the machine's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Reached by telephone, at post.
    PresentByPhone,
    /// On patrol, on a mission, ill.
    Excused,
    /// 脱岗.
    Absent,
    /// 失联: nothing reached them.
    Unreachable,
}

impl Verdict {
    pub const ALL: [Verdict; 4] = [
        Verdict::PresentByPhone,
        Verdict::Excused,
        Verdict::Absent,
        Verdict::Unreachable,
    ];

    /// Whether it says something against the person.
    #[must_use]
    pub fn is_adverse(self) -> bool {
        matches!(self, Verdict::Absent | Verdict::Unreachable)
    }

    /// What it may rest on, the usual first.
    #[must_use]
    pub fn grounds(self) -> &'static [Ground] {
        match self {
            Verdict::PresentByPhone => &[Ground::DutyLine, Ground::OwnPhone, Ground::Seen],
            Verdict::Excused => &[Ground::Patrol, Ground::Mission, Ground::Ill],
            Verdict::Absent => &[Ground::RungNotThere, Ground::LookedNotThere],
            Verdict::Unreachable => &[Ground::NothingReached],
        }
    }
}

/// What a verdict rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// Rung up by the one who rules, and at post.
    Reached,
    /// Answered the duty line.
    DutyLine,
    /// Answered their own telephone at post.
    OwnPhone,
    /// A colleague or leader saw them.
    Seen,
    Patrol,
    Mission,
    Ill,
    /// The duty line was answered by somebody else: not there.
    RungNotThere,
    /// Somebody went to look: not there.
    LookedNotThere,
    /// Neither line nor telephone was answered.
    NothingReached,
}

impl Ground {
    pub const ALL: [Ground; 10] = [
        Ground::Reached,
        Ground::DutyLine,
        Ground::OwnPhone,
        Ground::Seen,
        Ground::Patrol,
        Ground::Mission,
        Ground::Ill,
        Ground::RungNotThere,
        Ground::LookedNotThere,
        Ground::NothingReached,
    ];
}

/// Why a verdict was given: one of the usual grounds, or words of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerdictReason {
    Ground(Ground),
    Words(String),
}

/// What somebody found who rang or went to look. It is evidence, never a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sighting {
    /// 打通了，在岗.
    AtPost,
    /// 打通了，不在.
    NotThere,
    /// 没打通.
    NotReached,
}

impl Sighting {
    pub const ALL: [Sighting; 3] = [Sighting::AtPost, Sighting::NotThere, Sighting::NotReached];

    #[must_use]
    pub fn is_there(self) -> bool {
        self == Sighting::AtPost
    }
}

/// What a person adds to a late answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Explanation {
    /// 在巡查.
    Patrol,
    /// 在接电话.
    OnThePhone,
    /// 没听见.
    Unheard,
    /// 不用: nothing to add.
    None,
}

impl Explanation {
    pub const ALL: [Explanation; 4] = [
        Explanation::Patrol,
        Explanation::OnThePhone,
        Explanation::Unheard,
        Explanation::None,
    ];
}

/// What the person asked says beside "here".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    Plea(Plea),
    Explanation(Explanation),
    Words(String),
    /// A photo or a voice message, with what was written under it.
    Shown {
        attachment: Attachment,
        words: String,
    },
    /// Back after having stepped out.
    Back,
    /// Somebody else, of this name, says that they have the shift.
    Relieved(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_not_there_and_not_to_be_reached_speak_against_somebody() {
        let adverse = Verdict::ALL.map(Verdict::is_adverse);
        assert_eq!(adverse, [false, false, true, true]);
    }

    #[test]
    fn only_who_was_found_at_their_post_was_there() {
        let there = Sighting::ALL.map(Sighting::is_there);
        assert_eq!(there, [true, false, false]);
    }

    #[test]
    fn every_verdict_has_grounds_of_its_own() {
        for verdict in Verdict::ALL {
            let others = Verdict::ALL.into_iter().filter(|other| *other != verdict);
            let theirs: Vec<Ground> = others.flat_map(Verdict::grounds).copied().collect();
            assert!(!verdict.grounds().is_empty(), "{verdict:?}");
            assert!(!verdict.grounds().iter().any(|g| theirs.contains(g)));
        }
    }
}
