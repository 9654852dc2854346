//! Calendar files of events (RFC 5545), for pages, feeds and invites in mails (RFC 5546).
//!
//! Times are written in UTC: no program can read them wrong where the clock is changed, and every one shows them in
//! the time of its place. Each session is an entry of its own (`VEVENT`) with a `UID` that never changes, and the
//! event's `SEQUENCE`, which rises with every change of time or place and once more when it is cancelled, so that a later
//! file replaces an earlier one.

use chrono::{DateTime, TimeDelta, Utc};
use icalendar::{Calendar, Component as _, EventLike as _, EventStatus as EntryStatus, Property};
use url::Url;
use uuid::Uuid;

use super::{
    model::{Event, EventStatus, Session},
    views::{lines, session_place, title},
};
use crate::http::{
    Lang,
    address::{self, Address as _},
    theme::Theme,
};
use crate::ids::{EventId, EventSessionId};

/// What a calendar file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarMethod {
    /// Events that anybody may add to a calendar.
    Publish,
    /// An invitation, or a change of one.
    Request,
    /// It is not held, or no longer for this person.
    Cancel,
}

impl CalendarMethod {
    /// As the file says it, and the `method` of a mail's part.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Publish => "PUBLISH",
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// Whom an invitation is for.
#[derive(Debug, Clone, Copy)]
pub struct Attendee<'a> {
    /// The id of what it comes from. It is part of the `UID`, so that whoever is invited once more after a cancellation
    /// gets a new entry, which no calendar takes for an old one.
    pub id: Uuid,
    /// The name.
    pub name: &'a str,
    /// The e-mail address.
    pub email: &'a str,
}

/// An event in the feed of somebody's own events.
#[derive(Debug, Clone)]
pub struct FeedEntry<'a> {
    /// The event.
    pub event: &'a Event,
    /// The id of what it comes from, as in [`Attendee::id`].
    pub id: Uuid,
    /// The path of the person's own page about it.
    pub page: String,
    /// Whether they have a place; else the entry is tentative, and takes up no time.
    pub is_certain: bool,
    /// The sessions whose link to join the person may see now.
    pub links: Vec<EventSessionId>,
}

/// From where a calendar file comes.
#[derive(Clone, Copy)]
pub struct CalendarSource<'a> {
    /// Messages.
    pub theme: &'a Theme,
    /// The language of the file.
    pub lang: Lang,
    /// The address that links start with, without a trailing slash.
    pub public_url: &'a str,
    /// The e-mail address of whoever organises events that name no own one.
    pub contact_email: Option<&'a str>,
    /// When it is made.
    pub now: DateTime<Utc>,
}

