use std::fmt;
use std::num::NonZeroU8;

use serde::{Deserialize, Serialize};

/// Somebody a roster names.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Person {
    pub name: String,
    pub phone: Option<Phone>,
}

/// A telephone number, cleaned to its digits. It prints masked, so that no log holds a whole one;
/// [`Phone::digits`] is for the few places where a person has to dial or a program compares.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone {
    /// ASCII, filled up with zero bytes: in place, since a large roster has one in every row.
    digits: [u8; MOST_DIGITS],
    length: NonZeroU8,
}

const MOST_DIGITS: usize = 15;

/// A text that is no telephone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a telephone number is 3 to 15 digits")]
pub struct NoPhone;

impl Phone {
    /// `None` unless `digits` is 3 to 15 ASCII digits.
    #[must_use]
    pub fn new(digits: &str) -> Option<Self> {
        let is_plausible = digits.len() >= 3 && digits.bytes().all(|b| b.is_ascii_digit());
        let mut kept = [0; MOST_DIGITS];
        kept.get_mut(..digits.len())?
            .copy_from_slice(digits.as_bytes());
        let length = NonZeroU8::new(u8::try_from(digits.len()).ok()?)?;
        is_plausible.then_some(Self {
            digits: kept,
            length,
        })
    }

    #[must_use]
    pub fn digits(&self) -> &str {
        let digits = &self.digits[..usize::from(self.length.get())];
        str::from_utf8(digits).expect("a phone is made of ASCII digits alone")
    }
}

impl TryFrom<String> for Phone {
    type Error = NoPhone;
    fn try_from(digits: String) -> Result<Self, NoPhone> {
        Self::new(&digits).ok_or(NoPhone)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.digits().to_owned()
    }
}

/// `138****0001`: first three and last four digits; short numbers keep the last two alone.
impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits();
        if digits.len() >= 8 {
            write!(f, "{}****{}", &digits[..3], &digits[digits.len() - 4..])
        } else {
            write!(f, "****{}", &digits[digits.len() - 2..])
        }
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({self})")
    }
}
