//! The reader's own words, as data: what headers, roles, shifts and placeholders are called.
//!
//! Comparison is on plain, squeezed text in lower case. Longer words win over shorter ones.

use super::hours::ShiftWord;
use super::shift::Role;

/// What a labelled column or row holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Field {
    Date,
    Weekday,
    /// 开始; with a date or without.
    Start,
    End,
    /// 时间, 时段: a range of clocks or a shift word.
    Hours,
    /// 班次
    ShiftName,
    Unit,
    /// 岗位: what has to be manned.
    Post,
    /// 角色: what kind of duty it is.
    Role,
    /// 姓名: whoever has this duty.
    Name,
    Phone,
    /// 值班电话: rings in the duty room.
    DutyLine,
    /// 时长: how long from the start.
    Length,
    /// 职务: what somebody is, not where somebody has to be.
    Job,
    Remark,
    Serial,
    /// 类型: working day or holiday.
    DayKind,
    Month,
    /// 人数, 应到: a count.
    Count,
}

/// Words that tell a roster's encoding from another.
#[rustfmt::skip]
pub(super) const TELLING_WORDS: &[&str] = &[
    "日期", "值班", "姓名", "电话", "单位", "时间", "星期", "带班", "备注", "年", "月", "日", "人员", "领导",
    "班", "人員", "電話", "單位", "時間", "帶班", "備註", "領導", "氏名", "担当", "曜", "当番", "日勤", "夜勤",
    "날짜", "이름", "당직", "근무", "전화", "월",
];

