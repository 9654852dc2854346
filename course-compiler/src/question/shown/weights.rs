//! Weights that are not read, and are shown with the answer.

use super::lines::{Within, lines_of};
use crate::diagnostic::Diagnostic;
use crate::draft::PartDraft;
use crate::lint::{Report, quiz_answer_shown};

/// Something like a weight that is not read as one, in a question whose answers may have weights or not.
pub(super) fn weight(part: &PartDraft, class: &str, report: &Report<'_>) -> Option<Diagnostic> {
    let lines = lines_of(&part.nodes);
    let told = |span| {
        let weighted = is_judged(class);
        Some(quiz_answer_shown::found(
            report,
            span,
            "this looks like the weight of the answer, and is shown as text",
            if weighted {
                "write it at the end of the answer, as code: `+50%` between backticks; `\\+50%` is text"
            } else {
                "leave it out: answers of this type have no weights; `\\+50%` is text"
            },
        ))
    };
    for line in &lines {
        if line.code.iter().any(|code| is_share(code)) {
            return told(line.span);
        }
    }
    if is_judged(class) && lines.iter().any(|line| has_points(&line.text)) {
        return told(part.span);
    }
    let last = lines
        .iter()
        .rfind(|line| !line.text.is_empty() && line.within != Within::Picture)?;
    let text = last.text.trim_end().trim_end_matches('.');
    let (before, word) = text.rsplit_once(char::is_whitespace).unwrap_or(("", text));
    // `+50 %` is two words.
    let (before, word) = if word == "%" {
        let before = before.trim_end();
        let (rest, number) = before
            .rsplit_once(char::is_whitespace)
            .unwrap_or(("", before));
        (rest, format!("{number}%"))
    } else {
        (before, word.to_owned())
    };
    let inner = word.trim_matches(|c: char| "()[]{}".contains(c));
    let is_written_as_text = report.source.slice(last.span).contains(['\\', '`']);
    let enclosed = inner.len() < word.len();
    let looks = !before.trim().is_empty()
        && !is_written_as_text
        && (is_weight(inner) || (enclosed && is_weight(&format!("+{inner}"))))
        && matches!(class, "single" | "multiple" | "truefalse" | "survey");
    if looks { told(last.span) } else { None }
}

/// Whether a text is a number with a sign and a percent sign, as weights are.
fn is_weight(text: &str) -> bool {
    let text = text.trim();
    let Some(number) = text.strip_prefix(['+', '-', '\u{2212}', '\u{2013}']) else {
        return false;
    };
    let Some(number) = number.trim().strip_suffix('%') else {
        return false;
    };
    let number = number.trim_end();
    !number.is_empty()
        && number
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
}

fn is_judged(class: &str) -> bool {
    matches!(class, "single" | "multiple" | "truefalse")
}

/// Whether a text is a percentage, with a sign or without.
fn is_share(code: &str) -> bool {
    let code = code.trim();
    is_weight(code) || is_weight(&format!("+{code}"))
}

/// Whether an answer begins or ends with points in brackets, `(+1)` or `(2 punkti)`, or with `%50%` as other tools
/// write it.
fn has_points(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.');
    let shares = text
        .strip_prefix('%')
        .and_then(|rest| rest.split_once('%'))
        .is_some_and(|(share, _)| is_share(&format!("{share}%")));
    let group = text
        .strip_suffix([')', ']', '}'])
        .and_then(|text| text.rsplit_once(['(', '[', '{']));
    let group = group.or_else(|| {
        let (inner, after) = text.strip_prefix(['(', '['])?.split_once([')', ']'])?;
        Some((after, inner))
    });
    let ends = group.is_some_and(|(before, inner)| {
        let inner = inner.trim().to_lowercase();
        let unsigned = inner.trim_start_matches(['+', '-', '\u{2212}', '\u{2013}']);
        let number = unsigned.trim_start_matches(|c: char| c.is_ascii_digit() || ".,".contains(c));
        let unit = number.trim().trim_end_matches('.');
        let is_unit = [
            "p", "pt", "pts", "punkts", "punkti", "punktu", "point", "points", "balle", "balles",
        ]
        .contains(&unit);
        !before.trim().is_empty()
            && number.len() < unsigned.len()
            && (is_unit || (unit.is_empty() && unsigned.len() < inner.len()))
    });
    shares || ends
}
