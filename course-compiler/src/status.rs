//! The progress of courses: translations, volume, reviews.
//!
//! It is computed from compiled courses, so courses with errors are missing.
//!
//! ```
//! use course_compiler::compile::{Options, compile_tree};
//! use course_compiler::load::Tree;
//! use course_compiler::{Language, status};
//!
//! # const COURSE: &str = "id = \"pamati\"\nkind = \"course\"\nground = \"none\"\naudience = \"everyone\"\nhours = 1\nsource_language = \"lv\"\ntitle = { lv = \"Pamati\" }\nsummary = { lv = \"Īsi.\" }\n";
//! # const HEAD: &str = "+++\nid = \"l-ievads\"\ntitle = \"Ievads\"\nminutes = 5\n+++\n\n";
//! let lesson = format!("{HEAD}Teksts.\n");
//! let tree = Tree::from_texts([("pamati/course.toml", COURSE), ("pamati/lv/01-ievads.md", &lesson)]);
//! let compilation = compile_tree(&tree, &Options::default(), &())?;
//! let found = status::of(&compilation.bundle.courses[0]);
//! let english = found.languages.iter().find(|row| row.language == Some(Language::En)).unwrap();
//! assert_eq!((english.translated, english.missing), (0, 2), "the title and the paragraph");
//! # Ok::<(), course_compiler::compile::Error>(())
//! ```

use serde::Serialize;

use crate::course::Course;
use crate::model::{
    Language, Lesson, LessonId, OutcomeId, PassageState, QuestionId, Review, ReviewKind, Status,
    Verdict, words,
};

words! {
    /// Whether a required review counts, and why not.
    pub enum ReviewState {
        /// Positive and of the current content.
        Given = "given",
        /// There is none of this kind.
        Missing = "missing",
        /// The latest one of the current content is negative.
        Negative = "negative",
        /// Only reviews of other content exist.
        OtherContent = "other-content",
    }
}

/// The status of a course.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CourseStatus {
    /// The folder's name.
    pub course: String,
    /// Whether it may be published.
    pub status: Status,
    /// The hash that a review has to name.
    pub content_hash: String,
    /// A row for each supported language, Latvian first.
    pub languages: Vec<Row>,
    /// The lessons in reading order.
    pub lessons: Vec<LessonStatus>,
    /// Each kind of review that is required or exists.
    pub reviews: Vec<ReviewStatus>,
    /// Each outcome, in the order of `course.toml`.
    pub outcomes: Vec<OutcomeStatus>,
}

/// Where an outcome of a course is taught, practised and tested, as stated by lessons and questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutcomeStatus {
    /// Its id.
    pub outcome: OutcomeId,
    /// Lessons that teach it.
    pub taught: Vec<LessonId>,
    /// Questions of lessons that practise it.
    pub practised: Vec<QuestionId>,
    /// Questions of tests that test it.
    pub tested: Vec<QuestionId>,
}

/// A lesson or test.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LessonStatus {
    /// Its id.
    pub lesson: String,
    /// A row for each supported language, Latvian first.
    pub languages: Vec<Row>,
}

/// The amounts in one language. Passages are those of the source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The language; absent in a sum.
    pub language: Option<Language>,
    /// Whether it is the source language.
    pub is_source: bool,
    /// Up-to-date passages; in the source, all of them.
    pub translated: usize,
    /// Stale passages.
    pub stale: usize,
    /// Missing passages.
    pub missing: usize,
    /// Words of up-to-date passages.
    pub words: usize,
    /// Minutes of the lessons as stated by their authors.
    pub minutes: u32,
    /// Questions available in this language.
    pub questions: usize,
}

/// The status of a kind of review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReviewStatus {
    /// The kind.
    pub kind: ReviewKind,
    /// Whether it counts.
    pub state: ReviewState,
    /// The deciding review, if any.
    pub review: Option<Review>,
}

/// The status of a course.
#[must_use]
pub fn of(course: &Course) -> CourseStatus {
    let lessons: Vec<LessonStatus> = course
        .lessons
        .iter()
        .map(|lesson| LessonStatus {
            lesson: lesson.id.to_string(),
            languages: Language::ALL
                .iter()
                .map(|language| row(course, lesson, *language))
                .collect(),
        })
        .collect();
    let languages = (0..Language::ALL.len())
        .map(|at| {
            let rows = lessons.iter().filter_map(|lesson| lesson.languages.get(at));
            rows.fold(Row::default(), |sum, row| sum.and(row))
        })
        .collect();
    CourseStatus {
        course: course.slug.clone(),
        status: course.status,
        content_hash: course.content_hash.clone(),
        languages,
        lessons,
        reviews: ReviewKind::ALL
            .iter()
            .filter_map(|kind| review(course, *kind))
            .collect(),
        outcomes: course
            .outcomes
            .iter()
            .map(|outcome| outcome_status(course, &outcome.id))
            .collect(),
    }
}

