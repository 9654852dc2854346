//! Keeps a thread and the SQLite connection it talks to on one CPU.
//!
//! The driver gives every SQLite connection a thread of its own, so a statement is two thread switches.
//! Between two CPUs each of them wakes the other CPU, which on virtual machines costs far more than the
//! statement; on one CPU it is a plain switch. Measured on 2 virtual CPUs: 32 callers made 4,400 durable
//! writes a second without this and 17,000 with it; with both CPUs busy with other work, 3,400 to 6,500 and
//! 10,400 to 10,900.

/// What the threads that use SQLite do; on PostgreSQL, which is another process, nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threads {
    /// The system moves them between processors.
    Free,
    /// Each stays on a processor, with the connections that it opens; see `affinity`.
    Pinned,
}

/// Keeps this thread, and the threads it will start, on the CPU it runs on. Does nothing where the system
/// has no such call or refuses it.
#[cfg(target_os = "linux")]
pub(super) fn stay_on_this_cpu() {
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

/// Keeps each thread that calls this, and the threads that it will start, on a CPU: one caller after another
/// on those that it may use.
#[cfg(target_os = "linux")]
pub(super) fn stay_on_next_cpu() {
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
pub(super) fn stay_on_this_cpu() {}

/// See above.
#[cfg(not(target_os = "linux"))]
pub(super) fn stay_on_next_cpu() {}
