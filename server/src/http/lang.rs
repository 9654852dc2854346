//! The two languages of the pages, with their formats of dates, times and numbers.

use std::{cell::OnceCell, fmt};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use course_compiler::Language;
use icu_decimal::{DecimalFormatter, input::Decimal, options::DecimalFormatterOptions};
use serde::{Deserialize, Serialize};

/// A language of the pages; the first part of every page's path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Latvian, the programme's language.
    Lv,
    /// English.
    En,
}

impl Lang {
    /// Both, Latvian first.
    pub const ALL: [Self; 2] = [Self::Lv, Self::En];

    /// The BCP 47 tag, as in paths and `lang` attributes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lv => "lv",
            Self::En => "en",
        }
    }

    /// The language of a tag.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.as_str() == tag)
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Lv => Self::En,
            Self::En => Self::Lv,
        }
    }

    /// The preferred language of an `Accept-Language` header: English if it is preferred to Latvian,
    /// otherwise Latvian.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Self {
        let weight = |lang: Self| {
            header
                .split(',')
                .filter_map(|part| {
                    let (tag, q) = part.split_once(";q=").unwrap_or((part, "1"));
                    let primary = tag.trim().split('-').next()?;
                    (primary.eq_ignore_ascii_case(lang.as_str()))
                        .then(|| q.trim().parse::<f32>().unwrap_or(0.0))
                })
                .fold(0.0_f32, f32::max)
        };
        if weight(Self::En) > weight(Self::Lv) {
            Self::En
        } else {
            Self::Lv
        }
    }

    /// A date in words, as used in a sentence: „2026. gada 22. novembrī”, “22 November 2026”.
    #[must_use]
    pub fn date_on(self, date: NaiveDate) -> String {
        match self {
            // Months in -is take -ī; „marts” and „augusts” take -ā.
            Self::Lv => {
                let long = self.date_long(date);
                match long.strip_suffix("is") {
                    Some(stem) => format!("{stem}ī"),
                    None => format!("{}ā", long.trim_end_matches('s')),
                }
            }
            Self::En => self.date_long(date),
        }
    }

    /// A date in words: „2026. gada 22. novembris”, “22 November 2026”.
    #[must_use]
    pub fn date_long(self, date: NaiveDate) -> String {
        let (year, month, day) = (date.year(), date.month0() as usize, date.day());
        match self {
            Self::Lv => {
                format!(
                    "{year}. gada {day}. {}",
                    MONTHS_LV.get(month).copied().unwrap_or_default()
                )
            }
            Self::En => {
                format!(
                    "{day} {} {year}",
                    MONTHS_EN.get(month).copied().unwrap_or_default()
                )
            }
        }
    }

    /// A month in words: „2026. gada novembris”, “November 2026”.
    #[must_use]
    pub fn month(self, date: NaiveDate) -> String {
        let (year, month) = (date.year(), date.month0() as usize);
        let names = match self {
            Self::Lv => MONTHS_LV,
            Self::En => MONTHS_EN,
        };
        let name = names.get(month).copied().unwrap_or_default();
        match self {
            Self::Lv => format!("{year}. gada {name}"),
            Self::En => format!("{name} {year}"),
        }
    }

    /// A month in digits, for axes: „11.2026.”, “11/2026”.
    #[must_use]
    pub fn month_short(self, date: NaiveDate) -> String {
        match self {
            Self::Lv => date.format("%m.%Y.").to_string(),
            Self::En => date.format("%m/%Y").to_string(),
        }
    }

    /// A date in digits: „22.11.2026.”, “22 Nov 2026”.
    #[must_use]
    pub fn date(self, date: NaiveDate) -> String {
        match self {
            Self::Lv => date.format("%d.%m.%Y.").to_string(),
            Self::En => date.format("%-d %b %Y").to_string(),
        }
    }

    /// A moment in Rīga's time: „22.11.2026. 14.05”, “22 Nov 2026, 14:05”.
    #[must_use]
    pub fn date_time(self, moment: DateTime<Utc>) -> String {
        let local = moment.with_timezone(&chrono_tz::Europe::Riga);
        match self {
            Self::Lv => local.format("%d.%m.%Y. %H.%M").to_string(),
            Self::En => local.format("%-d %b %Y, %H:%M").to_string(),
        }
    }

    /// The date in Rīga at a moment.
    #[must_use]
    pub fn riga_date(moment: DateTime<Utc>) -> NaiveDate {
        moment.with_timezone(&chrono_tz::Europe::Riga).date_naive()
    }

    /// A number with the language's separators and at most `decimals` decimals, without trailing zeros:
    /// `1234.5` → „1234,5”, “1,234.5”.
    #[must_use]
    pub fn number(self, value: f64, decimals: i16) -> String {
        format_number(self, value, decimals)
    }

    /// A number of tenths with one decimal, also when it is zero: `315` → „31,5”, `40` → „4,0”.
    #[must_use]
    pub fn tenths(self, tenths: u64) -> String {
        let mut decimal = Decimal::from(tenths);
        decimal.multiply_pow10(-1);
        format_decimal(self, &decimal)
    }
}

