//! Any bytes as the files of a course, parted by the file separator (0x1C): the lesson in Latvian, the same in
//! English, `course.toml`, the glossary. What is missing or empty of the latter two is a good one.

#![no_main]

#[path = "../../tests/robustness/promises.rs"]
mod promises;

use libfuzzer_sys::fuzz_target;

const COURSE: &[u8] = b"id = \"k\"\nkind = \"course\"\nground = \"none\"\naudience = \"everyone\"\nhours = 1\n\
    source_language = \"lv\"\ntitle = { lv = \"K\" }\nsummary = { lv = \"K\" }\n";
const GLOSSARY: &[u8] = "Rampa {#ramp forms=\"rampas\"}\n: Slīpa plakne.\n".as_bytes();
const PICTURE: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"/>";

fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.split(|byte| *byte == 0x1c);
    let mut next = |or| parts.next().filter(|part: &&[u8]| !part.is_empty()).unwrap_or(or);
    let lesson = next(b"");
    let translation = next(b"");
    let course = next(COURSE);
    let glossary = next(GLOSSARY);
    let mut files = vec![
        ("k/lv/01-a.md", lesson),
        ("k/course.toml", course),
        ("k/assets/a.svg", PICTURE),
        ("glossary/lv.md", glossary),
    ];
    if !translation.is_empty() {
        files.push(("k/en/01-a.md", translation));
    }
    promises::keep(&promises::tree(files));
});
