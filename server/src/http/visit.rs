//! A visit: who asks, in which language, and what every page needs.
//!
//! `Visit<A>` is taken by every handler of a page; `A` is the handler's authorisation rule, so a
//! route without one does not compile.

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

/// The cookie of a visitor who has not signed in.
pub const VISITOR_COOKIE: &str = "visitor";

/// A rule: who may use a page.
pub trait Access: 'static {
    /// What a handler then knows of the person.
    type Who: Clone;

    /// Lets in or refuses.
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

/// For people who are signed in, about themselves.
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
            type Who = Principal;

            fn admit(principal: Option<Principal>) -> Result<Self::Who, Error> {
                let principal = principal.ok_or(Error::SignInNeeded)?;
                if principal.roles.has(Role::$name) { Ok(principal) } else { Err(Error::Forbidden) }
            }
        }
    )*};
}

role_access!(
    /// For those who organise events and issue certificates.
    Organiser,
    /// For those who answer for the programme's indicators.
    Manager,
    /// For those who write and review courses.
    Author,
    /// For those who run the installation.
    Admin
);

/// What is known of a request, whatever its rule.
#[derive(Debug, Clone)]
pub struct VisitCore {
    /// The page's language.
    pub lang: Lang,
    /// The person, if signed in.
    pub principal: Option<Principal>,
    /// The cookie that names the session or the visitor; secret.
    pub cookie: String,
    /// Names the request in the log and on error pages.
    pub request_id: String,
    /// Whether only the head of the answer is asked for (`HEAD`): then nothing is used up and
    /// nothing recorded.
    pub is_head: bool,
    shell: Data<Shell>,
    path: String,
    is_new_visitor: bool,
    flash: Option<Flash>,
}

/// A visit under the rule `A`; what is common to all is reached through [`VisitCore`].
pub struct Visit<A: Access> {
    core: VisitCore,
    /// The person, as the rule knows them.
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
                // A cookie of a session that has ended names a visitor and no more.
            }
            request.extensions_mut().insert(core.clone());
            let who = A::admit(core.principal.clone())?;
            Ok(Self {
                core,
                who,
                rule: PhantomData,
            })
        })
    }
}

impl<A: Access> Visit<A> {
    /// The same visit in another language: for a form whose button asked for it.
    #[must_use]
    pub fn speaking(mut self, lang: Lang) -> Self {
        if self.core.lang != lang {
            self.core.path = address::in_other_language(&self.core.path, self.core.lang);
            self.core.lang = lang;
        }
        self
    }
}

impl VisitCore {
    /// What is known so far: all of it once a [`Visit`] was taken from the request, else only
    /// what the request itself says.
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

    /// The token that the page's forms carry.
    #[must_use]
    pub fn csrf(&self) -> String {
        csrf::token(&self.shell.secret, &self.cookie)
    }

    /// The same visit, known to ask for what cannot be opened.
    pub(super) fn opened(mut self, request: &HttpRequest) -> Self {
        self.path = opened_at(request, self.lang);
        self
    }

    /// The path of this request with its query; where that only takes a form, the page that the form was
    /// on, or one above it.
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
    /// The template fails, which the test of every view's samples keeps from happening.
    pub fn show<V: View>(&self, view: &V) -> Reply {
        self.show_as(&mut HttpResponse::Ok(), view)
    }

    /// Renders a form again with its errors: 422.
    ///
    /// # Errors
    /// As [`VisitCore::show`].
    pub fn show_again<V: View>(&self, view: &V) -> Reply {
        self.show_as(
            &mut HttpResponseBuilder::new(StatusCode::UNPROCESSABLE_ENTITY),
            view,
        )
    }

    /// Renders a page into a prepared answer.
    ///
    /// # Errors
    /// As [`VisitCore::show`].
    pub fn show_as<V: View>(&self, answer: &mut HttpResponseBuilder, view: &V) -> Reply {
        let html = self.render(view)?;
        Ok(self.reply(answer, html))
    }

    /// A page's text; for pages that are rendered once and kept.
    ///
    /// # Errors
    /// As [`VisitCore::show`].
    pub fn render<V: View>(&self, view: &V) -> Result<String, Error> {
        let page = self.page(view);
        render(self.theme(), self.lang, view, &page)
    }

    /// Completes an answer whose body is a page of this visit.
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

