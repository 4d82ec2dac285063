//! What the reader found, in Chinese.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{clock, is_picture, listed, short};
use crate::roster::{Misread, YearFrom};
use crate::words::{Lang, told};

// One arm for each sentence.
#[allow(clippy::too_many_lines)]
pub(super) fn message(matter: &Misread) -> String {
    match matter {
        Misread::EmptyFile => "文件是空的".into(),
        Misread::NotATable { kind } if is_picture(kind) => {
            format!("这是一张图片（{kind}），不是表格")
        }
        Misread::Locked => "工作簿加了密码，打不开".into(),
        Misread::Damaged => "工作簿打不开：可能没有传完，或者文件损坏".into(),
        Misread::Outgrown => "文件展开以后太大，没有读".into(),
        Misread::TooManyShifts { most } => {
            format!("读出来的班超过 {most} 个，不像一份值班表，整份没有用")
        }
        Misread::OtherSheets { read, others } => {
            format!("读的是工作表“{read}”；没有读：{}", sheets_zh(others))
        }
        Misread::HiddenRows { rows, shifts } => {
            format!(
                "第 {} 行在表格里是隐藏的，里面的 {shifts} 个班也读了",
                listed(rows, "、")
            )
        }
        Misread::HiddenColumns { columns, shifts } => {
            format!(
                "第 {} 列在表格里是隐藏的，里面的 {shifts} 个班也读了",
                listed(columns, "、")
            )
        }
        Misread::Covered { text, shown } => {
            format!("合并单元格显示“{shown}”，底下还压着“{text}”，没有读")
        }
        Misread::NotATable { kind } => format!("这不是表格文件（{kind}）"),
        Misread::TooLarge {
            bytes,
            rows,
            limits,
        } if *rows > limits.rows => {
            format!("共 {rows} 行，最多读 {} 行", limits.rows) + &size_zh(*bytes)
        }
        Misread::TooLarge { bytes, limits, .. } => {
            format!("文件 {} 字节，最多 {} 字节", bytes, limits.bytes)
        }
        Misread::Undecodable { encoding } => format!("文字编码读不出来（试过 {encoding}）"),
        Misread::UnclosedQuote { row } => {
            format!("第 {row} 行的引号没有收尾，后面的行无法分开")
        }
        Misread::NulBytes => "文件里有空字节，不是文本表格".into(),
        Misread::EncodingGuessed { encoding } => format!("文件不是 UTF-8，按 {encoding} 读"),
        Misread::NearLabel { label, taken_for } => format!("表头“{label}”当作“{taken_for}”读"),
        Misread::UnlabelledPeople { label, post } if label.is_empty() => {
            format!("这一列没有表头，当作“{post}”的人员读")
        }
        Misread::UnlabelledPeople { label, post } => {
            format!("认不出表头“{label}”，按内容当作“{post}”的人员读")
        }
        Misread::UnknownColumn { label, example } => format!(
            "不知道“{label}”这一列是什么（例如“{}”），没有用它",
            short(example)
        ),
        Misread::ShortHeader {
            named,
            widest,
            post,
        } => format!("表头只有 {named} 列，数据有 {widest} 列；多出的列当作“{post}”读"),
        Misread::BadDate { text, .. } => format!("没有这一天：“{}”", short(text)),
        Misread::EndBeforeStart { text } => format!("结束不晚于开始：“{}”", short(text)),
        Misread::BadTime { text } => format!("没有这个钟点：“{}”", short(text)),
        Misread::MergedCells { label, cells } => {
            format!("“{label}”一列有 {cells} 个空格，按合并单元格读作与上面相同")
        }
        Misread::Mangled {
            text,
            repaired: Some(_),
        } => format!("号码被表格软件改成了数值：“{text}”，已还原"),
        Misread::Mangled {
            text,
            repaired: None,
        } => format!("号码被表格软件改成了数值：“{text}”，丢了位数"),
        Misread::AssumedHours {
            shifts,
            handover_minute,
        } => format!(
            "{shifts} 个班没有写钟点，按 {} 交接、惯常班次读",
            clock(*handover_minute)
        ),
        Misread::NoDate => "整份文件没有日期".into(),
        Misread::NothingRead => "一个班也没有读出来".into(),
        Misread::Unreadable { text } => format!("像是值班内容，但读不懂：“{}”", short(text)),
        Misread::BlankDate { above, .. } => format!("这一行没有日期，上一行是{}", day_zh(*above)),
        Misread::UnknownCode { text } => format!("不知道班次代号“{}”是几点到几点", short(text)),
        Misread::YearInferred { year, from } => {
            format!("没有写年份，按 {year} 年读（{}）", from_zh(*from))
        }
        Misread::EqualClocks { text } => format!("开始和结束相同：“{}”，没有计入", short(text)),
        Misread::LongCrossing { text, minutes } => format!(
            "“{}”跨到次日长达{}，和别的行不同，没有计入",
            short(text),
            length_zh(*minutes)
        ),
        Misread::GuessedWord {
            word,
            start_minute,
            end_minute,
        } => format!(
            "没有写“{word}”的钟点，暂按 {}—{} 读",
            clock(*start_minute),
            clock_zh(*end_minute)
        ),
        Misread::MissingHours => "这一行没有写时间，别的行都写了".into(),
        Misread::LoneClock { text } => format!("只有一个钟点：“{}”，不知道到几点", short(text)),
        Misread::TooLong {
            minutes,
            most_minutes,
        } => format!(
            "一个班长达{}，超过{}",
            length_zh(*minutes),
            length_zh(*most_minutes)
        ),
        Misread::AmbiguousDate { text, taken } => {
            format!("“{text}”可以读成两个日期，当作{}读", day_zh(*taken))
        }
        Misread::WeekdayTemplate => "表里只有星期没有日期，按星期铺到整个时段".into(),
        Misread::WeekdayMismatch {
            date,
            written,
            real,
        } => format!(
            "{}是星期{}，表里写的是星期{}",
            day_zh(*date),
            weekday_zh(*real),
            weekday_zh(*written)
        ),
        Misread::BadPhone { text } => format!("不像电话号码：“{}”", short(text)),
        Misread::NamesNobody { text } => format!("“{}”没有写明是谁", short(text)),
        Misread::Away { name } => format!("{name}注明请假或外出，没有写谁来顶"),
        Misread::DoubtfulName { name } => format!("“{name}”不像人名，暂当人名读"),
        Misread::MayChange { text } => {
            format!("“{}”可能改了这里的班；仍按表里写的人和时间读", short(text))
        }
        Misread::UnpairedPhones { people, numbers } => {
            format!("{people} 个人写了 {numbers} 个号码，分不清是谁的，没有用")
        }
        Misread::BracketedTime { text } => {
            format!("括号里的“{}”没有读进班次", short(text))
        }
        Misread::NoMonth { text } => format!("“{}”没有写月份，不知道是哪一天", short(text)),
        Misread::BlankTakenAs { name: Some(name) } => {
            format!("空格按合并单元格读作“{}”", short(name))
        }
        Misread::BlankTakenAs { name: None } => {
            "这里是空格：是同上，还是没有人？暂按没有人读".into()
        }
        Misread::ExcuseWithoutReason { code } => {
            format!("要忽略 {}，但没有写理由，所以不算数", code.id())
        }
        Misread::NoSuchRule { text } => format!("要忽略 {text}，但没有这条规则"),
        Misread::AsTold { answer } => told::as_told(answer, Lang::Zh),
    }
}

