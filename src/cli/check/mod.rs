//! `zaigang check`: files → findings on standard output, and an exit status a script can use.

mod args;
mod bar;
mod edit;
mod excerpt;
mod fix;
mod full;
mod gather;
mod github;
mod inputs;
mod json;
mod judge;
mod markdown;
mod marked;
mod pictures;
mod report;
mod sarif;
mod short;
mod sifted;
mod tables;

use std::io::Write;
use std::process::ExitCode;

pub(super) use args::{Args, period, zone};

use crate::config::Settings;
use crate::roster::Severity;
use crate::words::{self, Lang, check::Refusal, check::Tally};
use args::{Format, Tabling, Wishes};
use judge::Checked;

/// 0: nothing at or above `--deny`; 1: something; 2: could not run.
pub(super) fn run(args: &Args) -> ExitCode {
    if args.schema {
        super::say(report::SCHEMA);
        return ExitCode::SUCCESS;
    }
    keep_large_blocks();
    let settings = match settings() {
        Ok(settings) => settings,
        Err(refusal) => return refused(&refusal, args.lang(None)),
    };
    let lang = args.lang(settings.language.as_deref());
    let checked = Wishes::of(args, &settings).and_then(|wishes| {
        let answers = args.answers.as_deref();
        let inputs = inputs::inputs(&args.paths, &wishes.lists, answers, wishes.kept)?;
        Ok((judge::checked(inputs, &wishes), wishes))
    });
    let (checked, wishes) = match checked {
        Ok(checked) => checked,
        Err(refusal) => return refused(&refusal, lang),
    };
    // A reader that has seen enough (`| head`) closes the pipe; that is its right.
    let _ = written(&checked, args.format, lang, &wishes);
    if let Some(folder) = &args.tables
        && let Err(refusal) = tables::write(folder, &checked.tables)
    {
        return refused(&refusal, lang);
    }
    if let Some(path) = &args.marked
        && let Err(refusal) = marked::write(path, &checked, lang)
    {
        return refused(&refusal, lang);
    }
    if let Some(wish) = &wishes.picture
        && let Err(refusal) = pictures::write(wish, &checked, lang)
    {
        return refused(&refusal, lang);
    }
    if args.fix
        && let Err(refusal) = fix::write(&checked, &wishes, args.format, lang)
    {
        return refused(&refusal, lang);
    }
    let is_denied = checked.counts.from(wishes.deny) > 0;
    // The process ends here, and its memory with it; a large roster is long to take apart.
    std::mem::forget(checked);
    ExitCode::from(u8::from(is_denied))
}

/// Until it has seen a large block freed, glibc's allocator hands each back to the system and takes
/// fresh pages for the next. A check has use for what its file took, and fresh pages are half its
/// time. The block itself is never touched, and so takes none.
fn keep_large_blocks() {
    const LARGE: usize = 8 << 20;
    drop(std::hint::black_box(Vec::<u8>::with_capacity(LARGE)));
}

pub(super) fn settings() -> Result<Settings, Refusal> {
    let here = std::env::current_dir().unwrap_or_default();
    Settings::found(&here, std::env::vars()).map_err(|error| Refusal::Settings {
        cause: error.to_string(),
    })
}

fn refused(refusal: &Refusal, lang: Lang) -> ExitCode {
    eprintln!("zaigang: {}", words::check::refusal(refusal, lang));
    ExitCode::from(2)
}

fn written(checked: &Checked, format: Format, lang: Lang, wishes: &Wishes) -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(anstream::stdout().lock());
    match format {
        _ if wishes.tables == Tabling::Instead => {
            writeln!(out, "{}", words::check::summary(&tally(checked), lang))?;
        }
        Format::Full => full::write(&mut out, checked, lang)?,
        Format::Short => short::write(&mut out, checked, lang)?,
        Format::Json => json::write(&mut out, checked, lang, wishes.asked.account)?,
        Format::Github => github::write(&mut out, checked, lang)?,
        Format::Markdown => markdown::write(&mut out, checked, lang)?,
        Format::Sarif => sarif::write(&mut out, checked, lang)?,
    }
    out.flush()
}

/// The counts of the line at the end.
fn tally(checked: &Checked) -> Tally {
    let counts = &checked.counts;
    let [notes, warnings, errors] = counts.findings;
    Tally {
        units: counts.units,
        shifts: counts.shifts,
        errors,
        warnings,
        notes,
        muted: checked.muted.len(),
        gaps: counts.gaps,
        gap_time: counts.gap_time,
        unjudged: counts.unjudged,
    }
}

/// `D12`: a column's letters and its row. `None` for what is no single cell.
fn cell_name(row: u32, column: u32) -> Option<String> {
    if row == 0 || column == 0 {
        return None;
    }
    let mut letters = Vec::new();
    let mut left = column;
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or(0)));
        left /= 26;
    }
    Some(letters.iter().rev().collect::<String>() + &row.to_string())
}

fn level_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_spreadsheets_do() {
        let name = |column| cell_name(12, column);
        assert_eq!(name(1).as_deref(), Some("A12"));
        assert_eq!(name(26).as_deref(), Some("Z12"));
        assert_eq!(name(27).as_deref(), Some("AA12"));
        assert_eq!(name(703).as_deref(), Some("AAA12"));
        assert_eq!(name(0), None);
    }
}
