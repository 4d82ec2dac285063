use std::collections::HashMap;

use crate::roster::{Finding, Place, Post, Reading, Roster, Unread};

/// Several readings as one roster.
pub(super) struct Gathered {
    pub roster: Roster,
    /// The readers' findings, their places told apart by file.
    pub findings: Vec<Finding>,
    /// Units that no file named; their files' names stand in, so that they stay apart.
    pub stand_ins: Vec<String>,
}

/// Puts readings together: the same post of the same unit is one post, whatever the file. What
/// has no unit is the file's own, called by `names`.
pub(super) fn gathered(readings: &mut [Reading], names: &[String]) -> Gathered {
    let mut all = Gathered {
        roster: Roster::default(),
        findings: Vec::new(),
        stand_ins: Vec::new(),
    };
    if let [only] = readings {
        all.roster = std::mem::take(&mut only.roster);
        all.findings = std::mem::take(&mut only.findings);
        return all;
    }
    let mut index: HashMap<Post, u32> = HashMap::new();
    for (file, (reading, name)) in (0..).zip(readings.iter_mut().zip(names)) {
        let mut roster = std::mem::take(&mut reading.roster);
        if roster.posts.iter().any(|post| post.unit.is_empty()) {
            all.stand_ins.push(name.clone());
        }
        let posts: Vec<u32> = roster
            .posts
            .drain(..)
            .map(|mut post| {
                if post.unit.is_empty() {
                    post.unit.clone_from(name);
                }
                *index.entry(post).or_insert_with_key(|post| {
                    all.roster.posts.push(post.clone());
                    u32::try_from(all.roster.posts.len() - 1).unwrap_or(u32::MAX)
                })
            })
            .collect();
        append(&mut all.roster, roster, &posts, file);
        let findings = std::mem::take(&mut reading.findings);
        all.findings.extend(findings.into_iter().map(|mut finding| {
            finding.place = finding.place.map(|place| Place { file, ..place });
            for place in &mut finding.also {
                place.file = file;
            }
            finding
        }));
    }
    all
}

/// Appends a roster whose posts have these numbers in `all`.
fn append(all: &mut Roster, roster: Roster, posts: &[u32], file: u32) {
    let number = |post: u32| posts[post as usize];
    all.shifts
        .extend(roster.shifts.into_iter().map(|mut shift| {
            shift.post = number(shift.post);
            shift.source.file = file;
            shift
        }));
    for unread in roster.unread {
        let place = Place {
            file,
            ..unread.place
        };
        let of_post = |post| Unread {
            post: Some(post),
            span: unread.span,
            place,
        };
        match unread.post {
            Some(post) => all.unread.push(of_post(number(post))),
            // It may be any post of its own file, and of no other.
            None => all.unread.extend(posts.iter().copied().map(of_post)),
        }
    }
    let declared = roster.declared.into_iter();
    all.declared
        .extend(declared.map(|(post, spans)| (number(post), spans)));
    all.excuses
        .extend(roster.excuses.into_iter().map(|mut excuse| {
            excuse.place.file = file;
            excuse
        }));
    all.unnamed
        .extend(roster.unnamed.into_iter().map(|mut unnamed| {
            unnamed.post = number(unnamed.post);
            unnamed.place.file = file;
            unnamed
        }));
    all.not_submitted.extend(roster.not_submitted);
    all.duty_lines.extend(roster.duty_lines);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::{Account, Form, Source, sample};

    fn reading(lines: &str) -> Reading {
        Reading {
            source: Source {
                encoding: "utf-8",
                delimiter: Some(','),
                sheet: None,
                rows: 2,
            },
            roster: sample::roster(lines),
            findings: Vec::new(),
            account: Account::default(),
            form: Form::default(),
        }
    }

    fn together(one: &str, other: &str) -> Gathered {
        let names = ["东".to_owned(), "西".to_owned()];
        gathered(&mut [reading(one), reading(other)], &names)
    }

    #[test]
    fn one_unit_in_two_files_is_one_unit() {
        let all = together(
            "石桥镇 值班员 10-01T00:00 10-04T00:00 甲",
            "石桥镇 值班员 10-04T00:00 10-08T00:00 乙",
        );
        assert_eq!(all.roster.posts.len(), 1);
        let files: Vec<u32> = all.roster.shifts.iter().map(|s| s.source.file).collect();
        assert_eq!(files, [0, 1]);
    }

    #[test]
    fn two_files_without_a_unit_stay_two_units() {
        let mut readings = [
            reading("- 值班员 10-01T00:00 10-04T00:00 甲"),
            reading("- 值班员 10-04T00:00 10-08T00:00 乙"),
        ];
        for reading in &mut readings {
            reading.roster.posts[0].unit.clear();
        }
        let all = gathered(&mut readings, &["东".to_owned(), "西".to_owned()]);
        assert_eq!(all.roster.units(), ["东", "西"]);
        assert_eq!(all.stand_ins, ["东", "西"]);
    }

    #[test]
    fn a_row_unread_in_one_file_excuses_no_other_file() {
        let mut readings = [reading("石桥镇 值班员"), reading("柳河镇 值班员")];
        readings[0].roster.unread.push(Unread {
            post: None,
            span: None,
            place: Place::default(),
        });
        let all = gathered(&mut readings, &["东".to_owned(), "西".to_owned()]);
        let posts: Vec<Option<u32>> = all.roster.unread.iter().map(|u| u.post).collect();
        assert_eq!(posts, [Some(0)]);
    }
}
