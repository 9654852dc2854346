//! The glossary: terms with their definitions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ids::TermId;
use super::language::{Language, pick};

/// The terms of all courses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Glossary {
    /// The terms by their ids, each in the languages it is defined in.
    pub terms: BTreeMap<TermId, BTreeMap<Language, TermText>>,
}

impl Glossary {
    /// A term in `language`, otherwise in another one; with that language.
    #[must_use]
    pub fn term(&self, id: &TermId, language: Language) -> Option<(Language, &TermText)> {
        pick(self.terms.get(id)?, language)
    }
}

/// A term in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermText {
    /// The term itself, plain text.
    pub title: String,
    /// The definition, plain text.
    pub definition: String,
    /// The same as HTML made by the compiler. References to other terms link to `#term-<id>` in the same
    /// page.
    pub definition_html: String,
    /// The terms to which the definition refers.
    pub sees: Vec<TermId>,
    /// The forms of the term in lower case, including its title.
    pub forms: Vec<String>,
}

/// The id of a term's element in a list of terms.
#[must_use]
pub fn term_element_id(id: &TermId) -> String {
    format!("term-{id}")
}
