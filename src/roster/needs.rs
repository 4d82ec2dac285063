//! A list of needs as it stands: of a nation's, which is long and plain, no cell is copied.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use std::thread::available_parallelism;

use super::text;
use super::threads::{each_in_a_thread, stretches};
use super::units::{ListFault, NeedEntry, need_entries};

/// A [`NeedEntry`] as it stands in the list, in UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NeedRow<'a> {
    pub unit: &'a [u8],
    pub post: &'a [u8],
    pub count: u32,
}

impl NeedEntry {
    #[must_use]
    pub fn row(&self) -> NeedRow<'_> {
        NeedRow {
            unit: self.unit.as_bytes(),
            post: self.post.as_bytes(),
            count: self.count,
        }
    }
}

impl NeedRow<'_> {
    /// The same, to keep.
    #[must_use]
    pub fn entry(&self) -> NeedEntry {
        let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        NeedEntry {
            unit: text(self.unit),
            post: text(self.post),
            count: self.count,
        }
    }
}

/// A list's bytes: a copy, or the system's own.
#[derive(Clone)]
pub struct ListBytes(Arc<dyn AsRef<[u8]> + Send + Sync>);

impl ListBytes {
    pub fn of(bytes: impl AsRef<[u8]> + Send + Sync + 'static) -> Self {
        Self(Arc::new(bytes))
    }

    fn all(&self) -> &[u8] {
        (*self.0).as_ref()
    }
}

impl fmt::Debug for ListBytes {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        String::from_utf8_lossy(self.all()).fmt(f)
    }
}

/// A list of needs, as it was read.
#[derive(Clone, Debug)]
pub enum NeedList {
    /// With the three columns in order, no quotes, no comments, and nothing around a cell's text:
    /// of a nation's list no row need be copied.
    Plain {
        bytes: ListBytes,
        lines: Vec<PlainNeed>,
    },
    Entries(Vec<NeedEntry>),
}

/// A row of a plain list by where its cells are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlainNeed {
    begin: u32,
    unit_bytes: u16,
    post_bytes: u16,
    count: u32,
}

impl NeedList {
    pub fn of(bytes: ListBytes) -> Result<Self, ListFault> {
        match plain_lines(bytes.all()) {
            Some(lines) => Ok(Self::Plain { bytes, lines }),
            None => need_entries(&text(bytes.all()).unwrap_or_default()).map(Self::Entries),
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
        let (bytes, lines, entries): (&[u8], &[PlainNeed], &[NeedEntry]) = match self {
            Self::Plain { bytes, lines } => (bytes.all(), lines.get(some).unwrap_or_default(), &[]),
            Self::Entries(entries) => (&[], &[], entries.get(some).unwrap_or_default()),
        };
        let plain = lines.iter().filter_map(|line| line.row(bytes));
        plain.chain(entries.iter().map(NeedEntry::row))
    }

    /// The same, to keep.
    #[must_use]
    pub fn entries(&self) -> Vec<NeedEntry> {
        self.rows(0..self.len()).map(|row| row.entry()).collect()
    }
}

impl PlainNeed {
    fn row<'t>(&self, bytes: &'t [u8]) -> Option<NeedRow<'t>> {
        let rest = bytes.get(self.begin as usize..)?;
        let (unit, rest) = rest.split_at_checked(self.unit_bytes.into())?;
        let post = rest.get(1..=usize::from(self.post_bytes))?;
        Some(NeedRow {
            unit,
            post,
            count: self.count,
        })
    }
}

const PLAIN_HEADER: &[u8] = b"unit,role,required\n";

/// So much of a list is read sooner than a thread has begun.
const BYTES_A_THREAD: usize = 1 << 20;

fn plain_lines(bytes: &[u8]) -> Option<Vec<PlainNeed>> {
    u32::try_from(bytes.len()).ok()?;
    let rest = bytes.strip_prefix(PLAIN_HEADER)?;
    let begin = bytes.len() - rest.len();
    let threads = match bytes.len() / BYTES_A_THREAD {
        0 => 1,
        most => available_parallelism().map_or(1, |cores| cores.get().min(most)),
    };
    let stretches = stretches(bytes, begin, threads);
    let read = each_in_a_thread(stretches, |(from, to)| plain_stretch(bytes, from, to));
    let read: Vec<Vec<PlainNeed>> = read.into_iter().collect::<Option<_>>()?;
    Some(read.concat())
}

fn plain_stretch(bytes: &[u8], from: usize, to: usize) -> Option<Vec<PlainNeed>> {
    let stretch = str::from_utf8(bytes.get(from..to)?).ok()?;
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
            let list = NeedList::of(ListBytes::of(text)).unwrap();
            assert_eq!(matches!(list, NeedList::Plain { .. }), is_plain, "{text}");
            assert_eq!(Ok(list.entries()), need_entries(text), "{text}");
        }
    }
}
