//! `zaigang map`: how a file was read, its open questions asked, and the answers kept beside it.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{SpokenIn, check, kept_answers};
use crate::config::{self, Settings};
use crate::files;
use crate::roster::{Answer, Answers, Asked, Outline, Question, Reading};
use crate::words::{self, Lang, check::Refusal};

#[derive(clap::Args)]
pub(super) struct Args {
    /// 值班表文件。 The roster.
    #[arg(value_name = "FILE")]
    path: PathBuf,
    /// 用这份回答，什么也不问。 Takes these answers, and asks nothing.
    #[arg(long, value_name = "JSON")]
    answers: Option<PathBuf>,
    /// 不管上次的回答，重新问。 Asks anew, whatever was answered before.
    #[arg(long, conflicts_with = "answers")]
    again: bool,
    /// 以假期为考核期，定年份用。 A holiday as the period; it settles the year.
    #[arg(long, value_name = "NAME")]
    holiday: Option<String>,
    /// 交接班时间，文件没写时用。 The handover, where the file does not say. [08:00]
    #[arg(long, value_name = "CLOCK")]
    handover: Option<String>,
    /// 文件没写单位时的单位名。 The unit of a file that names none.
    #[arg(long, value_name = "NAME")]
    unit: Option<String>,
    /// 语言。 Language: zh, en. [zh]
    #[arg(long, value_enum)]
    lang: Option<SpokenIn>,
}

/// 0; 2 where the file cannot be read, or the answers cannot be kept.
pub(super) fn run(args: &Args) -> ExitCode {
    let settings = check::settings();
    let lang = args.lang.map_or_else(
        || {
            let configured = settings.as_ref().ok().and_then(|s| s.language.as_deref());
            if configured == Some("en") {
                Lang::En
            } else {
                Lang::Zh
            }
        },
        Lang::from,
    );
    match settings.and_then(|settings| mapped(args, &settings, lang)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(refusal) => {
            eprintln!("zaigang: {}", words::check::refusal(&refusal, lang));
            ExitCode::from(2)
        }
    }
}

fn mapped(args: &Args, settings: &Settings, lang: Lang) -> Result<(), Refusal> {
    let bytes = std::fs::read(&args.path).map_err(|cause| Refusal::CannotOpen {
        path: args.path.display().to_string(),
        cause: cause.kind(),
    })?;
    let known = match &args.answers {
        Some(path) => kept_answers::read(path)?,
        None if args.again => Answers::default(),
        None => kept_answers::of(&args.path)?,
    };
    let mut talk = Talk {
        path: &args.path,
        bytes: &bytes,
        asked: Asked {
            answers: known.clone(),
            ..asked(args, settings)?
        },
        lang,
    };
    let mut reading = talk.read();
    talk.show(&reading);
    let mut ending = Ending::Asked;
    if args.answers.is_none() {
        (reading, ending) = talk.ask(reading, &mut std::io::stdin().lock());
    }
    let told = &talk.asked.answers;
    if *told != known {
        talk.show(&reading);
    }
    if !reading.form.questions.is_empty() {
        print_lines(&words::map::still_open(&reading.form.questions, lang));
    } else if told.is_empty() {
        print_lines(words::map::nothing_to_ask(lang));
    }
    if told.is_empty() {
        // Whoever passes over every question takes the old answers back; whoever goes away does not.
        return if args.again && ending == Ending::Asked {
            kept_answers::forget(&args.path)
        } else {
            Ok(())
        };
    }
    let kept = kept_answers::keep(&args.path, told)?;
    let (kept, path) = (kept.display().to_string(), args.path.display().to_string());
    print_lines(&words::map::kept(&kept, &path, lang));
    Ok(())
}

fn asked(args: &Args, settings: &Settings) -> Result<Asked, Refusal> {
    let zone = check::zone(settings)?;
    let mut asked = Asked {
        zone,
        period: check::period((args.holiday.as_deref(), None, None), settings, zone)?,
        unit: args.unit.clone(),
        ..Asked::default()
    };
    if let Some(text) = args.handover.as_ref().or(settings.handover.as_ref()) {
        asked.handover_minute = config::minute_of_clock(text)
            .ok_or_else(|| Refusal::NotAClock { text: text.clone() })?;
    }
    Ok(asked)
}

/// A file, and what has been said of it.
struct Talk<'f> {
    path: &'f Path,
    bytes: &'f [u8],
    asked: Asked,
    lang: Lang,
}

impl Talk<'_> {
    fn read(&self) -> Reading {
        files::read_with_form(self.bytes, &self.asked)
    }

    fn show(&self, reading: &Reading) {
        let outline = Outline::of(reading, self.asked.zone);
        let path = self.path.display().to_string();
        let (columns, lang) = (&reading.form.columns, self.lang);
        print_lines(&words::map::so_read(&path, &outline, columns, lang));
        print_lines("");
    }

    /// Asks one question after the other, each of the reading that the last answer made; what is
    /// passed over stays open. Ends with the input.
    fn ask(&mut self, mut reading: Reading, input: &mut impl BufRead) -> (Reading, Ending) {
        let mut passed: Vec<Question> = Vec::new();
        while let Some(question) = next(&reading, &passed) {
            print_lines(&words::map::asked(&question, self.lang));
            match self.answer_to(&question, input) {
                Said::Answer(answer) => {
                    self.asked.answers.tell(answer);
                    reading = self.read();
                }
                Said::NotNow => passed.push(question),
                Said::Nothing => return (reading, Ending::CutShort),
            }
        }
        (reading, Ending::Asked)
    }

    fn answer_to(&self, question: &Question, input: &mut impl BufRead) -> Said {
        loop {
            let _ = write!(anstream::stdout(), "> ");
            let _ = std::io::stdout().flush();
            let mut line = String::new();
            if input.read_line(&mut line).map_or(true, |read| read == 0) {
                print_lines("");
                return Said::Nothing;
            }
            let line = line.trim();
            if line.is_empty() {
                return Said::NotNow;
            }
            let number: Option<usize> = line.parse().ok();
            let chosen = number.and_then(|n| question.choices.get(n.checked_sub(1)?));
            if let Some(answer) = chosen.cloned().or_else(|| question.answer_of(line)) {
                return Said::Answer(answer);
            }
            print_lines(&words::map::no_choice(question, self.lang));
        }
    }
}

/// What somebody typed.
enum Said {
    Answer(Answer),
    NotNow,
    /// The input has ended.
    Nothing,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// Every question was put.
    Asked,
    /// The input ended before.
    CutShort,
}

fn next(reading: &Reading, passed: &[Question]) -> Option<Question> {
    let mut open = reading.form.questions.iter();
    let is_new = |question: &&Question| !passed.iter().any(|p| p.asks == question.asks);
    open.find(is_new).cloned()
}

/// A reader that has seen enough (`| head`) may close the pipe.
fn print_lines(text: &str) {
    let _ = writeln!(anstream::stdout(), "{text}");
}
