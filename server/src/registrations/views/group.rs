//! What the templates of groups get.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{EventView, refusal};
use crate::{
    events::{Event, views::Words},
    http::{
        FormState, Lang, TextLink,
        address::{self, Address as _},
        form::{ErrorView, FormView},
        theme::Theme,
        visit::{Section, View},
    },
    ids::RegistrationGroupId,
    input::Input as _,
    list::Tone,
    registrations::{
        forms::{Colleague, RawColleague},
        group_form::{GroupForm, RawMode, prefix},
        model::{Outcome, PlaceCounts, Registration, RegistrationState, is_active, state_slug},
        places::Refused,
        service::group::{Group, GroupMode, MOST_AT_ONCE, member_name},
    },
};

fn count(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// How many places are free for anybody.
const fn free_of(counts: PlaceCounts) -> u64 {
    if counts.waiting > 0 { 0 } else { counts.free() }
}

/// A person in the form.
#[derive(Debug, Serialize)]
struct PersonPart {
    number: usize,
    prefix: String,
    form: FormView,
    can_remove: bool,
}

fn parts(
    (theme, lang): Words<'_>,
    forms: &[FormState],
    errors: &mut Vec<ErrorView>,
) -> Vec<PersonPart> {
    let part = |(number, part): (usize, &FormState)| {
        let prefix = prefix(number);
        let mut form = part.part_view(theme, lang, RawColleague::FIELDS, &prefix);
        errors.extend(form.take_errors());
        PersonPart {
            number,
            prefix,
            form,
            can_remove: forms.len() > 1,
        }
    };
    (1..).zip(forms).map(part).collect()
}

/// An option of a choice.
#[derive(Debug, Serialize)]
struct ModeOption {
    value: &'static str,
    label: String,
}

/// `/events/{event}/register-group`.
#[derive(Debug, Serialize)]
pub(crate) struct GroupFormPage {
    event: EventView,
    organisation: String,
    free_text: String,
    people: Vec<PersonPart>,
    can_add: bool,
    next: usize,
    most: usize,
    mode: FormView,
    modes: Vec<ModeOption>,
    errors: Vec<ErrorView>,
    refused: Option<String>,
    action: String,
}

impl GroupFormPage {
    /// The form with what was typed; `refused` says why nobody was registered.
    #[must_use]
    pub(in crate::registrations) fn new(
        words: Words<'_>,
        (event, counts): (&Event, PlaceCounts),
        organisation: &str,
        form: &GroupForm,
        refused: Option<&Refused>,
    ) -> Self {
        let (theme, lang) = words;
        let mut errors = Vec::new();
        let people = parts(words, &form.people, &mut errors);
        let mut mode = form.mode.view(theme, lang, RawMode::FIELDS);
        errors.extend(mode.take_errors());
        let option = |value: &'static str| ModeOption {
            value,
            label: theme.text(lang, &format!("group-mode-{value}")),
        };
        Self {
            event: EventView::new(theme, lang, event),
            organisation: organisation.to_owned(),
            free_text: free_text(words, counts),
            can_add: people.len() < MOST_AT_ONCE,
            next: people.len() + 1,
            most: MOST_AT_ONCE,
            people,
            mode,
            modes: vec![option("nobody"), option("waiting")],
            errors,
            refused: refused.map(|why| refusal(theme, lang, why)),
            action: address::RegisterGroup {
                event: event.row.id,
            }
            .url(lang),
        }
    }
}

fn free_text((theme, lang): Words<'_>, counts: PlaceCounts) -> String {
    if free_of(counts) == 0 {
        let args = [("count", count(counts.waiting).into())];
        return theme.text_with(lang, "register-event-full", &args);
    }
    let args = [
        ("count", count(counts.free()).into()),
        ("capacity", count(counts.capacity).into()),
    ];
    theme.text_with(lang, "register-event-free", &args)
}

