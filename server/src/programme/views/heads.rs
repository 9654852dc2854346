//! The people whom an indicator counts.

use serde::Serialize;

use super::{Link, fact_url, file_url, indicator_url, indicators::Figure, localized};
use crate::{
    http::{
        Lang,
        theme::Theme,
        visit::{Section, View},
    },
    list::{Cell, Found, ListView, Row, Sheet, Tone},
    organisations::views::kind_label,
    programme::{
        indicator::Indicator,
        list::{CountedOrder, CountedQuery, filters},
        model::{Count, CountedPerson},
    },
    source::SourceLabels,
};

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct HeadsPage {
    indicator: Link,
    figure: Figure,
    waiting_text: Option<String>,
    list: ListView,
}

impl HeadsPage {
    /// An indicator with its count, and the people that a query finds.
    #[must_use]
    pub(crate) fn new(
        (theme, sources): (&Theme, &SourceLabels),
        lang: Lang,
        indicator: &Indicator,
        count: &Count,
        query: &CountedQuery,
        found: Found<CountedPerson>,
    ) -> Self {
        let words = (theme, lang);
        let path = indicator_url(lang, &indicator.id);
        let list = &query.list;
        let rows = found.map(|person| row(words, sources, &person));
        let view = ListView::new(
            words,
            "people",
            path.clone(),
            list,
            &filters(indicator),
            rows,
        )
        .words(words, "heads-counted-title", "heads-search-label")
        .empty(words, "heads-none")
        .columns(
            words,
            list,
            &[
                ("heads-column-name", Some(CountedOrder::Name)),
                (
                    "heads-column-organisation",
                    Some(CountedOrder::Organisation),
                ),
                ("heads-column-kind", None),
                ("heads-column-date", Some(CountedOrder::Date)),
                ("heads-column-state", None),
                ("heads-column-proof", None),
            ],
        )
        .exports(
            words,
            list,
            |format| file_url(lang, &indicator.id, format),
            "heads-export-note",
        );
        Self {
            indicator: Link::new(path, localized(&indicator.title, lang).unwrap_or_default()),
            figure: Figure::new(theme, lang, indicator, count),
            waiting_text: (!count.waiting.is_empty()).then(|| {
                let args = [("count", count.waiting.len().into())];
                theme.text_with(lang, "indicator-waiting", &args)
            }),
            list: view,
        }
    }
}

fn row((theme, lang): (&Theme, Lang), sources: &SourceLabels, person: &CountedPerson) -> Row {
    let (tone, state) = if person.is_counted() {
        (Tone::Success, "heads-state-counted")
    } else {
        (Tone::Warning, "heads-state-waiting")
    };
    let (name, kind) = match &person.organisation {
        Some(of) => (of.name.clone(), kind_label(theme, lang, of.kind)),
        None => (theme.text(lang, "fact-organisation-unnamed"), String::new()),
    };
    Row::new(
        person.fact_id,
        [
            Cell::text(person.person()),
            Cell::text(name),
            Cell::text(kind),
            Cell::text(lang.date(Lang::riga_date(person.occurred_at))),
            Cell::default().with_tag(tone, theme.text(lang, state)),
            proof((theme, lang), sources, person),
        ],
    )
}

/// The links to the proof of a fact, and to the record itself, where an area shows it.
pub(super) fn proof(
    (theme, lang): (&Theme, Lang),
    sources: &SourceLabels,
    person: &CountedPerson,
) -> Cell {
    let proof = Cell::default().with_link(Link {
        url: fact_url(lang, &person.indicator_id, person.fact_id),
        text: theme.text(lang, "heads-proof"),
    });
    match sources.link(theme, lang, &person.source) {
        Some(link) => proof.with_link(Link {
            url: link.url,
            text: link.short_text,
        }),
        None => proof,
    }
}

/// People for a spreadsheet: what a check of the figure needs and no more of anybody.
#[must_use]
pub(crate) fn sheet(theme: &Theme, lang: Lang, title: String, people: &[CountedPerson]) -> Sheet {
    let text = |key: &str| theme.text(lang, key);
    let columns = [
        "heads-column-name",
        "heads-column-organisation",
        "heads-column-kind",
        "heads-column-date",
        "heads-column-state",
        "heads-column-proof",
    ]
    .map(text);
    let mut sheet = Sheet::new(title, columns);
    for person in people {
        let state = if person.is_counted() {
            "heads-state-counted"
        } else if person.organisation.is_some() {
            "heads-state-waiting"
        } else {
            "heads-state-unnamed"
        };
        let organisation = person.organisation.as_ref();
        sheet.row([
            person.person().into(),
            organisation
                .map_or_else(String::new, |of| of.name.clone())
                .into(),
            organisation
                .map_or_else(String::new, |of| kind_label(theme, lang, of.kind))
                .into(),
            Lang::riga_date(person.occurred_at).into(),
            text(state).into(),
            person.fact_id.to_string().into(),
        ]);
    }
    sheet
}

impl View for HeadsPage {
    const TEMPLATE: &'static str = "pages/manage-heads.html";
    const SECTION: Section = Section::Manage;

    fn title(&self, _: &Theme, _: Lang) -> String {
        self.indicator.text.clone()
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use super::sample;

        let programme = sample::programme();
        sample::indicators(&programme)
            .flat_map(|indicator| {
                let sample_of = |query: &str, counted, waiting, total| {
                    let count = Count {
                        counted: sample::facts(counted),
                        waiting: sample::facts(waiting),
                        counted_elsewhere: 0,
                    };
                    let found = Found {
                        rows: sample::people(total),
                        total: if total == 0 { 0 } else { counted + waiting },
                        page: 1,
                    };
                    let query = CountedQuery::read(query, indicator);
                    let theme = (theme, &sample::labels());
                    Self::new(theme, lang, indicator, &count, &query, found)
                };
                [
                    sample_of("", 0, 0, 0),
                    sample_of("sort=name&state=counted", 120, 2, 5),
                    sample_of("q=nobody", 5, 0, 0),
                ]
            })
            .collect()
    }
}