#[rustfmt::skip]
pub(super) const FIELDS: &[(&str, Field)] = &[
    ("日期", Field::Date), ("值班日期", Field::Date), ("时间日期", Field::Date), ("日期时间", Field::Date),
    ("日期及星期", Field::Date), ("日期(星期)", Field::Date), ("日期/星期", Field::Date), ("日子", Field::Date),
    ("日 期", Field::Date), ("值班日", Field::Date), ("date", Field::Date), ("day", Field::Date),
    ("duty date", Field::Date), ("日付", Field::Date), ("日時", Field::Date), ("月日", Field::Date),
    ("날짜", Field::Date), ("일자", Field::Date), ("日程", Field::Date), ("值班时间(日期)", Field::Date),
    ("号数", Field::Date), ("日", Field::Date),
    ("星期", Field::Weekday), ("周次", Field::Weekday), ("周几", Field::Weekday), ("周", Field::Weekday),
    ("weekday", Field::Weekday), ("曜日", Field::Weekday), ("曜", Field::Weekday), ("요일", Field::Weekday),
    ("礼拜", Field::Weekday), ("星期几", Field::Weekday), ("dow", Field::Weekday),
    ("开始", Field::Start), ("开始时间", Field::Start), ("起始时间", Field::Start), ("起", Field::Start),
    ("上班时间", Field::Start), ("上岗时间", Field::Start), ("接班时间", Field::Start), ("起始", Field::Start),
    ("开始日期", Field::Start), ("开始时刻", Field::Start), ("值班开始", Field::Start),
    ("值班开始时间", Field::Start), ("到岗时间", Field::Start), ("从", Field::Start), ("自", Field::Start),
    ("start", Field::Start), ("from", Field::Start), ("begin", Field::Start), ("start time", Field::Start),
    ("starts", Field::Start), ("start_time", Field::Start), ("shift start", Field::Start),
    ("time in", Field::Start), ("on", Field::Start), ("開始", Field::Start), ("開始時刻", Field::Start),
    ("開始時間", Field::Start), ("시작", Field::Start), ("시작시간", Field::Start), ("开始日", Field::Start),
    ("结束", Field::End), ("结束时间", Field::End), ("终止时间", Field::End), ("止", Field::End),
    ("下班时间", Field::End), ("离岗时间", Field::End), ("交班时间", Field::End), ("截止", Field::End),
    ("截止时间", Field::End), ("结束日期", Field::End), ("结束时刻", Field::End), ("值班结束", Field::End),
    ("值班结束时间", Field::End), ("至", Field::End), ("到", Field::End), ("终止", Field::End),
    ("end", Field::End), ("to", Field::End), ("until", Field::End), ("finish", Field::End),
    ("end time", Field::End), ("ends", Field::End), ("end_time", Field::End), ("shift end", Field::End),
    ("time out", Field::End), ("off", Field::End), ("終了", Field::End), ("終了時刻", Field::End),
    ("終了時間", Field::End), ("종료", Field::End), ("종료시간", Field::End), ("结束日", Field::End),
    ("时间", Field::Hours), ("时段", Field::Hours), ("值班时间", Field::Hours), ("值班时段", Field::Hours),
    ("班次时间", Field::Hours), ("具体时间", Field::Hours), ("起止时间", Field::Hours),
    ("时间段", Field::Hours), ("值守时间", Field::Hours), ("工作时间", Field::Hours),
    ("上岗时段", Field::Hours), ("time", Field::Hours), ("hours", Field::Hours), ("duty hours", Field::Hours),
    ("times", Field::Hours), ("period", Field::Hours), ("時間", Field::Hours), ("時間帯", Field::Hours),
    ("勤務時間", Field::Hours), ("시간", Field::Hours), ("근무시간", Field::Hours),
    ("班次", Field::ShiftName), ("班别", Field::ShiftName), ("班种", Field::ShiftName),
    ("值班班次", Field::ShiftName), ("班", Field::ShiftName), ("白/夜", Field::ShiftName),
    ("shift", Field::ShiftName), ("勤務", Field::ShiftName), ("勤務区分", Field::ShiftName),
    ("シフト", Field::ShiftName), ("근무조", Field::ShiftName), ("근무", Field::ShiftName),
    ("班制", Field::ShiftName), ("班組時段", Field::ShiftName),
    ("单位", Field::Unit), ("单位名称", Field::Unit), ("值班单位", Field::Unit), ("乡镇", Field::Unit),
    ("乡镇(街道)", Field::Unit), ("镇街", Field::Unit), ("乡镇街道", Field::Unit), ("街道", Field::Unit),
    ("部门", Field::Unit), ("科室", Field::Unit), ("病区", Field::Unit), ("责任单位", Field::Unit),
    ("所属单位", Field::Unit), ("部门/单位", Field::Unit), ("单位(部门)", Field::Unit),
    ("报送单位", Field::Unit), ("村(社区)", Field::Unit), ("社区", Field::Unit), ("村", Field::Unit),
    ("学校", Field::Unit), ("医院", Field::Unit), ("班组", Field::Unit), ("班组/区域", Field::Unit),
    ("区域", Field::Unit), ("片区", Field::Unit), ("处室", Field::Unit), ("校区", Field::Unit),
    ("站点", Field::Unit), ("站所", Field::Unit), ("所站", Field::Unit), ("厂区", Field::Unit),
    ("车间", Field::Unit), ("公司", Field::Unit), ("值班部门", Field::Unit), ("值班科室", Field::Unit),
    ("值班地点", Field::Unit), ("地点", Field::Unit), ("值班点", Field::Unit), ("点位", Field::Unit),
    ("單位", Field::Unit), ("部門", Field::Unit), ("所属", Field::Unit), ("組織", Field::Unit),
    ("施設", Field::Unit), ("組别", Field::Unit), ("组别", Field::Unit), ("unit", Field::Unit),
    ("department", Field::Unit), ("dept", Field::Unit), ("team", Field::Unit), ("office", Field::Unit),
    ("ward", Field::Unit), ("site", Field::Unit), ("location", Field::Unit), ("organization", Field::Unit),
    ("group", Field::Unit), ("병동", Field::Unit), ("부서", Field::Unit), ("소속", Field::Unit),
    ("병원", Field::Unit), ("病棟", Field::Unit),
    ("岗位", Field::Post), ("值班岗位", Field::Post), ("岗位名称", Field::Post), ("岗", Field::Post),
    ("岗点", Field::Post), ("post", Field::Post), ("position", Field::Post), ("직종", Field::Post),
    ("직책", Field::Post), ("業務", Field::Post), ("工作内容", Field::Post), ("值班类别", Field::Post),
    ("值班类型", Field::Post), ("任务", Field::Post), ("duty", Field::Post), ("task", Field::Post),
    ("役割", Field::Post), ("担当業務", Field::Post),
    ("角色", Field::Role), ("值班角色", Field::Role), ("类别", Field::Role), ("人员类别", Field::Role),
    ("身份", Field::Role), ("职责", Field::Role), ("分工", Field::Role), ("role", Field::Role),
    ("역할", Field::Role), ("区分", Field::Role),
    ("姓名", Field::Name), ("名字", Field::Name), ("人员", Field::Name), ("人员姓名", Field::Name),
    ("值班人姓名", Field::Name), ("值班员姓名", Field::Name), ("值班人员姓名", Field::Name),
    ("名单", Field::Name), ("值班人员名单", Field::Name), ("值班名单", Field::Name), ("name", Field::Name),
    ("full name", Field::Name), ("employee", Field::Name), ("staff", Field::Name), ("person", Field::Name),
    ("user", Field::Name), ("username", Field::Name), ("user name", Field::Name), ("responder", Field::Name),
    ("who", Field::Name), ("assignee", Field::Name), ("engineer", Field::Name), ("people", Field::Name),
    ("names", Field::Name), ("氏名", Field::Name), ("名前", Field::Name), ("職員", Field::Name),
    ("職員名", Field::Name), ("스태프", Field::Name), ("이름", Field::Name), ("성명", Field::Name),
    ("성함", Field::Name), ("员工", Field::Name), ("员工姓名", Field::Name), ("护士", Field::Name),
    ("护士姓名", Field::Name), ("医生", Field::Name), ("医师", Field::Name), ("教师", Field::Name),
    ("责任人", Field::Name), ("负责人", Field::Name), ("同志", Field::Name), ("职工姓名", Field::Name),
    ("电话", Field::Phone), ("联系电话", Field::Phone), ("手机", Field::Phone), ("手机号", Field::Phone),
    ("手机号码", Field::Phone), ("电话号码", Field::Phone), ("联系方式", Field::Phone),
    ("移动电话", Field::Phone), ("联系手机", Field::Phone), ("号码", Field::Phone), ("本人电话", Field::Phone),
    ("个人电话", Field::Phone), ("phone", Field::Phone), ("mobile", Field::Phone), ("tel", Field::Phone),
    ("telephone", Field::Phone), ("cell", Field::Phone), ("contact", Field::Phone),
    ("phone number", Field::Phone), ("電話", Field::Phone), ("電話番号", Field::Phone), ("携帯", Field::Phone),
    ("連絡先", Field::Phone), ("聯絡電話", Field::Phone), ("手機", Field::Phone), ("전화", Field::Phone),
    ("전화번호", Field::Phone), ("연락처", Field::Phone), ("휴대폰", Field::Phone), ("短号", Field::Phone),
    ("值班电话", Field::DutyLine), ("值班室电话", Field::DutyLine), ("24小时值班电话", Field::DutyLine),
    ("固定电话", Field::DutyLine), ("座机", Field::DutyLine), ("办公电话", Field::DutyLine),
    ("办公室电话", Field::DutyLine), ("固话", Field::DutyLine), ("传真", Field::DutyLine),
    ("值班座机", Field::DutyLine), ("值班固话", Field::DutyLine), ("值班传真", Field::DutyLine),
    ("值班热线", Field::DutyLine), ("duty phone", Field::DutyLine), ("duty line", Field::DutyLine),
    ("landline", Field::DutyLine), ("内线", Field::DutyLine), ("分机", Field::DutyLine),
    ("24小时电话", Field::DutyLine),
    ("时长", Field::Length), ("值班时长", Field::Length), ("持续时间", Field::Length), ("小时数", Field::Length),
    ("duration", Field::Length), ("length", Field::Length),
    ("email", Field::Job), ("e-mail", Field::Job), ("mail", Field::Job), ("email address", Field::Job),
    ("邮箱", Field::Job), ("电子邮箱", Field::Job), ("电子邮件", Field::Job), ("user id", Field::Job),
    ("职务", Field::Job), ("职称", Field::Job), ("职位", Field::Job), ("职级", Field::Job),
    ("单位及职务", Field::Job), ("部门及职务", Field::Job), ("title", Field::Job), ("rank", Field::Job),
    ("grade", Field::Job), ("職位", Field::Job), ("職種", Field::Job), ("직급", Field::Job),
    ("政治面貌", Field::Job), ("性别", Field::Job), ("车牌", Field::Job), ("车牌号", Field::Job),
    ("备注", Field::Remark), ("说明", Field::Remark), ("注", Field::Remark), ("附注", Field::Remark),
    ("remark", Field::Remark), ("remarks", Field::Remark), ("note", Field::Remark), ("notes", Field::Remark),
    ("comment", Field::Remark), ("comments", Field::Remark), ("備註", Field::Remark), ("備考", Field::Remark),
    ("비고", Field::Remark), ("签名", Field::Remark), ("签字", Field::Remark), ("签到", Field::Remark),
    ("其他", Field::Remark), ("情况说明", Field::Remark), ("值班情况", Field::Remark), ("农历", Field::Remark),
    ("节日", Field::Remark), ("天气", Field::Remark), ("工作要求", Field::Remark), ("注意事项", Field::Remark),
    ("序号", Field::Serial), ("序", Field::Serial), ("编号", Field::Serial), ("工号", Field::Serial),
    ("号", Field::Serial), ("no", Field::Serial), ("no.", Field::Serial), ("id", Field::Serial),
    ("#", Field::Serial), ("번호", Field::Serial), ("番号", Field::Serial), ("人员编号", Field::Serial),
    ("员工号", Field::Serial), ("床号", Field::Serial), ("組号", Field::Serial), ("组号", Field::Serial),
    ("社員番号", Field::Serial), ("사번", Field::Serial), ("순번", Field::Serial),
    ("类型", Field::DayKind), ("日期类型", Field::DayKind), ("工作日/节假日", Field::DayKind),
    ("day type", Field::DayKind), ("type", Field::DayKind), ("性质", Field::DayKind),
    ("月份", Field::Month), ("月", Field::Month), ("month", Field::Month),
    ("人数", Field::Count), ("合计", Field::Count), ("小计", Field::Count), ("总计", Field::Count),
    ("天数", Field::Count), ("次数", Field::Count), ("班数", Field::Count), ("总时数", Field::Count),
    ("工时", Field::Count), ("应到", Field::Count), ("实到", Field::Count), ("total", Field::Count),
    ("count", Field::Count), ("합계", Field::Count), ("計", Field::Count), ("夜班数", Field::Count),
];

