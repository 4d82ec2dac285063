use std::mem;

/// Names by number, one after the other in one text: in the file each lies on a page of its own.
#[derive(Default)]
pub(super) struct Names {
    text: String,
    /// Per name, where it ends in the text.
    ends: Vec<u32>,
}

impl Names {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Its number; `None` for more than there are numbers.
    pub fn add(&mut self, name: &str) -> Option<u32> {
        let number = u32::try_from(self.ends.len()).ok()?;
        self.text.push_str(name);
        self.ends.push(u32::try_from(self.text.len()).ok()?);
        Some(number)
    }

    pub fn name(&self, number: usize) -> &str {
        let end = |number: usize| self.ends[number] as usize;
        let begin = number.checked_sub(1).map_or(0, end);
        &self.text[begin..end(number)]
    }

    pub fn all(&self) -> impl Iterator<Item = &str> {
        let mut begin = 0;
        self.ends.iter().map(move |end| {
            let end = *end as usize;
            &self.text[mem::replace(&mut begin, end)..end]
        })
    }

    /// Makes room for so many more like these.
    pub fn reserve(&mut self, more: &Self) {
        self.text.reserve(more.text.len());
        self.ends.reserve(more.ends.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_numbers() {
        let mut names = Names::default();
        let numbers = ["石桥镇", "", "柳河镇"].map(|name| names.add(name));
        assert_eq!(numbers, [0, 1, 2].map(Some));
        assert_eq!([0, 1, 2].map(|n| names.name(n)), ["石桥镇", "", "柳河镇"]);
        assert!(names.all().eq(["石桥镇", "", "柳河镇"]));
    }
}
