use std::fs::File;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::pictures::PictureWish;
use crate::cli::SpokenIn;
use crate::config::{self, Settings};
use crate::files::Mapped;
use crate::review::{Limits, Selection, UnknownCode};
use crate::roster::{
    self, Asked, ListBytes, ListFault, NeedList, Severity, Telling, UnitEntry, unit_entries,
};
use crate::time::{Period, Span, Zone, holiday, holidays_of};
use crate::words::{Lang, check::Refusal};

#[derive(clap::Args)]
pub(in crate::cli) struct Args {
    /// 值班表文件、文件夹，或 - 表示标准输入。 Files, folders, or - for standard input.
    #[arg(value_name = "FILE|DIR|-", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// 考核期开始（当地时间）。 The period's start, local time: 2026-10-01T00:00.
    #[arg(long, value_name = "TIME", requires = "to", conflicts_with = "holiday")]
    from: Option<String>,
    /// 考核期结束。 The period's end.
    #[arg(long, value_name = "TIME", requires = "from")]
    to: Option<String>,
    /// 以假期为考核期。 A holiday as the period: national-day-2026.
    #[arg(long, value_name = "NAME")]
    holiday: Option<String>,
    /// 交接班时间，文件没写时用。 The handover, where a file does not say. [08:00]
    #[arg(long, value_name = "CLOCK")]
    handover: Option<String>,
    /// 应报单位名单。 Who must send a roster.
    #[arg(long, value_name = "CSV")]
    units: Option<PathBuf>,
    /// 各岗位应有几人。 What must be manned.
    #[arg(long, value_name = "CSV")]
    need: Option<PathBuf>,
    /// 文件没写单位时的单位名。 The unit of a file that names none.
    #[arg(long, value_name = "NAME")]
    unit: Option<String>,
    /// 两班之间至少休息多久。 The least rest between two shifts: 11h.
    #[arg(long, value_name = "LENGTH")]
    min_rest: Option<String>,
    /// 连续值班最长多久。 The longest duty without a break. [24h]
    #[arg(long, value_name = "LENGTH")]
    max_hours: Option<String>,
    /// 输出格式。 How findings are written.
    #[arg(long, value_enum, default_value_t = Format::Full)]
    pub format: Format,
    /// 只看这些规则。 Only these rules: G,C101.
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    select: Vec<String>,
    /// 不看这些规则。 Not these rules: C102.
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    ignore: Vec<String>,
    /// 达到这一级别就以 1 退出。 Exit with 1 from this level on: error, warning, note. [error]
    #[arg(long, value_name = "LEVEL")]
    deny: Option<String>,
    /// 另存一份标好问题的表。 A copy of the file with each finding at its cell.
    #[arg(long, value_name = "OUT.xlsx")]
    pub marked: Option<PathBuf>,
    /// 值班图：哪里空着一眼看到；多张时另有 名字-2.png。
    /// The coverage picture; NAME-2.png and so on where one does not hold it.
    #[arg(long, value_name = "OUT.png|svg")]
    pub picture: Option<PathBuf>,
    /// 值班图按这个时刻画，不给就按现在。 The moment the picture is of: 2026-10-03T14:32. [now]
    #[arg(long, value_name = "TIME", requires = "picture")]
    pub now: Option<String>,
    /// 把有把握的改好，另存为 名字.fixed.csv。 A copy, NAME.fixed.csv, with what is certain put right.
    #[arg(long)]
    pub fix: bool,
    /// 空档、超配、重班、休息不足，各写一张表到这个文件夹；屏幕上只留最后一行。
    /// Gaps, surplus, double bookings and short rests as four tables in this folder.
    #[arg(long, value_name = "DIR")]
    pub tables: Option<PathBuf>,
    /// 语言。 Language: zh, en. [zh]
    #[arg(long, value_enum)]
    lang: Option<SpokenIn>,
    /// 打印 --format json 的 JSON Schema。 Prints the JSON Schema of --format json.
    #[arg(long)]
    pub schema: bool,
    /// 用这份对表头、钟点的回答读（见 zaigang map）；不给则用表旁边的。
    /// Answers about the form, as zaigang map keeps them; those beside each file if not given.
    #[arg(long, value_name = "JSON")]
    pub answers: Option<PathBuf>,
    /// JSON 里列出每个单元格的去向。 Account for every cell, in JSON.
    #[arg(long)]
    account: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub(in crate::cli) enum Format {
    Full,
    Short,
    Json,
    Sarif,
    Github,
    Markdown,
}

impl Args {
    /// The language asked for, else the configured one, else Chinese.
    pub fn lang(&self, configured: Option<&str>) -> Lang {
        match (self.lang, configured) {
            (Some(asked), _) => asked.into(),
            (None, Some("en")) => Lang::En,
            (None, _) => Lang::Zh,
        }
    }
}

/// What a check is to do: flags over settings over defaults, understood.
pub(super) struct Wishes {
    pub asked: Asked,
    pub units: Vec<UnitEntry>,
    /// `None`: every post the roster has.
    pub needs: Option<NeedList>,
    /// The lists' own files, which are no rosters.
    pub lists: Vec<PathBuf>,
    pub limits: Limits,
    pub selection: Selection,
    pub deny: Severity,
    pub kept: Kept,
    pub tables: Tabling,
    pub picture: Option<PictureWish>,
}

/// What is made of a check, and so what has to be kept of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// Findings alone: the rules may use the memory of all else.
    Findings,
    /// The files' bytes beside them.
    Bytes,
    /// Every shift too.
    All,
}

