//! Taking a test: one question a page; every answer is saved when it is given.

use std::sync::Arc;

use actix_web::{
    HttpRequest,
    web::{Data, Query},
};
use chrono::TimeDelta;
use course_compiler::QuestionId;
use serde::Deserialize;

use super::answering::{
    self, Remark, completed_flash, leaves_open, replacing, switch_to, wants_json,
};
use crate::{
    http::{
        Error, Flash, Lang, Path, Posted, Reply, SignedIn, Visit,
        address::{self, Address as _},
        see_other,
    },
    ids::AttemptId,
    learning::{
        Catalogue, State,
        model::{Replacing, next_attempt},
        service::attempt::{self, AnswerError, AnswerState, AttemptState, StartError},
        views::{
            course_url,
            lesson::{Choice, RefusedAnswer},
            question_url,
            test::{FinishPage, QuestionPage, ReviewPage, TestPage},
            test_url,
        },
    },
    random,
};

/// How much too early a script may hand in, because its clock is not the server's.
const EARLY: TimeDelta = TimeDelta::seconds(15);

/// Which question is shown, counted from 1.
#[derive(Debug, Deserialize)]
pub(super) struct Position {
    #[serde(default)]
    q: Option<usize>,
}

/// `GET /{lang}/courses/{course}/test`: for those enrolled.
pub(super) async fn before(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::Test>,
) -> Reply {
    let catalogue = state.courses.current();
    let course = catalogue.by_slug(&path.course).ok_or(Error::NotFound)?;
    let test = course.final_test().ok_or(Error::NotFound)?;
    let rules = test.test_rules().ok_or(Error::NotFound)?;
    let begun = attempt::begun(
        &state.context(&catalogue),
        visit.who.person_id,
        &course.id,
        &test.id,
    )
    .await?;
    let Some(before) = begun else {
        let course = course_url(visit.lang, course);
        return Ok(Flash::info("flash-enrol-first").on(see_other(&course)));
    };
    let next = next_attempt(
        rules,
        before.extra_attempts,
        &before.attempts,
        state.clock.now(),
    );
    let what = (course, test, rules);
    let page = TestPage::new(visit.theme(), visit.lang, what, &before, next);
    visit.show(&page)
}

/// `POST /{lang}/courses/{course}/test/start`.
pub(super) async fn start(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::StartTest>,
    _form: Posted,
) -> Reply {
    let catalogue = state.courses.current();
    let course = catalogue.by_slug(&path.course).ok_or(Error::NotFound)?;
    let test = course.final_test().ok_or(Error::NotFound)?;
    let rules = test.test_rules().ok_or(Error::NotFound)?;
    let started = attempt::start(
        &state.context(&catalogue),
        visit.who.person_id,
        (course, test, rules),
        visit.lang.as_str(),
        &mut random::rng(),
    )
    .await;
    let test_page = test_url(visit.lang, course);
    match started {
        Ok(attempt) => Ok(see_other(&visit.url(&address::Attempt { attempt }))),
        Err(StartError::Passed) => Ok(Flash::info("flash-test-passed").on(see_other(&test_page))),
        Err(StartError::NoneLeft) => Ok(Flash::error("flash-none-left").on(see_other(&test_page))),
        // The page says until when.
        Err(StartError::Early) => Ok(see_other(&test_page)),
        Err(StartError::NotEnrolled) => Err(Error::Conflict("not-enrolled")),
        Err(StartError::Empty) => Err(Error::internal("a test without questions")),
        Err(StartError::Database(error)) => Err(error.into()),
    }
}

/// The attempt, if it belongs to this person.
async fn own_attempt(
    state: &State,
    catalogue: &Arc<Catalogue>,
    visit: &Visit<SignedIn>,
    attempt: AttemptId,
) -> Result<Arc<AttemptState>, Error> {
    attempt::state_of(&state.context(catalogue), &visit.who, attempt)
        .await?
        .ok_or(Error::NotFound)
}

fn review_url(visit: &Visit<SignedIn>, attempt: AttemptId) -> String {
    visit.url(&address::AttemptReview { attempt })
}

