//! The query of the list of mails and jobs: order and filters.

use crate::{
    jobs::{JobFilter, PHASES, Phase},
    list::{Filter, Query, SortOrder},
    mail,
    text::MOST_WORDS,
};

/// By which column jobs are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum JobOrder {
    /// When they were queued.
    #[default]
    Queued,
    /// When they are tried next.
    NextTry,
}

impl SortOrder for JobOrder {
    const ALL: &'static [Self] = &[Self::Queued, Self::NextTry];

    fn slug(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::NextTry => "next",
        }
    }

    fn is_descending_first(self) -> bool {
        true
    }
}

/// Which jobs are listed, in which order.
#[derive(Debug, Clone)]
pub(crate) struct JobsQuery {
    /// Search, order and page, as given in the address.
    pub list: Query<JobOrder>,
    /// The same for the queue.
    pub filter: JobFilter,
}

impl JobsQuery {
    /// Reads the query string of an address, where there are these kinds of jobs.
    #[must_use]
    pub(crate) fn read(query: &str, kinds: &[&str]) -> Self {
        let list: Query<JobOrder> = Query::read(query, &filters(kinds));
        let words = list.search().split_whitespace().take(MOST_WORDS);
        Self {
            filter: JobFilter {
                words: words
                    .map(|word| mail::as_stored(&word.to_lowercase()))
                    .collect(),
                phase: list.chosen("state").and_then(phase_from_slug),
                kind: list.chosen("kind").map(str::to_owned),
                is_by_next_try: list.order() == JobOrder::NextTry,
                is_descending: list.is_descending(),
            },
            list,
        }
    }
}

/// The slug of a phase in addresses and messages (`job-state-…`).
#[must_use]
pub(super) const fn phase_slug(phase: Phase) -> &'static str {
    match phase {
        Phase::Due => "due",
        Phase::Later => "later",
        Phase::Done => "done",
        Phase::Dead => "dead",
        Phase::Dropped => "dropped",
    }
}

fn phase_from_slug(slug: &str) -> Option<Phase> {
    PHASES.into_iter().find(|phase| phase_slug(*phase) == slug)
}

/// The filters of the list.
#[must_use]
pub(super) fn filters(kinds: &[&str]) -> Vec<Filter> {
    let choice = |of: &'static str| move |slug: &str| (slug.to_owned(), format!("job-{of}-{slug}"));
    vec![
        Filter::new(
            "state",
            "job-state",
            "job-any-state",
            PHASES.map(phase_slug).map(choice("state")),
        ),
        Filter::new(
            "kind",
            "job-kind",
            "job-any-kind",
            kinds.iter().copied().map(choice("kind")),
        ),
    ]
}
