//! Learning paths: several courses that belong together, in the order in which they are best taken. They are
//! written in `courses/paths.toml`, beside the courses.
//!
//! The order is advice: a course is open to everybody, and what somebody has completed before counts. A path is
//! completed when each of its steps is, by its course or by one of its courses. A path with a mistake is left out
//! and reported with its line; the others are offered.

use std::{fmt, io, path::Path};

use chrono::{DateTime, Utc};
use course_compiler::{CourseId, Language, Localized, paths, paths::FILE, source::Span};
use serde::{Deserialize, Serialize};

use crate::{
    http::Lang,
    ids::{CompletionId, PathSlug},
};

/// A learning path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LearningPath {
    /// By which records and addresses name it; it never changes.
    pub id: PathSlug,
    /// Its title, in every language.
    pub title: Localized,
    /// What it is about and what it leads to, in every language.
    pub summary: Localized,
    /// For whom it is, in every language.
    pub for_whom: Localized,
    /// Its steps, at least one, in the advised order.
    pub steps: Vec<Step>,
    /// Whether its completion gives a certificate.
    pub has_certificate: bool,
    /// The lines of the file that name its courses, from 1.
    lines: Vec<(CourseId, usize)>,
}

/// A step of a learning path: any one of these courses, of which there is at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step(pub Vec<CourseId>);

impl LearningPath {
    /// A text of the path in this language.
    #[must_use]
    pub fn text(lang: Lang, text: &Localized) -> &str {
        text.get(lang.into(), Language::Lv)
    }

    /// Every course of every step.
    pub fn courses(&self) -> impl Iterator<Item = &CourseId> {
        self.steps.iter().flat_map(|step| &step.0)
    }
}

/// A mistake in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathProblem {
    /// The line, from 1; `None` when the file cannot be read.
    pub line: Option<usize>,
    /// What is wrong, and what follows from it.
    pub reason: String,
}

impl fmt::Display for PathProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(FILE)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// The learning paths of the file, and its mistakes.
#[derive(Debug, Clone, Default)]
pub struct Paths {
    /// Those without mistakes, in the order of the file.
    pub(super) all: Vec<LearningPath>,
    /// In the order of the file.
    pub(super) problems: Vec<PathProblem>,
}

impl Paths {
    /// Reads the file beside the courses; without a file there are no paths.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "the file of the paths, read at the start"
    )]
    pub fn load(courses_dir: &Path) -> Self {
        match std::fs::read_to_string(courses_dir.join(FILE)) {
            Ok(text) => Self::parse(&text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::default(),
            Err(error) => Self {
                all: Vec::new(),
                problems: vec![PathProblem {
                    line: None,
                    reason: format!("cannot be read, so no learning path is offered: {error}"),
                }],
            },
        }
    }

    /// Reads the paths from a text, as `course check` does.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let line_of = |span: Span| {
            let before = text.bytes().take(span.start);
            before.filter(|byte| *byte == b'\n').count() + 1
        };
        let found = paths::Paths::read(text);
        let problems = found.problems.into_iter().map(|problem| PathProblem {
            line: Some(line_of(problem.span)),
            reason: if found.is_unreadable {
                format!("{}; no learning path is offered", problem.reason)
            } else {
                problem.reason
            },
        });
        let all = found.all.into_iter().map(|path| {
            let named = path.steps.iter().flatten();
            LearningPath {
                id: PathSlug::from(path.id.as_str()),
                lines: named
                    .map(|course| (course.id.clone(), line_of(course.span)))
                    .collect(),
                title: path.title,
                summary: path.summary,
                for_whom: path.for_whom,
                steps: path
                    .steps
                    .into_iter()
                    .map(|step| Step(step.into_iter().map(|course| course.id).collect()))
                    .collect(),
                has_certificate: path.has_certificate,
            }
        });
        Self {
            all: all.collect(),
            problems: problems.collect(),
        }
    }

    /// The mistakes, in the order of the file; the paths that have one are left out.
    #[must_use]
    pub fn problems(&self) -> &[PathProblem] {
        &self.problems
    }

    /// Reports the courses of which there is none. A path is offered without them where a step has others.
    pub(super) fn check_courses(&mut self, is_course: impl Fn(&CourseId) -> bool) {
        for path in &self.all {
            for (course, line) in path.lines.iter().filter(|(course, _)| !is_course(course)) {
                self.problems.push(PathProblem {
                    line: Some(*line),
                    reason: format!(
                        "the path `{}` names the course `{course}`, but there is none with this id, or it has errors",
                        path.id
                    ),
                });
            }
        }
    }
}

/// A course that a person has completed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct CourseDone {
    /// The completion.
    pub completion_id: CompletionId,
    /// Which course.
    pub course_id: CourseId,
    /// Its title at that time.
    pub title: Localized,
    /// Academic hours.
    pub hours: f64,
    /// When.
    pub completed_at: DateTime<Utc>,
}

/// Why a path is completed or not: each step with the course by which it was done. Stored with the completion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PathTrace {
    /// In the path's order.
    pub steps: Vec<StepTrace>,
}

/// A step of a path for a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StepTrace {
    /// Its courses.
    pub courses: Vec<CourseId>,
    /// The one that was completed first, if one is.
    pub done: Option<CourseDone>,
}

