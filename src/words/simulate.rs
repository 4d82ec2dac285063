//! The invented county of `simulate`, and what is told of its holidays.

use super::Lang;
use crate::roster::Role;

const SURNAMES: [char; 20] = [
    '王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴', '徐', '孙', '胡', '朱', '高', '林',
    '何', '郭', '马', '罗',
];
const GIVEN: [&str; 10] = [
    "建国", "秀英", "志强", "海燕", "晓东", "玉兰", "国庆", "春梅", "永红", "文斌",
];
const UNITS: [&str; 6] = [
    "县政府办公室",
    "东河乡",
    "城关镇",
    "石桥镇",
    "柳林乡",
    "应急管理局",
];

/// The name of the so-many-th unit.
#[must_use]
pub fn unit(index: usize) -> String {
    UNITS[index % UNITS.len()].to_owned()
}

/// The name of the so-many-th person; no two of the first two hundred are alike.
#[must_use]
pub fn person(index: usize) -> String {
    let surname = SURNAMES[index % SURNAMES.len()];
    let given = GIVEN[(index / SURNAMES.len()) % GIVEN.len()];
    format!("{surname}{given}")
}

/// The first line of a roster.
#[must_use]
pub fn header() -> &'static str {
    "单位,日期,开始,结束,角色,姓名,手机\n"
}

/// An hour as a roster writes it, where it is one of the next day.
#[must_use]
pub fn next_day(hour: u32) -> String {
    format!("次日{hour:02}:00")
}

/// A kind of duty as a roster writes it.
#[must_use]
pub fn post(role: Role) -> &'static str {
    match role {
        Role::DutyOfficer | Role::Other => "值班员",
        Role::DutyLeader => "带班领导",
        Role::ChiefLeader => "总带班",
        Role::Principal => "主要领导",
        Role::Standby => "备勤",
    }
}

/// What was counted over many holidays, as lines are made of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Count {
    pub holidays: u64,
    pub calm: u64,
    pub faults: u64,
    pub steps: u64,
    pub checks: u64,
    /// Present, late, no answer, undeliverable, void.
    pub outcomes: [u64; 5],
    /// Of the void: excused or called off.
    pub excused: u64,
    /// Checks that asked again whom a fault of the program's had kept from being judged.
    pub made_up: u64,
    /// Of those found out, the ones found only then.
    pub found_again: u64,
    /// And by a clerk's telephone.
    pub found_by_phone: u64,
    /// Of the others, those whose shift was over before anybody could be asked again.
    pub too_late: u64,
    /// Truly absent and found out: without a fault, with faults anywhere, aimed at the checks.
    pub absent: [(u64, u64); 3],
    pub hidden: u64,
    pub caught_hidden: u64,
    pub false_absences: u64,
    pub lost_answers: u64,
    /// Checks against an answer in time that Telegram held back and that never came.
    pub held_back: u64,
    pub broken: u64,
    pub seconds: f64,
    /// Kind of fault, how often, checks it fell into, void among them.
    pub by_fault: Vec<(String, u64, u64, u64)>,
}

#[must_use]
pub fn summary(count: &Count, lang: Lang) -> String {
    let mut lines = match lang {
        Lang::Zh => in_chinese(count),
        Lang::En => in_english(count),
    };
    for (kind, times, checks, void) in &count.by_fault {
        let rate = share(*void, *checks);
        lines.push(match lang {
            Lang::Zh => {
                format!("  {kind}：{times} 次，碰上 {checks} 个抽查，作废 {void}（{rate}）")
            }
            Lang::En => {
                format!("  {kind}: {times} times, within {checks} checks, {void} void ({rate})")
            }
        });
    }
    lines.join("\n")
}

