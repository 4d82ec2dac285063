//! What `zaigang doctor` has found, one line for each thing it looked at.

use super::Lang;

/// How it stands with one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Health {
    Fine,
    /// Nothing wrong, but worth knowing.
    Note,
    Ill,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sign {
    Settings {
        path: Option<String>,
    },
    SettingsBroken {
        cause: String,
    },
    SettingUnfit {
        key: &'static str,
        value: String,
        wanted: &'static str,
    },
    SettingsUnknown {
        keys: Vec<String>,
    },
    Data {
        path: String,
    },
    DataWillBe {
        path: String,
    },
    DataUnusable {
        path: String,
        cause: String,
    },
    StoreSound,
    StoreAbsent,
    StoreInUse,
    StoreIll {
        cause: String,
    },
    Listen {
        address: String,
    },
    ListenTaken {
        address: String,
        cause: String,
    },
    /// The address is taken, by the process that is using the data.
    ListenOurs {
        address: String,
    },
    TokenMissing,
    /// `TELOXIDE_API_URL` or `TELOXIDE_PROXY` is no address.
    ApiAddress {
        cause: String,
    },
    Api {
        bot: String,
    },
    ApiRefusesToken,
    ApiUnreached {
        cause: String,
    },
    /// Beside the server's clock.
    Clock {
        apart_secs: i64,
    },
    ClockWrong {
        apart_secs: i64,
    },
    /// No clock to compare with; this is what the machine thinks.
    ClockAlone {
        year: i32,
    },
    ClockAbsurd {
        year: i32,
    },
}

impl Sign {
    #[must_use]
    pub fn health(&self) -> Health {
        match self {
            Sign::Settings { .. }
            | Sign::Data { .. }
            | Sign::StoreSound
            | Sign::Listen { .. }
            | Sign::Api { .. }
            | Sign::Clock { .. } => Health::Fine,
            Sign::SettingsUnknown { .. }
            | Sign::DataWillBe { .. }
            | Sign::StoreAbsent
            | Sign::StoreInUse
            | Sign::ListenOurs { .. }
            | Sign::ClockAlone { .. } => Health::Note,
            Sign::SettingsBroken { .. }
            | Sign::SettingUnfit { .. }
            | Sign::DataUnusable { .. }
            | Sign::StoreIll { .. }
            | Sign::ListenTaken { .. }
            | Sign::TokenMissing
            | Sign::ApiAddress { .. }
            | Sign::ApiRefusesToken
            | Sign::ApiUnreached { .. }
            | Sign::ClockWrong { .. }
            | Sign::ClockAbsurd { .. } => Health::Ill,
        }
    }
}

/// `正常  数据文件夹 data 可写`.
#[must_use]
pub fn line(sign: &Sign, lang: Lang) -> String {
    match lang {
        Lang::Zh => {
            let health = match sign.health() {
                Health::Fine => "正常",
                Health::Note => "注意",
                Health::Ill => "不行",
            };
            format!("{health}  {}", zh(sign))
        }
        Lang::En => {
            let health = match sign.health() {
                Health::Fine => "ok   ",
                Health::Note => "note ",
                Health::Ill => "fail ",
            };
            format!("{health} {}", en(sign))
        }
    }
}

/// The last line.
#[must_use]
pub fn summary(ill: usize, lang: Lang) -> String {
    match (ill, lang) {
        (0, Lang::Zh) => "可以启动：zaigang serve".to_owned(),
        (0, Lang::En) => "ready: zaigang serve".to_owned(),
        (_, Lang::Zh) => format!("{ill} 处不行，改好再启动"),
        (1, Lang::En) => "1 thing to put right first".to_owned(),
        (_, Lang::En) => format!("{ill} things to put right first"),
    }
}

