//! The list of the registrations for an event, and its files.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{EventHead, Words, ages, name, state, state_note, url_of};
use crate::{
    events::{Event, views::title},
    http::{
        Lang,
        address::{self, Address as _},
        theme::Theme,
        visit::{Section, View},
    },
    list::{Button, FoundRows, ListCell, ListRow, ListView, Sheet, Tone, Value},
    registrations::{
        Needs, Registration,
        organise::{
            list::{RegistrationOrder, RegistrationsQuery, filters, origin_slug},
            service::{Listed, can_change},
        },
    },
};

/// `/organise/events/{event}/registrations`.
#[derive(Debug, Serialize)]
pub(crate) struct RegistrationsPage {
    event: EventHead,
    list: ListView,
    can_add: bool,
}

const COLUMNS: [(&str, Option<RegistrationOrder>); 6] = [
    ("registration-name", Some(RegistrationOrder::Name)),
    (
        "registrations-organisation",
        Some(RegistrationOrder::Organisation),
    ),
    ("registrations-state", None),
    ("registrations-requests", None),
    ("registrations-origin", None),
    ("registrations-made", Some(RegistrationOrder::Made)),
];

impl RegistrationsPage {
    /// The registrations that match a query; `error` is the message about a selection that was sent.
    #[must_use]
    pub(in crate::registrations::organise) fn new(
        words: Words<'_>,
        (event, now): (&Event, DateTime<Utc>),
        query: &RegistrationsQuery,
        found: FoundRows<Listed>,
        error: Option<&str>,
    ) -> Self {
        let (theme, lang) = words;
        let id = event.row.id;
        let path = address::EventRegistrations { event: id }.url(lang);
        let list = &query.list;
        let button = |value: &'static str| Button {
            name: "do",
            value,
            text: theme.text(lang, &format!("registrations-{value}-selected")),
            full_text: String::new(),
        };
        let rows = found.map(|listed| row(words, &listed));
        let (filters, file) = (filters(), |ending: &str| {
            let ending = ending.to_owned();
            address::EventRegistrationsFile { event: id, ending }.url(lang)
        });
        let mut view = ListView::new(words, "registrations", path.clone(), list, &filters, rows)
            .words(words, "registrations-caption", "registrations-search")
            .empty(words, "registrations-empty")
            .columns(words, list, &COLUMNS)
            .exports(
                words,
                list,
                |format| file(format.ending()),
                "registrations-export-note",
            );
        let can_add = can_change(event, now);
        if can_add {
            let buttons = ["confirm", "resend", "cancel"].map(button).into();
            view = view.bulk(list, path, buttons);
        }
        Self {
            event: EventHead::new(words, event),
            list: view.error(words, error),
            can_add,
        }
    }
}

fn row(words: Words<'_>, listed: &Listed) -> ListRow {
    let (theme, lang) = words;
    let row = &listed.row;
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let organisation = listed.organisation.as_ref();
    let organisation = organisation.map_or("–", |organisation| organisation.name.as_str());
    let (tone, state) = state(words, row.state);
    let note = state_note(words, row, listed.queue_place);
    let origin = format!("registrations-origin-{}", origin_slug(row.origin));
    ListRow::new(
        row.id,
        [
            ListCell::link(name(words, row), url_of(lang, row))
                .with_note(some(&crate::mail::readable(&row.email))),
            ListCell::text(organisation).with_note(some(&row.role)),
            ListCell::text(note.unwrap_or_default()).with_tag(tone, state),
            kinds(words, &listed.needs),
            ListCell::text(theme.text(lang, &origin)),
            ListCell::text(lang.date_time(row.created_at)),
        ],
    )
}

/// What somebody asked for, by kind, without its words.
fn kinds((theme, lang): Words<'_>, needs: &Needs) -> ListCell {
    let kinds = [
        (!needs.children.is_empty(), "registrations-asks-children"),
        (!needs.access.is_empty(), "registrations-asks-access"),
        (needs.interpreter, "registrations-asks-interpreter"),
        (!needs.diet.is_empty(), "registrations-asks-diet"),
    ];
    let asked = kinds.into_iter().filter(|(is_asked, _)| *is_asked);
    let cell = asked.fold(ListCell::default(), |cell, (_, key)| {
        cell.with_tag(Tone::Plain, theme.text(lang, key))
    });
    if needs.is_empty() {
        ListCell::text("–")
    } else {
        cell
    }
}

