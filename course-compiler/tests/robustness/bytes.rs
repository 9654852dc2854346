//! Any bytes in the place of any file of a course.

use std::collections::BTreeMap;

use course_compiler::Severity;
use course_compiler::compile::Compilation;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::promises;
use crate::{COURSE, HEAD};

/// Pieces that the parts of the compiler take an interest in, as they are or broken.
const PIECES: &[&str] = &[
    HEAD,
    COURSE,
    "+++\n",
    "\u{feff}",
    "\r\n",
    "\r",
    "\n\n",
    "\0",
    "\u{2028}\u{85}\u{202e}\t",
    // The same word composed and not; letters outside of the first plane; a mark with nothing to stand on.
    "ķirsis",
    "k\u{327}irsis",
    "a\u{304}",
    "\u{301}",
    "🍒👩\u{200d}🦽",
    "\n\n## K? {#q-a .single}\n\n- [x] a\n  > b\n- [ ] c\n\n",
    "\n\n## K? {#q-b .match}\n\n| a | b |\n|---|---|\n| c | d |\n| e | f |\n\n",
    "\n\n## K? {#q-c .order}\n\n1. a\n2. b\n\n",
    "\n\n## K? {#q-d .numeric}\n\n- [x] 3,5 % ± 1 %\n\n",
    "\n\n## K? {#q-e .cloze}\n\n[[a|(b)|c]] un [[d]].\n\n",
    "\n\n## K? {#q-f .case}\n\n### a {#s-a}\n\n- [b](#s-b)\n\n### b {#s-b .outcome mark=\"100%\"}\n\n",
    "\n\n## K? {#q-g .short}\n\n- [x] ķirsis\n- [x] /a+/\n\n",
    "\n\n## K? {#q-h .likert}\n\n1. a\n2. b\n\n- c\n- d\n\n",
    "\n\n> [!NOTE]\n> a\n\n",
    "\n\n[//]: # (allow heading-skip: tā)\n\n",
    "[^a] [^a]: n[^a]\n",
    "![a](../assets/a.svg \"b\"){.decorative}",
    "[rampa](glossary:ramp)",
    "Rampa {#ramp forms=\"rampas\"}\n: Plakne.\n",
    "<script>x</script><b onclick=x>",
    "[[source]]\nid = \"a\"\n",
    "```\n",
    "| a |\n|---|\n",
    "WEBVTT\n\n00:00.000 --> 00:01.000\na\n",
];

/// What is repeated to be deep or long.
const NESTED: &[&str] = &[
    "> ", "- ", "1. ", "[", "![", "(", "*", "_", "**a", "`", "<", "#", "{#a ", "[[", "[^a]",
    "&#x6a;", "|", "~~", "\t",
];

fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        1 => vec(any::<u8>(), 0..24),
        1 => "(?s).{0,24}".prop_map(String::into_bytes),
        6 => proptest::sample::select(PIECES).prop_map(|piece| piece.as_bytes().to_vec()),
        2 => (proptest::sample::select(NESTED), 1..300_usize).prop_map(|(piece, times)| piece.repeat(times).into_bytes()),
    ];
    vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

/// A course with one lesson in two languages, and everything beside it.
fn good() -> BTreeMap<&'static str, Vec<u8>> {
    let lesson = format!(
        "{HEAD}Rampa.[^a] ![a](../assets/a.svg)\n\n## K? {{#q-a .truefalse}}\n\n- [x] a\n- [ ] b\n\n---\n\n[^a]: n\n"
    );
    [
        ("k/course.toml", COURSE),
        ("k/lv/01-a.md", &lesson),
        ("k/en/01-a.md", &lesson),
        (
            "k/lv/02-b.md",
            "+++\nid = \"l-b\"\ntitle = \"B\"\nminutes = 1\n+++\n\nSkat. [a](01-a.md).\n",
        ),
        (
            "k/assets/a.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"/>",
        ),
        (
            "k/assets/a.lv.vtt",
            "WEBVTT\n\n00:00.000 --> 00:01.000\na\n",
        ),
        ("k/assets/a.lv.md", "Teksts.\n"),
        ("glossary/lv.md", "Rampa {#ramp}\n: Plakne.\n"),
        ("glossary/en.md", "Ramp {#ramp}\n: Plane.\n"),
    ]
    .map(|(path, text)| (path, text.as_bytes().to_vec()))
    .into()
}

/// The files of the course, with those that it does without.
fn paths() -> Vec<&'static str> {
    good()
        .into_keys()
        .chain(["k/course.lock", "k/lv/90-tests.md"])
        .collect()
}

fn keep(files: &BTreeMap<&str, Vec<u8>>) -> Compilation {
    let files = files.iter().map(|(path, bytes)| (*path, bytes.as_slice()));
    promises::keep(&promises::tree(files))
}

/// The errors.
fn errors(files: &BTreeMap<&str, Vec<u8>>) -> Vec<String> {
    keep(files)
        .diagnostics
        .into_iter()
        .filter(|found| found.severity == Severity::Error)
        .map(|found| format!("{}: {}", found.code, found.message))
        .collect()
}

#[test]
fn the_course_is_good_when_nothing_is_replaced() {
    assert_eq!(errors(&good()), Vec::<String>::new());
}

#[test]
fn an_empty_or_binary_file_of_any_kind_keeps_the_promises() {
    for path in paths() {
        for bytes in [
            &b""[..],
            b"\n",
            b"\xff\xfe\x00\x01",
            b"\xef\xbb\xbf",
            b"\r",
            &[0; 4096],
        ] {
            let mut files = good();
            files.insert(path, bytes.to_vec());
            keep(&files);
        }
    }
}

#[test]
fn line_ends_and_a_mark_make_no_difference() {
    for line_end in ["\r\n", "\r"] {
        let mut files = good();
        let lock = keep(&files).locks["k"].clone();
        files.insert("k/course.lock", lock.into_bytes());
        let files = files.into_iter().map(|(path, bytes)| {
            let text = String::from_utf8(bytes).unwrap();
            let text = format!("\u{feff}{}", text.replace('\n', line_end));
            (path, text.into_bytes())
        });
        assert_eq!(
            errors(&files.collect()),
            Vec::<String>::new(),
            "{line_end:?}"
        );
    }
}

proptest! {
    #[test]
    fn any_bytes_as_any_file_keep_the_promises(path in proptest::sample::select(paths()), bytes in any_bytes()) {
        let mut files = good();
        files.insert(path, bytes);
        keep(&files);
    }

    #[test]
    fn any_bytes_below_good_front_matter_keep_the_promises(lesson in any_bytes(), translation in any_bytes()) {
        let mut files = good();
        for (path, body) in [("k/lv/01-a.md", lesson), ("k/en/01-a.md", translation)] {
            files.insert(path, [HEAD.as_bytes(), &body].concat());
        }
        keep(&files);
    }
}
