use super::link::{Link, Pool};
use super::query::query;
use super::{Store, StoreError, sha256};
use crate::decide::UploadId;

/// The files that were sent, for whoever reads them beside the one writer.
#[derive(Clone)]
pub struct KeptFiles {
    pub(super) readers: Pool,
}

impl Store {
    #[must_use]
    pub fn files(&self) -> KeptFiles {
        KeptFiles {
            readers: self.open.readers.clone(),
        }
    }

    /// The bytes of an upload, as they were fetched.
    pub async fn file(&self, upload: UploadId) -> Result<Option<Vec<u8>>, StoreError> {
        self.files().file(upload).await
    }
}

impl KeptFiles {
    /// The bytes of an upload, as they were fetched.
    pub async fn file(&self, upload: UploadId) -> Result<Option<Vec<u8>>, StoreError> {
        let id = i64::from(upload.0);
        let row: Option<(Vec<u8>, Vec<u8>)> =
            query("SELECT bytes, sha256 FROM upload_bytes WHERE upload = $1")
                .bind(id)
                .row(&mut self.readers.acquire().await?.link())
                .await?;
        match row {
            Some((bytes, digest)) if digest == sha256(&bytes) => Ok(Some(bytes)),
            Some(_) => Err(StoreError::Damaged {
                what: "upload_bytes",
                id,
            }),
            None => Ok(None),
        }
    }
}

pub(super) async fn put_bytes(
    tx: &mut Link<'_>,
    upload: UploadId,
    bytes: &[u8],
) -> Result<(), StoreError> {
    query(
        "INSERT INTO upload_bytes (upload, sha256, bytes) VALUES ($1, $2, $3)
         ON CONFLICT (upload) DO UPDATE SET sha256 = excluded.sha256, bytes = excluded.bytes",
    )
    .bind(i64::from(upload.0))
    .bind(sha256(bytes))
    .bind(bytes)
    .run(tx)
    .await?;
    Ok(())
}
