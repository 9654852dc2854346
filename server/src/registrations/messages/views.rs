//! What the templates of messages get.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    forms::RawMessage,
    mail::Written,
    model::{Message, STATES},
    service::Draft,
};
use crate::{
    events::{Event, views::title},
    http::{
        FormState, Lang,
        address::{self, Address as _},
        form::FormView,
        theme::{Arg, Theme},
        visit::{Section, View},
    },
    ids::{EventMessageId, RegistrationId},
    input::Input as _,
    registrations::{
        model::{Registration, RegistrationState},
        state_slug,
    },
};

type Words<'a> = (&'a Theme, Lang);

/// What was typed of a message.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    /// Its id.
    pub id: EventMessageId,
    /// The registrations that it goes to, if they were selected in the list.
    pub selected: Vec<RegistrationId>,
    /// The form.
    pub form: FormState,
}

fn number(count: usize) -> Arg<'static> {
    u32::try_from(count).unwrap_or(u32::MAX).into()
}

/// The event at the top of these pages.
#[derive(Debug, Serialize)]
struct OfEvent {
    title: String,
    url: String,
    message_url: String,
}

impl OfEvent {
    fn new(words: Words<'_>, event: &Event) -> Self {
        let id = event.row.id;
        Self {
            title: title(words, event),
            url: address::OrganisedEvent { event: id }.url(words.1),
            message_url: address::MessageParticipants { event: id }.url(words.1),
        }
    }
}

/// A checkbox for those in a state.
#[derive(Debug, Serialize)]
struct StateView {
    name: &'static str,
    label: String,
    is_ticked: bool,
}

/// The name of the checkbox of a state.
const fn field_of(state: RegistrationState) -> &'static str {
    match state {
        RegistrationState::Waiting => "to_waiting",
        RegistrationState::Offered => "to_offered",
        _ => "to_registered",
    }
}

/// A message that was sent.
#[derive(Debug, Serialize)]
struct SentView {
    subject: String,
    about: String,
    texts: Vec<TextView>,
}

#[derive(Debug, Serialize)]
struct TextView {
    lang: &'static str,
    subject: String,
    lines: Vec<String>,
}

impl SentView {
    fn new((theme, lang): Words<'_>, message: &Message) -> Self {
        let text = |of: Lang, subject: &str, text: &str| TextView {
            lang: of.as_str(),
            subject: subject.to_owned(),
            lines: text.lines().map(str::to_owned).collect(),
        };
        let lv = text(Lang::Lv, &message.subject_lv, &message.text_lv);
        let en = text(Lang::En, &message.subject_en, &message.text_en);
        let mut texts = vec![lv, en];
        if lang == Lang::En {
            texts.reverse();
        }
        texts.retain(|text| !text.subject.is_empty());
        let to: Vec<String> = message
            .audience
            .split(' ')
            .map(|slug| theme.text(lang, &format!("message-to-{slug}")))
            .collect();
        let args = [
            ("at", lang.date_time(message.sent_at).into()),
            ("sender", message.sender.as_str().into()),
            (
                "count",
                number(usize::try_from(message.recipients).unwrap_or_default()),
            ),
            ("to", to.join(", ").into()),
        ];
        let first = texts.first().map(|text| text.subject.clone());
        Self {
            subject: first.unwrap_or_else(|| theme.text(lang, "message-erased")),
            about: theme.text_with(lang, "message-sent-about", &args),
            texts,
        }
    }
}

/// `/organise/events/{event}/message`.
#[derive(Debug, Serialize)]
pub(crate) struct MessagePage {
    event: OfEvent,
    id: String,
    form: FormView,
    states: Vec<StateView>,
    selected: Vec<String>,
    selected_text: String,
    sent: Vec<SentView>,
}

impl MessagePage {
    /// The form with what was typed, how many are in each state, and what was sent before.
    #[must_use]
    pub(super) fn new(
        words: Words<'_>,
        event: &Event,
        typed: &Typed,
        addressees: &[Registration],
        sent: &[Message],
    ) -> Self {
        let (theme, lang) = words;
        let state = |state: RegistrationState| {
            let count = addressees.iter().filter(|row| row.state == state).count();
            let key = format!("message-to-{}-count", state_slug(state));
            StateView {
                name: field_of(state),
                is_ticked: typed.form.is_filled(field_of(state)),
                label: theme.text_with(lang, &key, &[("count", number(count))]),
            }
        };
        let selected = addressees
            .iter()
            .filter(|row| typed.selected.contains(&row.id));
        let count = [("count", number(selected.count()))];
        Self {
            event: OfEvent::new(words, event),
            id: typed.id.to_string(),
            form: typed.form.view(theme, lang, RawMessage::FIELDS),
            states: STATES.into_iter().map(state).collect(),
            selected: typed.selected.iter().map(ToString::to_string).collect(),
            selected_text: theme.text_with(lang, "message-to-selected-count", &count),
            sent: sent
                .iter()
                .map(|message| SentView::new(words, message))
                .collect(),
        }
    }
}

impl View for MessagePage {
    const TEMPLATE: &'static str = "pages/organise-message.html";
    const SECTION: Section = Section::Organise;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "message-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use super::model::SELECTED;

