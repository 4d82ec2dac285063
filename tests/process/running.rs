//! The program while it runs: what it prints, line by line, and the signals it gets.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, timeout, timeout_at};

use crate::botapi::TOKEN;

/// How long the program may take to print a line a test waits for.
const LINE_PATIENCE: Duration = Duration::from_secs(10);
/// How long a whole story may take that is told first.
const STORY_PATIENCE: Duration = Duration::from_mins(4);
/// How long it may take to end after SIGTERM.
const STOP_PATIENCE: Duration = Duration::from_secs(5);

/// Everything printed so far, over all runs on one folder.
#[derive(Clone)]
pub struct Said {
    lines: Arc<Mutex<Vec<String>>>,
    /// How many of them were looked through for secrets.
    looked_through: Arc<AtomicUsize>,
    news: Arc<watch::Sender<usize>>,
}

impl Said {
    fn new() -> Self {
        Self {
            lines: Arc::default(),
            looked_through: Arc::default(),
            news: Arc::new(watch::Sender::new(0)),
        }
    }

    /// All of it as text.
    pub fn text(&self) -> String {
        self.lines().join("\n")
    }

    fn lines(&self) -> MutexGuard<'_, Vec<String>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What nobody has looked through for secrets yet.
    fn not_looked_through(&self) -> String {
        let lines = self.lines();
        let from = self.looked_through.swap(lines.len(), Ordering::Relaxed);
        lines[from..].join("\n")
    }

    /// Takes down what comes out of `pipe`, then does what is to be done at its end.
    fn follow(
        &self,
        pipe: impl Read + Send + 'static,
        at_end: impl FnOnce() + Send + 'static,
    ) -> JoinHandle<()> {
        let said = self.clone();
        std::thread::spawn(move || {
            for line in BufReader::new(pipe).lines().map_while(Result::ok) {
                said.lines().push(line);
                said.news.send_modify(|count| *count += 1);
            }
            at_end();
        })
    }
}

/// One run of the program.
pub struct Running {
    child: Arc<Mutex<Child>>,
    exit: watch::Receiver<Option<ExitStatus>>,
    said: Said,
    /// Lines of earlier runs.
    before: usize,
}

impl Running {
    /// Starts it and waits until it says where it listens.
    pub async fn start(command: Command) -> Self {
        Self::start_after(command, Said::new()).await
    }

    /// The same, as a later run of the same story.
    pub async fn start_after(command: Command, said: Said) -> Self {
        let running = Self::begun(command, said);
        running.expect_line("listening on http://").await;
        running
    }

    /// Starts it where it has much to tell before it listens.
    pub async fn start_storyteller(command: Command) -> Self {
        let running = Self::begun(command, Said::new());
        running
            .expect_line_within("listening on http://", STORY_PATIENCE)
            .await;
        running
    }

    fn begun(mut command: Command, said: Said) -> Self {
        let before = said.lines().len();
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let (out, err) = (child.stdout.take(), child.stderr.take());
        let child = Arc::new(Mutex::new(child));
        let (tell, exit) = watch::channel(None);
        if let (Some(out), Some(err)) = (out, err) {
            let err = said.follow(err, || ());
            let ended = Arc::clone(&child);
            // It lets go of its output when it ends and not before, so the lock is free until then.
            said.follow(out, move || {
                // Whoever sees it gone has all it said.
                let _ = err.join();
                let status = locked(&ended).wait().ok();
                tell.send_replace(status);
            });
        }
        Self {
            child,
            exit,
            said,
            before,
        }
    }

    /// Where this run listens.
    pub fn address(&self) -> String {
        let address = |line: &str| line.strip_prefix("listening on ").map(str::to_owned);
        let found = self.own_line(address);
        found.expect("it listens").trim().to_owned()
    }

    /// How many pings this run let be on their way at once, at most: one, unless it says more.
    pub fn pings_at_once(&self) -> usize {
        let lines = self.said.lines();
        let own = lines[self.before..].iter();
        let told = own.filter(|line| line.contains("how many pings are on their way at once"));
        let counts = told.filter_map(|line| line.rsplit_once("pings=")?.1.trim().parse().ok());
        counts.max().unwrap_or(1)
    }

