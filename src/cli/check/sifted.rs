//! A plain file checked without a roster of it: its rows sifted by all cores, and only what may be
//! worth a word judged; by the rules that judge every roster.

use std::num::NonZeroUsize;
use std::thread;

use super::args::{Kept, Tabling, Wishes};
use super::bar::with_bar;
use super::inputs::{Bytes, Input};
use super::judge::{Checked, CheckedFile, Counts};
use super::tables::{Judged, Tables};
use crate::coverage::Demand;
use crate::review::{self, Answer, Heard, Piece, Selection, Sifting, Wanted, judged_period_of};
use crate::roster::{Account, Asked, Finding, Form, Progress, Reading, Roll, Roster, Source};

/// Less is read before a second thread has begun.
const BYTES_A_THREAD: usize = 2 << 20;

/// `None` for a file that is not plain, and where more is asked for than findings.
pub(super) fn checked(input: &mut Input, wishes: &Wishes) -> Option<Checked> {
    if wishes.kept == Kept::All || wishes.selection.asks_for_units() {
        return None;
    }
    let asked = Asked {
        answers: input.answers.clone(),
        ..wishes.asked.clone()
    };
    let (of_file, told) = judged(&input.bytes, &asked, wishes)?;
    let bytes = match wishes.kept {
        Kept::Findings => Bytes::Read(Vec::new()),
        Kept::Bytes | Kept::All => std::mem::replace(&mut input.bytes, Vec::new().into()),
    };
    let file = CheckedFile {
        path: input.path.clone(),
        bytes,
        answers: input.answers.clone(),
        reading: Reading {
            source: of_file,
            roster: Roster::default(),
            findings: Vec::new(),
            account: Account::default(),
            form: Form::default(),
        },
    };
    Some(Checked {
        files: vec![file],
        ..told
    })
}

fn judged(bytes: &[u8], asked: &Asked, wishes: &Wishes) -> Option<(Source, Checked)> {
    let threads = threads(bytes.len());
    let progress = Progress::default();
    with_bar(bytes.len(), &progress, || {
        let roll = Roll::of(bytes, asked, threads, &progress)?;
        let source = Source {
            encoding: "utf-8",
            delimiter: Some(','),
            sheet: None,
            rows: roll.file_rows(),
        };
        let told = of_roll(&roll, wishes, threads, &progress)?;
        // It goes with the process; a large one is long to take apart.
        std::mem::forget(roll);
        Some((source, told))
    })
}

fn threads(bytes: usize) -> NonZeroUsize {
    let most = NonZeroUsize::MIN.saturating_add(bytes / BYTES_A_THREAD);
    // How many cores there are is written in a dozen files: a small one is read sooner.
    if most == NonZeroUsize::MIN {
        return most;
    }
    thread::available_parallelism().map_or(NonZeroUsize::MIN, |cores| cores.min(most))
}

/// Without its file.
fn of_roll(
    roll: &Roll,
    wishes: &Wishes,
    threads: NonZeroUsize,
    progress: &Progress,
) -> Option<Checked> {
    let zone = wishes.asked.zone;
    let (period, period_from) = judged_period_of(roll, wishes.asked.period, zone);
    let wanted = wishes.needs.as_ref().map_or(Wanted::Roll, Wanted::List);
    let judged_over = (period?, period_from);
    let sifting = Sifting::of(
        roll,
        judged_over,
        wanted,
        &wishes.units,
        zone,
        wishes.limits,
        threads,
    );
    // Whom somebody has chosen not to hear is known once all is found.
    let are_all_heard = wishes.selection == Selection::default();
    let answer = match wishes.tables {
        Tabling::Instead if are_all_heard => Answer::Numbers,
        _ => Answer::Findings,
    };
    let parts = sifting.pieces(answer, progress, |piece| Part::of(piece, answer, wishes));
    let mut counts = Counts {
        units: roll.units(),
        shifts: roll.shifts(),
        ..Counts::default()
    };
    let (mut findings, mut tables) = (Vec::new(), Vec::new());
    for part in parts {
        counts.add(&part.counts);
        findings.extend(part.findings);
        tables.extend(part.tables);
    }
    let findings = sifting.in_order(findings);
    let Heard {
        mut findings,
        muted,
    } = review::suppressed(findings, &wishes.selection, &Roster::default());
    review::in_file_order(&mut findings);
    counts.hear(&findings);
    Some(Checked {
        files: Vec::new(),
        roster: Roster::default(),
        stand_ins: Vec::new(),
        demand: Demand {
            period: period?,
            needs: Vec::new(),
        },
        holes: Vec::new(),
        findings,
        muted,
        zone,
        counts,
        tables,
    })
}

/// What is left of a piece once it has been looked at.
struct Part {
    counts: Counts,
    findings: Vec<Finding>,
    tables: Option<Tables>,
}

impl Part {
    fn of(piece: Piece, answer: Answer, wishes: &Wishes) -> Self {
        let mut counts = Counts {
            findings: piece.untold,
            ..Counts::of_holes(piece.holes)
        };
        let tables = (wishes.tables != Tabling::NotAsked).then(|| {
            Tables::of(&Judged {
                roster: piece.roster,
                holes: piece.holes,
                surplus: piece.surplus,
                findings: &piece.findings,
                zone: wishes.asked.zone,
            })
        });
        let mut findings = piece.findings;
        if answer == Answer::Numbers {
            counts.hear(&findings);
            findings = Vec::new();
        }
        Self {
            counts,
            findings,
            tables,
        }
    }
}
