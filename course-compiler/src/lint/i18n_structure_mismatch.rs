//! `i18n-structure-mismatch`: a translation with another structure than its source.

use crate::diagnostic::{Diagnostic, Location, Rule, Severity};
use crate::draft::Passage;
use crate::draft::{Block, DraftFile};
use crate::draft_course::{DraftCourse, SetAside};
use crate::translation::answers::{Difference, differences};
use crate::translation::{Alignment, Behind, Origin};

pub(crate) const RULE: Rule = Rule {
    code: "i18n-structure-mismatch",
    severity: Severity::Error,
    page: include_str!("i18n_structure_mismatch.md"),
};

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for aside in &course.set_aside {
        found.push(unused(course, aside));
    }
    for lesson in &course.lessons {
        let Some(source) = lesson.files.get(&course.meta.source_language) else {
            continue;
        };
        for (language, alignment) in &lesson.alignments {
            if let Some(file) = lesson.files.get(language) {
                compare(source, file, alignment, found);
                rules_of_test(source, file, found);
            }
        }
    }
}

/// A translation without a source, which may have been removed, renamed or given another id.
fn unused(course: &DraftCourse, aside: &SetAside) -> Diagnostic {
    let file = &aside.file;
    let id = file.front.id.as_ref();
    let expected = aside.source.as_ref().and_then(|source| {
        let id = source.front.id.as_ref()?;
        Some((source, id))
    });
    let mut diagnostic = if let (Some((source, expected)), Some(id)) = (expected, id) {
        RULE.at(
            &file.source,
            id.span,
            format!(
                "the lesson is `{}` in the source language; this translation is not used",
                expected.text
            ),
        )
        .related(&source.source, expected.span, "the source")
        .help("use the same id in every language; if this was of another lesson, translate it anew")
    } else {
        let renamed = course.source_files().find(|source| {
            let ids = source.front.id.as_ref().zip(id);
            ids.is_some_and(|(source, id)| source.text == id.text)
        });
        RULE.in_place(
            Location::file(file.source.path()),
            format!(
                "there is no lesson of this name in the source language, `{}`; this translation is not used",
                course.meta.source_language
            ),
        )
        .help(match renamed {
            Some(source) => format!("give it the name of its source, `{}`", source.path),
            None => "name the files of one lesson the same in every language; remove it if its source is gone"
                .to_owned(),
        })
    };
    diagnostic.severity = Severity::Warning;
    diagnostic
}

fn compare(
    source: &DraftFile,
    file: &DraftFile,
    alignment: &Alignment,
    found: &mut Vec<Diagnostic>,
) {
    for (at, passage) in file.passages.iter().enumerate() {
        match alignment.translation.get(at) {
            Some(Origin::Own) if passage.words > 0 => found.push(own(file, passage)),
            Some(Origin::Source(original)) => {
                let is_unknown = alignment.behind.get(original) == Some(&Behind::Unknown);
                // A stale translation of a question is not used, so it cannot contain errors.
                if (is_unknown || alignment.is_current(*original))
                    && let (Some(Block::Question(original)), Some(Block::Question(question))) = (
                        source.block_of_passage(*original),
                        file.block_of_passage(at),
                    )
                {
                    for difference in differences(original, question) {
                        found.push(differs(source, file, difference, is_unknown));
                    }
                }
            }
            _ => {}
        }
    }
}

fn differs(
    source: &DraftFile,
    file: &DraftFile,
    difference: Difference,
    is_unknown: bool,
) -> Diagnostic {
    let mut diagnostic = RULE
        .at(&file.source, difference.at, difference.message)
        .related(&source.source, difference.source, "the source")
        .help(difference.help);
    if is_unknown {
        diagnostic.severity = Severity::Warning;
        diagnostic = diagnostic.help(format!(
            "{}; until then readers get the source",
            difference.help
        ));
    }
    diagnostic
}

/// Rules of a test that differ in a translation. Those of the source apply.
fn rules_of_test(source: &DraftFile, file: &DraftFile, found: &mut Vec<Diagnostic>) {
    let (Some(expected), Some(stated)) = (&source.front.test, &file.front.test) else {
        return;
    };
    for (name, at) in &stated.places {
        let (here, there) = (stated.shown(name), expected.shown(name));
        if here != there {
            let message = match there {
                Some(there) => {
                    format!("`{name}` is {there} in the source language, and that holds")
                }
                None => format!("the source language has no `{name}`, and that holds"),
            };
            let mut diagnostic = RULE
                .at(&file.source, *at, message)
                .help(if *name == "pass" {
                    "write the same here"
                } else {
                    "write the same here, or leave it out"
                });
            diagnostic.severity = Severity::Warning;
            found.push(diagnostic);
        }
    }
}

/// A passage that the source never had. A question among them is not asked; other passages are shown, because
/// the translator may have had a reason.
fn own(file: &DraftFile, passage: &Passage) -> Diagnostic {
    let mut diagnostic = RULE
        .at(
            &file.source,
            passage.span,
            format!(
                "the source language has no such {} at this place",
                passage.kind.word()
            ),
        )
        .help("build the translation like its source: add it there, or remove it here");
    diagnostic.severity = Severity::Warning;
    diagnostic
}