    /// The first that this run said in which `look` finds what it wants.
    fn own_line(&self, look: impl FnMut(&str) -> Option<String>) -> Option<String> {
        let lines = self.said.lines();
        lines[self.before..]
            .iter()
            .map(String::as_str)
            .find_map(look)
    }

    pub fn said(&self) -> Said {
        self.said.clone()
    }

    /// Waits for a line of this run that contains `words`.
    pub async fn expect_line(&self, words: &str) -> String {
        self.expect_line_within(words, LINE_PATIENCE).await
    }

    pub async fn expect_line_within(&self, words: &str, patience: Duration) -> String {
        let deadline = Instant::now() + patience;
        let mut news = self.said.news.subscribe();
        let mut exit = self.exit.clone();
        loop {
            news.borrow_and_update();
            let has_ended = exit.borrow_and_update().is_some();
            let said = self.own_line(|line| line.contains(words).then(|| line.to_owned()));
            if let Some(line) = said {
                return line;
            }
            assert!(
                !has_ended,
                "it ended before it printed “{words}”:\n{}",
                self.said.text()
            );
            let heard = async {
                tokio::select! {
                    _ = news.changed() => (),
                    _ = exit.changed() => (),
                }
            };
            let is_late = timeout_at(deadline, heard).await.is_err();
            assert!(
                !is_late,
                "it never printed “{words}”:\n{}",
                self.said.text()
            );
        }
    }

    /// Its number among the machine's processes.
    pub fn id(&self) -> i32 {
        i32::try_from(locked(&self.child).id()).expect("process numbers are small")
    }

    /// Whether it still runs.
    pub fn is_alive(&self) -> bool {
        self.exit.borrow().is_none()
    }

    /// kill -9; returns when it is gone.
    pub async fn kill(&mut self) {
        if self.is_alive() {
            let _ = locked(&self.child).kill();
        }
        let _ = self.exit.wait_for(Option::is_some).await;
    }

    /// SIGTERM, whatever comes of it.
    pub fn told_to_stop(&self) {
        self.signal("TERM");
    }

    /// A signal by its name.
    pub fn signal(&self, name: &str) {
        let script = format!("kill -{name} {}", self.id());
        let _ = Command::new("sh").arg("-c").arg(script).status();
    }

    /// SIGTERM; its exit code, which must come in time.
    pub async fn stop(&mut self) -> Option<i32> {
        self.told_to_stop();
        let ended = timeout(STOP_PATIENCE, self.exit.wait_for(Option::is_some))
            .await
            .is_ok();
        assert!(ended, "it runs on after SIGTERM:\n{}", self.said.text());
        let status = *self.exit.borrow();
        status.and_then(|status| status.code())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.is_alive() {
            let _ = locked(&self.child).kill();
        }
        if !std::thread::panicking() {
            assert_keeps_secrets(&self.said.not_looked_through());
        }
    }
}

/// What any process of the suite printed, whoever started it: no token, and no number of any
/// person that is in these tests.
pub fn assert_keeps_secrets(said: &str) {
    let secret = TOKEN.split_once(':').map_or(TOKEN, |(_, secret)| secret);
    assert!(!said.contains(secret), "the token is in the log:\n{said}");
    let mut digits = said.split(|c: char| !c.is_ascii_digit());
    let full = digits.find(|run| {
        NUMBERS
            .iter()
            .any(|(begin, length)| run.len() == *length && run.starts_with(begin))
    });
    assert_eq!(full, None, "a full number is in the log:\n{said}");
}

/// How the numbers of people in these tests begin, and how many digits they have.
const NUMBERS: [(&str, usize); 3] = [("1380000", 11), ("861380000", 13), ("8600000", 13)];

#[test]
fn the_watch_over_the_logs_sees_a_token_and_a_number() {
    for said in [
        "to 13800000001".to_owned(),
        "phone=\"+8613800000001\"".to_owned(),
        format!("https://api.example/bot{TOKEN}/getMe"),
    ] {
        let caught = std::panic::catch_unwind(|| assert_keeps_secrets(&said));
        assert!(caught.is_err(), "{said}");
    }
    assert_keeps_secrets("138****0001, 1790000000000, update 13800000");
}

fn locked(child: &Mutex<Child>) -> MutexGuard<'_, Child> {
    child.lock().unwrap_or_else(PoisonError::into_inner)
}
