//! The whole platform in a test's process: real routes, middleware, theme and database, no socket.
//!
//! ```
//! # async fn example() {
//! use server::testing::{TestApp, Who};
//!
//! let app = TestApp::start().await;                       // on SQLite
//! let mut visitor = app.visitor();                        // nobody yet
//! let page = visitor.get("/lv/sign-in").await;
//! assert_eq!(page.status, 200);
//!
//! let mut manager = app.client(Who::Manager).await;       // signed in, with one role
//! manager.post("/lv/manage/organisations", &[("q", "rīts")]).await;   // with cookie and token
//! # }
//! ```
//!
//! - [`TestApp::on_each_database`] starts the same platform on each available database; write tests as a loop
//!   over it where queries are more than trivial.
//! - [`TestApp::build`] takes courses: a folder to compile, or a [`Catalogue`].
//! - [`TestApp::client`] signs in without a password (hashing is slow). The person is *ready*: they have a
//!   name, an organisation, and have accepted the privacy notice. [`TestApp::client_of`] makes further
//!   people, ready or not.
//! - [`Client`] keeps cookies as a browser does and does not follow redirects by itself: [`Page::location`]
//!   returns the target, [`Client::follow`] opens it.
//! - [`TestApp::mails_to`] reads the queued mails, [`TestApp::deliver`] sends them into `.eml` files.
//! - The time is [`START`] until [`TestApp::clock_control`] changes it.
//! - [`assert_admits`] checks a route against every role.
//! - Guessing is not delayed unless requested by [`Setup::limited`], or by [`Setup::waits_noted`], with which
//!   [`TestApp::waits`] records how long responses would have been delayed.
//! - [`Client::at`] sets the client's address.
//!
//! Everything here panics on failure.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "only tests use this: a failure is theirs to show"
)]

use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::Path,
    rc::Rc,
    sync::{Arc, LazyLock, Mutex, PoisonError},
    time::Duration,
};

use actix_web::{
    HttpResponse,
    body::{self, BoxBody},
    cookie::Cookie,
    dev::Service as _,
    http::{StatusCode, header},
    test,
};
use chrono::{DateTime, Utc};
use course_compiler::{
    bundle::{Bundle, FORMAT},
    compile::{self, Compilation},
    load,
    model::Glossary,
};
use futures::{FutureExt as _, future::LocalBoxFuture};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, Set,
};
use tempfile::TempDir;

use crate::{
    accounts::{Role, SESSION_COOKIE, begin_session},
    app::{App, Parts},
    clock::{Clock, ClockControl},
    config::Config,
    crypt::FieldKeys,
    db::{
        entity::{account, affiliation, job, notice_acceptance, organisation, person, role_grant},
        testing::TestDb,
    },
    http::{
        connections::Connections, csrf, limits::Limits, secret_key::SecretKey, theme::Theme,
        visit::VISITOR_COOKIE,
    },
    ids::{AccountId, OrganisationId, PersonId},
    jobs::{self, Job as _},
    learning::{Catalogue, Paths},
    mail::{self, Transport},
    people::PRIVACY_NOTICE_VERSION,
    programme::Programme,
    server::web_app,
};

/// The time at which tests start: a Monday morning.
pub const START: &str = "2026-11-23T08:00:00Z";

/// The address that links in mails start with.
pub const PUBLIC_URL: &str = "http://iespeja.localhost";

type Call = Rc<dyn Fn(test::TestRequest) -> LocalBoxFuture<'static, HttpResponse<BoxBody>>>;

/// A running platform.
pub struct TestApp {
    /// The application.
    pub app: App,
    /// Moves the time.
    pub clock_control: ClockControl,
    call: Call,
    /// Declared after everything that uses it: dropping it removes the database.
    pub db: TestDb,
    folder: TempDir,
    waits: Waits,
}

type Waits = Arc<Mutex<Vec<Duration>>>;

/// The configuration of a test platform.
pub struct Setup {
    catalogue: Catalogue,
    programme: Programme,
    limits: Limits,
    waits: Waits,
    connections: Connections,
    demo: bool,
    second_factor_roles: &'static str,
    public_url: &'static str,
}

