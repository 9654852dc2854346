//! What the templates of tokens get.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{
    forms::{READ, RawToken, WRITE},
    model::{DEFAULT_DAYS, MOST_DAYS, MadeToken, Scopes, Standing, Token, scope_slug},
};
use crate::{
    http::{
        FormState, Lang,
        form::FormView,
        theme::Theme,
        visit::{Section, View},
    },
    ids::ApiTokenId,
    input::Input as _,
};

/// The address of the description of the API for people.
pub(super) const GUIDE: &str = "/api/guide.txt";
/// The address of its description for programs.
pub(super) const OPENAPI: &str = "/api/openapi.json";

fn scopes_text(theme: &Theme, lang: Lang, scopes: &Scopes) -> String {
    let one = |scope| {
        let key = scope_slug(scope).replace(':', "-");
        theme.text(lang, &format!("token-scope-{key}"))
    };
    let words: Vec<_> = scopes.iter().map(|scope| one(*scope)).collect();
    words.join(", ")
}

/// A token in the list.
#[derive(Debug, Serialize)]
struct TokenView {
    id: ApiTokenId,
    name: String,
    scopes: String,
    made: String,
    expires: String,
    /// When it was last used, if it was.
    used: Option<String>,
    works: bool,
    /// That it works no more, in words.
    ended: String,
    /// The words of the link that revokes it, with its name.
    revoke_text: String,
}

impl TokenView {
    fn new(theme: &Theme, lang: Lang, token: &Token, now: DateTime<Utc>) -> Self {
        let standing = token.standing(now);
        let ended = match standing {
            Standing::Works => String::new(),
            Standing::Expired => theme.text(lang, "token-expired"),
            Standing::Revoked => theme.text(lang, "token-revoked"),
        };
        let args = [("name", token.name.as_str().into())];
        Self {
            id: token.id,
            scopes: scopes_text(theme, lang, &token.scopes),
            made: lang.date(Lang::riga_date(token.created_at)),
            expires: lang.date(Lang::riga_date(token.expires_at)),
            used: token.last_used_at.map(|at| lang.date_time(at)),
            works: standing == Standing::Works,
            ended,
            revoke_text: theme.text_with(lang, "token-revoke-named", &args),
            name: token.name.clone(),
        }
    }
}

/// An option of a choice.
#[derive(Debug, Serialize)]
struct ChoiceView {
    value: &'static str,
    label: String,
}

/// `/me/tokens`.
#[derive(Debug, Serialize)]
pub(crate) struct TokensPage {
    tokens: Vec<TokenView>,
    form: FormView,
    accesses: Vec<ChoiceView>,
    most_days: u32,
    guide_url: &'static str,
    openapi_url: &'static str,
}

impl TokensPage {
    /// The form before anything is typed.
    pub(super) fn empty_form() -> FormState {
        FormState::new()
            .value("access", READ)
            .value("days", DEFAULT_DAYS.to_string())
    }

    /// The tokens of an account, and the form for a new one.
    pub(super) fn new(
        theme: &Theme,
        lang: Lang,
        tokens: &[Token],
        now: DateTime<Utc>,
        form: &FormState,
    ) -> Self {
        let access = |value, key| ChoiceView {
            value,
            label: theme.text(lang, key),
        };
        Self {
            tokens: tokens
                .iter()
                .map(|token| TokenView::new(theme, lang, token, now))
                .collect(),
            form: form.view(theme, lang, RawToken::FIELDS),
            accesses: vec![
                access(READ, "token-access-read"),
                access(WRITE, "token-access-write"),
            ],
            most_days: MOST_DAYS,
            guide_url: GUIDE,
            openapi_url: OPENAPI,
        }
    }
}

impl View for TokensPage {
    const TEMPLATE: &'static str = "pages/my-tokens.html";
    const SECTION: Section = Section::Me;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "tokens-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let now = DateTime::UNIX_EPOCH;
        let (working, mut expired, mut revoked) = (sample(), sample(), sample());
        expired.expires_at = now;
        revoked.revoked_at = Some(now);
        revoked.last_used_at = Some(now);
        let wrong = FormState::new()
            .error("name", "token-name-missing")
            .error("access", "token-access-missing")
            .error("days", "token-days-wrong");
        vec![
            Self::new(
                theme,
                lang,
                &[working, expired, revoked],
                now,
                &Self::empty_form(),
            ),
            Self::new(theme, lang, &[], now, &wrong),
            Self::new(
                theme,
                lang,
                &[],
                now,
                &FormState::new().error("name", "token-too-many"),
            ),
        ]
    }
}

#[cfg(test)]
fn sample() -> Token {
    Token {
        id: ApiTokenId::from_u128(1),
        account_id: crate::ids::AccountId::from_u128(2),
        name: "Dalībnieku saraksts".to_owned(),
        scopes: super::model::SCOPES.into(),
        created_at: DateTime::UNIX_EPOCH,
        expires_at: DateTime::UNIX_EPOCH + chrono::TimeDelta::days(90),
        last_used_at: None,
        revoked_at: None,
    }
}

/// A token that was just made: it is shown once.
#[derive(Debug, Serialize)]
pub(crate) struct TokenPage {
    secret: String,
    name: String,
    scopes: String,
    expires: String,
    guide_url: &'static str,
}

impl TokenPage {
    /// This token.
    pub(super) fn new(theme: &Theme, lang: Lang, made: MadeToken) -> Self {
        Self {
            secret: made.secret,
            scopes: scopes_text(theme, lang, &made.token.scopes),
            expires: lang.date(Lang::riga_date(made.token.expires_at)),
            name: made.token.name,
            guide_url: GUIDE,
        }
    }
}

impl View for TokenPage {
    const TEMPLATE: &'static str = "pages/my-token.html";
    const SECTION: Section = Section::Me;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "token-made-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let made = MadeToken {
            secret: "iespeja_0123456789".to_owned(),
            token: sample(),
        };
        vec![Self::new(theme, lang, made)]
    }
}

/// `/me/tokens/{token}/revoke`.
#[derive(Debug, Serialize)]
pub(crate) struct RevokePage {
    id: ApiTokenId,
    name: String,
    scopes: String,
    used: Option<String>,
}

impl RevokePage {
    /// Asks whether this token is to be revoked.
    pub(super) fn new(theme: &Theme, lang: Lang, token: &Token) -> Self {
        Self {
            id: token.id,
            name: token.name.clone(),
            scopes: scopes_text(theme, lang, &token.scopes),
            used: token.last_used_at.map(|at| lang.date_time(at)),
        }
    }
}

impl View for RevokePage {
    const TEMPLATE: &'static str = "pages/my-token-revoke.html";
    const SECTION: Section = Section::Me;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "token-revoke-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let mut used = sample();
        used.last_used_at = Some(DateTime::UNIX_EPOCH);
        [sample(), used]
            .iter()
            .map(|token| Self::new(theme, lang, token))
            .collect()
    }
}
