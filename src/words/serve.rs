//! What `serve` prints, and why it cannot start.

use super::Lang;
use super::organisations::{Unserved, unserved};

/// The one line that lets the first clerk in.
#[must_use]
pub fn claim(payload: &str, bot: Option<&str>, lang: Lang) -> String {
    let link = match bot {
        Some(bot) => format!("https://t.me/{bot}?start={payload}"),
        // Telegram has not told the bot's name yet: the link's own part is what counts.
        None => format!("https://t.me/BOT?start={payload}"),
    };
    let unnamed = bot.is_none();
    match lang {
        Lang::Zh => {
            let name = if unnamed {
                "（把 BOT 换成机器人的用户名）"
            } else {
                ""
            };
            format!("还没有管理员。值班办公室的人在手机上打开这个链接{name}，只能用一次：{link}")
        }
        Lang::En => {
            let name = if unnamed {
                " (with the bot's username for BOT)"
            } else {
                ""
            };
            format!("No clerk yet. Open this link once{name}, on the duty office's phone: {link}")
        }
    }
}

/// The one line that opens the web desk where there is no clerk to send it to.
#[must_use]
pub fn desk(url: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("在这台电脑的浏览器里打开值班台，这个链接只能用一次：{url}"),
        Lang::En => format!("The web desk, in this computer's browser; the link works once: {url}"),
    }
}

/// What a page says while another process has the data.
#[must_use]
pub fn standing_by(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "值守的是另一个 zaigang，这一个候补。请稍后再试。",
        Lang::En => "Another zaigang is at work; this one stands by. Try again in a moment.",
    }
}

/// Why `serve` cannot run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The variable of that name holds no token.
    NoToken {
        variable: String,
    },
    /// `TELOXIDE_API_URL` or `TELOXIDE_PROXY` is no address.
    Address {
        cause: String,
    },
    /// The file of settings cannot be opened, or is not as it is written.
    Settings {
        cause: String,
    },
    /// One setting that cannot be what it says, and an example of what it can be.
    Setting {
        key: &'static str,
        value: String,
        wanted: &'static str,
    },
    /// The list of units cannot be opened.
    UnitsUnopened {
        path: String,
        cause: std::io::ErrorKind,
    },
    /// There is not one unit in it.
    UnitsEmpty {
        path: String,
    },
    UnitsWithoutColumn {
        path: String,
        column: &'static str,
    },
    /// A cell that should be a whole number, in this row (from 1, header included).
    UnitsNumber {
        path: String,
        row: u32,
        cell: String,
    },
    /// Telegram does not know the token.
    Token,
    Listen {
        address: String,
        cause: String,
    },
    /// What stands in the way of one of several organisations.
    Of {
        name: String,
        why: Box<Refusal>,
    },
    /// Why not one of several is served.
    Several(Unserved),
    /// Another process has the data.
    InUse,
    Store {
        cause: String,
    },
    /// No database server answers at `at`.
    StoreAway {
        at: String,
        cause: String,
    },
    /// The server at `at` lets us not into the database.
    StoreClosed {
        at: String,
        cause: String,
    },
}

const UNITS_HEADER: &str = "unit,kind,duty_line,min_staff,liaison";