/// Those of the shipped courses that tests use, with the handbook and the glossary. Two of them contain every
/// type of question, so a test need not compile all courses. Compiled once a process.
#[must_use]
pub fn shipped_bundle() -> Bundle {
    const TAKEN: [&str; 5] = [
        "disability",
        "foundations",
        "glossary",
        "handbook",
        "snippets",
    ];
    static BUNDLE: LazyLock<Bundle> = LazyLock::new(|| {
        let courses = Path::new(env!("CARGO_MANIFEST_DIR")).join("../courses");
        let mut tree = load::read(&courses).expect("the folder of the shipped courses");
        tree.folders
            .retain(|folder, _| TAKEN.contains(&folder.as_str()));
        tree.programme = Some(without_required_reviews());
        // They name courses that are left out here.
        tree.paths = None;
        let compilation = compile::compile_tree(&tree, &compile::Options::default(), &())
            .expect("threads to compile with");
        without_errors(compilation).bundle
    });
    BUNDLE.clone()
}

/// A `programme.toml` by which courses are published without reviews, because completions of drafts do not count.
fn without_required_reviews() -> Arc<[u8]> {
    b"[publishing]\nrequired_reviews = []\n".as_slice().into()
}

fn without_errors(compilation: Compilation) -> Compilation {
    assert!(
        !compilation.has_errors(),
        "courses with errors: {:#?}",
        compilation.diagnostics
    );
    compilation
}

impl Setup {
    /// With the courses of [`shipped_bundle`] and the shipped learning paths; no review is required.
    #[must_use]
    pub fn shipped_courses(self) -> Self {
        let paths = Paths::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../courses"));
        self.catalogue(Catalogue::new(shipped_bundle(), Vec::new(), true).with_paths(paths))
    }

    /// With courses compiled from a folder, without reviews. Panics if one has errors.
    #[must_use]
    pub fn courses(self, folder: &Path) -> Self {
        let mut tree = load::read(folder).expect("a folder of courses");
        tree.programme = Some(without_required_reviews());
        self.tree(&tree, folder)
    }

    /// With courses compiled from a folder, whose required reviews are missing; drafts are offered.
    #[must_use]
    pub fn drafts(self, folder: &Path) -> Self {
        self.tree(&load::read(folder).expect("a folder of courses"), folder)
    }

    fn tree(self, tree: &load::Tree, folder: &Path) -> Self {
        let compilation = compile::compile_tree(tree, &compile::Options::default(), &())
            .expect("threads to compile with");
        let compilation = without_errors(compilation);
        let (bundle, diagnostics) = (compilation.bundle, compilation.diagnostics);
        let catalogue = Catalogue::new(bundle, diagnostics, true);
        self.catalogue(catalogue.with_paths(Paths::load(folder)))
    }

    /// With this catalogue.
    #[must_use]
    pub fn catalogue(mut self, catalogue: Catalogue) -> Self {
        self.catalogue = catalogue;
        self
    }

    /// With another programme than that of `courses/programme.toml`.
    #[must_use]
    pub fn programme(mut self, programme: Programme) -> Self {
        self.programme = programme;
        self
    }

    /// With the rate limits of a real installation.
    #[must_use]
    pub fn limited(mut self) -> Self {
        self.limits = Limits::default();
        self
    }

    /// With rate limits whose delays are recorded instead of waited for.
    #[must_use]
    pub fn waits_noted(mut self) -> Self {
        let waits = Arc::clone(&self.waits);
        self.limits = Limits::default().waiting_by(move |time| {
            waits
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(time);
            // Yields, as a real wait does, so that other tasks continue.
            tokio::task::yield_now().boxed()
        });
        self
    }

    /// With other limits on connections; only relevant if the web server is started.
    #[must_use]
    pub fn connections(mut self, connections: Connections) -> Self {
        self.connections = connections;
        self
    }

    /// At an address that other machines reach, without a mail server.
    #[must_use]
    pub const fn public(mut self) -> Self {
        self.public_url = "http://iespeja.test";
        self
    }

    /// With roles that need a second factor, between commas.
    #[must_use]
    pub fn needing_second_factor(mut self, roles: &'static str) -> Self {
        self.second_factor_roles = roles;
        self
    }

    /// With `--demo`; nothing is filled in.
    #[must_use]
    pub fn demo(mut self) -> Self {
        self.demo = true;
        self
    }

    /// Starts on SQLite.
    pub async fn start(self) -> TestApp {
        self.start_on(TestDb::sqlite().await).await
    }

