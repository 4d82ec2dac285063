//! The command line: what each command takes, and what it exits with.

mod check;
mod circular;
mod config;
mod demo;
mod diff;
mod doctor;
mod explain;
mod export;
mod house;
mod init;
mod kept_answers;
mod map;
mod migrate;
mod open_house;
mod organisations;
mod phone;
mod serve;
mod simulate;
mod template;
mod verify;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::files;
use crate::words::Lang;

/// 值班表查空档，值班人查在岗。 Checks duty rosters, and that the people on them are there.
#[derive(Parser)]
#[command(name = "zaigang", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// What is run again and again, by editors and scripts. To describe every command takes longer than
/// to judge a small roster.
#[derive(Parser)]
#[command(name = "zaigang", version)]
struct OnlyOften {
    #[command(subcommand)]
    command: Often,
}

#[derive(Subcommand)]
enum Often {
    /// 检查值班表：空档、重班、读不懂的地方。 Checks rosters: gaps, clashes, what cannot be read.
    Check(Box<check::Args>),
}

#[derive(Subcommand)]
enum Command {
    #[command(flatten)]
    Often(Often),
    /// 一条规则讲什么、为什么、好坏各一例。 What a rule says and why, with examples.
    Explain(explain::Args),
    /// 不要令牌，演一遍：读表、空档、抽查、汇总。 The whole job with no token, played.
    Demo(demo::Args),
    /// 这份表是怎样读的；读不准的地方问一遍，记下来。 How a file is read; asks what is open, once.
    Map(map::Args),
    /// 两份值班表有什么不同。 What differs between two rosters.
    Diff(diff::Args),
    /// 一份空白值班表，填好就能查。 An empty roster to fill in, as an xlsx.
    Template(template::Args),
    /// Unpacks a workbook for the process that started this one.
    #[command(name = files::UNPACK, hide = true)]
    Unpack,
    /// 要打的电话，Telegram 不通时用。 Whom to ring, for when Telegram is down.
    Phone(phone::Args),
    /// 写一份带说明的 zaigang.toml 和 units.csv。 Writes a commented zaigang.toml and a units.csv.
    Init(init::Args),
    /// 每项配置的值和来处。 Every setting with its value and where it came from.
    Config(config::Args),
    /// 启动之前看一遍：配置、数据、令牌、网络、时钟。 Looks whether serve would run here.
    Doctor(doctor::Args),
    /// 运行机器人。 Runs the bot.
    Serve(serve::ServeArgs),
    /// 起草通报（docx），只写核实过的。 Drafts the circular (docx): what is verified, nothing else.
    Circular(circular::Args),
    /// 导出日志给人核对，或空档、值班表、抽查记录。 The journal to be verified, or gaps, roster, checks.
    Export(export::Args),
    /// 整个假期、各种故障，在虚拟时间里演，看承诺守不守得住。 Whole holidays with every fault, in virtual time.
    Simulate(simulate::Args),
    /// 把全部数据搬到另一个数据库。 Carries everything to another database.
    Migrate(migrate::Args),
    /// 核对日志：链、抽签、每个结果。 Proves a journal offline: chain, draw, every outcome.
    Verify(verify::VerifyArgs),
}

/// `--lang`.
#[derive(Clone, Copy, ValueEnum)]
enum SpokenIn {
    Zh,
    En,
}

impl From<SpokenIn> for Lang {
    fn from(spoken: SpokenIn) -> Self {
        match spoken {
            SpokenIn::Zh => Lang::Zh,
            SpokenIn::En => Lang::En,
        }
    }
}

/// Runs the command the process was started with.
#[must_use]
pub fn run() -> ExitCode {
    let is_often = std::env::args_os()
        .nth(1)
        .is_some_and(|named| Often::has_subcommand(&named.to_string_lossy()));
    let command = if is_often {
        Command::Often(OnlyOften::parse().command)
    } else {
        Cli::parse().command
    };
    match command {
        Command::Often(Often::Check(args)) => check::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Demo(args) => demo::run(&args),
        Command::Map(args) => map::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Template(args) => template::run(&args),
        Command::Unpack => match files::sheets_from_stdin() {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        },
        Command::Phone(args) => phone::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Config(args) => config::run(&args),
        Command::Doctor(args) => doctor::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Circular(args) => circular::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Simulate(args) => simulate::run(&args),
        Command::Migrate(args) => migrate::run(&args),
        Command::Verify(args) => verify::verify(&args),
    }
}

/// Writes to standard output. A reader that has seen enough (`| head`) may close the pipe.
fn say(text: &str) {
    let _ = writeln!(anstream::stdout(), "{}", text.trim_end());
}