        let event = crate::events::sample();
        let form = |form: FormState, selected: &[RegistrationId]| Typed {
            id: EventMessageId::NIL,
            selected: selected.to_vec(),
            form,
        };
        let sent = |audience: &str, subject: &str| Message {
            id: EventMessageId::NIL,
            event_id: crate::ids::EventId::NIL,
            sent_by: crate::ids::AccountId::NIL,
            sender: "Anna Paraudziņa".to_owned(),
            sent_at: chrono::DateTime::UNIX_EPOCH,
            audience: audience.to_owned(),
            recipients: 18,
            subject_lv: subject.to_owned(),
            text_lv: "Pirmā rinda.\nOtrā rinda.".to_owned(),
            subject_en: String::new(),
            text_en: String::new(),
        };
        let wrong = FormState::new()
            .error("to_registered", "message-to-missing")
            .error("subject_lv", "message-subject-missing")
            .error("text_lv", "message-text-missing")
            .error("subject_en", "message-subject-missing");
        let nobody = FormState::new().error("to_registered", "message-to-nobody");
        let show =
            |typed: &Typed, sent: &[Message]| Self::new((theme, lang), &event, typed, &[], sent);
        let messages = [
            sent("registered waiting offered", "Telpa ir mainīta"),
            sent(SELECTED, ""),
        ];
        vec![
            show(&form(FormState::new(), &[]), &[]),
            show(&form(wrong, &[]), &messages),
            show(&form(nobody, &[RegistrationId::NIL]), &messages),
        ]
    }
}

/// A message as it arrives.
#[derive(Debug, Serialize)]
struct WrittenView {
    lang: &'static str,
    heading: String,
    /// How many get it in this language.
    count: String,
    mail: Written,
}

/// `/organise/events/{event}/message` before it is sent.
#[derive(Debug, Serialize)]
pub(crate) struct MessagePreviewPage {
    event: OfEvent,
    id: String,
    selected: Vec<String>,
    /// The fields of the form, to be sent again.
    kept: Vec<(&'static str, String)>,
    mails: Vec<WrittenView>,
    /// That all get it in the only language in which it is.
    only: Option<String>,
    button: String,
    is_tested: bool,
    /// Where a test was sent; empty if there is no address.
    tested: String,
}

impl MessagePreviewPage {
    /// A message in its languages, with the number of those who get it in each.
    #[must_use]
    pub(super) fn new(
        words: Words<'_>,
        event: &Event,
        (draft, form, selected): (&Draft, &FormState, Vec<RegistrationId>),
        (written, counts): (Vec<(Lang, Written)>, &BTreeMap<&'static str, usize>),
        tested: Option<String>,
    ) -> Self {
        let (theme, lang) = words;
        let mail = |(of, mail): (Lang, Written)| {
            let count = counts.get(of.as_str()).copied().unwrap_or_default();
            WrittenView {
                lang: of.as_str(),
                heading: theme.text(lang, &format!("message-in-{}", of.as_str())),
                count: theme.text_with(lang, "message-count", &[("count", number(count))]),
                mail,
            }
        };
        let total: usize = counts.values().sum();
        let kept = RawMessage::FIELDS
            .iter()
            .map(|field| (field.name, form.get(field.name).to_owned()))
            .filter(|(_, value)| !value.is_empty());
        Self {
            event: OfEvent::new(words, event),
            id: draft.id.to_string(),
            selected: selected.iter().map(ToString::to_string).collect(),
            kept: kept.collect(),
            mails: written.into_iter().map(mail).collect(),
            only: draft
                .wordings
                .only()
                .map(|only| theme.text(lang, &format!("message-only-{}", only.as_str()))),
            button: theme.text_with(lang, "message-send-button", &[("count", number(total))]),
            is_tested: tested.is_some(),
            tested: tested.unwrap_or_default(),
        }
    }
}

impl View for MessagePreviewPage {
    const TEMPLATE: &'static str = "pages/organise-message-preview.html";
    const SECTION: Section = Section::Organise;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "message-preview-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use super::model::{Audience, Wording, Wordings};

        let event = crate::events::sample();
        let wording = Wording {
            subject: "Telpa ir mainīta".to_owned(),
            text: "Tiekamies 201. telpā.\nUz tikšanos!".to_owned(),
        };
        let show = |wordings: Wordings, tested: Option<&str>| {
            let draft = Draft {
                id: EventMessageId::NIL,
                audience: Audience::States(vec![RegistrationState::Registered]),
                wordings,
            };
            let form = FormState::new()
                .value("to_registered", "yes")
                .value("subject_lv", "Telpa ir mainīta");
            let written = Lang::ALL
                .into_iter()
                .filter(|of| !draft.wordings.of(*of).is_empty())
                .map(|of| (of, Written::sample(draft.wordings.of(of))))
                .collect();
            let counts = BTreeMap::from([("lv", 17), ("en", 1)]);
            Self::new(
                (theme, lang),
                &event,
                (&draft, &form, vec![RegistrationId::NIL]),
                (written, &counts),
                tested.map(str::to_owned),
            )
        };
        let lv = Wordings {
            lv: wording.clone(),
            en: Wording::default(),
        };
        let both = Wordings {
            lv: wording.clone(),
            en: wording,
        };
        vec![
            show(lv, None),
            show(both.clone(), Some("anna@example.test")),
            show(both, Some("")),
        ]
    }
}
