//! What the templates of accounts get. No view holds a password, typed or stored.

use serde::Serialize;

use super::{
    forms,
    model::{AccountSummary, LinkOwner, LinkProblem, ROLES, Role, role_slug},
    password::MIN_CHARACTERS,
    service::PAGE_SIZE,
    store::Purpose,
};
use crate::{
    http::{
        FormState, Lang, Next, Paging,
        form::FormView,
        theme::Theme,
        visit::{Section, View},
    },
    ids::AccountId,
    mail,
};

/// `/register`.
#[derive(Debug, Serialize)]
pub struct RegisterPage {
    form: FormView,
    next: Option<String>,
    /// The way to sign in instead.
    sign_in: String,
}

impl RegisterPage {
    /// With what was typed, for somebody who wanted to go to `next`.
    #[must_use]
    pub fn new(theme: &Theme, lang: Lang, form: &FormState, next: &Next) -> Self {
        Self {
            form: form.view(theme, lang, &forms::ADDRESS),
            next: next.path().map(str::to_owned),
            sign_in: next.after(&format!("/{lang}/sign-in")),
        }
    }
}

impl View for RegisterPage {
    const TEMPLATE: &'static str = "pages/register.html";
    const SECTION: Section = Section::None;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "register-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let wrong = FormState::new()
            .value("email", "anna@")
            .error("email", "email-wrong");
        vec![
            Self::new(theme, lang, &FormState::new(), &Next::default()),
            Self::new(theme, lang, &wrong, &Next::to("/lv/courses")),
        ]
    }
}

/// Why a mail was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MailFor {
    /// A new account, or a new link to confirm one.
    Confirm,
    /// A new password.
    Reset,
}

/// What is shown after a mail was asked for, whoever has the address: it is true when a mail was
/// queued now, and when there are enough already.
#[derive(Debug, Serialize)]
pub struct MailSentPage {
    mail_for: MailFor,
    address: String,
    /// The file that the mail becomes, where no mail leaves.
    file: Option<String>,
    next: Option<String>,
    /// Where an address is typed.
    form: String,
}

impl MailSentPage {
    /// For a mail to `address`.
    #[must_use]
    pub fn new(
        lang: Lang,
        mail_for: MailFor,
        address: String,
        file: Option<String>,
        next: &Next,
    ) -> Self {
        let form = match mail_for {
            MailFor::Confirm => "register",
            MailFor::Reset => "forgotten",
        };
        Self {
            form: next.after(&format!("/{lang}/{form}")),
            mail_for,
            address,
            file,
            next: next.path().map(str::to_owned),
        }
    }
}

impl View for MailSentPage {
    const TEMPLATE: &'static str = "pages/mail-sent.html";
    const SECTION: Section = Section::None;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "mail-sent-title")
    }

    fn address(&self) -> Option<String> {
        Some(self.form.clone())
    }

    #[cfg(test)]
    fn samples(_: &Theme, lang: Lang) -> Vec<Self> {
        let new = |mail_for, file, next| {
            Self::new(lang, mail_for, "anna@example.lv".to_owned(), file, next)
        };
        let file = "20261122-090005-0a1b2c3d4e5f.eml".to_owned();
        vec![
            new(MailFor::Confirm, None, &Next::to("/lv/courses")),
            new(MailFor::Confirm, Some(file), &Next::default()),
            new(MailFor::Reset, None, &Next::default()),
        ]
    }
}

/// `/confirm/{token}`: sets the password, which confirms the address.
#[derive(Debug, Serialize)]
pub struct ConfirmPage {
    form: FormView,
    action: String,
    /// For whom; tells password managers too.
    address: String,
    /// Whether another link was used before, so that there is a password already.
    is_confirmed: bool,
    next: Option<String>,
    min_characters: usize,
}

impl ConfirmPage {
    /// A form that goes to `action`.
    #[must_use]
    pub fn new(
        theme: &Theme,
        lang: Lang,
        action: String,
        owner: LinkOwner,
        next: &Next,
        form: &FormState,
    ) -> Self {
        Self {
            form: form.view(theme, lang, &forms::NEW_PASSWORD),
            action,
            address: owner.email,
            is_confirmed: owner.is_confirmed,
            next: next.path().map(str::to_owned),
            min_characters: MIN_CHARACTERS,
        }
    }
}

impl View for ConfirmPage {
    const TEMPLATE: &'static str = "pages/confirm.html";
    const SECTION: Section = Section::None;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "confirm-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let new = |is_confirmed, next, form| {
            let action = format!("/{lang}/confirm/token");
            let owner = LinkOwner {
                email: "anna@example.lv".to_owned(),
                is_confirmed,
            };
            Self::new(theme, lang, action, owner, next, form)
        };
        let wrong = FormState::new().error("password", "password-common");
        vec![
            new(false, &Next::default(), &FormState::new()),
            new(false, &Next::to("/lv/courses"), &wrong),
            new(true, &Next::default(), &FormState::new()),
        ]
    }
}

