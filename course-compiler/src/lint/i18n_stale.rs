//! `i18n-stale`: a passage that is not translated, or was translated from an earlier text.

use crate::diagnostic::{Diagnostic, Location, Rule, Severity};
use crate::draft::{Block, DraftFile};
use crate::draft_course::DraftCourse;
use crate::source::Span;
use crate::translation::answers::differences;
use crate::translation::{Alignment, Behind, Origin, Translated};

pub(crate) const RULE: Rule = Rule {
    code: "i18n-stale",
    severity: Severity::Warning,
    page: include_str!("i18n_stale.md"),
};

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for lesson in &course.lessons {
        let Some(source) = lesson.files.get(&course.meta.source_language) else {
            continue;
        };
        for (language, alignment) in &lesson.alignments {
            if let Some(file) = lesson.files.get(language) {
                stale(source, file, alignment, found);
                missing(source, file, alignment, found);
                gone(file, alignment, found);
            }
        }
    }
}

/// A passage that was translated from another text than the current source.
fn stale(source: &DraftFile, file: &DraftFile, alignment: &Alignment, found: &mut Vec<Diagnostic>) {
    for (number, (original, translated)) in
        source.passages.iter().zip(&alignment.source).enumerate()
    {
        let Translated::Stale(at) = translated else {
            continue;
        };
        let Some(passage) = file.passages.get(*at) else {
            continue;
        };
        let what = match alignment.behind.get(&number) {
            None => format!("the source of this {} has changed", passage.kind.word()),
            Some(Behind::Texts) => {
                "the answers of this question have changed in the source".to_owned()
            }
            Some(Behind::Key) => {
                found.extend(key_changed(source, file, number, *at));
                continue;
            }
            // Reported by another rule.
            Some(Behind::Unknown) => continue,
        };
        let location = Location::new(&file.source, passage.span);
        let confirm = format!("{}:{}", location.file, location.start.line);
        found.push(
            RULE.in_place(
                location,
                format!("{what} since it was translated"),
            )
            .related(&source.source, original.span, "the source as it is now")
            .help(format!(
                "translate it anew; if it is right as it is, run `course lock --still-right {confirm}`"
            )),
        );
    }
}

/// The source's key, points or answers have changed since.
fn key_changed(
    source: &DraftFile,
    file: &DraftFile,
    original: usize,
    at: usize,
) -> Option<Diagnostic> {
    let (Some(Block::Question(original)), Some(Block::Question(question))) =
        (source.block_of_passage(original), file.block_of_passage(at))
    else {
        return None;
    };
    let difference = differences(original, question).into_iter().next()?;
    Some(
        RULE.at(
            &file.source,
            difference.at,
            format!("the answers of this question have changed in the source: {}", difference.message),
        )
        .related(&source.source, difference.source, "the source as it is now")
        .help("follow the source here, and see whether what is said about the answers is still right; until then readers get the source"),
    )
}

/// A passage that is only in the source. Adjacent ones are reported together.
fn missing(
    source: &DraftFile,
    file: &DraftFile,
    alignment: &Alignment,
    found: &mut Vec<Diagnostic>,
) {
    let is_missing = |(passage, translated): &(&crate::draft::Passage, &Translated)| {
        **translated == Translated::Missing && passage.words > 0
    };
    let mut rest = source.passages.iter().zip(&alignment.source).peekable();
    while let Some(first) = rest.next() {
        if !is_missing(&first) {
            continue;
        }
        let (mut count, mut last) = (1_usize, first.0);
        while let Some((passage, _)) = rest.next_if(is_missing) {
            count = count.saturating_add(1);
            last = passage;
        }
        let what = match count {
            1 => format!("this {} is", first.0.kind.word()),
            _ => format!("these {count} passages are"),
        };
        let span = Span::new(first.0.span.start, last.span.end.max(first.0.span.end));
        found.push(
            RULE.at(
                &source.source,
                span,
                format!("{what} not translated (`{}`)", file.language),
            )
            .help(format!(
                "add the translation at the same place in `{}`",
                file.path
            )),
        );
    }
}

/// A passage that is only in the translation, and was once translated from the source.
fn gone(file: &DraftFile, alignment: &Alignment, found: &mut Vec<Diagnostic>) {
    for (passage, origin) in file.passages.iter().zip(&alignment.translation) {
        if *origin == Origin::Gone && passage.words > 0 {
            let what = passage.kind.word();
            found.push(
                RULE.at(
                    &file.source,
                    passage.span,
                    format!("the source of this {what} is gone"),
                )
                .help("remove it here, too; readers no longer get it"),
            );
        }
    }
}
