//! What the templates of accounts get. No view contains a password.

pub(crate) mod own;
pub(crate) mod second_factor;

use serde::Serialize;

use self::own::SessionView;
use super::{
    forms::{RawClosing, RawEmail, RawFirstAdministrator, RawNewPassword, RawSignIn},
    list::{AccountOrder, AccountsQuery, filters},
    model::{AccountSummary, LinkOwner, LinkProblem, ROLES, Role, SessionSummary, role_slug},
    password::MIN_CHARACTERS,
    service::Standing,
    store::Purpose,
};
use crate::{
    http::{
        FormState, Lang, Next,
        address::{self, Address as _},
        form::FormView,
        theme::Theme,
        visit::{Section, View},
    },
    ids::AccountId,
    input::{Field, Input as _},
    list::{Format, FoundRows, ListCell, ListRow, ListView, Sheet, Tone},
    mail, people, text,
};

/// A form on the way to signing in: what was typed, the page to go on to, and the link to the sign-in page.
#[derive(Debug, Serialize)]
struct EntryForm {
    form: FormView,
    next: Option<String>,
    /// The link to the sign-in page.
    sign_in: String,
}

impl EntryForm {
    fn new(theme: &Theme, lang: Lang, form: &FormState, fields: &[Field], next: &Next) -> Self {
        Self {
            form: form.view(theme, lang, fields),
            next: next.path().map(str::to_owned),
            sign_in: next.after(&address::SignIn.url(lang)),
        }
    }
}

/// `/register`.
#[derive(Debug, Serialize)]
pub(crate) struct RegisterPage {
    #[serde(flatten)]
    entry: EntryForm,
}

impl RegisterPage {
    /// With what was typed; `next` is the page to go on to.
    #[must_use]
    pub(crate) fn new(theme: &Theme, lang: Lang, form: &FormState, next: &Next) -> Self {
        Self {
            entry: EntryForm::new(theme, lang, form, RawEmail::FIELDS, next),
        }
    }
}

impl View for RegisterPage {
    const TEMPLATE: &'static str = "pages/register.html";
    const SECTION: Section = Section::None;
    const IS_CONTENT: bool = true;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "register-title")
    }

    fn next(&self, _: &str) -> Option<String> {
        self.entry.next.clone()
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let wrong = FormState::new()
            .value("email", "anna@")
            .error("email", "email-wrong");
        vec![
            Self::new(theme, lang, &FormState::new(), &Next::default()),
            Self::new(theme, lang, &wrong, &Next::to(&address::Courses.url(lang))),
        ]
    }
}

/// Why a mail was requested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum MailFor {
    /// A new account, or a new link to confirm one.
    Confirm,
    /// A new password.
    Reset,
    /// Another address of one's own account.
    NewEmail,
}

/// The page after a mail was requested. It says the same for every address, and is true both when a mail was
/// queued now and when enough had been sent.
#[derive(Debug, Serialize)]
pub(crate) struct MailSentPage {
    mail_for: MailFor,
    address: String,
    /// The name of the file, when mails are written as files on this machine.
    file: Option<String>,
    /// Whether nobody sends the mail.
    reaches_nobody: bool,
    next: Option<String>,
    /// The page on which the address was typed.
    form: String,
    /// Where another mail is requested; `None` if that is done on the page before, with a password.
    action: Option<String>,
}

impl MailSentPage {
    /// For a mail to `address`.
    #[must_use]
    pub(crate) fn new(
        lang: Lang,
        mail_for: MailFor,
        address: String,
        file: Option<String>,
        next: &Next,
    ) -> Self {
        let (form, action) = match mail_for {
            MailFor::Confirm => (
                address::Register.url(lang),
                Some(address::AskToConfirm.url(lang)),
            ),
            MailFor::Reset => (
                address::Forgotten.url(lang),
                Some(address::Forgotten.url(lang)),
            ),
            MailFor::NewEmail => (address::MyEmail.url(lang), None),
        };
        Self {
            form: next.after(&form),
            action,
            mail_for,
            address,
            file,
            reaches_nobody: false,
            next: next.path().map(str::to_owned),
        }
    }

    /// The page says that the mail reaches nobody, if this is so.
    #[must_use]
    pub(crate) fn reaching_nobody(self, reaches_nobody: bool) -> Self {
        Self {
            reaches_nobody,
            ..self
        }
    }
}

