//! The server's program; everything is in the library.

fn main() -> anyhow::Result<()> {
    server::cli::main()
}
