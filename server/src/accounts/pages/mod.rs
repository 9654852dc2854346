//! The handlers of accounts: read the request, call a use case, show a page or redirect.

mod administration;
mod browser;
mod links;
mod onward;
mod own;
mod second_factor;

use actix_web::{
    HttpRequest,
    web::{Data, ServiceConfig},
};

use self::{
    browser::{begin, browser_of, session_of},
    links::{link_problem, mail_sent},
    onward::{enter, go_on},
};
use super::{
    forms::{RawEmail, RawFirstAdministrator, RawNewPassword, RawSignIn},
    list::AccountsQuery,
    model::{Email, LinkOwner, LinkProblem, link_url, role_from_slug},
    service::{
        self, Failure, FirstAdministratorError, LinkError, RoleChange, RoleError, SignInError,
    },
    session,
    state::State,
    store::Purpose,
    views::{
        AccountPage, AccountsPage, ConfirmPage, FirstAdministratorPage, ForgottenPage, MailFor,
        RegisterPage, ResetPage, SignInPage, accounts_sheet,
    },
};
use crate::{
    http::{
        Admin, Anyone, Error, Flash, FormState, Next, Path, Posted, Reply, Visit, VisitCore,
        address, route::page, see_other,
    },
    list::{self, ExportedList, Extent},
};

/// The routes below `/{lang}`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(
            page::<address::Register>()
                .not_a_destination()
                .get(register_form)
                .post(register),
        )
        .service(page::<address::AskToConfirm>().post(register))
        .service(
            page::<address::Confirm>()
                .not_a_destination()
                .get(confirm_form)
                .post(confirm),
        )
        .service(
            page::<address::SignIn>()
                .not_a_destination()
                .get(sign_in_form)
                .post(sign_in),
        )
        .service(page::<address::SignOut>().post(sign_out))
        .service(
            page::<address::Forgotten>()
                .not_a_destination()
                .get(forgotten_form)
                .post(forgotten),
        )
        .service(
            page::<address::Reset>()
                .not_a_destination()
                .get(reset_form)
                .post(reset),
        )
        .service(
            page::<address::FirstAdministrator>()
                .not_a_destination()
                .get(first_administrator_form)
                .post(first_administrator),
        )
        .service(page::<address::Accounts>().get(accounts))
        .service(page::<address::AccountsFile>().get(export))
        .service(page::<address::Account>().get(account))
        .service(page::<address::AccountRoles>().post(change_role))
        .service(
            page::<address::CloseAccount>()
                .get(administration::close_form)
                .post(administration::close),
        )
        .service(page::<address::ReopenAccount>().post(administration::reopen))
        .service(page::<address::AccountSessions>().post(administration::sessions))
        .service(
            page::<address::SignInCode>()
                .not_a_destination()
                .get(second_factor::code_form)
                .post(second_factor::code),
        )
        .service(page::<address::AccountSecondFactor>().post(administration::remove_second_factor))
        .service(
            page::<address::MySecondFactor>()
                .get(second_factor::own)
                .post(second_factor::set_up),
        )
        .service(
            page::<address::SetUpSecondFactor>()
                .get(second_factor::setup_form)
                .post(second_factor::finish_setup),
        )
        .service(page::<address::MyRecoveryCodes>().post(second_factor::new_codes))
        .service(
            page::<address::RemoveSecondFactor>()
                .get(second_factor::remove_form)
                .post(second_factor::remove),
        )
        .service(page::<address::MyAccount>().get(own::account))
        .service(page::<address::MyLanguage>().post(own::language))
        .service(page::<address::MySessions>().post(own::sessions))
        .service(
            page::<address::MyPassword>()
                .get(own::password_form)
                .post(own::password),
        )
        .service(
            page::<address::MyEmail>()
                .get(own::email_form)
                .post(own::email),
        )
        .service(
            page::<address::ConfirmNewEmail>()
                .not_a_destination()
                .get(own::new_email_form)
                .post(own::new_email),
        );
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Database(error) => error.into(),
            Failure::Hash(error) => Self::internal(error),
        }
    }
}