pub(super) fn help(matter: &Misread) -> Option<String> {
    Some(match matter {
        Misread::EmptyFile | Misread::NothingRead | Misread::NoDate => {
            "每行至少要有日期和姓名，例如：2026-10-01,08:30,次日08:30,值班员,张三".into()
        }
        Misread::NotATable { .. } | Misread::NulBytes => {
            "请在 WPS 或 Excel 里另存为 CSV 再交".into()
        }
        Misread::Locked => "请去掉密码再交".into(),
        Misread::Damaged => "请重新保存再发一次，或者另存为 CSV".into(),
        Misread::Outgrown => "请把值班表复制到一份新的文件里，按单位拆开再交".into(),
        Misread::TooManyShifts { .. } => {
            "请看日期是不是写成了很长的一段；确实有这么多班的，请按单位拆开再交".into()
        }
        Misread::OtherSheets { .. } => "每份文件只留一张值班表；其余的请另存成文件一起交".into(),
        Misread::HiddenRows { .. } | Misread::HiddenColumns { .. } => {
            "请取消隐藏看一看；不要的请删掉".into()
        }
        Misread::Covered { .. } => "请取消合并看一看；要的另写一格，不要的删掉".into(),
        Misread::TooLarge { .. } => "请按单位拆成几份再交".into(),
        Misread::Undecodable { .. } => "请另存为“CSV UTF-8”再交".into(),
        Misread::UnclosedQuote { .. } => {
            "单元格里有逗号或换行时，两头都要有引号，例如：\"张三,李四\"".into()
        }
        Misread::NearLabel { taken_for, .. } => {
            format!("如果不是这个意思，请把表头改明确；如果是，请改成“{taken_for}”")
        }
        Misread::UnlabelledPeople { .. } => "请在表头写明，例如：带班领导、值班员".into(),
        Misread::UnknownColumn { .. } => {
            "请把表头写明，例如：日期、时间、值班员、联系电话；与值班无关的可写“备注”".into()
        }
        Misread::ShortHeader { .. } => {
            "请给每一列写上表头，例如：日期,带班领导,值班员,值班员".into()
        }
        Misread::BadDate {
            instead: Some(day), ..
        } => format!("是不是{}？请照这样写：{day}", day_zh(*day)),
        Misread::BadDate { instead: None, .. } => "请照这样写：2026-10-01 或 10月1日".into(),
        Misread::EndBeforeStart { .. } => {
            "结束要晚于开始，例如：2026-10-02 08:00 至 2026-10-03 08:00".into()
        }
        Misread::BadTime { .. } => "钟点从 00:00 到 24:00，过夜请写：20:00-次日08:00".into(),
        Misread::Mangled { .. } => {
            "请把这一列设成“文本”格式，再填 11 位号码，例如：13800000001".into()
        }
        Misread::AssumedHours { .. } => "请在备注里写明，例如：值班时间为当日8:00至次日8:00".into(),
        Misread::Unreadable { .. } => {
            "请写成 10月1日 8:00-次日8:00 值班员：张三，或放到备注里".into()
        }
        Misread::BlankDate {
            instead: Some(day), ..
        } => format!("是不是{}？请把日期补上", day_zh(*day)),
        Misread::BlankDate { instead: None, .. } => "请把日期补上".into(),
        Misread::UnknownCode { .. } => {
            "请在表下写明代号，例如：D：07:00-15:00　N：23:00-07:00　O：休".into()
        }
        Misread::YearInferred { .. } => "请在标题里写上年份".into(),
        Misread::EqualClocks { .. } => "如果是整天，请写：06:00-次日06:00".into(),
        Misread::LongCrossing { .. } => "如果确实到次日，请写“次日”，例如：18:00-次日17:00".into(),
        Misread::GuessedWord { word, .. } => format!("请在表下写明，例如：{word}：8:00-12:00"),
        Misread::MissingHours => "请补上时间，例如：8:00-次日8:00".into(),
        Misread::LoneClock { .. } => "请写明起止，例如：8:00-20:00".into(),
        Misread::TooLong { .. } => "请核对结束日期；如果确实这么长，请调大班次上限".into(),
        Misread::AmbiguousDate { .. } => "请写成 10月3日 或 2026-10-03".into(),
        Misread::WeekdayTemplate => "请写上日期，例如：10月1日（周四）".into(),
        Misread::WeekdayMismatch { .. } => "日期和星期请核对一个".into(),
        Misread::BadPhone { .. } => {
            "手机是 11 位，例如：13800000001；座机带区号，例如：0000-5550101".into()
        }
        Misread::NamesNobody { .. } | Misread::DoubtfulName { .. } => {
            "请写具体姓名，例如：张三、李四".into()
        }
        Misread::Away { name } => format!("请写明谁来顶，例如：{name}（李四代）"),
        Misread::MayChange { .. } => {
            "换了人请直接改姓名，改了时间请改时间，取消的请删去这一行".into()
        }
        Misread::UnpairedPhones { .. } => {
            "请把号码写在各人姓名后面，例如：张三13800000001、李四13800000002".into()
        }
        Misread::BracketedTime { .. } => {
            "请把时间写在时间一列，例如：8:00-20:00；分两段的写成两行".into()
        }
        Misread::NoMonth { .. } => {
            "请写成 10月1日，或指明要查的时段，例如：--holiday national-day-2026".into()
        }
        Misread::BlankTakenAs { .. } => "同一个人请写“同上”，没有人请写“无”".into(),
        Misread::ExcuseWithoutReason { code } => {
            format!("请写上理由，例如：忽略 {}：双岗", code.id())
        }
        Misread::NoSuchRule { .. } => {
            "zaigang explain 列出全部规则；请照这样写：忽略 C102：双岗".into()
        }
        Misread::EncodingGuessed { .. } | Misread::MergedCells { .. } | Misread::AsTold { .. } => {
            return None;
        }
    })
}

