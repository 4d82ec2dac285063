//! Times as a plain file writes them, looked up rather than read.

use super::plain::civil;
use super::scan::SPREAD;
use crate::time::Zone;

/// As two numbers, which are compared at once.
type Sixteen = (u64, u64);

/// Times as they are written → minutes since 1970. A roster has few, and the same again and again.
pub(super) struct Minutes {
    zone: Zone,
    /// By some of the text's bits: the first sixteen bytes, and what they mean.
    known: Box<[(Sixteen, u32); KNOWN_TIMES]>,
}

const KNOWN_TIMES: usize = 512;

impl Minutes {
    pub fn of(zone: Zone) -> Self {
        Self {
            zone,
            known: Box::new([((0, 0), 0); KNOWN_TIMES]),
        }
    }

    #[inline]
    fn place(text: &[u8]) -> Option<(Sixteen, usize)> {
        let (minute, rest) = text.split_first_chunk::<16>()?;
        if !rest.is_empty() && rest != b":00" {
            return None;
        }
        let (first, last) = (minute.first_chunk()?, minute.last_chunk()?);
        let key = (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
        let mixed = (key.1 ^ key.0.rotate_left(32)).wrapping_mul(SPREAD);
        Some((key, (mixed >> 48) as usize % KNOWN_TIMES))
    }

    #[inline]
    pub fn known(&self, text: &[u8]) -> Option<u32> {
        let (key, place) = Self::place(text)?;
        let (known, minute) = *self.known.get(place)?;
        (known == key && key != (0, 0)).then_some(minute)
    }

    pub fn at(&mut self, text: &[u8]) -> Option<u32> {
        if let Some(known) = self.known(text) {
            return Some(known);
        }
        let (key, place) = Self::place(text)?;
        let secs = self.zone.moment(civil(text)?).timestamp();
        let minute = u32::try_from(secs / 60).ok().filter(|_| secs % 60 == 0)?;
        *self.known.get_mut(place)? = (key, minute);
        Some(minute)
    }
}
