use std::process::ExitCode;

fn main() -> ExitCode {
    zaigang::cli::run()
}
