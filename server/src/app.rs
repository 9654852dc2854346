//! Puts the application together: the state of each area, and what all pages share.
//!
//! This is the only module that depends on every area. The handlers of an area take that area's own state and
//! a [`Visit`](crate::http::Visit), and cannot reach the state of another area.

use std::{net::IpAddr, sync::Arc};

use actix_web::web::{Data, ServiceConfig};
use futures::future::{BoxFuture, LocalBoxFuture};
use sea_orm::DbErr;

use crate::{
    accounts::{self, Sessions},
    api, audit, certificates,
    clock::Clock,
    config::{Config, MailWay},
    crypt::FieldKeys,
    db::Db,
    events, handbook,
    health::Health,
    http::{
        Error, Shell, connections::Connections, limits::Limits, refusals::Refusals,
        secret_key::SecretKey, theme::Theme,
    },
    ids::AccountId,
    jobs::{self, Notifier},
    learning::{self, AttemptCache, Catalogue, Courses, Rendered},
    mail, operating, organisations, people,
    personal::Registry,
    privacy,
    programme::{self, Programme},
    reactions::Reactions,
    registrations, reports, site,
    source::SourceLabels,
};

/// The kinds of records that can prove a fact or be certified.
#[must_use]
pub fn sources() -> SourceLabels {
    SourceLabels::new([learning::completion_label()])
}

/// Begins the course that somebody wanted before they had to say who they are.
fn on_arrival(learning: learning::State) -> people::OnArrival {
    Arc::new(move |person, lang, page| {
        let learning = learning.clone();
        Box::pin(async move { learning::arrive(&learning, person, lang, &page).await })
    })
}

/// How many events of each kind the page of one's own learning names: those that come next, and the last ones.
const COMING: usize = 3;

/// How many of a person's own coming events that page names.
const OWN_COMING: usize = 10;

/// A person's own events and those that come next, for the page of one's own learning.
fn coming(
    events: events::State,
    registrations: registrations::State,
    theme: Theme,
) -> learning::ComingFor {
    Arc::new(move |person, lang| {
        let (events, registrations, theme) = (events.clone(), registrations.clone(), theme.clone());
        Box::pin(async move {
            let words = (&theme, lang);
            let own = registrations::own_cards(&registrations, words, person).await?;
            let most = COMING + own.coming_ids.len();
            let mut next = events::next_events(&events, words, most).await?;
            next.retain(|card| !own.coming_ids.contains(&card.id()));
            let entry = |card: events::EventCard| {
                let (tone, (link, facts, note)) = (card.tone(), card.into_words());
                learning::ComingEntry {
                    link,
                    facts,
                    note,
                    tone,
                    to_do: None,
                }
            };
            let own_entry = |card: registrations::OwnCard| learning::ComingEntry {
                link: card.link,
                facts: card.facts,
                note: card.note,
                tone: card.tone,
                to_do: card.to_do,
            };
            Ok(learning::Coming {
                own: own
                    .coming
                    .into_iter()
                    .take(OWN_COMING)
                    .map(own_entry)
                    .collect(),
                past: own.past.into_iter().take(COMING).map(own_entry).collect(),
                others: next.into_iter().take(COMING).map(entry).collect(),
            })
        })
    })
}

/// The address of whoever organises events that name none: an invitation needs one, so that it is the sender's of the
/// mails if no other is configured.
fn contact_email(config: &Config) -> Option<String> {
    let own = config.contact.email.clone();
    own.or_else(|| mail::sender_address(&config.mail_from))
}

/// What the application is made of.
pub struct Parts {
    /// Configuration.
    pub config: Config,
    /// Time and new ids.
    pub clock: Clock,
    /// The database.
    pub db: Db,
    /// Templates and messages.
    pub theme: Theme,
    /// Key of CSRF tokens and other signatures.
    pub secret: SecretKey,
    /// Keys of encrypted fields.
    pub field_keys: FieldKeys,
    /// The courses.
    pub catalogue: Catalogue,
    /// The programme and its indicators, as configured.
    pub programme: Programme,
    /// Rate limits.
    pub limits: Limits,
    /// Bounds on connections.
    pub connections: Connections,
}

/// The application. Cheap to clone; clones share everything.
#[derive(Clone)]
pub struct App {
    /// Configuration.
    pub config: Arc<Config>,
    /// Time and new ids.
    pub clock: Clock,
    /// The database.
    pub db: Db,
    /// Wakes the job runners after a transaction that queued jobs.
    pub jobs: Notifier,
    /// The programme and its indicators, as configured.
    pub programme: Arc<Programme>,
    /// The courses.
    pub courses: Courses,
    /// The open connections and their time limits.
    pub connections: Connections,
    /// The checks of this server.
    pub health: Health,
    /// Keys of encrypted fields; an area that encrypts gets a clone of them in its state.
    pub field_keys: FieldKeys,
    /// What every page needs.
    pub shell: Data<Shell>,
    /// What accounts need.
    pub accounts: accounts::State,
    /// What the profile pages need.
    pub people: people::State,
    /// What the register of organisations needs.
    pub organisations: organisations::State,
    /// The state of the handlers of reports.
    pub reports: reports::State,
    /// What learning needs.
    pub learning: learning::State,
    /// What the handbooks need.
    pub handbook: handbook::State,
    /// What registrations for events need.
    pub registrations: registrations::State,
    /// What certificates need.
    pub certificates: certificates::State,
    /// What privacy needs.
    pub privacy: privacy::State,
    /// What the pages about mails and jobs need.
    pub operating: operating::State,
    /// What the API needs.
    pub api: api::State,
    /// What events need.
    pub events: events::State,
}