impl PathTrace {
    /// Evaluates a path for the courses that a person has completed.
    #[must_use]
    pub(crate) fn of(path: &LearningPath, completed: &[CourseDone]) -> Self {
        let step = |Step(courses): &Step| StepTrace {
            courses: courses.clone(),
            done: completed
                .iter()
                .filter(|done| courses.contains(&done.course_id))
                .min_by_key(|done| done.completed_at)
                .cloned(),
        };
        Self {
            steps: path.steps.iter().map(step).collect(),
        }
    }

    /// Whether every step is done.
    #[must_use]
    pub(crate) fn is_met(&self) -> bool {
        !self.steps.is_empty() && self.steps.iter().all(|step| step.done.is_some())
    }

    /// The courses by which steps are done, in the path's order.
    pub(crate) fn done(&self) -> impl Iterator<Item = &CourseDone> {
        self.steps.iter().filter_map(|step| step.done.as_ref())
    }

    /// When the last of them was completed.
    #[must_use]
    pub(crate) fn last_done(&self) -> Option<DateTime<Utc>> {
        self.done().map(|done| done.completed_at).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "[[path]]\nid='one'\ntitle={lv='t',en='t'}\nsummary={lv='s',en='s'}\nfor_whom={lv='w',en='w'}\n[[path.step]]\ncourse='a'\n[[path.step]]\none_of=['b','c']\n";

    #[test]
    fn the_shipped_paths_have_no_mistake_and_name_courses_that_exist() {
        let courses = Path::new(env!("CARGO_MANIFEST_DIR")).join("../courses");
        let mut paths = Paths::load(&courses);
        paths.check_courses(|course| courses.join(course.as_str()).join("course.toml").exists());
        assert_eq!(paths.problems(), []);
        let ids: Vec<&str> = paths.all.iter().map(|path| &*path.id).collect();
        let shipped = [
            "foundations-and-ground",
            "gender-equality-in-policy",
            "employers",
            "violence-prevention",
        ];
        assert_eq!(ids, shipped);
    }

    #[test]
    fn says_what_is_wrong_and_where_and_offers_the_others() {
        let double = GOOD.replace("'a'", "'b'");
        for (text, line, reason, left) in [
            (GOOD.replace("id='one'\n", ""), 1, "no `id`", 0),
            (GOOD.replace("'one'", "'One!'"), 1, "`One!` cannot be", 0),
            (GOOD.repeat(2), 10, "two paths have the id `one`", 1),
            (
                GOOD.replace("title={lv='t',en='t'}", "title={lv='t'}"),
                1,
                "no `title` in `en`",
                0,
            ),
            (
                GOOD.replace("lv='w'", "lv=' '"),
                1,
                "no `for_whom` in `lv`",
                0,
            ),
            (
                GOOD.split("[[path.step]]").next().unwrap().to_owned(),
                1,
                "no course",
                0,
            ),
            (double, 8, "`b` is in the path twice", 0),
            (
                GOOD.replace("course='a'", "course='a'\none_of=['x','y']"),
                6,
                "not both",
                0,
            ),
            (GOOD.replace("course='a'", ""), 6, "names a `course`", 0),
            (GOOD.replace("['b','c']", "['b']"), 8, "a single course", 0),
            (format!("{GOOD}corse='x'\n"), 10, "corse", 0),
            (GOOD.replace("lv='t'", "lv='t',de='t'"), 3, "de", 0),
            ("[[path".to_owned(), 1, "", 0),
        ] {
            let paths = Paths::parse(&text);
            let [problem] = paths.problems() else {
                panic!("{text}: {:?}", paths.problems());
            };
            assert!(problem.reason.contains(reason), "{problem:?}");
            assert_eq!(problem.line, Some(line), "{problem:?}");
            assert_eq!(paths.all.len(), left, "{text}");
        }
        assert_eq!(Paths::parse(GOOD).problems(), []);
    }

    #[test]
    fn several_mistakes_are_named_at_once() {
        let text = GOOD.replace("'one'", "''").replace("lv='s'", "lv=''");
        assert_eq!(Paths::parse(&text).problems().len(), 2);
    }

    #[test]
    fn an_unknown_course_is_reported_with_its_line() {
        let mut paths = Paths::parse(GOOD);
        paths.check_courses(|course| course.as_str() != "c");
        let [problem] = paths.problems() else {
            panic!("{:?}", paths.problems());
        };
        let text = problem.to_string();
        assert!(
            text.starts_with("paths.toml:9: ") && text.contains("`c`"),
            "{text}"
        );
    }

    fn done(course: &str, second: i64) -> CourseDone {
        CourseDone {
            completion_id: CompletionId::NIL,
            course_id: course.into(),
            title: Localized::default(),
            hours: 1.0,
            completed_at: DateTime::UNIX_EPOCH + chrono::TimeDelta::seconds(second),
        }
    }

    #[test]
    fn a_path_is_met_by_one_course_of_each_step_the_first_completed_counts() {
        let paths = Paths::parse(GOOD);
        let path = &paths.all[0];
        for (completed, is_met) in [
            (vec![], false),
            (vec![done("a", 1)], false),
            (vec![done("b", 1), done("c", 2)], false),
            (vec![done("a", 1), done("x", 2)], false),
            (vec![done("a", 3), done("c", 2)], true),
        ] {
            assert_eq!(
                PathTrace::of(path, &completed).is_met(),
                is_met,
                "{completed:?}"
            );
        }
        let trace = PathTrace::of(path, &[done("a", 3), done("c", 9), done("b", 5)]);
        let by: Vec<_> = trace.done().map(|done| done.course_id.as_str()).collect();
        assert_eq!(by, ["a", "b"]);
        assert_eq!(trace.last_done(), Some(done("b", 5).completed_at));
    }
}
