//! The examples of the authoring guide, `docs/authoring.md`, compile as they stand there.
//!
//! Every code block in Markdown or TOML is tried in a small course: a file with front matter as a lesson or test of
//! its own, a list of terms as the glossary, a whole `course.toml` as that, and every other piece in the text of a
//! lesson or at the end of `course.toml`.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;

use course_compiler::compile::{Options, compile_tree};
use course_compiler::diagnostic::terminal::{self, Style};
use course_compiler::load::Tree;

const COURSE: &str = r#"
id = "paraugs"
kind = "course"
ground = "none"
audience = "everyone"
hours = 1
source_language = "lv"

[title]
lv = "Paraugs"

[summary]
lv = "Kurss paraugam."
"#;

const LESSON: &str =
    "+++\nid = \"l-pirma\"\ntitle = \"Pirmā nodarbība\"\nminutes = 5\n+++\n\n## Sākums\n\n";

const TEST: &str = "+++\nid = \"t-disability\"\ntitle = \"Pārbaude\"\nkind = \"test\"\npass = 0.5\n+++\n\n\
                    ## Jā? {#q-tests .truefalse}\n\n- [x] Jā\n- [ ] Nē\n\n> [!NOTE]\n> Tāpēc.\n";

/// A block of code: its language and its text.
struct Block<'a> {
    line: usize,
    language: &'a str,
    text: &'a str,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut line = 1;
    let mut blocks = Vec::new();
    for (number, part) in page.split("\n```").enumerate() {
        if number % 2 == 1 {
            let (language, text) = part.split_once('\n').unwrap();
            blocks.push(Block {
                line: line + 1,
                language,
                text,
            });
        }
        line += part.matches('\n').count() + 1;
    }
    blocks
}

/// The files of a course in which the block stands where it belongs.
fn course_around(block: &Block<'_>) -> BTreeMap<&'static str, String> {
    let text = format!("{}\n", block.text);
    let mut files = BTreeMap::from([
        ("paraugs/course.toml", COURSE.to_owned()),
        ("paraugs/lv/01-pirma.md", format!("{LESSON}Teksts.\n")),
    ]);
    if text.contains("assets/soli.svg") {
        let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>";
        files.insert("paraugs/assets/soli.svg", drawing.to_owned());
    }
    match block.language {
        "toml" if text.starts_with("id =") => {
            files.insert("paraugs/course.toml", text);
            files.insert("paraugs/lv/90-parbaude.md", TEST.to_owned());
        }
        "toml" if text.starts_with("[[path]]") => {
            for (meta, lesson, id) in [
                ("a/course.toml", "a/lv/01-a.md", "foundations"),
                ("b/course.toml", "b/lv/01-a.md", "gender"),
                ("c/course.toml", "c/lv/01-a.md", "age"),
            ] {
                files.insert(meta, COURSE.replace("\"paraugs\"", &format!("\"{id}\"")));
                files.insert(lesson, format!("{LESSON}Teksts.\n"));
            }
            files.insert("paths.toml", text);
        }
        "toml" if text.contains("[[sector]]") || text.contains("[[task]]") => {
            let handbook = COURSE
                .replace("\"course\"", "\"handbook\"")
                .replace("hours = 1\n", "");
            files.insert("paraugs/course.toml", format!("{handbook}\n{text}"));
        }
        "toml" => {
            files.insert("paraugs/course.toml", format!("{COURSE}\n{text}"));
            files.insert("paraugs/lv/90-parbaude.md", TEST.to_owned());
        }
        "markdown" if text.starts_with("+++") && text.contains("kind = \"test\"") => {
            files.insert("paraugs/lv/90-parbaude.md", text);
        }
        "markdown" if text.starts_with("+++") => {
            files.insert("paraugs/lv/02-otra.md", text);
        }
        "markdown" if text.contains("\n: ") => {
            files.insert("glossary/lv.md", text);
        }
        _ => {
            if text.contains("snippet:") {
                files.insert("snippets/contacts.lv.md", "Zvaniet.\n".to_owned());
                files.insert("snippets/time-limit.lv.md", "mēneša laikā\n".to_owned());
            }
            files.insert("paraugs/lv/01-pirma.md", format!("{LESSON}{text}"));
        }
    }
    files
}

#[test]
fn every_example_compiles_as_it_stands() {
    let page = include_str!("../../docs/authoring.md");
    let blocks = blocks(page);
    let mut tried = 0;
    for block in blocks
        .iter()
        .filter(|block| matches!(block.language, "markdown" | "toml"))
    {
        let files = course_around(block);
        let tree = Tree::from_texts(files.iter().map(|(path, text)| (*path, text.as_str())));
        let compilation = compile_tree(&tree, &Options::default(), &()).unwrap();
        let said: Vec<String> = compilation
            .diagnostics
            .iter()
            // No example has a lock, or a review of its very text.
            .filter(|found| !["lock-stale", "review-missing"].contains(&found.code.as_ref()))
            .map(|found| terminal::render(found, &compilation.sources, Style::Plain))
            .collect();
        assert!(
            said.is_empty(),
            "the example in line {}:\n{}",
            block.line,
            said.join("\n\n")
        );
        tried += 1;
    }
    assert!(tried >= 15, "{tried} examples were found");
}

#[test]
fn every_type_of_question_has_an_example() {
    let page = include_str!("../../docs/authoring.md");
    let examples: String = blocks(page)
        .iter()
        .filter(|block| block.language == "markdown")
        .map(|block| block.text)
        .collect();
    for class in course_compiler::question::CLASSES {
        let is_there =
            examples.contains(&format!(" .{class}}}")) || examples.contains(&format!(" .{class} "));
        assert!(is_there, "no example of .{class}");
    }
}
