//! The measurements, one function for each figure.

use std::{
    cell::RefCell,
    net::SocketAddr,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail, ensure};
use futures::future::try_join_all;
use server::accounts::SESSION_COOKIE;

use crate::{
    CROWDED, DriveArgs, IDLE, ONE_READ, ORGANISER_SESSION, Part,
    client::{Answer, Client},
    email_of, html, progress, register,
    report::{Aim, Measured, Report},
    resident_bytes, rest, session_of, socket,
};

const CONNECTIONS: u32 = 32;
const ATTEMPT_WORKERS: u32 = 8;
/// An attempt has ten questions; more pages than this mean that it goes in a circle.
const MOST_PAGES: usize = 40;
const SIGN_IN_WORKERS: u32 = 4;
/// Each seeded learner's; the course's test allows this many attempts.
const ATTEMPTS_A_LEARNER: u32 = 3;
/// Seeded learners' password (see `seed`).
pub(crate) const PASSWORD: &str = "slodze-tikai-merijumiem-2026";

/// A page with a message for this answer only is not cached: with this cookie each one is rendered anew.
const FLASH_COOKIE: &str = "flash";
const UNCACHED: &str = "success.flash-password-saved";

const PAGE_AIM: Aim = Aim::OfRead {
    share: 0.75,
    p99_below: Duration::from_millis(20),
};
const ATTEMPTS_AIM: Aim = Aim::AtLeast(300.0);
const EVENTS_AIM: Aim = Aim::AloneWithin(Duration::from_millis(20));
const REGISTRATIONS_AIM: Aim = Aim::AloneWithin(Duration::from_millis(30));

/// Measures everything; the table, and whether every aim was met.
pub(crate) async fn run(args: &DriveArgs) -> anyhow::Result<(String, bool)> {
    let calibrator = socket(&args.calibrator)?;
    let server = socket(&args.server)?;
    let length = Duration::from_secs(args.seconds);
    let outline = format!("/lv/courses/{}", args.course);
    let lesson = format!("/lv/courses/{}/lessons/{}", args.course, args.lesson);
    // What is aimed at was measured with SQLite, in whose process the database is.
    let on_sqlite = |aim: Aim| if args.is_on_sqlite() { aim } else { Aim::None };
    let (page_aim, attempts_aim) = (on_sqlite(PAGE_AIM), on_sqlite(ATTEMPTS_AIM));
    let mut memory = vec![(IDLE, resident_bytes(args.server_pid)?)];
    let mut measured = Vec::new();

    if args.measures(Part::Pages) {
        progress("calibrators");
        let strangers = connect_all(calibrator).await?;
        let (strangers, figure) = page(
            "calibrator: 6 KB from memory",
            strangers,
            "/static",
            length,
            Aim::None,
        )
        .await?;
        keep(&mut measured, figure);
        let (_, figure) = page(ONE_READ, strangers, "/read", length, Aim::None).await?;
        keep(&mut measured, figure);

        progress("pages");
        let readers = (0..CONNECTIONS).map(|learner| signed_in(server, learner));
        let readers = try_join_all(readers).await?;
        let (readers, figure) = page(
            "course outline, signed in",
            readers,
            &outline,
            length,
            page_aim,
        )
        .await?;
        keep(&mut measured, figure);
        let (mut readers, figure) =
            page("lesson, signed in", readers, &lesson, length, page_aim).await?;
        keep(&mut measured, figure);
        for reader in &mut readers {
            reader.set_cookie(FLASH_COOKIE, UNCACHED);
        }
        let what = "course outline, rendered for each request";
        let (readers, figure) = page(what, readers, &outline, length, Aim::None).await?;
        keep(&mut measured, figure);
        let what = "lesson, rendered for each request";
        let (_, figure) = page(what, readers, &lesson, length, Aim::None).await?;
        keep(&mut measured, figure);
        memory.push(("after pages", resident_bytes(args.server_pid)?));
    }

    if args.measures(Part::Attempts) {
        progress("attempts");
        let figure = attempts(server, args.learners, &outline, (length, attempts_aim)).await?;
        keep(&mut measured, figure);
        memory.push(("after attempts", resident_bytes(args.server_pid)?));
    }

    if args.measures(Part::SignIns) {
        progress("sign-ins");
        let figure = sign_ins(server, args.learners, length).await?;
        keep(&mut measured, figure);
        memory.push(("after sign-ins", resident_bytes(args.server_pid)?));
    }

    if args.measures(Part::Events) {
        progress("events");
        for figure in event_pages(server, length).await? {
            keep(&mut measured, figure);
        }
        memory.push(("after events", resident_bytes(args.server_pid)?));
    }

    let mut together = Vec::new();
    if args.measures(Part::Registrations) {
        together = register::run(args).await?;
        memory.push(("after registrations", resident_bytes(args.server_pid)?));
    }

    let report = Report {
        measured,
        together,
        memory,
    };
    Ok(report.tables())
}

