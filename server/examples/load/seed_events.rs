//! Events for a measurement: five hundred announced ones, an organiser with tokens of the API, and registrations.

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, DbErr, EntityTrait as _};
use server::{
    accounts::{Role, token_hash},
    clock::Clock,
    crypt::{self, FieldKeys},
    db::{
        Db, Transaction,
        entity::{
            account, api_token, guest, notice_acceptance, person, registration, registration_needs,
            role_grant, session,
        },
    },
    events::{self, Form, NewEvent, NewSession},
    ids::{AccountId, EventId, PersonId, RegistrationId},
    people::PRIVACY_NOTICE_VERSION,
    programme::EventAudience,
    registrations::{Needs, Origin, RegistrationState},
};

use crate::{
    CONTENDED, CROWDED, CROWDED_REGISTRATIONS, EVENTS, MEASURED_AFTER, ORGANISER_SESSION,
    SMALL_EVENTS, SMALL_PLACES, SPREAD_EVENTS, SeedArgs, TOKENS, small_event, spread_event,
    token_of,
};

/// The rows of one `INSERT`; SQLite limits the number of parameters.
const ROWS_AT_ONCE: usize = 100;
/// How many events are made in one transaction.
const EVENTS_AT_ONCE: usize = 100;
const STRANDS: [&str; 3] = [
    "public-sector-discussions",
    "employer-seminars",
    "employer-information",
];
const KINDS: [&str; 4] = ["seminar", "discussion", "information-event", "conference"];
const CITIES: [&str; 6] = [
    "Rīga",
    "Jelgava",
    "Valmiera",
    "Daugavpils",
    "Liepāja",
    "Ventspils",
];

/// Writes the organiser, the events and the registrations.
pub(crate) async fn run(args: &SeedArgs) -> anyhow::Result<()> {
    let clock = Clock::system();
    let db = Db::connect(&args.database_url).await?;
    let organiser = clock.new_id();
    let within = clock.clone();
    db.write::<(), DbErr>(async move |txn| add_organiser(txn, &within, organiser).await)
        .await
        .context("the organiser could not be written")?;

    let mut crowded = None;
    for some in planned(clock.now()).chunks(EVENTS_AT_ONCE) {
        let (some, within) = (some.to_vec(), clock.clone());
        let found = db
            .write::<_, DbErr>(async move |txn| {
                let mut crowded = None;
                for new in &some {
                    let id = events::insert(txn, &within, organiser, new).await?;
                    events::publish(&events::lock(txn, id).await?, within.now()).await?;
                    if new.title.0 == CROWDED {
                        crowded = Some(id);
                    }
                }
                Ok(crowded)
            })
            .await
            .context("the events could not be written")?;
        crowded = crowded.or(found);
    }

    let keys = FieldKeys::load_or_create(&args.data_dir.join(crypt::FILE), clock.now())?;
    let event_id = crowded.context("no event for many registrations")?;
    add_registrations(&db, &clock, &keys, event_id).await?;
    db.close().await?;
    Ok(())
}

