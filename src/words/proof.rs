//! What an exported journal proves, or which of its lines contradicts the others.

use super::Lang;
use crate::proof::{Contradiction, DrawProof, Fault, Proof};
use crate::spotcheck::{Exposed, Exposure, Outcome};

/// Everything holds.
#[must_use]
pub fn proof(proof: &Proof, lang: Lang) -> String {
    let mut lines = vec![chain(proof, lang), outcomes(proof, lang)];
    lines.extend(known(proof, lang));
    lines.extend(proof.draws.iter().map(|draw| self::draw(draw, lang)));
    if !proof.exposure.units.is_empty() {
        lines.push(String::new());
        lines.push(exposure(&proof.exposure, lang));
    }
    lines.join("\n")
}

fn chain(proof: &Proof, lang: Lang) -> String {
    let lines = proof.lines;
    let head = proof.head.map(|head| head.to_string()).unwrap_or_default();
    match lang {
        Lang::Zh => format!("✅ 日志 {lines} 行，一环扣一环。尾码 {head}"),
        Lang::En => format!("✅ The journal's {lines} lines hold, link by link. Its head: {head}"),
    }
}

fn outcomes(proof: &Proof, lang: Lang) -> String {
    let (proven, unproven) = (proof.outcomes, proof.unproven);
    let rest = match (unproven, lang) {
        (0, _) => String::new(),
        (_, Lang::Zh) => format!("；另有 {unproven} 个是旧版程序记的，证据不全，没有算"),
        (_, Lang::En) => format!(
            "; {unproven} more were written by an earlier program without their evidence and were not judged"
        ),
    };
    match lang {
        Lang::Zh => format!("✅ {proven} 个抽查结果，都从证据重新算出，一致{rest}"),
        Lang::En => format!("✅ {proven} outcomes follow from their evidence{rest}"),
    }
}

fn known(proof: &Proof, lang: Lang) -> Option<String> {
    let line = proof.known_line?;
    Some(match lang {
        Lang::Zh => format!("✅ 您手里的尾码是第 {line} 行的：到那一行为止，一个字没动过"),
        Lang::En => {
            format!("✅ The head you hold is that of line {line}: nothing up to it was changed")
        }
    })
}

fn draw(draw: &DrawProof, lang: Lang) -> String {
    let DrawProof {
        draw: number,
        commitments,
        held,
        not_held,
        seed,
    } = draw;
    match (seed, lang) {
        (Some(seed), Lang::Zh) => format!(
            "✅ 随机抽查 {number}：{commitments} 次封存都与种子相符；抽了 {held}，没抽成 {not_held}，\
             时间和人都与种子一致。种子 {seed}"
        ),
        (None, Lang::Zh) => format!(
            "⏳ 随机抽查 {number}：种子还没公布，期满再核对。已封存 {commitments} 次，抽了 {held}，没抽成 {not_held}"
        ),
        (Some(seed), Lang::En) => format!(
            "✅ Draw {number}: its seals ({commitments}) fit the seed; {held} checks held and \
             {not_held} not held, each at the time and of the person the seed gives. Seed: {seed}"
        ),
        (None, Lang::En) => format!(
            "⏳ Draw {number}: its seed is not told yet; check again when the period is over. \
             Sealed: {commitments}; held: {held}; not held: {not_held}"
        ),
    }
}

/// Each unit by the hours of the day.
fn exposure(exposure: &Exposure, lang: Lang) -> String {
    let row = |cells: Vec<String>| cells.concat();
    let hours = (0..24).map(|hour| format!("{hour:<3}")).collect();
    let mut lines = vec![row(hours)];
    for (unit, hours) in &exposure.units {
        let cells = hours.iter().map(|h| format!("{:<3}", cell(*h))).collect();
        lines.push(format!("{} {unit}", row(cells)));
    }
    lines.push(
        match lang {
            Lang::Zh => "每列一个钟点；数字是抽了几次，x 没抽成，v 作废",
            Lang::En => "one column an hour; digits: held, x: not held, v: void",
        }
        .to_owned(),
    );
    lines.join("\n")
}

fn cell(exposed: Exposed) -> String {
    let held = match exposed.held {
        0 if exposed.not_held > 0 => String::new(),
        0 => "·".to_owned(),
        held => held.to_string(),
    };
    let not_held = if exposed.not_held > 0 { "x" } else { "" };
    let void = if exposed.void > 0 { "v" } else { "" };
    format!("{held}{not_held}{void}")
}

