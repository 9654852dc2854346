<<<<<<< HEAD
fn main() {}
=======
//! The server's program; everything is in the library.

fn main() -> anyhow::Result<()> {
    server::cli::main()
}
>>>>>>> db2deea (server: foundation of pages, sessions, errors, theme; start of learning)
