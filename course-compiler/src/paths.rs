//! Learning paths: several courses that belong together, in the order in which they are best taken. They are
//! written in `paths.toml`, beside the courses. `course check` and the server read it here.
//!
//! A path with a mistake is left out and reported with its place; the others are offered.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use crate::model::{CourseId, Language, Localized};
use crate::source::Span;

/// The file beside the courses.
pub const FILE: &str = "paths.toml";

/// A learning path as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LearningPath {
    /// By which records and addresses name it: a-z, 0-9 and -.
    pub id: String,
    /// Its title, in every language.
    pub title: Localized,
    /// What it is about and what it leads to, in every language.
    pub summary: Localized,
    /// For whom it is, in every language.
    pub for_whom: Localized,
    /// Its steps, at least one, in the advised order: any one of these courses, of which there is at least one.
    pub steps: Vec<Vec<NamedCourse>>,
    /// Whether its completion gives a certificate.
    pub has_certificate: bool,
}

/// A course that a path names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedCourse {
    /// Its id.
    pub id: CourseId,
    /// Where it is named.
    pub span: Span,
}

/// A mistake in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where, in bytes of the text.
    pub span: Span,
    /// What is wrong.
    pub reason: String,
}

/// The learning paths of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths {
    /// Those without mistakes, in the order of the file.
    pub all: Vec<LearningPath>,
    /// In the order of the file.
    pub problems: Vec<Problem>,
    /// Whether it is no TOML, or has another form, so that there are no paths at all.
    pub is_unreadable: bool,
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
    course: Option<Spanned<String>>,
    #[serde(default)]
    one_of: Vec<Spanned<String>>,
}

impl Paths {
    /// Reads the paths from a text.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut paths = Self::default();
        let file: File = match toml::from_str(text) {
            Ok(file) => file,
            Err(error) => {
                let span = error.span().map_or(Span::new(0, 0), Span::from);
                paths.is_unreadable = true;
                paths.problems.push(Problem {
                    span,
                    reason: error.message().to_owned(),
                });
                return paths;
            }
        };
        let mut ids = BTreeSet::new();
        for spanned in file.path {
            let span = Span::from(spanned.span());
            let raw = spanned.into_inner();
            let found = of_whole(&raw, &mut ids).into_iter();
            let mut problems: Vec<Problem> = found.map(|reason| Problem { span, reason }).collect();
            let (steps, mut of_steps) = steps(raw.step);
            problems.append(&mut of_steps);
            if problems.is_empty() {
                paths.all.push(LearningPath {
                    id: raw.id,
                    title: raw.title,
                    summary: raw.summary,
                    for_whom: raw.for_whom,
                    steps,
                    has_certificate: raw.certificate,
                });
            }
            paths.problems.append(&mut problems);
        }
        paths
    }
}

impl LearningPath {
    /// The courses of which there is none.
    pub fn unknown(&self, is_course: impl Fn(&CourseId) -> bool) -> Vec<Problem> {
        let named = self.steps.iter().flatten();
        named
            .filter(|course| !is_course(&course.id))
            .map(|course| Problem {
                span: course.span,
                reason: format!(
                    "the path `{}` names the course `{}`, but there is none with this id",
                    self.id, course.id
                ),
            })
            .collect()
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
fn steps(raw: Vec<Spanned<RawStep>>) -> (Vec<Vec<NamedCourse>>, Vec<Problem>) {
    let (mut steps, mut problems, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for spanned in raw {
        let span = Span::from(spanned.span());
        let mut report = |reason: String| problems.push(Problem { span, reason });
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
            if !seen.insert(course.get_ref().clone()) {
                report(format!(
                    "the course `{}` is in the path twice",
                    course.get_ref()
                ));
            }
        }
        let named = courses.into_iter().map(|course| NamedCourse {
            span: Span::from(course.span()),
            id: CourseId::from(course.into_inner()),
        });
        steps.push(named.collect());
    }
    (steps, problems)
}
