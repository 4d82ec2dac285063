//! The typefaces GB/T 9704 prescribes, by the names every office's machine has them under.

pub(super) const TITLE: &str = "方正小标宋简体";
pub(super) const BODY: &str = "仿宋_GB2312";
pub(super) const SECTION: &str = "黑体";
pub(super) const POINT: &str = "楷体_GB2312";
pub(super) const NUMBER: &str = "宋体";
/// Where a paper is not in Chinese.
pub(super) const LATIN: &str = "Times New Roman";
