//! What the reader found, in words: what is wrong, and a correct example.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{Lang, told};
use crate::roster::{Misread, YearFrom};

/// What is wrong, in one sentence without its full stop.
#[must_use]
pub fn message(matter: &Misread, lang: Lang) -> String {
    match lang {
        Lang::Zh => zh(matter),
        Lang::En => en(matter),
    }
}

/// What to do, with a correct example; `None` where the message says it all.
#[must_use]
pub fn help(matter: &Misread, lang: Lang) -> Option<String> {
    match lang {
        Lang::Zh => help_zh(matter),
        Lang::En => help_en(matter),
    }
}

// One arm for each sentence.
#[allow(clippy::too_many_lines)]
fn zh(matter: &Misread) -> String {
    match matter {
        Misread::EmptyFile => "文件是空的".into(),
        Misread::NotATable { kind } if is_picture(kind) => {
            format!("这是一张图片（{kind}），不是表格")
        }
        Misread::Locked => "工作簿加了密码，打不开".into(),
        Misread::Damaged => "工作簿打不开：可能没有传完，或者文件损坏".into(),
        Misread::Outgrown => "文件展开以后太大，没有读".into(),
        Misread::OtherSheets { read, others } => {
            format!("读的是工作表“{read}”；没有读：{}", sheets_zh(others))
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

fn help_zh(matter: &Misread) -> Option<String> {
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
        Misread::OtherSheets { .. } => "每份文件只留一张值班表；其余的请另存成文件一起交".into(),
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

// One arm for each sentence.
#[allow(clippy::too_many_lines)]
fn en(matter: &Misread) -> String {
    match matter {
        Misread::EmptyFile => "the file is empty".into(),
        Misread::NotATable { kind } if is_picture(kind) => {
            format!("this is a picture ({kind}), not a table")
        }
        Misread::Locked => "the workbook needs a password".into(),
        Misread::Damaged => "the workbook cannot be opened: cut short or damaged".into(),
        Misread::Outgrown => "the file is too large once unpacked; it was not read".into(),
        Misread::OtherSheets { read, others } => {
            format!("sheet “{read}” was read; left out: {}", sheets_en(others))
        }
        Misread::NotATable { kind } => format!("this is not a table ({kind})"),
        Misread::TooLarge { rows, limits, .. } if *rows > limits.rows => {
            format!("{rows} rows; at most {} are read", limits.rows)
        }
        Misread::TooLarge { bytes, limits, .. } => {
            format!("{bytes} bytes; at most {} are read", limits.bytes)
        }
        Misread::Undecodable { encoding } => {
            format!("the text cannot be decoded (tried {encoding})")
        }
        Misread::UnclosedQuote { row } => {
            format!("a quote opened in row {row} is never closed")
        }
        Misread::NulBytes => "the file holds NUL bytes: it is no text table".into(),
        Misread::EncodingGuessed { encoding } => format!("not UTF-8; read as {encoding}"),
        Misread::NearLabel { label, taken_for } => {
            format!("header “{label}” taken for “{taken_for}”")
        }
        Misread::UnlabelledPeople { label, post } if label.is_empty() => {
            format!("this column has no header; read as the people of “{post}”")
        }
        Misread::UnlabelledPeople { label, post } => {
            format!("header “{label}” is not known; by its cells read as the people of “{post}”")
        }
        Misread::UnknownColumn { label, example } => format!(
            "nobody can name column “{label}” (such as “{}”); it was not used",
            short(example)
        ),
        Misread::ShortHeader {
            named,
            widest,
            post,
        } => format!(
            "the header has {named} columns, the data {widest}; the rest was read as “{post}”"
        ),
        Misread::BadDate { text, .. } => format!("no such date: “{}”", short(text)),
        Misread::EndBeforeStart { text } => {
            format!("the end is not after the start: “{}”", short(text))
        }
        Misread::BadTime { text } => format!("no such time: “{}”", short(text)),
        Misread::MergedCells { label, cells } => {
            format!("{cells} blanks of column “{label}” read as the merged cell above")
        }
        Misread::Mangled {
            text,
            repaired: Some(_),
        } => format!("a spreadsheet turned this number into a quantity: “{text}”; restored"),
        Misread::Mangled {
            text,
            repaired: None,
        } => format!("a spreadsheet turned this number into a quantity: “{text}”; digits are lost"),
        Misread::AssumedHours {
            shifts,
            handover_minute,
        } => format!(
            "{shifts} shifts have no hours; handover at {} and the usual shifts assumed",
            clock(*handover_minute)
        ),
        Misread::NoDate => "there is no date anywhere in the file".into(),
        Misread::NothingRead => "not one shift could be read".into(),
        Misread::Unreadable { text } => format!(
            "this looks like duty and could not be read: “{}”",
            short(text)
        ),
        Misread::BlankDate { above, .. } => {
            format!("this row has no date; the row above is {}", day_en(*above))
        }
        Misread::UnknownCode { text } => format!("no legend says what hours “{}” are", short(text)),
        Misread::YearInferred { year, from } => {
            format!("no year is given; {year} taken {}", from_en(*from))
        }
        Misread::EqualClocks { text } => {
            format!("start and end are the same: “{}”; left out", short(text))
        }
        Misread::LongCrossing { text, minutes } => format!(
            "“{}” would cross midnight for {}, unlike the other rows; left out",
            short(text),
            length_en(*minutes)
        ),
        Misread::GuessedWord {
            word,
            start_minute,
            end_minute,
        } => format!(
            "nothing gives the hours of “{word}”; {}–{} taken for now",
            clock(*start_minute),
            clock_en(*end_minute)
        ),
        Misread::MissingHours => "this row has no hours; the others do".into(),
        Misread::LoneClock { text } => format!("only one clock: “{}”; until when?", short(text)),
        Misread::TooLong {
            minutes,
            most_minutes,
        } => format!(
            "one shift of {}, longer than {}",
            length_en(*minutes),
            length_en(*most_minutes)
        ),
        Misread::AmbiguousDate { text, taken } => {
            format!("“{text}” may be two dates; taken as {}", day_en(*taken))
        }
        Misread::WeekdayTemplate => "weekdays without dates; spread over the period".into(),
        Misread::WeekdayMismatch {
            date,
            written,
            real,
        } => format!(
            "{} is a {}, not a {}",
            day_en(*date),
            weekday_en(*real),
            weekday_en(*written)
        ),
        Misread::BadPhone { text } => format!("not a telephone number: “{}”", short(text)),
        Misread::NamesNobody { text } => format!("“{}” does not say who", short(text)),
        Misread::Away { name } => format!("{name} is marked as away and nobody stands in"),
        Misread::DoubtfulName { name } => format!("“{name}” may not be a name; read as one"),
        Misread::MayChange { text } => format!(
            "“{}” may change this duty; read as the table has it",
            short(text)
        ),
        Misread::UnpairedPhones { people, numbers } => {
            format!("{people} people and {numbers} numbers: whose is which? None was used")
        }
        Misread::BracketedTime { text } => {
            format!(
                "“{}” in the bracket was not read into the shift",
                short(text)
            )
        }
        Misread::NoMonth { text } => format!("“{}” names no month: which day is it?", short(text)),
        Misread::BlankTakenAs { name: Some(name) } => {
            format!("the blank is read as the merged cell “{}”", short(name))
        }
        Misread::BlankTakenAs { name: None } => {
            "a blank: the same as above, or nobody? Read as nobody".into()
        }
        Misread::ExcuseWithoutReason { code } => {
            format!(
                "{} is to be ignored, but no reason is given, so it is not",
                code.id()
            )
        }
        Misread::NoSuchRule { text } => format!("{text} is to be ignored, but is no rule"),
        Misread::AsTold { answer } => told::as_told(answer, Lang::En),
    }
}

fn help_en(matter: &Misread) -> Option<String> {
    Some(match matter {
        Misread::EmptyFile | Misread::NothingRead | Misread::NoDate => "every row needs a date and a name, such as: 2026-10-01,08:30,20:30,duty officer,Zhang San".into(),
        Misread::NotATable { .. } | Misread::NulBytes => "save it as CSV in your spreadsheet and send that".into(),
        Misread::Locked => "take the password off and send it again".into(),
        Misread::Damaged => "save it and send it again, or save it as CSV".into(),
        Misread::Outgrown => "copy the roster into a new file, in parts if need be, and send that".into(),
        Misread::OtherSheets { .. } => "keep one roster per file, and send the others as files of their own".into(),
        Misread::TooLarge { .. } => "send it in parts, one per unit".into(),
        Misread::Undecodable { .. } => "save it as “CSV UTF-8” and send that".into(),
        Misread::UnclosedQuote { .. } => "a cell with a comma or line break needs a quote at both ends: \"Zhang San,Li Si\"".into(),
        Misread::NearLabel { taken_for, .. } => format!("write “{taken_for}” if that is meant, or another word if not"),
        Misread::UnlabelledPeople { .. } => "say in the header what they are, such as: duty officer, duty leader".into(),
        Misread::UnknownColumn { .. } => "name it, such as: date, hours, duty officer, phone; or “remarks” if it is no duty".into(),
        Misread::ShortHeader { .. } => "give every column a header, such as: date,leader,officer,officer".into(),
        Misread::BadDate { instead: Some(day), .. } => format!("is {} meant? Write it as {day}", day_en(*day)),
        Misread::BadDate { instead: None, .. } => "write it as 2026-10-01".into(),
        Misread::EndBeforeStart { .. } => "such as: 2026-10-02 08:00 to 2026-10-03 08:00".into(),
        Misread::BadTime { .. } => "clocks run from 00:00 to 24:00; overnight is 20:00-08:00".into(),
        Misread::Mangled { .. } => "format the column as text, then type the number again: 13800000001".into(),
        Misread::AssumedHours { .. } => "say it in a note, such as: duty hours 08:00 to next day 08:00".into(),
        Misread::Unreadable { .. } => "write it as: 2026-10-01, 08:00-20:00, duty officer: Zhang San; or move it to the remarks".into(),
        Misread::BlankDate { instead: Some(day), .. } => format!("is it {}? Fill in the date", day_en(*day)),
        Misread::BlankDate { instead: None, .. } => "fill in the date".into(),
        Misread::UnknownCode { .. } => "explain it under the table, such as: D: 07:00-15:00  N: 23:00-07:00  O: off".into(),
        Misread::YearInferred { .. } => "write the year into the title".into(),
        Misread::EqualClocks { .. } => "for a whole day write 06:00-next day 06:00".into(),
        Misread::LongCrossing { .. } => "if it does run into the next day, say so: 18:00-next day 17:00".into(),
        Misread::GuessedWord { word, .. } => format!("explain it under the table, such as: {word}: 08:00-12:00"),
        Misread::MissingHours => "fill in the hours, such as: 08:00-20:00".into(),
        Misread::LoneClock { .. } => "give start and end: 08:00-20:00".into(),
        Misread::TooLong { .. } => "check the end's date; if it is so long, raise the longest shift allowed".into(),
        Misread::AmbiguousDate { .. } => "write it as 2026-10-03".into(),
        Misread::WeekdayTemplate => "write the dates, such as: 2026-10-01 (Thu)".into(),
        Misread::WeekdayMismatch { .. } => "correct the date or the weekday".into(),
        Misread::BadPhone { .. } => "a mobile has 11 digits, such as 13800000001; a landline its area code: 0000-5550101".into(),
        Misread::NamesNobody { .. } | Misread::DoubtfulName { .. } => "write the name, such as: Zhang San".into(),
        Misread::Away { name } => format!("say who stands in, such as: {name}（李四代）"),
        Misread::MayChange { .. } => "change the name or the hours in the row itself; delete the row if it is cancelled".into(),
        Misread::UnpairedPhones { .. } => "write each number after its name: Zhang San 13800000001, Li Si 13800000002".into(),
        Misread::BracketedTime { .. } => "write the hours into the hours column: 08:00-20:00; two stretches are two rows".into(),
        Misread::NoMonth { .. } => "write it as 2026-10-01, or say which period: --holiday national-day-2026".into(),
        Misread::BlankTakenAs { .. } => "write 同上 for the same person, 无 for nobody".into(),
        Misread::ExcuseWithoutReason { code } => {
            format!("say why: ignore {}: two are meant to be on", code.id())
        }
        Misread::NoSuchRule { .. } => {
            "zaigang explain lists them all; write: ignore C102: two are meant to be on".into()
        }
        Misread::EncodingGuessed { .. }
        | Misread::MergedCells { .. }
        | Misread::AsTold { .. } => return None,
    })
}

/// At most so many characters of a cell are quoted.
const QUOTED: usize = 40;

fn short(text: &str) -> String {
    let flat = text.replace(['\n', '\r'], " ");
    match flat.char_indices().nth(QUOTED) {
        Some((at, _)) => format!("{}…", &flat[..at]),
        None => flat,
    }
}

fn size_zh(bytes: usize) -> String {
    format!("（{bytes} 字节）")
}

fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60 % 24, minute % 60)
}

fn clock_zh(minute: u32) -> String {
    let next = if minute > 24 * 60 { "次日" } else { "" };
    if minute == 24 * 60 {
        "24:00".into()
    } else {
        format!("{next}{}", clock(minute))
    }
}

fn clock_en(minute: u32) -> String {
    let next = if minute > 24 * 60 { " next day" } else { "" };
    if minute == 24 * 60 {
        "24:00".into()
    } else {
        format!("{}{next}", clock(minute))
    }
}

fn length_zh(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (hours, 0) => format!(" {hours} 小时"),
        (0, minutes) => format!(" {minutes} 分钟"),
        (hours, minutes) => format!(" {hours} 小时 {minutes} 分"),
    }
}

fn length_en(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("{hours} h"),
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

fn day_zh(date: NaiveDate) -> String {
    format!("{}月{}日", date.month(), date.day())
}

fn day_en(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
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

fn weekday_en(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
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

fn from_en(from: YearFrom) -> &'static str {
    match from {
        YearFrom::Weekdays => "because the weekdays fit",
        YearFrom::Period => "from the period asked for",
        YearFrom::Holiday => "from the announced holiday",
        YearFrom::Nothing => "for want of any other",
    }
}

fn sheets_zh(others: &[(String, u32)]) -> String {
    let told = others.iter().map(|(sheet, shifts)| match shifts {
        0 => format!("“{sheet}”"),
        shifts => format!("“{sheet}”（{shifts} 班）"),
    });
    told.collect::<Vec<_>>().join("、")
}

fn sheets_en(others: &[(String, u32)]) -> String {
    let told = others.iter().map(|(sheet, shifts)| match shifts {
        0 => format!("“{sheet}”"),
        shifts => format!("“{sheet}” ({shifts} shifts)"),
    });
    told.collect::<Vec<_>>().join(", ")
}

fn is_picture(kind: &str) -> bool {
    matches!(kind, "PNG" | "JPEG" | "GIF" | "BMP")
}
