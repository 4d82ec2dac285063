//! A list of needs as it stands: of a nation's, which is long and plain, no cell is copied.

use std::ops::Range;
use std::thread::available_parallelism;

use super::threads::{each_in_a_thread, stretches};
use super::units::{ListFault, NeedEntry, need_entries};

/// A [`NeedEntry`] as it stands in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NeedRow<'a> {
    pub unit: &'a str,
    pub post: &'a str,
    pub count: u32,
}

impl NeedEntry {
    #[must_use]
    pub fn row(&self) -> NeedRow<'_> {
        NeedRow {
            unit: &self.unit,
            post: &self.post,
            count: self.count,
        }
    }
}

/// A list of needs, as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NeedList {
    /// With the three columns in order, no quotes, no comments, and nothing around a cell's text:
    /// of a nation's list no row need be copied.
    Plain {
        text: String,
        lines: Vec<PlainNeed>,
    },
    Entries(Vec<NeedEntry>),
}

/// A row of a plain list by where its cells are in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlainNeed {
    begin: u32,
    unit_bytes: u16,
    post_bytes: u16,
    count: u32,
}

impl NeedList {
    pub fn of(text: String) -> Result<Self, ListFault> {
        match plain_lines(&text) {
            Some(lines) => Ok(Self::Plain { text, lines }),
            None => need_entries(&text).map(Self::Entries),
        }
    }

    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Plain { lines, .. } => lines.len(),
            Self::Entries(entries) => entries.len(),
        }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Those of the rows from one to before another, in order of the list.
    pub fn rows(&self, some: Range<usize>) -> impl Iterator<Item = NeedRow<'_>> {
        let (text, lines, entries): (&str, &[PlainNeed], &[NeedEntry]) = match self {
            Self::Plain { text, lines } => (text, lines.get(some).unwrap_or_default(), &[]),
            Self::Entries(entries) => ("", &[], entries.get(some).unwrap_or_default()),
        };
        let plain = lines.iter().filter_map(|line| line.row(text));
        plain.chain(entries.iter().map(NeedEntry::row))
    }

    /// The same, to keep.
    #[must_use]
    pub fn entries(&self) -> Vec<NeedEntry> {
        let kept = |row: NeedRow| NeedEntry {
            unit: row.unit.to_owned(),
            post: row.post.to_owned(),
            count: row.count,
        };
        self.rows(0..self.len()).map(kept).collect()
    }
}

impl PlainNeed {
    fn row<'t>(&self, text: &'t str) -> Option<NeedRow<'t>> {
        let rest = text.get(self.begin as usize..)?;
        let (unit, rest) = rest.split_at_checked(self.unit_bytes.into())?;
        let post = rest.get(1..=usize::from(self.post_bytes))?;
        Some(NeedRow {
            unit,
            post,
            count: self.count,
        })
    }
}

const PLAIN_HEADER: &str = "unit,role,required\n";

/// So much of a list is read sooner than a thread has begun.
const BYTES_A_THREAD: usize = 1 << 20;

fn plain_lines(text: &str) -> Option<Vec<PlainNeed>> {
    u32::try_from(text.len()).ok()?;
    let rest = text.strip_prefix(PLAIN_HEADER)?;
    let begin = text.len() - rest.len();
    let threads = match text.len() / BYTES_A_THREAD {
        0 => 1,
        most => available_parallelism().map_or(1, |cores| cores.get().min(most)),
    };
    let stretches = stretches(text.as_bytes(), begin, threads);
    let read = each_in_a_thread(stretches, |(from, to)| plain_stretch(text, from, to));
    let read: Vec<Vec<PlainNeed>> = read.into_iter().collect::<Option<_>>()?;
    Some(read.concat())
}

fn plain_stretch(text: &str, from: usize, to: usize) -> Option<Vec<PlainNeed>> {
    let stretch = text.get(from..to)?;
    if memchr::memchr3(b'"', b'#', b'\r', stretch.as_bytes()).is_some() {
        return None;
    }
    let mut lines = Vec::with_capacity(stretch.len() / 32);
    let mut begin = from;
    for line in stretch.split_terminator('\n') {
        let bytes = line.as_bytes();
        let (unit, post) = (memchr::memchr(b',', bytes)?, memchr::memrchr(b',', bytes)?);
        let post_text = line.get(unit + 1..post)?;
        let count = match &bytes[post + 1..] {
            [digit @ b'0'..=b'9'] => u32::from(digit - b'0'),
            _ => line[post + 1..].parse().ok()?,
        };
        let is_plain = |cell: &str| !cell.is_empty() && cell.trim() == cell;
        if !is_plain(&line[..unit]) || !is_plain(post_text) || post_text.contains(',') {
            return None;
        }
        lines.push(PlainNeed {
            begin: u32::try_from(begin).ok()?,
            unit_bytes: u16::try_from(unit).ok()?,
            post_bytes: u16::try_from(post_text.len()).ok()?,
            count,
        });
        begin += line.len() + 1;
    }
    Some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_list_of_needs_says_what_every_reader_reads() {
        for (text, is_plain) in [
            (
                "unit,role,required\n石桥镇,值班员,1\n石桥镇,带班领导,12\n",
                true,
            ),
            ("unit,role,required\n石桥镇,值班员,1", true),
            ("unit,role,required\n石桥镇,值班员,+2\n", true),
            ("unit,role,required\n 石桥镇,值班员,1\n", false),
            ("unit,role,required\n石桥镇,\"值班员\",1\n", false),
            ("unit,role,required\n# 石桥镇,值班员,1\n", false),
            ("unit,role,required\n,值班员,1\n\n石桥镇,,\n", false),
            ("unit,role,required\n石桥镇,值班员,1,\n", false),
            ("role,unit,required\n值班员,石桥镇,1\n", false),
            ("unit,role,required\r\n石桥镇,值班员,1\r\n", false),
        ] {
            let list = NeedList::of(text.to_owned()).unwrap();
            assert_eq!(matches!(list, NeedList::Plain { .. }), is_plain, "{text}");
            assert_eq!(Ok(list.entries()), need_entries(text), "{text}");
        }
    }
}
