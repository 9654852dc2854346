//! The events of an organiser.

use serde::Serialize;

use super::{Words, audience, days, form_of, kind_name, place, status, strand_name, times, title};
use crate::{
    events::{
        list::{OrganisedOrder, OrganisedQuery},
        model::{Strands, form_slug},
        service::Listed,
    },
    http::{
        Lang,
        address::{self, Address as _},
        theme::Theme,
        visit::{Section, View},
    },
    list::{Filter, FoundRows, ListCell, ListRow, ListView, Sheet, Value},
    programme::Programme,
};

/// `/organise`.
#[derive(Debug, Serialize)]
pub(crate) struct OrganisePage {
    list: ListView,
    /// Whether they were given no strand, so that they can make no event.
    has_no_strand: bool,
}

const COLUMNS: [(&str, Option<OrganisedOrder>); 6] = [
    ("event-title-label", Some(OrganisedOrder::Title)),
    ("event-days", Some(OrganisedOrder::Begins)),
    ("event-place", None),
    ("event-kind", None),
    ("event-places-taken", None),
    ("event-status", None),
];

impl OrganisePage {
    /// The events that match a query, of the strands on which somebody works.
    #[must_use]
    pub(crate) fn new(
        words: Words<'_>,
        programme: &Programme,
        (query, filters): (&OrganisedQuery, &[Filter]),
        found: FoundRows<Listed>,
        strands: &Strands,
    ) -> Self {
        let lang = words.1;
        let list = &query.list;
        let path = address::Organise.url(lang);
        let rows = found.map(|listed| row(words, programme, &listed));
        let view = ListView::new(words, "events", path, list, filters, rows)
            .words(words, "organise-title", "organise-search")
            .empty(words, "organise-empty")
            .columns(words, list, &COLUMNS)
            .exports(
                words,
                list,
                |format| {
                    let ending = format.ending().to_owned();
                    address::OrganisedFile { ending }.url(lang)
                },
                "list-export-note",
            );
        Self {
            list: view,
            has_no_strand: *strands == Strands::Some([].into()),
        }
    }
}

fn row(words: Words<'_>, programme: &Programme, listed: &Listed) -> ListRow {
    let (theme, lang) = words;
    let event = &listed.event;
    let (tone, status) = status(words, event.row.status);
    let taken = format!("{} / {}", listed.places.taken, event.row.capacity);
    let waiting = listed.places.waiting;
    let waiting = (waiting > 0).then(|| {
        let count = u32::try_from(waiting).unwrap_or(u32::MAX);
        theme.text_with(lang, "event-waiting-count", &[("count", count.into())])
    });
    let id = event.row.id;
    ListRow::new(
        id,
        [
            ListCell::link(
                title(words, event),
                address::OrganisedEvent { event: id }.url(lang),
            ),
            ListCell::text(days(lang, event)),
            ListCell::text(place(words, event)),
            ListCell::text(kind_name(programme, lang, &event.row.kind)),
            ListCell::text(taken).with_note(waiting),
            ListCell::default().with_tag(tone, status),
        ],
    )
}

/// An organiser's list as a spreadsheet.
#[must_use]
pub(crate) fn organised_sheet(words: Words<'_>, programme: &Programme, rows: Vec<Listed>) -> Sheet {
    let (theme, lang) = words;
    let columns = [
        "event-title-label",
        "event-first-day",
        "event-last-day",
        "event-times",
        "event-place",
        "event-form",
        "event-kind",
        "event-strand",
        "event-audience",
        "event-capacity",
        "event-places-taken",
        "event-waiting",
        "event-status",
    ];
    let mut sheet = Sheet::new(
        theme.text(lang, "organise-title"),
        columns.map(|key| theme.text(lang, key)),
    );
    let number = |count: u64| Value::Number(u32::try_from(count).unwrap_or(u32::MAX).into());
    for Listed { event, places } in rows {
        let hours: Vec<String> = event
            .sessions
            .iter()
            .map(|session| times(lang, session.starts_at, session.ends_at))
            .collect();
        let form = format!("event-form-{}", form_slug(form_of(&event)));
        sheet.row([
            title(words, &event).into(),
            Lang::riga_date(event.row.starts_at).into(),
            Lang::riga_date(event.row.ends_at).into(),
            hours.join(", ").into(),
            place(words, &event).into(),
            theme.text(lang, &form).into(),
            kind_name(programme, lang, &event.row.kind).into(),
            strand_name(programme, lang, &event.row.strand).into(),
            audience(words, event.row.audience).into(),
            Value::Number(event.row.capacity.into()),
            number(places.taken),
            number(places.waiting),
            status(words, event.row.status).1.into(),
        ]);
    }
    sheet
}

impl View for OrganisePage {
    const TEMPLATE: &'static str = "pages/organise.html";
    const SECTION: Section = Section::Organise;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "organise-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use crate::events::{EventStatus, Places, list::organised_filters, model::sample};

        let programme = super::sample_programme();
        let filters = organised_filters(&programme, lang, ["2027-02-01".parse().unwrap()]);
        let listed = |status, waiting| {
            let mut event = sample();
            event.row.status = status;
            if status == EventStatus::Draft {
                event.row.title_lv = String::new();
            }
            let places = Places { taken: 20, waiting };
            Listed { event, places }
        };
        let some = FoundRows {
            rows: vec![
                listed(EventStatus::Draft, 0),
                listed(EventStatus::Published, 3),
                listed(EventStatus::Cancelled, 0),
                listed(EventStatus::Finished, 0),
            ],
            total: 4,
            page: 1,
        };
        let none = FoundRows {
            rows: Vec::new(),
            total: 0,
            page: 1,
        };
        let page = |query: &str, found: &FoundRows<Listed>, strands: &Strands| {
            let query = OrganisedQuery::read(query, &filters);
            let found = found.clone();
            Self::new(
                (theme, lang),
                &programme,
                (&query, &filters),
                found,
                strands,
            )
        };
        vec![
            page(
                "q=disk&status=published&month=2027-02",
                &some,
                &Strands::All,
            ),
            page("sort=title", &none, &Strands::All),
            page("", &none, &Strands::Some([].into())),
            page("q=nekas", &none, &Strands::All),
        ]
    }
}
