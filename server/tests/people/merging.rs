//! Merging two records of one organisation, and undoing it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, Set, sea_query::Expr,
};
use server::{
    audit,
    db::entity::{
        affiliation, indicator_fact,
        organisation::{self, OrganisationKind, OrganisationStatus},
        organisation_merge,
    },
    ids::{AccountId, MergeId, OrganisationId, PersonId, SourceId},
    organisations::{self, MergeError, Merging, Returned, UndoError},
    people, programme,
    source::{Source, SourceKind},
    testing::{TestApp, Who},
};

/// A platform with people, whose completions count.
struct World {
    app: TestApp,
    actor: AccountId,
}

/// Somebody who is counted or waits, their organisation and the time.
type Head = (PersonId, OrganisationId, DateTime<Utc>);

/// The indicator, the person, the organisation, the source and the time of a fact.
type Fact = (
    String,
    PersonId,
    Option<OrganisationId>,
    SourceId,
    DateTime<Utc>,
);

/// What the indicators count and what is in force, in a form that is the same after an undone merge.
#[derive(Debug, Clone, PartialEq, Eq)]
struct State {
    /// Of each indicator: those counted and those waiting, with their organisation and time.
    counts: BTreeMap<String, [Vec<Head>; 2]>,
    facts: BTreeSet<Fact>,
    affiliations: Vec<affiliation::Model>,
    organisations: Vec<organisation::Model>,
}

impl World {
    async fn on_each_database() -> Vec<Self> {
        let mut worlds = Vec::new();
        for app in TestApp::on_each_database().await {
            let actor = app.client(Who::Manager).await.account_id;
            worlds.push(Self { app, actor });
        }
        worlds
    }

    async fn write<T: Send + 'static>(
        &self,
        work: impl AsyncFnOnce(&server::db::Transaction) -> Result<T, DbErr> + Send + 'static,
    ) -> T {
        self.app.app.db.write::<_, DbErr>(work).await.unwrap()
    }

    async fn set_status(&self, id: OrganisationId, status: OrganisationStatus) {
        let row = organisation::ActiveModel {
            id: Set(id),
            status: Set(status),
            ..Default::default()
        };
        self.write(async |txn| row.update(txn).await).await;
    }

    async fn person(&self) -> PersonId {
        let clock = self.app.app.clock.clone();
        self.write(async move |txn| people::add(txn, &clock, ("Anna", "Parauga")).await)
            .await
    }

    /// They name an employer now.
    async fn names(&self, person_id: PersonId, organisation_id: OrganisationId) {
        let clock = self.app.app.clock.clone();
        let now = clock.now();
        let row = affiliation::ActiveModel {
            id: Set(clock.new_id()),
            person_id: Set(person_id),
            organisation_id: Set(organisation_id),
            since: Set(now.date_naive()),
            until: Set(None),
            created_at: Set(now),
        };
        self.write(async move |txn| {
            affiliation::Entity::update_many()
                .col_expr(affiliation::Column::Until, Expr::value(now.date_naive()))
                .filter(affiliation::Column::PersonId.eq(person_id))
                .filter(affiliation::Column::Until.is_null())
                .exec(txn)
                .await?;
            row.insert(txn).await
        })
        .await;
    }

    /// They complete something now.
    async fn completes(&self, person_id: PersonId) {
        let (clock, programme) = (self.app.app.clock.clone(), self.app.app.programme.clone());
        let qualifying = programme::Qualifying {
            source: Source {
                kind: SourceKind::new("completion"),
                id: clock.new_id(),
            },
            occurred_at: clock.now(),
        };
        self.write(async move |txn| {
            let person = people::lock(txn, person_id).await?;
            programme::record(&person, &clock, &programme, qualifying).await
        })
        .await;
    }

    fn later(&self) {
        self.app.clock_control.advance(TimeDelta::days(1));
    }

    async fn merge(
        &self,
        kept: OrganisationId,
        merged: OrganisationId,
    ) -> Result<MergeId, MergeError> {
        let app = &self.app.app;
        let on_change = &app.organisations.on_change;
        let merging = Merging { kept, merged };
        organisations::merge(&app.clock, &app.db, on_change, self.actor, merging).await?;
        let newest = organisation_merge::Entity::find()
            .order_by_desc(organisation_merge::Column::Id)
            .one(app.db.read())
            .await;
        Ok(newest.unwrap().unwrap().id)
    }

    async fn undo(&self, id: MergeId) -> Result<Returned, UndoError> {
        let app = &self.app.app;
        let on_change = &app.organisations.on_change;
        organisations::undo_merge(&app.clock, &app.db, on_change, self.actor, id).await
    }

    async fn state(&self) -> State {
        let app = &self.app.app;
        let counts = programme::counts_of_all(&app.db, &app.programme)
            .await
            .unwrap();
        let facts = indicator_fact::Entity::find()
            .filter(indicator_fact::Column::SupersededBy.is_null())
            .all(app.db.read())
            .await
            .unwrap();
        let facts = facts.into_iter().map(|fact| {
            let (person, of) = (fact.person_id, fact.organisation_id);
            (
                fact.indicator_id,
                person,
                of,
                fact.source_id,
                fact.occurred_at,
            )
        });
        State {
            counts: counts
                .into_iter()
                .map(|(indicator, count)| {
                    let facts = [count.counted, count.waiting].map(|facts| {
                        facts
                            .into_iter()
                            .map(|fact| (fact.person_id, fact.organisation_id, fact.occurred_at))
                            .collect()
                    });
                    (indicator.id.clone(), facts)
                })
                .collect(),
            facts: facts.collect(),
            affiliations: affiliation::Entity::find()
                .order_by_asc(affiliation::Column::Id)
                .all(app.db.read())
                .await
                .unwrap(),
            organisations: organisation::Entity::find()
                .order_by_asc(organisation::Column::Id)
                .all(app.db.read())
                .await
                .unwrap(),
        }
    }
}

