//! The people whom an indicator counts.

use serde::Serialize;

use super::{Link, fact_url, indicator_url, indicators::Figure, localized};
use crate::{
    http::{
        Lang,
        lang::sort_key,
        paging::Paging,
        theme::Theme,
        visit::{Section, View},
    },
    organisations::views::kind_label,
    programme::{
        config::Indicator,
        csv,
        forms::{HeadsQuery, Sorting},
        model::Count,
        service::CountedPerson,
    },
    source::SourceLabels,
    text::fold,
};

/// How many heads a page shows.
const PAGE_SIZE: usize = 50;

/// The page.
#[derive(Debug, Serialize)]
pub struct HeadsPage {
    indicator: Link,
    figure: Figure,
    search: String,
    sort: &'static str,
    order: &'static str,
    found_text: Option<String>,
    columns: Vec<Column>,
    rows: Vec<Row>,
    paging: Option<Paging>,
    waiting: Vec<Row>,
    waiting_text: Option<String>,
    csv_url: String,
}

#[derive(Debug, Serialize)]
struct Column {
    text: String,
    url: String,
    /// The value of `aria-sort`; absent when the table is ordered otherwise.
    sorted: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct Row {
    person: String,
    organisation: String,
    kind: String,
    date: String,
    proof: Link,
    /// The record itself, where an area shows it.
    source: Option<Link>,
}

impl HeadsPage {
    /// What the query asks for of the counted heads, and all waiting ones.
    #[must_use]
    pub fn new(
        (theme, sources): (&Theme, &SourceLabels),
        lang: Lang,
        indicator: &Indicator,
        count: &Count,
        (counted, waiting): (Vec<CountedPerson>, Vec<CountedPerson>),
        query: &HeadsQuery,
    ) -> Self {
        let all = counted.len();
        let found = select(counted, query);
        let last_page = found.len().div_ceil(PAGE_SIZE).max(1);
        let query = &HeadsQuery {
            page: query.page.min(last_page),
            ..query.clone()
        };
        let first = (query.page - 1) * PAGE_SIZE;
        let row = |head: &CountedPerson| Row::new((theme, sources), lang, head);
        let rows: Vec<Row> = found.iter().skip(first).take(PAGE_SIZE).map(row).collect();
        let address = |query: &HeadsQuery| address(&indicator_url(lang, &indicator.id), query);
        Self {
            indicator: Link::new(
                indicator_url(lang, &indicator.id),
                localized(&indicator.title, lang).unwrap_or_default(),
            ),
            figure: Figure::new(theme, lang, indicator, count),
            search: query.search.clone(),
            sort: query.sorting.slug(),
            order: query.order(),
            found_text: (!query.search.is_empty()).then(|| {
                let args = [("count", found.len().into()), ("all", all.into())];
                theme.text_with(lang, "heads-found", &args)
            }),
            columns: Sorting::ALL
                .into_iter()
                .map(|sorting| Column::new(theme, lang, sorting, query, address))
                .collect(),
            paging: (last_page > 1).then(|| {
                Paging::new(
                    theme,
                    lang,
                    &indicator_url(lang, &indicator.id),
                    &[
                        ("q", &query.search),
                        ("sort", query.sorting.slug()),
                        ("order", query.order()),
                    ],
                    query.page as u64,
                    PAGE_SIZE as u64,
                    found.len() as u64,
                )
            }),
            rows,
            waiting_text: (!waiting.is_empty()).then(|| {
                let args = [("count", waiting.len().into())];
                theme.text_with(lang, "indicator-waiting", &args)
            }),
            waiting: waiting.iter().map(row).collect(),
            csv_url: format!("{}/heads.csv", indicator_url(lang, &indicator.id)),
        }
    }
}

fn address(path: &str, query: &HeadsQuery) -> String {
    let query = query.query_string();
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{query}")
    }
}

/// The heads that the search finds, by name or organisation, in the order asked for.
fn select(heads: Vec<CountedPerson>, query: &HeadsQuery) -> Vec<CountedPerson> {
    let words = fold(&query.search);
    let mut found: Vec<CountedPerson> = heads
        .into_iter()
        .filter(|head| {
            let text = format!("{} {}", fold(&head.person()), fold(&head.organisation.name));
            words.split(' ').all(|word| text.contains(word))
        })
        .collect();
    // Heads come ordered by date, and sorting keeps the order of equals.
    match query.sorting {
        Sorting::Date => {}
        Sorting::Name => found
            .sort_by_cached_key(|head| (sort_key(&head.family_name), sort_key(&head.given_name))),
        Sorting::Organisation => {
            found.sort_by_cached_key(|head| sort_key(&head.organisation.name));
        }
    }
    if query.is_descending {
        found.reverse();
    }
    found
}

