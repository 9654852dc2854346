//! Excerpts of an earlier and a new text, short enough for a diagnostic.

/// The longest text that is shown completely, in characters, and how much of a longer one is shown before the
/// change.
const LONGEST: usize = 120;
const LEAD: usize = 40;

/// Two texts, completely or around the place where they start to differ.
pub(super) fn excerpts(before: &str, after: &str) -> (String, String) {
    let common = before
        .chars()
        .zip(after.chars())
        .take_while(|(before, after)| before == after)
        .count();
    let cut = |text: &str| {
        let length = text.chars().count();
        if length <= LONGEST {
            return text.to_owned();
        }
        let start = common
            .saturating_sub(LEAD)
            .min(length.saturating_sub(LONGEST));
        let shown: String = text.chars().skip(start).take(LONGEST).collect();
        let begins = if start > 0 { "…" } else { "" };
        let ends = if start.saturating_add(LONGEST) < length {
            "…"
        } else {
            ""
        };
        format!("{begins}{shown}{ends}")
    };
    (cut(before), cut(after))
}