impl CalendarSource<'_> {
    /// The calendar file of one event: all of its sessions.
    #[must_use]
    pub fn event(
        &self,
        event: &Event,
        method: CalendarMethod,
        attendee: Option<Attendee<'_>>,
    ) -> String {
        self.sessions(event, &event.sessions, method, attendee)
    }

    /// The same of some sessions of an event: mail programs show only the first entry of an invitation, so that a mail
    /// has a file for each session; and those that an event no longer has are cancelled.
    #[must_use]
    pub fn sessions(
        &self,
        event: &Event,
        sessions: &[Session],
        method: CalendarMethod,
        attendee: Option<Attendee<'_>>,
    ) -> String {
        let mut calendar = self.calendar(method);
        for session in sessions {
            calendar.push(self.entry(event, session, method, attendee));
        }
        calendar.to_string()
    }

    /// The feed of several events, for programs that read it again and again.
    #[must_use]
    pub fn feed(&self, name: &str, events: &[Event]) -> String {
        let mut calendar = self.calendar(CalendarMethod::Publish);
        calendar.name(name);
        calendar.append_property(("REFRESH-INTERVAL;VALUE=DURATION", "PT4H"));
        for event in events {
            for session in &event.sessions {
                calendar.push(self.entry(event, session, CalendarMethod::Publish, None));
            }
        }
        calendar.to_string()
    }

    /// The feed of somebody's own events.
    #[must_use]
    pub fn own_feed(&self, name: &str, entries: &[FeedEntry<'_>]) -> String {
        let mut calendar = self.calendar(CalendarMethod::Publish);
        calendar.name(name);
        calendar.append_property(("REFRESH-INTERVAL;VALUE=DURATION", "PT1H"));
        let host = self.host();
        for own in entries {
            for session in &own.event.sessions {
                let mut entry = self.entry(own.event, session, CalendarMethod::Publish, None);
                let page = format!("{}{}", self.public_url, own.page);
                let id = uid(own.event.row.id, session, Some(own.id), &host);
                entry.uid(&id).url(&page);
                let about = entry.get_description().unwrap_or_default();
                let link = own
                    .links
                    .contains(&session.id)
                    .then_some(&session.remote_url);
                let about = [link.map(String::as_str), Some(about), Some(&page)];
                let about: Vec<&str> = about.into_iter().flatten().collect();
                let about = about.join("\n\n");
                entry.description(&about);
                if !own.is_certain && own.event.row.status != EventStatus::Cancelled {
                    entry.status(EntryStatus::Tentative);
                    entry.add_property("TRANSP", "TRANSPARENT");
                }
                calendar.push(entry.done());
            }
        }
        calendar.to_string()
    }

    fn calendar(&self, method: CalendarMethod) -> Calendar {
        let mut calendar = Calendar::empty();
        calendar
            .append_property(("VERSION", "2.0"))
            .append_property((
                "PRODID",
                format!("-//{}//iespeja//LV", self.host()).as_str(),
            ))
            .append_property(("CALSCALE", "GREGORIAN"))
            .append_property(("METHOD", method.as_str()));
        calendar
    }

    /// The name of the site's host, which makes ids unique in the world.
    fn host(&self) -> String {
        let url = Url::parse(self.public_url).ok();
        let host = url.and_then(|url| url.host_str().map(str::to_owned));
        host.unwrap_or_else(|| "localhost".to_owned())
    }

    fn entry(
        &self,
        event: &Event,
        session: &Session,
        method: CalendarMethod,
        attendee: Option<Attendee<'_>>,
    ) -> icalendar::Event {
        let (row, host, words) = (&event.row, self.host(), (self.theme, self.lang));
        let page = address::Event { event: row.id }.url(self.lang);
        let page = format!("{}{page}", self.public_url);
        let is_cancelled = method == CalendarMethod::Cancel || row.status == EventStatus::Cancelled;
        let about = lines(super::views::summary(self.lang, event)).join("\n\n");
        let about = [about.as_str(), &page];
        let about: Vec<&str> = about.into_iter().filter(|text| !text.is_empty()).collect();
        let mut entry = icalendar::Event::new();
        // What is cancelled comes after the last invitation of the same number.
        let is_withdrawn = method == CalendarMethod::Cancel;
        entry
            .uid(&uid(
                row.id,
                session,
                attendee.map(|attendee| attendee.id),
                &host,
            ))
            .sequence(row.sequence.unsigned_abs() + u32::from(is_withdrawn))
            .timestamp(self.now)
            .starts(session.starts_at)
            .ends(session.ends_at)
            .summary(&title(words, event))
            .description(&about.join("\n\n"))
            .location(&session_place(words, session))
            .url(&page)
            .status(if is_cancelled {
                EntryStatus::Cancelled
            } else {
                EntryStatus::Confirmed
            });
        let own = Some(row.contact_email.as_str()).filter(|email| !email.is_empty());
        if let Some(organiser) = own.or(self.contact_email) {
            let mut property = Property::new("ORGANIZER", format!("mailto:{organiser}"));
            let name = self.theme.text(self.lang, "site-name");
            property.add_parameter("CN", &parameter(&name));
            entry.append_property(property);
        }
        if let Some(attendee) = attendee {
            let mut property = Property::new("ATTENDEE", format!("mailto:{}", attendee.email));
            property
                .add_parameter("CN", &parameter(attendee.name))
                .add_parameter("ROLE", "REQ-PARTICIPANT")
                .add_parameter("PARTSTAT", "ACCEPTED")
                .add_parameter("RSVP", "FALSE");
            entry.append_property(property);
        }
        entry.done()
    }
}

