//! Claiming the clerk's place, and binding a person to an account.

use super::{Keyboard, Text, Tongue, page, safe, soon, units};
use crate::decide::{LinkRefusal, Say};
use crate::roster::Phone;
use crate::time::Span;

pub(super) fn message(say: &Say, t: &Tongue) -> Option<Text> {
    let text = match say {
        Say::Welcome => welcome(t),
        Say::Claimed => Text::new(t.pick(
            "认领成功：您现在是值班办公室的管理员。\n\
             把值班表（Excel、WPS 表格或 CSV）直接发到这里就行，平时用的那份，不用改格式。\n\
             其他能做的事：/help",
            "Done: you are now the clerk of the duty office.\n\
             Send the duty roster (a workbook or CSV) right here, just as the office keeps it.\n\
             What else I can do: /help",
        )),
        Say::ClaimRefused => Text::new(t.pick(
            "这个认领链接用不了：管理员已经有人了，或者链接不对。需要权限请找值班办公室。",
            "This link cannot be used: there is a clerk already, or the link is wrong. \
             Please ask the duty office.",
        )),
        Say::Bound {
            unit,
            name,
            shifts,
            speaks_for,
        } => bound(t, unit, name, shifts, speaks_for),
        Say::NumberNotInRoster { phone } => {
            let number = masked(t, phone.as_ref());
            Text::new(t.pick(
                format!(
                    "值班表里没有这个号码（{number}），可能表里写的是另一个号。\n\
                     已记下，也告诉了办公室；表里一有这个号码就自动绑定，您不用再操作。"
                ),
                format!(
                    "That number ({number}) isn't in the roster; it may list another one.\n\
                     It is noted and the office knows. You will be bound as soon as the roster \
                     has it; there is nothing more for you to do."
                ),
            ))
            .keyboard(Keyboard::Removed)
        }
        Say::NumberUnknownToOffice { account, phone } => {
            let (account, number) = (safe(account), masked(t, phone.as_ref()));
            Text::new(t.pick(
                format!(
                    "{account} 想绑定，但值班表里没有他的号码（{number}）。\n\
                     如果表里写的是另一个号，请用 /invite 姓名 取个人链接发给他。"
                ),
                format!(
                    "{account} tried to bind, but the roster does not list the number {number}.\n\
                     If it lists another one, send the personal link from /invite NAME."
                ),
            ))
        }
        Say::ForeignContact => contact_asked(
            t,
            Text::new(t.pick(
                "这是别人的名片。请点下面的按钮，发您自己的。",
                "That is somebody else's contact. Please tap the button below to send your own.",
            )),
        ),
        Say::LinkRefused { why } => Text::new(link_refused(t, *why)),
        Say::TakenByAnother { unit, name } => {
            let who = format!("{} {}", safe(unit), safe(name));
            Text::new(t.pick(
                format!(
                    "您这个账号已经绑定为 {who}，一个账号只能绑定一个人。绑错了请找值班办公室。"
                ),
                format!(
                    "This account is bound to {who} already, and one account is one person. \
                     If that is wrong, please ask the duty office."
                ),
            ))
        }
        Say::UnboundNow { .. } | Say::UnbindUnknown { .. } => return unbinding(say, t),
        Say::MyShifts {
            name,
            unit,
            shifts,
            way,
        } => {
            let who = format!("{} {}", safe(unit), safe(name));
            let text = Text::new(format!("<b>{who}</b>\n{}", shift_lines(t, shifts)));
            page::offered(t, text, *way)
        }
        Say::NotBoundYet => contact_asked(
            t,
            Text::new(t.pick(
                "您还没有绑定值班表里的姓名。请点下面的按钮，核对一下手机号。",
                "You are not bound to a name of the roster yet. \
                 Please tap the button below so that I can match your number.",
            )),
        ),
        _ => return None,
    };
    Some(text)
}

