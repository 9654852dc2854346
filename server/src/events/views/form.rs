//! The form of an event.

use serde::Serialize;

use super::{MaterialView, SessionView, Words, before, kind_name, title};
use crate::{
    events::{
        forms::{
            EventForm, LANGUAGES, MOST_MATERIALS, MOST_SESSIONS, RawEvent, RawMaterial, RawSession,
            material_prefix, session_prefix,
        },
        model::{FORMS, Strands, form_slug},
        service::Stored,
    },
    http::{
        FormState, Lang,
        address::{self, Address as _},
        form::{ErrorView, FormView},
        theme::Theme,
        visit::{Section, View},
    },
    input::Input as _,
    programme::{AUDIENCES, EventKind, Programme, audience_slug},
};

/// Of which event a form is.
#[derive(Clone, Copy)]
pub(crate) enum FormOf<'a> {
    /// A new one of this kind.
    New(&'a EventKind),
    /// One that is stored; with the fields that somebody else changed after the form was opened.
    Stored(&'a Stored, &'a [&'static str]),
}

/// `/organise/events/new/{kind}` and `/organise/events/{event}/edit`.
#[derive(Debug, Serialize)]
pub(crate) struct EventFormPage {
    /// Of a stored event.
    event: Option<EventLink>,
    heading: String,
    kind: String,
    /// Where it is sent.
    action: String,
    version: String,
    form: FormView,
    errors: Vec<ErrorView>,
    asks_which: AsksWhich,
    sessions: Vec<SessionPart>,
    can_add_session: bool,
    next_session: usize,
    materials: Vec<MaterialPart>,
    can_add_material: bool,
    next_material: usize,
    reminders: Vec<ReminderView>,
    strands: Vec<OptionView>,
    languages: Vec<OptionView>,
    audiences: Vec<OptionView>,
    forms: Vec<OptionView>,
    which: Vec<OptionView>,
    /// What somebody else changed meanwhile.
    changed: Vec<ChangedView>,
    is_announced: bool,
}

#[derive(Debug, Serialize)]
struct EventLink {
    url: String,
    title: String,
}

/// Whether it has to be asked which of two moments is meant, where the clock is moved back.
#[derive(Debug, Serialize)]
struct AsksWhich {
    opens: bool,
    closes: bool,
    cancel: bool,
}

#[derive(Debug, Serialize)]
struct SessionPart {
    number: usize,
    prefix: String,
    form: FormView,
    asks_begins: bool,
    asks_ends: bool,
    can_remove: bool,
}

#[derive(Debug, Serialize)]
struct MaterialPart {
    number: usize,
    prefix: String,
    form: FormView,
}

#[derive(Debug, Serialize)]
struct ReminderView {
    minutes: u32,
    label: String,
    is_ticked: bool,
}

#[derive(Debug, Serialize)]
struct OptionView {
    value: String,
    label: String,
}

/// A field that somebody else changed, with what is stored now.
#[derive(Debug, Serialize)]
struct ChangedView {
    label: String,
    lines: Vec<String>,
}

/// The reminders that every event offers, in minutes before it begins.
const REMINDERS: [u32; 3] = [10_080, 1_440, 60];

/// Whether a part of a form has to ask which of two moments is meant.
fn asks(form: &FormState, which: &str) -> bool {
    form.is_filled(which) || form.has_error("time-repeated")
}

impl EventFormPage {
    /// The form, with what was typed into it. Strands to choose from are those on which somebody works.
    #[must_use]
    pub(crate) fn new(
        words: Words<'_>,
        programme: &Programme,
        strands: &Strands,
        of: FormOf<'_>,
        form: EventForm,
    ) -> Self {
        let (theme, lang) = words;
        let (kind, event, action) = match of {
            FormOf::New(kind) => {
                let action = address::NewEventOf {
                    kind: kind.id.clone(),
                };
                (kind.id.as_str(), None, action.url(lang))
            }
            FormOf::Stored(stored, _) => {
                let event = stored.event.row.id;
                let link = EventLink {
                    url: address::OrganisedEvent { event }.url(lang),
                    title: title(words, &stored.event),
                };
                let action = address::EditEvent { event }.url(lang);
                (stored.event.row.kind.as_str(), Some(link), action)
            }
        };
        let (stored, changed) = match of {
            FormOf::New(_) => (None, [].as_slice()),
            FormOf::Stored(stored, changed) => (Some(stored), changed),
        };
        let mut main = form.main.view(theme, lang, RawEvent::FIELDS);
        let mut errors = main.take_errors();
        let sessions = session_parts(words, &form.sessions, &mut errors);
        let materials = material_parts(words, &form.materials, &mut errors);
        Self {
            heading: match &event {
                Some(_) => theme.text(lang, "event-edit-title"),
                None => theme.text(lang, "event-new-title"),
            },
            kind: kind_name(programme, lang, kind),
            event,
            action,
            version: form.opened.clone(),
            asks_which: AsksWhich {
                opens: asks(&form.main, "opens_which"),
                closes: asks(&form.main, "closes_which"),
                cancel: asks(&form.main, "cancel_which"),
            },
            form: main,
            errors,
            can_add_session: sessions.len() < MOST_SESSIONS,
            next_session: sessions.len() + 1,
            sessions,
            can_add_material: materials.len() < MOST_MATERIALS,
            next_material: materials.len() + 1,
            materials,
            reminders: reminders(words, programme, kind, &form),
            strands: programme
                .strands
                .iter()
                .filter(|strand| strands.has(&strand.id))
                .map(|strand| OptionView {
                    value: strand.id.clone(),
                    label: strand.name(lang).to_owned(),
                })
                .collect(),
            languages: options(words, "language", &LANGUAGES),
            audiences: options(words, "audience", &AUDIENCES.map(audience_slug)),
            forms: options(words, "form", &FORMS.map(form_slug)),
            which: options(words, "which", &["first", "second"]),
            changed: stored.map_or_else(Vec::new, |stored| {
                changed_views(words, programme, stored, changed)
            }),
            is_announced: stored.is_some_and(|stored| {
                stored.event.row.status == crate::events::EventStatus::Published
            }),
        }
    }
}

/// The sessions of a form; what is wrong with them is added to `errors`.
fn session_parts(
    (theme, lang): Words<'_>,
    forms: &[FormState],
    errors: &mut Vec<ErrorView>,
) -> Vec<SessionPart> {
    let part = |(number, part): (usize, &FormState)| {
        let prefix = session_prefix(number);
        let mut form = part.part_view(theme, lang, RawSession::FIELDS, &prefix);
        errors.extend(form.take_errors());
        SessionPart {
            number,
            prefix,
            form,
            asks_begins: asks(part, "begins_which"),
            asks_ends: asks(part, "ends_which"),
            can_remove: forms.len() > 1,
        }
    };
    (1..).zip(forms).map(part).collect()
}

/// The same of materials.
fn material_parts(
    (theme, lang): Words<'_>,
    forms: &[FormState],
    errors: &mut Vec<ErrorView>,
) -> Vec<MaterialPart> {
    let part = |(number, part): (usize, &FormState)| {
        let prefix = material_prefix(number);
        let mut form = part.part_view(theme, lang, RawMaterial::FIELDS, &prefix);
        errors.extend(form.take_errors());
        MaterialPart {
            number,
            prefix,
            form,
        }
    };
    (1..).zip(forms).map(part).collect()
}

/// Options whose messages are `event-{of}-{value}`.
fn options((theme, lang): Words<'_>, of: &str, values: &[&'static str]) -> Vec<OptionView> {
    let option = |value: &&'static str| OptionView {
        value: (*value).to_owned(),
        label: theme.text(lang, &format!("event-{of}-{value}")),
    };
    values.iter().map(option).collect()
}

