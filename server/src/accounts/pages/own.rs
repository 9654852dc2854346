//! The handlers of one's own account.

use actix_web::{HttpRequest, web::Data};

use super::{
    browser::{browser_of, known_cookie, session_of},
    links::{link_problem, mail_sent},
};
use crate::{
    accounts::{
        State,
        forms::{RawNewEmail, RawPasswordChange},
        model::link_url,
        service::{self, Ending, NewEmailError, OwnError},
        store::Purpose,
        views::{
            MailFor,
            own::{MyAccountPage, MyEmailPage, MyPasswordPage, NewEmailPage},
        },
    },
    http::{
        Anyone, Error, Flash, FormState, Lang, Next, Path, Posted, Reply, SignedIn, Visit, address,
        see_other,
    },
};

/// `GET /{lang}/me/account`: one's own.
pub(super) async fn account(
    state: Data<State>,
    visit: Visit<SignedIn>,
    request: HttpRequest,
) -> Reply {
    let account = service::one(&state.db, visit.who.account_id)
        .await?
        .ok_or(Error::NotFound)?;
    let session = session_of(&request);
    let sessions = service::sessions(&state, &account, session.as_deref()).await?;
    let shown = (account.email.as_str(), account.name, account.lang);
    let standing = service::standing(&state.db, account.id).await?;
    let has_second_factor = standing != service::Standing::None;
    visit.show(&MyAccountPage::new(
        visit.theme(),
        visit.lang,
        shown,
        &sessions,
        has_second_factor,
    ))
}

/// `POST /{lang}/me/account/language`: the language of mails; the next page is in it, too.
pub(super) async fn language(state: Data<State>, visit: Visit<SignedIn>, posted: Posted) -> Reply {
    let lang = Lang::from_tag(posted.get("lang")).ok_or(Error::BadRequest("no such language"))?;
    service::set_language(&state, visit.who.account_id, lang).await?;
    let visit = visit.in_language(lang);
    Ok(Flash::success("flash-language-saved").on(see_other(&visit.url(&address::MyAccount))))
}

/// `POST /{lang}/me/account/sessions`: ends one's own sessions, one of them or all but the present one.
pub(super) async fn sessions(
    state: Data<State>,
    visit: Visit<SignedIn>,
    request: HttpRequest,
    posted: Posted,
) -> Reply {
    let which = match (posted.get("do"), session_of(&request)) {
        ("others", Some(token)) => Ending::Others(token),
        _ => Ending::One(
            posted
                .get("session")
                .parse()
                .map_err(|_| Error::BadRequest("no such session"))?,
        ),
    };
    let own = visit.who.account_id;
    let has_ended = service::end_sessions(&state, own, own, which).await?;
    Ok(ended(has_ended).on(see_other(&visit.url(&address::MyAccount))))
}

/// What is said after sessions were ended; ending one that has ended is no mistake.
pub(super) fn ended(has_ended: bool) -> Flash {
    if has_ended {
        Flash::success("flash-sessions-ended")
    } else {
        Flash::info("flash-sessions-gone")
    }
}

/// `GET /{lang}/me/account/password`: one's own.
pub(super) async fn password_form(visit: Visit<SignedIn>, state: Data<State>) -> Reply {
    let (address, _) = service::own_words(&state, visit.who.account_id).await?;
    let form = FormState::new();
    visit.show(&MyPasswordPage::new(
        visit.theme(),
        visit.lang,
        address,
        &form,
    ))
}

