//! What a message is, and to whom it goes.

use std::collections::BTreeSet;

pub(super) use crate::db::entity::event_message::Model as Message;
use crate::{
    http::Lang,
    ids::RegistrationId,
    registrations::model::{Registration, RegistrationState},
};

/// The states of registrations to which messages go. Whoever has not confirmed an address may not have typed it, and
/// is not written to.
pub(super) const STATES: [RegistrationState; 3] = [
    RegistrationState::Registered,
    RegistrationState::Waiting,
    RegistrationState::Offered,
];

/// To whom a message goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Audience {
    /// To all registrations in these states.
    States(Vec<RegistrationState>),
    /// To these registrations, as far as they are in force.
    Selected(BTreeSet<RegistrationId>),
}

impl Audience {
    /// Whether a registration belongs to it.
    pub(super) fn has(&self, row: &Registration) -> bool {
        if row.email.is_empty() || !STATES.contains(&row.state) {
            return false;
        }
        match self {
            Self::States(states) => states.contains(&row.state),
            Self::Selected(ids) => ids.contains(&row.id),
        }
    }

    /// How it is stored: the slugs of the states, or `selected`.
    pub(super) fn stored(&self) -> String {
        match self {
            Self::States(states) => {
                let slugs: Vec<_> = states
                    .iter()
                    .map(|state| crate::registrations::state_slug(*state))
                    .collect();
                slugs.join(" ")
            }
            Self::Selected(_) => SELECTED.to_owned(),
        }
    }
}

/// How [`Audience::Selected`] is stored.
pub(super) const SELECTED: &str = "selected";

/// A subject and a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Wording {
    /// The subject; one line.
    pub subject: String,
    /// The text, with its lines.
    pub text: String,
}

impl Wording {
    pub(super) const fn is_empty(&self) -> bool {
        self.subject.is_empty() && self.text.is_empty()
    }
}

/// What a message says, in one language or both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Wordings {
    /// In Latvian; may be empty.
    pub lv: Wording,
    /// In English; may be empty.
    pub en: Wording,
}

impl Wordings {
    /// The language in which somebody gets it: their own, or that which is there.
    pub(super) const fn lang_for(&self, own: Lang) -> Lang {
        match own {
            Lang::Lv if self.lv.is_empty() => Lang::En,
            Lang::En if self.en.is_empty() => Lang::Lv,
            _ => own,
        }
    }

    /// The wording in a language.
    pub(super) const fn of(&self, lang: Lang) -> &Wording {
        match lang {
            Lang::Lv => &self.lv,
            Lang::En => &self.en,
        }
    }

    /// The language, if there is only one.
    pub(super) const fn only(&self) -> Option<Lang> {
        if self.en.is_empty() {
            Some(Lang::Lv)
        } else if self.lv.is_empty() {
            Some(Lang::En)
        } else {
            None
        }
    }
}

/// The language of mails to a registration.
pub(super) fn own_lang(row: &Registration) -> Lang {
    Lang::from_tag(&row.locale).unwrap_or(Lang::Lv)
}
