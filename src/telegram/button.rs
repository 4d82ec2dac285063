//! What lies behind a button: its meaning and a tag that binds it to one account.

use crate::decide::{
    AccountId, Chase, CircularId, CircularPress, Export, Key, LeaveId, LeavePress, Press, Pressed,
    ReportId, ReportPress, RoundId, UploadId,
};
use crate::duty::Heading;
use crate::spotcheck::CheckId;
use serde::Serialize;
use serde::de::DeserializeOwned;

const PURPOSE: &str = "button";

/// The callback data of a button for `to`: at most 64 bytes, worthless in any other chat.
#[must_use]
pub fn button_data(press: &Press, to: AccountId, key: &Key) -> String {
    let meaning = meaning_of(*press);
    let tag = key.tag(PURPOSE, &[&meaning, &to.0.to_string()]);
    format!("{meaning}.{tag}")
}

/// What a press of `data` by `account` means; the tag is looked at before anything else.
pub(super) fn pressed(data: &str, account: AccountId, key: &Key) -> Pressed {
    data.rsplit_once('.')
        .filter(|(meaning, tag)| key.fits(tag, PURPOSE, &[meaning, &account.0.to_string()]))
        .and_then(|(meaning, _)| press_of(meaning))
        .map_or(Pressed::Foreign, Pressed::Ours)
}

fn meaning_of(press: Press) -> String {
    match press {
        Press::Answer(check) => format!("answer:{}", check.0),
        Press::Use(upload) => format!("use:{}", upload.0),
        Press::Aside(upload) => format!("aside:{}", upload.0),
        Press::CheckAll => "all".to_owned(),
        Press::CheckSome(people) => format!("some:{people}"),
        Press::Gaps => "gaps".to_owned(),
        Press::Who => "who".to_owned(),
        Press::Unbound => "unbound".to_owned(),
        Press::MyShifts => "me".to_owned(),
        Press::MyPage => "page".to_owned(),
        Press::MyCalendar => "calendar".to_owned(),
        Press::Ready => "ready".to_owned(),
        Press::TestAll => "testall".to_owned(),
        Press::TestAnswer => "test".to_owned(),
        Press::Report(report, press) => format!("report:{}:{}", report.0, report_word(press)),
        Press::Leave(leave, press) => format!("leave:{}:{}", leave.0, leave_word(press)),
        Press::Changes(version) => format!("changes:{version}"),
        Press::Restore {
            version,
            instead_of,
        } => format!("restore:{version}:{instead_of}"),
        Press::Choose {
            upload,
            turn,
            choice,
        } => format!("choose:{}:{turn}:{choice}", upload.0),
        Press::AnotherQuestion { upload, turn } => format!("another:{}:{turn}", upload.0),
        Press::AskAgain(upload) => format!("anew:{}", upload.0),
        Press::Marked(upload) => format!("marked:{}", upload.0),
        Press::Plead(check, plea) => of_two("plead", check.0, plea),
        Press::Back(check) => format!("back:{}", check.0),
        Press::Explain(check, excuse) => of_two("explain", check.0, excuse),
        Press::Sighted(check, sighting) => of_two("sighted", check.0, sighting),
        Press::Detail(round) => format!("detail:{}", round.0),
        Press::Worksheet(round) => format!("phone:{}", round.0),
        Press::Again(round) => format!("again:{}", round.0),
        Press::Verify(check) => format!("verify:{}", check.0),
        Press::Attached(check) => format!("attached:{}", check.0),
        Press::Rang(check, sighting) => of_two("rang", check.0, sighting),
        Press::Rule(check, verdict) => of_two("rule", check.0, verdict),
        Press::Because(check, ground) => of_two("because", check.0, ground),
        Press::DraftCircular => "draft".to_owned(),
        Press::Circular(circular, press) => {
            format!("circular:{}:{}", circular.0, circular_word(press))
        }
        Press::Export(export) => format!("export:{}", export_word(export)),
        Press::Unit => "unit".to_owned(),
        Press::Template => "template".to_owned(),
        Press::Chase(Chase::Roster) => "chase:roster".to_owned(),
        Press::Chase(Chase::Gaps) => "chase:gaps".to_owned(),
        Press::Chase(Chase::Binding) => "chase:binding".to_owned(),
        Press::Clerks => "clerks".to_owned(),
        Press::InviteClerk => "inviteclerk".to_owned(),
        Press::Dismiss(account) => format!("dismiss:{}", account.0),
        Press::LetGo(account) => format!("letgo:{}", account.0),
        Press::GapSheet => "gapsheet".to_owned(),
        Press::GapsCounted => "gapscounted".to_owned(),
    }
}

