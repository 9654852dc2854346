//! A visit: the request of a page with its person, its language and its rule of access.
//!
//! Every handler of a page takes `Visit<A>`; `A` is the rule of who may use the page. A route without a rule
//! does not compile.

use std::{future::Future, marker::PhantomData, ops::Deref, pin::Pin, sync::Arc};

use actix_web::{
    FromRequest, HttpMessage as _, HttpRequest, HttpResponse, HttpResponseBuilder,
    body::MessageBody,
    cookie::{Cookie, SameSite},
    dev::Payload,
    http::{Method, StatusCode, Uri, header},
    web::Data,
};
use serde::Serialize;
use tera::Context;

use super::{
    Error, Flash, Lang, Reply, RequestId, Shell,
    address::{self, Address},
    csrf,
    flash::FlashView,
    methods, next,
    theme::Theme,
};
use crate::{
    principal::{Principal, Role},
    random,
};

/// The cookie of a visitor who is not signed in.
pub const VISITOR_COOKIE: &str = "visitor";

/// A rule of who may use a page.
pub trait Access: 'static {
    /// The role that it asks for; refusals of it are recorded.
    const ROLE: Option<Role> = None;

    /// Whether somebody who has to set up a second factor first may use the page before that.
    const BEFORE_SECOND_FACTOR: bool = false;

    /// What the handler gets of the person.
    type Who: Clone;

    /// Grants or denies access.
    ///
    /// # Errors
    /// [`Error::SignInNeeded`] or [`Error::Forbidden`].
    fn admit(principal: Option<Principal>) -> Result<Self::Who, Error>;
}

/// Open to everybody.
#[derive(Debug, Clone, Copy)]
pub struct Anyone;

impl Access for Anyone {
    type Who = Option<Principal>;

    fn admit(principal: Option<Principal>) -> Result<Self::Who, Error> {
        Ok(principal)
    }
}

/// For everybody who is signed in, also before they have set up a second factor that a role of theirs needs: the
/// pages for setting it up.
#[derive(Debug, Clone, Copy)]
pub struct Enrolling;

impl Access for Enrolling {
    const BEFORE_SECOND_FACTOR: bool = true;

    type Who = Principal;

    fn admit(principal: Option<Principal>) -> Result<Self::Who, Error> {
        principal.ok_or(Error::SignInNeeded)
    }
}

/// For everybody who is signed in.
#[derive(Debug, Clone, Copy)]
pub struct SignedIn;

impl Access for SignedIn {
    type Who = Principal;

    fn admit(principal: Option<Principal>) -> Result<Self::Who, Error> {
        principal.ok_or(Error::SignInNeeded)
    }
}

macro_rules! role_access {
    ($($(#[$doc:meta])* $name:ident),*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl Access for $name {
            const ROLE: Option<Role> = Some(Role::$name);

            type Who = Principal;

            fn admit(principal: Option<Principal>) -> Result<Self::Who, Error> {
                let principal = principal.ok_or(Error::SignInNeeded)?;
                if principal.roles.has(Role::$name) { Ok(principal) } else { Err(Error::Forbidden) }
            }
        }
    )*};
}

role_access!(
    /// For organisers of events.
    Organiser,
    /// For managers of the programme.
    Manager,
    /// For authors and reviewers of courses.
    Author,
    /// For administrators of the installation.
    Admin
);

/// For those who organise events: organisers, for the strands they were given, and managers, for all.
#[derive(Debug, Clone, Copy)]
pub struct Organising;

impl Access for Organising {
    const ROLE: Option<Role> = Some(Role::Organiser);

    type Who = Principal;

    fn admit(principal: Option<Principal>) -> Result<Self::Who, Error> {
        let principal = principal.ok_or(Error::SignInNeeded)?;
        let roles = principal.roles;
        if roles.has(Role::Organiser) || roles.has(Role::Manager) {
            Ok(principal)
        } else {
            Err(Error::Forbidden)
        }
    }
}

/// The part of a visit that does not depend on the rule.
#[derive(Debug, Clone)]
pub struct VisitCore {
    /// The page's language.
    pub lang: Lang,
    /// The person, if signed in.
    pub principal: Option<Principal>,
    /// The cookie that identifies the session or the visitor; secret.
    pub cookie: String,
    /// Identifies the request in the log and on error pages.
    pub request_id: String,
    /// Whether the request is `HEAD`: then nothing may be used up or recorded.
    pub is_head: bool,
    shell: Data<Shell>,
    path: String,
    is_new_visitor: bool,
    flash: Option<Flash>,
}

