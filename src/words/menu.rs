//! What the bot can be asked for, as its menu tells it, and the plain words that ask the same.

use super::Lang;
use crate::decide::Listener;

/// One line of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    Gaps,
    Who,
    Check,
    Unbound,
    Invite,
    Unbind,
    Me,
    Lang,
    Cancel,
    Help,
    Draw,
    Phone,
    Export,
    Template,
    Leave,
    Swap,
    Versions,
    Unit,
    Chase,
    Ready,
    Report,
    Desk,
    Circular,
    Clerks,
}

impl Entry {
    /// All there is, which a clerk can ask for, in the order the menu shows.
    pub const ALL: &[Entry] = &[
        Entry::Gaps,
        Entry::Who,
        Entry::Check,
        Entry::Draw,
        Entry::Phone,
        Entry::Unbound,
        Entry::Invite,
        Entry::Unbind,
        Entry::Chase,
        Entry::Versions,
        Entry::Unit,
        Entry::Template,
        Entry::Circular,
        Entry::Export,
        Entry::Me,
        Entry::Leave,
        Entry::Swap,
        Entry::Desk,
        Entry::Clerks,
        Entry::Lang,
        Entry::Cancel,
        Entry::Help,
    ];

    /// What whoever speaks for a unit can ask for.
    const LIAISONS: &[Entry] = &[
        Entry::Unit,
        Entry::Ready,
        Entry::Template,
        Entry::Me,
        Entry::Leave,
        Entry::Swap,
        Entry::Report,
        Entry::Lang,
        Entry::Cancel,
        Entry::Help,
    ];

    /// What everybody else can.
    const EVERYBODYS: &[Entry] = &[
        Entry::Me,
        Entry::Leave,
        Entry::Swap,
        Entry::Lang,
        Entry::Cancel,
        Entry::Help,
    ];