/// What a post's name says about the kind of duty; the first that is contained decides.
#[rustfmt::skip]
pub(super) const ROLES: &[(&str, Role)] = &[
    ("总带班", Role::ChiefLeader), ("总值班领导", Role::ChiefLeader), ("总指挥", Role::ChiefLeader),
    ("总负责", Role::ChiefLeader), ("chief", Role::ChiefLeader), ("总带班领导", Role::ChiefLeader),
    ("主要领导", Role::Principal), ("主要负责人", Role::Principal), ("主要负责同志", Role::Principal),
    ("principal", Role::Principal), ("一把手", Role::Principal),
    ("备班", Role::Standby), ("备勤", Role::Standby), ("听班", Role::Standby), ("二线", Role::Standby),
    ("三线", Role::Standby), ("候补", Role::Standby), ("替班", Role::Standby), ("待命", Role::Standby),
    ("备岗", Role::Standby), ("应急备", Role::Standby), ("standby", Role::Standby), ("backup", Role::Standby),
    ("secondary", Role::Standby), ("on-call", Role::Standby), ("オンコール", Role::Standby),
    ("待機", Role::Standby), ("대기", Role::Standby), ("机动", Role::Standby), ("后备", Role::Standby),
    ("带班", Role::DutyLeader), ("值班领导", Role::DutyLeader), ("值守领导", Role::DutyLeader),
    ("值班负责人", Role::DutyLeader), ("带队", Role::DutyLeader), ("值班长", Role::DutyLeader),
    ("领导", Role::DutyLeader), ("組長", Role::DutyLeader), ("帶班", Role::DutyLeader),
    ("領導", Role::DutyLeader), ("leader", Role::DutyLeader), ("supervisor", Role::DutyLeader),
    ("manager", Role::DutyLeader), ("in charge", Role::DutyLeader), ("責任者", Role::DutyLeader),
    ("책임자", Role::DutyLeader), ("值班主任", Role::DutyLeader), ("值班校领导", Role::DutyLeader),
    ("值班院领导", Role::DutyLeader), ("班子成员", Role::DutyLeader),
    ("值班", Role::DutyOfficer), ("值守", Role::DutyOfficer), ("值宿", Role::DutyOfficer),
    ("值夜", Role::DutyOfficer), ("一线", Role::DutyOfficer), ("当班", Role::DutyOfficer),
    ("在岗", Role::DutyOfficer), ("当值", Role::DutyOfficer), ("值勤", Role::DutyOfficer),
    ("执勤", Role::DutyOfficer), ("守班", Role::DutyOfficer), ("officer", Role::DutyOfficer),
    ("primary", Role::DutyOfficer), ("on duty", Role::DutyOfficer), ("on call", Role::DutyOfficer),
    ("oncall", Role::DutyOfficer), ("duty", Role::DutyOfficer), ("当番", Role::DutyOfficer),
    ("当直", Role::DutyOfficer), ("宿直", Role::DutyOfficer), ("日直", Role::DutyOfficer),
    ("당직", Role::DutyOfficer), ("근무자", Role::DutyOfficer), ("간호사", Role::DutyOfficer),
    ("值日", Role::DutyOfficer), ("主班", Role::DutyOfficer), ("副班", Role::DutyOfficer),
    ("保安", Role::DutyOfficer), ("门卫", Role::DutyOfficer), ("护士", Role::DutyOfficer),
    ("医生", Role::DutyOfficer), ("医师", Role::DutyOfficer), ("司机", Role::DutyOfficer),
    ("驾驶员", Role::DutyOfficer), ("巡查", Role::DutyOfficer), ("巡逻", Role::DutyOfficer),
    ("監控", Role::DutyOfficer), ("监控", Role::DutyOfficer), ("nurse", Role::DutyOfficer),
    ("doctor", Role::DutyOfficer), ("guard", Role::DutyOfficer), ("白班", Role::DutyOfficer),
    ("夜班", Role::DutyOfficer), ("担当", Role::DutyOfficer), ("宿管", Role::DutyOfficer),
    ("调度", Role::DutyOfficer),
];

