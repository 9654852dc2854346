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
    assert!(at(">b</td>") < at("</div>\n<ul>"));
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
    let said = course.said();
    assert!(
        said.contains("warning[i18n-stale] kurss/en/01-a.md:23: the answers of this question have changed in the source: 2 answers here, 3 in the source language"),
        "{said}"
    );
    assert!(!said.contains("error"), "{said}");
    assert!(course.page().contains("Tiesa"));
}

/// What ticking this text on the English page earns.
fn earned(course: &Course, text: &str) -> f64 {
    let compilation = course.compile();
    let compiled = &compilation.bundle.courses[0];
    let id = QuestionId::from("q-kurs");
    let question = compiled.question(&id).unwrap();
    let (_, texts) = question.text(Language::En).unwrap();
    let (part, _) = texts.parts.iter().find(|(_, says)| *says == text).unwrap();
    let response = question
        .read(&[("a".to_owned(), part.to_string())], Language::En)
        .unwrap();
    compiled
        .key(&id)
        .unwrap()
        .mark(response.as_ref())
        .fraction
        .value()
}

fn correct_the_key(course: &mut Course) {
    course.edit("lv", "- [x] Darba devējs", "- [-] Darba devējs");
    course.edit("lv", "- [ ] Darbinieks", "- [x] Darbinieks");
    course.edit("lv", "- [-] Darba devējs", "- [ ] Darba devējs");
}

#[test]
fn a_key_corrected_in_the_source_counts_and_takes_no_course_away() {
    let mut course = Course::locked();
    assert!(earned(&course, "The employer") > 0.9);
    correct_the_key(&mut course);
    insta::assert_snapshot!(course.said(), @"warning[i18n-stale] kurss/en/01-a.md:25: the answers of this question have changed in the source: this is a ticked choice here, a choice in the source language");
    let page = course.page();
    assert!(
        page.contains("Darbinieks") && page.contains("not translated into English"),
        "{page}"
    );
    assert!(!page.contains("The employee"), "{page}");
    assert!(earned(&course, "Darbinieks") > 0.9);
    assert!(earned(&course, "Darba devējs") < 0.1);

    course.lock();
    assert!(
        course.said().contains("i18n-stale"),
        "locking follows nothing"
    );
    course.edit("en", "- [x] The employer", "- [ ] The employer");
    course.edit("en", "- [ ] The employee\n", "- [x] The employee\n");
    assert_eq!(
        course.said(),
        "warning[lock-stale] kurss/course.lock:1: `course.lock` is older than the course"
    );
    course.lock();
    assert_eq!(course.said(), "");
    assert!(earned(&course, "The employee") > 0.9);
    assert!(earned(&course, "The employer") < 0.1);
}

#[test]
fn points_type_and_settings_are_the_sources() {
    for (from, to) in [
        ("{#q-kurs .single}", "{#q-kurs .single points=2}"),
        ("{#q-kurs .single}", "{#q-kurs .multiple}"),
        ("- [ ] Darbinieks", "- [ ] Darbinieks `+50%`"),
    ] {
        let mut course = Course::locked();
        course.edit("lv", from, to);
        let said = course.said();
        assert!(!said.contains("error"), "{said}");
        let compilation = course.compile();
        assert_eq!(compilation.bundle.courses.len(), 1, "{said}");
        // Points that a translation leaves out are the source's.
        let follows = to.contains("points");
        assert_eq!(said.contains("i18n-stale"), !follows, "{said}");
        assert_eq!(course.page().contains("The employee"), follows, "{from}");
    }

    let mut course = Course::locked();
    for language in ["lv", "en"] {
        course.edit(language, "{#q-kurs .single}", "{#q-kurs .single points=2}");
    }
    course.lock();
    course.edit("lv", "points=2", "points=3");
    let said = course.said();
    assert!(
        said.starts_with("warning[i18n-stale]") && said.contains("the attributes differ"),
        "{said}"
    );
    course.edit("en", "points=2", "points=3");
    assert!(!course.said().contains("i18n-stale"), "{}", course.said());
}

#[test]
fn a_mistake_of_the_translator_is_an_error() {
    let mut course = Course::locked();
    course.edit("en", "- [x] The employer", "- [ ] The employer");
    course.edit("en", "- [ ] The employee", "- [x] The employee");
    let said = course.said();
    assert!(said.contains("error[i18n-structure-mismatch]"), "{said}");
}

