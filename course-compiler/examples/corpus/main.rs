//! Writes the courses of the benchmarks, or others like them, with their `course.lock`:
//!
//! ```sh
//! cargo run --release -p course-compiler --example corpus -- DIR [COURSES LESSONS LESSON_BYTES]
//! ```

#![expect(
    clippy::disallowed_methods,
    reason = "the corpus is written to the disk"
)]
#![expect(clippy::print_stdout, reason = "it says how much it wrote")]

mod generate;

use std::env;
use std::fs;
use std::path::PathBuf;

use course_compiler::compile::{Options, compile};
use course_compiler::edit;

use crate::generate::{BENCHMARK, Corpus};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = env::args().skip(1);
    let dir = PathBuf::from(arguments.next().unwrap_or_else(|| "corpus".to_owned()));
    let mut number = |or: usize| arguments.next().map_or(Ok(or), |text| text.parse());
    let corpus = Corpus {
        seed: BENCHMARK.seed,
        courses: number(BENCHMARK.courses)?,
        lessons: number(BENCHMARK.lessons)?,
        lesson_bytes: number(BENCHMARK.lesson_bytes)?,
    };
    let files = corpus.files();
    for (path, text) in &files {
        let path = dir.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, text)?;
    }
    let compilation = compile(&dir, &Options::default(), &())?;
    for (folder, text) in &compilation.locks {
        edit::write(&dir.join(folder).join("course.lock"), text.as_bytes())?;
    }
    let lessons = files.iter().filter(|(path, _)| path.contains("/lv/"));
    let bytes: usize = lessons.clone().map(|(_, text)| text.len()).sum();
    println!(
        "{} lessons, {bytes} bytes, {} problems",
        lessons.count(),
        compilation
            .diagnostics
            .iter()
            .filter(|found| found.code != "lock-stale")
            .count()
    );
    Ok(())
}