/// `GET /{lang}/attempts/{attempt}?q=n`: one's own attempt; without `q`, the first unanswered question.
pub(super) async fn question(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::Attempt>,
    position: Query<Position>,
) -> Reply {
    let catalogue = state.courses.current();
    let attempt = own_attempt(&state, &catalogue, &visit, path.attempt).await?;
    if attempt.summary.result.is_some() {
        return Ok(see_other(&review_url(&visit, path.attempt)));
    }
    let index = match position.q {
        Some(number) => number.saturating_sub(1),
        None => attempt
            .questions
            .iter()
            .position(|drawn| {
                let state = attempt.answer_state(&catalogue, drawn, visit.lang.into());
                state != AnswerState::Complete
            })
            .unwrap_or(0),
    };
    let place = (index, state.clock.now());
    let page = QuestionPage::new(visit.theme(), visit.lang, &catalogue, &attempt, place, None)
        .ok_or(Error::NotFound)?;
    visit.show(&page)
}

/// `POST /{lang}/attempts/{attempt}/answers`: saves the answer and redirects to the page of the button; the
/// button `switch` leads to the same question in the other language, with what was typed. A script that
/// accepts JSON gets the answer's version with 204, or with 200 and what is incomplete about the answer; or a
/// problem.
pub(super) async fn answer(
    state: Data<State>,
    visit: Visit<SignedIn>,
    request: HttpRequest,
    path: Path<address::AttemptAnswers>,
    form: Posted,
) -> Reply {
    let catalogue = state.courses.current();
    let question_id = QuestionId::from(form.get("question"));
    let revision = form.get("revision").to_owned();
    let asked = catalogue
        .revision(&revision.as_str().into())
        .filter(|revision| revision.question.id == question_id)
        .ok_or(Error::Conflict("question-elsewhere"))?;
    // The answer is read in the language of the page on which it was typed.
    let typed_in = visit.lang;
    let switch = switch_to(&form);
    let visit = match switch {
        Some(lang) => visit.in_language(lang),
        None => visit,
    };
    let response = match asked.question.read(form.fields(), typed_in.into()) {
        Ok(response) => response,
        Err(error) => {
            let refused = RefusedAnswer::unreadable(question_id, error);
            return refuse(
                &state,
                &catalogue,
                (&visit, &request),
                path.attempt,
                &refused,
            )
            .await;
        }
    };
    let here = question_url(visit.lang, path.attempt, number(&form));
    if switch.is_some() && response.is_none() {
        // Nothing was typed that could be lost.
        return Ok(see_other(&here));
    }
    if leaves_open(&form) && response.is_some() {
        let refused = RefusedAnswer::changed(question_id, response);
        return refuse(
            &state,
            &catalogue,
            (&visit, &request),
            path.attempt,
            &refused,
        )
        .await;
    }
    let goes_on = response
        .as_ref()
        .is_some_and(|response| !asked.question.is_complete(response));
    let remark = response
        .as_ref()
        .and_then(|response| Remark::about(&asked.question, response, visit.lang));
    let given = (question_id.clone(), revision);
    let saved = attempt::answer(
        &state.context(&catalogue),
        visit.who.person_id,
        path.attempt,
        given,
        response.clone(),
        replacing(&asked.question, typed_in, &form),
    )
    .await;
    match saved {
        Ok(version) if wants_json(&request) => Ok(answering::saved(version, remark)),
        Ok(_) if switch.is_some() => Ok(see_other(&here)),
        Ok(_) => Ok(see_other(&next_url(
            visit.lang,
            path.attempt,
            &form,
            goes_on,
        ))),
        Err(AnswerError::Empties) => {
            let refused = RefusedAnswer::empties(question_id, response);
            refuse(
                &state,
                &catalogue,
                (&visit, &request),
                path.attempt,
                &refused,
            )
            .await
        }
        Err(AnswerError::Changed) => {
            let refused = RefusedAnswer::changed(question_id, response);
            refuse(
                &state,
                &catalogue,
                (&visit, &request),
                path.attempt,
                &refused,
            )
            .await
        }
        Err(error) => not_taken(&state, &catalogue, (&visit, &request), path.attempt, error).await,
    }
}