/// The first line that does not hold.
#[must_use]
pub fn contradiction(found: &Contradiction, lang: Lang) -> String {
    let line = found.line;
    let what = match lang {
        Lang::Zh => zh(&found.fault),
        Lang::En => en(&found.fault),
    };
    match lang {
        Lang::Zh => format!("❌ 文件第 {line} 行不成立：{what}"),
        Lang::En => format!("❌ line {line} of the file does not hold: {what}"),
    }
}

fn zh(fault: &Fault) -> String {
    match fault {
        Fault::NoExport => "这不是 zaigang export 导出的日志".to_owned(),
        Fault::Form => "这一行不是当初写下的样子".to_owned(),
        Fault::Roll => "值班表的内容与它的摘要不符，或位置被动过".to_owned(),
        Fault::RollUnnamed => "日志里没有哪一行提到这份值班表".to_owned(),
        Fault::RollMissing { version } => format!("第 {version} 版值班表不在文件里"),
        Fault::Number { expected } => {
            format!("这里应当是日志第 {expected} 行：有行被删、被加或换了位置")
        }
        Fault::Link => "与前一行扣不上：这一行或前面的行被改过".to_owned(),
        Fault::Unknown => "这一行记的事，这个版本的程序不认识，请换新版再核对".to_owned(),
        Fault::Head => "文件末尾的尾码与日志不符，或缺了末尾".to_owned(),
        Fault::HeadUnknown => "您手里的尾码不在这份日志里：末尾被删过，或前面的行被改过".to_owned(),
        Fault::Update => "消息原件与它的摘要不符，或位置被动过".to_owned(),
        Fault::UpdateUnnamed => "日志里没有哪一行提到这条消息原件".to_owned(),
        Fault::UpdateMissing { check } => format!("第 {check} 号抽查的回答，消息原件不在文件里"),
        Fault::UpdateOther { check } => {
            format!("第 {check} 号抽查的回答与消息原件对不上：时间、人或号码不同")
        }
        Fault::NoCheck { check } => format!("第 {check} 号抽查没有发出过，或重复了"),
        Fault::NotOnDuty { check, version } => {
            format!("第 {check} 号抽查问的人，按第 {version} 版值班表当时不在班")
        }
        Fault::DutyChanged => "请假或换班改的那个班，值班表里没有".to_owned(),
        Fault::MadeUp { check } => {
            format!("第 {check} 号补查没有依据：没有此人作废待补的抽查，或已补过")
        }
        Fault::NoEffect { check } => format!("第 {check} 号抽查到这一步，不可能发生这件事"),
        Fault::Outcome {
            check,
            written,
            evident,
        } => {
            let (written, evident) = (outcome_zh(written.as_ref()), outcome_zh(evident.as_ref()));
            format!("第 {check} 号抽查写的是“{written}”，按证据应当是“{evident}”")
        }
        Fault::Commitment { draw } => {
            format!("随机抽查 {draw} 的封存与当时启用的值班表或上一次封存接不上")
        }
        Fault::Seed { draw } => format!("随机抽查 {draw} 公布的种子，与当初的封存码不符"),
        Fault::Reveal { draw } => format!("随机抽查 {draw} 的种子公布了两次，或期没满就公布"),
        Fault::Lot { draw, unit, number } => {
            format!("随机抽查 {draw}：按种子，{unit} 第 {number} 次不在这个时候，或不该这样记")
        }
        Fault::Picked { draw, unit, number } => {
            format!(
                "随机抽查 {draw}：{unit} 第 {number} 次，按种子和当时在班的人，抽到的不是这个人"
            )
        }
        Fault::LotSkipped { draw, unit, number } => {
            format!("随机抽查 {draw}：按种子，{unit} 第 {number} 次早该抽，日志里没有")
        }
    }
}

