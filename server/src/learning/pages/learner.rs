//! The people who learn, for managers: how far they are, and what they are allowed in tests.

use actix_web::{HttpRequest, web::Data};

use crate::{
    http::{Error, Flash, FormState, Manager, Path, Posted, Reply, Visit, address, see_other},
    ids::{PersonId, TestAllowanceId},
    learning::{
        Context, State,
        forms::{RawExtraAttempts, RawExtraTime, RawWithdrawal},
        list::filters,
        service::allowance::{self, AllowError},
        views::learner::{LearnerForms, LearnerPage, LearnersPage, WithdrawPage},
    },
    list::Query,
};

/// `GET /{lang}/manage/learners?q=&sort=&order=&page=`: for managers.
pub(super) async fn learners(
    state: Data<State>,
    visit: Visit<Manager>,
    request: HttpRequest,
) -> Reply {
    let query = Query::read(request.query_string(), &filters());
    let found = allowance::learners(&state.db, &query, query.extent()).await?;
    visit.show(&LearnersPage::new(visit.theme(), visit.lang, &query, found))
}

/// `GET /{lang}/manage/learners/{person}`: for managers; recorded in the audit log.
pub(super) async fn learner(
    state: Data<State>,
    visit: Visit<Manager>,
    path: Path<address::Learner>,
) -> Reply {
    let here = state.context(&state.courses.current());
    let page = page(&here, &visit, path.person, &LearnerForms::default()).await?;
    if !visit.is_head {
        allowance::note_view(&state, visit.who.account_id, path.person).await?;
    }
    visit.show(&page)
}

async fn page(
    context: &Context,
    visit: &Visit<Manager>,
    person_id: PersonId,
    forms: &LearnerForms,
) -> Result<LearnerPage, Error> {
    let record = allowance::learner(context, person_id)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(LearnerPage::new(
        visit.theme(),
        visit.lang,
        &context.catalogue,
        &record,
        forms,
    ))
}

/// `POST /{lang}/manage/learners/{person}/attempts`: allows more attempts at the test of a course.
pub(super) async fn allow_attempts(
    state: Data<State>,
    visit: Visit<Manager>,
    path: Path<address::AllowAttempts>,
    posted: Posted,
) -> Reply {
    let here = state.context(&state.courses.current());
    let person_id = path.person;
    // Whoever is not there gets no form.
    allowance::learner(&here, person_id)
        .await?
        .ok_or(Error::NotFound)?;
    let form = match posted.read::<RawExtraAttempts>() {
        Ok(extra) => {
            let count = usize::try_from(extra.count).unwrap_or_default();
            let actor = visit.who.account_id;
            let key = match allowance::allow_attempts(&here, actor, person_id, extra).await {
                Ok(()) => {
                    return Ok(back(
                        &visit,
                        person_id,
                        &Flash::success("flash-attempts-allowed").count(count),
                    ));
                }
                Err(AllowError::NoLimit) => "allow-course-unlimited",
                Err(AllowError::Passed) => "allow-course-passed",
                Err(AllowError::Database(error)) => return Err(error.into()),
            };
            posted.typed::<RawExtraAttempts>().error("course", key)
        }
        Err(form) => form,
    };
    let forms = LearnerForms {
        attempts: form,
        ..LearnerForms::default()
    };
    visit.show_again(&page(&here, &visit, person_id, &forms).await?)
}

/// `POST /{lang}/manage/learners/{person}/time`: allows extra time in every test with a time limit.
pub(super) async fn allow_time(
    state: Data<State>,
    visit: Visit<Manager>,
    path: Path<address::AllowTime>,
    posted: Posted,
) -> Reply {
    let here = state.context(&state.courses.current());
    let person_id = path.person;
    allowance::learner(&here, person_id)
        .await?
        .ok_or(Error::NotFound)?;
    match posted.read::<RawExtraTime>() {
        Ok(extra) => {
            let actor = visit.who.account_id;
            allowance::allow_time(&here, actor, person_id, extra).await?;
            Ok(back(
                &visit,
                person_id,
                &Flash::success("flash-time-allowed"),
            ))
        }
        Err(form) => {
            let forms = LearnerForms {
                time: form,
                ..LearnerForms::default()
            };
            visit.show_again(&page(&here, &visit, person_id, &forms).await?)
        }
    }
}

/// `GET /{lang}/manage/learners/{person}/attempts`: the address at which a form that could not be taken is shown
/// leads to the person.
pub(super) async fn to_learner_from_attempts(
    visit: Visit<Manager>,
    path: Path<address::AllowAttempts>,
) -> Reply {
    let person = path.person;
    Ok(see_other(&visit.url(&address::Learner { person })))
}

/// `GET /{lang}/manage/learners/{person}/time`: the same.
pub(super) async fn to_learner_from_time(
    visit: Visit<Manager>,
    path: Path<address::AllowTime>,
) -> Reply {
    let person = path.person;
    Ok(see_other(&visit.url(&address::Learner { person })))
}

/// `GET /{lang}/manage/learners/{person}/allowances/{allowance}/withdraw`: asks for the reason.
pub(super) async fn before_withdrawing(
    state: Data<State>,
    visit: Visit<Manager>,
    path: Path<address::WithdrawAllowance>,
) -> Reply {
    let here = state.context(&state.courses.current());
    let ids = (path.person, path.allowance);
    visit.show(&withdraw_page(&here, &visit, ids, &FormState::new()).await?)
}

/// `POST /{lang}/manage/learners/{person}/allowances/{allowance}/withdraw`: takes it back.
pub(super) async fn withdraw(
    state: Data<State>,
    visit: Visit<Manager>,
    path: Path<address::WithdrawAllowance>,
    posted: Posted,
) -> Reply {
    let here = state.context(&state.courses.current());
    let ids = (path.person, path.allowance);
    let reason = match posted.read::<RawWithdrawal>() {
        Ok(reason) => reason,
        Err(form) => {
            return visit.show_again(&withdraw_page(&here, &visit, ids, &form).await?);
        }
    };
    allowance::learner(&here, path.person)
        .await?
        .ok_or(Error::NotFound)?;
    let done = allowance::withdraw(&here, visit.who.account_id, ids, reason).await?;
    let flash = if done {
        Flash::success("flash-allowance-withdrawn")
    } else {
        // Sent twice, or by another manager before.
        Flash::info("flash-allowance-withdrawn-before")
    };
    Ok(back(&visit, path.person, &flash))
}

async fn withdraw_page(
    context: &Context,
    visit: &Visit<Manager>,
    (person_id, id): (PersonId, TestAllowanceId),
    form: &FormState,
) -> Result<WithdrawPage, Error> {
    let (record, held) = allowance::held(context, person_id, id)
        .await?
        .ok_or(Error::NotFound)?;
    let words = (visit.theme(), visit.lang);
    Ok(WithdrawPage::new(
        words,
        &context.catalogue,
        &record,
        &held,
        form,
    ))
}

fn back(visit: &Visit<Manager>, person: PersonId, flash: &Flash) -> actix_web::HttpResponse {
    flash.on(see_other(&visit.url(&address::Learner { person })))
}
