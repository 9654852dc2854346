//! Reading a lesson, answering inside it, marking it as read.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Bytes, Data},
};
use course_compiler::{Course, Lesson, Question, Response, question::Body};

use super::answering::{
    self, Remark, completed_flash, leaves_open, replacing, switch_to, wants_json,
};
use crate::{
    http::{
        Error, Flash, Lang, Path, Posted, Reply, SignedIn, Visit,
        address::{self, Address as _},
        see_other,
    },
    learning::{
        Catalogue, State,
        service::{
            self,
            lesson::{AnswerError, Marked},
        },
        views::{
            course_url,
            lesson::{Choice, DeleteAnswerPage, LessonPage, Reading, RefusedAnswer},
            lesson_url,
        },
    },
};

/// A lesson of a course, by their slugs; not a test. If it had this slug before, the error leads to the address that
/// `now` makes of its slug.
fn find<'a>(
    catalogue: &'a Catalogue,
    slug: &str,
    lesson: &str,
    now: impl FnOnce(&Lesson) -> String,
) -> Result<(&'a Course, &'a Lesson), Error> {
    let course = catalogue.by_slug(slug).ok_or(Error::NotFound)?;
    let is_read = |lesson: &&Lesson| lesson.test_rules().is_none();
    if let Some(lesson) = course.lesson_by_slug(lesson) {
        let lesson = Some(lesson).filter(is_read).ok_or(Error::NotFound)?;
        return Ok((course, lesson));
    }
    let moved = course.lesson_by_slug_before(lesson).filter(is_read);
    Err(moved.map_or(Error::NotFound, |lesson| Error::Moved(now(lesson))))
}

/// `GET …/lessons/{lesson}`: for people who are enrolled; others are redirected to the course's page.
pub(super) async fn read(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::Lesson>,
) -> Reply {
    let catalogue = state.courses.current();
    if let Some(html) = state
        .rendered
        .find(&visit, &visit.who, &catalogue, state.clock.now())
    {
        return Ok(visit.reply(&mut HttpResponse::Ok(), html));
    }
    let (course, lesson) = find(&catalogue, &path.course, &path.lesson, |lesson| {
        visit.url(&address::Lesson {
            course: path.course.clone(),
            lesson: lesson.into(),
        })
    })?;
    let here = state.context(&catalogue);
    let Some(mut enrolled) = service::enrolled(&here, visit.who.person_id, &course.id).await?
    else {
        let course = course_url(visit.lang, course);
        return Ok(Flash::info("flash-enrol-first").on(see_other(&course)));
    };
    let is_known = enrolled
        .progress
        .lessons
        .iter()
        .any(|row| row.lesson_id == lesson.id);
    let is_last = enrolled.progress.last_lesson_id.as_ref() == Some(&lesson.id);
    // A `HEAD` request does not open the lesson.
    if !visit.is_head && (!is_known || !is_last) {
        service::lesson::open(&here, visit.who.person_id, enrolled.id, &lesson.id).await?;
        enrolled = service::enrolled(&here, visit.who.person_id, &course.id)
            .await?
            .ok_or(Error::NotFound)?;
    }
    let answers = service::lesson::answers(&state.db, enrolled.id, course, lesson).await?;
    let reading = Reading {
        course,
        lesson,
        progress: &enrolled.progress,
        answers: &answers,
        refused: None,
        is_not_read: false,
    };
    let until = enrolled.progress.holds_until();
    let page = LessonPage::new(visit.theme(), visit.lang, &reading);
    let html = Bytes::from(visit.render(&page)?);
    if !visit.is_head {
        state
            .rendered
            .keep(&visit, &visit.who, &catalogue, (html.clone(), until));
    }
    Ok(visit.reply(&mut HttpResponse::Ok(), html))
}

