use std::fmt::{self, Write as _};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A SHA-256, written as 64 small hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Digest(pub [u8; 32]);

/// What is no digest: 64 small hexadecimal digits are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("64 hexadecimal digits are wanted")]
pub struct NoDigest;

impl Digest {
    /// What stands for the digest before the first.
    pub const NONE: Digest = Digest([0; 32]);

    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        use sha2::Digest as _;
        Self(sha2::Sha256::digest(bytes).into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for Digest {
    type Err = NoDigest;

    fn from_str(text: &str) -> Result<Self, NoDigest> {
        let mut bytes = [0; 32];
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return Err(NoDigest);
        }
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = digit(pair[0])? * 16 + digit(pair[1])?;
        }
        Ok(Self(bytes))
    }
}

/// Capital letters are refused: one digest is written in one way.
fn digit(byte: u8) -> Result<u8, NoDigest> {
    match byte {
        b'0'..=b'9' => Ok(byte - b'0'),
        b'a'..=b'f' => Ok(byte - b'a' + 10),
        _ => Err(NoDigest),
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        let mut text = String::with_capacity(64);
        let _ = write!(text, "{digest}");
        text
    }
}

impl TryFrom<String> for Digest {
    type Error = NoDigest;

    fn try_from(text: String) -> Result<Self, NoDigest> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_digest_is_written_in_one_way(bytes: [u8; 32]) {
            let text = Digest(bytes).to_string();
            prop_assert_eq!(text.parse::<Digest>(), Ok(Digest(bytes)));
            let louder = text.to_uppercase();
            prop_assert_eq!(louder.parse::<Digest>().is_ok(), louder == text);
        }

        #[test]
        fn a_digest_is_kept_as_it_is_written(bytes: [u8; 32]) {
            let digest = Digest(bytes);
            let kept = serde_json::to_string(&digest).unwrap();
            prop_assert_eq!(&kept, &format!("\"{digest}\""));
            prop_assert_eq!(serde_json::from_str::<Digest>(&kept).unwrap(), digest);
            prop_assert_eq!(format!("{digest:?}"), digest.to_string());
        }

        #[test]
        fn other_text_is_no_digest(text in ".{0,63}|.{65,70}") {
            prop_assert_eq!(text.parse::<Digest>(), Err(NoDigest));
        }

        #[test]
        fn of_sixty_four_signs_one_that_is_no_digit_spoils_all(at in 0_usize..64, sign in "[g-z/:`]") {
            let mut text = "0".repeat(64);
            text.replace_range(at..=at, &sign);
            prop_assert_eq!(text.parse::<Digest>(), Err(NoDigest));
        }
    }

    /// FIPS 180-4, the message of no bytes and of three.
    #[test]
    fn it_is_the_sha_256_the_world_knows() {
        let of = |bytes: &[u8]| Digest::of(bytes).to_string();
        assert_eq!(
            of(b""),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        assert_eq!(
            of(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
