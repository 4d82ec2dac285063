//! Files: what the bot sends, and what it asks for and downloads.

use axum::body::Bytes;
use serde_json::{Value, json};

use super::call::Call;
use super::methods::{caption_of, chat_of, keyboard_of, post_from_bot};
use super::refusal::{Answer, Refusal};
use super::telegram::{Stored, Telegram};

/// The largest file a bot may download.
const DOWNLOAD_MAX_BYTES: usize = 20 * 1024 * 1024;

/// The largest file a bot may send.
const UPLOAD_MAX_BYTES: usize = 50 * 1024 * 1024;

/// How a file is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Document,
    Photo,
    Voice,
}

/// `sendDocument` and `sendPhoto`: an upload, or the id of a file the server has.
pub fn send(telegram: &mut Telegram, call: &Call, kind: Kind) -> Answer {
    let field = match kind {
        Kind::Document => "document",
        Kind::Photo => "photo",
        Kind::Voice => "voice",
    };
    let caption = caption_of(call)?;
    let chat = chat_of(call)?;
    let place = telegram.place_to_write(chat)?;
    let keyboard = keyboard_of(call, place)?;
    let (name, bytes) = match (call.upload(field), call.text(field)) {
        (Some(upload), _) => (upload.name.clone(), upload.bytes.clone()),
        (None, Some(id)) => match telegram.files.get(&id) {
            Some(stored) => (stored.name.clone(), stored.bytes.clone()),
            None => {
                return Err(Refusal::bad_request(
                    "wrong file identifier/HTTP URL specified",
                ));
            }
        },
        (None, None) => {
            return Err(Refusal::bad_request(format!(
                "there is no {field} in the request"
            )));
        }
    };
    if bytes.is_empty() {
        return Err(Refusal::bad_request("file must be non-empty"));
    }
    if bytes.len() > UPLOAD_MAX_BYTES {
        return Err(Refusal::new(413, "Request Entity Too Large".into()));
    }
    if kind == Kind::Document && name.trim().is_empty() {
        // The real server takes it; a file nobody can name is worth a failing test.
        return Err(Refusal::bad_request("a document needs a file name"));
    }
    if kind == Kind::Photo {
        fit_for_a_photo(&bytes)?;
    }
    telegram.limits.count(chat, std::time::Instant::now())?;
    let id = telegram.keep(&name, bytes);
    let mut content = match kind {
        Kind::Document => json!({ "document": document_json(telegram, &id, &name) }),
        Kind::Photo => json!({ "photo": [photo_json(telegram, &id)] }),
        Kind::Voice => json!({ "voice": {
            "file_id": id, "file_unique_id": unique(&id), "duration": 1, "mime_type": "audio/ogg",
        }}),
    };
    if !caption.text.is_empty() {
        content["caption"] = json!(caption.text);
    }
    if !caption.entities.is_empty() {
        content["caption_entities"] = json!(caption.entities);
    }
    let body = post_from_bot(telegram, call, chat, &content, keyboard);
    let message = body["message_id"].as_i64().unwrap_or_default();
    if let Some(post) = telegram.posts.get_mut(&(chat, message)) {
        post.file = Some(id);
    }
    Ok(body)
}

/// `getFile`: where to download it.
pub fn get(telegram: &Telegram, call: &Call) -> Answer {
    let id = call.text("file_id").unwrap_or_default();
    let stored = telegram.files.get(&id).ok_or_else(|| {
        Refusal::bad_request("wrong file_id or the file is temporarily unavailable")
    })?;
    if stored.size > DOWNLOAD_MAX_BYTES {
        return Err(Refusal::bad_request("file is too big"));
    }
    Ok(json!({
        "file_id": id, "file_unique_id": unique(&id), "file_size": stored.size,
        "file_path": format!("documents/{id}"),
    }))
}

/// The bytes behind a path that `getFile` gave.
pub fn download(telegram: &Telegram, path: &str) -> Option<Bytes> {
    let id = path.strip_prefix("documents/")?;
    telegram.files.get(id).map(|stored| stored.bytes.clone())
}

/// A `document` object; the type is what a phone would guess from the name.
pub fn document_json(telegram: &Telegram, id: &str, name: &str) -> Value {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let kind = match extension {
        "csv" => "text/csv",
        "png" => "image/png",
        "txt" => "text/plain",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xls" => "application/vnd.ms-excel",
        _ => "application/octet-stream",
    };
    json!({
        "file_id": id, "file_unique_id": unique(id), "file_name": name, "mime_type": kind,
        "file_size": telegram.files.get(id).map_or(0, |stored: &Stored| stored.size),
    })
}

/// One size of a photo.
pub fn photo_json(telegram: &Telegram, id: &str) -> Value {
    json!({
        "file_id": id, "file_unique_id": unique(id), "width": 800, "height": 600,
        "file_size": telegram.files.get(id).map_or(0, |stored: &Stored| stored.size),
    })
}

/// A photo somebody sent, as the server has it: thumbnails first, each a file of its own, the
/// picture itself last.
pub fn photo_sizes(telegram: &mut Telegram, id: &str) -> Value {
    let thumbnail = telegram.keep("thumbnail.jpg", Bytes::from_static(b"\xFF\xD8\xFFsmall"));
    let small = json!({
        "file_id": thumbnail, "file_unique_id": unique(&thumbnail), "width": 90, "height": 67,
        "file_size": telegram.files.get(&thumbnail).map_or(0, |stored| stored.size),
    });
    json!([small, photo_json(telegram, id)])
}

/// A voice message: Opus in Ogg, its length in whole seconds.
pub fn voice_json(telegram: &Telegram, id: &str, secs: u32) -> Value {
    json!({
        "file_id": id, "file_unique_id": unique(id), "duration": secs, "mime_type": "audio/ogg",
        "file_size": telegram.files.get(id).map_or(0, |stored: &Stored| stored.size),
    })
}

fn unique(id: &str) -> String {
    format!("AQAD{}", id.trim_start_matches("BQACAgUAAxkB"))
}

/// A photo's limits as documented: 10 MB, width and height 10,000 together, one at most twenty
/// times the other.
fn fit_for_a_photo(bytes: &Bytes) -> Result<(), Refusal> {
    const MAX_BYTES: usize = 10 * 1024 * 1024;
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::bad_request("file is too big for a photo"));
    }
    // One that somebody sent has been a photo already.
    if bytes.starts_with(b"\xFF\xD8\xFF") {
        return Ok(());
    }
    let Some((width, height)) = size_of_picture(bytes) else {
        return Err(Refusal::bad_request("IMAGE_PROCESS_FAILED"));
    };
    let (long, short) = (width.max(height), width.min(height));
    if width + height > 10_000 || short == 0 || long > 20 * short {
        return Err(Refusal::bad_request("PHOTO_INVALID_DIMENSIONS"));
    }
    Ok(())
}

/// Width and height of a PNG; what else there is, is not sent.
fn size_of_picture(bytes: &Bytes) -> Option<(u32, u32)> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")?;
    let number = |at: usize| Some(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?));
    Some((number(0)?, number(4)?))
}
