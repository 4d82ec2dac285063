//! A file somebody sent: looked up, then downloaded up to a limit.

use std::time::Duration;

use reqwest::StatusCode;
use serde::Deserialize;
use teloxide::payloads::GetFile;
use teloxide::types::FileId;

use super::Bot;
use super::bot::CALL_PATIENCE;
use super::errors::FetchError;
use super::refusal::Failure;

/// For a whole download: some megabytes over a slow line.
const DOWNLOAD_PATIENCE: Duration = Duration::from_secs(90);

const PAUSE: Duration = Duration::from_secs(2);

#[derive(Deserialize)]
struct File {
    file_path: Option<String>,
    file_size: Option<u64>,
}

impl Bot {
    /// The bytes of a file, `limit_bytes` at most. What the server says of the size is believed
    /// only where it is too large: nothing beyond the limit is ever held.
    pub async fn fetch(&self, file_id: &str, limit_bytes: u64) -> Result<Vec<u8>, FetchError> {
        let lookup = GetFile::new(FileId(file_id.to_owned()));
        let answer = self.call(&lookup, CALL_PATIENCE).await?;
        let file: File = serde_json::from_str(answer.get()).map_err(|_| Failure::Unknown)?;
        if file.file_size.is_some_and(|size| size > limit_bytes) {
            return Err(FetchError::TooLarge);
        }
        let path = file.file_path.ok_or(FetchError::Gone)?;
        self.download(&path, limit_bytes).await
    }

    async fn download(&self, path: &str, limit_bytes: u64) -> Result<Vec<u8>, FetchError> {
        let broken = |error| Failure::of_transport("download", error);
        let request = self.client.get(self.file_url(path));
        let mut response = request
            .timeout(DOWNLOAD_PATIENCE)
            .send()
            .await
            .map_err(broken)?;
        match response.status() {
            StatusCode::OK => {}
            StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST | StatusCode::GONE => {
                return Err(FetchError::Gone);
            }
            _ => return Err(FetchError::Later { after: PAUSE }),
        }
        if response.content_length().is_some_and(|n| n > limit_bytes) {
            return Err(FetchError::TooLarge);
        }
        let mut bytes = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(broken)? {
            if (bytes.len() + piece.len()) as u64 > limit_bytes {
                return Err(FetchError::TooLarge);
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    }
}
