//! The server program; all code is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    match server::cli::main() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            server::cli::print_error(&format!("iespeja: {}", server::cli::with_causes(&error)));
            ExitCode::FAILURE
        }
    }
}
