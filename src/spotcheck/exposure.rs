use std::collections::BTreeMap;

/// How often each unit was checked at random, by the hour of the day.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Exposure {
    pub units: BTreeMap<String, [Exposed; 24]>,
}

/// What became of the lots of one unit in one hour of the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Exposed {
    pub held: u32,
    pub not_held: u32,
    /// Of those held.
    pub void: u32,
}

/// What became of one lot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    Held,
    NotHeld,
    /// Held, and our side was blind.
    Void,
}

impl Exposure {
    /// Counts a lot of `unit` that fell into `hour` (0..24).
    pub fn add(&mut self, unit: &str, hour: u32, ended: Ended) {
        let hours = self.units.entry(unit.to_owned()).or_default();
        hours[hour as usize % 24].add(ended);
    }

    #[must_use]
    pub fn total(&self) -> Exposed {
        let hours = self.units.values().flatten();
        hours.copied().fold(Exposed::default(), Exposed::plus)
    }
}

impl Exposed {
    fn add(&mut self, ended: Ended) {
        match ended {
            Ended::Held => self.held += 1,
            Ended::NotHeld => self.not_held += 1,
            Ended::Void => {
                self.held += 1;
                self.void += 1;
            }
        }
    }

    #[must_use]
    pub fn plus(self, other: Exposed) -> Exposed {
        Exposed {
            held: self.held + other.held,
            not_held: self.not_held + other.not_held,
            void: self.void + other.void,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lot_counts_for_its_unit_and_hour_and_a_void_one_was_held() {
        let mut exposure = Exposure::default();
        for (unit, hour, ended) in [
            ("甲", 3, Ended::Held),
            ("甲", 3, Ended::Void),
            ("甲", 4, Ended::NotHeld),
            ("乙", 23, Ended::NotHeld),
            ("乙", 23, Ended::NotHeld),
        ] {
            exposure.add(unit, hour, ended);
        }
        let counted = |held, not_held, void| Exposed {
            held,
            not_held,
            void,
        };
        assert_eq!(exposure.units["甲"][3], counted(2, 0, 1));
        assert_eq!(exposure.units["甲"][4], counted(0, 1, 0));
        assert_eq!(exposure.units["乙"][23], counted(0, 2, 0));
        assert_eq!(exposure.total(), counted(2, 3, 1));
    }
}
