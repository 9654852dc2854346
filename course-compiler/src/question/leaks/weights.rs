//! Weights that are not recognised and would be shown with the answer.

use super::lines::{Within, lines_of};
use super::words::{self, Token};
use crate::diagnostic::{Diagnostic, Report};
use crate::question::written::PartDraft;
use crate::rules::quiz_answer_shown;

/// Something like a weight that is not recognised, in a question whose answers may have weights.
pub(super) fn weight(
    part: &PartDraft,
    parts: &[PartDraft],
    class: &str,
    report: &Report<'_>,
) -> Option<Diagnostic> {
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
    let has_signed = parts.iter().any(|part| part.weight.is_some());
    for line in &lines {
        // Without a sign it is text, unless the other answers show that a weight was meant.
        let is_meant = |code: &String| {
            is_weight(code)
                || is_share(code)
                    && code.trim() != part.text.trim()
                    && (has_signed || is_judged(class) && is_earned(part, parts))
        };
        if line.code.iter().any(is_meant) {
            return told(line.span);
        }
    }
    if is_judged(class)
        && (lines.iter().any(|line| has_points(&line.text))
            || is_plain(part, report) && is_earned(part, parts))
    {
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

/// Whether the first line of an answer has neither code nor backslashes, which mark what is meant as text.
fn is_plain(part: &PartDraft, report: &Report<'_>) -> bool {
    let written = report.source.slice(part.span);
    let first_line = written.lines().next().unwrap_or_default();
    !first_line.contains(['\\', '`'])
}

/// What the end of an answer states: a share, or points.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Earned {
    Share(f64),
    Points(f64),
}

/// Whether the shares or points at the ends of answers state what each earns: all correct ones have one,
/// shares add up to 100 %, and the wrong ones have none or zero. If the wrong ones have some too, they are
/// part of the answers.
fn is_earned(part: &PartDraft, parts: &[PartDraft]) -> bool {
    let Some(own) = earned(&part.text) else {
        return false;
    };
    let others = || {
        parts
            .iter()
            .filter(|other| other.public && other.role == part.role)
    };
    let is_share = matches!(own, Earned::Share(_));
    let value = |part: &PartDraft| match (earned(&part.text), is_share) {
        (Some(Earned::Share(value)), true) | (Some(Earned::Points(value)), false) => Some(value),
        _ => None,
    };
    let sum: f64 = others().filter(|part| part.ticked).filter_map(value).sum();
    let all_right = others()
        .filter(|part| part.ticked)
        .all(|part| value(part).is_some_and(|value| value > 0.0));
    let no_wrong = others()
        .filter(|part| !part.ticked)
        .all(|part| value(part).is_none_or(|value| value <= 0.0));
    all_right
        && no_wrong
        && (if is_share {
            (sum - 100.0).abs() < 1.5
        } else {
            sum > 0.0
        })
}

/// The share or the points at the end of an answer, separated from its text or in the short form of weights.
fn earned(text: &str) -> Option<Earned> {
    /// Words after which a number is an amount.
    const AMOUNTS: &str = "par lidz sedz ir nav bus no pa vismaz vairak neka mazak maksa apmaksa sanem kompense pilni \
         tikai by to at of is are be pays pay gets get covers than least only up about full for with all visi";
    let tokens = words::tokens(text.trim().trim_end_matches('.'));
    let number = |word: &str| word.parse::<f64>().ok();
    let (last, before) = tokens.split_last()?;
    let is_amount = |before: &[Token]| {
        let last = before.last().and_then(Token::word).unwrap_or_default();
        AMOUNTS.split_whitespace().any(|word| word == last)
    };
    let has_text = |before: &[Token]| before.iter().any(|token| token.word().is_some());
    if last.sign() == Some('%') {
        let (share, before) = before.split_last()?;
        let share = share.word().and_then(number)?;
        return (has_text(before) && !is_amount(before)).then_some(Earned::Share(share));
    }
    // “1 p.” or “1p.”
    let word = last.word()?;
    let digits = word.trim_end_matches(char::is_alphabetic);
    let (points, unit, before) = if digits.is_empty() {
        let (points, before) = before.split_last()?;
        (points.word().and_then(number)?, word, before)
    } else {
        let unit = word.strip_prefix(digits).unwrap_or_default();
        (number(digits)?, unit, before)
    };
    let is_set_off = matches!(
        before.last().and_then(Token::sign),
        Some(':' | '-' | '–' | '—' | '−' | ';' | ',' | '=' | '|' | '/' | '→' | '>')
    );
    let is_short = ["p", "pt", "pts"].contains(&unit) && !is_amount(before);
    (has_text(before) && is_unit(unit) && (is_set_off || is_short))
        .then_some(Earned::Points(points))
}

/// Whether this is a unit of points.
fn is_unit(unit: &str) -> bool {
    [
        "p", "pt", "pts", "punkts", "punkti", "punktu", "point", "points", "balle", "balles",
    ]
    .contains(&unit)
}

fn is_judged(class: &str) -> bool {
    matches!(class, "single" | "multiple" | "truefalse")
}

/// Whether a text is a percentage.
fn is_share(code: &str) -> bool {
    let code = code.trim();
    is_weight(code) || is_weight(&format!("+{code}"))
}

/// Whether an answer starts or ends with points in brackets, `(+1)` or `(2 punkti)`, or with `%50%`, the
/// syntax of other tools.
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
        !before.trim().is_empty()
            && number.len() < unsigned.len()
            && (is_unit(unit) || (unit.is_empty() && unsigned.len() < inner.len()))
    });
    shares || ends
}
