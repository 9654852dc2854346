//! Answers to choose from that tell whether they are right: “Rīga (pareizi)”, “✓ Rīga”, “Rīga. Pareizi, jo …”, or the
//! right one in bold type.

use super::labels::{self, By};
use super::lines::{EMPHASIS, EMPHASIS_END, Line, lines_of};
use super::words::{self, Family, Kind, Token, family};
use crate::diagnostic::Diagnostic;
use crate::draft::PartDraft;
use crate::lint::{Report, quiz_answer_shown};
use crate::parse::{Node, NodeKind};
use crate::question::case;
use crate::source::Span;

/// Signs that say that something is right or wrong.
const SIGNS: &str = "✓✔✅☑☒✗✘✖❌❎√🗸👍👎👌💯🆗🎯⭐★☆🟢🔴🚫⛔←*";

/// Words that do the same, in brackets or at the end.
const TRUTHS: [&str; 12] = [
    "true",
    "false",
    "patiess",
    "patiesa",
    "patiesi",
    "nepatiess",
    "nepatiesa",
    "taisniba",
    "ok",
    "kluda",
    "malacis",
    "distractor",
];

/// Words that say so together.
const TRUTHS_OF_TWO: [[&str; 2]; 3] = [["tiesi", "ta"], ["well", "done"], ["labi", "darits"]];

/// Small words that make no verdict another text: “šī nav pareizā atbilde”, “this is not correct”.
const SMALL: [&str; 6] = ["ir", "nav", "is", "not", "it", "isn"];

/// Reports an answer that tells whether it is right; `parts` are all of the question.
pub(super) fn on_choice(
    part: &PartDraft,
    parts: &[PartDraft],
    class: &str,
    report: &Report<'_>,
) -> Option<Diagnostic> {
    if matches!(class, "likert" | "survey") {
        return None;
    }
    let judged = matches!(class, "single" | "multiple" | "truefalse")
        || (class == "case" && part.role == case::CHOICE);
    let lines = lines_of(&part.nodes);
    let others: Vec<(bool, Vec<Token>)> = parts
        .iter()
        .filter(|other| other.public && other.role == part.role)
        .filter_map(|other| {
            let lines = lines_of(&other.nodes);
            Some((other.ticked, words::tokens(&lines.first()?.marked)))
        })
        .collect();
    let line = lines.iter().find(|line| {
        let tokens = words::tokens(&line.marked);
        in_brackets(&tokens, judged)
            || (judged
                && (tail(&tokens)
                    || (line.index > 0 && kind_of(&tokens).is_some())
                    || verdict(&tokens)
                    || labelled(&tokens, line, &others, class)
                    || sign(&tokens, &others)))
    });
    let span = line.map(|line| line.span);
    let set_off = || judged && is_set_off(part, parts);
    let span = span.or_else(|| set_off().then_some(part.span))?;
    Some(quiz_answer_shown::found(
        report,
        span,
        "this answer tells whether it is right",
        "leave only the answer here, set like the others; what is said to those who chose it stands below it, after `>`; \
         words that are only shown stand between quotation marks or as code",
    ))
}

/// Whether words say that something is right or wrong, or the answer.
fn kind_of(tokens: &[Token]) -> Option<Kind> {
    let words: Vec<&str> = tokens.iter().filter_map(Token::word).collect();
    let others = tokens.iter().filter_map(Token::sign);
    if others
        .into_iter()
        .any(|sign| !".!,;\"'*\u{e000}\u{e001}#+".contains(sign))
    {
        return None;
    }
    if let [word] = words.as_slice()
        && TRUTHS.contains(word)
    {
        return Some(Kind::Verdict);
    }
    if let [one, two] = words.as_slice()
        && TRUTHS_OF_TWO.contains(&[*one, *two])
    {
        return Some(Kind::Verdict);
    }
    let families: Option<Vec<(Family, &str)>> = words
        .iter()
        .filter(|word| !SMALL.contains(word))
        .map(|word| Some((family(word)?, *word)))
        .collect();
    words::kind(&families?).filter(|kind| {
        matches!(
            kind,
            Kind::Answer | Kind::AnswerWord | Kind::Verdict | Kind::Key
        )
    })
}

fn is_verdict(word: &str) -> bool {
    matches!(family(word), Some(Family::Right | Family::Wrong)) && !word.ends_with("ie")
}