/// `POST /{lang}/attempts/{attempt}/answers/clear`: clears the answer to a question.
pub(super) async fn clear(
    state: Data<State>,
    visit: Visit<SignedIn>,
    request: HttpRequest,
    path: Path<address::ClearAttemptAnswer>,
    form: Posted,
) -> Reply {
    let catalogue = state.courses.current();
    let question_id = QuestionId::from(form.get("question"));
    let revision = form.get("revision").to_owned();
    let asked = catalogue
        .revision(&revision.as_str().into())
        .filter(|revision| revision.question.id == question_id)
        .ok_or(Error::Conflict("question-elsewhere"))?;
    let replacing = Replacing {
        may_empty: true,
        ..replacing(&asked.question, visit.lang, &form)
    };
    let cleared = attempt::answer(
        &state.context(&catalogue),
        visit.who.person_id,
        path.attempt,
        (question_id.clone(), revision),
        None,
        replacing,
    )
    .await;
    match cleared {
        Ok(version) if wants_json(&request) => Ok(answering::saved(version, None)),
        Ok(_) => {
            let here = question_url(visit.lang, path.attempt, number(&form));
            Ok(Flash::success("flash-answer-cleared").on(see_other(&here)))
        }
        Err(AnswerError::Changed | AnswerError::Empties) => {
            let refused = RefusedAnswer::changed(question_id, None);
            refuse(
                &state,
                &catalogue,
                (&visit, &request),
                path.attempt,
                &refused,
            )
            .await
        }
        Err(error) => not_taken(&state, &catalogue, (&visit, &request), path.attempt, error).await,
    }
}

/// `GET /{lang}/attempts/{attempt}/answers`: the address at which an answer that could not be taken is shown
/// leads to the questions.
pub(super) async fn answered(visit: Visit<SignedIn>, path: Path<address::AttemptAnswers>) -> Reply {
    let attempt = path.attempt;
    Ok(see_other(&visit.url(&address::Attempt { attempt })))
}

/// `GET /{lang}/attempts/{attempt}/answers/clear`: the same.
pub(super) async fn cleared(
    visit: Visit<SignedIn>,
    path: Path<address::ClearAttemptAnswer>,
) -> Reply {
    let attempt = path.attempt;
    Ok(see_other(&visit.url(&address::Attempt { attempt })))
}

/// The response when an attempt accepts no answer (any more).
async fn not_taken(
    state: &State,
    catalogue: &Arc<Catalogue>,
    (visit, request): (&Visit<SignedIn>, &HttpRequest),
    attempt: AttemptId,
    error: AnswerError,
) -> Reply {
    match error {
        AnswerError::NotFound => Err(Error::NotFound),
        AnswerError::NotAsked => Err(Error::Conflict("question-elsewhere")),
        AnswerError::Finished | AnswerError::Late if wants_json(request) => {
            Err(Error::Conflict(late_slug(&error)))
        }
        AnswerError::Late => {
            own_attempt(state, catalogue, visit, attempt).await?;
            Ok(Flash::error("flash-attempt-late").on(see_other(&review_url(visit, attempt))))
        }
        AnswerError::Finished => {
            let review = review_url(visit, attempt);
            Ok(Flash::info("flash-attempt-finished").on(see_other(&review)))
        }
        AnswerError::Changed | AnswerError::Empties => Err(Error::Conflict("answer-changed")),
        AnswerError::Database(error) => Err(error.into()),
    }
}

const fn late_slug(error: &AnswerError) -> &'static str {
    if matches!(error, AnswerError::Late) {
        "attempt-late"
    } else {
        "attempt-finished"
    }
}

/// The number of the question, counted from 1, on whose page the form is.
fn number(form: &Posted) -> usize {
    form.get("number").parse().unwrap_or(1)
}

/// Where the form's button leads: `next`, `previous` or `finish`. A question with further steps is shown
/// again with its next step, unless the button is `previous`.
fn next_url(lang: Lang, attempt: AttemptId, form: &Posted, goes_on: bool) -> String {
    let number = number(form);
    let total: usize = form.get("total").parse().unwrap_or(number);
    let question = |number| question_url(lang, attempt, number);
    let finish = || address::FinishAttempt { attempt }.url(lang);
    match form.get("go") {
        "previous" => question(number.saturating_sub(1).max(1)),
        _ if goes_on => question(number),
        "finish" | "review" => finish(),
        _ if number >= total => finish(),
        _ => question(number + 1),
    }
}

