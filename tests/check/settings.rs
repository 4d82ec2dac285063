//! `zaigang init` and `zaigang config`: settings to begin with, and what holds.

use super::Office;

fn read(office: &Office, name: &str) -> String {
    std::fs::read_to_string(office.0.path().join(name)).unwrap()
}

/// The lines that set something, whether commented out or not.
fn uncommented(settings: &str) -> String {
    let lines = settings.lines().filter_map(|line| {
        let line = line.trim_start_matches("# ");
        let is_setting = line.split_once(" = ").is_some_and(|(key, _)| {
            let is_key = |c: char| c.is_ascii_alphanumeric() || "_-\"".contains(c) || !c.is_ascii();
            key.chars().all(is_key)
        });
        (is_setting || line.starts_with('[')).then_some(line)
    });
    lines.fold(String::new(), |all, line| all + line + "\n")
}

#[test]
fn what_init_writes_is_a_start_that_changes_nothing() {
    for lang in ["zh", "en"] {
        let office = Office::with(&[("a.csv", &super::clean())]);
        let before = office.run(&["check", "--lang", lang]);
        let said = office.run(&["init", "--lang", lang]);
        assert_eq!(said.status, Some(0), "{}", said.err);
        assert!(said.out.contains("zaigang.toml") && said.out.contains("units.csv"));
        let after = office.run(&["check"]);
        assert_eq!((after.out, after.err), (before.out, before.err), "{lang}");
    }
}

#[test]
fn every_setting_init_shows_is_one_that_can_be_set() {
    for lang in ["zh", "en"] {
        let office = Office::with(&[]);
        office.run(&["init", "--lang", lang]);
        let mut all = uncommented(&read(&office, "zaigang.toml"));
        // A list or a table of reasons, a holiday or two times: the example shows both.
        all = all.replace("ignore = [\"C102\"]\n", "");
        let (top, rest) = all.split_once("[period]").unwrap();
        let text = format!(
            "{top}[period]{}",
            rest.replace("[lint.ignore]\nC102 = ", "LATER = ")
        );
        let text = text
            .lines()
            .filter(|line| !line.starts_with("LATER"))
            .fold(String::new(), |all, line| all + line + "\n");
        office.keep("zaigang.toml", text.as_bytes());
        let said = office.run(&["config", "--lang", "en"]);
        assert_eq!(said.status, Some(0), "{}\n{text}", said.err);
        assert!(!said.out.contains("misspelt"), "{}\n{text}", said.out);
        let unshown: Vec<&str> = said
            .out
            .lines()
            .filter(|line| line.ends_with("# default"))
            .collect();
        assert_eq!(unshown, [] as [&str; 0], "init does not show them");
    }
}

#[test]
fn init_writes_over_nothing() {
    let office = Office::with(&[("zaigang.toml", "language = \"en\"\n")]);
    let said = office.run(&["init"]);
    assert_eq!(said.status, Some(0), "{}", said.err);
    assert!(said.out.contains("没有动它"), "{}", said.out);
    assert_eq!(read(&office, "zaigang.toml"), "language = \"en\"\n");
    assert!(read(&office, "units.csv").starts_with("unit,"));
    let twice = office.run(&["init", "新/国庆"]);
    assert_eq!(twice.status, Some(0), "{}", twice.err);
    assert!(read(&office, "新/国庆/zaigang.toml").contains("[check]"));
    let office = Office::with(&[("taken", "")]);
    assert_eq!(office.run(&["init", "taken"]).status, Some(2));
}

#[test]
fn every_value_is_told_with_where_it_came_from() {
    let toml = "language = \"en\"\nzne = \"Asia/Tokyo\"\n[check]\nwindow = \"3m\"\n[telegram]\nsecret = \"hush-hush\"\n";
    let office = Office::with(&[("zaigang.toml", toml)]);
    let mut command = office.command(&["config"]);
    command
        .env("ZAIGANG_CHECK_DRAIN", "5s")
        .env("TELOXIDE_TOKEN", "7000000001:whisper")
        .env("TELOXIDE_PROXY", "http://me:word@proxy.example:3128");
    let said = super::Said::of(&command.output().unwrap());
    assert_eq!(said.status, Some(0), "{}", said.err);
    let line = |begins: &str| {
        let mut lines = said.out.lines();
        let found = lines.find(|line| line.starts_with(begins));
        found.unwrap_or_else(|| panic!("{begins}: {}", said.out))
    };
    assert!(line("check.window = \"3m\"").ends_with("# file"));
    assert!(line("check.drain = \"5s\"").ends_with("# environment, ZAIGANG_CHECK_DRAIN"));
    assert!(line("zone = \"Asia/Shanghai\"").ends_with("# default"));
    assert!(line("units =").ends_with("# not set"));
    assert!(line("zne = ").ends_with("# file"));
    assert_eq!(line("TELOXIDE_TOKEN"), "TELOXIDE_TOKEN: set (not shown)");
    assert!(line("TELOXIDE_PROXY").ends_with("http://***@proxy.example:3128"));
    for secret in ["hush", "whisper", "word@"] {
        assert!(!said.out.contains(secret), "{}", said.out);
    }
}

#[test]
fn settings_that_cannot_be_read_are_told_and_nothing_else() {
    for toml in ["[check\n", "[check]\nwindwo = \"5m\"\n"] {
        let office = Office::with(&[("zaigang.toml", toml)]);
        let said = office.run(&["config"]);
        assert_eq!(
            (said.status, said.out.as_str()),
            (Some(2), ""),
            "{}",
            said.err
        );
        assert!(said.err.contains("zaigang.toml"), "{}", said.err);
    }
    let said = Office::with(&[]).run(&["config", "--config", "nowhere.toml"]);
    assert_eq!(said.status, Some(2), "{}", said.out);
}
