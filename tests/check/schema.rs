//! What `check --format json` writes keeps to the schema that `check --schema` prints: nothing
//! missing, nothing of another kind, and nothing the schema does not name.

use std::path::Path;

use serde_json::{Value, json};

use super::{Office, WITH_A_GAP};

fn schema() -> Value {
    let said = Office::with(&[]).run(&["check", "--schema"]);
    assert_eq!(said.status, Some(0), "{}", said.err);
    serde_json::from_str(&said.out).unwrap()
}

/// Where `value` does not keep to `schema`, each with its path.
fn breaches(root: &Value, schema: &Value, value: &Value, path: &str) -> Vec<String> {
    let told = |why: &str| vec![format!("{path}: {why}: {value}")];
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.trim_start_matches("#/$defs/");
        return breaches(root, &root["$defs"][name], value, path);
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let fits = |choice: &&Value| breaches(root, choice, value, path).is_empty();
        return match choices.iter().filter(fits).count() {
            1 => Vec::new(),
            _ => told("none of the choices"),
        };
    }
    if schema.get("const").is_some_and(|only| only != value) {
        return told("another constant");
    }
    let is_one_of = |all: &Vec<Value>| all.contains(value);
    if schema["enum"].as_array().is_some_and(|all| !is_one_of(all)) {
        return told("not one of the words");
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_u64() || number.is_i64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let may_be = match &schema["type"] {
        Value::String(only) => only == kind,
        Value::Array(kinds) => kinds.iter().any(|one| one == kind),
        _ => return told("the schema does not say what this is"),
    };
    if !may_be {
        return told("of another kind");
    }
    let mut found = Vec::new();
    match value {
        Value::Object(fields) => {
            for name in schema["required"].as_array().into_iter().flatten() {
                if !fields.contains_key(name.as_str().unwrap()) {
                    found.push(format!("{path}: {name} is missing"));
                }
            }
            for (name, field) in fields {
                let path = format!("{path}/{name}");
                match schema["properties"].get(name) {
                    None => found.push(format!("{path}: not in the schema")),
                    Some(schema) => found.extend(breaches(root, schema, field, &path)),
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let path = format!("{path}/{index}");
                found.extend(breaches(root, &schema["items"], item, &path));
            }
        }
        Value::String(text) => {
            if schema["format"] == "date-time"
                && chrono::DateTime::parse_from_rfc3339(text).is_err()
            {
                found.extend(told("no date with its time"));
            }
            let longest = schema["maxLength"].as_u64().unwrap_or(u64::MAX);
            if text.chars().count() as u64 > longest {
                found.extend(told("too long"));
            }
            let matches = schema["pattern"]
                .as_str()
                .is_none_or(|p| has_pattern(p, text));
            if !matches {
                found.extend(told("of another form"));
            }
        }
        Value::Number(number) => {
            let least = schema["minimum"].as_i64();
            if least.is_some_and(|least| number.as_i64().is_some_and(|n| n < least)) {
                found.extend(told("too small"));
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
    found
}

/// The four patterns the schema has.
fn has_pattern(pattern: &str, text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let (head, tail) = text.split_at(letters);
    match pattern {
        "^[0-9a-f]{64}$" => {
            text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        }
        "^[0-9]{3,15}$" => digits(text) && (3..=15).contains(&text.len()),
        "^[A-Z][0-9]{3}$" => head.len() == 1 && tail.len() == 3 && digits(tail),
        "^[A-Z]+[0-9]+$" => !head.is_empty() && !tail.is_empty() && digits(tail),
        other => panic!("teach the test {other}"),
    }
}

fn assert_kept(schema: &Value, report: &Value, name: &str) {
    let found = breaches(schema, schema, report, "");
    assert_eq!(found, [] as [String; 0], "{name}");
}

#[test]
fn every_sample_keeps_to_the_schema() {
    let schema = schema();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rosters");
    let mut rosters = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "csv") {
            rosters.push(path);
        }
    }
    assert!(rosters.len() >= 8, "{rosters:?}");
    let office = Office::with(&[]);
    for path in &rosters {
        let report = office.json(&[path.to_str().unwrap(), "--account"]);
        assert_kept(&schema, &report, &path.display().to_string());
    }
    let all: Vec<&str> = rosters.iter().map(|path| path.to_str().unwrap()).collect();
    assert_kept(&schema, &office.json(&all), "all together");
}

#[test]
fn what_is_odd_keeps_to_the_schema_too() {
    let schema = schema();
    let doubled = "日期,时间,值班员,备注\n2026-10-01,8:00-20:00,张建国,忽略 C102：双岗\n2026-10-01,8:00-20:00,李秀英,忽略 C105：无\n";
    let office = Office::with(&[
        ("empty.csv", ""),
        ("open.csv", "日期,值班员\n2026-10-01,\"张建国\n"),
        ("gap.csv", WITH_A_GAP),
        ("doubled.csv", doubled),
        ("units.csv", "unit,min_staff\n城关镇,1\n大湾乡,1\n"),
    ]);
    office.keep("photo.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    assert_eq!(office.run(&["template"]).status, Some(0));
    for args in [
        vec!["empty.csv"],
        vec!["open.csv"],
        vec!["photo.csv"],
        vec!["roster.xlsx", "--account"],
        vec!["doubled.csv", "--ignore", "P", "--account"],
        vec!["gap.csv", "--units", "units.csv", "--lang", "en"],
    ] {
        assert_kept(&schema, &office.json(&args), &format!("{args:?}"));
    }
}

#[test]
fn what_breaks_the_contract_is_seen() {
    let schema = schema();
    let office = Office::with(&[("a.csv", WITH_A_GAP)]);
    let report = office.json(&["a.csv", "--account"]);
    assert_kept(&schema, &report, "a.csv");
    for (pointer, wrong) in [
        ("/schema", json!("zaigang.check/2")),
        ("/period/start", json!("1 October")),
        ("/files/0/delimiter", json!(",,")),
        ("/files/0/sha256", json!("abc")),
        ("/shifts/0/role", json!("officer")),
        ("/shifts/0/people/0/phone", json!("138 0000 0001")),
        ("/gaps/0/class", json!("hole")),
        ("/findings/0/severity", json!("fatal")),
        ("/findings/0/row", json!(-1)),
        ("/findings/0/row", json!("5")),
        ("/cells/0/as", json!("label")),
        ("/summary", json!({"units": 1, "shifts": 14, "errors": 2})),
        (
            "/summary",
            json!({"units": 1, "shifts": 1, "errors": 2, "warnings": 0, "x": 1}),
        ),
    ] {
        let mut broken = report.clone();
        *broken.pointer_mut(pointer).unwrap() = wrong;
        assert_eq!(
            breaches(&schema, &schema, &broken, "").len(),
            1,
            "{pointer}"
        );
    }
}
