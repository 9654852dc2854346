//! Ids: words chosen by people that never change; a type for each kind.

use std::borrow::Borrow;
use std::fmt;

use serde::de::Unexpected;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The text of the id.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }
    };
}

id! {
    /// The id of a course, as written in `course.toml`; unique within a bundle.
    CourseId
}
id! {
    /// The id of a lesson (`l-…`) or a test (`t-…`); unique within its course, the same in every language.
    LessonId
}
id! {
    /// The id of a question (`q-…`); unique within its course, the same in every language.
    QuestionId
}
id! {
    /// The id of a learning outcome (`o-…`).
    OutcomeId
}
id! {
    /// The id of a term of the glossary, the same in every language.
    TermId
}
id! {
    /// The id of a part of a question: a choice, an item to order, one side of a pair. Assigned by the
    /// compiler and recorded in `course.lock`; it does not reveal the correct answer.
    PartId
}
id! {
    /// Identifies a revision of a question: 16 hexadecimal digits of the grading hash. A corrected typing
    /// mistake does not change it; another key, type, tolerance or number of points does.
    RevisionHash
}

/// Identifies the text of a passage, independent of line breaks and markup: 16 hexadecimal digits of a hash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PassageHash(u64);

impl PassageHash {
    /// Reads 16 hexadecimal digits.
    pub(crate) fn from_digits(digits: &str) -> Option<Self> {
        let well_formed =
            digits.len() == 16 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        well_formed
            .then(|| u64::from_str_radix(digits, 16).ok().map(Self))
            .flatten()
    }
}

impl fmt::Display for PassageHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:016x}", self.0)
    }
}

impl Serialize for PassageHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PassageHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digits = String::deserialize(deserializer)?;
        Self::from_digits(&digits).ok_or_else(|| {
            serde::de::Error::invalid_value(Unexpected::Str(&digits), &"16 hexadecimal digits")
        })
    }
}

/// Whether `text` can be an id: lower-case ASCII letters, digits and single hyphens, starting with a letter.
pub(crate) fn is_well_formed(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && !text.ends_with('-')
        && !text.contains("--")
        && text.len() <= 64
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_words_of_letters_digits_and_hyphens() {
        for good in ["q-accommodation", "l-1", "foundations"] {
            assert!(is_well_formed(good), "{good}");
        }
        for bad in ["", "1-l", "q-", "q--a", "q_a", "Q-a", "q-ā", "q a"] {
            assert!(!is_well_formed(bad), "{bad}");
        }
    }
}