fn link_refused(t: &Tongue, why: LinkRefusal) -> String {
    match why {
            LinkRefusal::Used => t.pick(
                "这个链接已经有人用过了。如果不是您本人用的，请告诉值班办公室。",
                "This link has been used already. If it was not you, please tell the duty office.",
            ),
            LinkRefusal::NumberTaken => t.pick(
                "这个号码已经绑定在另一个 Telegram 账号上了。换了账号，或者不是您绑的，请告诉值班办公室。",
                "This number is bound to another Telegram account already. If you have changed \
                 accounts, or it was not you, please tell the duty office.",
            ),
            LinkRefusal::Unknown => t.pick(
                "这个链接不对，或者已经过期。请找值班办公室要一个新的。",
                "This link is wrong or has expired. Please ask the duty office for a new one.",
            ),
        }
}

fn unbinding(say: &Say, t: &Tongue) -> Option<Text> {
    let text = match say {
        Say::UnboundNow { unit, name } => {
            let who = format!("{} {}", safe(unit), safe(name));
            Text::new(t.pick(
                format!(
                    "已解除绑定：{who}。换手机的话，用新手机打开个人链接，或发 /start 再绑一次。"
                ),
                format!(
                    "{who} is no longer bound. With a new phone, open the personal link there, \
                     or send /start and bind again."
                ),
            ))
        }
        Say::UnbindUnknown { name } if name.is_empty() => Text::new(t.pick(
            "解除谁的绑定？请写姓名，例如：/unbind 王建国",
            "Whom shall I unbind? Please give the name: /unbind Wang Jianguo",
        )),
        Say::UnbindUnknown { name } => {
            let name = safe(name);
            Text::new(t.pick(
                format!("没有绑定过的人叫“{name}”。请写表里的姓名，例如：/unbind 王建国"),
                format!(
                    "Nobody bound is called \"{name}\". Please give the name as the roster has \
                     it: /unbind Wang Jianguo"
                ),
            ))
        }
        _ => return None,
    };
    Some(text)
}

fn bound(t: &Tongue, unit: &str, name: &str, shifts: &[Span], speaks_for: &[String]) -> Text {
    let who = format!("{} {}", safe(unit), safe(name));
    // The list of units may have a number and no name.
    let who = who.trim_end();
    let mut lines = vec![t.pick(
        format!("绑定好了：<b>{who}</b>。"),
        format!("You're set: <b>{who}</b>."),
    )];
    if speaks_for.is_empty() || !shifts.is_empty() {
        lines.push(shift_lines(t, shifts));
    }
    if !speaks_for.is_empty() {
        lines.push(units::speaks_for(t, speaks_for));
    }
    Text::new(lines.join("\n")).keyboard(Keyboard::Removed)
}

fn welcome(t: &Tongue) -> Text {
    let html = t.pick(
        "您好，我是值班助手。\n\
         您值班时我偶尔会问一句“在岗吗”，点一下就行。\n\
         请点下面的按钮，核对一下手机号。号码只用来对值班表，节后删除。",
        "Hello, I am the duty helper. While you are on duty I will now and then ask \
         \"are you at your post?\" One tap answers it.\n\
         Please tap the button so that I can match your number with the roster. \
         It is used for nothing else and deleted after the holiday.",
    );
    contact_asked(t, Text::new(html))
}

fn contact_asked(t: &Tongue, text: Text) -> Text {
    text.keyboard(Keyboard::Contact(
        t.pick("📱 这是我的手机号", "📱 This is my number"),
    ))
}

fn masked(t: &Tongue, phone: Option<&Phone>) -> String {
    phone.map_or_else(|| t.pick("没有号码", "none"), Phone::to_string)
}

/// How many shifts a message lists.
const SHIFTS_SHOWN: usize = 20;

fn shift_lines(t: &Tongue, shifts: &[Span]) -> String {
    if shifts.is_empty() {
        return t.pick("接下来没有您的班。", "You have no shifts ahead.");
    }
    let mut lines = vec![t.pick("您的班：", "Your shifts:")];
    for span in shifts.iter().take(SHIFTS_SHOWN) {
        lines.push(format!("• {}", soon::shift(t, span)));
    }
    if shifts.len() > SHIFTS_SHOWN {
        let more = shifts.len() - SHIFTS_SHOWN;
        lines.push(t.pick(format!("另有 {more} 个班"), format!("and {more} more")));
    }
    lines.join("\n")
}
