//! What must never be written down.

use std::sync::{Arc, Mutex};

use super::{Door, bot_at, closed_port, ping, updates};
use crate::botapi::{Fault, TOKEN, Trouble};

#[tokio::test]
async fn no_log_and_no_error_holds_the_token() {
    let log = Log::default();
    // While there is only one, what other tests' threads have logged before stays unheard here.
    let _second = log.dispatch();
    let guard = tracing::dispatcher::set_default(&log.dispatch());

    let door = Door::open().await;
    let mut errors = Vec::new();
    for trouble in [
        Trouble::ResetBeforeEffect,
        Trouble::Html,
        Trouble::Unauthorized,
        Trouble::Status(500, "Internal Server Error"),
    ] {
        door.api.fault(Fault::on("*", trouble.clone()));
        let sent = door.sends(&ping()).await.unwrap_err();
        door.api.fault(Fault::on("*", trouble));
        let polled = updates(&door.bot, None, 0).await.unwrap_err();
        errors.push(format!("{sent} {sent:?} {polled} {polled:?}"));
    }
    let nobody = bot_at(&closed_port(), TOKEN);
    let unreached = nobody.me().await.unwrap_err();
    errors.push(format!("{unreached} {unreached:?} {nobody:?}"));
    drop(guard);

    let (_, secret) = TOKEN.split_once(':').unwrap();
    let logged = log.text();
    assert!(logged.contains("SendMessage"));
    for text in errors.iter().chain([&logged]) {
        assert!(!text.contains(secret), "{text}");
    }
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn dispatch(&self) -> tracing::Dispatch {
        let writer = self.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_writer(move || writer.clone())
            .finish();
        tracing::Dispatch::new(subscriber)
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
