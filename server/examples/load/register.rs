//! Registrations for events, over the API: each with a token, a key of its own, and the address of another person,
//! as a program of an organiser sends them. Held against as many bare commits.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail, ensure};
use futures::future::try_join_all;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectOptions, Database, DatabaseConnection, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::json;
use server::{
    clock::Clock,
    db::entity::job::{Column, Entity, JobStatus},
};

use crate::{
    CONTENDED, DriveArgs, MEASURED_AFTER, SMALL_EVENTS, SMALL_PLACES, SPREAD_EVENTS,
    bare::BareCommits,
    client::{Answer, Client},
    progress,
    report::{Bound, Together},
    rest, small_event, socket, spread_event, token_of,
};

/// Clients at the same time, as of a program that registers many.
const CLIENTS: u32 = 32;
/// How many registrations they make.
const REGISTRATIONS: u32 = 1_000;
/// How many people register at the same moment for an event with [`SMALL_PLACES`] places.
const AT_ONCE: u32 = 200;
/// How long the mails of a measurement may take, before the next one begins.
const MAILS_LIMIT: Duration = Duration::from_mins(5);

/// The events of the organiser that begin after all that are only listed, by their titles.
pub(crate) async fn measured_events(
    server: SocketAddr,
) -> anyhow::Result<BTreeMap<String, String>> {
    let from = Clock::system().now() + MEASURED_AFTER;
    let from = from.format("%Y-%m-%dT%H:%M:%SZ");
    let path = format!("/api/v1/events?limit=100&from={from}");
    let mut client = Client::connect(server, 0).await?;
    let answer = client.get_json(&path, &token_of(0)).await?;
    let page: EventPage = json_of(&answer, 200)?;
    let found = page.items.into_iter();
    Ok(found.map(|event| (event.title.lv, event.id)).collect())
}

/// What is read of a page of events.
#[derive(Deserialize)]
struct EventPage {
    items: Vec<EventItem>,
}

#[derive(Deserialize)]
struct EventItem {
    id: String,
    title: Title,
}

#[derive(Deserialize)]
struct Title {
    lv: String,
}

/// What is read of a registration.
#[derive(Deserialize)]
struct Registration {
    number: u64,
    state: String,
    queue_place: Option<u64>,
}

fn json_of<T: DeserializeOwned>(answer: &Answer, status: u16) -> anyhow::Result<T> {
    ensure!(
        answer.status == status,
        "the API answered {}: {}",
        answer.status,
        answer.body
    );
    serde_json::from_str(&answer.body).context("an answer of the API that is not as expected")
}

/// Measures everything about registrations.
pub(crate) async fn run(args: &DriveArgs) -> anyhow::Result<Vec<Together>> {
    let server = socket(&args.server)?;
    let events = measured_events(server).await?;
    let id_of = |title: &str| {
        let id = events.get(title).cloned();
        id.with_context(|| format!("no event is called “{title}”"))
    };
    let mut bare = BareCommits::open(&args.database_url).await?;
    let jobs = Jobs::open(&args.database_url).await?;
    let mut measured = Vec::new();

    let one = [id_of(CONTENDED)?];
    let across: Vec<String> = (0..SPREAD_EVENTS)
        .map(|number| id_of(&spread_event(number)))
        .collect::<Result<_, _>>()?;
    for (what, events) in [
        ("registrations for one event (32 clients)", &one[..]),
        ("registrations across 50 events (32 clients)", &across),
    ] {
        jobs.ended().await?;
        let (commits, took) = timed(bare.in_a_row(REGISTRATIONS)).await?;
        let bare_of_it =
            Together::new("calibrator: bare commits, one after another", commits, took);
        progress(what);
        let (registered, took) = register_all(server, events).await?;
        let figure = Together::new(what, registered, took).beside(&bare_of_it);
        measured.extend([bare_of_it, figure]);
    }

    let mut runs = Vec::new();
    for number in 0..SMALL_EVENTS {
        jobs.ended().await?;
        let (commits, took) = timed(bare.in_a_row(AT_ONCE)).await?;
        let bare_of_it = Together::new("calibrator: 200 bare commits in a row", commits, took);
        progress("200 at once for 20 places");
        let event = id_of(&small_event(number))?;
        let (registered, took) = all_at_once(server, number, &event).await?;
        let what = "200 at once for 20 places (the middle one of 5 runs)";
        let figure = Together::new(what, registered, took).beside(&bare_of_it);
        runs.push((figure, bare_of_it));
    }
    let bound = if args.is_on_sqlite() {
        Bound::Within(Duration::from_secs(1))
    } else {
        Bound::TimesBare(1.5)
    };
    runs.sort_by(|(one, _), (other, _)| one.times_bare.total_cmp(&other.times_bare));
    let middle = runs.len() / 2;
    if let Some((figure, bare_of_it)) = runs.into_iter().nth(middle) {
        measured.extend([bare_of_it, figure.bounded(bound)]);
    }
    Ok(measured)
}

