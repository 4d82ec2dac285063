//! Taking what Telegram brings to a process that stands by: put where the leader hears it, and only
//! then confirmed. Nothing of it is decided here.

use tokio::sync::mpsc;

use super::pushed::{MOST_AT_ONCE, confirm, sifted};
use crate::store::Inlet;
use crate::web::Pushed;

/// Puts what is brought into `inlet`, all that waits at once, until nothing more can be brought.
pub async fn bring(inlet: Inlet, mut pushed: mpsc::Receiver<Pushed>) {
    let mut brought = Vec::with_capacity(MOST_AT_ONCE);
    while pushed.recv_many(&mut brought, MOST_AT_ONCE).await > 0 {
        let (updates, waiting) = sifted(&mut brought);
        if updates.is_empty() {
            continue;
        }
        match inlet.put(&updates).await {
            Ok(()) => confirm(waiting),
            // Not kept, they are not confirmed either, and come again.
            Err(error) => tracing::warn!(%error, "updates that were brought here are not kept"),
        }
    }
}
