use serde::{Deserialize, Serialize};

use super::{Moment, Span};

/// A set of instants as spans in canonical form: ordered, disjoint, none touching the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpanSet(Vec<Span>);

impl SpanSet {
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        &self.0
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[must_use]
    pub fn contains(&self, moment: Moment) -> bool {
        let after = self.0.partition_point(|s| s.start() <= moment);
        after > 0 && self.0[after - 1].contains(moment)
    }

    #[must_use]
    pub fn overlaps(&self, span: &Span) -> bool {
        let after = self.0.partition_point(|s| s.start() < span.end());
        after > 0 && self.0[after - 1].overlaps(span)
    }

    #[must_use]
    pub fn union(&self, other: &SpanSet) -> SpanSet {
        self.0.iter().chain(&other.0).copied().collect()
    }

    /// What is in `self` and not in `other`.
    #[must_use]
    pub fn subtract(&self, other: &SpanSet) -> SpanSet {
        let mut rest = Vec::new();
        let mut covers = other.0.iter().peekable();
        for span in &self.0 {
            let mut from = span.start();
            while covers.peek().is_some_and(|c| c.end() <= from) {
                covers.next();
            }
            let mut ahead = covers.clone();
            while let Some(cover) = ahead.peek().filter(|c| c.start() < span.end()) {
                rest.extend(Span::new(from, cover.start()));
                from = from.max(cover.end());
                ahead.next();
            }
            rest.extend(Span::new(from, span.end()));
        }
        SpanSet(rest)
    }

    #[must_use]
    pub fn intersect(&self, other: &SpanSet) -> SpanSet {
        self.subtract(&self.subtract(other))
    }
}

impl From<Span> for SpanSet {
    fn from(span: Span) -> Self {
        SpanSet(vec![span])
    }
}

impl FromIterator<Span> for SpanSet {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let mut spans: Vec<Span> = spans.into_iter().collect();
        spans.sort_unstable();
        let mut canonical: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match canonical.last_mut() {
                Some(last) if span.start() <= last.end() => {
                    if let Some(joined) = Span::new(last.start(), last.end().max(span.end())) {
                        *last = joined;
                    }
                }
                _ => canonical.push(span),
            }
        }
        SpanSet(canonical)
    }
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone, Utc};
    use proptest::prelude::*;

    use super::*;

    fn minute(m: i64) -> Moment {
        Utc.timestamp_opt(m * 60, 0).unwrap()
    }

    fn set(pairs: &[(i64, i64)]) -> SpanSet {
        pairs
            .iter()
            .filter_map(|&(a, b)| Span::new(minute(a), minute(b)))
            .collect()
    }

    proptest! {
        #[test]
        fn subtract_union_and_intersect_agree_with_a_minute_grid(
            a in proptest::collection::vec((0i64..60, 0i64..60), 0..8),
            b in proptest::collection::vec((0i64..60, 0i64..60), 0..8),
        ) {
            let (x, y) = (set(&a), set(&b));
            let within = |pairs: &[(i64, i64)], m: i64| pairs.iter().any(|&(s, e)| s <= m && m < e);
            for m in 0..60 {
                let (in_a, in_b) = (within(&a, m), within(&b, m));
                prop_assert_eq!(x.subtract(&y).contains(minute(m)), in_a && !in_b);
                prop_assert_eq!(x.union(&y).contains(minute(m)), in_a || in_b);
                prop_assert_eq!(x.intersect(&y).contains(minute(m)), in_a && in_b);
            }
            for pair in x.union(&y).spans().windows(2) {
                prop_assert!(pair[0].end() < pair[1].start(), "canonical: {:?}", pair);
            }
        }
    }
}
