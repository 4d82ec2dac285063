#![allow(unsafe_code)]
//! A file's bytes where the system keeps them, without a copy: a nation's roster is a gigabyte.
//! The one place of this program that the compiler cannot prove.

use std::fs::File;
use std::io;
use std::ops::Deref;

use memmap2::Mmap;

/// A file's bytes, as long as this is held.
pub struct Mapped(Mmap);

impl Mapped {
    /// The whole file. Fails where it cannot be mapped: a pipe, an empty file on some systems.
    pub fn of(file: &File) -> io::Result<Self> {
        // SAFETY: the bytes are lent out as `&[u8]` only while `self` holds the mapping, which is
        // private and never written through. What is left is that another program changes or cuts
        // the file meanwhile. Nothing here trusts that a byte read twice is the same: no index or
        // length is taken from the file without being checked where it is used, and texts are
        // checked to be UTF-8 when they are made. A file cut short ends this process with a signal
        // (SIGBUS) and no wrong answer; `check` writes nothing before it has read all.
        let map = unsafe { Mmap::map(file) }?;
        Ok(Self(map))
    }
}

impl Deref for Mapped {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for Mapped {
    fn as_ref(&self) -> &[u8] {
        self
    }
}
