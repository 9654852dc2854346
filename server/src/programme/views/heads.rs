//! The people whom an indicator counts.

use serde::Serialize;

use super::{TextLink, fact_url, file_url, indicator_url, indicators::Figure, localized};
use crate::{
    http::{
        Lang,
        theme::Theme,
        visit::{Section, View},
    },
    list::{FoundRows, ListCell, ListRow, ListView, Sheet, Tone},
    organisations::views::kind_label,
    people,
    programme::{
        indicator::Indicator,
        list::{CountedOrder, CountedQuery, filters},
        model::{Count, CountedPerson},
        pace::Calendar,
    },
    source::SourceLabels,
};

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct CountedPeoplePage {
    indicator: TextLink,
    figure: Figure,
    waiting_text: Option<String>,
    list: ListView,
}

impl CountedPeoplePage {
    /// An indicator with its count, and the people that match a query.
    #[must_use]
    pub(crate) fn new(
        (theme, sources): (&Theme, &SourceLabels),
        lang: Lang,
        (indicator, calendar): (&Indicator, Calendar),
        count: &Count,
        query: &CountedQuery,
        found: FoundRows<CountedPerson>,
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
            indicator: TextLink::new(path, localized(&indicator.title, lang).unwrap_or_default()),
            figure: Figure::new(theme, lang, indicator, count, calendar),
            waiting_text: (!count.waiting.is_empty()).then(|| {
                let args = [("count", count.waiting.len().into())];
                theme.text_with(lang, "indicator-waiting", &args)
            }),
            list: view,
        }
    }
}

fn row((theme, lang): (&Theme, Lang), sources: &SourceLabels, person: &CountedPerson) -> ListRow {
    let (tone, state) = if person.is_counted() {
        (Tone::Success, "heads-state-counted")
    } else {
        (Tone::Warning, "heads-state-waiting")
    };
    let (name, kind) = match &person.organisation {
        Some(of) => (of.name.clone(), kind_label(theme, lang, of.kind)),
        None => (theme.text(lang, "fact-organisation-unnamed"), String::new()),
    };
    ListRow::new(
        person.fact_id,
        [
            person_cell((theme, lang), person),
            ListCell::text(name),
            ListCell::text(kind),
            ListCell::text(lang.date(Lang::riga_date(person.occurred_at))),
            ListCell::default().with_tag(tone, theme.text(lang, state)),
            proof((theme, lang), sources, person),
        ],
    )
}

/// The name of a person, marked if it has letters of several alphabets.
pub(super) fn person_cell(words: (&Theme, Lang), person: &CountedPerson) -> ListCell {
    let name = person.person();
    people::marked_name(words, ListCell::text(name.clone()), &name)
}

/// The links to the evidence of a fact, and to the record's page if its area has one.
pub(super) fn proof(
    (theme, lang): (&Theme, Lang),
    sources: &SourceLabels,
    person: &CountedPerson,
) -> ListCell {
    let proof = ListCell::default().with_link(TextLink {
        url: fact_url(lang, &person.indicator_id, person.fact_id),
        text: theme.text(lang, "heads-proof"),
    });
    match sources.link(theme, lang, &person.source) {
        Some(link) => proof.with_link(TextLink {
            url: link.url,
            text: link.short_text,
        }),
        None => proof,
    }
}

/// The people as a spreadsheet: no more personal data than a check of the figure needs.
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

impl View for CountedPeoplePage {
    const TEMPLATE: &'static str = "pages/manage-heads.html";
    const SECTION: Section = Section::Manage;

    fn title(&self, _: &Theme, _: Lang) -> String {
        self.indicator.text.clone()
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use super::sample;

        let programme = sample::programme();
        let calendar = sample::calendar(&programme);
        sample::indicators(&programme)
            .flat_map(|indicator| {
                let sample_of = |query: &str, counted, waiting, total| {
                    let count = Count {
                        counted: sample::facts(counted),
                        waiting: sample::facts(waiting),
                        counted_elsewhere: 0,
                    };
                    let found = FoundRows {
                        rows: sample::people(total),
                        total: if total == 0 { 0 } else { counted + waiting },
                        page: 1,
                    };
                    let query = CountedQuery::read(query, indicator);
                    let theme = (theme, &sample::labels());
                    let indicator = (indicator, calendar);
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
