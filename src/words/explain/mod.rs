//! `explain CODE`: what a rule says, why, a bad example, a good one, and how not to hear it.

mod en;
mod examples;
mod zh;

use super::Lang;
use crate::roster::{Code, Severity};

/// What a rule is about, and why anybody cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    what: &'static str,
    why: &'static str,
}

const fn meaning(what: &'static str, why: &'static str) -> Meaning {
    Meaning { what, why }
}

/// Everything about one rule, as a few lines of text.
#[must_use]
pub fn explanation(code: Code, lang: Lang) -> String {
    let Meaning { what, why } = meaning_of(code, lang);
    let (bad, good) = examples::examples(code, lang);
    let heading = heading(code, lang);
    let [why_title, bad_title, good_title, mute_title] = match lang {
        Lang::Zh => ["为什么", "不好", "好", "不想看到它"],
        Lang::En => ["Why", "Bad", "Good", "Not to hear it"],
    };
    let mute = mute(code, lang);
    format!(
        "{heading}\n{}\n{why_title}\n{}\n{bad_title}\n{}\n{good_title}\n{}\n{mute_title}\n{}",
        indented(what),
        indented(why),
        indented(bad),
        indented(good),
        indented(&mute),
    )
}

/// How not to hear of a rule, from one row to everywhere.
fn mute(code: Code, lang: Lang) -> String {
    let id = code.id();
    match lang {
        Lang::Zh => format!(
            "只对一行，写在这一行的备注里，理由必填：\n  忽略 {id}：双岗\n\
             只对一个单位，zaigang.toml：\n  [lint.per-unit]\n  \"石桥镇\" = [\"{id}\"]\n\
             全部：\n  [lint]\n  ignore = [\"{id}\"]\n\
             带上理由：\n  [lint.ignore]\n  {id} = \"县里定的双岗\"\n\
             只这一次：--ignore {id}"
        ),
        Lang::En => format!(
            "for one row, in its remark, with a reason:\n  ignore {id}: two are meant to be on\n\
             for one unit, in zaigang.toml:\n  [lint.per-unit]\n  \"Shiqiao\" = [\"{id}\"]\n\
             everywhere:\n  [lint]\n  ignore = [\"{id}\"]\n\
             with the reason:\n  [lint.ignore]\n  {id} = \"two are meant to be on\"\n\
             this once: --ignore {id}"
        ),
    }
}

/// All rules, one line each.
#[must_use]
pub fn rules(lang: Lang) -> String {
    let line = |code: &Code| {
        let what = meaning_of(*code, lang).what;
        format!("{}  {what}\n", heading(*code, lang))
    };
    Code::ALL.iter().map(line).collect()
}

/// `G001 officer-gap（错误）`.
fn heading(code: Code, lang: Lang) -> String {
    let level = match (code.severity(), lang) {
        (Severity::Error, Lang::Zh) => "（错误）",
        (Severity::Warning, Lang::Zh) => "（警告）",
        (Severity::Note, Lang::Zh) => "（提示）",
        (Severity::Error, Lang::En) => " (error)",
        (Severity::Warning, Lang::En) => " (warning)",
        (Severity::Note, Lang::En) => " (note)",
    };
    format!("{} {}{level}", code.id(), code.slug())
}

fn meaning_of(code: Code, lang: Lang) -> Meaning {
    match lang {
        Lang::Zh => zh::meaning_of(code),
        Lang::En => en::meaning_of(code),
    }
}

fn indented(text: &str) -> String {
    let lines = text.lines().map(|line| format!("  {line}"));
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_explained_in_both_languages() {
        for code in Code::ALL {
            for lang in [Lang::Zh, Lang::En] {
                let said = explanation(*code, lang);
                assert!(said.starts_with(code.id()), "{said}");
                assert!(said.contains(&format!("--ignore {}", code.id())), "{said}");
            }
            for lang in [Lang::Zh, Lang::En] {
                let (bad, good) = examples::examples(*code, lang);
                assert_ne!(bad, good, "{code:?}");
            }
            let (bad, good) = examples::examples(*code, Lang::En);
            let is_english = |text: &str| !text.chars().any(|c| ('一'..='鿿').contains(&c));
            assert!(is_english(bad) && is_english(good), "{code:?}");
            assert_ne!(zh::meaning_of(*code), en::meaning_of(*code), "{code:?}");
        }
    }

    #[test]
    fn an_explanation_reads_in_order() {
        let said = explanation(Code::G001, Lang::Zh);
        let parts = [
            "G001 officer-gap（错误）",
            "为什么",
            "不好",
            "好\n",
            "不想看到它",
        ];
        let found: Vec<Option<usize>> = parts.iter().map(|part| said.find(part)).collect();
        assert!(found.iter().all(Option::is_some), "{said}");
        assert!(said.contains("2026-10-03"), "{said}");
    }
}
