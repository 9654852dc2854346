//! The input of the verification of a certificate.

use serde::Deserialize;
use validator::{Validate, ValidationError};

use super::Code;
use crate::input::{self, Field, Input, holds};

/// The most characters of a typed code, with separators.
const MAX_CODE_CHARACTERS: u64 = 60;

/// The code of a certificate, unchecked.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawVerification {
    #[serde(deserialize_with = "input::tidied")]
    #[validate(
        length(min = 1, code = "verify"),
        custom(function = is_code, code = "verify-malformed")
    )]
    code: String,
}

impl Input for RawVerification {
    const FIELDS: &'static [Field] = &[Field::new("code").at_most(MAX_CODE_CHARACTERS)];
    type Checked = Code;

    fn into_checked(self) -> Option<Code> {
        Code::parse(&self.code)
    }
}

fn is_code(text: &str) -> Result<(), ValidationError> {
    holds(Code::parse(text).is_some())
}
