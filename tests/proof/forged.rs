//! Lies told by somebody who can write the whole chain anew: they are caught by the evidence, and
//! by whoever keeps a head.

use serde_json::{Value, json};
use zaigang::journal;
use zaigang::proof::{Contradiction, Fault, Originals, written};
use zaigang::spotcheck::{CheckId, Digest, Outcome};

use super::{lines, prove};

/// The journal with `change` made to its entries, and every link made anew.
fn forged(change: impl FnOnce(&mut Vec<Value>)) -> String {
    forged_with(|entries, updates| {
        change(entries);
        let text = Value::from(entries.clone()).to_string();
        updates.retain(|update| text.contains(&Digest::of(update.as_bytes()).to_string()));
    })
}

/// The same, where the originals of messages may be changed too.
fn forged_with(change: impl FnOnce(&mut Vec<Value>, &mut Vec<String>)) -> String {
    forged_of(&lines(), change)
}

/// The same of another journal.
fn forged_of(all: &[&str], change: impl FnOnce(&mut Vec<Value>, &mut Vec<String>)) -> String {
    let mut updates: Vec<String> = all
        .iter()
        .filter_map(|line| line.strip_prefix("update "))
        .map(|update| serde_json::from_str(update.split_once(' ').unwrap().1).unwrap())
        .collect();
    let rolls: Vec<String> = all
        .iter()
        .filter_map(|line| line.strip_prefix("roll "))
        .map(|roll| roll.split_once(' ').unwrap().1.to_owned())
        .collect();
    let first = all.iter().position(|line| line.starts_with("1 ")).unwrap();
    let entries = &all[first..all.len() - 1];
    let mut entries: Vec<Value> = entries
        .iter()
        .map(|line| serde_json::from_str(line.splitn(3, ' ').nth(2).unwrap()).unwrap())
        .collect();
    change(&mut entries, &mut updates);
    let mut stand = journal::ORIGIN;
    // In the order of its own fields, as an entry is written.
    let entries: Vec<(String, [u8; 32])> = entries
        .iter()
        .map(|entry| {
            let entry: journal::Entry = serde_json::from_value(entry.clone()).unwrap();
            let json = serde_json::to_string(&entry).unwrap();
            stand = journal::link(&stand, &json);
            (json, stand)
        })
        .collect();
    let entries = entries.iter().map(|(json, link)| (json.as_str(), *link));
    written(&Originals { rolls, updates }, entries)
}

fn caught(change: impl FnOnce(&mut Vec<Value>)) -> Contradiction {
    prove(&forged(change)).expect_err("a lie was told")
}

/// Where the `nth` entry of that deed stands.
fn at(entries: &[Value], deed: &str, nth: usize) -> usize {
    let of_deed = |entry: &&(usize, &Value)| entry.1["deed"].get(deed).is_some();
    let found = entries.iter().enumerate().collect::<Vec<_>>();
    found.iter().filter(of_deed).nth(nth).unwrap().0
}

/// Of the first check, which was answered in time, where its line of that deed stands.
fn of_first_check(entries: &[Value], deed: &str, event: Option<&str>) -> usize {
    entries
        .iter()
        .position(|entry| {
            let deed = &entry["deed"][deed];
            deed["check"] == json!(1) && event.is_none_or(|e| deed["event"].get(e).is_some())
        })
        .unwrap()
}

#[test]
fn nothing_forged_is_nothing_caught() {
    assert!(prove(&forged(|_| {})).is_ok());
}

#[test]
fn an_outcome_its_evidence_does_not_make_is_caught() {
    let found = caught(|entries| {
        let closed = of_first_check(entries, "check_closed", None);
        let lie = json!({"no_answer": {"queue_read_from": "2026-10-03T08:30:00Z"}});
        entries[closed]["deed"]["check_closed"]["outcome"] = lie;
    });
    assert!(
        matches!(
            *found.fault,
            Fault::Outcome {
                check: CheckId(1),
                written: Some(Outcome::NoAnswer { .. }),
                evident: Some(Outcome::Present { .. }),
            }
        ),
        "{found:?}"
    );
}

#[test]
fn an_outcome_without_its_evidence_is_caught() {
    let found = caught(|entries| {
        let answered = of_first_check(entries, "check_happened", Some("answered"));
        entries.remove(answered);
    });
    assert!(
        matches!(*found.fault, Fault::Outcome { evident: None, .. }),
        "{found:?}"
    );
}

#[test]
fn an_outcome_kept_back_is_caught() {
    let found = caught(|entries| {
        let closed = of_first_check(entries, "check_closed", None);
        entries.remove(closed);
    });
    assert!(
        matches!(
            *found.fault,
            Fault::Outcome {
                evident: Some(_),
                ..
            }
        ),
        "{found:?}"
    );
}

