//! The text of a search.

use serde::{Deserialize, Deserializer};

/// The text of a search from an address or a form: without control characters, trimmed, and cut to
/// [`Search::LONGEST`]. The page shows the text that was searched for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search(String);

impl Search {
    /// The longest, in characters.
    pub const LONGEST: usize = 200;

    /// Reads it.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let plain = |c: char| if c.is_control() { ' ' } else { c };
        let text: String = text.trim().chars().map(plain).take(Self::LONGEST).collect();
        Self(text.trim().to_owned())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Search {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::new(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Asked {
        #[serde(default)]
        q: Search,
    }

    fn asked(query: &str) -> Asked {
        actix_web::web::Query::<Asked>::from_query(query)
            .unwrap()
            .into_inner()
    }

    #[test]
    fn any_text_can_be_searched_for() {
        for (query, text) in [
            ("", ""),
            ("q=++r%C4%ABts+", "rīts"),
            ("q=a%00b", "a b"),
            ("q=%00", ""),
            ("q=%ff", "\u{fffd}"),
            ("q=%25_%5C", "%_\\"),
            ("q=%E2%80%8F%F0%9F%8E%93", "\u{200f}🎓"),
        ] {
            assert_eq!(asked(query).q.as_str(), text, "{query}");
        }
        let long = "ā ".repeat(10_000);
        assert!(Search::new(&long).as_str().chars().count() <= Search::LONGEST);
    }
}
