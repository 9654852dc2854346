//! The handlers of accounts: read the request, call a use case, show a page or redirect.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{self, Data, Path, Query, ServiceConfig},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    forms,
    model::{Email, LinkProblem, role_from_slug},
    service::{
        self, Context, Failure, FirstAdministratorError, LinkError, RoleChange, RoleError,
        SignInError,
    },
    session,
    store::Purpose,
    views::{
        AccountsPage, ConfirmPage, FirstAdministratorPage, ForgottenPage, LinkProblemPage, MailFor,
        MailSentPage, RegisterPage, ResetPage, SignInPage,
    },
};
use crate::{
    http::{
        Admin, Anyone, App, Error, Flash, FormState, Lang, Next, Posted, Reply, Visit, VisitCore,
        limits::client_address, next, see_other, visit::SESSION_COOKIE,
    },
    mail, people,
};

/// The routes below `/{lang}`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/register")
                .route(web::get().to(register_form))
                .route(web::post().to(register)),
        )
        .service(web::resource("/confirm").route(web::post().to(confirm_again)))
        .service(
            web::resource("/confirm/{token}")
                .route(web::get().to(confirm_form))
                .route(web::post().to(confirm)),
        )
        .service(
            web::resource("/sign-in")
                .route(web::get().to(sign_in_form))
                .route(web::post().to(sign_in)),
        )
        .service(web::resource("/sign-out").route(web::post().to(sign_out)))
        .service(
            web::resource("/forgotten")
                .route(web::get().to(forgotten_form))
                .route(web::post().to(forgotten)),
        )
        .service(
            web::resource("/reset/{token}")
                .route(web::get().to(reset_form))
                .route(web::post().to(reset)),
        )
        .service(
            web::resource("/admin/first/{token}")
                .route(web::get().to(first_administrator_form))
                .route(web::post().to(first_administrator)),
        )
        .service(web::resource("/admin/accounts").route(web::get().to(accounts)))
        .service(web::resource("/admin/accounts/{id}/roles").route(web::post().to(change_role)));
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Database(error) => error.into(),
            Failure::Hash(error) => Self::internal(error),
        }
    }
}

/// `GET /{lang}/register`.
async fn register_form(app: Data<App>, visit: Visit<Anyone>) -> Reply {
    if visit.who.is_some() {
        return Ok(see_other(&visit.url("me")));
    }
    visit.show(
        &app,
        &RegisterPage::new(&app.theme, visit.lang, &FormState::new()),
    )
}

/// `POST /{lang}/register`: the same answer whether the address is taken or not.
async fn register(
    app: Data<App>,
    visit: Visit<Anyone>,
    request: HttpRequest,
    posted: Posted,
) -> Reply {
    let (email, password) = match forms::registration(&posted) {
        Ok(input) => input,
        Err(form) => {
            return visit.show_again(&app, &RegisterPage::new(&app.theme, visit.lang, &form));
        }
    };
    app.limits.mail(client_address(&app, &request))?;
    let address = email.as_str().to_owned();
    let mail_id = service::register(&Context::from(&**app), email, password, visit.lang).await?;
    mail_sent(&app, &visit, MailFor::Confirm, address, mail_id)
}

/// `POST /{lang}/confirm`: the link that confirms an address, once more.
async fn confirm_again(
    app: Data<App>,
    visit: Visit<Anyone>,
    request: HttpRequest,
    posted: Posted,
) -> Reply {
    let email = match forms::address(&posted) {
        Ok(email) => email,
        Err(form) => {
            let problem = LinkProblem::Unknown;
            let page = LinkProblemPage::new(
                &app.theme,
                visit.lang,
                Purpose::ConfirmEmail,
                problem,
                &form,
            );
            return visit.show_again(&app, &page);
        }
    };
    app.limits.mail(client_address(&app, &request))?;
    let address = email.as_str().to_owned();
    let mail_id = service::send_confirmation(&Context::from(&**app), email, visit.lang).await?;
    mail_sent(&app, &visit, MailFor::Confirm, address, mail_id)
}

