//! The examples of `explain`: the bad one has what it is an example of, and the good one has not.

use super::{Office, codes};

/// What no small table shows: bytes, workbooks, a chat, what a person said of a form; and what is
/// only asked for with a flag.
const SHOWN_OTHERWISE: [&str; 13] = [
    "F301", "F311", "F312", "F313", "F314", "F316", "F325", "F326", "F327", "H402", "R501", "R502",
    "C106",
];

/// The lines under one of an explanation's titles.
fn section(explanation: &str, title: &str) -> String {
    let lines = explanation
        .lines()
        .skip_while(|line| *line != title)
        .skip(1);
    let lines = lines.take_while(|line| line.is_empty() || line.starts_with("  "));
    lines.fold(String::new(), |text, line| text + line.trim_start() + "\n")
}

/// A folder with the example's files; `units.csv:` begins one, a blank line ends it.
fn office_of(example: &str) -> (Office, Vec<String>) {
    let office = Office::with(&[]);
    let mut flags = Vec::new();
    let mut name = "roster.csv".to_owned();
    let mut text = String::new();
    for line in example.trim_end().lines().chain([""]) {
        match line.strip_suffix(':') {
            Some(file) if text.is_empty() => file.clone_into(&mut name),
            _ if line.is_empty() => {
                office.keep(&name, text.as_bytes());
                if let Some(list) = name.strip_suffix(".csv").filter(|list| *list != "roster") {
                    flags.extend([format!("--{list}"), name]);
                }
                (name, text) = ("roster.csv".to_owned(), String::new());
            }
            _ => text = text + line + "\n",
        }
    }
    (office, flags)
}

/// What the example shows is judged over the days it shows.
fn period(rule: &str) -> &'static [&'static str] {
    match rule {
        "G001" => &["--from", "2026-10-03T08:30", "--to", "2026-10-04T20:30"],
        "G002" => &["--from", "2026-10-03T08:00", "--to", "2026-10-05T08:00"],
        "G003" => &["--from", "2026-10-03T08:00", "--to", "2026-10-04T08:00"],
        _ => &[],
    }
}

fn found(rule: &str, example: &str) -> Vec<String> {
    let (office, flags) = office_of(example);
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    let report = office.json(&[&["roster.csv"], period(rule), &flags].concat());
    codes(&report).into_iter().map(str::to_owned).collect()
}

#[test]
fn an_example_is_one_of_what_it_explains() {
    let office = Office::with(&[]);
    let rules = office.run(&["explain"]).out;
    let rules: Vec<&str> = rules.lines().filter_map(|line| line.get(..4)).collect();
    assert!(rules.len() >= 48, "{rules:?}");
    let mut wrong = Vec::new();
    for rule in rules.iter().filter(|rule| !SHOWN_OTHERWISE.contains(rule)) {
        for (lang, bad, good) in [("zh", "不好", "好"), ("en", "Bad", "Good")] {
            let said = office.run(&["explain", rule, "--lang", lang]).out;
            let (bad, good) = (section(&said, bad), section(&said, good));
            let (bad, good) = (found(rule, &bad), found(rule, &good));
            if !bad.iter().any(|code| code == rule) {
                wrong.push(format!("{rule} {lang}: the bad one has only {bad:?}"));
            }
            if good.iter().any(|code| code == rule) {
                wrong.push(format!("{rule} {lang}: the good one has it too"));
            }
        }
    }
    assert_eq!(wrong, [] as [String; 0]);
}