fn zh(sign: &Sign) -> String {
    match sign {
        Sign::Settings { path: Some(path) } => format!("配置 {path} 读得懂"),
        Sign::Settings { path: None } => {
            "没有 zaigang.toml，全用默认值（zaigang init 写一份）".to_owned()
        }
        Sign::SettingsBroken { cause } => format!("配置有误：{cause}"),
        Sign::SettingUnfit { key, value, wanted } => {
            format!("配置里的 {key} 不能是“{value}”，请写成这样：{wanted}")
        }
        Sign::SettingsUnknown { keys } => {
            format!("配置里这些键没有人用，可能写错了：{}", keys.join("、"))
        }
        Sign::Data { path } => format!("数据文件夹 {path} 可写"),
        Sign::DataWillBe { path } => format!("数据文件夹 {path} 还没有，第一次启动时建"),
        Sign::DataUnusable { path, cause } => {
            format!("数据文件夹 {path} 用不了（{cause}）；换一个：--data")
        }
        Sign::StoreSound => "数据打得开，没有损坏".to_owned(),
        Sign::StoreAbsent => "还没有数据，第一次启动时建".to_owned(),
        Sign::StoreInUse => "数据正被运行中的 zaigang 使用，没有打开看".to_owned(),
        Sign::StoreIll { cause } => format!("数据打不开：{cause}"),
        Sign::Listen { address } => format!("{address} 空着，可以监听"),
        Sign::ListenTaken { address, cause } => {
            format!("{address} 用不了（{cause}）。换一个：[server] listen = \"127.0.0.1:0\"")
        }
        Sign::ListenOurs { address } => format!("{address} 有人在监听，应是运行中的 zaigang"),
        Sign::TokenMissing => {
            "没有机器人的令牌：在 Telegram 里找 @BotFather，发 /newbot，放进环境变量 TELOXIDE_TOKEN"
                .to_owned()
        }
        Sign::ApiAddress { cause } => {
            format!("TELOXIDE_API_URL 或 TELOXIDE_PROXY 不是一个网址：{cause}")
        }
        Sign::Api { bot } => format!("连得上 Telegram，机器人是 @{bot}"),
        Sign::ApiRefusesToken => {
            "Telegram 不认这个令牌，请到 @BotFather 那里核对（/mybots）".to_owned()
        }
        Sign::ApiUnreached { cause } => {
            format!("连不上 Telegram：{cause}；要代理请设 TELOXIDE_PROXY")
        }
        Sign::Clock { apart_secs } => format!("时钟和服务器差 {apart_secs} 秒"),
        Sign::ClockWrong { apart_secs } => {
            format!("时钟和服务器差 {apart_secs} 秒，抽查的截止时间会不准；请校时")
        }
        Sign::ClockAlone { year } => format!("时钟是 {year} 年，没有服务器可对"),
        Sign::ClockAbsurd { year } => format!("时钟是 {year} 年，请校时"),
    }
}

fn en(sign: &Sign) -> String {
    match sign {
        Sign::Settings { path: Some(path) } => format!("the settings in {path} are understood"),
        Sign::Settings { path: None } => {
            "there is no zaigang.toml: all defaults (zaigang init writes one)".to_owned()
        }
        Sign::SettingsBroken { cause } => format!("the settings are wrong: {cause}"),
        Sign::SettingUnfit { key, value, wanted } => {
            format!("{key} cannot be \"{value}\"; write it like this: {wanted}")
        }
        Sign::SettingsUnknown { keys } => {
            format!("nobody looks at these settings, perhaps misspelt: {}", keys.join(", "))
        }
        Sign::Data { path } => format!("the data folder {path} can be written to"),
        Sign::DataWillBe { path } => {
            format!("the data folder {path} is not there yet; the first start makes it")
        }
        Sign::DataUnusable { path, cause } => {
            format!("the data folder {path} cannot be used ({cause}); name another with --data")
        }
        Sign::StoreSound => "the data opens and is sound".to_owned(),
        Sign::StoreAbsent => "no data yet; the first start makes it".to_owned(),
        Sign::StoreInUse => "a running zaigang has the data; it was not opened".to_owned(),
        Sign::StoreIll { cause } => format!("the data cannot be opened: {cause}"),
        Sign::Listen { address } => format!("{address} is free to listen on"),
        Sign::ListenTaken { address, cause } => {
            format!("{address} cannot be used ({cause}). Try [server] listen = \"127.0.0.1:0\"")
        }
        Sign::ListenOurs { address } => {
            format!("{address} is taken, most likely by the running zaigang")
        }
        Sign::TokenMissing => "there is no bot token: ask @BotFather in Telegram with /newbot and put it into TELOXIDE_TOKEN".to_owned(),
        Sign::ApiAddress { cause } => {
            format!("TELOXIDE_API_URL or TELOXIDE_PROXY is no address: {cause}")
        }
        Sign::Api { bot } => format!("Telegram answers; the bot is @{bot}"),
        Sign::ApiRefusesToken => {
            "Telegram refuses the token; look it up with @BotFather (/mybots)".to_owned()
        }
        Sign::ApiUnreached { cause } => {
            format!("Telegram cannot be reached: {cause}; for a proxy set TELOXIDE_PROXY")
        }
        Sign::Clock { apart_secs } => {
            format!("the clock is {apart_secs} s apart from the server's")
        }
        Sign::ClockWrong { apart_secs } => format!(
            "the clock is {apart_secs} s apart from the server's: deadlines will be off; set it"
        ),
        Sign::ClockAlone { year } => {
            format!("the clock says {year}; there was no server to compare it with")
        }
        Sign::ClockAbsurd { year } => format!("the clock says {year}; set it"),
    }
}
