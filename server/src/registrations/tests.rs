//! Places: registering at once, and random sequences of actions against a model.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::join_all;
use proptest::{
    prelude::*,
    test_runner::{Config, RngSeed},
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, Set,
};

use super::{
    EndCause, NewRegistration, Origin, Outcome, Refused, Registration, RegistrationState as State,
    accept, active_of, cancel, confirm, counts, register, resize, settle, substitute,
};
use crate::{
    clock::Clock,
    db::{
        Db, Transaction,
        entity::{
            account,
            event::EventAudience,
            registration::{Column, Entity},
        },
        testing::{TestDb, databases},
    },
    events::{self, EventLock, Form, NewEvent, NewSession},
    http::Lang,
    ids::{AccountId, EventId, PersonId, RegistrationId},
    input::Input as _,
    mail::Email,
    people::{self, RawNames},
};

const BEGIN: &str = "2027-02-10T08:00:00Z";
const NOW: &str = "2027-01-10T08:00:00Z";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn new_event(capacity: i32, offer_hours: i32) -> NewEvent {
    let starts_at = at(BEGIN);
    NewEvent {
        kind: "discussion".to_owned(),
        strand: "public-sector-discussions".to_owned(),
        title: ("Diskusija".to_owned(), String::new()),
        summary: (String::new(), String::new()),
        language: "lv".to_owned(),
        audience: EventAudience::Everyone,
        lecturers: String::new(),
        contact_email: String::new(),
        capacity,
        minimum: None,
        opens_at: None,
        closes_at: None,
        cancel_until: None,
        offer_hours,
        reminder_minutes: Vec::new(),
        needs_kept_days: 30,
        sessions: vec![NewSession {
            starts_at,
            ends_at: starts_at + TimeDelta::hours(3),
            form: Form::InPerson,
            city: "Rīga".to_owned(),
            address: "Paraugu iela 1".to_owned(),
            room: String::new(),
            accessibility: String::new(),
            remote_url: String::new(),
        }],
    }
}

async fn account(txn: &Transaction, clock: &Clock) -> AccountId {
    let id: AccountId = clock.new_id();
    let row = account::ActiveModel {
        id: Set(id),
        email: Set(format!("{id}@example.test")),
        locale: Set("lv".to_owned()),
        created_at: Set(clock.now()),
        ..Default::default()
    };
    row.insert(txn).await.unwrap();
    id
}

/// A published event, and people to register for it.
async fn prepared(
    db: &Db,
    clock: &Clock,
    (capacity, offer_hours): (i32, i32),
    people: usize,
) -> (EventId, Vec<PersonId>) {
    let within = clock.clone();
    db.write::<_, DbErr>(async move |txn| {
        let organiser = account(txn, &within).await;
        let id = events::insert(txn, &within, organiser, &new_event(capacity, offer_hours)).await?;
        events::publish(&events::lock(txn, id).await?, within.now()).await?;
        let mut ids = Vec::with_capacity(people);
        for _ in 0..people {
            ids.push(people::add(txn, &within, ("Anna", "Paraudziņa")).await?);
        }
        Ok((id, ids))
    })
    .await
    .unwrap()
}

fn of(person_id: PersonId, origin: Origin) -> NewRegistration {
    let names = serde_json::json!({ "given_name": "Anna", "family_name": "Paraudziņa" });
    let (given_name, family_name) = serde_json::from_value::<RawNames>(names)
        .unwrap()
        .into_checked()
        .unwrap();
    NewRegistration {
        person_id,
        given_name,
        family_name,
        email: Email::parse("anna@example.test").unwrap(),
        lang: Lang::Lv,
        organisation_id: None,
        role: String::new(),
        origin,
        group_id: None,
        registered_by: None,
    }
}

/// Runs an action under the lock of the event's places.
async fn under<T: Send + 'static>(
    db: &Db,
    id: EventId,
    action: impl AsyncFnOnce(&EventLock<'_>) -> Result<T, Refused> + Send + 'static,
) -> Result<T, Refused> {
    db.write(async move |txn| {
        let event = events::lock(txn, id).await?;
        action(&event).await
    })
    .await
}

async fn all(db: &Db, id: EventId) -> Vec<Registration> {
    Entity::find()
        .filter(Column::EventId.eq(id))
        .order_by_asc(Column::Number)
        .all(db.read())
        .await
        .unwrap()
}

async fn two_hundred_at_once(db: &Db, id: EventId, clock: &Clock, people: Vec<PersonId>) {
    let clock = Arc::new(clock.clone());
    let registering = people.into_iter().map(|person| {
        let clock = Arc::clone(&clock);
        under(db, id, async move |event| {
            register(event, &clock, &of(person, Origin::Account)).await
        })
    });
    for outcome in join_all(registering).await {
        assert!(matches!(outcome.unwrap().0, Outcome::Made(_)));
    }
}