/// `GET /{lang}/confirm/{token}`: a button, because mail scanners follow links.
async fn confirm_form(app: Data<App>, visit: Visit<Anyone>, path: Path<(Lang, String)>) -> Reply {
    let purpose = Purpose::ConfirmEmail;
    match service::check_link(&Context::from(&**app), purpose, &path.1).await {
        Ok(()) => visit.show(
            &app,
            &ConfirmPage::new(visit.url(&format!("confirm/{}", path.1))),
        ),
        Err(error) => link_problem(&app, &visit, purpose, error),
    }
}

/// `POST /{lang}/confirm/{token}`.
async fn confirm(
    app: Data<App>,
    visit: Visit<Anyone>,
    path: Path<(Lang, String)>,
    request: HttpRequest,
    _posted: Posted,
) -> Reply {
    match service::confirm(&Context::from(&**app), &path.1, session_of(&request)).await {
        Ok(signed_in) => {
            let url = go_on(&app, &visit, signed_in.person_id, Next::default()).await?;
            let response = begin(&app, see_other(&url), &signed_in.session);
            Ok(Flash::success("flash-address-confirmed").on(response))
        }
        Err(error) => link_problem(&app, &visit, Purpose::ConfirmEmail, error),
    }
}

/// What an address may say beside its path.
#[derive(Debug, Deserialize)]
struct NextQuery {
    #[serde(default)]
    next: String,
}

/// `GET /{lang}/sign-in?next=`.
async fn sign_in_form(app: Data<App>, visit: Visit<Anyone>, query: Query<NextQuery>) -> Reply {
    let next = Next::parse(&query.next);
    if visit.who.is_some() {
        return Ok(see_other(&next.or(visit.url("me"))));
    }
    visit.show(
        &app,
        &SignInPage::new(&app.theme, visit.lang, &FormState::new(), &next),
    )
}

/// `POST /{lang}/sign-in`.
async fn sign_in(
    app: Data<App>,
    visit: Visit<Anyone>,
    request: HttpRequest,
    posted: Posted,
) -> Reply {
    let next = Next::parse(posted.get(next::FIELD));
    let show = |form: &FormState| SignInPage::new(&app.theme, visit.lang, form, &next);
    let input = match forms::sign_in(&posted) {
        Ok(input) => input,
        Err(form) => return visit.show_again(&app, &show(&form)),
    };
    app.limits
        .sign_in(client_address(&app, &request), posted.get("email"))?;
    let (email, previous) = (input.email, session_of(&request));
    match service::sign_in(
        &Context::from(&**app),
        email.clone(),
        input.password,
        previous,
    )
    .await
    {
        Ok(signed_in) => {
            let url = go_on(&app, &visit, signed_in.person_id, next).await?;
            Ok(begin(&app, see_other(&url), &signed_in.session))
        }
        Err(SignInError::Wrong) => {
            visit.show_again(&app, &show(&input.form.error("email", "sign-in-wrong")))
        }
        Err(SignInError::Unconfirmed) => {
            let address = email.as_ref().map_or("", Email::as_str).to_owned();
            visit.show_again(&app, &show(&input.form).unconfirmed(address))
        }
        Err(SignInError::Failure(failure)) => Err(failure.into()),
    }
}

/// `POST /{lang}/sign-out`.
async fn sign_out(
    app: Data<App>,
    visit: Visit<Anyone>,
    request: HttpRequest,
    _posted: Posted,
) -> Reply {
    if let Some(session) = session_of(&request) {
        service::sign_out(&Context::from(&**app), session).await?;
    }
    let mut response = see_other(&visit.url(""));
    response
        .add_cookie(&session::removal())
        .map_err(Error::internal)?;
    Ok(Flash::success("flash-signed-out").on(response))
}

/// `GET /{lang}/forgotten`.
async fn forgotten_form(app: Data<App>, visit: Visit<Anyone>) -> Reply {
    visit.show(
        &app,
        &ForgottenPage::new(&app.theme, visit.lang, &FormState::new()),
    )
}

