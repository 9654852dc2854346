//! Shuffles with a seed: the same on every machine and in every build.

/// Shuffles `items` with `seed`; different `salt`s give questions with the same seed different orders.
pub(super) fn shuffle<T>(items: &mut [T], seed: u64, salt: &str) {
    let mut state = salt
        .bytes()
        .fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    // Fisher–Yates; the bias of the remainder is negligible for a few choices.
    for last in (1..items.len()).rev() {
        let bound = u64::try_from(last).unwrap_or(u64::MAX).saturating_add(1);
        let chosen = usize::try_from(next(&mut state) % bound).unwrap_or(0);
        items.swap(last, chosen);
    }
}

/// The next number of the `SplitMix64` sequence (Steele, Lea and Flood, 2014).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(seed: u64, salt: &str) -> Vec<u8> {
        let mut items: Vec<u8> = (0..8).collect();
        shuffle(&mut items, seed, salt);
        items
    }

    #[test]
    fn the_same_seed_gives_the_same_order_and_nothing_is_lost() {
        assert_eq!(order(7, "q-a"), order(7, "q-a"));
        let mut sorted = order(7, "q-a");
        sorted.sort_unstable();
        assert_eq!(sorted, (0..8).collect::<Vec<u8>>());
    }

    #[test]
    fn seeds_and_questions_differ() {
        assert_ne!(order(7, "q-a"), order(8, "q-a"));
        assert_ne!(order(7, "q-a"), order(7, "q-b"));
    }
}
