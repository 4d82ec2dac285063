//! The real binary as a process, against the stand-in, as the contract of driving.md has it.
//!
//! Knows the program only from outside: its arguments, its environment, what it prints, what it says in chats.

mod answers;
mod bad_input;
mod circular;
mod clerks;
mod daily;
mod desk;
mod doctor;
mod drafts;
mod draw;
mod excuses;
#[cfg(target_os = "linux")]
mod flood;
mod forgeries;
mod form;
mod formulas;
mod intruders;
#[cfg(target_os = "linux")]
mod kill_points;
mod kill_storm;
mod ladder;
mod language;
mod leave;
mod links;
mod main_job;
mod orders;
mod organisations;
mod page;
mod phone;
mod picture;
mod pointing;
mod ready;
pub mod roster;
pub mod running;
mod server;
mod several;
mod shown;
mod starting;
#[cfg(target_os = "linux")]
mod storage;
mod template;
mod units;
mod versions;
pub mod visitor;
mod weather;
mod webhook;

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::botapi::view::Seen;
use crate::botapi::{BotApi, Person, TOKEN};
use roster::{Plan, Roster};
use running::Running;

/// Where the binary under test is.
const BINARY: &str = env!("CARGO_BIN_EXE_zaigang");

/// A data folder, a configuration, a stand-in, and the program that runs on them.
pub struct House {
    api: BotApi,
    folder: TempDir,
    pub running: Running,
    pub plan: Plan,
    phones: Vec<String>,
}

/// What differs from test to test.
pub struct Settings {
    pub window: &'static str,
    /// Random checks of each unit.
    pub per_unit: u32,
    /// Lines for the end of the `[check]` section.
    pub check: &'static str,
    /// Sections after it.
    pub more: &'static str,
    pub language: &'static str,
    /// `units.csv`, where the office keeps one.
    pub units: Option<&'static str>,
    /// The database, where that is not a file in the folder.
    pub store: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            window: "2s",
            per_unit: 0,
            check: "",
            more: "",
            language: "zh",
            units: None,
            store: None,
        }
    }
}

impl Settings {
    /// A window nobody sees the end of.
    pub fn patient() -> Self {
        Self {
            window: "10m",
            ..Self::default()
        }
    }

    /// The same for whoever reads English.
    pub fn english() -> Self {
        Self {
            language: "en",
            ..Self::patient()
        }
    }
}

impl House {
    /// Starts the program on an empty folder and waits until it listens.
    pub async fn open(settings: Settings) -> Self {
        let api = BotApi::start().await;
        let folder = TempDir::new().expect("a temporary folder");
        let plan = Plan::around_now();
        let Settings {
            window,
            per_unit,
            check,
            more,
            language,
            units,
            store,
        } = settings;
        let store = store.map_or_else(String::new, |url| format!("[store]\nurl = \"{url}\"\n"));
        let list = units.map_or("", |_| "units = \"units.csv\"\n");
        if let Some(units) = units {
            std::fs::write(folder.path().join("units.csv"), units).expect("a writable folder");
        }
        let config = format!(
            "{list}zone = \"Asia/Shanghai\"\nlanguage = \"{language}\"\n\
             [period]\nfrom = \"{}\"\nto = \"{}\"\n\
             [check]\nwindow = \"{window}\"\ndrain = \"1s\"\nrung_patience = \"2s\"\nper_unit = {per_unit}\n{check}\n\
             [server]\nlisten = \"127.0.0.1:0\"\n{more}\n{store}",
            plan.from(),
            plan.to(),
        );
        std::fs::write(folder.path().join("zaigang.toml"), config).expect("a writable folder");
        let running = Running::start(command(&api, folder.path())).await;
        api.webhook_lies_at(&running.address());
        Self {
            api,
            folder,
            running,
            plan,
            phones: Vec::new(),
        }
    }

    /// A house with its clerk in place.
    pub async fn with_clerk(settings: Settings) -> (Self, Person) {
        let mut house = Self::open(settings).await;
        let clerk = house.person("陈静", "8613800009999");
        let link = house.running.expect_line("?start=claim_").await;
        clerk.start(payload(&link, "claim_"));
        clerk.expect_reply().await;
        (house, clerk)
    }

    /// A house where `roster` is in force and everybody in it with an account is bound by contact.
    pub async fn on_duty(settings: Settings, roster: &Roster) -> (Self, Person, Vec<Person>) {
        let (mut house, clerk) = Self::with_clerk(settings).await;
        house.puts_in_force(&clerk, roster).await;
        let mut officers = Vec::new();
        for (name, phone) in roster.people() {
            let officer = house.person(name, &format!("86{phone}"));
            bind(&officer).await;
            officers.push(officer);
        }
        (house, clerk, officers)
    }

    /// Someone with an account, whose number must never show in a log.
    pub fn person(&mut self, name: &str, phone: &str) -> Person {
        self.phones.push(phone.trim_start_matches("86").to_owned());
        self.api.person(name, phone)
    }

    /// Drops the roster into the clerk's chat and presses the button with 启用 (or "Use").
    pub async fn puts_in_force(&self, clerk: &Person, roster: &Roster) {
        puts_in_force(clerk, roster, &self.plan).await;
    }

    /// The settings with `old` as `new`, from the next start on.
    fn rewrites_settings(&self, old: &str, new: &str) {
        let file = self.folder.path().join("zaigang.toml");
        let text = std::fs::read_to_string(&file).expect("settings");
        assert!(text.contains(old), "{text}");
        std::fs::write(&file, text.replace(old, new)).expect("a writable folder");
    }