/// `POST /{lang}/forgotten`: the same answer whether there is such an account or not.
async fn forgotten(
    app: Data<App>,
    visit: Visit<Anyone>,
    request: HttpRequest,
    posted: Posted,
) -> Reply {
    let email = match forms::address(&posted) {
        Ok(email) => email,
        Err(form) => {
            return visit.show_again(&app, &ForgottenPage::new(&app.theme, visit.lang, &form));
        }
    };
    app.limits.mail(client_address(&app, &request))?;
    let address = email.as_str().to_owned();
    let mail_id = service::send_reset(&Context::from(&**app), email, visit.lang).await?;
    mail_sent(&app, &visit, MailFor::Reset, address, mail_id)
}

/// `GET /{lang}/reset/{token}`.
async fn reset_form(app: Data<App>, visit: Visit<Anyone>, path: Path<(Lang, String)>) -> Reply {
    let purpose = Purpose::ResetPassword;
    match service::check_link(&Context::from(&**app), purpose, &path.1).await {
        Ok(()) => {
            let action = visit.url(&format!("reset/{}", path.1));
            visit.show(
                &app,
                &ResetPage::new(&app.theme, visit.lang, action, &FormState::new()),
            )
        }
        Err(error) => link_problem(&app, &visit, purpose, error),
    }
}

/// `POST /{lang}/reset/{token}`.
async fn reset(
    app: Data<App>,
    visit: Visit<Anyone>,
    path: Path<(Lang, String)>,
    posted: Posted,
) -> Reply {
    let password = match forms::reset(&posted) {
        Ok(password) => password,
        Err(form) => {
            let action = visit.url(&format!("reset/{}", path.1));
            return visit.show_again(&app, &ResetPage::new(&app.theme, visit.lang, action, &form));
        }
    };
    match service::reset_password(&Context::from(&**app), &path.1, password).await {
        Ok(()) => {
            let mut response = see_other(&visit.url("sign-in"));
            response
                .add_cookie(&session::removal())
                .map_err(Error::internal)?;
            Ok(Flash::success("flash-password-changed").on(response))
        }
        Err(error) => link_problem(&app, &visit, Purpose::ResetPassword, error),
    }
}

/// `GET /{lang}/admin/first/{token}`: the link printed at the first start.
async fn first_administrator_form(
    app: Data<App>,
    visit: Visit<Anyone>,
    path: Path<(Lang, String)>,
) -> Reply {
    let purpose = Purpose::FirstAdministrator;
    match service::check_link(&Context::from(&**app), purpose, &path.1).await {
        Ok(()) => {
            let action = visit.url(&format!("admin/first/{}", path.1));
            let form = FormState::new();
            visit.show(
                &app,
                &FirstAdministratorPage::new(&app.theme, visit.lang, action, &form),
            )
        }
        Err(error) => link_problem(&app, &visit, purpose, error),
    }
}

/// `POST /{lang}/admin/first/{token}`.
async fn first_administrator(
    app: Data<App>,
    visit: Visit<Anyone>,
    path: Path<(Lang, String)>,
    posted: Posted,
) -> Reply {
    let show = |form: &FormState| {
        let action = visit.url(&format!("admin/first/{}", path.1));
        FirstAdministratorPage::new(&app.theme, visit.lang, action, form)
    };
    let input = match forms::first_administrator(&posted) {
        Ok(input) => input,
        Err(form) => return visit.show_again(&app, &show(&form)),
    };
    let context = Context::from(&**app);
    match service::make_first_administrator(&context, &path.1, input, visit.lang).await {
        Ok(session) => {
            let response = begin(&app, see_other(&visit.url("admin/accounts")), &session);
            Ok(Flash::success("flash-first-administrator").on(response))
        }
        Err(FirstAdministratorError::Taken) => {
            let form = forms::first_administrator_typed(&posted).error("email", "email-taken");
            visit.show_again(&app, &show(&form))
        }
        Err(FirstAdministratorError::Link(error)) => {
            link_problem(&app, &visit, Purpose::FirstAdministrator, error)
        }
    }
}

