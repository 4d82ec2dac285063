//! The file of an upload, from Telegram or from the store, to what is read in it.

use super::keeper::{Lies, Wanted};
use crate::decide::{Fetched, UploadId};
use crate::files;
use crate::roster::{Asked, Limits};
use crate::store::KeptFiles;
use crate::telegram::{Bot, FetchError};

/// A file read, and its bytes where they are news to the store.
pub(super) async fn fetched(
    bot: &Bot,
    files: &KeptFiles,
    wanted: &Wanted,
    asked: Asked,
) -> (Fetched, Option<Vec<u8>>) {
    let kept = match wanted.lies {
        Lies::Here => kept_bytes(files, wanted.upload).await,
        Lies::WithTelegram => None,
    };
    if let Some(bytes) = kept {
        let (result, _) = read(wanted.upload, bytes, asked).await;
        return (result, None);
    }
    let limit = Limits::CHAT.bytes as u64;
    match bot.fetch(&wanted.file, limit).await {
        Ok(bytes) => read(wanted.upload, bytes, asked).await,
        Err(FetchError::TooLarge) => (Fetched::TooLarge, None),
        Err(FetchError::Gone) => (Fetched::Gone, None),
        Err(FetchError::Later { .. }) => (Fetched::Later, None),
    }
}

/// The bytes of an upload in the store; what is not there is fetched once more.
async fn kept_bytes(files: &KeptFiles, upload: UploadId) -> Option<Vec<u8>> {
    match files.file(upload).await {
        Ok(bytes) => bytes,
        Err(error) => {
            tracing::error!(upload = upload.0, %error, "a kept file cannot be read");
            None
        }
    }
}

async fn read(upload: UploadId, bytes: Vec<u8>, asked: Asked) -> (Fetched, Option<Vec<u8>>) {
    let read = tokio::task::spawn_blocking(move || {
        let reading = files::read(&bytes, &asked);
        (reading, bytes)
    });
    match read.await {
        Ok((reading, bytes)) => (Fetched::Read(Box::new(reading)), Some(bytes)),
        Err(broken) => {
            tracing::error!(upload = upload.0, %broken, "a file could not be read");
            (Fetched::Gone, None)
        }
    }
}