/// The public list of many events, and the organiser's pages of one with many registrations, by one reader alone.
async fn event_pages(server: SocketAddr, length: Duration) -> anyhow::Result<Vec<Measured>> {
    let events = register::measured_events(server).await?;
    let crowded = events
        .get(CROWDED)
        .context("no event with many registrations")?;
    let board = format!("/lv/organise/events/{crowded}");
    let registrations = format!("{board}/registrations");
    let mut reader = Client::connect(server, 0).await?;
    reader.set_cookie(SESSION_COOKIE, ORGANISER_SESSION);
    let mut readers = vec![reader];
    let mut figures = Vec::new();
    for (what, path, aim) in [
        ("list of 500 events", "/lv/events".to_owned(), EVENTS_AIM),
        ("board of 1,000 registrations", board, REGISTRATIONS_AIM),
        (
            "list of 1,000 registrations",
            registrations,
            REGISTRATIONS_AIM,
        ),
    ] {
        let (back, figure) = page(what, readers, &path, length, aim).await?;
        readers = back;
        figures.push(figure);
    }
    Ok(figures)
}

fn keep(measured: &mut Vec<Measured>, figure: Measured) {
    progress(&format!("  {}: {:.0}/s", figure.what, figure.per_second));
    measured.push(figure);
}

async fn connect_all(server: SocketAddr) -> anyhow::Result<Vec<Client>> {
    try_join_all((0..CONNECTIONS).map(|visitor| Client::connect(server, visitor))).await
}

/// One page on all connections at once, again and again.
async fn page(
    what: &'static str,
    clients: Vec<Client>,
    path: &str,
    length: Duration,
    aim: Aim,
) -> anyhow::Result<(Vec<Client>, Measured)> {
    rest().await;
    let begun = Instant::now();
    let counted_from = begun + length / 8;
    let until = counted_from + length;
    let runs = clients.into_iter().map(|mut client| async move {
        let request = client.get_request(path);
        let mut each = Vec::new();
        let mut size_bytes = 0;
        loop {
            let asked = Instant::now();
            if asked >= until {
                return Ok::<_, anyhow::Error>((client, each, size_bytes));
            }
            let (status, size) = client
                .repeat(&request)
                .await
                .with_context(|| path.to_owned())?;
            ensure!(status == 200, "{path} answered {status}");
            size_bytes = size;
            if asked >= counted_from {
                each.push(asked.elapsed());
            }
        }
    });
    let mut back = Vec::new();
    let mut all = Vec::new();
    let mut size_bytes = 0;
    for (client, each, size) in try_join_all(runs).await? {
        back.push(client);
        all.extend(each);
        size_bytes = size;
    }
    let took = counted_from.elapsed();
    Ok((back, Measured::new(what, all, took, aim).sized(size_bytes)))
}

/// A learner's visitor, with the session that `seed` made.
async fn signed_in(server: SocketAddr, learner: u32) -> anyhow::Result<Client> {
    let mut client = Client::connect(server, learner).await?;
    client.set_cookie(SESSION_COOKIE, &session_of(learner));
    Ok(client)
}