fn en(fault: &Fault) -> String {
    match fault {
        Fault::NoExport => "this is no journal that zaigang export wrote".to_owned(),
        Fault::Form => "it is not as it was written".to_owned(),
        Fault::Roll => "the roster is not the one its digest names, or was moved".to_owned(),
        Fault::RollUnnamed => "no line of the journal names this roster".to_owned(),
        Fault::RollMissing { version } => format!("roster version {version} is not in the file"),
        Fault::Number { expected } => {
            format!("line {expected} of the journal is due here: a line was cut, added or moved")
        }
        Fault::Link => "it does not link to the line before: this line or one before it was changed".to_owned(),
        Fault::Unknown => "this program does not know what it says; check with a newer one".to_owned(),
        Fault::Head => "the head at the end of the file is not the journal's, or the end is missing".to_owned(),
        Fault::HeadUnknown => {
            "the head you hold is not in this journal: its tail was cut, or lines before it were changed".to_owned()
        }
        Fault::Update => "the original of a message is not the one its digest names, or was moved".to_owned(),
        Fault::UpdateUnnamed => "no line of the journal names this original of a message".to_owned(),
        Fault::UpdateMissing { check } => {
            format!("the original of the answer to check {check} is not in the file")
        }
        Fault::UpdateOther { check } => {
            format!("the answer to check {check} and its original differ in moment, person or number")
        }
        Fault::NoCheck { check } => format!("check {check} was never asked, or is doubled"),
        Fault::NotOnDuty { check, version } => {
            format!("whom check {check} asks was not on duty then, by roster version {version}")
        }
        Fault::DutyChanged => "it changes a shift the roster does not have".to_owned(),
        Fault::MadeUp { check } => format!("check {check} makes up for none: no such check of that person was void for a fault of the office's, or it is made up for already"),
        Fault::NoEffect { check } => format!("this cannot have happened to check {check} as it stood"),
        Fault::Outcome {
            check,
            written,
            evident,
        } => {
            let (written, evident) = (outcome_en(written.as_ref()), outcome_en(evident.as_ref()));
            format!("check {check} is written down as \"{written}\", and its evidence makes \"{evident}\"")
        }
        Fault::Commitment { draw } => {
            format!("draw {draw} is sealed on a roster that is not in force, or not after its last seal")
        }
        Fault::Seed { draw } => format!("the seed told for draw {draw} is not the one that was sealed"),
        Fault::Reveal { draw } => {
            format!("the seed of draw {draw} was told twice, or before the period was over")
        }
        Fault::Lot { draw, unit, number } => {
            format!("draw {draw}: by its seed, check {number} of {unit} is not due then, or was not to be recorded so")
        }
        Fault::Picked { draw, unit, number } => {
            format!("draw {draw}: of those on duty, its seed picks somebody else for check {number} of {unit}")
        }
        Fault::LotSkipped { draw, unit, number } => {
            format!("draw {draw}: check {number} of {unit} was due by its seed, and the journal does not have it")
        }
    }
}

fn outcome_zh(outcome: Option<&Outcome>) -> &'static str {
    match outcome {
        None => "还没有结果",
        Some(Outcome::Present { .. }) => "在岗",
        Some(Outcome::Late { .. }) => "迟答",
        Some(Outcome::NoAnswer { .. }) => "没答",
        Some(Outcome::Undeliverable { .. }) => "送不到",
        Some(Outcome::Void { .. }) => "作废",
    }
}

fn outcome_en(outcome: Option<&Outcome>) -> &'static str {
    match outcome {
        None => "no outcome yet",
        Some(Outcome::Present { .. }) => "present",
        Some(Outcome::Late { .. }) => "late",
        Some(Outcome::NoAnswer { .. }) => "no answer",
        Some(Outcome::Undeliverable { .. }) => "undeliverable",
        Some(Outcome::Void { .. }) => "void",
    }
}

/// Why nothing could be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The file cannot be opened.
    File { path: String, cause: String },
    /// What follows `--head` is no head.
    Head { given: String },
    /// The settings say no place of data.
    Settings { cause: String },
}

#[must_use]
pub fn refusal(refusal: &Refusal, lang: Lang) -> String {
    match (refusal, lang) {
        (Refusal::File { path, cause }, Lang::Zh) => format!("{path} 打不开：{cause}"),
        (Refusal::File { path, cause }, Lang::En) => format!("{path} cannot be opened: {cause}"),
        (Refusal::Head { given }, Lang::Zh) => {
            format!("“{given}”不是尾码。尾码是每天早上发给您的那 64 位数字和字母（小写）")
        }
        (Refusal::Head { given }, Lang::En) => format!(
            "\"{given}\" is no head: the 64 digits and small letters you get every morning are one"
        ),
        (Refusal::Settings { cause }, Lang::Zh) => format!("配置有误：{cause}"),
        (Refusal::Settings { cause }, Lang::En) => format!("the configuration is wrong: {cause}"),
    }
}
