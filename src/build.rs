//! Links the unwinder into the program where the C compiler has it to link.
//!
//! As a library of its own it costs a tenth of a millisecond each time a program starts, and the
//! check of a county's roster takes two and a half. Where it is not found nothing is lost but that.

use std::path::Path;
use std::process::Command;

/// GCC's unwinder, as an archive.
const ARCHIVE: &str = "libgcc_eh.a";

fn main() {
    println!("cargo::rerun-if-changed=src/build.rs");
    let target = |part: &str| std::env::var(format!("CARGO_CFG_TARGET_{part}"));
    let is_gnu = target("OS").is_ok_and(|os| os == "linux")
        && target("ENV").is_ok_and(|env| env == "gnu")
        && std::env::var("HOST") == std::env::var("TARGET");
    if !is_gnu {
        return;
    }
    let asked = Command::new("cc")
        .arg(format!("-print-file-name={ARCHIVE}"))
        .output();
    let Some(answer) = asked
        .ok()
        .and_then(|out| String::from_utf8(out.stdout).ok())
    else {
        return;
    };
    // A compiler that does not know the file gives its bare name back.
    let archive = Path::new(answer.trim());
    if let Some(folder) = archive.parent().filter(|_| archive.is_file()) {
        println!("cargo::rustc-link-search=native={}", folder.display());
        println!("cargo::rustc-link-lib=static:+verbatim,-bundle={ARCHIVE}");
    }
}