impl Kept {
    fn of(args: &Args) -> Self {
        let is_remade = args.fix || args.marked.is_some() || args.picture.is_some();
        match args.format {
            Format::Json => Kept::All,
            _ if is_remade || args.account => Kept::All,
            Format::Full if args.tables.is_none() => Kept::Bytes,
            _ => Kept::Findings,
        }
    }
}

/// Whether four tables are made of what is found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tabling {
    NotAsked,
    /// In place of the findings on a terminal: these then are only counted.
    Instead,
    /// Beside a report that programs read.
    Beside,
}

impl Tabling {
    fn of(args: &Args) -> Self {
        match (&args.tables, args.format) {
            (None, _) => Tabling::NotAsked,
            (Some(_), Format::Full | Format::Short) => Tabling::Instead,
            (Some(_), _) => Tabling::Beside,
        }
    }
}

impl Wishes {
    pub fn of(args: &Args, settings: &Settings) -> Result<Self, Refusal> {
        let zone = zone(settings)?;
        let units_path = args.units.clone().or_else(|| {
            let listed = settings.units.as_ref()?;
            Some(settings.folder.join(listed))
        });
        let mut asked = Asked {
            zone,
            period: period(
                (
                    args.holiday.as_deref(),
                    args.from.as_deref(),
                    args.to.as_deref(),
                ),
                settings,
                zone,
            )?,
            unit: args.unit.clone(),
            account: if args.account {
                Telling::EveryCell
            } else {
                Telling::NotAsked
            },
            ..Asked::default()
        };
        if let Some(text) = args.handover.as_ref().or(settings.handover.as_ref()) {
            asked.handover_minute = config::minute_of_clock(text)
                .ok_or_else(|| Refusal::NotAClock { text: text.clone() })?;
        }
        let units = match &units_path {
            Some(path) => unit_entries(&list(path)?).map_err(|fault| list_fault(path, fault))?,
            None => Vec::new(),
        };
        let needs = match &args.need {
            Some(path) => {
                let needs = NeedList::of(needs(path)?);
                Some(needs.map_err(|fault| list_fault(path, fault))?)
            }
            None => None,
        };
        Ok(Self {
            asked,
            units,
            needs,
            lists: units_path.into_iter().chain(args.need.clone()).collect(),
            limits: limits(args, settings)?,
            selection: selection(args, settings)?,
            deny: deny(args.deny.as_deref().or(settings.lint.deny.as_deref()))?,
            kept: Kept::of(args),
            tables: Tabling::of(args),
            picture: PictureWish::of(args, settings, zone)?,
        })
    }
}

pub(in crate::cli) fn zone(settings: &Settings) -> Result<Zone, Refusal> {
    match &settings.zone {
        None => Ok(Zone::default()),
        Some(name) => name
            .parse()
            .map_err(|_| Refusal::UnknownZone { name: name.clone() }),
    }
}

