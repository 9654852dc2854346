//! Reports of mistakes.

use chrono::{DateTime, Utc};

use crate::{
    ids::MistakeReportId,
    text::{BadText, check_length},
};

/// The most characters of a report.
pub(super) const MAX_CHARACTERS: usize = 2_000;

/// The typed description of a mistake: line breaks are kept, other control characters are removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Description(String);

impl Description {
    /// Parses a typed text.
    ///
    /// # Errors
    /// [`BadText::Missing`] or [`BadText::TooLong`].
    pub(super) fn parse(text: &str) -> Result<Self, BadText> {
        let lines = text.lines().map(|line| {
            let plain = line.chars().filter(|c| !c.is_control());
            plain.collect::<String>().trim_end().to_owned()
        });
        let text = lines.collect::<Vec<_>>().join("\n").trim().to_owned();
        check_length(&text, MAX_CHARACTERS)?;
        Ok(Self(text))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A report as authors see it.
#[derive(Debug, Clone)]
pub(super) struct MistakeReport {
    pub(super) id: MistakeReportId,
    /// The page's path with its language; `None` when it is not known.
    pub(super) page: Option<String>,
    pub(super) text: String,
    pub(super) created_at: DateTime<Utc>,
    pub(super) is_handled: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_keeps_its_lines() {
        let read = Description::parse(" Pirmā\r\n\u{7}otrā  \n\n").unwrap();
        assert_eq!(read.as_str(), "Pirmā\notrā");
        assert_eq!(Description::parse(" \n\u{0} "), Err(BadText::Missing));
        let long = "ā".repeat(MAX_CHARACTERS);
        assert!(Description::parse(&long).is_ok());
        assert_eq!(
            Description::parse(&format!("{long}x")),
            Err(BadText::TooLong)
        );
    }
}
