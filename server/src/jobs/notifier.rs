//! How the runners learn that there is work, and that they are to end.

use std::time::Duration;

use tokio::{sync::watch, time::timeout};

/// Wakes and stops the runners of a process. Cheap to clone; clones reach the same ones.
#[derive(Debug, Clone)]
pub struct Notifier(watch::Sender<State>);

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct State {
    wakes: u64,
    is_stopping: bool,
}

impl Default for Notifier {
    fn default() -> Self {
        Self(watch::Sender::new(State::default()))
    }
}

impl Notifier {
    /// Says that jobs were queued and their transaction is committed.
    pub fn wake(&self) {
        self.0
            .send_modify(|state| state.wakes = state.wakes.wrapping_add(1));
    }

    /// Asks the runners to end after the jobs under way; [`super::run`] returns then.
    pub fn stop(&self) {
        self.0.send_modify(|state| state.is_stopping = true);
    }

    /// Tells of every wake and of the wish to stop.
    pub(super) fn subscribe(&self) -> watch::Receiver<State> {
        self.0.subscribe()
    }

    pub(super) fn is_stopping(&self) -> bool {
        self.0.borrow().is_stopping
    }

    /// Waits for `span`, or until the runners are asked to end; says whether to go on.
    pub(super) async fn sleep(&self, span: Duration) -> bool {
        let mut state = self.0.subscribe();
        timeout(span, state.wait_for(|state| state.is_stopping))
            .await
            .is_err()
    }
}
