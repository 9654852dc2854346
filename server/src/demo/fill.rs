//! Writes the plan to the database: what people do alone is done concurrently, so that many writes share a
//! commit; what has a visible order (completions with their certificates, decisions) is done one after
//! another.

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use course_compiler::{AnswerKey, Course, CourseId, Language, Question, Response, question::Body};
use futures::future::try_join_all;
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use sea_orm::DbErr;
use serde_json::json;

use super::{
    data::{self, ORGANISATIONS, PROPOSED, SIGN_INS},
    plan::{self, Employer, Ending, Person, Taking},
};
use crate::{
    accounts::{self, Email, KnownPerson},
    app::App,
    certificates,
    clock::{Clock, ClockControl},
    http::{
        Lang,
        address::{self, Address as _},
    },
    ids::{AccountId, AttemptId, OrganisationId, PersonId},
    input::Input as _,
    jobs,
    learning::{
        Catalogue, Context, LearningPath, Replacing, State, attempt, enrol, enrol_in_path,
        enrolled, lesson,
    },
    mail,
    organisations::{self, OrganisationInput, RawOrganisation, kind_slug},
    people,
};

/// An event with a visible order.
struct Event {
    at: DateTime<Utc>,
    what: What,
}

enum What {
    /// A person hands in the test.
    Finishes(Box<Learner>, AttemptId),
    /// A person starts to work for an association.
    Moves(PersonId),
    /// A manager approves a proposed organisation.
    Approves(OrganisationId),
    /// A manager corrects the kind of an organisation.
    Corrects(OrganisationId),
}

/// A person in a course, with a clock of their own.
struct Learner {
    context: Context,
    clock_control: ClockControl,
    person_id: PersonId,
}

/// The accounts and organisations that are there before anybody learns.
struct Prepared {
    organisations: Vec<OrganisationId>,
    manager: AccountId,
    organiser: AccountId,
}

/// Fills an empty database with a programme of `count` people.
pub(super) async fn fill_in(app: &App, password_hash: &str, count: usize) -> anyhow::Result<()> {
    let now = app.clock.now();
    let begins = now - TimeDelta::days(i64::from(plan::DAYS) + 30);
    let catalogue = app.courses.current();
    let mut courses: Vec<&Course> = catalogue.offered().collect();
    // Most people start with the foundations, and go on with a ground, which completes a learning path.
    courses.sort_by_key(|course| match course.id.as_str() {
        "foundations" => 0,
        "disability" => 1,
        _ => 2,
    });
    courses.truncate(2);
    let path = path_of(&catalogue, &courses);
    let prepared = prepare(app, password_hash, begins, courses.first().copied(), path).await?;

    let mut people = plan::people(count, now, courses.len());
    // Those who propose an organisation come before their colleagues.
    people.sort_by_key(|person| person.joined);
    let mut events = Vec::new();
    let mut proposed = vec![None; PROPOSED.len()];
    let mut known = Vec::new();
    for person in people {
        let person_id = join(app, password_hash, &person, &prepared, &mut proposed).await?;
        known.push((person, person_id));
    }
    if let Some(path) = path {
        for (person, id) in known
            .iter()
            .filter(|(person, _)| person.number % PATH_EVERY == 0)
        {
            let context = State {
                clock: Clock::fixed(person.joined),
                ..app.learning.clone()
            }
            .context(&catalogue);
            enrol_in_path(&context, *id, path, person.lang).await?;
        }
    }
    let learning = known
        .iter()
        .map(|(person, id)| learn(app, &courses, person, *id));
    for found in try_join_all(learning).await? {
        events.extend(found);
    }
    events.push(Event {
        at: now - TimeDelta::days(60),
        what: What::Corrects(of(&prepared.organisations, data::WATERWORKS)?),
    });
    if let Some(id) = proposed.first().copied().flatten() {
        events.push(Event {
            at: now - TimeDelta::days(12),
            what: What::Approves(id),
        });
    }
    events.sort_by_key(|event| event.at);
    for event in events {
        happen(app, &prepared, event).await?;
    }
    // These certificates are rendered when they are downloaded, instead of all at the start.
    app.db
        .write(async |txn| jobs::cancel::<certificates::RenderCertificate>(txn).await)
        .await?;
    super::events::fill_in(app, prepared.organiser, &prepared.organisations).await?;
    write_to_a_learner(app).await
}

