//! Makes a new course with placeholder texts: `course.toml`, one lesson with a question, one test, and
//! `course.lock`.
//!
//! The texts are the Markdown files beside this module. They are translations of one another, and are
//! compiled here together with the existing courses, so the result compiles with them. [`files`] is pure;
//! [`crate::edit::create_folder`] writes to the disk.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::compile::{self, Options, compile_tree};
use crate::diagnostic::Diagnostic;
use crate::html::put;
use crate::load::{Folder, GLOSSARY, Tree};
use crate::model::{Language, Localized, is_well_formed};

/// The plan of a new course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The name of its folder, and its id.
    pub slug: String,
    /// Its titles. The first language is its source language; the others get a translation.
    pub titles: Localized,
}

/// Why a new course cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The name cannot be used in an address.
    #[error(
        "`{0}` cannot be the name of a course: write lower-case Latin letters, digits and single hyphens, \
         a letter first, 64 characters at most"
    )]
    Slug(String),
    /// An entry with this name exists.
    #[error("there is a folder `{0}` already")]
    Exists(String),
    /// The name has another meaning.
    #[error("`{0}` is the folder of the glossary")]
    Glossary(String),
    /// The plan names no language.
    #[error("a course needs a title")]
    NoLanguage,
    /// It would not compile with the existing courses, most likely because another one has the same id.
    #[error("{place}: {message}", place = .0.location.file, message = .0.message)]
    DoesNotFit(Box<Diagnostic>),
    /// The courses cannot be compiled at all.
    #[error(transparent)]
    Compile(#[from] compile::Error),
}

/// The texts of one language.
struct Texts {
    title: &'static str,
    summary: &'static str,
    outcome: &'static str,
    lesson: &'static str,
    test: &'static str,
    /// The names of the files if this is the source language.
    names: [&'static str; 2],
}

const LATVIAN: Texts = Texts {
    title: "Jauns kurss",
    summary: "Vienā vai divos teikumos: par ko ir kurss un kam tas noder.",
    outcome: "ko cilvēks pēc kursa prot izdarīt",
    lesson: include_str!("lv/lesson.md"),
    test: include_str!("lv/test.md"),
    names: ["01-ievads.md", "90-parbaude.md"],
};

const ENGLISH: Texts = Texts {
    title: "New course",
    summary: "In one or two sentences: what the course is about and who it is for.",
    outcome: "what a person can do after the course",
    lesson: include_str!("en/lesson.md"),
    test: include_str!("en/test.md"),
    names: ["01-introduction.md", "90-test.md"],
};

const fn texts(language: Language) -> &'static Texts {
    match language {
        Language::Lv => &LATVIAN,
        Language::En => &ENGLISH,
    }
}

/// The title of a course if its author gives none.
#[must_use]
pub fn placeholder_title(language: Language) -> &'static str {
    texts(language).title
}

/// The files of a new course by their paths in its folder, including `course.lock`. `courses` are the
/// existing ones.
///
/// # Errors
///
/// When the name is invalid or taken, or the course would not compile without a warning.
pub fn files(plan: &Plan, courses: &Tree) -> Result<BTreeMap<String, String>, Error> {
    let slug = &plan.slug;
    if !is_well_formed(slug) {
        return Err(Error::Slug(slug.clone()));
    }
    if slug == GLOSSARY {
        return Err(Error::Glossary(slug.clone()));
    }
    if courses.folders.contains_key(slug) {
        return Err(Error::Exists(slug.clone()));
    }
    let (source, _) = plan.titles.iter().next().ok_or(Error::NoLanguage)?;
    let mut files = BTreeMap::from([("course.toml".to_owned(), meta(plan, source))]);
    let [lesson, test] = texts(source).names;
    for (language, _) in plan.titles.iter() {
        let texts = texts(language);
        files.insert(format!("{language}/{lesson}"), texts.lesson.to_owned());
        files.insert(format!("{language}/{test}"), texts.test.to_owned());
    }
    // Compiled once to get the lock, and again to check that there are no diagnostics.
    let compiled = compile_tree(&beside(courses, slug, &files), &Options::default(), &())?;
    if let Some(lock) = compiled.locks.get(slug) {
        files.insert("course.lock".to_owned(), lock.clone());
    }
    let compiled = compile_tree(&beside(courses, slug, &files), &Options::default(), &())?;
    let about_it = |file: &str| {
        file.split_once('/')
            .is_some_and(|(folder, _)| folder == slug)
    };
    let mut found = compiled.diagnostics.into_iter();
    let problem = found.find(|found| {
        let mut related = found.related.iter();
        about_it(&found.location.file) || related.any(|other| about_it(&other.location.file))
    });
    match problem {
        Some(problem) => Err(Error::DoesNotFit(Box::new(problem))),
        None => Ok(files),
    }
}

