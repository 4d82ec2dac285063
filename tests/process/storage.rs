//! The disk on bad days: full, read-only, busy, damaged. Nothing that was heard is lost, nobody is blamed for what
//! could not be kept, and what cannot start says why.

use std::fs::{self, File, Permissions};
use std::io::{Seek, SeekFrom, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use rlimit::Resource;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _, raw_sql};

use super::roster::two_towns;
use super::{House, Settings, asks_all, command, counts};

impl House {
    fn database(&self) -> PathBuf {
        self.folder.path().join("zaigang.db")
    }

    /// No file of the program's may grow beyond `bytes`: to it, the disk is full.
    fn disk_takes(&self, bytes: u64) {
        let (_, hard) = Resource::FSIZE.get().expect("limits can be read");
        let limit = Some((bytes.min(hard), hard));
        rlimit::prlimit(self.running.id(), Resource::FSIZE, limit, None)
            .expect("limits can be set");
    }

    /// Somebody else's connection to the store.
    pub(super) async fn beside(&self) -> SqliteConnection {
        SqliteConnectOptions::new()
            .filename(self.database())
            .connect()
            .await
            .expect("the store can be opened beside the program")
    }

    /// A connection that writes and does not end: until it is closed nothing else can be kept.
    pub(super) async fn store_held(&self) -> SqliteConnection {
        let mut beside = self.beside().await;
        let held = raw_sql("BEGIN IMMEDIATE").execute(&mut beside).await;
        held.expect("a quiet moment");
        beside
    }

    /// Marks the database as one that may only be read (3), or written too (2), while the program holds still.
    async fn marks_database(&self, mark: u8) {
        while !self.marked(mark).await {
            tokio::task::yield_now().await;
        }
    }

    /// `false` where the program was stopped amid a transaction of its own.
    async fn marked(&self, mark: u8) -> bool {
        self.running.signal("STOP");
        let is_still = mark < 3 || self.is_stirred().await;
        if is_still {
            let mut file = File::options()
                .write(true)
                .open(self.database())
                .expect("a database");
            file.seek(SeekFrom::Start(18)).expect("a header");
            file.write_all(&[mark]).expect("a writable header");
        }
        self.running.signal("CONT");
        is_still
    }

    /// Everything is in the file itself, and something of it is new: nobody can go by what they knew.
    async fn is_stirred(&self) -> bool {
        let mut beside = self.beside().await;
        let stir = "PRAGMA busy_timeout = 50; PRAGMA user_version = 1";
        if raw_sql(stir).execute(&mut beside).await.is_err() {
            return false;
        }
        let emptied: Result<(i64, i64, i64), _> = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)")
            .fetch_one(&mut beside)
            .await;
        emptied.is_ok_and(|(busy, ..)| busy == 0)
    }
}

#[tokio::test]
async fn a_full_disk_is_waited_out_and_answers_given_meanwhile_count() {
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &two_towns()).await;
    asks_all(&clerk, &officers).await;
    house.disk_takes(0);
    officers[0].says("在岗");
    officers[1].presses("在岗");
    house.running.expect_line("the store failed").await;
    assert_eq!(clerk.sees().count("在岗 2"), 0);
    house.disk_takes(u64::MAX);
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    house.running.expect_line("the store works again").await;
    house.closes().await;
}

#[tokio::test]
async fn a_kill_on_a_full_disk_loses_nothing_either() {
    let (mut house, clerk, officers) = House::on_duty(Settings::patient(), &two_towns()).await;
    asks_all(&clerk, &officers).await;
    house.disk_takes(0);
    officers[0].says("在岗");
    house.running.expect_line("the store failed").await;
    house.killed().await;
    officers[1].presses("在岗");
    house.restarted().await;
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    house.closes().await;
}

#[tokio::test]
async fn it_can_be_told_to_stop_while_the_disk_is_full() {
    let (mut house, clerk, officers) = House::on_duty(Settings::patient(), &two_towns()).await;
    asks_all(&clerk, &officers).await;
    house.disk_takes(0);
    officers[0].says("在岗");
    house.running.expect_line("the store failed").await;
    assert_eq!(house.running.stop().await, Some(0));
    house.running.expect_line("comes again").await;
    house.restarted().await;
    officers[1].says("在岗");
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    house.closes().await;
}

#[tokio::test]
async fn a_database_that_turns_read_only_is_waited_out() {
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &two_towns()).await;
    asks_all(&clerk, &officers).await;
    house.marks_database(3).await;
    officers[0].says("在岗");
    officers[1].presses("在岗");
    let line = house.running.expect_line("the store failed").await;
    assert!(line.contains("readonly"), "{line}");
    house.marks_database(2).await;
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    house.closes().await;
}

#[tokio::test]
async fn a_busy_database_is_waited_out() {
    let (house, clerk, officers) = House::on_duty(Settings::patient(), &two_towns()).await;
    asks_all(&clerk, &officers).await;
    let held = house.store_held().await;
    officers[0].says("在岗");
    officers[1].presses("在岗");
    let line = house.running.expect_line("the store failed").await;
    assert!(line.contains("locked"), "{line}");
    held.close().await.expect("it ends");
    clerk.expect_saying(&counts(2, 0, 0, 0, 0)).await;
    house.closes().await;
}

/// The program, without the right to write what its owner may not write: root needs that taken away.
fn ordinary(house: &House) -> Command {
    let plain = command(&house.api, house.folder.path());
    let is_root = fs::metadata(house.folder.path()).is_ok_and(|folder| folder.uid() == 0);
    if !is_root {
        return plain;
    }
    let mut ordinary = Command::new("setpriv");
    ordinary
        .args(["--bounding-set=-dac_override", "--inh-caps=-all"])
        .arg(plain.get_program())
        .args(plain.get_args())
        .current_dir(house.folder.path())
        .env_clear();
    for (name, value) in plain.get_envs() {
        if let Some(value) = value {
            ordinary.env(name, value);
        }
    }
    ordinary
}

/// What comes of a start that cannot be.
async fn refused(house: &House) -> String {
    let mut command = ordinary(house);
    command.stdin(Stdio::null());
    let output: Output = tokio::task::spawn_blocking(move || command.output())
        .await
        .expect("it does not panic")
        .expect("the program starts");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(!told.contains("panicked"), "{told}");
    let line = told.lines().find(|line| line.starts_with("zaigang: "));
    line.unwrap_or_else(|| panic!("no clear line: {told}"))
        .to_owned()
}

fn allow(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("the owner may");
}

#[tokio::test]
async fn a_store_that_cannot_be_written_is_refused_at_the_start_and_whole_afterwards() {
    let (mut house, clerk, _) = House::on_duty(Settings::patient(), &two_towns()).await;
    assert_eq!(house.running.stop().await, Some(0));
    let (folder, database) = (house.folder.path().to_owned(), house.database());

    allow(&folder, 0o500);
    let line = refused(&house).await;
    assert!(line.contains("数据打不开"), "{line}");
    allow(&folder, 0o700);

    allow(&database, 0o400);
    let line = refused(&house).await;
    assert!(
        line.contains("数据打不开") && line.contains("readonly"),
        "{line}"
    );
    allow(&database, 0o600);

    let kept = fs::read(&database).expect("a database");
    fs::write(&database, b"not a database at all").expect("a writable folder");
    let line = refused(&house).await;
    assert!(line.contains("数据打不开"), "{line}");
    fs::write(&database, kept).expect("a writable folder");

    house.restarted().await;
    clerk.says("/who");
    clerk.expect_saying("王建国").await;
    house.closes().await;
}