/// Shows the question again with what was given and why it was not saved; a script gets a problem.
async fn refuse(
    state: &State,
    catalogue: &Arc<Catalogue>,
    (visit, request): (&Visit<SignedIn>, &HttpRequest),
    attempt: AttemptId,
    refused: &RefusedAnswer,
) -> Reply {
    let is_changed = refused.choice == Choice::Changed;
    if wants_json(request) {
        return Err(if is_changed {
            Error::Conflict("answer-changed")
        } else {
            Error::Refused(refused.message(visit.theme(), visit.lang))
        });
    }
    let id = attempt;
    let attempt = own_attempt(state, catalogue, visit, id).await?;
    if attempt.summary.result.is_some() {
        return Ok(Flash::info("flash-attempt-finished").on(see_other(&review_url(visit, id))));
    }
    let index = attempt
        .questions
        .iter()
        .position(|drawn| drawn.question_id == refused.question_id)
        .ok_or(Error::Conflict("question-elsewhere"))?;
    let page = QuestionPage::new(
        visit.theme(),
        visit.lang,
        catalogue,
        &attempt,
        (index, state.clock.now()),
        Some(refused),
    )
    .ok_or(Error::NotFound)?;
    if is_changed {
        visit.show_conflict(&page)
    } else {
        visit.show_again(&page)
    }
}

/// `GET /{lang}/attempts/{attempt}/finish`: what is answered, before it is handed in.
pub(super) async fn before_finish(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::FinishAttempt>,
) -> Reply {
    let catalogue = state.courses.current();
    let attempt = own_attempt(&state, &catalogue, &visit, path.attempt).await?;
    if attempt.summary.result.is_some() {
        return Ok(see_other(&review_url(&visit, path.attempt)));
    }
    visit.show(&FinishPage::new(
        visit.theme(),
        visit.lang,
        &catalogue,
        &attempt,
        state.clock.now(),
    ))
}

/// `POST /{lang}/attempts/{attempt}/finish`: hands in the attempt; repeated, it shows the same result.
pub(super) async fn finish(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::FinishAttempt>,
    form: Posted,
) -> Reply {
    let catalogue = state.courses.current();
    // A script hands in when the time is over that its page knew of; it may have been extended since.
    if form.get("when") == "over" {
        let attempt = own_attempt(&state, &catalogue, &visit, path.attempt).await?;
        let now = state.clock.now();
        let is_extended = |until| now < until - EARLY;
        if attempt.summary.result.is_none() && attempt.summary.deadline_at.is_some_and(is_extended)
        {
            let page = address::Attempt {
                attempt: path.attempt,
            };
            return Ok(Flash::info("flash-time-extended").on(see_other(&visit.url(&page))));
        }
    }
    let finished = attempt::finish(
        &state.context(&catalogue),
        visit.who.person_id,
        path.attempt,
    )
    .await?
    .ok_or(Error::NotFound)?;
    let response = see_other(&review_url(&visit, path.attempt));
    if finished.completed_course {
        let attempt = own_attempt(&state, &catalogue, &visit, path.attempt).await?;
        let is_trial = state.context(&catalogue).is_trial(&attempt.course_id);
        return Ok(Flash::success(completed_flash(is_trial)).on(response));
    }
    Ok(response)
}

/// `GET /{lang}/attempts/{attempt}/review`: one's own attempt, once finished.
pub(super) async fn review(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::AttemptReview>,
) -> Reply {
    let catalogue = state.courses.current();
    let attempt = own_attempt(&state, &catalogue, &visit, path.attempt).await?;
    let here = state.context(&catalogue);
    let after = attempt::after(&here, visit.who.person_id, &attempt).await?;
    let page = ReviewPage::new(visit.theme(), visit.lang, &catalogue, &attempt, after);
    let Some(page) = page else {
        let attempt = path.attempt;
        return Ok(see_other(&visit.url(&address::Attempt { attempt })));
    };
    visit.show(&page)
}
