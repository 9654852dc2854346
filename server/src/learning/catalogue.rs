//! The courses that the server offers: a compiled bundle, loaded once and replaced as a whole.

use std::{collections::BTreeMap, sync::Arc};

use course_compiler::{
    Bundle, Course, CourseId, Diagnostic, Language, Revision, RevisionHash,
    model::{CourseKind, Glossary, Ground, Status, term_element_id},
    search::{Index, Section},
};

use super::{
    parts::{self, Part},
    paths::{LearningPath, PathProblem, Paths},
};
use crate::{http::Lang, ids::PathSlug};

/// The compiled courses with the compiler's diagnostics.
pub struct Catalogue {
    bundle: Bundle,
    diagnostics: Vec<Diagnostic>,
    /// The version of each course and handbook that is open to people, by slug.
    open: Vec<Arc<Course>>,
    /// The parts of each open course.
    parts: BTreeMap<CourseId, Vec<Part>>,
    /// What finds the terms, in the order of their ids, for each language of pages.
    terms: BTreeMap<Language, Index>,
    /// All of them, offered or not.
    paths: Paths,
    /// What finds the offered paths, in their order, for each language of pages.
    path_indexes: BTreeMap<Language, Index>,
}

impl Catalogue {
    /// Of a course whose required reviews are missing, or that has errors, the last published version is open, if
    /// there is one. With `offers_drafts`, drafts are open instead; their pages say so.
    #[must_use]
    pub fn new(bundle: Bundle, diagnostics: Vec<Diagnostic>, offers_drafts: bool) -> Self {
        let languages = Language::ALL.iter();
        let terms = languages.map(|language| (*language, term_index(&bundle.glossary, *language)));
        let open = open_versions(&bundle, offers_drafts);
        let parts = |course: &Arc<Course>| (course.id.clone(), parts::of(course));
        Self {
            terms: terms.collect(),
            parts: open.iter().map(parts).collect(),
            open,
            bundle,
            diagnostics,
            paths: Paths::default(),
            path_indexes: BTreeMap::new(),
        }
    }

    /// With these learning paths, of which the courses are checked.
    #[must_use]
    pub fn with_paths(mut self, mut paths: Paths) -> Self {
        paths.check_courses(|id| {
            let is_this = |course: &&Course| course.id == *id && course.kind == CourseKind::Course;
            self.all().any(|course| is_this(&course))
        });
        self.paths = paths;
        let indexes = Lang::ALL
            .into_iter()
            .map(|lang| (lang.into(), self.index_of_paths(lang)))
            .collect();
        self.path_indexes = indexes;
        self
    }

    fn index_of_paths(&self, lang: Lang) -> Index {
        let section = |path: &LearningPath| {
            let courses = path.courses().filter_map(|id| {
                let course = self.by_id(id)?;
                Some(course.title.get(lang.into(), course.source_language))
            });
            let summary = LearningPath::text(lang, &path.summary);
            let for_whom = LearningPath::text(lang, &path.for_whom);
            Section {
                lesson: None,
                heading: LearningPath::text(lang, &path.title).to_owned(),
                anchor: None,
                text: format!("{summary} {for_whom}"),
                also: courses.collect::<Vec<_>>().join(" "),
            }
        };
        Index::new(self.paths().map(section).collect())
    }

    /// The learning paths of which each step has an offered course, in the order of their file.
    pub fn paths(&self) -> impl Iterator<Item = &LearningPath> {
        let is_offered = |id: &CourseId| self.offered().any(|course| course.id == *id);
        self.paths
            .all
            .iter()
            .filter(move |path| path.steps.iter().all(|step| step.0.iter().any(is_offered)))
    }

    /// An offered learning path.
    #[must_use]
    pub fn path(&self, id: &PathSlug) -> Option<&LearningPath> {
        self.paths().find(|path| path.id == *id)
    }

    /// Every learning path without mistakes, offered or not: what people have begun is completed in any case.
    pub(super) fn all_paths(&self) -> impl Iterator<Item = &LearningPath> {
        self.paths.all.iter()
    }

    /// The mistakes in the learning paths, for authors.
    #[must_use]
    pub fn path_problems(&self) -> &[PathProblem] {
        self.paths.problems()
    }

    /// The search index of the offered paths for pages in this language: a section for each, in their order.
    #[must_use]
    pub fn path_index(&self, language: Language) -> Option<&Index> {
        self.path_indexes.get(&language)
    }

    /// A catalogue without courses.
    #[cfg(test)]
    #[must_use]
    pub fn empty() -> Self {
        let bundle = Bundle {
            courses: Vec::new(),
            ..sample().bundle
        };
        Self::new(bundle, Vec::new(), true)
    }

    /// A catalogue without courses, with these diagnostics.
    #[cfg(test)]
    #[must_use]
    pub fn finding(diagnostics: Vec<Diagnostic>) -> Self {
        Self {
            diagnostics,
            ..Self::empty()
        }
    }

    /// The offered courses: first those about all grounds, then the others, each in the order of their slugs.
    pub fn offered(&self) -> impl Iterator<Item = &Course> {
        let is_general = |course: &&Course| course.ground == Ground::None;
        let offered = || self.open_of(CourseKind::Course);
        offered()
            .filter(is_general)
            .chain(offered().filter(move |course| !is_general(course)))
    }

    /// Every compiled course, offered or not; for authors.
    pub fn all(&self) -> impl Iterator<Item = &Course> {
        self.bundle.courses.iter().map(AsRef::as_ref)
    }

