//! The journal's lines as a clerk reads them: what was done, and whom or what it concerns.

use super::Lang;
use crate::duty::{Amendment, Turn};
use crate::journal::Deed;

/// What was done, and to whom or what; the second may be empty.
#[must_use]
pub fn deed(deed: &Deed, lang: Lang) -> (&'static str, String) {
    let (zh, en, concerning) = said(deed);
    match lang {
        Lang::Zh => (zh, concerning),
        Lang::En => (en, concerning),
    }
}

#[expect(clippy::too_many_lines, reason = "one line for every deed")]
fn said(deed: &Deed) -> (&'static str, &'static str, String) {
    match deed {
        Deed::ClerkClaimed { .. } => ("成为管理员", "became the first clerk", String::new()),
        Deed::ClerkRefused { .. } => (
            "想当管理员，没有通过",
            "asked to be a clerk, refused",
            String::new(),
        ),
        Deed::ClerkInvited { .. } => ("请同事当管理员", "asked a colleague in", String::new()),
        Deed::ClerkJoined { name, .. } => ("成为管理员", "became a clerk", name.clone()),
        Deed::ClerkDismissed { name, .. } => ("撤下管理员", "let a clerk go", name.clone()),
        Deed::PersonBound { unit, name, .. } => ("绑定", "bound", format!("{unit} {name}")),
        Deed::PersonUnbound { unit, name, .. } => (
            "解除绑定",
            "freed from the account",
            format!("{unit} {name}"),
        ),
        Deed::ForeignContact { .. } => (
            "发来别人的名片",
            "sent somebody else's contact",
            String::new(),
        ),
        Deed::ForeignButton { .. } => (
            "按了别人的按钮",
            "pressed somebody else's button",
            String::new(),
        ),
        Deed::StrangerFile { .. } => (
            "外人发来文件，没有收",
            "a stranger's file, refused",
            String::new(),
        ),
        Deed::RosterReceived { file_name, .. } => {
            ("收到值班表", "a roster came", file_name.clone())
        }
        Deed::RosterInForce { version, .. } => {
            ("启用值班表", "put a roster in force", version.to_string())
        }
        Deed::RosterAside { .. } => ("值班表暂不使用", "put a roster aside", String::new()),
        Deed::FormTold { .. } => ("回答了表的读法", "told how to read the file", String::new()),
        Deed::FormForgotten { .. } => (
            "收回表的读法",
            "took back how to read the file",
            String::new(),
        ),
        Deed::RoundOrdered { round, .. } => ("发起抽查", "ordered a check", round.to_string()),
        Deed::CheckAsked {
            check, unit, name, ..
        } => ("抽查", "asked", format!("{check} {unit} {name}")),
        Deed::CheckMadeUp { check, instead_of } => {
            ("补查", "asked again", format!("{check} ← {instead_of}"))
        }
        Deed::CheckDelivered { check, .. } => {
            ("抽查已送达", "the question arrived", check.to_string())
        }
        Deed::CheckClosed { check, .. } => ("抽查有了结果", "a check closed", check.to_string()),
        Deed::CheckAmended { check, .. } => (
            "抽查结果改好了",
            "a check's outcome was raised",
            check.to_string(),
        ),
        Deed::LeaveAsked { .. } => (
            "请假或换班，送审",
            "asked for leave or a swap",
            String::new(),
        ),
        Deed::StandInAgreed { .. } => ("接班人同意", "the stand-in agreed", String::new()),
        Deed::StandInRefused { .. } => ("接班人不方便", "the stand-in cannot", String::new()),
        Deed::LeaveSentBack { .. } => (
            "退回，请先找接班人",
            "sent back for a stand-in",
            String::new(),
        ),
        Deed::LeaveApproved { amendment, .. } => (
            "批准请假或换班",
            "approved leave or a swap",
            given_away(amendment),
        ),
        Deed::LeaveOrdered { amendment, .. } => (
            "办公室调班",
            "the office changed a shift",
            given_away(amendment),
        ),
        Deed::LeaveRefused { .. } => ("不同意请假或换班", "refused leave or a swap", String::new()),
        Deed::LeaveWithdrawn { .. } => {
            ("撤回请假或换班", "withdrew leave or a swap", String::new())
        }
        Deed::LeaveExpired { .. } => (
            "请假或换班没人答复",
            "leave or a swap expired",
            String::new(),
        ),
        Deed::LeaveLapsed { .. } => (
            "新版值班表里没有这个班了",
            "the new roster lacks that shift",
            String::new(),
        ),
        Deed::RosterRestored { version, .. } => {
            ("退回旧版", "an older roster again", version.to_string())
        }
        Deed::CheckHappened { check, .. } => ("抽查记录", "a check's record", check.to_string()),
        Deed::RosterSealed { version, .. } => {
            ("值班表封存", "a roster was sealed", version.to_string())
        }
        Deed::DutyChanged { .. } => ("在岗安排变动", "who is on duty changed", String::new()),
        Deed::DrawCommitted { .. } => ("随机抽查封存", "a draw was sealed", String::new()),
        Deed::LotHeld { unit, name, .. } => ("抽到", "drawn", format!("{unit} {name}")),
        Deed::LotNotHeld { .. } => ("这一签没有抽", "a lot was not held", String::new()),
        Deed::DrawRevealed { .. } => ("随机抽查公开", "a draw was revealed", String::new()),
        Deed::ClockSet { .. } => ("时钟被改过", "the clock was set", String::new()),
        Deed::BackupRestored { lines } => (
            "恢复了旧备份",
            "an older backup was restored",
            lines.to_string(),
        ),
        Deed::RungAsked { check, .. } => {
            ("请上一级核实", "asked somebody above", check.to_string())
        }
        Deed::RungSkipped { check, .. } => (
            "上一级没有人可问",
            "nobody above could be asked",
            check.to_string(),
        ),
        Deed::Sighted { check, name, .. } => (
            "核实电话结果",
            "what a call found",
            format!("{check} {name}"),
        ),
        Deed::PersonSaid { check, .. } => ("本人说明", "the person's own words", check.to_string()),
        Deed::VerdictGiven { check, name, .. } => {
            ("核实结论", "a verdict", format!("{check} {name}"))
        }
        Deed::VerdictWithdrawn { check, .. } => (
            "结论收回：本人的回答到了",
            "a verdict withdrawn: the answer came",
            check.to_string(),
        ),
        Deed::ForeignUnits { .. } => (
            "表里有别的单位，没有收",
            "a file with other units, refused",
            String::new(),
        ),
        Deed::UnitsChased { .. } => ("催过单位", "units were asked", String::new()),
        Deed::TestSent { unit, name, .. } => (
            "发了测试消息",
            "a test message was sent",
            format!("{unit} {name}"),
        ),
        Deed::TestAnswered { .. } => (
            "测试消息有了回音",
            "the test message was answered",
            String::new(),
        ),
        Deed::ReportedQuiet { unit, .. } => ("平安无事", "all quiet", unit.clone()),
        Deed::ReportedMatter { unit, .. } => ("报告了情况", "something was reported", unit.clone()),
        Deed::PageOpened { unit, name } => (
            "打开个人页面",
            "opened their own page",
            format!("{unit} {name}"),
        ),
        Deed::LinksTakenBack { unit, name, .. } => (
            "收回链接",
            "links were taken back",
            format!("{unit} {name}"),
        ),
        Deed::DeskOpened { .. } => ("登录值班台", "came in at the desk", String::new()),
        Deed::DeskClosed { .. } => ("退出值班台", "left the desk", String::new()),
        Deed::DeskNamed { name, .. } => ("值班台署名", "gave a name at the desk", name.clone()),
        Deed::CircularDrafted { circular, .. } => {
            ("起草通报", "drafted a circular", circular.to_string())
        }
        Deed::CircularGapStruck { unit, name, .. } => (
            "空档不写进通报",
            "left a gap out of a circular",
            format!("{unit} {name}"),
        ),
        Deed::CircularUnitsAsked { units, .. } => (
            "征求单位意见",
            "asked the units about a circular",
            units.join(" "),
        ),
        Deed::CircularUnitAnswered { unit, name, .. } => (
            "单位回了通报意见",
            "a unit answered about a circular",
            format!("{unit} {name}"),
        ),
        Deed::CircularSubmitted { circular, .. } => (
            "通报送审",
            "sent a circular for approval",
            circular.to_string(),
        ),
        Deed::CircularReturned { name, .. } => ("退回通报", "returned a circular", name.clone()),
        Deed::CircularPublished { name, .. } => {
            ("同意印发通报", "approved a circular", name.clone())
        }
        Deed::CircularRead { circular, .. } => {
            ("已阅通报", "read a circular", circular.to_string())
        }
        Deed::CircularCorrected { check, name, .. } => (
            "更正通报",
            "corrected a circular",
            format!("{:04} {name}", check.0),
        ),
    }
}

/// `城关镇 王建国 → 许刚`.
fn given_away(amendment: &Amendment) -> String {
    let Turn { unit, person, .. } = &amendment.turn;
    let to = amendment.stand_in.as_ref().map_or("—", |to| &to.name);
    format!("{unit} {} → {to}", person.name)
}
