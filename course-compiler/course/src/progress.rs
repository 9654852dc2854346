//! The progress of compiling.

use course_compiler::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar on standard error; nothing when that is not a terminal.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    pub(crate) fn new() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10));
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} files") {
            bar.set_style(style);
        }
        Self(bar)
    }
}

impl Progress for Bar {
    fn waiting(&self) {
        eprintln!("waiting: another program writes to the folder of the bundle");
    }

    fn started(&self, files: usize) {
        self.0.set_length(files.try_into().unwrap_or(u64::MAX));
    }

    fn file_done(&self) {
        self.0.inc(1);
    }

    fn finished(&self) {
        self.0.finish_and_clear();
    }
}
