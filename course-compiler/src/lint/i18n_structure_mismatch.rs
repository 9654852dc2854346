//! `i18n-structure-mismatch`: a translation that is built otherwise than its source.

use super::Rule;
use crate::diagnostic::{Diagnostic, Location, Severity};
use crate::draft::{DraftCourse, DraftFile, QuestionDraft};

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
        for file in lesson.files.values().filter(|file| file.language != source.language) {
            compare(source, file, found);
        }
    }
}

fn compare(source: &DraftFile, translation: &DraftFile, found: &mut Vec<Diagnostic>) {
    if let (Some(expected), Some(id)) = (&source.front.id, &translation.front.id)
        && expected.text != id.text
    {
        found.push(
            RULE.at(&translation.source, id.span, format!("the lesson is `{}` in the source language", expected.text))
                .related(&source.source, expected.span, "the source")
                .help("use the same id in every language"),
        );
    }
    for question in translation.questions() {
        let Some(id) = &question.id else { continue };
        match source.question(&id.text) {
            None => found.push(
                RULE.at(
                    &translation.source,
                    id.span,
                    format!("the source language has no question `{}` in this lesson", id.text),
                )
                .help(format!("add it to `{}`, or remove it here", source.path)),
            ),
            Some(original) => compare_questions(source, original, translation, question, found),
        }
    }
    for question in source.questions() {
        if let Some(id) = &question.id
            && translation.question(&id.text).is_none()
        {
            found.push(
                RULE.in_place(
                    Location::file(translation.source.path()),
                    format!("the question `{}` is not translated", id.text),
                )
                .related(&source.source, question.heading, "the source")
                .help("translate it"),
            );
        }
    }
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
