//! The pages of messages: read the request, call a use case, show a page or redirect.

use actix_web::{
    HttpRequest,
    web::{Data, ServiceConfig},
};

use super::{
    forms::RawMessage,
    model::Audience,
    service::{self, Draft, SendError, Sent},
    views::{MessagePage, MessagePreviewPage, Typed},
};
use crate::{
    events::{self, Event},
    http::{
        Error, Flash, FormState, Organising, Path, Posted, Reply, Visit, address, route::page,
        see_other,
    },
    ids::{EventId, EventMessageId, RegistrationId},
    list,
    registrations::State,
};

/// The routes below `/{lang}`.
pub(in crate::registrations) fn routes(config: &mut ServiceConfig) {
    config.service(page::<address::MessageParticipants>().get(form).post(act));
}

async fn organised(state: &State, visit: &Visit<Organising>, id: EventId) -> Result<Event, Error> {
    events::for_organiser(state.db.read(), &visit.who, id)
        .await?
        .ok_or(Error::NotFound)
}

/// The registrations named in a query: `id=…&id=…`, as many as a list has on a page.
fn named(query: &str) -> Vec<RegistrationId> {
    let fields: Vec<(&str, &str)> = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .collect();
    list::selected(&Posted::from_fields(&fields))
}

/// `GET /{lang}/organise/events/{event}/message?id=`: for organisers of its strand and managers. With ids, the message
/// goes to those registrations.
async fn form(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::MessageParticipants>,
    request: HttpRequest,
) -> Reply {
    let event = organised(&state, &visit, path.event).await?;
    let typed = Typed {
        id: state.clock.new_id(),
        selected: named(request.query_string()),
        form: FormState::new().value("to_registered", "yes"),
    };
    visit.show(&message_page(&state, &visit, &event, &typed).await?)
}

async fn message_page(
    state: &State,
    visit: &Visit<Organising>,
    event: &Event,
    typed: &Typed,
) -> Result<MessagePage, Error> {
    let addressees = service::addressees(state, event).await?;
    let sent = service::sent(state, event).await?;
    let words = (visit.theme(), visit.lang);
    Ok(MessagePage::new(words, event, typed, &addressees, &sent))
}

/// `POST /{lang}/organise/events/{event}/message`: shows the message as it arrives, sends it to whoever writes it, goes
/// back to the form, or sends it.
async fn act(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::MessageParticipants>,
    posted: Posted,
) -> Reply {
    let event = organised(&state, &visit, path.event).await?;
    let id: EventMessageId = posted
        .get("message")
        .parse()
        .unwrap_or_else(|_| state.clock.new_id());
    let selected: Vec<RegistrationId> = list::selected(&posted);
    let typed = |form| Typed {
        id,
        selected: selected.clone(),
        form,
    };
    let wish = posted.get("do");
    if wish == "change" {
        let typed = typed(posted.typed::<RawMessage>());
        return visit.show(&message_page(&state, &visit, &event, &typed).await?);
    }
    let is_for_selected = !selected.is_empty();
    let read = posted.read_with(|raw: &mut RawMessage| raw.is_for_selected = is_for_selected);
    let (states, wordings) = match read {
        Ok(read) => read,
        Err(form) => {
            let page = message_page(&state, &visit, &event, &typed(form)).await?;
            return visit.show_again(&page);
        }
    };
    let audience = if is_for_selected {
        Audience::Selected(selected.iter().copied().collect())
    } else {
        Audience::States(states)
    };
    let draft = Draft {
        id,
        audience,
        wordings,
    };
    match wish {
        "send" => {}
        "preview" | "test" => return preview(&state, &visit, &event, &draft, &posted).await,
        _ => return Err(Error::BadRequest("no such action")),
    }
    let form = visit.url(&address::MessageParticipants {
        event: event.row.id,
    });
    match service::send(&state, &event, draft, &visit.who).await {
        Ok(Sent::Now(count)) => Ok(Flash::success("flash-message-sent")
            .count(count)
            .on(see_other(&form))),
        Ok(Sent::Before) => Ok(Flash::info("flash-message-sent-before").on(see_other(&form))),
        Err(SendError::Nobody) => {
            let form = posted.typed::<RawMessage>();
            let typed = typed(form.error("to_registered", "message-to-nobody"));
            visit.show_again(&message_page(&state, &visit, &event, &typed).await?)
        }
        Err(SendError::Foreign) => Err(Error::BadRequest("a message of another event")),
        Err(SendError::Database(error)) => Err(error.into()),
    }
}

/// Shows a message as it arrives, with the number of those who get it; before, sends it to whoever writes it, if that
/// is asked.
async fn preview(
    state: &State,
    visit: &Visit<Organising>,
    event: &Event,
    draft: &Draft,
    posted: &Posted,
) -> Reply {
    let tested = match posted.get("do") {
        "test" => {
            let address = service::test(state, event, draft, &visit.who).await?;
            Some(address.unwrap_or_default())
        }
        _ => None,
    };
    let rows = service::addressees(state, event).await?;
    let counts = service::recipients(&rows, draft);
    if counts.is_empty() {
        let form = posted.typed::<RawMessage>();
        let typed = Typed {
            id: draft.id,
            selected: list::selected(posted),
            form: form.error("to_registered", "message-to-nobody"),
        };
        return visit.show_again(&message_page(state, visit, event, &typed).await?);
    }
    let written = crate::http::Lang::ALL
        .into_iter()
        .filter(|lang| !draft.wordings.of(*lang).is_empty())
        .map(|lang| {
            let of = (&visit.who, lang);
            (lang, service::preview(state, event, draft, of))
        })
        .collect();
    let words = (visit.theme(), visit.lang);
    let kept = posted.typed::<RawMessage>();
    let page = MessagePreviewPage::new(
        words,
        event,
        (draft, &kept, list::selected(posted)),
        (written, &counts),
        tested,
    );
    visit.show(&page)
}
