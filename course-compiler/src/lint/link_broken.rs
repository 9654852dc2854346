//! `link-broken`: a link or reference without a target.

use super::paths;
use crate::diagnostic::Diagnostic;
use crate::draft::DraftFile;
use crate::draft_course::{DraftCourse, LessonDraft};
use crate::likeness::{MOST_LIKELY, nearest};
use crate::parse::{Node, NodeKind, Target, target};
use crate::rules::link_broken::RULE;
use std::collections::BTreeSet;

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.texts() {
        let known: BTreeSet<&str> = file
            .front
            .sources
            .iter()
            .map(|source| source.source.id.as_str())
            .chain(
                file.footnotes
                    .iter()
                    .map(|footnote| footnote.label.as_str()),
            )
            .collect();
        file.walk(&mut |node| match &node.kind {
            NodeKind::FootnoteReference(label) if !known.contains(label.as_str()) => {
                let help = match nearest(label, &known.iter().copied().take(MOST_LIKELY).collect::<Vec<_>>()) {
                    Some(meant) => format!("did you mean `[^{meant}]`?"),
                    None => format!(
                        "add a `[[source]]` with this id to the front matter, or a line `[^{label}]: …`"
                    ),
                };
                found.push(
                    RULE.at(&file.source, node.span, format!("there is no source `{label}`"))
                        .help(help),
                );
            }
            NodeKind::Link { url, .. } => {
                found.extend(problem(course, file, node, url));
            }
            _ => {}
        });
    }
}

/// The problem with a link, and what to do.
fn problem(course: &DraftCourse, file: &DraftFile, node: &Node, url: &str) -> Option<Diagnostic> {
    let at = |message: String| RULE.at(&file.source, node.span, message);
    match target(url, &file.path) {
        Target::Outside(url) => {
            let rest = url.split_once(':').map_or("", |(_, rest)| rest);
            rest.trim_matches(['/', ' ']).is_empty().then(|| {
                at("the link has no address".to_owned())
                    .help("write the whole address between the parentheses")
            })
        }
        // A comment that is none is told as such.
        Target::Here { .. } if node.plain_text() == "//" => None,
        Target::Here { anchor } => anchor.is_empty().then(|| {
            at("the link has no address".to_owned()).help(
                "write between the parentheses where it leads: an address, or the path of a lesson's file",
            )
        }),
        // Terms are checked by `glossary-undefined`, other headings by `anchor-broken`.
        Target::Unsafe | Target::Term(_) => None,
        Target::Leaves => Some(
            at("the link leads out of the course".to_owned())
                .help("link within the course, or write the whole address"),
        ),
        Target::File { path, .. } => {
            if course.file(&path).is_some() || course.assets.contains_key(&path) {
                return None;
            }
            let diagnostic = at(format!("there is no file `{path}` in the course"));
            if let Some(whole) = whole_address(url) {
                return Some(
                    diagnostic.help(format!("to lead out of the course, write `{whole}`")),
                );
            }
            if let Some(lesson) = course.lesson_before(&path) {
                return Some(renamed(diagnostic, lesson, (file, node, url), &path));
            }
            Some(paths::meant(
                diagnostic,
                course,
                (file, node, url),
                &path,
                "correct the path: it counts from the lesson's file",
            ))
        }
    }
}

/// The file of a lesson has another name now.
fn renamed(
    diagnostic: Diagnostic,
    lesson: &LessonDraft,
    (file, node, url): (&DraftFile, &Node, &str),
    path: &str,
) -> Diagnostic {
    let name_of = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let Some(now) = lesson.files.values().next().map(|file| name_of(&file.path)) else {
        return diagnostic;
    };
    let written = url.split('#').next().unwrap_or_default();
    let before = written.rsplit('/').next().unwrap_or_default();
    let diagnostic = diagnostic.help(format!("`{}` is named `{now}` now", name_of(path)));
    match paths::only_place(&file.source, node.span, before) {
        Some(place) => diagnostic.fix(format!("write `{now}`"), place, now),
        None => diagnostic,
    }
}

/// The address that was meant by one without its beginning: `www.likumi.lv`, `info@likumi.lv`.
fn whole_address(url: &str) -> Option<String> {
    let domain = url.split(['/', '?', '#']).next().unwrap_or_default();
    let (name, ending) = domain.rsplit_once('.')?;
    if let Some((person, _)) = domain.split_once('@') {
        return (!person.is_empty()).then(|| format!("mailto:{url}"));
    }
    let is_ending = ["lv", "eu", "com", "org", "net", "int", "gov", "info"].contains(&ending);
    let is_web = domain.starts_with("www.") || (is_ending && !name.is_empty());
    is_web.then(|| format!("https://{url}"))
}