/// `GET /{lang}/register?next=`.
async fn register_form(visit: Visit<Anyone>, next: Next) -> Reply {
    if visit.who.is_some() {
        return Ok(see_other(&next.or(visit.url(&address::Me))));
    }
    visit.show(&RegisterPage::new(
        visit.theme(),
        visit.lang,
        &FormState::new(),
        &next,
    ))
}

/// `POST /{lang}/register`, and `/{lang}/confirm` for a new link. The response is the same whether the
/// address has an account or not.
async fn register(
    state: Data<State>,
    visit: Visit<Anyone>,
    request: HttpRequest,
    posted: Posted,
) -> Reply {
    let next = posted.next();
    let email = match posted.read::<RawEmail>() {
        Ok(email) => email,
        Err(form) => {
            let page = RegisterPage::new(visit.theme(), visit.lang, &form, &next);
            return visit.show_again(&page);
        }
    };
    state
        .limits
        .mail(state.clock.now(), visit.shell().client_address(&request))?;
    let address = email.as_str().to_owned();
    let mail_id = service::register(&state, email, visit.lang, next.clone()).await?;
    mail_sent(&state, &visit, MailFor::Confirm, (address, mail_id), &next)
}

/// `GET /{lang}/confirm/{token}?next=`: shows a form. Opening it changes nothing, because mail scanners open
/// links.
async fn confirm_form(
    state: Data<State>,
    visit: Visit<Anyone>,
    path: Path<address::Confirm>,
    next: Next,
) -> Reply {
    let purpose = Purpose::ConfirmEmail;
    match service::check_link(&state, purpose, &path.token).await {
        Ok(owner) => {
            let page = confirm_page(&visit, &path.token, owner, &next, &FormState::new());
            visit.show(&page)
        }
        Err(error) => used_or_problem(&state, &visit, (purpose, &path.token), error, next).await,
    }
}

fn confirm_page(
    visit: &VisitCore,
    token: &str,
    owner: LinkOwner,
    next: &Next,
    form: &FormState,
) -> ConfirmPage {
    let action = link_url(Purpose::ConfirmEmail, token, visit.lang);
    ConfirmPage::new(visit.theme(), visit.lang, action, owner, next, form)
}

/// `POST /{lang}/confirm/{token}`: sets the password.
async fn confirm(
    state: Data<State>,
    visit: Visit<Anyone>,
    path: Path<address::Confirm>,
    request: HttpRequest,
    posted: Posted,
) -> Reply {
    let purpose = Purpose::ConfirmEmail;
    let next = posted.next();
    let _under_way = state.limits.link(&path.token)?;
    let owner = match service::check_link(&state, purpose, &path.token).await {
        Ok(owner) => owner,
        Err(error) => {
            let link = (purpose, path.token.as_str());
            return sent_twice(&state, &visit, &request, link, &posted, error, next).await;
        }
    };
    let password = match new_password(&posted, &owner.email, &owner.words) {
        Ok(password) => password,
        Err(form) => {
            let page = confirm_page(&visit, &path.token, owner, &next, &form);
            return visit.show_again(&page);
        }
    };
    let browser = browser_of(&visit, &request);
    match service::confirm(&state, &path.token, password, visit.lang, browser).await {
        Ok(entrance) => {
            let response = enter(&state, &visit, &request, entrance, next).await?;
            Ok(Flash::success("flash-address-confirmed").on(response))
        }
        Err(error) => {
            let link = (purpose, path.token.as_str());
            sent_twice(&state, &visit, &request, link, &posted, error, next).await
        }
    }
}

/// `GET /{lang}/sign-in?next=`. A browser that still has the cookie of a session is told that it has ended.
async fn sign_in_form(visit: Visit<Anyone>, request: HttpRequest, next: Next) -> Reply {
    if visit.who.is_some() {
        return Ok(see_other(&next.or(visit.url(&address::Me))));
    }
    let form = FormState::new();
    let page = SignInPage::new(visit.theme(), visit.lang, &form, &next);
    visit.show(&page.after_session(session_of(&request).is_some()))
}

