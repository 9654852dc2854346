//! The board of an event: the event, its places, the waiting list, what people asked for, what to do next.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Words, count, name, url_of};
use crate::{
    events::{Event, EventStatus, OrganisedEventView, Stored},
    http::{
        Lang, TextLink,
        address::{self, Address as _, with_query},
        theme::Theme,
        visit::{Section, View},
    },
    ids::EventId,
    list::Format,
    programme::Programme,
    registrations::{
        PromotionLimit,
        organise::{
            model::{Held, Next, Requests, held, next},
            service::Board,
        },
    },
};

/// `/organise/events/{event}`.
#[derive(Debug, Serialize)]
pub(crate) struct BoardPage {
    #[serde(flatten)]
    event: OrganisedEventView,
    steps: Vec<Step>,
    /// The places and the people; a draft has none.
    board: Option<BoardView>,
}

/// What to do next, and where.
#[derive(Debug, Serialize)]
struct Step {
    text: String,
    link: Option<TextLink>,
}

#[derive(Debug, Serialize)]
struct BoardView {
    capacity: u64,
    taken: u64,
    taken_text: String,
    facts: Vec<Figure>,
    /// Why a free place is given to nobody who waits.
    held: Option<String>,
    waiting: Vec<TextLink>,
    waiting_all: Option<TextLink>,
    requests: Option<RequestsView>,
    can_add: bool,
}

#[derive(Debug, Serialize)]
struct Figure {
    label: String,
    value: u64,
    /// Where these registrations are listed.
    url: Option<String>,
}

#[derive(Debug, Serialize)]
struct RequestsView {
    lines: Vec<String>,
    access: Vec<String>,
    diet: Vec<String>,
    others: Option<String>,
    list_url: String,
    files: Vec<TextLink>,
}

impl BoardPage {
    /// An event with its registrations.
    #[must_use]
    pub(in crate::registrations::organise) fn new(
        words: Words<'_>,
        programme: &Programme,
        stored: &Stored,
        board: &Board,
        now: DateTime<Utc>,
    ) -> Self {
        let event = &stored.event;
        let people = (board.requests.people, board.unconfirmed);
        let steps = next(event, &board.counts, people, board.offered_until, now);
        let is_draft = event.row.status == EventStatus::Draft;
        Self {
            event: OrganisedEventView::new(words, programme, stored, now),
            steps: steps
                .into_iter()
                .map(|next| step(words, event.row.id, next))
                .collect(),
            board: (!is_draft).then(|| BoardView::new(words, event, board, now)),
        }
    }
}

/// The list of an event's registrations with one filter.
fn list_url(lang: Lang, event: EventId, filter: (&str, &str)) -> String {
    let list = address::EventRegistrations { event }.url(lang);
    with_query(&list, [filter])
}

fn step((theme, lang): Words<'_>, event: EventId, next: Next) -> Step {
    let link = |key: &str, url: String| {
        let text = theme.text(lang, key);
        Some(TextLink { url, text })
    };
    let list = |filter| link("board-next-open", list_url(lang, event, filter));
    let text = |key: &str, args: &[_]| theme.text_with(lang, key, args);
    match next {
        Next::Announce => Step {
            text: theme.text(lang, "board-next-announce"),
            link: None,
        },
        Next::AddLink => Step {
            text: theme.text(lang, "board-next-link"),
            link: link("event-edit", address::EditEvent { event }.url(lang)),
        },
        Next::TooFew {
            registered,
            minimum,
            days,
        } => Step {
            text: text(
                "board-next-too-few",
                &[
                    ("registered", count(registered).into()),
                    ("minimum", count(minimum).into()),
                    ("days", count(days).into()),
                ],
            ),
            link: link("event-public-page", address::Event { event }.url(lang)),
        },
        Next::Arrange { people } => Step {
            text: text("board-next-requests", &[("count", count(people).into())]),
            link: link("board-next-requests-open", "#requests".to_owned()),
        },
        Next::Offers {
            count: number,
            until,
        } => {
            let until = until.map(|until| lang.date_time(until));
            let args = [
                ("count", count(number).into()),
                ("until", until.unwrap_or_default().into()),
            ];
            Step {
                text: text("board-next-offers", &args),
                link: list(("state", "offered")),
            }
        }
        Next::Unconfirmed { count: number } => Step {
            text: text("board-next-unconfirmed", &[("count", count(number).into())]),
            link: list(("state", "pending")),
        },
        Next::Over { deleted_at } => Step {
            text: text(
                "board-next-over",
                &[("date", lang.date(Lang::riga_date(deleted_at)).into())],
            ),
            link: None,
        },
    }
}