async fn timed<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<(T, Duration)> {
    rest().await;
    let begun = Instant::now();
    let done = work.await?;
    Ok((done, begun.elapsed()))
}

/// The request that registers a person for an event.
fn request(client: &Client, event: &str, (run, number): (&str, u32)) -> Vec<u8> {
    let body = json!({
        "given_name": "Slodze",
        "family_name": "Dalībniece",
        "email": format!("{run}-{number}@example.lv"),
    });
    client.json_request(
        &format!("/api/v1/events/{event}/registrations"),
        &token_of(number),
        &format!("{run}-{number}"),
        &body.to_string(),
    )
}

/// Registers people for these events in turn, by several clients at the same time.
async fn register_all(
    server: SocketAddr,
    events: &[String],
) -> anyhow::Result<(Vec<Duration>, Duration)> {
    let clients = connected(server, CLIENTS, events.first().context("no event")?).await?;
    let run = format!("slodze-{}", events.len());
    let numbers = RefCell::new((0..REGISTRATIONS).zip(events.iter().cycle()));
    let work = clients.into_iter().map(async |mut client| {
        let mut each = Vec::new();
        loop {
            let Some((number, event)) = numbers.borrow_mut().next() else {
                return Ok::<_, anyhow::Error>(each);
            };
            let request = request(&client, event, (&run, number));
            let asked = Instant::now();
            let answer = client.exchange(&request).await?;
            each.push(asked.elapsed());
            json_of::<Registration>(&answer, 201)?;
        }
    });
    let (each, took) = timed(try_join_all(work)).await?;
    Ok((each.into_iter().flatten().collect(), took))
}

/// Two hundred people register at the same moment: twenty get a place, the others wait in the order of their numbers.
async fn all_at_once(
    server: SocketAddr,
    number: u32,
    event: &str,
) -> anyhow::Result<(Vec<Duration>, Duration)> {
    let clients = connected(server, AT_ONCE, event).await?;
    let run = format!("reize-{number}");
    let requests: Vec<_> = (0..)
        .zip(clients)
        .map(|(person, client)| (request(&client, event, (&run, person)), client))
        .collect();
    rest().await;
    let begun = Instant::now();
    let sent = requests.into_iter().map(async |(request, mut client)| {
        let answer = client.exchange(&request).await?;
        Ok::<_, anyhow::Error>((begun.elapsed(), answer))
    });
    let answers = try_join_all(sent).await?;
    let took = begun.elapsed();

    let (mut with_place, mut queue) = (BTreeSet::new(), BTreeMap::new());
    let mut each = Vec::new();
    for (elapsed, answer) in answers {
        each.push(elapsed);
        let made: Registration = json_of(&answer, 201)?;
        match (made.state.as_str(), made.queue_place) {
            ("registered", None) => {
                with_place.insert(made.number);
            }
            ("waiting", Some(place)) => {
                queue.insert(made.number, place);
            }
            (state, _) => bail!("a registration is {state}"),
        }
    }
    let (places, people) = (u64::from(SMALL_PLACES), u64::from(AT_ONCE));
    ensure!(
        with_place.into_iter().eq(1..=places),
        "the places went to others than the first"
    );
    ensure!(
        queue.into_iter().eq((places + 1..=people).zip(1..)),
        "the waiting list is not in the order of the numbers"
    );
    Ok((each, took))
}

/// Clients that have made a request, so that their connections and tokens are known to the server.
async fn connected(server: SocketAddr, count: u32, event: &str) -> anyhow::Result<Vec<Client>> {
    let path = &format!("/api/v1/events/{event}");
    let connecting = (0..count).map(async |visitor| {
        let mut client = Client::connect(server, visitor).await?;
        json_of::<EventItem>(&client.get_json(path, &token_of(visitor)).await?, 200)?;
        Ok::<_, anyhow::Error>(client)
    });
    try_join_all(connecting).await
}

/// The server's queue of jobs.
struct Jobs(DatabaseConnection);

impl Jobs {
    async fn open(database_url: &str) -> anyhow::Result<Self> {
        let mut options = ConnectOptions::new(database_url.to_owned());
        options.max_connections(1).sqlx_logging(false);
        let db = Database::connect(options).await;
        Ok(Self(db.context("cannot open the server's database")?))
    }

    /// Waits until the mails of the last measurement are sent.
    async fn ended(&self) -> anyhow::Result<()> {
        let begun = Instant::now();
        loop {
            let due = Condition::all()
                .add(Column::Status.eq(JobStatus::Waiting))
                .add(Column::RunAt.lte(Clock::system().now()));
            let left = Entity::find().filter(due).count(&self.0).await?;
            if left == 0 {
                return Ok(());
            }
            ensure!(begun.elapsed() < MAILS_LIMIT, "{left} jobs are left");
            rest().await;
        }
    }
}
