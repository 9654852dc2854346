//! The common HTML of all questions around their controls: the fieldset, legend, prompt and hints.

use super::kind::Scene;
use super::{Question, QuestionHtml, QuestionView};
use crate::html::{self, Id, escape, put};
use crate::text::Words;

impl Question {
    /// The question as HTML for the inside of a `<form>`: a `fieldset` with its legend, prompt, controls and
    /// hints. It works without scripts. The submit button is part of the page.
    ///
    /// Fields are named `a` (one value, or repeated for several choices) or `a.<part>` (pairs, order, steps),
    /// as [`Question::read`] expects them.
    #[must_use]
    pub fn render(&self, view: &QuestionView<'_>) -> String {
        let QuestionHtml { mut opening, rest } = self.render_parts(view);
        opening.push_str(&rest);
        opening
    }

    /// The same in two pieces, so that a page can say something right below the title.
    #[must_use]
    pub fn render_parts(&self, view: &QuestionView<'_>) -> QuestionHtml {
        let Some((found, text)) = self.text(view.language) else {
            return QuestionHtml {
                opening: String::new(),
                rest: String::new(),
            };
        };
        let words = Words::of(view.language);
        let foreign = (found != view.language).then_some(found);
        let prompt = Id(view.id_prefix, "prompt");
        let mut describers: Vec<String> = Vec::new();
        let has_prompt = !text.prompt_html.is_empty() && !self.body.writes_prompt();
        if has_prompt {
            describers.push(prompt.to_string());
        }
        if let Some(described_by) = view.described_by {
            describers.push(escape(described_by).into_owned());
        }

        let title = view.heading.map_or_else(
            || "span".to_owned(),
            |level| format!("h{}", level.clamp(2, 6)),
        );
        let mut opening = String::with_capacity(256);
        put!(
            opening,
            "<fieldset class=\"question__fieldset\"{}{}>\n<legend class=\"question__legend\"><{title} \
             class=\"question__title\"{}{}>{}</{title}> <span class=\"question__instruction\">{}</span></legend>\n",
            if describers.is_empty() {
                String::new()
            } else {
                format!(" aria-describedby=\"{}\"", describers.join(" "))
            },
            html::flag("disabled", view.disabled),
            html::lang(foreign),
            if view.takes_focus {
                " tabindex=\"-1\" autofocus"
            } else {
                ""
            },
            text.title_html,
            self.body.instruction(words),
        );
        let mut out = String::with_capacity(1024);
        if foreign.is_some() {
            html::untranslated_notice(view.language, &mut out);
        }
        if has_prompt {
            put!(
                out,
                "<div class=\"question__prompt\" id=\"{prompt}\"{}>{}</div>\n",
                html::lang(foreign),
                text.prompt_html,
            );
        }
        self.body.render(
            &Scene {
                view: view.look(),
                text,
                foreign,
                answer: view.response,
                question: &self.id,
            },
            &mut out,
        );
        out.push_str("</fieldset>\n");
        for (index, hint) in text.hints_html.iter().enumerate() {
            put!(
                out,
                "<details class=\"question__hint\"><summary>{}{}</summary><div{}>{hint}</div></details>\n",
                words.hint,
                if text.hints_html.len() > 1 {
                    format!(" {}", index.saturating_add(1))
                } else {
                    String::new()
                },
                html::lang(foreign),
            );
        }
        QuestionHtml { opening, rest: out }
    }
}
