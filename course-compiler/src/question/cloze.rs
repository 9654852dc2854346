//! `.cloze`: gaps in running text, to type in (`[[Rīga;Riga]]`) or to choose in (`[[one|(right)|other]]`).
//!
//! [`gaps`] finds them. The mark is the share of gaps filled correctly. Typed gaps are compared like `.short`
//! answers, with the same settings.

use std::collections::BTreeMap;

use rand::Rng;
use rand::seq::IndexedRandom as _;
use serde::{Deserialize, Serialize};

use super::gaps::{self, Answers};
use super::kind::{Fields, Kind, ReadError, Scene, Ticks};
use super::short::{first_of_each, folded, holds, is_too_long, text_attributes};
use super::spelling::{self, Spelling};
use super::text::QuestionText;
use super::written::{Content, PartDraft, QuestionDraft};
use super::{choices, short, shuffle, typed};
use crate::diagnostic::Report;
use crate::grade::{Expected, Mark, PartMark, Verdict};
use crate::html::{self, GAP_CLOSE, GAP_OPEN, Id, put};
use crate::model::{Language, PartId, Role};
use crate::parse::{Node, NodeKind};
use crate::rules::quiz_malformed;
use crate::text::Words;

/// The number of words on each side that are part of a gap's accessible name.
const NAMING_WORDS: usize = 5;

/// The gaps, in reading order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// The gaps.
    pub gaps: Vec<Gap>,
}

/// A gap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// Its id.
    pub part: PartId,
    /// The options, in the author's order; empty for a typed gap.
    pub options: Vec<PartId>,
}

/// The correct content of each gap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Key {
    pub(crate) spelling: Spelling,
    pub(crate) gaps: Vec<(PartId, Right)>,
}

/// The correct content of a gap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Right {
    /// Any of these spellings, by language.
    Typed(BTreeMap<Language, Vec<String>>),
    /// This option.
    Option(PartId),
}

/// The filled gaps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// For each gap the typed text, or the id of the option; empty gaps are absent.
    pub gaps: BTreeMap<PartId, String>,
}

impl Kind for Body {
    type Key = Key;
    type Answer = Answer;

