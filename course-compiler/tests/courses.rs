//! Whole courses: trees of files in, bundle or diagnostics out.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![expect(clippy::float_cmp, reason = "these marks and points are exact")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use course_compiler::compile::{self, Compilation, Options};
use course_compiler::diagnostic::terminal::{self, Style};
use course_compiler::diagnostic::{Diagnostic, Severity};
use course_compiler::edit;
use course_compiler::format;
use course_compiler::load::{self, Tree};
use course_compiler::model::{LessonKind, ReviewKind, Status};
use course_compiler::search::Query;
use course_compiler::{Language, LessonId, QuestionId, Segment, bundle};
use proptest::prelude::*;

mod unkind;

fn fixtures(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/courses")
        .join(name)
}

fn compile(courses: &Path) -> Compilation {
    compile::compile(courses, &Options::default(), &()).unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// All files below a folder with their bytes.
fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    fn collect(dir: &Path, root: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, root, files);
            } else {
                let name = path
                    .strip_prefix(root)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    collect(dir, dir, &mut found);
    found
}

fn replace(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from} is not in {}", path.display());
    fs::write(path, text.replace(from, to)).unwrap();
}

fn said(compilation: &Compilation) -> String {
    compilation
        .diagnostics
        .iter()
        .map(|found| terminal::render(found, &compilation.sources, Style::Plain))
        .collect::<Vec<_>>()
        .join("\n\n")
}