    /// Whether the page shows something that only this one answer may show.
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
        Page {
            lang: self.lang,
            other_lang: other,
            other_lang_url: address::in_other_language(shown_at, self.lang),
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
            roles: RolesView::new(|role| roles.has(role)),
            csrf: self.csrf(),
            demo: self.shell.is_demo,
            has_handbook: self.shell.site.has_handbook(),
            flash: self
                .flash
                .as_ref()
                .and_then(|flash| flash.view(self.theme(), self.lang)),
            nav: V::SECTION,
            report_url: V::IS_CONTENT.then(|| {
                let place = view.place(self.lang).unwrap_or_else(|| self.path.clone());
                address::with_query(&address::Report.url(self.lang), [(next::FIELD, place)])
            }),
            has_exit: view.has_exit(),
        }
    }
}

/// A page's data, typed; one template shows it.
pub trait View: Serialize + Sized {
    /// The template below `templates/`.
    const TEMPLATE: &'static str;
    /// The part of the site that the navigation marks.
    const SECTION: Section;

    /// Whether search engines may keep the page: not if it says something about a person.
    const IS_INDEXED: bool = true;

    /// The page's title, without the site's name.
    fn title(&self, theme: &Theme, lang: Lang) -> String;

    /// What the page is about, in a sentence or two, for search engines and where its address is shared;
    /// `None` says what the site is about.
    fn description(&self) -> Option<String> {
        None
    }

    /// Whether the page shows what authors write, so that everybody can tell them of a mistake on it.
    const IS_CONTENT: bool = false;

    /// Whether the subject may put a reader in danger who is seen with it: the page can be left at once, and says
    /// where to get help.
    fn has_exit(&self) -> bool {
        false
    }

    /// The page of the content by which authors find what this one shows, where that is another.
    fn place(&self, lang: Lang) -> Option<String> {
        let _ = lang;
        None
    }

    /// The address at which the page can be opened, where that may be another than the one asked for: a
    /// form that is shown again.
    fn address(&self) -> Option<String> {
        None
    }

    /// Believable data of every shape the page can take; all are rendered in a test.
    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self>;
}

/// The parts of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Section {
    /// No entry of the navigation.
    None,
    /// The front page.
    Home,
    /// The catalogue and everything in courses.
    Courses,
    /// The handbooks, and what else is looked up.
    Handbook,
    /// What concerns the person themselves.
    Me,
    /// The programme's figures.
    Manage,
    /// The register of organisations.
    Organisations,
    /// What authors see of the courses.
    Author,
    /// Roles and the installation.
    Admin,
    /// Checking a certificate.
    Verify,
}

/// What the layout needs, under `page` in every context.
#[derive(Debug, Serialize)]
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
    roles: RolesView,
    csrf: String,
    demo: bool,
    has_handbook: bool,
    flash: Option<FlashView>,
    nav: Section,
    /// Where a mistake on the page is told, if it is a page of content.
    report_url: Option<String>,
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
    /// Whether there are more than one, so that their pages have a menu of their own.
    several: bool,
}

impl RolesView {
    fn new(has: impl Fn(Role) -> bool) -> Self {
        let held = [Role::Organiser, Role::Manager, Role::Author, Role::Admin].map(&has);
        Self {
            organiser: has(Role::Organiser),
            manager: has(Role::Manager),
            author: has(Role::Author),
            admin: has(Role::Admin),
            several: held.into_iter().filter(|held| *held).count() > 1,
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

/// Renders every sample of a view in both languages, signed in and not; the pages.
///
/// # Errors
/// What keeps a sample from being rendered.
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
                    // Each role alone has its entries in the row; with all of them there is a menu.
                    roles: RolesView::new(|role| {
                        signed_in && (index != 0 || role == Role::Manager)
                    }),
                    csrf: "token".to_owned(),
                    demo: signed_in,
                    has_handbook: signed_in,
                    flash: None,
                    nav: V::SECTION,
                    report_url: V::IS_CONTENT.then(|| address::Report.url(lang)),
                    has_exit: view.has_exit(),
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

/// The page from which a form was sent, if the browser says so and it is one of this site.
pub(super) fn page_of_form(request: &HttpRequest) -> Option<String> {
    let referrer = request.headers().get(header::REFERER)?;
    let page: Uri = referrer.to_str().ok()?.parse().ok()?;
    let host = request.headers().get(header::HOST)?.to_str().ok()?;
    let is_ours = page
        .authority()
        .is_some_and(|authority| authority.as_str() == host);
    is_ours.then(|| page.path_and_query().map(|path| path.as_str().to_owned()))?
}

/// The address at which `GET` serves what is shown: that of the request, the page of its form, or the
/// nearest above.
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
