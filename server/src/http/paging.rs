//! Long lists, a page at a time.

use serde::{Deserialize, Deserializer, Serialize};

use super::{
    Lang,
    theme::{Arg, Theme},
};

/// What somebody looks for, as an address or a form says it: without control characters, trimmed,
/// and no longer than anything that can be found. Of a longer one, its beginning; the page shows
/// what was looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search(String);

impl Search {
    /// The longest, in characters.
    pub const LONGEST: usize = 200;

    /// Reads it.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let plain = |c: char| if c.is_control() { ' ' } else { c };
        let text: String = text.trim().chars().map(plain).take(Self::LONGEST).collect();
        Self(text.trim().to_owned())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Search {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::new(&text))
    }
}

/// Which page of a list an address asks for, from 1. What is no number asks for the first, and a
/// page after the last is the last: see [`page_within`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageNumber(u64);

impl PageNumber {
    /// The number.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl Default for PageNumber {
    fn default() -> Self {
        Self(1)
    }
}

impl<'de> Deserialize<'de> for PageNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let digits = text.trim();
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let number = match digits.parse() {
            Ok(number) => number,
            // More than fits: the last page.
            Err(_) if is_number => u64::MAX,
            Err(_) => 1,
        };
        Ok(Self(u64::max(number, 1)))
    }
}

/// The page that is shown of `total` items when `page` is asked for, from 1.
#[must_use]
pub fn page_within(page: u64, page_size: u64, total: u64) -> u64 {
    page.clamp(1, total.div_ceil(page_size.max(1)).max(1))
}

/// Where in a list a page is; `None` of the links at its ends.
#[derive(Debug, Clone, Serialize)]
pub struct Paging {
    /// What the page holds, in words: “1–25 of 61”.
    text: String,
    previous_url: Option<String>,
    next_url: Option<String>,
}

impl Paging {
    /// For page `page` (the first is 1; after the last, the last) of `total` items; `query` is what else the address says.
    #[must_use]
    pub fn new(
        theme: &Theme,
        lang: Lang,
        path: &str,
        query: &[(&str, &str)],
        page: u64,
        page_size: u64,
        total: u64,
    ) -> Self {
        let page = page_within(page, page_size, total);
        let first = page.saturating_sub(1).saturating_mul(page_size);
        let last = first.saturating_add(page_size).min(total);
        let url = |page: u64| {
            let mut serializer = url::form_urlencoded::Serializer::new(String::new());
            for (name, value) in query.iter().filter(|(_, value)| !value.is_empty()) {
                serializer.append_pair(name, value);
            }
            format!(
                "{path}?{}",
                serializer.append_pair("page", &page.to_string()).finish()
            )
        };
        let number = |value: u64| Arg::from(u32::try_from(value).unwrap_or(u32::MAX));
        let text = if total == 0 {
            theme.text(lang, "paging-none")
        } else {
            let args = [
                ("first", number(first.saturating_add(1).min(total))),
                ("last", number(last)),
                ("total", number(total)),
            ];
            theme.text_with(lang, "paging-range", &args)
        };
        Self {
            text,
            previous_url: (page > 1).then(|| url(page - 1)),
            next_url: (last < total).then(|| url(page + 1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Asked {
        #[serde(default)]
        q: Search,
        #[serde(default)]
        page: PageNumber,
    }

    fn asked(query: &str) -> Asked {
        actix_web::web::Query::<Asked>::from_query(query)
            .unwrap()
            .into_inner()
    }

    #[test]
    fn any_page_is_a_page() {
        for (query, page) in [
            ("", 1),
            ("page=", 1),
            ("page=0", 1),
            ("page=-1", 1),
            ("page=abc", 1),
            ("page=1.5", 1),
            ("page=%00", 1),
            ("page=%ff", 1),
            ("page=2", 2),
            ("page=+2", 2),
            ("page=18446744073709551615", u64::MAX),
            ("page=18446744073709551616", u64::MAX),
            ("page=99999999999999999999999999999", u64::MAX),
        ] {
            assert_eq!(asked(query).page.get(), page, "{query}");
        }
        for (page, size, total, shown) in [
            (1, 25, 0, 1),
            (u64::MAX, 25, 0, 1),
            (u64::MAX, 25, 26, 2),
            (2, 25, 25, 1),
            (0, 25, 25, 1),
            (3, 25, u64::MAX, 3),
        ] {
            assert_eq!(page_within(page, size, total), shown, "{page} of {total}");
        }
    }

    #[test]
    fn any_search_is_a_search() {
        for (query, text) in [
            ("", ""),
            ("q=++r%C4%ABts+", "rīts"),
            ("q=a%00b", "a b"),
            ("q=%00", ""),
            ("q=%ff", "\u{fffd}"),
            ("q=%25_%5C", "%_\\"),
            ("q=%E2%80%8F%F0%9F%8E%93", "\u{200f}🎓"),
        ] {
            assert_eq!(asked(query).q.as_str(), text, "{query}");
        }
        let long = "ā ".repeat(10_000);
        assert!(Search::new(&long).as_str().chars().count() <= Search::LONGEST);
    }
}
