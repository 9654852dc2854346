//! HTML: of lessons, and of questions in every state.
//!
//! All HTML of the crate is made here and in the files of the question types, from texts that are escaped one
//! by one. Nothing that an author wrote as HTML ever passes.

mod glossary;
pub(crate) mod html;
mod lesson;
mod link;
mod markdown;
mod media;
mod question;
mod size;

pub(crate) use glossary::{definition, terms_used};
pub(crate) use html::put;
pub(crate) use lesson::{lesson, question_texts, sections, untranslated_notice};
pub(crate) use link::{Target, asset_name, target, term_of, url_is_safe};
pub(crate) use markdown::{GAP_CLOSE, GAP_OPEN};
pub(crate) use question::question;
