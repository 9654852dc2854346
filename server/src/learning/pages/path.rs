//! A learning path.

use actix_web::web::Data;

use super::course::{certificate_of, missing_step};
use crate::{
    http::{Anyone, Error, Flash, Path, Posted, Reply, SignedIn, Visit, address, see_other},
    learning::{
        State, path_completion_source,
        service::{self, path::PathStanding},
        views::{
            path::{Looking, PathPage},
            path_card::path_url,
        },
    },
};

/// `GET /{lang}/paths/{path}`: open to anyone; shows the person's progress.
pub(super) async fn path(
    state: Data<State>,
    visit: Visit<Anyone>,
    path: Path<address::LearningPath>,
) -> Reply {
    let catalogue = state.courses.current();
    let path = catalogue.path(&path.path).ok_or(Error::NotFound)?;
    let Some(who) = &visit.who else {
        return visit.show(&PathPage::new(
            visit.theme(),
            visit.lang,
            &catalogue,
            path,
            None,
        ));
    };
    let here = state.context(&catalogue);
    // First, because this may complete a course whose test has run out of time, and the path with it.
    let enrolments = service::enrolments(&here, who.person_id).await?;
    let standing = service::path::standing(&here, who.person_id, path).await?;
    let certificate = match standing.as_ref().and_then(|found| found.completed) {
        Some(completed) => {
            let source = path_completion_source(completed.id);
            certificate_of(&state, visit.lang, &source).await?
        }
        None => None,
    };
    let looking = Looking {
        enrolments: &enrolments,
        standing: standing
            .as_ref()
            .map(|standing: &PathStanding| (standing, certificate)),
    };
    visit.show(&PathPage::new(
        visit.theme(),
        visit.lang,
        &catalogue,
        path,
        Some(looking),
    ))
}

/// `POST /{lang}/paths/{path}/enrol`: for people who are signed in and have completed their profile.
pub(super) async fn enrol(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::EnrolInPath>,
    _form: Posted,
) -> Reply {
    let catalogue = state.courses.current();
    let path = catalogue.path(&path.path).ok_or(Error::NotFound)?;
    let here = visit.url(&address::EnrolInPath {
        path: path.id.clone(),
    });
    if let Some(step) = missing_step(&state, &visit, visit.who.person_id, &here).await? {
        return Ok(Flash::info("flash-profile-first").on(see_other(&step.url)));
    }
    let context = state.context(&catalogue);
    service::path::enrol(&context, visit.who.person_id, path, visit.lang).await?;
    Ok(Flash::success("flash-path-enrolled").on(see_other(&path_url(visit.lang, path))))
}

/// `GET /{lang}/paths/{path}/enrol`: where somebody goes on to who signed in, or said who they are, to begin a path.
/// It changes nothing.
pub(super) async fn begin(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::EnrolInPath>,
) -> Reply {
    let catalogue = state.courses.current();
    let path = catalogue.path(&path.path).ok_or(Error::NotFound)?;
    Ok(see_other(&path_url(visit.lang, path)))
}