    /// kill -9, now.
    async fn killed(&mut self) {
        self.running.kill().await;
    }

    /// The same folder again.
    async fn restarted(&mut self) {
        let said = self.running.said();
        self.running = Running::start_after(command(&self.api, self.folder.path()), said).await;
        self.api.webhook_lies_at(&self.running.address());
    }

    /// The end of every test: nothing left unanswered, a polite exit, clean logs.
    pub async fn closes(mut self) {
        self.api
            .expect("every press to be answered", |api| {
                (api.unanswered_presses() == 0).then_some(())
            })
            .await;
        assert_eq!(
            self.api.strays(),
            Vec::<String>::new(),
            "methods the stand-in lacks"
        );
        let code = self.running.stop().await;
        assert_eq!(
            code,
            Some(0),
            "SIGTERM ends with 0\n{}",
            self.running.said().text()
        );
        self.logs_are_clean();
    }

    fn logs_are_clean(&self) {
        let said = self.running.said().text();
        for phone in &self.phones {
            assert!(
                !said.contains(phone.as_str()),
                "a full number is in the log ({phone}):\n{said}"
            );
        }
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!(
                "--- what the program printed\n{}",
                self.running.said().text()
            );
            eprintln!("--- the story\n{}", self.api.transcript());
        } else {
            self.logs_are_clean();
        }
    }
}

fn command(api: &BotApi, folder: &Path) -> Command {
    let mut command = Command::new(BINARY);
    command
        .arg("serve")
        .arg("--data")
        .arg(folder)
        .arg("--config")
        .arg(folder.join("zaigang.toml"))
        .current_dir(folder)
        .env_clear()
        .env("TELOXIDE_TOKEN", TOKEN)
        .env("TELOXIDE_API_URL", api.url())
        // The most talkative log is the one that must not give secrets away.
        .env("RUST_LOG", "debug");
    command
}

/// The `start` payload of a link in `text`, prefix included.
fn payload<'a>(text: &'a str, prefix: &str) -> &'a str {
    let (_, rest) = text
        .split_once("?start=")
        .unwrap_or_else(|| panic!("no link with {prefix} in: {text}"));
    let end = rest
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-')
        .unwrap_or(rest.len());
    assert!(rest.starts_with(prefix), "not a {prefix} link: {rest}");
    &rest[..end]
}

/// The one button of a message that puts a roster in force.
fn putting_in_force(seen: &crate::botapi::view::Seen) -> Option<(i64, String)> {
    // 暂不使用 holds neither 启用 nor "Use".
    let fitting = |label: &&String| label.contains("启用") || label.contains("Use");
    let labels: Vec<&String> = seen.buttons.iter().filter(fitting).collect();
    match labels.as_slice() {
        [only] => Some((seen.id, (*only).clone())),
        [] => None,
        _ => panic!(
            "more than one button puts the roster in force: {:?}",
            seen.buttons
        ),
    }
}

/// Drops the roster into the clerk's chat and presses the button with 启用 (or "Use").
pub async fn puts_in_force(clerk: &Person, roster: &Roster, plan: &Plan) {
    clerk.sends_file("国庆值班表.csv", roster.csv(plan));
    let label = clerk
        .expect("a button that puts the roster in force", |view| {
            let (_, label) = putting_in_force(view.replies().last()?)?;
            Some(label)
        })
        .await;
    let press = clerk.presses(&label);
    clerk.expect_press_answered(&press).await;
    clerk
        .expect("the roster to be in force", |view| {
            view.bots()
                .rev()
                .find(|seen| seen.text.contains("已启用") || seen.text.contains("in force"))
                .map(|_| ())
        })
        .await;
}

/// A round of checks: it goes on when the question is with every one of `officers`.
pub async fn asks_all(clerk: &Person, officers: &[Person]) {
    clerk.says("/check all");
    for officer in officers {
        officer.expect_button("在岗").await;
    }
}

/// Presses the button once it is there, and sees the press answered.
pub async fn presses(person: &Person, label: &str) {
    person.expect_button(label).await;
    let press = person.presses(label);
    person.expect_press_answered(&press).await;
}

/// The newest of the bot's replies, once it says `words`.
pub async fn status(person: &Person, words: &str) -> Seen {
    person
        .expect(words, |view| {
            let last = view.replies().last().copied()?;
            last.text.contains(words).then(|| last.clone())
        })
        .await
}

/// Presses /start and shares the own contact.
pub async fn bind(officer: &Person) {
    officer.start("");
    officer
        .expect("the contact button", |view| {
            (!view.keyboard.is_empty()).then_some(())
        })
        .await;
    officer.shares_own_contact();
    officer
        .expect("to be bound by name", |view| {
            view.replies()
                .iter()
                .any(|seen| seen.text.contains(&officer.name))
                .then_some(())
        })
        .await;
}

/// The check's number in a ping, as four or more digits.
fn number_of(ping: &str) -> &str {
    let rest = ping
        .split_once("第 ")
        .map_or_else(|| panic!("no number in: {ping}"), |(_, rest)| rest);
    rest.split_once(" 号")
        .map_or_else(|| panic!("no number in: {ping}"), |(number, _)| number)
}

/// The line of counts that a round's summary has for these.
pub fn counts(
    present: usize,
    late: usize,
    no_answer: usize,
    undeliverable: usize,
    void: usize,
) -> String {
    format!("在岗 {present}，迟答 {late}，没答 {no_answer}，送不到 {undeliverable}，作废 {void}")
}
