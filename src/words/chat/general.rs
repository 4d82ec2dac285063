//! Help, and the lines for what was not understood or not allowed.

use super::{Text, Tongue, safe, soon};
use crate::decide::{Listener, Press, Say};

/// Every message that no other part of the chat claims.
#[expect(
    clippy::too_many_lines,
    reason = "one line for every message of the other parts"
)]
pub(super) fn message(say: &Say, t: &Tongue) -> Text {
    match say {
        Say::Help { who } => help(t, *who),
        Say::NotUnderstood {
            who: Listener::Clerk,
        } => Text::new(t.pick(
            "这句我没看懂。值班表请直接发文件；其他能做的事：/help",
            "I didn't get that. Send a roster as a file; for the rest see /help",
        )),
        Say::NotUnderstood { .. } => Text::new(t.pick(
            "这句我没看懂。收到抽查时点按钮，或回复“在岗”。要找人说话，请打值班办公室电话。",
            "I didn't get that. When a check comes, tap its button or reply \"here\". \
             To reach a person, please ring the duty office.",
        )),
        Say::UnknownCommand { command } => {
            let command = safe(command);
            Text::new(t.pick(
                format!("没有 {command} 这个命令。能用的命令在 /help 里。"),
                format!("There is no command {command}. The commands are in /help."),
            ))
        }
        Say::Unreadable => Text::new(t.pick(
            "这种消息我打不开，请发文字或文件。",
            "I can't open this kind of message. Please send text or a file.",
        )),
        Say::Stranger => Text::new(t.pick(
            "您好，这里是值班助手，只为值班人员服务。如果您在值班表上，请发 /start。",
            "Hello, this is the duty helper; it serves people on duty only. \
             If you are on the roster, please send /start.",
        )),
        Say::OnlyForClerks => Text::new(t.pick(
            "这个命令只有值班办公室能用。您能用的：/me 我的班次，/help 帮助。",
            "Only the duty office can use this command. Yours are /me (my shifts) and /help.",
        )),
        Say::Cancelled => Text::new(t.pick(
            "好，已取消，没有改动任何东西。",
            "OK, cancelled. Nothing was changed.",
        )),
        Say::LangSet => Text::new(t.pick("好，以后说中文。", "OK, English from now on.")),
        Say::LangChoice => Text::new("中文：/lang zh\nEnglish: /lang en"),
        Say::TwoReaders => Text::new(t.pick(
            "⚠️ 有另一个程序在用同一个机器人收消息，回答可能被它拿走。\n\
             请关掉那一个，或给它换一个机器人。这段时间里没收到回答的抽查都作废，不算在任何人头上。",
            "⚠️ Another program is reading this bot's messages and may be taking answers.\n\
             Please stop it or give it a bot of its own. Checks without an answer in this time \
             are void and count against nobody.",
        )),
        Say::Restored { from, lines } => {
            let from = soon::clock(t, *from);
            Text::new(t.pick(
                format!(
                    "⚠️ 数据库换成了旧备份：{from} 以后的记录没有了，日志至少少了 {lines} 条。\n\
                     那时正在进行的抽查，还有近一天没答、说不准后来补答过没有的，都作废，不算在任何人头上；用过的编号不再用。那以后批的假、换的班、定的结论请再办一次。"
                ),
                format!(
                    "⚠️ An older backup of the database was put back: what was recorded after {from} \
                     is gone, at least {lines} lines of the journal.\n\
                     Checks that were running then, and silent ones of the last day that may have \
                     been answered since, are void and count against nobody; no number is used twice. Please repeat leave, swaps and verdicts given since."
                ),
            ))
        }
        // What the other parts say, named one by one, so that no new message is forgotten.
        Say::Toast { .. }
        | Say::Seen { .. }
        | Say::Menu { .. }
        | Say::Welcome
        | Say::Claimed
        | Say::ClaimRefused
        | Say::Bound { .. }
        | Say::NumberNotInRoster { .. }
        | Say::NumberUnknownToOffice { .. }
        | Say::ForeignContact
        | Say::LinkRefused { .. }
        | Say::TakenByAnother { .. }
        | Say::PhotoNotRoster
        | Say::FileRefused
        | Say::NoRoster
        | Say::Gaps(_)
        | Say::GapPicture(_)
        | Say::GapSheet(_)
        | Say::GapsCounted { .. }
        | Say::Who { .. }
        | Say::MyShifts { .. }
        | Say::MyPage { .. }
        | Say::MyCalendar { .. }
        | Say::LinksTakenBack { .. }
        | Say::NotBoundYet
        | Say::Unbound { .. }
        | Say::InviteUnknown { .. }
        | Say::InviteWhom
        | Say::UnboundNow { .. }
        | Say::UnbindUnknown { .. }
        | Say::InviteBound { .. }
        | Say::ReadingFile { .. }
        | Say::FileRead { .. }
        | Say::FileTooLarge { .. }
        | Say::FileGone { .. }
        | Say::PutInForce { .. }
        | Say::PutAside { .. }
        | Say::CheckChoice { .. }
        | Say::UnitUnknown { .. }
        | Say::NobodyOnDuty { .. }
        | Say::RoundStarted { .. }
        | Say::Ping(_)
        | Say::Reminder(_)
        | Say::Standing { .. }
        | Say::LateReceipt { .. }
        | Say::NothingToAnswer
        | Say::OtherNumber { .. }
        | Say::AnswerReceipt { .. }
        | Say::Escalation { .. }
        | Say::RoundSummary(_)
        | Say::Leave(_)
        | Say::Changes { .. }
        | Say::Versions(_)
        | Say::MarkedFile { .. }
        | Say::DrawCommitted { .. }
        | Say::DrawRevealed { .. }
        | Say::JournalHead { .. }
        | Say::DrawState(_)
        | Say::NoDraw
        | Say::Recalled { .. }
        | Say::BackAtPost { .. }
        | Say::WordsNoted { .. }
        | Say::ShownNoted { .. }
        | Say::ToVerify { .. }
        | Say::RoundDetail { .. }
        | Say::Worksheet { .. }
        | Say::VerifyOne { .. }
        | Say::Attached { .. }
        | Say::ReasonAsked { .. }
        | Say::Ruled { .. }
        | Say::VerdictOvertaken { .. }
        | Say::JournalExport
        | Say::Template { .. }
        | Say::UnitInForce { .. }
        | Say::OutsideUnits { .. }
        | Say::WhichUnit { .. }
        | Say::UnitState(_)
        | Say::NoUnit { .. }
        | Say::SetBack { .. }
        | Say::Chased { .. }
        | Say::ChaseReport(_)
        | Say::NobodyToChase { .. }
        | Say::NothingSubmitted { .. }
        | Say::Test { .. }
        | Say::TestAnswered { .. }
        | Say::TestSent { .. }
        | Say::Ready(_)
        | Say::Daily(_)
        | Say::DeskLink { .. }
        | Say::Circular(_)
        | Say::Clerks(_)
        | Say::Export(_) => Text::new(""),
    }
}

