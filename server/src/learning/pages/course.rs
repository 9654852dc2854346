//! The catalogue, a course, a person's own courses, a completion.

use std::collections::BTreeMap;

use actix_web::web::{Data, Path, Query};

use super::{context, id};
use crate::{
    certificates::{self, CertificateLink},
    http::{
        Anyone, App, Author, Error, Flash, Lang, Manager, Posted, Reply, SignedIn, Visit,
        VisitCore, see_other,
    },
    learning::{
        service,
        views::{
            Link,
            catalogue::{CataloguePage, Filter, Standing},
            completion::CompletionPage,
            course::CoursePage,
            course_url,
            me::MyPage,
            workshop::WorkshopPage,
        },
    },
    people, programme,
};

/// `GET /{lang}/courses`: open to anyone.
pub(super) async fn catalogue(
    app: Data<App>,
    visit: Visit<Anyone>,
    filter: Query<Filter>,
) -> Reply {
    let courses = app.catalogue();
    let here = context(&app, &courses);
    let mut standings = BTreeMap::new();
    if let Some(who) = &visit.who {
        for (course, enrolled) in service::enrolments(&here, who.person_id).await? {
            let standing = if enrolled.completed.is_some() {
                Standing::Completed
            } else {
                Standing::Enrolled
            };
            standings.insert(course, standing);
        }
    }
    let page = CataloguePage::new(&app.theme, visit.lang, &courses, &filter, &standings);
    visit.show(&app, &page)
}

/// `GET /{lang}/courses/{slug}`: open to anyone; shows how far one is.
pub(super) async fn course(
    app: Data<App>,
    visit: Visit<Anyone>,
    path: Path<(Lang, String)>,
) -> Reply {
    let catalogue = app.catalogue();
    if let Some(who) = &visit.who
        && let Some(html) = app.rendered.find(&visit, who, &catalogue, app.clock.now())
    {
        return Ok(visit.reply(&app, &mut actix_web::HttpResponse::Ok(), html));
    }
    let course = catalogue.by_slug(&path.1).ok_or(Error::NotFound)?;
    let Some(who) = &visit.who else {
        return visit.show(&app, &CoursePage::new(&app.theme, visit.lang, course, None));
    };
    let here = context(&app, &catalogue);
    let enrolled = service::enrolled(&here, who.person_id, course.id.as_str()).await?;
    let until = enrolled
        .as_ref()
        .and_then(|enrolled| enrolled.progress.holds_until());
    let standing = match &enrolled {
        Some(enrolled) => {
            let certificate = match &enrolled.completed {
                Some(completed) => certificate_of(&app, visit.lang, completed.id).await?,
                None => None,
            };
            Some((enrolled, certificate))
        }
        None => None,
    };
    let page = CoursePage::new(&app.theme, visit.lang, course, standing);
    let html = actix_web::web::Bytes::from(visit.render(&app, &page)?);
    app.rendered
        .keep(&visit, who, &catalogue, (html.clone(), until));
    Ok(visit.reply(&app, &mut actix_web::HttpResponse::Ok(), html))
}

/// `POST /{lang}/courses/{slug}/enrol`: for people who are signed in and have said who they are.
pub(super) async fn enrol(
    app: Data<App>,
    visit: Visit<SignedIn>,
    path: Path<(Lang, String)>,
    _form: Posted,
) -> Reply {
    let catalogue = app.catalogue();
    let course = catalogue.by_slug(&path.1).ok_or(Error::NotFound)?;
    let course_url = course_url(visit.lang, &course.slug);
    if let Some(step) = missing_step(&app, &visit, visit.who.person_id, &course_url).await? {
        return Ok(Flash::info("flash-profile-first").on(see_other(&step.url)));
    }
    service::enrol(
        &context(&app, &catalogue),
        visit.who.person_id,
        course,
        visit.lang,
    )
    .await?;
    Ok(Flash::success("flash-enrolled").on(see_other(&course_url)))
}

/// `GET /{lang}/me`: one's own.
pub(super) async fn me(app: Data<App>, visit: Visit<SignedIn>) -> Reply {
    let catalogue = app.catalogue();
    let here = context(&app, &catalogue);
    // First, for what was completed by the clock alone has its certificate then.
    let enrolments = service::enrolments(&here, visit.who.person_id).await?;
    let certificates = certificates::of_person(&app.db, visit.who.person_id)
        .await?
        .iter()
        .map(|certificate| CertificateLink::new(&app.theme, visit.lang, certificate))
        .collect();
    let not_counted = programme::not_counted(&app.db, visit.who.person_id).await?;
    let next = visit.url("me");
    let step = missing_step(&app, &visit, visit.who.person_id, &next).await?;
    let page = MyPage::new(
        &app.theme,
        visit.lang,
        &catalogue,
        &enrolments,
        certificates,
        (step, not_counted),
    );
    visit.show(&app, &page)
}

/// The certificate of a completion that stands now, or stood last.
async fn certificate_of(
    app: &App,
    lang: Lang,
    completion_id: uuid::Uuid,
) -> Result<Option<CertificateLink>, Error> {
    let certificates = certificates::of_completion(&app.db, completion_id).await?;
    Ok(certificates
        .first()
        .map(|certificate| CertificateLink::new(&app.theme, lang, certificate)))
}

/// The step of the profile that is still missing, leading back to `next`.
async fn missing_step(
    app: &App,
    visit: &VisitCore,
    person_id: uuid::Uuid,
    next: &str,
) -> Result<Option<Link>, Error> {
    let readiness = people::readiness(&app.db, person_id).await?;
    Ok(readiness.missing().map(|step| Link {
        url: format!(
            "{}?{}",
            visit.url(step.path()),
            url::form_urlencoded::Serializer::new(String::new())
                .append_pair("next", next)
                .finish()
        ),
        text: app.theme.text(visit.lang, &format!("step-{step}")),
    }))
}

/// `GET /{lang}/author/courses`: for authors.
pub(super) async fn workshop(app: Data<App>, visit: Visit<Author>) -> Reply {
    visit.show(
        &app,
        &WorkshopPage::new(&app.theme, visit.lang, &app.catalogue()),
    )
}

/// `GET /{lang}/manage/completions/{id}`: for managers.
pub(super) async fn completion(
    app: Data<App>,
    visit: Visit<Manager>,
    path: Path<(Lang, String)>,
) -> Reply {
    let completion_id = id(&path.1)?;
    let proof = service::completion::proof(&app.db, completion_id)
        .await?
        .ok_or(Error::NotFound)?;
    let person = people::full_name(app.db.read(), proof.person_id).await?;
    let serial = certificate_of(&app, visit.lang, completion_id)
        .await?
        .map(|link| link.serial);
    let page = CompletionPage::new(
        &app.theme,
        visit.lang,
        &app.catalogue(),
        &proof,
        person,
        serial,
    );
    visit.show(&app, &page)
}
