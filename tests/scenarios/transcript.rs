//! How a played scenario is written down.

use std::fmt::Write as _;

use chrono::Datelike;
use zaigang::decide::{Check, World};
use zaigang::rehearsal::{Line, Speaker};
use zaigang::spotcheck::{Evidence, Outcome, VoidReason};
use zaigang::time::Moment;

use super::script::civil;

/// One thing that was done to the program, between two lines of talk.
pub struct Note {
    pub at: Moment,
    /// How many lines of talk stand before it.
    pub after: usize,
    pub text: String,
}

/// Both sides' lines from `from` on, what was done to the program, and how every check ended.
pub fn transcript(lines: &[Line], from: usize, notes: &[Note], world: &World) -> String {
    let mut told = String::new();
    let first_day = lines.get(from).map(|line| civil(line.at).ordinal());
    let clock = |at: Moment| {
        let civil = civil(at);
        let form = if Some(civil.ordinal()) == first_day {
            "%H:%M:%S"
        } else {
            "%m-%d %H:%M:%S"
        };
        civil.format(form).to_string()
    };
    let mut notes = notes.iter().peekable();
    for (index, line) in lines.iter().enumerate().skip(from) {
        while let Some(note) = notes.next_if(|note| note.after <= index) {
            let _ = writeln!(told, "{} — {}", clock(note.at), note.text);
        }
        let mark = match line.speaker {
            Speaker::Person => "»",
            Speaker::Bot => "«",
            Speaker::BotEdit => "✎",
            Speaker::BotToast => "·",
        };
        let text = without_digests(&line.text).replace('\n', "\n           ");
        let _ = writeln!(told, "{} {} {mark} {text}", clock(line.at), line.name);
    }
    for note in notes {
        let _ = writeln!(told, "{} — {}", clock(note.at), note.text);
    }
    told.push('\n');
    for check in world.checks.values() {
        let _ = writeln!(told, "{}", ended(check, &clock));
    }
    told
}

/// A digest changes with every byte of the journal, which is not the story's matter.
fn without_digests(text: &str) -> String {
    let words = text.split_inclusive(|c: char| !c.is_ascii_hexdigit());
    let shown = words.map(|word| {
        let (digits, rest) = word.split_at(word.len().min(64));
        let is_digest = digits.len() == 64 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        if is_digest {
            format!("(digest){rest}")
        } else {
            word.to_owned()
        }
    });
    shown.collect()
}

fn ended(check: &Check, clock: &impl Fn(Moment) -> String) -> String {
    let asked = &check.asked;
    let who = format!(
        "{} {} {} (roster {})",
        check.id, asked.unit, asked.name, asked.version
    );
    let how = check
        .state
        .outcome()
        .map_or_else(|| "open".to_owned(), |outcome| outcome_told(outcome, clock));
    let ping = check.state.delivery().map(|delivery| {
        let (dated, confirmed) = (clock(delivery.dated), clock(delivery.confirmed));
        format!("; ping dated {dated}, confirmed {confirmed}")
    });
    format!("{who}: {how}{}", ping.unwrap_or_default())
}

fn outcome_told(outcome: &Outcome, clock: &impl Fn(Moment) -> String) -> String {
    match outcome {
        Outcome::Present { evidence } => format!("present, {}", evidence_told(evidence, clock)),
        Outcome::Late { by_secs, evidence } => {
            format!("late by {by_secs} s, {}", evidence_told(evidence, clock))
        }
        Outcome::NoAnswer { queue_read_from } => {
            let from = clock(*queue_read_from);
            format!("no answer, nothing in the reading begun {from}")
        }
        Outcome::Undeliverable { reason } => format!("undeliverable, {reason:?}"),
        Outcome::Void { reason } => match reason {
            VoidReason::Blind(blind) => {
                let (from, to) = (clock(blind.span.start()), clock(blind.span.end()));
                format!("void, {:?} {from}—{to}", blind.cause)
            }
            VoidReason::Unsent { queued, given_up } => {
                let (from, to) = (clock(*queued), clock(*given_up));
                format!("void, unsent {from}—{to}")
            }
            VoidReason::Cancelled => "void, cancelled".to_owned(),
            VoidReason::Excused { plea, evidence } => {
                format!("void, {plea:?}, {}", evidence_told(evidence, clock))
            }
        },
    }
}

fn evidence_told(evidence: &Evidence, clock: &impl Fn(Moment) -> String) -> String {
    match evidence {
        Evidence::Message {
            dated, received, ..
        } => format!(
            "text dated {}, received {}",
            clock(*dated),
            clock(*received)
        ),
        Evidence::Button {
            not_before,
            received,
            ..
        } => format!(
            "button not before {}, received {}",
            clock(*not_before),
            clock(*received)
        ),
        Evidence::Page { received, deaf } => match deaf {
            None => format!("own page, received {}", clock(*received)),
            Some(deaf) => format!(
                "own page, received {}, not to be reached {}—{}",
                clock(*received),
                clock(deaf.span.start()),
                clock(deaf.span.end())
            ),
        },
    }
}
