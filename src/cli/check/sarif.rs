use std::io::{self, Write};

use serde_json::{Value, json};

use super::cell_name;
use super::judge::Checked;
use crate::roster::{Code, Finding, Severity};
use crate::words::Lang;
use crate::words::finding::{Said, said};

/// SARIF 2.1.0, as code scanning takes it.
pub(super) fn write(out: &mut impl Write, checked: &Checked, lang: Lang) -> io::Result<()> {
    let rules: Vec<Value> = Code::ALL
        .iter()
        .map(|code| {
            json!({
                "id": code.id(),
                "name": code.slug(),
                "defaultConfiguration": { "level": level(code.severity()) },
            })
        })
        .collect();
    let results: Vec<Value> = checked
        .findings
        .iter()
        .map(|finding| result(checked, finding, lang))
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "zaigang",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn result(checked: &Checked, finding: &Finding, lang: Lang) -> Value {
    let said = said(finding, checked.zone, lang);
    let place = finding.place.and_then(|place| {
        let file = checked.files.get(place.file as usize)?;
        Some((file, place))
    });
    let locations: Vec<Value> = place
        .map(|(file, place)| {
            let mut physical = json!({ "artifactLocation": { "uri": file.path } });
            if place.row > 0 {
                physical["region"] = json!({ "startLine": place.row });
            }
            let cell = cell_name(place.row, place.column);
            let logical: Vec<Value> = cell
                .map(|name| json!({ "name": name }))
                .into_iter()
                .collect();
            json!({ "physicalLocation": physical, "logicalLocations": logical })
        })
        .into_iter()
        .collect();
    json!({
        "ruleId": finding.code.id(),
        "level": level(finding.severity()),
        "message": { "text": sentences(&said, lang) },
        "locations": locations,
    })
}

/// What is wrong and what to do, as one text.
fn sentences(said: &Said, lang: Lang) -> String {
    let stop = match lang {
        Lang::Zh => "。",
        Lang::En => ". ",
    };
    let filled = [said.message.as_str(), said.help.as_str()]
        .into_iter()
        .filter(|sentence| !sentence.is_empty());
    let text: String = filled.flat_map(|sentence| [sentence, stop]).collect();
    text.trim_end().to_owned()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
