//! Counts recent events for any number of keys in a table of fixed size.
//!
//! A count-min sketch whose counts decay with time: each key has two cells, which it may share with other
//! keys, and the lower one counts. Nothing is evicted, so nobody can reset their own count by filling the
//! table, and the memory in use does not depend on the requests. Two keys that share both cells are counted
//! together; the worst effect is an undeserved delay.

use std::sync::{Mutex, PoisonError};

/// The counts of one kind of event.
pub(super) struct DecayingCounts {
    /// When each cell will have decayed to zero, in milliseconds since 1970.
    cells: Mutex<Vec<i64>>,
    /// The number of cells in each half, minus one (a bit mask).
    mask: u64,
    /// How long it takes to forget one event.
    forget_one_ms: i64,
    /// The largest count, so that the effects of an attack end soon after it.
    most: i64,
}

impl DecayingCounts {
    /// A table of 2 × 2^`bits` cells that forgets one event in `forget_one_ms` and counts no more than
    /// `most`.
    pub(super) fn new(bits: u32, forget_one_ms: i64, most: u32) -> Self {
        let half = 1_u64 << bits;
        Self {
            // All zeros, so the system allocates the memory only when a cell is first written.
            cells: Mutex::new(vec![0; usize::try_from(half * 2).unwrap_or(2)]),
            mask: half - 1,
            forget_one_ms,
            most: most.into(),
        }
    }

    /// The count of the key, rounded up.
    pub(super) fn of(&self, now_ms: i64, key: u64) -> u32 {
        self.with_cells(key, |cells| self.level(now_ms, &cells))
    }

    /// Adds one event; returns the new count.
    pub(super) fn add(&self, now_ms: i64, key: u64) -> u32 {
        self.with_cells(key, |mut cells| {
            let limit = now_ms + self.most * self.forget_one_ms;
            for cell in &mut cells {
                **cell = (**cell)
                    .max(now_ms)
                    .saturating_add(self.forget_one_ms)
                    .min(limit);
            }
            self.level(now_ms, &cells)
        })
    }

    /// How long until the count is at most `count`, in milliseconds.
    pub(super) fn until(&self, now_ms: i64, key: u64, count: u32) -> u64 {
        self.with_cells(key, |cells| {
            let end = cells.iter().map(|cell| **cell).min().unwrap_or(now_ms);
            u64::try_from(end - now_ms - i64::from(count) * self.forget_one_ms).unwrap_or(0)
        })
    }

    fn level(&self, now_ms: i64, cells: &[&mut i64; 2]) -> u32 {
        let end = cells.iter().map(|cell| **cell).min().unwrap_or(now_ms);
        let left_ms = (end - now_ms).clamp(0, self.most * self.forget_one_ms);
        let rounded = (left_ms + self.forget_one_ms - 1) / self.forget_one_ms;
        u32::try_from(rounded).unwrap_or(u32::MAX)
    }

    fn with_cells<T>(&self, key: u64, work: impl FnOnce([&mut i64; 2]) -> T) -> T {
        let mut cells = self.cells.lock().unwrap_or_else(PoisonError::into_inner);
        let half = cells.len() / 2;
        let (first, second) = cells.split_at_mut(half);
        let place = |bits: u64| usize::try_from(bits & self.mask).unwrap_or(0);
        let (mut none, mut nothing) = (0, 0);
        work([
            first.get_mut(place(key)).unwrap_or(&mut none),
            second.get_mut(place(key >> 32)).unwrap_or(&mut nothing),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;

    #[test]
    fn counts_run_down_with_time() {
        let levels = DecayingCounts::new(4, MINUTE, 5);
        assert_eq!(levels.of(0, 7), 0);
        assert_eq!((levels.add(0, 7), levels.add(0, 7)), (1, 2));
        assert_eq!(levels.of(MINUTE, 7), 1);
        assert_eq!(levels.of(2 * MINUTE, 7), 0);
        levels.add(10 * MINUTE, 7);
        assert_eq!(levels.of(10 * MINUTE + 1, 7), 1);
    }

    #[test]
    fn a_count_is_limited() {
        let levels = DecayingCounts::new(4, MINUTE, 5);
        for _ in 0..1_000 {
            levels.add(0, 7);
        }
        assert_eq!(levels.of(0, 7), 5);
        assert_eq!(levels.until(0, 7, 3), 2 * 60_000);
        assert_eq!(levels.of(5 * MINUTE, 7), 0);
    }

    #[test]
    fn other_keys_do_not_reset_a_count() {
        let levels = DecayingCounts::new(4, MINUTE, 5);
        for _ in 0..3 {
            levels.add(0, 7);
        }
        for other in 0..100_000_u64 {
            levels.add(0, other.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        }
        assert!(levels.of(0, 7) >= 3);
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_the_counts_bounded() {
        let levels = DecayingCounts::new(4, MINUTE, 5);
        levels.add(1_000 * MINUTE, 7);
        assert_eq!(levels.of(0, 7), 5);
        assert_eq!(levels.add(0, 7), 5);
        assert_eq!(levels.of(5 * MINUTE, 7), 0);
    }
}
