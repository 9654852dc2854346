//! The people who have completed something but have not named an employer.

use serde::Serialize;

use super::{
    file_url,
    heads::{person_cell, proof},
    indicator_url,
};
use crate::{
    http::{
        Lang,
        theme::Theme,
        visit::{Section, View},
    },
    list::{FoundRows, ListCell, ListRow, ListView, Query},
    programme::{
        indicator::UNNAMED,
        list::{CountedOrder, filters_of_unnamed},
        model::CountedPerson,
    },
    source::SourceLabels,
};

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct UnnamedPage {
    list: ListView,
}

impl UnnamedPage {
    /// The people that match a query.
    #[must_use]
    pub(crate) fn new(
        (theme, sources): (&Theme, &SourceLabels),
        lang: Lang,
        query: &Query<CountedOrder>,
        found: FoundRows<CountedPerson>,
    ) -> Self {
        let words = (theme, lang);
        let rows = found.map(|person| {
            let date = lang.date(Lang::riga_date(person.occurred_at));
            let cells = [
                person_cell(words, &person),
                ListCell::text(date),
                proof(words, sources, &person),
            ];
            ListRow::new(person.fact_id, cells)
        });
        let view = ListView::new(
            words,
            "people",
            indicator_url(lang, UNNAMED),
            query,
            &filters_of_unnamed(),
            rows,
        )
        .words(words, "unnamed-caption", "unnamed-search")
        .empty(words, "unnamed-none")
        .columns(
            words,
            query,
            &[
                ("heads-column-name", Some(CountedOrder::Name)),
                ("heads-column-date", Some(CountedOrder::Date)),
                ("heads-column-proof", None),
            ],
        )
        .exports(
            words,
            query,
            |format| file_url(words.1, UNNAMED, format),
            "heads-export-note",
        );
        Self { list: view }
    }
}

impl View for UnnamedPage {
    const TEMPLATE: &'static str = "pages/manage-unnamed.html";
    const SECTION: Section = Section::Manage;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "unnamed-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use super::sample;

        let sample_of = |query: &str, total| {
            let rows = sample::people(total);
            let found = FoundRows {
                rows,
                total,
                page: 1,
            };
            let theme = (theme, &sample::labels());
            Self::new(
                theme,
                lang,
                &Query::read(query, &filters_of_unnamed()),
                found,
            )
        };
        vec![
            sample_of("", 3),
            sample_of("", 0),
            sample_of("q=nobody", 0),
            sample_of("name=mixed", 0),
        ]
    }
}