impl State {
    /// Who counts, for any indicator; each once.
    fn counted(&self) -> BTreeSet<PersonId> {
        let mut people = BTreeSet::new();
        for [counted, _] in self.counts.values() {
            for (person, ..) in counted {
                assert!(people.insert(*person), "{person} counts twice");
            }
        }
        people
    }

    fn names(&self, organisation_id: OrganisationId) -> bool {
        let by_people = self.affiliations.iter();
        let by_facts = self.facts.iter();
        by_people
            .map(|row| row.organisation_id)
            .any(|id| id == organisation_id)
            || by_facts
                .map(|fact| fact.2)
                .any(|id| id == Some(organisation_id))
    }
}

#[actix_web::test]
async fn a_merge_moves_everything_counts_each_person_once_and_is_undone_exactly() {
    for world in World::on_each_database().await {
        let app = &world.app;
        let kept = app
            .organisation("Rīta pārvalde", OrganisationKind::StateInstitution)
            .await;
        let merged = app
            .organisation("Rīta parvalde", OrganisationKind::Association)
            .await;
        // One at each, one who moved between them and completed something at both, one who waits at the second.
        let people = [
            world.person().await,
            world.person().await,
            world.person().await,
        ];
        let [at_kept, at_merged, at_both] = people;
        world.names(at_kept, kept).await;
        world.names(at_merged, merged).await;
        world.names(at_both, merged).await;
        for person in people {
            world.completes(person).await;
        }
        world.later();
        world.names(at_both, kept).await;
        world.completes(at_both).await;
        let before = world.state().await;
        assert_eq!(before.counted().len(), 3);

        world.later();
        let id = world.merge(kept, merged).await.unwrap();
        let after = world.state().await;
        assert!(!after.names(merged) && after.names(kept));
        assert_eq!(after.counted(), before.counted());
        let [public, waiting] = &after.counts["trained-public-sector"];
        assert_eq!((public.len(), waiting.len()), (3, 0), "{:?}", after.counts);
        assert!(public.iter().all(|(_, of, _)| *of == kept));
        let of_merged = |row: &&organisation::Model| row.id == merged;
        let row = after.organisations.iter().find(of_merged).unwrap();
        assert_eq!(row.status, OrganisationStatus::Merged);

        let returned = world.undo(id).await.unwrap();
        assert_eq!(world.state().await, before);
        assert_eq!((returned.people, returned.changed), (2, 0));
        assert!(matches!(world.undo(id).await, Err(UndoError::Undone)));
        assert_eq!(audit::verify_chain(&app.db).await.unwrap(), Ok(2));
        // And again.
        let id = world.merge(kept, merged).await.unwrap();
        assert_eq!(world.state().await.counts, after.counts);
        world.undo(id).await.unwrap();
        assert_eq!(world.state().await, before);
    }
}

