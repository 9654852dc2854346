//! Facts, counting and the managers' pages, on each available database.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveModelTrait as _, DbErr, EntityTrait as _, PaginatorTrait as _, Set};

use super::{Programme, Qualifying, UNNAMED, reassess_organisation, reconsider, record, service};
use crate::{
    audit,
    clock::Clock,
    db::{
        Db,
        entity::{
            affiliation, audit_entry, indicator_fact,
            organisation::{self, OrganisationKind, OrganisationStatus},
            person,
        },
        testing::databases,
    },
    ids::{CompletionId, FactId, OrganisationId, PersonId},
    learning::completion_source,
    people,
    programme::{UNCOUNTED, list::CountedQuery, model::FactStanding},
    testing::{Setup, TestApp, Who, assert_admits},
};

const PUBLIC: &str = "trained-public-sector";
const EMPLOYERS: &str = "trained-employers";

fn programme() -> Programme {
    let courses = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../courses");
    Programme::load(&courses).unwrap()
}

/// A database with helpers for people, organisations and events.
struct World {
    db: Db,
    clock: Clock,
    programme: Programme,
}

impl World {
    fn new(db: &Db) -> Self {
        Self {
            db: db.clone(),
            clock: Clock::fixed("2026-11-23T08:00:00Z".parse().unwrap()),
            programme: programme(),
        }
    }

    async fn organisation(
        &self,
        name: &'static str,
        kind: OrganisationKind,
        status: OrganisationStatus,
    ) -> OrganisationId {
        let row = organisation::ActiveModel {
            id: Set(self.clock.new_id()),
            name: Set(name.to_owned()),
            name_folded: Set(crate::text::fold(name)),
            kind: Set(kind),
            status: Set(status),
            created_at: Set(self.clock.now()),
            ..Default::default()
        };
        let inserted = self.db.write::<_, DbErr>(async |txn| row.insert(txn).await);
        inserted.await.unwrap().id
    }

    async fn set(
        &self,
        organisation_id: OrganisationId,
        kind: OrganisationKind,
        status: OrganisationStatus,
    ) {
        let row = organisation::ActiveModel {
            id: Set(organisation_id),
            kind: Set(kind),
            status: Set(status),
            ..Default::default()
        };
        let updated = self.db.write::<_, DbErr>(async |txn| row.update(txn).await);
        updated.await.unwrap();
    }

    async fn person(&self, family_name: &'static str, organisation_id: OrganisationId) -> PersonId {
        let (id, now) = (self.clock.new_id(), self.clock.now());
        let person = person::ActiveModel {
            id: Set(id),
            given_name: Set("Anna".to_owned()),
            family_name: Set(family_name.to_owned()),
            name_folded: Set(crate::text::fold(&format!("Anna {family_name}"))),
            has_mixed_scripts: Set(false),
            record_version: Set(0),
            created_at: Set(now),
        };
        let affiliation = affiliation::ActiveModel {
            id: Set(self.clock.new_id()),
            person_id: Set(id),
            organisation_id: Set(organisation_id),
            since: Set(NaiveDate::from_ymd_opt(2026, 1, 1).unwrap()),
            until: Set(None),
            created_at: Set(now),
        };
        let inserted = self.db.write::<_, DbErr>(async move |txn| {
            person.insert(txn).await?;
            affiliation.insert(txn).await
        });
        inserted.await.unwrap();
        id
    }

    async fn moves_to(&self, person_id: PersonId, organisation_id: OrganisationId) {
        let now = self.clock.now();
        let row = affiliation::ActiveModel {
            id: Set(self.clock.new_id()),
            person_id: Set(person_id),
            organisation_id: Set(organisation_id),
            since: Set(now.date_naive()),
            until: Set(None),
            created_at: Set(now),
        };
        let moved = self.db.write::<_, DbErr>(async move |txn| {
            use sea_orm::{ColumnTrait as _, QueryFilter as _, sea_query::Expr};
            affiliation::Entity::update_many()
                .col_expr(affiliation::Column::Until, Expr::value(now.date_naive()))
                .filter(affiliation::Column::PersonId.eq(person_id))
                .exec(txn)
                .await?;
            row.insert(txn).await
        });
        moved.await.unwrap();
    }

