//! `zaigang diff` as a user runs it.

use std::process::{Command, Output};

const OLD: &str = "\
单位,日期,开始,结束,角色,姓名,手机
城关镇,2026-10-01,00:00,24:00,值班员,王建国,13800000001
城关镇,2026-10-02,00:00,24:00,值班员,赵敏,13800000002
";

/// Runs `zaigang diff old.csv new.csv` and what follows.
fn diff(new: &str, more: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("old.csv"), OLD).unwrap();
    if !new.is_empty() {
        std::fs::write(folder.path().join("new.csv"), new).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_zaigang"));
    command.args(["diff", "old.csv", "new.csv"]).args(more);
    command.current_dir(folder.path()).env_clear();
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_same_roster_is_no_difference() {
    let output = diff(OLD, &[]);
    assert_eq!(output.status.code(), Some(0));
    assert!(said(&output).contains("没有不同"), "{output:?}");
}

#[test]
fn what_differs_is_told_line_by_line() {
    let new = OLD
        .replace("王建国,13800000001", "李秀英,13800000004")
        .replace("2026-10-02,00:00,24:00", "2026-10-02,00:00,20:00");
    let output = diff(&new, &[]);
    assert_eq!(output.status.code(), Some(1));
    let expected = "\
old.csv → new.csv：改 2 个班
城关镇 值班员 10月1日 00:00 至 24:00：王建国 → 李秀英
城关镇 值班员 赵敏：10月2日 00:00 至 24:00 → 00:00 至 20:00
新增：城关镇 李秀英
不再出现：城关镇 王建国
多出的空档：
  城关镇 值班员 10月2日 20:00 至 24:00（4 小时）
";
    assert_eq!(said(&output), expected);
    let english = said(&diff(&new, &["--lang", "en"]));
    assert!(english.contains("shifts changed: 2"), "{english}");
    assert!(english.contains("Gaps opened:"), "{english}");
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let output = diff("", &[]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("new.csv"), "{told}");
}