#[actix_web::test]
async fn what_was_done_after_a_merge_goes_back_with_its_people_and_what_was_changed_stays() {
    for world in World::on_each_database().await {
        let app = &world.app;
        let kind = OrganisationKind::StateInstitution;
        let kept = app.organisation("Viena", kind).await;
        let merged = app.organisation("Otra", kind).await;
        let third = app.organisation("Trešā", kind).await;
        let (one, gone) = (world.person().await, world.person().await);
        for person in [one, gone] {
            world.names(person, merged).await;
            world.completes(person).await;
        }
        world.later();
        let id = world.merge(kept, merged).await.unwrap();
        world.later();
        // One completes something more, a third person names the organisation that goes on, another moves away.
        world.completes(one).await;
        let new = world.person().await;
        world.names(new, kept).await;
        world.completes(new).await;
        world.names(gone, third).await;
        // A correction by hand: their first statement is of the third now.
        world
            .write(async move |txn| {
                affiliation::Entity::update_many()
                    .col_expr(affiliation::Column::OrganisationId, Expr::value(third))
                    .filter(affiliation::Column::PersonId.eq(gone))
                    .exec(txn)
                    .await
            })
            .await;
        let returned = world.undo(id).await.unwrap();
        assert_eq!((returned.people, returned.changed), (1, 1));
        let state = world.state().await;
        let of = |person: PersonId| -> Vec<_> {
            let facts = state.facts.iter().filter(|fact| fact.1 == person);
            facts.map(|fact| fact.2).collect()
        };
        assert_eq!(of(one), [Some(merged), Some(merged)], "also what is new");
        assert_eq!(of(new), [Some(kept)]);
        assert_eq!(state.counted().len(), 3);
    }
}

#[actix_web::test]
async fn merges_in_a_row_are_undone_from_the_last_and_some_are_refused() {
    for world in World::on_each_database().await {
        let app = &world.app;
        let kind = OrganisationKind::Association;
        let mut ids = Vec::new();
        for name in ["Pirmā", "Otrā", "Trešā", "Ieteiktā", "Noraidītā"] {
            ids.push(app.organisation(name, kind).await);
        }
        let [first, second, third, proposed, rejected] = ids.try_into().unwrap();
        world
            .set_status(proposed, OrganisationStatus::Proposed)
            .await;
        world
            .set_status(rejected, OrganisationStatus::Rejected)
            .await;
        let person = world.person().await;
        world.names(person, first).await;
        world.completes(person).await;
        let before = world.state().await;

        assert!(matches!(
            world.merge(first, first).await,
            Err(MergeError::Same)
        ));
        let refused = world.merge(proposed, first).await;
        assert!(matches!(refused, Err(MergeError::WouldNotCount)));
        for (kept, merged) in [(first, rejected), (rejected, first)] {
            let refused = world.merge(kept, merged).await;
            assert!(matches!(refused, Err(MergeError::NotStanding)));
        }
        let one = world.merge(second, first).await.unwrap();
        assert!(matches!(
            world.merge(second, first).await,
            Err(MergeError::NotStanding)
        ));
        let two = world.merge(third, second).await.unwrap();
        let after = world.state().await;
        assert!(after.names(third) && !after.names(first) && !after.names(second));
        for name in ["Pirmā", "otra", "trešā"] {
            let (found, _) = organisations::search(&app.app.db, name).await.unwrap();
            let found: Vec<_> = found.into_iter().map(|one| one.id).collect();
            assert_eq!(found, [third], "{name}");
        }
        assert!(matches!(world.undo(one).await, Err(UndoError::MergedOn)));
        world.undo(two).await.unwrap();
        world.undo(one).await.unwrap();
        assert_eq!(world.state().await, before);
    }
}

/// Numbers drawn with a seed.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

#[actix_web::test]
async fn whatever_people_did_a_merge_counts_them_once_and_is_undone_exactly() {
    const KINDS: [OrganisationKind; 3] = [
        OrganisationKind::StateInstitution,
        OrganisationKind::EnterpriseSmall,
        OrganisationKind::Other,
    ];
    for world in World::on_each_database().await {
        for seed in 1..=5 {
            let mut draw = Draw(seed);
            let (mut organisations, mut kinds) = (Vec::new(), Vec::new());
            for name in ["Alfa", "Beta", "Gamma"] {
                let kind = KINDS[draw.below(KINDS.len())];
                organisations.push(world.app.organisation(name, kind).await);
                kinds.push(kind);
            }
            let mut people = Vec::new();
            for _ in 0..5 {
                people.push(world.person().await);
            }
            for _ in 0..30 {
                world.later();
                let person = people[draw.below(people.len())];
                if draw.below(2) == 0 {
                    let at = organisations[draw.below(organisations.len())];
                    world.names(person, at).await;
                } else {
                    world.completes(person).await;
                }
            }
            let before = world.state().await;
            let counted = before.counted();
            let kept = draw.below(organisations.len());
            let merged = (kept + 1) % organisations.len();
            let is_same_kind = kinds[kept] == kinds[merged];
            let (kept, merged) = (organisations[kept], organisations[merged]);
            world.later();
            let id = world.merge(kept, merged).await.unwrap();
            let after = world.state().await;
            assert!(!after.names(merged), "seed {seed}");
            let counted_after = after.counted();
            if is_same_kind {
                assert_eq!(counted_after, counted, "seed {seed}");
            }
            world.undo(id).await.unwrap();
            assert_eq!(world.state().await, before, "seed {seed}");
        }
    }
}

