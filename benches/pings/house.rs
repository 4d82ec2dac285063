//! A county of thousands, bound, with its roster in force, behind the real process.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use tempfile::TempDir;

use crate::botapi::{BotApi, Person, TOKEN};

/// How long anything may take: a round of thousands at thirty a second is minutes.
const PATIENCE: Duration = Duration::from_mins(10);
/// While people bind, nothing is to hold them up.
const BINDING_RATE: u32 = 1000;

/// A ping that stands in somebody's chat.
#[derive(Clone, Copy)]
pub struct Arrival {
    pub chat: i64,
    pub at: Instant,
}

pub struct House {
    pub api: BotApi,
    folder: TempDir,
    clerk: Person,
    officers: Vec<Person>,
    child: Child,
}

impl House {
    /// `size` officers on duty now, each in a unit of their own, each bound by contact.
    pub async fn with_bound(size: usize) -> Self {
        let api = BotApi::start().await;
        let folder = TempDir::new().expect("a temporary folder");
        configure(folder.path(), BINDING_RATE, "");
        let (child, link) = started(&api, folder.path());
        let clerk = api.person("陈静", "8613800009999");
        let (_, payload) = link.split_once("?start=").expect("a claim link");
        clerk.start(payload.trim());
        let mut house = Self {
            api,
            folder,
            clerk,
            officers: Vec::new(),
            child,
        };
        house.puts_in_force(size).await;
        house.binds(size).await;
        house
    }

    /// The program again on the same folder, at another rate.
    pub async fn again_at(&mut self, rate: u32) {
        self.again_with(rate, "").await;
    }

    /// The same, with `more` in the settings of `[telegram]`.
    pub async fn again_with(&mut self, rate: u32, more: &str) {
        self.stop();
        configure(self.folder.path(), rate, more);
        let listening = |api: &BotApi| api.calls_of("getUpdates") + api.calls_of("getWebhookInfo");
        let before = listening(&self.api);
        self.child = started(&self.api, self.folder.path()).0;
        self.wait("it listens to Telegram", move |api| {
            (listening(api) > before).then_some(())
        })
        .await;
    }

    /// Everybody who is bound.
    pub fn officers(&self) -> &[Person] {
        &self.officers
    }

    /// What the process has needed at most, in MiB, once it is asked.
    pub fn memory(&self) -> Box<dyn Fn() -> u64> {
        let status = format!("/proc/{}/status", self.child.id());
        Box::new(move || {
            let status = std::fs::read_to_string(&status).unwrap_or_default();
            let peak = status.lines().find(|line| line.starts_with("VmHWM"));
            let peak = peak.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
            peak.unwrap_or_default() / 1024
        })
    }

    /// One `/check all`; the pings in the order they arrived.
    pub async fn round(&self) -> Vec<Arrival> {
        let before = self.api.sent_so_far();
        let size = self.officers.len();
        self.clerk.says("/check all");
        let mut seen = before;
        let mut pings: Vec<Arrival> = Vec::new();
        self.wait("every ping", move |api| {
            let news = api.sent_after(seen);
            seen += news.len();
            let at = Instant::now();
            let asked = news.iter().filter(|sent| sent.text.contains("抽查】"));
            pings.extend(asked.map(|sent| Arrival {
                chat: sent.chat,
                at,
            }));
            (pings.len() >= size).then(|| std::mem::take(&mut pings))
        })
        .await
    }

    async fn puts_in_force(&self, size: usize) {
        self.clerk.sends_file("国庆值班表.csv", roster(size));
        let clerk = &self.clerk;
        let ready = |_: &BotApi| clerk.data_of("启用").map(|_| ());
        self.wait("the button", ready).await;
        clerk.presses("启用");
        let in_force = |_: &BotApi| {
            clerk
                .sees()
                .bots()
                .any(|seen| seen.text.contains("已启用"))
                .then_some(())
        };
        self.wait("the roster in force", in_force).await;
    }

