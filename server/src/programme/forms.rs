//! What a manager asks of a list of heads. What is not understood is as if it were not asked.

use serde::Deserialize;

use crate::http::paging::{PageNumber, Search};

/// As it stands in an address.
#[derive(Debug, Default, Deserialize)]
pub struct RawQuery {
    #[serde(default)]
    q: Search,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    order: String,
    #[serde(default)]
    page: PageNumber,
}

/// By what heads are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sorting {
    /// When they began to count.
    #[default]
    Date,
    /// By family name.
    Name,
    /// By organisation.
    Organisation,
}

impl Sorting {
    /// All of them, in the order of the table's columns.
    pub const ALL: [Self; 3] = [Self::Name, Self::Organisation, Self::Date];

    /// Its word in addresses.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Name => "name",
            Self::Organisation => "organisation",
        }
    }
}

/// Which heads to show, in which order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadsQuery {
    /// What was typed into the search field.
    pub search: String,
    /// By what they are ordered.
    pub sorting: Sorting,
    /// The other way round.
    pub is_descending: bool,
    /// From 1.
    pub page: usize,
}

impl RawQuery {
    /// Without an order asked for, the newest come first.
    #[must_use]
    pub fn parse(self) -> HeadsQuery {
        let sorting = Sorting::ALL
            .into_iter()
            .find(|sorting| sorting.slug() == self.sort)
            .unwrap_or_default();
        HeadsQuery {
            search: self.q.as_str().to_owned(),
            sorting,
            is_descending: match self.order.as_str() {
                "asc" => false,
                "desc" => true,
                _ => sorting == Sorting::Date,
            },
            page: usize::try_from(self.page.get()).unwrap_or(usize::MAX),
        }
    }
}

impl HeadsQuery {
    /// The word for the direction in addresses.
    #[must_use]
    pub const fn order(&self) -> &'static str {
        if self.is_descending { "desc" } else { "asc" }
    }

    /// What follows the `?` of an address that asks for this; empty for the plain list.
    #[must_use]
    pub fn query_string(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if !self.search.is_empty() {
            query.append_pair("q", &self.search);
        }
        let is_plain = self.sorting == Sorting::Date && self.is_descending;
        if !is_plain {
            query.append_pair("sort", self.sorting.slug());
            query.append_pair("order", self.order());
        }
        if self.page > 1 {
            query.append_pair("page", &self.page.to_string());
        }
        query.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> HeadsQuery {
        serde_json::from_value::<RawQuery>(
            url::form_urlencoded::parse(query.as_bytes())
                .map(|(name, value)| (name.into_owned(), value.into()))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        )
        .unwrap()
        .parse()
    }

    #[test]
    fn an_address_leads_back_to_itself() {
        for query in ["", "q=b%C4%93rzi%C5%86%C5%A1", "sort=name&order=asc&page=3"] {
            assert_eq!(read(query).query_string(), query);
        }
    }

    #[test]
    fn nonsense_asks_for_nothing() {
        for query in ["sort=shoe", "page=0", "page=-1", "page=x", "order=up"] {
            assert_eq!(read(query).query_string(), "", "{query}");
        }
    }
}
