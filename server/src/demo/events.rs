//! The events of the demonstration: past, running and coming ones of every kind, in every strand. Exactly one coming
//! event has 20 places of which nobody has taken one, for trying out registration.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use sea_orm::DbErr;

use crate::{
    accounts::{self, AddedGuest},
    app::App,
    clock::Clock,
    crypt::FieldKeys,
    events::{self, Form, NewEvent, NewMaterial, NewSession},
    http::Lang,
    ids::{AccountId, OrganisationId},
    input::Input as _,
    local_time::{self, Occurrence},
    mail::Email,
    people,
    programme::{EventAudience, EventKind},
    registrations::{self, Needs, NewRegistration, Origin},
};

/// An invented event.
struct Plan {
    kind: &'static str,
    /// The days of its sessions from today, with the hours at which they begin and end.
    sessions: &'static [(i64, u32, u32)],
    title: (&'static str, &'static str),
    summary: (&'static str, &'static str),
    audience: EventAudience,
    language: &'static str,
    form: Form,
    place: Place,
    capacity: i32,
    lecturers: &'static str,
    state: State,
}

/// A city, an address, a room, and how accessible the venue is.
type Place = (&'static str, &'static str, &'static str, &'static str);

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Draft,
    Announced,
    /// Announced; registration opens in so many days.
    OpensIn(i64),
    Cancelled,
}

const RIGA: Place = (
    "Rīga",
    "Paraugu iela 1",
    "Lielā zāle, 2. stāvs",
    "Ieeja bez sliekšņa, lifts, indukcijas cilpa zālē, piemērota tualete. Stāvvieta pie ieejas.",
);
const JELGAVA: Place = (
    "Jelgava",
    "Pasta iela 2",
    "Semināru telpa",
    "Uzbrauktuve pie galvenās ieejas, lifts. Indukcijas cilpas nav.",
);
const VALMIERA: Place = (
    "Valmiera",
    "Upes iela 3",
    "101. telpa",
    "Viss notiek pirmajā stāvā, piemērota tualete, stāvvieta pagalmā.",
);
const DAUGAVPILS: Place = (
    "Daugavpils",
    "Vienības iela 4",
    "Konferenču zāle",
    "Lifts, piemērota tualete, divas stāvvietas cilvēkiem ar invaliditāti.",
);
const LIEPAJA: Place = ("Liepāja", "Jūras iela 5", "Zāle", "");
const NOWHERE: Place = ("", "", "", "");

const WORK: (&str, &str) = (
    "Kā darba sludinājumā, intervijā un ikdienā pamanīt to, kas dažus atstumj.\nStrādāsim ar piemēriem no prakses, un katrs dalībnieks izveidos savas organizācijas rīcības plānu.",
    "How to notice what excludes people in job advertisements, interviews and everyday work.\nWe work with examples from practice, and everybody makes an action plan for their own organisation.",
);
const TALK: (&str, &str) = (
    "Saruna nelielā lokā par to, kā pakalpojumus un lēmumus veidot tā, lai tie būtu pieejami ikvienam.\nĪss ievads, divi piemēri un diskusija.",
    "A conversation in a small circle about services and decisions that are open to everybody.\nA short introduction, two examples and a discussion.",
);
const NEWS: (&str, &str) = (
    "Kas jauns normatīvajos aktos un praksē, un kur darba devējam meklēt palīdzību.\nBeigās būs laiks jautājumiem.",
    "What is new in law and practice, and where employers find help.\nThere is time for questions at the end.",
);

const LECTURER: &str = "Rasa Ozola-Parauga, Paraugu valsts aģentūra (izdomāta)";

use EventAudience::{Employers, Everyone, PublicSector};

