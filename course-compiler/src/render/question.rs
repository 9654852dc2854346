//! What all questions look like around their controls: the fieldset, legend, prompt and hints.

use crate::html::{self, Id, escape, put};
use crate::question::{Question, QuestionView, Scene};
use crate::text::Words;

/// The question as HTML, to stand inside a form.
pub(crate) fn question(question: &Question, view: &QuestionView<'_>) -> String {
    let Some((found, text)) = question.text(view.language) else {
        return String::new();
    };
    let words = Words::of(view.language);
    let foreign = (found != view.language).then_some(found);
    let prompt = Id(view.id_prefix, "prompt");
    let mut describers: Vec<String> = Vec::new();
    let has_prompt = !text.prompt_html.is_empty() && !question.body.writes_prompt();
    if has_prompt {
        describers.push(prompt.to_string());
    }
    if let Some(described_by) = view.described_by {
        describers.push(escape(described_by).into_owned());
    }

    let mut out = String::with_capacity(1024);
    put!(
        out,
        "<fieldset class=\"question__fieldset\"{}{}>\n<legend class=\"question__legend\"><span \
         class=\"question__title\"{}>{}</span> <span class=\"question__instruction\">{}</span></legend>\n",
        if describers.is_empty() {
            String::new()
        } else {
            format!(" aria-describedby=\"{}\"", describers.join(" "))
        },
        html::flag("disabled", view.disabled),
        html::lang(foreign),
        text.title_html,
        question.body.instruction(words),
    );
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
    question.body.render(
        &Scene {
            view,
            text,
            foreign,
            answer: view.response,
            question: &question.id,
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
    out
}