/// A visit under the rule `A`; everything else is reached through [`VisitCore`].
pub struct Visit<A: Access> {
    core: VisitCore,
    /// The person, as the rule provides them.
    pub who: A::Who,
    rule: PhantomData<A>,
}

impl<A: Access> Deref for Visit<A> {
    type Target = VisitCore;

    fn deref(&self) -> &VisitCore {
        &self.core
    }
}

impl<A: Access> FromRequest for Visit<A> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let mut core = VisitCore::of(&request)?;
            let authenticator = &core.shell.authenticator;
            if let Some(cookie) = request.cookie(authenticator.cookie_name()) {
                core.principal = authenticator.authenticate(cookie.value()).await?;
                // The cookie of an ended session is treated as that of a visitor.
            }
            request.extensions_mut().insert(core.clone());
            // Pages that are open to everybody are shown as to a visitor then.
            let must_enrol = core.principal.as_ref().is_some_and(|who| who.must_enrol);
            let admitted = if must_enrol && !A::BEFORE_SECOND_FACTOR {
                A::admit(None).map_err(|_| Error::SecondFactorNeeded)
            } else {
                A::admit(core.principal.clone())
            };
            let who = admitted.inspect_err(|error| {
                if let (Error::Forbidden, Some(role), Some(principal)) =
                    (error, A::ROLE, &core.principal)
                {
                    core.shell.refusals.count(principal.account_id, role);
                }
            })?;
            Ok(Self {
                core,
                who,
                rule: PhantomData,
            })
        })
    }
}

impl<A: Access> Visit<A> {
    /// The same visit in another language, for a form's button that changes the language.
    #[must_use]
    pub fn in_language(mut self, lang: Lang) -> Self {
        if self.core.lang != lang {
            self.core.path = address::in_language(&self.core.path, self.core.lang.other());
            self.core.lang = lang;
        }
        self
    }
}

impl VisitCore {
    /// The visit of a request: complete if a [`Visit`] was taken from it before, otherwise only what the
    /// request itself says.
    ///
    /// # Errors
    /// Those of [`Shell::of`].
    pub fn of(request: &HttpRequest) -> Result<Self, Error> {
        if let Some(core) = request.extensions().get::<Self>() {
            return Ok(core.clone());
        }
        let shell = Shell::of(request)?.clone();
        let lang = request
            .path()
            .split('/')
            .nth(1)
            .and_then(Lang::from_tag)
            .unwrap_or_else(|| {
                let accepted = request.headers().get(header::ACCEPT_LANGUAGE);
                Lang::from_accept_language(
                    accepted.and_then(|v| v.to_str().ok()).unwrap_or_default(),
                )
            });
        let known = request
            .cookie(shell.authenticator.cookie_name())
            .or_else(|| request.cookie(VISITOR_COOKIE));
        let is_new_visitor = known.is_none();
        let core = Self {
            shell,
            lang,
            principal: None,
            cookie: known.map_or_else(random::token, |cookie| cookie.value().to_owned()),
            request_id: RequestId::of(request).to_string(),
            path: if request.method() == Method::GET {
                address_of(request).to_owned()
            } else {
                opened_at(request, lang)
            },
            is_head: methods::is_head(request),
            is_new_visitor,
            flash: Flash::of(request),
        };
        request.extensions_mut().insert(core.clone());
        Ok(core)
    }

    /// What every page needs.
    #[must_use]
    pub fn shell(&self) -> &Shell {
        &self.shell
    }

    /// Templates and messages.
    #[must_use]
    pub fn theme(&self) -> &Theme {
        &self.shell.theme
    }

    /// The CSRF token for the page's forms.
    #[must_use]
    pub fn csrf(&self) -> String {
        csrf::token(&self.shell.secret, &self.cookie)
    }

    /// The same visit with who asks, where nobody has looked: on the page of an error that came before. A page
    /// for nobody is better than none.
    pub(super) async fn recognised(mut self, request: &HttpRequest) -> Self {
        let authenticator = &self.shell.authenticator;
        if self.principal.is_none()
            && let Some(cookie) = request.cookie(authenticator.cookie_name())
        {
            self.principal = authenticator
                .authenticate(cookie.value())
                .await
                .ok()
                .flatten();
        }
        self
    }

