//! The deployment's own secret: what makes links unguessable and buttons unforgeable.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// 32 random bytes, drawn once per deployment and kept with its data. It does not print.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Key {
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The tag of `parts`, 22 URL-safe characters (128 bits). Parts are length-prefixed, so that
    /// moving a character from one to the next makes another tag.
    #[must_use]
    pub fn tag(&self, purpose: &str, parts: &[&str]) -> String {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        for part in std::iter::once(&purpose).chain(parts) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        let tag: [u8; 32] = mac.finalize().into_bytes().into();
        URL_SAFE_NO_PAD.encode(&tag[..16])
    }

    /// Whether `given` is the tag of `parts`, in time that does not tell how much of it fits.
    #[must_use]
    pub fn fits(&self, given: &str, purpose: &str, parts: &[&str]) -> bool {
        let tag = self.tag(purpose, parts);
        tag.as_bytes().ct_eq(given.as_bytes()).into()
    }
}