/// `kind:417:word`, the word as the records have it.
fn of_two(kind: &str, number: u32, word: impl Serialize) -> String {
    let word = serde_json::to_value(word).unwrap_or_default();
    format!("{kind}:{number}:{}", word.as_str().unwrap_or_default())
}

fn word_of<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(word.into()).ok()
}

fn press_of(meaning: &str) -> Option<Press> {
    let (kind, rest) = meaning.split_once(':').unwrap_or((meaning, ""));
    let (number, word) = rest.split_once(':').unwrap_or((rest, ""));
    let number = || number.parse().ok();
    let check = || number().map(CheckId);
    match kind {
        "answer" => Some(Press::Answer(CheckId(number()?))),
        "use" => Some(Press::Use(UploadId(number()?))),
        "aside" => Some(Press::Aside(UploadId(number()?))),
        "all" => Some(Press::CheckAll),
        "some" => Some(Press::CheckSome(number()?)),
        "gaps" => Some(Press::Gaps),
        "who" => Some(Press::Who),
        "gapsheet" => Some(Press::GapSheet),
        "gapscounted" => Some(Press::GapsCounted),
        "clerks" => Some(Press::Clerks),
        "inviteclerk" => Some(Press::InviteClerk),
        "dismiss" => Some(Press::Dismiss(AccountId(rest.parse().ok()?))),
        "letgo" => Some(Press::LetGo(AccountId(rest.parse().ok()?))),
        "unbound" => Some(Press::Unbound),
        "me" => Some(Press::MyShifts),
        "page" => Some(Press::MyPage),
        "calendar" => Some(Press::MyCalendar),
        "ready" => Some(Press::Ready),
        "testall" => Some(Press::TestAll),
        "test" => Some(Press::TestAnswer),
        "report" => {
            let (report, word) = rest.split_once(':')?;
            let report = ReportId(report.parse().ok()?);
            let named = REPORT_WORDS.iter().find(|(_, name)| *name == word)?;
            Some(Press::Report(report, named.0))
        }
        "draft" => Some(Press::DraftCircular),
        "circular" => Some(Press::Circular(
            CircularId(number()?),
            circular_press(word)?,
        )),
        "export" => {
            let mut exports = Export::ALL.into_iter();
            let named = exports.find(|export| export_word(*export) == rest)?;
            Some(Press::Export(named))
        }
        "leave" => {
            let (leave, word) = rest.split_once(':')?;
            let leave = LeaveId(leave.parse().ok()?);
            Some(Press::Leave(leave, leave_press(word)?))
        }
        "changes" => Some(Press::Changes(number()?)),
        "unit" => Some(Press::Unit),
        "template" => Some(Press::Template),
        "chase" => match rest {
            "roster" => Some(Press::Chase(Chase::Roster)),
            "gaps" => Some(Press::Chase(Chase::Gaps)),
            "binding" => Some(Press::Chase(Chase::Binding)),
            _ => None,
        },
        "restore" => {
            let (version, instead_of) = rest.split_once(':')?;
            Some(Press::Restore {
                version: version.parse().ok()?,
                instead_of: instead_of.parse().ok()?,
            })
        }
        "choose" => {
            let (upload, rest) = rest.split_once(':')?;
            let (turn, choice) = rest.split_once(':')?;
            Some(Press::Choose {
                upload: UploadId(upload.parse().ok()?),
                turn: turn.parse().ok()?,
                choice: choice.parse().ok()?,
            })
        }
        "another" => {
            let (upload, turn) = rest.split_once(':')?;
            Some(Press::AnotherQuestion {
                upload: UploadId(upload.parse().ok()?),
                turn: turn.parse().ok()?,
            })
        }
        "anew" => Some(Press::AskAgain(UploadId(number()?))),
        "marked" => Some(Press::Marked(UploadId(number()?))),
        "plead" => Some(Press::Plead(check()?, word_of(word)?)),
        "back" => Some(Press::Back(check()?)),
        "explain" => Some(Press::Explain(check()?, word_of(word)?)),
        "sighted" => Some(Press::Sighted(check()?, word_of(word)?)),
        "detail" => Some(Press::Detail(RoundId(number()?))),
        "phone" => Some(Press::Worksheet(RoundId(number()?))),
        "again" => Some(Press::Again(RoundId(number()?))),
        "verify" => Some(Press::Verify(check()?)),
        "attached" => Some(Press::Attached(check()?)),
        "rang" => Some(Press::Rang(check()?, word_of(word)?)),
        "rule" => Some(Press::Rule(check()?, word_of(word)?)),
        "because" => Some(Press::Because(check()?, word_of(word)?)),
        _ => None,
    }
}

