//! Learning paths: several courses that belong together, in the order in which they are best taken. They are
//! written in `courses/paths.toml`, beside the courses.
//!
//! The order is advice: a course is open to everybody, and what somebody has completed before counts. A path is
//! completed when each of its steps is, by its course or by one of its courses. A path with a mistake is left out
//! and reported with its line; the others are offered.

use std::{collections::BTreeSet, fmt, io, path::Path};

use chrono::{DateTime, Utc};
use course_compiler::{CourseId, Language, Localized};
use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::{
    http::Lang,
    ids::{CompletionId, PathSlug},
};

/// The file beside the courses.
const FILE: &str = "paths.toml";

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
    /// The line of the file in which it begins, from 1.
    line: usize,
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    path: Vec<Spanned<RawPath>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPath {
    #[serde(default)]
    id: String,
    #[serde(default)]
    title: Localized,
    #[serde(default)]
    summary: Localized,
    #[serde(default)]
    for_whom: Localized,
    #[serde(default = "yes")]
    certificate: bool,
    #[serde(default)]
    step: Vec<Spanned<RawStep>>,
}

const fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStep {
    course: Option<String>,
    #[serde(default)]
    one_of: Vec<String>,
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

    /// Reads the paths from a text.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let line_of = |offset: usize| {
            let before = text.bytes().take(offset);
            before.filter(|byte| *byte == b'\n').count() + 1
        };
        let file: File = match toml::from_str(text) {
            Ok(file) => file,
            Err(error) => {
                let offset = error.span().map_or(0, |span| span.start);
                return Self {
                    all: Vec::new(),
                    problems: vec![PathProblem {
                        line: Some(line_of(offset)),
                        reason: format!("{}; no learning path is offered", error.message()),
                    }],
                };
            }
        };
        let mut paths = Self::default();
        let mut ids = BTreeSet::new();
        for spanned in file.path {
            let line = line_of(spanned.span().start);
            let raw = spanned.into_inner();
            let mut found = of_whole(&raw, &mut ids);
            let mut problems: Vec<PathProblem> = found
                .drain(..)
                .map(|reason| PathProblem {
                    line: Some(line),
                    reason,
                })
                .collect();
            let (steps, of_steps) = steps(raw.step, line_of);
            problems.extend(of_steps);
            if problems.is_empty() {
                paths.all.push(LearningPath {
                    id: PathSlug::from(raw.id.as_str()),
                    title: raw.title,
                    summary: raw.summary,
                    for_whom: raw.for_whom,
                    steps,
                    has_certificate: raw.certificate,
                    line,
                });
            }
            paths.problems.extend(problems);
        }
        paths
    }

    /// The mistakes, in the order of the file; the paths that have one are left out.
    #[must_use]
    pub fn problems(&self) -> &[PathProblem] {
        &self.problems
    }

    /// Reports the courses of which there is none. A path is offered without them where a step has others.
    pub(super) fn check_courses(&mut self, is_course: impl Fn(&CourseId) -> bool) {
        for path in &self.all {
            for course in path.courses().filter(|course| !is_course(course)) {
                self.problems.push(PathProblem {
                    line: Some(path.line),
                    reason: format!(
                        "the path `{}` names the course `{course}`, but there is none with this id, or it has errors",
                        path.id
                    ),
                });
            }
        }
    }
}

/// What is wrong with a path as a whole.
fn of_whole(raw: &RawPath, ids: &mut BTreeSet<String>) -> Vec<String> {
    let mut found = Vec::new();
    let id = &raw.id;
    // Ids are part of addresses.
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.is_empty() {
        found.push(
            "the path has no `id`; choose one of a-z, 0-9 and - that never changes".to_owned(),
        );
    } else if !id.chars().all(is_plain) {
        found.push(format!(
            "`{id}` cannot be the id of a path: use a-z, 0-9 and -"
        ));
    } else if !ids.insert(id.clone()) {
        found.push(format!(
            "two paths have the id `{id}`, which is also their address"
        ));
    }
    for (key, text) in [
        ("title", &raw.title),
        ("summary", &raw.summary),
        ("for_whom", &raw.for_whom),
    ] {
        for language in Language::ALL {
            if text
                .exact(*language)
                .is_none_or(|text| text.trim().is_empty())
            {
                let language = language.as_str();
                found.push(format!("the path `{id}` has no `{key}` in `{language}`"));
            }
        }
    }
    if raw.step.is_empty() {
        found.push(format!(
            "the path `{id}` has no course: add a `[[path.step]]`"
        ));
    }
    found
}

/// The steps of a path, and what is wrong with them.
fn steps(
    raw: Vec<Spanned<RawStep>>,
    line_of: impl Fn(usize) -> usize,
) -> (Vec<Step>, Vec<PathProblem>) {
    let (mut steps, mut problems, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for spanned in raw {
        let line = Some(line_of(spanned.span().start));
        let mut report = |reason: String| problems.push(PathProblem { line, reason });
        let RawStep { course, one_of } = spanned.into_inner();
        let courses = match (course, one_of.len()) {
            (Some(course), 0) => vec![course],
            (None, 2..) => one_of,
            (Some(_), _) => {
                report("a step has either `course` or `one_of`, not both".to_owned());
                continue;
            }
            (None, 0) => {
                report(
                    "a step names a `course`, or several of which one is taken, in `one_of`"
                        .to_owned(),
                );
                continue;
            }
            (None, _) => {
                report("`one_of` has a single course: write it as `course`".to_owned());
                continue;
            }
        };
        for course in &courses {
            if !seen.insert(course.clone()) {
                report(format!("the course `{course}` is in the path twice"));
            }
        }
        steps.push(Step(courses.into_iter().map(CourseId::from).collect()));
    }
    (steps, problems)
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
    fn an_unknown_course_is_reported_with_the_line_of_its_path() {
        let mut paths = Paths::parse(GOOD);
        paths.check_courses(|course| course.as_str() != "c");
        let [problem] = paths.problems() else {
            panic!("{:?}", paths.problems());
        };
        let text = problem.to_string();
        assert!(
            text.starts_with("paths.toml:1: ") && text.contains("`c`"),
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
