//! Snippets: texts that several lessons share are a part of each of them, and their problems are told in their own
//! files.

#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise, and writes its files"
)]

use std::collections::{BTreeMap, BTreeSet};

use course_compiler::compile::{Compilation, Options, Session, compile_tree};
use course_compiler::diagnostic::terminal::{self, Style};
use course_compiler::load::Tree;
use course_compiler::model::PassageState;
use course_compiler::search::Query;
use course_compiler::{Language, Segment, diff, fix};

const COURSE: &str = "kind = \"course\"\nground = \"none\"\naudience = \"everyone\"\nhours = 1\n\
                      source_language = \"lv\"\ntitle = { lv = \"Kurss\" }\nsummary = { lv = \"Īsi.\" }\n";

fn lesson(id: &str, body: &str) -> String {
    format!("+++\nid = \"l-{id}\"\ntitle = \"Nodarbība {id}\"\nminutes = 1\n+++\n\n{body}\n")
}

/// Courses of one lesson in Latvian each, with what lies beside them.
struct Courses(BTreeMap<String, String>);

impl Courses {
    fn of(lessons: &[(&str, &str)], beside: &[(&str, &str)]) -> Self {
        let mut courses = Self(BTreeMap::new());
        for (course, body) in lessons {
            courses.put(
                &format!("{course}/course.toml"),
                &format!("id = \"k-{course}\"\n{COURSE}"),
            );
            courses.put(&format!("{course}/lv/01-a.md"), &lesson("a", body));
        }
        for (path, text) in beside {
            courses.put(path, text);
        }
        courses
    }

    fn put(&mut self, path: &str, text: &str) {
        self.0.insert(path.to_owned(), text.to_owned());
    }

    fn tree(&self) -> Tree {
        Tree::from_texts(
            self.0
                .iter()
                .map(|(path, text)| (path.as_str(), text.as_str())),
        )
    }

    fn compile(&self) -> Compilation {
        compile_tree(&self.tree(), &Options::default(), &()).unwrap()
    }

    fn lock(&mut self) {
        for (course, text) in self.compile().locks {
            self.put(&format!("{course}/course.lock"), &text);
        }
    }
}

/// What is wrong, apart from missing locks.
fn said(compilation: &Compilation) -> Vec<String> {
    let told = compilation.diagnostics.iter();
    told.filter(|found| found.code != "lock-stale")
        .map(|found| {
            let place = &found.location;
            let (line, column) = (place.start.line, place.start.column);
            format!(
                "{}:{line}:{column} {} {}",
                place.file, found.code, found.message
            )
        })
        .collect()
}

fn html(compilation: &Compilation, language: Language) -> String {
    let (_, text) = compilation.bundle.courses[0].lessons[0]
        .text(language)
        .unwrap();
    let segments = text.segments.iter();
    segments
        .map(|segment| match segment {
            Segment::Html(html) => html.as_str(),
            Segment::Question(_) => "[?]",
        })
        .collect()
}

const CONTACTS: (&str, &str) = (
    "snippets/contacts.lv.md",
    "\nZvaniet **67686768**.\n\n- darbdienās\n- no [plkst. 9](snippet:hour)\n\n",
);
const HOUR: (&str, &str) = ("snippets/hour.lv.md", "deviņiem\nrītā\n");

