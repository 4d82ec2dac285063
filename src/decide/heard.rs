//! What somebody did in a chat, sorted by who they are.

use chrono::TimeDelta;

use super::answers::texted;
use super::binding::{account_or_new, contact, started, unbind, upcoming};
use super::draft::Draft;
use super::presses;
use super::statements::{self, Words};
use super::{Account, Chase, ChatPlace, Command, Heard, Listener, Say, Urgency, What};
use super::{
    LeaveKind, chase, circular, clerks, daily, desk, draws, gaps, leave, phone, ready, rounds,
    strangers, template, unit, uploads, versions,
};
use crate::journal::Deed;
use crate::spotcheck::{Attachment, AttachmentKind};

/// A stranger gets at most one line in this time.
const STRANGERS_PATIENCE: TimeDelta = TimeDelta::minutes(1);

pub(super) fn heard(draft: &mut Draft<'_>, heard: &Heard) {
    sorted(draft, heard);
    if heard.place != ChatPlace::Desk {
        strangers::limited(draft, heard);
    }
}

fn sorted(draft: &mut Draft<'_>, heard: &Heard) {
    if let What::Press { query, press } = &heard.what {
        presses::pressed(draft, heard, query, press);
        return;
    }
    // Answers count in private only, and a roster is nobody's business in a group.
    if heard.place == ChatPlace::Group {
        return;
    }
    let who = draft.listener(heard.account);
    match &heard.what {
        What::Command(command) => on_command(draft, heard, who, command),
        // Who was asked may answer, also after their account was freed.
        What::Answer(answer) if who != Listener::Outsider || was_asked(draft, heard) => {
            texted(draft, heard, *answer);
        }
        What::Text(text) if leave::written(draft, heard, text) == leave::Taken::Yes => {}
        What::Text(text) if statements::words(draft, heard, text) == Words::Taken => {}
        What::Text(text) if circular::written(draft, heard, text) == Words::Taken => {}
        What::Text(text) if daily::written(draft, heard, text) == daily::Writing::Taken => {}
        // Any word answers the test message; its receipt stands there.
        What::Text(_) if ready::awaits(draft.world, heard.account) => {}
        What::Answer(_) | What::Text(_) => {
            aside(draft, heard, who, Say::NotUnderstood { who });
        }
        What::File {
            file,
            file_name,
            bytes,
        } => match who {
            Listener::Clerk | Listener::Liaison => {
                uploads::received(draft, heard, file, file_name, *bytes);
            }
            Listener::Officer | Listener::Outsider => {
                draft.note(Deed::StrangerFile {
                    account: heard.account.0,
                });
                aside(draft, heard, who, Say::FileRefused);
            }
        },
        What::Shown {
            attachment,
            caption,
        } => shown(draft, heard, who, attachment, caption),
        What::Contact { phone, of } => contact(draft, heard, phone.as_ref(), *of),
        What::Unreadable | What::Press { .. } => {
            aside(draft, heard, who, Say::Unreadable);
        }
    }
}

/// A photo or a voice message says something only where something was asked.
fn shown(
    draft: &mut Draft<'_>,
    heard: &Heard,
    who: Listener,
    attachment: &Attachment,
    caption: &str,
) {
    if statements::shown(draft, heard, attachment, caption) == Words::Taken
        || circular::shown(draft, heard, attachment, caption) == Words::Taken
    {
        return;
    }
    let is_photo = attachment.kind == AttachmentKind::Photo;
    if is_photo && matches!(who, Listener::Clerk | Listener::Liaison) {
        draft.say(heard.account, Urgency::Report, Say::PhotoNotRoster);
    } else {
        aside(draft, heard, who, Say::Unreadable);
    }
}

fn was_asked(draft: &Draft<'_>, heard: &Heard) -> bool {
    draft.world.checks.of(heard.account).next().is_some()
}