#[test]
fn a_lesson_with_all_it_can_have() {
    let compilation = compile(&fixtures("valid"));
    assert!(!compilation.has_errors(), "{}", said(&compilation));
    let course = compilation.bundle.course_by_slug("saturs").unwrap();
    let lesson = course.lesson(&LessonId::from("l-teksts")).unwrap();
    let mut shown = String::new();
    for (language, text) in &lesson.texts {
        writeln!(
            shown,
            "# {language}: {} ({} words)\n",
            text.title, text.words
        )
        .unwrap();
        for segment in &text.segments {
            match segment {
                Segment::Html(html) => shown.push_str(html),
                Segment::Question(id) => writeln!(shown, "(here is {id})").unwrap(),
            }
        }
        writeln!(shown, "\n{:#?}\n{:#?}\n", text.headings, text.sources).unwrap();
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn a_question_names_its_sources_and_notes_in_place() {
    let compilation = compile(&fixtures("valid"));
    let course = compilation.bundle.course_by_slug("saturs").unwrap();
    let question = course.question(&QuestionId::from("q-kurs")).unwrap();
    let (_, text) = question.text(Language::Lv).unwrap();
    assert!(
        text.prompt_html.contains("91. pants</a>)</cite>")
            && text
                .prompt_html
                .contains("(Piezīme ar <em>uzsvaru</em>.)</span>"),
        "{}",
        text.prompt_html
    );
}

#[test]
fn a_course_with_its_test_and_reviews() {
    let compilation = compile(&fixtures("valid"));
    let course = compilation.bundle.course_by_slug("saturs").unwrap();
    assert_eq!(course.languages, [Language::Lv, Language::En]);
    assert_eq!(course.status, Status::Draft);
    assert_eq!(course.missing_reviews, ReviewKind::ALL);
    assert!(!course.reviews[0].current, "the review is of other content");
    let test = course.final_test().unwrap();
    assert_eq!(test.slug, "parbaude");
    assert_eq!(test.minutes, 20);
    let LessonKind::Test(rules) = &test.kind else {
        panic!("a test")
    };
    assert_eq!(
        (rules.draw, rules.pass, rules.attempts),
        (Some(1), 0.7, Some(3))
    );
    assert_eq!(
        test.questions,
        [QuestionId::from("q-taisnigs"), QuestionId::from("q-dienas")]
    );
    let required: Vec<&str> = course
        .required_lessons()
        .map(|lesson| lesson.id.as_str())
        .collect();
    assert_eq!(required, ["l-teksts"]);
    let key = course.key(&QuestionId::from("q-dienas")).unwrap();
    assert_eq!(key.mark(Some(&key.right_answer())).fraction.value(), 1.0);
}

#[test]
fn a_course_whose_reviews_are_of_this_content_can_be_published() {
    let dir = tempfile::tempdir().unwrap();
    copy(&fixtures("valid"), dir.path());
    fs::write(
        dir.path().join("programme.toml"),
        "[publishing]\nrequired_reviews = [\"legal\"]\n",
    )
    .unwrap();
    let hash = |dir: &Path| {
        compile(dir)
            .bundle
            .course_by_slug("saturs")
            .unwrap()
            .content_hash
            .clone()
    };
    let content = hash(dir.path());
    replace(
        &dir.path().join("saturs/course.toml"),
        "000000000000",
        &content,
    );
    assert_eq!(
        hash(dir.path()),
        content,
        "a review does not change what it reviews"
    );
    let compilation = compile(dir.path());
    let course = compilation.bundle.course_by_slug("saturs").unwrap();
    assert_eq!(
        (course.status, course.missing_reviews.as_slice()),
        (Status::Publishable, [].as_slice())
    );

    replace(
        &dir.path().join("saturs/lv/01-teksts.md"),
        "Visi cilvēki",
        "Visas personas",
    );
    let compilation = compile(dir.path());
    let course = compilation.bundle.course_by_slug("saturs").unwrap();
    assert_eq!(
        course.status,
        Status::Draft,
        "what is published was reviewed"
    );
}

#[test]
fn broken_courses_are_left_out_and_the_others_go_on() {
    let compilation = compile(&fixtures("invalid"));
    let slugs: Vec<&str> = compilation
        .bundle
        .courses
        .iter()
        .map(|course| course.slug.as_str())
        .collect();
    assert_eq!(slugs, ["dubults"], "the first of two courses with one id");
    insta::assert_snapshot!(said(&compilation));
}

#[test]
fn files_that_are_no_text_are_told() {
    let dir = tempfile::tempdir().unwrap();
    copy(&fixtures("valid"), dir.path());
    fs::write(
        dir.path().join("saturs/lv/02-binars.md"),
        [0xff, 0xfe, 0, 1, b'#', b'\r'],
    )
    .unwrap();
    let compilation = compile(dir.path());
    assert!(compilation.bundle.course_by_slug("saturs").is_none());
    assert!(compilation.bundle.course_by_slug("visi-veidi").is_some());
    assert!(
        compilation
            .diagnostics
            .iter()
            .any(|found| found.code == "file-unreadable")
    );
}

#[test]
fn line_ends_and_byte_order_marks_make_no_difference() {
    let dir = tempfile::tempdir().unwrap();
    copy(&fixtures("valid"), dir.path());
    let path = dir.path().join("saturs/lv/01-teksts.md");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("\u{feff}{}", text.replace('\n', "\r\n"))).unwrap();
    let changed = compile(dir.path()).bundle;
    let original = compile(&fixtures("valid")).bundle;
    assert_eq!(changed.content_hash, original.content_hash);
}

#[test]
fn the_same_courses_give_the_same_bytes_on_one_thread_and_on_many() {
    let dir = tempfile::tempdir().unwrap();
    let mut written = Vec::new();
    for threads in [1, 4] {
        let mut options = Options::default();
        options.threads = Some(threads);
        let compilation = compile::compile(&fixtures("valid"), &options, &()).unwrap();
        let out = dir.path().join(threads.to_string());
        bundle::write(&compilation.bundle, &out).unwrap();
        written.push(files(&out));
    }
    assert_eq!(written[0], written[1]);
}

#[test]
fn a_handbook_is_searched_by_its_sections() {
    let dir = tempfile::tempdir().unwrap();
    bundle::write(&compile(&fixtures("handbook")).bundle, dir.path()).unwrap();
    let bundle = bundle::read(dir.path()).unwrap();
    let handbook = bundle.course_by_slug("rokasgramata").unwrap();
    assert_eq!(handbook.sectors[0].id, "budget");
    assert_eq!(handbook.lessons[0].sector.as_deref(), Some("budget"));
    let query = Query::new("aprekinat meitenem", Language::Lv);
    let hits = handbook.search[&Language::Lv].search(&query).hits;
    let found: Vec<_> = hits
        .iter()
        .map(|hit| {
            let lesson = hit.section.lesson.as_ref().unwrap();
            (lesson.as_str(), hit.section.anchor.as_deref())
        })
        .collect();
    assert_eq!(found, [("l-grants", Some("h-kā-aprēķināt"))]);
    let text = &hits[0].section.text;
    assert_eq!(text, "Grupa Summa Meitenes 18 000 Aprēķins beidzas šeit.");
}

/// What is said of a handbook with these tasks.
fn said_of_tasks(kind: &str, tasks: &str) -> Vec<String> {
    let meta = format!(
        "id = \"a\"\nkind = \"{kind}\"\nground = \"none\"\naudience = \"everyone\"\nhours = 1\n\
         source_language = \"lv\"\n[title]\nlv = \"A\"\n[summary]\nlv = \"A.\"\n{tasks}"
    );
    let chapter =
        |id: &str| format!("+++\nid = \"{id}\"\ntitle = \"{id}\"\nminutes = 1\n+++\n\nTeksts.\n");
    let test = "+++\nid = \"t-c\"\nkind = \"test\"\ntitle = \"C\"\npass = 0.5\n+++\n\n## C? {#q-c .truefalse}\n\n- [x] Jā\n- [ ] Nē\n";
    let (first, second) = (chapter("l-first"), chapter("l-second"));
    let files = [
        ("a/course.toml", meta.as_str()),
        ("a/lv/01-first.md", &first),
        ("a/lv/02-second.md", &second),
        ("a/lv/03-test.md", test),
    ];
    let compilation =
        compile::compile_tree(&Tree::from_texts(files), &Options::default(), &()).unwrap();
    let errors = compilation
        .diagnostics
        .iter()
        .filter(|found| found.severity == Severity::Error);
    errors
        .map(|found| format!("{}: {}", found.code, found.message))
        .collect()
}

#[test]
fn tasks_name_chapters_of_their_handbook() {
    let task = |id: &str, chapters: &str| {
        format!("[[task]]\nid = \"{id}\"\nlv = \"Rakstu\"\nchapters = {chapters}\n")
    };
    let good = task("one", "[\"l-second\", \"l-first\"]") + &task("two", "[\"l-first\"]");
    assert_eq!(said_of_tasks("handbook", &good), [""; 0]);
    for (tasks, said) in [
        (
            task("one", "[\"l-frist\"]"),
            "meta-bad-value: the handbook has no chapter `l-frist`",
        ),
        (
            task("one", "[\"t-c\"]"),
            "meta-bad-value: the handbook has no chapter `t-c`",
        ),
        (
            task("one", "[]"),
            "meta-bad-value: the task names no chapter",
        ),
        (
            task("one", "[\"l-first\", \"l-first\"]"),
            "meta-bad-value: the task names `l-first` twice",
        ),
        (
            task("one", "\"l-first\""),
            "meta-bad-value: `chapters` cannot have this value",
        ),
        (
            good.replace("two", "one"),
            "id-duplicate: the id `one` is taken",
        ),
        (
            "[[task]]\nid = \"one\"\nlv = \"Rakstu\"\n".to_owned(),
            "meta-missing: `chapters` is missing",
        ),
        (
            "[[task]]\nid = \"one\"\nchapters = [\"l-first\"]\n".to_owned(),
            "meta-missing: `lv` is missing",
        ),
    ] {
        assert_eq!(said_of_tasks("handbook", &tasks), [said], "{tasks}");
    }
    assert_eq!(
        said_of_tasks("course", &task("one", "[\"l-first\"]")),
        ["meta-bad-value: a course has no tasks"]
    );
}

#[test]
fn a_course_is_found_as_a_whole_and_by_its_lessons_but_not_by_questions_or_tests() {
    let bundle = compile(&fixtures("valid")).bundle;
    for course in &bundle.courses {
        for (language, index) in &course.search {
            let (whole, sections) = index.sections().split_first().unwrap();
            assert_eq!(whole.lesson, None);
            assert_eq!(
                whole.heading,
                course.title.get(*language, course.source_language)
            );
            let tests: Vec<_> = course
                .lessons
                .iter()
                .filter(|lesson| lesson.test_rules().is_some())
                .collect();
            for section in sections {
                let lesson = section.lesson.as_ref().unwrap();
                assert!(tests.iter().all(|test| test.id != *lesson), "{lesson}");
            }
            let texts: Vec<_> = sections
                .iter()
                .map(|section| format!("{} {}", section.heading, section.text))
                .collect();
            let text = texts.join("\n");
            for (id, question) in &course.questions {
                let title = question.texts.get(language).map(|text| text.title.as_str());
                assert!(
                    title.is_none_or(|title| !text.contains(title)),
                    "{id}: {title:?}"
                );
            }
        }
        assert!(!course.search.is_empty(), "{}", course.slug);
    }
}

#[test]
fn a_bundle_reads_as_it_was_written() {
    let dir = tempfile::tempdir().unwrap();
    let written = compile(&fixtures("valid")).bundle;
    bundle::write(&written, dir.path()).unwrap();
    assert_eq!(bundle::read(dir.path()).unwrap(), written);
}

#[test]
fn answer_keys_are_in_files_of_their_own() {
    let dir = tempfile::tempdir().unwrap();
    bundle::write(&compile(&fixtures("valid")).bundle, dir.path()).unwrap();
    for (name, bytes) in files(dir.path()) {
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(
            text.contains("Pareizi"),
            name.ends_with("keys.json"),
            "{name}"
        );
    }
}

#[test]
fn an_unchanged_folder_is_only_read() {
    let dir = tempfile::tempdir().unwrap();
    let (courses, out) = (dir.path().join("courses"), dir.path().join("bundle"));
    copy(&fixtures("invalid"), &courses);
    let first = compile::cached(&courses, &out, &Options::default(), &()).unwrap();
    assert!(!first.locks.is_empty());
    let second = compile::cached(&courses, &out, &Options::default(), &()).unwrap();
    assert!(second.locks.is_empty(), "it was compiled again");
    assert_eq!(first.bundle, second.bundle);
    assert_eq!(said(&first), said(&second));
    assert_eq!(
        compile::source_hash(&courses).unwrap(),
        first.bundle.source_hash
    );

    fs::write(
        courses.join("labs/lv/02-vel.md"),
        "+++\nid = \"l-vel\"\ntitle = \"V\"\nminutes = 1\n+++\nA\n",
    )
    .unwrap();
    let third = compile::cached(&courses, &out, &Options::default(), &()).unwrap();
    assert!(!third.locks.is_empty());
}

#[test]
fn questions_asked_before_are_kept() {
    let dir = tempfile::tempdir().unwrap();
    let (courses, out) = (dir.path().join("courses"), dir.path().join("bundle"));
    copy(&fixtures("valid"), &courses);
    let asked = |compilation: &Compilation| {
        let course = compilation.bundle.course_by_slug("saturs").unwrap();
        course
            .question(&QuestionId::from("q-kurs"))
            .unwrap()
            .revision
            .clone()
    };
    let build = || compile::cached(&courses, &out, &Options::default(), &()).unwrap();
    let before = build();
    let revision = asked(&before);
    replace(
        &courses.join("saturs/lv/01-teksts.md"),
        "points=1",
        "points=3",
    );
    replace(
        &courses.join("saturs/en/01-teksts.md"),
        "points=1",
        "points=3",
    );
    let after = build();
    assert_ne!(asked(&after), revision, "other points are another revision");
    let old = after.bundle.revision(&revision).unwrap();
    assert_eq!(old.question.points, 1.0);
    assert_eq!(
        old.key.mark(Some(&old.key.right_answer())).fraction.value(),
        1.0
    );
    assert!(bundle::read(&out).unwrap().revision(&revision).is_some());
    assert!(build().bundle.revision(&revision).is_some());
}

#[test]
fn a_lock_keeps_answers_attached_through_a_typo() {
    let dir = tempfile::tempdir().unwrap();
    copy(&fixtures("valid"), dir.path());
    let first = compile(dir.path());
    assert!(
        first
            .diagnostics
            .iter()
            .all(|found| found.code == "lock-stale" || found.code == "review-missing")
    );
    for (folder, text) in &first.locks {
        edit::write(
            &dir.path().join(folder).join("course.lock"),
            text.as_bytes(),
        )
        .unwrap();
    }
    let locked = compile(dir.path());
    let review_alone = |found: &Diagnostic| found.code == "review-missing";
    assert!(
        locked.diagnostics.iter().all(review_alone),
        "{}",
        said(&locked)
    );
    assert_eq!(
        locked.locks, first.locks,
        "a lock that knows the course stays as it is"
    );

    let question = |compilation: &Compilation| {
        let course = compilation.bundle.course_by_slug("saturs").unwrap();
        course
            .question(&QuestionId::from("q-kurs"))
            .unwrap()
            .clone()
    };
    replace(
        &dir.path().join("saturs/lv/01-teksts.md"),
        "- [ ] Darbinieks\n",
        "- [ ] Darbineiks\n",
    );
    let edited = compile(dir.path());
    assert_eq!(question(&edited).revision, question(&locked).revision);
    assert_eq!(edited.diagnostics[0].code, "lock-stale");

    fs::remove_file(dir.path().join("saturs/course.lock")).unwrap();
    let unlocked = compile(dir.path());
    assert_ne!(question(&unlocked).revision, question(&locked).revision);
}

#[test]
fn removed_ids_are_retired() {
    let dir = tempfile::tempdir().unwrap();
    copy(&fixtures("valid"), dir.path());
    let path = dir.path().join("saturs/course.lock");
    edit::write(&path, compile(dir.path()).locks["saturs"].as_bytes()).unwrap();
    replace(
        &dir.path().join("saturs/lv/90-parbaude.md"),
        "## Cik dienu ir termiņš? {#q-dienas",
        "## Kāds ir termiņš? {#q-termins",
    );
    edit::write(&path, compile(dir.path()).locks["saturs"].as_bytes()).unwrap();
    assert!(
        fs::read_to_string(&path)
            .unwrap()
            .contains("retired = [\"q-dienas\"]")
    );
    replace(
        &dir.path().join("saturs/lv/90-parbaude.md"),
        "#q-termins",
        "#q-dienas",
    );
    let codes: Vec<String> = compile(dir.path())
        .diagnostics
        .iter()
        .map(|found| found.code.to_string())
        .collect();
    assert!(codes.contains(&"id-retired-reused".to_owned()), "{codes:?}");
}

#[test]
fn an_interrupted_write_leaves_the_old_bundle() {
    let dir = tempfile::tempdir().unwrap();
    let old = compile(&fixtures("valid")).bundle;
    bundle::write(&old, dir.path()).unwrap();
    // What a program leaves behind that was stopped while it wrote.
    fs::create_dir_all(dir.path().join("courses/.saturs-0123456789abcdef/lessons")).unwrap();
    fs::write(dir.path().join("manifest.new"), "{").unwrap();
    assert_eq!(bundle::read(dir.path()).unwrap(), old);
    bundle::write(&old, dir.path()).unwrap();
    assert_eq!(bundle::read(dir.path()).unwrap(), old);
}

/// Text that looks enough like a course to get past the first line.
fn any_text() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        "(?s).{0,40}",
        "[#>*_`~|\\[\\](){}!:+x=\" \\n-]{0,20}",
        proptest::sample::select(vec![
            "+++\nid = \"l-a\"\ntitle = \"A\"\nminutes = 1\n+++\n".to_owned(),
            "\n\n## K? {#q-a .single}\n\n- [x] a `+50%`\n  > b\n- [ ] c\n\n".to_owned(),
            "\n\n## K? {#q-b .match}\n\n| a | b |\n|---|---|\n| c | d |\n| e | f |\n\n".to_owned(),
            "\n\n## K? {#q-c .order marking=exact}\n\n1. a\n2. b\n3. c\n\n".to_owned(),
            "\n\n## K? {#q-d .numeric points=0.5}\n\n- [x] [1, 2] %\n- [ ] 1 +- 2\n\n".to_owned(),
            "\n\n## K? {#q-e .case}\n\n### a {#s-a}\n\n- [b](#s-b)\n- [a](#s-a)\n\n### b {#s-b .outcome mark=\"100%\"}\n\n".to_owned(),
            "[^a] ![](a.png){.decorative} [x](#h) <b> [[a|(b)|c]]".to_owned(),
            "[[source]]\nid = \"a\"\n[title]\nlv = \"A\"\n".to_owned(),
            "\r\u{feff}\u{0}\u{202e}\t".to_owned(),
        ]),
    ];
    proptest::collection::vec(pieces, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_makes_the_compiler_panic(lesson in any_text(), translation in any_text(), meta in any_text(), lock in any_text()) {
        let good = fs::read_to_string(fixtures("valid/saturs/course.toml")).unwrap();
        for meta in [&meta, &good] {
            let tree = Tree::from_texts([
                ("a/course.toml", meta.as_str()),
                ("a/course.lock", lock.as_str()),
                ("a/lv/01-a.md", lesson.as_str()),
                ("a/en/01-a.md", translation.as_str()),
                ("programme.toml", meta.as_str()),
            ]);
            let compilation = compile::compile_tree(&tree, &Options::default(), &()).unwrap();
            for found in &compilation.diagnostics {
                prop_assert!(!terminal::render(found, &compilation.sources, Style::Plain).is_empty());
            }
        }
    }

    #[test]
    fn no_lesson_brings_html_of_its_own(text in any_text()) {
        let good = fs::read_to_string(fixtures("invalid/labs/course.toml")).unwrap();
        let lesson = format!("+++\nid = \"l-a\"\ntitle = \"A\"\nminutes = 1\n+++\n{text}<script>x</script> [a](javascript:x)");
        let tree = Tree::from_texts([("a/course.toml", good.as_str()), ("a/lv/01-a.md", lesson.as_str())]);
        let compilation = compile::compile_tree(&tree, &Options::default(), &()).unwrap();
        for course in &compilation.bundle.courses {
            for segment in course.lessons.iter().flat_map(|lesson| lesson.texts.values()).flat_map(|text| &text.segments) {
                if let Segment::Html(html) = segment {
                    prop_assert!(!html.contains("<script") && !html.contains("href=\"javascript"), "{}", html);
                }
            }
        }
    }
}

