//! The roles of the parts of questions.

use std::fmt;

/// The role of a part of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// An answer to choose, or a choice in a step of a case.
    Choice,
    /// A text to be typed, or the text of a step of a case.
    Text,
    /// A number to be typed.
    Number,
    /// The unit of numbers. It is not a choice, and there is at most one: its id is its role.
    Unit,
    /// A row to be ordered or matched.
    Row,
    /// A partner for a row.
    Partner,
    /// A gap in running text.
    Gap,
    /// An option of a gap or a survey.
    Option,
    /// A step of a case.
    Step,
    /// The heading of the statements of a scale.
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
