//! One call of a bot: method, parameters and uploaded files, out of JSON, a query, a form or multipart.
//!
//! Knows nothing of what methods do.

use axum::body::Bytes;
use axum::http::{HeaderMap, Uri, header::CONTENT_TYPE};
use reqwest::Url;
use serde_json::{Map, Value};

use super::refusal::Refusal;

/// A file that came as a part of a multipart body.
#[derive(Debug, Clone)]
pub struct Upload {
    pub field: String,
    pub name: String,
    pub bytes: Bytes,
}

/// A method call as the bot made it.
#[derive(Debug, Clone)]
pub struct Call {
    /// As the bot spelt it: `sendMessage` or `SendMessage`.
    pub method: String,
    parameters: Map<String, Value>,
    pub uploads: Vec<Upload>,
}

impl Call {
    /// Decodes a request to `/bot<token>/<method>`.
    pub fn decode(
        method: &str,
        uri: &Uri,
        headers: &HeaderMap,
        body: &Bytes,
    ) -> Result<Self, Refusal> {
        let mut call = Self {
            method: method.to_owned(),
            parameters: Map::new(),
            uploads: Vec::new(),
        };
        call.take_pairs(uri.query().unwrap_or_default());
        let kind = headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        if let Some(boundary) = boundary_of(kind) {
            call.take_parts(&boundary, body)?;
        } else if kind.starts_with("application/json") && !body.is_empty() {
            match serde_json::from_slice(body) {
                Ok(Value::Object(object)) => call.parameters.extend(object),
                _ => return Err(Refusal::bad_request("can't parse JSON object")),
            }
        } else {
            call.take_pairs(&String::from_utf8_lossy(body));
        }
        Ok(call)
    }

    /// The method's name with a small first letter.
    pub fn name(&self) -> String {
        let mut letters = self.method.chars();
        letters.next().map_or_else(String::new, |first| {
            first.to_lowercase().chain(letters).collect()
        })
    }

    /// A parameter as text; numbers are accepted as the server accepts them.
    pub fn text(&self, name: &str) -> Option<String> {
        match self.parameters.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Null => None,
            other => Some(other.to_string()),
        }
    }

    /// A parameter as a whole number; text of digits counts.
    pub fn integer(&self, name: &str) -> Option<i64> {
        match self.parameters.get(name)? {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// A parameter that is an object or an array; forms carry those as JSON text.
    pub fn json(&self, name: &str) -> Result<Option<Value>, Refusal> {
        match self.parameters.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => serde_json::from_str(text).map(Some).map_err(|_| {
                Refusal::bad_request(format!(
                    "can't parse {} JSON object",
                    name.replace('_', " ")
                ))
            }),
            Some(value) => Ok(Some(value.clone())),
        }
    }

    /// The file of a parameter: the part of that name, or the one it points to with `attach://`.
    pub fn upload(&self, name: &str) -> Option<&Upload> {
        let attached = self
            .text(name)
            .and_then(|text| text.strip_prefix("attach://").map(str::to_owned));
        let field = attached.as_deref().unwrap_or(name);
        self.uploads.iter().find(|upload| upload.field == field)
    }

    fn take_pairs(&mut self, encoded: &str) {
        // A URL's query is the one form decoder at hand.
        let Ok(url) = Url::parse(&format!("http://pairs/?{encoded}")) else {
            return;
        };
        for (name, value) in url.query_pairs() {
            if !name.is_empty() {
                self.parameters
                    .insert(name.into_owned(), Value::String(value.into_owned()));
            }
        }
    }

    fn take_parts(&mut self, boundary: &str, body: &Bytes) -> Result<(), Refusal> {
        let broken = || Refusal::bad_request("can't parse multipart body");
        let edge = format!("--{boundary}");
        let mut starts = find_all(body, edge.as_bytes());
        let last = starts.pop().ok_or_else(broken)?;
        let ends: Vec<usize> = starts.iter().skip(1).copied().chain([last]).collect();
        for (start, end) in starts.into_iter().zip(ends) {
            let part = body.slice(start + edge.len() + 2..end - 2);
            let head_len = find_all(&part, b"\r\n\r\n")
                .first()
                .copied()
                .ok_or_else(broken)?;
            let head = String::from_utf8_lossy(&part[..head_len]).into_owned();
            let content = part.slice(head_len + 4..);
            let field = quoted(&head, "name=\"").ok_or_else(broken)?;
            if let Some(name) = file_name(&head) {
                self.uploads.push(Upload {
                    field,
                    name,
                    bytes: content,
                });
            } else {
                let text = String::from_utf8_lossy(&content).into_owned();
                self.parameters.insert(field, Value::String(text));
            }
        }
        Ok(())
    }
}

fn boundary_of(kind: &str) -> Option<String> {
    let rest = kind.strip_prefix("multipart/form-data")?;
    let (_, boundary) = rest.split_once("boundary=")?;
    Some(boundary.trim_matches('"').to_owned())
}

fn file_name(head: &str) -> Option<String> {
    quoted(head, "filename=\"").or_else(|| {
        let (_, encoded) = head.split_once("filename*=utf-8''")?;
        let encoded = encoded.split(['\r', ';']).next().unwrap_or_default();
        Some(percent_decoded(encoded))
    })
}

/// `%E5%80%BC.csv` as 值.csv.
pub fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match hex.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) if first == b'%' => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn quoted(head: &str, before: &str) -> Option<String> {
    // `name="` is also the tail of `filename="`.
    let at = head
        .match_indices(before)
        .find(|(at, _)| *at == 0 || !head[..*at].ends_with("file"))?
        .0;
    let rest = &head[at + before.len()..];
    rest.split_once('"').map(|(value, _)| value.to_owned())
}

fn find_all(bytes: &[u8], needle: &[u8]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = 0;
    while at + needle.len() <= bytes.len() {
        if bytes[at..].starts_with(needle) {
            found.push(at);
            at += needle.len();
        } else {
            at += 1;
        }
    }
    found
}
