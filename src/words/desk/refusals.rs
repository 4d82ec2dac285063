//! Where there is no page for somebody: what is so, and what they can do.

use super::Lang;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    Stopping,
    LoggedOut,
    DeadLink,
    TooOften,
    Foreign,
    Unfit,
    NotFound,
    Broken,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub headline: String,
    pub what_to_do: String,
}

#[must_use]
pub fn refusal(why: Why, lang: Lang) -> Refused {
    let (headline, what_to_do) = match lang {
        Lang::Zh => zh(why),
        Lang::En => en(why),
    };
    Refused {
        headline: headline.to_owned(),
        what_to_do: what_to_do.to_owned(),
    }
}

fn zh(why: Why) -> (&'static str, &'static str) {
    match why {
        Why::Stopping => ("程序正在停止", "稍等一会儿，再刷新这一页。"),
        Why::LoggedOut => (
            "请先登录",
            "在和机器人的聊天里发 /desk，打开它给您的链接。还没有管理员的话，用程序启动时打印的链接。",
        ),
        Why::DeadLink => (
            "这个链接不能用了",
            "登录链接只能用一次，也有时限。在和机器人的聊天里再发一次 /desk；还没有管理员的话，重新启动程序，用新打印的链接。",
        ),
        Why::TooOften => ("试得太多了", "请过几分钟再用新的链接登录。"),
        Why::Foreign => (
            "没有改动任何东西",
            "这个操作不是从值班台的页面发出的，或者那一页已经过期。请回到值班台，刷新后再点一次。",
        ),
        Why::Unfit => (
            "没有改动任何东西",
            "收到的内容不完整，或者文件太大。请回到上一页再试一次。",
        ),
        Why::NotFound => ("没有这一页", "请回到值班台首页。"),
        Why::Broken => ("现在读不出来", "请稍后再试；还是不行，请看程序的日志。"),
    }
}

fn en(why: Why) -> (&'static str, &'static str) {
    match why {
        Why::Stopping => (
            "The program is stopping",
            "Wait a moment and reload this page.",
        ),
        Why::LoggedOut => (
            "Please log in",
            "Send /desk in your chat with the bot and open the link it gives you. While there is \
             no clerk, use the link that the program prints at its start.",
        ),
        Why::DeadLink => (
            "This link does not work any more",
            "A login link works once and for a short time. Send /desk in your chat with the bot \
             again; while there is no clerk, restart the program and use the link it prints.",
        ),
        Why::TooOften => ("Too many tries", "Please use a new link in some minutes."),
        Why::Foreign => (
            "Nothing was changed",
            "This did not come from a page of the desk, or that page is out of date. Go back to \
             the desk, reload it and try again.",
        ),
        Why::Unfit => (
            "Nothing was changed",
            "Something was missing in what arrived, or the file is too large. Go back and try again.",
        ),
        Why::NotFound => ("There is no such page", "Please go back to the desk."),
        Why::Broken => (
            "This cannot be read now",
            "Please try again later; if it stays so, look at the program's log.",
        ),
    }
}