const PLANS: &[Plan] = &[
    Plan {
        kind: "conference",
        sessions: &[(-62, 10, 17)],
        title: (
            "Konference „Darbavieta ikvienam”",
            "Conference “A workplace for everyone”",
        ),
        summary: NEWS,
        audience: Employers,
        language: "lv-en",
        form: Form::Both,
        place: RIGA,
        capacity: 120,
        lecturers: LECTURER,
        state: State::Announced,
    },
    Plan {
        kind: "seminar",
        sessions: &[(-45, 10, 17), (-44, 10, 17)],
        title: (
            "Seminārs: iekļaujoša personāla atlase",
            "Seminar: inclusive recruitment",
        ),
        summary: WORK,
        audience: Employers,
        language: "lv",
        form: Form::InPerson,
        place: RIGA,
        capacity: 25,
        lecturers: LECTURER,
        state: State::Announced,
    },
    Plan {
        kind: "discussion",
        sessions: &[(-30, 10, 13)],
        title: (
            "Diskusija par viegli lasāmu valodu",
            "Discussion on easy language",
        ),
        summary: TALK,
        audience: PublicSector,
        language: "lv",
        form: Form::InPerson,
        place: JELGAVA,
        capacity: 16,
        lecturers: LECTURER,
        state: State::Announced,
    },
    Plan {
        kind: "information-event",
        sessions: &[(-20, 14, 16)],
        title: (
            "Informatīvs pasākums: saprātīgi pielāgojumi",
            "Information event: reasonable accommodation",
        ),
        summary: NEWS,
        audience: Employers,
        language: "lv",
        form: Form::Remote,
        place: NOWHERE,
        capacity: 50,
        lecturers: LECTURER,
        state: State::Announced,
    },
    Plan {
        kind: "seminar",
        sessions: &[(-1, 10, 17), (1, 10, 17)],
        title: (
            "Seminārs: vecums un darba tirgus",
            "Seminar: age and the labour market",
        ),
        summary: WORK,
        audience: Employers,
        language: "lv",
        form: Form::InPerson,
        place: JELGAVA,
        capacity: 24,
        lecturers: LECTURER,
        state: State::Announced,
    },
    Plan {
        kind: "discussion",
        sessions: &[(9, 10, 13)],
        title: (
            "Diskusija: vides piekļūstamība iestādē",
            "Discussion: accessible public buildings",
        ),
        summary: TALK,
        audience: Everyone,
        language: "lv",
        form: Form::InPerson,
        place: RIGA,
        capacity: 12,
        lecturers: LECTURER,
        state: State::Announced,
    },
    Plan {
        kind: "information-event",
        sessions: &[(12, 14, 16)],
        title: (
            "Informatīvs pasākums: vienlīdzīga darba samaksa",
            "Information event: equal pay",
        ),
        summary: NEWS,
        audience: Employers,
        language: "lv",
        form: Form::Remote,
        place: NOWHERE,
        capacity: 50,
        lecturers: LECTURER,
        state: State::Announced,
    },
    Plan {
        kind: "discussion",
        sessions: &[(14, 10, 13)],
        title: (
            "Diskusija: vienlīdzīga attieksme pakalpojumos",
            "Discussion: equal treatment in services",
        ),
        summary: TALK,
        audience: Everyone,
        language: "lv",
        form: Form::InPerson,
        place: RIGA,
        capacity: 20,
        lecturers: LECTURER,
        state: State::Announced,
    },
    Plan {
        kind: "information-event",
        sessions: &[(18, 14, 16)],
        title: (
            "Informatīvs pasākums: reliģija un darbs",
            "Information event: religion and work",
        ),
        summary: NEWS,
        audience: Employers,
        language: "lv",
        form: Form::InPerson,
        place: VALMIERA,
        capacity: 30,
        lecturers: LECTURER,
        state: State::Cancelled,
    },
    Plan {
        kind: "seminar",
        sessions: &[(21, 10, 17), (22, 10, 17)],
        title: (
            "Seminārs: iekļaujoša darba vide",
            "Seminar: an inclusive workplace",
        ),
        summary: WORK,
        audience: Employers,
        language: "lv",
        form: Form::InPerson,
        place: VALMIERA,
        capacity: 25,
        lecturers: LECTURER,
        state: State::Announced,
    },
    Plan {
        kind: "information-event",
        sessions: &[(28, 11, 14)],
        title: (
            "Informatīvs pasākums: aizskaršana darbā",
            "Information event: harassment at work",
        ),
        summary: NEWS,
        audience: Everyone,
        language: "lv",
        form: Form::Both,
        place: DAUGAVPILS,
        capacity: 40,
        lecturers: LECTURER,
        state: State::Announced,
    },
    Plan {
        kind: "discussion",
        sessions: &[(30, 13, 16)],
        title: (
            "Diskusija angļu valodā: dati un vienlīdzība",
            "Discussion: data and equality",
        ),
        summary: TALK,
        audience: PublicSector,
        language: "en",
        form: Form::Remote,
        place: NOWHERE,
        capacity: 15,
        lecturers: LECTURER,
        state: State::Announced,
    },
    Plan {
        kind: "seminar",
        sessions: &[(35, 9, 16), (36, 9, 16)],
        title: (
            "Seminārs tiešsaistē: iekļaujoša vadība",
            "Online seminar: inclusive management",
        ),
        summary: WORK,
        audience: Employers,
        language: "lv",
        form: Form::Remote,
        place: NOWHERE,
        capacity: 25,
        lecturers: LECTURER,
        state: State::Announced,
    },
    Plan {
        kind: "discussion",
        sessions: &[(40, 10, 13)],
        title: ("Diskusija Liepājā", ""),
        summary: ("", ""),
        audience: PublicSector,
        language: "lv",
        form: Form::InPerson,
        place: LIEPAJA,
        capacity: 18,
        lecturers: "",
        state: State::Draft,
    },
    Plan {
        kind: "conference",
        sessions: &[(60, 10, 17)],
        title: (
            "Konference „Vienlīdzība skaitļos”",
            "Conference “Equality in figures”",
        ),
        summary: NEWS,
        audience: Everyone,
        language: "lv-en",
        form: Form::Both,
        place: RIGA,
        capacity: 150,
        lecturers: LECTURER,
        state: State::OpensIn(10),
    },
];

