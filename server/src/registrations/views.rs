//! What the templates of registrations get.

pub(crate) mod calendar;
pub(crate) mod group;
pub(crate) mod own;
pub(crate) mod substitute;

#[cfg(test)]
pub(crate) use super::{
    import::views::{CheckedImportPage, ImportPage, ImportRunPage},
    messages::views::{MessagePage, MessagePreviewPage},
};

use serde::Serialize;

use super::{
    forms::{RawDetails, RawGuestRegistration},
    mails,
    model::{EndCause, PlaceCounts, Registration, RegistrationState, shows_link, state_slug},
    needs::Needs,
    places::Refused,
    service::Seen,
};
use crate::{
    events::{
        Event, Form,
        views::{session_places, title},
    },
    http::{
        FormState, Lang,
        address::{self, Address as _},
        form::FormView,
        theme::Theme,
        visit::{Section, View},
    },
    input::{Field, Input as _},
    organisations::{
        Organisation,
        views::{KindOption, kind_options},
    },
    programme::audience_slug,
};

/// An event at the top of a page about registering for it.
#[derive(Debug, Serialize)]
struct EventView {
    title: String,
    url: String,
    times: Vec<String>,
    places: Vec<String>,
    audience: String,
}

impl EventView {
    fn new(theme: &Theme, lang: Lang, event: &Event) -> Self {
        let audience = audience_slug(event.row.audience);
        Self {
            title: title((theme, lang), event),
            url: address::Event {
                event: event.row.id,
            }
            .url(lang),
            times: mails::times(event, lang),
            places: session_places((theme, lang), event),
            audience: theme.text(lang, &format!("event-audience-{audience}")),
        }
    }
}

/// The fields of the organisation that a person without an account names.
pub(super) const ORGANISATION_FIELDS: &[Field] = &[
    Field::new("organisation").at_most(200),
    Field::new("organisation_id"),
    Field::new("organisation_kind"),
    Field::new("registration_number").at_most(20),
];

/// The value of the choice that none of the organisations found is the right one.
pub(super) const NOT_LISTED: &str = "new";

/// One of the organisations found.
#[derive(Debug, Serialize)]
pub(super) struct OrganisationOption {
    value: String,
    label: String,
}

impl OrganisationOption {
    /// Those that were found; none before a search.
    pub(super) fn all(found: Option<Vec<Organisation>>) -> Vec<Self> {
        let option = |found: Organisation| Self {
            value: found.id.to_string(),
            label: found.name,
        };
        found.into_iter().flatten().map(option).collect()
    }
}

/// Who registers.
#[derive(Debug, Clone)]
pub(super) enum Registering {
    /// A person without an account, with the organisations found for what they typed; `None` before a search.
    Guest(Option<Vec<Organisation>>),
    /// A signed-in person.
    Account {
        /// Their name.
        name: String,
        /// Their address.
        email: String,
        /// Their employer.
        organisation: Option<String>,
    },
}

/// `/events/{event}/register`.
#[derive(Debug, Serialize)]
pub(crate) struct RegisterForEventPage {
    event: EventView,
    action: String,
    is_guest: bool,
    name: String,
    email: String,
    organisation: Option<String>,
    is_full: bool,
    free_text: String,
    form: FormView,
    organisation_form: FormView,
    /// Whether an organisation was searched for.
    has_searched: bool,
    found: Vec<OrganisationOption>,
    not_listed: &'static str,
    kinds: Vec<KindOption>,
    /// Why nobody can register; then there is no form.
    refused: Option<String>,
    #[serde(skip)]
    address: String,
}

