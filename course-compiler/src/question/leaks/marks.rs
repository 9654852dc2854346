//! Answers that reveal whether they are correct: “Rīga (pareizi)”, “✓ Rīga”, “Rīga. Pareizi, jo …”, or the
//! correct one in bold type.

#[cfg(test)]
mod tests;

use super::labels::{self, By};
use super::lines::{EMPHASIS, EMPHASIS_END, Line, Within, lines_of};
use super::place::Place;
use super::words::{self, Family, Kind, Token, family};
use crate::diagnostic::{Diagnostic, Report};
use crate::model::Role;
use crate::parse::{Node, NodeKind};
use crate::question::written::PartDraft;
use crate::rules::quiz_answer_shown;
use crate::source::Span;

/// Symbols that mean “correct” everywhere.
const RIGHT_SIGNS: &str = "✓✔✅☑";

/// Symbols that mean “wrong” everywhere.
const WRONG_SIGNS: &str = "✗✘✖❌❎";

/// Symbols that mark one answer among others, and have other meanings elsewhere.
const SIGNS_OF_ANSWERS: &str = "☒√🗸👍👎👌💯🆗🎯⭐★☆🟢🔴🚫⛔←*";

/// Whether a symbol marks an answer as correct or wrong.
fn is_mark(sign: char) -> bool {
    says_right_or_wrong(sign) || SIGNS_OF_ANSWERS.contains(sign)
}

/// Whether a symbol means “correct” or “wrong” everywhere.
fn says_right_or_wrong(sign: char) -> bool {
    RIGHT_SIGNS.contains(sign) || WRONG_SIGNS.contains(sign)
}

/// Words with this meaning, in brackets or at the end.
const TRUTHS: [&str; 18] = [
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
    "lieliski",
    "bravo",
    "exactly",
    "excellent",
    "perfect",
    "nope",
    "distractor",
];

/// Pairs of words with this meaning.
const TRUTHS_OF_TWO: [[&str; 2]; 11] = [
    ["tiesi", "ta"],
    ["well", "done"],
    ["labi", "darits"],
    ["labs", "darbs"],
    ["megini", "velreiz"],
    ["meginiet", "velreiz"],
    ["try", "again"],
    ["good", "job"],
    ["great", "job"],
    ["not", "quite"],
    ["nice", "try"],
];

/// Separators between an answer and its feedback in other tools.
const FEEDBACK_SIGNS: [&str; 2] = [" :: ", " # "];

/// The most words of a text that is only an answer with a verdict.
const SHORT: usize = 4;

/// Words that may accompany a verdict: “šī nav pareizā atbilde”, “this is not correct”.
const SMALL: [&str; 6] = ["ir", "nav", "is", "not", "it", "isn"];

/// Words that may accompany the answer in a hint: “tā ir Rīga”, “it is Riga”.
const SMALL_IN_HINTS: [&str; 9] = ["ta", "tas", "tie", "ir", "it", "is", "the", "a", "an"];

/// Reports an answer that reveals whether it is correct; `parts` are all of the question.
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
        || (class == "case" && part.role == Role::Choice);
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
        let is_picture = line.within == Within::Picture && class != "truefalse";
        (is_picture && kind_of(&without_brackets(&tokens)).is_some())
            || (judged && has_feedback(line, part.role, parts))
            || in_brackets(&tokens, judged)
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

/// Whether words are a verdict or the word “answer”.
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

fn without_brackets(tokens: &[Token]) -> Vec<Token> {
    let is_bracket = |token: &&Token| matches!(token.sign(), Some('(' | ')' | '[' | ']'));
    tokens
        .iter()
        .filter(|token| !is_bracket(token))
        .cloned()
        .collect()
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
            [Token::Sign { sign, .. }] => "+*".contains(*sign) || is_mark(*sign),
            // “f(x)” is not an answer with a mark.
            [Token::Word { word, .. }] => {
                let is_apart = matches!(token, Token::Sign { spaced: true, .. });
                is_last && is_apart && (word == "x" || word == "v")
            }
            _ => false,
        };
        kind_of(inner).is_some() || begins || (judged && is_last && sign)
    })
}

/// Whether a symbol can separate an answer from its verdict.
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
    // Without final punctuation.
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