    /// Starts on a given database.
    pub async fn start_on(self, db: TestDb) -> TestApp {
        let folder = TempDir::new().expect("a temporary folder");
        let data_dir = folder.path().display().to_string();
        let variable = |key: &str| match key {
            "IESPEJA_DATA_DIR" => Some(data_dir.clone()),
            "IESPEJA_SECOND_FACTOR_ROLES" => Some(self.second_factor_roles.to_owned()),
            "IESPEJA_BASE_URL" => Some(self.public_url.to_owned()),
            _ => None,
        };
        let config = Config::from_sources(Path::new("iespeja.toml"), "", variable, self.demo)
            .expect("a configuration");
        let (clock, control) = Clock::stepped(START.parse().expect("a time"));
        let theme = Theme::load().expect("the theme");
        let secret = SecretKey::from_bytes([7; 64]);
        let app = App::new(Parts {
            config,
            clock,
            db: db.clone(),
            theme,
            secret,
            field_keys: FieldKeys::from_bytes([7; 32]),
            catalogue: self.catalogue,
            programme: self.programme,
            limits: self.limits,
            connections: self.connections,
        });

        let service = Rc::new(test::init_service(web_app(&app)).await);
        let call: Call = Rc::new(move |request: test::TestRequest| {
            let service = Rc::clone(&service);
            async move {
                match service.call(request.to_request()).await {
                    Ok(response) => response.map_into_boxed_body().into_parts().1,
                    Err(error) => HttpResponse::from_error(error),
                }
            }
            .boxed_local()
        });
        TestApp {
            app,
            clock_control: control,
            call,
            db,
            folder,
            waits: self.waits,
        }
    }
}

/// A kind of visitor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// Not signed in.
    Visitor,
    /// Signed in, without a role.
    Learner,
    /// Signed in as [`Role::Organiser`].
    Organiser,
    /// Signed in as [`Role::Manager`].
    Manager,
    /// Signed in as [`Role::Author`].
    Author,
    /// Signed in as [`Role::Admin`].
    Admin,
}

impl Who {
    /// Everybody.
    pub const ALL: [Self; 6] = [
        Self::Visitor,
        Self::Learner,
        Self::Organiser,
        Self::Manager,
        Self::Author,
        Self::Admin,
    ];

    const fn role(self) -> Option<Role> {
        match self {
            Self::Visitor | Self::Learner => None,
            Self::Organiser => Some(Role::Organiser),
            Self::Manager => Some(Role::Manager),
            Self::Author => Some(Role::Author),
            Self::Admin => Some(Role::Admin),
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Learner => "learner",
            Self::Organiser => "organiser",
            Self::Manager => "manager",
            Self::Author => "author",
            Self::Admin => "admin",
        }
    }
}

/// A person to sign in.
#[derive(Debug, Clone)]
pub struct Someone {
    /// The account's address.
    pub email: String,
    /// The account's role.
    pub role: Option<Role>,
    /// Whether the profile is complete.
    pub is_ready: bool,
}

/// A mail in the queue.
#[derive(Debug, Clone)]
pub struct QueuedMail {
    /// The subject line.
    pub subject: String,
    /// The text.
    pub body: String,
    /// The name of its file.
    pub file_name: String,
}

impl QueuedMail {
    /// The path of the first link to the platform in the text.
    #[must_use]
    pub fn link(&self) -> String {
        let (_, rest) = self
            .body
            .split_once(PUBLIC_URL)
            .expect("a link in the mail");
        rest.split_whitespace()
            .next()
            .unwrap_or_default()
            .to_owned()
    }
}

impl TestApp {
    /// A platform without courses, on SQLite.
    pub async fn start() -> Self {
        Self::build().start().await
    }

    /// A platform without courses on each available database.
    pub async fn on_each_database() -> Vec<Self> {
        let mut apps = Vec::new();
        for db in crate::db::testing::databases().await {
            apps.push(Self::build().start_on(db).await);
        }
        apps
    }

    /// Configures a test platform.
    #[must_use]
    pub fn build() -> Setup {
        // A folder without courses is an error for the compiler, so an empty bundle is used.
        let nothing = Bundle {
            format: FORMAT,
            source_hash: String::new(),
            content_hash: String::new(),
            courses: Vec::new(),
            published: Vec::new(),
            glossary: Glossary::default(),
            revisions: BTreeMap::new(),
            assets: BTreeMap::new(),
        };
        Setup {
            catalogue: Catalogue::new(nothing, Vec::new(), true),
            programme: Programme::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../courses"))
                .expect("courses/programme.toml"),
            limits: Limits::none(),
            waits: Waits::default(),
            connections: Connections::default(),
            demo: false,
            second_factor_roles: "",
            public_url: PUBLIC_URL,
        }
    }

