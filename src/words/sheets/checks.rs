//! The log of checks: one row each, with its outcome and, where a person gave one, the verdict.

use super::{Book, Manner, Paging, Sheet};
use crate::report::{Checked, Chosen};
use crate::spotcheck::{Explanation, Outcome, Said, Verdict};
use crate::words::Lang;
use crate::words::chat::{Tongue, ladder};
use crate::words::circular::Table;

/// The log of these checks.
#[must_use]
pub fn checks(checks: &[Checked], manner: &Manner) -> Book {
    let mut table = Table::of(match manner.lang {
        Lang::Zh => [
            "编号",
            "轮次",
            "方式",
            "下令人",
            "时间",
            "单位",
            "岗位",
            "姓名",
            "结果",
            "迟答（秒）",
            "本人说明",
            "核实结论",
            "核实人",
            "核实时间",
        ],
        Lang::En => [
            "Check",
            "Round",
            "Chosen",
            "Ordered by",
            "Time",
            "Unit",
            "Post",
            "Name",
            "Outcome",
            "Late by (s)",
            "Added",
            "Verdict",
            "Verified by",
            "Verified at",
        ],
    });
    for checked in checks {
        let late = match checked.outcome {
            Some(Outcome::Late { by_secs, .. }) => by_secs.to_string(),
            _ => String::new(),
        };
        let ruled = checked.ruled.as_ref();
        let silent = matches!(checked.outcome, Some(Outcome::NoAnswer { .. }));
        let verdict = match ruled {
            Some(ruled) if silent => verdict(manner, ruled.verdict),
            None if silent => manner.pick("待核实", "to be verified"),
            _ => String::new(),
        };
        table.row([
            format!("{:04}", checked.check.0),
            checked.round.to_string(),
            match checked.chosen {
                Chosen::AtRandom => manner.pick("随机", "random"),
                Chosen::ByOrder => manner.pick("指定", "ordered"),
            },
            checked.ordered_by.clone().unwrap_or_default(),
            manner.sortable(checked.at),
            checked.unit.clone(),
            checked.post.clone(),
            checked.name.clone(),
            outcome(manner, checked.outcome.as_ref()),
            late,
            added(manner, &checked.said),
            verdict,
            ruled.map_or_else(String::new, |ruled| ruled.by.clone()),
            ruled.map_or_else(String::new, |ruled| manner.sortable(ruled.at)),
        ]);
    }
    let count = checks.len();
    Book {
        sheets: vec![Sheet {
            name: manner.pick("抽查记录", "Checks"),
            title: manner.pick("抽查记录", "Spot checks"),
            note: manner.pick(
                format!("{}，共 {count} 次", manner.as_of()),
                format!("{count} in all, {}", manner.as_of()),
            ),
            table,
            paging: Paging::Across,
        }],
    }
}

fn outcome(manner: &Manner, outcome: Option<&Outcome>) -> String {
    match outcome {
        None => manner.pick("等回答", "waiting"),
        Some(Outcome::Present { .. }) => manner.pick("在岗", "present"),
        Some(Outcome::Late { .. }) => manner.pick("迟答", "late"),
        Some(Outcome::NoAnswer { .. }) => manner.pick("没答", "no answer"),
        Some(Outcome::Undeliverable { .. }) => manner.pick("送不到", "undeliverable"),
        Some(Outcome::Void { .. }) => manner.pick("作废", "void"),
    }
}

/// All the person said beside the answer, in full: a sheet has room.
fn added(manner: &Manner, said: &[Said]) -> String {
    let tongue = Tongue {
        lang: manner.lang,
        zone: manner.zone,
        now: manner.now,
    };
    let said = said
        .iter()
        .filter(|said| **said != Said::Explanation(Explanation::None))
        .map(|said| ladder::said(&tongue, said, str::to_owned));
    said.collect::<Vec<_>>().join(&manner.pick("；", "; "))
}

fn verdict(manner: &Manner, verdict: Verdict) -> String {
    match verdict {
        Verdict::PresentByPhone => manner.pick("电话核实在岗", "at post, by phone"),
        Verdict::Excused => manner.pick("有正当原因", "excused"),
        Verdict::Absent => manner.pick("不在岗", "not at post"),
        Verdict::Unreachable => manner.pick("联系不上", "unreachable"),
    }
}
