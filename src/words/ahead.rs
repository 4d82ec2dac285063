//! Moments seen from the moment they are read: 今晚 20:30, 6 小时后.

use chrono::Timelike;

use super::{Lang, when};
use crate::time::{Moment, TimeDelta, Zone};

/// `今晚 20:30`, `明早 08:30`, `10月5日 08:30`.
#[must_use]
pub fn near(moment: Moment, now: Moment, zone: Zone, lang: Lang) -> String {
    let civil = zone.civil(moment);
    let day = near_day(moment, now, zone, lang)
        .map_or_else(|| when::date(civil.date(), lang), str::to_owned);
    format!("{day} {}", when::clock(civil))
}

/// `今晚`, `明天凌晨`, `明早`; `None` for what is neither of today nor of tomorrow.
#[must_use]
pub fn near_day(moment: Moment, now: Moment, zone: Zone, lang: Lang) -> Option<&'static str> {
    let civil = zone.civil(moment);
    let days = (civil.date() - zone.date(now)).num_days();
    let day = match (days, civil.hour(), lang) {
        (0, 18.., Lang::Zh) => "今晚",
        (0, _, Lang::Zh) => "今天",
        // Midnight and after is nobody's morning.
        (1, 0..5, Lang::Zh) => "明天凌晨",
        (1, 5..12, Lang::Zh) => "明早",
        (1, 18.., Lang::Zh) => "明晚",
        (1, _, Lang::Zh) => "明天",
        (0, 18.., Lang::En) => "tonight",
        (0, _, Lang::En) => "today",
        (1, _, Lang::En) => "tomorrow",
        _ => return None,
    };
    Some(day)
}

/// How far ahead, roughly: `6 小时`, `3 天`.
#[must_use]
pub fn about(ahead: TimeDelta, lang: Lang) -> String {
    let minutes = ahead.num_minutes();
    if minutes >= 48 * 60 {
        let days = minutes / (24 * 60);
        return match lang {
            Lang::Zh => format!("{days} 天"),
            Lang::En => format!("{days} days"),
        };
    }
    if minutes >= 120 {
        let hours = (minutes + 30) / 60;
        return match lang {
            Lang::Zh => format!("{hours} 小时"),
            Lang::En => format!("{hours} h"),
        };
    }
    when::length(TimeDelta::minutes(minutes.max(1)), lang)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::sample::at;

    #[test]
    fn a_near_moment_is_named_as_people_name_it() {
        let now = at("10-03T14:32");
        let said = |moment| near(at(moment), now, Zone::default(), Lang::Zh);
        assert_eq!(said("10-03T20:30"), "今晚 20:30");
        assert_eq!(said("10-04T00:00"), "明天凌晨 00:00");
        assert_eq!(said("10-04T08:30"), "明早 08:30");
        assert_eq!(said("10-04T20:30"), "明晚 20:30");
        assert_eq!(said("10-05T08:30"), "10月5日 08:30");
    }
}