    async fn completes(&self, person_id: PersonId, completion_id: CompletionId, at: &str) {
        let (clock, programme) = (self.clock.clone(), self.programme.clone());
        let qualifying = Qualifying {
            source: completion_source(completion_id),
            occurred_at: at.parse::<DateTime<Utc>>().unwrap(),
        };
        let recorded = self.db.write::<_, DbErr>(async move |txn| {
            let person = people::lock(txn, person_id).await?;
            record(&person, &clock, &programme, qualifying).await
        });
        recorded.await.unwrap();
    }

    async fn reassess(&self, organisation_id: OrganisationId) {
        let (clock, programme) = (self.clock.clone(), self.programme.clone());
        let reassessed = self.db.write::<_, DbErr>(async move |txn| {
            let people = people::have_named(txn, organisation_id).await?;
            let people = people::lock_all(txn, &people).await?;
            reassess_organisation(&people, &clock, &programme, organisation_id, "a mistake").await
        });
        reassessed.await.unwrap();
    }

    /// A person who has not named an employer.
    async fn newcomer(&self) -> PersonId {
        let clock = self.clock.clone();
        let added = self
            .db
            .write::<_, DbErr>(async move |txn| people::add(txn, &clock, ("Anna", "Jauna")).await);
        added.await.unwrap()
    }

    async fn reconsider(&self, person_id: PersonId) {
        let (clock, programme) = (self.clock.clone(), self.programme.clone());
        let reconsidered = self.db.write::<_, DbErr>(async move |txn| {
            let person = people::lock(txn, person_id).await?;
            reconsider(std::slice::from_ref(&person), &clock, &programme).await
        });
        reconsidered.await.unwrap();
    }

    /// The numbers of people counted, waiting, and counted elsewhere.
    async fn figures(&self, indicator: &str) -> (usize, usize, usize) {
        let count = service::count_of(&self.db, &self.programme, indicator)
            .await
            .unwrap()
            .unwrap()
            .1;
        (
            count.counted.len(),
            count.waiting.len(),
            count.counted_elsewhere,
        )
    }

    async fn proof(&self, indicator: &str, fact: FactId) -> service::FactProof {
        service::proof(&self.db, &self.programme, indicator, fact)
            .await
            .unwrap()
            .unwrap()
    }

    async fn facts(&self) -> Vec<indicator_fact::Model> {
        use sea_orm::QueryOrder as _;
        indicator_fact::Entity::find()
            .order_by_asc(indicator_fact::Column::Id)
            .all(self.db.read())
            .await
            .unwrap()
    }
}

#[tokio::test]
async fn a_record_counts_once_and_a_person_once() {
    for db in databases().await {
        let world = World::new(&db);
        let office = world
            .organisation(
                "Pārvalde",
                OrganisationKind::StateInstitution,
                OrganisationStatus::Approved,
            )
            .await;
        let anna = world.person("Viena", office).await;
        let (first, second) = (CompletionId::from_u128(1), CompletionId::from_u128(2));
        world.completes(anna, first, "2026-03-01T10:00:00Z").await;
        world.completes(anna, first, "2026-03-01T10:00:00Z").await;
        assert_eq!(world.facts().await.len(), 1);

        world.completes(anna, second, "2026-04-01T10:00:00Z").await;
        assert_eq!(world.figures(PUBLIC).await, (1, 0, 0));
        let facts = world.facts().await;
        let proof = world.proof(PUBLIC, facts[0].id).await;
        assert_eq!(proof.standing, FactStanding::Counts);
        let again = world.proof(PUBLIC, facts[1].id).await.standing;
        assert!(matches!(again, FactStanding::Repeats(by) if by.id == facts[0].id));
    }
}