impl RegisterForEventPage {
    /// The form with the typed values; `refused` is why there is none.
    #[must_use]
    pub(super) fn new(
        theme: &Theme,
        lang: Lang,
        event: &Event,
        counts: PlaceCounts,
        (who, refused): (&Registering, Option<&Refused>),
        form: &FormState,
    ) -> Self {
        let page = address::RegisterForEvent {
            event: event.row.id,
        };
        let is_full = counts.free() == 0 || counts.waiting > 0;
        let count = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        let free_text = if is_full {
            let args = [("count", count(counts.waiting).into())];
            theme.text_with(lang, "register-event-full", &args)
        } else {
            let args = [
                ("count", count(counts.free()).into()),
                ("capacity", count(counts.capacity).into()),
            ];
            theme.text_with(lang, "register-event-free", &args)
        };
        let (is_guest, name, email, organisation, found) = match who.clone() {
            Registering::Guest(found) => (true, String::new(), String::new(), None, found),
            Registering::Account {
                name,
                email,
                organisation,
            } => (false, name, email, organisation, None),
        };
        Self {
            event: EventView::new(theme, lang, event),
            action: page.url(lang),
            is_guest,
            name,
            email,
            organisation,
            is_full,
            free_text,
            form: form.view(theme, lang, RawGuestRegistration::FIELDS),
            organisation_form: form.view(theme, lang, ORGANISATION_FIELDS),
            has_searched: found.is_some(),
            found: OrganisationOption::all(found),
            not_listed: NOT_LISTED,
            kinds: kind_options(theme, lang),
            refused: refused.map(|why| refusal(theme, lang, why)),
            address: page.url(lang),
        }
    }
}

/// Why something is refused, in words.
#[must_use]
pub(super) fn refusal(theme: &Theme, lang: Lang, why: &Refused) -> String {
    let at = |key: &str, at: chrono::DateTime<chrono::Utc>| {
        theme.text_with(lang, key, &[("at", lang.date_time(at).into())])
    };
    let count = |key: &str, count: u64| {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        theme.text_with(lang, key, &[("count", count.into())])
    };
    match why {
        Refused::NotAllFit { free } => count("group-not-all-fit", *free),
        Refused::TooManyToday { most } => count("group-too-many-today", *most),
        Refused::NotYet(opens_at) => at("registration-not-yet", *opens_at),
        Refused::Closed(closed_at) => at("registration-closed", *closed_at),
        Refused::TooLate(until) => at("registration-too-late", *until),
        Refused::Ended => theme.text(lang, "registration-ended"),
        Refused::NoPlace => theme.text(lang, "registration-substitute-no-place"),
        Refused::NoOrganisation => theme.text(lang, "registration-substitute-no-organisation"),
        Refused::SubstituteIsRegistered => theme.text(lang, "registration-substitute-registered"),
        Refused::NeedsOrganisation => theme.text(lang, "registration-needs-organisation"),
        Refused::OtherAudience => theme.text(lang, "registration-other-audience"),
        Refused::NotOffered | Refused::Taken { .. } | Refused::Database(_) => {
            theme.text(lang, "registration-not-offered")
        }
    }
}

impl View for RegisterForEventPage {
    const TEMPLATE: &'static str = "pages/event-register.html";
    const SECTION: Section = Section::None;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        let args = [("event", self.event.title.clone().into())];
        theme.text_with(lang, "register-event-title", &args)
    }

    fn address(&self) -> Option<String> {
        Some(self.address.clone())
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use crate::organisations::{OrganisationStatus, views::sample_organisation};

        let event = crate::events::sample();
        let account = |organisation: Option<&str>| Registering::Account {
            name: "Anna Paraudziņa".to_owned(),
            email: "anna@example.test".to_owned(),
            organisation: organisation.map(str::to_owned),
        };
        let counts = |taken, waiting| PlaceCounts {
            capacity: 20,
            taken,
            waiting,
            ..PlaceCounts::default()
        };
        let wrong = FormState::new()
            .value("children", "divi")
            .error("children", "children-ages")
            .error("organisation_id", "organisation-choose");
        let show = |counts, who: &Registering, refused: Option<&Refused>, form: &FormState| {
            Self::new(theme, lang, &event, counts, (who, refused), form)
        };
        let empty = FormState::new();
        let found = vec![sample_organisation(OrganisationStatus::Approved)];
        vec![
            show(counts(0, 0), &Registering::Guest(None), None, &empty),
            show(
                counts(20, 3),
                &Registering::Guest(Some(found)),
                None,
                &wrong,
            ),
            show(
                counts(5, 0),
                &Registering::Guest(Some(Vec::new())),
                None,
                &wrong,
            ),
            show(
                counts(19, 0),
                &account(Some("Labklājības ministrija")),
                None,
                &empty,
            ),
            show(counts(19, 0), &account(None), None, &wrong),
            show(
                counts(0, 0),
                &account(None),
                Some(&Refused::Closed(event.row.starts_at)),
                &empty,
            ),
        ]
    }
}