    /// A new browser.
    #[must_use]
    pub fn visitor(&self) -> Client {
        Client {
            call: Rc::clone(&self.call),
            app: self.app.clone(),
            cookies: BTreeMap::new(),
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            account_id: AccountId::NIL,
            person_id: PersonId::NIL,
            email: String::new(),
        }
    }

    /// A browser in which a person is signed in, e.g. `manager@example.test`. The same account each time.
    pub async fn client(&self, who: Who) -> Client {
        if who == Who::Visitor {
            return self.visitor();
        }
        self.client_of(Someone {
            email: format!("{}@example.test", who.name()),
            role: who.role(),
            is_ready: true,
        })
        .await
    }

    /// A browser in which this person is signed in; an existing person is used again.
    pub async fn client_of(&self, someone: Someone) -> Client {
        let email = someone.email.clone();
        let (person_id, account_id) = match self.account(&email).await {
            Some(account) => (account.person_id.expect("a person"), account.id),
            None => self.add(someone).await,
        };
        let clock = self.app.clock.clone();
        let session = self
            .db
            .write(async move |txn| begin_session(txn, &clock, account_id, "").await)
            .await
            .expect("a session");
        let mut client = self.visitor();
        let cookie = session.cookie(false);
        client
            .cookies
            .insert(cookie.name().to_owned(), cookie.value().to_owned());
        Client {
            account_id,
            person_id,
            email,
            ..client
        }
    }

    async fn account(&self, email: &str) -> Option<account::Model> {
        account::Entity::find()
            .filter(account::Column::Email.eq(email))
            .one(self.db.read())
            .await
            .expect("accounts")
    }

    async fn add(&self, someone: Someone) -> (PersonId, AccountId) {
        let clock = self.app.clock.clone();
        let organisation_id = if someone.is_ready {
            Some(
                self.organisation(
                    "Paraugu pārvalde",
                    organisation::OrganisationKind::StateInstitution,
                )
                .await,
            )
        } else {
            None
        };
        self.db
            .write::<_, DbErr>(async move |txn| {
                let now = clock.now();
                let (given, family) = if someone.is_ready {
                    ("Anna", "Paraudziņa")
                } else {
                    ("", "")
                };
                let person = person::ActiveModel {
                    id: Set(clock.new_id()),
                    given_name: Set(given.to_owned()),
                    family_name: Set(family.to_owned()),
                    name_folded: Set(crate::text::fold(&format!("{given} {family}"))),
                    has_mixed_scripts: Set(false),
                    record_version: Set(0),
                    created_at: Set(now),
                }
                .insert(txn)
                .await?;
                let account = account::ActiveModel {
                    id: Set(clock.new_id()),
                    person_id: Set(Some(person.id)),
                    email: Set(someone.email),
                    password_hash: Set(None),
                    email_confirmed_at: Set(Some(now)),
                    locale: Set("lv".to_owned()),
                    created_at: Set(now),
                    disabled_at: Set(None),
                    closed_reason: Set(None),
                }
                .insert(txn)
                .await?;
                if let Some(role) = someone.role {
                    role_grant::ActiveModel {
                        id: Set(clock.new_id()),
                        account_id: Set(account.id),
                        role: Set(role),
                        granted_by: Set(None),
                        granted_at: Set(now),
                        revoked_at: Set(None),
                    }
                    .insert(txn)
                    .await?;
                }
                if let Some(organisation_id) = organisation_id {
                    affiliation::ActiveModel {
                        id: Set(clock.new_id()),
                        person_id: Set(person.id),
                        organisation_id: Set(organisation_id),
                        since: Set(now.date_naive()),
                        until: Set(None),
                        created_at: Set(now),
                    }
                    .insert(txn)
                    .await?;
                    notice_acceptance::ActiveModel {
                        id: Set(clock.new_id()),
                        person_id: Set(person.id),
                        notice: Set("privacy".to_owned()),
                        version: Set(PRIVACY_NOTICE_VERSION.to_owned()),
                        locale: Set("lv".to_owned()),
                        accepted_at: Set(now),
                    }
                    .insert(txn)
                    .await?;
                }
                Ok((person.id, account.id))
            })
            .await
            .expect("a person")
    }