/// Posts on a roster that are no duty whose coverage is judged.
#[rustfmt::skip]
pub(super) const OTHER_POSTS: &[&str] = &[
    "卫生", "保洁", "打扫", "清洁", "cleaning", "厨师", "食堂", "炊事", "值日生", "绿化", "开会", "会务",
    "掃除", "청소",
];

#[rustfmt::skip]
pub(super) const SHIFT_WORDS: &[(&str, ShiftWord)] = &[
    ("全天", ShiftWord::Whole), ("24小时", ShiftWord::Whole), ("二十四小时", ShiftWord::Whole),
    ("24h", ShiftWord::Whole), ("昼夜", ShiftWord::Whole), ("全日", ShiftWord::Whole),
    ("整天", ShiftWord::Whole), ("全天候", ShiftWord::Whole), ("24小时值班", ShiftWord::Whole),
    ("全天班", ShiftWord::Whole), ("全班", ShiftWord::Whole), ("一整天", ShiftWord::Whole),
    ("all day", ShiftWord::Whole), ("24 hours", ShiftWord::Whole), ("24hours", ShiftWord::Whole),
    ("24시간", ShiftWord::Whole), ("終日", ShiftWord::Whole), ("종일", ShiftWord::Whole),
    ("大班", ShiftWord::Whole), ("24小时班", ShiftWord::Whole), ("24hr", ShiftWord::Whole),
    ("白班", ShiftWord::Day), ("日班", ShiftWord::Day), ("白天", ShiftWord::Day), ("白天班", ShiftWord::Day),
    ("白", ShiftWord::Day), ("日间", ShiftWord::Day), ("昼间", ShiftWord::Day), ("日勤", ShiftWord::Day),
    ("주간", ShiftWord::Day), ("day shift", ShiftWord::Day), ("dayshift", ShiftWord::Day),
    ("days", ShiftWord::Day), ("daytime", ShiftWord::Day), ("昼", ShiftWord::Day), ("주", ShiftWord::Day),
    ("日直", ShiftWord::Day), ("day", ShiftWord::Day),
    ("夜班", ShiftWord::Night), ("夜间", ShiftWord::Night), ("夜", ShiftWord::Night),
    ("值宿", ShiftWord::Night), ("夜值", ShiftWord::Night), ("值夜", ShiftWord::Night),
    ("夜勤", ShiftWord::Night), ("夜里", ShiftWord::Night), ("야간", ShiftWord::Night),
    ("night", ShiftWord::Night), ("night shift", ShiftWord::Night), ("nights", ShiftWord::Night),
    ("通宵", ShiftWord::Night), ("야", ShiftWord::Night), ("宿直", ShiftWord::Night),
    ("晚班", ShiftWord::Late),
    ("晚上", ShiftWord::Evening), ("晚间", ShiftWord::Evening),
    ("晚", ShiftWord::Late),
    ("晚上班", ShiftWord::Evening),
    ("overnight", ShiftWord::Night),
    ("上午", ShiftWord::Morning), ("上午班", ShiftWord::Morning), ("오전", ShiftWord::Morning),
    ("午前", ShiftWord::Morning), ("am", ShiftWord::Morning), ("morning", ShiftWord::Morning),
    ("中午", ShiftWord::Noon), ("中午班", ShiftWord::Noon), ("午间", ShiftWord::Noon),
    ("noon", ShiftWord::Noon),
    ("下午", ShiftWord::Afternoon), ("下午班", ShiftWord::Afternoon), ("오후", ShiftWord::Afternoon),
    ("午後", ShiftWord::Afternoon), ("pm", ShiftWord::Afternoon), ("afternoon", ShiftWord::Afternoon),
    ("evening", ShiftWord::Evening), ("저녁", ShiftWord::Evening),
    ("早班", ShiftWord::Early), ("早", ShiftWord::Early), ("早番", ShiftWord::Early), ("d", ShiftWord::Early),
    ("early", ShiftWord::Early), ("a班", ShiftWord::Early),
    ("中班", ShiftWord::Middle), ("中", ShiftWord::Middle), ("小夜", ShiftWord::Middle),
    ("小夜班", ShiftWord::Middle), ("遅番", ShiftWord::Middle), ("e", ShiftWord::Middle),
    ("前夜", ShiftWord::Middle), ("late", ShiftWord::Middle), ("准夜", ShiftWord::Middle),
    ("準夜", ShiftWord::Middle), ("b班", ShiftWord::Middle),
    ("大夜", ShiftWord::Late), ("大夜班", ShiftWord::Late), ("后夜", ShiftWord::Late),
    ("深夜", ShiftWord::Late), ("n", ShiftWord::Late), ("c班", ShiftWord::Late),
    ("休", ShiftWord::Off), ("休息", ShiftWord::Off), ("o", ShiftWord::Off), ("off", ShiftWord::Off),
    ("公休", ShiftWord::Off), ("休假", ShiftWord::Off), ("年休", ShiftWord::Off), ("轮休", ShiftWord::Off),
    ("调休", ShiftWord::Off), ("补休", ShiftWord::Off), ("下夜", ShiftWord::Off), ("下夜班", ShiftWord::Off),
    ("휴", ShiftWord::Off), ("휴무", ShiftWord::Off), ("비번", ShiftWord::Off), ("非番", ShiftWord::Off),
    ("明", ShiftWord::Off), ("明け", ShiftWord::Off), ("请假", ShiftWord::Off), ("病假", ShiftWord::Off),
    ("事假", ShiftWord::Off), ("产假", ShiftWord::Off), ("假", ShiftWord::Off), ("rest", ShiftWord::Off),
    ("leave", ShiftWord::Off), ("-", ShiftWord::Off), ("/", ShiftWord::Off), ("×", ShiftWord::Off),
    ("x", ShiftWord::Off),
];

