//! Whether somebody wants to be reminded of courses: the setting, and the link in the mails that stops them.

use actix_web::web::Data;

use crate::{
    http::{
        Anyone, Error, Flash, FormState, Path, Posted, Reply, SignedIn, Visit, address, see_other,
    },
    learning::{
        State,
        forms::RawReminders,
        service::reminder,
        views::reminders::{RemindersPage, StopRemindersPage},
    },
};

/// `GET /{lang}/me/reminders`: the person's own setting.
pub(super) async fn setting(state: Data<State>, visit: Visit<SignedIn>) -> Reply {
    let are_wanted = reminder::are_wanted(&state.db, visit.who.person_id).await?;
    let form = FormState::new().value("wanted", if are_wanted { "yes" } else { "" });
    let days = &state.reminder_days;
    visit.show(&RemindersPage::new(visit.theme(), visit.lang, days, &form))
}

/// `POST /{lang}/me/reminders`.
pub(super) async fn set(state: Data<State>, visit: Visit<SignedIn>, posted: Posted) -> Reply {
    let are_wanted = match posted.read::<RawReminders>() {
        Ok(are_wanted) => are_wanted,
        Err(form) => {
            let days = &state.reminder_days;
            let page = RemindersPage::new(visit.theme(), visit.lang, days, &form);
            return visit.show_again(&page);
        }
    };
    reminder::set(&state, visit.who.person_id, are_wanted).await?;
    let key = if are_wanted {
        "flash-reminders-on"
    } else {
        "flash-reminders-off"
    };
    Ok(Flash::success(key).on(see_other(&visit.url(&address::Reminders))))
}

/// `GET /{lang}/reminders/{token}`: for whoever has the mail. It changes nothing, because mail scanners open links.
pub(super) async fn before_stopping(
    state: Data<State>,
    visit: Visit<Anyone>,
    path: Path<address::StopReminders>,
) -> Reply {
    let person_id = reminder::person_of(&state.secret, &path.token).ok_or(Error::NotFound)?;
    let are_wanted = reminder::are_wanted(&state.db, person_id).await?;
    visit.show(&StopRemindersPage::new(visit.lang, &path.token, are_wanted))
}

/// `POST /{lang}/reminders/{token}`: stops all reminders of the person. It takes no form token, because mail programs
/// send it without having opened the page (RFC 8058); the token in the address is proof enough, and nothing else can be
/// done with it.
pub(super) async fn stop(
    state: Data<State>,
    visit: Visit<Anyone>,
    path: Path<address::StopReminders>,
) -> Reply {
    let person_id = reminder::person_of(&state.secret, &path.token).ok_or(Error::NotFound)?;
    reminder::set(&state, person_id, false).await?;
    visit.show(&StopRemindersPage::new(visit.lang, &path.token, false))
}