/// “Atbilde: …”, “Pareizi: …”, unless every answer starts with it, or the question is whether something is
/// correct.
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
    // “Pareizi: …” and “Nepareizi: …” are answers themselves if they do not correspond to the ticks.
    let as_ticked = others.iter().all(|(ticked, other)| {
        let first = other.iter().find_map(Token::word).unwrap_or_default();
        (family(first) == Some(Family::Right)) == *ticked
    });
    !(by_all && (kind != Kind::Verdict || class == "truefalse" || !as_ticked))
}

/// A symbol such as ✓ before or after an answer, unless every answer has it.
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
            is_mark(sign).then_some(sign)
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

/// Whether an answer, but not every one, has what other tools read as its feedback.
fn has_feedback(line: &Line, role: Role, parts: &[PartDraft]) -> bool {
    FEEDBACK_SIGNS.iter().any(|sign| {
        let mut others = parts
            .iter()
            .filter(|other| other.public && other.role == role);
        line.text.contains(sign) && !others.all(|other| other.text.contains(sign))
    })
}

/// The formatting of a whole answer that makes it stand out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Setting {
    /// Bold, in italics, as code.
    Set,
    Struck,
    Capitals,
}

/// The formatting of a whole answer, apart from spaces and punctuation around it and a letter such as “a)”
/// before it.
fn setting(part: &PartDraft) -> Option<Setting> {
    let is_aside = |node: &&Node| match &node.kind {
        NodeKind::Text(text) => text.chars().filter(|c| c.is_alphanumeric()).count() <= 1,
        _ => false,
    };
    let mut nodes = part.nodes.iter().filter(|node| !is_aside(node));
    let (first, second) = (nodes.next(), nodes.next());
    let by_node = match first.filter(|_| second.is_none()).map(|node| &node.kind) {
        Some(NodeKind::Strong | NodeKind::Emphasis | NodeKind::Code(_)) => Some(Setting::Set),
        Some(NodeKind::Strikethrough) => Some(Setting::Struck),
        _ => None,
    };
    // Several words: a single one may be an abbreviation such as “ANO”.
    let is_shouted = || {
        let letters = || part.text.chars().filter(|c| c.is_alphabetic());
        part.text.split_whitespace().count() >= 2
            && letters().count() >= 8
            && letters().all(char::is_uppercase)
    };
    by_node.or_else(|| is_shouted().then_some(Setting::Capitals))
}

/// Whether exactly the correct answers are formatted differently, or exactly the wrong ones struck out.
fn is_set_off(part: &PartDraft, parts: &[PartDraft]) -> bool {
    let exactly = |ticked: bool, wanted: Setting| {
        parts.iter().any(|part| part.ticked != ticked)
            && parts
                .iter()
                .all(|part| (setting(part) == Some(wanted)) == (part.ticked == ticked))
    };
    if part.ticked {
        exactly(true, Setting::Set) || exactly(true, Setting::Capitals)
    } else {
        exactly(false, Setting::Struck)
    }
}

/// Reports a footnote that starts with a verdict: “Pareizi, jo …”, “Nepareizi.”, “✓ …”.
pub(super) fn in_footnote(nodes: &[Node], report: &Report<'_>) -> Option<Diagnostic> {
    let lines = lines_of(nodes);
    let line = lines.first()?;
    let tokens = words::tokens(&line.marked);
    let stops =
        |token: &Token| matches!(token.sign(), Some(',' | '.' | '!' | ':' | ';' | '–' | '—'));
    let end = tokens.iter().position(stops).unwrap_or(tokens.len());
    let head = tokens.get(..end).unwrap_or_default();
    let tells = matches!(kind_of(head), Some(Kind::Answer | Kind::Verdict))
        || verdict(&tokens)
        || checked_first(&tokens);
    tells.then(|| told(line, report))
}

/// “✓ Rīga”: a symbol that marks the following text as correct or wrong.
fn checked_first(tokens: &[Token]) -> bool {
    let is_plain = |token: &&Token| !matches!(token.sign(), Some(EMPHASIS | EMPHASIS_END));
    let first = tokens.iter().find(is_plain).and_then(Token::sign);
    first.is_some_and(says_right_or_wrong) && tokens.iter().any(|token| token.word().is_some())
}