impl View for MailSentPage {
    const TEMPLATE: &'static str = "pages/mail-sent.html";
    const SECTION: Section = Section::None;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        let key = if self.reaches_nobody {
            "mail-nobody-page-title"
        } else {
            "mail-sent-title"
        };
        theme.text(lang, key)
    }

    fn address(&self) -> Option<String> {
        Some(self.form.clone())
    }

    fn next(&self, _: &str) -> Option<String> {
        self.next.clone()
    }

    #[cfg(test)]
    fn samples(_: &Theme, lang: Lang) -> Vec<Self> {
        let new = |mail_for, file, next| {
            Self::new(lang, mail_for, "anna@example.lv".to_owned(), file, next)
        };
        let file = "20261122-090005-0a1b2c3d4e5f.eml".to_owned();
        vec![
            new(
                MailFor::Confirm,
                None,
                &Next::to(&address::Courses.url(lang)),
            ),
            new(MailFor::Confirm, Some(file), &Next::default()),
            new(MailFor::Reset, None, &Next::default()),
            new(MailFor::Confirm, None, &Next::default()).reaching_nobody(true),
            new(MailFor::NewEmail, None, &Next::default()),
        ]
    }
}

/// `/confirm/{token}`: sets the password, which confirms the address.
#[derive(Debug, Serialize)]
pub(crate) struct ConfirmPage {
    form: FormView,
    action: String,
    /// The account's address; also read by password managers.
    address: String,
    /// Whether the address was confirmed by another link before; then there is a password already.
    is_confirmed: bool,
    next: Option<String>,
    min_characters: u64,
}

impl ConfirmPage {
    /// `action` is the address to which the form is sent.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        action: String,
        owner: LinkOwner,
        next: &Next,
        form: &FormState,
    ) -> Self {
        Self {
            form: form.view(theme, lang, RawNewPassword::FIELDS),
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

    fn next(&self, _: &str) -> Option<String> {
        self.next.clone()
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let new = |is_confirmed, next, form| {
            let action = crate::accounts::model::link_url(Purpose::ConfirmEmail, "token", lang);
            let owner = LinkOwner {
                words: Vec::new(),
                email: "anna@example.lv".to_owned(),
                is_confirmed,
            };
            Self::new(theme, lang, action, owner, next, form)
        };
        let wrong = FormState::new().error("password", "password-common");
        vec![
            new(false, &Next::default(), &FormState::new()),
            new(false, &Next::to(&address::Courses.url(lang)), &wrong),
            new(true, &Next::default(), &FormState::new()),
        ]
    }
}

/// A link that cannot be used, and how to get a new one.
#[derive(Debug, Serialize)]
pub(crate) struct LinkProblemPage {
    title: String,
    text: String,
    /// Where a new one is requested; `None` for the first administrator's.
    action: Option<String>,
    #[serde(flatten)]
    entry: EntryForm,
}

impl LinkProblemPage {
    /// `error` says what is wrong with the link.
    #[must_use]
    pub(crate) fn new(
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
            Purpose::ConfirmEmail => ("confirm", Some(address::AskToConfirm.url(lang))),
            Purpose::ResetPassword => ("reset", Some(address::Forgotten.url(lang))),
            // It is asked for again with the password.
            Purpose::ChangeEmail => ("new-email", None),
            Purpose::FirstAdministrator => ("first", None),
        };
        Self {
            title: theme.text(lang, &format!("link-{state}-title")),
            text: theme.text(lang, &format!("link-{slug}-text")),
            action,
            entry: EntryForm::new(theme, lang, &FormState::new(), RawEmail::FIELDS, next),
        }
    }
}

impl View for LinkProblemPage {
    const TEMPLATE: &'static str = "pages/link-problem.html";
    const SECTION: Section = Section::None;

    fn title(&self, _: &Theme, _: Lang) -> String {
        self.title.clone()
    }

    fn next(&self, _: &str) -> Option<String> {
        self.entry.next.clone()
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let new = |purpose, problem| {
            Self::new(
                theme,
                lang,
                purpose,
                problem,
                &Next::to(&address::Me.url(lang)),
            )
        };
        vec![
            new(Purpose::ConfirmEmail, LinkProblem::Unknown),
            new(Purpose::ResetPassword, LinkProblem::Expired),
            new(Purpose::FirstAdministrator, LinkProblem::Used),
            new(Purpose::ChangeEmail, LinkProblem::Expired),
        ]
    }
}

/// `/sign-in`.
#[derive(Debug, Serialize)]
pub(crate) struct SignInPage {
    form: FormView,
    /// Whether the browser's session has ended: by itself, or by somebody.
    has_ended: bool,
    next: Option<String>,
    /// The link to the registration.
    register: String,
    /// The link for a forgotten password.
    forgotten: String,
}

