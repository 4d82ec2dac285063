use chrono::Datelike;

use super::{Annex, Block, Contents, Paper, RedHead, Table, Writer, days, national_day};
use crate::report::{Chosen, Established, Gap, Head, Naming, Tally};
use crate::roster::Role;
use crate::spotcheck::Verdict;
use crate::time::{Span, Zone};
use crate::words::{Lang, when};

pub(super) fn title(covered: &Span, zone: Zone) -> String {
    match national_day(covered, zone) {
        Some(year) => format!("关于{year}年国庆节期间值班抽查情况的通报"),
        None => format!("关于{}值班抽查情况的通报", dates(covered, zone)),
    }
}

/// `2026年10月1日至7日`.
fn dates(covered: &Span, zone: Zone) -> String {
    let (first, _) = days(covered, zone);
    format!("{}年{}", first.year(), from_to(covered, zone))
}

/// `10月1日至7日`.
fn from_to(covered: &Span, zone: Zone) -> String {
    let (first, last) = days(covered, zone);
    let start = when::date(first, Lang::Zh);
    if first == last {
        return start;
    }
    if (first.year(), first.month()) == (last.year(), last.month()) {
        return format!("{start}至{}日", last.day());
    }
    format!("{start}至{}", when::date(last, Lang::Zh))
}