/// Marks that say "on" in a grid of people and days.
#[rustfmt::skip]
pub(super) const ON_MARKS: &[&str] = &[
    "√", "✓", "✔", "☑", "●", "○", "◎", "■", "★", "☆", "▲", "△", "♥", "值", "班", "1", "当", "v", "y", "yes",
    "当番", "直", "*", "Y", "V",
];

/// Repeats the cell above.
#[rustfmt::skip]
pub(super) const SAME_AS_ABOVE: &[&str] = &[
    "同上", "〃", "″", "\"", "''", "同前", "同左", "〞", "々", "ditto", "do.", "same", "same as above",
    "위와같음", "上同", "〃〃", "\"\"", "〝", "'", "仝上", "仝",
];

/// Somebody will be there, and nobody says who.
#[rustfmt::skip]
pub(super) const NOT_NAMED: &[&str] = &[
    "待定", "待安排", "另行通知", "另行安排", "未定", "暂定", "未安排", "待通知", "待补", "待补充", "全体干部",
    "全体人员", "全体职工", "全体", "全员", "全体机关干部", "机关干部", "全体村干部", "村干部", "轮流值班",
    "轮流", "轮值", "轮班", "临时安排", "视情况", "视情况安排", "各科室轮流", "tbd", "tba", "n/a", "na",
    "to be decided", "to be announced", "未填", "未报", "暂缺", "缺", "空缺", "空", "未确定", "미정",
    "未定です", "none", "nobody", "vacant", "unassigned", "open", "?", "??", "???", "待", "相关人员", "所有人",
    "全所人员", "全体教师", "班子成员", "各组轮流", "不详", "见附件", "见附表", "附后", "详见附件",
];

