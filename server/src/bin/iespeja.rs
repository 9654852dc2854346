//! The server's program; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    match server::cli::main() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            server::cli::complain(&format!("iespeja: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
