//! Recognises files and folders that are not read although they were probably meant to be, such as `Lv/`,
//! `course.TOML` or `01-ievads.MD`.
//!
//! Pure: the caller lists the names, and says which files start with front matter as lessons do. The messages
//! are in `rules::file_skipped`. Notes (`README.md`, `CHECK.md`, `LICENSE`) and files left by editors are
//! ignored; a file with a number before its name, or with front matter, is never a note.

use std::collections::BTreeMap;

use super::layout::{ASSETS, COURSE, GLOSSARY, LOCK, PATHS, PROGRAMME, SNIPPETS, snippet_of};
use crate::model::Language;

/// Why a symbolic link is not read.
pub(super) const NO_LINKS: &str = "symbolic links are not followed";

/// Why something is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Skipped {
    /// It cannot be read, for this reason.
    Unreadable(String),
    /// Its name should be this one.
    Meant(String),
    /// A copy of a file that is read, such as `course (1).toml`.
    Copy(String),
    /// A file of a course, with this name, that is beside the courses.
    NotInCourse(String),
    /// A lesson outside of a language's folder.
    Lesson,
    /// A picture, a recording or captions outside of `assets`.
    Media,
    /// A file in a language's folder that is not Markdown.
    NoLesson,
    /// A subfolder of a language's folder.
    Inner,
    /// A folder for a language that the platform does not support.
    OtherLanguage,
    /// Another folder of a course, with lessons or media in it.
    OtherFolder,
    /// A course inside a folder beside the courses.
    CourseWithin,
    /// A folder beside the courses that has parts of a course, but is not one.
    NoCourse,
    /// A file in the folder of the glossary that is not a glossary.
    NoGlossary,
    /// A file in the folder of the snippets whose name is not that of one.
    NoSnippet,
}

/// Files that editors, downloads and file managers leave behind.
pub(crate) fn is_leftover(name: &str) -> bool {
    const ENDINGS: [&str; 6] = ["tmp", "swp", "swx", "part", "crdownload", "lnk"];
    name.starts_with('.')
        || name.ends_with('~')
        || name.starts_with('#') && name.ends_with('#')
        || ["thumbs.db", "desktop.ini"].contains(&name.to_lowercase().as_str())
        || ending(name).is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// Whether a text starts with front matter, as lessons do.
pub(crate) fn has_front_matter(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    bytes.trim_ascii_start().starts_with(b"+++")
}

/// Whether a file of a course is a note among the lessons of a language: it has one of the usual names and no
/// properties of a lesson.
pub(crate) fn is_note_among_lessons(path: &str, bytes: &[u8]) -> bool {
    path.split_once('/').is_some_and(|(folder, name)| {
        Language::from_word(folder).is_some()
            && is_usual_note(name)
            && !is_numbered(name)
            && !has_front_matter(bytes)
    })
}

/// Whether a file is an author's note: its name is in capitals or one of the usual names, and it has no
/// properties of a lesson. `front` says whether the file starts with front matter.
fn is_note(name: &str, front: bool) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let in_capitals = stem.starts_with(char::is_alphabetic) && !stem.contains(char::is_lowercase);
    (in_capitals || is_usual_note(name)) && !front && !is_numbered(name)
}

fn is_usual_note(name: &str) -> bool {
    const USUAL: [&str; 14] = [
        "readme",
        "notes",
        "note",
        "todo",
        "changelog",
        "changes",
        "license",
        "licence",
        "copying",
        "copyright",
        "contributing",
        "authors",
        "check",
        "checklist",
    ];
    let stem = name.split('.').next().unwrap_or_default();
    let word = stem.split(['-', '_', ' ']).next().unwrap_or_default();
    USUAL.contains(&word.to_lowercase().as_str())
}

/// The extension in lower case.
fn ending(name: &str) -> Option<String> {
    let (_, ending) = name.rsplit_once('.')?;
    Some(ending.trim().to_lowercase())
}

/// The name without its extension, if that is one of those in use for Markdown.
fn markdown(name: &str) -> Option<&str> {
    const ENDINGS: [&str; 9] = [
        "md", "markdown", "mdown", "mkd", "mkdn", "mdwn", "mdtxt", "mdtext", "mdx",
    ];
    let is_markdown = |name: &str| ending(name).is_some_and(|end| ENDINGS.contains(&end.as_str()));
    let (stem, last) = name.rsplit_once('.')?;
    if is_markdown(name) {
        Some(stem)
    } else if last.trim().eq_ignore_ascii_case("txt") && is_markdown(stem) {
        // Some systems hide an extension and add their own.
        stem.rsplit_once('.').map(|(stem, _)| stem)
    } else {
        None
    }
}

