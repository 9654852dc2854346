//! Answer keys in the notation of other tools: GIFT and Moodle's gaps, Respondus, spoilers of forums and
//! chats. They are not parsed here, so they would be shown unchanged.

use super::lines::Line;
use crate::diagnostic::{Diagnostic, Report};
use crate::rules::quiz_answer_shown;

/// Reports the notation of another tool in a line.
pub(super) fn found_in(line: &Line, report: &Report<'_>) -> Option<Diagnostic> {
    let text = line.text.trim();
    let spoiler = line.quoted && text.starts_with('!');
    let found = spoiler
        || braces(text)
        || bars(text)
        || starred(text)
        || begins_as_gift(text)
        || text.contains("{{") && text.contains("}}");
    found.then(|| {
        quiz_answer_shown::found(
            report,
            line.span,
            "this looks like an answer in the notation of another tool, and is shown as it stands",
            "tick the right answers in a list, or write gaps as `[[answer]]` in a `.cloze` question; as code, `{=a}` is \
             text",
        )
    })
}

/// `{=a ~b}`, `{T}`, `{#5:1}`, `{1:MULTICHOICE:=a~b}`.
fn braces(text: &str) -> bool {
    text.match_indices('{').any(|(at, _)| {
        let rest = text.get(at.saturating_add(1)..).unwrap_or_default();
        let inner = rest.split('}').next().unwrap_or_default().trim();
        let closed = rest.contains('}');
        let mut fields = inner.splitn(3, ':');
        let moodle = match (fields.next(), fields.next(), fields.next()) {
            (Some(points), Some(kind), Some(_)) => {
                points.chars().all(|c| c.is_ascii_digit())
                    && !kind.is_empty()
                    && kind.chars().all(|c| c.is_ascii_uppercase() || c == '_')
            }
            _ => false,
        };
        let numeric = inner.strip_prefix('#').is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_digit() || "=-+".contains(c))
        });
        let marked = inner
            .strip_prefix(['=', '~'])
            .is_some_and(|rest| !rest.trim().is_empty());
        let verdict =
            closed && ["t", "f", "true", "false"].contains(&inner.to_ascii_lowercase().as_str());
        moodle || numeric || marked || verdict || inner.contains("->") && inner.starts_with('=')
    })
}

/// `||a||`.
fn bars(text: &str) -> bool {
    let mut pieces = text.split("||");
    let (_, inner, after) = (pieces.next(), pieces.next(), pieces.next());
    after.is_some() && inner.is_some_and(|inner| !inner.trim().is_empty())
}

/// `*a) …`.
fn starred(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('*') else {
        return false;
    };
    let rest = rest.trim_start();
    let name = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    (1..=2).contains(&rest.len().saturating_sub(name.len())) && name.starts_with([')', '.'])
}

/// `=a` and `~b` at the beginning of a line.
fn begins_as_gift(text: &str) -> bool {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some('='), Some(next)) => next.is_alphanumeric() || next == '%',
        (Some('~'), Some(next)) => next.is_alphabetic() || "%=".contains(next),
        _ => false,
    }
}