    /// The visit of a request whose address may not support `GET`: its page is one that does.
    pub(super) fn opened(mut self, request: &HttpRequest) -> Self {
        self.path = opened_at(request, self.lang);
        self
    }

    /// The path of this request with its query. If the address only accepts a form, it is the page that
    /// contained the form, or one above it.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// An address in the page's language: `/lv/me`.
    #[must_use]
    pub fn url(&self, to: &impl Address) -> String {
        to.url(self.lang)
    }

    /// Renders a page.
    ///
    /// # Errors
    /// The template fails; the test that renders every view's samples prevents this.
    pub fn show<V: View>(&self, view: &V) -> Reply {
        self.show_as(&mut HttpResponse::Ok(), view)
    }

    /// Renders a form again with its errors: 422.
    ///
    /// # Errors
    /// As [`VisitCore::show`].
    pub fn show_again<V: View>(&self, view: &V) -> Reply {
        self.refuse(StatusCode::UNPROCESSABLE_ENTITY, view)
    }

    /// Renders a form again because something was changed meanwhile: 409.
    ///
    /// # Errors
    /// As [`VisitCore::show`].
    pub fn show_conflict<V: View>(&self, view: &V) -> Reply {
        self.refuse(StatusCode::CONFLICT, view)
    }

    /// A form again, on a page whose title begins with saying that something is wrong.
    fn refuse<V: View>(&self, status: StatusCode, view: &V) -> Reply {
        let page = Page {
            is_refused: true,
            ..self.page(view)
        };
        let html = render(self.theme(), self.lang, view, &page)?;
        Ok(self.reply(&mut HttpResponseBuilder::new(status), html))
    }

    /// Renders a page with the given status and headers.
    ///
    /// # Errors
    /// As [`VisitCore::show`].
    pub fn show_as<V: View>(&self, answer: &mut HttpResponseBuilder, view: &V) -> Reply {
        let html = self.render(view)?;
        Ok(self.reply(answer, html))
    }

    /// The HTML of a page, for pages that are cached.
    ///
    /// # Errors
    /// As [`VisitCore::show`].
    pub fn render<V: View>(&self, view: &V) -> Result<String, Error> {
        let page = self.page(view);
        render(self.theme(), self.lang, view, &page)
    }

    /// Completes a response whose body is a page of this visit.
    #[must_use]
    pub fn reply(
        &self,
        answer: &mut HttpResponseBuilder,
        html: impl MessageBody + 'static,
    ) -> HttpResponse {
        if self.is_new_visitor {
            let cookie = Cookie::build(VISITOR_COOKIE, self.cookie.clone())
                .path("/")
                .http_only(true)
                .same_site(SameSite::Lax)
                .secure(self.shell.is_https)
                .finish();
            answer.cookie(cookie);
        }
        if self.flash.is_some() && !self.is_head {
            answer.cookie(Flash::removal());
        }
        answer.content_type("text/html; charset=utf-8").body(html)
    }

    /// Whether the page shows a one-time message, so that it must not be cached.
    #[must_use]
    pub const fn has_flash(&self) -> bool {
        self.flash.is_some()
    }

    fn page<V: View>(&self, view: &V) -> Page {
        let other = self.lang.other();
        let roles = self
            .principal
            .as_ref()
            .map(|principal| principal.roles)
            .unwrap_or_default();
        let shown_at = view.address();
        let shown_at = shown_at.as_deref().unwrap_or(&self.path);
        let next = view.next(shown_at);
        Page {
            lang: self.lang,
            other_lang: other,
            other_lang_url: next::in_language(shown_at, next.as_deref(), other),
            path: self.path.clone(),
            bare_path: shown_at.split('?').next().unwrap_or_default().to_owned(),
            public_url: Arc::clone(&self.shell.public_url),
            title: view.title(self.theme(), self.lang),
            description: view
                .description()
                .unwrap_or_else(|| self.theme().text(self.lang, "site-description")),
            is_indexed: V::IS_INDEXED && !self.shell.is_demo,
            signed_in: self.principal.is_some(),
            person_name: self.principal.as_ref().map(|who| who.display_name.clone()),
            person_key: self
                .principal
                .as_ref()
                .map(|who| csrf::person_key(&self.shell.secret, who.person_id)),
            roles: RolesView::new(|role| roles.has(role)),
            is_address_refused: self
                .principal
                .as_ref()
                .is_some_and(|who| who.is_address_refused),
            csrf: self.csrf(),
            demo: self.shell.is_demo,
            has_handbook: self.shell.site.has_handbook(),
            lacks_mail_server: self.shell.lacks_mail_server
                && matches!(V::SECTION, Section::Admin | Section::Jobs)
                && roles.has(Role::Admin),
            flash: self
                .flash
                .as_ref()
                .and_then(|flash| flash.view(self.theme(), self.lang)),
            is_refused: false,
            nav: V::SECTION,
            report_url: V::IS_CONTENT.then(|| {
                let place = view.place().unwrap_or_else(|| self.path.clone());
                address::with_query(&address::Report.url(self.lang), [(next::FIELD, place)])
            }),
            has_exit: view.has_exit(),
            sign_in_url: next::after(&address::SignIn.url(self.lang), next.as_deref()),
            register_url: next::after(&address::Register.url(self.lang), next.as_deref()),
        }
    }
}