/// `POST /{lang}/me/account/password`.
pub(super) async fn password(
    state: Data<State>,
    visit: Visit<SignedIn>,
    request: HttpRequest,
    posted: Posted,
) -> Reply {
    let own = visit.who.account_id;
    let (address, words) = service::own_words(&state, own).await?;
    let input = posted.read_with(|raw: &mut RawPasswordChange| raw.set_owner(&address, &words));
    let show =
        |form: &FormState| MyPasswordPage::new(visit.theme(), visit.lang, address.clone(), form);
    let change = match input {
        Ok(change) => change,
        Err(form) => return visit.show_again(&show(&form)),
    };
    let browser = browser_of(&visit, &request);
    let session = browser.previous_session.clone().unwrap_or_default();
    let from = (browser.address, session);
    match service::change_password(&state, own, change, from).await {
        Ok(hash) => {
            let mut response = see_other(&visit.url(&address::MyAccount));
            // The browser stays known: what it has is bound to the password before.
            let known = known_cookie(&state, &request, own, &hash);
            response.add_cookie(&known).map_err(Error::internal)?;
            Ok(Flash::success("flash-own-password-changed").on(response))
        }
        Err(OwnError::WrongPassword) => {
            let form = posted.typed::<RawPasswordChange>();
            visit.show_again(&show(&form.error("present", "own-password-wrong")))
        }
        Err(OwnError::Other(error)) => Err(error),
    }
}

/// `GET /{lang}/me/account/email`: one's own.
pub(super) async fn email_form(visit: Visit<SignedIn>, state: Data<State>) -> Reply {
    let (address, _) = service::own_words(&state, visit.who.account_id).await?;
    let form = FormState::new();
    visit.show(&MyEmailPage::new(
        visit.theme(),
        visit.lang,
        &address,
        &form,
    ))
}

/// `POST /{lang}/me/account/email`: sends a link to the new address. The page is the same whether the address
/// has an account or not.
pub(super) async fn email(
    state: Data<State>,
    visit: Visit<SignedIn>,
    request: HttpRequest,
    posted: Posted,
) -> Reply {
    let own = visit.who.account_id;
    let (present, _) = service::own_words(&state, own).await?;
    let show = |form: &FormState| MyEmailPage::new(visit.theme(), visit.lang, &present, form);
    let new = match posted.read::<RawNewEmail>() {
        Ok(new) => new,
        Err(form) => return visit.show_again(&show(&form)),
    };
    if new.email.as_str() == present {
        let form = posted.typed::<RawNewEmail>().error("email", "email-same");
        return visit.show_again(&show(&form));
    }
    let client = visit.shell().client_address(&request);
    state.limits.mail(state.clock.now(), client)?;
    let address = new.email.as_str().to_owned();
    match service::ask_for_new_email(&state, own, new, client).await {
        Ok(mail_id) => {
            let next = Next::default();
            mail_sent(&state, &visit, MailFor::NewEmail, (address, mail_id), &next)
        }
        Err(OwnError::WrongPassword) => {
            let form = posted.typed::<RawNewEmail>();
            visit.show_again(&show(&form.error("password", "own-password-wrong")))
        }
        Err(OwnError::Other(error)) => Err(error),
    }
}

/// `GET /{lang}/new-email/{token}`: shows a button. Opening it changes nothing, because mail scanners open links.
pub(super) async fn new_email_form(
    state: Data<State>,
    visit: Visit<Anyone>,
    path: Path<address::ConfirmNewEmail>,
) -> Reply {
    let purpose = Purpose::ChangeEmail;
    match service::check_new_email(&state, &path.token).await {
        Ok(new) => {
            let action = link_url(purpose, &path.token, visit.lang);
            visit.show(&NewEmailPage::new(&new, action))
        }
        Err(error) => link_problem(&visit, purpose, error, &Next::default()),
    }
}

/// `POST /{lang}/new-email/{token}`: the new address becomes the account's.
pub(super) async fn new_email(
    state: Data<State>,
    visit: Visit<Anyone>,
    path: Path<address::ConfirmNewEmail>,
    _posted: Posted,
) -> Reply {
    let purpose = Purpose::ChangeEmail;
    match service::confirm_new_email(&state, &path.token).await {
        Ok(account_id) => {
            let is_owner = visit
                .who
                .as_ref()
                .is_some_and(|who| who.account_id == account_id);
            let url = if is_owner {
                visit.url(&address::MyAccount)
            } else {
                visit.url(&address::SignIn)
            };
            Ok(Flash::success("flash-email-changed").on(see_other(&url)))
        }
        Err(NewEmailError::Taken) => Err(Error::Conflict("email-taken")),
        Err(NewEmailError::Link(error)) => link_problem(&visit, purpose, error, &Next::default()),
    }
}
