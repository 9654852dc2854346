//! Paging of long lists.

use serde::Serialize;

use crate::http::{
    Lang,
    theme::{Arg, Theme},
};

/// The number of rows on a page.
pub const PAGE_SIZE: u64 = 50;

/// The number of a page from an address, counted from 1. A text that is no number means the first page, and a
/// number after the last page means the last: see `page_within`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageNumber(u64);

impl PageNumber {
    /// A page by its number; 0 also means the first.
    #[must_use]
    pub fn new(number: u64) -> Self {
        Self(number.max(1))
    }

    /// Reads the number.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let digits = text.trim();
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        Self::new(match digits.parse() {
            Ok(number) => number,
            // Out of range: the last page.
            Err(_) if is_number => u64::MAX,
            Err(_) => 1,
        })
    }

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

/// The number of the page to show of `total` items when `page` is requested, counted from 1.
pub(super) fn page_within(page: u64, page_size: u64, total: u64) -> u64 {
    page.clamp(1, total.div_ceil(page_size.max(1)).max(1))
}

/// The position of a page in a list.
#[derive(Debug, Clone, Serialize)]
pub struct Paging {
    /// The rows on the page, in words: “1–25 of 61”.
    text: String,
    /// `None` on the first page.
    previous_url: Option<String>,
    /// `None` on the last page.
    next_url: Option<String>,
}

impl Paging {
    /// For page `page` (counted from 1; after the last means the last) of `total` rows; `address` returns the
    /// address of a page.
    #[must_use]
    pub fn new(
        theme: &Theme,
        lang: Lang,
        page: u64,
        total: u64,
        address: impl Fn(u64) -> String,
    ) -> Self {
        let page = page_within(page, PAGE_SIZE, total);
        let first = page.saturating_sub(1).saturating_mul(PAGE_SIZE);
        let last = first.saturating_add(PAGE_SIZE).min(total);
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
            previous_url: (page > 1).then(|| address(page - 1)),
            next_url: (last < total).then(|| address(page + 1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_page_number_is_accepted() {
        for (query, page) in [
            ("", 1),
            ("0", 1),
            ("-1", 1),
            ("abc", 1),
            ("1.5", 1),
            ("\0", 1),
            ("\u{fffd}", 1),
            ("2", 2),
            (" 2", 2),
            ("18446744073709551615", u64::MAX),
            ("18446744073709551616", u64::MAX),
            ("99999999999999999999999999999", u64::MAX),
        ] {
            assert_eq!(PageNumber::read(query).get(), page, "{query}");
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
}
