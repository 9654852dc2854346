//! Where a text is shown.

/// Where a text is shown, as far as it makes a difference.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::question) enum Place {
    /// The heading.
    Title,
    /// What stands between the heading and the answers.
    Asked,
    /// The same of a type whose gaps are already taken out.
    AskedWithGaps,
    /// A choice, a row, a statement.
    Part,
    Hint,
    /// Feedback or the explanation, which come after the answer.
    After,
    /// The text of a lesson after a question.
    Lesson,
    /// The text of a test.
    Test,
}