/// `/events/{event}/register/sent`.
#[derive(Debug, Serialize)]
pub(crate) struct RegistrationSentPage {
    event: EventView,
}

impl RegistrationSentPage {
    /// After a guest has registered for the event.
    #[must_use]
    pub(super) fn new(theme: &Theme, lang: Lang, event: &Event) -> Self {
        Self {
            event: EventView::new(theme, lang, event),
        }
    }
}

impl View for RegistrationSentPage {
    const TEMPLATE: &'static str = "pages/event-register-sent.html";
    const SECTION: Section = Section::None;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "registration-sent-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        vec![Self::new(theme, lang, &crate::events::sample())]
    }
}

/// `/registrations/{token}`.
#[derive(Debug, Serialize)]
pub(crate) struct RegistrationPage {
    event: EventView,
    state: &'static str,
    state_title: String,
    state_text: String,
    name: String,
    email: String,
    /// Until when one cancels and changes by oneself.
    deadline: String,
    is_past_deadline: bool,
    is_active: bool,
    /// The links to join sessions, near the time.
    links: Vec<String>,
    has_remote: bool,
    confirm_url: String,
    accept_url: String,
    cancel_url: String,
    change_url: String,
    /// Where somebody else is named who comes instead.
    substitute_url: Option<String>,
    register_url: Option<String>,
    form: FormView,
    #[serde(skip)]
    address: String,
}

impl RegistrationPage {
    /// A registration as the holder of its link sees it.
    #[must_use]
    pub(super) fn new(
        theme: &Theme,
        lang: Lang,
        (seen, token): (&Seen, &str),
        now: chrono::DateTime<chrono::Utc>,
        form: Option<&FormState>,
    ) -> Self {
        let (event, row) = (&seen.event, &seen.registration);
        let slug = state_slug(row.state);
        let until = row.expires_at.map(|until| lang.date_time(until));
        let place = u32::try_from(seen.before + 1).unwrap_or(u32::MAX);
        let args = [
            ("place", place.into()),
            ("until", until.unwrap_or_default().into()),
        ];
        let token = || token.to_owned();
        let has_place = row.state == RegistrationState::Registered;
        let links = event.sessions.iter();
        let links = links.filter(|session| shows_link(row.state, session, now));
        let filled = FormState::new();
        let form = form
            .cloned()
            .unwrap_or_else(|| filled_in(filled, row, &seen.needs));
        let page = address::Registration { token: token() }.url(lang);
        Self {
            event: EventView::new(theme, lang, event),
            state: slug,
            state_title: theme.text(lang, &format!("registration-state-{slug}")),
            state_text: match row.end_cause {
                Some(EndCause::Substituted) => theme.text(lang, "registration-state-substituted"),
                Some(EndCause::EventCancelled) => {
                    theme.text(lang, "registration-state-event-cancelled")
                }
                _ => theme.text_with(lang, &format!("registration-state-{slug}-text"), &args),
            },
            name: format!("{} {}", row.given_name, row.family_name),
            email: row.email.clone(),
            deadline: lang.date_time(event.cancel_until()),
            is_past_deadline: has_place && now >= event.cancel_until(),
            is_active: super::model::is_active(row.state),
            links: links.map(|session| session.remote_url.clone()).collect(),
            has_remote: has_place
                && event
                    .sessions
                    .iter()
                    .any(|session| session.form != Form::InPerson),
            confirm_url: address::ConfirmRegistration { token: token() }.url(lang),
            accept_url: address::AcceptPlace { token: token() }.url(lang),
            cancel_url: address::CancelRegistration { token: token() }.url(lang),
            change_url: address::ChangeRegistration { token: token() }.url(lang),
            substitute_url: has_place
                .then(|| address::SubstituteRegistration { token: token() }.url(lang)),
            register_url: (!super::model::is_active(row.state) && event.is_open(now)).then(|| {
                address::RegisterForEvent {
                    event: event.row.id,
                }
                .url(lang)
            }),
            form: form.view(theme, lang, RawDetails::FIELDS),
            address: page,
        }
    }
}

