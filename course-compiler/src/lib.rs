//! The course compiler: folders of Markdown in, a checked bundle of courses out.
//!
//! ```text
//! load → parse → draft → lint → (ids from the lock) → render → Bundle → files
//! ```
//!
//! Only [`load`] and [`bundle`] touch files; everything between is pure and runs in parallel. What is
//! wrong in a course becomes a [`Diagnostic`], never a panic and never an early return: a course with
//! errors is left out of the bundle and the others go on.
//!
//! The server uses this crate for three things: it compiles ([`compile::cached`]), it shows questions
//! ([`Question::render`], [`Question::read`]) and it marks them ([`AnswerKey::mark`]). The answer key of a
//! question is a type of its own that [`Question`] does not hold, so that a page cannot leak it.
//!
//! What this crate does not know: people, databases, HTTP, the clock.

mod assemble;
pub mod bundle;
pub mod compile;
pub mod diagnostic;
mod draft;
pub mod grade;
pub mod lint;
pub mod load;
pub mod lock;
pub mod model;
mod parse;
pub mod question;
mod render;
pub mod source;
pub mod text;

pub use bundle::{Bundle, Revision};
pub use compile::{Compilation, Progress, compile};
pub use diagnostic::{Diagnostic, Severity};
pub use grade::{Fraction, Mark};
pub use model::{
    Course, CourseId, Language, Lesson, LessonId, LessonKind, LessonText, Localized, QuestionId,
    RevisionHash, Segment,
};
pub use question::{AnswerKey, Question, QuestionView, Response, ResponseError};
