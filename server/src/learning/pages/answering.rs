//! What the pages of lessons and tests share about answers.

use std::str::FromStr;

use actix_web::{HttpRequest, HttpResponse, http::header};
use course_compiler::{Question, QuestionView, Response};

use crate::{
    http::{Lang, Posted, theme::TrustedHtml},
    learning::model::Replacing,
};

/// The field with the version of the answer with which a form was shown; also the header that gives a script
/// the version of the saved answer.
pub(super) const VERSION_FIELD: &str = "version";
pub(super) const VERSION_HEADER: &str = "answer-version";

/// Whether a form that offers a choice between two answers was sent by a button that chooses neither: the one
/// that changes the language, or the one that leads to handing in.
pub(super) fn leaves_open(form: &Posted) -> bool {
    !form.get("beside").is_empty() && (switch_to(form).is_some() || form.get("go") == "review")
}

/// The language that a form's button changes to.
pub(super) fn switch_to(form: &Posted) -> Option<Lang> {
    Lang::from_tag(form.get("switch"))
}

/// How a form's answer relates to the saved one.
pub(super) fn replacing<V: FromStr>(
    question: &Question,
    lang: Lang,
    form: &Posted,
) -> Replacing<V> {
    let unconfirmed = form.raw("unconfirmed");
    let sent: Vec<(String, String)> = url::form_urlencoded::parse(unconfirmed.as_bytes())
        .into_owned()
        .collect();
    Replacing {
        version: form.get(VERSION_FIELD).parse().ok(),
        unconfirmed: if sent.is_empty() {
            None
        } else {
            question.read(&sent, lang.into()).ok().flatten()
        },
        may_empty: form.get("empty") == "yes",
    }
}

/// Tells a script that an answer is saved, with its version, and what is incomplete or ambiguous about it.
pub(super) fn saved(version: impl ToString, remark: Option<Remark>) -> HttpResponse {
    let version = (VERSION_HEADER, version.to_string());
    match remark {
        None => HttpResponse::NoContent().insert_header(version).finish(),
        Some(remark) => HttpResponse::Ok().insert_header(version).json(remark),
    }
}

/// What a script shows about a saved answer that is incomplete or ambiguous.
#[derive(serde::Serialize)]
pub(super) struct Remark {
    /// The text.
    detail: String,
    /// The question's fields as the page shows them now, with the follow-up question.
    html: TrustedHtml,
}

impl Remark {
    /// What is incomplete or ambiguous about an answer.
    pub(super) fn about(question: &Question, response: &Response, lang: Lang) -> Option<Self> {
        let detail = question.remark(response, lang.into())?;
        let id = question.id.to_string();
        let html = question.render(&QuestionView {
            response: Some(response),
            ..QuestionView::new(lang.into(), &id)
        });
        Some(Self {
            detail,
            html: TrustedHtml(html),
        })
    }
}

/// What is said to somebody who has just completed a course; of a draft that they tried out it does not count.
pub(super) const fn completed_flash(is_trial: bool) -> &'static str {
    if is_trial {
        "flash-completed-trial"
    } else {
        "flash-completed"
    }
}

/// Whether a script has sent the request and stays on the page.
pub(super) fn wants_json(request: &HttpRequest) -> bool {
    request
        .headers()
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.starts_with("application/json"))
}