#[test]
fn a_snippet_stands_where_its_link_stood() {
    let body = "## Kam zvanīt\n\n[kontakti](snippet:contacts)\nVēl.\n\n> [!TIP]\n> [kontakti](snippet:contacts)\n\n\
                1. Viens.\n\n   [kontakti](snippet:contacts)\n2. Tieši [tad](snippet:hour), *ne [vēlāk](snippet:hour)*.\n\n\
                | Kad |\n|---|\n| [laiks](snippet:hour) |\n\n`[kods](snippet:hour)`\n\n\
                ## Vai zvanīt [tad](snippet:hour)? {#q-a .truefalse}\n\n- [x] Jā, [tad](snippet:hour)\n  > Labi.\n- [ ] Nē\n  > Kāpēc ne?\n";
    // The words after the first link are in its paragraph, so there it stands for words and cannot.
    let found = said(&Courses::of(&[("kurss", body)], &[CONTACTS, HOUR]).compile());
    assert_eq!(
        found,
        [
            "kurss/lv/01-a.md:9:1 snippet-broken the snippet `contacts` is more than a paragraph, and here is only room for words"
        ]
    );
    let compilation =
        Courses::of(&[("kurss", &body.replace("\nVēl.", ""))], &[CONTACTS, HOUR]).compile();
    assert_eq!(said(&compilation), [""; 0]);
    insta::assert_snapshot!(html(&compilation, Language::Lv));
    let course = &compilation.bundle.courses[0];
    let question = course.questions.values().next().unwrap();
    let text = &question.texts[&Language::Lv];
    assert_eq!(text.title, "Vai zvanīt deviņiem rītā?");
    assert!(
        text.parts
            .values()
            .any(|choice| choice.contains("Jā, deviņiem rītā"))
    );
    let index = &course.search[&Language::Lv];
    assert!(!index.find(&Query::new("67686768", Language::Lv)).is_empty());
}

#[test]
fn words_of_a_snippet_count_in_each_lesson() {
    let with = Courses::of(
        &[("kurss", "Viens.\n\n[k](snippet:contacts)")],
        &[CONTACTS, HOUR],
    );
    let without = Courses::of(
        &[(
            "kurss",
            "Viens.\n\nZvaniet **67686768**.\n\n- darbdienās\n- no deviņiem rītā",
        )],
        &[],
    );
    let words = |courses: &Courses| {
        courses.compile().bundle.courses[0].lessons[0].texts[&Language::Lv].words
    };
    assert_eq!(words(&with), words(&without));
}

#[test]
fn problems_are_told_in_the_snippet_once_and_can_be_fixed_there() {
    let body = "Teksts.\n\n- Vārds.\n\n  [k](snippet:a)";
    let snippet = "Divi vārdi.\n\nSkatiet [šeit](03-nav.md).\n\n#### Virsraksts\n";
    let mut courses = Courses::of(
        &[("viens", body), ("otrs", body)],
        &[("snippets/a.lv.md", snippet)],
    );
    let compilation = courses.compile();
    let found = said(&compilation);
    let in_snippet: Vec<&String> = found
        .iter()
        .filter(|found| found.starts_with("snippets/a.lv.md:3:9 link-broken"))
        .collect();
    assert_eq!(in_snippet.len(), 1, "{found:?}");
    for course in ["viens", "otrs"] {
        let there = format!(
            "{course}/lv/01-a.md:11:3 snippet-broken `snippets/a.lv.md` has an error, and is used here"
        );
        assert!(found.contains(&there), "{found:?}");
        assert!(compilation.is_broken(course));
    }
    assert!(compilation.bundle.courses.is_empty());
    let link = compilation
        .diagnostics
        .iter()
        .find(|found| found.code == "link-broken")
        .unwrap();
    insta::assert_snapshot!(terminal::render(link, &compilation.sources, Style::Plain));

    courses.put(
        "snippets/a.lv.md",
        "Divi vārdi.\n\n### Virsraksts\n\n##### Vēl\n",
    );
    courses.put(
        "otrs/lv/01-a.md",
        &lesson("a", "## Virsraksts\n\n[k](snippet:a)"),
    );
    courses.put(
        "viens/lv/01-a.md",
        &lesson("a", "## Virsraksts\n\n[k](snippet:a)"),
    );
    let compilation = courses.compile();
    assert_eq!(said(&compilation).len(), 1, "{:?}", said(&compilation));
    let plan = fix::plan(courses.tree(), &Options::default()).unwrap();
    let edited = &plan["snippets/a.lv.md"];
    assert_eq!(
        String::from_utf8_lossy(&edited.after),
        "Divi vārdi.\n\n### Virsraksts\n\n#### Vēl\n"
    );
}

#[test]
fn what_cannot_be_put_in_is_an_error_where_it_stands() {
    let courses = Courses::of(
        &[("kurss", "[k](snippet:a)\n\nTeksts [te](snippet:nav).")],
        &[
            ("snippets/a.lv.md", "Skatiet [b](snippet:b).\n"),
            ("snippets/b.lv.md", "Un [a](snippet:a) atkal.\n"),
            ("snippets/nav.en.md", "Here.\n"),
            ("snippets/lieks.lv.md", "Lieks.\n"),
            ("snippets/bez.md", "Bez valodas.\n"),
        ],
    );
    insta::assert_snapshot!(said(&courses.compile()).join("\n"));
}

