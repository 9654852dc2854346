//! Rules that are reported while files are parsed, with the wording of their messages. One file and one page
//! for each rule.
//!
//! These functions only make diagnostics; the parsers call them with the place. The rules that check a whole
//! course, and the list of all rules, are in [`crate::lint`]. Some rules have both; then the check is there
//! and the wording here.

pub(crate) mod allow_invalid;
pub(crate) mod allow_unused;
pub(crate) mod case_no_way_out;
pub(crate) mod case_unreachable_step;
pub(crate) mod conflict_marker;
pub(crate) mod file_skipped;
pub(crate) mod file_unreadable;
pub(crate) mod glossary_undefined;
pub(crate) mod html_unsafe;
pub(crate) mod id_duplicate;
pub(crate) mod id_missing;
pub(crate) mod link_broken;
pub(crate) mod lock_stale;
pub(crate) mod meta_bad_value;
pub(crate) mod meta_missing;
pub(crate) mod meta_unknown_key;
pub(crate) mod path_broken;
pub(crate) mod quiz_answer_shown;
pub(crate) mod quiz_bad_number;
pub(crate) mod quiz_duplicate_choice;
pub(crate) mod quiz_looks_checked;
pub(crate) mod quiz_malformed;
pub(crate) mod quiz_no_correct;
pub(crate) mod quiz_unknown_type;
pub(crate) mod slips;
pub(crate) mod snippet_broken;
pub(crate) mod snippet_unused;
