//! The handlers of learning: read the request, call a use case, show a page or redirect.

mod answering;
mod attempt;
mod course;
mod learner;
mod lesson;
mod path;
mod reminders;

use actix_files::NamedFile;
use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{self, ServiceConfig},
};

pub(crate) use course::going_on;

use super::State;
use crate::http::{
    Error,
    address::{self, Address as _},
    assets,
    route::{below, page},
};

/// The routes below `/{lang}`.
pub fn routes(config: &mut ServiceConfig) {
    // Two scopes, so that an address is matched only against the patterns of its own scope.
    let attempts = [
        page::<address::Attempt>().get(attempt::question),
        page::<address::AttemptAnswers>()
            .get(attempt::answered)
            .post(attempt::answer),
        page::<address::ClearAttemptAnswer>()
            .get(attempt::cleared)
            .post(attempt::clear),
        page::<address::FinishAttempt>()
            .get(attempt::before_finish)
            .post(attempt::finish),
        page::<address::AttemptReview>().get(attempt::review),
    ];
    let courses = [
        page::<address::Courses>().get(course::catalogue),
        page::<address::Course>().get(course::course),
        page::<address::Lesson>().get(lesson::read),
        page::<address::LessonDone>()
            .get(lesson::to_read)
            .post(lesson::done),
        page::<address::Question>()
            .get(lesson::question)
            .post(lesson::answer),
        page::<address::ClearQuestion>()
            .get(lesson::cleared_question)
            .post(lesson::clear),
        page::<address::DeleteAnswer>()
            .get(lesson::before_deleting)
            .post(lesson::delete),
        page::<address::Enrol>()
            .get(course::begin)
            .post(course::enrol),
        page::<address::SeeChanges>().post(course::see_changes),
        page::<address::Test>().get(attempt::before),
        page::<address::StartTest>().post(attempt::start),
    ];
    config
        .service(
            page::<address::EnrolInPath>()
                .get(path::begin)
                .post(path::enrol),
        )
        .service(page::<address::LearningPath>().get(path::path))
        .service(below(address::Courses::ROUTE, courses))
        .service(below(address::Attempt::ROUTE, attempts))
        .service(page::<address::Me>().get(course::me))
        .service(page::<address::AuthorCourses>().get(course::author_courses))
        .service(page::<address::Completion>().get(course::completion))
        .service(
            page::<address::Reminders>()
                .get(reminders::setting)
                .post(reminders::set),
        )
        .service(
            page::<address::StopReminders>()
                .get(reminders::before_stopping)
                .post(reminders::stop),
        )
        .service(page::<address::Learners>().get(learner::learners))
        .service(page::<address::Learner>().get(learner::learner))
        .service(
            page::<address::AllowAttempts>()
                .get(learner::to_learner_from_attempts)
                .post(learner::allow_attempts),
        )
        .service(
            page::<address::AllowTime>()
                .get(learner::to_learner_from_time)
                .post(learner::allow_time),
        )
        .service(
            page::<address::WithdrawAllowance>()
                .get(learner::before_withdrawing)
                .post(learner::withdraw),
        );
}

/// `GET /media/{name}`: a file of a course, or a range of it; open to anyone. Its name changes with its
/// content. It is streamed from the folder of the compiled courses.
///
/// # Errors
/// [`Error::NotFound`] when no course has such a file (any more).
pub async fn media(
    state: web::Data<State>,
    name: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    if !state.courses.current().has_asset(&name) {
        return Err(Error::NotFound);
    }
    let file = NamedFile::open_async(state.media_dir.join(name.as_str()))
        .await
        .map_err(|error| Error::internal(format!("{name}: {error}")))?;
    let mut answer = file.disable_content_disposition().into_response(&request);
    let (name, value) = assets::CACHE_FOREVER;
    answer
        .headers_mut()
        .insert(name, header::HeaderValue::from_static(value));
    Ok(answer)
}
