//! The input of a report of a mistake.

use serde::Deserialize;
use validator::Validate;

use crate::input::{self, Field, Input};

/// The most characters of a report.
const MAX_CHARACTERS: u64 = 2_000;

/// The typed description of a mistake: line breaks are kept, other control characters are removed. Made from
/// [`RawReport`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Description(String);

impl Description {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A report, unchecked.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawReport {
    #[serde(deserialize_with = "input::tidied_lines")]
    #[validate(length(min = 1, max = MAX_CHARACTERS, code = "report-text"))]
    text: String,
}

impl Input for RawReport {
    const FIELDS: &'static [Field] = &[Field::new("text").at_most(MAX_CHARACTERS)];
    type Checked = Description;

    fn into_checked(self) -> Option<Description> {
        Some(Description(self.text))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_description_keeps_its_lines() {
        let read = |text: &str| {
            let raw: RawReport = serde_json::from_value(json!({ "text": text })).unwrap();
            raw.check()
                .map(|read| read.as_str().to_owned())
                .map_err(|problems| problems[0].code.to_string())
        };
        assert_eq!(
            read(" Pirmā\r\n\u{7}otrā  \n\n"),
            Ok("Pirmā\notrā".to_owned())
        );
        let told = |code: &str| Err(code.to_owned());
        assert_eq!(read(" \n\u{1} "), told("report-text-missing"));
        let long = "a\u{304}".repeat(2_000);
        assert_eq!(read(&long), Ok("ā".repeat(2_000)));
        assert_eq!(read(&format!("{long}x")), told("report-text-too-long"));
    }
}