#[test]
fn without_a_lock_nobody_is_blamed_and_the_source_counts() {
    let mut course = Course::locked();
    course.0.remove("kurss/course.lock");
    correct_the_key(&mut course);
    let said = course.said();
    assert!(
        said.contains("warning[i18n-structure-mismatch]") && !said.contains("error"),
        "{said}"
    );
    assert!(course.page().contains("Darbinieks"));
    assert!(earned(&course, "Darbinieks") > 0.9);
}

#[test]
fn answers_put_in_another_order_are_not_read_by_their_places() {
    let mut course = Course::locked();
    let order = "### Kādā secībā? {#q-sec .order}\n\n1. Lūgums\n2. Saruna\n3. Lēmums\n\n---\n\n";
    let english =
        "### In what order? {#q-sec .order}\n\n1. Request\n2. Talk\n3. Decision\n\n---\n\n";
    course.edit("lv", "Noslēgums.", &format!("{order}Noslēgums."));
    course.edit("en", "The end.", &format!("{english}The end."));
    course.lock();
    assert_eq!(course.said(), "");
    course.edit("lv", "2. Saruna\n3. Lēmums", "2. Lēmums\n3. Saruna");
    course.edit("en", "In what order?", "Which order?");
    let said = course.said();
    assert!(
        said.contains(
            "the answers of this question have changed in the source since it was translated"
        ),
        "{said}"
    );
    assert!(!course.page().contains("Talk"), "{}", course.page());
    course.edit("en", "2. Talk\n3. Decision", "2. Decision\n3. Talk");
    assert!(!course.said().contains("i18n-stale"), "{}", course.said());
}

#[test]
fn a_lesson_renamed_removed_or_given_another_id_takes_no_course_away() {
    let mut course = Course::locked();
    let text = course.0.remove("kurss/lv/01-a.md").unwrap();
    course.0.insert("kurss/lv/02-b.md", text);
    let said = course.said();
    assert!(
        said.contains("this translation is not used") && !said.contains("error"),
        "{said}"
    );
    let compilation = course.compile();
    let help = compilation
        .diagnostics
        .iter()
        .filter_map(|found| found.help.as_deref());
    assert!(help.into_iter().any(|help| help.contains("`lv/02-b.md`")));
    assert_eq!(compilation.bundle.courses[0].lessons.len(), 1);

    let mut course = Course::locked();
    course.edit("lv", "id = \"l-a\"", "id = \"l-b\"");
    course.edit(
        "lv",
        "title = \"Pielāgojums\"",
        "title = \"Pavisam cita nodarbība\"",
    );
    let said = course.said();
    assert!(
        said.contains("this translation is not used") && !said.contains("error"),
        "{said}"
    );
}

#[test]
fn what_is_wrong_in_a_translation_that_nobody_reads_is_a_warning() {
    let mut course = Course::locked();
    course.edit("lv", "desmit darba dienās", "piecās darba dienās");
    course.edit(
        "en",
        "The request is examined within ten working days.",
        "See [that](#nowhere).",
    );
    assert!(
        course.said().contains("error[anchor-broken]"),
        "{}",
        course.said()
    );
    let mut course = Course::locked();
    let other = "+++\nid = \"l-b\"\ntitle = \"B\"\nminutes = 5\n+++\n\nTeksts.\n";
    for file in ["kurss/lv/02-b.md", "kurss/en/02-b.md"] {
        course.0.insert(file, other.to_owned());
    }
    course.edit("lv", "Noslēgums.", "Noslēgums ir [tur](02-b.md).");
    course.edit("en", "The end.", "The end is [there](02-b.md).");
    course.lock();
    assert_eq!(course.said(), "");
    for file in ["kurss/lv/02-b.md", "kurss/en/02-b.md"] {
        course.0.remove(file);
    }
    course.edit("lv", "Noslēgums ir [tur](02-b.md).", "Noslēgums.");
    let said = course.said();
    assert!(
        said.contains("warning[link-broken]") && !said.contains("error"),
        "{said}"
    );
}

#[test]
fn rules_of_a_test_that_a_translation_states_otherwise_are_told() {
    let test = "+++\nid = \"t-a\"\ntitle = \"A\"\nkind = \"test\"\npass = 0.8\nattempts = 3\n+++\n\n## Vai? {#q-vai .truefalse}\n\n- [x] Jā\n- [ ] Nē\n  > Tomēr jā.\n";
    let mut course = Course::locked();
    course.0.insert("kurss/lv/90-t.md", test.to_owned());
    course.0.insert(
        "kurss/en/90-t.md",
        test.replace("0.8", "0.7").replace("attempts = 3\n", ""),
    );
    course.lock();
    insta::assert_snapshot!(course.said(), @"warning[i18n-structure-mismatch] kurss/en/90-t.md:5: `pass` is 0.8 in the source language, and that holds");
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