#[tokio::test]
async fn two_hundred_at_once_get_exactly_the_twenty_places_and_wait_in_order() {
    for db in databases().await {
        let clock = Clock::fixed(at(NOW));
        let (id, people) = prepared(&db, &clock, (20, 24), 200).await;
        two_hundred_at_once(&db, id, &clock, people).await;

        let rows = all(&db, id).await;
        let numbers: Vec<i32> = rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, (1..=200).collect::<Vec<_>>());
        for row in &rows {
            let expected = if row.number <= 20 {
                State::Registered
            } else {
                State::Waiting
            };
            assert_eq!(
                (row.state, row.holds_place),
                (expected, row.number <= 20),
                "{}",
                row.number
            );
        }
        let counts = counts(db.read(), id, 20).await.unwrap();
        assert_eq!(
            (counts.taken, counts.registered, counts.waiting),
            (20, 20, 180)
        );
    }
}

/// The control of the test above: what happens when free places are counted before a place is taken, in a
/// transaction of its own. On PostgreSQL, transactions run beside each other, and so they do here.
#[tokio::test]
async fn without_the_lock_places_are_oversold() {
    for db in databases().await {
        let clock = Clock::fixed(at(NOW));
        let (id, people) = prepared(&db, &clock, (20, 24), 60).await;
        let before = join_all(people.iter().map(|_| counts(db.read(), id, 20))).await;
        let taking = people.into_iter().zip(before).map(|(person, counted)| {
            let has_place = counted.unwrap().free() > 0;
            let clock = clock.clone();
            db.write::<_, DbErr>(async move |txn| {
                // The numbers need the lock; the decision was made without it.
                let event = events::lock(txn, id).await?;
                let number = events::next_number(&event).await?;
                let place = (number, State::Registered, has_place, None);
                super::store::insert(&event, &clock, &of(person, Origin::Account), place)
                    .await
                    .map(drop)
            })
        });
        for taken in join_all(taking).await {
            taken.unwrap();
        }
        let counts = counts(db.read(), id, 20).await.unwrap();
        assert!(counts.taken > 20, "the race was not seen: {counts:?}");
    }
}

#[tokio::test]
async fn the_same_person_twice_is_one_registration() {
    for db in databases().await {
        let clock = Clock::fixed(at(NOW));
        let (id, people) = prepared(&db, &clock, (20, 24), 1).await;
        let person = people[0];
        let at_once = (0..8).map(|_| {
            let clock = clock.clone();
            under(&db, id, async move |event| {
                register(event, &clock, &of(person, Origin::Account)).await
            })
        });
        let outcomes = join_all(at_once).await;
        let made = outcomes
            .iter()
            .filter(|outcome| matches!(outcome, Ok((Outcome::Made(_), _))))
            .count();
        assert_eq!((made, all(&db, id).await.len()), (1, 1));
    }
}

#[tokio::test]
async fn a_guest_who_does_not_confirm_frees_the_place_for_the_next() {
    for db in databases().await {
        let (clock, control) = Clock::stepped(at(NOW));
        let (id, people) = prepared(&db, &clock, (1, 0), 3).await;
        let mut made = Vec::new();
        for (person, origin) in
            people
                .into_iter()
                .zip([Origin::Guest, Origin::Guest, Origin::Account])
        {
            let within = clock.clone();
            let (outcome, _) = under(&db, id, async move |event| {
                register(event, &within, &of(person, origin)).await
            })
            .await
            .unwrap();
            made.push(outcome.registration().clone());
        }
        assert!(made[0].holds_place && !made[1].holds_place);
        assert_eq!(made[2].state, State::Waiting);

        control.advance(TimeDelta::hours(23));
        let (within, second) = (clock.clone(), made[1].id);
        let (confirmed, effects) = under(&db, id, async move |event| {
            confirm(event, &within, second).await
        })
        .await
        .unwrap();
        assert_eq!(
            (confirmed.state, effects.promoted.len()),
            (State::Waiting, 0),
            "the first still holds it"
        );

        control.advance(TimeDelta::hours(1));
        let now = clock.now();
        let promoted = under(&db, id, async move |event| Ok(settle(event, now).await?))
            .await
            .unwrap();
        assert_eq!(promoted.promoted.len(), 1);
        assert_eq!(
            promoted.promoted[0].id, second,
            "in the order of registering, not of confirming"
        );
        let (within, first) = (clock.clone(), made[0].id);
        let late = under(&db, id, async move |event| {
            confirm(event, &within, first).await
        })
        .await;
        assert!(matches!(late, Err(Refused::Ended)));
    }
}