/// Nobody, said plainly.
#[rustfmt::skip]
pub(super) const NOBODY: &[&str] = &[
    "/", "\\", "-", "--", "---", "无", "×", "x", "轮休", "休息", "休", "无人", "没有", "〇", "0", "*", "—", ".",
    "、", "不值班", "不安排", "放假", "off", "없음", "なし", "无人值班", "//", "===", "…", "...",
];

/// Titles people have, that are no names.
#[rustfmt::skip]
pub(super) const TITLES: &[&str] = &[
    "书记", "副书记", "县长", "副县长", "镇长", "副镇长", "乡长", "副乡长", "局长", "副局长", "主任", "副主任",
    "科长", "副科长", "所长", "副所长", "院长", "副院长", "校长", "副校长", "处长", "副处长", "部长", "副部长",
    "站长", "副站长", "队长", "副队长", "组长", "副组长", "经理", "副经理", "总经理", "副总经理", "厂长",
    "副厂长", "班长", "护士长", "主席", "副主席", "委员", "干事", "科员", "办事员", "主管", "医生", "医师",
    "护士", "老师", "教师", "同志", "师傅", "董事长", "总监", "秘书", "秘书长", "股长", "党委书记", "村主任",
    "村支书", "支书", "会计", "司机", "保安", "社工", "网格员", "先生", "女士", "工程师", "总工", "区长",
    "副区长", "市长", "副市长", "党委委员", "人大主席", "纪委书记", "武装部长", "宣传委员", "组织委员",
    "政法委员", "调研员", "四级调研员", "人武部长", "常务副县长", "政委", "教导员", "所领导", "局领导",
];