/// The typed data of a page; each view belongs to one template.
pub trait View: Serialize + Sized {
    /// The path of the template below `templates/`.
    const TEMPLATE: &'static str;
    /// The entry of the navigation that is marked as current.
    const SECTION: Section;

    /// Whether search engines may index the page; not if it contains personal data.
    const IS_INDEXED: bool = true;

    /// The page's title, without the site's name.
    fn title(&self, theme: &Theme, lang: Lang) -> String;

    /// A description of the page in a sentence or two, for search engines and link previews; `None` uses the
    /// description of the site.
    fn description(&self) -> Option<String> {
        None
    }

    /// Whether mistakes on the page can be reported: it shows content, or every visitor may come to it.
    const IS_CONTENT: bool = false;

    /// Whether it can be dangerous to be seen reading it: then the page has a button for leaving at once, and the
    /// number to call in danger.
    fn has_exit(&self) -> bool {
        false
    }

    /// The page to name in a report, if it is another than this one.
    fn place(&self) -> Option<String> {
        None
    }

    /// The address at which the page can be opened, where that may be another than the one asked for: a
    /// form that is shown again.
    fn address(&self) -> Option<String> {
        None
    }

    /// The page to go on to for those who sign in from this one, which is opened at `here`: the same one. A page for
    /// signing in passes on the one that it was asked for.
    fn next(&self, here: &str) -> Option<String> {
        Some(here.to_owned())
    }

    /// Realistic data for every variant of the page; a test renders all of them.
    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self>;
}

/// The entries of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Section {
    /// No entry.
    None,
    /// The front page.
    Home,
    /// The catalogue and everything in courses.
    Courses,
    /// The events of the programme.
    Events,
    /// The handbooks and the glossary.
    Handbook,
    /// The person's own pages.
    Me,
    /// The events as their organisers see them.
    Organise,
    /// The programme's figures.
    Manage,
    /// The register of organisations.
    Organisations,
    /// The courses as authors see them.
    Author,
    /// The reports of mistakes, for authors.
    Reports,
    /// Roles and accounts.
    Admin,
    /// Mails and jobs.
    Jobs,
    /// Verifying a certificate.
    Verify,
}

/// The layout's data, under `page` in every context.
#[derive(Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is asked by the layout on its own"
)]
struct Page {
    lang: Lang,
    other_lang: Lang,
    other_lang_url: String,
    path: String,
    /// The path without its query.
    bare_path: String,
    /// The address that the path is below, for those who read the page elsewhere.
    public_url: Arc<str>,
    title: String,
    description: String,
    is_indexed: bool,
    signed_in: bool,
    person_name: Option<String>,
    /// Under what a script keeps in the browser what this person has not sent yet; tells nothing of them.
    person_key: Option<String>,
    roles: RolesView,
    /// Whether mails to the person do not arrive.
    is_address_refused: bool,
    csrf: String,
    demo: bool,
    has_handbook: bool,
    /// Whether an administrator is told here that mails reach nobody.
    lacks_mail_server: bool,
    flash: Option<FlashView>,
    /// Whether a form is shown again because of what is in it.
    is_refused: bool,
    nav: Section,
    /// The address of the form for reporting a mistake on the page, if it leads there.
    report_url: Option<String>,
    /// The addresses for signing in and registering, from where one goes on to this page.
    sign_in_url: String,
    register_url: String,
    has_exit: bool,
}