#[tokio::test]
async fn nobody_is_promoted_shortly_before_the_beginning() {
    let db = TestDb::sqlite().await;
    let (clock, control) = Clock::stepped(at(BEGIN) - TimeDelta::hours(2));
    let (id, people) = prepared(&db, &clock, (1, 24), 3).await;
    let mut made = Vec::new();
    for person in &people[..2] {
        let (within, person) = (clock.clone(), *person);
        let (outcome, _) = under(&db, id, async move |event| {
            register(event, &within, &of(person, Origin::Account)).await
        })
        .await
        .unwrap();
        made.push(outcome.registration().id);
    }
    control.advance(TimeDelta::minutes(61));
    let (within, first) = (clock.clone(), made[0]);
    let (_, promoted) = under(&db, id, async move |event| {
        cancel(event, &within, first, EndCause::Participant).await
    })
    .await
    .unwrap();
    assert_eq!(promoted.promoted, []);
    // A newcomer does not get the place before somebody who waits.
    let (within, person) = (clock.clone(), people[2]);
    let (outcome, _) = under(&db, id, async move |event| {
        register(event, &within, &of(person, Origin::Account)).await
    })
    .await
    .unwrap();
    assert_eq!(outcome.registration().state, State::Waiting);
}

/// A step of a random sequence; people and registrations by their index.
#[derive(Debug, Clone)]
enum Step {
    Register(usize, Origin),
    Confirm(usize),
    Accept(usize),
    Cancel(usize),
    Substitute(usize, usize),
    Resize(i32),
    Wait(i64),
}

const PEOPLE: usize = 8;

fn step() -> impl Strategy<Value = Step> {
    let person = 0..PEOPLE;
    prop_oneof![
        4 => (person.clone(), any::<bool>()).prop_map(|(person, guest)| {
            Step::Register(person, if guest { Origin::Guest } else { Origin::Account })
        }),
        2 => person.clone().prop_map(Step::Confirm),
        2 => person.clone().prop_map(Step::Accept),
        2 => person.clone().prop_map(Step::Cancel),
        1 => (person.clone(), person).prop_map(|(from, to)| Step::Substitute(from, to)),
        1 => (1..5_i32).prop_map(Step::Resize),
        1 => (1..30_i64).prop_map(Step::Wait),
    ]
}

/// What the model knows of a person's registration in force.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seat {
    turn: i32,
    state: State,
    holds: bool,
    until: Option<DateTime<Utc>>,
}

/// The rules, written a second time, over a list in memory.
struct Model {
    capacity: usize,
    offer_hours: i64,
    seats: BTreeMap<usize, Seat>,
    last: i32,
}

impl Model {
    fn taken(&self) -> usize {
        self.seats.values().filter(|seat| seat.holds).count()
    }

    fn settle(&mut self, now: DateTime<Utc>) {
        self.seats
            .retain(|_, seat| seat.until.is_none_or(|until| until > now));
        while self.taken() < self.capacity {
            let waiting = self
                .seats
                .values_mut()
                .filter(|seat| seat.state == State::Waiting);
            let Some(first) = waiting.min_by_key(|seat| seat.turn) else {
                break;
            };
            first.holds = true;
            if self.offer_hours == 0 {
                first.state = State::Registered;
            } else {
                first.state = State::Offered;
                first.until = Some(now + TimeDelta::hours(self.offer_hours));
            }
        }
    }

    fn has_place(&self) -> bool {
        let nobody_waits = self.seats.values().all(|seat| seat.state != State::Waiting);
        self.taken() < self.capacity && nobody_waits
    }

