//! The overview for managers.

use serde::Serialize;

use super::{TextLink, indicator_url, indicators::Figure, indicators_url, localized, unnamed_text};
use crate::{
    http::{
        Lang,
        address::{self, Address as _},
        theme::Theme,
        visit::{Section, View},
    },
    programme::{Programme, indicator::Indicator, model::Count, pace::Calendar},
};

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct HomePage {
    programme: Option<String>,
    indicators: Vec<Summary>,
    indicators_url: String,
    organisations: TextLink,
    /// Whether an organisation waits for a decision.
    has_waiting_organisations: bool,
    /// How many people completed something but have not named an employer.
    unnamed: Option<String>,
}

#[derive(Debug, Serialize)]
struct Summary {
    title: String,
    url: String,
    figure: Figure,
}

impl HomePage {
    /// The main figures, and what waits for a decision.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        programme: &Programme,
        counts: &[(&Indicator, Count)],
        (waiting_organisations, unnamed): (u64, u64),
        calendar: Calendar,
    ) -> Self {
        let waiting = usize::try_from(waiting_organisations).unwrap_or(usize::MAX);
        Self {
            programme: localized(&programme.title, lang),
            indicators: counts
                .iter()
                .map(|(indicator, count)| Summary {
                    title: localized(&indicator.title, lang).unwrap_or_default(),
                    url: indicator_url(lang, &indicator.id),
                    figure: Figure::new(theme, lang, indicator, count, calendar),
                })
                .collect(),
            indicators_url: indicators_url(lang),
            organisations: TextLink::new(
                address::Organisations.url(lang),
                theme.text_with(
                    lang,
                    "manage-organisations-waiting",
                    &[("count", waiting.into())],
                ),
            ),
            has_waiting_organisations: waiting > 0,
            unnamed: unnamed_text(theme, lang, unnamed),
        }
    }
}

impl View for HomePage {
    const TEMPLATE: &'static str = "pages/manage-home.html";
    const SECTION: Section = Section::Manage;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "manage-home-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use super::sample;

        let programme = sample::programme();
        let counts: Vec<_> = sample::indicators(&programme)
            .map(|indicator| {
                let count = Count {
                    counted: sample::facts(7),
                    ..Count::default()
                };
                (indicator, count)
            })
            .collect();
        let calendar = sample::calendar(&programme);
        vec![
            Self::new(theme, lang, &programme, &counts, (2, 3), calendar),
            Self::new(theme, lang, &Programme::default(), &[], (0, 0), calendar),
        ]
    }
}
