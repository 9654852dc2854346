//! The catalogue, a course, a person's own courses, a completion.

use std::collections::BTreeMap;

use actix_web::web::{Data, Query};
use course_compiler::Course;

use crate::{
    audit,
    certificates::{self, CertificateLink},
    http::{
        Anyone, Author, Error, Flash, Lang, Manager, Path, Posted, Reply, SignedIn, Visit,
        VisitCore,
        address::{self, with_query},
        see_other,
    },
    ids::PersonId,
    learning::{
        Context, State, completion_source,
        model::Trace,
        service,
        views::{
            TextLink,
            author_courses::AuthorCoursesPage,
            catalogue::{CatalogueFilter, CataloguePage, CourseStanding},
            completion::CompletionPage,
            course::CoursePage,
            course_url,
            going_on::{self, GoingOn},
            lesson_url,
            me::MyPage,
        },
    },
    people, programme,
    source::Source,
};

/// `GET /{lang}/courses`: open to anyone.
pub(super) async fn catalogue(
    state: Data<State>,
    visit: Visit<Anyone>,
    filter: Query<CatalogueFilter>,
) -> Reply {
    let courses = state.courses.current();
    let here = state.context(&courses);
    let mut standings = BTreeMap::new();
    if let Some(who) = &visit.who {
        for (course, enrolled) in service::enrolments(&here, who.person_id).await? {
            let standing = if enrolled.completed.is_some() {
                CourseStanding::Completed
            } else {
                CourseStanding::Enrolled
            };
            standings.insert(course, standing);
        }
    }
    let page = CataloguePage::new(visit.theme(), visit.lang, &courses, &filter, &standings);
    visit.show(&page)
}

/// `GET /{lang}/courses/{course}`: open to anyone; shows the person's progress.
pub(super) async fn course(
    state: Data<State>,
    visit: Visit<Anyone>,
    path: Path<address::Course>,
) -> Reply {
    let catalogue = state.courses.current();
    if let Some(who) = &visit.who
        && let Some(html) = state
            .rendered
            .find(&visit, who, &catalogue, state.clock.now())
    {
        return Ok(visit.reply(&mut actix_web::HttpResponse::Ok(), html));
    }
    let course = catalogue.by_slug(&path.course).ok_or(Error::NotFound)?;
    let Some(who) = &visit.who else {
        return visit.show(&CoursePage::new(
            visit.theme(),
            visit.lang,
            &catalogue,
            course,
            None,
        ));
    };
    let here = state.context(&catalogue);
    let enrolled = service::enrolled(&here, who.person_id, &course.id).await?;
    let until = enrolled
        .as_ref()
        .and_then(|enrolled| enrolled.progress.holds_until());
    // What earned a certificate is shown as it was.
    let trace = enrolled.as_ref().map(|enrolled| match &enrolled.completed {
        Some(completed) => completed.trace.clone(),
        None => Trace::of(course, &enrolled.progress),
    });
    let standing = match enrolled.as_ref().zip(trace.as_ref()) {
        Some((enrolled, trace)) => {
            let certificate = match &enrolled.completed {
                Some(completed) => {
                    let source = completion_source(completed.id);
                    certificate_of(&state, visit.lang, &source).await?
                }
                None => None,
            };
            Some((enrolled, trace, certificate))
        }
        None => None,
    };
    let page = CoursePage::new(visit.theme(), visit.lang, &catalogue, course, standing);
    let html = actix_web::web::Bytes::from(visit.render(&page)?);
    state
        .rendered
        .keep(&visit, who, &catalogue, (html.clone(), until));
    Ok(visit.reply(&mut actix_web::HttpResponse::Ok(), html))
}

/// `POST /{lang}/courses/{course}/enrol`: for people who are signed in and have completed their profile.
pub(super) async fn enrol(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::Enrol>,
    _form: Posted,
) -> Reply {
    let catalogue = state.courses.current();
    let course = catalogue.by_slug(&path.course).ok_or(Error::NotFound)?;
    let here = visit.url(&address::Enrol {
        course: course.into(),
    });
    if let Some(step) = missing_step(&state, &visit, visit.who.person_id, &here).await? {
        return Ok(Flash::info("flash-profile-first").on(see_other(&step.url)));
    }
    let context = state.context(&catalogue);
    service::enrol(&context, visit.who.person_id, course, visit.lang).await?;
    let beginning = beginning(&context, &visit, course).await?;
    Ok(Flash::success("flash-enrolled").on(see_other(&beginning)))
}

/// `GET /{lang}/courses/{course}/enrol`: where somebody goes on to who signed in, or said who they are, to begin a
/// course. It changes nothing: who is enrolled by then goes to the lesson, others to the course's page.
pub(super) async fn begin(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::Enrol>,
) -> Reply {
    let catalogue = state.courses.current();
    let course = catalogue.by_slug(&path.course).ok_or(Error::NotFound)?;
    let beginning = beginning(&state.context(&catalogue), &visit, course).await?;
    Ok(see_other(&beginning))
}

