//! The form for several people: a row for each, and what happens if they do not all fit.

use serde::Deserialize;
use validator::{Validate, ValidationError};

use super::{
    forms::{Colleague, RawColleague},
    service::group::{GroupMode, MOST_AT_ONCE},
};
use crate::{
    http::{FormState, Posted},
    input::{self, Field, Input, holds},
};

/// The prefix of the fields of a person, counted from 1.
#[must_use]
pub(super) fn prefix(number: usize) -> String {
    format!("person-{number}-")
}

/// With how many rows the form begins.
const ROWS: usize = 3;

/// What happens if there are too few places, unchecked.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawMode {
    #[serde(deserialize_with = "input::tidied")]
    #[validate(custom(function = is_mode, code = "group-mode-missing"))]
    if_too_few: String,
}

fn mode(text: &str) -> Option<GroupMode> {
    match text {
        "nobody" => Some(GroupMode::All),
        "waiting" => Some(GroupMode::Fit),
        _ => None,
    }
}

fn is_mode(text: &str) -> Result<(), ValidationError> {
    holds(mode(text).is_some())
}

impl Input for RawMode {
    const FIELDS: &'static [Field] = &[Field::new("if_too_few")];
    type Checked = GroupMode;

    fn into_checked(self) -> Option<GroupMode> {
        mode(&self.if_too_few)
    }
}

/// The form as it is shown.
#[derive(Debug, Clone, Default)]
pub(super) struct GroupForm {
    /// The people.
    pub people: Vec<FormState>,
    /// What happens if there are too few places.
    pub mode: FormState,
}

impl GroupForm {
    /// At first.
    #[must_use]
    pub(super) fn empty() -> Self {
        Self {
            people: vec![FormState::new(); ROWS],
            mode: FormState::new(),
        }
    }

    /// What was typed, unchecked.
    #[must_use]
    pub(super) fn typed(posted: &Posted) -> Self {
        let people = rows(posted).map(|prefix| posted.part(&prefix).typed::<RawColleague>());
        Self {
            people: people.collect(),
            mode: posted.typed::<RawMode>(),
        }
    }

    /// With another row.
    #[must_use]
    pub(super) fn with_another(mut self) -> Self {
        if self.people.len() < MOST_AT_ONCE {
            self.people.push(FormState::new());
        }
        self
    }

    /// Without a row, counted from 1.
    #[must_use]
    pub(super) fn without(mut self, number: usize) -> Self {
        if self.people.len() > 1 && (1..=self.people.len()).contains(&number) {
            self.people.remove(number - 1);
        }
        self
    }

    fn is_wrong(&self) -> bool {
        self.mode.is_wrong() || self.people.iter().any(FormState::is_wrong)
    }
}

/// The prefixes of the rows that were sent.
fn rows(posted: &Posted) -> impl Iterator<Item = String> + '_ {
    (1..=MOST_AT_ONCE)
        .map(prefix)
        .filter(|prefix| posted.has(&format!("{prefix}email")))
}

/// Whether nothing was typed into a row.
fn is_blank(form: &FormState) -> bool {
    RawColleague::FIELDS
        .iter()
        .all(|field| !form.is_filled(field.name))
}

/// Reads the form and checks it; empty rows are left out.
///
/// # Errors
/// The form to show again, with what was typed.
pub(super) fn read(posted: &Posted) -> Result<(Vec<Colleague>, GroupMode), GroupForm> {
    let mut form = GroupForm::typed(posted);
    let mode = posted
        .read::<RawMode>()
        .map_err(|wrong| form.mode = wrong)
        .ok();
    let mut colleagues: Vec<Colleague> = Vec::new();
    for (part, prefix) in form.people.iter_mut().zip(rows(posted)) {
        if is_blank(part) {
            continue;
        }
        match posted.part(&prefix).read::<RawColleague>() {
            Ok(colleague) => {
                if colleagues.iter().any(|one| one.email == colleague.email) {
                    *part = part.clone().error("email", "group-email-repeated");
                }
                colleagues.push(colleague);
            }
            Err(wrong) => *part = wrong,
        }
    }
    if form.people.is_empty() {
        form.people.push(FormState::new());
    }
    if colleagues.is_empty()
        && !form.people.iter().any(FormState::is_wrong)
        && let Some(first) = form.people.first_mut()
    {
        *first = first.clone().error("email", "group-nobody");
    }
    match mode {
        Some(mode) if !form.is_wrong() => Ok((colleagues, mode)),
        _ => Err(form),
    }
}
