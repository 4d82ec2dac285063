//! Several organisations served by one process: each has clerks, a roster, settings and a bot of its
//! own, none sees another, and what befalls the process costs neither anything.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sqlx::{Connection as _, PgConnection};
use tempfile::TempDir;

use super::roster::{Plan, Roster, two_towns};
use super::running::Running;
use super::{BINARY, asks_all, bind, counts, payload, presses, puts_in_force};
use crate::botapi::{BotApi, Person, TOKEN};
use crate::postgres;

const OTHER_TOKEN: &str = "7000000002:AAStandInTokenNobodyMaySee_0123456789";

/// The same numbers as in [`two_towns`], and accounts with the same ids: only the county is another.
fn two_other_towns() -> Roster {
    Roster::of(&[
        ("南岭镇", "高远", "13800000001"),
        ("北桥乡", "秦岚", "13800000002"),
    ])
}

struct County {
    name: &'static str,
    api: BotApi,
    roster: Roster,
    clerk: Person,
    officers: Vec<Person>,
}

impl County {
    async fn of(name: &'static str, token: &str, roster: Roster) -> Self {
        let api = BotApi::start_for(token).await;
        let clerk = api.person("陈静", "8613800009999");
        let people = roster.people();
        let officers = people.map(|(name, phone)| api.person(name, &format!("86{phone}")));
        let officers = officers.collect();
        Self {
            name,
            api,
            roster,
            clerk,
            officers,
        }
    }

    /// The line with the link that makes its first clerk.
    async fn claim(&self, running: &Running) -> String {
        let words = format!("{}: 还没有管理员", self.name);
        running.expect_line(&words).await
    }

    async fn begins(&self, running: &Running, plan: &Plan) {
        let link = self.claim(running).await;
        self.clerk.start(payload(&link, "claim_"));
        self.clerk.expect_reply().await;
        puts_in_force(&self.clerk, &self.roster, plan).await;
        for officer in &self.officers {
            bind(officer).await;
        }
    }

    fn asks_for(&self, command: &mut Command, token: &str) {
        let suffix = self.name.to_uppercase();
        command
            .env(format!("TELOXIDE_TOKEN_{suffix}"), token)
            .env(format!("TELOXIDE_API_URL_{suffix}"), self.api.url());
    }
}

/// Two counties in one process.
struct Counties {
    folder: TempDir,
    longshan: County,
    qinghe: County,
    plan: Plan,
    running: Running,
}

impl Counties {
    async fn on_duty(store: impl Fn(&str) -> String) -> Self {
        let counties = Self::open(store).await;
        counties
            .longshan
            .begins(&counties.running, &counties.plan)
            .await;
        counties
            .qinghe
            .begins(&counties.running, &counties.plan)
            .await;
        counties
    }

    /// The data of each lies where `store` says; nothing means a file in its folder.
    async fn open(store: impl Fn(&str) -> String) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let plan = Plan::around_now();
        let longshan = County::of("longshan", TOKEN, two_towns()).await;
        let qinghe = County::of("qinghe", OTHER_TOKEN, two_other_towns()).await;
        for (county, window) in [(&longshan, "20m"), (&qinghe, "10m")] {
            writes_settings(
                folder.path(),
                county.name,
                window,
                &plan,
                &store(county.name),
            );
        }
        let running = Running::start(command(folder.path(), &longshan, &qinghe)).await;
        Self {
            folder,
            longshan,
            qinghe,
            plan,
            running,
        }
    }

    async fn killed(&mut self) {
        self.running.kill().await;
    }

    async fn restarted(&mut self) {
        let command = command(self.folder.path(), &self.longshan, &self.qinghe);
        self.running = Running::start_after(command, self.running.said()).await;
    }
}

fn command(folder: &Path, longshan: &County, qinghe: &County) -> Command {
    let mut command = Command::new(BINARY);
    command
        .args(["serve", "--organisations"])
        .arg(folder)
        .current_dir(folder)
        .env_clear()
        .env("RUST_LOG", "debug");
    longshan.asks_for(&mut command, TOKEN);
    qinghe.asks_for(&mut command, OTHER_TOKEN);
    command
}

fn writes_settings(folder: &Path, name: &str, window: &str, plan: &Plan, store: &str) {
    let folder = folder.join(name);
    std::fs::create_dir_all(&folder).expect("a writable folder");
    let config = format!(
        "[period]\nfrom = \"{}\"\nto = \"{}\"\n[check]\nwindow = \"{window}\"\ndrain = \"1s\"\n\
         per_unit = 0\n[server]\nlisten = \"127.0.0.1:0\"\n{store}",
        plan.from(),
        plan.to(),
    );
    std::fs::write(folder.join("zaigang.toml"), config).expect("a writable folder");
}