#[test]
fn footnotes_that_refer_to_each_other_come_to_an_end() {
    let question = "## K[^a]? {#q-a .truefalse}\n\n- [x] a\n- [ ] b\n\n---\n\n";
    for notes in ["[^a]: n[^a]\n", "[^a]: n[^b]\n\n[^b]: m[^a]\n"] {
        let compilation = plain_course("", &format!("Teksts.[^a]\n\n{question}{notes}"));
        assert!(!compilation.has_errors(), "{}", said(&compilation));
    }
}

/// How many bytes the compiler allocates for a lesson in all, on one thread.
fn allocated_for(body: &str) -> u64 {
    let labs = fs::read_to_string(fixtures("invalid/labs/course.toml")).unwrap();
    let lesson = unkind::lesson(body);
    let tree = Tree::from_texts([
        ("a/course.toml", labs.as_str()),
        ("a/lv/01-a.md", lesson.as_str()),
    ]);
    let one_thread = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    let compile = || {
        compile::compile_tree(&tree, &Options::default(), &()).unwrap();
    };
    // What is made once for the process is not counted.
    one_thread.install(compile);
    one_thread.install(|| allocation_counter::measure(compile).bytes_total)
}

/// Bytes are counted, because time depends on what else the machine does; the benchmark `unkind` measures time.
#[test]
fn long_and_deep_lessons_take_memory_in_proportion() {
    for (name, size, lesson) in unkind::LESSONS {
        let (short, long) = (lesson(size), lesson(size * unkind::LONGER));
        let (short, long) = (allocated_for(&short), allocated_for(&long));
        assert!(
            long <= short * unkind::LONGER as u64 * 3 / 2,
            "{name}: {short} bytes; for {} times as much: {long}",
            unkind::LONGER
        );
    }
}

