//! The handlers of the second factor: the code when signing in, and one's own.

use actix_web::{HttpRequest, web::Data};

use super::{
    browser::{begin, browser_of},
    onward::go_on,
};
use crate::{
    accounts::{
        State,
        forms::{RawCode, RawOwnPassword, RawRemoval},
        pending,
        service::{self, CodeProblem, FactorError, Standing},
        store::AccountRow,
        views::second_factor::{CodePage, CodesPage, RemovalPage, SecondFactorPage, SetUpPage},
    },
    http::{
        Anyone, Error, Flash, FormState, Lang, Next, Posted, Reply, Visit, VisitCore, address,
        see_other, visit::Enrolling,
    },
    ids::AccountId,
    input::Input,
};

/// The account whose password was right in this browser.
async fn half(state: &State, request: &HttpRequest) -> Result<Option<AccountRow>, Error> {
    let Some(cookie) = request.cookie(pending::COOKIE) else {
        return Ok(None);
    };
    let Some(id) = pending::account(cookie.value()) else {
        return Ok(None);
    };
    let account = service::half_signed_in(state, id).await?;
    let now = state.clock.now();
    Ok(account.filter(|account| {
        let hash = account.password_hash.as_deref().unwrap_or_default();
        pending::is_valid(&state.secret, now, cookie.value(), (account.id, hash))
    }))
}

/// `GET /{lang}/sign-in/code?next=`.
pub(super) async fn code_form(
    state: Data<State>,
    visit: Visit<Anyone>,
    request: HttpRequest,
    next: Next,
) -> Reply {
    if half(&state, &request).await?.is_none() {
        return Ok(see_other(&next.after(&visit.url(&address::SignIn))));
    }
    let form = FormState::new();
    visit.show(&CodePage::new(visit.theme(), visit.lang, &form, &next))
}

/// `POST /{lang}/sign-in/code`.
pub(super) async fn code(
    state: Data<State>,
    visit: Visit<Anyone>,
    request: HttpRequest,
    posted: Posted,
) -> Reply {
    let next = posted.next();
    let Some(account) = half(&state, &request).await? else {
        let sign_in = see_other(&next.after(&visit.url(&address::SignIn)));
        return Ok(Flash::info("flash-code-too-late").on(sign_in));
    };
    let show = |form: &FormState| CodePage::new(visit.theme(), visit.lang, form, &next);
    let code = match posted.read::<RawCode>() {
        Ok(code) => code,
        Err(form) => return visit.show_again(&show(&form)),
    };
    let browser = browser_of(&visit, &request);
    match service::enter_code(&state, account, code, browser).await {
        Ok(signed_in) => {
            let url = go_on(&state, &visit, signed_in.person_id, next).await?;
            let mut response = begin(&state, &request, see_other(&url), &signed_in);
            response
                .add_cookie(&pending::removal())
                .map_err(Error::internal)?;
            Ok(response)
        }
        Err(error) => visit.show_again(&show(&refused::<RawCode>(visit.lang, &posted, error)?)),
    }
}

/// The form of an input with what is wrong with its code or password.
fn refused<I: Input>(lang: Lang, posted: &Posted, error: FactorError) -> Result<FormState, Error> {
    let form = posted.typed::<I>();
    Ok(match error {
        FactorError::WrongPassword => form.error("password", "own-password-wrong"),
        FactorError::Code(CodeProblem::Wrong) => form.error("otp", "code-wrong"),
        FactorError::Code(CodeProblem::Paused(until)) => {
            form.error_with("otp", "code-paused", "until", lang.date_time(until))
        }
        FactorError::Code(CodeProblem::None) => form.error("otp", "code-none"),
        FactorError::Other(error) => return Err(error),
    })
}

/// `GET /{lang}/me/account/second-factor`: one's own.
pub(super) async fn own(state: Data<State>, visit: Visit<Enrolling>) -> Reply {
    let page = page(&state, &visit, visit.who.account_id, [None, None]).await?;
    visit.show(&page)
}

/// The page with up to one of its forms as typed: setting up, new codes.
async fn page(
    state: &State,
    visit: &VisitCore,
    account_id: AccountId,
    forms: [Option<FormState>; 2],
) -> Result<SecondFactorPage, Error> {
    let standing = service::standing(&state.db, account_id).await?;
    let is_needed = is_needed(state, visit);
    let forms = forms.map(Option::unwrap_or_default);
    Ok(SecondFactorPage::new(
        visit.theme(),
        visit.lang,
        standing,
        is_needed,
        &forms,
    ))
}

/// Whether a role of the person asks for a second factor.
fn is_needed(state: &State, visit: &VisitCore) -> bool {
    let who = visit.principal.as_ref();
    who.is_some_and(|who| state.rules.needs_second_factor(who.roles))
}

