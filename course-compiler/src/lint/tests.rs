//! Every rule's page is a test: its sample has to give exactly the diagnostics that the page shows.
//!
//! A page has code blocks. `markdown` and `toml` blocks are files, with their path after the language;
//! `unreadable` blocks are files that cannot be read, for the reason they contain; paths are relative to the
//! course's folder. The `text` block is the output of `course check`. Files that a page does not show come
//! from the plain course below. With `UPDATE_LINT_PAGES=1` the `text` blocks are updated.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::RULES;
use crate::compile::{Options, compile_tree};
use crate::diagnostic::Rule;
use crate::diagnostic::terminal::{self, Style};
use crate::load::Tree;
use crate::model::{Language, is_well_formed};
use crate::spelling::Spelling;

const COURSE: &str = "id = \"paraugs\"\nkind = \"course\"\nground = \"none\"\naudience = \"everyone\"\nhours = 1\nsource_language = \"lv\"\n\n[title]\nlv = \"Paraugs\"\n\n[summary]\nlv = \"Kurss paraugam.\"\n";
const LESSON: &str = "+++\nid = \"l-paraugs\"\ntitle = \"Paraugs\"\nminutes = 5\n+++\n\nTeksts.\n";

struct Block<'a> {
    language: &'a str,
    path: &'a str,
    text: &'a str,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    page.split("\n```")
        .skip(1)
        .step_by(2)
        .map(|block| {
            let (info, text) = block.split_once('\n').unwrap();
            let (language, path) = info.split_once(' ').unwrap_or((info, ""));
            Block {
                language,
                path,
                text,
            }
        })
        .collect()
}

/// A dictionary that lacks one word of a page.
#[derive(Debug)]
struct AllButOne;

impl Spelling for AllButOne {
    fn has(&self, _: Language) -> bool {
        true
    }

    fn knows(&self, _: Language, word: &str) -> bool {
        word != "diskriminācīja"
    }

    fn suggestions(&self, _: Language, _: &str) -> Vec<String> {
        vec!["diskriminācija".to_owned()]
    }
}

/// The day and the dictionary with which pages are tested.
fn options() -> Options {
    Options {
        today: NaiveDate::from_ymd_opt(2026, 11, 30),
        spelling: Some(Arc::new(AllButOne)),
        guesses: true,
        ..Options::default()
    }
}

fn said_about(page: &str, rule: &Rule) -> String {
    let blocks = blocks(page);
    let mut files: BTreeMap<&str, String> = [
        ("paraugs/course.toml", COURSE.to_owned()),
        ("paraugs/lv/01-paraugs.md", LESSON.to_owned()),
    ]
    .into();
    let paths: Vec<(String, &Block<'_>)> = blocks
        .iter()
        .filter(|block| !block.path.is_empty())
        .map(|block| match block.path.strip_prefix("../") {
            Some(beside) => (beside.to_owned(), block),
            None => (format!("paraugs/{}", block.path), block),
        })
        .collect();
    for (path, block) in &paths {
        if block.language != "unreadable" {
            files.insert(path, format!("{}\n", block.text));
        }
    }
    let mut tree = Tree::from_texts(files.iter().map(|(path, text)| (*path, text.as_str())));
    for (_, block) in &paths {
        if block.language == "unreadable" {
            let folder = tree.folders.get_mut("paraugs").unwrap();
            Arc::make_mut(folder)
                .unreadable
                .insert(block.path.to_owned(), block.text.to_owned());
        }
    }
    let compilation = compile_tree(&tree, &options(), &()).unwrap();
    compilation
        .diagnostics
        .iter()
        .filter(|found| {
            // Samples are short: they have no lock and no feedback.
            let aside = [
                "lock-stale",
                "quiz-no-feedback",
                "lesson-no-picture",
                "minutes-off",
            ];
            found.code == rule.code || !aside.contains(&found.code.as_ref())
        })
        .map(|found| terminal::render(found, &compilation.sources, Style::Plain))
        .collect::<Vec<_>>()
        .join("\n\n")
}

#[test]
fn every_page_shows_what_its_sample_gives() {
    let update = std::env::var_os("UPDATE_LINT_PAGES").is_some();
    for rule in RULES {
        let expected = blocks(rule.page)
            .iter()
            .find(|block| block.language == "text")
            .map_or("", |block| block.text)
            .to_owned();
        let said = said_about(rule.page, rule);
        if update && said != expected {
            let name = rule.code.replace('-', "_");
            let at = |folder| format!("{}/src/{folder}/{name}.md", env!("CARGO_MANIFEST_DIR"));
            let path = if std::path::Path::new(&at("lint")).exists() {
                at("lint")
            } else {
                at("rules")
            };
            let old = format!("\n```text\n{expected}\n```");
            let page = rule.page.replace(&old, &format!("\n```text\n{said}\n```"));
            std::fs::write(path, page).unwrap();
        } else {
            assert_eq!(said, expected, "the page of {}", rule.code);
        }
        assert!(
            said.contains(&format!("[{}]", rule.code)),
            "the page of {} shows it",
            rule.code
        );
    }
}

#[test]
fn every_page_is_named_after_its_rule_and_has_a_summary() {
    for rule in RULES {
        assert!(is_well_formed(rule.code), "{}", rule.code);
        assert!(
            rule.page.starts_with(&format!("# {}\n", rule.code)),
            "{}",
            rule.code
        );
        assert!(
            rule.summary().ends_with('.'),
            "{}: {}",
            rule.code,
            rule.summary()
        );
    }
}

#[test]
fn rules_are_in_the_order_of_their_codes() {
    assert!(RULES.is_sorted_by_key(|rule| rule.code));
}
