//! The bundle as a value.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::course::Course;
use crate::hash::Hasher;
use crate::model::{CourseId, Glossary, QuestionId, ReviewKind, RevisionHash, Status};
use crate::question::{AnswerKey, Question};

/// The version of the folder's layout; another one is not read.
pub const FORMAT: u32 = 5;

/// All compiled courses.
#[derive(Clone, Debug, PartialEq)]
pub struct Bundle {
    /// The version of the layout, [`FORMAT`].
    pub format: u32,
    /// Hash of the sources of the bundle, see [`crate::compile::source_hash`].
    pub source_hash: String,
    /// SHA-256, in hexadecimal, of everything in it except older revisions.
    pub content_hash: String,
    /// The courses, by slug.
    pub courses: Vec<Arc<Course>>,
    /// The last version that was publishable of every course that is not publishable now, i.e. is a draft or has
    /// errors; by slug. It comes from an earlier bundle in the same folder. Not of a course whose folder was
    /// removed.
    pub published: Vec<Arc<Course>>,
    /// The terms that lessons link to.
    pub glossary: Glossary,
    /// Every question in its current revision, and in every revision that an earlier bundle in this folder
    /// contained.
    pub revisions: BTreeMap<RevisionHash, Arc<Revision>>,
    /// Pictures and downloads by the name that follows [`crate::bundle::ASSET_ADDRESS`].
    pub assets: BTreeMap<String, Arc<[u8]>>,
}

/// A revision of a question with its key.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// The public half.
    pub question: Question,
    /// The answer key.
    pub key: AnswerKey,
}

/// A short description of a course, which can be read without the course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outline {
    /// The folder's name.
    pub slug: String,
    /// Whether it may be published.
    pub status: Status,
    /// Required reviews that are missing, negative, or of other content.
    pub missing_reviews: Vec<ReviewKind>,
    /// The hash that a review has to name, see [`Course::content_hash`].
    pub content_hash: String,
    /// How many lessons and tests it has.
    pub lessons: usize,
    /// How many questions it has.
    pub questions: usize,
}

impl Outline {
    fn of(course: &Course) -> Self {
        Self {
            slug: course.slug.clone(),
            status: course.status,
            missing_reviews: course.missing_reviews.clone(),
            content_hash: course.content_hash.clone(),
            lessons: course.lessons.len(),
            questions: course.questions.len(),
        }
    }
}

impl Bundle {
    /// A bundle of compiled courses, with their questions as [`revisions`].
    pub(crate) fn new(
        courses: Vec<(Arc<Course>, Revisions)>,
        glossary: Glossary,
        assets: BTreeMap<String, Arc<[u8]>>,
        source_hash: String,
    ) -> Self {
        let mut hash = Hasher::new();
        for (course, _) in &courses {
            hash.add(&course.slug, course.digest.as_bytes());
        }
        for name in assets.keys() {
            hash.add("asset", name.as_bytes());
        }
        hash.add("glossary", &json(&glossary));
        let (courses, revisions): (Vec<_>, Vec<_>) = courses.into_iter().unzip();
        Self {
            format: FORMAT,
            source_hash,
            content_hash: hash.finish(),
            courses,
            published: Vec::new(),
            glossary,
            revisions: revisions.into_iter().flatten().collect(),
            assets,
        }
    }

    /// The outlines of the courses, by slug.
    #[must_use]
    pub fn outlines(&self) -> Vec<Outline> {
        let courses = self.courses.iter();
        courses.map(|course| Outline::of(course)).collect()
    }

    /// A course by its id.
    #[must_use]
    pub fn course(&self, id: &CourseId) -> Option<&Course> {
        self.courses
            .iter()
            .map(Arc::as_ref)
            .find(|course| course.id == *id)
    }

    /// A course by the name of its folder.
    #[must_use]
    pub fn course_by_slug(&self, slug: &str) -> Option<&Course> {
        self.courses
            .iter()
            .map(Arc::as_ref)
            .find(|course| course.slug == slug)
    }

    /// The question of a revision.
    #[must_use]
    pub fn revision(&self, hash: &RevisionHash) -> Option<&Revision> {
        self.revisions.get(hash).map(Arc::as_ref)
    }
}

/// Revisions by their hashes.
pub(crate) type Revisions = Vec<(RevisionHash, Arc<Revision>)>;

/// The questions of a course as revisions.
pub(crate) fn revisions(course: &Course) -> Revisions {
    halves(&course.questions, &course.keys).collect()
}

fn halves(
    questions: &BTreeMap<QuestionId, Question>,
    keys: &BTreeMap<QuestionId, AnswerKey>,
) -> impl Iterator<Item = (RevisionHash, Arc<Revision>)> {
    questions.values().filter_map(|question| {
        let revision = Revision {
            question: question.clone(),
            key: keys.get(&question.id)?.clone(),
        };
        Some((question.revision.clone(), Arc::new(revision)))
    })
}

/// The hash of a course's content, for [`Course::digest`]. The two files are not made for it: they may be large.
pub(crate) fn digest(course: &Course) -> String {
    fn of(name: &str, value: &impl Serialize) -> String {
        let mut hash = Hasher::new();
        hash.add_json(name, value);
        hash.finish()
    }
    both(&rayon::join(
        || of("course", course),
        || of("keys", &course.keys),
    ))
}

pub(super) fn both((course, keys): &(String, String)) -> String {
    let mut hash = Hasher::new();
    hash.add("course", course.as_bytes());
    hash.add("keys", keys.as_bytes());
    hash.finish()
}

/// Serializing plain data with string keys cannot fail.
pub(super) fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}