#[test]
fn a_missing_folder_is_an_error_and_a_damaged_bundle_too() {
    let dir = tempfile::tempdir().unwrap();
    assert!(compile::compile(&dir.path().join("nav"), &Options::default(), &()).is_err());
    assert!(bundle::read(dir.path()).is_err());
    fs::write(dir.path().join("manifest.json"), "{\"format\": 99}").unwrap();
    let error = bundle::read(dir.path()).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "the bundle has format 99, this program reads {}",
            bundle::FORMAT
        )
    );
}

/// The plain course of these tests, with lines added to `course.toml` and a lesson's text.
fn plain_course(meta: &str, lesson: &str) -> Compilation {
    let course = format!(
        "id = \"k\"\nkind = \"course\"\nground = \"none\"\naudience = \"everyone\"\nhours = 1\nsource_language = \"lv\"\ntitle = {{ lv = \"K\" }}\nsummary = {{ lv = \"K.\" }}\n{meta}"
    );
    let lesson = format!("+++\nid = \"l-a\"\ntitle = \"A\"\nminutes = 1\n+++\n\n{lesson}");
    let tree = Tree::from_texts([
        ("k/course.toml", course.as_str()),
        ("k/lv/01-a.md", lesson.as_str()),
    ]);
    compile::compile_tree(&tree, &Options::default(), &()).unwrap()
}

