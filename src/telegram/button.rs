//! What lies behind a button: its meaning and a tag that binds it to one account.

use crate::decide::{AccountId, Chase, Key, Press, Pressed, UploadId};
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
        Press::Changes(version) => format!("changes:{version}"),
        Press::Restore {
            version,
            instead_of,
        } => format!("restore:{version}:{instead_of}"),
        Press::Unit => "unit".to_owned(),
        Press::Template => "template".to_owned(),
        Press::Chase(Chase::Roster) => "chase:roster".to_owned(),
        Press::Chase(Chase::Gaps) => "chase:gaps".to_owned(),
        Press::Chase(Chase::Binding) => "chase:binding".to_owned(),
    }
}

fn press_of(meaning: &str) -> Option<Press> {
    let (kind, numbers) = meaning.split_once(':').unwrap_or((meaning, ""));
    let number = || numbers.parse().ok();
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
        "changes" => Some(Press::Changes(number()?)),
        "unit" => Some(Press::Unit),
        "template" => Some(Press::Template),
        "chase" => match numbers {
            "roster" => Some(Press::Chase(Chase::Roster)),
            "gaps" => Some(Press::Chase(Chase::Gaps)),
            "binding" => Some(Press::Chase(Chase::Binding)),
            _ => None,
        },
        "restore" => {
            let (version, instead_of) = numbers.split_once(':')?;
            Some(Press::Restore {
                version: version.parse().ok()?,
                instead_of: instead_of.parse().ok()?,
            })
        }
        _ => None,
    }
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
            any::<u32>().prop_map(Press::Changes),
            Just(Press::Unit),
            Just(Press::Template),
            prop_oneof![Just(Chase::Roster), Just(Chase::Gaps), Just(Chase::Binding)]
                .prop_map(Press::Chase),
            any::<(u32, u32)>().prop_map(|(version, instead_of)| Press::Restore {
                version,
                instead_of,
            }),
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