/// The buttons of a leave dialogue but those of its offers.
const LEAVE_WORDS: [(LeavePress, &str); 15] = [
    (LeavePress::Ill, "ill"),
    (LeavePress::Family, "family"),
    (LeavePress::Official, "official"),
    (LeavePress::Other, "other"),
    (LeavePress::NoStandIn, "nobody"),
    (LeavePress::Cover, "cover"),
    (LeavePress::ChooseAgain, "again"),
    (LeavePress::GoOn, "go"),
    (LeavePress::Drop, "drop"),
    (LeavePress::Withdraw, "withdraw"),
    (LeavePress::Agree, "yes"),
    (LeavePress::Refuse, "no"),
    (LeavePress::SendBack, "back"),
    (LeavePress::TellLeader, "tell"),
    (LeavePress::DoNotTell, "quiet"),
];

/// The buttons of a circular but those that say which unit, gap or check.
const CIRCULAR_WORDS: [(CircularPress, &str); 11] = [
    (CircularPress::Anew, "anew"),
    (CircularPress::Verify, "verify"),
    (CircularPress::AskUnits, "ask"),
    (CircularPress::Name, "name"),
    (CircularPress::DoNotName, "unnamed"),
    (CircularPress::Submit, "submit"),
    (CircularPress::SubmitNow, "now"),
    (CircularPress::Approve, "yes"),
    (CircularPress::Return, "no"),
    (CircularPress::Read, "read"),
    (CircularPress::RemindReaders, "remind"),
];

fn circular_word(press: CircularPress) -> String {
    match press {
        CircularPress::True(unit) => format!("true-{unit}"),
        CircularPress::Explain(unit) => format!("explain-{unit}"),
        CircularPress::Strike(gap) => format!("strike-{gap}"),
        CircularPress::Correct(check) => format!("correct-{}", check.0),
        word => {
            let mut words = CIRCULAR_WORDS.iter();
            let found = words.find(|(press, _)| *press == word);
            found.map_or_else(String::new, |(_, word)| (*word).to_owned())
        }
    }
}

