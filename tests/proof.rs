//! An exported journal proves what it says, and no change to it goes unseen: not a byte, not a
//! line, and not a lie told consistently down the chain.

mod forged;

use std::sync::OnceLock;

use proptest::prelude::*;
use proptest::sample::Index;
use zaigang::proof::{Contradiction, Fault, Proof, proven};
use zaigang::spotcheck::Digest;

/// The journal of a holiday with a draw: sealed twice, five lots held, one missed, revealed.
fn journal() -> &'static str {
    static JOURNAL: OnceLock<String> = OnceLock::new();
    JOURNAL.get_or_init(|| crate::scenarios::journal_of("the_draw_is_sealed_held_and_revealed"))
}

fn prove(text: &str) -> Result<Proof, Contradiction> {
    proven(text.as_bytes(), None)
}

fn lines() -> Vec<&'static str> {
    journal().lines().collect()
}

fn joined(lines: &[&str]) -> String {
    lines.iter().flat_map(|line| [line, "\n"]).collect()
}

/// Where the entries begin: behind the first line and the rosters.
fn first_entry() -> usize {
    lines()
        .iter()
        .position(|line| line.starts_with("1 "))
        .unwrap()
}

#[test]
fn a_journal_as_it_was_written_holds() {
    let proof = prove(journal()).unwrap();
    let entries = lines().len() - first_entry() - 1;
    assert_eq!(proof.lines, entries as u64);
    assert_eq!((proof.outcomes, proof.unproven), (5, 0));
    let [draw] = proof.draws.as_slice() else {
        panic!("{:?}", proof.draws);
    };
    assert_eq!((draw.commitments, draw.held, draw.not_held), (2, 5, 1));
    assert!(draw.seed.is_some());
    let total = proof.exposure.total();
    assert_eq!((total.held, total.not_held, total.void), (5, 1, 0));
    assert_eq!(proof.exposure.units.len(), 3);
}

#[test]
fn no_phone_and_no_secret_leaves_with_a_journal() {
    assert!(!journal().contains("1380000"));
    let before_the_end: String = {
        let kept: Vec<&str> = lines();
        let kept: Vec<&str> = kept
            .into_iter()
            .filter(|l| !l.contains("draw_revealed"))
            .collect();
        joined(&kept)
    };
    let seed = prove(journal()).unwrap().draws[0].seed.unwrap();
    assert!(!before_the_end.contains(&seed.to_string()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_changed_byte_of_any_line_is_caught(line: Index, column: Index, byte: u8) {
        let mut lines: Vec<Vec<u8>> = lines().iter().map(|l| format!("{l}\n").into_bytes()).collect();
        let line = line.index(lines.len());
        let column = column.index(lines[line].len());
        prop_assume!(lines[line][column] != byte);
        lines[line][column] = byte;
        let changed = lines.concat();
        let found = proven(&changed, None).expect_err("a byte was changed");
        prop_assert!(found.line > line || matches!(*found.fault, Fault::RollMissing { .. }), "{:?}", found);
    }

    #[test]
    fn any_line_cut_doubled_or_moved_is_caught(from: Index, to: Index, what in 0..3) {
        let mut lines = lines();
        let (from, to) = (from.index(lines.len()), to.index(lines.len()));
        let line = lines[from];
        match what {
            0 => { lines.remove(from); }
            1 => lines.insert(to, line),
            _ => {
                prop_assume!(from != to);
                lines.remove(from);
                lines.insert(to, line);
            }
        }
        prop_assert!(prove(&joined(&lines)).is_err());
    }

    #[test]
    fn anything_else_is_no_export_and_breaks_nothing(bytes: Vec<u8>) {
        prop_assert!(proven(&bytes, None).is_err());
    }
}

#[test]
fn every_byte_of_the_shortest_lines_is_bound() {
    let text = journal().as_bytes();
    let last = journal().trim_end().rfind('\n').unwrap();
    for at in (0..20).chain(last..text.len()) {
        let mut changed = text.to_vec();
        changed[at] ^= 1;
        assert!(proven(&changed, None).is_err(), "byte {at}");
    }
    for more in ["\n", " ", "head 0", "x\n"] {
        assert!(prove(&format!("{}{more}", journal())).is_err(), "{more:?}");
    }
}

#[test]
fn a_cut_tail_holds_by_itself_and_not_against_the_head_somebody_keeps() {
    let kept = lines();
    let head: Digest = kept
        .last()
        .unwrap()
        .rsplit(' ')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    // All but the reveal, with a head to fit: a journal of the day before.
    let entries: Vec<&str> = kept[..kept.len() - 2].to_vec();
    let last = entries.last().unwrap();
    let mut parts = last.splitn(3, ' ');
    let new_head = format!("head {} {}", parts.next().unwrap(), parts.next().unwrap());
    let cut = joined(&[entries.as_slice(), &[new_head.as_str()]].concat());
    assert!(prove(&cut).is_ok());
    let found = proven(cut.as_bytes(), Some(head)).unwrap_err();
    assert_eq!(*found.fault, Fault::HeadUnknown);
}

#[test]
fn a_head_of_an_earlier_day_says_up_to_where_nothing_was_changed() {
    let third = lines()[first_entry() + 2];
    let head: Digest = third.split(' ').nth(1).unwrap().parse().unwrap();
    let proof = proven(journal().as_bytes(), Some(head)).unwrap();
    assert_eq!(proof.known_line, Some(3));
}