#[test]
fn an_answer_made_late_is_caught_with_the_outcome_that_was_written() {
    let found = caught(|entries| {
        let answered = of_first_check(entries, "check_happened", Some("answered"));
        let button =
            &mut entries[answered]["deed"]["check_happened"]["event"]["answered"]["button"];
        button["not_before"] = json!("2026-10-03T09:30:00Z");
    });
    assert!(
        matches!(
            *found.fault,
            Fault::Outcome {
                evident: Some(Outcome::Late { .. }),
                ..
            }
        ),
        "{found:?}"
    );
}

/// The first check's answer, said to rest on `original` instead.
fn resting_on(entries: &mut [Value], updates: &mut Vec<String>, original: String) {
    let answered = of_first_check(entries, "check_happened", Some("answered"));
    let raw = &mut entries[answered]["deed"]["check_happened"]["raw"];
    let before: Digest = raw.as_str().unwrap().parse().unwrap();
    *raw = json!(Digest::of(original.as_bytes()).to_string());
    updates.retain(|update| Digest::of(update.as_bytes()) != before);
    updates.push(original);
}

/// The update the first check was answered by.
fn original(entries: &[Value], updates: &[String]) -> Value {
    let answered = of_first_check(entries, "check_happened", Some("answered"));
    let raw = &entries[answered]["deed"]["check_happened"]["raw"];
    let digest: Digest = raw.as_str().unwrap().parse().unwrap();
    let of_it = |update: &&String| Digest::of(update.as_bytes()) == digest;
    serde_json::from_str(updates.iter().find(of_it).unwrap()).unwrap()
}

#[test]
fn a_changed_original_of_an_answer_is_caught() {
    let changed = forged(|_| {}).replacen("callback_query", "callback_qverz", 1);
    assert_eq!(*prove(&changed).unwrap_err().fault, Fault::Update);
}

type Change = fn(&mut Value);

#[test]
fn an_original_of_another_moment_person_or_check_is_caught() {
    let same = |_: &mut Value| ();
    let changes: [(&str, Change); 4] = [
        ("number", |update| update["update_id"] = json!(7)),
        ("person", |update| {
            update["callback_query"]["from"]["id"] = json!(7);
        }),
        ("check", |update| {
            update["callback_query"]["data"] = json!("answer:2.AAAAAAAAAAAAAAAAAAAAAA");
        }),
        ("kind", |update| {
            update["callback_query"]["data"] = json!("plead:1:swapped.AAAAAAAAAAAAAAAAAAAAAA");
        }),
    ];
    let lie = |change: &dyn Fn(&mut Value)| {
        prove(&forged_with(|entries, updates| {
            let mut update = original(entries, updates);
            change(&mut update);
            resting_on(entries, updates, update.to_string());
        }))
    };
    assert!(lie(&same).is_ok());
    for (what, change) in changes {
        let found = lie(&change).expect_err(what);
        let fault = Fault::UpdateOther { check: CheckId(1) };
        assert_eq!(*found.fault, fault, "{what}");
    }
}

#[test]
fn an_original_kept_back_or_added_is_caught() {
    let found = prove(&forged_with(|_, updates| updates.clear())).unwrap_err();
    assert!(
        matches!(*found.fault, Fault::UpdateMissing { .. }),
        "{found:?}"
    );
    let added = forged_with(|_, updates| updates.push("{}".to_owned()));
    assert_eq!(*prove(&added).unwrap_err().fault, Fault::UpdateUnnamed);
}

#[test]
fn somebody_who_was_not_on_duty_is_caught() {
    let found = caught(|entries| {
        let asked = at(entries, "check_asked", 0);
        entries[asked]["deed"]["check_asked"]["name"] = json!("陈静");
    });
    assert!(matches!(*found.fault, Fault::NotOnDuty { .. }), "{found:?}");
}

#[test]
fn a_lot_held_at_another_time_is_caught() {
    let found = caught(|entries| {
        let lot = at(entries, "lot_held", 0);
        entries[lot]["deed"]["lot_held"]["due"] = json!("2026-10-03T08:21:53Z");
    });
    assert!(matches!(*found.fault, Fault::Lot { .. }), "{found:?}");
}

#[test]
fn a_lot_drawn_among_others_is_caught() {
    let found = caught(|entries| {
        let lot = at(entries, "lot_held", 0);
        entries[lot]["deed"]["lot_held"]["among"] = json!(["王伟", "陈静"]);
    });
    assert!(matches!(*found.fault, Fault::Picked { .. }), "{found:?}");
}

#[test]
fn a_lot_left_out_with_all_that_came_of_it_is_caught() {
    let found = caught(|entries| {
        entries.retain(|entry| {
            let deed = entry["deed"].as_object().unwrap().values().next().unwrap();
            deed["check"] != json!(1)
        });
    });
    assert!(
        matches!(*found.fault, Fault::LotSkipped { .. }),
        "{found:?}"
    );
}

#[test]
fn a_lot_said_to_be_missed_in_its_own_minute_is_caught() {
    let found = caught(|entries| {
        let lot = at(entries, "lot_not_held", 0);
        let due = entries[lot]["deed"]["lot_not_held"]["due"].clone();
        entries[lot]["at"] = due;
    });
    assert!(matches!(*found.fault, Fault::Lot { .. }), "{found:?}");
}