/// The kinds of jobs of all areas.
#[must_use]
pub fn job_kinds() -> Vec<&'static str> {
    use jobs::Job as _;
    vec![
        mail::SendMail::KIND,
        certificates::RenderCertificate::KIND,
        registrations::ImportRegistrations::KIND,
    ]
}

/// The areas with records about people: those that refer to others first.
#[must_use]
pub fn personal_records(config: &Config, field_keys: &FieldKeys) -> Registry {
    use jobs::Job as _;
    Registry::new(vec![
        Box::new(mail::PersonalMails {
            folder: config.data_dir.join("mail"),
        }),
        Box::new(jobs::FinishedJobs {
            other_kinds: &[mail::SendMail::KIND],
        }),
        Box::new(audit::PersonalEntries),
        Box::new(privacy::PersonalErasures),
        Box::new(programme::PersonalFacts),
        Box::new(certificates::PersonalCertificates),
        Box::new(registrations::PersonalRegistrations {
            field_keys: field_keys.clone(),
        }),
        Box::new(events::PersonalEvents),
        Box::new(api::PersonalTokens),
        Box::new(learning::PersonalLearning {
            field_keys: field_keys.clone(),
        }),
        Box::new(reports::HandledReports),
        Box::new(organisations::PersonalOrganisations),
        Box::new(people::PersonalPeople),
        Box::new(accounts::PersonalAccounts),
    ])
}

/// Asks every area that queues mails with a condition; each knows its own and lets the others pass.
struct WantedMails {
    learning: learning::State,
    registrations: registrations::State,
}

impl mail::StillWanted for WantedMails {
    fn is_wanted<'a>(&'a self, only_while: &'a str) -> BoxFuture<'a, Result<bool, DbErr>> {
        Box::pin(async move {
            Ok(self.learning.is_wanted(only_while).await?
                && self.registrations.is_wanted(only_while).await?)
        })
    }
}

impl privacy::OwnPassword for accounts::State {
    fn fits(
        &self,
        account_id: AccountId,
        password: String,
        address: IpAddr,
    ) -> LocalBoxFuture<'_, Result<bool, Error>> {
        Box::pin(accounts::is_own_password(
            self, account_id, password, address,
        ))
    }
}

