//! The measurements, and their tables.

use std::{fmt::Write as _, time::Duration};

/// The requests of one kind at full load.
#[derive(Debug, Clone)]
pub(crate) struct Measured {
    pub(crate) what: &'static str,
    pub(crate) per_second: f64,
    pub(crate) median: Duration,
    pub(crate) p99: Duration,
    /// The size of a response's body; `None` where several requests form one unit.
    pub(crate) size_bytes: Option<usize>,
    pub(crate) aim: Aim,
}

/// The aim of a figure.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Aim {
    /// None: it is a reference value, or it is limited on purpose.
    None,
    /// A share of the one-read calibrator's rate, with a p99 below this.
    OfRead { share: f64, p99_below: Duration },
    /// A number per second.
    AtLeast(f64),
    /// Asked for by one reader alone: a p99 below this.
    AloneWithin(Duration),
}

impl Measured {
    /// From the duration of each unit; `took` is that of the whole run.
    pub(crate) fn new(
        what: &'static str,
        mut each: Vec<Duration>,
        took: Duration,
        aim: Aim,
    ) -> Self {
        each.sort_unstable();
        Self {
            what,
            per_second: count(each.len()) / took.as_secs_f64(),
            median: at(&each, 0.5),
            p99: at(&each, 0.99),
            size_bytes: None,
            aim,
        }
    }

    /// Adds the size of a response.
    pub(crate) fn sized(mut self, size_bytes: usize) -> Self {
        self.size_bytes = Some(size_bytes);
        self
    }
}

/// A given number of requests or commits, and how long they took together.
#[derive(Debug, Clone)]
pub(crate) struct Together {
    what: &'static str,
    number: usize,
    took: Duration,
    median: Duration,
    p99: Duration,
    /// How many times as long as as many bare commits they took; 0 for bare commits themselves.
    pub(crate) times_bare: f64,
    bound: Option<Bound>,
}

/// How long requests may take together.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Bound {
    /// At most this.
    Within(Duration),
    /// At most so many times as long as as many bare commits one after another.
    TimesBare(f64),
}

impl Together {
    /// From the duration of each, and of all together.
    pub(crate) fn new(what: &'static str, mut each: Vec<Duration>, took: Duration) -> Self {
        each.sort_unstable();
        Self {
            what,
            number: each.len(),
            took,
            median: at(&each, 0.5),
            p99: at(&each, 0.99),
            times_bare: 0.0,
            bound: None,
        }
    }

    /// Compares with as many bare commits.
    pub(crate) fn beside(mut self, bare: &Self) -> Self {
        self.times_bare = self.took.as_secs_f64() / bare.took.as_secs_f64();
        self
    }

    /// Sets how long they may take.
    pub(crate) fn bounded(mut self, bound: Bound) -> Self {
        self.bound = Some(bound);
        self
    }

    fn judge(&self) -> (String, Option<bool>) {
        match self.bound {
            None => (String::new(), None),
            Some(Bound::Within(limit)) => (
                format!("under {:.0} ms", ms(limit)),
                Some(self.took < limit),
            ),
            Some(Bound::TimesBare(most)) => (
                format!("under {most} times bare commits"),
                Some(self.times_bare < most),
            ),
        }
    }
}

/// What a share of them took at most.
fn at(sorted: &[Duration], share: f64) -> Duration {
    sorted
        .get(index(sorted.len(), share))
        .copied()
        .unwrap_or_default()
}

#[expect(clippy::cast_precision_loss, reason = "counts of a run of seconds")]
fn count(number: usize) -> f64 {
    number as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a length, between 0 and it"
)]
fn index(length: usize, share: f64) -> usize {
    (count(length) * share) as usize
}