/// `POST /{lang}/sign-in`.
async fn sign_in(
    state: Data<State>,
    visit: Visit<Anyone>,
    request: HttpRequest,
    posted: Posted,
) -> Reply {
    let next = posted.next();
    let show = |form: &FormState| SignInPage::new(visit.theme(), visit.lang, form, &next);
    let input = match posted.read::<RawSignIn>() {
        Ok(input) => input,
        Err(form) => return visit.show_again(&show(&form)),
    };
    // While the response is delayed, only the address and the password are held in memory.
    drop(posted);
    let browser = browser_of(&visit, &request);
    match service::sign_in(&state, input.email, input.password, browser).await {
        Ok(entrance) => enter(&state, &visit, &request, entrance, next).await,
        Err(SignInError::Wrong) => {
            let form = FormState::new().value("email", input.typed_address);
            visit.show_again(&show(&form.error("email", "sign-in-wrong")))
        }
        Err(SignInError::Closed) => {
            let form = FormState::new().value("email", input.typed_address);
            visit.show_again(&show(&form.error("email", "sign-in-closed")))
        }
        Err(SignInError::TooMany(error)) => Err(error),
        Err(SignInError::Failure(failure)) => Err(failure.into()),
    }
}

/// `POST /{lang}/sign-out`.
async fn sign_out(
    state: Data<State>,
    visit: Visit<Anyone>,
    request: HttpRequest,
    _posted: Posted,
) -> Reply {
    if let Some(session) = session_of(&request) {
        service::sign_out(&state, session).await?;
    }
    let mut response = see_other(&visit.url(&address::Home));
    response
        .add_cookie(&session::removal())
        .map_err(Error::internal)?;
    Ok(Flash::success("flash-signed-out").on(response))
}

/// `GET /{lang}/forgotten?next=`.
async fn forgotten_form(visit: Visit<Anyone>, next: Next) -> Reply {
    visit.show(&ForgottenPage::new(
        visit.theme(),
        visit.lang,
        &FormState::new(),
        &next,
    ))
}

/// `POST /{lang}/forgotten`: the response is the same whether there is such an account or not.
async fn forgotten(
    state: Data<State>,
    visit: Visit<Anyone>,
    request: HttpRequest,
    posted: Posted,
) -> Reply {
    let next = posted.next();
    let email = match posted.read::<RawEmail>() {
        Ok(email) => email,
        Err(form) => {
            let page = ForgottenPage::new(visit.theme(), visit.lang, &form, &next);
            return visit.show_again(&page);
        }
    };
    state
        .limits
        .mail(state.clock.now(), visit.shell().client_address(&request))?;
    let address = email.as_str().to_owned();
    let mail_id = service::send_reset(&state, email, visit.lang, next.clone()).await?;
    mail_sent(&state, &visit, MailFor::Reset, (address, mail_id), &next)
}

/// `GET /{lang}/reset/{token}?next=`.
async fn reset_form(
    state: Data<State>,
    visit: Visit<Anyone>,
    path: Path<address::Reset>,
    next: Next,
) -> Reply {
    let purpose = Purpose::ResetPassword;
    match service::check_link(&state, purpose, &path.token).await {
        Ok(owner) => {
            let page = reset_page(&visit, &path.token, owner, &next, &FormState::new());
            visit.show(&page)
        }
        Err(error) => used_or_problem(&state, &visit, (purpose, &path.token), error, next).await,
    }
}

fn reset_page(
    visit: &VisitCore,
    token: &str,
    owner: LinkOwner,
    next: &Next,
    form: &FormState,
) -> ResetPage {
    let action = link_url(Purpose::ResetPassword, token, visit.lang);
    ResetPage::new(visit.theme(), visit.lang, action, owner, next, form)
}

