//! What the reader found, in English.

use chrono::{NaiveDate, Weekday};

use super::{clock, is_picture, listed, short};
use crate::roster::{Misread, YearFrom};
use crate::words::{Lang, told};

// One arm for each sentence.
#[allow(clippy::too_many_lines)]
pub(super) fn message(matter: &Misread) -> String {
    match matter {
        Misread::EmptyFile => "the file is empty".into(),
        Misread::NotATable { kind } if is_picture(kind) => {
            format!("this is a picture ({kind}), not a table")
        }
        Misread::Locked => "the workbook needs a password".into(),
        Misread::Damaged => "the workbook cannot be opened: cut short or damaged".into(),
        Misread::Outgrown => "the file is too large once unpacked; it was not read".into(),
        Misread::TooManyShifts { most } => {
            format!("it makes more than {most} shifts, which no roster has; nothing of it was used")
        }
        Misread::OtherSheets { read, others } => {
            format!("sheet “{read}” was read; left out: {}", sheets_en(others))
        }
        Misread::HiddenRows { rows, shifts } => format!(
            "hidden in the spreadsheet, and read all the same: row {}, shifts: {shifts}",
            listed(rows, ", ")
        ),
        Misread::HiddenColumns { columns, shifts } => format!(
            "hidden in the spreadsheet, and read all the same: column {}, shifts: {shifts}",
            listed(columns, ", ")
        ),
        Misread::Covered { text, shown } => {
            format!("a merged cell shows “{shown}”; “{text}” lies under it and was not read")
        }
        Misread::NotATable { kind } => format!("this is not a table ({kind})"),
        Misread::TooLarge { rows, limits, .. } if *rows > limits.rows => {
            format!("{rows} rows; at most {} are read", limits.rows)
        }
        Misread::TooLarge { bytes, limits, .. } => {
            format!("{bytes} bytes; at most {} are read", limits.bytes)
        }
        Misread::Undecodable { encoding } => {
            format!("the text cannot be decoded (tried {encoding})")
        }
        Misread::UnclosedQuote { row } => {
            format!("a quote opened in row {row} is never closed")
        }
        Misread::NulBytes => "the file holds NUL bytes: it is no text table".into(),
        Misread::EncodingGuessed { encoding } => format!("not UTF-8; read as {encoding}"),
        Misread::NearLabel { label, taken_for } => {
            format!("header “{label}” taken for “{taken_for}”")
        }
        Misread::UnlabelledPeople { label, post } if label.is_empty() => {
            format!("this column has no header; read as the people of “{post}”")
        }
        Misread::UnlabelledPeople { label, post } => {
            format!("header “{label}” is not known; by its cells read as the people of “{post}”")
        }
        Misread::UnknownColumn { label, example } => format!(
            "nobody can name column “{label}” (such as “{}”); it was not used",
            short(example)
        ),
        Misread::ShortHeader {
            named,
            widest,
            post,
        } => format!(
            "the header has {named} columns, the data {widest}; the rest was read as “{post}”"
        ),
        Misread::BadDate { text, .. } => format!("no such date: “{}”", short(text)),
        Misread::EndBeforeStart { text } => {
            format!("the end is not after the start: “{}”", short(text))
        }
        Misread::BadTime { text } => format!("no such time: “{}”", short(text)),
        Misread::MergedCells { label, cells } => {
            format!("{cells} blanks of column “{label}” read as the merged cell above")
        }
        Misread::Mangled {
            text,
            repaired: Some(_),
        } => format!("a spreadsheet turned this number into a quantity: “{text}”; restored"),
        Misread::Mangled {
            text,
            repaired: None,
        } => format!("a spreadsheet turned this number into a quantity: “{text}”; digits are lost"),
        Misread::AssumedHours {
            shifts,
            handover_minute,
        } => format!(
            "{shifts} shifts have no hours; handover at {} and the usual shifts assumed",
            clock(*handover_minute)
        ),
        Misread::NoDate => "there is no date anywhere in the file".into(),
        Misread::NothingRead => "not one shift could be read".into(),
        Misread::Unreadable { text } => format!(
            "this looks like duty and could not be read: “{}”",
            short(text)
        ),
        Misread::BlankDate { above, .. } => {
            format!("this row has no date; the row above is {}", day_en(*above))
        }
        Misread::UnknownCode { text } => format!("no legend says what hours “{}” are", short(text)),
        Misread::YearInferred { year, from } => {
            format!("no year is given; {year} taken {}", from_en(*from))
        }
        Misread::EqualClocks { text } => {
            format!("start and end are the same: “{}”; left out", short(text))
        }
        Misread::LongCrossing { text, minutes } => format!(
            "“{}” would cross midnight for {}, unlike the other rows; left out",
            short(text),
            length_en(*minutes)
        ),
        Misread::GuessedWord {
            word,
            start_minute,
            end_minute,
        } => format!(
            "nothing gives the hours of “{word}”; {}–{} taken for now",
            clock(*start_minute),
            clock_en(*end_minute)
        ),
        Misread::MissingHours => "this row has no hours; the others do".into(),
        Misread::LoneClock { text } => format!("only one clock: “{}”; until when?", short(text)),
        Misread::TooLong {
            minutes,
            most_minutes,
        } => format!(
            "one shift of {}, longer than {}",
            length_en(*minutes),
            length_en(*most_minutes)
        ),
        Misread::AmbiguousDate { text, taken } => {
            format!("“{text}” may be two dates; taken as {}", day_en(*taken))
        }
        Misread::WeekdayTemplate => "weekdays without dates; spread over the period".into(),
        Misread::WeekdayMismatch {
            date,
            written,
            real,
        } => format!(
            "{} is a {}, not a {}",
            day_en(*date),
            weekday_en(*real),
            weekday_en(*written)
        ),
        Misread::BadPhone { text } => format!("not a telephone number: “{}”", short(text)),
        Misread::NamesNobody { text } => format!("“{}” does not say who", short(text)),
        Misread::Away { name } => format!("{name} is marked as away and nobody stands in"),
        Misread::DoubtfulName { name } => format!("“{name}” may not be a name; read as one"),
        Misread::MayChange { text } => format!(
            "“{}” may change this duty; read as the table has it",
            short(text)
        ),
        Misread::UnpairedPhones { people, numbers } => {
            format!("{people} people and {numbers} numbers: whose is which? None was used")
        }
        Misread::BracketedTime { text } => {
            format!(
                "“{}” in the bracket was not read into the shift",
                short(text)
            )
        }
        Misread::NoMonth { text } => format!("“{}” names no month: which day is it?", short(text)),
        Misread::BlankTakenAs { name: Some(name) } => {
            format!("the blank is read as the merged cell “{}”", short(name))
        }
        Misread::BlankTakenAs { name: None } => {
            "a blank: the same as above, or nobody? Read as nobody".into()
        }
        Misread::ExcuseWithoutReason { code } => {
            format!(
                "{} is to be ignored, but no reason is given, so it is not",
                code.id()
            )
        }
        Misread::NoSuchRule { text } => format!("{text} is to be ignored, but is no rule"),
        Misread::AsTold { answer } => told::as_told(answer, Lang::En),
    }
}