/// A link that does nothing any more, and how to get a new one.
#[derive(Debug, Serialize)]
pub struct LinkProblemPage {
    title: String,
    text: String,
    /// Where to ask for a new one; nowhere, for the first administrator's.
    action: Option<String>,
    form: FormView,
    next: Option<String>,
}

impl LinkProblemPage {
    /// For what is wrong with a link.
    #[must_use]
    pub fn new(
        theme: &Theme,
        lang: Lang,
        purpose: Purpose,
        problem: LinkProblem,
        next: &Next,
    ) -> Self {
        let state = match problem {
            LinkProblem::Unknown => "unknown",
            LinkProblem::Expired => "expired",
            LinkProblem::Used => "used",
        };
        let (slug, action) = match purpose {
            Purpose::ConfirmEmail => ("confirm", Some(format!("/{lang}/confirm"))),
            Purpose::ResetPassword => ("reset", Some(format!("/{lang}/forgotten"))),
            Purpose::FirstAdministrator => ("first", None),
        };
        Self {
            title: theme.text(lang, &format!("link-{state}-title")),
            text: theme.text(lang, &format!("link-{slug}-text")),
            action,
            form: FormState::new().view(theme, lang, &forms::ADDRESS),
            next: next.path().map(str::to_owned),
        }
    }
}

impl View for LinkProblemPage {
    const TEMPLATE: &'static str = "pages/link-problem.html";
    const SECTION: Section = Section::None;

    fn title(&self, _: &Theme, _: Lang) -> String {
        self.title.clone()
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let new = |purpose, problem| Self::new(theme, lang, purpose, problem, &Next::to("/lv/me"));
        vec![
            new(Purpose::ConfirmEmail, LinkProblem::Unknown),
            new(Purpose::ResetPassword, LinkProblem::Expired),
            new(Purpose::FirstAdministrator, LinkProblem::Used),
        ]
    }
}

/// `/sign-in`.
#[derive(Debug, Serialize)]
pub struct SignInPage {
    form: FormView,
    next: Option<String>,
    /// The way to register instead.
    register: String,
}

impl SignInPage {
    /// With what was typed.
    #[must_use]
    pub fn new(theme: &Theme, lang: Lang, form: &FormState, next: &Next) -> Self {
        Self {
            form: form.view(theme, lang, &forms::CREDENTIALS),
            next: next.path().map(str::to_owned),
            register: next.after(&format!("/{lang}/register")),
        }
    }
}

impl View for SignInPage {
    const TEMPLATE: &'static str = "pages/sign-in.html";
    const SECTION: Section = Section::None;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "sign-in-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let wrong = FormState::new()
            .value("email", "anna@example.lv")
            .error("email", "sign-in-wrong");
        let next = Next::to("/lv/courses");
        vec![
            Self::new(theme, lang, &FormState::new(), &next),
            Self::new(theme, lang, &wrong, &Next::default()),
        ]
    }
}

/// `/forgotten`.
#[derive(Debug, Serialize)]
pub struct ForgottenPage {
    form: FormView,
}

impl ForgottenPage {
    /// With what was typed.
    #[must_use]
    pub fn new(theme: &Theme, lang: Lang, form: &FormState) -> Self {
        Self {
            form: form.view(theme, lang, &forms::ADDRESS),
        }
    }
}

impl View for ForgottenPage {
    const TEMPLATE: &'static str = "pages/forgotten.html";
    const SECTION: Section = Section::None;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "forgotten-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let wrong = FormState::new()
            .value("email", "anna")
            .error("email", "email-wrong");
        vec![
            Self::new(theme, lang, &FormState::new()),
            Self::new(theme, lang, &wrong),
        ]
    }
}

/// `/reset/{token}`.
#[derive(Debug, Serialize)]
pub struct ResetPage {
    form: FormView,
    action: String,
    /// For whom; tells password managers too.
    address: String,
    min_characters: usize,
}

impl ResetPage {
    /// A form that goes to `action`.
    #[must_use]
    pub fn new(
        theme: &Theme,
        lang: Lang,
        action: String,
        owner: LinkOwner,
        form: &FormState,
    ) -> Self {
        Self {
            form: form.view(theme, lang, &forms::NEW_PASSWORD),
            action,
            address: owner.email,
            min_characters: MIN_CHARACTERS,
        }
    }
}

impl View for ResetPage {
    const TEMPLATE: &'static str = "pages/reset.html";
    const SECTION: Section = Section::None;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "reset-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let new = |form| {
            let action = format!("/{lang}/reset/token");
            let owner = LinkOwner {
                email: "anna@example.lv".to_owned(),
                is_confirmed: true,
            };
            Self::new(theme, lang, action, owner, form)
        };
        let wrong = FormState::new().error("password", "password-common");
        vec![new(&FormState::new()), new(&wrong)]
    }
}

