//! A thread's units by name. Each is found by the half of its hash that says where it stands, and
//! this half stays with it: two threads' registers are compared without hashing a name again.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;

use super::names::Names;

pub(super) struct Register {
    hasher: RandomState,
    /// In order of appearance.
    names: Names,
    /// A name's mark and its number, at the place its mark says or soon after.
    places: Vec<(u32, u32)>,
}

/// In place of a number, where there is none.
const NONE: u32 = u32::MAX;

/// So many places there are at first: a power of two, as ever after.
const FEW_PLACES: usize = 256;

impl Register {
    /// Registers that are to be compared share a hasher.
    pub fn of(hasher: RandomState) -> Self {
        Self {
            hasher,
            names: Names::default(),
            places: vec![(0, NONE); FEW_PLACES],
        }
    }

    pub fn names(&self) -> &Names {
        &self.names
    }

    pub fn number(&self, name: &[u8]) -> Option<u32> {
        self.sought(self.mark(name), name).ok()
    }

    /// The number of the name, and a new one for a name that was not there; `None` for one that
    /// `fit` makes no text of.
    pub fn enter(&mut self, name: &[u8], fit: impl Fn(&[u8]) -> Option<&str>) -> Option<u32> {
        let mark = self.mark(name);
        let place = match self.sought(mark, name) {
            Ok(known) => return Some(known),
            Err(place) => place,
        };
        let new = self.names.add(fit(name)?)?;
        self.places[place] = (mark, new);
        if self.names.len() * 3 > self.places.len() * 2 {
            self.grow();
        }
        Some(new)
    }

    /// The numbers here and in another register of what stands in both.
    pub fn shared_with(&self, other: &Self) -> Vec<(u32, u32)> {
        let entered = self.places.iter().filter(|(_, number)| *number != NONE);
        let shared = entered.filter_map(|(mark, number)| {
            let name = self.names.name(*number as usize).as_bytes();
            Some((*number, other.sought(*mark, name).ok()?))
        });
        shared.collect()
    }

    fn mark(&self, name: &[u8]) -> u32 {
        (self.hasher.hash_one(name) >> 32) as u32
    }

    /// The name's number, or the free place where it would stand.
    fn sought(&self, mark: u32, name: &[u8]) -> Result<u32, usize> {
        let mut place = self.home(mark);
        loop {
            let (known, number) = self.places[place];
            if number == NONE {
                return Err(place);
            }
            if known == mark && self.names.name(number as usize).as_bytes() == name {
                return Ok(number);
            }
            place = (place + 1) % self.places.len();
        }
    }

    fn home(&self, mark: u32) -> usize {
        mark as usize % self.places.len()
    }

    fn grow(&mut self) {
        let larger = vec![(0, NONE); self.places.len() * 2];
        let before = std::mem::replace(&mut self.places, larger);
        for (mark, number) in before {
            if number == NONE {
                continue;
            }
            let mut place = self.home(mark);
            while self.places[place].1 != NONE {
                place = (place + 1) % self.places.len();
            }
            self.places[place] = (mark, number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn register(hasher: &RandomState, names: &[String]) -> Register {
        let mut register = Register::of(hasher.clone());
        for name in names {
            let entered = register.enter(name.as_bytes(), |name| str::from_utf8(name).ok());
            assert!(entered.is_some());
        }
        register
    }

    #[test]
    fn a_name_keeps_its_number_however_many_come_after_it() {
        let names: Vec<String> = (0..5000).map(|n| format!("{n}号")).collect();
        let register = register(&RandomState::default(), &names);
        for (number, name) in (0..).zip(&names) {
            assert_eq!(register.number(name.as_bytes()), Some(number));
        }
        assert_eq!(register.number("5000号".as_bytes()), None);
        assert!(register.names().all().eq(&names));
    }

    #[test]
    fn a_name_that_is_not_fit_has_no_number() {
        fn fit(name: &[u8]) -> Option<&str> {
            str::from_utf8(name).ok()
        }
        let mut register = Register::of(RandomState::default());
        assert_eq!(register.enter(b"\xff", fit), None);
        assert_eq!(register.enter(b"a", fit), Some(0));
    }

    #[test]
    fn two_registers_share_what_stands_in_both() {
        let hasher = RandomState::default();
        let names: Vec<String> = (0..3000).map(|n| format!("{n}号")).collect();
        let (first, second) = names.split_at(2000);
        let second = [&first[1990..], second, &first[5..6]].concat();
        let (one, other) = (register(&hasher, first), register(&hasher, &second));
        let mut shared = other.shared_with(&one);
        shared.sort_unstable();
        let last = u32::try_from(second.len() - 1).unwrap();
        let in_both = (0..10).map(|n| (n, 1990 + n)).chain([(last, 5)]);
        assert_eq!(shared, in_both.collect::<Vec<_>>());
    }
}