pub(super) fn help(matter: &Misread) -> Option<String> {
    Some(match matter {
        Misread::EmptyFile | Misread::NothingRead | Misread::NoDate => "every row needs a date and a name, such as: 2026-10-01,08:30,20:30,duty officer,Zhang San".into(),
        Misread::NotATable { .. } | Misread::NulBytes => "save it as CSV in your spreadsheet and send that".into(),
        Misread::Locked => "take the password off and send it again".into(),
        Misread::Damaged => "save it and send it again, or save it as CSV".into(),
        Misread::Outgrown => "copy the roster into a new file, in parts if need be, and send that".into(),
        Misread::TooManyShifts { .. } => "see whether a date runs over years; if there are so many shifts, send it in parts, one per unit".into(),
        Misread::OtherSheets { .. } => "keep one roster per file, and send the others as files of their own".into(),
        Misread::HiddenRows { .. } | Misread::HiddenColumns { .. } => "show it and look; delete what does not count".into(),
        Misread::Covered { .. } => "unmerge and look; write what counts in a cell of its own, and delete the rest".into(),
        Misread::TooLarge { .. } => "send it in parts, one per unit".into(),
        Misread::Undecodable { .. } => "save it as “CSV UTF-8” and send that".into(),
        Misread::UnclosedQuote { .. } => "a cell with a comma or line break needs a quote at both ends: \"Zhang San,Li Si\"".into(),
        Misread::NearLabel { taken_for, .. } => format!("write “{taken_for}” if that is meant, or another word if not"),
        Misread::UnlabelledPeople { .. } => "say in the header what they are, such as: duty officer, duty leader".into(),
        Misread::UnknownColumn { .. } => "name it, such as: date, hours, duty officer, phone; or “remarks” if it is no duty".into(),
        Misread::ShortHeader { .. } => "give every column a header, such as: date,leader,officer,officer".into(),
        Misread::BadDate { instead: Some(day), .. } => format!("is {} meant? Write it as {day}", day_en(*day)),
        Misread::BadDate { instead: None, .. } => "write it as 2026-10-01".into(),
        Misread::EndBeforeStart { .. } => "such as: 2026-10-02 08:00 to 2026-10-03 08:00".into(),
        Misread::BadTime { .. } => "clocks run from 00:00 to 24:00; overnight is 20:00-08:00".into(),
        Misread::Mangled { .. } => "format the column as text, then type the number again: 13800000001".into(),
        Misread::AssumedHours { .. } => "say it in a note, such as: duty hours 08:00 to next day 08:00".into(),
        Misread::Unreadable { .. } => "write it as: 2026-10-01, 08:00-20:00, duty officer: Zhang San; or move it to the remarks".into(),
        Misread::BlankDate { instead: Some(day), .. } => format!("is it {}? Fill in the date", day_en(*day)),
        Misread::BlankDate { instead: None, .. } => "fill in the date".into(),
        Misread::UnknownCode { .. } => "explain it under the table, such as: D: 07:00-15:00  N: 23:00-07:00  O: off".into(),
        Misread::YearInferred { .. } => "write the year into the title".into(),
        Misread::EqualClocks { .. } => "for a whole day write 06:00-next day 06:00".into(),
        Misread::LongCrossing { .. } => "if it does run into the next day, say so: 18:00-next day 17:00".into(),
        Misread::GuessedWord { word, .. } => format!("explain it under the table, such as: {word}: 08:00-12:00"),
        Misread::MissingHours => "fill in the hours, such as: 08:00-20:00".into(),
        Misread::LoneClock { .. } => "give start and end: 08:00-20:00".into(),
        Misread::TooLong { .. } => "check the end's date; if it is so long, raise the longest shift allowed".into(),
        Misread::AmbiguousDate { .. } => "write it as 2026-10-03".into(),
        Misread::WeekdayTemplate => "write the dates, such as: 2026-10-01 (Thu)".into(),
        Misread::WeekdayMismatch { .. } => "correct the date or the weekday".into(),
        Misread::BadPhone { .. } => "a mobile has 11 digits, such as 13800000001; a landline its area code: 0000-5550101".into(),
        Misread::NamesNobody { .. } | Misread::DoubtfulName { .. } => "write the name, such as: Zhang San".into(),
        Misread::Away { name } => format!("say who stands in, such as: {name}（李四代）"),
        Misread::MayChange { .. } => "change the name or the hours in the row itself; delete the row if it is cancelled".into(),
        Misread::UnpairedPhones { .. } => "write each number after its name: Zhang San 13800000001, Li Si 13800000002".into(),
        Misread::BracketedTime { .. } => "write the hours into the hours column: 08:00-20:00; two stretches are two rows".into(),
        Misread::NoMonth { .. } => "write it as 2026-10-01, or say which period: --holiday national-day-2026".into(),
        Misread::BlankTakenAs { .. } => "write 同上 for the same person, 无 for nobody".into(),
        Misread::ExcuseWithoutReason { code } => {
            format!("say why: ignore {}: two are meant to be on", code.id())
        }
        Misread::NoSuchRule { .. } => {
            "zaigang explain lists them all; write: ignore C102: two are meant to be on".into()
        }
        Misread::EncodingGuessed { .. }
        | Misread::MergedCells { .. }
        | Misread::AsTold { .. } => return None,
    })
}

fn clock_en(minute: u32) -> String {
    let next = if minute > 24 * 60 { " next day" } else { "" };
    if minute == 24 * 60 {
        "24:00".into()
    } else {
        format!("{}{next}", clock(minute))
    }
}

fn length_en(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("{hours} h"),
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

fn day_en(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}

fn weekday_en(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

fn from_en(from: YearFrom) -> &'static str {
    match from {
        YearFrom::Weekdays => "because the weekdays fit",
        YearFrom::Period => "from the period asked for",
        YearFrom::Holiday => "from the announced holiday",
        YearFrom::Nothing => "for want of any other",
    }
}

fn sheets_en(others: &[(String, u32)]) -> String {
    let told = others.iter().map(|(sheet, shifts)| match shifts {
        0 => format!("“{sheet}”"),
        shifts => format!("“{sheet}” ({shifts} shifts)"),
    });
    told.collect::<Vec<_>>().join(", ")
}
