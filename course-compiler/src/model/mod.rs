//! The data of a compiled course, in the form that the server reads.
//!
//! All of it is final: texts are safe HTML, ids are valid, lessons are in order. The source form with its
//! places in files is in the `draft` module.

mod course;
mod glossary;
mod ids;
mod language;
mod lesson;
mod role;
mod words;

pub use course::{
    Audience, CompletionLessons, CompletionQuestions, CompletionRule, CourseKind, Ground, Outcome,
    Rescore, Review, ReviewKind, Sector, Status, Task, Verdict,
};
pub use glossary::{Glossary, TermText, term_element_id};
pub(crate) use ids::is_well_formed;
pub use ids::{
    CourseId, LessonId, OutcomeId, PartId, PassageHash, QuestionId, RevisionHash, TermId,
};
pub(crate) use language::pick;
pub use language::{Language, Localized};
pub use lesson::{
    HeadingRef, Lesson, LessonKind, LessonText, Passage, PassageState, Segment, ShowFeedback,
    Source, TestRules,
};
pub(crate) use role::Role;
pub(crate) use words::words;