/// How many days before it begins an event is announced.
const ANNOUNCED_BEFORE: i64 = 70;

/// Gives the organiser every strand, and makes the events, with participants of these organisations.
pub(super) async fn fill_in(
    app: &App,
    organiser: AccountId,
    employers: &[OrganisationId],
) -> anyhow::Result<()> {
    let now = app.clock.now();
    for strand in &app.programme.strands {
        let (clock, strand) = (app.clock.clone(), strand.id.clone());
        app.db
            .write::<_, DbErr>(async move |txn| {
                events::give_strand(txn, &clock, organiser, &strand).await
            })
            .await?;
    }
    for plan in PLANS {
        let Some(kind) = app.programme.event_kind(plan.kind) else {
            continue;
        };
        let new = new_event(plan, kind, now);
        let first = new.sessions.first().map_or(now, |first| first.starts_at);
        let made = (first - TimeDelta::days(ANNOUNCED_BEFORE)).min(now - TimeDelta::days(3));
        let clock = Clock::fixed(made);
        let (state, has_text) = (plan.state, !plan.summary.0.is_empty());
        let id = app
            .db
            .write::<_, DbErr>(async move |txn| {
                let id = events::insert(txn, &clock, organiser, &new).await?;
                if has_text {
                    events::set_materials(txn, &clock, id, &[agenda()]).await?;
                }
                if state == State::Draft {
                    return Ok(None);
                }
                let lock = events::lock(txn, id).await?;
                events::publish(&lock, clock.now()).await?;
                if state == State::Cancelled {
                    let reason = "Lektore ir saslimusi. Jaunu datumu paziņosim.";
                    events::set_cancelled(&lock, now - TimeDelta::days(1), reason).await?;
                }
                Ok(Some(id))
            })
            .await?;
        let Some(id) = id else { continue };
        let wanted = participants(plan, first < now);
        let clock = Clock::fixed(made + TimeDelta::hours(1));
        let (keys, employers) = (app.field_keys.clone(), employers.to_vec());
        let has_guest = plan.title.0 == WITH_GUEST;
        app.db
            .write::<_, anyhow::Error>(async move |txn| {
                let lock = events::lock(txn, id).await?;
                for number in 0..wanted {
                    let employer = employers.get(number % (employers.len() + 1)).copied();
                    let by = (Origin::Organiser, employer);
                    register(&lock, (&clock, &keys), number, by).await?;
                }
                if has_guest {
                    // A guest who has not confirmed yet.
                    let clock = Clock::fixed(now);
                    register(&lock, (&clock, &keys), wanted, (Origin::Guest, None)).await?;
                }
                Ok(())
            })
            .await?;
    }
    Ok(())
}

/// The title of the event that is full, with people on its waiting list.
const FULL: &str = "Diskusija: vides piekļūstamība iestādē";

/// The title of an event for which a guest has registered, and not confirmed yet.
const WITH_GUEST: &str = "Informatīvs pasākums: aizskaršana darbā";

/// What the participant of this number does in their organisation.
const POSITIONS: [&str; 4] = ["juriste", "personāla speciālists", "nodaļas vadītāja", ""];

/// What the participant of this number needs.
fn needs(number: usize) -> Needs {
    let (children, access, diet, interpreter) = match number % 8 {
        1 => (vec![4, 7], "", "", false),
        3 => (Vec::new(), "", "Veģetārs ēdiens", false),
        4 => (
            Vec::new(),
            "Pārvietojos ratiņkrēslā, vajadzīgs lifts.",
            "",
            false,
        ),
        6 => (Vec::new(), "", "Veģetārs ēdiens", true),
        _ => (Vec::new(), "", "", false),
    };
    Needs {
        children,
        access: access.to_owned(),
        diet: diet.to_owned(),
        interpreter,
    }
}

/// How many people register for an event: for one of 20 places nobody, so that registering can be tried out.
fn participants(plan: &Plan, is_past: bool) -> usize {
    let capacity = usize::try_from(plan.capacity).unwrap_or_default();
    match plan.state {
        State::Announced if plan.title.0 == FULL => capacity + 4,
        State::Announced if is_past => capacity * 3 / 4,
        State::Announced if plan.capacity != 20 => capacity / 3,
        _ => 0,
    }
}

