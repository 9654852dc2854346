//! The indicators: figure and target, trajectory, source of the target.

use chrono::{Months, NaiveDate};
use serde::Serialize;

use super::{indicator_url, localized, unnamed_text};
use crate::{
    http::{
        Lang,
        theme::Theme,
        visit::{Section, View},
    },
    programme::{
        Programme,
        chart::Chart,
        indicator::Indicator,
        model::{self, Count},
    },
};

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct IndicatorsPage {
    programme: Option<String>,
    number: String,
    period: Option<String>,
    /// How many people completed something but have not named an employer.
    unnamed: Option<String>,
    indicators: Vec<IndicatorView>,
}

#[derive(Debug, Serialize)]
struct IndicatorView {
    id: String,
    title: String,
    url: String,
    figure: Figure,
    waiting: Option<String>,
    elsewhere: Option<String>,
    is_disputed: bool,
    note: Option<String>,
    source: Option<SourceView>,
    chart: Option<Chart>,
    chart_text: String,
    target_text: Option<String>,
    months: Vec<MonthView>,
}

/// A figure against its target.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Figure {
    /// The formatted figure: „1 234”.
    number: String,
    /// The figure in a sentence: „no 1200 personām, 26 %”.
    text: String,
    /// The progress bar; absent without a target.
    bar: Option<Bar>,
}

#[derive(Debug, Clone, Serialize)]
struct Bar {
    value: usize,
    max: u32,
    percent_text: String,
}

#[derive(Debug, Serialize)]
struct SourceView {
    document: String,
    quotation: String,
}

#[derive(Debug, Serialize)]
struct MonthView {
    month: String,
    new: String,
    total: String,
}

impl Figure {
    /// The figure of an indicator's count.
    #[must_use]
    pub(crate) fn new(theme: &Theme, lang: Lang, indicator: &Indicator, count: &Count) -> Self {
        let counted = count.counted.len();
        let args = [
            ("count", counted.into()),
            ("target", indicator.target.unwrap_or_default().into()),
        ];
        let key = match indicator.target {
            Some(_) => "indicator-of-target",
            None => "indicator-without-target",
        };
        #[expect(clippy::cast_precision_loss, reason = "counts of people are small")]
        let number = counted as f64;
        Self {
            number: lang.number(number, 0),
            text: theme.text_with(lang, key, &args),
            bar: indicator.target.filter(|target| *target > 0).map(|max| {
                // Rounded down: 99.9 % is not 100 %.
                let percent = (number * 100.0 / f64::from(max)).floor();
                Bar {
                    value: counted.min(max as usize),
                    max,
                    percent_text: theme.text_with(
                        lang,
                        "indicator-percent",
                        &[("percent", percent.into())],
                    ),
                }
            }),
        }
    }
}

/// The fewest months of a trajectory.
const MONTHS_SHOWN: Months = Months::new(11);

impl IndicatorsPage {
    /// Every indicator of the programme, as of `today`.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        programme: &Programme,
        (counts, unnamed): (&[(&Indicator, Count)], u64),
        today: NaiveDate,
    ) -> Self {
        Self {
            unnamed: unnamed_text(theme, lang, unnamed),
            programme: localized(&programme.title, lang),
            number: programme.number.clone(),
            period: programme
                .period
                .map(|(from, until)| format!("{}\u{2013}{}", lang.date(from), lang.date(until))),
            indicators: counts
                .iter()
                .map(|(indicator, count)| IndicatorView::new(theme, lang, indicator, count, today))
                .collect(),
        }
    }
}

impl IndicatorView {
    fn new(
        theme: &Theme,
        lang: Lang,
        indicator: &Indicator,
        count: &Count,
        today: NaiveDate,
    ) -> Self {
        let some = |key, count: usize| {
            (count > 0).then(|| theme.text_with(lang, key, &[("count", count.into())]))
        };
        let months = model::trajectory(&count.counted, today - MONTHS_SHOWN, today);
        let number =
            |count: usize| theme.text_with(lang, "indicator-number", &[("count", count.into())]);
        let title = localized(&indicator.title, lang).unwrap_or_default();
        let chart = Chart::of(lang, &months, indicator.target);
        Self {
            id: indicator.id.clone(),
            url: indicator_url(lang, &indicator.id),
            figure: Figure::new(theme, lang, indicator, count),
            waiting: some("indicator-waiting", count.waiting.len()),
            elsewhere: some("indicator-elsewhere", count.counted_elsewhere),
            is_disputed: indicator.disputed,
            note: localized(&indicator.note, lang),
            source: indicator.source.as_ref().map(|source| SourceView {
                document: source.document.clone(),
                quotation: source.quotation.clone(),
            }),
            chart_text: match (months.first(), months.last()) {
                (Some(first), Some(last)) => theme.text_with(
                    lang,
                    "indicator-chart-text",
                    &[
                        ("from", lang.month(first.first_day).into()),
                        ("until", lang.month(last.first_day).into()),
                        ("start", (first.total - first.new).into()),
                        ("end", last.total.into()),
                    ],
                ),
                _ => String::new(),
            },
            target_text: indicator.target.map(|target| {
                theme.text_with(lang, "indicator-target", &[("target", target.into())])
            }),
            chart,
            // The newest first, because it is looked for most often.
            months: months
                .iter()
                .rev()
                .map(|month| MonthView {
                    month: lang.month(month.first_day),
                    new: number(month.new),
                    total: number(month.total),
                })
                .collect(),
            title,
        }
    }
}

impl View for IndicatorsPage {
    const TEMPLATE: &'static str = "pages/manage-indicators.html";
    const SECTION: Section = Section::Manage;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "indicators-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use super::sample;

        let programme = sample::programme();
        let today = Lang::riga_date(sample::now());
        let full = Count {
            counted: sample::facts(9),
            waiting: sample::facts(1),
            counted_elsewhere: 3,
        };
        let counts = |count: &Count| -> Vec<_> {
            sample::indicators(&programme)
                .map(|indicator| (indicator, count.clone()))
                .collect()
        };
        vec![
            Self::new(theme, lang, &programme, (&counts(&full), 3), today),
            Self::new(
                theme,
                lang,
                &programme,
                (&counts(&Count::default()), 0),
                today,
            ),
            Self::new(theme, lang, &Programme::default(), (&[], 1), today),
        ]
    }
}