/// `POST /{lang}/reset/{token}`.
async fn reset(
    state: Data<State>,
    visit: Visit<Anyone>,
    path: Path<address::Reset>,
    request: HttpRequest,
    posted: Posted,
) -> Reply {
    let purpose = Purpose::ResetPassword;
    let (link, next) = ((purpose, path.token.as_str()), posted.next());
    let _under_way = state.limits.link(&path.token)?;
    let owner = match service::check_link(&state, purpose, &path.token).await {
        Ok(owner) => owner,
        Err(error) => {
            return sent_twice(&state, &visit, &request, link, &posted, error, next).await;
        }
    };
    let password = match new_password(&posted, &owner.email, &owner.words) {
        Ok(password) => password,
        Err(form) => {
            let page = reset_page(&visit, &path.token, owner, &next, &form);
            return visit.show_again(&page);
        }
    };
    match service::reset_password(&state, &path.token, password).await {
        Ok(()) => {
            let mut response = see_other(&next.after(&visit.url(&address::SignIn)));
            response
                .add_cookie(&session::removal())
                .map_err(Error::internal)?;
            Ok(Flash::success("flash-password-changed").on(response))
        }
        Err(error) => sent_twice(&state, &visit, &request, link, &posted, error, next).await,
    }
}

/// `GET /{lang}/admin/first/{token}`: the link printed at the first start.
async fn first_administrator_form(
    state: Data<State>,
    visit: Visit<Anyone>,
    path: Path<address::FirstAdministrator>,
) -> Reply {
    let purpose = Purpose::FirstAdministrator;
    match service::check_link(&state, purpose, &path.token).await {
        Ok(_) => {
            let action = visit.url(&*path);
            let form = FormState::new();
            visit.show(&FirstAdministratorPage::new(
                visit.theme(),
                visit.lang,
                action,
                &form,
            ))
        }
        Err(error) => link_problem(&visit, purpose, error, &Next::default()),
    }
}

/// `POST /{lang}/admin/first/{token}`.
async fn first_administrator(
    state: Data<State>,
    visit: Visit<Anyone>,
    path: Path<address::FirstAdministrator>,
    request: HttpRequest,
    posted: Posted,
) -> Reply {
    let show = |form: &FormState| {
        let action = visit.url(&*path);
        FirstAdministratorPage::new(visit.theme(), visit.lang, action, form)
    };
    let input = match posted.read::<RawFirstAdministrator>() {
        Ok(input) => input,
        Err(form) => return visit.show_again(&show(&form)),
    };
    let browser = browser_of(&visit, &request);
    match service::make_first_administrator(&state, &path.token, input, visit.lang, browser).await {
        Ok(signed_in) => {
            let response = see_other(&visit.url(&address::Accounts));
            let response = begin(&state, &request, response, &signed_in);
            Ok(Flash::success("flash-first-administrator").on(response))
        }
        Err(FirstAdministratorError::Taken) => {
            let form = posted.typed::<RawFirstAdministrator>();
            visit.show_again(&show(&form.error("email", "email-taken")))
        }
        Err(FirstAdministratorError::Link(error)) => {
            let purpose = Purpose::FirstAdministrator;
            link_problem(&visit, purpose, error, &Next::default())
        }
    }
}

/// `GET /{lang}/admin/accounts?q=&role=&address=&sort=&order=&page=`.
async fn accounts(state: Data<State>, visit: Visit<Admin>, request: HttpRequest) -> Reply {
    let query = AccountsQuery::read(request.query_string());
    let found = service::list(&state.db, &query, query.list.extent()).await?;
    visit.show(&AccountsPage::new(visit.theme(), visit.lang, &query, found))
}

/// `GET /{lang}/admin/accounts/{account}`: an account, with its roles to give and take.
async fn account(state: Data<State>, visit: Visit<Admin>, path: Path<address::Account>) -> Reply {
    let account = service::one(&state.db, path.account)
        .await?
        .ok_or(Error::NotFound)?;
    let sessions = service::sessions(&state, &account, None).await?;
    let standing = service::standing(&state.db, path.account).await?;
    let viewer = visit.who.account_id;
    visit.show(&AccountPage::new(
        visit.theme(),
        visit.lang,
        &account,
        (&sessions, standing),
        viewer,
    ))
}

