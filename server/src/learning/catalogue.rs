//! The courses that the server offers: a compiled bundle, loaded once and replaced as a whole.

use std::collections::BTreeMap;

use course_compiler::{
    Bundle, Course, CourseId, Diagnostic, Language, Revision, RevisionHash,
    model::{CourseKind, Glossary, Ground, Status, term_element_id},
    search::{Index, Section},
};

/// The compiled courses with the compiler's diagnostics.
pub struct Catalogue {
    bundle: Bundle,
    diagnostics: Vec<Diagnostic>,
    offers_drafts: bool,
    /// What finds the terms, in the order of their ids, for each language of pages.
    terms: BTreeMap<Language, Index>,
}

impl Catalogue {
    /// With `offers_drafts`, courses whose required reviews are missing are offered too; their pages say so.
    #[must_use]
    pub fn new(bundle: Bundle, diagnostics: Vec<Diagnostic>, offers_drafts: bool) -> Self {
        let languages = Language::ALL.iter();
        let terms = languages.map(|language| (*language, term_index(&bundle.glossary, *language)));
        Self {
            terms: terms.collect(),
            bundle,
            diagnostics,
            offers_drafts,
        }
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
        let offered = || self.all().filter(|course| self.is_offered(course));
        offered()
            .filter(is_general)
            .chain(offered().filter(move |course| !is_general(course)))
    }

    /// Every compiled course, offered or not; for authors.
    pub fn all(&self) -> impl Iterator<Item = &Course> {
        self.bundle.courses.iter().map(AsRef::as_ref)
    }

    /// An offered course by its slug.
    #[must_use]
    pub fn by_slug(&self, slug: &str) -> Option<&Course> {
        self.offered().find(|course| course.slug == slug)
    }

    /// A course by its id, including one that is no longer offered: people have records in it.
    #[must_use]
    pub fn by_id(&self, id: &CourseId) -> Option<&Course> {
        self.all().find(|course| course.id == *id)
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
        self.all()
            .filter(|course| course.kind == CourseKind::Handbook && self.is_open(course))
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
        self.all()
            .filter(|course| course.kind == CourseKind::Course && !self.is_open(course))
            .count()
    }

    fn is_offered(&self, course: &Course) -> bool {
        course.kind == CourseKind::Course && self.is_open(course)
    }

    fn is_open(&self, course: &Course) -> bool {
        course.status == Status::Publishable || self.offers_drafts
    }
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
    Catalogue::new(crate::testing::shipped_bundle(), Vec::new(), true)
}
