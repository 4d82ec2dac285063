//! Numbers for whoever watches the process, in Prometheus' text form. Nobody's name is in them.

use std::fmt::Write as _;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

use super::refusal::Refusal;
use super::{Desk, Look};
use crate::decide::{Counts, gap_report};
use crate::words::Lang;
use crate::words::desk::metrics as help;

pub(super) async fn page(State(desk): State<Desk>) -> Result<impl IntoResponse, Refusal> {
    let look = desk.office.look().await?;
    let queued = desk.archive.queued().await;
    let queued = queued.map_err(|_| Refusal::Broken(Lang::En))?;
    let headers = [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    Ok((headers, text(&look, queued)))
}

fn text(look: &Look, queued: u64) -> String {
    let world = &look.world;
    let mut counts = Counts::default();
    let mut open = 0_u32;
    for check in world.checks.values() {
        match check.state.outcome() {
            Some(outcome) => counts.add(outcome),
            None => open += 1,
        }
    }
    let mut page = Page::default();
    page.family("zaigang_checks", "counter", help::CHECKS);
    for (outcome, count) in [
        ("present", counts.present),
        ("late", counts.late),
        ("no_answer", counts.no_answer),
        ("undeliverable", counts.undeliverable),
        ("void", counts.void),
    ] {
        page.labelled("zaigang_checks", "outcome", outcome, count);
    }
    page.gauge("zaigang_checks_open", help::CHECKS_OPEN, open);
    page.gauge("zaigang_outbox_depth", help::OUTBOX, queued);
    if let Some(read) = world.hearing.dry_from {
        let since = (look.now - read).num_seconds().max(0);
        page.gauge("zaigang_seconds_since_poll", help::SINCE_POLL, since);
    }
    if let Some((_, roster)) = world.in_force() {
        let gaps = gap_report(roster, &world.policy, look.now);
        page.gauge("zaigang_gaps", help::GAPS, gaps.gap_count);
        let leaders = gaps.leader_gap_count;
        page.gauge("zaigang_leader_gaps", help::LEADER_GAPS, leaders);
    }
    page.0
}

#[derive(Default)]
struct Page(String);

impl Page {
    fn family(&mut self, name: &str, kind: &str, help: &str) {
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn labelled(&mut self, name: &str, label: &str, value: &str, number: u32) {
        let _ = writeln!(self.0, "{name}{{{label}=\"{value}\"}} {number}");
    }

    fn gauge(&mut self, name: &str, help: &str, number: impl std::fmt::Display) {
        self.family(name, "gauge", help);
        let _ = writeln!(self.0, "{name} {number}");
    }
}
