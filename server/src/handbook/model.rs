//! The chapters of a handbook: their order, addresses and dates.

use chrono::NaiveDate;
use course_compiler::{Course, Lesson, Localized};

use crate::http::{
    Lang,
    address::{self, Address as _},
    theme::Theme,
};

/// The chapters, in order.
pub(super) fn chapters(handbook: &Course) -> impl Iterator<Item = &Lesson> {
    handbook
        .lessons
        .iter()
        .filter(|lesson| lesson.test_rules().is_none())
}

/// A text of the handbook in this language, or in the one in which it was written.
pub(super) fn text(lang: Lang, handbook: &Course, text: &Localized) -> String {
    text.get(lang.into(), handbook.source_language).to_owned()
}

/// The page of a handbook.
pub(super) fn url_of(lang: Lang, handbook: &Course) -> String {
    let handbook = handbook.into();
    address::HandbookContents { handbook }.url(lang)
}

/// The page of a chapter.
pub(super) fn url_of_chapter(lang: Lang, handbook: &Course, chapter: &Lesson) -> String {
    let (handbook, chapter) = (handbook.into(), chapter.into());
    address::Chapter { handbook, chapter }.url(lang)
}

/// The sector that a chapter is about.
pub(super) fn sector_of(lang: Lang, handbook: &Course, chapter: &Lesson) -> Option<String> {
    let mut sectors = handbook.sectors.iter();
    let sector = sectors.find(|sector| Some(&sector.id) == chapter.sector.as_ref())?;
    Some(text(lang, handbook, &sector.title))
}

/// When a chapter last changed, as its authors say.
pub(super) fn last_change(lang: Lang, handbook: &Course, chapter: &Lesson) -> Option<NaiveDate> {
    let shown = chapter.text(lang.into()).and_then(|(_, text)| text.updated);
    let source = chapter.texts.get(&handbook.source_language);
    shown.or_else(|| source.and_then(|text| text.updated))
}

/// When any chapter of a handbook last changed: the version of the whole.
pub(super) fn version(lang: Lang, handbook: &Course) -> Option<NaiveDate> {
    chapters(handbook)
        .filter_map(|chapter| last_change(lang, handbook, chapter))
        .max()
}

/// The dates of a chapter, each in words: when it changed, when its law was checked, when its sources were read.
pub(super) fn facts_of(
    theme: &Theme,
    lang: Lang,
    handbook: &Course,
    chapter: &Lesson,
) -> Vec<String> {
    let text = chapter.text(lang.into()).map(|(_, text)| text);
    let sources = text.iter().flat_map(|text| &text.sources);
    let read = sources.filter_map(|source| source.checked).max();
    [
        ("handbook-updated", last_change(lang, handbook, chapter)),
        ("lesson-legal-check", chapter.legal_check),
        ("handbook-sources-checked", read),
    ]
    .into_iter()
    .filter_map(|(key, date)| {
        Some(theme.text_with(lang, key, &[("date", lang.date(date?).into())]))
    })
    .collect()
}
