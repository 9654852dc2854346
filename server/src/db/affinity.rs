//! Pins a thread, and the SQLite connection that it uses, to one CPU.
//!
//! The driver runs every SQLite connection on a thread of its own, so each statement needs two thread
//! switches. If the two threads are on different CPUs, each switch wakes the other CPU, which on virtual
//! machines costs far more than the statement. Measured on 2 virtual CPUs: 32 callers made 4,400 durable
//! writes a second without pinning and 17,000 with it; with both CPUs busy with other work, 3,400 to 6,500
//! and 10,400 to 10,900.

/// Whether threads that use SQLite are pinned. It has no effect with PostgreSQL, which runs in other
/// processes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threads {
    /// The operating system schedules them.
    Free,
    /// Each thread is pinned to a CPU, with the connections that it opens; see `affinity`.
    Pinned,
}

/// Pins this thread, and the threads that it will start, to the current CPU. Does nothing where the system
/// has no such call or refuses it.
#[cfg(target_os = "linux")]
pub(super) fn pin_to_current_cpu() {
    use rustix::thread::{CpuSet, sched_getcpu, sched_setaffinity};

    let cpu = sched_getcpu();
    if cpu >= CpuSet::MAX_CPU {
        return;
    }
    let mut only_this = CpuSet::new();
    only_this.set(cpu);
    if let Err(error) = sched_setaffinity(None, &only_this) {
        tracing::debug!(%error, "the database thread may move between CPUs");
    }
}

/// Pins each thread that calls this, and the threads that it will start, to a CPU; the calling threads are
/// distributed over the available CPUs in turn.
#[cfg(target_os = "linux")]
pub(super) fn pin_to_next_cpu() {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

    static CALLERS: AtomicUsize = AtomicUsize::new(0);

    let Ok(usable) = sched_getaffinity(None) else {
        return;
    };
    let cpus: Vec<usize> = (0..CpuSet::MAX_CPU)
        .filter(|cpu| usable.is_set(*cpu))
        .collect();
    let caller = CALLERS.fetch_add(1, Ordering::Relaxed);
    let Some(cpu) = cpus.into_iter().cycle().nth(caller) else {
        return;
    };
    let mut only_this = CpuSet::new();
    only_this.set(cpu);
    if let Err(error) = sched_setaffinity(None, &only_this) {
        tracing::debug!(%error, "a web worker may move between CPUs");
    }
}

/// See above.
#[cfg(not(target_os = "linux"))]
pub(super) fn pin_to_current_cpu() {}

/// See above.
#[cfg(not(target_os = "linux"))]
pub(super) fn pin_to_next_cpu() {}
