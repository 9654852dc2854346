//! What the compiler promises for every input, good or bad. The fuzz target (`fuzz/`) holds it to the same.
//!
//! How HTML and addresses are read here shares nothing with the compiler, so that both cannot be wrong together.

use std::sync::Arc;

use course_compiler::compile::{Compilation, Options, compile_tree};
use course_compiler::diagnostic::Location;
use course_compiler::diagnostic::terminal::{self, Style};
use course_compiler::load::Tree;
use course_compiler::{AnswerKey, Course, Language, Question, QuestionView, Segment};

/// A tree of any bytes, by path from the folder of courses.
pub(crate) fn tree<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Tree {
    let mut tree = Tree::default();
    for (path, bytes) in files {
        let (folder, rest) = path.split_once('/').expect("a path within a folder");
        let folder = tree.folders.entry(folder.to_owned()).or_default();
        Arc::make_mut(folder)
            .files
            .insert(rest.to_owned(), bytes.into());
    }
    tree
}

/// Compiles a tree and checks every promise; stops at the first that is broken.
pub(crate) fn keep(tree: &Tree) -> Compilation {
    let options = Options::default();
    let compilation = compile_tree(tree, &options, &()).expect("no threads of its own");
    for found in &compilation.diagnostics {
        assert!(!found.message.is_empty(), "{found:?}");
        check_place(&compilation, &found.location);
        for related in &found.related {
            check_place(&compilation, &related.location);
        }
        for edit in found.fix.iter().flat_map(|fix| &fix.edits) {
            let mut place = found.location.clone();
            place.span = edit.span;
            check_place(&compilation, &place);
        }
        assert!(!terminal::render(found, &compilation.sources, Style::Plain).is_empty());
    }
    for course in &compilation.bundle.courses {
        check_course(course);
    }
    for text in compilation
        .bundle
        .glossary
        .terms
        .values()
        .flat_map(|texts| texts.values())
    {
        check_html(&text.definition_html);
    }
    compilation
}

/// The span lies within its file, on the boundaries of characters; a file that is not there has none.
fn check_place(compilation: &Compilation, location: &Location) {
    let (start, end) = (location.span.start, location.span.end);
    match compilation.sources.get(&location.file) {
        Some(source) => assert!(
            source.text().get(start..end).is_some(),
            "{location:?} in a text of {} bytes",
            source.text().len()
        ),
        None => assert_eq!((start, end), (0, 0), "{location:?} has no text"),
    }
    assert!(location.start <= location.end, "{location:?}");
    assert!(
        location.start.line >= 1 && location.start.column >= 1,
        "{location:?}"
    );
}

fn check_course(course: &Course) {
    for text in course
        .lessons
        .iter()
        .flat_map(|lesson| lesson.texts.values())
    {
        for segment in &text.segments {
            match segment {
                Segment::Html(html) => check_html(html),
                Segment::Question(id) => assert!(course.question(id).is_some(), "{id}"),
            }
        }
        for url in text.sources.iter().filter_map(|source| source.url.as_ref()) {
            check_address(url);
        }
    }
    for question in course.questions.values() {
        let key = course.key(&question.id).expect("a question has a key");
        check_question(question, key);
    }
}

/// The right answer earns all, and no view of the question is dangerous.
fn check_question(question: &Question, key: &AnswerKey) {
    let right = key.right_answer();
    let full = key.mark(Some(&right));
    if question.is_marked() {
        assert_eq!(
            full.fraction.value().to_bits(),
            1.0_f64.to_bits(),
            "{question:?}"
        );
    }
    let none = key.mark(None);
    for language in Language::ALL.iter().copied() {
        let plain = QuestionView::new(language, "q");
        check_html(&question.render(&plain));
        for (response, mark) in [(Some(&right), &full), (None, &none)] {
            check_html(&question.render(&QuestionView {
                response,
                marked: Some(mark),
                shuffle_seed: Some(1),
                ..plain
            }));
            for html in mark.feedback_html(language) {
                check_html(&html);
            }
        }
        check_html(key.explanation(language).unwrap_or_default());
    }
}

/// Elements that a lesson or question may consist of.
const ELEMENTS: &str = " a abbr aside audio b blockquote br button caption circle cite code col dd del details dfn div dl dt em \
    fieldset figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd label legend li mark nav ol optgroup option output p pre \
    q s section select small source span strong sub summary sup svg table tbody td textarea tfoot th thead time tr track ul \
    var video ";
/// Attributes whose value is an address.
const ADDRESSES: &[&str] = &[
    "href",
    "src",
    "srcset",
    "poster",
    "action",
    "formaction",
    "cite",
    "data",
];

/// Every tag is of a known element, and has neither a script nor a dangerous address.
pub(crate) fn check_html(html: &str) {
    let mut rest = html;
    while let Some((_, tag)) = rest.split_once('<') {
        let tag = tag.strip_prefix('/').unwrap_or(tag);
        let end = tag
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(tag.len());
        let (element, after) = tag.split_at(end);
        assert!(
            ELEMENTS.contains(&format!(" {element} ")),
            "<{element}> in {html}"
        );
        rest = after;
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix('>') {
                rest = after;
                break;
            }
            let end = rest.find(['=', '>', ' ', '"', '<']).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            assert!(
                name.starts_with(|c: char| c.is_ascii_lowercase()) && !name.starts_with("on"),
                "the attribute {name:?} in {html}"
            );
            rest = after;
            if let Some(after) = rest.strip_prefix("=\"") {
                let (value, after) = after.split_once('"').expect("a quote ends");
                assert!(!value.contains('<'), "{value:?} in {html}");
                if ADDRESSES.contains(&name) {
                    check_address(value);
                }
                rest = after;
            }
        }
    }
}

/// What a browser makes of an address: entities decoded, control characters and spaces taken out.
pub(crate) fn check_address(address: &str) {
    let seen: String = decoded(address)
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .map(|c| if c == '\\' { '/' } else { c })
        .collect();
    match seen.split_once(':') {
        Some((scheme, _)) if !scheme.contains(['/', '?', '#']) => assert!(
            ["http", "https", "mailto", "tel"].contains(&scheme),
            "the address {address:?}"
        ),
        _ => {
            assert!(!seen.starts_with("//"), "{address:?} leads to another host");
            let path = seen.split(['?', '#']).next().unwrap_or_default();
            let leaves = path.split('/').any(|part| part.replace("%2e", ".") == "..");
            assert!(!leaves, "{address:?} leads out of the course");
        }
    }
}

fn decoded(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, entity)) = rest.split_once('&') {
        plain.push_str(before);
        let Some((name, after)) = entity.split_once(';') else {
            rest = entity;
            continue;
        };
        let number = name
            .strip_prefix("#x")
            .map(|digits| u32::from_str_radix(digits, 16))
            .or_else(|| name.strip_prefix('#').map(str::parse));
        match (name, number) {
            ("amp", _) => plain.push('&'),
            ("quot", _) => plain.push('"'),
            ("lt", _) => plain.push('<'),
            ("gt", _) => plain.push('>'),
            ("colon", _) => plain.push(':'),
            (_, Some(Ok(code))) => plain.extend(char::from_u32(code)),
            _ => {
                rest = entity;
                continue;
            }
        }
        rest = after;
    }
    plain + rest
}
