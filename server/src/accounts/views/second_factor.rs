//! What the templates of the second factor get.

use serde::Serialize;

use super::EntryForm;
use crate::{
    accounts::{
        forms::{RawCode, RawOwnPassword, RawRemoval},
        service::Standing,
        totp,
    },
    http::{
        FormState, Lang, Next,
        form::FormView,
        theme::Theme,
        visit::{Section, View},
    },
    input::Input as _,
};

/// `/sign-in/code`.
#[derive(Debug, Serialize)]
pub(crate) struct CodePage {
    #[serde(flatten)]
    entry: EntryForm,
}

impl CodePage {
    /// With what was typed; `next` is the page to go on to.
    #[must_use]
    pub(crate) fn new(theme: &Theme, lang: Lang, form: &FormState, next: &Next) -> Self {
        Self {
            entry: EntryForm::new(theme, lang, form, RawCode::FIELDS, next),
        }
    }
}

impl View for CodePage {
    const TEMPLATE: &'static str = "pages/sign-in-code.html";
    const SECTION: Section = Section::None;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "sign-in-code-title")
    }

    fn next(&self, _: &str) -> Option<String> {
        self.entry.next.clone()
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use crate::http::address::{self, Address as _};

        let wrong = FormState::new().error("otp", "code-wrong");
        let next = Next::to(&address::Courses.url(lang));
        vec![
            Self::new(theme, lang, &FormState::new(), &next),
            Self::new(theme, lang, &wrong, &Next::default()),
        ]
    }
}

/// `/me/account/second-factor`.
#[derive(Debug, Serialize)]
pub(crate) struct SecondFactorPage {
    /// Since when there is one.
    since: Option<String>,
    codes_left: u64,
    /// Whether a role of the person asks for one.
    is_needed: bool,
    /// The forms for setting up and for new codes.
    set_up: FormView,
    codes: FormView,
}

impl SecondFactorPage {
    /// In a state; the forms are those for setting up and for new codes.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        standing: Standing,
        is_needed: bool,
        [set_up, codes]: &[FormState; 2],
    ) -> Self {
        let (since, codes_left) = match standing {
            Standing::None => (None, 0),
            Standing::On { since, codes_left } => {
                (Some(lang.date(Lang::riga_date(since))), codes_left)
            }
        };
        Self {
            since,
            codes_left,
            is_needed,
            set_up: set_up.view(theme, lang, RawOwnPassword::FIELDS),
            codes: codes.view(theme, lang, RawOwnPassword::FIELDS),
        }
    }
}

impl View for SecondFactorPage {
    const TEMPLATE: &'static str = "pages/my-second-factor.html";
    const SECTION: Section = Section::Me;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "second-factor-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let none = || [FormState::new(), FormState::new()];
        let on = |codes_left| Standing::On {
            since: chrono::DateTime::UNIX_EPOCH,
            codes_left,
        };
        let wrong = || FormState::new().error("password", "own-password-wrong");
        vec![
            Self::new(theme, lang, Standing::None, false, &none()),
            Self::new(
                theme,
                lang,
                Standing::None,
                true,
                &[wrong(), FormState::new()],
            ),
            Self::new(theme, lang, on(10), false, &none()),
            Self::new(theme, lang, on(0), true, &[FormState::new(), wrong()]),
        ]
    }
}

/// `/me/account/second-factor/remove`.
#[derive(Debug, Serialize)]
pub(crate) struct RemovalPage {
    form: FormView,
    /// Whether a role of the person asks for one.
    is_needed: bool,
}

impl RemovalPage {
    /// With what is wrong.
    #[must_use]
    pub(crate) fn new(theme: &Theme, lang: Lang, is_needed: bool, form: &FormState) -> Self {
        Self {
            form: form.view(theme, lang, RawRemoval::FIELDS),
            is_needed,
        }
    }
}

impl View for RemovalPage {
    const TEMPLATE: &'static str = "pages/my-second-factor-remove.html";
    const SECTION: Section = Section::Me;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "second-factor-remove-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let wrong = FormState::new()
            .error("password", "own-password-wrong")
            .error("otp", "code-wrong");
        vec![
            Self::new(theme, lang, false, &FormState::new()),
            Self::new(theme, lang, true, &wrong),
        ]
    }
}

/// `/me/account/second-factor/setup`. Holds the secret, which is shown until the first code of it is entered.
#[derive(Serialize)]
pub(crate) struct SetUpPage {
    form: FormView,
    /// The picture to scan, as an address; `None` if it cannot be drawn.
    picture: Option<String>,
    /// The key to type, in groups.
    key: String,
}

impl SetUpPage {
    /// For a secret of the account with this address.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        secret: &str,
        email: &str,
        form: &FormState,
    ) -> Self {
        Self {
            form: form.view(theme, lang, RawCode::FIELDS),
            picture: totp::picture(secret, email),
            key: totp::in_groups(secret),
        }
    }
}

impl View for SetUpPage {
    const TEMPLATE: &'static str = "pages/my-second-factor-setup.html";
    const SECTION: Section = Section::Me;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "second-factor-setup-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let wrong = FormState::new().error("otp", "code-wrong");
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        [FormState::new(), wrong]
            .iter()
            .map(|form| Self::new(theme, lang, secret, "anna@example.lv", form))
            .collect()
    }
}

/// The recovery codes, which are shown once.
#[derive(Serialize)]
pub(crate) struct CodesPage {
    codes: Vec<String>,
    /// Whether the second factor has just been set up; otherwise the codes replace earlier ones.
    is_new: bool,
}

impl CodesPage {
    /// These codes.
    #[must_use]
    pub(crate) const fn new(codes: Vec<String>, is_new: bool) -> Self {
        Self { codes, is_new }
    }
}

impl View for CodesPage {
    const TEMPLATE: &'static str = "pages/my-recovery-codes.html";
    const SECTION: Section = Section::Me;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "recovery-codes-title")
    }

    #[cfg(test)]
    fn samples(_: &Theme, _: Lang) -> Vec<Self> {
        let codes = || {
            vec![
                "ABCD-EFGH-IJKL-MNOP".to_owned(),
                "QRST-UVWX-YZ23-4567".to_owned(),
            ]
        };
        vec![Self::new(codes(), true), Self::new(codes(), false)]
    }
}