/// `POST …/lessons/{lesson}/done`: marks it as read and redirects to the next. Without the answers that the course
/// requires, the lesson is shown again with the questions that are open.
pub(super) async fn done(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::LessonDone>,
    _form: Posted,
) -> Reply {
    let catalogue = state.courses.current();
    let (course, lesson) = find(&catalogue, &path.course, &path.lesson, |lesson| {
        visit.url(&address::LessonDone {
            course: path.course.clone(),
            lesson: lesson.into(),
        })
    })?;
    let here = state.context(&catalogue);
    let enrolled = service::enrolled(&here, visit.who.person_id, &course.id)
        .await?
        .ok_or(Error::Conflict("not-enrolled"))?;
    let marked = service::lesson::complete(
        &here,
        visit.who.person_id,
        enrolled.id,
        &course.id,
        &lesson.id,
    )
    .await?;
    let course_page = course_url(visit.lang, course);
    match marked {
        Marked::CourseCompleted => {
            let flash = completed_flash(here.is_trial(&course.id));
            return Ok(Flash::success(flash).on(see_other(&course_page)));
        }
        Marked::Unanswered => {
            let answers = service::lesson::answers(&state.db, enrolled.id, course, lesson).await?;
            let reading = Reading {
                course,
                lesson,
                progress: &enrolled.progress,
                answers: &answers,
                refused: None,
                is_not_read: true,
            };
            let page = LessonPage::new(visit.theme(), visit.lang, &reading);
            return visit.show_again(&page);
        }
        Marked::Read => {}
    }
    let position = course
        .lessons
        .iter()
        .position(|other| other.id == lesson.id);
    let next = position.and_then(|position| course.lessons.get(position + 1));
    Ok(see_other(&match next {
        Some(next) => lesson_url(visit.lang, course, next),
        None => course_page,
    }))
}

/// `GET …/lessons/{lesson}/done`: the address at which a lesson with open questions is shown leads to the lesson.
pub(super) async fn to_read(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::LessonDone>,
) -> Reply {
    let catalogue = state.courses.current();
    let (course, lesson) = find(&catalogue, &path.course, &path.lesson, |lesson| {
        visit.url(&address::LessonDone {
            course: path.course.clone(),
            lesson: lesson.into(),
        })
    })?;
    Ok(see_other(&lesson_url(visit.lang, course, lesson)))
}

/// `POST …/questions/{question}`: saves the answer and shows the lesson with its feedback; a button `switch`
/// shows the lesson in the other language, with what was typed. An answer that is not accepted is shown again
/// with the reason. A script that accepts JSON gets 204 with the answer's version, or a problem.
pub(super) async fn answer(
    state: Data<State>,
    visit: Visit<SignedIn>,
    request: HttpRequest,
    path: Path<address::Question>,
    form: Posted,
) -> Reply {
    let typed_in = visit.lang;
    let visit = match switch_to(&form) {
        Some(lang) => visit.in_language(lang),
        None => visit,
    };
    keep(&state, (visit, &request), typed_in, &path, &form, false).await
}

/// `POST …/questions/{question}/clear`: clears the answer.
pub(super) async fn clear(
    state: Data<State>,
    visit: Visit<SignedIn>,
    request: HttpRequest,
    path: Path<address::ClearQuestion>,
    form: Posted,
) -> Reply {
    let address::ClearQuestion {
        course,
        lesson,
        question,
    } = path.into_inner();
    let path = address::Question {
        course,
        lesson,
        question,
    };
    let typed_in = visit.lang;
    keep(&state, (visit, &request), typed_in, &path, &form, true).await
}

/// The address of a question's form, or of clearing it, in a lesson whose slug is another now; in the language of what
/// was typed, which the address names.
fn moved_question(
    typed_in: Lang,
    path: &address::Question,
    lesson: &Lesson,
    clears: bool,
) -> String {
    let (course, question) = (path.course.clone(), path.question.clone());
    let lesson = lesson.into();
    if clears {
        let to = address::ClearQuestion {
            course,
            lesson,
            question,
        };
        to.url(typed_in)
    } else {
        let to = address::Question {
            course,
            lesson,
            question,
        };
        to.url(typed_in)
    }
}

