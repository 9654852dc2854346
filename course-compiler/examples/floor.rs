//! What the Markdown parser alone takes: parses every Markdown file below a folder and writes its HTML, into
//! nothing. The least that a compiler on this parser can take.
//!
//! ```sh
//! cargo run --release -p course-compiler --example floor -- DIR
//! ```

#![expect(
    clippy::disallowed_methods,
    reason = "the corpus is read from the disk"
)]
#![expect(clippy::print_stdout, reason = "it says how much it wrote")]

use std::path::Path;
use std::{env, fs, io};

use pulldown_cmark::{Options, Parser, html};

fn main() -> io::Result<()> {
    let dir = env::args().nth(1).unwrap_or_else(|| "corpus".to_owned());
    let mut written = 0;
    for text in texts(Path::new(&dir))? {
        let mut out = String::with_capacity(text.len());
        // What the compiler reads, see `parse::tree`.
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_OLD_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_GFM;
        html::push_html(&mut out, Parser::new_ext(&text, options));
        written += out.len();
    }
    println!("{written} bytes of HTML");
    Ok(())
}

fn texts(dir: &Path) -> io::Result<Vec<String>> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            texts.extend(self::texts(&path)?);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            texts.push(fs::read_to_string(path)?);
        }
    }
    Ok(texts)
}