impl SignInPage {
    /// With what was typed.
    #[must_use]
    pub(crate) fn new(theme: &Theme, lang: Lang, form: &FormState, next: &Next) -> Self {
        Self {
            form: form.view(theme, lang, RawSignIn::FIELDS),
            has_ended: false,
            next: next.path().map(str::to_owned),
            register: next.after(&address::Register.url(lang)),
            forgotten: next.after(&address::Forgotten.url(lang)),
        }
    }

    /// Says that the session has ended, if it has.
    #[must_use]
    pub(crate) fn after_session(self, has_ended: bool) -> Self {
        Self { has_ended, ..self }
    }
}

impl View for SignInPage {
    const TEMPLATE: &'static str = "pages/sign-in.html";
    const SECTION: Section = Section::None;
    const IS_CONTENT: bool = true;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "sign-in-title")
    }

    fn next(&self, _: &str) -> Option<String> {
        self.next.clone()
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let wrong = FormState::new()
            .value("email", "anna@example.lv")
            .error("email", "sign-in-wrong");
        let next = Next::to(&address::Courses.url(lang));
        vec![
            Self::new(theme, lang, &FormState::new(), &next),
            Self::new(theme, lang, &FormState::new(), &next).after_session(true),
            Self::new(theme, lang, &wrong, &Next::default()),
        ]
    }
}

/// `/forgotten`.
#[derive(Debug, Serialize)]
pub(crate) struct ForgottenPage {
    #[serde(flatten)]
    entry: EntryForm,
}

impl ForgottenPage {
    /// With what was typed; `next` is the page to go on to.
    #[must_use]
    pub(crate) fn new(theme: &Theme, lang: Lang, form: &FormState, next: &Next) -> Self {
        Self {
            entry: EntryForm::new(theme, lang, form, RawEmail::FIELDS, next),
        }
    }
}

impl View for ForgottenPage {
    const TEMPLATE: &'static str = "pages/forgotten.html";
    const SECTION: Section = Section::None;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "forgotten-title")
    }

    fn next(&self, _: &str) -> Option<String> {
        self.entry.next.clone()
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let wrong = FormState::new()
            .value("email", "anna")
            .error("email", "email-wrong");
        vec![
            Self::new(theme, lang, &FormState::new(), &Next::default()),
            Self::new(theme, lang, &wrong, &Next::to(&address::Courses.url(lang))),
        ]
    }
}

/// `/reset/{token}`.
#[derive(Debug, Serialize)]
pub(crate) struct ResetPage {
    form: FormView,
    action: String,
    /// The account's address; also read by password managers.
    address: String,
    next: Option<String>,
    min_characters: u64,
}

