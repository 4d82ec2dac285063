//! Commands as people type them: with a slash, or the plain words of the menu.

use teloxide::types::BotCommand;
use teloxide::utils::command::BotCommands;
use unicode_normalization::UnicodeNormalization;

use crate::decide::{Command, Lang, Listener, Order};
use crate::words::menu::{Entry, lang_named, names_all};

#[derive(BotCommands)]
#[command(rename_rule = "lowercase")]
enum Slash {
    Start(String),
    Help,
    Gaps,
    Who,
    Check(String),
    Unbound,
    Invite(String),
    Unbind(String),
    Me,
    Lang(String),
    Cancel,
    Draw,
    Phone,
    Export,
    Template,
    Leave(String),
    Swap(String),
    Versions,
    Unit(String),
    Chase,
    Ready,
    Report,
    Desk,
    Circular,
    Clerks,
}

/// The bot's menu for `who`, in `lang`.
#[must_use]
pub fn menu(who: Listener, lang: Lang) -> Vec<BotCommand> {
    let entries = Entry::of(who).iter();
    entries
        .map(|entry| BotCommand::new(entry.command(), entry.about(lang)))
        .collect()
}

/// What `text` orders; `None` where it is no command.
pub(super) fn command_in(text: &str) -> Option<Command> {
    let text = text.trim();
    let slashed = text.strip_prefix(['/', '／']).map(after_slash);
    slashed.or_else(|| Entry::asked_by(text).map(asked_for))
}