const GIVEN_NAMES: [&str; 8] = [
    "Aija", "Māris", "Zane", "Edgars", "Inga", "Kārlis", "Sanita", "Ģirts",
];
const FAMILY_NAMES: [&str; 7] = [
    "Bērziņa",
    "Liepa",
    "Krūze",
    "Egle",
    "Vītola",
    "Ziediņa",
    "Roze",
];

/// Registers an invented participant without an account.
async fn register(
    event: &events::EventLock<'_>,
    (clock, keys): (&Clock, &FieldKeys),
    number: usize,
    (origin, organisation_id): (Origin, Option<OrganisationId>),
) -> anyhow::Result<()> {
    let name = |names: &[&'static str]| names.get(number % names.len()).copied().unwrap_or("");
    let names = serde_json::json!({
        "given_name": name(&GIVEN_NAMES),
        "family_name": format!("{}-Paraugs", name(&FAMILY_NAMES)),
    });
    let names = serde_json::from_value::<people::RawNames>(names)?.into_checked();
    let email = Email::parse(&format!("dalibnieks{number}@example.com"));
    let Some(((given_name, family_name), email)) = names.zip(email) else {
        return Ok(());
    };
    let guest = people::NewGuest {
        email: email.clone(),
        given_name: given_name.clone(),
        family_name: family_name.clone(),
        lang: Lang::Lv,
    };
    let person_id = match accounts::add_guest(event.txn(), clock, &guest).await? {
        AddedGuest::HasAccount(person_id) => person_id,
        AddedGuest::Guest(guest) => guest.person_id(),
    };
    let new = NewRegistration {
        person_id,
        given_name,
        family_name,
        email,
        lang: Lang::Lv,
        organisation_id,
        role: name(&POSITIONS).to_owned(),
        origin,
        group_id: None,
        registered_by: None,
    };
    let (outcome, _) = registrations::register(event, clock, &new).await?;
    let id = outcome.registration().id;
    Ok(registrations::set_needs(event, clock, keys, id, &needs(number)).await?)
}

fn agenda() -> NewMaterial {
    NewMaterial {
        title: "Norises kārtība".to_owned(),
        url: "https://example.com/kartiba".to_owned(),
    }
}

fn new_event(plan: &Plan, kind: &EventKind, now: DateTime<Utc>) -> NewEvent {
    let sessions: Vec<NewSession> = plan
        .sessions
        .iter()
        .map(|(day, begins, ends)| session(plan, (*day, *begins, *ends), now))
        .collect();
    let starts_at = sessions.first().map_or(now, |first| first.starts_at);
    let before = |hours: u32| Some(starts_at - TimeDelta::hours(hours.into()));
    let number = |count: u32| i32::try_from(count).unwrap_or(i32::MAX);
    let text = |(lv, en): (&str, &str)| (lv.to_owned(), en.to_owned());
    NewEvent {
        kind: kind.id.clone(),
        strand: kind.strand.clone(),
        title: text(plan.title),
        summary: text(plan.summary),
        language: plan.language.to_owned(),
        audience: plan.audience,
        lecturers: plan.lecturers.to_owned(),
        contact_email: String::new(),
        capacity: plan.capacity,
        minimum: kind
            .minimum
            .map(number)
            .filter(|least| *least <= plan.capacity),
        opens_at: match plan.state {
            State::OpensIn(days) => Some(now + TimeDelta::days(days)),
            _ => None,
        },
        closes_at: before(kind.close_hours),
        cancel_until: before(kind.cancel_hours),
        offer_hours: number(kind.offer_hours),
        reminder_minutes: kind.reminder_minutes.clone(),
        needs_kept_days: number(kind.needs_kept_days),
        sessions,
    }
}

fn session(plan: &Plan, (day, begins, ends): (i64, u32, u32), now: DateTime<Utc>) -> NewSession {
    let date = Lang::riga_date(now) + TimeDelta::days(day);
    let at = |hour: u32| {
        let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        // The clock is moved at night.
        local_time::moment(date, time, Some(Occurrence::First)).unwrap_or(now)
    };
    let (city, address, room, accessibility) = plan.place;
    NewSession {
        starts_at: at(begins),
        ends_at: at(ends),
        form: plan.form,
        city: city.to_owned(),
        address: address.to_owned(),
        room: room.to_owned(),
        accessibility: accessibility.to_owned(),
        remote_url: if plan.form == Form::InPerson {
            String::new()
        } else {
            "https://example.com/pievienoties".to_owned()
        },
    }
}
