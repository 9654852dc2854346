//! The query of a list, as given in the address.

use super::{found::Extent, paging::PageNumber};
use crate::{
    http::{Search, address::with_query},
    text::search_words,
};

/// An order in which a list can be sorted; the default applies unless another is requested.
pub trait SortOrder: Copy + Default + PartialEq + 'static {
    /// All orders of the list.
    const ALL: &'static [Self];

    /// Its value in addresses.
    fn slug(self) -> &'static str;

    /// Whether it is descending unless the other direction is requested.
    fn is_descending_first(self) -> bool {
        false
    }
}

/// A filter of a list: one of several values, or none.
#[derive(Debug, Clone)]
pub struct Filter {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) any: &'static str,
    pub(super) choices: Vec<FilterOption>,
    /// Whether the labels of the choices are keys of messages, and not the words themselves.
    pub(super) has_keys: bool,
}

/// A value of a [`Filter`].
#[derive(Debug, Clone)]
pub struct FilterOption {
    /// Its value in the address.
    pub value: String,
    /// The key of its label's message; the label itself for [`Filter::named`].
    pub label: String,
}

impl Filter {
    /// A filter with its name in addresses, the message keys of its label and of the option that selects
    /// everything, and its values, each with its message key.
    #[must_use]
    pub fn new(
        name: &'static str,
        label: &'static str,
        any: &'static str,
        choices: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let choices = choices
            .into_iter()
            .map(|(value, label)| FilterOption { value, label })
            .collect();
        Self {
            name,
            label,
            any,
            choices,
            has_keys: true,
        }
    }

    /// The same with values whose labels are no messages: names of records, months.
    #[must_use]
    pub fn named(
        name: &'static str,
        label: &'static str,
        any: &'static str,
        choices: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        Self {
            has_keys: false,
            ..Self::new(name, label, any, choices)
        }
    }
}

/// Which rows of a list, in which order, and which page of them.
///
/// Unknown parameters and values of an address are ignored, so that an old or mistyped address still shows
/// the list; the page shows which filters apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query<O> {
    search: Search,
    /// The active filters with their values.
    chosen: Vec<(&'static str, String)>,
    order: O,
    is_descending: bool,
    page: PageNumber,
}