fn after_slash(rest: &str) -> Command {
    let (word, words_after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    // In a group a command may name its bot; those of other bots do not get here.
    let name = word.split_once('@').map_or(word, |(name, _)| name);
    let plain = format!("/{} {}", name.to_lowercase(), words_after.trim());
    let Ok(slash) = Slash::parse(&plain, "") else {
        return Command::Unknown(format!("/{name}"));
    };
    match slash {
        Slash::Start(payload) => Command::Start(payload),
        Slash::Help => Command::Help,
        Slash::Gaps => Command::Gaps,
        Slash::Who => Command::Who,
        Slash::Check(whom) => Command::Check(order_in(&whom)),
        Slash::Unbound => Command::Unbound,
        Slash::Invite(name) => Command::Invite(name),
        Slash::Unbind(name) => Command::Unbind(name),
        Slash::Me => Command::Me,
        Slash::Lang(word) => Command::Lang(lang_named(&word)),
        Slash::Cancel => Command::Cancel,
        Slash::Draw => Command::Draw,
        Slash::Phone => Command::Phone,
        Slash::Export => Command::Export,
        Slash::Template => Command::Template,
        Slash::Leave(name) => Command::Leave(name),
        Slash::Swap(name) => Command::Swap(name),
        Slash::Versions => Command::Versions,
        Slash::Unit(name) => Command::Unit(name.trim().to_owned()),
        Slash::Chase => Command::Chase,
        Slash::Ready => Command::Ready,
        Slash::Report => Command::Report,
        Slash::Desk => Command::Desk,
        Slash::Circular => Command::Circular,
        Slash::Clerks => Command::Clerks,
    }
}

fn asked_for(entry: Entry) -> Command {
    match entry {
        Entry::Gaps => Command::Gaps,
        Entry::Who => Command::Who,
        Entry::Check => Command::Check(None),
        Entry::Unbound => Command::Unbound,
        Entry::Invite => Command::Invite(String::new()),
        Entry::Unbind => Command::Unbind(String::new()),
        Entry::Me => Command::Me,
        Entry::Lang => Command::Lang(None),
        Entry::Cancel => Command::Cancel,
        Entry::Help => Command::Help,
        Entry::Draw => Command::Draw,
        Entry::Phone => Command::Phone,
        Entry::Export => Command::Export,
        Entry::Template => Command::Template,
        Entry::Leave => Command::Leave(String::new()),
        Entry::Swap => Command::Swap(String::new()),
        Entry::Versions => Command::Versions,
        Entry::Unit => Command::Unit(String::new()),
        Entry::Chase => Command::Chase,
        Entry::Ready => Command::Ready,
        Entry::Report => Command::Report,
        Entry::Desk => Command::Desk,
        Entry::Circular => Command::Circular,
        Entry::Clerks => Command::Clerks,
    }
}

/// Whom a check was ordered for; `None` where that is still to be chosen.
fn order_in(whom: &str) -> Option<Order> {
    let plain: String = whom.nfkc().collect();
    let is_number = !plain.is_empty() && plain.bytes().all(|b| b.is_ascii_digit());
    if is_number {
        // A number too large to count with is more than everybody anyway.
        let people = plain.parse().unwrap_or(u32::MAX);
        return (people > 0).then_some(Order::Some(people));
    }
    if names_all(&plain) {
        return Some(Order::All);
    }
    (!whom.is_empty()).then(|| Order::Unit(whom.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_checks(text: &str, order: Order) {
        assert_eq!(command_in(text), Some(Command::Check(Some(order))));
    }

    #[test]
    fn every_line_of_the_menu_is_a_command() {
        for lang in [Lang::Zh, Lang::En] {
            for entry in menu(Listener::Clerk, lang) {
                let command = command_in(&format!("/{}", entry.command));
                assert!(
                    !matches!(command, None | Some(Command::Unknown(_))),
                    "/{}",
                    entry.command
                );
                assert!((1..=256).contains(&entry.description.chars().count()));
            }
        }
    }

    #[test]
    fn a_link_brings_its_payload_to_the_letter() {
        let start = |payload: &str| Some(Command::Start(payload.to_owned()));
        assert_eq!(command_in("/start claim_aB-9_x"), start("claim_aB-9_x"));
        assert_eq!(command_in("/start"), start(""));
    }

    #[test]
    fn a_command_may_name_the_bot_and_be_typed_on_a_chinese_keyboard() {
        assert_eq!(command_in("/gaps@zaigang_bot"), Some(Command::Gaps));
        assert_checks("/check@zaigang_bot all", Order::All);
        assert_eq!(command_in(" ／Who "), Some(Command::Who));
        assert_eq!(command_in("/who now"), Some(Command::Who));
    }

    #[test]
    fn a_check_is_for_all_for_some_or_for_a_unit() {
        assert_eq!(command_in("/check"), Some(Command::Check(None)));
        assert_checks("/check all", Order::All);
        assert_checks("/check 全部", Order::All);
        assert_checks("/check ALL", Order::All);
        assert_checks("/check 3", Order::Some(3));
        assert_checks("/check　１２", Order::Some(12));
        assert_eq!(command_in("/check 0"), Some(Command::Check(None)));
        assert_checks("/check 99999999999", Order::Some(u32::MAX));
        let unit = Order::Unit("东河乡 二组".into());
        assert_checks("/check\n东河乡 二组", unit);
    }

    #[test]
    fn a_language_goes_by_its_names() {
        assert_eq!(
            command_in("/lang 中文"),
            Some(Command::Lang(Some(Lang::Zh)))
        );
        assert_eq!(command_in("/lang EN"), Some(Command::Lang(Some(Lang::En))));
        assert_eq!(command_in("/lang fr"), Some(Command::Lang(None)));
    }

    #[test]
    fn plain_words_order_only_when_they_stand_alone() {
        assert_eq!(command_in("空档"), Some(Command::Gaps));
        assert_eq!(command_in("谁在岗"), Some(Command::Who));
        assert_eq!(command_in("抽查"), Some(Command::Check(None)));
        assert_eq!(command_in("我的班次"), Some(Command::Me));
        assert_eq!(command_in("抽查什么时候"), None);
    }

    #[test]
    fn words_that_answer_a_check_order_nothing() {
        for answer in ["在岗", "畅通", "here", "0417", "我在岗"] {
            assert_eq!(command_in(answer), None, "{answer}");
        }
    }

    #[test]
    fn a_slash_with_anything_else_is_named_back() {
        let unknown = |command: &str| Some(Command::Unknown(command.to_owned()));
        assert_eq!(command_in("/gasp now"), unknown("/gasp"));
        assert_eq!(command_in("/"), unknown("/"));
        assert_eq!(command_in("/ gaps"), unknown("/"));
    }
}
