use super::names::Names;
use super::register::Register;

/// All threads' units by number and by name.
pub(super) struct Directory {
    /// Its numbers are the directory's.
    first: Register,
    /// The others, with the directory's number of each of their units.
    others: Vec<(Register, Vec<u32>)>,
    /// What none before had, in order of appearance.
    more: Names,
}

impl Directory {
    pub fn of(first: Register) -> Self {
        Self {
            first,
            others: Vec::new(),
            more: Names::default(),
        }
    }

    /// The directory's number of each of another thread's units; `None` for more than there are
    /// numbers.
    pub fn enter(&mut self, register: Register) -> Option<&[u32]> {
        const NEW: u32 = u32::MAX;
        let mut numbers = vec![NEW; register.names().len()];
        for (own, number) in register.shared_with(&self.first) {
            numbers[own as usize] = number;
        }
        for (other, known) in &self.others {
            for (own, number) in register.shared_with(other) {
                numbers[own as usize] = known[number as usize];
            }
        }
        let begin = u32::try_from(self.first.names().len()).ok()?;
        self.more.reserve(register.names());
        for (number, name) in numbers.iter_mut().zip(register.names().all()) {
            if *number == NEW {
                *number = begin.checked_add(self.more.add(name)?)?;
            }
        }
        self.others.push((register, numbers));
        self.others.last().map(|(_, numbers)| &numbers[..])
    }

    pub fn len(&self) -> usize {
        self.first.names().len() + self.more.len()
    }

    pub fn name(&self, number: u32) -> &str {
        let first = self.first.names();
        match (number as usize).checked_sub(first.len()) {
            None => first.name(number as usize),
            Some(more) => self.more.name(more),
        }
    }

    pub fn number(&self, name: &[u8]) -> Option<u32> {
        let others = || {
            self.others.iter().find_map(|(register, numbers)| {
                let own = register.number(name)?;
                Some(numbers[own as usize])
            })
        };
        self.first.number(name).or_else(others)
    }
}

#[cfg(test)]
mod tests {
    use foldhash::fast::RandomState;

    use super::*;

    #[test]
    fn units_of_three_threads_have_one_number_each() {
        let hasher = RandomState::default();
        let register = |names: [&str; 3]| {
            let mut register = Register::of(hasher.clone());
            for name in names {
                let _ = register.enter(name.as_bytes(), |name| str::from_utf8(name).ok());
            }
            register
        };
        let mut directory = Directory::of(register(["甲", "乙", "丙"]));
        let second = directory.enter(register(["丙", "丁", "戊"]));
        assert_eq!(second, Some(&[2, 3, 4][..]));
        let third = directory.enter(register(["己", "戊", "甲"]));
        assert_eq!(third, Some(&[5, 4, 0][..]));
        assert_eq!(directory.len(), 6);
        for (number, name) in (0..).zip(["甲", "乙", "丙", "丁", "戊", "己"]) {
            assert_eq!(directory.name(number), name);
            assert_eq!(directory.number(name.as_bytes()), Some(number));
        }
        assert_eq!(directory.number("庚".as_bytes()), None);
    }
}
