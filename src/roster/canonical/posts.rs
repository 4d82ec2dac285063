/// Posts as pairs of a unit's and a name's number, each once, in order of appearance. A unit has few
/// names for its posts, so that to look through them is sooner done than to look one up.
#[derive(Default)]
pub(super) struct Posts {
    pairs: Vec<(u32, u32)>,
    /// Per post, the unit's one before it.
    before: Vec<u32>,
    /// Per unit, its latest post.
    latest: Vec<u32>,
}

/// In place of a post, where there is none.
const NONE: u32 = u32::MAX;

impl Posts {
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// In order of their numbers.
    pub fn pairs(&self) -> &[(u32, u32)] {
        &self.pairs
    }

    /// The number of a post's unit.
    pub fn unit(&self, post: u32) -> u32 {
        self.pairs[post as usize].0
    }

    /// The number of the unit's post of that name.
    pub fn find(&self, unit: u32, name: u32) -> Option<u32> {
        let mut at = self.latest.get(unit as usize).copied().unwrap_or(NONE);
        while let Some(pair) = self.pairs.get(at as usize) {
            if pair.1 == name {
                return Some(at);
            }
            at = self.before[at as usize];
        }
        None
    }

    /// The same, and a new one where there was none.
    pub fn number(&mut self, unit: u32, name: u32) -> Option<u32> {
        if let Some(known) = self.find(unit, name) {
            return Some(known);
        }
        let new = u32::try_from(self.pairs.len())
            .ok()
            .filter(|new| *new != NONE)?;
        let unit_place = unit as usize;
        if self.latest.len() <= unit_place {
            self.latest.resize(unit_place + 1, NONE);
        }
        self.pairs.push((unit, name));
        self.before
            .push(std::mem::replace(&mut self.latest[unit_place], new));
        Some(new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_keeps_its_number() {
        let mut posts = Posts::default();
        let named = [(7, 0), (7, 1), (2, 0), (7, 0), (2, 0)];
        let numbers = named.map(|(unit, name)| posts.number(unit, name));
        assert_eq!(numbers, [0, 1, 2, 0, 2].map(Some));
        assert_eq!(posts.find(2, 1), None);
        assert_eq!(posts.find(8, 0), None);
        assert_eq!(posts.pairs(), [(7, 0), (7, 1), (2, 0)]);
    }
}