#[tokio::test]
async fn a_record_stays_one_when_its_person_has_moved() {
    for db in databases().await {
        let world = World::new(&db);
        let office = world
            .organisation(
                "Pārvalde",
                OrganisationKind::StateInstitution,
                OrganisationStatus::Approved,
            )
            .await;
        let society = world
            .organisation(
                "Biedrība",
                OrganisationKind::Association,
                OrganisationStatus::Approved,
            )
            .await;
        let anna = world.person("Viena", office).await;
        world
            .completes(anna, CompletionId::from_u128(1), "2026-03-01T10:00:00Z")
            .await;
        world.moves_to(anna, society).await;
        world
            .completes(anna, CompletionId::from_u128(1), "2026-03-01T10:00:00Z")
            .await;
        assert_eq!(world.facts().await.len(), 1);

        world
            .completes(anna, CompletionId::from_u128(2), "2026-05-01T10:00:00Z")
            .await;
        assert_eq!(world.figures(PUBLIC).await, (1, 0, 0));
        assert_eq!(world.figures(EMPLOYERS).await, (0, 0, 1));
    }
}

#[tokio::test]
async fn proposed_organisations_wait_and_rejected_ones_do_not_count() {
    for db in databases().await {
        let world = World::new(&db);
        let kind = OrganisationKind::MunicipalInstitution;
        let school = world
            .organisation("Skola", kind, OrganisationStatus::Proposed)
            .await;
        let anna = world.person("Viena", school).await;
        world
            .completes(anna, CompletionId::from_u128(1), "2026-03-01T10:00:00Z")
            .await;
        let fact = world.facts().await[0].id;
        assert_eq!(world.figures(PUBLIC).await, (0, 1, 0));
        assert_eq!(
            world.proof(PUBLIC, fact).await.standing,
            FactStanding::Waits
        );

        world.set(school, kind, OrganisationStatus::Rejected).await;
        assert_eq!(world.figures(PUBLIC).await, (0, 0, 0));
        let standing = world.proof(PUBLIC, fact).await.standing;
        assert_eq!(standing, FactStanding::OrganisationRejected);

        world.set(school, kind, OrganisationStatus::Approved).await;
        assert_eq!(world.figures(PUBLIC).await, (1, 0, 0));
    }
}

#[tokio::test]
async fn a_record_without_an_employer_waits_and_counts_once_when_it_is_known() {
    for db in databases().await {
        let world = World::new(&db);
        let office = world
            .organisation(
                "Pārvalde",
                OrganisationKind::StateInstitution,
                OrganisationStatus::Approved,
            )
            .await;
        let society = world
            .organisation(
                "Biedrība",
                OrganisationKind::Association,
                OrganisationStatus::Approved,
            )
            .await;
        let waiting = async || service::count_unnamed(&world.db).await.unwrap();
        let anna = world.newcomer().await;
        for record in [1, 1, 2] {
            let at = format!("2026-0{}-01T10:00:00Z", 2 + record);
            world
                .completes(anna, CompletionId::from_u128(record), &at)
                .await;
        }
        let facts = world.facts().await;
        assert_eq!(facts.len(), 2, "a record waits once");
        assert_eq!(facts[0].organisation_id, None);
        assert_eq!(world.figures(PUBLIC).await, (0, 0, 0));
        assert_eq!(waiting().await, 1, "two records of one person");
        let proof = world.proof(UNNAMED, facts[0].id).await;
        assert_eq!(proof.standing, FactStanding::Unnamed);
        let why = super::not_counted(&world.db, anna).await.unwrap();
        assert_eq!(why, Some(super::NotCounted::Unnamed));

        // Nothing was named: nothing changes.
        world.reconsider(anna).await;
        assert_eq!(world.facts().await.len(), 2);

        world.moves_to(anna, office).await;
        for _ in 0..2 {
            world.reconsider(anna).await;
            assert_eq!(world.figures(PUBLIC).await, (1, 0, 0));
            assert_eq!(world.figures(EMPLOYERS).await, (0, 0, 0));
            assert_eq!(waiting().await, 0);
        }
        let facts = world.facts().await;
        assert_eq!(facts.len(), 4, "what waited is kept, superseded");
        let proof = world.proof(UNNAMED, facts[0].id).await;
        assert_eq!(proof.standing, FactStanding::Superseded);
        assert_eq!(proof.fact.reason.as_deref(), Some("employer-known"));
        let next = proof.corrected_by.unwrap();
        assert_eq!(next.occurred_at, facts[0].occurred_at, "as of the event");
        let proof = world.proof(PUBLIC, next.id).await;
        assert_eq!(proof.standing, FactStanding::Counts);
        assert!(proof.named_later.is_some());

        // A later change of employer does not count the person twice.
        world.moves_to(anna, society).await;
        world.reconsider(anna).await;
        world
            .completes(anna, CompletionId::from_u128(3), "2026-12-01T10:00:00Z")
            .await;
        assert_eq!(world.figures(PUBLIC).await, (1, 0, 0));
        assert_eq!(world.figures(EMPLOYERS).await, (0, 0, 1));
    }
}

