//! The languages of courses, and texts that exist in several of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::words::words;

words! {
    /// A language that courses are written in. Latvian comes first: it is the source of every shipped course.
    pub enum Language {
        /// Latvian.
        Lv = "lv",
        /// English.
        En = "en",
    }
}

/// A short plain text in one or more languages. Not HTML: escape it where it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Localized(BTreeMap<Language, String>);

impl Localized {
    /// The text in `language`, else in `fallback`, else in any language, else nothing.
    #[must_use]
    pub fn get(&self, language: Language, fallback: Language) -> &str {
        self.0
            .get(&language)
            .or_else(|| self.0.get(&fallback))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }

    /// The text in exactly this language.
    #[must_use]
    pub fn exact(&self, language: Language) -> Option<&str> {
        self.0.get(&language).map(String::as_str)
    }

    /// Sets the text of one language.
    pub fn insert(&mut self, language: Language, text: String) {
        self.0.insert(language, text);
    }

    /// Each language with its text, Latvian first.
    pub fn iter(&self) -> impl Iterator<Item = (Language, &str)> {
        self.0
            .iter()
            .map(|(language, text)| (*language, text.as_str()))
    }

    /// Whether there is no text in any language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(Language, String)> for Localized {
    fn from_iter<T: IntoIterator<Item = (Language, String)>>(texts: T) -> Self {
        Self(texts.into_iter().collect())
    }
}

/// The value for `language`, otherwise for the first other language in the order of [`Language`].
pub(crate) fn pick<T>(texts: &BTreeMap<Language, T>, language: Language) -> Option<(Language, &T)> {
    texts
        .get_key_value(&language)
        .or_else(|| texts.iter().next())
        .map(|(found, text)| (*found, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn falls_back_from_the_language_to_the_source_to_anything() {
        let title: Localized = [(Language::Lv, "Pamati".to_owned())].into_iter().collect();
        assert_eq!(title.get(Language::En, Language::Lv), "Pamati");
        assert_eq!(title.get(Language::En, Language::En), "Pamati");
        assert_eq!(title.exact(Language::En), None);
        assert_eq!(Localized::default().get(Language::Lv, Language::En), "");
    }
}