    /// The approved organisation with a name; created if there is none.
    pub async fn organisation(
        &self,
        name: &'static str,
        kind: organisation::OrganisationKind,
    ) -> OrganisationId {
        let found = organisation::Entity::find()
            .filter(organisation::Column::Name.eq(name))
            .one(self.db.read())
            .await
            .expect("organisations");
        if let Some(organisation) = found {
            return organisation.id;
        }
        let (id, now) = (self.app.clock.new_id(), self.app.clock.now());
        self.db
            .write::<_, DbErr>(async move |txn| {
                organisation::ActiveModel {
                    id: Set(id),
                    name: Set(name.to_owned()),
                    name_folded: Set(crate::text::fold(name)),
                    registration_number: Set(None),
                    kind: Set(kind),
                    status: Set(organisation::OrganisationStatus::Approved),
                    proposed_by: Set(None),
                    decided_by: Set(None),
                    decided_at: Set(None),
                    decision_reason: Set(None),
                    created_at: Set(now),
                }
                .insert(txn)
                .await
            })
            .await
            .expect("an organisation")
            .id
    }

    /// The mails queued for an address, oldest first.
    pub async fn mails_to(&self, email: &str) -> Vec<QueuedMail> {
        let text = |mail: &job::Model, pointer: &str| -> String {
            let value = mail.payload.pointer(pointer).and_then(|text| text.as_str());
            value.unwrap_or_default().to_owned()
        };
        job::Entity::find()
            .filter(job::Column::Kind.eq(mail::SendMail::KIND))
            .order_by_asc(job::Column::Id)
            .all(self.db.read())
            .await
            .expect("the queue")
            .into_iter()
            .filter(|mail| text(mail, "/recipient") == email)
            .map(|mail| QueuedMail {
                subject: text(&mail, "/subject"),
                body: text(&mail, "/body/text"),
                file_name: mail::file_name(mail.id),
            })
            .collect()
    }

    /// The newest mail to an address.
    pub async fn last_mail_to(&self, email: &str) -> QueuedMail {
        let mails = self.mails_to(email).await;
        mails
            .into_iter()
            .next_back()
            .unwrap_or_else(|| panic!("no mail to {email}"))
    }

    /// Sends the due mails as files, and returns the name and text of every file.
    pub async fn deliver(&self) -> BTreeMap<String, String> {
        let transport = Transport::new(&self.app.config).expect("a folder");
        let delivery = self.app.delivery(transport);
        jobs::run_due(&self.app.queue(), &mail::workers(delivery))
            .await
            .expect("delivery");
        let folder = self.folder.path().join("mail");
        let Ok(files) = std::fs::read_dir(folder) else {
            return BTreeMap::new();
        };
        files
            .map(|file| {
                let file = file.expect("a file");
                let text = std::fs::read_to_string(file.path()).expect("a mail");
                (file.file_name().to_string_lossy().into_owned(), text)
            })
            .collect()
    }

    /// How long responses would have been delayed since the last call; those without a delay are not
    /// included. For [`Setup::waits_noted`].
    #[must_use]
    pub fn waits(&self) -> Vec<Duration> {
        std::mem::take(&mut *self.waits.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }
}

/// A browser: its cookies, and the CSRF token of its forms.
pub struct Client {
    call: Call,
    app: App,
    cookies: BTreeMap<String, String>,
    address: IpAddr,
    /// The account signed in; nil for a visitor.
    pub account_id: AccountId,
    /// The person; nil for a visitor.
    pub person_id: PersonId,
    /// The account's address; empty for a visitor.
    pub email: String,
}

impl Client {
    /// Sends requests from this address, e.g. `192.0.2.7`.
    #[must_use]
    pub fn at(mut self, address: &str) -> Self {
        self.address = address.parse().expect("an address");
        self
    }

    /// The value of a cookie.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Sets a cookie, e.g. one of another browser.
    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> Page {
        self.send(test::TestRequest::get().uri(path)).await
    }

    /// Sends a form as the page would, with the CSRF token.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let token = self.token();
        let mut fields = fields.to_vec();
        fields.push((csrf::FIELD, &token));
        self.post_as_is(path, &fields).await
    }

    /// Sends a form as the page's script does in the background.
    pub async fn post_in_background(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let token = self.token();
        let mut fields = fields.to_vec();
        fields.push((csrf::FIELD, &token));
        let request = test::TestRequest::post()
            .uri(path)
            .insert_header((header::ACCEPT, "application/json"))
            .set_form(fields);
        self.send(request).await
    }

    /// Sends a form without the CSRF token.
    pub async fn post_as_is(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = test::TestRequest::post().uri(path).set_form(fields);
        self.send(request).await
    }

