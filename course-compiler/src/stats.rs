//! Statistics of courses: lessons, words, minutes, questions, media, sources, terms.
//!
//! They are computed from compiled courses, in their source languages. The progress of translations is in
//! [`crate::status`].

use std::collections::{BTreeMap, BTreeSet};

use serde::{Serialize, Serializer};

use crate::bundle::ASSET_ADDRESS;
use crate::course::Course;
pub use crate::course::{MINUTES_A_QUESTION, WORDS_A_MINUTE};
use crate::draft::MediaKind;
use crate::model::{Lesson, LessonKind, Segment, Source};
use crate::render;

/// The statistics of one or several courses. Sets, such as terms, are merged, so that a common element counts
/// once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Lessons without tests.
    pub lessons: usize,
    /// Tests.
    pub tests: usize,
    /// Words in lessons, tests and questions.
    pub words: usize,
    /// Minutes of lessons and tests as stated by their authors.
    pub minutes_stated: usize,
    /// Minutes computed by [`WORDS_A_MINUTE`] and [`MINUTES_A_QUESTION`], each rounded up. For a test, only
    /// the drawn number of questions counts.
    pub minutes_computed: usize,
    /// Questions, including all of the pools.
    pub questions: usize,
    /// Questions by type.
    pub questions_by_type: BTreeMap<&'static str, usize>,
    /// Shown pictures, by the names of their files in the bundle.
    #[serde(serialize_with = "count")]
    pub pictures: BTreeSet<String>,
    /// Videos.
    #[serde(serialize_with = "count")]
    pub videos: BTreeSet<String>,
    /// Sound recordings.
    #[serde(serialize_with = "count")]
    pub sounds: BTreeSet<String>,
    /// Other files: captions, downloads.
    #[serde(serialize_with = "count")]
    pub other_files: BTreeSet<String>,
    /// Cited sources, by title and address.
    #[serde(serialize_with = "count")]
    pub sources: BTreeSet<(String, Option<String>)>,
    /// Terms of the glossary used in lessons, by id.
    #[serde(serialize_with = "count")]
    pub terms: BTreeSet<String>,
}

/// The statistics of one course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CourseStats {
    /// The folder's name.
    pub course: String,
    /// The statistics.
    #[serde(flatten)]
    pub stats: Stats,
    /// Its tests, in reading order.
    pub pools: Vec<Pool>,
}

/// The questions of a test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pool {
    /// The test's id.
    pub test: String,
    /// The number of questions.
    pub questions: usize,
    /// The number of questions in an attempt.
    pub drawn: usize,
}

fn count<T, S: Serializer>(set: &BTreeSet<T>, serializer: S) -> Result<S::Ok, S::Error> {
    set.len().serialize(serializer)
}

/// The statistics of a course.
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
    /// The combined statistics.
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

    /// Adds the files used by a course, in any language and also in feedback.
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

/// The combined statistics of these courses.
#[must_use]
pub fn total<'a>(courses: impl IntoIterator<Item = &'a CourseStats>) -> Stats {
    let courses = courses.into_iter();
    courses.fold(Stats::default(), |sum, course| sum.and(&course.stats))
}