impl<O: SortOrder> Query<O> {
    /// Reads the query string of an address. If a name occurs twice, the first counts.
    #[must_use]
    pub fn read(query: &str, filters: &[Filter]) -> Self {
        let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).collect();
        let value = |name: &str| {
            let found = pairs.iter().find(|(key, _)| key == name);
            found.map_or("", |(_, value)| value.as_ref())
        };
        let order = O::ALL
            .iter()
            .copied()
            .find(|order| order.slug() == value("sort"))
            .unwrap_or_default();
        let chosen = filters.iter().filter_map(|filter| {
            let asked = value(filter.name);
            let is_known = filter.choices.iter().any(|choice| choice.value == asked);
            is_known.then(|| (filter.name, asked.to_owned()))
        });
        Self {
            search: Search::new(value("q")),
            chosen: chosen.collect(),
            order,
            is_descending: match value("order") {
                "asc" => false,
                "desc" => true,
                _ => order.is_descending_first(),
            },
            page: PageNumber::read(value("page")),
        }
    }

    /// A query with a search text and the default order.
    #[must_use]
    pub fn searching(text: &str) -> Self {
        Self {
            search: Search::new(text),
            ..Self::read("", &[])
        }
    }

    /// The search text.
    #[must_use]
    pub fn search(&self) -> &str {
        self.search.as_str()
    }

    /// The folded words of the search, all of which must match: see [`search_words`].
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        search_words(self.search())
    }

    /// The value of a filter; `None` if it is not active.
    #[must_use]
    pub fn chosen(&self, filter: &str) -> Option<&str> {
        let found = self.chosen.iter().find(|(name, _)| *name == filter);
        found.map(|(_, value)| value.as_str())
    }

    /// Whether a search or a filter is active.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        !self.search().is_empty() || !self.chosen.is_empty()
    }

    /// The details for the audit log about an export of this query: the number of rows and the active
    /// filters, without the search text, which may be a person's name.
    #[must_use]
    pub fn export_note(&self, rows: u64) -> serde_json::Value {
        let filters: serde_json::Map<_, _> = self
            .chosen
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.as_str().into()))
            .collect();
        serde_json::json!({
            "rows": rows,
            "filters": filters,
            "is_searched": !self.search().is_empty(),
        })
    }

    /// The order.
    #[must_use]
    pub const fn order(&self) -> O {
        self.order
    }

    /// The direction of the order.
    #[must_use]
    pub const fn direction(&self) -> sea_orm::Order {
        if self.is_descending {
            sea_orm::Order::Desc
        } else {
            sea_orm::Order::Asc
        }
    }

    /// Whether the order is descending.
    #[must_use]
    pub const fn is_descending(&self) -> bool {
        self.is_descending
    }

    /// The requested page.
    #[must_use]
    pub const fn extent(&self) -> Extent {
        Extent::Page(self.page.get())
    }

    /// The same query from the first page, sorted by `order`; in the opposite direction if it is sorted by it
    /// already.
    #[must_use]
    pub(super) fn sorted_by(&self, order: O) -> Self {
        Self {
            order,
            is_descending: if self.order == order {
                !self.is_descending
            } else {
                order.is_descending_first()
            },
            page: PageNumber::default(),
            ..self.clone()
        }
    }

    /// The same query with another page.
    #[must_use]
    pub(super) fn at(&self, page: u64) -> Self {
        Self {
            page: PageNumber::new(page),
            ..self.clone()
        }
    }

    /// All rows in the same order.
    #[must_use]
    pub(super) fn unnarrowed(&self) -> Self {
        Self {
            search: Search::default(),
            chosen: Vec::new(),
            page: PageNumber::default(),
            ..self.clone()
        }
    }

    /// The parameters that differ from the defaults, without the page.
    pub(super) fn pairs(&self) -> Vec<(&'static str, &str)> {
        let mut pairs = Vec::new();
        if !self.search().is_empty() {
            pairs.push(("q", self.search()));
        }
        pairs.extend(
            self.chosen
                .iter()
                .map(|(name, value)| (*name, value.as_str())),
        );
        pairs.extend(self.order_pairs());
        pairs
    }

    /// The parameters of the order among [`Query::pairs`].
    pub(super) fn order_pairs(&self) -> Vec<(&'static str, &'static str)> {
        let is_first = self.is_descending == self.order.is_descending_first();
        let mut pairs = Vec::new();
        if self.order != O::default() {
            pairs.push(("sort", self.order.slug()));
        }
        if !is_first {
            pairs.push(("order", if self.is_descending { "desc" } else { "asc" }));
        }
        pairs
    }

    /// The query string of an address for this query; empty for the defaults.
    #[must_use]
    pub fn query_string(&self) -> String {
        let address = self.address("");
        address.strip_prefix('?').unwrap_or_default().to_owned()
    }

    /// The address below a path for this query.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        let page = self.page.get().to_string();
        let page = (self.page.get() > 1).then_some(("page", page.as_str()));
        with_query(path, self.pairs().into_iter().chain(page))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
    pub(in crate::list) enum By {
        #[default]
        Date,
        Name,
    }

    impl SortOrder for By {
        const ALL: &'static [Self] = &[Self::Date, Self::Name];

        fn slug(self) -> &'static str {
            match self {
                Self::Date => "date",
                Self::Name => "name",
            }
        }

        fn is_descending_first(self) -> bool {
            self == Self::Date
        }
    }

    pub(in crate::list) fn filters() -> Vec<Filter> {
        let choice = |value: &str| (value.to_owned(), format!("organisation-status-{value}"));
        vec![Filter::new(
            "status",
            "register-status",
            "register-any-status",
            ["proposed", "approved"].map(choice),
        )]
    }

    fn read(query: &str) -> Query<By> {
        Query::read(query, &filters())
    }

    #[test]
    fn an_address_leads_back_to_itself() {
        for query in [
            "",
            "q=b%C4%93rzi%C5%86%C5%A1",
            "status=approved",
            "order=asc",
            "sort=name",
            "q=a&status=proposed&sort=name&order=desc&page=3",
        ] {
            assert_eq!(read(query).query_string(), query);
        }
    }

    #[test]
    fn unknown_parameters_are_ignored() {
        for query in [
            "sort=shoe",
            "page=0",
            "page=-1",
            "page=x",
            "order=up",
            "status=lost",
            "status=",
            "q=++",
            "utm_source=mail",
            "&&=&=",
        ] {
            assert_eq!(read(query).query_string(), "", "{query}");
            assert!(!read(query).is_narrowed(), "{query}");
        }
    }

    #[test]
    fn the_first_of_repeated_parameters_counts() {
        let query = read("q=a&q=b&status=approved&status=proposed");
        assert_eq!(query.search(), "a");
        assert_eq!(query.chosen("status"), Some("approved"));
    }

    #[test]
    fn sorting_again_reverses_the_order_and_starts_at_the_first_page() {
        let query = read("q=a&sort=name&page=3");
        assert_eq!(
            query.sorted_by(By::Name).query_string(),
            "q=a&sort=name&order=desc"
        );
        assert_eq!(query.sorted_by(By::Date).query_string(), "q=a");
        assert_eq!(query.unnarrowed().query_string(), "sort=name");
        assert_eq!(query.at(2).query_string(), "q=a&sort=name&page=2");
    }
}
