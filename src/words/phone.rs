//! Whom to ring, on paper: for the day on which Telegram is down.

use std::fmt::Write as _;

use super::{Lang, when};
use crate::decide::ToRing;
use crate::roster::{Presence, Role};
use crate::time::{Moment, Zone};

/// The printed worksheet of `people`, at `at`.
#[must_use]
pub fn worksheet(people: &[ToRing], at: Moment, zone: &Zone, lang: Lang) -> String {
    let civil = zone.civil(at);
    let (date, clock) = (when::date(civil.date(), lang), when::clock(civil));
    let total = people.len();
    let mut sheet = match lang {
        Lang::Zh => format!(
            "要打的电话：{total} 人（{date} {clock}）\n\
             先打值班电话，没人接再打手机。问清：是不是本人，是不是在岗。\n"
        ),
        Lang::En => format!(
            "To be rung: {total} ({date} {clock})\n\
             The duty line first, then the person's own number. Ask: is it them, and are they at \
             their post?\n"
        ),
    };
    for (number, one) in (1..).zip(people) {
        let (unit, name) = (&one.unit, &one.name);
        let (dial, ask) = (numbers(one, lang), to_ask(one, lang));
        let _ = match lang {
            Lang::Zh => write!(
                sheet,
                "\n{number}. {unit} {name}\n   {dial}\n   问：{ask}\n   \
                 □ 打通了，在岗  □ 打通了，不在  □ 没打通    时间 ______ 打电话的人 ______\n"
            ),
            Lang::En => write!(
                sheet,
                "\n{number}. {unit} {name}\n   {dial}\n   Ask: {ask}\n   \
                 □ at post  □ not there  □ no answer    time ______ rung by ______\n"
            ),
        };
    }
    if people.is_empty() {
        sheet.push_str(match lang {
            Lang::Zh => "\n现在没有要打的电话。\n",
            Lang::En => "\nNobody has to be rung now.\n",
        });
    }
    sheet
}

/// Where nothing is kept that could be printed.
#[must_use]
pub fn nothing_kept(data: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{data} 里还没有数据。请用 --data 指到运行 zaigang serve 的那个文件夹"),
        Lang::En => {
            format!("{data} holds no data yet: point --data to the folder that zaigang serve uses")
        }
    }
}

/// The numbers to dial, whole: a person has to.
pub(super) fn numbers(one: &ToRing, lang: Lang) -> String {
    let line = one.duty_line.as_deref().map(|line| match lang {
        Lang::Zh => format!("值班电话 {line}"),
        Lang::En => format!("duty line {line}"),
    });
    let own = one.phone.as_ref().map(|phone| match lang {
        Lang::Zh => format!("手机 {}", phone.digits()),
        Lang::En => format!("own number {}", phone.digits()),
    });
    let all: Vec<String> = line.into_iter().chain(own).collect();
    match (all.is_empty(), lang) {
        (true, Lang::Zh) => "没有号码".to_owned(),
        (true, Lang::En) => "no number on file".to_owned(),
        (false, Lang::Zh) => all.join("，"),
        (false, Lang::En) => all.join(", "),
    }
}

/// What to ask, by the kind of duty.
pub(super) fn to_ask(one: &ToRing, lang: Lang) -> &'static str {
    match (one.role, one.presence, lang) {
        (Role::ChiefLeader | Role::Principal, _, Lang::Zh) => "手机畅通吗，人在本县吗？",
        (Role::ChiefLeader | Role::Principal, _, Lang::En) => {
            "is your phone on, are you in the county?"
        }
        (Role::Standby, _, Lang::Zh) | (_, Presence::Reachable, Lang::Zh) => "现在能随时到岗吗？",
        (Role::Standby, _, Lang::En) | (_, Presence::Reachable, Lang::En) => {
            "can you come when called?"
        }
        (Role::DutyLeader, _, Lang::Zh) => "您在岗带班吗？",
        (Role::DutyLeader, _, Lang::En) => "are you leading on post?",
        (_, _, Lang::Zh) => "您现在在岗吗？",
        (_, _, Lang::En) => "are you at your post?",
    }
}
