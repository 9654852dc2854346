//! The views of reports.

use serde::Serialize;

use super::{
    forms::RawReport,
    list::{ReportOrder, ReportsQuery, filters},
    model::MistakeReport,
};
use crate::{
    http::{
        FormState, Lang, Next,
        address::{self, Address as _},
        form::FormView,
        theme::Theme,
        visit::{Section, View},
    },
    input::Input as _,
    list::{Button, FoundRows, ListCell, ListRow, ListView, Tone},
};

/// `/report`.
#[derive(Debug, Serialize)]
pub(crate) struct ReportPage {
    next: Next,
    form: FormView,
    /// Where the form can be opened, also when it is shown again.
    #[serde(skip)]
    address: String,
}

impl ReportPage {
    /// The form about the page `next`, with the typed values.
    #[must_use]
    pub(crate) fn new(theme: &Theme, lang: Lang, next: &Next, form: &FormState) -> Self {
        Self {
            next: next.clone(),
            form: form.view(theme, lang, RawReport::FIELDS),
            address: next.after(&address::Report.url(lang)),
        }
    }
}

impl View for ReportPage {
    const TEMPLATE: &'static str = "pages/report.html";
    const SECTION: Section = Section::None;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "report-title")
    }

    fn address(&self) -> Option<String> {
        Some(self.address.clone())
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let wrong = FormState::new()
            .value("text", " ")
            .error("text", "report-text-missing");
        vec![
            Self::new(
                theme,
                lang,
                &Next::to(&address::Glossary.url(lang)),
                &FormState::new(),
            ),
            Self::new(theme, lang, &Next::default(), &wrong),
        ]
    }
}

/// `/author/reports`.
#[derive(Debug, Serialize)]
pub(crate) struct ReportsPage {
    open_text: String,
    list: ListView,
}

impl ReportsPage {
    /// The reports that match a query, and the number of open ones. `error` is the message key of an error of the
    /// bulk action.
    #[must_use]
    pub(super) fn new(
        theme: &Theme,
        lang: Lang,
        query: &ReportsQuery,
        (found, open): (FoundRows<MistakeReport>, u64),
        error: Option<&str>,
    ) -> Self {
        let words = (theme, lang);
        let path = address::AuthorReports.url(lang);
        let list = &query.list;
        let button = |value, key| Button {
            name: "do",
            value,
            text: theme.text(lang, key),
            full_text: String::new(),
        };
        let buttons = vec![
            button("handle", "report-handle"),
            button("reopen", "report-reopen"),
        ];
        let rows = found.map(|report| row(words, report));
        let columns = [
            ("report-text", None),
            ("report-page", Some(ReportOrder::Page)),
            ("report-status", None),
            ("report-created", Some(ReportOrder::Created)),
        ];
        let view = ListView::new(words, "reports", path.clone(), list, &filters(), rows)
            .words(words, "reports-title", "report-search")
            .empty(words, "reports-empty")
            .columns(words, list, &columns)
            .bulk(list, path, buttons)
            .error(words, error);
        let count = u32::try_from(open).unwrap_or(u32::MAX);
        Self {
            open_text: theme.text_with(lang, "reports-open", &[("count", count.into())]),
            list: view,
        }
    }
}

fn row((theme, lang): (&Theme, Lang), report: MistakeReport) -> ListRow {
    let (tone, status) = if report.is_handled {
        (Tone::Success, "report-handled")
    } else {
        (Tone::Warning, "report-open")
    };
    let page = match report.page {
        Some(page) => ListCell::link(page.clone(), page),
        None => ListCell::text("–"),
    };
    ListRow::new(
        report.id,
        [
            ListCell::text(report.text),
            page,
            ListCell::default().with_tag(tone, theme.text(lang, status)),
            ListCell::text(lang.date(Lang::riga_date(report.created_at))),
        ],
    )
}

impl View for ReportsPage {
    const TEMPLATE: &'static str = "pages/author-reports.html";
    const SECTION: Section = Section::Reports;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "reports-title")
    }

    fn address(&self) -> Option<String> {
        self.list.address()
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let report = |number, page: Option<String>, is_handled| MistakeReport {
            id: crate::ids::MistakeReportId::from_u128(number),
            page,
            text: "Otrajā rindkopā trūkst vārda.\nSkat. arī kopsavilkumu.".to_owned(),
            created_at: chrono::DateTime::UNIX_EPOCH,
            is_handled,
        };
        let some = FoundRows {
            rows: vec![
                report(1, Some(address::Glossary.url(lang)), false),
                report(2, None, true),
            ],
            total: 2,
            page: 1,
        };
        let none = FoundRows {
            rows: Vec::new(),
            total: 0,
            page: 1,
        };
        let sample = |query: &str, found: &FoundRows<MistakeReport>, open, error| {
            let query = ReportsQuery::read(query);
            Self::new(theme, lang, &query, (found.clone(), open), error)
        };
        vec![
            sample("status=open", &some, 1, None),
            sample("", &some, 21, Some("list-nothing-selected")),
            sample("", &none, 0, None),
        ]
    }
}