/// The lesson with which a course begins or goes on for somebody; its page for those who are not enrolled, or
/// are done.
async fn beginning(
    context: &Context,
    visit: &Visit<SignedIn>,
    course: &Course,
) -> Result<String, Error> {
    let enrolled = service::enrolled(context, visit.who.person_id, &course.id).await?;
    let lesson = enrolled
        .filter(|enrolled| enrolled.completed.is_none())
        .and_then(|enrolled| {
            let lesson = enrolled.progress.resume(course)?;
            Some(lesson_url(visit.lang, course, lesson))
        });
    Ok(lesson.unwrap_or_else(|| course_url(visit.lang, course)))
}

/// `POST /{lang}/courses/{course}/seen`: the person has read what changed in the course.
pub(super) async fn see_changes(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::SeeChanges>,
    _form: Posted,
) -> Reply {
    let catalogue = state.courses.current();
    let course = catalogue.by_slug(&path.course).ok_or(Error::NotFound)?;
    let here = state.context(&catalogue);
    service::see_changes(&here, visit.who.person_id, &course.id).await?;
    Ok(see_other(&course_url(visit.lang, course)))
}

/// `GET /{lang}/me`: the person's own courses.
pub(super) async fn me(state: Data<State>, visit: Visit<SignedIn>) -> Reply {
    let catalogue = state.courses.current();
    let here = state.context(&catalogue);
    // First, because this may complete a course whose test has run out of time, with its certificate.
    let enrolments = service::enrolments(&here, visit.who.person_id).await?;
    let name = people::full_name(state.db.read(), visit.who.person_id).await?;
    let paths = service::path::standings(&here, visit.who.person_id).await?;
    let certificates = certificates::of_person(&state.db, visit.who.person_id)
        .await?
        .iter()
        .map(|certificate| {
            CertificateLink::new(visit.theme(), visit.lang, certificate).beside(&name)
        })
        .collect();
    let not_counted = programme::not_counted(&state.db, visit.who.person_id).await?;
    let next = visit.url(&address::Me);
    let step = missing_step(&state, &visit, visit.who.person_id, &next).await?;
    let page = MyPage::new(
        visit.theme(),
        visit.lang,
        &catalogue,
        (&enrolments, &paths),
        certificates,
        (step, not_counted),
    );
    let coming = (state.coming)(visit.who.person_id, visit.lang).await?;
    visit.show(&page.with_coming(coming))
}

/// The course that a person goes on with; `None` if they are in none.
///
/// # Errors
/// The database fails.
pub(crate) async fn going_on(
    state: &State,
    visit: &VisitCore,
    person_id: PersonId,
) -> Result<Option<GoingOn>, Error> {
    let catalogue = state.courses.current();
    let enrolments = service::enrolments(&state.context(&catalogue), person_id).await?;
    let latest = going_on::latest(&catalogue, &enrolments);
    Ok(latest.and_then(|(id, enrolled)| {
        GoingOn::of(visit.theme(), visit.lang, catalogue.by_id(id)?, enrolled)
    }))
}

/// The latest certificate of a completion of a course or a learning path.
pub(super) async fn certificate_of(
    state: &State,
    lang: Lang,
    source: &Source,
) -> Result<Option<CertificateLink>, Error> {
    let certificates = certificates::of_source(&state.db, source).await?;
    Ok(certificates
        .first()
        .map(|certificate| CertificateLink::new(&state.theme, lang, certificate)))
}

/// The page of the first missing step of the profile, which leads back to `next`.
pub(super) async fn missing_step(
    state: &State,
    visit: &VisitCore,
    person_id: PersonId,
    next: &str,
) -> Result<Option<TextLink>, Error> {
    let readiness = people::readiness(&state.db, person_id).await?;
    Ok(readiness.missing().map(|step| TextLink {
        url: with_query(&step.url(visit.lang), [("next", next)]),
        text: visit.theme().text(visit.lang, &format!("step-{step}")),
    }))
}

/// `GET /{lang}/author/courses`: for authors.
pub(super) async fn author_courses(state: Data<State>, visit: Visit<Author>) -> Reply {
    visit.show(&AuthorCoursesPage::new(
        visit.theme(),
        visit.lang,
        &state.courses.current(),
    ))
}

/// `GET /{lang}/manage/completions/{completion}`: for managers.
pub(super) async fn completion(
    state: Data<State>,
    visit: Visit<Manager>,
    path: Path<address::Completion>,
) -> Reply {
    let completion_id = path.completion;
    let proof = service::completion::proof(&state.db, completion_id)
        .await?
        .ok_or(Error::NotFound)?;
    if !visit.is_head {
        // Who has seen whose record.
        let seen = audit::AuditEntry {
            actor_account_id: Some(visit.who.account_id),
            action: "completion.viewed",
            subject_kind: "completion",
            subject_id: completion_id.to_string(),
            detail: serde_json::json!({}),
        };
        audit::note(&state.db, state.clock.now(), seen).await?;
    }
    let person = people::full_name(state.db.read(), proof.person_id).await?;
    let certificate = certificate_of(&state, visit.lang, &completion_source(completion_id))
        .await?
        .map(|link| link.beside(&person));
    let page = CompletionPage::new(
        visit.theme(),
        visit.lang,
        &state.courses.current(),
        &proof,
        person,
        certificate,
    );
    visit.show(&page)
}