    /// Sends any request, e.g. one with headers of its own.
    pub async fn send(&mut self, request: test::TestRequest) -> Page {
        let mut request = request.peer_addr(SocketAddr::new(self.address, 50_000));
        for (name, value) in &self.cookies {
            request = request.cookie(Cookie::new(name.clone(), value.clone()));
        }
        let response = (self.call)(request).await;
        for cookie in response.cookies() {
            if cookie
                .max_age()
                .is_some_and(actix_web::cookie::time::Duration::is_zero)
            {
                self.cookies.remove(cookie.name());
            } else {
                self.cookies
                    .insert(cookie.name().to_owned(), cookie.value().to_owned());
            }
        }
        Page::read(response).await
    }

    /// Opens the target of a redirect.
    pub async fn follow(&mut self, page: &Page) -> Page {
        self.get(page.location()).await
    }

    /// Whether there is a session cookie.
    #[must_use]
    pub fn has_session(&self) -> bool {
        self.cookies.contains_key(SESSION_COOKIE)
    }

    /// The value of the session's cookie; empty without one.
    #[must_use]
    pub fn session(&self) -> &str {
        self.cookies.get(SESSION_COOKIE).map_or("", String::as_str)
    }

    fn token(&mut self) -> String {
        if !self.has_session() {
            self.cookies
                .entry(VISITOR_COOKIE.to_owned())
                .or_insert_with(|| "a visitor".to_owned());
        }
        let named = self
            .cookies
            .get(SESSION_COOKIE)
            .or_else(|| self.cookies.get(VISITOR_COOKIE));
        csrf::token(&self.app.shell.secret, named.map_or("", String::as_str))
    }
}

/// A response.
#[derive(Debug)]
pub struct Page {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: header::HeaderMap,
    /// Its body as text; bytes that are not UTF-8 are replaced.
    pub text: String,
    /// Its body.
    pub bytes: Vec<u8>,
}

impl Page {
    async fn read(response: HttpResponse<BoxBody>) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = body::to_bytes(response.into_body())
            .await
            .expect("a body")
            .to_vec();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Self {
            status,
            headers,
            text,
            bytes,
        }
    }

    /// The target of a redirect; panics if it is none.
    #[must_use]
    pub fn location(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .and_then(|location| location.to_str().ok())
            .unwrap_or_else(|| panic!("not a redirect: {} {}", self.status, self.text))
    }

    /// Whether the body contains the text.
    #[must_use]
    pub fn has(&self, text: &str) -> bool {
        self.text.contains(text)
    }

    /// The text of the page's only `h1`.
    #[must_use]
    pub fn heading(&self) -> String {
        let (_, rest) = self
            .text
            .split_once("<h1")
            .unwrap_or_else(|| panic!("no h1: {}", self.text));
        let (_, rest) = rest.split_once('>').expect("a tag's end");
        let (heading, rest) = rest.split_once("</h1>").expect("the heading's end");
        assert!(!rest.contains("<h1"), "more than one h1");
        heading.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Checks who may open a page: the listed get `200`, other signed-in people `403`, and a visitor is
/// redirected to the sign-in page.
///
/// Visitors, if listed, get `200` too.
pub async fn assert_admits(app: &TestApp, path: &str, admitted: &[Who]) {
    for who in Who::ALL {
        let mut client = app.client(who).await;
        let page = client.get(path).await;
        assert_answer(path, who, admitted, &page, |status| {
            status == StatusCode::OK
        });
    }
}

/// Checks who may send a form: the listed get anything but a refusal.
pub async fn assert_admits_post(
    app: &TestApp,
    path: &str,
    fields: &[(&str, &str)],
    admitted: &[Who],
) {
    for who in Who::ALL {
        let mut client = app.client(who).await;
        let page = client.post(path, fields).await;
        assert_answer(path, who, admitted, &page, |status| {
            status != StatusCode::FORBIDDEN && !status.is_server_error()
        });
    }
}

fn assert_answer(
    path: &str,
    who: Who,
    admitted: &[Who],
    page: &Page,
    is_let_in: impl Fn(StatusCode) -> bool,
) {
    let leads_to_sign_in =
        page.status == StatusCode::SEE_OTHER && page.location().contains("/sign-in?");
    if admitted.contains(&who) {
        assert!(
            is_let_in(page.status) && !leads_to_sign_in,
            "{path} refuses {who:?}: {page:?}"
        );
    } else if who == Who::Visitor {
        assert!(
            leads_to_sign_in,
            "{path} does not ask a visitor to sign in: {page:?}"
        );
    } else {
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path} admits {who:?}");
    }
}