fn circular_press(word: &str) -> Option<CircularPress> {
    let Some((kind, number)) = word.split_once('-') else {
        let mut words = CIRCULAR_WORDS.iter();
        return words
            .find(|(_, name)| *name == word)
            .map(|(press, _)| *press);
    };
    match kind {
        "true" => number.parse().ok().map(CircularPress::True),
        "explain" => number.parse().ok().map(CircularPress::Explain),
        "strike" => number.parse().ok().map(CircularPress::Strike),
        "correct" => number.parse().ok().map(CheckId).map(CircularPress::Correct),
        _ => None,
    }
}

fn export_word(export: Export) -> &'static str {
    match export {
        Export::Gaps => "gaps",
        Export::Roster => "roster",
        Export::Checks => "checks",
    }
}

const REPORT_WORDS: [(ReportPress, &str); 5] = [
    (ReportPress::Quiet, "quiet"),
    (ReportPress::Write, "write"),
    (ReportPress::About(Heading::Safety), "safety"),
    (ReportPress::About(Heading::Petition), "petition"),
    (ReportPress::About(Heading::Other), "other"),
];

fn report_word(press: ReportPress) -> &'static str {
    let found = REPORT_WORDS.iter().find(|(other, _)| *other == press);
    found.map_or("", |(_, word)| *word)
}

fn leave_word(press: LeavePress) -> String {
    match press {
        LeavePress::Pick(offer) => offer.to_string(),
        word => LEAVE_WORDS
            .iter()
            .find(|(press, _)| *press == word)
            .map_or_else(String::new, |(_, word)| (*word).to_owned()),
    }
}

