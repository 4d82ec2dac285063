/// Items by number, one number's after the other's, in one piece of memory.
#[derive(Clone, Debug)]
pub struct Grouped<T> {
    items: Vec<T>,
    /// Per number, where its items end and the next one's begin.
    ends: Vec<usize>,
}

impl<T: Copy> Grouped<T> {
    /// Groups for the numbers below `groups`; items of the same number keep their order.
    #[must_use]
    pub fn of(groups: usize, items: impl Iterator<Item = (u32, T)> + Clone) -> Self {
        let mut ends = vec![0; groups];
        // Both passes are the iterator's own loop: a nested one is slow to be asked for its next.
        items
            .clone()
            .for_each(|(number, _)| ends[number as usize] += 1);
        let mut taken = 0;
        for end in &mut ends {
            taken += std::mem::replace(end, taken);
        }
        // Any item keeps a place until its own comes.
        let any = items.clone().next();
        let mut placed = any.map_or_else(Vec::new, |(_, item)| vec![item; taken]);
        // As yet each end is its group's beginning; it moves on with every item put in place.
        items.for_each(|(number, item)| {
            let end = &mut ends[number as usize];
            placed[*end] = item;
            *end += 1;
        });
        Self {
            items: placed,
            ends,
        }
    }

    /// The items of a number below those grouped.
    #[must_use]
    pub fn get(&self, number: usize) -> &[T] {
        let begin = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.items[begin..self.ends[number]]
    }

    /// Every group, in order of the numbers.
    pub fn iter(&self) -> impl Iterator<Item = &[T]> + Clone {
        (0..self.ends.len()).map(|number| self.get(number))
    }

    /// Sorts every group; equals keep their order.
    pub fn sort_by_key<K: Ord>(&mut self, key: impl Fn(&T) -> K) {
        let mut begin = 0;
        for end in &self.ends {
            self.items[begin..*end].sort_by_key(&key);
            begin = *end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_stand_by_number_and_keep_their_order() {
        let mut grouped = Grouped::of(4, [(2, 'd'), (0, 'a'), (2, 'c'), (0, 'b')].into_iter());
        let groups: Vec<&[char]> = grouped.iter().collect();
        assert_eq!(groups, [&['a', 'b'][..], &[], &['d', 'c'], &[]]);
        grouped.sort_by_key(|item| *item);
        assert_eq!(grouped.get(2), ['c', 'd']);
    }
}