/// Each asks and is answered, killed in between; what one does, the other never hears of.
async fn two_counties(store: impl Fn(&str) -> String) -> Counties {
    let mut counties = Counties::on_duty(store).await;
    let (longshan, qinghe) = (&counties.longshan, &counties.qinghe);
    asks_all(&longshan.clerk, &longshan.officers).await;
    let asked = |county: &County| {
        let sent = county.api.sent_after(0);
        sent.iter()
            .filter(|sent| sent.text.contains("抽查】"))
            .count()
    };
    assert_eq!((asked(longshan), asked(qinghe)), (2, 0));
    // The same account is an officer in both, and was asked in one.
    qinghe.officers[0].says("在岗");
    qinghe.officers[0].expect_reply().await;
    asks_all(&qinghe.clerk, &qinghe.officers).await;

    counties.killed().await;
    let (longshan, qinghe) = (&counties.longshan, &counties.qinghe);
    longshan.officers[0].says("在岗");
    qinghe.officers[1].says("在岗");
    counties.restarted().await;
    let (longshan, qinghe) = (&counties.longshan, &counties.qinghe);
    presses(&longshan.officers[1], "在岗").await;
    presses(&qinghe.officers[0], "在岗").await;
    for county in [longshan, qinghe] {
        county.clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
        county.clerk.says("/who");
    }
    longshan.clerk.expect_saying("城关镇").await;
    qinghe.clerk.expect_saying("南岭镇").await;
    for (county, other) in [(longshan, qinghe), (qinghe, longshan)] {
        let said = county.api.transcript();
        for (name, _) in other.roster.people() {
            assert!(!said.contains(name), "{name} in {}:\n{said}", county.name);
        }
    }
    counties
}

#[tokio::test]
async fn two_counties_in_files_see_nothing_of_each_other_and_lose_nothing() {
    let mut counties = two_counties(|_| String::new()).await;
    assert_eq!(counties.running.stop().await, Some(0));
}

#[tokio::test]
async fn two_counties_in_one_database_see_nothing_of_each_other_and_lose_nothing() {
    let Some(server) = postgres::server() else {
        return;
    };
    let url = server.fresh_database();
    let of = |name: &str| format!("{url}&schema={name}");
    let mut counties = two_counties(|name| format!("[store]\nurl = \"{}\"\n", of(name))).await;

    // Whoever opens the one finds nothing of the other, and nobody has written outside both.
    let folder = counties.folder.path();
    let exported = |name: &str| {
        let place = folder.join(name);
        told(&["export", "--data"], &place)
    };
    let (longshan, qinghe) = (exported("longshan"), exported("qinghe"));
    assert!(
        longshan.contains("城关镇") && !longshan.contains("南岭镇"),
        "{longshan}"
    );
    assert!(
        qinghe.contains("南岭镇") && !qinghe.contains("城关镇"),
        "{qinghe}"
    );
    let mut beside = PgConnection::connect(&url).await.expect("it is there");
    let outside: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM information_schema.tables
         WHERE table_schema NOT IN ('longshan', 'qinghe', 'pg_catalog', 'information_schema')",
    )
    .fetch_one(&mut beside)
    .await
    .expect("a number");
    assert_eq!(outside, 0);
    assert_eq!(counties.running.stop().await, Some(0));
}

/// What a command prints that is run in `place`, with its settings.
fn told(arguments: &[&str], place: &PathBuf) -> String {
    let output = Command::new(BINARY)
        .args(arguments)
        .arg(place)
        .arg("--config")
        .arg(place.join("zaigang.toml"))
        .env_clear()
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    String::from_utf8(output.stdout).expect("text")
}

#[tokio::test]
async fn a_claim_of_one_county_makes_nobody_a_clerk_of_another() {
    let counties = Counties::open(|_| String::new()).await;
    let link = counties.longshan.claim(&counties.running).await;
    let claim = payload(&link, "claim_");
    let stranger = counties.qinghe.api.person("路人", "8613800007777");
    stranger.start(claim);
    stranger.expect_reply().await;
    assert_eq!(stranger.sees().count("认领成功"), 0);
    counties.longshan.clerk.start(claim);
    counties.longshan.clerk.expect_saying("认领成功").await;
}

#[test]
fn who_cannot_be_served_is_named() {
    let folder = TempDir::new().expect("a temporary folder");
    let refused = || {
        let output = Command::new(BINARY)
            .args(["serve", "--organisations"])
            .arg(folder.path())
            .env_clear()
            .env("TELOXIDE_TOKEN", "7000000009:nobodys")
            .env("TELOXIDE_TOKEN_LONGSHAN", TOKEN)
            .stdin(Stdio::null())
            .output()
            .expect("the program starts");
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        String::from_utf8(output.stderr).expect("text")
    };
    assert!(refused().contains("一个单位也没有"));
    let plan = Plan::around_now();
    let at = |store: &str| format!("[store]\nurl = \"{store}\"\n");
    let shared = "postgres://duty@127.0.0.1:1/zaigang";
    writes_settings(folder.path(), "longshan", "5m", &plan, &at(shared));
    writes_settings(folder.path(), "qing-he", "5m", &plan, &at(shared));
    let said = refused();
    assert!(
        said.contains("qing-he") && said.contains("TELOXIDE_TOKEN_QING_HE"),
        "{said}"
    );
    std::fs::rename(folder.path().join("qing-he"), folder.path().join("Qing")).expect("a folder");
    assert!(refused().contains("“Qing”"));
}