impl View for GroupFormPage {
    const TEMPLATE: &'static str = "pages/register-group.html";
    const SECTION: Section = Section::None;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "group-title")
    }

    fn address(&self) -> Option<String> {
        Some(self.action.clone())
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let event = crate::events::sample();
        let wrong = GroupForm {
            people: vec![
                FormState::new().value("given_name", "Zanda"),
                FormState::new().error("email", "email-missing"),
            ],
            mode: FormState::new().error("if_too_few", "group-mode-missing"),
        };
        let counts = |taken, waiting| PlaceCounts {
            capacity: 20,
            taken,
            waiting,
            ..PlaceCounts::default()
        };
        let words = (theme, lang);
        let of = "Labklājības ministrija";
        let too_few = Refused::NotAllFit { free: 2 };
        vec![
            Self::new(words, (&event, counts(3, 0)), of, &GroupForm::empty(), None),
            Self::new(words, (&event, counts(20, 2)), of, &wrong, None),
            Self::new(
                words,
                (&event, counts(18, 0)),
                of,
                &GroupForm::empty(),
                Some(&too_few),
            ),
        ]
    }
}

/// Somebody who is to be registered.
#[derive(Debug, Serialize)]
struct PersonLine {
    name: String,
    email: String,
    role: String,
}

/// The question before a group is registered.
#[derive(Debug, Serialize)]
pub(crate) struct GroupReviewPage {
    event: EventView,
    organisation: String,
    people: Vec<PersonLine>,
    /// What was typed, to be sent once more.
    hidden: Vec<(String, String)>,
    free_text: String,
    /// What will happen.
    outlook: String,
    /// Whether nobody can be registered so.
    is_hopeless: bool,
    button: String,
    action: String,
}

impl GroupReviewPage {
    /// Before these people are registered.
    #[must_use]
    pub(in crate::registrations) fn new(
        words: Words<'_>,
        (event, counts): (&Event, PlaceCounts),
        organisation: &str,
        (people, mode): (&[Colleague], GroupMode),
        typed: &GroupForm,
    ) -> Self {
        let (theme, lang) = words;
        let (wanted, free) = (people.len() as u64, free_of(counts));
        let args = [
            ("count", count(wanted).into()),
            ("free", count(free).into()),
            ("waiting", count(wanted.saturating_sub(free)).into()),
        ];
        let key = match mode {
            _ if free >= wanted => "group-outlook-all",
            GroupMode::All => "group-outlook-nobody",
            GroupMode::Fit => "group-outlook-some",
        };
        let line = |one: &Colleague| {
            let (given, family) = (one.names.0.as_str(), one.names.1.as_str());
            PersonLine {
                name: format!("{given} {family}").trim().to_owned(),
                email: one.email.readable(),
                role: one.role.clone(),
            }
        };
        Self {
            event: EventView::new(theme, lang, event),
            organisation: organisation.to_owned(),
            people: people.iter().map(line).collect(),
            hidden: hidden(typed),
            free_text: free_text(words, counts),
            outlook: theme.text_with(lang, key, &args),
            is_hopeless: mode == GroupMode::All && free < wanted,
            button: theme.text_with(lang, "group-register", &args),
            action: address::RegisterGroup {
                event: event.row.id,
            }
            .url(lang),
        }
    }
}

/// Every field of the form with what was typed.
fn hidden(typed: &GroupForm) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for (number, person) in (1..).zip(&typed.people) {
        for field in RawColleague::FIELDS {
            // The address is what a row is recognised by.
            if person.is_filled(field.name) || field.name == "email" {
                let name = format!("{}{}", prefix(number), field.name);
                fields.push((name, person.get(field.name).to_owned()));
            }
        }
    }
    for field in RawMode::FIELDS {
        fields.push((field.name.to_owned(), typed.mode.get(field.name).to_owned()));
    }
    fields
}

impl View for GroupReviewPage {
    const TEMPLATE: &'static str = "pages/register-group-review.html";
    const SECTION: Section = Section::None;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "group-review-title")
    }

    fn address(&self) -> Option<String> {
        Some(self.action.clone())
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use crate::http::Posted;

        let posted = Posted::from_fields(&[
            ("person-1-given_name", "Zanda"),
            ("person-1-family_name", "Paraudziņa"),
            ("person-1-email", "zanda@example.test"),
            ("person-1-role", "juriste"),
            ("person-2-given_name", "Ilze"),
            ("person-2-family_name", "Paraudziņa"),
            ("person-2-email", "ilze@example.test"),
            ("if_too_few", "waiting"),
        ]);
        let typed = GroupForm::typed(&posted);
        let (people, _) = crate::registrations::group_form::read(&posted).unwrap();
        let event = crate::events::sample();
        let page = |taken, mode| {
            let counts = PlaceCounts {
                capacity: 20,
                taken,
                ..PlaceCounts::default()
            };
            let of = "Labklājības ministrija";
            Self::new((theme, lang), (&event, counts), of, (&people, mode), &typed)
        };
        vec![
            page(3, GroupMode::All),
            page(19, GroupMode::All),
            page(19, GroupMode::Fit),
        ]
    }
}

