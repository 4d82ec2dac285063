//! What every answer carries so that a browser lets nobody in between, and how often somebody may
//! try a link.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::http::{HeaderValue, Response};
use chrono::TimeDelta;

use crate::time::Moment;

/// Nothing but our own, and nothing written into the page itself.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
    media-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

pub(super) async fn with_headers<B>(mut response: Response<B>) -> Response<B> {
    let headers = response.headers_mut();
    let always = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        // A login link or a personal page's address must not travel on.
        (REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), microphone=(), geolocation=()",
        ),
    ];
    for (name, value) in always {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Vain tries, by where they come from.
#[derive(Default)]
pub(super) struct Attempts {
    vain: Mutex<HashMap<IpAddr, Vain>>,
}

#[derive(Clone, Copy)]
struct Vain {
    since: Moment,
    tries: u32,
}

/// So many vain tries from one address in this time, and no more.
const TRIES: u32 = 10;
const WINDOW: TimeDelta = TimeDelta::minutes(10);
/// Addresses remembered at once.
const REMEMBERED: usize = 4096;

impl Attempts {
    /// How long `from` has to wait before the next try; `None` where it need not.
    pub fn wait(&self, from: IpAddr, now: Moment) -> Option<TimeDelta> {
        let vain = self.vain.lock().unwrap_or_else(PoisonError::into_inner);
        let vain = vain.get(&from).filter(|vain| vain.tries >= TRIES)?;
        let left = vain.since + WINDOW - now;
        (left > TimeDelta::zero()).then_some(left)
    }

    /// `from` tried in vain.
    pub fn failed(&self, from: IpAddr, now: Moment) {
        let mut vain = self.vain.lock().unwrap_or_else(PoisonError::into_inner);
        if vain.len() >= REMEMBERED {
            vain.retain(|_, vain| now - vain.since < WINDOW);
        }
        // Full of others who try in vain right now: one more is not worth their places.
        if vain.len() >= REMEMBERED && !vain.contains_key(&from) {
            return;
        }
        let entry = vain.entry(from).or_insert(Vain {
            since: now,
            tries: 0,
        });
        if now - entry.since >= WINDOW {
            *entry = Vain {
                since: now,
                tries: 0,
            };
        }
        entry.tries += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::sample::at;

    const ONE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
    const OTHER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2));

    #[test]
    fn who_tries_too_often_waits_and_nobody_else() {
        let attempts = Attempts::default();
        let now = at("10-03T14:00");
        for _ in 0..TRIES {
            assert_eq!(attempts.wait(ONE, now), None);
            attempts.failed(ONE, now);
        }
        assert_eq!(attempts.wait(ONE, now), Some(WINDOW));
        assert_eq!(attempts.wait(OTHER, now), None);
        assert_eq!(attempts.wait(ONE, now + WINDOW), None);
        attempts.failed(ONE, now + WINDOW);
        assert_eq!(attempts.wait(ONE, now + WINDOW), None);
    }
}
