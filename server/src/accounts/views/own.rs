//! What the templates of one's own account get.

use serde::Serialize;

use crate::{
    accounts::{
        forms::{RawNewEmail, RawPasswordChange},
        model::SessionSummary,
        password::MIN_CHARACTERS,
    },
    http::{
        FormState, Lang,
        form::FormView,
        theme::Theme,
        visit::{Section, View},
    },
    ids::SessionId,
    input::Input as _,
    mail,
};

/// A session in a list.
#[derive(Debug, Serialize)]
pub(super) struct SessionView {
    id: SessionId,
    /// The browser and the system, or that they are not known.
    device: String,
    begun: String,
    last_used: String,
    is_current: bool,
    /// The words of the button that ends it, with the session.
    end_text: String,
}

impl SessionView {
    pub(super) fn all(theme: &Theme, lang: Lang, sessions: &[SessionSummary]) -> Vec<Self> {
        let view = |session: &SessionSummary| {
            let device = if session.device.is_empty() {
                theme.text(lang, "session-unknown")
            } else {
                session.device.clone()
            };
            let begun = lang.date_time(session.begun_at);
            let args = [
                ("device", device.as_str().into()),
                ("begun", begun.as_str().into()),
            ];
            Self {
                id: session.id,
                end_text: theme.text_with(lang, "session-end", &args),
                last_used: lang.date_time(session.last_used_at),
                is_current: session.is_current,
                device,
                begun,
            }
        };
        sessions.iter().map(view).collect()
    }
}

/// Two sessions: that of the request, and one of a browser that is not known.
#[cfg(test)]
pub(super) fn sample_sessions() -> Vec<SessionSummary> {
    let session = |id: u128, device: &str| SessionSummary {
        id: SessionId::from_u128(id),
        begun_at: chrono::DateTime::UNIX_EPOCH,
        last_used_at: chrono::DateTime::UNIX_EPOCH,
        device: device.to_owned(),
        is_current: id == 1,
    };
    vec![session(1, "Firefox, Windows"), session(2, "")]
}

/// A language that can be chosen.
#[derive(Debug, Serialize)]
struct LanguageView {
    tag: Lang,
    is_chosen: bool,
}

/// `/me/account`.
#[derive(Debug, Serialize)]
pub(crate) struct MyAccountPage {
    email: String,
    /// The person's name; empty until it is entered.
    name: String,
    languages: Vec<LanguageView>,
    sessions: Vec<SessionView>,
    has_others: bool,
    has_second_factor: bool,
}

impl MyAccountPage {
    /// An account in this language, with the sessions that it has.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        (email, name, chosen): (&str, String, Lang),
        sessions: &[SessionSummary],
        has_second_factor: bool,
    ) -> Self {
        let language = |tag| LanguageView {
            tag,
            is_chosen: tag == chosen,
        };
        Self {
            email: mail::readable(email),
            name,
            languages: Lang::ALL.map(language).into(),
            has_second_factor,
            has_others: sessions.iter().any(|session| !session.is_current),
            sessions: SessionView::all(theme, lang, sessions),
        }
    }
}

impl View for MyAccountPage {
    const TEMPLATE: &'static str = "pages/my-account.html";
    const SECTION: Section = Section::Me;
    const IS_CONTENT: bool = true;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "my-account-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let sessions = sample_sessions();
        let account = |name: &str| ("anna@example.lv", name.to_owned(), Lang::Lv);
        vec![
            Self::new(theme, lang, account("Anna Paraudziņa"), &sessions, true),
            Self::new(theme, lang, account(""), &sessions[..1], false),
        ]
    }
}

/// `/me/account/password`.
#[derive(Debug, Serialize)]
pub(crate) struct MyPasswordPage {
    form: FormView,
    /// The account's address, which password managers read.
    address: String,
    min_characters: u64,
}

impl MyPasswordPage {
    /// For the account with this address.
    #[must_use]
    pub(crate) fn new(theme: &Theme, lang: Lang, address: String, form: &FormState) -> Self {
        Self {
            form: form.view(theme, lang, RawPasswordChange::FIELDS),
            address,
            min_characters: MIN_CHARACTERS,
        }
    }
}

impl View for MyPasswordPage {
    const TEMPLATE: &'static str = "pages/my-password.html";
    const SECTION: Section = Section::Me;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "my-password-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let wrong = FormState::new()
            .error("present", "own-password-wrong")
            .error("password", "password-common");
        [FormState::new(), wrong]
            .iter()
            .map(|form| Self::new(theme, lang, "anna@example.lv".to_owned(), form))
            .collect()
    }
}

/// `/me/account/email`.
#[derive(Debug, Serialize)]
pub(crate) struct MyEmailPage {
    form: FormView,
    /// The present address.
    address: String,
}

impl MyEmailPage {
    /// For the account with this address.
    #[must_use]
    pub(crate) fn new(theme: &Theme, lang: Lang, address: &str, form: &FormState) -> Self {
        Self {
            form: form.view(theme, lang, RawNewEmail::FIELDS),
            address: mail::readable(address),
        }
    }
}

impl View for MyEmailPage {
    const TEMPLATE: &'static str = "pages/my-email.html";
    const SECTION: Section = Section::Me;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "my-email-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let wrong = FormState::new()
            .value("email", "anna@")
            .error("email", "email-wrong")
            .error("password", "own-password-wrong");
        [FormState::new(), wrong]
            .iter()
            .map(|form| Self::new(theme, lang, "anna@example.lv", form))
            .collect()
    }
}

/// `/new-email/{token}`: a button, because programs that scan mails open links and must not use this one up.
#[derive(Debug, Serialize)]
pub(crate) struct NewEmailPage {
    /// The new address.
    address: String,
    action: String,
}

impl NewEmailPage {
    /// For this new address; `action` is the address to which the form is sent.
    #[must_use]
    pub(crate) fn new(address: &str, action: String) -> Self {
        Self {
            address: mail::readable(address),
            action,
        }
    }
}

impl View for NewEmailPage {
    const TEMPLATE: &'static str = "pages/new-email.html";
    const SECTION: Section = Section::None;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "new-email-title")
    }

    fn next(&self, _: &str) -> Option<String> {
        None
    }

    #[cfg(test)]
    fn samples(_: &Theme, lang: Lang) -> Vec<Self> {
        use crate::{accounts::model::link_url, accounts::store::Purpose};
        let action = link_url(Purpose::ChangeEmail, "token", lang);
        vec![Self::new("anna.jauna@example.lv", action)]
    }
}
