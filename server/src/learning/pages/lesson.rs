//! Reading a lesson, answering inside it, marking it as read.

use std::collections::BTreeMap;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Bytes, Data, Path},
};
use course_compiler::{Course, Lesson, QuestionId, Response};

use super::{
    attempt::{saved_reply, wants_json},
    context,
};
use crate::{
    http::{App, Error, Flash, Lang, Posted, Reply, SignedIn, Visit, see_other},
    learning::{
        Catalogue, service,
        views::{
            course_url,
            lesson::{LessonPage, Reading, Refused},
        },
    },
};

/// A lesson of a course, by their slugs. A test is not read but taken.
fn find<'a>(
    catalogue: &'a Catalogue,
    slug: &str,
    lesson: &str,
) -> Result<(&'a Course, &'a Lesson), Error> {
    let course = catalogue.by_slug(slug).ok_or(Error::NotFound)?;
    let lesson = course.lesson_by_slug(lesson).ok_or(Error::NotFound)?;
    if lesson.test_rules().is_some() {
        Err(Error::NotFound)
    } else {
        Ok((course, lesson))
    }
}

fn lesson_url(lang: Lang, course: &Course, lesson: &Lesson) -> String {
    format!("{}/lessons/{}", course_url(lang, &course.slug), lesson.slug)
}

/// `GET …/lessons/{lesson}`: for those enrolled; others are led to the course's page.
pub(super) async fn read(
    app: Data<App>,
    visit: Visit<SignedIn>,
    path: Path<(Lang, String, String)>,
) -> Reply {
    let catalogue = app.catalogue();
    if let Some(html) = app.rendered.find(&visit, &visit.who, &catalogue) {
        return Ok(visit.reply(&app, &mut HttpResponse::Ok(), html));
    }
    let (course, lesson) = find(&catalogue, &path.1, &path.2)?;
    let Some(mut enrolled) =
        service::enrolled(&app.db, visit.who.person_id, course.id.as_str()).await?
    else {
        let course = course_url(visit.lang, &course.slug);
        return Ok(Flash::info("flash-enrol-first").on(see_other(&course)));
    };
    let is_known = enrolled
        .progress
        .lessons
        .iter()
        .any(|row| row.lesson_id == lesson.id.as_str());
    let is_last = enrolled.progress.last_lesson_id.as_deref() == Some(lesson.id.as_str());
    // Who asks for the head only has not opened it.
    if !visit.is_head && (!is_known || !is_last) {
        let context = context(&app, &catalogue);
        service::lesson::open(&context, visit.who.person_id, enrolled.id, &lesson.id).await?;
        enrolled = service::enrolled(&app.db, visit.who.person_id, course.id.as_str())
            .await?
            .ok_or(Error::NotFound)?;
    }
    let answers = service::lesson::answers(&app.db, enrolled.id, course, lesson).await?;
    let reading = Reading {
        course,
        lesson,
        progress: &enrolled.progress,
        answers: &answers,
        refused: None,
    };
    let page = LessonPage::new(&app.theme, visit.lang, &reading);
    let html = Bytes::from(visit.render(&app, &page)?);
    if !visit.is_head {
        app.rendered
            .keep(&visit, &visit.who, &catalogue, html.clone());
    }
    Ok(visit.reply(&app, &mut HttpResponse::Ok(), html))
}

/// `POST …/lessons/{lesson}/done`: marks it as read and goes on to the next.
pub(super) async fn done(
    app: Data<App>,
    visit: Visit<SignedIn>,
    path: Path<(Lang, String, String)>,
    _form: Posted,
) -> Reply {
    let catalogue = app.catalogue();
    let (course, lesson) = find(&catalogue, &path.1, &path.2)?;
    let enrolled = service::enrolled(&app.db, visit.who.person_id, course.id.as_str())
        .await?
        .ok_or(Error::Conflict("not-enrolled"))?;
    let completed = service::lesson::complete(
        &context(&app, &catalogue),
        visit.who.person_id,
        enrolled.id,
        &course.id,
        &lesson.id,
    )
    .await?;
    let course_page = course_url(visit.lang, &course.slug);
    if completed {
        app.jobs.wake();
        return Ok(Flash::success("flash-completed").on(see_other(&course_page)));
    }
    let position = course
        .lessons
        .iter()
        .position(|other| other.id == lesson.id);
    let next = position.and_then(|position| course.lessons.get(position + 1));
    Ok(see_other(&match next {
        Some(next) if next.test_rules().is_some() => format!("{course_page}/test"),
        Some(next) => lesson_url(visit.lang, course, next),
        None => course_page,
    }))
}

/// `POST …/questions/{question}`: keeps the answer and shows the lesson with its feedback; an
/// answer that cannot be taken is shown again with the reason. A script that asks for JSON gets 204, or
/// a problem.
pub(super) async fn answer(
    app: Data<App>,
    visit: Visit<SignedIn>,
    request: HttpRequest,
    path: Path<(Lang, String, String, String)>,
    form: Posted,
) -> Reply {
    let catalogue = app.catalogue();
    let (course, lesson) = find(&catalogue, &path.1, &path.2)?;
    let question_id = QuestionId::from(path.3.as_str());
    let enrolled = service::enrolled(&app.db, visit.who.person_id, course.id.as_str())
        .await?
        .ok_or(Error::Conflict("not-enrolled"))?;
    let question = course
        .question(&question_id)
        .filter(|question| lesson.questions.contains(&question.id))
        .ok_or(Error::Conflict("question-elsewhere"))?;

    let refused = match read_answer(question, &form, visit.lang) {
        Ok(response) => {
            let context = context(&app, &catalogue);
            let lesson_of = (course, lesson);
            service::lesson::answer(
                &context,
                visit.who.person_id,
                enrolled.id,
                lesson_of,
                question,
                &response,
            )
            .await?;
            if wants_json(&request) {
                let remark = question.remark(&response, visit.lang.into());
                return Ok(saved_reply(remark));
            }
            let url = format!("{}#{question_id}", lesson_url(visit.lang, course, lesson));
            return Ok(see_other(&url));
        }
        Err(refused) if wants_json(&request) => {
            return Err(Error::Refused(refused.message(&app.theme, visit.lang)));
        }
        Err(refused) => refused,
    };
    let answers: BTreeMap<_, _> =
        service::lesson::answers(&app.db, enrolled.id, course, lesson).await?;
    let progress = &enrolled.progress;
    let reading = Reading {
        course,
        lesson,
        progress,
        answers: &answers,
        refused: Some(&refused),
    };
    visit.show_again(&app, &LessonPage::new(&app.theme, visit.lang, &reading))
}

fn read_answer(
    question: &course_compiler::Question,
    form: &Posted,
    lang: Lang,
) -> Result<Response, Refused> {
    let id = question.id.clone();
    let response = question
        .read(form.fields(), lang.into())
        .map_err(|error| Refused::unreadable(id.clone(), error))?;
    let refuse = |message_key, response| {
        Err(Refused {
            question_id: id,
            response,
            message_key,
            longest: None,
        })
    };
    if form.get("revision") != question.revision.as_str() {
        return refuse("answer-older-revision", response);
    }
    match response {
        Some(response) => Ok(response),
        None => refuse("answer-missing", None),
    }
}