fn in_chinese(count: &Count) -> Vec<String> {
    let [present, late, none, unreached, void] = count.outcomes;
    let (absent, found) = all_absent(count);
    let (clear, caught) = (absent - count.hidden, found - count.caught_hidden);
    let [calm, spread, aimed] = count.absent.map(|(of, found)| share(found, of));
    vec![
        format!(
            "{} 个假期（{} 个没有故障），故障 {} 次，{} 步，{:.1} 秒",
            count.holidays, count.calm, count.faults, count.steps, count.seconds
        ),
        format!(
            "抽查 {}：在岗 {present}，迟答 {late}，没答 {none}，送不到 {unreached}，作废 {void}（其中说明或取消 {}）；补查 {}",
            count.checks, count.excused, count.made_up
        ),
        format!(
            "真没人 {absent}，查出 {found}（{}，其中补查时 {}、电话里 {}），来不及补查的 {}；没有什么能挡住回答的 {clear}，查出 {caught}（{}）",
            share(found, absent),
            count.found_again,
            count.found_by_phone,
            count.too_late,
            share(caught, clear)
        ),
        format!("查出率：没有故障的假期 {calm}，故障随处的 {spread}，故障专挑抽查时的 {aimed}"),
        format!(
            "错判没答 {}，丢失回答 {}，违反承诺 {}",
            count.false_absences, count.lost_answers, count.broken
        ),
        format!(
            "按时回答被 Telegram 压住、后来也没送到的 {}（谁也无从知道）",
            count.held_back
        ),
    ]
}

fn in_english(count: &Count) -> Vec<String> {
    let [present, late, none, unreached, void] = count.outcomes;
    let (absent, found) = all_absent(count);
    let (clear, caught) = (absent - count.hidden, found - count.caught_hidden);
    let [calm, spread, aimed] = count.absent.map(|(of, found)| share(found, of));
    vec![
        format!(
            "Holidays: {} ({} without a fault), faults: {}, steps: {}, seconds: {:.1}",
            count.holidays, count.calm, count.faults, count.steps, count.seconds
        ),
        format!(
            "Checks: {}; present {present}, late {late}, no answer {none}, undeliverable {unreached}, \
             void {void} (of these, excused or called off: {}); asked again: {}",
            count.checks, count.excused, count.made_up
        ),
        format!(
            "Truly absent: {absent}, found: {found} ({}, when asked again: {}, by telephone: {}), too late to ask again: {}; where nothing could hide an answer: {clear}, found: {caught} ({})",
            share(found, absent),
            count.found_again,
            count.found_by_phone,
            count.too_late,
            share(caught, clear)
        ),
        format!(
            "Found of the absent: {calm} in holidays without a fault, {spread} with faults anywhere, \
             {aimed} with faults aimed at the checks"
        ),
        format!(
            "False absences: {}, lost answers: {}, broken promises: {}",
            count.false_absences, count.lost_answers, count.broken
        ),
        format!(
            "Answers in time that Telegram held back past the drain and that never came: {} (nobody could know)",
            count.held_back
        ),
    ]
}

/// How many were truly absent, and how many of them were found out.
fn all_absent(count: &Count) -> (u64, u64) {
    let sum = |(absent, found), (of, caught)| (absent + of, found + caught);
    count.absent.into_iter().fold((0, 0), sum)
}

/// Which promise broke, and how to see it again.
#[must_use]
pub fn broken(seed: u64, law: &str, facts: &str, again: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("❌ 种子 {seed} 违反 {law}：{facts}\n   重演：{again}"),
        Lang::En => format!("❌ Seed {seed} breaks {law}: {facts}\n   Again: {again}"),
    }
}

/// A fault nobody caught.
#[must_use]
pub fn uncaught(fault: &str, seeds: u64, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("❌ {fault}：{seeds} 个种子都没有抓到"),
        Lang::En => format!("❌ {fault}: not caught by {seeds} seeds"),
    }
}

/// In percent, of `whole`.
#[allow(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn share(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    format!("{:.3} %", part as f64 * 100.0 / whole as f64)
}