    const TICKS: Ticks = Ticks::None;
    const SETTINGS: &'static [&'static str] = spelling::SETTINGS;
    const IN_PROMPT: bool = true;

    fn draft(content: &mut Content<'_>, report: &mut Report<'_>) -> Vec<PartDraft> {
        spelling::check(content, report);
        let found = gaps::take(&mut content.nodes, report);
        if found.is_empty() {
            quiz_malformed::report(
                report,
                content.heading,
                "the question has no gap",
                "write `[[answer]]` or `[[one|(right)|other]]` into the text below the heading",
            );
        }
        let mut parts = Vec::new();
        for gap in found {
            let (accepted, options) = match gap.answers {
                Answers::Typed(spellings) => (spellings, Vec::new()),
                Answers::Choice(options) => (Vec::new(), options),
            };
            parts.push(PartDraft {
                text: gap.context,
                value: if options.is_empty() {
                    "to type in".to_owned()
                } else {
                    format!("to choose in, of {}", options.len())
                },
                accepted,
                public: false,
                ..PartDraft::new(Role::Gap, Vec::new(), gap.span)
            });
            parts.extend(options.into_iter().map(|(text, right)| PartDraft {
                ticked: right,
                ..PartDraft::new(
                    Role::Option,
                    vec![Node {
                        kind: NodeKind::Text(text),
                        span: gap.span,
                        children: Vec::new(),
                    }],
                    gap.span,
                )
            }));
        }
        parts
    }

    fn assemble(question: &QuestionDraft, ids: &[PartId]) -> (Self, Key) {
        let mut gaps: Vec<Gap> = Vec::new();
        let mut key: Vec<(PartId, Right)> = Vec::new();
        for (part, id) in question.parts.iter().zip(ids) {
            if part.role == Role::Gap {
                gaps.push(Gap {
                    part: id.clone(),
                    options: Vec::new(),
                });
                key.push((id.clone(), Right::Typed(BTreeMap::new())));
            } else if let (Some(gap), Some((_, right))) = (gaps.last_mut(), key.last_mut()) {
                gap.options.push(id.clone());
                if part.ticked {
                    *right = Right::Option(id.clone());
                }
            }
        }
        let key = Key {
            spelling: Spelling::of(question),
            gaps: key,
        };
        (Self { gaps }, key)
    }

    fn translate(&mut self, key: &mut Key, language: Language, question: &QuestionDraft) {
        let gaps = question.parts.iter().filter(|part| part.role == Role::Gap);
        for ((_, right), part) in key.gaps.iter_mut().zip(gaps) {
            if let Right::Typed(spellings) = right {
                spellings.insert(language, part.accepted.clone());
            }
        }
    }

    fn grading(&self, key: &Key) -> serde_json::Value {
        let mut gaps: Vec<(&PartId, serde_json::Value)> = self
            .gaps
            .iter()
            .zip(&key.gaps)
            .map(|(gap, (part, right))| {
                let right = match right {
                    Right::Typed(spellings) => serde_json::json!(folded(key.spelling, spellings)),
                    Right::Option(option) => {
                        let mut options = gap.options.clone();
                        options.sort();
                        serde_json::json!([options, option])
                    }
                };
                (part, right)
            })
            .collect();
        gaps.sort_by_key(|(part, _)| *part);
        serde_json::json!([key.spelling, gaps])
    }

    fn read(&self, fields: Fields<'_>) -> Result<Option<Answer>, ReadError<Answer>> {
        let mut gaps = BTreeMap::new();
        for (part, value) in fields.of_parts() {
            let gap = self
                .gaps
                .iter()
                .find(|gap| gap.part.as_str() == part)
                .ok_or_else(|| ReadError::Unknown(part.to_owned()))?;
            let value = if gap.options.is_empty() {
                value.trim().to_owned()
            } else {
                choices::find(&gap.options, value)?.into()
            };
            if gaps.insert(gap.part.clone(), value).is_some() {
                return Err(ReadError::TooMany);
            }
        }
        if gaps.values().any(|typed| is_too_long(typed)) {
            return Err(ReadError::TooLong {
                answer: Answer { gaps },
                longest: short::LONGEST,
            });
        }
        Ok((!gaps.is_empty()).then_some(Answer { gaps }))
    }

    fn guess(&self, _: &QuestionText, rng: &mut impl Rng) -> Option<Answer> {
        let gaps = self.gaps.iter();
        let gaps = gaps.filter_map(|gap| {
            let option = gap.options.choose(rng)?;
            Some((gap.part.clone(), option.to_string()))
        });
        Some(Answer {
            gaps: gaps.collect(),
        })
    }

    fn mark(key: &Key, answer: Option<&Answer>) -> Mark {
        let parts: Vec<PartMark> = key
            .gaps
            .iter()
            .map(|(part, right)| {
                let is_right = |given: &String| match right {
                    Right::Typed(spellings) => {
                        holds(key.spelling, spellings, &key.spelling.fold(given))
                    }
                    Right::Option(option) => option.as_str() == given,
                };
                let verdict = match answer.and_then(|answer| answer.gaps.get(part)) {
                    Some(given) if is_right(given) => Verdict::Right,
                    Some(_) => Verdict::Wrong,
                    None => Verdict::Missed,
                };
                let expected = match right {
                    Right::Typed(spellings) => Expected::Text(first_of_each(spellings)),
                    Right::Option(option) => Expected::Part(option.clone()),
                };
                PartMark {
                    expected: (verdict != Verdict::Right).then_some(expected),
                    ..PartMark::new(part.clone(), verdict)
                }
            })
            .collect();
        Mark::by_share(parts)
    }

    fn right_answer(key: &Key) -> Answer {
        let gaps = key
            .gaps
            .iter()
            .filter_map(|(part, right)| {
                let right = match right {
                    Right::Typed(spellings) => spellings.values().flatten().next()?.clone(),
                    Right::Option(option) => option.to_string(),
                };
                Some((part.clone(), right))
            })
            .collect();
        Answer { gaps }
    }

    fn instruction(&self, words: &'static Words) -> &'static str {
        words.fill_gaps
    }

    fn render(&self, scene: &Scene<'_, Answer>, out: &mut String) {
        let mut pieces = scene.text.prompt_html.split(GAP_OPEN);
        put!(
            out,
            "<div class=\"question__prompt cloze\"{}>",
            html::lang(scene.foreign)
        );
        let mut before = pieces.next().unwrap_or_default();
        out.push_str(before);
        for piece in pieces {
            let Some((index, after)) = piece.split_once(GAP_CLOSE) else {
                continue;
            };
            if let Some((number, gap)) = index
                .parse()
                .ok()
                .and_then(|index: usize| Some((index.saturating_add(1), self.gaps.get(index)?)))
            {
                let words = Words::of(scene.view.language);
                let name = format!(
                    "{} {number} {} {}: {} … {}",
                    words.gap,
                    words.of,
                    self.gaps.len(),
                    last_words(before),
                    first_words(after),
                );
                render_gap(gap, name.trim_end(), scene, out);
            }
            out.push_str(after);
            before = after;
        }
        out.push_str("</div>\n");
    }
}

