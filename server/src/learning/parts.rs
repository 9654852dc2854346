//! The lessons and tests of a course as a person saw them, to tell what has changed since.

use course_compiler::{Course, Lesson, LessonId, LessonKind};
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// A lesson or test with a digest of what can be read in it. Stored with an enrolment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Part {
    /// Which.
    id: LessonId,
    /// Its title in the course's source language.
    title: String,
    /// Of its texts in the source language and of the revisions of its questions: not of how it is shown, so that
    /// a new version of the program changes nothing.
    digest: String,
}

/// The parts of a course, in reading order.
pub(super) fn of(course: &Course) -> Vec<Part> {
    let part = |lesson: &Lesson| Part {
        id: lesson.id.clone(),
        title: title(course, lesson),
        digest: digest(course, lesson),
    };
    course.lessons.iter().map(part).collect()
}

fn title(course: &Course, lesson: &Lesson) -> String {
    let text = lesson.text(course.source_language);
    text.map(|(_, text)| text.title.clone()).unwrap_or_default()
}

fn digest(course: &Course, lesson: &Lesson) -> String {
    let mut hash = Sha256::new();
    let mut add = |text: &str| {
        hash.update(text.len().to_le_bytes());
        hash.update(text);
    };
    let index = course.search.get(&course.source_language);
    for section in index.iter().flat_map(|index| index.sections()) {
        if section.lesson.as_ref() == Some(&lesson.id) {
            add(&section.heading);
            add(&section.text);
        }
    }
    for question in lesson.questions.iter().filter_map(|id| course.question(id)) {
        add(question.revision.as_str());
    }
    if let LessonKind::Test(rules) = &lesson.kind {
        add(&format!("{rules:?}"));
    }
    let digest = HEXLOWER.encode(&hash.finalize());
    digest.chars().take(DIGITS).collect()
}

/// How many digits of the digest are stored.
const DIGITS: usize = 16;

/// What has changed in a course, as titles in its source language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// New lessons and tests.
    pub added: Vec<LessonId>,
    /// Those with another text, other questions or other rules.
    pub changed: Vec<LessonId>,
    /// The titles, in the source language, of those that are no longer part of the course.
    pub removed: Vec<String>,
}

impl Changes {
    /// Compares the parts that were seen with those of now. None if nothing was seen, or if the course is not open.
    pub(super) fn between(seen: &[Part], now: &[Part]) -> Self {
        if seen.is_empty() || now.is_empty() {
            return Self::default();
        }
        let before = |part: &Part| seen.iter().find(|seen| seen.id == part.id);
        let ids = |is_meant: &dyn Fn(&Part) -> bool| {
            let meant = now.iter().filter(|part| is_meant(part));
            meant.map(|part| part.id.clone()).collect()
        };
        let is_gone = |seen: &&Part| now.iter().all(|part| part.id != seen.id);
        Self {
            added: ids(&|part| before(part).is_none()),
            changed: ids(&|part| before(part).is_some_and(|seen| seen.digest != part.digest)),
            removed: seen
                .iter()
                .filter(is_gone)
                .map(|part| part.title.clone())
                .collect(),
        }
    }

    /// A change of each kind; for samples of views.
    #[cfg(test)]
    pub(super) fn sample(course: &Course) -> Self {
        let mut ids = course.lessons.iter().map(|lesson| lesson.id.clone());
        Self {
            added: ids.next().into_iter().collect(),
            changed: ids.take(2).collect(),
            removed: vec!["Agrāka nodarbība".to_owned()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(id: &str, digest: &str) -> Part {
        Part {
            id: id.into(),
            title: id.to_uppercase(),
            digest: digest.to_owned(),
        }
    }

    #[test]
    fn what_was_added_changed_and_removed_is_told() {
        let seen = [part("a", "1"), part("b", "1"), part("c", "1")];
        let now = [part("c", "1"), part("b", "2"), part("d", "1")];
        let expected = Changes {
            added: vec!["d".into()],
            changed: vec!["b".into()],
            removed: vec!["A".to_owned()],
        };
        assert_eq!(Changes::between(&seen, &now), expected);
        let nothing = Changes::default();
        assert_eq!(Changes::between(&now, &now), nothing);
        assert_eq!(Changes::between(&[], &now), nothing, "never seen");
        assert_eq!(Changes::between(&seen, &[]), nothing, "not open");
    }
}
