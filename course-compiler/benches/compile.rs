//! How long compiling takes, on small corpora of the generator in `examples/corpus/`. `scripts/bench-compiler` measures
//! the program itself, on a large one, beside others.
//!
//! ```sh
//! cargo bench -p course-compiler
//! ```

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a benchmark may stop at the first surprise"
)]

#[path = "../examples/corpus/generate.rs"]
mod generate;
#[path = "../tests/unkind/mod.rs"]
mod unkind;

use std::fs;
use std::path::Path;

use course_compiler::compile::{self, Options, Session, compile_tree};
use course_compiler::load::Tree;
use divan::Bencher;
use divan::counter::BytesCount;

use crate::generate::{BENCHMARK, Corpus};

/// A fifth of the large corpus: 920 lessons, 1.3 MB.
const SMALL: Corpus = Corpus {
    courses: 23,
    lessons: 40,
    ..BENCHMARK
};

/// The lesson that is edited.
const LESSON: &str = "kurss-010/lv/020-nodarbiba-020.md";

fn main() {
    divan::main();
}

fn write(dir: &Path, corpus: Corpus) {
    for (path, text) in corpus.files() {
        let path = dir.join(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn tree(files: &[(String, String)]) -> Tree {
    Tree::from_texts(
        files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str())),
    )
}

fn bytes(files: &[(String, String)]) -> BytesCount {
    BytesCount::new(files.iter().map(|(_, text)| text.len()).sum::<usize>())
}

/// Courses on the disk into a new bundle.
#[divan::bench(sample_count = 20)]
fn cold_build(bencher: Bencher<'_, '_>) {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), SMALL);
    bencher
        .counter(bytes(&SMALL.files()))
        .with_inputs(|| tempfile::tempdir().unwrap())
        .bench_refs(|out| {
            compile::cached(dir.path(), out.path(), &Options::default(), &()).unwrap()
        });
}

/// Courses in memory, without a bundle: no file is read or written.
#[divan::bench(sample_count = 20)]
fn compile_only(bencher: Bencher<'_, '_>) {
    let files = SMALL.files();
    let tree = tree(&files);
    bencher
        .counter(bytes(&files))
        .bench(|| compile_tree(&tree, &Options::default(), &()).unwrap());
}

/// A session is asked again though nothing changed.
#[divan::bench(sample_count = 50)]
fn no_change(bencher: Bencher<'_, '_>) {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), SMALL);
    let mut session = Session::new(dir.path(), Options::default()).unwrap();
    session.rebuild(&()).unwrap();
    bencher.bench_local(|| {
        let update = session.rebuild(&()).unwrap();
        assert!(update.changed.is_empty());
        update
    });
}

/// A session is asked again after one lesson was edited.
#[divan::bench(sample_count = 50)]
fn one_lesson_edited(bencher: Bencher<'_, '_>) {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), SMALL);
    let lesson = dir.path().join(LESSON);
    let text = fs::read_to_string(&lesson).unwrap();
    let mut session = Session::new(dir.path(), Options::default()).unwrap();
    session.rebuild(&()).unwrap();
    let mut edit = 0_u32;
    bencher
        .with_inputs(|| {
            edit += 1;
            fs::write(&lesson, format!("{text}\nLabojums {edit}.\n")).unwrap();
        })
        .bench_local_values(|()| {
            let update = session.rebuild(&()).unwrap();
            assert_eq!(update.changed.len(), 1);
            update
        });
}

/// One file of so many kilobytes: bytes a second do not depend on it.
#[divan::bench(args = [250, 1_000], sample_count = 10)]
fn one_large_file(bencher: Bencher<'_, '_>, kilobytes: usize) {
    let large = Corpus {
        courses: 1,
        lessons: 1,
        lesson_bytes: kilobytes * 1_000,
        ..BENCHMARK
    };
    let files = large.files();
    let tree = tree(&files);
    bencher
        .counter(bytes(&files))
        .bench(|| compile_tree(&tree, &Options::default(), &()).unwrap());
}

/// Lessons that are long or deep on purpose, each short and eight times as long: that takes about eight times the
/// time, where quadratic time is sixty-four times.
#[divan::bench(args = unkind::LESSONS.iter().flat_map(|(name, ..)| [(*name, 1), (*name, unkind::LONGER)]))]
fn unkind_lesson(bencher: Bencher<'_, '_>, (name, times): (&str, usize)) {
    let found = unkind::LESSONS.iter().find(|(known, ..)| *known == name);
    let (_, size, lesson) = found.expect("an argument names a lesson");
    let course = fs::read_to_string("tests/courses/invalid/labs/course.toml").unwrap();
    let lesson = unkind::lesson(&lesson(size * times));
    let tree = Tree::from_texts([
        ("a/course.toml", course.as_str()),
        ("a/lv/01-a.md", lesson.as_str()),
    ]);
    bencher.bench(|| compile_tree(&tree, &Options::default(), &()).unwrap());
}
