//! What a compiled course is: plain data, in the shape the server reads.
//!
//! Everything here is finished: texts are safe HTML, ids are checked, lessons are in order. How an author
//! wrote it, with its places in the files, is the business of the `draft` module.

mod course;
mod glossary;
mod ids;
mod language;
mod lesson;
mod role;
mod words;

pub use course::{
    Audience, CompletionLessons, CompletionRule, CourseKind, Ground, Outcome, Rescore, Review,
    ReviewKind, Sector, Status, Verdict,
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