/// Marks beside a name that say the person is away.
#[rustfmt::skip]
pub(super) const AWAY: &[&str] = &[
    "请假", "休假", "病假", "事假", "产假", "出差", "外出", "公出", "年假", "婚假", "丧假", "陪产", "on leave",
    "leave", "absent", "휴가", "休暇", "住院", "隔离", "离岗", "缺席",
];

/// Words of a remark or a note after which a shift may no longer stand as its row says.
#[rustfmt::skip]
pub(super) const CHANGES: &[&str] = &[
    "取消", "作废", "改由", "改为", "改成", "改派", "改到", "改至", "换为", "换成", "换班", "换人", "换:", "调班",
    "调换", "对调", "互换", "调整", "调到", "调至", "替班", "替值", "顶班", "顶替", "顶岗", "代班", "代值", "代替", "接替",
    "替代", "不值", "免值", "停班", "停值", "暂停", "推迟", "延至", "延长至", "顺延", "缺勤", "缺岗", "只值", "仅值", "仅白",
    "仅夜", "仅上午", "仅下午", "半天", "请假", "休假", "病假", "事假", "出差", "外出", "离岗", "cancel", "swap", "covered by",
    "cover for", "replaced", "instead", "on leave", "void", "取消し", "交代", "취소", "변경", "교체",
];

