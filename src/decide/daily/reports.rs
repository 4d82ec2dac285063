//! The daily report each unit owes: asked for, given with one tap where all is quiet, and who has
//! not given it.

use chrono::{Datelike, NaiveDate};

use super::{
    Asking, DailyReport, DailySay, Matter, ReportId, ReportPress, Reports, Told, say, show,
};
use crate::decide::draft::Draft;
use crate::decide::{Account, AccountId, Heard, Record, Say, Slot, Toast, Urgency, World};
use crate::duty::{Heading, on_duty};
use crate::journal::Deed;
use crate::roster::Role;
use crate::time::{Moment, clock_of};

/// How many of a unit are reminded.
const REMINDED: usize = 3;
/// The longest matter that is kept.
const WORDS_KEPT: usize = 500;

/// Every unit is asked for its report of `day`.
pub(super) fn asked(draft: &mut Draft<'_>, day: NaiveDate) {
    let world = draft.world;
    let Some((_, roster)) = world.in_force() else {
        return;
    };
    let mut next = next_id(world);
    for unit in roster.units() {
        if of(world, unit, day).is_some() {
            continue;
        }
        let asked: Vec<AccountId> = reporters(world, unit, draft.now)
            .into_iter()
            .take(1)
            .collect();
        let report = DailyReport {
            id: ReportId(next),
            unit: unit.to_owned(),
            day,
            asked,
            quiet: None,
            matters: Vec::new(),
            writing: None,
        };
        next += 1;
        ask(draft, &report, &report.asked, Asking::First);
        draft.put(Record::DailyReport(report));
    }
}

/// The report is due: who has not given it is reminded, and the clerks are told.
pub(super) fn due(draft: &mut Draft<'_>, day: NaiveDate) {
    let world = draft.world;
    let missing: Vec<DailyReport> = world
        .reports
        .values()
        .filter(|report| report.day == day && !report.is_given())
        .cloned()
        .collect();
    for report in missing {
        let mut again = reporters(world, &report.unit, draft.now);
        again.truncate(REMINDED);
        ask(draft, &report, &again, Asking::Again);
        let asked = again;
        draft.put(Record::DailyReport(DailyReport { asked, ..report }));
    }
    tell_clerks(draft, day, None);
}

fn ask(draft: &mut Draft<'_>, report: &DailyReport, of: &[AccountId], asking: Asking) {
    let policy = &draft.world.policy;
    let minute = policy.daily.report_minute.unwrap_or(0);
    let due = policy.zone.moment(clock_of(report.day, minute));
    for account in of {
        let asked = DailySay::ReportAsked {
            report: report.id,
            unit: report.unit.clone(),
            due,
            asking,
        };
        match asking {
            // A new message is seen; an edited one is not.
            Asking::Again => say(draft, *account, asked),
            Asking::First | Asking::Unasked => {
                show(draft, *account, Slot::Report(report.id), asked);
            }
        }
    }
}

/// Who of a unit can be asked: the duty leader of the moment, then the officers; nobody twice.
fn reporters(world: &World, unit: &str, now: Moment) -> Vec<AccountId> {
    let Some((_, roster)) = world.in_force() else {
        return Vec::new();
    };
    let mut found: Vec<(Role, AccountId)> = on_duty(roster, now)
        .filter(|on| on.post.unit == unit)
        .filter(|on| matches!(on.post.role, Role::DutyLeader | Role::DutyOfficer))
        .filter_map(|on| {
            let person = on.person;
            let account = world.account_of(unit, &person.name, person.phone.as_ref())?;
            Some((on.post.role, account.id))
        })
        .collect();
    found.sort_by_key(|(role, _)| *role != Role::DutyLeader);
    let mut accounts: Vec<AccountId> = Vec::new();
    for (_, account) in found {
        if !accounts.contains(&account) {
            accounts.push(account);
        }
    }
    accounts
}

/// `/report`: a clerk sees who has reported today, an officer reports for the own unit.
pub(in crate::decide) fn reported(draft: &mut Draft<'_>, heard: &Heard) {
    let world = draft.world;
    let day = world.policy.zone.date(draft.now);
    let account = draft.account(heard.account);
    if account.is_some_and(Account::is_clerk) {
        let reports = reports(world, day, None, draft.now);
        say(draft, heard.account, DailySay::Reports(reports));
        return;
    }
    let Some(bound) = account.and_then(|a| a.bound.clone()) else {
        draft.say(heard.account, Urgency::Report, Say::NotBoundYet);
        return;
    };
    let known = of(world, &bound.unit, day).cloned();
    let mut report = known.unwrap_or_else(|| DailyReport {
        id: ReportId(next_id(world)),
        unit: bound.unit,
        day,
        asked: Vec::new(),
        quiet: None,
        matters: Vec::new(),
        writing: None,
    });
    if !report.asked.contains(&heard.account) {
        report.asked.push(heard.account);
    }
    if report.is_given() {
        show(
            draft,
            heard.account,
            Slot::Report(report.id),
            receipt(&report),
        );
    } else {
        ask(draft, &report, &[heard.account], Asking::Unasked);
    }
    draft.put(Record::DailyReport(report));
}

/// A button of the report.
pub(in crate::decide) fn pressed(
    draft: &mut Draft<'_>,
    heard: &Heard,
    id: ReportId,
    press: ReportPress,
    query: String,
) {
    let known = draft.world.reports.get(&id).cloned();
    let known = known.filter(|report| report.asked.contains(&heard.account));
    let toast = match known {
        Some(report) => {
            took(draft, heard.account, report, press);
            Toast::Done
        }
        None => Toast::Outdated,
    };
    draft.say(heard.account, Urgency::Receipt, Say::Toast { query, toast });
}

