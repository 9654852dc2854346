//! Terms of the glossary: linked at their first use in a lesson, and listed with their definitions at its
//! end.

use super::markdown::{References, Renderer};
use crate::draft::DraftFile;
use crate::html::{self, escape, put};
use crate::model::{TermId, term_element_id};
use crate::parse::Node;

/// A definition as HTML.
pub(crate) fn definition(file: &DraftFile, nodes: &[Node]) -> String {
    Renderer::new(None, file, References::Nowhere).inline_html(nodes)
}

/// The ids of the terms that a lesson uses, from its HTML.
pub(crate) fn terms_used(html: &str) -> impl Iterator<Item = &str> {
    let starts = html.split(FIRST_USE).skip(1);
    starts.filter_map(|rest| rest.split_once('"')?.0.strip_suffix("-ref"))
}

/// The beginning of the id of a term's first use, before `term_element_id`.
const FIRST_USE: &str = " id=\"term-";

impl Renderer<'_> {
    /// Writes a text of the author, with terms linked at their first use.
    pub(super) fn text(&mut self, text: &str, out: &mut String) {
        let Some(course) = self.course.filter(|_| self.links_terms()) else {
            out.push_str(&escape(text));
            return;
        };
        let mut rest = 0;
        for (range, id) in course.glossary.find(text, self.file.language) {
            if self.used_terms.contains(id) {
                continue;
            }
            out.push_str(&escape(text.get(rest..range.start).unwrap_or_default()));
            let words = escape(text.get(range.clone()).unwrap_or_default());
            put!(out, "{}{words}</a>", self.open_term(id));
            rest = range.end;
        }
        out.push_str(&escape(text.get(rest..).unwrap_or_default()));
    }

    /// Whether terms are linked here: only in the prose of a lesson.
    fn links_terms(&self) -> bool {
        self.references == References::Footnotes && !self.is_quiet
    }

    /// Writes something in which terms are not linked.
    pub(super) fn quietly(&mut self, write: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.is_quiet, true);
        write(self);
        self.is_quiet = before;
    }

    /// Words that the author linked to a term.
    pub(super) fn term(&mut self, id: &str, node: &Node, out: &mut String) {
        let id = TermId::from(id);
        let is_known =
            |course: &crate::draft_course::DraftCourse| course.glossary.terms.contains_key(&id);
        let open = match self.references {
            References::Footnotes if self.course.is_some_and(is_known) => self.open_term(&id),
            References::Nowhere => format!("<a class=\"term\" href=\"#{}\">", term_element_id(&id)),
            // A question may be shown on a page without a list of terms.
            References::Footnotes | References::InPlace => return self.nodes(&node.children, out),
        };
        out.push_str(&open);
        self.quietly(|it| it.nodes(&node.children, out));
        out.push_str("</a>");
    }

    /// The opening tag of a link to a term; the first one is a target for the link back.
    fn open_term(&mut self, id: &TermId) -> String {
        let element = term_element_id(id);
        let own_id = if self.used_terms.contains(id) {
            String::new()
        } else {
            self.used_terms.push(id.clone());
            format!(" id=\"{element}-ref\"")
        };
        format!("<a class=\"term\" href=\"#{element}\"{own_id} role=\"doc-glossref\">")
    }

    /// The used terms with their definitions, in the order of their first use; empty if there are none.
    pub(crate) fn terms(&mut self) -> String {
        let mut out = String::new();
        let Some(glossary) = self.glossary.filter(|_| !self.used_terms.is_empty()) else {
            return out;
        };
        put!(
            out,
            "<section class=\"terms\" role=\"doc-glossary\" aria-labelledby=\"terms\">\n<h2 class=\"terms__title\" \
             id=\"terms\">{}</h2>\n<dl>\n",
            self.words.terms
        );
        let mut listed = self.used_terms.clone();
        let mut index = 0;
        // A definition may refer to another term, which is then listed after it.
        while let Some(id) = listed.get(index).cloned() {
            index = index.saturating_add(1);
            let Some((language, text)) = glossary.term(&id, self.file.language) else {
                continue;
            };
            let element = term_element_id(&id);
            let title = escape(&text.title);
            put!(
                out,
                "<div id=\"{element}\"{}><dt><dfn>{title}</dfn></dt><dd>{}",
                html::lang((language != self.file.language).then_some(language)),
                text.definition_html,
            );
            if self.used_terms.contains(&id) {
                put!(
                    out,
                    " <a class=\"term-back\" href=\"#{element}-ref\" role=\"doc-backlink\" aria-label=\"{} {title}\">↩</a>",
                    self.words.back_to_term,
                );
            }
            out.push_str("</dd></div>\n");
            for other in &text.sees {
                if !listed.contains(other) {
                    listed.push(other.clone());
                }
            }
        }
        out.push_str("</dl>\n</section>\n");
        out
    }
}