/// “(pareizi)”, “[correct]”, “{.answer}”, “(pareizi, jo …)”, and “(+)” at the end.
fn in_brackets(tokens: &[Token], judged: bool) -> bool {
    tokens.iter().enumerate().any(|(at, token)| {
        if !matches!(token.sign(), Some('(' | '[' | '{')) {
            return false;
        }
        let rest = tokens.get(at.saturating_add(1)..).unwrap_or_default();
        let end = rest
            .iter()
            .position(|token| matches!(token.sign(), Some(')' | ']' | '}')))
            .unwrap_or(rest.len());
        let (inner, after) = rest.split_at_checked(end).unwrap_or_default();
        let beside = tokens.get(..at).unwrap_or_default().iter().chain(after);
        if !beside.into_iter().any(|token| token.word().is_some()) {
            return false;
        }
        let is_last = after.iter().all(|token| token.word().is_none());
        let begins = match inner {
            [first, second, ..] => {
                first.word().is_some_and(is_verdict)
                    && matches!(second.sign(), Some(',' | ':' | '-' | '–' | '—' | ';' | '.'))
            }
            _ => false,
        };
        let sign = match inner {
            [Token::Sign { sign, .. }] => "+*".contains(*sign) || SIGNS.contains(*sign),
            [Token::Word { word, .. }] => is_last && (word == "x" || word == "v"),
            _ => false,
        };
        kind_of(inner).is_some() || begins || (judged && is_last && sign)
    })
}

/// Whether a sign can stand between an answer and what is said about it.
fn separates(token: &Token) -> bool {
    match token {
        Token::Sign {
            sign: '-' | '/',
            spaced,
        } => *spaced,
        Token::Sign { sign, .. } => "–—−―>→⇒➜=←<:;|#.!…,•·".contains(*sign),
        Token::Word { .. } => false,
    }
}

/// “… – pareizi”, “… -> Correct”, “…. Pareizi!”
fn tail(tokens: &[Token]) -> bool {
    // Without what ends the text.
    let last = tokens.iter().rposition(|token| token.word().is_some());
    let end = last
        .and_then(|last| tokens.get(..=last))
        .unwrap_or_default();
    // “Rīga Pareizi”
    let mut last = end.iter().rev();
    if let Some(Token::Word {
        word,
        capital: true,
    }) = last.next()
        && is_verdict(word)
        && last.any(|token| token.word().is_some())
    {
        return true;
    }
    let Some(at) = end.iter().rposition(separates) else {
        return false;
    };
    let (before, after) = end.split_at_checked(at).unwrap_or_default();
    let Some((separator, after)) = after.split_first() else {
        return false;
    };
    let previous = before.last().and_then(Token::sign);
    let sign = separator.sign().unwrap_or_default();
    // “Pareizi / nepareizi” is an answer itself.
    let is_answer = |word: &str| !matches!(family(word), Some(Family::Right | Family::Wrong));
    if !before.iter().filter_map(Token::word).any(is_answer) {
        return false;
    }
    let arrow = ">→⇒➜←<".contains(sign) || previous == Some('<');
    match kind_of(after) {
        Some(Kind::Answer) => true,
        Some(Kind::Verdict) => sign != ',',
        Some(Kind::AnswerWord | Kind::Key) => arrow,
        _ => false,
    }
}

/// “…. Pareizi, jo …”, “… – nepareizi: …”, “… > Pareizi …”
fn verdict(tokens: &[Token]) -> bool {
    tokens.windows(2).enumerate().any(|(at, pair)| {
        let [separator, word] = pair else {
            return false;
        };
        let is_after = tokens
            .get(..at)
            .is_some_and(|before| before.iter().any(|token| token.word().is_some()));
        let sign = separator.sign().unwrap_or_default();
        if !is_after || !separates(separator) || ",/".contains(sign) {
            return false;
        }
        let next = tokens.get(at.saturating_add(2)).and_then(Token::sign);
        let goes_on = matches!(next, Some(',' | ':' | '.' | '!' | ';' | '–' | '—' | '('));
        word.word().is_some_and(is_verdict) && (goes_on || sign == '>')
    })
}

