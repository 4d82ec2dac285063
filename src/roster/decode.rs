//! Bytes → text: byte order mark, UTF-16 by its zero bytes, strict UTF-8, then a detector.
//!
//! Knows nothing of tables beyond the words their headers are made of, which settle a tie
//! between two encodings.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

use super::finding::{Code, Finding, Matter, Place};
use super::misread::Misread;
use super::vocabulary::TELLING_WORDS;

/// Text, and the encoding it was in.
pub(super) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    /// Lower case: `utf-8`, `gb18030`, `utf-16le`.
    pub encoding: &'static str,
    pub guessed: bool,
}

/// How many bytes tell whether a file is UTF-16.
const SAMPLE: usize = 8192;

/// The text of `bytes`, or the one finding that says why there is none.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Box<Finding>> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(whole_file(Code::F311, Misread::EmptyFile));
    }
    if let Some(kind) = other_kind(bytes) {
        return Err(whole_file(
            Code::F312,
            Misread::NotATable {
                kind: kind.to_owned(),
            },
        ));
    }
    let told = Encoding::for_bom(bytes)
        .map(|(encoding, mark)| (encoding, bytes.get(mark..).unwrap_or_default()))
        .or_else(|| utf16_by_zeros(bytes).map(|encoding| (encoding, bytes)));
    if let Some((encoding, rest)) = told {
        let (text, broken) = encoding.decode_without_bom_handling(rest);
        if broken {
            return Err(undecodable(encoding));
        }
        return checked(text, encoding, false);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return checked(Cow::Borrowed(text), UTF_8, false);
    }
    detected(bytes)
}

fn checked<'a>(
    text: Cow<'a, str>,
    encoding: &'static Encoding,
    guessed: bool,
) -> Result<Decoded<'a>, Box<Finding>> {
    if text.contains('\0') {
        return Err(whole_file(Code::F316, Misread::NulBytes));
    }
    if text.trim().is_empty() {
        return Err(whole_file(Code::F311, Misread::EmptyFile));
    }
    let encoding = name_of(encoding);
    Ok(Decoded {
        text,
        encoding,
        guessed,
    })
}

/// The encoding whose text shows most of the words rosters are made of; the detector's own
/// guess wins a tie.
fn detected(bytes: &[u8]) -> Result<Decoded<'_>, Box<Finding>> {
    if bytes.contains(&0) {
        return Err(whole_file(Code::F316, Misread::NulBytes));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guess = match detector.guess(None, Utf8Detection::Deny) {
        encoding if encoding == encoding_rs::GBK => GB18030,
        encoding => encoding,
    };
    let mut best: Option<(usize, Cow<'_, str>, &'static Encoding)> = None;
    for encoding in [guess, GB18030, BIG5, SHIFT_JIS, EUC_KR] {
        let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) else {
            continue;
        };
        let words = TELLING_WORDS.iter().filter(|w| text.contains(*w)).count();
        if best.as_ref().is_none_or(|(most, ..)| words > *most) {
            best = Some((words, text, encoding));
        }
    }
    let (_, text, encoding) = best.ok_or_else(|| undecodable(guess))?;
    checked(text, encoding, true)
}

/// UTF-16 without its mark: nearly all zero bytes stand on one side of their pairs.
fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let (mut even, mut odd) = (0usize, 0usize);
    for pair in sample.chunks_exact(2) {
        even += usize::from(pair[0] == 0);
        odd += usize::from(pair[1] == 0);
    }
    let enough = sample.len() / 50 + 1;
    if odd >= enough && even * 20 < odd {
        Some(UTF_16LE)
    } else if even >= enough && odd * 20 < even {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// What the first bytes say a file is, where that is no text at all.
fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: &[(&[u8], &str)] = &[
        (b"\x89PNG", "PNG"),
        (b"\xff\xd8\xff", "JPEG"),
        (b"GIF8", "GIF"),
        (b"BM6", "BMP"),
        (b"%PDF", "PDF"),
        (b"PK\x03\x04", "ZIP"),
        (b"\xd0\xcf\x11\xe0", "OLE"),
        (b"Rar!", "RAR"),
        (b"7z\xbc\xaf", "7z"),
        (b"\x1f\x8b", "gzip"),
        (b"{\\rtf", "RTF"),
        (b"SQLite format", "SQLite"),
    ];
    KINDS
        .iter()
        .find(|(mark, _)| bytes.starts_with(mark))
        .map(|(_, kind)| *kind)
        .or_else(|| {
            (bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")).then_some("WebP")
        })
}

fn name_of(encoding: &'static Encoding) -> &'static str {
    const NAMES: &[(&str, &str)] = &[
        ("UTF-8", "utf-8"),
        ("UTF-16LE", "utf-16le"),
        ("UTF-16BE", "utf-16be"),
        ("gb18030", "gb18030"),
        ("Big5", "big5"),
        ("Shift_JIS", "shift_jis"),
        ("EUC-KR", "euc-kr"),
        ("EUC-JP", "euc-jp"),
    ];
    NAMES
        .iter()
        .find(|(standard, _)| *standard == encoding.name())
        .map_or_else(|| encoding.name(), |(_, ours)| ours)
}

fn undecodable(encoding: &'static Encoding) -> Box<Finding> {
    let encoding = name_of(encoding);
    whole_file(
        Code::F314,
        Misread::Undecodable {
            encoding: encoding.to_owned(),
        },
    )
}

pub(super) fn whole_file(code: Code, matter: Misread) -> Box<Finding> {
    Box::new(Finding {
        code,
        place: Some(Place::default()),
        also: Vec::new(),
        matter: Matter::Misread(matter),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "日期,值班人员\n10月1日,张三\n";

    fn text_of(bytes: &[u8]) -> (String, &'static str) {
        let decoded = decode(bytes).ok().unwrap();
        (decoded.text.into_owned(), decoded.encoding)
    }

    #[test]
    fn every_way_excel_saves_chinese_reads_the_same() {
        let (gbk, _, _) = GB18030.encode(LINE);
        let (big5, _, _) = BIG5.encode("日期,值班人員\n10月1日,張三\n");
        let utf16: Vec<u8> = LINE.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [b"\xff\xfe".as_slice(), &utf16].concat();
        let bom = ["\u{feff}", LINE].concat();
        assert_eq!(text_of(&gbk), (LINE.to_owned(), "gb18030"));
        assert_eq!(text_of(&utf16), (LINE.to_owned(), "utf-16le"));
        assert_eq!(text_of(&marked), (LINE.to_owned(), "utf-16le"));
        assert_eq!(text_of(bom.as_bytes()), (LINE.to_owned(), "utf-8"));
        assert_eq!(text_of(&big5).1, "big5");
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_kind() {
        let code = |bytes: &[u8]| decode(bytes).err().map(|f| f.code);
        assert_eq!(code(b""), Some(Code::F311));
        assert_eq!(code(b" \r\n\t"), Some(Code::F311));
        assert_eq!(code(b"\x89PNG\r\n\x1a\n\0\0"), Some(Code::F312));
        assert_eq!(code(b"a,b\0,c\n\0\0x"), Some(Code::F316));
        assert_eq!(code(b"\xff\xfe\x00\xd8"), Some(Code::F314));
    }
}
