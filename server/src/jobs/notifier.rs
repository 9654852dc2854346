//! Tells the runners that jobs were queued, or that they have to stop.

use std::time::Duration;

use tokio::{sync::watch, time::timeout};

/// Wakes and stops the runners of a process. Cheap to clone; clones share the runners.
#[derive(Debug, Clone)]
pub struct Notifier(watch::Sender<Signal>);

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Signal {
    wakes: u64,
    is_stopping: bool,
}

impl Default for Notifier {
    fn default() -> Self {
        Self(watch::Sender::new(Signal::default()))
    }
}

impl Notifier {
    /// Call this after committing a transaction that queued jobs.
    pub fn wake(&self) {
        self.0
            .send_modify(|state| state.wakes = state.wakes.wrapping_add(1));
    }

    /// Asks the runners to stop after the running jobs; [`super::run`] returns then.
    pub fn stop(&self) {
        self.0.send_modify(|state| state.is_stopping = true);
    }

    /// Receives every wake and the request to stop.
    pub(super) fn subscribe(&self) -> watch::Receiver<Signal> {
        self.0.subscribe()
    }

    pub(super) fn is_stopping(&self) -> bool {
        self.0.borrow().is_stopping
    }

    /// Waits for `span`, or until the runners are asked to stop; returns whether to continue.
    pub(super) async fn sleep(&self, span: Duration) -> bool {
        let mut state = self.0.subscribe();
        timeout(span, state.wait_for(|state| state.is_stopping))
            .await
            .is_err()
    }
}