fn outcome_status(course: &Course, outcome: &OutcomeId) -> OutcomeStatus {
    let questions = |is_test: bool| {
        let lessons = course.lessons.iter();
        let lessons = lessons.filter(|lesson| lesson.test_rules().is_some() == is_test);
        let questions = lessons.flat_map(|lesson| &lesson.questions);
        let questions = questions.filter_map(|id| course.question(id));
        questions
            .filter(|question| question.outcomes.contains(outcome))
            .map(|question| question.id.clone())
            .collect()
    };
    let teaches = |lesson: &&Lesson| lesson.outcomes.contains(outcome);
    OutcomeStatus {
        outcome: outcome.clone(),
        taught: course
            .lessons
            .iter()
            .filter(teaches)
            .map(|lesson| lesson.id.clone())
            .collect(),
        practised: questions(false),
        tested: questions(true),
    }
}

impl Row {
    /// The sum of two rows. It has a language if both have the same.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let is_first = *self == Self::default();
        Self {
            language: if is_first || self.language == other.language {
                other.language
            } else {
                None
            },
            is_source: other.is_source && (is_first || self.is_source),
            translated: self.translated.saturating_add(other.translated),
            stale: self.stale.saturating_add(other.stale),
            missing: self.missing.saturating_add(other.missing),
            words: self.words.saturating_add(other.words),
            minutes: self.minutes.saturating_add(other.minutes),
            questions: self.questions.saturating_add(other.questions),
        }
    }

    /// The share of up-to-date passages in percent, rounded down: 100 means all of them.
    #[must_use]
    pub fn percent(&self) -> usize {
        let all = self
            .translated
            .saturating_add(self.stale)
            .saturating_add(self.missing);
        self.translated
            .saturating_mul(100)
            .checked_div(all)
            .unwrap_or(100)
    }
}

fn row(course: &Course, lesson: &Lesson, language: Language) -> Row {
    let source = lesson.texts.get(&course.source_language);
    let mut row = Row {
        language: Some(language),
        is_source: language == course.source_language,
        minutes: lesson.minutes,
        questions: lesson
            .questions
            .iter()
            .filter_map(|id| course.question(id))
            .filter(|question| question.texts.contains_key(&language))
            .count(),
        ..Row::default()
    };
    let Some(text) = lesson.texts.get(&language) else {
        row.missing = source.map_or(0, |text| text.passages.len());
        return row;
    };
    for passage in &text.passages {
        let count = match passage.state {
            PassageState::Source | PassageState::Translated => {
                row.words = row.words.saturating_add(passage.words);
                &mut row.translated
            }
            PassageState::Stale => &mut row.stale,
            PassageState::Missing => &mut row.missing,
        };
        *count = count.saturating_add(1);
    }
    row
}

