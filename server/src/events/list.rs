//! The queries of the lists of events: orders and filters.

use chrono::NaiveDate;

use super::model::{
    EventStatus, Form, STATUSES, form_from_slug, form_slug, status_from_slug, status_slug,
};
use crate::{
    http::Lang,
    list::{Filter, Query, SortOrder},
    programme::{AUDIENCES, EventAudience, Programme, audience_from_slug, audience_slug},
};

/// By which column an organiser's events are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum OrganisedOrder {
    /// When they begin.
    #[default]
    Begins,
    /// The title in Latvian.
    Title,
}

impl SortOrder for OrganisedOrder {
    const ALL: &'static [Self] = &[Self::Begins, Self::Title];

    fn slug(self) -> &'static str {
        match self {
            Self::Begins => "begins",
            Self::Title => "title",
        }
    }

    fn is_descending_first(self) -> bool {
        self == Self::Begins
    }
}

/// Whether an event is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// It has not ended.
    Coming,
    /// It has ended.
    Past,
}

/// Which of an organiser's events are listed, in which order.
#[derive(Debug, Clone)]
pub(crate) struct OrganisedQuery {
    /// Search, order, filters and page, as given in the address.
    pub list: Query<OrganisedOrder>,
    /// Only those of this status.
    pub status: Option<EventStatus>,
    /// Only those that begin in the month of this day.
    pub month: Option<NaiveDate>,
    /// Only those that are over, or are not.
    pub when: Option<When>,
}

impl OrganisedQuery {
    /// Reads the query string of an address.
    #[must_use]
    pub(crate) fn read(query: &str, filters: &[Filter]) -> Self {
        let list = Query::read(query, filters);
        Self {
            status: list.chosen("status").and_then(status_from_slug),
            month: list.chosen("month").and_then(month),
            when: match list.chosen("when") {
                Some("coming") => Some(When::Coming),
                Some("past") => Some(When::Past),
                _ => None,
            },
            list,
        }
    }
}

/// The order of the public list: the next one first, of past ones the last one first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum AnnouncedOrder {
    /// When they begin.
    #[default]
    Begins,
}

impl SortOrder for AnnouncedOrder {
    const ALL: &'static [Self] = &[Self::Begins];

    fn slug(self) -> &'static str {
        "begins"
    }
}

/// Which of the announced events are listed.
#[derive(Debug, Clone)]
pub(crate) struct AnnouncedQuery {
    /// Search, filters and page, as given in the address.
    pub list: Query<AnnouncedOrder>,
    /// Only those to which one can come like this.
    pub form: Option<Form>,
    /// Only those for these people, or for everyone.
    pub audience: Option<EventAudience>,
    /// Only those that begin in the month of this day.
    pub month: Option<NaiveDate>,
    /// Only those with a free place.
    pub has_free: bool,
    /// Those that are over, in place of those to come.
    pub is_past: bool,
}

impl AnnouncedQuery {
    /// Reads the query string of an address.
    #[must_use]
    pub(crate) fn read(query: &str, filters: &[Filter]) -> Self {
        let list = Query::read(query, filters);
        Self {
            form: list.chosen("form").and_then(form_from_slug),
            audience: list.chosen("audience").and_then(audience_from_slug),
            month: list.chosen("month").and_then(month),
            has_free: list.chosen("free").is_some(),
            is_past: list.chosen("when") == Some("past"),
            list,
        }
    }
}

/// The filters of the public list, with the cities and months to choose from.
#[must_use]
pub(super) fn announced_filters(
    programme: &Programme,
    lang: Lang,
    cities: impl IntoIterator<Item = String>,
    months: impl IntoIterator<Item = NaiveDate>,
) -> Vec<Filter> {
    let choice =
        |of: &'static str| move |slug: &str| (slug.to_owned(), format!("event-{of}-{slug}"));
    let cities = cities.into_iter().map(|city| (city.clone(), city));
    vec![
        Filter::named("city", "event-city", "events-any", cities),
        Filter::new(
            "form",
            "event-form",
            "events-any",
            [Form::InPerson, Form::Remote]
                .map(form_slug)
                .map(choice("form")),
        ),
        Filter::named("kind", "event-kind", "events-any", kinds(programme, lang)),
        Filter::new(
            "audience",
            "event-audience",
            "events-any",
            AUDIENCES.map(audience_slug).map(choice("audience")),
        ),
        Filter::named(
            "month",
            "event-month",
            "events-any",
            month_choices(lang, months),
        ),
        Filter::new(
            "free",
            "events-free",
            "events-any",
            ["yes"].map(choice("free")),
        ),
        Filter::new(
            "when",
            "organise-when",
            "events-coming",
            ["past"].map(choice("when")),
        ),
    ]
}

/// The first day of a month as an address says it: `2027-02`.
fn month(text: &str) -> Option<NaiveDate> {
    format!("{text}-01").parse().ok()
}

/// The filters of an organiser's list; `months` are the first days of the months to choose from.
#[must_use]
pub(super) fn organised_filters(
    programme: &Programme,
    lang: Lang,
    months: impl IntoIterator<Item = NaiveDate>,
) -> Vec<Filter> {
    let choice =
        |of: &'static str| move |slug: &str| (slug.to_owned(), format!("event-{of}-{slug}"));
    vec![
        Filter::new(
            "when",
            "organise-when",
            "organise-any-when",
            ["coming", "past"].map(choice("when")),
        ),
        Filter::new(
            "status",
            "event-status",
            "organise-any-status",
            STATUSES.map(status_slug).map(choice("status")),
        ),
        Filter::named(
            "kind",
            "event-kind",
            "organise-any-kind",
            kinds(programme, lang),
        ),
        Filter::named(
            "strand",
            "event-strand",
            "organise-any-strand",
            programme
                .strands
                .iter()
                .map(|strand| (strand.id.clone(), strand.name(lang).to_owned())),
        ),
        Filter::named(
            "month",
            "event-month",
            "organise-any-month",
            month_choices(lang, months),
        ),
    ]
}

/// The kinds of events, with their names.
pub(super) fn kinds(
    programme: &Programme,
    lang: Lang,
) -> impl Iterator<Item = (String, String)> + '_ {
    let kinds = programme.event_kinds.iter();
    kinds.map(move |kind| (kind.id.clone(), kind.name(lang).to_owned()))
}

/// Months as values of addresses, with their names.
pub(super) fn month_choices(
    lang: Lang,
    months: impl IntoIterator<Item = NaiveDate>,
) -> Vec<(String, String)> {
    let months = months.into_iter();
    months
        .map(|first| (first.format("%Y-%m").to_string(), lang.month(first)))
        .collect()
}