    fn apply(&mut self, step: &Step, now: DateTime<Utc>) {
        self.settle(now);
        match *step {
            Step::Register(person, origin) => {
                if self.seats.contains_key(&person) {
                    return;
                }
                let holds = self.has_place();
                let (state, until) = match (origin, holds) {
                    (Origin::Guest, _) => (State::Pending, Some(now + TimeDelta::hours(24))),
                    (_, true) => (State::Registered, None),
                    (_, false) => (State::Waiting, None),
                };
                self.last += 1;
                let turn = self.last;
                self.seats.insert(
                    person,
                    Seat {
                        turn,
                        state,
                        holds,
                        until,
                    },
                );
            }
            Step::Confirm(person) => {
                let has_place = self.has_place();
                if let Some(seat) = self.seats.get_mut(&person)
                    && seat.state == State::Pending
                {
                    seat.until = None;
                    seat.holds = seat.holds || has_place;
                    seat.state = if seat.holds {
                        State::Registered
                    } else {
                        State::Waiting
                    };
                }
            }
            Step::Accept(person) => {
                if let Some(seat) = self.seats.get_mut(&person)
                    && seat.state == State::Offered
                {
                    seat.until = None;
                    seat.state = State::Registered;
                }
            }
            Step::Cancel(person) => {
                self.seats.remove(&person);
            }
            Step::Substitute(from, to) => {
                if self.seats.contains_key(&from) && !self.seats.contains_key(&to) {
                    let seat = self.seats.remove(&from).unwrap();
                    self.last += 1;
                    self.seats.insert(to, seat);
                }
            }
            Step::Resize(capacity) => {
                let capacity = usize::try_from(capacity).unwrap();
                if self.taken() <= capacity {
                    self.capacity = capacity;
                }
            }
            Step::Wait(_) => {}
        }
        self.settle(now);
    }
}

async fn perform(db: &Db, id: EventId, people: &[PersonId], step: &Step, clock: &Clock) {
    let of_person = async |index: usize| -> RegistrationId {
        let found = active_of(db.read(), id, people[index]).await.unwrap();
        found.map_or(RegistrationId::NIL, |row| row.id)
    };
    let clock = clock.clone();
    let done = match *step {
        Step::Register(person, origin) => {
            let new = of(people[person], origin);
            under(db, id, async move |event| {
                register(event, &clock, &new).await.map(drop)
            })
            .await
        }
        Step::Confirm(person) => {
            let row = of_person(person).await;
            under(db, id, async move |event| {
                confirm(event, &clock, row).await.map(drop)
            })
            .await
        }
        Step::Accept(person) => {
            let row = of_person(person).await;
            under(db, id, async move |event| {
                accept(event, &clock, row).await.map(drop)
            })
            .await
        }
        Step::Cancel(person) => {
            let row = of_person(person).await;
            let cause = EndCause::Participant;
            under(db, id, async move |event| {
                cancel(event, &clock, row, cause).await.map(drop)
            })
            .await
        }
        Step::Substitute(from, to) => {
            let (row, new) = (of_person(from).await, of(people[to], Origin::Account));
            under(db, id, async move |event| {
                substitute(event, &clock, row, &new).await.map(drop)
            })
            .await
        }
        Step::Resize(capacity) => {
            let now = clock.now();
            under(db, id, async move |event| {
                resize(event, now, capacity).await.map(drop)
            })
            .await
        }
        Step::Wait(_) => {
            let now = clock.now();
            under(db, id, async move |event| {
                Ok(settle(event, now).await.map(drop)?)
            })
            .await
        }
    };
    assert!(!matches!(done, Err(Refused::Database(_))), "{done:?}");
}

async fn agrees(db: &Db, capacity: i32, offer_hours: i32, steps: &[Step]) {
    let (clock, control) = Clock::stepped(at(NOW));
    let (id, people) = prepared(db, &clock, (capacity, offer_hours), PEOPLE).await;
    let mut model = Model {
        capacity: usize::try_from(capacity).unwrap(),
        offer_hours: offer_hours.into(),
        seats: BTreeMap::new(),
        last: 0,
    };
    for step in steps {
        if let Step::Wait(hours) = step {
            control.advance(TimeDelta::hours(*hours));
        }
        perform(db, id, &people, step, &clock).await;
        let now = clock.now();
        under(db, id, async move |event| {
            Ok(settle(event, now).await.map(drop)?)
        })
        .await
        .unwrap();
        model.apply(step, now);

        let mut found = BTreeMap::new();
        for (index, person) in people.iter().enumerate() {
            if let Some(row) = active_of(db.read(), id, *person).await.unwrap() {
                let seat = Seat {
                    turn: row.number,
                    state: row.state,
                    holds: row.holds_place,
                    until: row.expires_at,
                };
                found.insert(index, seat);
            }
        }
        assert_eq!(found, model.seats, "after {step:?}");
        assert!(model.taken() <= model.capacity, "oversold after {step:?}");
    }
}

proptest! {
    #![proptest_config(Config { cases: 24, rng_seed: RngSeed::Fixed(20), ..Config::default() })]

    #[test]
    fn random_sequences_agree_with_the_model(
        capacity in 1..4_i32,
        offer_hours in prop_oneof![Just(0), Just(12)],
        steps in prop::collection::vec(step(), 1..40),
    ) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            for db in databases().await {
                agrees(&db, capacity, offer_hours, &steps).await;
            }
        });
    }
}
