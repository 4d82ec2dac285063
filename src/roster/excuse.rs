//! `忽略 C102：双岗` in a row's remark: somebody has looked at what a rule says of this row, and
//! says why it may stand.
//!
//! Knows how such a remark is written; whether it hits anything is `review`'s business.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::book::{At, place};
use super::finding::{Code, Place};
use super::misread::Misread;
use super::plain::Scan;
use super::reader::Reader;

/// What a remark asks not to hear of its own row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excuse {
    /// The remark's cell.
    pub place: Place,
    pub code: Code,
    pub reason: String,
}

/// How such a remark begins.
const WORDS: &[&str] = &["忽略", "ignore", "Ignore", "IGNORE"];

/// What may stand between two codes.
const BETWEEN: &[&str] = &["、", ",", "/", "&", "+", "和", "及", "and "];

/// One clause as it is written.
#[derive(Debug, PartialEq, Eq)]
struct Clause {
    /// As written; not all of them need be rules.
    names: Vec<String>,
    reason: String,
}

impl Reader<'_, '_> {
    /// Takes in what the remarks excuse; one that cannot count is found.
    pub(super) fn excuses(&mut self) {
        let mut said: Vec<(At, Clause)> = Vec::new();
        for row in 0..self.sheet.rows.len() {
            for (column, cell) in self.sheet.filled(row) {
                let at = (row, column);
                if may_excuse(&cell.text) {
                    said.extend(clauses(&cell.text).into_iter().map(|clause| (at, clause)));
                }
            }
        }
        for (at, clause) in said {
            if self.book.note(at) {
                self.excuse(at, &clause);
            }
        }
    }

    fn excuse(&mut self, at: At, clause: &Clause) {
        for name in &clause.names {
            match name.parse() {
                Err(()) => {
                    let text = name.clone();
                    self.book.find(Code::X902, at, Misread::NoSuchRule { text });
                }
                Ok(code) if clause.reason.is_empty() => {
                    self.book
                        .find(Code::X902, at, Misread::ExcuseWithoutReason { code });
                }
                Ok(code) => self.book.roster.excuses.push(Excuse {
                    place: place(at),
                    code,
                    reason: clause.reason.clone(),
                }),
            }
        }
    }
}

/// Whether a plain text is a remark that excuses something.
pub(super) fn is_excuse(text: &str) -> bool {
    may_excuse(text) && !clauses(text).is_empty()
}

fn may_excuse(text: &str) -> bool {
    WORDS.iter().any(|word| text.contains(word))
}

/// What a plain text says beside excusing something: a reason changes no shift.
pub(super) fn without_excuses(text: &str) -> Cow<'_, str> {
    if !may_excuse(text) {
        return Cow::Borrowed(text);
    }
    let others = text.split(CLAUSE_ENDS).map(|clause| {
        let begins = excusing(clause).map_or(clause.len(), |(at, _)| at);
        &clause[..begins]
    });
    Cow::Owned(others.collect::<Vec<_>>().join(";"))
}

const CLAUSE_ENDS: [char; 4] = [';', '。', '\n', '|'];

/// Every clause of a plain text that names a rule after one of the words.
fn clauses(text: &str) -> Vec<Clause> {
    let clauses = text.split(CLAUSE_ENDS).filter_map(excusing);
    clauses.map(|(_, clause)| clause).collect()
}

/// What a clause excuses, and where in it that begins.
fn excusing(clause: &str) -> Option<(usize, Clause)> {
    let mut starts: Vec<usize> = WORDS
        .iter()
        .flat_map(|word| clause.match_indices(word).map(|(at, _)| at))
        .collect();
    starts.sort_unstable();
    let mut starts = starts.into_iter();
    starts.find_map(|at| Some((at, after_word(&clause[at..])?)))
}

fn after_word(text: &str) -> Option<Clause> {
    let mut scan = Scan::new(text);
    scan.eat_any(WORDS)?;
    scan.attempt(|s| s.blanks().eat(":").then_some(()));
    let mut names = vec![scan.attempt(name)?];
    while let Some(another) = scan.attempt(|s| {
        s.blanks().eat_any(BETWEEN);
        name(s)
    }) {
        names.push(another);
    }
    let rest = scan.rest.trim_start();
    let bracketed = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')'));
    let reason = bracketed
        .unwrap_or(rest)
        .trim_start_matches([':', '-', ' ']);
    let says = reason.chars().any(char::is_alphanumeric);
    Some(Clause {
        names,
        reason: if says { reason.trim() } else { "" }.to_owned(),
    })
}