fn filled_in(form: FormState, row: &Registration, needs: &Needs) -> FormState {
    let ages: Vec<String> = needs.children.iter().map(u8::to_string).collect();
    form.value("role", row.role.clone())
        .value("children", ages.join(", "))
        .value("accessibility", needs.access.clone())
        .value("diet", needs.diet.clone())
        .value("interpreter", if needs.interpreter { "yes" } else { "" })
}

impl View for RegistrationPage {
    const TEMPLATE: &'static str = "pages/registration.html";
    const SECTION: Section = Section::Me;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        let args = [("event", self.event.title.clone().into())];
        theme.text_with(lang, "registration-title", &args)
    }

    fn address(&self) -> Option<String> {
        Some(self.address.clone())
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use RegistrationState as State;

        let seen = sample_seen;
        let mut all: Vec<Self> = [
            State::Pending,
            State::Registered,
            State::Waiting,
            State::Offered,
            State::Cancelled,
            State::Expired,
        ]
        .into_iter()
        .map(|state| {
            let seen = seen(state);
            let now = seen.event.row.starts_at - chrono::TimeDelta::days(3);
            Self::new(theme, lang, (&seen, "x~y"), now, None)
        })
        .collect();
        let mut late = seen(State::Registered);
        for session in &mut late.event.sessions {
            session.form = Form::Both;
            session.remote_url = "https://meet.example.test/1".to_owned();
        }
        let now = late.event.row.starts_at;
        let wrong = FormState::new().error("children", "children-ages");
        all.push(Self::new(theme, lang, (&late, "x~y"), now, Some(&wrong)));
        all
    }
}

#[cfg(test)]
fn sample_seen(state: RegistrationState) -> Seen {
    use crate::db::entity::registration::RegistrationOrigin;

    let event = crate::events::sample();
    let until = event.row.starts_at - chrono::TimeDelta::days(2);
    let is_waiting = matches!(
        state,
        RegistrationState::Pending | RegistrationState::Offered
    );
    Seen {
        registration: Registration {
            id: crate::ids::RegistrationId::from_u128(5),
            event_id: event.row.id,
            person_id: crate::ids::PersonId::from_u128(6),
            number: 3,
            state,
            holds_place: state == RegistrationState::Registered,
            origin: RegistrationOrigin::Guest,
            given_name: "Anna".to_owned(),
            family_name: "Paraudziņa".to_owned(),
            name_folded: "anna paraudzina".to_owned(),
            email: "anna@example.test".to_owned(),
            locale: "lv".to_owned(),
            organisation_id: None,
            role: "speciāliste".to_owned(),
            group_id: None,
            registered_by: None,
            substitutes: None,
            link_generation: 0,
            created_at: event.row.created_at,
            expires_at: is_waiting.then_some(until),
            registered_at: None,
            ended_at: None,
            end_cause: None,
        },
        event,
        needs: Needs {
            children: vec![3, 7],
            access: "Pārvietojos ratiņkrēslā.".to_owned(),
            diet: String::new(),
            interpreter: true,
        },
        before: 2,
    }
}

/// `/registrations/{token}/cancel`: the question before.
#[derive(Debug, Serialize)]
pub(crate) struct CancelRegistrationPage {
    event: EventView,
    state: &'static str,
    action: String,
    back: String,
}

impl CancelRegistrationPage {
    /// Before cancelling.
    #[must_use]
    pub(super) fn new(theme: &Theme, lang: Lang, seen: &Seen, token: &str) -> Self {
        let token = || token.to_owned();
        Self {
            event: EventView::new(theme, lang, &seen.event),
            state: state_slug(seen.registration.state),
            action: address::CancelRegistration { token: token() }.url(lang),
            back: address::Registration { token: token() }.url(lang),
        }
    }
}

impl View for CancelRegistrationPage {
    const TEMPLATE: &'static str = "pages/registration-cancel.html";
    const SECTION: Section = Section::Me;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "registration-cancel-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        [RegistrationState::Registered, RegistrationState::Waiting]
            .into_iter()
            .map(|state| Self::new(theme, lang, &sample_seen(state), "x~y"))
            .collect()
    }
}