/// Whole attempts at the course's test: begin, answer every question, hand in.
async fn attempts(
    server: SocketAddr,
    learners: u32,
    outline: &str,
    (length, aim): (Duration, Aim),
) -> anyhow::Result<Measured> {
    let test = &format!("{outline}/test");
    // Round by round: two attempts of one learner at a time would be one.
    let tries = (0..ATTEMPTS_A_LEARNER).flat_map(|_| 0..learners);
    let one = async |learner| {
        let mut client = signed_in(server, learner).await?;
        attempt(&mut client, test)
            .await
            .with_context(|| format!("learner {learner}"))
    };
    let what = "whole attempts (8 at once)";
    each_of(what, tries, ATTEMPT_WORKERS, length, aim, &one).await
}

/// Whole sign-ins: the page with its form, the form.
async fn sign_ins(server: SocketAddr, learners: u32, length: Duration) -> anyhow::Result<Measured> {
    let one = async |learner| {
        sign_in(server, learner)
            .await
            .with_context(|| format!("learner {learner}"))
    };
    each_of(
        "sign-ins (4 at once)",
        0..learners,
        SIGN_IN_WORKERS,
        length,
        Aim::None,
        &one,
    )
    .await
}

/// Does one thing for each learner in turn, by several workers, until the time is over.
async fn each_of(
    what: &'static str,
    learners: impl Iterator<Item = u32>,
    workers: u32,
    length: Duration,
    aim: Aim,
    one: &impl AsyncFn(u32) -> anyhow::Result<()>,
) -> anyhow::Result<Measured> {
    rest().await;
    let learners = RefCell::new(learners);
    let begun = Instant::now();
    let work = (0..workers).map(|_| async {
        let mut each = Vec::new();
        while begun.elapsed() < length {
            let next = learners.borrow_mut().next();
            let Some(learner) = next else { break };
            let asked = Instant::now();
            one(learner).await?;
            each.push(asked.elapsed());
        }
        Ok::<_, anyhow::Error>(each)
    });
    let each = try_join_all(work).await?.into_iter().flatten().collect();
    Ok(Measured::new(what, each, begun.elapsed(), aim))
}

async fn sign_in(server: SocketAddr, learner: u32) -> anyhow::Result<()> {
    let mut client = Client::connect(server, learner).await?;
    let page = client.get("/lv/sign-in").await?;
    let mut form = html::forms(&page.body)
        .into_iter()
        .find(|form| form.texts.iter().any(|name| name == "password"))
        .context("no sign-in form")?;
    form.set("email", &email_of(learner));
    form.set("password", PASSWORD);
    let answer = client.post(&form.action, &form.fields).await?;
    ensure!(
        answer.status == 303,
        "the sign-in answered {}",
        answer.status
    );
    Ok(())
}

/// As a browser does it without JavaScript, redirects followed; done when the result is acknowledged.
async fn attempt(client: &mut Client, test: &str) -> anyhow::Result<()> {
    let mut page = client.get(test).await?;
    let begin = form(&page, "/test/start")?;
    let mut answer = client.post(&begin.action, &begin.fields).await?;
    for _ in 0..MOST_PAGES {
        ensure!(
            answer.status == 303,
            "an attempt's form answered {}: {}",
            answer.status,
            answer.body
        );
        page = client
            .get(
                answer
                    .location
                    .as_deref()
                    .context("a redirect without an address")?,
            )
            .await?;
        if let Ok(mut question) = form(&page, "/answers") {
            question.answer_somehow();
            answer = client.post(&question.action, &question.fields).await?;
        } else {
            let finish = form(&page, "/finish")?;
            let done = client.post(&finish.action, &finish.fields).await?;
            ensure!(done.status == 303, "handing in answered {}", done.status);
            return Ok(());
        }
    }
    bail!("an attempt that does not end")
}

fn form(page: &Answer, action_ends_with: &str) -> anyhow::Result<html::Form> {
    html::forms(&page.body)
        .into_iter()
        .find(|form| form.action.ends_with(action_ends_with))
        .with_context(|| {
            format!(
                "a page ({}) without a form to …{action_ends_with}",
                page.status
            )
        })
}
