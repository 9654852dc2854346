//! The input of asking for erasure.

use serde::Deserialize;
use validator::Validate;

use crate::input::{self, Field, Input, MAX_PASSWORD_CHARACTERS};

/// The request for erasure, unchecked.
#[derive(Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawErasure {
    #[serde(deserialize_with = "input::ticked")]
    #[validate(custom(function = input::is_ticked, code = "erase-understood-missing"))]
    understood: bool,
    #[validate(length(min = 1, max = MAX_PASSWORD_CHARACTERS, code = "own-password"))]
    password: String,
}

impl Input for RawErasure {
    const FIELDS: &'static [Field] = &[
        Field::new("understood"),
        Field::new("password")
            .at_most(MAX_PASSWORD_CHARACTERS)
            .secret(),
    ];
    /// The password.
    type Checked = String;

    fn into_checked(self) -> Option<String> {
        self.understood.then_some(self.password)
    }
}
