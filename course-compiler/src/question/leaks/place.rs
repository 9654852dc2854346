//! Where a text is shown.

/// Where a text is shown, as far as the checks differ.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::question) enum Place {
    /// The heading.
    Title,
    /// Between the heading and the answers.
    Asked,
    /// Like `Asked`, for a type whose gaps have been removed.
    AskedWithGaps,
    /// A choice, a row, a statement.
    Part,
    Hint,
    /// Feedback or the explanation, which are shown after the answer.
    After,
    /// The text of a lesson after a question.
    Lesson,
    /// The text of a test.
    Test,
}
