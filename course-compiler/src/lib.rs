//! The course compiler: folders of Markdown in, a checked bundle of courses out.
//!
//! ```text
//! source → load → parse → draft → (ids from the lock) → lint → render, assemble → Bundle → files
//! ```
//!
//! Only [`load`], [`bundle`] and [`mod@edit`] access files; everything between is pure and runs in parallel.
//! Problems in a course become [`Diagnostic`]s; they never cause a panic or an early return. A course with
//! errors is left out of the bundle, and the others are compiled.
//!
//! The server uses this crate for four things: compiling ([`compile::cached`]), rendering and reading
//! questions ([`Question::render`], [`Question::read`]), marking answers ([`AnswerKey::mark`]) and searching
//! ([`search::Index::search`]). The answer key of a question is a separate type that [`Question`] does not
//! contain, so a page cannot reveal it.
//!
//! This crate has no notion of people, databases or HTTP; the clock is only compared with file times.
//!
//! ```
//! use course_compiler::compile::{Options, compile_tree};
//! use course_compiler::load::Tree;
//! use course_compiler::{QuestionId, Response};
//!
//! let tree = Tree::from_texts([
//!     ("pamati/course.toml", r#"
//!         id = "pamati"
//!         kind = "course"
//!         ground = "none"
//!         audience = "everyone"
//!         hours = 1
//!         source_language = "lv"
//!         title = { lv = "Pamati" }
//!         summary = { lv = "Īsi." }
//!     "#),
//!     ("pamati/lv/01-ievads.md", r#"+++
//! id = "l-ievads"
//! title = "Ievads"
//! minutes = 5
//! +++
//!
//! ## Kurš īsteno pielāgojumu? {#q-kurs .single}
//!
//! - [x] Darba devējs
//! - [ ] Darbinieks
//! "#),
//! ]);
//! let compilation = compile_tree(&tree, &Options::default(), &())?;
//! let course = &compilation.bundle.courses[0];
//! let question = QuestionId::from("q-kurs");
//! let key = course.key(&question).unwrap();
//! let answer: Response = key.right_answer();
//! assert_eq!(key.mark(Some(&answer)).fraction.value(), 1.0);
//! # Ok::<(), course_compiler::compile::Error>(())
//! ```

mod assemble;
pub mod bundle;
mod code;
pub mod compile;
mod course;
pub mod decisions;
pub mod diagnostic;
pub mod diff;
mod doubts;
mod draft;
mod draft_course;
pub mod draw;
pub mod edit;
pub mod fix;
pub mod format;
pub mod grade;
pub mod guess;
mod hash;
mod html;
mod likeness;
pub mod lint;
pub mod load;
pub mod lock;
pub mod model;
mod options;
mod parse;
pub mod paths;
pub mod question;
mod render;
mod rules;
pub mod search;
pub mod source;
pub mod spelling;
pub mod starter;
pub mod stats;
pub mod status;
pub mod text;
pub mod translation;

pub use bundle::{Bundle, Revision};
pub use compile::{Compilation, Progress, compile};
pub use course::Course;
pub use diagnostic::{Diagnostic, Severity};
pub use grade::{Fraction, Mark};
pub use model::{
    CourseId, Language, Lesson, LessonId, LessonKind, LessonText, Localized, QuestionId,
    RevisionHash, Segment,
};
pub use question::{AnswerKey, Question, QuestionHtml, QuestionView, Response, ResponseError};