/// The period somebody gave; flags push the settings' aside altogether.
/// `by_flags`: holiday, from, to.
pub(in crate::cli) fn period(
    by_flags: (Option<&str>, Option<&str>, Option<&str>),
    settings: &Settings,
    zone: Zone,
) -> Result<Option<Period>, Refusal> {
    let by_settings = (
        settings.period.holiday.as_deref(),
        settings.period.from.as_deref(),
        settings.period.to.as_deref(),
    );
    let given = if by_flags == (None, None, None) {
        by_settings
    } else {
        by_flags
    };
    match given {
        (_, Some(from), Some(to)) => {
            let moment = |text: &str| {
                let time = config::local_time(text).ok_or_else(|| Refusal::NotALocalTime {
                    text: text.to_owned(),
                })?;
                Ok(zone.moment(time))
            };
            let period = Span::new(moment(from)?, moment(to)?);
            period.map(Some).ok_or_else(|| Refusal::EmptyPeriod {
                from: from.to_owned(),
                to: to.to_owned(),
            })
        }
        (Some(name), None, None) => match holiday(name) {
            Some(holiday) => Ok(Some(holiday.period(zone))),
            None => Err(Refusal::UnknownHoliday {
                name: name.to_owned(),
                known: holidays_of().iter().map(|holiday| holiday.id).collect(),
            }),
        },
        (None, None, None) => Ok(None),
        _ => Err(Refusal::HalfAPeriod),
    }
}

fn limits(args: &Args, settings: &Settings) -> Result<Limits, Refusal> {
    let length = |text: &String| {
        let length = config::length(text);
        length.ok_or_else(|| Refusal::NotALength { text: text.clone() })
    };
    let mut limits = Limits::default();
    if let Some(text) = args.min_rest.as_ref().or(settings.lint.min_rest.as_ref()) {
        limits.min_rest = Some(length(text)?);
    }
    if let Some(text) = args.max_hours.as_ref().or(settings.lint.max_hours.as_ref()) {
        limits.max_hours = length(text)?;
    }
    Ok(limits)
}

fn selection(args: &Args, settings: &Settings) -> Result<Selection, Refusal> {
    let select = if args.select.is_empty() {
        &settings.lint.select
    } else {
        &args.select
    };
    let by_flags = args.ignore.iter().map(|name| (name.as_str(), None));
    let ignore = settings.lint.ignore.entries().chain(by_flags);
    let mut selection = Selection::default();
    let mut understood = selection
        .select(select.iter().map(String::as_str))
        .and_then(|()| selection.ignore(ignore));
    for (unit, ignored) in &settings.lint.per_unit {
        understood = understood.and_then(|()| selection.ignore_in_unit(unit, ignored.entries()));
    }
    understood.map_err(|UnknownCode(name)| Refusal::UnknownCode { name })?;
    Ok(selection)
}

fn deny(level: Option<&str>) -> Result<Severity, Refusal> {
    match level {
        None | Some("error") => Ok(Severity::Error),
        Some("warning") => Ok(Severity::Warning),
        Some("note") => Ok(Severity::Note),
        Some(other) => Err(Refusal::NotALevel {
            text: other.to_owned(),
        }),
    }
}

/// The text of a list, which a spreadsheet may have saved in its own encoding.
fn list(path: &Path) -> Result<String, Refusal> {
    let bytes = std::fs::read(path).map_err(|cause| cannot_open(path, &cause))?;
    Ok(roster::text(&bytes).unwrap_or_default())
}

/// A nation's list is long, and read where it lies.
fn needs(path: &Path) -> Result<ListBytes, Refusal> {
    let file = File::open(path).map_err(|cause| cannot_open(path, &cause))?;
    if let Ok(mapped) = Mapped::of(&file) {
        return Ok(ListBytes::of(mapped));
    }
    let bytes = std::fs::read(path).map_err(|cause| cannot_open(path, &cause))?;
    Ok(ListBytes::of(bytes))
}

fn cannot_open(path: &Path, cause: &std::io::Error) -> Refusal {
    Refusal::CannotOpen {
        path: path.display().to_string(),
        cause: cause.kind(),
    }
}

fn list_fault(path: &Path, fault: ListFault) -> Refusal {
    let path = path.display().to_string();
    match fault {
        ListFault::NoColumn(column) => Refusal::ListWithoutColumn { path, column },
        ListFault::NotANumber { row, cell } => Refusal::ListNumber { path, row, cell },
    }
}