/// The existing courses and the new one.
fn beside(courses: &Tree, slug: &str, files: &BTreeMap<String, String>) -> Tree {
    let files = files
        .iter()
        .map(|(path, text)| (path.clone(), text.as_bytes().into()));
    let folder = Folder {
        files: files.collect(),
        ..Folder::default()
    };
    let mut tree = courses.clone();
    tree.folders.insert(slug.to_owned(), Arc::new(folder));
    tree
}

fn meta(plan: &Plan, source: Language) -> String {
    let each = |text: &dyn Fn(Language) -> String| -> String {
        let mut lines = String::new();
        for (language, _) in plan.titles.iter() {
            let text = toml::Value::String(text(language));
            put!(lines, "{language} = {text}\n");
        }
        lines
    };
    format!(
        "id = \"{slug}\"  # never changes\n\
         kind = \"course\"\n\
         ground = \"none\"  # gender, age, disability, ethnicity, religion, sexual-orientation, none\n\
         audience = \"everyone\"  # public-sector, employers, everyone\n\
         hours = 1  # academic hours, printed on the certificate\n\
         source_language = \"{source}\"\n\
         \n[title]\n{titles}\
         \n[summary]\n{summaries}\
         \n[[outcome]]\nid = \"o-first\"\n{outcomes}\
         \n[completion]\nlessons = \"all\"\nquestions = \"answered\"  # leave it out if they may be skipped\ntest = \"t-final\"\n",
        slug = plan.slug,
        titles = each(&|language| plan.titles.get(language, source).to_owned()),
        summaries = each(&|language| texts(language).summary.to_owned()),
        outcomes = each(&|language| texts(language).outcome.to_owned()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(slug: &str, titles: &[(Language, &str)]) -> Plan {
        let titles = titles
            .iter()
            .map(|(language, title)| (*language, (*title).to_owned()));
        Plan {
            slug: slug.to_owned(),
            titles: titles.collect(),
        }
    }

    #[test]
    fn every_choice_of_languages_compiles_without_a_word() {
        let title = "Ķēdes \"mala\" \\ # 'ā'\ttālāk";
        for titles in [
            &[(Language::Lv, title), (Language::En, title)][..],
            &[(Language::Lv, title)],
            &[(Language::En, title)],
        ] {
            let files = files(&plan("mans-kurss", titles), &Tree::default()).unwrap();
            assert_eq!(files.len(), 2 + 2 * titles.len());
            let tree = beside(&Tree::default(), "mans-kurss", &files);
            let compiled = compile_tree(&tree, &Options::default(), &()).unwrap();
            assert!(
                compiled.diagnostics.is_empty(),
                "{:?}",
                compiled.diagnostics
            );
            let course = compiled.bundle.course_by_slug("mans-kurss").unwrap();
            assert_eq!(course.title.get(Language::Lv, Language::En), title);
            assert_eq!(course.languages.len(), titles.len());
            let rules = course.final_test().unwrap().test_rules().unwrap();
            assert!(rules.draw.unwrap() < course.final_test().unwrap().questions.len());
        }
    }

    #[test]
    fn names_that_cannot_be_an_address_are_refused() {
        let try_it =
            |slug: &str, courses: &Tree| files(&plan(slug, &[(Language::Lv, "K")]), courses);
        for slug in ["", "Kurss", "mans kurss", "ēka", "../a", "1-a", "a/b", ".a"] {
            let error = try_it(slug, &Tree::default()).unwrap_err();
            assert!(matches!(error, Error::Slug(_)), "{slug}: {error}");
        }
        let error = try_it("glossary", &Tree::default()).unwrap_err();
        assert!(matches!(error, Error::Glossary(_)), "{error}");
        let taken = Tree::from_texts([("kurss/piezimes.txt", "")]);
        let error = try_it("kurss", &taken).unwrap_err();
        assert!(matches!(error, Error::Exists(_)), "{error}");
    }

    #[test]
    fn an_id_that_another_course_has_is_refused() {
        let plan = plan("kurss", &[(Language::Lv, "K")]);
        let mut files_of_other = files(&plan, &Tree::default()).unwrap();
        files_of_other.remove("course.lock");
        for folder in ["aaa", "zzz"] {
            let courses = beside(&Tree::default(), folder, &files_of_other);
            let error = files(&plan, &courses).unwrap_err();
            let Error::DoesNotFit(problem) = error else {
                panic!("{error}")
            };
            assert_eq!(problem.code, "id-duplicate");
        }
    }
}