#[test]
fn a_missed_lot_kept_back_is_caught() {
    let found = caught(|entries| {
        let lot = at(entries, "lot_not_held", 0);
        entries.remove(lot);
    });
    assert!(
        matches!(*found.fault, Fault::LotSkipped { .. }),
        "{found:?}"
    );
}

#[test]
fn another_seed_than_the_sealed_one_is_caught() {
    let found = caught(|entries| {
        let revealed = at(entries, "draw_revealed", 0);
        let other = Digest::of(b"another").to_string();
        entries[revealed]["deed"]["draw_revealed"]["seed"] = json!(other);
    });
    assert!(matches!(*found.fault, Fault::Seed { .. }), "{found:?}");
}

#[test]
fn terms_changed_afterwards_are_caught() {
    let found = caught(|entries| {
        let sealed = at(entries, "draw_committed", 0);
        let terms = &mut entries[sealed]["deed"]["draw_committed"]["commitment"]["terms"];
        terms["measure"]["per_unit"] = json!(1);
    });
    assert!(matches!(*found.fault, Fault::Seed { .. }), "{found:?}");
}

#[test]
fn a_seal_left_out_is_caught() {
    let found = caught(|entries| {
        let sealed = at(entries, "draw_committed", 0);
        entries.remove(sealed);
    });
    assert!(
        matches!(*found.fault, Fault::Commitment { .. }),
        "{found:?}"
    );
}

#[test]
fn a_seed_told_before_the_period_is_over_is_caught() {
    let found = caught(|entries| {
        let revealed = at(entries, "draw_revealed", 0);
        entries[revealed]["at"] = json!("2026-10-07T15:59:59Z");
    });
    assert!(matches!(*found.fault, Fault::Reveal { .. }), "{found:?}");
}

#[test]
fn another_roster_is_caught() {
    let found = prove(&forged(|_| {}).replacen("王伟", "王玮", 1)).unwrap_err();
    assert_eq!(*found.fault, Fault::Roll);
    let found = caught(|entries| {
        let sealed = at(entries, "roster_sealed", 0);
        let other = Digest::of(b"another").to_string();
        entries[sealed]["deed"]["roster_sealed"]["roll"] = json!(other);
    });
    assert!(
        matches!(*found.fault, Fault::RollMissing { .. } | Fault::RollUnnamed),
        "{found:?}"
    );
}

#[test]
fn leave_and_swaps_change_who_may_be_asked() {
    let standing_in = |entries: &mut Vec<Value>| {
        let lot = at(entries, "lot_held", 0);
        let asked = at(entries, "check_asked", 0);
        let old = duty("王伟");
        let new = duty("陈静");
        let changed = json!({"duty_changed": {"gone": [old], "new": [new]}});
        entries[asked]["deed"]["check_asked"]["name"] = json!("陈静");
        entries[lot]["deed"]["lot_held"]["name"] = json!("陈静");
        entries[lot]["deed"]["lot_held"]["among"] = json!(["陈静"]);
        // Her own answer, of an earlier program.
        let answered = of_first_check(entries, "check_happened", Some("answered"));
        let answered = &mut entries[answered]["deed"]["check_happened"];
        answered.as_object_mut().unwrap().remove("raw");
        let before = json!({"at": entries[asked]["at"], "deed": changed});
        entries.insert(asked, before);
    };
    assert!(prove(&forged(standing_in)).is_ok());
    let found = caught(|entries| {
        let asked = at(entries, "check_asked", 0);
        let changed = json!({"duty_changed": {"gone": [duty("高山")], "new": []}});
        let before = json!({"at": entries[asked]["at"], "deed": changed});
        entries.insert(asked, before);
    });
    assert_eq!(*found.fault, Fault::DutyChanged);
}

/// 水利局's shift of the third of October.
fn duty(name: &str) -> Value {
    json!({
        "unit": "水利局", "post": "值班员", "role": "duty_officer", "presence": "on_post",
        "span": {"start": "2026-10-03T00:00:00Z", "end": "2026-10-03T12:00:00Z"},
        "people": [name],
    })
}

#[test]
fn nobody_is_asked_again_without_a_check_of_theirs_that_was_void() {
    let journal = crate::scenarios::journal_of("whoever_was_asked_in_vain_is_asked_again");
    let all: Vec<&str> = journal.lines().collect();
    let again = |claim: Value| {
        let told = forged_of(&all, |entries, _| {
            let line = at(entries, "check_made_up", 0);
            entries[line]["deed"]["check_made_up"]["instead_of"] = claim;
        });
        prove(&told).map_err(|found| *found.fault)
    };
    let honest = journal.lines().find(|line| line.contains("check_made_up"));
    assert!(
        honest.unwrap().contains("\"check\":4,\"instead_of\":1"),
        "{honest:?}"
    );
    assert!(again(json!(1)).is_ok());
    // Somebody else's, none at all, its own.
    for claim in [2, 9, 4] {
        let check = CheckId(4);
        assert_eq!(again(json!(claim)), Err(Fault::MadeUp { check }), "{claim}");
    }
}