impl Column {
    fn new(
        theme: &Theme,
        lang: Lang,
        sorting: Sorting,
        query: &HeadsQuery,
        address: impl Fn(&HeadsQuery) -> String,
    ) -> Self {
        let is_sorted = query.sorting == sorting;
        Self {
            text: theme.text(lang, &format!("heads-column-{}", sorting.slug())),
            // A second click turns the order round.
            url: address(&HeadsQuery {
                sorting,
                is_descending: if is_sorted {
                    !query.is_descending
                } else {
                    sorting == Sorting::Date
                },
                page: 1,
                search: query.search.clone(),
            }),
            sorted: is_sorted.then_some(if query.is_descending {
                "descending"
            } else {
                "ascending"
            }),
        }
    }
}

impl Row {
    fn new((theme, sources): (&Theme, &SourceLabels), lang: Lang, head: &CountedPerson) -> Self {
        let fact = &head.fact;
        Self {
            person: head.person(),
            organisation: head.organisation.name.clone(),
            kind: kind_label(theme, lang, head.organisation.kind),
            date: lang.date(Lang::riga_date(fact.occurred_at)),
            proof: Link::new(
                fact_url(lang, &fact.indicator_id, fact.id),
                theme.text(lang, "heads-proof"),
            ),
            source: sources
                .link(theme, lang, &fact.source)
                .map(|link| Link::new(link.url, link.short_text)),
        }
    }
}

/// The same heads for a spreadsheet, counted first, then waiting: what a check of the figure needs
/// and no more of anybody.
#[must_use]
pub fn table(
    theme: &Theme,
    lang: Lang,
    counted: &[CountedPerson],
    waiting: &[CountedPerson],
) -> String {
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
    let mut table = csv::Table::new(&columns.each_ref().map(String::as_str));
    for (heads, state) in [
        (counted, text("heads-state-counted")),
        (waiting, text("heads-state-waiting")),
    ] {
        for head in heads {
            table.row(&[
                &head.person(),
                &head.organisation.name,
                &kind_label(theme, lang, head.organisation.kind),
                &Lang::riga_date(head.fact.occurred_at).to_string(),
                &state,
                &head.fact.id.to_string(),
            ]);
        }
    }
    table.finish()
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
        let query = |search: &str, page| HeadsQuery {
            search: search.to_owned(),
            sorting: Sorting::Name,
            is_descending: false,
            page,
        };
        sample::indicators(&programme)
            .flat_map(|indicator| {
                let page = |counted, waiting, query| {
                    let count = Count {
                        counted: sample::facts(counted),
                        waiting: sample::facts(waiting),
                        counted_elsewhere: 0,
                    };
                    let heads = (sample::heads(counted), sample::heads(waiting));
                    Self::new(
                        (theme, &sample::labels()),
                        lang,
                        indicator,
                        &count,
                        heads,
                        &query,
                    )
                };
                [
                    page(0, 0, query("", 1)),
                    page(120, 2, query("", 2)),
                    page(5, 0, query("nobody", 1)),
                ]
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{super::sample, *};

    fn found(search: &str, sorting: Sorting, is_descending: bool) -> Vec<String> {
        let names = [("Žanis", "Ozols"), ("Ēriks", "Šķēle"), ("Anna", "Stūre")];
        let heads = names
            .iter()
            .zip(sample::heads(3))
            .map(|((given, family), head)| CountedPerson {
                given_name: (*given).to_owned(),
                family_name: (*family).to_owned(),
                ..head
            })
            .collect();
        let query = HeadsQuery {
            search: search.to_owned(),
            sorting,
            is_descending,
            page: 1,
        };
        let heads = select(heads, &query);
        heads.into_iter().map(|head| head.family_name).collect()
    }

    #[test]
    fn finds_without_diacritics_and_by_organisation() {
        assert_eq!(found("skele eriks", Sorting::Date, false), ["Šķēle"]);
        assert_eq!(found("novada PAŠVALDĪBA", Sorting::Date, false).len(), 3);
        assert_eq!(found("nobody", Sorting::Date, false), [""; 0]);
    }

    #[test]
    fn orders_by_name_and_turns_round() {
        let by_name = ["Ozols", "Stūre", "Šķēle"];
        assert_eq!(found("", Sorting::Name, false), by_name);
        let by_date = ["Stūre", "Šķēle", "Ozols"];
        assert_eq!(found("", Sorting::Date, true), by_date);
    }
}