/// Code, severity and line of what was found, but that the plain course has no lock.
fn found(compilation: &Compilation) -> Vec<String> {
    compilation
        .diagnostics
        .iter()
        .filter(|found| found.code != "lock-stale")
        .map(|found| {
            let severity = found.severity.as_str();
            format!("{severity}[{}]:{}", found.code, found.location.start.line)
        })
        .collect()
}

#[test]
fn a_course_decides_how_bad_warnings_are() {
    let skip = "#### B\n";
    let of = |meta: &str| plain_course(meta, skip);
    assert_eq!(found(&of("")), ["warning[heading-skip]:7"]);
    assert_eq!(
        found(&of("[lint]\nheading-skip = \"off\"\n")),
        [""; 0],
        "{}",
        said(&of("[lint]\nheading-skip = \"off\"\n"))
    );
    let strict = of("[lint]\nheading-skip = \"error\"\n");
    assert_eq!(found(&strict), ["error[heading-skip]:7"]);
    assert!(strict.bundle.courses.is_empty());
    let late = of("[lint]\nheading-skip = \"off\"\nlock-stale = \"error\"\n");
    assert!(
        late.bundle.courses.is_empty(),
        "also what shows only at the end"
    );
    assert!(late.has_errors());
}

#[test]
fn errors_stay_errors_and_unknown_rules_are_told() {
    let lowered = plain_course("[lint]\nhtml-unsafe = \"off\"\n", "<b>x</b>\n");
    assert_eq!(
        found(&lowered),
        [
            "error[meta-bad-value]:10",
            "error[html-unsafe]:7",
            "error[html-unsafe]:7"
        ]
    );
    let unknown = plain_course("[lint]\nheading-skp = \"off\"\nid-missing = \"warn\"\n", "");
    assert_eq!(
        found(&unknown),
        ["warning[meta-unknown-key]:10", "error[meta-bad-value]:11"]
    );
}