    /// What `who` can ask for, in the order the menu shows.
    #[must_use]
    pub fn of(who: Listener) -> &'static [Entry] {
        match who {
            Listener::Clerk => Self::ALL,
            Listener::Liaison => Self::LIAISONS,
            Listener::Officer | Listener::Outsider => Self::EVERYBODYS,
        }
    }

    /// What it is asked for with, without the slash.
    #[must_use]
    pub fn command(self) -> &'static str {
        match self {
            Entry::Gaps => "gaps",
            Entry::Who => "who",
            Entry::Check => "check",
            Entry::Unbound => "unbound",
            Entry::Invite => "invite",
            Entry::Unbind => "unbind",
            Entry::Me => "me",
            Entry::Lang => "lang",
            Entry::Cancel => "cancel",
            Entry::Help => "help",
            Entry::Draw => "draw",
            Entry::Phone => "phone",
            Entry::Export => "export",
            Entry::Template => "template",
            Entry::Leave => "leave",
            Entry::Swap => "swap",
            Entry::Versions => "versions",
            Entry::Unit => "unit",
            Entry::Chase => "chase",
            Entry::Ready => "ready",
            Entry::Report => "report",
            Entry::Desk => "desk",
            Entry::Circular => "circular",
            Entry::Clerks => "clerks",
        }
    }

    /// The menu's own line for it.
    #[must_use]
    pub fn about(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => match self {
                Entry::Gaps => "空档：哪里没人值班",
                Entry::Who => "谁在岗：现在谁值班",
                Entry::Check => "抽查：all、人数或单位",
                Entry::Unbound => "谁还没绑定",
                Entry::Invite => "某人的绑定链接",
                Entry::Unbind => "解除某人的绑定，好换手机",
                Entry::Me => "我的班次",
                Entry::Lang => "语言：中文或 English",
                Entry::Cancel => "取消",
                Entry::Help => "帮助",
                Entry::Draw => "随机抽查：封存码，各单位抽了几次",
                Entry::Phone => "要打的电话：没绑定的、没回答的",
                Entry::Export => "导出：日志、空档、值班表、抽查记录",
                Entry::Template => "模板：空白值班表",
                Entry::Leave => "请假：有事来不了",
                Entry::Swap => "换班：和别人换，或请人代班",
                Entry::Versions => "版本：改过什么，退回哪一版",
                Entry::Unit => "本单位：班次、空档、谁没绑定",
                Entry::Chase => "催报：提醒还没报值班表的单位",
                Entry::Ready => "准备好了吗：谁还联系不上",
                Entry::Report => "日报告：平安无事，或有情况",
                Entry::Desk => "值班台：在电脑上打开",
                Entry::Circular => "通报：起草、征求意见、送审、印发",
                Entry::Clerks => "管理员：请一位同事，或撤下",
            },
            Lang::En => match self {
                Entry::Gaps => "Gaps: where nobody is on duty",
                Entry::Who => "Who is on duty now",
                Entry::Check => "Spot check: all, a number or a unit",
                Entry::Unbound => "Who has no account yet",
                Entry::Invite => "Somebody's personal link",
                Entry::Unbind => "Free somebody's account, for a new phone",
                Entry::Me => "My shifts",
                Entry::Lang => "Language: 中文 or English",
                Entry::Cancel => "Cancel",
                Entry::Help => "Help",
                Entry::Draw => "Random checks: their seal, and how often each unit was asked",
                Entry::Phone => "Whom to ring: not bound, or no answer",
                Entry::Export => "The journal, the gaps, the roster, the checks as files",
                Entry::Template => "An empty roster to fill in",
                Entry::Leave => "Ask for leave from a shift",
                Entry::Swap => "Swap a shift, or find a stand-in",
                Entry::Versions => "Versions: what changed, and the way back",
                Entry::Unit => "My unit: shifts, gaps, who is not bound",
                Entry::Chase => "Remind the units that sent no roster",
                Entry::Ready => "Who cannot be reached yet",
                Entry::Report => "Daily report: all quiet, or not",
                Entry::Desk => "The web desk, on a computer",
                Entry::Circular => "Circular: draft, ask the units, approve, publish",
                Entry::Clerks => "Clerks: ask a colleague in, or let one go",
            },
        }
    }

    /// What a message of exactly these words asks for. Words that answer a check are none.
    #[must_use]
    pub fn asked_by(words: &str) -> Option<Entry> {
        match words {
            "空档" => Some(Entry::Gaps),
            "谁在岗" => Some(Entry::Who),
            "抽查" => Some(Entry::Check),
            "未绑定" => Some(Entry::Unbound),
            "我的班次" => Some(Entry::Me),
            "语言" => Some(Entry::Lang),
            "取消" => Some(Entry::Cancel),
            "帮助" => Some(Entry::Help),
            "随机抽查" => Some(Entry::Draw),
            "电话" => Some(Entry::Phone),
            "导出" => Some(Entry::Export),
            "模板" => Some(Entry::Template),
            "请假" => Some(Entry::Leave),
            "换班" => Some(Entry::Swap),
            "版本" => Some(Entry::Versions),
            "本单位" => Some(Entry::Unit),
            "催报" => Some(Entry::Chase),
            "准备" => Some(Entry::Ready),
            "日报" | "日报告" => Some(Entry::Report),
            "值班台" => Some(Entry::Desk),
            "通报" | "生成通报" => Some(Entry::Circular),
            "管理员" => Some(Entry::Clerks),
            _ => None,
        }
    }
}

/// Whether `word` names everybody on duty.
#[must_use]
pub fn names_all(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "all" | "全部" | "所有" | "所有人"
    )
}

/// The language a person calls by `word`.
#[must_use]
pub fn lang_named(word: &str) -> Option<Lang> {
    match word.to_lowercase().as_str() {
        "zh" | "cn" | "chinese" | "中文" | "汉语" => Some(Lang::Zh),
        "en" | "english" | "英文" | "英语" => Some(Lang::En),
        _ => None,
    }
}