fn help(t: &Tongue, who: Listener) -> Text {
    match who {
        Listener::Clerk => Text::new(t.pick(
            "<b>值班办公室能做的事</b>\n\
             发值班表文件：我读给您看，您点了才启用\n\
             /gaps 空档：哪里没人\n\
             /who 谁在岗：此刻排的是谁\n\
             /check 抽查：/check all 全部，/check 3 随机 3 人，/check 单位名\n\
             /draw 随机抽查：封存码，各单位抽了几次\n\
             /phone 电话：没绑定的、没回答的，打哪个号码\n\
             /circular 通报：起草、征求单位意见、送审、印发\n\
             /export 导出：日志、空档、值班表、抽查记录\n\
             /unbound 没绑定的人和他们的链接\n\
             /invite 姓名：某个人的链接\n\
             /unbind 姓名：解除绑定，好换手机\n\
             /chase 催报：提醒还没报值班表的单位\n\
             /unit 单位名：一个单位的情况\n\
             /versions 版本：改过什么，退回哪一版\n\
             /template 空白值班表，要的话\n\
             /leave 姓名：替某人请假；/swap 姓名：替某人换班\n\
             /ready 谁还联系不上，发测试消息\n\
             /report 今天的日报告：谁报了，谁没报\n\
             /desk 在电脑上打开值班台\n\
             /clerks 管理员：请一位同事来管，或撤下\n\
             /lang zh 或 en：换语言",
            "<b>What the duty office can do</b>\n\
             Send a roster file: I read it to you, and it counts only once you say so\n\
             /gaps where nobody is on duty\n\
             /who who is rostered right now\n\
             /check all everybody, /check 3 three at random, /check UNIT one unit\n\
             /draw the random checks: their seal, and how often each unit was asked\n\
             /phone whom to ring: not bound, or no answer\n\
             /circular draft it, ask the units, have it approved, publish it\n\
             /export the journal for anybody to verify; gaps, roster, checks\n\
             /unbound people without an account, with their links\n\
             /invite NAME one person's link\n\
             /unbind NAME frees an account, for a new phone\n\
             /chase remind the units that sent no roster\n\
             /unit NAME how one unit stands\n\
             /versions what each version changed, and the way back\n\
             /template an empty roster, for those who ask\n\
             /leave NAME leave for somebody; /swap NAME swaps somebody's shift\n\
             /ready who cannot be reached yet, and the test message\n\
             /report today's daily reports\n\
             /desk the web desk, on a computer\n\
             /clerks who runs the office: ask a colleague in, or let one go\n\
             /lang zh or en: change the language",
        ))
        .row([
            (t.pick("空档", "Gaps"), Press::Gaps),
            (t.pick("谁在岗", "Who is on"), Press::Who),
            (t.pick("没绑定", "Unbound"), Press::Unbound),
        ])
        .row([(
            t.pick("生成通报", "Draft the circular"),
            Press::DraftCircular,
        )]),
        Listener::Liaison => Text::new(t.pick(
            "<b>您可以报本单位的值班表</b>\n\
             把表直接发到这里：我读给您看，您点了才启用，也会告诉值班办公室\n\
             /unit 本单位：班次、空档、谁没绑定\n\
             /template 空白值班表\n\
             /me 我的班次\n\
             值班时收到抽查，点按钮或回复“在岗”就行。",
            "<b>You may send your unit's roster</b>\n\
             Send the file right here: I read it to you, it counts only once you say so, and the \
             duty office is told\n\
             /unit your unit: shifts, gaps, who is not bound\n\
             /template an empty roster\n\
             /me my shifts\n\
             When a check comes while you are on duty, tap its button or reply \"here\".",
        ))
        .row([
            (t.pick("本单位情况", "My unit"), Press::Unit),
            (t.pick("我的班次", "My shifts"), Press::MyShifts),
        ]),
        Listener::Officer | Listener::Outsider => Text::new(t.pick(
            "您值班时我偶尔会问一句“在岗吗”，点一下按钮，或回复“在岗”就行。\n\
             /me 我的班次\n/leave 请假\n/swap 换班\n/report 日报告",
            "While you are on duty I will now and then ask whether you are at your post: \
             tap the button, or reply \"here\".\n\
             /me my shifts\n/leave ask for leave\n/swap swap a shift\n/report daily report",
        ))
        .row([(t.pick("我的班次", "My shifts"), Press::MyShifts)]),
    }
}