/// A member of a group.
#[derive(Debug, Serialize)]
struct MemberView {
    name: String,
    email: String,
    role: String,
    state: String,
    tone: Tone,
    cancel_url: Option<String>,
    substitute_url: Option<String>,
}

fn state_text((theme, lang): Words<'_>, state: RegistrationState) -> (Tone, String) {
    let tone = match state {
        RegistrationState::Registered => Tone::Success,
        RegistrationState::Waiting | RegistrationState::Pending => Tone::Plain,
        RegistrationState::Offered | RegistrationState::Cancelled | RegistrationState::Expired => {
            Tone::Warning
        }
    };
    let text = theme.text(lang, &format!("group-state-{}", state_slug(state)));
    (tone, text)
}

impl MemberView {
    fn new(words: Words<'_>, row: &Registration) -> Self {
        let (tone, state) = state_text(words, row.state);
        Self {
            name: member_name(row),
            email: crate::mail::readable(&row.email),
            role: row.role.clone(),
            state,
            tone,
            cancel_url: None,
            substitute_url: None,
        }
    }
}

impl MemberView {
    /// Somebody who was registered before.
    fn already((theme, lang): Words<'_>, person: &Colleague) -> Self {
        let (given, family) = (person.names.0.as_str(), person.names.1.as_str());
        Self {
            name: format!("{given} {family}").trim().to_owned(),
            email: person.email.readable(),
            role: person.role.clone(),
            state: theme.text(lang, "group-state-already"),
            tone: Tone::Plain,
            cancel_url: None,
            substitute_url: None,
        }
    }
}

/// What came of registering a group, by person.
#[derive(Debug, Serialize)]
pub(crate) struct GroupResultPage {
    event: EventView,
    members: Vec<MemberView>,
    group_url: Option<String>,
}

impl GroupResultPage {
    /// After a group was registered.
    #[must_use]
    pub(in crate::registrations) fn new(
        words: Words<'_>,
        event: &Event,
        group: RegistrationGroupId,
        (people, outcomes): (&[Colleague], &[Outcome]),
    ) -> Self {
        let (theme, lang) = words;
        let member = |(person, outcome): (&Colleague, &Outcome)| match outcome {
            Outcome::Made(row) => MemberView::new(words, row),
            // As it was typed: the address may be that of somebody who has nothing to do with this employer.
            Outcome::Already(_) => MemberView::already(words, person),
        };
        let is_made = |outcome: &Outcome| matches!(outcome, Outcome::Made(_));
        Self {
            event: EventView::new(theme, lang, event),
            members: people.iter().zip(outcomes).map(member).collect(),
            group_url: outcomes
                .iter()
                .any(is_made)
                .then(|| address::MyGroup { group }.url(lang)),
        }
    }
}

impl View for GroupResultPage {
    const TEMPLATE: &'static str = "pages/register-group-result.html";
    const SECTION: Section = Section::None;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "group-result-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let row = |state| Box::new(super::sample_seen(state).registration);
        let event = crate::events::sample();
        let group = RegistrationGroupId::from_u128(8);
        let outcomes = [
            Outcome::Made(row(RegistrationState::Registered)),
            Outcome::Made(row(RegistrationState::Waiting)),
            Outcome::Already(row(RegistrationState::Registered)),
        ];
        let posted = crate::http::Posted::from_fields(&[
            ("given_name", "Zanda"),
            ("family_name", "Paraudziņa"),
            ("email", "zanda@example.test"),
        ]);
        let person = || posted.read::<RawColleague>().unwrap();
        let people = [person(), person(), person()];
        vec![
            Self::new((theme, lang), &event, group, (&people, &outcomes)),
            Self::new((theme, lang), &event, group, (&people[2..], &outcomes[2..])),
        ]
    }
}

