//! What a cell of the plain long file holds, and nothing else beside it.

use chrono::{NaiveDate, NaiveDateTime};

use crate::roster::heading::role_of;
use crate::roster::names::{Spacing, naming, repeats_above};
use crate::roster::vocabulary::{NOTE_STARTS, SIGNATURE_STARTS, TOTAL_STARTS};
use crate::roster::{Phone, Role};

/// The kind of duty that a post's name alone tells.
pub(super) fn plain_role(post: &str) -> Option<Role> {
    let is_plain = post.chars().all(is_han);
    role_of(post).filter(|_| is_plain)
}

/// One person's name and nothing else. A number of staff is; Chinese words are looked at.
pub(super) fn is_plain_name(name: &str) -> bool {
    if is_staff_number(name.as_bytes()) {
        return true;
    }
    let read = naming(name, Spacing::BetweenPeople);
    let is_alone = read.unnamed.is_empty()
        && read.away.is_empty()
        && read.unclear.is_empty()
        && !read.nobody
        && !read.same_as_above;
    name.chars().all(is_han)
        && is_alone
        && matches!(&read.people[..], [one] if one.name == name && one.numbers.is_empty())
}

/// `P0000001`.
pub(super) fn is_staff_number(name: &[u8]) -> bool {
    let [b'A'..=b'Z', digits @ ..] = name else {
        return false;
    };
    if let Ok(seven) = <&[u8; 7]>::try_from(digits) {
        let mut eight = [b'0'; 8];
        eight[1..].copy_from_slice(seven);
        return are_digits(eight);
    }
    digits.len() > 2 && digits.iter().all(u8::is_ascii_digit)
}

/// All eight at once: one by one they are a tenth of a large file's reading.
fn are_digits(eight: [u8; 8]) -> bool {
    const HIGH: u64 = 0xf0f0_f0f0_f0f0_f0f0;
    const SIX: u64 = 0x0606_0606_0606_0606;
    const THREES: u64 = 0x3333_3333_3333_3333;
    let eight = u64::from_le_bytes(eight);
    // From ten on, a lower half and six carry into the upper half.
    (eight & HIGH | (eight.wrapping_add(SIX) & HIGH) >> 4) == THREES
}

pub(super) fn is_plain_unit(unit: &str) -> bool {
    let starts_other = [TOTAL_STARTS, NOTE_STARTS, SIGNATURE_STARTS];
    // None of the words that mean something else begins with a digit, and a nation's units do.
    let is_numbered = unit.starts_with(|c: char| c.is_ascii_digit());
    let mut has_han = false;
    let is_word = unit.chars().all(|c| {
        has_han |= is_han(c);
        is_han(c) || c.is_ascii_alphanumeric()
    });
    is_word
        && has_han
        && (is_numbered
            || !starts_other
                .iter()
                .any(|words| words.iter().any(|word| unit.starts_with(word)))
                && !repeats_above(unit))
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Eleven digits that are a mobile's or a sample's.
pub(super) fn plain_phone(digits: &[u8]) -> Option<Phone> {
    let digits = str::from_utf8(digits)
        .ok()
        .filter(|d| is_plain_phone(d.as_bytes()))?;
    Phone::new(digits)
}

pub(super) fn is_plain_phone(digits: &[u8]) -> bool {
    let is_mobile = matches!(digits, [b'1', b'3'..=b'9', ..]);
    let halves = digits.first_chunk().zip(digits.last_chunk());
    digits.len() == 11
        && (is_mobile || digits.starts_with(b"000"))
        && halves.is_some_and(|(first, last)| are_digits(*first) && are_digits(*last))
}

/// `2026-10-01T08:00:00`, or to the minute, or with a blank for the `T`.
pub(super) fn civil(text: &[u8]) -> Option<NaiveDateTime> {
    let minute = match text {
        [minute @ .., b':', b'0', b'0'] if text.len() == 19 => minute,
        _ => text,
    };
    let separators: [(usize, &[u8]); 4] = [(4, b"-"), (7, b"-"), (10, b"T "), (13, b":")];
    let stands = |(at, any): (usize, &[u8])| minute.get(at).is_some_and(|b| any.contains(b));
    if minute.len() != 16 || !separators.into_iter().all(stands) {
        return None;
    }
    let number = |from: usize, to: usize| {
        let digits = minute.get(from..to)?.iter();
        digits.into_iter().try_fold(0, |number, digit| {
            let value = char::from(*digit).to_digit(10)?;
            Some(number * 10 + value)
        })
    };
    let year = i32::try_from(number(0, 4)?).ok()?;
    let date = NaiveDate::from_ymd_opt(year, number(5, 7)?, number(8, 10)?)?;
    date.and_hms_opt(number(11, 13)?, number(14, 16)?, 0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::roster::vocabulary::SAME_AS_ABOVE;

    proptest! {
        #[test]
        fn eight_digits_are_told_at_once_as_one_by_one(
            eight in proptest::array::uniform8(prop_oneof![b'0'..=b'9', b'*'..=b'@', any::<u8>()]),
        ) {
            prop_assert_eq!(are_digits(eight), eight.iter().all(u8::is_ascii_digit));
        }
    }

    #[test]
    fn no_word_that_means_something_else_begins_with_a_digit() {
        let starts = [TOTAL_STARTS, NOTE_STARTS, SIGNATURE_STARTS];
        let words = [&starts.concat()[..], SAME_AS_ABOVE].concat();
        assert!(
            words
                .iter()
                .all(|word| !word.starts_with(|c: char| c.is_ascii_digit()))
        );
    }
}
