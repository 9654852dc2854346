//! How much there is in courses: lessons, words, minutes, questions, media, sources, terms.
//!
//! Everything is read off compiled courses, in the language that each was written in first. How far translations
//! are is told by [`crate::status`].

use std::collections::{BTreeMap, BTreeSet};

use serde::{Serialize, Serializer};

use crate::bundle::ASSET_ADDRESS;
use crate::course::Course;
pub use crate::course::{MINUTES_A_QUESTION, WORDS_A_MINUTE};
use crate::draft::MediaKind;
use crate::model::{Lesson, LessonKind, Segment, Source};
use crate::render;

/// What there is, in a course or in several. What is counted once in each, such as a term, is counted once in both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Lessons, tests not among them.
    pub lessons: usize,
    /// Tests.
    pub tests: usize,
    /// Words that a reader meets, in lessons, tests and questions.
    pub words: usize,
    /// Minutes that lessons and tests take, as their authors say.
    pub minutes_stated: usize,
    /// Minutes that they take by [`WORDS_A_MINUTE`] and [`MINUTES_A_QUESTION`], each rounded up. Of a test, only
    /// what is drawn counts.
    pub minutes_computed: usize,
    /// Questions, all of the pools among them.
    pub questions: usize,
    /// The same by type.
    pub questions_by_type: BTreeMap<&'static str, usize>,
    /// Pictures that are shown, by the names of their files in the bundle.
    #[serde(serialize_with = "count")]
    pub pictures: BTreeSet<String>,
    /// Videos.
    #[serde(serialize_with = "count")]
    pub videos: BTreeSet<String>,
    /// Recordings of sound alone.
    #[serde(serialize_with = "count")]
    pub sounds: BTreeSet<String>,
    /// Other files: captions, downloads.
    #[serde(serialize_with = "count")]
    pub other_files: BTreeSet<String>,
    /// What lessons cite, by title and address.
    #[serde(serialize_with = "count")]
    pub sources: BTreeSet<(String, Option<String>)>,
    /// Terms of the glossary that lessons use, by id.
    #[serde(serialize_with = "count")]
    pub terms: BTreeSet<String>,
}

/// What there is in one course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CourseStats {
    /// The folder's name.
    pub course: String,
    /// What there is.
    #[serde(flatten)]
    pub stats: Stats,
    /// Each of its tests, in reading order.
    pub pools: Vec<Pool>,
}

/// The questions of a test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pool {
    /// The test's id.
    pub test: String,
    /// Questions that there are.
    pub questions: usize,
    /// Questions that are asked in an attempt.
    pub drawn: usize,
}

fn count<T, S: Serializer>(set: &BTreeSet<T>, serializer: S) -> Result<S::Ok, S::Error> {
    set.len().serialize(serializer)
}

/// What there is in a course.
#[must_use]
pub fn of(course: &Course) -> CourseStats {
    let mut stats = Stats::default();
    let mut pools = Vec::new();
    for lesson in &course.lessons {
        let there_are = lesson.questions.len();
        match &lesson.kind {
            LessonKind::Lesson => stats.lessons = stats.lessons.saturating_add(1),
            LessonKind::Test(rules) => {
                stats.tests = stats.tests.saturating_add(1);
                let drawn = rules.draw.unwrap_or(there_are).min(there_are);
                pools.push(Pool {
                    test: lesson.id.to_string(),
                    questions: there_are,
                    drawn,
                });
            }
        }
        let stated = usize::try_from(lesson.minutes).unwrap_or(usize::MAX);
        stats.minutes_stated = stats.minutes_stated.saturating_add(stated);
        stats.text(course, lesson);
    }
    for question in course.questions.values() {
        stats.questions = stats.questions.saturating_add(1);
        let of_type = stats.questions_by_type.entry(question.body.class());
        let of_type = of_type.or_default();
        *of_type = of_type.saturating_add(1);
    }
    stats.files(course);
    CourseStats {
        course: course.slug.clone(),
        stats,
        pools,
    }
}

impl Stats {
    /// What there is in both.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        for (sum, more) in [
            (&mut self.lessons, other.lessons),
            (&mut self.tests, other.tests),
            (&mut self.words, other.words),
            (&mut self.minutes_stated, other.minutes_stated),
            (&mut self.minutes_computed, other.minutes_computed),
            (&mut self.questions, other.questions),
        ] {
            *sum = sum.saturating_add(more);
        }
        for (class, more) in &other.questions_by_type {
            let of_type = self.questions_by_type.entry(class).or_default();
            *of_type = of_type.saturating_add(*more);
        }
        for (all, more) in [
            (&mut self.pictures, &other.pictures),
            (&mut self.videos, &other.videos),
            (&mut self.sounds, &other.sounds),
            (&mut self.other_files, &other.other_files),
            (&mut self.terms, &other.terms),
        ] {
            all.extend(more.iter().cloned());
        }
        self.sources.extend(other.sources.iter().cloned());
        self
    }

    /// Adds the text of a lesson or test.
    fn text(&mut self, course: &Course, lesson: &Lesson) {
        let Some((_, text)) = lesson.text(course.source_language) else {
            return;
        };
        self.words = self.words.saturating_add(text.words);
        let minutes = course.minutes_computed(lesson);
        self.minutes_computed = self.minutes_computed.saturating_add(minutes);
        let sources = text.sources.iter();
        self.sources
            .extend(sources.map(|Source { title, url, .. }| (title.clone(), url.clone())));
        for segment in &text.segments {
            if let Segment::Html(html) = segment {
                self.terms
                    .extend(render::terms_used(html).map(str::to_owned));
            }
        }
    }

    /// Adds the files that a course shows or offers, in any language and also in feedback.
    fn files(&mut self, course: &Course) {
        let texts = [
            serde_json::to_string(course),
            serde_json::to_string(&course.keys),
        ];
        for text in texts.iter().flatten() {
            for name in text.split(ASSET_ADDRESS).skip(1) {
                let name = name.split(['"', '\\', '#', '?']).next().unwrap_or_default();
                let files = match MediaKind::of(name) {
                    MediaKind::Video => &mut self.videos,
                    MediaKind::Sound => &mut self.sounds,
                    MediaKind::Picture if is_picture(name) => &mut self.pictures,
                    MediaKind::Picture => &mut self.other_files,
                };
                files.insert(name.to_owned());
            }
        }
    }
}

/// Whether a file is a picture and no download.
fn is_picture(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default();
    matches!(
        ending.to_ascii_lowercase().as_str(),
        "avif" | "gif" | "jpeg" | "jpg" | "png" | "svg" | "webp"
    )
}

/// What there is in all of these courses.
#[must_use]
pub fn total<'a>(courses: impl IntoIterator<Item = &'a CourseStats>) -> Stats {
    let courses = courses.into_iter();
    courses.fold(Stats::default(), |sum, course| sum.and(&course.stats))
}