impl Writer<'_> {
    pub(super) fn zh(&self) -> Paper {
        let zone = self.form.zone;
        let office = self.office;
        let mut blocks = vec![Block::Text(format!(
            "{}，{office}对{}个单位的值班安排和在岗情况进行了检查。现将有关情况通报如下：",
            from_to(&self.facts.covered, zone),
            self.facts.units.len(),
        ))];
        blocks.push(Block::Section("一、总体情况".to_owned()));
        blocks.extend(self.zh_overall().into_iter().map(Block::Text));
        blocks.push(Block::Section("二、主要问题".to_owned()));
        blocks.extend(self.zh_problems());
        blocks.push(Block::Section("三、工作要求".to_owned()));
        blocks.extend(numbered(self.zh_requirements()));
        let annexes = self.zh_annexes();
        Paper {
            lang: Lang::Zh,
            head: (self.form.head == Head::Red).then(|| RedHead {
                name: format!("{office}文件"),
                number: format!("〔{}〕＿＿号", self.form.dated.year()),
            }),
            title: title(&self.facts.covered, zone),
            to: format!("{}：", self.form.to.unwrap_or("各单位")),
            blocks,
            enclosed: enclosed(&annexes),
            signature: office.to_owned(),
            date: when::date_with_year(self.form.dated, Lang::Zh),
            annexes,
        }
    }

    /// What stands behind the title of a correction, and first in it.
    pub(super) fn zh_correction(&self) -> (&'static str, Block) {
        let gone = self.form.withdrawn.iter().map(|withdrawn| {
            let finding = withdrawn.finding;
            let whom = match self.form.naming {
                Naming::Named => format!("{}{}", finding.unit, finding.name),
                Naming::Unnamed => finding.unit.clone(),
            };
            let (checked, at) = (self.moment(finding.at), self.moment(withdrawn.at));
            let by = withdrawn.by;
            format!(
                "原通报中“{whom}{checked}抽查没有应答”一项，现已查明不成立，予以撤销（{by}，{at}）"
            )
        });
        let gone: Vec<String> = gone.collect();
        let text = format!("{}。文中有关数字已相应改正。", gone.join("；"));
        let head = "更正说明。".to_owned();
        ("（更正）", Block::Point { head, text })
    }

    fn zh_overall(&self) -> Vec<String> {
        let mut said = Vec::new();
        if self.random().checked() > 0 {
            let (rounds, tally) = (self.facts.random_rounds, self.random());
            said.push(format!("随机抽查{rounds}批次、{}", outcomes(tally)));
        }
        if self.ordered().checked() > 0 {
            let (rounds, tally) = (self.facts.ordered_rounds, self.ordered());
            said.push(format!("指定抽查{rounds}批次、{}", outcomes(tally)));
        }
        if said.is_empty() {
            said.push("期间没有已办结的抽查。".to_owned());
        }
        said.push(match self.facts.gaps.len() {
            0 => "各单位值班安排没有空档。".to_owned(),
            gaps => format!(
                "值班安排有空档{gaps}处，合计{}。",
                tight(&when::length(self.gap_length(), Lang::Zh))
            ),
        });
        if !self.facts.not_submitted.is_empty() {
            let silent = self.facts.not_submitted.len();
            said.push(format!("{silent}个单位没有报送值班表。"));
        }
        said
    }

    fn zh_problems(&self) -> Vec<Block> {
        if self.facts.is_clean() {
            let text = "检查期间没有发现需要通报的问题。".to_owned();
            return vec![Block::Text(text)];
        }
        let mut points: Vec<(&str, String)> = Vec::new();
        if !self.facts.gaps.is_empty() {
            let units = self.gaps_by_unit().into_iter();
            let units: Vec<String> = units
                .map(|(unit, gaps)| self.zh_gaps(unit, &gaps))
                .collect();
            points.push(("值班安排有空档。", units.concat()));
        }
        if !self.facts.not_submitted.is_empty() {
            let units = self.facts.not_submitted.join("、");
            points.push(("没有报送值班表。", format!("{units}。")));
        }
        for (verdict, head) in [
            (Verdict::Absent, "抽查没有应答，经核实不在岗。"),
            (Verdict::Unreachable, "抽查没有应答，经核实联系不上。"),
        ] {
            let findings = self.findings(verdict);
            if !findings.is_empty() {
                let said = findings.into_iter().map(|finding| self.zh_finding(finding));
                points.push((head, said.collect::<Vec<_>>().concat()));
            }
        }
        numbered(points)
    }

    fn zh_gaps(&self, unit: &str, gaps: &[&Gap]) -> String {
        let spans: Vec<String> = gaps
            .iter()
            .map(|gap| {
                let span = tight(&when::span(&gap.span, self.form.zone, Lang::Zh));
                format!("{span}{}", missing(gap))
            })
            .collect();
        format!("{}{}。", named(unit), spans.join("，"))
    }

    fn zh_finding(&self, finding: &Established) -> String {
        let at = tight(&self.moment(finding.at));
        let ruled_at = tight(&self.moment(finding.ruled.at));
        let chosen = match finding.chosen {
            Chosen::AtRandom => "随机抽查",
            Chosen::ByOrder => "指定抽查",
        };
        let unit = named(&finding.unit);
        let whom = match self.form.naming {
            Naming::Named => format!("{}{}", finding.post, finding.name),
            Naming::Unnamed => format!("1名{}", finding.post),
        };
        let window = tight(&when::length(
            crate::time::TimeDelta::milliseconds(i64::try_from(finding.window_ms).unwrap_or(0)),
            Lang::Zh,
        ));
        let found = match finding.ruled.verdict {
            Verdict::Unreachable => "联系不上",
            _ => "不在岗",
        };
        let by = match self.form.naming {
            Naming::Named => format!("由{}", finding.ruled.by),
            Naming::Unnamed => format!("由{}", self.office),
        };
        format!("{at}{chosen}，{unit}{whom}{window}内没有应答，{by}于{ruled_at}核实为{found}。")
    }

    fn zh_requirements(&self) -> Vec<(&'static str, String)> {
        let office = self.office;
        let by = when::date(self.answer_by(), Lang::Zh);
        let mut asked = Vec::new();
        if !self.facts.is_clean() {
            asked.push((
                "认真整改。",
                format!("请有关单位对照以上问题查明原因，于{by}前将整改情况书面报{office}。"),
            ));
        }
        asked.push((
            "落实值班制度。",
            "请各单位落实24小时值班和领导带班制度，做到每个时段有人在岗；因事外出须先请假，接班人员到岗后方可离开；主要负责人手机保持24小时畅通。".to_owned(),
        ));
        asked.push((
            "核对通报内容。",
            format!("对通报内容有异议的，请于{by}前告知{office}，经核实有误的予以更正。"),
        ));
        asked
    }

    fn zh_annexes(&self) -> Vec<Annex> {
        let mut parts: Vec<(String, Contents)> = Vec::new();
        let none = self.random().checked() + self.ordered().checked() == 0;
        for (chosen, kind) in [
            (Chosen::AtRandom, "随机抽查"),
            (Chosen::ByOrder, "指定抽查"),
        ] {
            let is_first = chosen == Chosen::AtRandom;
            if self.facts.total(chosen).checked() > 0 || (none && is_first) {
                parts.push((format!("值班{kind}情况统计表"), self.zh_table(chosen)));
            }
        }
        if !self.form.statements.is_empty() {
            let said = self.form.statements.iter();
            let said = said.map(|(unit, words)| format!("{}：{words}", named(unit)));
            parts.push(("有关单位的说明".to_owned(), Contents::Text(said.collect())));
        }
        let alone = parts.len() == 1;
        let annexes = (1..).zip(parts);
        annexes
            .map(|(number, (title, contents))| Annex {
                label: if alone {
                    "附件".to_owned()
                } else {
                    format!("附件{number}")
                },
                title,
                contents,
            })
            .collect()
    }

    fn zh_table(&self, chosen: Chosen) -> Contents {
        let mut table = Table::of([
            "单位",
            "抽查人次",
            "按时应答",
            "迟答",
            "电话核实在岗",
            "有正当原因",
            "核实不在岗",
            "核实联系不上",
            "没有送达",
            "作废",
        ]);
        for line in &self.facts.units {
            let tally = match chosen {
                Chosen::AtRandom => line.random,
                Chosen::ByOrder => line.ordered,
            };
            table.row(row(named(&line.unit), tally));
        }
        table.total = Some(row("合计", self.facts.total(chosen)));
        Contents::Table(table)
    }
}