fn size_zh(bytes: usize) -> String {
    format!("（{bytes} 字节）")
}

fn clock_zh(minute: u32) -> String {
    let next = if minute > 24 * 60 { "次日" } else { "" };
    if minute == 24 * 60 {
        "24:00".into()
    } else {
        format!("{next}{}", clock(minute))
    }
}

fn length_zh(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (hours, 0) => format!(" {hours} 小时"),
        (0, minutes) => format!(" {minutes} 分钟"),
        (hours, minutes) => format!(" {hours} 小时 {minutes} 分"),
    }
}

fn day_zh(date: NaiveDate) -> String {
    format!("{}月{}日", date.month(), date.day())
}

fn weekday_zh(day: Weekday) -> char {
    match day {
        Weekday::Mon => '一',
        Weekday::Tue => '二',
        Weekday::Wed => '三',
        Weekday::Thu => '四',
        Weekday::Fri => '五',
        Weekday::Sat => '六',
        Weekday::Sun => '日',
    }
}

fn from_zh(from: YearFrom) -> &'static str {
    match from {
        YearFrom::Weekdays => "与表里的星期相符",
        YearFrom::Period => "取自要查的时段",
        YearFrom::Holiday => "取自已公布的假期",
        YearFrom::Nothing => "没有别的依据",
    }
}

fn sheets_zh(others: &[(String, u32)]) -> String {
    let told = others.iter().map(|(sheet, shifts)| match shifts {
        0 => format!("“{sheet}”"),
        shifts => format!("“{sheet}”（{shifts} 班）"),
    });
    told.collect::<Vec<_>>().join("、")
}