/// `C102`, whether there is such a rule or not, or a rule's name.
fn name(scan: &mut Scan<'_>) -> Option<String> {
    let rest = scan.blanks().rest;
    let ends = |c: char| !(c.is_ascii_alphanumeric() || c == '-');
    let end = rest.find(ends).unwrap_or(rest.len());
    // C102-双岗: a dash before the reason is no part of the name.
    let word = rest[..end].trim_end_matches('-');
    let is_id = word.len() == 4
        && word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word[1..].bytes().all(|b| b.is_ascii_digit());
    let is_name = is_id || word.parse::<Code>().is_ok();
    scan.rest = &rest[word.len()..];
    is_name.then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::plain::plain;
    use super::super::{Asked, Finding, Matter, Reading, read};
    use super::*;

    fn said(text: &str) -> Vec<(String, String)> {
        let found = clauses(&plain(text)).into_iter();
        found.map(|c| (c.names.join("+"), c.reason)).collect()
    }

    fn one(names: &str, reason: &str) -> Vec<(String, String)> {
        vec![(names.to_owned(), reason.to_owned())]
    }

    #[test]
    fn a_code_and_its_reason_are_read_however_they_are_written() {
        for text in [
            "忽略 C102：双岗",
            "忽略C102:双岗",
            "忽略：C102 双岗",
            "忽略 Ｃ１０２：双岗",
            "忽略 C102（双岗）",
            "忽略 C102—双岗",
            "加班；忽略 C102：双岗。",
            "国庆加班，忽略 C102：双岗",
        ] {
            assert_eq!(said(text), one("C102", "双岗"), "{text}");
        }
        let english = said("ignore overlap-same-post: two on duty, as agreed");
        assert_eq!(english, one("overlap-same-post", "two on duty, as agreed"));
    }

    #[test]
    fn several_codes_share_a_reason_and_several_clauses_have_their_own() {
        let shared = one("C102+C105+p202", "双岗");
        assert_eq!(said("忽略 C102、C105 和 p202：双岗"), shared);
        let own = said("忽略 C102：双岗；忽略 P202：夫妻同一个电话");
        assert_eq!(own.len(), 2);
        assert_eq!(own[1].1, "夫妻同一个电话");
    }

    #[test]
    fn without_a_reason_there_is_none() {
        for text in [
            "忽略 C102",
            "忽略 C102：",
            "ignore C102 - ",
            "忽略 C102（）",
        ] {
            assert_eq!(said(text), one("C102", ""), "{text}");
        }
    }

    #[test]
    fn a_remark_that_names_no_rule_is_a_remark() {
        for text in [
            "忽略上次通知",
            "请勿忽略：10月1日升旗",
            "ignore the earlier list",
            "双岗",
            "C102",
        ] {
            assert_eq!(said(text), [], "{text}");
        }
    }

    fn reading(remark: &str) -> Reading {
        let text = format!("日期,时间,值班员,备注\n2026-10-01,8:00-20:00,张建国,{remark}\n");
        read(text.as_bytes(), &Asked::default())
    }

    #[test]
    fn the_roster_keeps_the_excuse_with_its_cell() {
        let excuses = reading("忽略 C102：双岗").roster.excuses;
        let place = Place {
            file: 0,
            row: 2,
            column: 4,
        };
        assert_eq!(
            excuses,
            [Excuse {
                place,
                code: Code::C102,
                reason: "双岗".to_owned()
            }]
        );
    }

    #[test]
    fn the_reason_changes_no_shift_and_what_stands_beside_it_may() {
        let changes = |remark: &str| {
            let findings = reading(remark).findings.into_iter();
            findings.filter(|f| f.code == Code::P205).count()
        };
        for reason in ["王磊代值，已报批", "县里改由一人值班", "与赵敏对调"] {
            assert_eq!(changes(&format!("忽略 C102：{reason}")), 0, "{reason}");
        }
        assert_eq!(changes("忽略 C102：双岗；改由王磊值"), 1);
        assert_eq!(changes("取消，忽略 C102：双岗"), 1);
    }

    #[test]
    fn one_that_cannot_count_is_told() {
        let matters = |remark| {
            let reading = reading(remark);
            assert_eq!(reading.roster.excuses, []);
            let own = reading
                .findings
                .into_iter()
                .filter(|f| f.code == Code::X902);
            own.map(|f: Finding| f.matter).collect::<Vec<_>>()
        };
        let code = Code::C102;
        let without = Matter::Misread(Misread::ExcuseWithoutReason { code });
        assert_eq!(matters("忽略 C102"), [without]);
        let text = "C999".to_owned();
        let unknown = Matter::Misread(Misread::NoSuchRule { text });
        assert_eq!(matters("忽略 C999：双岗"), [unknown]);
    }
}
