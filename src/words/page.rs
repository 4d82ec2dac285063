//! What a person's own page reads like beside what the chat says in the same words.

use super::chat::{Rendered, rendered};
use super::{Lang, when};
use crate::decide::{OwnPage, PageShift, Ping, Press, Say};
use crate::roster::Presence;
use crate::time::{Moment, Zone};

/// A text that is the same whatever the facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    Shifts,
    NoShifts,
    LeaveAndSwap,
    AskLeave,
    AskSwap,
    Send,
    ReasonAsked,
    NameAsked,
    Calendar,
    Subscribe,
    SubscribeHint,
    Download,
    NothingAsked,
    Refresh,
    Private,
    OtherLang,
    Dead,
    DeadHint,
}

#[must_use]
pub fn label(which: Label, lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => zh(which),
        Lang::En => en(which),
    }
}

fn zh(which: Label) -> &'static str {
    match which {
        Label::Shifts => "我的班次",
        Label::NoShifts => "接下来没有您的班。",
        Label::LeaveAndSwap => "请假、换班",
        Label::AskLeave => "我要请假",
        Label::AskSwap => "我要换班",
        Label::Send => "发送",
        Label::ReasonAsked => "原因",
        Label::NameAsked => "或写接班人的姓名",
        Label::Calendar => "放进手机日历",
        Label::Subscribe => "订阅日历",
        Label::SubscribeHint => "订阅后换班会自己更新；打不开的请下载。",
        Label::Download => "下载日历文件",
        Label::NothingAsked => "现在没有等您回答的抽查。",
        Label::Refresh => "刷新",
        Label::Private => "这个页面只给您本人，请不要转发。节后失效。",
        Label::OtherLang => "English",
        Label::Dead => "这个链接用不了了",
        Label::DeadHint => "链接不对、已经作废，或者假期已经结束。请找值班办公室要新的。",
    }
}

fn en(which: Label) -> &'static str {
    match which {
        Label::Shifts => "My shifts",
        Label::NoShifts => "You have no shifts ahead.",
        Label::LeaveAndSwap => "Leave and swaps",
        Label::AskLeave => "Ask for leave",
        Label::AskSwap => "Swap a shift",
        Label::Send => "Send",
        Label::ReasonAsked => "Reason",
        Label::NameAsked => "or the name of who takes it",
        Label::Calendar => "In my calendar",
        Label::Subscribe => "Subscribe",
        Label::SubscribeHint => {
            "A subscription follows swaps by itself; otherwise download the file."
        }
        Label::Download => "Download the calendar file",
        Label::NothingAsked => "No check is waiting for your answer.",
        Label::Refresh => "Refresh",
        Label::Private => {
            "This page is for you alone; please do not pass it on. It ends after the holiday."
        }
        Label::OtherLang => "中文",
        Label::Dead => "This link leads nowhere any more",
        Label::DeadHint => {
            "It is wrong, was taken back, or the holiday is over. Please ask the duty office for a new one."
        }
    }
}

/// In a tab among others, an open question is what has to be seen.
#[must_use]
pub fn title(page: &OwnPage, lang: Lang) -> String {
    let name = &page.person.name;
    match (page.questions.is_empty(), lang) {
        (true, Lang::Zh) => format!("{name} · 值班"),
        (true, Lang::En) => format!("{name} · duty"),
        (false, Lang::Zh) => format!("【抽查】请回答 · {name}"),
        (false, Lang::En) => format!("[Check] please answer · {name}"),
    }
}

/// A message of the chat: markup that was escaped where it was made, and its buttons in rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub html: String,
    pub buttons: Vec<Vec<(String, Press)>>,
}

/// The question and its one button. How to answer in a chat is none of the page's.
#[must_use]
pub fn question(ping: &Ping, lang: Lang, zone: &Zone, now: Moment) -> Said {
    let Said { html, buttons } = said(&Say::Ping(ping.clone()), lang, zone, now);
    let first = html.lines().next().unwrap_or_default().to_owned();
    let only = buttons.into_iter().flatten().next();
    let number = ping.check;
    Said {
        html: match lang {
            Lang::Zh => format!("{first}\n第 {number} 号"),
            Lang::En => format!("{first}\nNo. {number}"),
        },
        buttons: only.map(|button| vec![button]).into_iter().collect(),
    }
}

/// What the chat would say.
#[must_use]
pub fn said(say: &Say, lang: Lang, zone: &Zone, now: Moment) -> Said {
    match rendered(say, lang, zone, now) {
        Rendered::Message { html, buttons, .. } => Said { html, buttons },
        _ => Said {
            html: String::new(),
            buttons: Vec::new(),
        },
    }
}

/// When a shift is, its day of the week first to be found.
#[must_use]
pub fn shift_time(shift: &PageShift, lang: Lang, zone: Zone) -> String {
    when::span(&shift.span, zone, lang)
}

/// Whether somebody is on this shift now, said beside it.
#[must_use]
pub fn on_duty_now(presence: Presence, lang: Lang) -> &'static str {
    match (presence, lang) {
        (Presence::OnPost, Lang::Zh) => "正在值班",
        (Presence::InArea | Presence::Reachable, Lang::Zh) => "当班，手机保持畅通",
        (Presence::OnPost, Lang::En) => "on duty now",
        (Presence::InArea | Presence::Reachable, Lang::En) => "on now; keep the phone on",
    }
}