/// What part of a list is asked for.
#[derive(Debug, Deserialize)]
struct ListQuery {
    #[serde(default)]
    q: String,
    page: Option<u64>,
}

/// `GET /{lang}/admin/accounts?q=&page=`.
async fn accounts(app: Data<App>, visit: Visit<Admin>, query: Query<ListQuery>) -> Reply {
    let (q, page) = (query.q.trim(), query.page.unwrap_or(1).max(1));
    let found = service::list(&app.db, q, page).await?;
    let page = AccountsPage::new(
        &app.theme,
        visit.lang,
        (q, page),
        found,
        visit.who.account_id,
    );
    visit.show(&app, &page)
}

/// `POST /{lang}/admin/accounts/{id}/roles`: gives or takes one role.
async fn change_role(
    app: Data<App>,
    visit: Visit<Admin>,
    path: Path<(Lang, String)>,
    posted: Posted,
) -> Reply {
    let account_id: Uuid = path.1.parse().map_err(|_| Error::NotFound)?;
    let role = role_from_slug(posted.get("role")).ok_or(Error::BadRequest("no such role"))?;
    let (change, message) = match posted.get("change") {
        "give" => (RoleChange::Give, "flash-role-given"),
        "take" => (RoleChange::Take, "flash-role-taken"),
        _ => return Err(Error::BadRequest("neither give nor take")),
    };
    let actor = visit.who.account_id;
    let flash =
        match service::change_role(&app.clock, &app.db, actor, account_id, role, change).await {
            Ok(()) => Flash::success(message),
            Err(RoleError::OwnAdmin) => Flash::error("flash-role-own-admin"),
            Err(RoleError::NoAccount) => return Err(Error::NotFound),
            Err(RoleError::Database(error)) => return Err(error.into()),
        };
    let back: String = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("q", posted.get("q"))
        .append_pair("page", posted.get("page"))
        .finish();
    Ok(flash.on(see_other(&visit.url(&format!("admin/accounts?{back}")))))
}

/// Says that a mail was sent; where no mail leaves, in which file it is.
fn mail_sent(
    app: &App,
    visit: &VisitCore,
    mail_for: MailFor,
    address: String,
    mail_id: Uuid,
) -> Reply {
    let file = app
        .config
        .smtp_url
        .is_none()
        .then(|| mail::file_name(mail_id));
    visit.show(app, &MailSentPage::new(mail_for, address, file))
}

/// The page of a link that cannot be used: 410, or 404 when there never was such a link.
fn link_problem(app: &App, visit: &VisitCore, purpose: Purpose, error: LinkError) -> Reply {
    let problem = match error {
        LinkError::Problem(problem) => problem,
        LinkError::Failure(failure) => return Err(failure.into()),
    };
    let status = match problem {
        LinkProblem::Unknown => StatusCode::NOT_FOUND,
        LinkProblem::Expired | LinkProblem::Used => StatusCode::GONE,
    };
    let page = LinkProblemPage::new(&app.theme, visit.lang, purpose, problem, &FormState::new());
    visit.show_as(app, &mut HttpResponse::build(status), &page)
}

/// Where somebody goes who has just signed in: what is missing of their profile, then what they
/// wanted.
async fn go_on(app: &App, visit: &VisitCore, person_id: Uuid, next: Next) -> Result<String, Error> {
    Ok(
        match people::readiness(&app.db, person_id).await?.missing() {
            Some(step) => next.after(&visit.url(step.path())),
            None => next.or(visit.url("me")),
        },
    )
}

fn begin(app: &App, mut response: HttpResponse, session: &session::NewSession) -> HttpResponse {
    // A token of URL-safe Base64 always makes a valid header.
    let _ = response.add_cookie(&session.cookie(app.config.is_https()));
    response
}

fn session_of(request: &HttpRequest) -> Option<String> {
    request
        .cookie(SESSION_COOKIE)
        .map(|cookie| cookie.value().to_owned())
}