fn leave_press(word: &str) -> Option<LeavePress> {
    let named = LEAVE_WORDS.iter().find(|(_, name)| *name == word);
    let offer = || word.parse().ok().map(LeavePress::Pick);
    named.map(|(press, _)| *press).or_else(offer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spotcheck::{Explanation, Ground, Plea, Sighting, Verdict};
    use proptest::prelude::*;

    fn presses() -> impl Strategy<Value = Press> {
        prop_oneof![
            any::<u32>().prop_map(|n| Press::Answer(CheckId(n))),
            any::<u32>().prop_map(|n| Press::Use(UploadId(n))),
            any::<u32>().prop_map(|n| Press::Aside(UploadId(n))),
            Just(Press::CheckAll),
            any::<u32>().prop_map(Press::CheckSome),
            Just(Press::Gaps),
            Just(Press::GapSheet),
            Just(Press::Clerks),
            Just(Press::InviteClerk),
            any::<i64>().prop_map(|id| Press::Dismiss(AccountId(id))),
            any::<i64>().prop_map(|id| Press::LetGo(AccountId(id))),
            Just(Press::GapsCounted),
            Just(Press::Who),
            Just(Press::Unbound),
            Just(Press::MyShifts),
            Just(Press::Ready),
            Just(Press::TestAll),
            Just(Press::TestAnswer),
            (
                any::<u32>(),
                prop::sample::select(REPORT_WORDS.map(|(press, _)| press).to_vec())
            )
                .prop_map(|(n, press)| Press::Report(ReportId(n), press)),
            (any::<u32>(), leave_presses()).prop_map(|(n, press)| Press::Leave(LeaveId(n), press)),
            any::<(u32, u32, u32)>().prop_map(|(upload, turn, choice)| Press::Choose {
                upload: UploadId(upload),
                turn,
                choice,
            }),
            any::<(u32, u32)>().prop_map(|(upload, turn)| Press::AnotherQuestion {
                upload: UploadId(upload),
                turn,
            }),
            any::<u32>().prop_map(|n| Press::AskAgain(UploadId(n))),
            any::<u32>().prop_map(|n| Press::Marked(UploadId(n))),
            about_a_check(),
            any::<u32>().prop_map(|n| Press::Detail(RoundId(n))),
            any::<u32>().prop_map(|n| Press::Worksheet(RoundId(n))),
            any::<u32>().prop_map(|n| Press::Again(RoundId(n))),
            any::<u32>().prop_map(Press::Changes),
            Just(Press::Unit),
            Just(Press::DraftCircular),
            prop::sample::select(Export::ALL.to_vec()).prop_map(Press::Export),
            (any::<u32>(), circular_presses())
                .prop_map(|(n, press)| Press::Circular(CircularId(n), press)),
            Just(Press::Template),
            prop_oneof![Just(Chase::Roster), Just(Chase::Gaps), Just(Chase::Binding)]
                .prop_map(Press::Chase),
            any::<(u32, u32)>().prop_map(|(version, instead_of)| Press::Restore {
                version,
                instead_of,
            }),
        ]
    }

    fn leave_presses() -> impl Strategy<Value = LeavePress> {
        prop_oneof![
            any::<u8>().prop_map(LeavePress::Pick),
            prop::sample::select(LEAVE_WORDS.map(|(press, _)| press).to_vec()),
        ]
    }

    fn circular_presses() -> impl Strategy<Value = CircularPress> {
        prop_oneof![
            prop::sample::select(CIRCULAR_WORDS.map(|(press, _)| press).to_vec()),
            any::<u16>().prop_map(CircularPress::True),
            any::<u16>().prop_map(CircularPress::Explain),
            any::<u16>().prop_map(CircularPress::Strike),
            any::<u32>().prop_map(|n| CircularPress::Correct(CheckId(n))),
        ]
    }

    fn about_a_check() -> impl Strategy<Value = Press> {
        let one_of = |presses: Vec<fn(CheckId) -> Press>| prop::sample::select(presses);
        let plain = one_of(vec![Press::Back, Press::Verify, Press::Attached]);
        let pleas = [Plea::SteppedOut, Plea::Swapped, Plea::Otherwise];
        (any::<u32>().prop_map(CheckId), plain).prop_flat_map(move |(check, plain)| {
            let mut all = vec![plain(check)];
            all.extend(pleas.map(|plea| Press::Plead(check, plea)));
            all.extend(Explanation::ALL.map(|excuse| Press::Explain(check, excuse)));
            all.extend(Sighting::ALL.map(|sighting| Press::Sighted(check, sighting)));
            all.extend(Sighting::ALL.map(|sighting| Press::Rang(check, sighting)));
            all.extend(Verdict::ALL.map(|verdict| Press::Rule(check, verdict)));
            all.extend(Ground::ALL.map(|ground| Press::Because(check, ground)));
            prop::sample::select(all)
        })
    }

    proptest! {
        #[test]
        fn every_button_fits_and_comes_back_as_it_went(
            press in presses(), account: i64, key: [u8; 32],
        ) {
            let (account, key) = (AccountId(account), Key::new(key));
            let data = button_data(&press, account, &key);
            prop_assert!(data.len() <= 64);
            prop_assert_eq!(pressed(&data, account, &key), Pressed::Ours(press));
        }

        #[test]
        fn a_button_of_another_account_is_foreign(
            press in presses(), account: i64, other: i64, key: [u8; 32],
        ) {
            prop_assume!(account != other);
            let key = Key::new(key);
            let data = button_data(&press, AccountId(account), &key);
            prop_assert_eq!(pressed(&data, AccountId(other), &key), Pressed::Foreign);
        }

        #[test]
        fn a_button_with_one_letter_changed_is_foreign(
            press in presses(), at: prop::sample::Index, letter in "[ -~]", key: [u8; 32],
        ) {
            let (account, key) = (AccountId(1001), Key::new(key));
            let data = button_data(&press, account, &key);
            let at = at.index(data.len());
            let changed = format!("{}{letter}{}", &data[..at], &data[at + 1..]);
            prop_assume!(changed != data);
            prop_assert_eq!(pressed(&changed, account, &key), Pressed::Foreign);
        }

        #[test]
        fn no_data_is_a_button_by_chance(data: String) {
            let key = Key::new([9; 32]);
            prop_assert_eq!(pressed(&data, AccountId(1001), &key), Pressed::Foreign);
        }
    }
}