/// The whole result.
pub(crate) struct Report {
    pub(crate) measured: Vec<Measured>,
    pub(crate) together: Vec<Together>,
    /// The resident memory at several moments.
    pub(crate) memory: Vec<(&'static str, u64)>,
}

impl Report {
    /// As Markdown tables, and whether every aim was met.
    pub(crate) fn tables(&self) -> (String, bool) {
        let mut text = String::new();
        let mut verdicts = Vec::new();
        if !self.measured.is_empty() {
            verdicts.extend(pages(&mut text, &self.measured));
            text.push('\n');
        }
        if !self.together.is_empty() {
            verdicts.extend(registrations(&mut text, &self.together));
            text.push('\n');
        }
        verdicts.extend(memory_use(&mut text, &self.memory));
        (text, verdicts.into_iter().all(|met| met != Some(false)))
    }
}

const fn word(met: Option<bool>) -> &'static str {
    match met {
        None => "",
        Some(true) => "yes",
        Some(false) => "no",
    }
}

// Writing to a string does not fail.
fn pages(text: &mut String, measured: &[Measured]) -> Vec<Option<bool>> {
    let read = measured
        .iter()
        .find(|m| m.what == super::ONE_READ)
        .map(|m| m.per_second);
    text.push_str(
        "| What | per second | of one read | median ms | p99 ms | body bytes | aim | met |\n|---|--:|--:|--:|--:|--:|---|---|\n",
    );
    let row = |m: &Measured| {
        let (aim, met) = judge(m, read.unwrap_or_default());
        // The rate of one reader cannot be compared with that of many.
        let read = read.filter(|_| !matches!(m.aim, Aim::AloneWithin(_)));
        let share = read.map(|read| format!("{:.0} %", 100.0 * m.per_second / read));
        let size = m.size_bytes.map(|bytes| bytes.to_string());
        let _ = writeln!(
            text,
            "| {} | {:.0} | {} | {:.2} | {:.2} | {} | {aim} | {} |",
            m.what,
            m.per_second,
            share.unwrap_or_default(),
            ms(m.median),
            ms(m.p99),
            size.unwrap_or_default(),
            word(met),
        );
        met
    };
    measured.iter().map(row).collect()
}

fn registrations(text: &mut String, together: &[Together]) -> Vec<Option<bool>> {
    text.push_str(
        "| What | number | together ms | per second | times bare commits | median ms | p99 ms | aim | met |\n|---|--:|--:|--:|--:|--:|--:|---|---|\n",
    );
    let row = |t: &Together| {
        let (aim, met) = t.judge();
        let times = Some(t.times_bare).filter(|times| *times > 0.0);
        let times = times.map(|times| format!("{times:.2}"));
        let _ = writeln!(
            text,
            "| {} | {} | {:.0} | {:.0} | {} | {:.2} | {:.2} | {aim} | {} |",
            t.what,
            t.number,
            ms(t.took),
            count(t.number) / t.took.as_secs_f64(),
            times.unwrap_or_default(),
            ms(t.median),
            ms(t.p99),
            word(met),
        );
        met
    };
    together.iter().map(row).collect()
}

fn memory_use(text: &mut String, memory: &[(&str, u64)]) -> Vec<Option<bool>> {
    text.push_str("| Memory (resident) | MiB | aim | met |\n|---|--:|---|---|\n");
    let row = |(when, bytes): &(&str, u64)| {
        let mib = bytes / (1024 * 1024);
        let (aim, met) = if *when == super::IDLE {
            let aim = format!("under {}", super::IDLE_AIM_MIB);
            (aim, Some(mib < super::IDLE_AIM_MIB))
        } else {
            (String::new(), None)
        };
        let _ = writeln!(text, "| {when} | {mib} | {aim} | {} |", word(met));
        met
    };
    memory.iter().map(row).collect()
}

fn judge(m: &Measured, read: f64) -> (String, Option<bool>) {
    match m.aim {
        Aim::None => (String::new(), None),
        Aim::OfRead { share, p99_below } => (
            format!(
                "{:.0} % of one read, p99 under {:.0} ms",
                share * 100.0,
                ms(p99_below)
            ),
            Some(m.per_second >= share * read && m.p99 < p99_below),
        ),
        Aim::AtLeast(rate) => (format!("{rate:.0}"), Some(m.per_second >= rate)),
        Aim::AloneWithin(limit) => (
            format!("alone, p99 under {:.0} ms", ms(limit)),
            Some(m.p99 < limit),
        ),
    }
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
