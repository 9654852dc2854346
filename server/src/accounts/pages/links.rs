//! The pages about links in mails: that one is sent, and that one cannot be used.

use actix_web::{HttpResponse, http::StatusCode};

use crate::{
    accounts::{
        State,
        model::LinkProblem,
        service::LinkError,
        store::Purpose,
        views::{LinkProblemPage, MailFor, MailSentPage},
    },
    config::MailWay,
    http::{Next, Reply, VisitCore},
    ids::JobId,
    mail,
};

/// The page that says that a mail is sent; on the machine of who tries the program out also in which file it is.
pub(super) fn mail_sent(
    state: &State,
    visit: &VisitCore,
    mail_for: MailFor,
    (address, mail_id): (String, Option<JobId>),
    next: &Next,
) -> Reply {
    let file = mail_id
        .filter(|_| state.mail_way == MailWay::Files)
        .map(mail::file_name);
    let address = mail::readable(&address);
    let page = MailSentPage::new(visit.lang, mail_for, address, file, next)
        .reaching_nobody(state.mail_way == MailWay::Nowhere);
    visit.show(&page)
}

/// The page of a link that cannot be used: 410, or 404 when there never was such a link.
pub(super) fn link_problem(
    visit: &VisitCore,
    purpose: Purpose,
    error: LinkError,
    next: &Next,
) -> Reply {
    let problem = match error {
        LinkError::Problem(problem) => problem,
        LinkError::Failure(failure) => return Err(failure.into()),
    };
    let status = match problem {
        LinkProblem::Unknown => StatusCode::NOT_FOUND,
        LinkProblem::Expired | LinkProblem::Used => StatusCode::GONE,
    };
    let page = LinkProblemPage::new(visit.theme(), visit.lang, purpose, problem, next);
    visit.show_as(&mut HttpResponse::build(status), &page)
}