/// `/me/groups/{group}`.
#[derive(Debug, Serialize)]
pub(crate) struct GroupPage {
    event: EventView,
    members: Vec<MemberView>,
    deadline: Option<String>,
}

impl GroupPage {
    /// A group as whoever registered it sees it.
    #[must_use]
    pub(in crate::registrations) fn new(
        words: Words<'_>,
        group: &Group,
        now: DateTime<Utc>,
    ) -> Self {
        let (theme, lang) = words;
        let event = &group.event;
        let is_open =
            now < event.cancel_until() && event.row.status == crate::events::EventStatus::Published;
        let member = |row: &Registration| {
            let (group, registration) = (group.id, row.id);
            let has_place = row.state == RegistrationState::Registered;
            MemberView {
                cancel_url: (is_open && is_active(row.state)).then(|| {
                    address::CancelMember {
                        group,
                        registration,
                    }
                    .url(lang)
                }),
                substitute_url: (is_open && has_place).then(|| {
                    address::SubstituteMember {
                        group,
                        registration,
                    }
                    .url(lang)
                }),
                ..MemberView::new(words, row)
            }
        };
        Self {
            event: EventView::new(theme, lang, event),
            members: group.members.iter().map(member).collect(),
            deadline: is_open.then(|| lang.date_time(event.cancel_until())),
        }
    }
}

impl View for GroupPage {
    const TEMPLATE: &'static str = "pages/my-group.html";
    const SECTION: Section = Section::Me;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        let args = [("event", self.event.title.clone().into())];
        theme.text_with(lang, "group-members-title", &args)
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let group = sample_group();
        let starts_at = group.event.row.starts_at;
        vec![
            Self::new(
                (theme, lang),
                &group,
                starts_at - chrono::TimeDelta::days(9),
            ),
            Self::new((theme, lang), &group, starts_at),
        ]
    }
}

#[cfg(test)]
pub(super) fn sample_group() -> Group {
    let states = [
        RegistrationState::Registered,
        RegistrationState::Waiting,
        RegistrationState::Cancelled,
    ];
    let member = |state| super::sample_seen(state).registration;
    Group {
        id: RegistrationGroupId::from_u128(8),
        event: crate::events::sample(),
        members: states.into_iter().map(member).collect(),
    }
}

/// A group as one of several.
#[derive(Debug, Serialize)]
pub(crate) struct GroupLine {
    link: TextLink,
    facts: String,
}

impl GroupLine {
    /// A group with its event.
    #[must_use]
    pub(in crate::registrations) fn new(words: Words<'_>, group: &Group) -> Self {
        let (theme, lang) = words;
        let members = group.members.iter();
        let held = members.filter(|row| is_active(row.state)).count();
        let args = [("count", count(held as u64).into())];
        let people = theme.text_with(lang, "group-count", &args);
        let days = crate::events::views::days(lang, &group.event);
        Self {
            link: TextLink {
                url: address::MyGroup { group: group.id }.url(lang),
                text: crate::events::views::title(words, &group.event),
            },
            facts: format!("{days}, {people}"),
        }
    }
}

/// `/me/groups/{group}/{registration}/cancel`: the question before.
#[derive(Debug, Serialize)]
pub(crate) struct CancelMemberPage {
    event: EventView,
    name: String,
    action: String,
    back: String,
}

impl CancelMemberPage {
    /// Before a member's registration is cancelled.
    #[must_use]
    pub(in crate::registrations) fn new(
        words: Words<'_>,
        group: &Group,
        row: &Registration,
    ) -> Self {
        let (theme, lang) = words;
        Self {
            event: EventView::new(theme, lang, &group.event),
            name: member_name(row),
            action: address::CancelMember {
                group: group.id,
                registration: row.id,
            }
            .url(lang),
            back: address::MyGroup { group: group.id }.url(lang),
        }
    }
}

impl View for CancelMemberPage {
    const TEMPLATE: &'static str = "pages/my-group-cancel.html";
    const SECTION: Section = Section::Me;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        let args = [("name", self.name.clone().into())];
        theme.text_with(lang, "group-cancel-title", &args)
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let group = sample_group();
        vec![Self::new((theme, lang), &group, &group.members[0])]
    }
}