/// Saves the answer of a form, or clears it.
async fn keep(
    state: &State,
    (visit, request): (Visit<SignedIn>, &HttpRequest),
    typed_in: Lang,
    path: &address::Question,
    form: &Posted,
    clears: bool,
) -> Reply {
    let catalogue = state.courses.current();
    let (course, lesson) = find(&catalogue, &path.course, &path.lesson, |lesson| {
        moved_question(typed_in, path, lesson, clears)
    })?;
    let question_id = path.question.clone();
    let here = state.context(&catalogue);
    let enrolled = service::enrolled(&here, visit.who.person_id, &course.id)
        .await?
        .ok_or(Error::Conflict("not-enrolled"))?;
    let question = course
        .question(&question_id)
        .filter(|question| lesson.questions.contains(&question.id))
        .ok_or(Error::Conflict("question-elsewhere"))?;
    let url = format!("{}#{question_id}", lesson_url(visit.lang, course, lesson));

    let read = if clears {
        Ok(None)
    } else {
        read_answer(question, form, typed_in)
    };
    let refused = match read {
        Ok(None) if switch_to(form).is_some() => return Ok(see_other(&url)),
        Ok(None) if !clears => RefusedAnswer {
            message_key: "answer-missing",
            ..RefusedAnswer::empties(question_id.clone(), None)
        },
        Ok(response) if response.is_some() && leaves_open(form) => {
            RefusedAnswer::changed(question_id.clone(), response)
        }
        Ok(response) => {
            let mut replacing = replacing(question, typed_in, form);
            replacing.may_empty |= clears;
            let kept = service::lesson::answer(
                &here,
                visit.who.person_id,
                enrolled.id,
                (course, lesson),
                question,
                response.clone(),
                replacing,
            )
            .await;
            match kept {
                Ok(version) if wants_json(request) => {
                    let remark = response
                        .as_ref()
                        .and_then(|response| Remark::about(question, response, visit.lang));
                    return Ok(answering::saved(version, remark));
                }
                Ok(_) if clears => {
                    return Ok(Flash::success("flash-answer-cleared").on(see_other(&url)));
                }
                Ok(_) => {
                    return Ok(see_other(&answered_at(
                        &url,
                        question,
                        response.as_ref(),
                        visit.lang,
                    )));
                }
                Err(AnswerError::Empties) => RefusedAnswer::empties(question_id.clone(), response),
                Err(AnswerError::Changed) => RefusedAnswer::changed(question_id.clone(), response),
                Err(AnswerError::Database(error)) => return Err(error.into()),
            }
        }
        Err(refused) => *refused,
    };
    let is_changed = refused.choice == Choice::Changed;
    if wants_json(request) {
        return Err(if is_changed {
            Error::Conflict("answer-changed")
        } else {
            Error::Refused(refused.message(visit.theme(), visit.lang))
        });
    }
    let answers = service::lesson::answers(&state.db, enrolled.id, course, lesson).await?;
    // An empty answer where one is saved: the saved one stays, and the page says so.
    let refused = if refused.message_key == "answer-missing"
        && answers.responses.contains_key(&question_id)
    {
        RefusedAnswer::empties(question_id, None)
    } else {
        refused
    };
    let reading = Reading {
        course,
        lesson,
        progress: &enrolled.progress,
        answers: &answers,
        refused: Some(&refused),
        is_not_read: false,
    };
    let page = LessonPage::new(visit.theme(), visit.lang, &reading);
    if is_changed {
        visit.show_conflict(&page)
    } else {
        visit.show_again(&page)
    }
}

/// Where the page goes on after an answer: at what is said of it, or at the box about which something is asked.
/// The browser gives what it is led to the focus.
fn answered_at(
    question_url: &str,
    question: &Question,
    response: Option<&Response>,
    lang: Lang,
) -> String {
    let is_asked =
        response.is_some_and(|response| question.remark(response, lang.into()).is_some());
    format!("{question_url}-{}", if is_asked { "a" } else { "verdict" })
}

/// `GET …/questions/{question}`: the address at which an answer that could not be taken is shown leads to its
/// question.
pub(super) async fn question(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::Question>,
) -> Reply {
    to_question(&state, visit.lang, &path)
}