#[test]
fn whether_questions_have_to_be_answered_is_one_of_two_words() {
    let required = |meta: &str| {
        let compilation = plain_course(meta, "");
        let course = &compilation.bundle.courses[0];
        course.requires_answers(&course.lessons[0])
    };
    assert!(!required(""));
    assert!(!required("[completion]\nquestions = \"optional\"\n"));
    assert!(required("[completion]\nquestions = \"answered\"\n"));
    for wrong in ["\"all\"", "true", "1"] {
        let meta = format!("[completion]\nquestions = {wrong}\n");
        let compilation = plain_course(&meta, "");
        assert_eq!(found(&compilation), ["error[meta-bad-value]:10"], "{wrong}");
        let said = said(&compilation);
        assert!(said.contains("\"optional\" or \"answered\""), "{said}");
    }
    let other = plain_course("[completion]\nquestion = \"answered\"\n", "");
    assert_eq!(found(&other), ["warning[meta-unknown-key]:10"]);
}

#[test]
fn a_place_can_be_allowed_with_a_reason() {
    let allowed = [
        "[//]: # (allow heading-skip: tā vajag)\n\n#### B\n",
        "[//]: # (allow heading-skip: tā vajag)\n#### B\n",
        "[//]: # \"allow heading-skip: tā (patiešām) vajag\"\n#### B\n",
        "## Kas? {#q-a .truefalse}\n\n- [x] a\n- [ ] b\n\n[//]: # (allow heading-skip: tā vajag)\n\n##### B\n",
        "[//]: # (allow heading-skip: pirmais)\n[//]: # (allow html-unsafe: nevar)\n\n#### B\n",
    ];
    for text in allowed {
        let compilation = plain_course("", text);
        let found = found(&compilation).join(" ");
        assert!(!found.contains("heading-skip"), "{text}\n{found}");
        assert!(!found.contains("allow-unused"), "{text}\n{found}");
    }
    // Two comments, then the text: none of them is shown.
    let compilation = plain_course(
        "",
        "[//]: # (piezīme sev)\n[//]: # (allow heading-skip: tā vajag)\n\n#### B\n",
    );
    let lesson = &compilation.bundle.courses[0].lessons[0];
    let html = format!("{:?}", lesson.texts);
    assert!(!html.contains("allow") && !html.contains("sev"), "{html}");
}

