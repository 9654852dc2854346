//! The indicators: figure and target, trajectory, source of the target.

use chrono::Months;
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
        chart::Charts,
        indicator::Indicator,
        model::{self, Count, Month},
        pace::{Calendar, Pace},
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
    charts: Option<Charts>,
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
    /// How many a month are needed, and how many come.
    pace: Option<String>,
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
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        indicator: &Indicator,
        count: &Count,
        calendar: Calendar,
    ) -> Self {
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
                // Rounded down: 99.96 % is not 100 %.
                let percent = lang.tenths(counted as u64 * 1000 / u64::from(max));
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
            pace: indicator.target.and_then(|target| {
                let pace = Pace::of(target, &trajectory(count, calendar), calendar)?;
                Some(pace_text(theme, lang, pace))
            }),
        }
    }
}

/// The trajectory up to today.
fn trajectory(count: &Count, calendar: Calendar) -> Vec<Month> {
    model::trajectory(
        &count.counted,
        calendar.today - MONTHS_SHOWN,
        calendar.today,
    )
}

fn pace_text(theme: &Theme, lang: Lang, pace: Pace) -> String {
    match pace {
        Pace::Reached => theme.text(lang, "pace-reached"),
        Pace::Over { missing } => {
            theme.text_with(lang, "pace-over", &[("missing", missing.into())])
        }
        Pace::Running {
            until,
            needed,
            coming,
        } => {
            let needed = [
                ("until", lang.date(until).into()),
                ("needed", lang.tenths(needed).into()),
            ];
            let needed = theme.text_with(lang, "pace-needed", &needed);
            let Some(coming) = coming else {
                return needed;
            };
            let coming = [
                ("coming", lang.tenths(coming.monthly).into()),
                ("months", coming.months.into()),
            ];
            format!("{needed} {}", theme.text_with(lang, "pace-coming", &coming))
        }
    }
}

/// The fewest months of a trajectory.
const MONTHS_SHOWN: Months = Months::new(11);

impl IndicatorsPage {
    /// Every indicator of the programme.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        programme: &Programme,
        (counts, unnamed): (&[(&Indicator, Count)], u64),
        calendar: Calendar,
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
                .map(|(indicator, count)| {
                    IndicatorView::new(theme, lang, indicator, count, calendar)
                })
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
        calendar: Calendar,
    ) -> Self {
        let some = |key, count: usize| {
            (count > 0).then(|| theme.text_with(lang, key, &[("count", count.into())]))
        };
        let months = trajectory(count, calendar);
        let number =
            |count: usize| theme.text_with(lang, "indicator-number", &[("count", count.into())]);
        let title = localized(&indicator.title, lang).unwrap_or_default();
        let charts = Charts::of(
            lang,
            &months,
            indicator.target,
            calendar.period.map(|(_, until)| until),
        );
        Self {
            id: indicator.id.clone(),
            url: indicator_url(lang, &indicator.id),
            figure: Figure::new(theme, lang, indicator, count, calendar),
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
            charts,
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
        let calendar = sample::calendar(&programme);
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
            Self::new(theme, lang, &programme, (&counts(&full), 3), calendar),
            Self::new(
                theme,
                lang,
                &programme,
                (&counts(&Count::default()), 0),
                calendar,
            ),
            Self::new(theme, lang, &Programme::default(), (&[], 1), calendar),
        ]
    }
}