/// The id of an entry, which never changes: of a session, or of somebody's invitation to it.
fn uid(event: EventId, session: &Session, invitation: Option<Uuid>, host: &str) -> String {
    match invitation {
        None => format!("event-{event}-{}@{host}", session.id),
        Some(id) => format!("registration-{id}-{}@{host}", session.id),
    }
}

/// A text as a parameter, in which quotation marks and control characters cannot be written.
fn parameter(text: &str) -> String {
    let plain = |c: &char| !c.is_control() && *c != '"';
    text.chars().filter(plain).collect()
}

/// For how long a feed may be kept by those between.
pub(super) const FEED_AGE: TimeDelta = TimeDelta::minutes(15);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::model::sample;

    fn source(theme: &Theme) -> CalendarSource<'_> {
        CalendarSource {
            theme,
            lang: Lang::Lv,
            public_url: "https://iespeja.test",
            contact_email: Some("palidziba@iespeja.test"),
            now: "2026-11-23T08:00:00Z".parse().unwrap(),
        }
    }

    /// The lines of a file, folded ones joined.
    fn unfolded(file: &str) -> Vec<String> {
        let joined = file.replace("\r\n ", "");
        joined.split("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn an_invitation_names_its_method_its_person_and_its_times_in_utc() {
        let theme = Theme::load().unwrap();
        let mut event = sample();
        event.row.title_lv = "Darbs, atpūta; un \\ mājas".to_owned();
        event.row.summary_lv = "Pirmā rinda\nOtrā rinda".to_owned();
        event.row.sequence = 3;
        let id = Uuid::from_u128(7);
        let attendee = Attendee {
            id,
            name: "Ieva \"Parauga\": x",
            email: "ieva@example.lv",
        };
        let method = CalendarMethod::Request;
        let file = source(&theme).event(&event, method, Some(attendee));
        let lines = unfolded(&file);
        let session = &event.sessions[0];
        for expected in [
            "METHOD:REQUEST".to_owned(),
            format!("UID:registration-{id}-{}@iespeja.test", session.id),
            "SEQUENCE:3".to_owned(),
            "DTSTAMP:20261123T080000Z".to_owned(),
            "DTSTART:20270210T080000Z".to_owned(),
            "DTEND:20270210T110000Z".to_owned(),
            "SUMMARY:Darbs\\, atpūta\\; un \\\\ mājas".to_owned(),
            "STATUS:CONFIRMED".to_owned(),
            "LOCATION:Paraugu iela 1\\, Rīga\\, 101".to_owned(),
        ] {
            assert!(lines.contains(&expected), "{expected}: {file}");
        }
        let attendee = lines.iter().find(|line| line.starts_with("ATTENDEE"));
        let attendee = attendee.unwrap();
        assert!(attendee.ends_with(":mailto:ieva@example.lv"), "{attendee}");
        assert!(attendee.contains("CN=\"Ieva Parauga: x\""), "{attendee}");
        // The link to join is for nobody but those registered, near the time.
        assert!(!file.contains("saite"));
        for line in file.split("\r\n") {
            assert!(line.len() <= 75, "{line}");
        }
    }

    #[test]
    fn a_cancelled_event_says_so_and_keeps_its_ids() {
        let theme = Theme::load().unwrap();
        let event = sample();
        let source = source(&theme);
        let uid = |file: &str| {
            let lines = unfolded(file);
            lines.into_iter().find(|line| line.starts_with("UID:"))
        };
        let before = source.event(&event, CalendarMethod::Request, None);
        let after = source.event(&event, CalendarMethod::Cancel, None);
        assert!(after.contains("METHOD:CANCEL") && after.contains("STATUS:CANCELLED"));
        assert!(before.contains("SEQUENCE:0") && after.contains("SEQUENCE:1"));
        assert_eq!(uid(&before), uid(&after));
    }
}