#[test]
fn an_allowance_is_for_the_next_block_alone() {
    assert_eq!(
        found(&plain_course(
            "",
            "[//]: # (allow heading-skip: tā vajag)\n\nTeksts.\n\n#### B\n"
        )),
        ["warning[allow-unused]:7", "warning[heading-skip]:11"]
    );
    assert_eq!(
        found(&plain_course(
            "",
            "```text\n[//]: # (allow heading-skip: piemērs)\n```\n"
        )),
        [""; 0],
        "an example is none"
    );
    assert_eq!(
        found(&plain_course(
            "# allow meta-unknown-key: vēl nav\nkrasa = \"zila\"\n# allow all of this\n",
            "Teksts.\n"
        )),
        [""; 0]
    );
}

/// A bundle but for the hash of the files it was made of.
fn content(compilation: &Compilation) -> bundle::Bundle {
    bundle::Bundle {
        source_hash: String::new(),
        ..compilation.bundle.clone()
    }
}

#[test]
fn shipped_courses_are_tidy() {
    let tree = load::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../courses")).unwrap();
    let changes: Vec<String> = format::tidy(&tree)
        .into_iter()
        .map(|change| change.file)
        .collect();
    assert_eq!(changes, Vec::<String>::new());
    assert_eq!(format::assign_ids(&tree), format::Assigned::default());
}

