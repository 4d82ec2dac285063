//! The house rules, proven by reading the sources: which floor may know which, who may ask what
//! time it is, where sentences live, and that nothing unwraps.

mod source;

use source::{Source, sources};

/// The floors from the ground up. A floor knows only those before it.
const FLOORS: &[&str] = &[
    // Run before there is a house; it knows none of it.
    "build",
    "time",
    "roster",
    "duty",
    "coverage",
    "versions",
    "review",
    "spotcheck",
    "journal",
    "proof",
    "report",
    "decide",
    "words",
    "picture",
    "clock",
    "files",
    "store",
    "web",
    "telegram",
    "engine",
    "rehearsal",
    "config",
    "simulate",
    "cli",
    "main",
];

/// Floors that must not see each other although the order would let them.
const WALLS: &[(&str, &[&str])] = &[("telegram", &["store", "web"])];

/// What nothing before the clock knows.
const OUTER_CRATES: &[&str] = &["tokio", "sqlx", "teloxide", "axum", "reqwest"];

/// What asks for the time.
const NOW: &[&str] = &["Utc::now", "Local::now", "SystemTime::now", "Instant::now"];

fn height(floor: &str) -> Option<usize> {
    FLOORS.iter().position(|name| *name == floor)
}

fn imports_upwards(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources.iter().filter(|source| source.floor != "lib") {
        let Some(own) = height(&source.floor) else {
            found.push(format!("{}: {} is no floor", source.path, source.floor));
            continue;
        };
        for (line, named) in source.own_paths() {
            let walled = WALLS
                .iter()
                .any(|(floor, unseen)| *floor == source.floor && unseen.contains(&named.as_str()));
            let is_below = height(&named).is_some_and(|other| other <= own);
            if walled || !is_below {
                found.push(format!(
                    "{}:{line}: {} sees {named}",
                    source.path, source.floor
                ));
            }
        }
    }
    found
}

fn outer_crates_inside(sources: &[Source]) -> Vec<String> {
    let clock = height("clock").expect("the clock is a floor");
    let mut found = Vec::new();
    for source in sources {
        let is_inner = height(&source.floor).is_some_and(|own| own < clock);
        for name in OUTER_CRATES.iter().filter(|_| is_inner) {
            found.extend(lines(source, &format!("{name}::")));
        }
    }
    found
}

fn clocks_elsewhere(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        for name in NOW.iter().filter(|_| source.floor != "clock") {
            found.extend(lines(source, name));
        }
        let is_the_beat = source.path.ends_with("store/lease.rs");
        let may_sleep = is_the_beat || ["clock", "engine"].contains(&source.floor.as_str());
        for name in ["sleep(", "sleep_until("].iter().filter(|_| !may_sleep) {
            found.extend(lines(source, name));
        }
    }
    found
}

fn lines(source: &Source, name: &str) -> Vec<String> {
    let told = |line: usize| format!("{}:{line}: {name}", source.path);
    source.lines_with(name).into_iter().map(told).collect()
}

/// What is listened for and what is cited is data, not speech: the reader's vocabulary, the words
/// officers answer with, the notices the holidays rest on, the typefaces of a paper.
const DATA: &[&str] = &[
    "src/roster/",
    "src/decide/answers.rs",
    "src/time/holidays.rs",
    "src/picture/prescribed.rs",
];

/// Floors whose English is a machine's: SQL, the words a Bot API refuses with, and the facts of a
/// broken promise, which a programmer reads.
const AMONG_MACHINES: &[&str] = &["store", "telegram", "simulate"];

/// Sentences outside `words`.
fn prose_elsewhere(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        let may_speak =
            source.floor == "words" || DATA.iter().any(|data| source.path.starts_with(data));
        let is_machine = AMONG_MACHINES.contains(&source.floor.as_str());
        for literal in source.literals.iter().filter(|_| !may_speak) {
            if literal.is_chinese() || (!is_machine && literal.is_english_prose()) {
                found.push(format!(
                    "{}:{}: {:?}",
                    source.path, literal.line, literal.text
                ));
            }
        }
    }
    found
}

fn unwraps(sources: &[Source]) -> Vec<String> {
    sources
        .iter()
        .flat_map(|source| lines(source, ".unwrap()"))
        .collect()
}

fn planted(path: &str, text: &str) -> Vec<Source> {
    vec![Source::of(path, text)]
}

#[test]
fn imports_point_only_downwards() {
    let none: Vec<String> = Vec::new();
    assert_eq!(imports_upwards(&sources()), none);
}

#[test]
fn an_import_upwards_is_caught_however_it_is_written() {
    for text in [
        "use crate::words::Lang;",
        "use crate::{\n    time::Span,\n    words::{Lang, when},\n};",
        "fn f() -> crate::words::Lang { todo!() }",
    ] {
        let found = imports_upwards(&planted("src/coverage/mod.rs", text));
        assert_eq!(found.len(), 1, "{text}: {found:?}");
    }
    assert_eq!(
        imports_upwards(&planted("src/telegram/mod.rs", "use crate::store::Store;")).len(),
        1
    );
    assert_eq!(imports_upwards(&planted("src/helpers.rs", "")).len(), 1);
    let fine = "// crate::words\nuse crate::time::Span; const A: &str = \"crate::words\";";
    assert!(imports_upwards(&planted("src/coverage/mod.rs", fine)).is_empty());
}

#[test]
fn nothing_inside_knows_the_outer_world() {
    let none: Vec<String> = Vec::new();
    assert_eq!(outer_crates_inside(&sources()), none);
    let caught = outer_crates_inside(&planted("src/decide/mod.rs", "use tokio::sync::mpsc;"));
    assert_eq!(caught.len(), 1);
}

#[test]
fn only_the_clock_knows_what_time_it_is() {
    let none: Vec<String> = Vec::new();
    assert_eq!(clocks_elsewhere(&sources()), none);
    let text = "fn f() { let now = chrono::Utc::now(); tokio::time::sleep(now); }";
    assert_eq!(
        clocks_elsewhere(&planted("src/telegram/mod.rs", text)).len(),
        2
    );
    assert!(clocks_elsewhere(&planted("src/clock.rs", text)).is_empty());
}

#[test]
fn sentences_live_in_words() {
    let none: Vec<String> = Vec::new();
    assert_eq!(prose_elsewhere(&sources()), none);
    let text = "fn f() { say(\"没有值班员\"); say(\"nobody is on duty here\"); }";
    assert_eq!(prose_elsewhere(&planted("src/cli/mod.rs", text)).len(), 2);
    let fine = "/// 值班表。\nfn f(x: Option<u8>) { x.expect(\"a holiday has one day at least\"); }
        #[cfg(test)]\nmod tests { const UNIT: &str = \"石桥镇\"; }";
    assert!(prose_elsewhere(&planted("src/cli/mod.rs", fine)).is_empty());
}

#[test]
fn nothing_unwraps() {
    let none: Vec<String> = Vec::new();
    assert_eq!(unwraps(&sources()), none);
    let text = "fn f() { g().unwrap(); }\n#[cfg(test)]\nmod tests { fn h() { g().unwrap(); } }";
    assert_eq!(
        unwraps(&planted("src/store/mod.rs", text)),
        ["src/store/mod.rs:1: .unwrap()"]
    );
}
