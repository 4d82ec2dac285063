//! A database server of the tests' own, where `PostgreSQL` is installed. It ends with them, in
//! whatever way they end.

use std::io::{BufRead, BufReader, Write as _};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Where Debian puts the programs of each version.
const DEBIANS: &str = "/usr/lib/postgresql";
const OWNER: &str = "zaigang";

pub struct Server {
    programs: PathBuf,
    /// Where its socket is; nobody reaches it over the network.
    folder: PathBuf,
    databases: AtomicU32,
    /// The server goes when this end of its pipe is closed.
    _life: Child,
}

/// The one server of this run; none where `PostgreSQL` is not installed, and that is said.
pub fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    let started = SERVER.get_or_init(|| {
        let Some(programs) = programs() else {
            // Past the test's own output, which nobody sees where the test succeeds.
            let _ = writeln!(std::io::stderr(), "skipped: PostgreSQL is not installed");
            return None;
        };
        Some(Server::started(programs))
    });
    started.as_ref()
}

impl Server {
    fn started(programs: PathBuf) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder").keep();
        let user = ordinary_user();
        if let Some((user, group)) = user {
            chown(&folder, Some(user), Some(group)).expect("root may give a folder away");
        }
        let made = as_user(Command::new(programs.join("initdb")), user)
            .args(["--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C"])
            .args(["-U", OWNER, "-D"])
            .arg(folder.join("data"))
            .current_dir(&folder)
            .stdout(Stdio::null())
            .status();
        assert!(made.is_ok_and(|status| status.success()), "initdb");
        let script = "\"$0\" \"$@\" & read -r _; kill -QUIT $!; wait; rm -rf \"$PWD\"";
        let mut life = as_user(Command::new("sh"), user)
            .args(["-c", script])
            .arg(programs.join("postgres"))
            .args(["-F", "-D", "data", "-c", "listen_addresses="])
            .args(["-c", "full_page_writes=off"])
            .arg("-k")
            .arg(&folder)
            .current_dir(&folder)
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a shell");
        let mut log = BufReader::new(life.stderr.take().expect("a pipe")).lines();
        let is_ready = log
            .by_ref()
            .map_while(Result::ok)
            .any(|line| line.contains("ready to accept connections"));
        assert!(is_ready, "the database server does not start");
        std::thread::spawn(move || log.for_each(drop));
        Self {
            programs,
            folder,
            databases: AtomicU32::new(0),
            _life: life,
        }
    }

    /// The url of a new database with nothing in it.
    pub fn fresh_database(&self) -> String {
        let number = self.databases.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{number}");
        let made = Command::new(self.programs.join("createdb"))
            .args(["-U", OWNER, "-T", "template0", "-h"])
            .arg(&self.folder)
            .arg(&name)
            .status();
        assert!(made.is_ok_and(|status| status.success()), "createdb {name}");
        let socket = self.folder.display();
        format!("postgres://{OWNER}@localhost/{name}?host={socket}")
    }
}

fn programs() -> Option<PathBuf> {
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    let on_path: Vec<PathBuf> = std::env::split_paths(&on_path).collect();
    let mut versions: Vec<PathBuf> = std::fs::read_dir(DEBIANS)
        .map(|found| found.flatten().map(|version| version.path()).collect())
        .unwrap_or_default();
    versions.sort();
    let debians = versions.iter().rev().map(|version| version.join("bin"));
    let mut places = on_path.into_iter().chain(debians);
    places.find(|place| {
        let has = |program: &str| place.join(program).is_file();
        has("initdb") && has("postgres") && has("createdb")
    })
}

/// The server refuses to run as root: somebody else does it then.
fn ordinary_user() -> Option<(u32, u32)> {
    use std::os::unix::fs::MetadataExt as _;
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
    if !is_root {
        return None;
    }
    let people = std::fs::read_to_string("/etc/passwd").expect("the machine's users");
    ["postgres", "nobody"].iter().find_map(|name| {
        let mut fields = people
            .lines()
            .find_map(|line| line.strip_prefix(&format!("{name}:")))?
            .split(':')
            .skip(1);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    })
}

fn as_user(mut command: Command, user: Option<(u32, u32)>) -> Command {
    if let Some((user, group)) = user {
        command.uid(user).gid(group);
    }
    command
}

#[test]
fn a_fresh_database_is_of_its_own() {
    let Some(server) = server() else { return };
    assert_ne!(server.fresh_database(), server.fresh_database());
    assert!(Path::new(&server.folder).is_dir());
}
