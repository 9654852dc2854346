//! A person's own registrations.

use actix_web::web::{Data, ServiceConfig};

use crate::{
    http::{Error, Path, Reply, SignedIn, Visit, address, route::page, see_other},
    ids::PersonId,
    registrations::{
        State,
        service::{calendar, group, own},
        views::{
            group::GroupLine,
            own::{MyEventsPage, OwnCards},
        },
    },
};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(page::<address::MyEvents>().get(events))
        .service(page::<address::MyRegistration>().get(registration));
}

/// `GET /{lang}/me/events`: the person's own registrations.
async fn events(state: Data<State>, visit: Visit<SignedIn>) -> Reply {
    let own = own::own(&state, visit.who.person_id).await?;
    let cards = OwnCards::new((visit.theme(), visit.lang), own);
    let groups = group::groups(&state, visit.who.account_id).await?;
    let line = |group: &group::Group| GroupLine::new((visit.theme(), visit.lang), group);
    let groups = groups.iter().map(line).collect();
    let token = calendar::token_of(&state, visit.who.account_id).await?;
    let feed_url = token.map(|token| {
        let path = visit.url(&address::OwnFeed { token });
        format!("{}{path}", visit.shell().public_url)
    });
    visit.show(&MyEventsPage::new(cards, groups, feed_url))
}

/// `GET /{lang}/me/registrations/{registration}`: leads the person whose it is to its page.
async fn registration(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::MyRegistration>,
) -> Reply {
    let token = own::token_of(&state, visit.who.person_id, path.registration)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(see_other(&visit.url(&address::Registration { token })))
}

/// A person's own events, for pages of other areas.
///
/// # Errors
/// The database fails.
pub(crate) async fn own_cards(
    state: &State,
    words: crate::events::views::Words<'_>,
    person_id: PersonId,
) -> Result<OwnCards, Error> {
    Ok(OwnCards::new(words, own::own(state, person_id).await?))
}
