//! A link as templates get it.

use serde::Serialize;

/// Where it leads, and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Where it leads.
    pub url: String,
    /// What it says.
    pub text: String,
}

impl Link {
    /// A link with its words.
    #[must_use]
    pub fn new(url: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            text: text.into(),
        }
    }
}