/// “Atbilde: …”, “Pareizi: …”, unless every answer begins so, or the question is whether something is.
fn labelled(tokens: &[Token], line: &Line, others: &[(bool, Vec<Token>)], class: &str) -> bool {
    let label = |tokens: &[Token]| {
        let first = tokens.iter().position(|token| token.word().is_some())?;
        let phrase = labels::phrase(tokens, first)?;
        let stops = phrase.by == By::Stop && matches!(phrase.kind, Kind::Verdict | Kind::Answer);
        let counts = (stops
            || matches!(phrase.by, By::Colon | By::Dash | By::Emphasis | By::Bracket))
            && !matches!(phrase.kind, Kind::Hint | Kind::Note | Kind::Reason)
            && (phrase.by != By::Emphasis || phrase.kind != Kind::Verdict);
        let has_rest = tokens
            .get(phrase.rest..)
            .is_some_and(|rest| rest.iter().any(|token| token.word().is_some()));
        (counts && has_rest).then_some(phrase.kind)
    };
    let Some(kind) = label(tokens).filter(|_| line.index == 0) else {
        return false;
    };
    let by_all = others.iter().all(|(_, other)| label(other) == Some(kind));
    // “Pareizi: …” and “Nepareizi: …” are answers themselves where the right ones do not all begin alike.
    let as_ticked = others.iter().all(|(ticked, other)| {
        let first = other.iter().find_map(Token::word).unwrap_or_default();
        (family(first) == Some(Family::Right)) == *ticked
    });
    !(by_all && (kind != Kind::Verdict || class == "truefalse" || !as_ticked))
}

/// A sign such as ✓ before or after an answer, unless it stands at every one.
fn sign(tokens: &[Token], others: &[(bool, Vec<Token>)]) -> bool {
    let ends = |tokens: &[Token]| {
        let signs = |token: &&Token| {
            !matches!(
                token.sign(),
                Some(EMPHASIS | EMPHASIS_END | '.' | ',' | '!' | '(' | ')')
            )
        };
        let of = |token: Option<&Token>| {
            let sign = token.and_then(Token::sign)?;
            SIGNS.contains(sign).then_some(sign)
        };
        let first = of(tokens.iter().find(signs));
        let last = of(tokens.iter().rev().find(signs));
        let has_text = tokens.iter().any(|token| token.word().is_some());
        if has_text {
            (first, last)
        } else {
            (None, None)
        }
    };
    let own = ends(tokens);
    own != (None, None) && !others.iter().all(|(_, other)| ends(other) == own)
}

/// Whether exactly the right answers are bold or in italics, or exactly the wrong ones struck out.
fn is_set_off(part: &PartDraft, parts: &[PartDraft]) -> bool {
    let whole = |part: &PartDraft, kind: &NodeKind| {
        let is_space =
            |node: &Node| matches!(&node.kind, NodeKind::Text(text) if text.trim().is_empty());
        let mut nodes = part.nodes.iter().filter(|node| !is_space(node));
        let is_whole = nodes.next().is_some_and(|node| node.kind == *kind);
        is_whole && nodes.next().is_none()
    };
    let exactly = |ticked: bool, kind: &NodeKind| {
        parts.iter().any(|part| part.ticked != ticked)
            && parts
                .iter()
                .all(|part| whole(part, kind) == (part.ticked == ticked))
    };
    (part.ticked && (exactly(true, &NodeKind::Strong) || exactly(true, &NodeKind::Emphasis)))
        || (!part.ticked && exactly(false, &NodeKind::Strikethrough))
}

/// Reports a hint that is the right answer, and nothing else.
pub(super) fn on_hint(
    hint: &[Node],
    parts: &[PartDraft],
    class: &str,
    report: &Report<'_>,
) -> Option<Diagnostic> {
    if !matches!(
        class,
        "single" | "multiple" | "truefalse" | "short" | "numeric"
    ) {
        return None;
    }
    let plain = |nodes: &[Node]| -> Vec<String> {
        let tokens = words::tokens(&crate::parse::plain_text(nodes));
        tokens
            .iter()
            .filter_map(Token::word)
            .map(str::to_owned)
            .collect()
    };
    let said = plain(hint);
    let is_answer = parts
        .iter()
        .any(|part| part.ticked && !said.is_empty() && plain(&part.nodes) == said);
    let (first, last) = (hint.first()?, hint.last()?);
    is_answer.then(|| {
        quiz_answer_shown::found(
            report,
            Span::new(first.span.start, last.span.end),
            "this hint is the answer",
            "write what helps to find it, or leave the hint out",
        )
    })
}