/// Queues a mail, so that administrators have one to look at.
async fn write_to_a_learner(app: &App) -> anyhow::Result<()> {
    let [learner, ..] = SIGN_INS;
    let (clock, composer) = (app.clock.clone(), app.accounts.composer.clone());
    let link = composer.link(&address::Forgotten.url(Lang::Lv));
    let mail = composer.mail(
        Lang::Lv,
        "password-changed",
        learner.email,
        "password-changed:demo".to_owned(),
        &[("link", link.into())],
    );
    app.db
        .write::<_, DbErr>(async move |txn| mail::enqueue(txn, &clock, mail.for_security()).await)
        .await?;
    Ok(())
}

/// Of how many people one takes a learning path.
const PATH_EVERY: usize = 3;

/// The first learning path that these courses complete.
fn path_of<'a>(catalogue: &'a Catalogue, courses: &[&Course]) -> Option<&'a LearningPath> {
    let is_taken = |id: &CourseId| courses.iter().any(|course| course.id == *id);
    catalogue
        .paths()
        .find(|path| path.steps.iter().all(|step| step.0.iter().any(is_taken)))
}

fn of(organisations: &[OrganisationId], index: usize) -> anyhow::Result<OrganisationId> {
    organisations
        .get(index)
        .copied()
        .context("an organisation of the demonstration is missing")
}

fn input(organisation: &data::Organisation) -> anyhow::Result<OrganisationInput> {
    let raw: RawOrganisation = serde_json::from_value(json!({
        "name": organisation.name,
        "kind": kind_slug(organisation.kind),
    }))?;
    raw.check()
        .map_err(|problems| anyhow::anyhow!("{}: {problems:?}", organisation.name))
}

/// Adds the register and the accounts for signing in.
async fn prepare(
    app: &App,
    password_hash: &str,
    begins: DateTime<Utc>,
    course: Option<&Course>,
    path: Option<&LearningPath>,
) -> anyhow::Result<Prepared> {
    let clock = Clock::fixed(begins);
    let inputs = ORGANISATIONS
        .iter()
        .map(input)
        .collect::<Result<Vec<_>, _>>()?;
    let organisations = app
        .db
        .write::<_, DbErr>({
            let clock = clock.clone();
            async move |txn| {
                let mut ids = Vec::new();
                for input in inputs {
                    ids.extend(organisations::add_approved(txn, &clock, &input).await?);
                }
                Ok(ids)
            }
        })
        .await?;
    let mut manager = AccountId::NIL;
    let mut organiser = AccountId::NIL;
    for sign_in in SIGN_INS {
        let known = KnownPerson {
            email: Email::parse(sign_in.email).context("an address of the demonstration")?,
            password_hash: password_hash.to_owned(),
            given_name: sign_in.given_name.to_owned(),
            family_name: sign_in.family_name.to_owned(),
            roles: sign_in.role.into_iter().collect(),
        };
        let organisation = of(&organisations, sign_in.organisation)?;
        let added = add(app, &clock, known, Some(organisation), Lang::Lv).await?;
        if sign_in.email == data::MANAGER {
            manager = added.account_id;
        }
        if sign_in.email == data::ORGANISER {
            organiser = added.account_id;
        }
        if let (data::LEARNER, Some(course)) = (sign_in.email, course) {
            let now = app.clock.now();
            let taking = Taking {
                course: 0,
                begins: now - TimeDelta::days(6),
                ends: now - TimeDelta::hours(20),
                ending: Ending::HalfRead,
                seed: 1,
            };
            take(app, course, Lang::Lv, added.person_id, taking).await?;
            if let Some(path) = path {
                let context = State {
                    clock: Clock::fixed(taking.begins),
                    ..app.learning.clone()
                }
                .context(&app.courses.current());
                enrol_in_path(&context, added.person_id, path, Lang::Lv).await?;
            }
        }
    }
    Ok(Prepared {
        organisations,
        manager,
        organiser,
    })
}

/// Adds a person with a complete profile; without an organisation, everything but that.
async fn add(
    app: &App,
    clock: &Clock,
    known: KnownPerson,
    organisation: Option<OrganisationId>,
    lang: Lang,
) -> anyhow::Result<accounts::Added> {
    let clock = clock.clone();
    let added = app
        .db
        .write::<_, DbErr>(async move |txn| {
            let Some(added) = accounts::add_known(txn, &clock, known).await? else {
                return Ok(None);
            };
            let employer = match organisation {
                Some(id) => organisations::lock(txn, id).await?,
                None => None,
            };
            let person = people::lock(txn, added.person_id).await?;
            if let Some(employer) = employer {
                people::affiliate(&person, &clock, &employer).await?;
            }
            people::accept_privacy_in(&person, &clock, lang).await?;
            Ok(Some(added))
        })
        .await?;
    added.context("an address of the demonstration is taken")
}

