//! How the rows of a section write their posts: the cells that say which post it is, looked up as
//! they stand. Knows nothing of what the cells mean.

use foldhash::HashMap;

use super::cut::begins_with;

#[derive(Default)]
pub(super) struct Writings<'a> {
    written: Vec<Written<'a>>,
    /// The first unit of the section.
    first_unit: u32,
    /// Per unit from the first one on, how many ways its posts are written in, and the latest of
    /// the first few.
    of_unit: Vec<(u32, u32)>,
    /// What is not among a unit's first few, and what is written of other sections' units.
    further: HashMap<&'a [u8], u32>,
    /// Which of `written` the row before has, and in how many rows without another between them.
    before: (u32, u32),
}

/// A post as one of its rows writes it.
struct Written<'a> {
    /// With the comma after them, where they begin the row.
    cells: &'a [u8],
    post: u32,
    /// The unit's one before it.
    sibling: u32,
    /// In how many rows it stood last time, and which came then.
    rows: u32,
    next: u32,
}

/// A unit's posts are written in few ways, and these are looked through one by one.
const FEW: u32 = 16;

impl<'a> Writings<'a> {
    pub fn post_before(&self) -> Option<u32> {
        let before = self.written.get(self.before.0 as usize)?;
        Some(before.post)
    }

    /// The post that the row begins with, and how long its cells are, the comma after them included:
    /// the row before's, or that of the row that came after that last time, for day after day stands
    /// in the same order.
    pub fn foreseen(&mut self, row: &[u8]) -> Option<(u32, usize)> {
        let (latest, rows) = self.before;
        let before = self.written.get(latest as usize)?;
        let mut likely = [latest, before.next];
        if rows >= before.rows {
            likely.reverse();
        }
        let (written, post, cells) = likely.into_iter().find_map(|likely| {
            let written = self.written.get(likely as usize)?;
            begins_with(row, written.cells).then_some((likely, written.post, written.cells.len()))
        })?;
        self.go_on_to(written);
        Some((post, cells))
    }

    /// The post that is written so in the next row, if it has been before.
    pub fn known(&mut self, unit: u32, cells: &[u8]) -> Option<u32> {
        let written = self.writing(unit, cells)?;
        self.go_on_to(written);
        Some(self.written.get(written as usize)?.post)
    }

    /// That the next row writes a post so, which none before did; `None` for more than there are
    /// numbers.
    pub fn add(&mut self, unit: u32, cells: &'a [u8], post: u32) -> Option<()> {
        let new = u32::try_from(self.written.len()).ok()?;
        let of_unit = unit.checked_sub(self.first_unit).map(|place| {
            let place = place as usize;
            if self.of_unit.len() <= place {
                self.of_unit.resize(place + 1, (0, 0));
            }
            &mut self.of_unit[place]
        });
        let sibling = if let Some((count, latest)) = of_unit.filter(|(count, _)| *count < FEW) {
            *count += 1;
            std::mem::replace(latest, new)
        } else {
            self.further.insert(cells, new);
            0
        };
        self.written.push(Written {
            cells,
            post,
            sibling,
            rows: 0,
            next: 0,
        });
        self.go_on_to(new);
        Some(())
    }

    /// Begins another section, whose units are from this one on.
    pub fn forget(&mut self, first_unit: u32) {
        self.written.clear();
        self.of_unit.clear();
        self.further.clear();
        self.before = (0, 0);
        self.first_unit = first_unit;
    }

    /// Which of `written` it is.
    fn writing(&self, unit: u32, cells: &[u8]) -> Option<u32> {
        let place = unit.checked_sub(self.first_unit);
        let (count, mut at) = match place {
            Some(place) => *self.of_unit.get(place as usize)?,
            None => return self.further.get(cells).copied(),
        };
        for _ in 0..count {
            let written = self.written.get(at as usize)?;
            if written.cells == cells {
                return Some(at);
            }
            at = written.sibling;
        }
        let has_more = count == FEW;
        has_more.then(|| self.further.get(cells).copied()).flatten()
    }

    /// Which of `written` the row has.
    fn go_on_to(&mut self, written: u32) {
        let (latest, rows) = self.before;
        if latest == written {
            self.before.1 += 1;
            return;
        }
        if let Some(before) = self.written.get_mut(latest as usize) {
            (before.rows, before.next) = (rows, written);
        }
        self.before = (written, 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_may_write_its_posts_in_more_than_a_few_ways() {
        let cells: Vec<String> = (0..3 * FEW)
            .map(|way| format!("石桥镇,{way}室,值班员,"))
            .collect();
        let mut writings = Writings::default();
        for (post, cells) in (0..).zip(&cells) {
            assert_eq!(writings.known(0, cells.as_bytes()), None);
            assert_eq!(writings.add(0, cells.as_bytes(), post), Some(()));
        }
        for (post, cells) in (0..).zip(&cells) {
            assert_eq!(writings.known(0, cells.as_bytes()), Some(post));
            assert_eq!(writings.post_before(), Some(post));
        }
    }

    #[test]
    fn the_row_before_and_the_one_that_came_after_it_are_foreseen() {
        let (one, other): (&[u8], &[u8]) = (b"a,b,c,", b"d,e,f,");
        let mut writings = Writings::default();
        assert_eq!(writings.foreseen(b"a,b,c,P1"), None);
        writings.add(0, one, 0).unwrap();
        assert_eq!(writings.foreseen(b"a,b,c,P1"), Some((0, 6)));
        assert_eq!(writings.foreseen(b"d,e,f,P1"), None);
        writings.add(1, other, 1).unwrap();
        assert_eq!(writings.known(0, one), Some(0));
        assert_eq!(writings.foreseen(b"a,b,c,P2"), Some((0, 6)));
        assert_eq!(writings.foreseen(b"d,e,f,P2"), Some((1, 6)));
        assert_eq!(writings.foreseen(b"a,b,c"), None);
    }

    #[test]
    fn a_unit_of_a_section_before_is_written_anew() {
        let (one, other): (&[u8], &[u8]) = (b"a,b,c,", b"d,e,f,");
        let mut writings = Writings::default();
        writings.add(0, one, 0).unwrap();
        writings.forget(7);
        assert_eq!(
            (writings.known(0, one), writings.post_before()),
            (None, None)
        );
        writings.add(0, one, 0).unwrap();
        writings.add(7, other, 1).unwrap();
        assert_eq!(writings.known(0, one), Some(0));
        assert_eq!(writings.known(7, other), Some(1));
        assert_eq!(writings.known(8, other), None);
    }
}