fn row(label: &str, tally: Tally) -> Vec<String> {
    let numbers = tally.columns().into_iter();
    let numbers = std::iter::once(tally.checked()).chain(numbers);
    let label = std::iter::once(label.to_owned());
    label
        .chain(numbers.map(|number| number.to_string()))
        .collect()
}

/// `48人次：按时应答43人次，……`; what there is none of is left out, but for answers and voids.
fn outcomes(tally: Tally) -> String {
    let counted = [
        ("按时应答", tally.present),
        ("迟答", tally.late),
        ("没有应答、经电话核实在岗", tally.present_by_phone),
        ("没有应答、经核实有正当原因", tally.excused),
        ("没有应答、经核实不在岗", tally.absent),
        ("没有应答、经核实联系不上", tally.unreachable),
        ("没有送达", tally.undeliverable),
    ];
    let counted: Vec<String> = counted
        .iter()
        .filter(|(label, count)| *count > 0 || *label == "按时应答")
        .map(|(label, count)| format!("{label}{count}人次"))
        .collect();
    format!(
        "{}人次：{}；作废{}人次，不计入任何人。",
        tally.checked(),
        counted.join("，"),
        tally.void
    )
}

fn missing(gap: &Gap) -> String {
    let post = match gap.role {
        Role::DutyLeader => "带班领导",
        Role::ChiefLeader => "总带班领导",
        Role::Principal => "主要负责人",
        _ => "值班人员",
    };
    if gap.present == 0 {
        return format!("没有安排{post}");
    }
    format!("应有{post}{}人，只安排{}人", gap.needed, gap.present)
}

fn named(unit: &str) -> &str {
    if unit.is_empty() { "本单位" } else { unit }
}

/// `（一）…`, one to twenty.
fn numbered(points: Vec<(&str, String)>) -> Vec<Block> {
    const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let numerals = NUMERALS.iter().cycle();
    let points = points.into_iter().zip(numerals);
    points
        .map(|((head, text), numeral)| Block::Point {
            head: format!("（{numeral}）{head}"),
            text,
        })
        .collect()
}

fn enclosed(annexes: &[Annex]) -> Vec<String> {
    match annexes {
        [] => Vec::new(),
        [only] => vec![format!("附件：{}", only.title)],
        several => (1..)
            .zip(several)
            .map(|(number, annex)| {
                let before = if number == 1 {
                    "附件："
                } else {
                    "　　　"
                };
                format!("{before}{number}. {}", annex.title)
            })
            .collect(),
    }
}

/// Papers have no room beside numbers.
fn tight(said: &str) -> String {
    said.replace(' ', "")
}
