//! The office's own people: the list of clerks, the link for another one, who came and who went.

use super::{Text, Tongue, clipped, rosters, safe, soon};
use crate::decide::{AccountId, ClerkLine, ClerksSay, Press, Say};
use crate::words::when;

pub(super) fn message(say: &Say, t: &Tongue) -> Option<Text> {
    match say {
        Say::Clerks(say) => Some(text(say, t)),
        _ => None,
    }
}

fn text(say: &ClerksSay, t: &Tongue) -> Text {
    match say {
        ClerksSay::List { clerks, reader } => list(t, clerks, *reader),
        ClerksSay::Link {
            payload,
            bot,
            until,
        } => {
            let (link, until) = (
                rosters::start_link(bot.as_deref(), payload),
                soon::near(t, *until),
            );
            Text::new(t.pick(
                format!(
                    "请把下面这个链接只发给要来一起管值班的同事。{until} 前打开一次有效；打开的人就是管理员。\n{link}"
                ),
                format!(
                    "Pass this link on to the one colleague who is to run the office with you. It \
                     opens once, until {until}; whoever opens it is a clerk.\n{link}"
                ),
            ))
        }
        ClerksSay::Joined { name, by } => {
            let (name, by) = (named(t, name), named(t, by));
            Text::new(t.pick(
                format!("{name} 现在也是管理员了（{by} 请来的）。不对的话，发 /clerks 撤下。"),
                format!("{name} is a clerk now, asked in by {by}. If that is wrong: /clerks."),
            ))
        }
        ClerksSay::Sure { account, name } => {
            let shown = named(t, name);
            Text::new(t.pick(
                format!("撤下 {shown}？撤下后不能再看值班表、发抽查、登录值班台。"),
                format!(
                    "Let {shown} go? They can no longer see the roster, order checks or open the \
                     desk."
                ),
            ))
            .row([
                (
                    t.pick(
                        format!("撤下 {}", clipped(name, ON_BUTTON)),
                        format!("Let {} go", clipped(name, ON_BUTTON)),
                    ),
                    Press::LetGo(*account),
                ),
                (t.pick("不撤", "Keep them"), Press::Clerks),
            ])
        }
        ClerksSay::Gone { name, by } => {
            let (name, by) = (named(t, name), named(t, by));
            Text::new(t.pick(
                format!("{name} 不再是管理员（{by} 撤下）。"),
                format!("{name} is no longer a clerk; {by} has seen to it."),
            ))
        }
        ClerksSay::NoLonger { by } => {
            let by = named(t, by);
            Text::new(t.pick(
                format!("您不再是值班办公室的管理员（{by} 撤下）。自己的班次：/me"),
                format!("You are no longer a clerk of the duty office ({by}). Your shifts: /me"),
            ))
        }
    }
}

/// How much of a name stands on a button.
const ON_BUTTON: usize = 16;

fn list(t: &Tongue, clerks: &[ClerkLine], reader: AccountId) -> Text {
    let count = clerks.len();
    let mut lines = vec![t.pick(
        format!("<b>管理员 {count} 位</b>"),
        format!("<b>Clerks: {count}</b>"),
    )];
    lines.extend(clerks.iter().map(|clerk| {
        let (name, since) = (
            named(t, &clerk.name),
            when::moment(clerk.since, t.zone, t.lang),
        );
        let you = if clerk.account == reader {
            t.pick("（您）", " (you)")
        } else {
            String::new()
        };
        t.pick(
            format!("• {name}{you}，{since} 起"),
            format!("• {name}{you}, since {since}"),
        )
    }));
    lines.push(t.pick(
        "管理员能做的事都一样；通报要由另一位审批。",
        "All clerks can do the same; a circular is approved by another one than its drafter.",
    ));
    let mut text = Text::new(lines.join("\n")).row([(
        t.pick("请一位同事来管", "Ask a colleague in"),
        Press::InviteClerk,
    )]);
    for clerk in clerks.iter().filter(|clerk| clerk.account != reader) {
        let name = clipped(&clerk.name, ON_BUTTON);
        let label = t.pick(format!("撤下 {name}…"), format!("Let {name} go…"));
        text = text.row([(label, Press::Dismiss(clerk.account))]);
    }
    text
}

/// An account may have no name to show.
fn named(t: &Tongue, name: &str) -> String {
    if name.trim().is_empty() {
        return t.pick("值班台", "the desk");
    }
    safe(name)
}