fn took(draft: &mut Draft<'_>, account: AccountId, report: DailyReport, press: ReportPress) {
    let slot = Slot::Report(report.id);
    match press {
        ReportPress::Quiet => {
            let told = Told {
                by: account,
                at: draft.now,
            };
            draft.note(Deed::ReportedQuiet {
                account: account.0,
                unit: report.unit.clone(),
                day: report.day,
            });
            given(
                draft,
                account,
                DailyReport {
                    quiet: Some(told),
                    writing: None,
                    ..report
                },
            );
        }
        ReportPress::Write => {
            let about = DailySay::ReportAbout {
                report: report.id,
                unit: report.unit.clone(),
            };
            show(draft, account, slot, about);
        }
        ReportPress::About(heading) => {
            show(draft, account, slot, DailySay::ReportWrite { heading });
            let writing = Some((account, heading));
            draft.put(Record::DailyReport(DailyReport { writing, ..report }));
        }
    }
}

/// A text while a matter is written.
pub(in crate::decide) fn written(draft: &mut Draft<'_>, heard: &Heard, text: &str) -> Writing {
    let mut reports = draft.world.reports.values();
    let open = reports.rfind(|r| r.writing.is_some_and(|(who, _)| who == heard.account));
    let Some((report, heading)) = open.and_then(|r| r.writing.map(|(_, h)| (r.clone(), h))) else {
        return Writing::Nothing;
    };
    took_words(draft, heard.account, report, heading, text);
    Writing::Taken
}

/// Whether a text was part of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::decide) enum Writing {
    Taken,
    Nothing,
}

fn took_words(
    draft: &mut Draft<'_>,
    account: AccountId,
    report: DailyReport,
    heading: Heading,
    text: &str,
) {
    let words: String = text.trim().chars().take(WORDS_KEPT).collect();
    draft.note(Deed::ReportedMatter {
        account: account.0,
        unit: report.unit.clone(),
        day: report.day,
        heading,
        words: words.clone(),
    });
    let told = Told {
        by: account,
        at: draft.now,
    };
    let mut matters = report.matters.clone();
    matters.push(Matter {
        heading,
        words,
        told,
    });
    given(
        draft,
        account,
        DailyReport {
            // What happened since counts, whatever was said before.
            quiet: None,
            matters,
            writing: None,
            ..report
        },
    );
}

fn given(draft: &mut Draft<'_>, account: AccountId, report: DailyReport) {
    for asked in &report.asked {
        show(draft, *asked, Slot::Report(report.id), receipt(&report));
    }
    // Quiet units are told together, once it is due; what happened is told at once.
    if report.quiet.is_none()
        && let Some(matter) = report.matters.last()
    {
        let clerks: Vec<AccountId> = draft.world.clerks().map(|c| c.id).collect();
        for clerk in clerks.into_iter().filter(|clerk| *clerk != account) {
            let news = DailySay::Happened {
                unit: report.unit.clone(),
                matter: matter.clone(),
            };
            say(draft, clerk, news);
        }
    }
    if is_due(draft, report.day) {
        tell_clerks(draft, report.day, Some(&report));
    }
    draft.put(Record::DailyReport(report));
}

fn receipt(report: &DailyReport) -> DailySay {
    let told = report.matters.iter().map(|matter| matter.told);
    let at = told.chain(report.quiet).map(|told| told.at).max();
    DailySay::ReportGiven {
        report: report.id,
        unit: report.unit.clone(),
        at: at.unwrap_or_default(),
        matters: report.matters.clone(),
    }
}

fn is_due(draft: &Draft<'_>, day: NaiveDate) -> bool {
    let policy = &draft.world.policy;
    let minute = policy.daily.report_minute;
    minute.is_some_and(|minute| draft.now >= policy.zone.moment(clock_of(day, minute)))
}

/// One message a day to each clerk, edited as reports come in; `new` is not in the world yet.
fn tell_clerks(draft: &mut Draft<'_>, day: NaiveDate, new: Option<&DailyReport>) {
    let reports = reports(draft.world, day, new, draft.now);
    let clerks: Vec<AccountId> = draft.world.clerks().map(|c| c.id).collect();
    for clerk in clerks {
        let slot = Slot::Reports(day.num_days_from_ce());
        show(draft, clerk, slot, DailySay::Reports(reports.clone()));
    }
}

fn reports(world: &World, day: NaiveDate, new: Option<&DailyReport>, now: Moment) -> Reports {
    let mut told = Reports {
        day,
        quiet: 0,
        matters: Vec::new(),
        missing: Vec::new(),
        unasked: Vec::new(),
    };
    let Some((_, roster)) = world.in_force() else {
        return told;
    };
    for unit in roster.units() {
        let new = new.filter(|report| report.unit == unit);
        let report = new.or_else(|| of(world, unit, day));
        match report {
            Some(report) if !report.matters.is_empty() => {
                let matters = report.matters.iter().cloned();
                told.matters.extend(matters.map(|m| (unit.to_owned(), m)));
            }
            Some(report) if report.quiet.is_some() => told.quiet += 1,
            _ => {
                told.missing.push(unit.to_owned());
                if reporters(world, unit, now).is_empty() {
                    told.unasked.push(unit.to_owned());
                }
            }
        }
    }
    told
}

fn of<'a>(world: &'a World, unit: &str, day: NaiveDate) -> Option<&'a DailyReport> {
    let mut reports = world.reports.values();
    reports.find(|report| report.day == day && report.unit == unit)
}

fn next_id(world: &World) -> u32 {
    world.given.report + 1
}
