//! The text around questions, and footnotes.

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

/// The state while the text of a file is checked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prose {
    is_test: bool,
    /// Whether it is after a question.
    after_question: bool,
    /// Whether only text, and no other heading, came since then.
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

    /// To be called at the end of a question.
    pub(crate) const fn question(&mut self) {
        self.after_question = true;
        self.next_to_question = true;
    }

    /// Reports content of the text that belongs to a question: answers and questions whose heading is not
    /// recognised as one, and the key or explanation of a question before it.
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

    /// Reports a label; returns whether there was one.
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

/// Reports answers and questions in the text of a lesson whose heading is not recognised as a question.
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

/// Reports footnotes that reveal answers and are cited in content shown before the answer: everything that is
/// reported in a prompt, and verdicts. A footnote is shown where a question cites it, so one cited in an
/// explanation or in feedback is shown with that; the others are shown at the end of the page, which in a
/// test is visible from the beginning.
///
/// `footnotes` are labels with their content, `prose` is the text around the questions.
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