/// `GET /{lang}/admin/accounts/export.{ending}?…`: the accounts of the list as a file. The export is recorded
/// in the audit log before the file is sent.
async fn export(
    state: Data<State>,
    visit: Visit<Admin>,
    path: Path<address::AccountsFile>,
    request: HttpRequest,
) -> Reply {
    let query = AccountsQuery::read(request.query_string());
    let accounts = ExportedList {
        kind: "list",
        id: "accounts",
    };
    let recorder = (&state.clock, &state.db);
    list::export(&visit, recorder, &path.ending, accounts, async || {
        let found = service::list(&state.db, &query, Extent::All).await?;
        let sheet = accounts_sheet(visit.theme(), visit.lang, found.rows);
        Ok((sheet, query.list.export_note(found.total)))
    })
    .await
}

/// `POST /{lang}/admin/accounts/{account}/roles`: gives or takes one role.
async fn change_role(
    state: Data<State>,
    visit: Visit<Admin>,
    path: Path<address::AccountRoles>,
    posted: Posted,
) -> Reply {
    let role = role_from_slug(posted.get("role")).ok_or(Error::BadRequest("no such role"))?;
    let (change, message) = match posted.get("change") {
        "give" => (RoleChange::Give, "flash-role-given"),
        "take" => (RoleChange::Take, "flash-role-taken"),
        _ => return Err(Error::BadRequest("neither give nor take")),
    };
    let actor = visit.who.account_id;
    let flash = match service::change_role(&state, actor, path.account, role, change).await {
        Ok(()) => Flash::success(message),
        Err(RoleError::OwnAdmin) => Flash::error("flash-role-own-admin"),
        Err(RoleError::NoAccount) => return Err(Error::NotFound),
        Err(RoleError::Database(error)) => return Err(error.into()),
    };
    let account = path.account;
    Ok(flash.on(see_other(&visit.url(&address::Account { account }))))
}

/// Reads a new password of the account with this address.
fn new_password(posted: &Posted, address: &str, own_words: &[String]) -> Result<String, FormState> {
    posted.read_with(|input: &mut RawNewPassword| input.set_owner(address, own_words))
}

/// A link's form that was sent twice, e.g. by a double click. If the password is the one that the link has
/// set, the person is signed in, with the same delays as any sign-in. Otherwise the page says what is wrong
/// with the link.
async fn sent_twice(
    state: &State,
    visit: &VisitCore,
    request: &HttpRequest,
    (purpose, token): (Purpose, &str),
    posted: &Posted,
    error: LinkError,
    next: Next,
) -> Reply {
    if !matches!(error, LinkError::Problem(LinkProblem::Used)) {
        return link_problem(visit, purpose, error, &next);
    }
    let owner = service::just_used(state, purpose, token).await?;
    let Some((owner, password)) = owner.and_then(|owner| {
        let password = new_password(posted, &owner.email, &[]).ok()?;
        Some((owner, password))
    }) else {
        return link_problem(visit, purpose, error, &next);
    };
    let browser = browser_of(visit, request);
    match service::sign_in(state, Email::parse(&owner.email), password, browser).await {
        Ok(entrance) => {
            let response = enter(state, visit, request, entrance, next).await?;
            Ok(Flash::success("flash-password-saved").on(response))
        }
        Err(SignInError::Wrong | SignInError::Closed) => link_problem(visit, purpose, error, &next),
        Err(SignInError::TooMany(error)) => Err(error),
        Err(SignInError::Failure(failure)) => Err(failure.into()),
    }
}

/// Redirects the account's owner, if they are signed in, onward from a link that they have used, e.g. after
/// going back. Everybody else is told what is wrong with the link.
async fn used_or_problem(
    state: &State,
    visit: &Visit<Anyone>,
    (purpose, token): (Purpose, &str),
    error: LinkError,
    next: Next,
) -> Reply {
    if let (LinkError::Problem(LinkProblem::Used), Some(who)) = (&error, &visit.who)
        && service::is_used_by(state, purpose, token, who.account_id).await?
    {
        let url = go_on(state, visit, who.person_id, next).await?;
        return Ok(Flash::info("flash-link-done").on(see_other(&url)));
    }
    link_problem(visit, purpose, error, &next)
}