/// An organiser of every strand, who is signed in and has tokens.
async fn add_organiser(txn: &Transaction, clock: &Clock, id: AccountId) -> Result<(), DbErr> {
    let (now, person_id): (_, PersonId) = (clock.now(), clock.new_id());
    let until = now + TimeDelta::days(1);
    person::Entity::insert(new_person(person_id, "Organizatore", now))
        .exec(txn)
        .await?;
    account::Entity::insert(account::ActiveModel {
        id: Set(id),
        person_id: Set(Some(person_id)),
        email: Set("slodze-organizatore@example.lv".to_owned()),
        password_hash: Set(None),
        email_confirmed_at: Set(Some(now)),
        locale: Set("lv".to_owned()),
        created_at: Set(now),
        ..Default::default()
    })
    .exec(txn)
    .await?;
    notice_acceptance::Entity::insert(notice_acceptance::ActiveModel {
        id: Set(clock.new_id()),
        person_id: Set(person_id),
        notice: Set("privacy".to_owned()),
        version: Set(PRIVACY_NOTICE_VERSION.to_owned()),
        locale: Set("lv".to_owned()),
        accepted_at: Set(now),
    })
    .exec(txn)
    .await?;
    role_grant::Entity::insert(role_grant::ActiveModel {
        id: Set(clock.new_id()),
        account_id: Set(id),
        role: Set(Role::Organiser),
        granted_by: Set(None),
        granted_at: Set(now),
        revoked_at: Set(None),
    })
    .exec(txn)
    .await?;
    session::Entity::insert(session::ActiveModel {
        token_hash: Set(token_hash(ORGANISER_SESSION)),
        id: Set(clock.new_id()),
        account_id: Set(id),
        created_at: Set(now),
        expires_at: Set(until),
        last_used_at: Set(now),
        device: Set(String::new()),
    })
    .exec(txn)
    .await?;
    for strand in STRANDS {
        events::give_strand(txn, clock, id, strand).await?;
    }
    let tokens = (0..TOKENS).map(|number| api_token::ActiveModel {
        id: Set(clock.new_id()),
        account_id: Set(id),
        token_hash: Set(token_hash(&token_of(number))),
        name: Set(format!("Mērījums {number}")),
        scopes: Set("events:read events:write".to_owned()),
        created_at: Set(now),
        expires_at: Set(until),
        last_used_at: Set(None),
        revoked_at: Set(None),
    });
    for some in tokens.collect::<Vec<_>>().chunks(ROWS_AT_ONCE) {
        api_token::Entity::insert_many(some.to_vec())
            .exec(txn)
            .await?;
    }
    Ok(())
}

fn new_person(id: PersonId, family_name: &str, now: DateTime<Utc>) -> person::ActiveModel {
    person::ActiveModel {
        id: Set(id),
        given_name: Set("Slodze".to_owned()),
        family_name: Set(family_name.to_owned()),
        record_version: Set(0),
        created_at: Set(now),
        ..Default::default()
    }
}

/// The events: those that are only listed begin within half a year, those that are measured later.
fn planned(now: DateTime<Utc>) -> Vec<NewEvent> {
    let measured_at = now + MEASURED_AFTER + TimeDelta::days(1);
    let mut planned = vec![
        new_event(0, CROWDED.to_owned(), CROWDED_REGISTRATIONS, measured_at),
        new_event(0, CONTENDED.to_owned(), CROWDED_REGISTRATIONS, measured_at),
    ];
    for number in 0..SPREAD_EVENTS {
        let title = spread_event(number);
        planned.push(new_event(number, title, SMALL_PLACES, measured_at));
    }
    for number in 0..SMALL_EVENTS {
        let title = small_event(number);
        planned.push(new_event(number, title, SMALL_PLACES, measured_at));
    }
    let measured = u32::try_from(planned.len()).unwrap_or_default();
    for number in measured..EVENTS {
        let at = now + TimeDelta::hours(24 + 8 * i64::from(number));
        let title = format!("Pasākums par iekļaujošu darba vidi {number}");
        planned.push(new_event(number, title, 25, at));
    }
    planned
}

fn chosen<T: Copy>(of: &[T], number: u32, otherwise: T) -> T {
    let number = usize::try_from(number).unwrap_or_default();
    of.get(number % of.len()).copied().unwrap_or(otherwise)
}

fn new_event(number: u32, title: String, places: u32, starts_at: DateTime<Utc>) -> NewEvent {
    let first = NewSession {
        starts_at,
        ends_at: starts_at + TimeDelta::hours(3),
        form: chosen(&[Form::InPerson, Form::Both], number, Form::InPerson),
        city: chosen(&CITIES, number, "Rīga").to_owned(),
        address: "Paraugu iela 1".to_owned(),
        room: "101. telpa".to_owned(),
        accessibility: "Lifts, piemērota tualete, stāvvieta pie ieejas.".to_owned(),
        remote_url: "https://example.com/tiesraide".to_owned(),
    };
    let mut second = first.clone();
    second.starts_at += TimeDelta::days(1);
    second.ends_at += TimeDelta::days(1);
    let kind = chosen(&KINDS, number, "discussion");
    NewEvent {
        kind: kind.to_owned(),
        strand: chosen(&STRANDS, number, "employer-seminars").to_owned(),
        title: (title, "An event for measuring".to_owned()),
        summary: (
            "Kā ikdienā pamanīt to, kas dažus atstumj.\nStrādāsim ar piemēriem no prakses."
                .to_owned(),
            String::new(),
        ),
        language: "lv".to_owned(),
        audience: EventAudience::Everyone,
        lecturers: "Anna Parauga".to_owned(),
        contact_email: String::new(),
        capacity: i32::try_from(places).unwrap_or(i32::MAX),
        minimum: None,
        opens_at: None,
        closes_at: None,
        cancel_until: None,
        offer_hours: 24,
        reminder_minutes: vec![10_080, 1_440],
        needs_kept_days: 30,
        sessions: if kind == "seminar" {
            vec![first, second]
        } else {
            vec![first]
        },
    }
}

