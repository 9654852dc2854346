//! The measurements, and their table.

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
        let at = |share: f64| {
            each.get(index(each.len(), share))
                .copied()
                .unwrap_or_default()
        };
        Self {
            what,
            per_second: count(each.len()) / took.as_secs_f64(),
            median: at(0.5),
            p99: at(0.99),
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

/// The whole result as a Markdown table, and whether every aim was met.
pub(crate) fn table(measured: &[Measured], memory: &[(&str, u64)]) -> (String, bool) {
    let read = measured
        .iter()
        .find(|m| m.what == super::ONE_READ)
        .map_or(0.0, |m| m.per_second);
    let mut met_all = true;
    let mut text = String::from(
        "| What | per second | of one read | median ms | p99 ms | body bytes | aim | met |\n|---|--:|--:|--:|--:|--:|---|---|\n",
    );
    for m in measured {
        let (aim, met) = judge(m, read);
        met_all &= met != Some(false);
        let size = m
            .size_bytes
            .map_or_else(String::new, |bytes| bytes.to_string());
        let verdict = met.map_or("", |met| if met { "yes" } else { "no" });
        let _ = writeln!(
            text,
            "| {} | {:.0} | {:.0} % | {:.2} | {:.2} | {size} | {aim} | {verdict} |",
            m.what,
            m.per_second,
            100.0 * m.per_second / read,
            ms(m.median),
            ms(m.p99),
        );
    }
    text.push_str("\n| Memory (resident) | MiB | aim | met |\n|---|--:|---|---|\n");
    for (when, bytes) in memory {
        let mib = bytes / (1024 * 1024);
        let (aim, verdict) = match *when {
            super::IDLE if mib < super::IDLE_AIM_MIB => ("under 80", "yes"),
            super::IDLE => ("under 80", "no"),
            _ => ("", ""),
        };
        met_all &= verdict != "no";
        let _ = writeln!(text, "| {when} | {mib} | {aim} | {verdict} |");
    }
    (text, met_all)
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
    }
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