/// A person registers and names their organisation; the first person of an unknown organisation proposes it.
async fn join(
    app: &App,
    password_hash: &str,
    person: &Person,
    prepared: &Prepared,
    proposed: &mut [Option<OrganisationId>],
) -> anyhow::Result<PersonId> {
    let clock = Clock::fixed(person.joined);
    let (given_name, family_name) = data::name(person.number);
    let email = format!("demo{:03}@example.com", person.number + 1);
    let known = KnownPerson {
        email: Email::parse(&email).context("an address of the demonstration")?,
        password_hash: password_hash.to_owned(),
        given_name: given_name.to_owned(),
        family_name,
        roles: Vec::new(),
    };
    let organisation = match person.employer {
        Employer::Registered(index) => Some(of(&prepared.organisations, index)?),
        Employer::Proposed(index) => proposed.get(index).copied().flatten(),
    };
    let person_id = add(app, &clock, known, organisation, person.lang)
        .await?
        .person_id;
    if let (None, Employer::Proposed(index)) = (organisation, person.employer)
        && let (Some(organisation), Some(place)) = (PROPOSED.get(index), proposed.get_mut(index))
    {
        let input = input(organisation)?;
        let who = (None, person_id);
        people::propose(&clock, &app.db, &app.people.on_employer, who, input).await?;
        let affiliations = people::affiliations(&app.db, person_id).await?;
        *place = affiliations.first().map(|current| current.organisation.id);
    }
    Ok(person_id)
}

/// Takes a person's courses, up to the events with a visible order.
async fn learn(
    app: &App,
    courses: &[&Course],
    person: &Person,
    person_id: PersonId,
) -> anyhow::Result<Vec<Event>> {
    let mut events = Vec::new();
    for taking in &person.courses {
        if let Some(course) = courses.get(taking.course) {
            events.extend(take(app, course, person.lang, person_id, *taking).await?);
        }
    }
    events.extend(person.moves.map(|at| Event {
        at,
        what: What::Moves(person_id),
    }));
    Ok(events)
}

/// Takes a course; if the test is passed, handing it in is left to the caller.
async fn take(
    app: &App,
    course: &Course,
    lang: Lang,
    person_id: PersonId,
    taking: Taking,
) -> anyhow::Result<Option<Event>> {
    let (clock, control) = Clock::stepped(taking.begins);
    let mut rng = StdRng::seed_from_u64(taking.seed);
    let learner = Learner {
        context: State {
            clock,
            ..app.learning.clone()
        }
        .context(&app.courses.current()),
        clock_control: control,
        person_id,
    };
    let context = &learner.context;
    enrol(context, person_id, course, lang).await?;
    let Some(enrolled) = enrolled(context, person_id, &course.id).await? else {
        return Ok(None);
    };

    let lessons: Vec<_> = course
        .lessons
        .iter()
        .filter(|lesson| lesson.test_rules().is_none())
        .collect();
    let to_read = match taking.ending {
        Ending::Enrolled => return Ok(None),
        Ending::HalfRead => lessons.len() / 2 + 1,
        _ => lessons.len(),
    };
    // Leaves time at the end for two attempts at the test.
    let last = taking.ends - TimeDelta::hours(3);
    let pause = (last - taking.begins) / i32::try_from(to_read + 1).unwrap_or(1).max(1);
    for (number, read) in lessons.iter().take(to_read).enumerate() {
        learner
            .clock_control
            .advance(pause - TimeDelta::minutes(read.minutes.into()));
        lesson::open(context, person_id, enrolled.id, &read.id).await?;
        for question in read.questions.iter().filter_map(|id| course.question(id)) {
            learner
                .clock_control
                .advance(TimeDelta::seconds(rng.random_range(40..140)));
            let is_right = rng.random_bool(0.8);
            // Courses require that their questions are answered.
            if let Some(answer) = course
                .key(&question.id)
                .map(|key| reply(question, key, is_right).unwrap_or_else(|| key.right_answer()))
            {
                lesson::answer(
                    context,
                    person_id,
                    enrolled.id,
                    (course, read),
                    question,
                    Some(answer),
                    Replacing::default(),
                )
                .await?;
            }
        }
        // A person who has read half of the course is in the middle of a lesson.
        let stays_open = taking.ending == Ending::HalfRead && number + 1 == to_read;
        if !stays_open {
            learner.clock_control.advance(TimeDelta::minutes(2));
            lesson::complete(context, person_id, enrolled.id, &course.id, &read.id).await?;
        }
    }
    if taking.ending == Ending::HalfRead {
        return Ok(None);
    }

    learner.clock_control.set(last);
    let is_second = taking.ending == Ending::PassedAtSecond;
    if is_second || taking.ending == Ending::Failed {
        let Some(failed) = take_test(&learner, course, lang, false, &mut rng).await? else {
            return Ok(None);
        };
        attempt::finish(context, person_id, failed).await?;
        learner.clock_control.advance(TimeDelta::minutes(50));
    }
    if taking.ending == Ending::Failed {
        return Ok(None);
    }
    let passed = take_test(&learner, course, lang, true, &mut rng).await?;
    Ok(passed.map(|attempt_id| Event {
        at: learner.context.clock.now(),
        what: What::Finishes(Box::new(learner), attempt_id),
    }))
}

