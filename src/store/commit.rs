use std::collections::BTreeSet;

use super::link::Held;
use super::{
    Head, RawUpdate, Settled, Store, StoreError, chain, files, inbox, inlet, lease, outbox, records,
};
use crate::decide::{Change, UploadId};
use crate::time::Moment;

/// All that belongs together. What it leaves `None` or empty stays as it is.
#[derive(Clone, Copy)]
pub struct Commit<'a> {
    /// Updates read from the queue, kept to the letter; those already kept stay once.
    pub inbox: &'a [RawUpdate],
    /// The numbers of those of them that come from people nobody knows. Only the newest such are
    /// kept: whoever floods the queue is not to fill the disk.
    pub strangers: &'a BTreeSet<i64>,
    /// Those of them that waited in the inlet until now: they wait there no longer.
    pub brought: &'a [RawUpdate],
    /// The offset to ask for next.
    pub cursor: Option<i64>,
    /// What became of messages that were given to be sent. They come first: an edit decided in
    /// the same commit finds its message.
    pub settled: &'a [Settled],
    /// Withdrawals concern what was queued before; the change's own notices follow them.
    pub change: &'a Change,
    /// A file that was fetched; its upload is a record of this commit or an earlier one.
    pub bytes: Option<(UploadId, &'a [u8])>,
    pub now: Moment,
}

impl Store {
    /// Keeps all of `commit` or, on any error, nothing of it. When it returns, it is on the disk.
    pub async fn commit(&self, commit: &Commit<'_>) -> Result<(), StoreError> {
        let mut writer = self.open.writer.acquire().await?;
        let kept = kept(&mut writer, commit, self.open.hold.epoch()).await;
        if matches!(kept, Err(StoreError::Superseded)) {
            self.open.hold.lose();
        }
        if kept.is_err() {
            // One that has seen a read-only disk would hold it for read-only ever after.
            writer.close_on_drop();
        }
        self.note.goes_on(kept?.as_ref(), &commit.change.records);
        Ok(())
    }

    /// The next offset to ask Telegram's queue for; `None` before the first.
    pub async fn cursor(&self) -> Result<Option<i64>, StoreError> {
        let mut reader = self.open.readers.acquire().await?;
        records::fact(&mut reader.link(), records::CURSOR).await
    }
}

/// Where the journal stands then, if it has grown.
async fn kept(
    writer: &mut Held,
    commit: &Commit<'_>,
    epoch: Option<i64>,
) -> Result<Option<Head>, StoreError> {
    let Commit { change, now, .. } = *commit;
    let mut tx = writer.writing().await?;
    let link = &mut tx.link();
    if let Some(epoch) = epoch {
        lease::still_leads(link, epoch).await?;
    }
    inbox::keep(link, commit.inbox, commit.strangers, now).await?;
    inlet::taken(link, commit.brought).await?;
    if let Some(cursor) = commit.cursor {
        records::put_fact(link, records::CURSOR, &cursor).await?;
    }
    records::put(link, &change.records).await?;
    if let Some((upload, bytes)) = commit.bytes {
        files::put_bytes(link, upload, bytes).await?;
    }
    outbox::settle(link, commit.settled, now).await?;
    outbox::withdraw(link, &change.withdrawn, now).await?;
    outbox::queue(link, &change.notices, now).await?;
    let head = chain::append(link, &change.journal).await?;
    tx.commit().await?;
    Ok(head)
}