impl ResetPage {
    /// `action` is the address to which the form is sent.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        action: String,
        owner: LinkOwner,
        next: &Next,
        form: &FormState,
    ) -> Self {
        Self {
            form: form.view(theme, lang, RawNewPassword::FIELDS),
            action,
            address: owner.email,
            next: next.path().map(str::to_owned),
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

    fn next(&self, _: &str) -> Option<String> {
        self.next.clone()
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let new = |next, form| {
            let action = crate::accounts::model::link_url(Purpose::ResetPassword, "token", lang);
            let owner = LinkOwner {
                words: Vec::new(),
                email: "anna@example.lv".to_owned(),
                is_confirmed: true,
            };
            Self::new(theme, lang, action, owner, next, form)
        };
        let wrong = FormState::new().error("password", "password-common");
        let next = Next::to(&address::Courses.url(lang));
        vec![new(&Next::default(), &FormState::new()), new(&next, &wrong)]
    }
}

/// `/admin/first/{token}`.
#[derive(Debug, Serialize)]
pub(crate) struct FirstAdministratorPage {
    form: FormView,
    action: String,
    min_characters: u64,
}

impl FirstAdministratorPage {
    /// `action` is the address to which the form is sent.
    #[must_use]
    pub(crate) fn new(theme: &Theme, lang: Lang, action: String, form: &FormState) -> Self {
        Self {
            form: form.view(theme, lang, RawFirstAdministrator::FIELDS),
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

    fn next(&self, _: &str) -> Option<String> {
        None
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let action =
            || crate::accounts::model::link_url(Purpose::FirstAdministrator, "token", lang);
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
pub(crate) struct AccountsPage {
    list: ListView,
}

fn file_url(lang: Lang, format: Format) -> String {
    let ending = format.ending().to_owned();
    address::AccountsFile { ending }.url(lang)
}

impl AccountsPage {
    /// The accounts that match a query, as `viewer` sees them.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        query: &AccountsQuery,
        found: FoundRows<AccountSummary>,
    ) -> Self {
        let words = (theme, lang);
        let list = &query.list;
        let rows = found.map(|account| account_row(words, &account));
        let view = ListView::new(
            words,
            "accounts",
            address::Accounts.url(lang),
            list,
            &filters(),
            rows,
        )
        .words(words, "accounts-caption", "accounts-search")
        .columns(
            words,
            list,
            &[
                ("accounts-who", None),
                ("email-label", Some(AccountOrder::Email)),
                ("accounts-roles", None),
                ("accounts-registered", Some(AccountOrder::Registered)),
            ],
        )
        .exports(
            words,
            list,
            |format| file_url(lang, format),
            "list-export-note",
        );
        Self { list: view }
    }
}

fn account_row((theme, lang): (&Theme, Lang), account: &AccountSummary) -> ListRow {
    let email = mail::readable(&account.email);
    let url = address::Account {
        account: account.id,
    }
    .url(lang);
    let (who, mut address) = if account.name.is_empty() {
        (ListCell::link(email, url), ListCell::text(String::new()))
    } else {
        (
            ListCell::link(account.name.clone(), url),
            ListCell::text(email),
        )
    };
    if !account.is_confirmed {
        address = address.with_tag(Tone::Warning, theme.text(lang, "accounts-unconfirmed"));
    }
    if account.closed.is_some() {
        address = address.with_tag(Tone::Warning, theme.text(lang, "accounts-closed"));
    }
    let roles = ROLES
        .into_iter()
        .filter(|role| account.roles.has(*role))
        .fold(ListCell::text(String::new()), |cell, role| {
            cell.with_tag(Tone::Plain, role_name(theme, lang, role))
        });
    let registered = lang.date(Lang::riga_date(account.created_at));
    ListRow::new(
        account.id,
        [
            people::marked_name((theme, lang), who, &account.name),
            address,
            roles,
            ListCell::text(registered),
        ],
    )
}

fn role_name(theme: &Theme, lang: Lang, role: Role) -> String {
    theme.text(lang, &format!("role-{}", role_slug(role)))
}

/// `/admin/accounts/{account}`.
#[derive(Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is asked by the template on its own"
)]
pub(crate) struct AccountPage {
    name: String,
    email: String,
    is_confirmed: bool,
    registered: String,
    action: String,
    roles: Vec<RoleView>,
    account: AccountId,
    closed: Option<ClosedView>,
    /// Whether it can be closed: not by whoever is signed in with it.
    can_close: bool,
    sessions: Vec<SessionView>,
    /// Whether the name has letters of several alphabets, of which one may stand for another.
    has_mixed_letters: bool,
    /// Whether there is a second factor.
    has_second_factor: bool,
    /// Whether the viewer can remove it: not their own.
    can_remove_second_factor: bool,
}

/// That an account is closed, as templates get it.
#[derive(Debug, Serialize)]
struct ClosedView {
    at: String,
    reason: String,
}

/// A role, and the button that gives or takes it.
#[derive(Debug, Serialize)]
struct RoleView {
    slug: &'static str,
    name: String,
    /// What it opens.
    about: String,
    is_held: bool,
    /// Whether it is the one role that nobody takes from themselves.
    is_fixed: bool,
    /// The button's words with the role and the account.
    full_text: String,
}

impl AccountPage {
    /// An account, as `viewer` sees it.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        account: &AccountSummary,
        (sessions, standing): (&[SessionSummary], Standing),
        viewer: AccountId,
    ) -> Self {
        let email = mail::readable(&account.email);
        let role_view = |role: Role| {
            let is_held = account.roles.has(role);
            let (slug, name) = (role_slug(role), role_name(theme, lang, role));
            let key = if is_held { "role-take" } else { "role-give" };
            let args = [
                ("role", name.as_str().into()),
                ("email", email.as_str().into()),
            ];
            RoleView {
                slug,
                about: theme.text(lang, &format!("role-{slug}-about")),
                is_held,
                is_fixed: is_held && role == Role::Admin && account.id == viewer,
                full_text: theme.text_with(lang, key, &args),
                name,
            }
        };
        Self {
            name: account.name.clone(),
            account: account.id,
            closed: account.closed.as_ref().map(|closed| ClosedView {
                at: lang.date(Lang::riga_date(closed.at)),
                reason: closed.reason.clone(),
            }),
            can_close: account.closed.is_none() && account.id != viewer,
            sessions: SessionView::all(theme, lang, sessions),
            has_mixed_letters: !text::is_of_one_script(&account.name),
            has_second_factor: standing != Standing::None,
            can_remove_second_factor: standing != Standing::None && account.id != viewer,
            is_confirmed: account.is_confirmed,
            registered: lang.date(Lang::riga_date(account.created_at)),
            action: address::AccountRoles {
                account: account.id,
            }
            .url(lang),
            roles: ROLES.into_iter().map(role_view).collect(),
            email,
        }
    }
}

impl View for AccountPage {
    const TEMPLATE: &'static str = "pages/admin-account.html";
    const SECTION: Section = Section::Admin;

    fn title(&self, _: &Theme, _: Lang) -> String {
        if self.name.is_empty() {
            self.email.clone()
        } else {
            self.name.clone()
        }
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let viewer = AccountId::from_u128(1);
        let sessions = own::sample_sessions();
        sample_accounts()
            .iter()
            .map(|account| {
                let standing = Standing::On {
                    since: chrono::DateTime::UNIX_EPOCH,
                    codes_left: 3,
                };
                Self::new(theme, lang, account, (&sessions, standing), viewer)
            })
            .collect()
    }
}

/// `/admin/accounts/{account}/close`.
#[derive(Debug, Serialize)]
pub(crate) struct CloseAccountPage {
    form: FormView,
    account: AccountId,
    /// The name, or the address until there is one.
    who: String,
}

impl CloseAccountPage {
    /// For an account, with what was typed.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        account: &AccountSummary,
        form: &FormState,
    ) -> Self {
        Self {
            form: form.view(theme, lang, RawClosing::FIELDS),
            account: account.id,
            who: if account.name.is_empty() {
                mail::readable(&account.email)
            } else {
                account.name.clone()
            },
        }
    }
}