/// A line to whoever wrote something we can do nothing with; strangers get one a minute, and one
/// that tells them nothing.
fn aside(draft: &mut Draft<'_>, heard: &Heard, who: Listener, say: Say) {
    if who != Listener::Outsider {
        draft.say(heard.account, Urgency::Report, say);
        return;
    }
    let account = account_or_new(draft, heard);
    let silent = account
        .told_at
        .is_some_and(|at| draft.now - at < STRANGERS_PATIENCE);
    if silent {
        return;
    }
    let say = match say {
        Say::FileRefused | Say::Unreadable => say,
        _ => Say::Stranger,
    };
    draft.put_account(Account {
        told_at: Some(draft.now),
        ..account
    });
    draft.say(heard.account, Urgency::Report, say);
}

fn on_command(draft: &mut Draft<'_>, heard: &Heard, who: Listener, command: &Command) {
    let to = heard.account;
    match command {
        Command::Start(payload) => started(draft, heard, payload),
        Command::Lang(None) => draft.say(to, Urgency::Report, Say::LangChoice),
        Command::Lang(lang) => {
            let account = account_or_new(draft, heard);
            draft.put_account(Account {
                lang: *lang,
                ..account
            });
            draft.say(to, Urgency::Report, Say::LangSet);
            draft.show_menu(to);
        }
        _ if who == Listener::Outsider => aside(draft, heard, who, Say::Stranger),
        Command::Help => draft.say(to, Urgency::Report, Say::Help { who }),
        Command::Me => tell_shifts(draft, heard),
        Command::Cancel => {
            let _ = leave::dropped(draft, to);
            statements::forget(draft, to);
            circular::forget(draft, to);
            draft.say(to, Urgency::Report, Say::Cancelled);
        }
        Command::Leave(name) => leave::asked(draft, heard, LeaveKind::Leave, name),
        Command::Report => daily::reported(draft, heard),
        Command::Swap(name) => leave::asked(draft, heard, LeaveKind::Swap, name),
        Command::Unknown(command) => {
            let command = command.clone();
            draft.say(to, Urgency::Report, Say::UnknownCommand { command });
        }
        Command::Unit(name) => unit::tell_unit(draft, heard, who, name),
        Command::Template if who == Listener::Liaison => template::tell_template(draft, heard),
        _ if who != Listener::Clerk => draft.say(to, Urgency::Report, Say::OnlyForClerks),
        Command::Gaps => gaps::tell_gaps(draft, heard),
        Command::Who => gaps::tell_who(draft, heard),
        Command::Check(None) => offer_check(draft, heard),
        Command::Check(Some(order)) => rounds::ordered(draft, heard, order),
        Command::Unbound => gaps::tell_unbound(draft, heard),
        Command::Invite(name) => gaps::tell_invitation(draft, heard, name),
        Command::Unbind(name) => unbind(draft, heard, name),
        Command::Draw => draws::tell_draw(draft, heard),
        Command::Phone => phone::tell_worksheet(draft, heard),
        Command::Export => draft.say(to, Urgency::Report, Say::JournalExport),
        Command::Circular => circular::ordered(draft, heard),
        Command::Ready => ready::tell_readiness(draft, heard),
        Command::Template => template::tell_template(draft, heard),
        Command::Versions => versions::tell_versions(draft, heard),
        Command::Chase => chase::ordered(draft, heard, Chase::Roster),
        Command::Desk => desk::offered(draft, heard),
        Command::Clerks => clerks::tell_clerks(draft, heard),
        Command::Fill(unit) => chase::fill(draft, heard, unit),
    }
}

fn offer_check(draft: &mut Draft<'_>, heard: &Heard) {
    let say = if draft.world.in_force().is_some() {
        let on_duty = rounds::askable(draft.world, draft.now).len();
        Say::CheckChoice {
            on_duty: u32::try_from(on_duty).unwrap_or(u32::MAX),
        }
    } else {
        Say::NoRoster
    };
    draft.say(heard.account, Urgency::Report, say);
}

pub(super) fn tell_shifts(draft: &mut Draft<'_>, heard: &Heard) {
    let bound = draft.account(heard.account).and_then(|a| a.bound.clone());
    let say = match bound {
        Some(bound) => Say::MyShifts {
            shifts: upcoming(draft, heard.account),
            way: draft.world.pages_open(draft.now),
            name: bound.name,
            unit: bound.unit,
        },
        None => Say::NotBoundYet,
    };
    draft.say(heard.account, Urgency::Report, say);
}
