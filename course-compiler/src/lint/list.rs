//! All rules.

use super::{
    a11y_alt_missing, a11y_link_text, a11y_media_no_captions, address_bare, anchor_broken,
    asset_content, asset_heavy, asset_missing, asset_unused, callout_unknown, captions_malformed,
    choice_rebound, code_language_unknown, date_in_future, details_malformed,
    feedback_repeats_verdict, footnote_unused, heading_empty, heading_skip, hours_off, i18n_stale,
    i18n_structure_mismatch, id_changed, id_rebound, id_retired_reused, legal_check_old,
    lesson_no_picture, markup_unread, metadata_not_first, minutes_off, quiz_guessable,
    quiz_key_longest, quiz_key_position, quiz_many_correct, quiz_no_feedback, quiz_not_marked,
    quiz_order_too_short, quiz_outcome_coverage, quiz_truefalse_balance, quiz_weight_sum,
    reading_level, review_missing, source_unread, spelling, term_avoided,
};
use crate::diagnostic::Rule;
use crate::likeness::nearest;
use crate::rules;

/// All rules, by code.
pub const RULES: &[&Rule] = &[
    &a11y_alt_missing::RULE,
    &a11y_link_text::RULE,
    &a11y_media_no_captions::RULE,
    &address_bare::RULE,
    &rules::allow_invalid::RULE,
    &rules::allow_unused::RULE,
    &anchor_broken::RULE,
    &asset_content::RULE,
    &asset_heavy::RULE,
    &asset_missing::RULE,
    &asset_unused::RULE,
    &callout_unknown::RULE,
    &captions_malformed::RULE,
    &rules::case_no_way_out::RULE,
    &rules::case_unreachable_step::RULE,
    &choice_rebound::RULE,
    &code_language_unknown::RULE,
    &rules::conflict_marker::RULE,
    &date_in_future::RULE,
    &details_malformed::RULE,
    &feedback_repeats_verdict::RULE,
    &rules::file_skipped::RULE,
    &rules::file_unreadable::RULE,
    &footnote_unused::RULE,
    &rules::glossary_undefined::RULE,
    &heading_empty::RULE,
    &heading_skip::RULE,
    &hours_off::RULE,
    &rules::html_unsafe::RULE,
    &i18n_stale::RULE,
    &i18n_structure_mismatch::RULE,
    &id_changed::RULE,
    &rules::id_duplicate::RULE,
    &rules::id_missing::RULE,
    &id_rebound::RULE,
    &id_retired_reused::RULE,
    &legal_check_old::RULE,
    &lesson_no_picture::RULE,
    &rules::link_broken::RULE,
    &rules::lock_stale::RULE,
    &markup_unread::RULE,
    &rules::meta_bad_value::RULE,
    &rules::meta_missing::RULE,
    &rules::meta_unknown_key::RULE,
    &metadata_not_first::RULE,
    &minutes_off::RULE,
    &rules::path_broken::RULE,
    &rules::quiz_answer_shown::RULE,
    &rules::quiz_bad_number::RULE,
    &rules::quiz_duplicate_choice::RULE,
    &quiz_guessable::RULE,
    &quiz_key_longest::RULE,
    &quiz_key_position::RULE,
    &rules::quiz_looks_checked::RULE,
    &rules::quiz_malformed::RULE,
    &quiz_many_correct::RULE,
    &rules::quiz_no_correct::RULE,
    &quiz_no_feedback::RULE,
    &quiz_not_marked::RULE,
    &quiz_order_too_short::RULE,
    &quiz_outcome_coverage::RULE,
    &quiz_truefalse_balance::RULE,
    &rules::quiz_unknown_type::RULE,
    &quiz_weight_sum::RULE,
    &reading_level::RULE,
    &review_missing::RULE,
    &rules::snippet_broken::RULE,
    &rules::snippet_unused::RULE,
    &source_unread::RULE,
    &spelling::RULE,
    &term_avoided::RULE,
];

/// A rule by its code.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code).copied()
}

/// The rule with the most similar code, if one is similar.
#[must_use]
pub fn rule_like(word: &str) -> Option<&'static Rule> {
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    rule(nearest(word, &codes)?)
}
