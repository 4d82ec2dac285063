//! What somebody does on their own page, and what our being out of reach means for it.

use super::links::known_or_new;
use super::{OwnLinks, Page, Way};
use crate::decide::draft::Draft;
use crate::decide::{
    ChatPlace, Check, Command, Heard, LeaveId, LeaveKind, LeavePress, Press, Pressed, Record, Say,
    Urgency, What, World, answers, leave, statements,
};
use crate::duty::Member;
use crate::journal::Deed;
use crate::spotcheck::{Blind, CheckId, Event};

/// Somebody opened their page for the first time.
pub(in crate::decide) fn opened(draft: &mut Draft<'_>, member: &Member) {
    let page = known_or_new(draft.world, &member.unit, &member.name);
    if page.opened.is_some() {
        return;
    }
    draft.note(Deed::PageOpened {
        unit: page.unit.clone(),
        name: page.name.clone(),
    });
    let opened = Some(draft.now);
    draft.put(Record::Page(Page { opened, ..page }));
}

/// Of all that a chat knows, a page has the answer, its explanation, and one's own leave.
pub(in crate::decide) fn heard(draft: &mut Draft<'_>, heard: &Heard) {
    let none = String::new;
    match &heard.what {
        What::Press {
            press: Pressed::Ours(press),
            ..
        } => match *press {
            Press::Answer(check) => answers::pressed(draft, heard, none(), check),
            Press::Explain(check, why) => statements::explained(draft, heard, none(), check, why),
            Press::Leave(id, step) if is_own_step(draft.world, heard, id, step) => {
                leave::pressed(draft, heard, id, step, none());
            }
            _ => {}
        },
        What::Command(Command::Leave(_)) => leave::asked(draft, heard, LeaveKind::Leave, ""),
        What::Command(Command::Swap(_)) => leave::asked(draft, heard, LeaveKind::Swap, ""),
        What::Text(text) => {
            let _ = leave::written(draft, heard, text);
        }
        _ => {}
    }
}

/// A page agrees to nobody else's leave: its link is passed on more easily than an account.
fn is_own_step(world: &World, heard: &Heard, id: LeaveId, step: LeavePress) -> bool {
    let Some(leave) = world.leaves.get(&id) else {
        return false;
    };
    leave.by == heard.account && (!leave.is_asked() || step == LeavePress::Withdraw)
}

/// Whether the check asks whoever was heard.
pub(in crate::decide) fn is_own(world: &World, heard: &Heard, check: &Check) -> bool {
    let asked = &check.asked;
    let by_account = asked.account == Some(heard.account);
    let by_page = || {
        let person = world.behind(heard.account);
        person.is_some_and(|p| p.is(&asked.unit, &asked.name, asked.phone.as_ref()))
    };
    by_account || (heard.place == ChatPlace::Page && by_page())
}

/// The program begins: for the time of `down` no page could be reached. Whoever uses theirs may
/// have tried to answer.
pub(in crate::decide) fn came_up(draft: &mut Draft<'_>, down: Blind) {
    let world = draft.world;
    let in_doubt: Vec<CheckId> = world
        .checks
        .values()
        .filter(|check| check.state.is_open() && uses_page(world, check))
        .map(|check| check.id)
        .collect();
    for check in in_doubt {
        let _ = draft.happen(check, &Event::WentBlind(down));
    }
}

fn uses_page(world: &World, check: &Check) -> bool {
    let page = world.page(&check.asked.unit, &check.asked.name);
    page.is_some_and(|page| page.opened.is_some())
}

/// The button for the own page's address.
pub(in crate::decide) fn tell_page(draft: &mut Draft<'_>, heard: &Heard) {
    tell_link(draft, heard, |links| Say::MyPage { url: links.page });
}

/// The button for the own calendar's address.
pub(in crate::decide) fn tell_calendar(draft: &mut Draft<'_>, heard: &Heard) {
    tell_link(draft, heard, |links| Say::MyCalendar {
        url: links.calendar,
    });
}

fn tell_link(draft: &mut Draft<'_>, heard: &Heard, say: impl Fn(OwnLinks) -> Say) {
    let world = draft.world;
    let is_open = world.pages_open(draft.now) == Way::Open;
    let person = world.behind(heard.account).filter(|_| is_open);
    let say = person.map_or(Say::NotBoundYet, |person| {
        say(world.own_links(&Member {
            unit: person.unit,
            name: person.name,
            phone: person.phone,
        }))
    });
    draft.say(heard.account, Urgency::Report, say);
}