#[test]
fn many_snippets_in_one_another_end() {
    let mut beside: Vec<(String, String)> = Vec::new();
    for level in 0..30 {
        let next = format!("[x](snippet:s-{})\n\n", level + 1);
        beside.push((format!("snippets/s-{level}.lv.md"), next.repeat(40)));
    }
    beside.push(("snippets/s-30.lv.md".to_owned(), "beigas".to_owned()));
    let beside: Vec<(&str, &str)> = beside
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let compilation = Courses::of(&[("kurss", "[k](snippet:s-0)")], &beside).compile();
    assert!(compilation.is_broken("kurss"));
}

#[test]
fn a_changed_snippet_makes_the_translation_stale_and_is_told_as_a_change_of_its_lessons() {
    let mut courses = Courses::of(
        &[("kurss", "Teksts.\n\n[k](snippet:a)"), ("otrs", "Teksts.")],
        &[
            ("kurss/en/01-a.md", &lesson("a", "Text.\n\n[k](snippet:a)")),
            ("snippets/a.lv.md", "Zvaniet 1.\n"),
            ("snippets/a.en.md", "Call 1.\n"),
        ],
    );
    courses.lock();
    let before = courses.compile();
    assert_eq!(said(&before), [""; 0]);
    assert!(html(&before, Language::En).contains("Call 1."));

    courses.put("snippets/a.lv.md", "Zvaniet 2.\n");
    let after = courses.compile();
    let kurss = after.bundle.course_by_slug("kurss").unwrap();
    let english = &kurss.lessons[0].texts[&Language::En];
    assert!(
        english
            .passages
            .iter()
            .any(|passage| passage.state == PassageState::Stale)
    );
    let difference = diff::compare(&before.bundle, &after.bundle, &BTreeSet::new());
    let changed: Vec<&str> = difference
        .courses
        .iter()
        .filter(|course| !course.lessons.is_empty())
        .map(|course| course.slug.as_str())
        .collect();
    assert_eq!(changed, ["kurss"]);
    let (was, is) = (before.bundle.course_by_slug("kurss").unwrap(), kurss);
    assert_ne!(
        was.content_hash, is.content_hash,
        "reviews are of what is read"
    );

    courses.put("snippets/a.en.md", "Call 2.\n");
    courses.lock();
    assert_eq!(said(&courses.compile()), [""; 0]);
}

#[test]
fn an_edited_snippet_compiles_the_courses_that_use_it() {
    let courses = Courses::of(
        &[
            ("viens", "[k](snippet:a)"),
            ("otrs", "Teksts."),
            ("cits", "Tieši [tad](snippet:b)."),
        ],
        &[
            ("snippets/a.lv.md", "Zvaniet [tad](snippet:b).\n"),
            ("snippets/b.lv.md", "rītā\n"),
        ],
    );
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in &courses.0 {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let mut session = Session::new(dir.path(), Options::default()).unwrap();
    session.rebuild(&()).unwrap();
    let mut changed = |path: &str, text: &str| {
        std::fs::write(dir.path().join(path), text).unwrap();
        let update = session.rebuild(&()).unwrap();
        let fresh =
            course_compiler::compile::compile(dir.path(), &Options::default(), &()).unwrap();
        assert_eq!(update.compilation.bundle, fresh.bundle);
        assert_eq!(update.compilation.diagnostics, fresh.diagnostics);
        update.changed.into_iter().collect::<Vec<String>>()
    };
    assert_eq!(
        changed("snippets/a.lv.md", "Rakstiet [tad](snippet:b).\n"),
        ["viens"]
    );
    assert_eq!(changed("snippets/b.lv.md", "vakarā\n"), ["cits", "viens"]);
    assert_eq!(changed("snippets/c.lv.md", "vakarā\n"), [""; 0]);
    assert_eq!(
        changed("otrs/lv/01-a.md", &lesson("a", "[k](snippet:c)")),
        ["otrs"]
    );
}