#[tokio::test]
async fn what_waits_for_an_employer_goes_on_waiting_while_only_a_rejected_one_is_named() {
    for db in databases().await {
        let world = World::new(&db);
        let shop = world
            .organisation(
                "Veikals",
                OrganisationKind::StateInstitution,
                OrganisationStatus::Rejected,
            )
            .await;
        let anna = world.newcomer().await;
        world
            .completes(anna, CompletionId::from_u128(1), "2026-03-01T10:00:00Z")
            .await;
        world.moves_to(anna, shop).await;
        world.reconsider(anna).await;
        assert_eq!(world.figures(PUBLIC).await, (0, 0, 0));
        assert_eq!(service::count_unnamed(&world.db).await.unwrap(), 1);

        world
            .set(
                shop,
                OrganisationKind::StateInstitution,
                OrganisationStatus::Proposed,
            )
            .await;
        world.reconsider(anna).await;
        assert_eq!(world.figures(PUBLIC).await, (0, 1, 0));
        assert_eq!(service::count_unnamed(&world.db).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn a_corrected_kind_moves_facts_with_a_reason_and_loses_none() {
    for db in databases().await {
        let world = World::new(&db);
        let approved = OrganisationStatus::Approved;
        let office = world
            .organisation("Centrs", OrganisationKind::Other, approved)
            .await;
        let anna = world.person("Viena", office).await;
        world
            .completes(anna, CompletionId::from_u128(1), "2026-03-01T10:00:00Z")
            .await;
        assert_eq!(world.figures(PUBLIC).await, (0, 0, 0));
        let kept = world.facts().await[0].id;
        let proof = world.proof(UNCOUNTED, kept).await;
        assert_eq!(proof.standing, FactStanding::Uncounted);

        for (kind, public, employers) in [
            (OrganisationKind::PublicCompany, 1, 0),
            (OrganisationKind::Association, 0, 1),
            (OrganisationKind::StateInstitution, 1, 0),
            (OrganisationKind::StateInstitution, 1, 0),
        ] {
            world.set(office, kind, approved).await;
            world.reassess(office).await;
            assert_eq!(world.figures(PUBLIC).await, (public, 0, 0));
            assert_eq!(world.figures(EMPLOYERS).await, (employers, 0, 0));
        }

        let facts = world.facts().await;
        assert_eq!(facts.len(), 4, "superseded facts are kept");
        let first = world.proof(UNCOUNTED, kept).await;
        assert_eq!(first.standing, FactStanding::Superseded);
        assert_eq!(first.fact.reason.as_deref(), Some("a mistake"));
        let next = first.corrected_by.unwrap();
        assert_eq!(next.id, facts[1].id);
        let second = world.proof(PUBLIC, next.id).await;
        assert_eq!(second.corrects, [first.fact]);
        assert_eq!(next.occurred_at, facts[0].occurred_at);
    }
}

#[tokio::test]
async fn a_fact_is_shown_under_its_own_indicator_only() {
    for db in databases().await {
        let world = World::new(&db);
        let office = world
            .organisation(
                "Pārvalde",
                OrganisationKind::StateInstitution,
                OrganisationStatus::Approved,
            )
            .await;
        let anna = world.person("Viena", office).await;
        world
            .completes(anna, CompletionId::from_u128(1), "2026-03-01T10:00:00Z")
            .await;
        let fact = world.facts().await[0].id;
        let found = service::proof(&world.db, &world.programme, EMPLOYERS, fact).await;
        assert!(found.unwrap().is_none());
    }
}

/// A fact as the property test makes it: person, indicator, organisation, day, whether it was superseded.
type Made = (usize, usize, usize, i64, bool);

#[tokio::test]
async fn the_database_counts_as_the_model_does() {
    use proptest::{
        collection::vec, prelude::*, strategy::ValueTree as _, test_runner::TestRunner,
    };
    use sea_orm::sea_query::Expr;

    const INDICATORS: [&str; 4] = [PUBLIC, EMPLOYERS, UNCOUNTED, UNNAMED];
    // Few days and people, so that ties, repetitions and changes of employer are frequent. Seeded.
    let made = vec(
        (
            0_usize..5,
            0_usize..4,
            0_usize..4,
            0_i64..4,
            prop::bool::weighted(0.2),
        ),
        0..24,
    );
    for db in databases().await {
        let world = World::new(&db);
        let mut organisations = Vec::new();
        for (name, status) in [
            ("Viena", OrganisationStatus::Approved),
            ("Otra", OrganisationStatus::Approved),
            ("Trešā", OrganisationStatus::Proposed),
            ("Ceturtā", OrganisationStatus::Rejected),
        ] {
            let kind = OrganisationKind::StateInstitution;
            organisations.push(world.organisation(name, kind, status).await);
        }
        let mut people = Vec::new();
        for _ in 0..5 {
            people.push(world.newcomer().await);
        }
        let mut runner = TestRunner::deterministic();
        let mut counted = 0;
        for _ in 0..40 {
            let rows: Vec<Made> = made.new_tree(&mut runner).unwrap().current();
            let facts: Vec<_> = rows
                .iter()
                .map(|(person, indicator, organisation, day, is_superseded)| {
                    indicator_fact::ActiveModel {
                        id: Set(world.clock.new_id()),
                        indicator_id: Set(INDICATORS[*indicator].to_owned()),
                        person_id: Set(people[*person]),
                        organisation_id: Set((INDICATORS[*indicator] != UNNAMED)
                            .then(|| organisations[*organisation])),
                        source_kind: Set("completion".to_owned()),
                        source_id: Set(world.clock.new_id()),
                        occurred_at: Set(DateTime::from_timestamp(86_400 * day, 0).unwrap()),
                        created_at: Set(world.clock.now()),
                        superseded_by: Set(is_superseded.then(|| world.clock.new_id())),
                        reason: Set(None),
                    }
                })
                .collect();
            let written = db.write::<_, DbErr>(async move |txn| {
                use sea_orm::QueryFilter as _;
                indicator_fact::Entity::delete_many()
                    .filter(Expr::cust("1 = 1"))
                    .exec(txn)
                    .await?;
                for fact in facts {
                    fact.insert(txn).await?;
                }
                Ok(())
            });
            written.await.unwrap();
            let all = super::store::holding_facts(db.read()).await.unwrap();
            for (indicator, count) in service::counts_of_all(&db, &world.programme).await.unwrap() {
                let expected = super::model::count(&world.programme, indicator, &all);
                assert_eq!(count, expected, "{} of {rows:?}", indicator.id);
                counted += count.counted.len() + count.waiting.len() + count.counted_elsewhere;
            }
        }
        assert!(
            counted > 100,
            "too little was counted to prove anything: {counted}"
        );
    }
}

fn setup() -> Setup {
    TestApp::build().programme(programme())
}

/// A platform with one person counted and one waiting.
async fn with_people(app: &TestApp) -> FactId {
    let world = World::new(&app.db);
    let office = world
        .organisation(
            "=cmd \"Pārvalde\"",
            OrganisationKind::StateInstitution,
            OrganisationStatus::Approved,
        )
        .await;
    let school = world
        .organisation(
            "Skola",
            OrganisationKind::MunicipalInstitution,
            OrganisationStatus::Proposed,
        )
        .await;
    let (counted, waiting) = (
        world.person("Šķēle", office).await,
        world.person("Āboliņa", school).await,
    );
    world
        .completes(counted, CompletionId::from_u128(1), "2026-03-01T10:00:00Z")
        .await;
    world
        .completes(waiting, CompletionId::from_u128(2), "2026-04-01T10:00:00Z")
        .await;
    world.facts().await[0].id
}

#[actix_web::test]
async fn the_pages_are_for_managers_alone() {
    let app = setup().start().await;
    let fact = with_people(&app).await;
    for path in [
        "/lv/manage".to_owned(),
        "/en/manage/indicators".to_owned(),
        format!("/lv/manage/indicators/{PUBLIC}"),
        format!("/lv/manage/indicators/{PUBLIC}/export.csv"),
        format!("/lv/manage/indicators/{UNNAMED}"),
        format!("/lv/manage/indicators/{UNNAMED}/export.xlsx"),
        format!("/en/manage/indicators/{PUBLIC}/facts/{fact}"),
    ] {
        assert_admits(&app, &path, &[Who::Manager]).await;
    }
}

#[actix_web::test]
async fn a_figure_leads_to_the_completion_behind_it() {
    for db in databases().await {
        let app = setup().start_on(db).await;
        let fact = with_people(&app).await;
        let mut manager = app.client(Who::Manager).await;

        let page = manager.get("/lv/manage/indicators").await;
        let heads = format!("/lv/manage/indicators/{PUBLIC}");
        assert!(page.has(&format!("href=\"{heads}\"")) && page.has("no 1200 personām"));
        assert!(page.has("<svg") && !page.has("style="));

        let page = manager.get(&heads).await;
        let proof = format!("{heads}/facts/{fact}");
        assert!(page.has("Anna Šķēle") && page.has("Anna Āboliņa") && page.has(&proof));
        let page = manager.get(&format!("{heads}?q=skele&sort=name")).await;
        assert!(page.has("Anna Šķēle") && page.has("aria-sort=\"ascending\""));
        let page = manager.get(&format!("{heads}?q=nobody&page=99")).await;
        assert!(!page.has("Anna Šķēle"));

        let page = manager.get(&proof).await;
        let completion = format!("/lv/manage/completions/{}", CompletionId::from_u128(1));
        assert!(page.has(&format!("href=\"{completion}\"")));

        for nowhere in [
            "/lv/manage/indicators/nothing".to_owned(),
            "/lv/manage/indicators/nothing/export.csv".to_owned(),
            format!("{heads}/facts/x"),
            format!("{heads}/facts/{}", FactId::NIL),
            format!("/lv/manage/indicators/{EMPLOYERS}/facts/{fact}"),
        ] {
            assert_eq!(manager.get(&nowhere).await.status, 404, "{nowhere}");
        }
    }
}

#[actix_web::test]
async fn the_export_is_safe_to_open_and_is_audited() {
    for db in databases().await {
        let app = setup().start_on(db).await;
        with_people(&app).await;
        let mut manager = app.client(Who::Manager).await;
        let path = format!("/lv/manage/indicators/{PUBLIC}/export.csv");
        let page = manager.get(&path).await;
        let lines: Vec<&str> = page.text.lines().collect();
        assert!(lines[0].starts_with("\u{feff}Persona;Organizācija;"));
        assert!(lines[1].starts_with("Anna Āboliņa;Skola;"));
        assert!(lines[2].starts_with("Anna Šķēle;\"'=cmd \"\"Pārvalde\"\"\";"));
        assert_eq!(lines.len(), 3);
        let disposition = page.headers.get("content-disposition").unwrap();
        assert!(disposition.to_str().unwrap().contains("-2026-11-23.csv"));

        let entries = audit_entry::Entity::find()
            .all(app.db.read())
            .await
            .unwrap();
        let entry = entries.last().unwrap();
        assert_eq!(entry.action, "list.exported");
        assert_eq!(entry.actor_account_id, Some(manager.account_id));
        assert_eq!(entry.detail["rows"], 2);
        assert!(audit::verify_chain(&app.db).await.unwrap().is_ok());
    }
}

#[actix_web::test]
async fn people_are_listed_in_the_order_and_part_that_is_asked_for() {
    for db in databases().await {
        let app = setup().start_on(db).await;
        let world = World::new(&app.db);
        let office = world
            .organisation(
                "„Ozols” pārvalde",
                OrganisationKind::StateInstitution,
                OrganisationStatus::Approved,
            )
            .await;
        let school = world
            .organisation(
                "Ābeļu skola",
                OrganisationKind::MunicipalInstitution,
                OrganisationStatus::Proposed,
            )
            .await;
        let at = ["2026-03-01", "2026-04-01", "2026-05-01", "2026-06-01"];
        for (index, (family, organisation)) in [
            ("Šķēle", office),
            ("Stūre", office),
            ("Āboliņa", school),
            ("Čakle", office),
        ]
        .into_iter()
        .enumerate()
        {
            let person = world.person(family, organisation).await;
            let source = CompletionId::from_u128(index as u128 + 1);
            let moment = format!("{}T10:00:00Z", at[index]);
            world.completes(person, source, &moment).await;
            // Another completion does not list a person twice.
            let again = CompletionId::from_u128(index as u128 + 100);
            world.completes(person, again, "2026-07-01T10:00:00Z").await;
        }
        let listed = async |asked: &str| {
            let indicator = world.programme.indicator(PUBLIC).unwrap();
            let query = CountedQuery::read(asked, indicator);
            let extent = query.list.extent();
            let found =
                service::counted_people(&app.db, &world.programme, indicator, &query, extent);
            let found = found.await.unwrap();
            let names: Vec<String> = found.rows.into_iter().map(|one| one.family_name).collect();
            (names, found.total)
        };
        for (asked, names) in [
            ("", vec!["Čakle", "Āboliņa", "Stūre", "Šķēle"]),
            ("order=asc", vec!["Šķēle", "Stūre", "Āboliņa", "Čakle"]),
            ("sort=name", vec!["Āboliņa", "Čakle", "Stūre", "Šķēle"]),
            (
                "sort=name&order=desc",
                vec!["Šķēle", "Stūre", "Čakle", "Āboliņa"],
            ),
            (
                "sort=organisation",
                vec!["Āboliņa", "Čakle", "Stūre", "Šķēle"],
            ),
            ("state=waiting", vec!["Āboliņa"]),
            ("state=counted&sort=name", vec!["Čakle", "Stūre", "Šķēle"]),
            ("kind=municipal-institution", vec!["Āboliņa"]),
            ("q=ozols+SKELE", vec!["Šķēle"]),
            ("q=nobody", vec![]),
            ("page=9", vec!["Čakle", "Āboliņa", "Stūre", "Šķēle"]),
        ] {
            let total = names.len() as u64;
            let names = names.into_iter().map(str::to_owned).collect();
            assert_eq!(listed(asked).await, (names, total), "{asked}");
        }
    }
}

#[actix_web::test]
async fn a_person_without_an_employer_is_listed_once() {
    for db in databases().await {
        let app = setup().start_on(db).await;
        let world = World::new(&app.db);
        let newcomer = world.newcomer().await;
        world
            .completes(newcomer, CompletionId::from_u128(1), "2026-03-01T10:00:00Z")
            .await;
        world
            .completes(newcomer, CompletionId::from_u128(2), "2026-04-01T10:00:00Z")
            .await;
        let mut manager = app.client(Who::Manager).await;
        let list = format!("/lv/manage/indicators/{UNNAMED}");
        let page = manager.get("/lv/manage/indicators").await;
        assert!(page.has(&format!("href=\"{list}\"")));
        let page = manager.get(&list).await;
        assert!(page.has("Anna Jauna") && page.has("1.–1. no 1"));
        let first = &world.facts().await[0];
        assert!(page.has(&format!("{list}/facts/{}", first.id)));
        let page = manager.get(&format!("{list}?q=jauna&sort=name")).await;
        assert!(page.has("Anna Jauna"));
        let page = manager.get(&format!("{list}?q=cita")).await;
        assert!(!page.has("Anna Jauna") && page.has("Nekas nav atrasts"));
        let file = manager.get(&format!("{list}/export.csv")).await;
        assert!(
            file.text
                .lines()
                .nth(1)
                .unwrap()
                .starts_with("Anna Jauna;;;2026-03-01;")
        );

        let office = world
            .organisation(
                "Pārvalde",
                OrganisationKind::StateInstitution,
                OrganisationStatus::Approved,
            )
            .await;
        world.moves_to(newcomer, office).await;
        world.reconsider(newcomer).await;
        let page = manager.get(&list).await;
        assert!(!page.has("Anna Jauna") && page.has("ir norādījušas, kur strādā"));
    }
}

#[actix_web::test]
async fn opening_pages_changes_nothing() {
    let app = setup().start().await;
    with_people(&app).await;
    let mut manager = app.client(Who::Manager).await;
    manager.get("/lv/manage/indicators").await;
    let entries = audit_entry::Entity::find()
        .count(app.db.read())
        .await
        .unwrap();
    assert_eq!(entries, 0);
}