#[must_use]
pub fn refusal(refusal: &Refusal, lang: Lang) -> String {
    match (refusal, lang) {
        (Refusal::NoToken { variable }, lang) => no_token(variable, lang),
        (Refusal::Address { cause }, Lang::Zh) => {
            format!("TELOXIDE_API_URL 或 TELOXIDE_PROXY 不是一个网址：{cause}")
        }
        (Refusal::Address { cause }, Lang::En) => {
            format!("TELOXIDE_API_URL or TELOXIDE_PROXY is no address: {cause}")
        }
        (Refusal::Settings { cause }, Lang::Zh) => format!("配置有误：{cause}"),
        (Refusal::Settings { cause }, Lang::En) => format!("the configuration is wrong: {cause}"),
        (Refusal::Setting { key, value, wanted }, Lang::Zh) => {
            format!("配置里的 {key} 不能是“{value}”，请写成这样：{wanted}")
        }
        (Refusal::Setting { key, value, wanted }, Lang::En) => {
            format!("{key} cannot be \"{value}\"; write it like this: {wanted}")
        }
        (Refusal::UnitsUnopened { path, cause }, Lang::Zh) => {
            format!(
                "单位名单打不开：{path}（{cause}）。请核对 zaigang.toml 里的 units，相对路径从数据文件夹算起。"
            )
        }
        (Refusal::UnitsUnopened { path, cause }, Lang::En) => {
            format!(
                "the list of units cannot be opened: {path} ({cause}). Look at units in zaigang.toml; a relative path begins in the data folder."
            )
        }
        (Refusal::UnitsEmpty { path }, Lang::Zh) => {
            format!("单位名单 {path} 里一个单位也没有。第一行写 {UNITS_HEADER}，下面一行一个单位。")
        }
        (Refusal::UnitsEmpty { path }, Lang::En) => {
            format!(
                "the list of units {path} has not one unit. Its first row is {UNITS_HEADER}, then one unit a row."
            )
        }
        (Refusal::UnitsWithoutColumn { path, column }, Lang::Zh) => {
            format!("单位名单 {path} 缺少 {column} 一列。第一行写 {UNITS_HEADER}")
        }
        (Refusal::UnitsWithoutColumn { path, column }, Lang::En) => {
            format!(
                "the list of units {path} has no column {column}. Its first row is {UNITS_HEADER}"
            )
        }
        (Refusal::UnitsNumber { path, row, cell }, Lang::Zh) => {
            format!("单位名单 {path} 第 {row} 行的 min_staff“{cell}”不是整数")
        }
        (Refusal::UnitsNumber { path, row, cell }, Lang::En) => {
            format!(
                "row {row} of the list of units {path}: min_staff \"{cell}\" is no whole number"
            )
        }
        (Refusal::Token, Lang::Zh) => {
            "Telegram 不认这个令牌。请到 @BotFather 那里核对（/mybots），\
             把完整的令牌放进环境变量 TELOXIDE_TOKEN 再启动。"
                .to_owned()
        }
        (Refusal::Token, Lang::En) => "Telegram refuses this token. Look it up with @BotFather \
             (/mybots), put all of it into the environment variable TELOXIDE_TOKEN and start again."
            .to_owned(),
        (Refusal::Of { name, why }, lang) => format!("{name}: {}", self::refusal(why, lang)),
        (Refusal::Several(why), lang) => unserved(why, lang),
        (Refusal::InUse, Lang::Zh) => {
            "这个数据文件夹正被另一个 zaigang 使用。请先停掉那一个，或用 --data 换一个文件夹。"
                .to_owned()
        }
        (Refusal::InUse, Lang::En) => "another zaigang is using this data folder. Stop it first, \
             or choose another folder with --data."
            .to_owned(),
        (Refusal::Listen { address, cause }, Lang::Zh) => {
            format!("{address} 用不了（{cause}）。换一个：[server] listen = \"127.0.0.1:0\"")
        }
        (Refusal::Listen { address, cause }, Lang::En) => {
            format!("{address} cannot be used ({cause}). Try [server] listen = \"127.0.0.1:0\"")
        }
        (Refusal::Store { cause }, Lang::Zh) => format!("数据打不开：{cause}"),
        (Refusal::Store { cause }, Lang::En) => format!("the data cannot be opened: {cause}"),
        (Refusal::StoreAway { at, cause }, Lang::Zh) => {
            format!(
                "数据库没有回应：{at}（{cause}）。请看服务器开着没有，store.url 里的主机和端口对不对。"
            )
        }
        (Refusal::StoreAway { at, cause }, Lang::En) => {
            format!(
                "no database answers at {at} ({cause}). Is the server running, and are host and port in store.url right?"
            )
        }
        (Refusal::StoreClosed { at, cause }, Lang::Zh) => {
            format!(
                "数据库不让进：{at}（{cause}）。请核对 store.url 里的用户、密码和库名；库要先建好：createdb。"
            )
        }
        (Refusal::StoreClosed { at, cause }, Lang::En) => {
            format!(
                "the database server refuses us at {at} ({cause}). Look at user, password and database in store.url; the database is made beforehand, with createdb."
            )
        }
    }
}

fn no_token(variable: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!(
            "没有机器人的令牌。在 Telegram 里找 @BotFather，发 /newbot，\
             把它给的令牌放进环境变量 {variable} 再启动。不想先建机器人，可以先看演示：zaigang demo"
        ),
        Lang::En => format!(
            "there is no bot token. Ask @BotFather in Telegram with \
             /newbot, put the token it gives you into the environment variable {variable} and \
             start again. To look around without a bot: zaigang demo"
        ),
    }
}