#[actix_web::test]
async fn a_manager_sees_what_moves_merges_and_undoes() {
    for world in World::on_each_database().await {
        let app = &world.app;
        let kept = app
            .organisation("Rīta pārvalde", OrganisationKind::StateInstitution)
            .await;
        let merged = app
            .organisation("Rīta pārvalde (dublis)", OrganisationKind::Association)
            .await;
        let mut manager = app.client(Who::Manager).await;
        let mut learner = app.client(Who::Learner).await;
        world.names(learner.person_id, merged).await;
        world.completes(learner.person_id).await;

        let record = format!("/lv/manage/organisations/{kept}");
        assert!(manager.get(&record).await.has(&format!("{record}/merge")));
        let page = manager.get(&format!("{record}/merge")).await;
        let both = format!("{record}/merge/{merged}");
        assert!(page.has(&both), "found by its similar name: {}", page.text);
        let nothing = manager.get(&format!("{record}/merge?q=neviens")).await;
        assert!(nothing.has("Nekas nav atrasts"));
        let page = manager.get(&both).await;
        assert!(page.has("cilvēki – 1, ieskaitījumi – 1") && page.has("Veidi atšķiras"));
        assert_eq!(
            manager.get(&format!("{record}/merge/{kept}")).await.status,
            404
        );

        let page = manager.post(&both, &[]).await;
        assert_eq!(page.status, 422);
        assert!(page.has("Izvēlieties, kura organizācija paliek"));
        let other = AccountId::NIL.to_string();
        assert_eq!(manager.post(&both, &[("keep", &other)]).await.status, 400);
        let keep = kept.to_string();
        let page = manager.post(&both, &[("keep", &keep)]).await;
        assert_eq!(page.location(), record);
        let page = manager.follow(&page).await;
        assert!(page.has("Organizācijas ir apvienotas") && page.has("dublis"));
        let page = manager.post(&both, &[("keep", &keep)]).await;
        assert!(manager.follow(&page).await.has("Apvienot nevar"));

        let list = manager.get("/lv/manage/organisations?q=dublis").await;
        assert!(list.has(&format!("href=\"{record}\"")) && list.has("1.–1. no 1"));
        let list = manager.get("/lv/manage/organisations?status=merged").await;
        assert!(list.has("dublis") && list.has("Apvienota"));
        assert!(
            learner
                .get("/lv/me/organisation")
                .await
                .has("Rīta pārvalde</strong>")
        );
        let old = format!("/lv/manage/organisations/{merged}");
        let page = manager.get(&old).await;
        assert!(page.has("Šis ieraksts ir apvienots ar citu"));
        for path in ["", "/approve", "/reject"] {
            let fields = [("name", "Cita"), ("kind", "other"), ("reason", "Nav")];
            let page = manager.post(&format!("{old}{path}"), &fields).await;
            assert_eq!(page.status, 409, "{path}");
        }
        // A page opened before the merge chooses the one that goes on.
        let field = merged.to_string();
        let page = learner
            .post("/lv/me/organisation", &[("organisation", &field)])
            .await;
        assert_eq!(page.status, 303);
        assert!(
            learner
                .get("/lv/me/organisation")
                .await
                .has("Rīta pārvalde</strong>")
        );

        let merge = organisation_merge::Entity::find().one(app.db.read()).await;
        let undo = format!("/lv/manage/merges/{}", merge.unwrap().unwrap().id);
        let page = manager.get(&undo).await;
        assert!(page.has("cilvēki – 1, ieskaitījumi – 1") && !page.has("Ne visu var atdot"));
        let page = manager.post(&undo, &[]).await;
        assert!(manager.follow(&page).await.has("Apvienošana ir atcelta"));
        assert!(
            learner
                .get("/lv/me/organisation")
                .await
                .has("(dublis)</strong>")
        );
        let page = manager.post(&undo, &[]).await;
        assert!(manager.follow(&page).await.has("jau bija atcelta"));
        let nowhere = "/lv/manage/merges/0193535e-8a4c-7000-8000-000000000000";
        assert_eq!(manager.get(nowhere).await.status, 404);
    }
}
