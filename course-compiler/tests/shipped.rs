//! What holds for every question of the shipped courses, in lessons and in tests: its key earns everything, and
//! whoever chooses something else is told why.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise"
)]

use std::path::Path;

use course_compiler::Language;
use course_compiler::compile::{self, Options};
use course_compiler::load;
use course_compiler::question::{AnswerKey, Question, Response};
use serde_json::{Value, json};

/// The response to the question in which this choice is ticked: alone, or beside the right ones where several may be.
fn with_choice(key: &AnswerKey, part: &Value) -> Response {
    let mut response = serde_json::to_value(key.right_answer()).unwrap();
    if let Some(choices) = response.get_mut("choices").and_then(Value::as_array_mut) {
        choices.push(part.clone());
    } else {
        response["choice"] = part.clone();
    }
    serde_json::from_value(response).unwrap()
}

/// What is wrong with a question in a language.
fn faults(question: &Question, key: &AnswerKey, language: Language) -> Vec<String> {
    let mut faults = Vec::new();
    if !question.is_marked() {
        return faults;
    }
    let right = key.right_answer();
    if key.mark(Some(&right)).fraction.value().to_bits() != 1.0_f64.to_bits() {
        faults.push("its key does not earn everything".to_owned());
    }
    let explains = key.explanation(language).is_some();
    let parts = serde_json::to_value(key).unwrap();
    let choices = parts["key"]["choices"].as_array();
    let wrong = choices.into_iter().flatten();
    for choice in wrong.filter(|choice| choice["right"] == json!(false)) {
        let response = with_choice(key, &choice["part"]);
        let mark = key.mark(Some(&response));
        if mark.fraction.value() >= 1.0 {
            faults.push(format!("{} earns everything, too", choice["part"]));
        }
        let part = choice["part"].as_str().unwrap();
        let feedback = &parts["feedback"][part][language.as_str()];
        let feedback = feedback.as_str().unwrap_or_default();
        if feedback.is_empty()
            || !mark
                .feedback_html(language)
                .iter()
                .any(|html| html == feedback)
        {
            faults.push(format!("{part} has no feedback"));
        }
    }
    // Rows put in order, pairs, gaps and typed answers are right or wrong as a whole.
    if choices.is_none() && !explains && key.feedback_html(None, language).is_empty() {
        faults.push("a wrong answer is not explained".to_owned());
    }
    faults
}

#[test]
fn every_question_is_answered_by_its_key_and_every_wrong_choice_has_feedback() {
    let tree = load::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../courses")).unwrap();
    let compiled = compile::compile_tree(&tree, &Options::default(), &()).unwrap();
    let (mut questions, mut found) = (0, Vec::new());
    for course in &compiled.bundle.courses {
        for question in course.questions.values() {
            questions += 1;
            let key = course.key(&question.id).unwrap();
            for language in course.languages.iter().copied() {
                for fault in faults(question, key, language) {
                    found.push(format!(
                        "{} {} {language}: {fault}",
                        course.slug, question.id
                    ));
                }
            }
        }
    }
    assert!(questions > 1000, "{questions} questions");
    assert!(found.is_empty(), "{found:#?}");
}