/// Registrations as a spreadsheet, without what people asked for.
#[must_use]
pub(in crate::registrations::organise) fn registrations_sheet(
    words: Words<'_>,
    event: &Event,
    rows: Vec<Listed>,
) -> Sheet {
    let (theme, lang) = words;
    let columns = [
        "registrations-number",
        "given-name-label",
        "family-name-label",
        "email-label",
        "registrations-organisation",
        "registration-role",
        "registrations-state",
        "registrations-queue",
        "registrations-origin",
        "registrations-made",
        "registrations-locale",
    ];
    let columns = columns.map(|key| theme.text(lang, key));
    let mut sheet = Sheet::new(title(words, event), columns);
    for listed in rows {
        let row = listed.row;
        let origin = format!("registrations-origin-{}", origin_slug(row.origin));
        let queue = listed
            .queue_place
            .map_or_else(|| Value::from(""), |place| Value::Number(place.into()));
        sheet.row([
            Value::Number(row.number.into()),
            row.given_name.into(),
            row.family_name.into(),
            crate::mail::readable(&row.email).into(),
            listed
                .organisation
                .map_or_else(String::new, |organisation| organisation.name)
                .into(),
            row.role.into(),
            state(words, row.state).1.into(),
            queue,
            theme.text(lang, &origin).into(),
            lang.date_time(row.created_at).into(),
            row.locale.into(),
        ]);
    }
    sheet
}

/// What people asked for as a spreadsheet, each with the number of the registration and nothing else that tells who.
#[must_use]
pub(in crate::registrations::organise) fn requests_sheet(
    words: Words<'_>,
    event: &Event,
    rows: Vec<(Registration, Needs)>,
) -> Sheet {
    let (theme, lang) = words;
    let columns = [
        "registrations-number",
        "registrations-state",
        "registrations-ages",
        "needs-access",
        "registrations-asks-interpreter",
        "registrations-asks-diet",
    ];
    let columns = columns.map(|key| theme.text(lang, key));
    let mut sheet = Sheet::new(title(words, event), columns);
    for (row, needs) in rows {
        let interpreter = if needs.interpreter {
            theme.text(lang, "answer-yes")
        } else {
            String::new()
        };
        sheet.row([
            Value::Number(row.number.into()),
            state(words, row.state).1.into(),
            ages(&needs).into(),
            needs.access.into(),
            interpreter.into(),
            needs.diet.into(),
        ]);
    }
    sheet
}

impl View for RegistrationsPage {
    const TEMPLATE: &'static str = "pages/organise-registrations.html";
    const SECTION: Section = Section::Organise;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        let args = [("event", self.event.title.clone().into())];
        theme.text_with(lang, "registrations-title", &args)
    }

    fn address(&self) -> Option<String> {
        self.list.address()
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use crate::{
            organisations::{OrganisationStatus, views::sample_organisation},
            registrations::{RegistrationState, model::ACTIVE},
        };

        let event = crate::events::sample();
        let listed = |state| Listed {
            row: super::sample_row(state),
            organisation: Some(sample_organisation(OrganisationStatus::Approved)),
            needs: super::sample_needs(),
            queue_place: (state == RegistrationState::Waiting).then_some(2),
        };
        let mut erased = listed(RegistrationState::Cancelled);
        erased.row.given_name = String::new();
        erased.row.family_name = String::new();
        erased.row.email = String::new();
        erased.organisation = None;
        erased.needs = Needs::default();
        let some = FoundRows {
            rows: ACTIVE.map(listed).into_iter().chain([erased]).collect(),
            total: 121,
            page: 2,
        };
        let none = FoundRows {
            rows: Vec::new(),
            total: 0,
            page: 1,
        };
        let page = |query: &str, found: &FoundRows<Listed>, is_over: bool, error| {
            let row = &event.row;
            let now = if is_over { row.ends_at } else { row.created_at };
            let query = RegistrationsQuery::read(query);
            Self::new((theme, lang), (&event, now), &query, found.clone(), error)
        };
        let nothing = Some("list-nothing-selected");
        vec![
            page("q=anna&state=waiting&page=2", &some, false, None),
            page("sort=name&requests=yes", &some, false, nothing),
            page("", &some, true, None),
            page("", &none, false, None),
            page("origin=api", &none, true, None),
        ]
    }
}
