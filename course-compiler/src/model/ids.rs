//! Ids: words that people write and that never change, each kind a type of its own.

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
            /// The id as it is written.
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
    /// Names a course, as written in `course.toml`; unique within a bundle.
    CourseId
}
id! {
    /// Names a lesson (`l-…`) or a test (`t-…`); unique within its course, the same in every language.
    LessonId
}
id! {
    /// Names a question (`q-…`); unique within its course, the same in every language.
    QuestionId
}
id! {
    /// Names an outcome of a course (`o-…`): what a person can do afterwards.
    OutcomeId
}
id! {
    /// Names a term of the glossary, the same in every language.
    TermId
}
id! {
    /// Names a part of a question that can be answered or shown alone: a choice, an item to order, one side
    /// of a pair. Given by the compiler and kept by `course.lock`; it tells nothing about the right answer.
    PartId
}
id! {
    /// Names what was asked: 16 hexadecimal digits of the grading hash of a question. A typo put right keeps
    /// it; another key, type, tolerance or number of points changes it.
    RevisionHash
}

/// Names what a passage of a lesson says, whatever its line breaks and markup: 16 hexadecimal digits of a hash.
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

/// Whether `text` can be an id: lower-case Latin letters, digits and single hyphens, beginning with a letter.
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