/// Reports a verdict in the prompt: “Tiesībsargs (pareizi).”, a picture with the alternative text “pareizi”.
pub(super) fn in_text(line: &Line, place: Place, report: &Report<'_>) -> Option<Diagnostic> {
    let tokens = words::tokens(&line.marked);
    let words: Vec<&str> = tokens.iter().filter_map(Token::word).collect();
    let has = |wanted| words.iter().any(|word| family(word) == Some(wanted));
    // The text after a question is not part of it: “Kura? Rīga – pareizi”.
    let asked = tokens.iter().rposition(|token| token.sign() == Some('?'));
    let after = asked.and_then(|at| tokens.get(at.saturating_add(1)..));
    let tokens = match after {
        Some(after) if after.iter().any(|token| token.word().is_some()) => after,
        Some(_) => return None,
        None => tokens.as_slice(),
    };
    let is_open =
        line.quoted || (has(Family::Right) && has(Family::Wrong)) || words::is_instruction(&words);
    let is_picture = line.within == Within::Picture;
    let gives = |kind: Option<Kind>| matches!(kind, Some(Kind::Answer | Kind::Verdict));
    let found = !is_open
        && ((is_picture && gives(kind_of(&without_brackets(tokens))))
            || names_the_right_one(tokens)
            || ((place != Place::Title || asked.is_some())
                && is_short(tokens)
                && (tail(tokens) || is_checked(tokens) || checked_first(tokens))));
    found.then(|| told(line, report))
}

fn told(line: &Line, report: &Report<'_>) -> Diagnostic {
    quiz_answer_shown::found(
        report,
        line.span,
        "this tells what is right, and is shown before the question is answered",
        "leave out what says so; tick the right answer, and write what is said about it below `> [!NOTE]`; words that \
         are only shown stand between quotation marks or as code",
    )
}

/// “Tiesībsargs (pareizi).”: a verdict in brackets after its subject.
fn names_the_right_one(tokens: &[Token]) -> bool {
    tokens.iter().enumerate().any(|(at, token)| {
        let Some(open @ ('(' | '[' | '{')) = token.sign() else {
            return false;
        };
        let close = match open {
            '(' => ')',
            '[' => ']',
            _ => '}',
        };
        let rest = tokens.get(at.saturating_add(1)..).unwrap_or_default();
        let end = rest.iter().position(|token| token.sign() == Some(close));
        let (inner, after) = end
            .and_then(|end| rest.split_at_checked(end))
            .unwrap_or_default();
        let ends = after.get(1).is_none_or(|token| token.word().is_none());
        let has_words = tokens
            .get(..at)
            .is_some_and(|before| before.iter().any(|token| token.word().is_some()));
        ends && has_words && matches!(kind_of(inner), Some(Kind::Answer | Kind::Verdict))
    })
}

fn is_short(tokens: &[Token]) -> bool {
    let end = tokens.iter().rposition(separates).unwrap_or(tokens.len());
    let before = tokens.get(..end).unwrap_or_default();
    let is_told = tokens.get(end).and_then(Token::sign) == Some(':');
    !is_told && before.iter().filter(|token| token.word().is_some()).count() <= SHORT
}

/// “Tiesībsargs ✓”.
fn is_checked(tokens: &[Token]) -> bool {
    let last = tokens
        .iter()
        .rev()
        .filter_map(|token| token.sign().or(Some(' ')))
        .find(|sign| !matches!(*sign, EMPHASIS | EMPHASIS_END | '.' | ')' | '('));
    let words = tokens.iter().filter_map(Token::word);
    let is_named = tokens
        .iter()
        .rev()
        .find_map(Token::word)
        .is_some_and(|word| ["ar", "with", "un", "and", "zime", "mark"].contains(&word));
    last.is_some_and(|sign| RIGHT_SIGNS.contains(sign)) && !is_named && words.count() > 0
}

/// Reports a hint that contains only the correct answer.
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
    let without_small = |words: Vec<String>| -> Vec<String> {
        let is_small = |word: &String| SMALL_IN_HINTS.contains(&word.as_str());
        words.into_iter().filter(|word| !is_small(word)).collect()
    };
    let words_of = |text: &str| -> Vec<String> {
        let tokens = words::tokens(text);
        let words = tokens.iter().filter_map(Token::word);
        without_small(words.map(str::to_owned).collect())
    };
    let said = without_small(plain(hint));
    let is_said = |part: &PartDraft| match class {
        "short" => part.text.split(';').any(|text| words_of(text) == said),
        _ => without_small(plain(&part.nodes)) == said,
    };
    let is_answer = !said.is_empty() && parts.iter().any(|part| part.ticked && is_said(part));
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
