//! Whether somebody wants to be reminded of courses.

use serde::Serialize;

use crate::{
    http::{
        FormState, Lang,
        address::{self, Address as _},
        form::FormView,
        theme::Theme,
        visit::{Section, View},
    },
    input::Input as _,
    learning::forms::RawReminders,
};

/// `/me/reminders`.
#[derive(Debug, Serialize)]
pub(crate) struct RemindersPage {
    /// When mails are sent; `None` if none are.
    when: Option<String>,
    form: FormView,
}

impl RemindersPage {
    /// With the days after which mails are sent.
    #[must_use]
    pub(crate) fn new(theme: &Theme, lang: Lang, days: &[u32], form: &FormState) -> Self {
        let when = match days {
            [] => None,
            [one] => Some(theme.text_with(lang, "reminders-once", &[("days", (*one).into())])),
            [first, last, ..] => {
                let args = [("first", (*first).into()), ("last", (*last).into())];
                Some(theme.text_with(lang, "reminders-twice", &args))
            }
        };
        Self {
            when,
            form: form.view(theme, lang, RawReminders::FIELDS),
        }
    }
}

impl View for RemindersPage {
    const TEMPLATE: &'static str = "pages/my-reminders.html";
    const SECTION: Section = Section::Me;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "reminders-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let on = FormState::new().value("wanted", "yes");
        let samples: [(&[u32], FormState); 4] = [
            (&[7, 30], on.clone()),
            (&[7], FormState::new()),
            (&[], on),
            (
                &[7, 30],
                FormState::new().error("wanted", "reminders-unreadable"),
            ),
        ];
        samples
            .iter()
            .map(|(days, form)| Self::new(theme, lang, days, form))
            .collect()
    }
}

/// `/reminders/{token}`.
#[derive(Debug, Serialize)]
pub(crate) struct StopRemindersPage {
    are_wanted: bool,
    action: String,
}

impl StopRemindersPage {
    /// For whoever has the link; `are_wanted` until the reminders are stopped.
    #[must_use]
    pub(crate) fn new(lang: Lang, token: &str, are_wanted: bool) -> Self {
        let token = token.to_owned();
        Self {
            are_wanted,
            action: address::StopReminders { token }.url(lang),
        }
    }
}

impl View for StopRemindersPage {
    const TEMPLATE: &'static str = "pages/stop-reminders.html";
    const SECTION: Section = Section::None;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        let key = if self.are_wanted {
            "reminders-stop-title"
        } else {
            "reminders-stopped-title"
        };
        theme.text(lang, key)
    }

    #[cfg(test)]
    fn samples(_: &Theme, lang: Lang) -> Vec<Self> {
        [true, false]
            .map(|are_wanted| Self::new(lang, "token", are_wanted))
            .into()
    }
}