    /// Whether people have an earlier, published version of this course, because the present one may not be
    /// published yet.
    #[must_use]
    pub fn is_open_as_before(&self, course: &Course) -> bool {
        let may_open = course.status == Status::Publishable;
        !may_open
            && self
                .open
                .iter()
                .any(|open| open.id == course.id && open.status == Status::Publishable)
    }

    /// The open versions of courses that are not in the bundle at present, because they have errors; for authors.
    pub fn open_without_present(&self) -> impl Iterator<Item = &Course> {
        let is_present = |open: &&Course| self.all().any(|course| course.id == open.id);
        self.open
            .iter()
            .map(AsRef::as_ref)
            .filter(move |open| !is_present(open))
    }

    /// An offered course by its slug.
    #[must_use]
    pub fn by_slug(&self, slug: &str) -> Option<&Course> {
        self.offered().find(|course| course.slug == slug)
    }

    /// A course by its id: the open version, otherwise the draft. People may have records in a course that is no
    /// longer offered.
    #[must_use]
    pub fn by_id(&self, id: &CourseId) -> Option<&Course> {
        let open = self.open.iter().map(AsRef::as_ref);
        open.chain(self.all()).find(|course| course.id == *id)
    }

    /// The parts of an open course; none of any other.
    #[must_use]
    pub(super) fn parts(&self, id: &CourseId) -> &[Part] {
        self.parts.get(id).map_or(&[], Vec::as_slice)
    }

    /// A question in a revision, including those of older versions of the course.
    #[must_use]
    pub fn revision(&self, hash: &RevisionHash) -> Option<&Revision> {
        self.bundle.revision(hash)
    }

    /// Whether a course has a file with this hashed name.
    #[must_use]
    pub fn has_asset(&self, name: &str) -> bool {
        self.bundle.assets.contains_key(name)
    }

    /// A hash of the content of all courses.
    #[must_use]
    pub fn content_hash(&self) -> &str {
        &self.bundle.content_hash
    }

    /// The compiler's diagnostics, for authors; a course with errors is not in the catalogue.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The published handbooks, sorted by slug.
    pub fn handbooks(&self) -> impl Iterator<Item = &Course> {
        self.open_of(CourseKind::Handbook)
    }

    /// A published handbook, by its slug.
    #[must_use]
    pub fn handbook_by_slug(&self, slug: &str) -> Option<&Course> {
        self.handbooks().find(|handbook| handbook.slug == slug)
    }

    /// The glossary of all courses.
    #[must_use]
    pub const fn glossary(&self) -> &Glossary {
        &self.bundle.glossary
    }

    /// The search index of the glossary for pages in this language: a section for each term, ordered by id.
    #[must_use]
    pub fn term_index(&self, language: Language) -> Option<&Index> {
        self.terms.get(&language)
    }

    /// How many courses are drafts and not offered.
    #[must_use]
    pub fn waiting(&self) -> usize {
        let is_open = |course: &&Course| self.open.iter().any(|open| open.id == course.id);
        self.all()
            .filter(|course| course.kind == CourseKind::Course && !is_open(course))
            .count()
    }

    fn open_of(&self, kind: CourseKind) -> impl Iterator<Item = &Course> {
        let open = self.open.iter().map(AsRef::as_ref);
        open.filter(move |course: &&Course| course.kind == kind)
    }
}

fn open_versions(bundle: &Bundle, offers_drafts: bool) -> Vec<Arc<Course>> {
    let current = bundle.courses.iter();
    let mut open: Vec<_> = current
        .filter(|course| offers_drafts || course.status == Status::Publishable)
        .cloned()
        .collect();
    for earlier in &bundle.published {
        if open.iter().all(|course| course.id != earlier.id) {
            open.push(Arc::clone(earlier));
        }
    }
    open.sort_by(|a, b| a.slug.cmp(&b.slug));
    open
}

fn term_index(glossary: &Glossary, language: Language) -> Index {
    let section = |id| {
        let (_, term) = glossary.term(id, language)?;
        Some(Section {
            lesson: None,
            heading: term.title.clone(),
            anchor: Some(term_element_id(id)),
            text: term.definition.clone(),
            also: term.forms.join(" "),
        })
    };
    Index::new(glossary.terms.keys().filter_map(section).collect())
}

/// The shipped courses, drafts offered; for tests.
///
/// # Panics
/// They do not compile.
#[cfg(test)]
pub(crate) fn sample() -> Catalogue {
    Catalogue::new(crate::testing::shipped_bundle(), Vec::new(), true).with_paths(sample_paths())
}

/// Two paths of the courses of [`sample`]; for tests.
#[cfg(test)]
pub(crate) fn sample_paths() -> Paths {
    let path = |id: &str, steps: &str| {
        format!(
            "[[path]]\nid = '{id}'\ntitle = {{ lv = 'Ceļš {id}', en = 'Path {id}' }}\nsummary = {{ lv = 'Par ko.', en = 'About.' }}\nfor_whom = {{ lv = 'Kam.', en = 'For.' }}\n{steps}"
        )
    };
    let first = path(
        "both",
        "[[path.step]]\ncourse = 'foundations'\n[[path.step]]\none_of = ['disability', 'age']\n",
    );
    let second = path(
        "one",
        "certificate = false\n[[path.step]]\ncourse = 'disability'\n",
    );
    Paths::parse(&(first + &second))
}
