//! The blocks of a lesson.

use crate::parse::Node;
use crate::question::QuestionDraft;
use crate::source::Span;

/// A piece of a lesson.
#[derive(Debug)]
pub(crate) enum Block {
    /// A heading, with its name for links.
    Heading {
        node: Node,
        level: u8,
        anchor: String,
    },
    /// Any other text.
    Prose(Node),
    /// A question.
    Question(QuestionDraft),
}

impl Block {
    pub(super) const fn question(&self) -> Option<&QuestionDraft> {
        match self {
            Self::Question(question) => Some(question),
            Self::Heading { .. } | Self::Prose(_) => None,
        }
    }
}

/// A footnote defined in the text.
#[derive(Debug)]
pub(crate) struct Footnote {
    pub(crate) label: String,
    /// The whole definition.
    pub(crate) span: Span,
    pub(crate) nodes: Vec<Node>,
}