/// The tree with some line ends changed: spaces before them, carriage returns. No tabs: behind the second row of a table they make it no table.
fn untidy(tree: &Tree, seeds: &[u8]) -> Tree {
    let mut seeds = seeds.iter().cycle();
    let mut untidy = tree.clone();
    for folder in untidy.folders.values_mut() {
        for (path, bytes) in &mut Arc::make_mut(folder).files {
            if !path.starts_with("assets/") && path != "course.lock" {
                let text = String::from_utf8(bytes.to_vec()).unwrap();
                let mut changed = String::new();
                for line in text.split_inclusive('\n') {
                    changed += line.trim_end_matches('\n');
                    changed += match seeds.next().unwrap() % 8 {
                        0 | 1 => " ",
                        2 => "  ",
                        3 => "   ",
                        4 => "\r",
                        _ => "",
                    };
                    changed += "\n";
                }
                *bytes = changed.into_bytes().into();
            }
        }
    }
    untidy
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]
    #[test]
    fn tidying_changes_nothing_in_the_bundle(seeds in prop::collection::vec(any::<u8>(), 1..200)) {
        let mut tree = load::read(&fixtures("valid")).unwrap();
        let shipped = load::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../courses")).unwrap();
        // A few of the shipped ones: every course is compiled four times in each case.
        let some = ["age", "disability", "foundations", "gender", "glossary", "snippets"];
        let shipped = shipped.folders.into_iter().filter(|(name, _)| some.contains(&name.as_str()));
        tree.folders.extend(shipped);
        let mut tree = untidy(&tree, &seeds);
        let options = Options::default();
        let before = compile::compile_tree(&tree, &options, &()).unwrap();
        prop_assert!(before.bundle.courses.len() >= 4, "{}", said(&before));
        for change in format::tidy(&tree) {
            let (folder, path) = change.file.split_once('/').unwrap();
            let folder = tree.folders.get_mut(folder).unwrap();
            Arc::make_mut(folder)
                .files
                .insert(path.to_owned(), change.bytes.into());
        }
        let after = compile::compile_tree(&tree, &options, &()).unwrap();
        prop_assert_eq!(content(&before), content(&after));
        prop_assert_eq!(format::tidy(&tree), vec![]);
    }
}
