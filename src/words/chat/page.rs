//! The way to a person's own page and calendar.

use super::{Text, Tongue, escaped, safe};
use crate::decide::{Press, Say, Way};

pub(super) fn message(say: &Say, t: &Tongue) -> Option<Text> {
    let text = match say {
        Say::MyPage { url } => {
            let url = escaped(url);
            Text::new(t.pick(
                format!(
                    "您的个人页面：看班次、回答抽查、请假换班，没有 Telegram 也能用。\n\
                     链接只给您本人，不要转发；节后失效。\n{url}"
                ),
                format!(
                    "Your own page: your shifts, checks, leave and swaps, also without Telegram.\n\
                     The link is for you alone; it ends after the holiday.\n{url}"
                ),
            ))
        }
        Say::MyCalendar { url } => {
            let (url, subscribed) = (escaped(url), escaped(&subscription(url)));
            Text::new(t.pick(
                format!(
                    "放进手机日历：用手机点第一个链接订阅，换班后日历会自己更新。\n{subscribed}\n\
                     打不开的，用第二个链接下载。\n{url}"
                ),
                format!(
                    "For your phone's calendar: tap the first link to subscribe; it follows swaps \
                     by itself.\n{subscribed}\nIf that does not open, download it here.\n{url}"
                ),
            ))
        }
        Say::LinksTakenBack { unit, name } => {
            let who = format!("{} {}", safe(unit), safe(name));
            Text::new(t.pick(
                format!(
                    "{who} 的个人页面和日历链接已作废。/invite {} 可以取新的。",
                    safe(name)
                ),
                format!(
                    "{who}: the links to the own page and calendar are taken back. \
                     /invite {} gives new ones.",
                    safe(name)
                ),
            ))
        }
        _ => return None,
    };
    Some(text)
}

/// `text` with the buttons to the own page and calendar.
pub(super) fn offered(t: &Tongue, text: Text, way: Way) -> Text {
    match way {
        Way::None => text,
        Way::Open => text.row([
            (t.pick("放进手机日历", "Add to calendar"), Press::MyCalendar),
            (t.pick("我的页面", "My page"), Press::MyPage),
        ]),
    }
}

/// The line in a unit's report that leads to its calendar.
pub(super) fn unit_calendar(t: &Tongue, url: &str) -> String {
    let url = escaped(url);
    t.pick(
        format!("本单位值班日历，可用电脑或手机订阅，只给本单位的人：\n{url}"),
        format!("The unit's calendar to subscribe to, for its own people only:\n{url}"),
    )
}

/// The address a telephone takes for a calendar to be followed.
fn subscription(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    format!("webcal://{rest}")
}