/// `POST /{lang}/me/account/second-factor`: begins to set one up.
pub(super) async fn set_up(
    state: Data<State>,
    visit: Visit<Enrolling>,
    request: HttpRequest,
    posted: Posted,
) -> Reply {
    let own = visit.who.account_id;
    if service::standing(&state.db, own).await? != Standing::None {
        return Ok(see_other(&visit.url(&address::MySecondFactor)));
    }
    let form = match posted.read::<RawOwnPassword>() {
        Ok(password) => {
            let client = visit.shell().client_address(&request);
            match service::begin_factor(&state, own, password, client).await {
                Ok(()) => return Ok(see_other(&visit.url(&address::SetUpSecondFactor))),
                Err(error) => refused::<RawOwnPassword>(visit.lang, &posted, error)?,
            }
        }
        Err(form) => form,
    };
    visit.show_again(&page(&state, &visit, own, [Some(form), None]).await?)
}

/// `GET /{lang}/me/account/second-factor/setup`: the picture and the key for the app.
pub(super) async fn setup_form(state: Data<State>, visit: Visit<Enrolling>) -> Reply {
    match setup_page(&state, &visit, &FormState::new()).await? {
        Some(page) => visit.show(&page),
        None => Ok(see_other(&visit.url(&address::MySecondFactor))),
    }
}

async fn setup_page(
    state: &State,
    visit: &Visit<Enrolling>,
    form: &FormState,
) -> Result<Option<SetUpPage>, Error> {
    let own = visit.who.account_id;
    let Some(secret) = service::setting_up(state, own).await? else {
        return Ok(None);
    };
    let (email, _) = service::own_words(state, own).await?;
    Ok(Some(SetUpPage::new(
        visit.theme(),
        visit.lang,
        &secret,
        &email,
        form,
    )))
}

/// `POST /{lang}/me/account/second-factor/setup`: the first code of the app. The recovery codes are in the answer,
/// because they are shown once.
pub(super) async fn finish_setup(
    state: Data<State>,
    visit: Visit<Enrolling>,
    posted: Posted,
) -> Reply {
    let form = match posted.read::<RawCode>() {
        Ok(code) => match service::confirm_factor(&state, visit.who.account_id, &code).await {
            Ok(codes) => return visit.show(&CodesPage::new(codes, true)),
            Err(error) => refused::<RawCode>(visit.lang, &posted, error)?,
        },
        Err(form) => form,
    };
    match setup_page(&state, &visit, &form).await? {
        Some(page) => visit.show_again(&page),
        None => Ok(see_other(&visit.url(&address::MySecondFactor))),
    }
}

/// `POST /{lang}/me/account/second-factor/codes`: new recovery codes.
pub(super) async fn new_codes(
    state: Data<State>,
    visit: Visit<Enrolling>,
    request: HttpRequest,
    posted: Posted,
) -> Reply {
    let own = visit.who.account_id;
    let form = match posted.read::<RawOwnPassword>() {
        Ok(password) => {
            let client = visit.shell().client_address(&request);
            match service::new_codes(&state, own, password, client).await {
                Ok(codes) => return visit.show(&CodesPage::new(codes, false)),
                Err(FactorError::Code(_)) => {
                    return Ok(see_other(&visit.url(&address::MySecondFactor)));
                }
                Err(error) => refused::<RawOwnPassword>(visit.lang, &posted, error)?,
            }
        }
        Err(form) => form,
    };
    visit.show_again(&page(&state, &visit, own, [None, Some(form)]).await?)
}

/// `GET /{lang}/me/account/second-factor/remove`: one's own.
pub(super) async fn remove_form(state: Data<State>, visit: Visit<Enrolling>) -> Reply {
    if service::standing(&state.db, visit.who.account_id).await? == Standing::None {
        return Ok(see_other(&visit.url(&address::MySecondFactor)));
    }
    let needed = is_needed(&state, &visit);
    let form = FormState::new();
    visit.show(&RemovalPage::new(visit.theme(), visit.lang, needed, &form))
}

/// `POST /{lang}/me/account/second-factor/remove`.
pub(super) async fn remove(
    state: Data<State>,
    visit: Visit<Enrolling>,
    request: HttpRequest,
    posted: Posted,
) -> Reply {
    let own = visit.who.account_id;
    let form = match posted.read::<RawRemoval>() {
        Ok(removal) => {
            let client = visit.shell().client_address(&request);
            match service::remove_own(&state, own, removal, client).await {
                Ok(()) => {
                    let response = see_other(&visit.url(&address::MySecondFactor));
                    return Ok(Flash::success("flash-second-factor-removed").on(response));
                }
                Err(FactorError::Code(CodeProblem::None)) => {
                    return Ok(see_other(&visit.url(&address::MySecondFactor)));
                }
                Err(error) => refused::<RawRemoval>(visit.lang, &posted, error)?,
            }
        }
        Err(form) => form,
    };
    let needed = is_needed(&state, &visit);
    visit.show_again(&RemovalPage::new(visit.theme(), visit.lang, needed, &form))
}