impl BoardView {
    fn new(words: Words<'_>, event: &Event, board: &Board, now: DateTime<Utc>) -> Self {
        let (theme, lang) = words;
        let (id, counts) = (event.row.id, &board.counts);
        let figure = |key: &str, value: u64, state: Option<&'static str>| Figure {
            label: theme.text(lang, key),
            value,
            url: state
                .filter(|_| value > 0)
                .map(|state| list_url(lang, id, ("state", state))),
        };
        let taken = [
            ("taken", count(counts.taken).into()),
            ("capacity", count(counts.capacity).into()),
        ];
        let args = [("count", count(counts.waiting).into())];
        let all = TextLink {
            url: list_url(lang, id, ("state", "waiting")),
            text: theme.text_with(lang, "board-waiting-all", &args),
        };
        let waiting = board.waiting.iter().map(|row| TextLink {
            url: url_of(lang, row),
            text: name(words, row),
        });
        Self {
            capacity: counts.capacity,
            taken: counts.taken.min(counts.capacity),
            taken_text: theme.text_with(lang, "board-taken", &taken),
            facts: vec![
                figure("board-registered", counts.registered, Some("registered")),
                figure("board-offered", counts.offered, Some("offered")),
                figure("board-pending", board.unconfirmed, Some("pending")),
                figure("board-free", counts.free(), None),
                figure("board-waiting", counts.waiting, Some("waiting")),
            ],
            held: held(event, counts, now).map(|why| held_text(words, why)),
            waiting: waiting.collect(),
            waiting_all: (!board.waiting.is_empty()).then_some(all),
            requests: RequestsView::new(words, id, board),
            can_add: crate::registrations::organise::service::can_change(event, now),
        }
    }
}

/// Why a free place is given to nobody.
fn held_text((theme, lang): Words<'_>, why: Held) -> String {
    let key = match why {
        Held::By(PromotionLimit::NotPublished) => "board-held-not-published",
        Held::By(PromotionLimit::TooSoon) => "board-held-too-soon",
        Held::Shortly => "board-held-shortly",
    };
    theme.text(lang, key)
}

impl RequestsView {
    /// `None` if nobody asked for anything.
    fn new(words: Words<'_>, event: EventId, board: &Board) -> Option<Self> {
        let (theme, lang) = words;
        let requests = &board.requests;
        if requests.people == 0 && board.other_requests == 0 {
            return None;
        }
        let file = |format: Format| TextLink {
            url: address::EventRequestsFile {
                event,
                ending: format.ending().to_owned(),
            }
            .url(lang),
            text: theme.text(lang, format.message()),
        };
        let others = [("count", count(board.other_requests).into())];
        Some(Self {
            lines: sums(words, requests),
            access: texts(&requests.access),
            diet: texts(&requests.diet),
            others: (board.other_requests > 0)
                .then(|| theme.text_with(lang, "board-requests-others", &others)),
            list_url: list_url(lang, event, ("requests", "yes")),
            files: Format::ALL.map(file).into(),
        })
    }
}

/// What is counted: „Bērnu pieskatīšana: 3 bērni (2, 4 un 7 gadi)”.
fn sums((theme, lang): Words<'_>, requests: &Requests) -> Vec<String> {
    let mut lines = Vec::new();
    if !requests.ages.is_empty() {
        let ages: Vec<String> = requests.ages.iter().map(u8::to_string).collect();
        let args = [
            ("count", count(requests.ages.len()).into()),
            ("ages", ages.join(", ").into()),
        ];
        lines.push(theme.text_with(lang, "board-requests-children", &args));
    }
    if requests.interpreters > 0 {
        let args = [("count", count(requests.interpreters).into())];
        lines.push(theme.text_with(lang, "board-requests-interpreter", &args));
    }
    lines
}

/// Texts, each with how many people wrote it if several did.
fn texts(texts: &[(String, u64)]) -> Vec<String> {
    let one = |(text, number): &(String, u64)| match number {
        1 => text.clone(),
        number => format!("{text} (×\u{a0}{number})"),
    };
    texts.iter().map(one).collect()
}

impl View for BoardPage {
    const TEMPLATE: &'static str = "pages/organise-event.html";
    const SECTION: Section = Section::Organise;
    const IS_INDEXED: bool = false;

    fn title(&self, _: &Theme, _: Lang) -> String {
        self.event.title().to_owned()
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use crate::{
            events::{Form, sample_programme, sample_stored},
            registrations::{PlaceCounts, RegistrationState},
        };

        let programme = sample_programme();
        let full = Board {
            counts: PlaceCounts {
                capacity: 20,
                taken: 19,
                registered: 16,
                offered: 2,
                pending: 1,
                waiting: 1,
            },
            unconfirmed: 2,
            waiting: vec![super::sample_row(RegistrationState::Waiting)],
            requests: Requests::sum(&[super::sample_needs(), super::sample_needs()]),
            other_requests: 1,
            offered_until: Some(crate::events::sample().row.starts_at),
        };
        let page = |stored: &Stored, board: &Board, before: chrono::TimeDelta| {
            let now = stored.event.row.starts_at - before;
            Self::new((theme, lang), &programme, stored, board, now)
        };
        let (days, hour) = (chrono::TimeDelta::days(3), chrono::TimeDelta::minutes(30));
        let mut pages = Vec::new();
        for mut stored in sample_stored() {
            pages.push(page(&stored, &full, days));
            pages.push(page(&stored, &Board::default(), hour));
            pages.push(page(&stored, &full, -days));
            stored.event.row.minimum = Some(18);
            stored.event.sessions[0].form = Form::Both;
            pages.push(page(&stored, &full, hour));
        }
        pages
    }
}
