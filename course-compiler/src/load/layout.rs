//! The layout of a course's folder: the meaning of file names.

use crate::model::{Language, is_well_formed};

/// The folder of the glossary, beside the courses.
pub(crate) const GLOSSARY: &str = "glossary";
/// The folder of texts that several lessons share, beside the courses.
pub(crate) const SNIPPETS: &str = "snippets";
/// The file beside the courses with the settings of the programme.
pub(crate) const PROGRAMME: &str = "programme.toml";
/// The file beside the courses with the learning paths.
pub(crate) const PATHS: &str = crate::paths::FILE;
/// The file that every course has.
pub(crate) const COURSE: &str = "course.toml";
/// The file with the ids of a course.
pub(crate) const LOCK: &str = "course.lock";
/// The folder of a course's pictures and downloads.
pub(crate) const ASSETS: &str = "assets";

/// The id and the language of a snippet, by its path in their folder: `kontakti.lv.md`.
pub(crate) fn snippet_of(path: &str) -> Option<(&str, Language)> {
    let (id, language) = path.strip_suffix(".md")?.rsplit_once('.')?;
    is_well_formed(id).then_some((id, Language::from_word(language)?))
}

/// The kind of a file in a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// A lesson or test in a language.
    Lesson(Language),
    /// The text of a recording in a language.
    Transcript(Language),
    /// A picture, a recording, its captions, a download.
    Asset,
    /// `course.toml`.
    Course,
    /// `course.lock`.
    Lock,
    /// Ignored by the compiler.
    Other,
}

impl FileKind {
    /// The kind of the file at this path within a course.
    pub(crate) fn of(path: &str) -> Self {
        match path.split_once('/') {
            None if path == "course.toml" => Self::Course,
            None if path == "course.lock" => Self::Lock,
            Some(("assets", _)) => transcript_language(path).map_or(Self::Asset, Self::Transcript),
            Some((folder, name)) => match Language::from_word(folder) {
                Some(language) if lesson_name(name) => Self::Lesson(language),
                _ => Self::Other,
            },
            None => Self::Other,
        }
    }
}

/// Whether a file with this name in a language's folder is a lesson; files in subfolders are not.
fn lesson_name(name: &str) -> bool {
    name.strip_suffix(".md")
        .is_some_and(|stem| !stem.contains('/'))
}

/// The language of a transcript: `assets/intro.lv.md` → Latvian.
pub(crate) fn transcript_language(path: &str) -> Option<Language> {
    let stem = path.strip_prefix("assets/")?.strip_suffix(".md")?;
    Language::from_word(stem.rsplit_once('.')?.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transcript_has_its_language_before_its_ending() {
        assert_eq!(
            transcript_language("assets/intro.en.md"),
            Some(Language::En)
        );
        assert_eq!(transcript_language("assets/intro.md"), None);
        assert_eq!(transcript_language("assets/intro.de.md"), None);
        assert_eq!(transcript_language("lv/intro.lv.md"), None);
    }
}