/// `GET …/questions/{question}/clear`: the same.
pub(super) async fn cleared_question(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::ClearQuestion>,
) -> Reply {
    let address::ClearQuestion {
        course,
        lesson,
        question,
    } = path.into_inner();
    let path = address::Question {
        course,
        lesson,
        question,
    };
    to_question(&state, visit.lang, &path)
}

/// `GET …/questions/{question}/delete`: asks whether what the person wrote is to be deleted.
pub(super) async fn before_deleting(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::DeleteAnswer>,
) -> Reply {
    let catalogue = state.courses.current();
    let (course, lesson, question) = own_words(&catalogue, visit.lang, &path)?;
    let here = state.context(&catalogue);
    let enrolled = service::enrolled(&here, visit.who.person_id, &course.id)
        .await?
        .ok_or(Error::NotFound)?;
    let answers = service::lesson::answers(&state.db, enrolled.id, course, lesson).await?;
    visit.show(&DeleteAnswerPage::new(
        visit.lang,
        (course, lesson, question),
        answers.responses.get(&question.id),
    ))
}

/// `POST …/questions/{question}/delete`: deletes it.
pub(super) async fn delete(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::DeleteAnswer>,
    _form: Posted,
) -> Reply {
    let catalogue = state.courses.current();
    let (course, lesson, question) = own_words(&catalogue, visit.lang, &path)?;
    let here = state.context(&catalogue);
    let enrolled = service::enrolled(&here, visit.who.person_id, &course.id)
        .await?
        .ok_or(Error::NotFound)?;
    let who = visit.who.person_id;
    let flash = if service::lesson::delete(&here, who, enrolled.id, &question.id).await? {
        Flash::success("flash-answer-deleted")
    } else {
        // Sent twice, or there was nothing.
        Flash::info("flash-answer-deleted-before")
    };
    let lesson = lesson_url(visit.lang, course, lesson);
    Ok(flash.on(see_other(&format!("{lesson}#{}", question.id))))
}

/// A question that is answered in one's own words.
fn own_words<'a>(
    catalogue: &'a Catalogue,
    lang: Lang,
    path: &address::DeleteAnswer,
) -> Result<(&'a Course, &'a Lesson, &'a Question), Error> {
    let (course, lesson) = find(catalogue, &path.course, &path.lesson, |lesson| {
        let to = address::DeleteAnswer {
            course: path.course.clone(),
            lesson: lesson.into(),
            question: path.question.clone(),
        };
        to.url(lang)
    })?;
    let question = course
        .question(&path.question)
        .filter(|question| lesson.questions.contains(&question.id))
        .filter(|question| matches!(question.body, Body::Reflect(_)))
        .ok_or(Error::NotFound)?;
    Ok((course, lesson, question))
}

fn to_question(state: &State, lang: Lang, path: &address::Question) -> Reply {
    let catalogue = state.courses.current();
    let (course, lesson) = find(&catalogue, &path.course, &path.lesson, |lesson| {
        let to = address::Question {
            course: path.course.clone(),
            lesson: lesson.into(),
            question: path.question.clone(),
        };
        to.url(lang)
    })?;
    if !lesson.questions.contains(&path.question) {
        return Err(Error::NotFound);
    }
    let lesson = lesson_url(lang, course, lesson);
    Ok(see_other(&format!("{lesson}#{}", path.question)))
}

fn read_answer(
    question: &Question,
    form: &Posted,
    lang: Lang,
) -> Result<Option<Response>, Box<RefusedAnswer>> {
    let id = question.id.clone();
    let response = question
        .read(form.fields(), lang.into())
        .map_err(|error| Box::new(RefusedAnswer::unreadable(id.clone(), error)))?;
    if form.get("revision") == question.revision.as_str() {
        return Ok(response);
    }
    Err(Box::new(RefusedAnswer {
        message_key: "answer-older-revision",
        choice: Choice::None,
        ..RefusedAnswer::changed(id, response)
    }))
}