/// `/admin/first/{token}`.
#[derive(Debug, Serialize)]
pub struct FirstAdministratorPage {
    form: FormView,
    action: String,
    min_characters: usize,
}

impl FirstAdministratorPage {
    /// A form that goes to `action`.
    #[must_use]
    pub fn new(theme: &Theme, lang: Lang, action: String, form: &FormState) -> Self {
        Self {
            form: form.view(theme, lang, &forms::FIRST_ADMINISTRATOR),
            action,
            min_characters: MIN_CHARACTERS,
        }
    }
}

impl View for FirstAdministratorPage {
    const TEMPLATE: &'static str = "pages/first-administrator.html";
    const SECTION: Section = Section::None;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "first-administrator-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let action = || format!("/{lang}/admin/first/token");
        let wrong = FormState::new()
            .value("given_name", "Anna")
            .error("family_name", "family-name-missing")
            .error("email", "email-taken");
        vec![
            Self::new(theme, lang, action(), &FormState::new()),
            Self::new(theme, lang, action(), &wrong),
        ]
    }
}

/// `/admin/accounts`.
#[derive(Debug, Serialize)]
pub struct AccountsPage {
    query: String,
    accounts: Vec<AccountRow>,
    paging: Paging,
    /// Where a form leads back to.
    page_number: u64,
}

#[derive(Debug, Serialize)]
struct AccountRow {
    id: String,
    email: String,
    name: String,
    is_confirmed: bool,
    registered: String,
    /// The names of the roles that the account has.
    held: Vec<String>,
    roles: Vec<RoleRow>,
}

#[derive(Debug, Serialize)]
struct RoleRow {
    slug: &'static str,
    name: String,
    is_held: bool,
    /// The one role that nobody takes from themselves.
    is_fixed: bool,
    action: String,
}

impl AccountsPage {
    /// Page `page` of the accounts that fit `query`, `total` of them in all, as `viewer` sees it.
    #[must_use]
    pub fn new(
        theme: &Theme,
        lang: Lang,
        (query, page): (&str, u64),
        (accounts, total): (Vec<AccountSummary>, u64),
        viewer: AccountId,
    ) -> Self {
        let path = format!("/{lang}/admin/accounts");
        Self {
            query: query.to_owned(),
            accounts: accounts
                .into_iter()
                .map(|account| {
                    let roles = ROLES.map(|role| role_row(theme, lang, &account, role, viewer));
                    let held = roles.iter().filter(|role| role.is_held);
                    AccountRow {
                        id: account.id.to_string(),
                        registered: lang.date(Lang::riga_date(account.created_at)),
                        held: held.map(|role| role.name.clone()).collect(),
                        roles: roles.into(),
                        email: mail::readable(&account.email),
                        name: account.name,
                        is_confirmed: account.is_confirmed,
                    }
                })
                .collect(),
            paging: Paging::new(theme, lang, &path, &[("q", query)], page, PAGE_SIZE, total),
            page_number: page,
        }
    }
}

fn role_row(
    theme: &Theme,
    lang: Lang,
    account: &AccountSummary,
    role: Role,
    viewer: AccountId,
) -> RoleRow {
    let (is_held, name) = (
        account.roles.has(role),
        theme.text(lang, &format!("role-{}", role_slug(role))),
    );
    let key = if is_held { "role-take" } else { "role-give" };
    let args = [
        ("role", name.as_str().into()),
        ("email", account.email.as_str().into()),
    ];
    RoleRow {
        slug: role_slug(role),
        is_held,
        is_fixed: is_held && role == Role::Admin && account.id == viewer,
        action: theme.text_with(lang, key, &args),
        name,
    }
}

impl View for AccountsPage {
    const TEMPLATE: &'static str = "pages/admin-accounts.html";
    const SECTION: Section = Section::Admin;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "accounts-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use crate::accounts::Roles;

        let viewer = AccountId::from_u128(1);
        let account = |id: u128, email: &str, roles: Roles| AccountSummary {
            id: AccountId::from_u128(id),
            email: email.to_owned(),
            name: if id == 1 {
                "Anna Paraudziņa".to_owned()
            } else {
                String::new()
            },
            is_confirmed: id == 1,
            created_at: chrono::DateTime::UNIX_EPOCH,
            roles,
        };
        let accounts = vec![
            account(
                1,
                "anna@example.lv",
                [Role::Admin, Role::Author].into_iter().collect(),
            ),
            account(2, "eva@example.lv", Roles::default()),
        ];
        vec![
            Self::new(theme, lang, ("", 1), (accounts, 61), viewer),
            Self::new(theme, lang, ("neviens", 1), (Vec::new(), 0), viewer),
        ]
    }
}
