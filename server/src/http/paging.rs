//! Long lists, a page at a time.

use serde::Serialize;

use super::{
    Lang,
    theme::{Arg, Theme},
};

/// Where in a list a page is; `None` of the links at its ends.
#[derive(Debug, Clone, Serialize)]
pub struct Paging {
    /// What the page holds, in words: “1–25 of 61”.
    text: String,
    previous_url: Option<String>,
    next_url: Option<String>,
}

impl Paging {
    /// For page `page` (the first is 1) of `total` items; `query` is what else the address says.
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
