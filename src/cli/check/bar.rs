//! How far a long check is, on a terminal.

use std::io::{IsTerminal, stderr};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::roster::Progress;

/// Whoever waits longer wants to know how long.
const PATIENCE: Duration = Duration::from_millis(500);

const BETWEEN: Duration = Duration::from_millis(100);

/// Smaller files are done before.
const SMALL_BYTES: usize = 8 << 20;

/// What comes of the work; while it lasts long, a bar stands on the terminal, and none is left.
pub(super) fn with_bar<R>(bytes: usize, progress: &Progress, work: impl FnOnce() -> R) -> R {
    if bytes < SMALL_BYTES || !stderr().is_terminal() {
        return work();
    }
    thread::scope(|scope| {
        let (working, ended) = channel::<()>();
        scope.spawn(move || {
            let waited = |time| ended.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
            if !waited(PATIENCE) {
                return;
            }
            // Reading is one half, and what is judged after it the other.
            let bar = ProgressBar::new(2 * bytes as u64);
            if let Ok(style) = ProgressStyle::with_template("[{bar:40}] {percent}%") {
                bar.set_style(style.progress_chars("=> "));
            }
            while waited(BETWEEN) {
                bar.set_position(progress.bytes() as u64);
            }
            bar.finish_and_clear();
        });
        let done = work();
        drop::<Sender<()>>(working);
        done
    })
}