/// The status of a kind of review; `None` if it is neither required nor present.
fn review(course: &Course, kind: ReviewKind) -> Option<ReviewStatus> {
    let decisive = course
        .reviews
        .iter()
        .filter(|review| review.kind == kind)
        .max_by_key(|review| (review.current, review.date));
    let state = match decisive {
        None if !course.missing_reviews.contains(&kind) => return None,
        None => ReviewState::Missing,
        Some(review) if !review.current => ReviewState::OtherContent,
        Some(review) if review.verdict == Verdict::Negative => ReviewState::Negative,
        Some(_) => ReviewState::Given,
    };
    Some(ReviewStatus {
        kind,
        state,
        review: decisive.cloned(),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::compile::{Options, compile_tree};
    use crate::load::Tree;

    const COURSE: &str = include_str!("../tests/courses/invalid/labs/course.toml");
    const LV: &str = include_str!("../tests/translations/lv.md");
    const EN: &str = include_str!("../tests/translations/en.md");

    fn course(meta: &str, lv: &str, en: &str, lock: &str) -> (Arc<Course>, String) {
        let test = "+++\nid = \"t-a\"\ntitle = \"T\"\nkind = \"test\"\npass = 0.5\nminutes = 7\n+++\n\n## K? {#q-k .truefalse}\n\n- [x] Jā\n- [ ] Nē\n";
        let tree = Tree::from_texts([
            ("a/course.toml", meta),
            ("a/course.lock", lock),
            ("a/lv/01-a.md", lv),
            ("a/lv/90-t.md", test),
            ("a/en/01-a.md", en),
        ]);
        let mut compilation = compile_tree(&tree, &Options::default(), &()).unwrap();
        let lock = compilation.locks["a"].clone();
        (compilation.bundle.courses.remove(0), lock)
    }

    #[test]
    fn rows_count_what_is_up_to_date() {
        let none =
            "version = 1\ncourse = \"labs\"\nuuid = \"00000000-0000-0000-0000-000000000001\"\n";
        let (_, lock) = course(COURSE, LV, EN, none);
        let lv = LV
            .replace("desmit", "piecās")
            .replace("- lūgums", "Jauns.\n\n- lūgums");
        let (course, _) = course(COURSE, &lv, EN, &lock);
        let status = of(&course);
        let [lv, en] = status.languages.as_slice() else {
            panic!("two languages")
        };
        assert!(lv.is_source && !en.is_source);
        assert_eq!((lv.translated, lv.stale, lv.missing), (14, 0, 0));
        // The test has a title and a question, and no translation.
        assert_eq!((en.translated, en.stale, en.missing), (10, 1, 3));
        assert_eq!((lv.minutes, lv.questions, en.questions), (12, 2, 1));
        assert_eq!((lv.percent(), en.percent()), (100, 71));
        assert!(en.words > 20 && en.words < lv.words + 20);
        assert_eq!(status.lessons[1].languages[1].missing, 2);
    }

    #[test]
    fn outcomes_are_taught_practised_and_tested_where_they_are_named() {
        let meta = format!(
            "{COURSE}\n[[outcome]]\nid = \"o-a\"\nlv = \"A\"\n\n[[outcome]]\nid = \"o-b\"\nlv = \"B\"\n"
        );
        let question = |id: &str, outcomes: &str| {
            format!(
                "\n## {id}? {{#{id} .truefalse outcomes=\"{outcomes}\"}}\n\n- [x] Jā\n- [ ] Nē\n"
            )
        };
        let lesson = format!(
            "+++\nid = \"l-a\"\ntitle = \"A\"\nminutes = 5\noutcomes = [\"o-b\"]\n+++\n{}",
            question("q-a", "o-a")
        );
        let test = format!(
            "+++\nid = \"t-a\"\ntitle = \"T\"\nkind = \"test\"\npass = 0.5\n+++\n{}{}",
            question("q-t-a", "o-a o-b"),
            question("q-t-b", "o-b")
        );
        let tree = Tree::from_texts([
            ("a/course.toml", meta.as_str()),
            ("a/lv/01-a.md", &lesson),
            ("a/lv/90-t.md", &test),
        ]);
        let compilation = compile_tree(&tree, &Options::default(), &()).unwrap();
        let outcomes = of(&compilation.bundle.courses[0]).outcomes;
        let rows: Vec<String> = outcomes
            .iter()
            .map(|row| {
                let OutcomeStatus {
                    outcome,
                    taught,
                    practised,
                    tested,
                } = row;
                format!("{outcome} {taught:?} {practised:?} {tested:?}")
            })
            .collect();
        let ids = |ids: &[&str]| -> Vec<QuestionId> {
            ids.iter().map(|id| QuestionId::from(*id)).collect()
        };
        let lessons = vec![LessonId::from("l-a")];
        let none: Vec<LessonId> = Vec::new();
        assert_eq!(
            rows,
            [
                format!("o-a {none:?} {:?} {:?}", ids(&["q-a"]), ids(&["q-t-a"])),
                format!(
                    "o-b {lessons:?} {:?} {:?}",
                    ids(&[]),
                    ids(&["q-t-a", "q-t-b"])
                ),
            ]
        );
    }

    #[test]
    fn a_course_is_a_draft_until_every_required_review_counts() {
        let none =
            "version = 1\ncourse = \"labs\"\nuuid = \"00000000-0000-0000-0000-000000000001\"\n";
        let (without, _) = course(COURSE, LV, EN, none);
        let review = |kind: &str, verdict: &str, hash: &str| {
            format!(
                "\n[[review]]\nkind = \"{kind}\"\nby = \"X\"\ndate = 2026-05-01\nverdict = \"{verdict}\"\ncontent_hash = \"{hash}\"\n"
            )
        };
        let hash = &without.content_hash;
        let three = [
            review("legal", "negative", hash),
            review("ngo-consultation", "positive", "000000000000"),
            review("accessibility", "positive", hash),
        ];
        let (some, _) = course(&format!("{COURSE}{}", three.concat()), LV, EN, none);
        let states: Vec<ReviewState> = of(&some).reviews.iter().map(|it| it.state).collect();
        assert_eq!(
            states,
            [
                ReviewState::Missing,
                ReviewState::Negative,
                ReviewState::OtherContent,
                ReviewState::Given
            ]
        );
        assert_eq!(some.status, Status::Draft);
        assert_eq!(some.missing_reviews.len(), 3);

        let all: String = ReviewKind::ALL
            .iter()
            .map(|kind| review(kind.as_str(), "positive", hash))
            .collect();
        let (all, _) = course(&format!("{COURSE}{all}"), LV, EN, none);
        assert_eq!(all.status, Status::Publishable);
        assert!(
            of(&all)
                .reviews
                .iter()
                .all(|it| it.state == ReviewState::Given)
        );
    }
}
