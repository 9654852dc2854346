//! What was probably meant by a path to a file that there is not.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::diagnostic::Diagnostic;
use crate::draft::DraftFile;
use crate::draft_course::DraftCourse;
use crate::likeness::{MOST_LIKELY, nearest};
use crate::parse::Node;
use crate::source::{Source, Span};

/// Adds to a diagnostic about a path what was probably meant: the file whose name differs in capitals or diacritics
/// only, with the edit; otherwise the nearest name, or the file of this name elsewhere. `otherwise` is the advice
/// where nothing is near.
pub(super) fn meant(
    diagnostic: Diagnostic,
    course: &DraftCourse,
    (file, node, url): (&DraftFile, &Node, &str),
    path: &str,
    otherwise: &str,
) -> Diagnostic {
    let paths: Vec<&str> = course
        .assets
        .keys()
        .map(String::as_str)
        .chain(course.files().map(|file| file.path.as_str()))
        .take(MOST_LIKELY)
        .collect();
    let mut same = paths.iter().filter(|known| folded(known) == folded(path));
    if let (Some(found), None) = (same.next(), same.next()) {
        let right = from(&file.path, found);
        let anchor = url.split_once('#').map(|(_, anchor)| anchor);
        let written = url.split('#').next().unwrap_or_default();
        let diagnostic = diagnostic.help(format!("the file is named `{found}`"));
        return match only_place(&file.source, node.span, written) {
            Some(place) if !right.contains([' ', '(', ')', '<', '>', '\\']) => {
                let shown = match anchor {
                    Some(anchor) => format!("{right}#{anchor}"),
                    None => right.clone(),
                };
                diagnostic.fix(format!("write `{shown}`"), place, right)
            }
            _ => diagnostic,
        };
    }
    let name = |path: &str| path.rsplit('/').next().map(folded);
    let mut namesakes = paths.iter().filter(|known| name(known) == name(path));
    let elsewhere = match (namesakes.next(), namesakes.next()) {
        (Some(found), None) => Some(*found),
        _ => None,
    };
    diagnostic.help(match elsewhere.or_else(|| nearest(path, &paths)) {
        Some(found) => format!(
            "did you mean `{}`? There is a file `{found}`",
            from(&file.path, found)
        ),
        None => otherwise.to_owned(),
    })
}

/// A path without capitals, diacritics and what else is easily mistyped.
fn folded(path: &str) -> String {
    path.nfd()
        .filter(|c| !is_combining_mark(*c))
        .map(|c| if matches!(c, ' ' | '_') { '-' } else { c })
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .replace(".jpeg", ".jpg")
}

/// A path of the course as it is written in a file of a language.
fn from(file: &str, path: &str) -> String {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let inner = path
        .strip_prefix(folder)
        .and_then(|rest| rest.strip_prefix('/'));
    match inner {
        Some(inner) => inner.to_owned(),
        None => format!("{}{path}", "../".repeat(folder.split('/').count())),
    }
}

/// The place of a text within a span, if it occurs there once.
pub(super) fn only_place(source: &Source, span: Span, text: &str) -> Option<Span> {
    let mut places = source.slice(span).match_indices(text);
    let (at, _) = places.next().filter(|_| !text.is_empty())?;
    let place = Span::new(at, at.saturating_add(text.len())).moved(span.start);
    places.next().is_none().then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_written_as_in_the_lesson() {
        assert_eq!(
            from("lv/01-a.md", "assets/rampa.png"),
            "../assets/rampa.png"
        );
        assert_eq!(from("lv/01-a.md", "lv/02-b.md"), "02-b.md");
        assert_eq!(from("lv/01-a.md", "en/02-b.md"), "../en/02-b.md");
    }

    #[test]
    fn capitals_and_diacritics_are_mistyped() {
        assert_eq!(
            folded("assets/Rampa pie_ieejas.PNG"),
            folded("assets/rampa-pie-ieejas.png")
        );
        assert_eq!(folded("assets/ēka.jpeg"), folded("assets/E\u{304}ka.jpg"));
        assert_ne!(folded("assets/a.png"), folded("assets/b.png"));
    }
}