#[derive(Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "one for each role; templates ask each"
)]
struct RolesView {
    organiser: bool,
    manager: bool,
    author: bool,
    admin: bool,
    /// Whether their pages have a menu of their own: those of several roles, and those of a manager, are too many for
    /// the row.
    several: bool,
}

impl RolesView {
    fn new(has: impl Fn(Role) -> bool) -> Self {
        let held = [Role::Organiser, Role::Manager, Role::Author, Role::Admin].map(has);
        let [organiser, manager, author, admin] = held;
        Self {
            organiser,
            manager,
            author,
            admin,
            several: manager || held.into_iter().filter(|held| *held).count() > 1,
        }
    }
}

fn render<V: View>(theme: &Theme, lang: Lang, view: &V, page: &Page) -> Result<String, Error> {
    let mut context = Context::from_serialize(view).map_err(Error::internal)?;
    context.insert("page", page);
    theme
        .render(lang, V::TEMPLATE, &context)
        .map_err(|error| Error::internal(format!("{}: {error}", V::TEMPLATE)))
}

/// Renders every sample of a view in both languages, signed in and not.
///
/// # Errors
/// Why a sample could not be rendered.
#[cfg(test)]
pub fn render_samples<V: View>(theme: &Theme) -> Result<Vec<String>, String> {
    let mut rendered = Vec::new();
    for lang in Lang::ALL {
        for (index, view) in V::samples(theme, lang).iter().enumerate() {
            for signed_in in [false, true] {
                let page = Page {
                    lang,
                    other_lang: lang.other(),
                    other_lang_url: address::Home.url(lang.other()),
                    path: address::Home.url(lang),
                    bare_path: address::Home.url(lang),
                    public_url: "http://localhost".into(),
                    title: view.title(theme, lang),
                    description: view
                        .description()
                        .unwrap_or_else(|| theme.text(lang, "site-description")),
                    is_indexed: V::IS_INDEXED,
                    signed_in,
                    person_name: signed_in.then(|| "Anna Paraudziņa".to_owned()),
                    person_key: signed_in.then(|| "person".to_owned()),
                    // Each role alone has its entries in the row; with all of them there is a menu.
                    roles: RolesView::new(|role| signed_in && (index != 0 || role == Role::Author)),
                    is_address_refused: signed_in && index == 0,
                    csrf: "token".to_owned(),
                    demo: signed_in,
                    has_handbook: signed_in,
                    lacks_mail_server: signed_in && V::SECTION == Section::Jobs,
                    flash: None,
                    is_refused: false,
                    nav: V::SECTION,
                    report_url: V::IS_CONTENT.then(|| address::Report.url(lang)),
                    has_exit: view.has_exit(),
                    sign_in_url: next::after(
                        &address::SignIn.url(lang),
                        view.next(&address::Home.url(lang)).as_deref(),
                    ),
                    register_url: address::Register.url(lang),
                };
                let html = render(theme, lang, view, &page)
                    .map_err(|error| format!("sample {index} in {lang}: {error}"))?;
                rendered.push(html);
            }
        }
    }
    Ok(rendered)
}

/// The path of a request with its query.
pub(super) fn address_of(request: &HttpRequest) -> &str {
    let address = request.uri().path_and_query();
    address.map_or("/", |address| address.as_str())
}

/// The page from which a form was sent, if the browser sends it and it is of this site.
pub(super) fn page_of_form(request: &HttpRequest) -> Option<String> {
    let referrer = request.headers().get(header::REFERER)?;
    let page: Uri = referrer.to_str().ok()?.parse().ok()?;
    let host = request.headers().get(header::HOST)?.to_str().ok()?;
    let is_ours = page
        .authority()
        .is_some_and(|authority| authority.as_str() == host);
    is_ours.then(|| page.path_and_query().map(|path| path.as_str().to_owned()))?
}

/// The address at which the shown page can be opened with `GET`: that of the request, the page of its form,
/// or the nearest page above.
fn opened_at(request: &HttpRequest, lang: Lang) -> String {
    let (asked, home) = (address_of(request), address::Home.url(lang));
    if methods::is_read(request, asked) {
        return asked.to_owned();
    }
    page_of_form(request)
        .filter(|page| page.starts_with(&home) && methods::is_read(request, page))
        .or_else(|| methods::page_above(request, asked))
        .unwrap_or(home)
}
