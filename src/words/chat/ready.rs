//! Before the holiday: the test message, and who is not ready.

use super::{Text, Tongue, count, outcomes, safe, soon};
use crate::decide::{Press, Readiness, Say, Somebody};

pub(super) fn message(say: &Say, t: &Tongue) -> Option<Text> {
    let text = match say {
        Say::Test { name } => {
            let name = safe(name);
            Text::new(t.pick(
                format!("【测试】{name}，这是一条测试消息，看看您能不能收到，不记任何结果。收到请点一下。"),
                format!("[Test] {name}, this is only a test of whether my messages reach you; nothing is recorded. Please tap once."),
            ))
            .row([(t.pick("✅ 收到了", "✅ Got it"), Press::TestAnswer)])
        }
        Say::TestAnswered { at } => {
            let clock = soon::clock(t, *at);
            Text::new(t.pick(
                format!("✅ {clock} 收到，联系畅通。值班时见。"),
                format!("✅ {clock}: got it, you can be reached."),
            ))
        }
        Say::TestSent { people: 0 } => Text::new(t.pick(
            "绑定了的人都发过测试消息了，没有再发。谁没回：/ready",
            "Everybody bound has had the test message; nothing was sent. Who has not answered: /ready",
        )),
        Say::TestSent { people } => Text::new(t.pick(
            format!("测试消息发给了 {people} 人，每人只发这一次。谁没回：/ready"),
            format!(
                "The test message went to {}, once each. Who has not answered: /ready",
                count(*people, "person", "people")
            ),
        )),
        Say::Ready(readiness) => ready(t, readiness),
        _ => return None,
    };
    Some(text)
}

/// How many names one line lists.
const NAMES_SHOWN: usize = 12;

fn ready(t: &Tongue, told: &Readiness) -> Text {
    let (people, ready) = (told.people, told.ready);
    if people == 0 {
        return Text::new(t.pick("值班表上接下来没有班。", "The roster has no duty ahead."));
    }
    if ready == people && told.no_phone.is_empty() {
        return Text::new(t.pick(
            format!("✅ {people} 人都绑定了，都回了测试消息。"),
            format!(
                "✅ All {} are bound and have answered the test message.",
                count(people, "person", "people")
            ),
        ));
    }
    let mut lines = vec![t.pick(
        format!("<b>{people} 人里 {ready} 人准备好了</b>（绑定了，也回过测试消息）"),
        format!("<b>{ready} of {people} are ready</b> (bound, and have answered the test message)"),
    )];
    lines.extend(listed(t, ("没绑定", "Not bound"), &told.unbound));
    lines.extend(listed(
        t,
        (
            "没回测试消息，联系方式未核实",
            "No answer to the test message, contact not verified",
        ),
        &told.silent,
    ));
    for (somebody, reason) in told.gone.iter().take(NAMES_SHOWN) {
        let (who, why) = (named(somebody), outcomes::unreached(t, *reason));
        lines.push(t.pick(
            format!("送不到：{who}（{why}）"),
            format!("Undeliverable: {who} ({why})"),
        ));
    }
    lines.extend(listed(
        t,
        ("还没发测试消息", "Not sent the test message yet"),
        &told.untested,
    ));
    lines.extend(listed(
        t,
        ("表里没有手机号", "No phone number on file"),
        &told.no_phone,
    ));
    if !(told.silent.is_empty() && told.gone.is_empty()) {
        let copy = t.pick(
            "您好，请打开 Telegram 里的值班助手，点一下“收到了”，或回一句话。停用了的请点“启动”。",
            "Hello, please open the duty helper in Telegram and tap \"Got it\", or send it any word. If you stopped it, press Start.",
        );
        lines.push(t.pick(
            "发给没回的人（长按复制）：",
            "To send to those who have not answered (press and hold to copy):",
        ));
        lines.push(format!("<code>{}</code>", super::escaped(&copy)));
    }
    let mut buttons = Vec::new();
    if !told.untested.is_empty() {
        let people = told.untested.len();
        buttons.push((
            t.pick(
                format!("给 {people} 人发测试消息"),
                format!("Send {people} the test message"),
            ),
            Press::TestAll,
        ));
    }
    if !told.unbound.is_empty() {
        buttons.push((t.pick("看没绑定的人", "See who is unbound"), Press::Unbound));
    }
    Text::new(lines.join("\n")).row(buttons)
}

fn listed(t: &Tongue, (zh, en): (&str, &str), people: &[Somebody]) -> Option<String> {
    let total = people.len();
    let names: Vec<String> = people.iter().take(NAMES_SHOWN).map(named).collect();
    let names = names.join(t.pick("、", ", ").as_str());
    let more = if total > NAMES_SHOWN {
        t.pick("……", " …")
    } else {
        String::new()
    };
    (total > 0).then(|| {
        t.pick(
            format!("{zh}（{total} 人）：{names}{more}"),
            format!("{en} ({total}): {names}{more}"),
        )
    })
}

fn named(somebody: &Somebody) -> String {
    let (unit, name) = (safe(&somebody.unit), safe(&somebody.name));
    if unit.is_empty() {
        name
    } else {
        format!("{unit} {name}")
    }
}