/// How the names of units end.
#[rustfmt::skip]
pub(super) const UNIT_ENDINGS: &[&str] = &[
    "人民政府", "办公室", "指挥中心", "服务中心", "委员会", "管理局", "街道办", "办事处", "派出所", "卫生院",
    "县政府", "镇政府", "乡政府", "街道", "社区", "中心", "医院", "学校", "中学", "小学", "大学", "学院",
    "幼儿园", "公司", "集团", "镇", "乡", "局", "委", "办", "站", "所", "科", "部", "处", "院", "队", "村",
    "厂", "室", "园", "分局", "大队", "支队", "科室", "车间", "班组", "病区", "银行", "支行", "协会", "法院",
    "检察院", "县", "区", "市", "病棟", "課", "係", "병동", "과", "팀", "库", "场", "组", "馆", "team",
    "department", "office", "ward", "town", "township", "bureau", "hospital", "center", "centre", "school",
    "unit",
];

/// A row that shows how to fill in the others, and is nobody's duty.
pub(super) const EXAMPLE_STARTS: &[&str] = &["例:", "示例", "(例)", "样例", "example", "e.g."];

/// How a footnote begins.
#[rustfmt::skip]
pub(super) const NOTE_STARTS: &[&str] = &[
    "注", "备注", "说明", "附注", "注意", "要求", "附", "※", "*", "#", "//", "note", "remark", "备 注", "ps",
    "p.s", "温馨提示", "提示", "备查", "值班要求", "注释", "비고", "備考", "備註", "(注", "【注", "(备注",
    "工作要求", "值班职责", "联系", "legend", "图例", "班次说明", "时间说明", "值班说明",
];

/// How a line of totals begins.
#[rustfmt::skip]
pub(super) const TOTAL_STARTS: &[&str] = &[
    "合计", "总计", "小计", "共计", "合 计", "总 计", "total", "sum", "합계", "合計", "人次合计", "统计",
    "本页小计",
];

/// How a signature line begins.
#[rustfmt::skip]
pub(super) const SIGNATURE_STARTS: &[&str] = &[
    "制表", "填表", "审核", "审批", "签发", "填报人", "填报单位", "报送人", "报送时间", "报送日期", "填报日期",
    "填报时间", "制表人", "制表日期", "制表时间", "签字", "签名", "盖章", "(盖章", "单位(盖章", "主要负责人签",
    "单位负责人", "分管领导", "经办人", "联系人", "打印日期", "prepared by", "approved by", "signed",
    "signature", "작성자", "作成者", "承認", "批准", "复核", "编制", "审定", "责任领导签",
];

/// What precedes the names of units that sent nothing.
#[rustfmt::skip]
pub(super) const NOT_SUBMITTED: &[&str] = &[
    "未报单位", "未上报单位", "未报送单位", "未报", "未上报", "未报送", "尚未报送", "尚未上报", "没有上报",
    "not submitted", "missing units", "未提交", "未交",
];
