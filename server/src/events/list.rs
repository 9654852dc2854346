//! The queries of the lists of events: orders and filters.

use chrono::NaiveDate;

use super::model::{EventStatus, STATUSES, status_from_slug, status_slug};
use crate::{
    http::Lang,
    list::{Filter, Query, SortOrder},
    programme::Programme,
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
