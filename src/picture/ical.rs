//! A calendar as telephones subscribe to it (iCalendar, RFC 5545 and 7986). Made of facts alone:
//! the same facts are the same bytes.

use icalendar::{
    Alarm, Calendar as File, Component, Event, EventLike, EventStatus, Parameter, Property,
};

use crate::decide::{Calendar, CalendarEntry, Lang, Whose};
use crate::time::{Moment, TimeDelta, Zone};
use crate::words::calendar::{description, summary, title};

/// How often a telephone should look again.
const REFRESH: &str = "PT1H";
/// How long before a shift the telephone rings.
const LEAD: TimeDelta = TimeDelta::hours(1);

/// The file's bytes. All times are instants in UTC, which no reader can take for another zone's;
/// `zone` is what the reader shows them in where it has none of its own.
#[must_use]
pub fn ical(calendar: &Calendar, zone: Zone, lang: Lang) -> String {
    let name = title(&calendar.whose, lang);
    let mut file = File::empty();
    let head = [
        ("VERSION", "2.0"),
        ("PRODID", "-//zaigang//duty roster//ZH"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("NAME", &name),
        ("X-WR-CALNAME", &name),
        ("X-WR-TIMEZONE", &zone.to_string()),
        ("X-PUBLISHED-TTL", REFRESH),
    ];
    for (key, value) in head {
        file.append_property(Property::new(key, value));
    }
    file.append_property(
        Property::new("REFRESH-INTERVAL", REFRESH)
            .append_parameter(Parameter::new("VALUE", "DURATION"))
            .done(),
    );
    for entry in &calendar.entries {
        file.push(event(entry, &calendar.whose, lang));
    }
    file.to_string()
}

fn event(entry: &CalendarEntry, whose: &Whose, lang: Lang) -> Event {
    let uid = format!("{}@zaigang", entry.uid);
    let summary = summary(entry, whose, lang);
    let mut event = Event::new();
    event
        .uid(&uid)
        .sequence(entry.sequence)
        .add_property("DTSTAMP", instant(entry.changed))
        .add_property("LAST-MODIFIED", instant(entry.changed))
        .add_property("DTSTART", instant(entry.span.start()))
        .add_property("DTEND", instant(entry.span.end()))
        .summary(&summary)
        .description(&description(entry, whose, lang))
        .location(&entry.unit)
        .status(EventStatus::Confirmed);
    // A unit's calendar hangs where everybody's shifts would ring.
    if let Whose::Person(_) = whose {
        let mut alarm = Alarm::display(&summary, -LEAD);
        alarm
            .uid(&format!("{uid}-alarm"))
            .add_property("DTSTAMP", instant(entry.changed));
        event.alarm(alarm);
    }
    event.done()
}

/// `20261003T003000Z`.
fn instant(moment: Moment) -> String {
    moment.format("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use calcard::icalendar::{ICalendar, ICalendarComponent, ICalendarProperty as Key};

    use super::*;
    use crate::duty::Member;
    use crate::roster::sample::{at, span};
    use crate::roster::{Presence, Role};

    fn whose() -> Whose {
        Whose::Person(Member {
            unit: "城关镇".into(),
            name: "王建国".into(),
            phone: None,
        })
    }

    fn entry(uid: &str, post: &str) -> CalendarEntry {
        CalendarEntry {
            uid: uid.into(),
            sequence: 3,
            changed: at("09-29T12:00"),
            unit: "城关镇".into(),
            post: post.into(),
            role: Role::DutyOfficer,
            presence: Presence::OnPost,
            span: span("10-03T20:30", "10-04T08:30"),
            people: vec!["王建国".into(), "赵敏".into()],
            duty_line: Some("0000-5550101".into()),
        }
    }

    fn file(whose: Whose, entries: Vec<CalendarEntry>, lang: Lang) -> String {
        ical(&Calendar { whose, entries }, Zone::default(), lang)
    }

    fn parsed(file: &str) -> ICalendar {
        ICalendar::parse(file).expect("another program reads it")
    }

    fn text<'a>(component: &'a ICalendarComponent, key: &Key) -> &'a str {
        let value = component.property(key).and_then(|p| p.values.first());
        value.and_then(|v| v.as_text()).unwrap_or_default()
    }

    fn events(file: &ICalendar) -> Vec<&ICalendarComponent> {
        let is_event = |c: &&ICalendarComponent| c.has_property(&Key::Dtstart);
        file.components.iter().filter(is_event).collect()
    }

    #[test]
    fn another_program_reads_what_was_written() {
        let file = file(whose(), vec![entry("a", "值班员")], Lang::Zh);
        let read = parsed(&file);
        let [event] = events(&read)[..] else {
            panic!("one event: {file}");
        };
        assert_eq!(text(event, &Key::Uid), "a@zaigang");
        assert_eq!(text(event, &Key::Summary), "值班：城关镇 值班员");
        assert_eq!(
            text(event, &Key::Description),
            "须在岗。\n同班：王建国、赵敏\n值班电话：0000-5550101"
        );
        let time = |key| {
            let value = event.property(key).and_then(|p| p.values.first());
            let moment = value.and_then(|v| v.as_partial_date_time());
            moment
                .and_then(calcard::common::PartialDateTime::to_date_time)
                .map(|m| m.date_time)
        };
        let utc = |moment: Moment| Some(moment.naive_utc());
        assert_eq!(time(&Key::Dtstart), utc(at("10-03T20:30")));
        assert_eq!(time(&Key::Dtend), utc(at("10-04T08:30")));
        assert_eq!(time(&Key::LastModified), utc(at("09-29T12:00")));
        let sequence = event
            .property(&Key::Sequence)
            .and_then(|p| p.values.first());
        assert_eq!(
            sequence.and_then(calcard::icalendar::ICalendarValue::as_integer),
            Some(3)
        );
        assert!(file.contains("DTSTART:20261003T123000Z\r\n"), "an instant");
        assert!(file.contains("REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n"));
        assert!(file.contains("X-PUBLISHED-TTL:PT1H\r\n"));
        assert!(file.contains("TRIGGER:-PT3600S\r\n"), "{file}");
    }

    #[test]
    fn whatever_a_roster_calls_things_the_file_holds_together() {
        let post = "值班,一;二\\三\n\"四\"：五 END:VEVENT 六七八九十六七八九十六七八九十六七八九十";
        let file = file(
            whose(),
            vec![entry("a", post), entry("b", "值班员")],
            Lang::Zh,
        );
        let read = parsed(&file);
        let events = events(&read);
        assert_eq!(events.len(), 2, "{file}");
        assert_eq!(
            text(events[0], &Key::Summary),
            format!("值班：城关镇 {post}")
        );
        for line in file.split("\r\n") {
            assert!(line.len() <= 75, "{} octets: {line}", line.len());
            assert!(!line.contains('\n'), "a bare line end: {line}");
        }
    }

    #[test]
    fn a_unit_s_calendar_says_who_and_does_not_ring() {
        let mut nobody = entry("b", "值班员");
        nobody.people.clear();
        let entries = vec![entry("a", "值班员"), nobody];
        let unit = Whose::Unit("城关镇".into());
        let zh = file(unit.clone(), entries.clone(), Lang::Zh);
        assert!(zh.contains("SUMMARY:值班员：王建国、赵敏\r\n"), "{zh}");
        assert!(zh.contains("SUMMARY:值班员：没人\r\n"), "{zh}");
        assert!(!zh.contains("VALARM"));
        let en = file(unit, entries, Lang::En);
        assert!(en.contains("SUMMARY:值班员: nobody\r\n"), "{en}");
        assert!(en.contains("NAME:城关镇: duty\r\n"), "{en}");
    }

    #[test]
    fn the_same_facts_are_the_same_bytes() {
        let made = || file(whose(), vec![entry("a", "值班员")], Lang::En);
        assert_eq!(made(), made());
    }
}
