//! The text around questions, and footnotes, which are shown with it.

use std::collections::BTreeSet;

use super::boxes::ticked;
use super::check::in_nodes;
use super::lines::lines_of;
use super::place::Place;
use super::words::Kind;
use super::{labels, marks};
use crate::diagnostic::Report;
use crate::parse::{Node, NodeKind};
use crate::question::types::CLASSES;
use crate::question::written::QuestionDraft;
use crate::rules::quiz_answer_shown;

/// How far the text of a file has come.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prose {
    is_test: bool,
    /// Whether a question came before.
    after_question: bool,
    /// Whether only text came since then, and no heading of something else.
    next_to_question: bool,
}

impl Prose {
    pub(crate) const fn new(is_test: bool) -> Self {
        Self {
            is_test,
            after_question: false,
            next_to_question: false,
        }
    }

    /// A question came to its end.
    pub(crate) const fn question(&mut self) {
        self.after_question = true;
        self.next_to_question = true;
    }

    /// Reports what stands in the text and belongs to a question: answers and questions whose heading is none of a
    /// question; the key or the explanation of one that came before.
    pub(crate) fn check(&mut self, node: &Node, report: &mut Report<'_>) {
        let found = report.found.len();
        broken_question(node, report);
        if report.found.len() > found {
            return;
        }
        let told = self.label(node, report);
        if matches!(node.kind, NodeKind::Heading(_)) && !told {
            self.next_to_question = false;
        }
    }

    /// Reports a label; tells whether there was one.
    fn label(self, node: &Node, report: &mut Report<'_>) -> bool {
        if !self.after_question && !self.is_test {
            return false;
        }
        let place = if self.is_test {
            Place::Test
        } else {
            Place::Lesson
        };
        for line in lines_of(std::slice::from_ref(node)) {
            let Some(kind) = labels::found_in(&line, place) else {
                continue;
            };
            let counts = match kind {
                Kind::Answer => true,
                Kind::AnswerWord | Kind::Explanation => self.next_to_question,
                Kind::Key | Kind::Hint | Kind::Verdict => self.is_test && self.next_to_question,
                Kind::Reason | Kind::Note | Kind::Aside => false,
            };
            if counts {
                report.push(labels::diagnostic(kind, &line, place, report));
                return true;
            }
        }
        false
    }
}

/// Reports answers and questions that stand in the text of a lesson because their heading is none of a question.
fn broken_question(node: &Node, report: &mut Report<'_>) {
    if let NodeKind::Heading(_) = node.kind {
        let text = node.plain_text();
        let has_type = CLASSES.iter().any(|class| {
            text.contains(&format!("{{.{class}")) || text.contains(&format!(" .{class}"))
        });
        if text.contains('{') && (text.contains("#q-") || has_type) {
            report.push(quiz_answer_shown::found(
                report,
                node.span,
                "this heading is not read as that of a question, so its answers are text",
                "end its line with the id and the type in braces: `{#q-some-words .single}`",
            ));
        }
        return;
    }
    if let Some(span) = ticked(node) {
        report.push(quiz_answer_shown::found(
            report,
            span,
            "a ticked box outside of a question is shown as it stands",
            "write the answers below a heading that ends with the question's id and type: `{#q-some-words .single}`",
        ));
    }
}

/// Reports what footnotes tell that questions refer to in what is shown before the answer: all that is looked for in
/// a prompt, and verdicts. A note stands where a question refers to it, so that one of an explanation or of feedback is
/// shown with that; the others stand at the end of the page, and in a test they are shown from the beginning.
///
/// `footnotes` are labels with what they say, `prose` is the text around the questions.
pub(crate) fn in_footnotes<'a>(
    footnotes: impl Iterator<Item = (&'a str, &'a [Node])>,
    questions: impl Iterator<Item = &'a QuestionDraft>,
    prose: impl Iterator<Item = &'a Node>,
    is_test: bool,
    report: &mut Report<'_>,
) {
    let mut referred = BTreeSet::new();
    let mut of_gaps = BTreeSet::new();
    let mut cited = BTreeSet::new();
    for question in questions {
        for nodes in question.shown_lists() {
            references(nodes, &mut referred);
            if question.class == "cloze" {
                references(nodes, &mut of_gaps);
            }
        }
    }
    for node in prose {
        references(std::slice::from_ref(node), &mut cited);
    }
    for (label, nodes) in footnotes {
        let is_referred = referred.contains(label);
        let is_cited = is_test && cited.contains(label);
        let place = if of_gaps.contains(label) {
            Place::AskedWithGaps
        } else {
            Place::Asked
        };
        let mut told = None;
        if is_referred {
            let verdict = || marks::in_footnote(nodes, report);
            told = in_nodes(nodes, place, report).or_else(verdict);
        }
        if let Some(found) = told {
            report.push(found);
            continue;
        }
        for line in lines_of(nodes) {
            let kind = labels::found_in(&line, Place::Asked);
            let counts = kind.filter(|kind| match kind {
                Kind::Answer => is_referred || is_cited,
                Kind::AnswerWord | Kind::Key | Kind::Explanation | Kind::Hint | Kind::Verdict => {
                    is_referred
                }
                Kind::Reason | Kind::Note | Kind::Aside => false,
            });
            if let Some(kind) = counts {
                report.push(labels::diagnostic(kind, &line, Place::Asked, report));
                break;
            }
        }
    }
}

fn references<'a>(nodes: &'a [Node], found: &mut BTreeSet<&'a str>) {
    for node in nodes {
        if let NodeKind::FootnoteReference(label) = &node.kind {
            found.insert(label.as_str());
        }
        references(&node.children, found);
    }
}