impl View for CloseAccountPage {
    const TEMPLATE: &'static str = "pages/admin-account-close.html";
    const SECTION: Section = Section::Admin;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "account-close-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let wrong = FormState::new().error("reason", "closing-reason-missing");
        sample_accounts()
            .iter()
            .zip([FormState::new(), wrong])
            .map(|(account, form)| Self::new(theme, lang, account, &form))
            .collect()
    }
}

/// An administrator with a name, and somebody without one, whose address is not confirmed.
#[cfg(test)]
fn sample_accounts() -> Vec<AccountSummary> {
    use crate::accounts::{Roles, model::Closed};

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
        lang: Lang::Lv,
        closed: (id != 1).then(|| Closed {
            at: chrono::DateTime::UNIX_EPOCH,
            reason: "Vairs nestrādā pārvaldē".to_owned(),
        }),
    };
    vec![
        account(
            1,
            "anna@example.lv",
            [Role::Admin, Role::Author].into_iter().collect(),
        ),
        account(2, "eva@example.lv", Roles::default()),
    ]
}

/// The list of accounts for a spreadsheet.
#[must_use]
pub(crate) fn accounts_sheet(theme: &Theme, lang: Lang, accounts: Vec<AccountSummary>) -> Sheet {
    let columns = [
        "accounts-name",
        "email-label",
        "accounts-address",
        "accounts-state",
        "accounts-roles",
        "accounts-registered",
    ];
    let mut sheet = Sheet::new(
        theme.text(lang, "accounts-title"),
        columns.map(|key| theme.text(lang, key)),
    );
    for account in accounts {
        let roles: Vec<String> = ROLES
            .into_iter()
            .filter(|role| account.roles.has(*role))
            .map(|role| role_name(theme, lang, role))
            .collect();
        let address = if account.is_confirmed {
            "accounts-confirmed"
        } else {
            "accounts-unconfirmed"
        };
        let standing = if account.closed.is_some() {
            "accounts-closed"
        } else {
            "accounts-open"
        };
        sheet.row([
            account.name.into(),
            mail::readable(&account.email).into(),
            theme.text(lang, address).into(),
            theme.text(lang, standing).into(),
            roles.join(", ").into(),
            Lang::riga_date(account.created_at).into(),
        ]);
    }
    sheet
}

impl View for AccountsPage {
    const TEMPLATE: &'static str = "pages/admin-accounts.html";
    const SECTION: Section = Section::Admin;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "accounts-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let some = FoundRows {
            rows: sample_accounts(),
            total: 121,
            page: 1,
        };
        let none = FoundRows {
            rows: Vec::new(),
            total: 0,
            page: 1,
        };
        let sample_of =
            |query: &str, found| Self::new(theme, lang, &AccountsQuery::read(query), found);
        vec![
            sample_of("", some.clone()),
            sample_of("role=admin&address=confirmed", some),
            sample_of("q=neviens", none),
        ]
    }
}