fn is_media(name: &str) -> bool {
    const ENDINGS: [&str; 19] = [
        "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "mp4", "m4v", "webm", "ogv", "mp3",
        "m4a", "ogg", "oga", "opus", "wav", "flac", "vtt",
    ];
    ending(name).is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// Whether a name was probably meant to be `known`.
fn is_meant(name: &str, known: &str) -> bool {
    let name = name.trim();
    let same = |name: &str| name.eq_ignore_ascii_case(known);
    let other = name.rsplit_once('.').is_some_and(|(stem, ending)| {
        let known = known.split('.').next().unwrap_or_default();
        ["toml", "tml", "tom", "yaml", "yml", "json", "ini"]
            .iter()
            .any(|end| ending.eq_ignore_ascii_case(end))
            && known.len() > 4
            && crate::likeness::edit_distance(&stem.to_lowercase(), known)
                <= usize::from(known.len() > 6) + 1
    });
    let without_added = name.rsplit_once('.').filter(|(_, added)| {
        ["txt", "md", "toml"]
            .iter()
            .any(|end| added.eq_ignore_ascii_case(end))
    });
    let is_file = known.contains('.');
    same(name)
        || is_file && other && known != LOCK
        || without_added.is_some_and(|(stem, _)| same(stem))
}

/// Whether a file is a copy of one named `known`: `course (1).toml`, `course - Copy.toml`, `course_old.toml`.
fn is_copy(name: &str, known: &str) -> bool {
    let lower = name.to_lowercase();
    let Some((stem, ending)) = known.rsplit_once('.') else {
        return false;
    };
    let rest = lower
        .strip_prefix(stem)
        .and_then(|rest| rest.strip_suffix(ending)?.strip_suffix('.'));
    rest.is_some_and(|rest| {
        rest.starts_with([' ', '-', '_', '(', '.'])
            || rest.bytes().all(|byte| byte.is_ascii_digit())
    }) && lower != known
}

/// The supported language that a folder's name probably means.
fn meant_language(folder: &str) -> Option<Language> {
    let word = folder.trim().to_lowercase();
    let first = word.split(['-', '_', '.']).next().unwrap_or_default();
    match first {
        "lav" | "latvian" | "latviešu" | "latviesu" | "latviski" => Some(Language::Lv),
        "eng" | "english" | "angļu" | "anglu" | "angliski" => Some(Language::En),
        first => Language::from_word(first),
    }
}

/// Whether a name looks like that of a language, such as `ru` or `pt-BR`.
fn is_language_like(folder: &str) -> bool {
    let first = folder.split(['-', '_']).next().unwrap_or_default();
    first.len() == 2 && first.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Whether a name looks like that of a lesson: `01-ievads.md`.
fn is_numbered(name: &str) -> bool {
    let digits = name.len() - name.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = name.get(digits..).unwrap_or_default();
    (1..=3).contains(&digits) && after.starts_with(['-', '_', '.', ' ']) && markdown(name).is_some()
}

/// The skipped files of a course. `files` are their paths in order, each with whether it starts with front
/// matter. A skipped folder is reported once.
pub(crate) fn in_course<'a>(
    paths: impl IntoIterator<Item = (&'a String, bool)>,
) -> BTreeMap<String, Skipped> {
    let mut skipped = BTreeMap::new();
    for (path, front) in paths {
        let found = match path.split_once('/') {
            None => in_course_itself(path, front).map(|why| (path.clone(), why)),
            Some((ASSETS, _)) => None,
            Some((folder, rest)) if Language::from_word(folder).is_some() => {
                match rest.split_once('/') {
                    None => in_language(rest, front).map(|why| (path.clone(), why)),
                    Some((inner, _)) => {
                        let is_told = has_content(rest, front);
                        is_told.then(|| (format!("{folder}/{inner}"), Skipped::Inner))
                    }
                }
            }
            Some((folder, rest)) => {
                other_folder(folder, rest, front).map(|why| (folder.to_owned(), why))
            }
        };
        if let Some((path, why)) = found {
            skipped.entry(path).or_insert(why);
        }
    }
    skipped
}

/// Whether a file has the name of a lesson or picture.
fn has_content(path: &str, front: bool) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    !path.split('/').any(is_leftover)
        && !is_note(name, front)
        && (front || markdown(name).is_some() || is_media(name))
}

fn in_course_itself(name: &str, front: bool) -> Option<Skipped> {
    if [COURSE, LOCK].contains(&name) || is_leftover(name) {
        return None;
    }
    if let Some(known) = [COURSE, LOCK].iter().find(|known| is_meant(name, known)) {
        return Some(Skipped::Meant((*known).to_owned()));
    }
    if is_copy(name, COURSE) || is_copy(name, LOCK) {
        let known = if name.to_lowercase().ends_with(".lock") {
            LOCK
        } else {
            COURSE
        };
        return Some(Skipped::Copy(known.to_owned()));
    }
    if is_note(name, front) {
        None
    } else if front || markdown(name).is_some() {
        Some(Skipped::Lesson)
    } else {
        is_media(name).then_some(Skipped::Media)
    }
}

fn in_language(name: &str, front: bool) -> Option<Skipped> {
    let is_lesson = name.strip_suffix(".md").is_some();
    if is_lesson || is_leftover(name) {
        return None;
    }
    if is_note(name, front) {
        return None;
    }
    if let Some(stem) = markdown(name) {
        return Some(Skipped::Meant(format!("{}.md", stem.trim_end())));
    }
    if front && ending(name).is_none_or(|ending| ["txt", "text"].contains(&ending.as_str())) {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        return Some(Skipped::Meant(format!("{}.md", stem.trim_end())));
    }
    if is_media(name) {
        Some(Skipped::Media)
    } else {
        Some(Skipped::NoLesson)
    }
}

/// A folder of a course that is neither a language's folder nor `assets`, and contains a file with this path.
fn other_folder(folder: &str, file: &str, front: bool) -> Option<Skipped> {
    if is_leftover(folder) {
        return None;
    }
    if [COURSE, LOCK].contains(&folder) {
        return Some(Skipped::Unreadable("it is a folder".to_owned()));
    }
    if is_meant(folder, ASSETS) {
        return Some(Skipped::Meant(ASSETS.to_owned()));
    }
    if file == COURSE {
        return Some(Skipped::CourseWithin);
    }
    if !has_content(file, front) {
        return None;
    }
    Some(language_folder(folder).unwrap_or(Skipped::OtherFolder))
}

/// A folder named after a language in a form that is not read.
pub(crate) fn language_folder(folder: &str) -> Option<Skipped> {
    match meant_language(folder) {
        Some(language) => Some(Skipped::Meant(language.to_string())),
        None => is_language_like(folder).then_some(Skipped::OtherLanguage),
    }
}

/// The skipped files in the folder of the glossary.
pub(crate) fn in_glossary<'a>(
    paths: impl IntoIterator<Item = &'a String>,
) -> BTreeMap<String, Skipped> {
    let mut skipped = BTreeMap::new();
    for path in paths {
        let language = |stem: &str| meant_language(stem).map(|language| format!("{language}.md"));
        let found = match path.split_once('/') {
            None if is_leftover(path) => None,
            None => markdown(path).and_then(|stem| match language(stem) {
                Some(name) if name == *path => None,
                Some(name) => Some((path.as_str(), Skipped::Meant(name))),
                None if is_note(path, false) => None,
                None => Some((path.as_str(), Skipped::NoGlossary)),
            }),
            Some((folder, _)) => (!is_leftover(folder) && has_content(path, false))
                .then_some((folder, Skipped::NoGlossary)),
        };
        if let Some((path, why)) = found {
            skipped.entry(path.to_owned()).or_insert(why);
        }
    }
    skipped
}