/// Writes the control of a gap and, if marked, the verdict in a word with the correct answer, all of it
/// inline. `name` is safe HTML.
fn render_gap(gap: &Gap, name: &str, scene: &Scene<'_, Answer>, out: &mut String) {
    let view = scene.view;
    let words = Words::of(view.language);
    let id = Id(view.id_prefix, gap.part.as_str());
    let marked = view.marked.and_then(|mark| mark.part(&gap.part));
    let given = scene
        .answer
        .and_then(|answer| answer.gaps.get(&gap.part))
        .map_or("", String::as_str);
    let (modifier, tone) = match marked.map(|part| part.verdict) {
        Some(Verdict::Right) => (" gap--right", "right"),
        Some(Verdict::Missed) => ("", "missed"),
        Some(_) => (" gap--wrong", "wrong"),
        None => ("", ""),
    };
    let invalid = gap.options.is_empty() && is_too_long(given);
    let feedback_id = marked.map(|_| format!("{id}-feedback"));
    let describers = [
        feedback_id.as_deref(),
        view.described_by.filter(|_| invalid),
    ];
    let common = format!(
        " id=\"{id}\" name=\"{}\" aria-label=\"{name}\"{}{}",
        scene.view.field(&format!("a.{}", gap.part)),
        html::invalid(invalid),
        html::described_by(describers.into_iter().flatten()),
    );
    put!(out, "<span class=\"gap{modifier}\">");
    if gap.options.is_empty() {
        put!(
            out,
            "<input class=\"gap__input\" type=\"text\" size=\"14\" autocomplete=\"off\"{common} value=\"{}\"{}>",
            html::escape(given),
            text_attributes(scene),
        );
    } else {
        let mut options: Vec<&PartId> = gap.options.iter().collect();
        if let Some(seed) = view.shuffle_seed {
            shuffle::shuffle(&mut options, seed, gap.part.as_str());
        }
        put!(
            out,
            "<select class=\"gap__select\"{common}><option value=\"\">{}</option>",
            words.choose
        );
        for option in options {
            put!(
                out,
                "<option value=\"{}\"{}>{}</option>",
                html::escape(option.as_str()),
                html::flag("selected", option.as_str() == given),
                says(scene, option),
            );
        }
        out.push_str("</select>");
    }
    if let Some(part) = marked {
        let word = match part.verdict {
            Verdict::Right => words.right,
            Verdict::Missed => words.unanswered,
            _ => words.wrong,
        };
        let expected = match &part.expected {
            Some(Expected::Part(option)) => Some(says(scene, option).to_owned()),
            _ => typed::expected(part, view.language),
        };
        put!(
            out,
            " <span class=\"gap__verdict verdict verdict--{tone}\" id=\"{id}-feedback\"{}>({word}",
            html::lang(scene.foreign.map(|_| view.language)),
        );
        if let Some(expected) = expected {
            put!(out, ". {} {expected}", words.right_answer);
        }
        out.push_str(")</span>");
    }
    out.push_str("</span>");
}

/// The text of an option, safe HTML.
fn says<'a>(scene: &Scene<'a, Answer>, option: &PartId) -> &'a str {
    scene.text.parts.get(option).map_or("", String::as_str)
}

/// The last words of the last block of an HTML fragment.
fn last_words(html: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    for (tag, text) in texts(html) {
        if !is_inline(tag) {
            words.clear();
        }
        words.extend(text.split_whitespace());
    }
    let skipped = words.len().saturating_sub(NAMING_WORDS);
    words
        .into_iter()
        .skip(skipped)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The first words of the first block of an HTML fragment.
fn first_words(html: &str) -> String {
    texts(html)
        .take_while(|(tag, _)| is_inline(tag))
        .flat_map(|(_, text)| text.split_whitespace())
        .take(NAMING_WORDS)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The texts of an HTML fragment, each with the name of the tag before it.
fn texts(html: &str) -> impl Iterator<Item = (&str, &str)> {
    html.split('<').enumerate().map(|(index, piece)| {
        if index == 0 {
            return ("", piece);
        }
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let tag = tag.trim_start_matches('/');
        (tag.split(' ').next().unwrap_or(tag), text)
    })
}

fn is_inline(tag: &str) -> bool {
    matches!(
        tag,
        "" | "a" | "cite" | "code" | "del" | "em" | "span" | "strong" | "sup"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_named_by_the_words_of_its_own_block() {
        let html = "<p>Cits.</p>\n<p>Viens <em>divi</em> trīs, četri pieci seši ";
        assert_eq!(last_words(html), "divi trīs, četri pieci seši");
        assert_eq!(
            first_words(", <strong>un</strong> viss.</p>\n<p>Cits."),
            ", un viss."
        );
        assert_eq!(last_words(""), "");
    }
}
