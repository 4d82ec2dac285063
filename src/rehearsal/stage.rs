use std::collections::{BTreeMap, BTreeSet};

use crate::decide::{AccountId, Press};
use crate::spotcheck::Unreached;
use crate::telegram::{Receipt, SendError};
use crate::time::{Moment, TimeDelta};
use crate::words::chat::Rendered;

/// The played Telegram: everybody's screen, and who can be reached.
#[derive(Default)]
pub(super) struct Stage {
    people: BTreeMap<AccountId, Played>,
    reach: BTreeMap<AccountId, Reach>,
    started: BTreeSet<AccountId>,
    screens: BTreeMap<AccountId, Vec<Message>>,
    numbers: BTreeMap<AccountId, i32>,
    lines: Vec<Line>,
}

/// Somebody with a phone.
#[derive(Clone, Debug)]
pub(super) struct Played {
    pub account: AccountId,
    pub name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    Open,
    /// Stopped the bot.
    Blocked,
    /// Deleted the account.
    Gone,
}

/// A message of the bot's as it stands on a screen now.
#[derive(Clone, Debug)]
pub struct Message {
    pub number: i32,
    pub html: String,
    pub buttons: Vec<(String, Press)>,
}

/// One line of the story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub at: Moment,
    /// Whose chat it is.
    pub account: AccountId,
    pub name: String,
    pub speaker: Speaker,
    /// Without markup; buttons in ⟦⟧ on a line of their own.
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaker {
    Person,
    Bot,
    /// The bot changed a message that stands.
    BotEdit,
    /// Over a button.
    BotToast,
}

impl Stage {
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    pub fn screen(&self, account: AccountId) -> Vec<&Message> {
        self.screens
            .get(&account)
            .map(|screen| screen.iter().collect())
            .unwrap_or_default()
    }

    pub fn set_reach(&mut self, account: AccountId, reach: Reach) {
        self.reach.insert(account, reach);
    }

    pub fn introduce(&mut self, account: AccountId, name: &str) {
        let name = name.to_owned();
        self.people.insert(account, Played { account, name });
    }

    pub fn started(&mut self, account: AccountId) {
        self.started.insert(account);
    }

    pub fn person(&self, account: AccountId) -> Played {
        self.people.get(&account).cloned().unwrap_or(Played {
            account,
            name: account.0.to_string(),
        })
    }

    pub fn next_message(&mut self, account: AccountId) -> i32 {
        let number = self.numbers.entry(account).or_insert(0);
        *number += 1;
        *number
    }

    /// A person said or did something.
    pub fn heard(&mut self, at: Moment, account: AccountId, text: &str) {
        self.line(at, account, Speaker::Person, text.to_owned());
    }

    /// The newest button whose label holds `label`: its message, whole label and meaning.
    pub fn button(&self, account: AccountId, label: &str) -> Option<(i32, String, Press)> {
        let screen = self.screens.get(&account)?;
        screen.iter().rev().find_map(|message| {
            let found = message.buttons.iter().find(|(l, _)| l.contains(label));
            found.map(|(shown, press)| (message.number, shown.clone(), *press))
        })
    }

    /// A message of the bot's reaches a phone, or is refused as Telegram would.
    pub fn receive(
        &mut self,
        at: Moment,
        to: AccountId,
        existing: Option<i32>,
        message: Rendered,
    ) -> Result<Receipt, SendError> {
        match self.reach.get(&to).copied().unwrap_or(Reach::Open) {
            Reach::Blocked => return Err(SendError::Gone(Unreached::Blocked)),
            Reach::Gone => return Err(SendError::Gone(Unreached::Deactivated)),
            Reach::Open if !self.started.contains(&to) => {
                return Err(SendError::Gone(Unreached::NeverStarted));
            }
            Reach::Open => {}
        }
        // Telegram's dates are whole seconds.
        let dated = at - TimeDelta::nanoseconds(i64::from(at.timestamp_subsec_nanos()));
        match message {
            Rendered::Seen { .. } | Rendered::Menu { .. } => Ok(Receipt {
                message: None,
                dated: None,
            }),
            Rendered::Toast { text, .. } => {
                self.line(at, to, Speaker::BotToast, text);
                Ok(Receipt {
                    message: None,
                    dated: None,
                })
            }
            Rendered::Document(document) => {
                let file = format!("📎 {}", document.file_name);
                let message = (document.caption, document.buttons);
                let number = self.with_file(at, to, &file, message);
                Ok(Receipt {
                    message: Some(number),
                    dated: Some(dated),
                })
            }
            Rendered::Photo(photo) => {
                let message = (photo.caption, photo.buttons);
                let number = self.with_file(at, to, "📷", message);
                Ok(Receipt {
                    message: Some(number),
                    dated: Some(dated),
                })
            }
            Rendered::Passed { caption, .. } => {
                let number = self.with_file(at, to, "📷", (caption, Vec::new()));
                Ok(Receipt {
                    message: Some(number),
                    dated: Some(dated),
                })
            }
            Rendered::Message { html, buttons, .. } => {
                let buttons: Vec<(String, Press)> = buttons.into_iter().flatten().collect();
                let text = shown(&html, &buttons);
                let screen = self.screens.entry(to).or_default();
                let standing = existing.and_then(|n| screen.iter_mut().find(|m| m.number == n));
                if let Some(standing) = standing {
                    let number = standing.number;
                    *standing = Message {
                        number,
                        html,
                        buttons,
                    };
                    self.line(at, to, Speaker::BotEdit, text);
                    return Ok(Receipt {
                        message: Some(number),
                        dated: Some(dated),
                    });
                }
                let number = self.next_message(to);
                self.screens.entry(to).or_default().push(Message {
                    number,
                    html,
                    buttons,
                });
                self.line(at, to, Speaker::Bot, text);
                Ok(Receipt {
                    message: Some(number),
                    dated: Some(dated),
                })
            }
        }
    }

    /// A file or a picture reaches a phone, with its caption and buttons; its number there.
    fn with_file(
        &mut self,
        at: Moment,
        to: AccountId,
        file: &str,
        (html, buttons): (String, Vec<Vec<(String, Press)>>),
    ) -> i32 {
        let buttons: Vec<(String, Press)> = buttons.into_iter().flatten().collect();
        let caption = shown(&html, &buttons);
        let number = self.next_message(to);
        self.screens.entry(to).or_default().push(Message {
            number,
            html,
            buttons,
        });
        self.line(at, to, Speaker::Bot, format!("{file}\n{caption}"));
        number
    }

    fn line(&mut self, at: Moment, account: AccountId, speaker: Speaker, text: String) {
        let name = self.person(account).name;
        self.lines.push(Line {
            at,
            account,
            name,
            speaker,
            text,
        });
    }
}

fn shown(html: &str, buttons: &[(String, Press)]) -> String {
    let mut text = String::with_capacity(html.len());
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    let mut text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    if !buttons.is_empty() {
        text.push('\n');
        let labels: Vec<String> = buttons.iter().map(|(l, _)| format!("⟦{l}⟧")).collect();
        text.push_str(&labels.join(" "));
    }
    text
}