/// Answers the questions of the test, well enough to pass or not; the attempt stays open. `None` for a course
/// without a test.
async fn take_test(
    learner: &Learner,
    course: &Course,
    lang: Lang,
    passes: bool,
    rng: &mut StdRng,
) -> anyhow::Result<Option<AttemptId>> {
    let (context, person_id) = (&learner.context, learner.person_id);
    let Some(test) = course.final_test() else {
        return Ok(None);
    };
    let Some(rules) = test.test_rules() else {
        return Ok(None);
    };
    let asked = (course, test, rules);
    let id = attempt::start(context, person_id, asked, lang.as_str(), rng).await?;
    let Some(attempt) = attempt::read(context, person_id, id).await? else {
        return Ok(None);
    };
    let count = attempt.questions.len();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "the number of a test's questions"
    )]
    let wrong_at_most = ((1.0 - rules.pass) * count as f64) as usize;
    let mut wrong = if passes {
        rng.random_range(0..=wrong_at_most)
    } else {
        (wrong_at_most + 2).min(count)
    };
    for drawn in &attempt.questions {
        let Some(revision) = context.catalogue.revision(&drawn.revision) else {
            continue;
        };
        learner
            .clock_control
            .advance(TimeDelta::seconds(rng.random_range(25..100)));
        let answer = reply(&revision.question, &revision.key, wrong == 0);
        wrong = wrong.saturating_sub(1);
        let question = (drawn.question_id.clone(), drawn.revision.to_string());
        let replacing = Replacing {
            version: Some(0),
            ..Replacing::default()
        };
        attempt::answer(context, person_id, id, question, answer, replacing).await?;
    }
    learner.clock_control.advance(TimeDelta::seconds(30));
    Ok(Some(id))
}

/// A correct answer or a wrong one; `None` for questions without a simple wrong answer.
fn reply(question: &Question, key: &AnswerKey, is_right: bool) -> Option<Response> {
    if is_right {
        return Some(key.right_answer());
    }
    let choices = match &question.body {
        Body::Single(body) => &body.choices,
        Body::TrueFalse(body) => &body.0.choices,
        _ => return None,
    };
    choices
        .iter()
        .filter_map(|choice| {
            let fields = [("a".to_owned(), choice.to_string())];
            question.read(&fields, Language::Lv).ok().flatten()
        })
        .find(|response| key.mark(Some(response)).fraction.value() == 0.0)
}

async fn happen(app: &App, prepared: &Prepared, event: Event) -> anyhow::Result<()> {
    let clock = Clock::fixed(event.at);
    match event.what {
        What::Finishes(learner, attempt_id) => {
            attempt::finish(&learner.context, learner.person_id, attempt_id).await?;
        }
        What::Moves(person_id) => {
            let society = of(&prepared.organisations, data::SOCIETY)?;
            app.db
                .write::<_, DbErr>(async move |txn| {
                    let Some(society) = organisations::lock(txn, society).await? else {
                        return Ok(());
                    };
                    let person = people::lock(txn, person_id).await?;
                    people::affiliate(&person, &clock, &society).await
                })
                .await?;
        }
        What::Approves(id) => {
            organisations::approve(
                &clock,
                &app.db,
                &app.organisations.on_change,
                prepared.manager,
                id,
            )
            .await?;
        }
        What::Corrects(id) => {
            let waterworks = ORGANISATIONS.get(data::WATERWORKS);
            let mut input = input(waterworks.context("an organisation of the demonstration")?)?;
            input.kind = data::CORRECTED_KIND;
            let actor = prepared.manager;
            organisations::correct(
                &clock,
                &app.db,
                &app.organisations.on_change,
                actor,
                id,
                input,
            )
            .await?;
        }
    }
    Ok(())
}
