//! What `zaigang init` writes: every setting there is, with what it means and what holds where
//! nobody sets it, and a list of units to fill in.

use super::Lang;

/// `zaigang.toml`, every setting in it commented out.
#[must_use]
pub fn settings(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => SETTINGS_ZH,
        Lang::En => SETTINGS_EN,
    }
}

/// `units.csv`, its examples commented out.
#[must_use]
pub fn units(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => UNITS_ZH,
        Lang::En => UNITS_EN,
    }
}

/// A file was written.
#[must_use]
pub fn written(path: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("写好了 {path}"),
        Lang::En => format!("wrote {path}"),
    }
}

/// A file was there already.
#[must_use]
pub fn kept(path: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{path} 已经有了，没有动它"),
        Lang::En => format!("{path} is there already and was left alone"),
    }
}

const SETTINGS_ZH: &str = r#"# 在岗（zaigang）的配置。每一项都可以不写；井号后面是不写时的值，去掉井号再改。
# 环境变量优先于这里：ZAIGANG_CHECK_WINDOW=3m 就是 [check] 的 window。
# 每项现在是多少、从哪里来：zaigang config

# 时区：值班表里的钟点都按它算。
# zone = "Asia/Shanghai"

# 说话用的语言：zh、en。
# language = "zh"

# 交接班时间：值班表没写几点时用。
# handover = "08:00"

# 谁要报值班表、值班电话、至少几人；serve 从数据文件夹里找，check 从这个文件旁边找。
# units = "units.csv"

[period]
# 查哪一段：已公布的假期，或者起止时间。都不写就按表里的日期认。
# holiday = "national-day-2026"
# from = "2026-10-01T00:00"
# to = "2026-10-08T00:00"

[lint]
# 只看哪些规则；zaigang explain 列出全部。
# select = ["G", "C101"]
# 不看哪些；要写理由就写成一张表：
# ignore = ["C102"]
# [lint.ignore]
# C102 = "县里定的双岗"
# 到哪一级算不通过：error、warning、note。
# deny = "error"
# 两班之间至少休息多久；不写就不查。
# min-rest = "11h"
# 连续值班最长多久。
# max-hours = "24h"
# 只对一个单位不看的：
# [lint.per-unit]
# "石桥镇" = { C102 = "县里定的双岗" }

[check]
# 抽查：送到以后多久内要回答。
# window = "5m"
# 多久没答再问一次：half、时长、none。
# reminder = "half"
# 再往上找人，每一级等多久。
# rung_patience = "5m"
# 暂时离开，最多多久。
# away = "10m"
# 截止以后再等多久才下结论。
# drain = "60s"
# 每个单位每个时段随机抽几次，0 为不抽。
# per_unit = 2
# 每人每班最多被随机抽几次。
# per_shift_max = 2
# 夜里也抽。
# night = true
# 只查通讯畅通的人，这段时间不打扰。
# quiet = "23:00-06:00"

[daily]
# 到点的消息；每一项都可以写 "none"，就不发。
# 上班前多久提醒当班的人。
# reminder = "1h"
# 几点提醒当晚和第二天一早值班的人。
# evening = "20:00"
# 几点给办公室发当天的情况。
# digest = "08:00"
# 各单位几点前报平安。
# report = "15:00"

[circular]
# 通报：落款的机关、主送机关；不写就用“值班办公室”“各单位”。
# office = "示例县人民政府办公室"
# to = "各乡镇人民政府，县政府各部门"
# 谁审批（姓名，和值班表上的一样）；不写就由另一位办公室人员审批。
# approver = "李明"
# 红头。
# red_head = false

[telegram]
# 令牌不写在这里，只放在环境变量 TELOXIDE_TOKEN 里。
# 怎么收消息：poll 是自己去取，webhook 是让 Telegram 送到下面的网址（要有 https）。
# mode = "poll"
# 送到哪里；不写就用 server.url。path 是网址后面的路径。
# url = "https://duty.example"
# path = "/telegram"
# Telegram 每次送来要出示的口令；不写就自己生成一个。放在环境变量 ZAIGANG_TELEGRAM_SECRET 里更稳妥。
# secret = "……"
# 每秒最多发几条。
# rate = 30

[server]
# 端口写 0 就任选一个，启动时打印出来。
# listen = "127.0.0.1:8080"
# 值班台和个人页对外的网址，前面有反向代理时才要写，结尾不带斜杠。
# url = "https://duty.example"

[store]
# 数据库，在数据文件夹里。
# url = "sqlite:zaigang.db"

[picture]
# 值班图里自带字库没有的字，用这个字体文件来画。
# font = "font.ttf"
"#;