    async fn binds(&mut self, size: usize) {
        let before = self.api.sent_so_far();
        for at in 0..size {
            let officer = self.api.person(&name(at), &format!("86{}", phone(at)));
            officer.start("");
            officer.shares_own_contact();
            self.officers.push(officer);
        }
        let mut seen = before;
        let mut bound = 0;
        self.wait("everybody bound", move |api| {
            let news = api.sent_after(seen);
            seen += news.len();
            bound += news
                .iter()
                .filter(|sent| sent.text.contains("绑定好了"))
                .count();
            (bound >= size).then_some(())
        })
        .await;
        // What follows a binding has left too before a round begins.
        let api = self.api.clone();
        let mut last = api.sent_so_far();
        loop {
            tokio::time::sleep(Duration::from_secs(1)).await;
            let now = api.sent_so_far();
            if now == last {
                return;
            }
            last = now;
        }
    }

    async fn wait<T>(&self, what: &str, look: impl FnMut(&BotApi) -> Option<T>) -> T {
        self.api.expect_within(PATIENCE, what, look).await
    }

    fn stop(&mut self) {
        let _ = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status();
        let _ = self.child.wait();
    }
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts the program and waits until it listens; with the line that holds the claim link, if any.
fn started(api: &BotApi, folder: &Path) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_zaigang"))
        .args(["serve", "--data"])
        .arg(folder)
        .arg("--config")
        .arg(folder.join("zaigang.toml"))
        .env("TELOXIDE_TOKEN", TOKEN)
        .env("TELOXIDE_API_URL", api.url())
        .env("RUST_LOG", "error")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let out = child.stdout.take().expect("its output is piped");
    let mut lines = BufReader::new(out).lines().map_while(Result::ok);
    let mut link = String::new();
    for line in lines.by_ref() {
        if let Some(address) = line.strip_prefix("listening on ") {
            api.webhook_lies_at(address.trim());
        }
        if line.contains("?start=claim_") {
            link.clone_from(&line);
        }
        if line.contains("listening on http://") {
            break;
        }
    }
    // Its output is read to the end, or a full pipe would hold it up.
    std::thread::spawn(move || lines.for_each(drop));
    (child, link)
}

fn configure(folder: &Path, rate: u32, more: &str) {
    let (from, to) = period();
    let config = format!(
        "zone = \"UTC\"\n[period]\nfrom = \"{}\"\nto = \"{}\"\n[check]\nwindow = \"30m\"\n\
         per_unit = 0\n[server]\nlisten = \"127.0.0.1:0\"\n[telegram]\nrate = {rate}\n{more}\
         [daily]\nreminder = \"none\"\nevening = \"none\"\ndigest = \"none\"\nreport = \"none\"\n",
        from.format("%Y-%m-%dT%H:%M"),
        to.format("%Y-%m-%dT%H:%M"),
    );
    std::fs::write(folder.join("zaigang.toml"), config).expect("a writable folder");
}

fn period() -> (DateTime<Utc>, DateTime<Utc>) {
    let hour = Utc::now()
        .duration_trunc(TimeDelta::hours(1))
        .expect("this hour has a beginning");
    (hour - TimeDelta::hours(4), hour + TimeDelta::hours(8))
}

fn roster(size: usize) -> String {
    let (from, to) = period();
    let mut csv = String::from("单位,岗位,姓名,手机,开始时间,结束时间\r\n");
    for at in 0..size {
        let _ = write!(
            csv,
            "第{}单位,值班员,{},{},{},{}\r\n",
            at + 1,
            name(at),
            phone(at),
            from.format("%Y-%m-%d %H:%M"),
            to.format("%Y-%m-%d %H:%M"),
        );
    }
    csv
}

fn name(at: usize) -> String {
    let family = ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴'];
    let given = [
        '建', '红', '立', '志', '海', '云', '晓', '文', '明', '春', '国', '军', '平', '东', '华',
    ];
    let pick = |from: &[char], at: usize| from[at % from.len()];
    [
        pick(&family, at),
        pick(&given, at / family.len()),
        pick(&given, at / family.len() / given.len()),
    ]
    .iter()
    .collect()
}

fn phone(at: usize) -> String {
    format!("1380000{at:04}")
}