fn reminders(
    words: Words<'_>,
    programme: &Programme,
    kind: &str,
    form: &EventForm,
) -> Vec<ReminderView> {
    let of_kind = programme.event_kind(kind);
    let of_kind = of_kind.map_or([].as_slice(), |kind| &kind.reminder_minutes);
    let mut offered: Vec<u32> = REMINDERS.to_vec();
    offered.extend(of_kind.iter().chain(&form.reminders));
    offered.sort_unstable_by(|one, other| other.cmp(one));
    offered.dedup();
    let view = |minutes: u32| ReminderView {
        minutes,
        label: before(words, minutes),
        is_ticked: form.reminders.contains(&minutes),
    };
    offered.into_iter().map(view).collect()
}

/// What is stored now in the fields that were changed.
fn changed_views(
    words: Words<'_>,
    programme: &Programme,
    stored: &Stored,
    changed: &[&'static str],
) -> Vec<ChangedView> {
    let (theme, lang) = words;
    let form = EventForm::of(&stored.event, &stored.materials);
    let view = |name: &&'static str| {
        let value = form.main.get(name);
        let lines = match *name {
            "sessions" => SessionView::all(words, &stored.event, true)
                .into_iter()
                .map(SessionView::line)
                .collect(),
            "materials" => MaterialView::all(&stored.materials)
                .into_iter()
                .map(MaterialView::line)
                .collect(),
            "reminders" => form
                .reminders
                .iter()
                .map(|minutes| before(words, *minutes))
                .collect(),
            "strand" => vec![super::strand_name(programme, lang, value)],
            "audience" => vec![theme.text(lang, &format!("event-audience-{value}"))],
            "language" => vec![super::language(words, value)],
            _ => super::lines(value),
        };
        ChangedView {
            label: theme.text(lang, &format!("event-field-{name}")),
            lines,
        }
    };
    changed
        .iter()
        .filter(|name| !name.ends_with("_which"))
        .map(view)
        .collect()
}

impl View for EventFormPage {
    const TEMPLATE: &'static str = "pages/organise-form.html";
    const SECTION: Section = Section::Organise;
    const IS_INDEXED: bool = false;

    fn title(&self, _: &Theme, _: Lang) -> String {
        format!("{}: {}", self.heading, self.kind)
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use crate::events::{EventStatus, model::sample};

        let programme = super::sample_programme();
        let seminar = programme.event_kind("seminar").unwrap();
        let mut event = sample();
        event.row.status = EventStatus::Draft;
        let stored = Stored {
            event,
            materials: vec![super::sample_material()],
        };
        let announced = Stored {
            event: sample(),
            materials: Vec::new(),
        };
        let all = RawEvent::FIELDS.iter().map(|field| field.name);
        let all: Vec<&'static str> = all.chain(["sessions", "materials", "reminders"]).collect();
        let form = |stored: &Stored| EventForm::of(&stored.event, &stored.materials);
        let repeated = form(&stored)
            .error(Some(0), "begins", "time-repeated")
            .error(None, "title_lv", "event-lacks-title");
        let page = |of: FormOf<'_>, form: EventForm| {
            Self::new((theme, lang), &programme, &Strands::All, of, form)
        };
        vec![
            page(
                FormOf::New(seminar),
                EventForm::of_kind(seminar, lang, "employer-seminars", "employers"),
            ),
            page(FormOf::Stored(&stored, &[]), repeated),
            page(FormOf::Stored(&stored, &all), form(&stored)),
            page(
                FormOf::Stored(&announced, &[]),
                form(&announced)
                    .with_another_session()
                    .with_another_material(),
            ),
        ]
    }
}
