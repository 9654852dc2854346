//! What the parts of questions are.

use std::fmt;

/// What a part of a question is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// An answer to choose, or what can be chosen in a step of a case.
    Choice,
    /// A text to be typed, or what a step of a case tells.
    Text,
    /// A number to be typed.
    Number,
    /// The unit of numbers. It is no choice, and there is one at most: its id is its role.
    Unit,
    /// A row to be put in order, or to be given a partner.
    Row,
    /// What a row can be given.
    Partner,
    /// A gap in running text.
    Gap,
    /// What a gap can be filled with, or an option of a survey.
    Option,
    /// A step of a case.
    Step,
    /// What heads the statements of a scale.
    Label,
    /// A point of a scale.
    Point,
    /// A statement.
    Statement,
}

impl Role {
    /// The word for messages and for `course.lock`.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Choice => "choice",
            Self::Text => "text",
            Self::Number => "number",
            Self::Unit => "unit",
            Self::Row => "row",
            Self::Partner => "partner",
            Self::Gap => "gap",
            Self::Option => "option",
            Self::Step => "step",
            Self::Label => "label",
            Self::Point => "point",
            Self::Statement => "statement",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}
