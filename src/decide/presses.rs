//! Buttons: who may press which, and where each leads. Every press is answered, whoever pressed
//! what.

use super::answers;
use super::draft::Draft;
use super::heard::tell_shifts;
use super::statements::{came_back, explained, pleaded};
use super::{ChatPlace, Heard, Listener, Order, Press, Pressed, Say, Toast, Urgency};
use super::{
    chase, circular, clerks, daily, enclosure, form, gaps, leave, page, phone, ready, rounds,
    statements, template, unit, uploads, verdicts, versions,
};
use crate::journal::Deed;

/// A button was pressed.
pub(super) fn pressed(draft: &mut Draft<'_>, heard: &Heard, query: &str, press: &Pressed) {
    let press = match press {
        Pressed::Ours(press) if heard.place != ChatPlace::Group => *press,
        Pressed::Ours(_) | Pressed::Foreign => {
            draft.note(Deed::ForeignButton {
                account: heard.account.0,
            });
            toast(draft, heard, query, Toast::NotYours);
            return;
        }
    };
    let who = draft.listener(heard.account);
    if may(draft, heard, who, press) {
        done(draft, heard, who, query.to_owned(), press);
    } else {
        toast(draft, heard, query, Toast::OnlyForClerks);
    }
}

fn may(draft: &Draft<'_>, heard: &Heard, who: Listener, press: Press) -> bool {
    match press {
        // Made for one account alone, or nothing but the own shifts.
        Press::Answer(_)
        | Press::Plead(..)
        | Press::Back(_)
        | Press::Explain(..)
        | Press::Sighted(..)
        | Press::MyShifts
        | Press::MyPage
        | Press::MyCalendar
        | Press::Report(..)
        | Press::TestAnswer
        | Press::Circular(..)
        | Press::Leave(..) => true,
        // Whoever may send a file may say what it means; whose file it is, is asked there.
        Press::Use(_)
        | Press::Aside(_)
        | Press::Choose { .. }
        | Press::AnotherQuestion { .. }
        | Press::AskAgain(_)
        | Press::Marked(_)
        | Press::Unit
        | Press::Template => matches!(who, Listener::Clerk | Listener::Liaison),
        Press::Changes(version) => {
            who == Listener::Clerk || versions::is_of(draft, version, heard.account)
        }
        _ => who == Listener::Clerk,
    }
}

fn done(draft: &mut Draft<'_>, heard: &Heard, who: Listener, query: String, press: Press) {
    // The press is answered at once, and what it asks for follows.
    let mut asked = |tell: &dyn Fn(&mut Draft<'_>)| {
        toast(draft, heard, &query, Toast::Done);
        tell(draft);
    };
    match press {
        Press::MyShifts => asked(&|draft| tell_shifts(draft, heard)),
        Press::MyPage => asked(&|draft| page::tell_page(draft, heard)),
        Press::MyCalendar => asked(&|draft| page::tell_calendar(draft, heard)),
        Press::CheckAll => asked(&|draft| rounds::ordered(draft, heard, &Order::All)),
        Press::CheckSome(count) => {
            asked(&|draft| rounds::ordered(draft, heard, &Order::Some(count)));
        }
        Press::Gaps => asked(&|draft| gaps::tell_gaps(draft, heard)),
        Press::GapSheet => asked(&|draft| gaps::tell_gap_sheet(draft, heard)),
        Press::GapsCounted => asked(&|draft| gaps::tell_counting(draft, heard)),
        Press::Who => asked(&|draft| gaps::tell_who(draft, heard)),
        Press::Unbound => asked(&|draft| gaps::tell_unbound(draft, heard)),
        Press::Changes(version) => {
            asked(&|draft| versions::tell_changes(draft, heard.account, version));
        }
        Press::Unit => asked(&|draft| unit::tell_unit(draft, heard, who, "")),
        Press::Template => asked(&|draft| template::tell_template(draft, heard)),
        Press::Chase(chase) => asked(&|draft| chase::ordered(draft, heard, chase)),
        Press::DraftCircular => asked(&|draft| circular::ordered(draft, heard)),
        Press::Export(export) => asked(&|draft| enclosure::tell_export(draft, heard, export)),
        Press::Ready => asked(&|draft| ready::tell_readiness(draft, heard)),
        Press::Clerks => asked(&|draft| clerks::tell_clerks(draft, heard)),
        Press::InviteClerk => asked(&|draft| clerks::invited(draft, heard)),
        Press::Dismiss(account) => clerks::about_to_go(draft, heard, account, query),
        Press::LetGo(account) => clerks::let_go(draft, heard, account, query),
        Press::TestAll => asked(&|draft| ready::test_everybody(draft, heard)),
        Press::Answer(check) => answers::pressed(draft, heard, query, check),
        Press::Plead(check, plea) => pleaded(draft, heard, query, check, plea),
        Press::Back(check) => came_back(draft, heard, query, check),
        Press::Explain(check, excuse) => explained(draft, heard, query, check, excuse),
        Press::Sighted(check, sighting) => {
            verdicts::reported(draft, heard, query, check, sighting);
        }
        Press::Report(id, step) => daily::pressed(draft, heard, id, step, query),
        Press::TestAnswer => ready::test_answered(draft, heard, query),
        Press::Circular(id, step) => circular::pressed(draft, heard, id, step, query),
        Press::Leave(id, step) => leave::pressed(draft, heard, id, step, query),
        Press::Use(upload) => uploads::put_in_force(draft, heard, upload, query),
        Press::Aside(upload) => uploads::put_aside(draft, heard, upload, query),
        Press::Restore {
            version,
            instead_of,
        } => versions::restored(draft, heard, version, instead_of, query),
        Press::Choose {
            upload,
            turn,
            choice,
        } => form::answered(draft, heard, (upload, turn, choice), query),
        Press::AnotherQuestion { upload, turn } => {
            form::another_question(draft, heard, (upload, turn), query);
        }
        Press::AskAgain(upload) => form::asked_again(draft, heard, upload, query),
        Press::Marked(upload) => form::tell_marked(draft, heard, upload, query),
        Press::Detail(round) => phone::tell_detail(draft, heard, query, round),
        Press::Worksheet(round) => phone::tell_round_worksheet(draft, heard, query, round),
        Press::Again(round) => match draft.round(round).map(|round| round.order.clone()) {
            Some(order) if order != Order::MakeUp => {
                toast(draft, heard, &query, Toast::Done);
                rounds::ordered(draft, heard, &order);
            }
            _ => toast(draft, heard, &query, Toast::Outdated),
        },
        Press::Verify(check) => verdicts::opened(draft, heard, query, check),
        Press::Attached(check) => {
            asked(&|draft| statements::tell_attached(draft, heard, check));
        }
        Press::Rang(check, sighting) => verdicts::rang(draft, heard, query, check, sighting),
        Press::Rule(check, verdict) => verdicts::chosen(draft, heard, query, check, verdict),
        Press::Because(check, ground) => verdicts::grounded(draft, heard, query, check, ground),
    }
}

fn toast(draft: &mut Draft<'_>, heard: &Heard, query: &str, toast: Toast) {
    let query = query.to_owned();
    draft.say(heard.account, Urgency::Receipt, Say::Toast { query, toast });
}
