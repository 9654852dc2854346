//! Prints which files of a crate import which, and the circles among them:
//! `cargo run -p boundaries --example imports -- course-compiler/src`.

use std::error::Error;
use std::path::Path;

use boundaries::{Graph, Import};

#[expect(clippy::print_stdout, reason = "this is what it is for")]
fn main() -> Result<(), Box<dyn Error>> {
    let src = std::env::args()
        .nth(1)
        .ok_or("name the folder `src` of a crate")?;
    let graph = Graph::read(Path::new(&src))?;
    let print = |import: &Import| {
        let names: Vec<&str> = import.names.iter().map(String::as_str).collect();
        println!("  {} → {}: {}", import.from, import.to, names.join(", "));
    };
    println!("imports:");
    graph.imports().for_each(|import| print(&import));
    for circle in graph.circles() {
        println!("circle:");
        circle.iter().for_each(print);
    }
    Ok(())
}
