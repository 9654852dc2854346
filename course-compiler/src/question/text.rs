//! The texts of a question in one language.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::PartId;

/// The texts of a question in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionText {
    /// The heading, safe HTML without block elements.
    pub title_html: String,
    /// The heading as plain text.
    pub title: String,
    /// The content between heading and choices, safe HTML; often empty. Gaps are empty `span`s in it.
    pub prompt_html: String,
    /// Hints, in order, safe HTML.
    pub hints_html: Vec<String>,
    /// The text of each part, safe HTML.
    pub parts: BTreeMap<PartId, String>,
}
