//! What lies behind a button: its meaning and a tag that binds it to one account.

use crate::decide::{
    AccountId, Key, LeaveId, LeavePress, Press, Pressed, ReportId, ReportPress, UploadId,
};
use crate::duty::Heading;
use crate::spotcheck::CheckId;

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
        Press::Ready => "ready".to_owned(),
        Press::TestAll => "testall".to_owned(),
        Press::TestAnswer => "test".to_owned(),
        Press::Report(report, press) => format!("report:{}:{}", report.0, report_word(press)),
        Press::Leave(leave, press) => format!("leave:{}:{}", leave.0, leave_word(press)),
    }
}

fn press_of(meaning: &str) -> Option<Press> {
    let (kind, rest) = meaning.split_once(':').unwrap_or((meaning, ""));
    let number = || rest.parse().ok();
    match kind {
        "answer" => Some(Press::Answer(CheckId(number()?))),
        "use" => Some(Press::Use(UploadId(number()?))),
        "aside" => Some(Press::Aside(UploadId(number()?))),
        "all" => Some(Press::CheckAll),
        "some" => Some(Press::CheckSome(number()?)),
        "gaps" => Some(Press::Gaps),
        "who" => Some(Press::Who),
        "unbound" => Some(Press::Unbound),
        "me" => Some(Press::MyShifts),
        "ready" => Some(Press::Ready),
        "testall" => Some(Press::TestAll),
        "test" => Some(Press::TestAnswer),
        "report" => {
            let (report, word) = rest.split_once(':')?;
            let report = ReportId(report.parse().ok()?);
            let named = REPORT_WORDS.iter().find(|(_, name)| *name == word)?;
            Some(Press::Report(report, named.0))
        }
        "leave" => {
            let (leave, word) = rest.split_once(':')?;
            let leave = LeaveId(leave.parse().ok()?);
            Some(Press::Leave(leave, leave_press(word)?))
        }
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
    use proptest::prelude::*;

    fn presses() -> impl Strategy<Value = Press> {
        prop_oneof![
            any::<u32>().prop_map(|n| Press::Answer(CheckId(n))),
            any::<u32>().prop_map(|n| Press::Use(UploadId(n))),
            any::<u32>().prop_map(|n| Press::Aside(UploadId(n))),
            Just(Press::CheckAll),
            any::<u32>().prop_map(Press::CheckSome),
            Just(Press::Gaps),
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
        ]
    }

    fn leave_presses() -> impl Strategy<Value = LeavePress> {
        prop_oneof![
            any::<u8>().prop_map(LeavePress::Pick),
            prop::sample::select(LEAVE_WORDS.map(|(press, _)| press).to_vec()),
        ]
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