impl App {
    /// Builds the application from its parts.
    #[must_use]
    #[expect(
        clippy::too_many_lines,
        reason = "one state after another, nothing between them"
    )]
    pub fn new(parts: Parts) -> Self {
        let Parts {
            config,
            clock,
            db,
            theme,
            secret,
            field_keys,
            catalogue,
            programme,
            limits,
            connections,
        } = parts;
        let public_url: Arc<str> = config.public_url().into();
        let composer = mail::Composer::new(theme.clone(), public_url.to_string());
        let (jobs, programme, limits) =
            (Notifier::default(), Arc::new(programme), Arc::new(limits));
        let reactions = Arc::new(Reactions::new(Arc::clone(&programme), composer.clone()));
        let courses = Courses::new(catalogue);
        let refusals = Arc::<Refusals>::default();
        let shell = Shell {
            public_url: Arc::clone(&public_url),
            is_https: config.is_https(),
            contact: config.contact.clone(),
            is_demo: config.demo,
            lacks_mail_server: config.mail_way() == MailWay::Nowhere,
            trusted_proxies: config.trusted_proxies.clone(),
            theme: theme.clone(),
            secret: secret.clone(),
            limits: Arc::clone(&limits),
            refusals: Arc::clone(&refusals),
            authenticator: Arc::new(Sessions::new(db.clone(), clock.clone(), config.sessions)),
            site: Arc::new(courses.clone()),
        };
        let registrations = registrations::State {
            clock: clock.clone(),
            db: db.clone(),
            jobs: jobs.clone(),
            programme: Arc::clone(&programme),
            composer: composer.clone(),
            secret: secret.clone(),
            field_keys: field_keys.clone(),
            limits: Arc::clone(&limits),
            contact_email: contact_email(&config).map(Arc::from),
        };
        let events = events::State {
            clock: clock.clone(),
            db: db.clone(),
            jobs: jobs.clone(),
            programme: Arc::clone(&programme),
            on_change: Arc::new(registrations.clone()),
        };
        let learning = learning::State {
            clock: clock.clone(),
            db: db.clone(),
            courses: courses.clone(),
            media_dir: config.bundle_dir().join("assets").into(),
            rendered: Rendered::default(),
            attempt_cache: AttemptCache::default(),
            jobs: jobs.clone(),
            programme: Arc::clone(&programme),
            theme: theme.clone(),
            public_url,
            is_demo: config.demo,
            composer: composer.clone(),
            addresses: reactions.clone(),
            field_keys: field_keys.clone(),
            secret: secret.clone(),
            reminder_days: config.reminder_days.clone().into(),
            coming: coming(events.clone(), registrations.clone(), theme.clone()),
        };
        let on_arrival = on_arrival(learning.clone());
        let accounts = accounts::State {
            clock: clock.clone(),
            db: db.clone(),
            composer: composer.clone(),
            jobs: jobs.clone(),
            limits: Arc::clone(&limits),
            secret,
            failures: Arc::default(),
            refusals,
            is_https: config.is_https(),
            mail_way: config.mail_way(),
            field_keys: field_keys.clone(),
            rules: config.sessions,
            on_arrival: Arc::clone(&on_arrival),
            on_rights_lost: reactions.clone(),
            on_address: reactions.clone(),
        };
        Self {
            accounts: accounts.clone(),
            privacy: privacy::State {
                clock: clock.clone(),
                db: db.clone(),
                registry: personal_records(&config, &field_keys),
                password: Arc::new(accounts),
                composer,
                jobs: jobs.clone(),
                retention: Arc::new(config.retention.clone()),
            },
            people: people::State {
                clock: clock.clone(),
                db: db.clone(),
                on_employer: reactions.clone(),
                on_arrival,
            },
            organisations: organisations::State {
                clock: clock.clone(),
                db: db.clone(),
                jobs: jobs.clone(),
                on_change: reactions,
            },
            events,
            reports: reports::State {
                clock: clock.clone(),
                db: db.clone(),
            },
            learning,
            registrations: registrations.clone(),
            handbook: handbook::State::new(courses.clone()),
            certificates: certificates::State {
                db: db.clone(),
                clock: clock.clone(),
                theme: theme.clone(),
            },
            api: api::State {
                clock: clock.clone(),
                db: db.clone(),
                limits,
                rules: config.sessions,
                theme: theme.clone(),
                registrations: registrations.clone(),
            },
            operating: operating::State {
                clock: clock.clone(),
                db: db.clone(),
                jobs: jobs.clone(),
                kinds: job_kinds().into(),
            },
            field_keys,
            health: Health::new(db.clone(), clock.clone(), config.data_dir.clone()),
            config: Arc::new(config),
            clock,
            db,
            jobs,
            programme,
            courses,
            connections,
            shell: Data::new(shell),
        }
    }

    /// Registers what the handlers take.
    pub fn provide(&self, config: &mut ServiceConfig) {
        config
            .app_data(self.shell.clone())
            .app_data(Data::new(self.connections.clone()))
            .app_data(Data::new(self.health.clone()))
            .app_data(Data::new(self.courses.clone()))
            .app_data(Data::new(self.accounts.clone()))
            .app_data(Data::new(self.people.clone()))
            .app_data(Data::new(self.organisations.clone()))
            .app_data(Data::new(self.reports.clone()))
            .app_data(Data::new(self.learning.clone()))
            .app_data(Data::new(site::State {
                courses: self.courses.clone(),
                learning: self.learning.clone(),
                events: self.events.clone(),
            }))
            .app_data(Data::new(self.handbook.clone()))
            .app_data(Data::new(self.registrations.clone()))
            .app_data(Data::new(self.certificates.clone()))
            .app_data(Data::new(self.privacy.clone()))
            .app_data(Data::new(self.operating.clone()))
            .app_data(Data::new(self.api.clone()))
            .app_data(Data::new(self.events.clone()))
            .app_data(Data::new(self.programme_pages()));
    }

    fn programme_pages(&self) -> programme::State {
        let learning = self.learning.clone();
        programme::State {
            clock: self.clock.clone(),
            db: self.db.clone(),
            programme: Arc::clone(&self.programme),
            sources: Arc::new(sources()),
            catch_up: Arc::new(move || {
                let learning = learning.clone();
                Box::pin(async move { learning::catch_up(&learning).await })
            }),
        }
    }

    /// What sends mails, in this way.
    #[must_use]
    pub fn delivery(&self, transport: mail::Transport) -> mail::Delivery {
        mail::Delivery {
            transport,
            db: self.db.clone(),
            clock: self.clock.clone(),
            bounds: self.config.mail_bounds,
            wanted: Arc::new(WantedMails {
                learning: self.learning.clone(),
                registrations: self.registrations.clone(),
            }),
        }
    }

    /// The queue of jobs.
    #[must_use]
    pub fn queue(&self) -> jobs::Queue {
        jobs::Queue {
            db: self.db.clone(),
            clock: self.clock.clone(),
            notifier: self.jobs.clone(),
        }
    }
}
