//! The rules that courses are checked against, and the checks of whole courses: one file a rule, its documentation
//! beside it.
//!
//! A rule that checks a whole course is here, with its `check`; a rule that is reported while a file is
//! parsed is in `crate::rules`. Its file contains the wording of its messages. The Markdown page of the same
//! name has an explanation, a sample and the diagnostics of the sample; a test compares them.
//!
//! A course can change the severity of warnings: `settings`.
//!
//! **To add a rule**, write the file and the page, and add it to [`RULES`]; if it checks a course, also to
//! `CHECKS`.

mod a11y_alt_missing;
mod a11y_link_text;
mod a11y_media_no_captions;
mod address_bare;
mod anchor_broken;
mod asset_content;
mod asset_heavy;
mod asset_missing;
mod asset_unused;
mod callout_unknown;
mod captions_malformed;
mod choice_rebound;
mod code_language_unknown;
mod date_in_future;
mod details_malformed;
mod excerpts;
mod feedback_repeats_verdict;
mod footnote_unused;
mod glossary_undefined;
mod heading_empty;
mod heading_skip;
pub(crate) mod hours_off;
mod html_unsafe;
mod i18n_stale;
mod i18n_structure_mismatch;
mod id_changed;
mod id_duplicate;
pub(crate) mod id_rebound;
mod id_retired_reused;
mod legal_check_old;
mod lesson_no_picture;
mod link_broken;
mod list;
mod markup_unread;
mod measures;
mod metadata_not_first;
pub(crate) mod minutes_off;
mod paths;
mod quiz_duplicate_choice;
pub(crate) mod quiz_guessable;
mod quiz_key_longest;
mod quiz_key_position;
mod quiz_many_correct;
mod quiz_no_correct;
mod quiz_no_feedback;
mod quiz_not_marked;
mod quiz_order_too_short;
mod quiz_outcome_coverage;
mod quiz_truefalse_balance;
mod quiz_weight_sum;
mod reading_level;
pub(crate) mod review_missing;
mod settings;
mod source_unread;
mod spelling;
mod term_avoided;
#[cfg(test)]
mod tests;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::draft_course::DraftCourse;
use crate::options::Options;

/// The checks that need only the course.
const CHECKS: &[fn(&DraftCourse, &mut Vec<Diagnostic>)] = &[
    a11y_alt_missing::check,
    a11y_link_text::check,
    a11y_media_no_captions::check,
    address_bare::check,
    anchor_broken::check,
    asset_content::check,
    asset_heavy::check,
    asset_missing::check,
    asset_unused::check,
    callout_unknown::check,
    captions_malformed::check,
    code_language_unknown::check,
    details_malformed::check,
    feedback_repeats_verdict::check,
    footnote_unused::check,
    glossary_undefined::check,
    heading_empty::check,
    heading_skip::check,
    html_unsafe::check,
    i18n_stale::check,
    i18n_structure_mismatch::check,
    id_changed::check,
    id_duplicate::check,
    id_rebound::check,
    id_retired_reused::check,
    lesson_no_picture::check,
    link_broken::check,
    markup_unread::check,
    metadata_not_first::check,
    quiz_duplicate_choice::check,
    quiz_key_longest::check,
    quiz_key_position::check,
    quiz_many_correct::check,
    quiz_no_correct::check,
    quiz_no_feedback::check,
    quiz_not_marked::check,
    quiz_order_too_short::check,
    quiz_outcome_coverage::check,
    quiz_truefalse_balance::check,
    quiz_weight_sum::check,
    reading_level::check,
    source_unread::check,
    term_avoided::check,
];

pub use list::{RULES, rule, rule_like};
pub(crate) use settings::Verdicts;

/// Runs every rule that looks at a whole course.
pub(crate) fn check(course: &DraftCourse, options: &Options) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = CHECKS
        .par_iter()
        .flat_map_iter(|check| {
            let mut found = Vec::new();
            check(course, &mut found);
            found
        })
        .collect();
    if let Some(today) = options.today {
        date_in_future::check(course, today, &mut found);
        legal_check_old::check(course, today, &mut found);
    }
    if let Some(known) = &options.spelling {
        spelling::check(course, known.as_ref(), &mut found);
    }
    found
}