const GIVEN_NAMES: [&str; 5] = ["Aija", "Māris", "Zane", "Ģirts", "Ilze"];
const FAMILY_NAMES: [&str; 7] = [
    "Bērziņa",
    "Liepa",
    "Krūze",
    "Egle",
    "Vītola",
    "Ziediņa",
    "Ņikona",
];

/// Registrations for one event, every fourth with what is needed.
async fn add_registrations(
    db: &Db,
    clock: &Clock,
    keys: &FieldKeys,
    event_id: EventId,
) -> anyhow::Result<()> {
    let now = clock.now();
    let (mut people, mut guests) = (Vec::new(), Vec::new());
    let (mut registrations, mut needed) = (Vec::new(), Vec::new());
    for number in 0..CROWDED_REGISTRATIONS {
        let (person_id, id): (PersonId, RegistrationId) = (clock.new_id(), clock.new_id());
        let given_name = chosen(&GIVEN_NAMES, number, "Aija");
        let family_name = chosen(&FAMILY_NAMES, number, "Liepa");
        let email = format!("dalibnieks-{number}@example.lv");
        people.push(person::ActiveModel {
            given_name: Set(given_name.to_owned()),
            ..new_person(person_id, family_name, now)
        });
        guests.push(guest::ActiveModel {
            person_id: Set(person_id),
            email: Set(email.clone()),
            locale: Set("lv".to_owned()),
            created_at: Set(now),
            ..Default::default()
        });
        registrations.push(registration::ActiveModel {
            id: Set(id),
            event_id: Set(event_id),
            person_id: Set(person_id),
            number: Set(i32::try_from(number + 1).unwrap_or_default()),
            state: Set(RegistrationState::Registered),
            holds_place: Set(true),
            origin: Set(Origin::Organiser),
            given_name: Set(given_name.to_owned()),
            family_name: Set(family_name.to_owned()),
            name_folded: Set(server::text::fold(&format!("{given_name} {family_name}"))),
            email: Set(email),
            locale: Set("lv".to_owned()),
            role: Set("speciāliste".to_owned()),
            link_generation: Set(0),
            created_at: Set(now),
            registered_at: Set(Some(now)),
            ..Default::default()
        });
        if number % 4 == 0 {
            let needs = Needs {
                children: vec![3, 7],
                access: "Pārvietojos ratiņkrēslā.".to_owned(),
                diet: "Bez glutēna".to_owned(),
                interpreter: number % 8 == 0,
            };
            let place = format!("registration_needs.sealed/{id}");
            needed.push(registration_needs::ActiveModel {
                registration_id: Set(id),
                sealed: Set(keys.seal(&place, &serde_json::to_string(&needs)?)?),
                updated_at: Set(now),
            });
        }
    }
    db.write::<(), DbErr>(async move |txn| {
        let event = events::lock(txn, event_id).await?;
        for _ in 0..CROWDED_REGISTRATIONS {
            events::next_number(&event).await?;
        }
        macro_rules! insert_all {
            ($($entity:ident: $rows:expr),* $(,)?) => {$(
                for rows in $rows.chunks(ROWS_AT_ONCE) {
                    $entity::Entity::insert_many(rows.to_vec()).exec(txn).await?;
                }
            )*};
        }
        insert_all!(
            person: people,
            guest: guests,
            registration: registrations,
            registration_needs: needed,
        );
        Ok(())
    })
    .await
    .context("the registrations could not be written")
}