const SETTINGS_EN: &str = r#"# Settings of zaigang. Every one may be left out; what stands behind the # holds then.
# The environment goes over this file: ZAIGANG_CHECK_WINDOW=3m is window of [check].
# What holds now, and where it came from: zaigang config

# The zone of every wall clock in a roster.
# zone = "Asia/Shanghai"

# The language to speak: zh, en.
language = "en"

# The handover, where a roster does not say.
# handover = "08:00"

# Who must send a roster, their duty lines, the fewest people; serve looks for it in the data
# folder, check beside this file.
# units = "units.csv"

[period]
# What to judge over: an announced holiday, or two local times. Without them, the holiday the
# roster's dates touch.
# holiday = "national-day-2026"
# from = "2026-10-01T00:00"
# to = "2026-10-08T00:00"

[lint]
# Only these rules; zaigang explain lists them all.
# select = ["G", "C101"]
# Not these; a table where there are reasons to give:
# ignore = ["C102"]
# [lint.ignore]
# C102 = "two are meant to be on"
# From which level on a check fails: error, warning, note.
# deny = "error"
# The least rest between two shifts; nobody asks without it.
# min-rest = "11h"
# The longest duty without a break.
# max-hours = "24h"
# What to ignore in one unit:
# [lint.per-unit]
# "Shiqiao" = { C102 = "two are meant to be on" }

[check]
# Spot checks: from a ping's delivery to its deadline.
# window = "5m"
# When to ask once more: half, a length, none.
# reminder = "half"
# How long each further rung of the ladder is waited for.
# rung_patience = "5m"
# How long somebody may step out.
# away = "10m"
# After the deadline, before judging.
# drain = "60s"
# Random checks per unit and period; 0 is none.
# per_unit = 2
# Random pings per person and shift, at most.
# per_shift_max = 2
# At night too.
# night = true
# When those who only have to be reachable are left in peace.
# quiet = "23:00-06:00"

[daily]
# What comes by the clock; each may be "none", and then it does not come.
# How long before a shift its people are reminded.
# reminder = "1h"
# When those of the next night or early morning are reminded.
# evening = "20:00"
# When the clerks get their digest.
# digest = "08:00"
# By when every unit has reported.
# report = "15:00"

[circular]
# Whose papers circulars are, and whom they are to; "The Duty Office" and "all units" without.
# office = "Office of the County"
# to = "all townships and departments"
# Who approves them, by the name the roster has; another clerk where nobody is named.
# approver = "Li Ming"
# A red head.
# red_head = false

[telegram]
# The token is never written here: it comes from the environment, TELOXIDE_TOKEN.
# How updates come: "poll" fetches them, "webhook" has Telegram bring them to the address below (https).
# mode = "poll"
# Where to; server.url without it. The path goes behind it.
# url = "https://duty.example"
# path = "/telegram"
# What Telegram must show with each update; one is made up without it. Better in the environment: ZAIGANG_TELEGRAM_SECRET.
# secret = "..."
# Messages a second, at most.
# rate = 30

[server]
# Port 0 takes any free one and prints it.
# listen = "127.0.0.1:8080"
# Where people find the desk and their own pages, if a proxy stands in front; no slash at the end.
# url = "https://duty.example"

[store]
# The database, in the data folder.
# url = "sqlite:zaigang.db"

[picture]
# A font file for characters of the coverage picture that the font within lacks.
# font = "font.ttf"
"#;

const UNITS_ZH: &str = "\
unit,kind,duty_line,min_staff,liaison
# 一行一个单位：名称,类别,值班电话,至少几人,报表的人。井号开头的行不算，照着写再去掉：,,,,
# 石桥镇,乡镇,0000-5550301,1,陈静
# 县医院,医院,0000-5550302,2,
";

const UNITS_EN: &str = "\
unit,kind,duty_line,min_staff,liaison
# One unit a line: name; kind; duty line; fewest people; who sends its roster. Lines with # do not count:,,,,
# Shiqiao,town,0000-5550301,1,Chen Jing
# County Hospital,hospital,0000-5550302,2,
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::unit_entries;

    #[test]
    fn the_list_of_units_is_empty_until_somebody_fills_it_in() {
        for lang in [Lang::Zh, Lang::En] {
            assert_eq!(unit_entries(units(lang)), Ok(Vec::new()));
            let filled = units(lang).replace("# 石", "石").replace("# Sh", "Sh");
            let entries = unit_entries(&filled).unwrap();
            assert_eq!(entries.len(), 1);
            assert_eq!(entries[0].min_staff, Some(1));
            assert_eq!(entries[0].duty_line.as_deref(), Some("0000-5550301"));
        }
    }
}
