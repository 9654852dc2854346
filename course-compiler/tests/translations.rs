//! Courses that are edited in one language and translated later.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use course_compiler::compile::{Compilation, Options, compile_tree};
use course_compiler::diagnostic::terminal::{self, Style};
use course_compiler::load::Tree;
use course_compiler::model::PassageState;
use course_compiler::question::QuestionView;
use course_compiler::{Language, LessonId, QuestionId, Segment};

const COURSE: &str = include_str!("courses/invalid/labs/course.toml");
const LV: &str = include_str!("translations/lv.md");
const EN: &str = include_str!("translations/en.md");

/// A course of one lesson in two languages.
struct Course(BTreeMap<&'static str, String>);

impl Course {
    /// As it was when its lock was written.
    fn locked() -> Self {
        let mut course = Self(BTreeMap::from([
            ("kurss/course.toml", COURSE.to_owned()),
            ("kurss/lv/01-a.md", LV.to_owned()),
            ("kurss/en/01-a.md", EN.to_owned()),
        ]));
        course.lock();
        assert_eq!(course.said(), "");
        course
    }

    fn compile(&self) -> Compilation {
        let files = self.0.iter().map(|(path, text)| (*path, text.as_str()));
        compile_tree(&Tree::from_texts(files), &Options::default(), &()).unwrap()
    }

    fn lock(&mut self) {
        let locks = self.compile().locks;
        self.0.insert("kurss/course.lock", locks["kurss"].clone());
    }

    fn edit(&mut self, language: &str, from: &str, to: &str) {
        let file = match language {
            "lv" => "kurss/lv/01-a.md",
            _ => "kurss/en/01-a.md",
        };
        let text = self.0.get_mut(file).unwrap();
        assert!(text.contains(from), "{from} is not in {file}");
        *text = text.replace(from, to);
    }

    /// What is wrong, a line each.
    fn said(&self) -> String {
        self.compile()
            .diagnostics
            .iter()
            .map(|found| {
                let place = &found.location;
                format!(
                    "{}[{}] {}:{}: {}",
                    found.severity.as_str(),
                    found.code,
                    place.file,
                    place.start.line,
                    found.message
                )
            })
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// The lesson in English.
    fn page(&self) -> String {
        let compilation = self.compile();
        let shown = compilation
            .diagnostics
            .iter()
            .map(|found| terminal::render(found, &compilation.sources, Style::Plain))
            .collect::<Vec<_>>();
        let Some(course) = compilation.bundle.courses.first() else {
            panic!("{}", shown.join("\n"))
        };
        let lesson = course.lesson(&LessonId::from("l-a")).unwrap();
        let mut page = String::new();
        for segment in &lesson.texts[&Language::En].segments {
            match segment {
                Segment::Html(html) => page.push_str(html),
                Segment::Question(id) => {
                    let question = course.question(id).unwrap();
                    let view = QuestionView::new(Language::En, "x");
                    writeln!(page, "{}", question.render(&view)).unwrap();
                }
            }
        }
        page
    }

    fn states(&self, state: PassageState) -> usize {
        let compilation = self.compile();
        let lesson = &compilation.bundle.courses[0].lessons[0];
        lesson.texts[&Language::En].passages_in(state).count()
    }
}

#[test]
fn a_locked_course_is_translated() {
    let course = Course::locked();
    let page = course.page();
    assert!(!page.contains("untranslated"), "{page}");
    assert!(!page.contains("lang=\"lv\""), "{page}");
    assert_eq!(course.states(PassageState::Translated), 11);
}

#[test]
fn what_the_source_changed_is_read_in_the_source_language() {
    let mut course = Course::locked();
    course.edit("lv", "## Kārtība", "## Jaunā kārtība {#kārtība}");
    course.edit("lv", "desmit darba dienās", "piecās darba dienās");
    course.edit("lv", "Likuma 7. pants.", "Likuma 8. pants.");
    course.edit(
        "lv",
        "title = \"Pielāgojums\"",
        "title = \"Saprātīgs pielāgojums\"",
    );
    insta::assert_snapshot!(course.said(), @r#"
    warning[i18n-stale] kurss/en/01-a.md:3: the source of this title has changed since it was translated
    warning[i18n-stale] kurss/en/01-a.md:7: the source of this paragraph has changed since it was translated
    warning[i18n-stale] kurss/en/01-a.md:13: the source of this heading has changed since it was translated
    warning[i18n-stale] kurss/en/01-a.md:34: the source of this footnote has changed since it was translated
    "#);
    insta::assert_snapshot!("a_lesson_translated_in_part", course.page());
    assert_eq!(course.states(PassageState::Stale), 4);
}

#[test]
fn what_the_source_added_is_read_in_its_place() {
    let mut course = Course::locked();
    course.edit(
        "lv",
        "- lūgums",
        "Jauna rindkopa.\n\n| a |\n|---|\n| b |\n\n- lūgums",
    );
    insta::assert_snapshot!(course.said(), @"warning[i18n-stale] kurss/lv/01-a.md:18: these 2 passages are not translated (`en`)");
    let page = course.page();
    let at = |text: &str| {
        page.find(text)
            .unwrap_or_else(|| panic!("{text} is not in {page}"))
    };
    assert!(at("is examined") < at("not translated into English"));
    assert!(at("not translated into English") < at("Jauna rindkopa"));
    assert!(at("<td>b</td>") < at("</div>\n<ul>"));
    assert_eq!(
        page.matches("not translated").count(),
        1,
        "one notice above both"
    );
}

#[test]
fn what_the_source_removed_is_no_longer_read() {
    let mut course = Course::locked();
    course.edit("lv", "- lūgums\n- saruna\n", "");
    insta::assert_snapshot!(course.said(), @"warning[i18n-stale] kurss/en/01-a.md:18: the source of this list is gone");
    let page = course.page();
    assert!(
        !page.contains("<ul>") && !page.contains("lang=\"lv\""),
        "{page}"
    );
}

#[test]
fn translating_anew_and_locking_puts_it_right() {
    let mut course = Course::locked();
    course.edit("lv", "desmit darba dienās", "piecās darba dienās");
    course.lock();
    assert!(
        course.said().contains("i18n-stale"),
        "locking alone translates nothing"
    );
    course.edit("en", "ten working days", "five working days");
    insta::assert_snapshot!(course.said(), @"warning[lock-stale] kurss/course.lock:1: `course.lock` is older than the course");
    assert!(course.page().contains("five working days"));
    course.lock();
    assert_eq!(course.said(), "");
    course.edit("lv", "piecās darba dienās", "trīs darba dienās");
    assert!(course.said().contains("i18n-stale"));
}

#[test]
fn a_question_falls_back_as_one_and_may_then_be_built_otherwise() {
    let mut course = Course::locked();
    course.edit("lv", "- [ ] Darbinieks", "- [ ] Darbinieks\n- [ ] Tiesa");
    let said = course.said();
    assert!(!said.contains("error"), "{said}");
    assert!(
        said.contains("the source of this question has changed"),
        "{said}"
    );
    let page = course.page();
    for text in [
        "Tiesa",
        "Kurš īsteno pielāgojumu?",
        "not translated into English",
    ] {
        assert!(page.contains(text), "{page}");
    }
    assert!(!page.contains("The employee"), "{page}");
    let compilation = course.compile();
    let question = compilation.bundle.courses[0]
        .question(&QuestionId::from("q-kurs"))
        .unwrap();
    assert_eq!(question.texts.keys().collect::<Vec<_>>(), [&Language::Lv]);

    course.edit("en", "The employee", "The worker");
    assert!(
        course.said().contains("error[i18n-structure-mismatch]"),
        "now it is used again"
    );
}

#[test]
fn questions_that_only_one_language_has_break_nothing() {
    let question = "## Vai? {#q-vai .truefalse}\n\n- [x] Jā\n- [ ] Nē\n  > Tomēr jā.\n\n---\n\n";
    let mut course = Course::locked();
    course.edit("lv", "## Kārtība", &format!("{question}## Kārtība"));
    insta::assert_snapshot!(course.said(), @r#"
    warning[lock-stale] kurss/course.lock:1: `course.lock` is older than the course
    warning[i18n-stale] kurss/lv/01-a.md:13: this question is not translated (`en`)
    "#);
    assert!(course.page().contains("Vai?"));

    let mut course = Course::locked();
    course.edit(
        "en",
        "## The procedure",
        &format!("{question}## The procedure"),
    );
    insta::assert_snapshot!(course.said(), @r#"
    warning[lock-stale] kurss/course.lock:1: `course.lock` is older than the course
    warning[i18n-structure-mismatch] kurss/en/01-a.md:13: the source language has no such question at this place
    "#);
    assert!(!course.page().contains("Vai?"));
}

#[test]
fn what_a_translator_added_is_shown() {
    let mut course = Course::locked();
    course.edit(
        "en",
        "- the request",
        "A remark for readers abroad.\n\n- the request",
    );
    insta::assert_snapshot!(course.said(), @r#"
    warning[lock-stale] kurss/course.lock:1: `course.lock` is older than the course
    warning[i18n-structure-mismatch] kurss/en/01-a.md:18: the source language has no such paragraph at this place
    "#);
    assert!(course.page().contains("A remark for readers abroad."));
}

#[test]
fn links_find_headings_in_whatever_language_they_are() {
    let mut course = Course::locked();
    // The paragraph with the link falls back, the heading that it leads to does not.
    course.edit(
        "lv",
        "Skatiet [kārtību](#kārtība).",
        "Lūdzu, skatiet [kārtību](#kārtība).",
    );
    let page = course.page();
    assert!(
        page.contains("<a href=\"#h-the-procedure\">kārtību</a>"),
        "{page}"
    );

    // The heading falls back, the paragraph with the link does not.
    let mut course = Course::locked();
    course.edit("lv", "## Kārtība", "## Jaunā kārtība {#kārtība}");
    let page = course.page();
    assert!(
        page.contains("<h2 id=\"h-the-procedure\">Jaunā kārtība</h2>"),
        "{page}"
    );
    assert!(
        page.contains("<a href=\"#h-the-procedure\">the procedure</a>"),
        "{page}"
    );
}

#[test]
fn without_a_lock_everything_counts_as_translated() {
    let mut course = Course::locked();
    course.0.remove("kurss/course.lock");
    course.edit("lv", "desmit darba dienās", "piecās darba dienās");
    assert_eq!(course.states(PassageState::Translated), 11);
}
