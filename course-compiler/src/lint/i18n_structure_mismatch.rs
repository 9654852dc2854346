//! `i18n-structure-mismatch`: a translation that is built otherwise than its source.

use super::Rule;
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::draft::{Block, DraftCourse, DraftFile, QuestionDraft};
use crate::translation::{Alignment, Origin, Passage};

pub(crate) const RULE: Rule = Rule {
    code: "i18n-structure-mismatch",
    severity: Severity::Error,
    page: include_str!("i18n_structure_mismatch.md"),
    check: Some(check),
};

fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for lesson in &course.lessons {
        let Some(source) = lesson.files.get(&course.meta.source_language) else {
            for file in lesson.files.values() {
                found.push(
                    RULE.in_place(
                        Location::file(file.source.path()),
                        format!(
                            "there is no lesson of this name in the source language, `{}`",
                            course.meta.source_language
                        ),
                    )
                    .help("name the files of one lesson the same in every language"),
                );
            }
            continue;
        };
        for (language, alignment) in &lesson.alignments {
            if let Some(file) = lesson.files.get(language) {
                compare(source, file, alignment, found);
            }
        }
    }
}

fn compare(source: &DraftFile, file: &DraftFile, alignment: &Alignment, found: &mut Vec<Diagnostic>) {
    if let (Some(expected), Some(id)) = (&source.front.id, &file.front.id)
        && expected.text != id.text
    {
        found.push(
            RULE.at(&file.source, id.span, format!("the lesson is `{}` in the source language", expected.text))
                .related(&source.source, expected.span, "the source")
                .help("use the same id in every language"),
        );
    }
    for (at, passage) in file.passages.iter().enumerate() {
        match alignment.translation.get(at) {
            Some(Origin::Own) if passage.words > 0 => found.push(own(file, passage)),
            // A stale translation of a question is not used, so nothing in it can be wrong.
            Some(Origin::Source(original)) if alignment.is_current(*original) => {
                if let (Some(Block::Question(original)), Some(Block::Question(question))) =
                    (source.block_of_passage(*original), file.block_of_passage(at))
                {
                    compare_questions(source, original, file, question, found);
                }
            }
            _ => {}
        }
    }
}

/// A passage that the source never had. A question among them is not asked; the rest is shown, because a
/// translator may have had a reason.
fn own(file: &DraftFile, passage: &Passage) -> Diagnostic {
    let mut diagnostic = RULE
        .at(
            &file.source,
            passage.span,
            format!("the source language has no such {} at this place", passage.kind.word()),
        )
        .help("build the translation like its source: add it there, or remove it here");
    diagnostic.severity = Severity::Warning;
    diagnostic
}

fn compare_questions(
    source: &DraftFile,
    original: &QuestionDraft,
    translation: &DraftFile,
    question: &QuestionDraft,
    found: &mut Vec<Diagnostic>,
) {
    let mut differs = |span, message: String, original_span, help: &str| {
        found.push(
            RULE.at(&translation.source, span, message)
                .related(&source.source, original_span, "the source")
                .help(help),
        );
    };
    if question.class != original.class {
        differs(
            question.heading,
            format!("the question is `.{}` in the source language", original.class),
            original.heading,
            "use the same type in every language",
        );
        return;
    }
    if question.settings() != original.settings() {
        differs(
            question.heading,
            "the attributes differ from the source language".to_owned(),
            original.heading,
            "write the same points and settings in every language",
        );
    }
    if question.parts.is_empty() || original.parts.is_empty() {
        return;
    }
    if question.parts.len() != original.parts.len() {
        differs(
            question.heading,
            format!(
                "{} answers here, {} in the source language",
                question.parts.len(),
                original.parts.len()
            ),
            original.heading,
            "translate every answer, in the same order",
        );
        return;
    }
    for (part, expected) in question.parts.iter().zip(&original.parts) {
        if part.shape() != expected.shape() {
            differs(
                part.span,
                format!("this is {} here, {} in the source language", part.shape(), expected.shape()),
                expected.span,
                "keep the order of the answers, their ticks, weights and numbers in every language",
            );
        }
    }
}
