//! A link for templates.

use serde::Serialize;

/// An address and its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TextLink {
    /// The address.
    pub url: String,
    /// The text.
    pub text: String,
}

impl TextLink {
    /// A link with its text.
    #[must_use]
    pub fn new(url: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            text: text.into(),
        }
    }
}