/// The skipped files in the folder of the snippets.
pub(crate) fn in_snippets<'a>(
    paths: impl IntoIterator<Item = &'a String>,
) -> BTreeMap<String, Skipped> {
    let is_meant = |path: &str| match path.split_once('/') {
        None => {
            let is_other = is_leftover(path) || is_note(path, false) || snippet_of(path).is_some();
            !is_other && markdown(path).is_some()
        }
        Some((folder, _)) => !is_leftover(folder) && has_content(path, false),
    };
    paths
        .into_iter()
        .filter(|path| is_meant(path))
        .map(|path| (path.clone(), Skipped::NoSnippet))
        .collect()
}

/// A file beside the courses; `front` says whether it starts with front matter.
pub(crate) fn file_beside(name: &str, front: bool) -> Option<Skipped> {
    if [PROGRAMME, PATHS].contains(&name) || is_leftover(name) {
        None
    } else if let Some(known) = [PROGRAMME, PATHS]
        .into_iter()
        .find(|known| is_meant(name, known))
    {
        Some(Skipped::Meant(known.to_owned()))
    } else if is_copy(name, PROGRAMME) {
        Some(Skipped::Copy(PROGRAMME.to_owned()))
    } else if let Some(known) = [COURSE, LOCK]
        .iter()
        .find(|known| is_meant(name, known) || is_copy(name, known))
    {
        Some(Skipped::NotInCourse((*known).to_owned()))
    } else {
        (front || is_numbered(name)).then_some(Skipped::Lesson)
    }
}

