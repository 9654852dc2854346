//! The evidence of a completion, for managers.

use serde::Serialize;

use super::RequirementView;
use crate::{
    certificates::CertificateLink,
    http::{
        Lang,
        theme::Theme,
        visit::{Section, View},
    },
    learning::{Catalogue, service::completion::Proof},
    text,
};

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct CompletionPage {
    course_title: String,
    person: String,
    enrolled: String,
    completed: String,
    hours_text: String,
    trace: Vec<RequirementView>,
    attempts: Vec<AttemptView>,
    certificate_serial: Option<String>,
    /// The name that stands on the certificate, if the person has another one now.
    former_name: Option<String>,
    /// Whether the name has letters of several alphabets, of which one may stand for another.
    has_mixed_letters: bool,
}

#[derive(Debug, Serialize)]
struct AttemptView {
    number: i32,
    started: String,
    finished: Option<String>,
    percent: Option<String>,
    is_passed: bool,
}

impl CompletionPage {
    /// A completion, with its person's name and its certificate.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        catalogue: &Catalogue,
        proof: &Proof,
        person: String,
        certificate: Option<CertificateLink>,
    ) -> Self {
        let title = proof
            .course_title
            .get(lang.as_str())
            .or_else(|| proof.course_title.values().next());
        Self {
            course_title: title
                .cloned()
                .unwrap_or_else(|| proof.course_id.to_string()),
            has_mixed_letters: !text::is_of_one_script(&person),
            person,
            enrolled: lang.date_time(proof.enrolled_at),
            completed: lang.date_time(proof.completed_at),
            hours_text: theme.text_with(lang, "course-hours", &[("count", proof.hours.into())]),
            trace: catalogue
                .by_id(&proof.course_id)
                .map(|course| super::trace(theme, lang, course, &proof.trace))
                .unwrap_or_default(),
            attempts: proof
                .attempts
                .iter()
                .map(|attempt| AttemptView {
                    number: attempt.number,
                    started: lang.date_time(attempt.started_at),
                    finished: attempt
                        .result
                        .map(|result| lang.date_time(result.finished_at)),
                    percent: attempt.result.map(|result| {
                        format!("{} %", lang.number(super::percent(result.share()), 0))
                    }),
                    is_passed: attempt.is_passed(),
                })
                .collect(),
            former_name: certificate
                .as_ref()
                .and_then(CertificateLink::former_name)
                .map(str::to_owned),
            certificate_serial: certificate.map(|link| link.serial),
        }
    }
}

impl View for CompletionPage {
    const TEMPLATE: &'static str = "pages/manage-completion.html";
    const SECTION: Section = Section::Manage;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text_with(
            lang,
            "completion-title",
            &[("person", self.person.as_str().into())],
        )
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let catalogue = crate::learning::catalogue::sample();
        let mut samples = Vec::new();
        for course in catalogue.all() {
            for enrolled in crate::learning::service::samples(course) {
                let proof = Proof {
                    person_id: crate::ids::PersonId::NIL,
                    course_id: course.id.clone(),
                    course_title: [("lv".to_owned(), "Paraugs".to_owned())].into(),
                    enrolled_at: enrolled.enrolled_at,
                    completed_at: enrolled.enrolled_at,
                    hours: course.hours,
                    trace: crate::learning::model::Trace::of(course, &enrolled.progress),
                    attempts: enrolled.progress.attempts.clone(),
                };
                let certificate = CertificateLink::sample(theme, lang).beside("Anna Paraudziņa");
                samples.push(Self::new(
                    theme,
                    lang,
                    &catalogue,
                    &proof,
                    "Anna Paraudziņa".to_owned(),
                    Some(certificate),
                ));
            }
        }
        samples
    }
}