/// See [`Lang::number`].
fn format_number(lang: Lang, value: f64, decimals: i16) -> String {
    let scale = 10_f64.powi(decimals.into());
    #[expect(
        clippy::cast_possible_truncation,
        reason = "`as` saturates; figures are far smaller"
    )]
    let mut decimal = Decimal::from((value * scale).round() as i64);
    decimal.multiply_pow10(-decimals);
    decimal.trim_end();
    format_decimal(lang, &decimal)
}

fn format_decimal(lang: Lang, decimal: &Decimal) -> String {
    thread_local! {
        static LV: OnceCell<Option<DecimalFormatter>> = const { OnceCell::new() };
        static EN: OnceCell<Option<DecimalFormatter>> = const { OnceCell::new() };
    }
    let (cell, locale) = match lang {
        Lang::Lv => (&LV, icu_locale_core::locale!("lv")),
        Lang::En => (&EN, icu_locale_core::locale!("en")),
    };
    cell.with(|cell| {
        cell.get_or_init(|| {
            DecimalFormatter::try_new(locale.into(), DecimalFormatterOptions::default()).ok()
        })
        .as_ref()
        .map_or_else(
            || decimal.to_string(),
            |formatter| formatter.format(decimal).to_string(),
        )
    })
}

const MONTHS_LV: [&str; 12] = [
    "janvāris",
    "februāris",
    "marts",
    "aprīlis",
    "maijs",
    "jūnijs",
    "jūlijs",
    "augusts",
    "septembris",
    "oktobris",
    "novembris",
    "decembris",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Lv => Self::Lv,
            Lang::En => Self::En,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chooses_the_language_a_browser_asks_for() {
        for (header, expected) in [
            ("lv-LV,lv;q=0.9,en;q=0.8", Lang::Lv),
            ("en-GB,en;q=0.9", Lang::En),
            ("de,en;q=0.5,lv;q=0.6", Lang::Lv),
            ("", Lang::Lv),
            ("fr", Lang::Lv),
            (";q=,,en;q=x", Lang::Lv),
        ] {
            assert_eq!(Lang::from_accept_language(header), expected, "{header}");
        }
    }

    #[test]
    fn writes_dates_and_numbers_as_each_language_does() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 2).unwrap();
        assert_eq!(Lang::Lv.date_long(date), "2026. gada 2. novembris");
        assert_eq!(Lang::En.date_long(date), "2 November 2026");
        assert_eq!(Lang::Lv.date_on(date), "2026. gada 2. novembrī");
        let march = NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
        assert_eq!(Lang::Lv.date_on(march), "2026. gada 31. martā");
        assert_eq!(Lang::Lv.date(date), "02.11.2026.");
        assert_eq!(Lang::Lv.month(date), "2026. gada novembris");
        assert_eq!(Lang::En.month(date), "November 2026");
        assert_eq!(Lang::Lv.month_short(date), "11.2026.");
        assert_eq!(Lang::Lv.tenths(315), "31,5");
        assert_eq!(Lang::Lv.tenths(40), "4,0");
        assert_eq!(Lang::En.tenths(7), "0.7");
        assert_eq!(Lang::En.tenths(0), "0.0");
        assert_eq!(Lang::Lv.number(1.5, 2), "1,5");
        assert_eq!(Lang::En.number(12_345.0, 0), "12,345");
        assert_eq!(Lang::Lv.number(12_345.678, 2), "12\u{a0}345,68");
    }

    #[test]
    fn shows_moments_in_riga_time() {
        let moment = "2026-07-01T21:30:00Z".parse().unwrap();
        assert_eq!(Lang::Lv.date_time(moment), "02.07.2026. 00.30");
        assert_eq!(
            Lang::riga_date(moment),
            NaiveDate::from_ymd_opt(2026, 7, 2).unwrap()
        );
    }
}