/// A folder beside the courses that is not a course, by its name alone.
pub(crate) fn folder_beside(name: &str) -> Option<Skipped> {
    [GLOSSARY, SNIPPETS]
        .into_iter()
        .find(|known| name != *known && is_meant(name, known))
        .map(|known| Skipped::Meant(known.to_owned()))
}

/// A file in a folder beside the courses that is not a course; `front` says whether it starts with front
/// matter.
pub(crate) fn file_in_no_course(name: &str, front: bool) -> Option<Skipped> {
    match in_course_itself(name, front) {
        Some(Skipped::Lesson) if !front && !is_numbered(name) => None,
        Some(Skipped::Media) => None,
        found => found,
    }
}

/// Whether a file with this name indicates that its folder contains lessons.
pub(crate) fn is_lesson_like(name: &str, front: bool, numbered: bool) -> bool {
    let is_lesson = !is_leftover(name) && !is_note(name, front) && markdown(name).is_some();
    is_lesson && (!numbered || front || is_numbered(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(paths: &[&str]) -> Vec<(String, Skipped)> {
        let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
        in_course(paths.iter().map(|path| (path, false)))
            .into_iter()
            .collect()
    }

    fn meant(name: &str) -> Skipped {
        Skipped::Meant(name.to_owned())
    }

    #[test]
    fn what_was_meant_to_be_read_is_found() {
        for (path, at, why) in [
            ("Course.toml", "Course.toml", meant("course.toml")),
            ("course.TOML", "course.TOML", meant("course.toml")),
            ("course.toml.txt", "course.toml.txt", meant("course.toml")),
            ("Course.lock", "Course.lock", meant("course.lock")),
            ("Lv/01-a.md", "Lv", meant("lv")),
            ("LV/01-a.md", "LV", meant("lv")),
            ("en-GB/01-a.md", "en-GB", meant("en")),
            ("latviski/01-a.md", "latviski", meant("lv")),
            ("Assets/a.png", "Assets", meant("assets")),
            ("lv/01-a.MD", "lv/01-a.MD", meant("01-a.md")),
            ("lv/01-a.Md", "lv/01-a.Md", meant("01-a.md")),
            ("lv/01-a.markdown", "lv/01-a.markdown", meant("01-a.md")),
            ("lv/01-a.md.txt", "lv/01-a.md.txt", meant("01-a.md")),
            ("lv/Ievads.MD", "lv/Ievads.MD", meant("Ievads.md")),
            ("course.yaml", "course.yaml", meant("course.toml")),
            ("cource.toml", "cource.toml", meant("course.toml")),
            ("courses.toml", "courses.toml", meant("course.toml")),
            ("lv/02-CHECK.MD", "lv/02-CHECK.MD", meant("02-CHECK.md")),
            (
                "course (1).toml",
                "course (1).toml",
                Skipped::Copy("course.toml".to_owned()),
            ),
            (
                "course - Copy.toml",
                "course - Copy.toml",
                Skipped::Copy("course.toml".to_owned()),
            ),
            ("course2.toml", "course2.toml", meant("course.toml")),
            (
                "course_old.lock",
                "course_old.lock",
                Skipped::Copy("course.lock".to_owned()),
            ),
            ("lv/01-a.docx", "lv/01-a.docx", Skipped::NoLesson),
            ("lv/01-a", "lv/01-a", Skipped::NoLesson),
            ("lv/a.png", "lv/a.png", Skipped::Media),
            ("lv/dala/01-a.md", "lv/dala", Skipped::Inner),
            ("lv/dala/vel/01-a.md", "lv/dala", Skipped::Inner),
            ("ru/01-a.md", "ru", Skipped::OtherLanguage),
            ("pt-BR/01-a.md", "pt-BR", Skipped::OtherLanguage),
            ("dala/01-a.md", "dala", Skipped::OtherFolder),
            ("atteli/a.svg", "atteli", Skipped::OtherFolder),
            ("cits/course.toml", "cits", Skipped::CourseWithin),
            ("01-ievads.md", "01-ievads.md", Skipped::Lesson),
            ("ievads.MD", "ievads.MD", Skipped::Lesson),
            ("vaks.jpg", "vaks.jpg", Skipped::Media),
        ] {
            assert_eq!(course(&[path]), [(at.to_owned(), why)], "{path}");
        }
        assert_eq!(course(&["ru/01-a.md", "ru/02-b.md"]).len(), 1);
    }

    #[test]
    fn what_is_read_and_what_is_a_note_is_not_told() {
        let quiet = [
            "course.toml",
            "course.lock",
            "lv/01-a.md",
            "en/README.md",
            "assets/a.png",
            "assets/a.lv.md",
            "assets/b/c.xyz",
            "CHECK.md",
            "README.md",
            "readme.md",
            "NOTES.txt",
            "LICENSE",
            "LICENSE-CC.md",
            "Notes.md",
            "todo.md",
            "atzinums.pdf",
            "lv/NOTES.txt",
            "lv/README.MD",
            ".DS_Store",
            "lv/.01-a.md.swp",
            "lv/01-a.md~",
            "lv/Thumbs.db",
            "lv/#01-a.md#",
            "lv/dala/README.md",
            "avoti/likums.pdf",
            "ru/README.md",
            "en/.x/01-a.md",
        ];
        for path in quiet {
            assert_eq!(course(&[path]), [], "{path}");
        }
    }

    #[test]
    fn a_file_with_front_matter_is_no_note() {
        for (path, at, why) in [
            ("CHECK.md", "CHECK.md", Skipped::Lesson),
            ("ANO.md", "ANO.md", Skipped::Lesson),
            ("notes-on-law.md", "notes-on-law.md", Skipped::Lesson),
            ("lv/CHECK.txt", "lv/CHECK.txt", meant("CHECK.md")),
            ("lv/02-b.txt", "lv/02-b.txt", meant("02-b.md")),
            ("lv/dala/ANO.md", "lv/dala", Skipped::Inner),
            ("ru/README.md", "ru", Skipped::OtherLanguage),
        ] {
            let found = in_course([(&path.to_owned(), true)]);
            assert_eq!(
                found.into_iter().collect::<Vec<_>>(),
                [(at.to_owned(), why)],
                "{path}"
            );
        }
        let lesson = b"\xef\xbb\xbf\n+++\nid = \"l-a\"\n+++\n";
        assert!(has_front_matter(lesson));
        for path in [
            "lv/CHECK.md",
            "en/README.md",
            "lv/notes.md",
            "lv/check-2026.md",
        ] {
            assert!(is_note_among_lessons(path, b"# Check\n"), "{path}");
            assert!(!is_note_among_lessons(path, lesson), "{path}");
        }
        // Without front matter these are lessons that lack it, which is reported.
        for path in [
            "lv/IEVADS.md",
            "lv/01-check.md",
            "lv/ievads.md",
            "CHECK.md",
            "assets/README.md",
        ] {
            assert!(!is_note_among_lessons(path, b"# A\n"), "{path}");
        }
    }

    #[test]
    fn a_glossary_is_one_file_a_language() {
        let found = |path: &str| in_glossary(&[path.to_owned()]).into_values().next();
        assert_eq!(found("lv.md"), None);
        assert_eq!(found("README.md"), None);
        assert_eq!(found("LV.md"), Some(meant("lv.md")));
        assert_eq!(found("en.MD"), Some(meant("en.md")));
        assert_eq!(found("ru.md"), Some(Skipped::NoGlossary));
        assert_eq!(found("lv/a.md"), Some(Skipped::NoGlossary));
    }

    #[test]
    fn beside_the_courses_only_what_is_like_a_part_of_them_is_told() {
        for name in [
            "Programme.toml",
            "program.toml",
            "programm.toml",
            "programme.toml.txt",
            "programme.yaml",
        ] {
            assert_eq!(
                file_beside(name, false),
                Some(meant("programme.toml")),
                "{name}"
            );
        }
        assert_eq!(file_beside("01-ievads.md", false), Some(Skipped::Lesson));
        assert_eq!(file_beside("ANO.md", true), Some(Skipped::Lesson));
        let copy = Skipped::Copy("programme.toml".to_owned());
        assert_eq!(file_beside("programme (1).toml", false), Some(copy));
        for name in ["Course.toml", "course (1).toml", "course.toml.txt"] {
            let found = Skipped::NotInCourse("course.toml".to_owned());
            assert_eq!(file_beside(name, false), Some(found), "{name}");
        }
        for name in [
            "programme.toml",
            "ideas.md",
            "LICENSE",
            "0001-decision.md",
            "2026.md",
        ] {
            assert_eq!(file_beside(name, false), None, "{name}");
        }
        assert_eq!(folder_beside("Glossary"), Some(meant("glossary")));
        assert_eq!(folder_beside("docs"), None);
        assert_eq!(
            file_in_no_course("course.TOML", false),
            Some(meant("course.toml"))
        );
        assert_eq!(file_in_no_course("ideas.md", false), None);
    }
}
