//! The guarantees of the tables.

use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ActiveValue, ColumnTrait, ConnectionTrait, DbBackend,
    DbErr, EntityName, EntityTrait, IntoActiveModel, Iterable, PrimaryKeyToColumn, QueryFilter,
    Set, SqlErr,
};
use server::db::entity;
use server::db::testing::databases;
use server::db::{Db, is_unique_violation};

use crate::rows::{self, insert, seed};

/// Runs `$body` once for every entity, under the name `$entity`.
macro_rules! for_every_entity {
    ($entity:ident, $body:expr) => {
        for_every_entity!(@ $entity, $body, account affiliation api_token attempt attempt_step audit_entry
            calendar_feed
            audit_head certificate certificate_file certificate_translation completion email_token enrolment erasure
            event event_material event_message event_session former_email guest idempotency_key indicator_fact job lesson_progress mail_refusal notice_acceptance
            organisation organisation_merge organisation_move path_completion path_enrolment person
            practice_answer recovery_code registration registration_import registration_needs reminder reminder_stop retention_run role_grant
            second_factor serial_counter session strand_grant test_allowance)
    };
    (@ $entity:ident, $body:expr, $($module:ident)+) => {
        $({ use entity::$module as $entity; $body })+
    };
}

#[tokio::test]
async fn every_entity_has_its_table_and_no_column_is_left_over() {
    for db in databases().await {
        for_every_entity!(row, {
            let table = row::Entity.table_name();
            row::Entity::find().all(db.read()).await.unwrap();
            let mut columns: Vec<String> = row::Column::iter()
                .map(|column| sea_orm::IdenStatic::as_str(&column).to_owned())
                .collect();
            columns.sort();
            assert_eq!(columns_of(&db, table).await, columns, "{table} in {db:?}");
        });
    }
}

async fn columns_of(db: &Db, table: &str) -> Vec<String> {
    let backend = db.read().get_database_backend();
    let sql = match backend {
        DbBackend::Sqlite => format!("SELECT name FROM pragma_table_info('{table}')"),
        _ => format!(
            "SELECT column_name FROM information_schema.columns WHERE table_name = '{table}'"
        ),
    };
    let statement = sea_orm::Statement::from_string(backend, sql);
    let rows = db.read().query_all_raw(statement).await.unwrap();
    let mut names: Vec<String> = rows
        .iter()
        .map(|row| row.try_get_by_index(0).unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn names_of_several_alphabets_from_before_are_marked() {
    for db in databases().await {
        let person = seed(&db).await.person;
        let is_mixed = async || {
            let found = entity::person::Entity::find_by_id(person)
                .one(db.read())
                .await
                .unwrap();
            found.unwrap().has_mixed_scripts
        };
        // With a Cyrillic letter at the beginning.
        for (given, mixes) in [("\u{410}nna", true), ("Anna", false)] {
            let named = entity::person::ActiveModel {
                id: Set(person),
                given_name: Set(given.to_owned()),
                ..Default::default()
            };
            db.write::<_, DbErr>(async move |txn| named.update(txn).await)
                .await
                .unwrap();
            db.unmigrate(Some("m0010_mixed_names")).await.unwrap();
            db.migrate().await.unwrap();
            assert_eq!(is_mixed().await, mixes, "{given} in {db:?}");
        }
    }
}

#[tokio::test]
async fn migrations_go_up_down_and_up_again() {
    for db in databases().await {
        seed(&db).await;
        db.migrate().await.unwrap();
        assert_eq!(
            rows::persons(&db).await,
            1,
            "a second migration changes nothing"
        );

        db.unmigrate(None).await.unwrap();
        assert_eq!(columns_of(&db, "person").await, Vec::<String>::new());

        db.migrate().await.unwrap();
        seed(&db).await;
        let head = entity::audit_head::Entity::find_by_id(1)
            .one(db.read())
            .await
            .unwrap()
            .unwrap();
        assert_eq!((head.sequence, head.hash.len()), (0, 64));
    }
}

#[tokio::test]
async fn two_servers_may_migrate_at_once() {
    for db in databases().await {
        db.unmigrate(None).await.unwrap();
        let other = db.connect_again().await;
        let (one, two) = tokio::join!(db.migrate(), other.migrate());
        one.unwrap();
        two.unwrap();
        seed(&db).await;
        other.close().await.unwrap();
    }
}

#[tokio::test]
async fn rows_are_read_back_as_written() {
    for db in databases().await {
        let seed = seed(&db).await;
        read_back(&db, seed.attempt(1, true)).await;
        read_back(&db, seed.attempt(2, false)).await;
        read_back(&db, seed.affiliation(false)).await;
        read_back(&db, seed.completion()).await;
        read_back(&db, seed.role(entity::role_grant::Role::Manager, true)).await;
    }
}

/// Inserts a row and compares what is then read with what was set.
async fn read_back<A>(db: &Db, row: A)
where
    A: ActiveModelTrait + ActiveModelBehavior + Clone + Send + 'static,
    <A::Entity as EntityTrait>::Model: IntoActiveModel<A> + Send + 'static,
{
    insert(db, row.clone()).await.unwrap();
    let key = <A::Entity as EntityTrait>::PrimaryKey::iter()
        .next()
        .unwrap()
        .into_column();
    let read = A::Entity::find()
        .filter(key.eq(row.get(key).unwrap()))
        .one(db.read())
        .await
        .unwrap()
        .unwrap()
        .into_active_model();
    for column in <A::Entity as EntityTrait>::Column::iter() {
        if let ActiveValue::Set(written) = row.get(column) {
            assert_eq!(read.get(column).into_value(), Some(written), "{column:?}");
        }
    }
}

#[tokio::test]
async fn what_must_be_unique_is() {
    for db in databases().await {
        let seed = seed(&db).await;
        let clock = &seed.clock;

        refused(insert(&db, rows::account(clock, seed.person, "anna@example.org")).await);
        allowed(insert(&db, rows::account(clock, seed.person, "anna.o@example.org")).await);

        let other = insert(&db, rows::person(clock)).await.unwrap().id;
        allowed(insert(&db, rows::guest(clock, seed.person, "jana@example.org")).await);
        refused(insert(&db, rows::guest(clock, other, "jana@example.org")).await);
        allowed(insert(&db, rows::guest(clock, other, "jana.o@example.org")).await);

        refused(insert(&db, rows::organisation(clock, Some("40000000001"))).await);
        allowed(insert(&db, rows::organisation(clock, None)).await);
        allowed(insert(&db, rows::organisation(clock, None)).await);

        allowed(insert(&db, seed.acceptance("2026-01")).await);
        refused(insert(&db, seed.acceptance("2026-01")).await);
        allowed(insert(&db, seed.acceptance("2026-02")).await);

        refused(insert(&db, rows::enrolment(clock, seed.person, "foundations")).await);
        allowed(insert(&db, rows::enrolment(clock, seed.person, "disability")).await);

        allowed(insert(&db, seed.completion()).await);
        refused(insert(&db, seed.completion()).await);

        allowed(insert(&db, seed.job("render", "1")).await);
        refused(insert(&db, seed.job("render", "1")).await);
        allowed(insert(&db, seed.job("remind", "1")).await);
    }
}

#[tokio::test]
async fn what_holds_now_is_unique_and_what_held_before_is_kept() {
    use entity::role_grant::Role;
    for db in databases().await {
        let seed = seed(&db).await;

        allowed(insert(&db, seed.role(Role::Manager, false)).await);
        allowed(insert(&db, seed.role(Role::Manager, true)).await);
        refused(insert(&db, seed.role(Role::Manager, true)).await);
        allowed(insert(&db, seed.role(Role::Admin, true)).await);

        allowed(insert(&db, seed.affiliation(false)).await);
        allowed(insert(&db, seed.affiliation(false)).await);
        allowed(insert(&db, seed.affiliation(true)).await);
        refused(insert(&db, seed.affiliation(true)).await);

        allowed(insert(&db, seed.attempt(1, true)).await);
        refused(insert(&db, seed.attempt(1, true)).await);
        allowed(insert(&db, seed.attempt(2, false)).await);
        refused(insert(&db, seed.attempt(3, false)).await);
        allowed(insert(&db, seed.attempt(3, true)).await);

        let source = seed.clock.new_id();
        allowed(insert(&db, seed.fact(source, Some(seed.clock.new_id()))).await);
        allowed(insert(&db, seed.fact(source, None)).await);
        refused(insert(&db, seed.fact(source, None)).await);

        let original = insert(&db, seed.certificate("1", source, None))
            .await
            .unwrap()
            .id;
        refused(insert(&db, seed.certificate("2", source, None)).await);
        refused(insert(&db, seed.certificate("1", seed.clock.new_id(), None)).await);
        allowed(insert(&db, seed.certificate("2", source, Some(original))).await);
        refused(insert(&db, seed.certificate("3", source, Some(original))).await);
    }
}

#[tokio::test]
async fn rows_refer_to_rows_that_exist() {
    for db in databases().await {
        let seed = seed(&db).await;
        let stranger = rows::enrolment(&seed.clock, seed.clock.new_id(), "foundations");
        let error = insert(&db, stranger).await.unwrap_err();
        assert!(
            matches!(
                error.sql_err(),
                Some(SqlErr::ForeignKeyConstraintViolation(_))
            ),
            "{error}"
        );
        assert!(!is_unique_violation(&error));
    }
}

#[tokio::test]
async fn words_are_stored_as_the_enums_spell_them() {
    for db in databases().await {
        let seed = seed(&db).await;
        let mut row = rows::organisation(&seed.clock, None);
        row.kind = Set(entity::organisation::OrganisationKind::EnterpriseMicro);
        insert(&db, row).await.unwrap();
        let statement = sea_orm::Statement::from_string(
            db.backend(),
            "SELECT COUNT(*) FROM organisation WHERE kind = 'enterprise-micro'",
        );
        let row = db.read().query_one_raw(statement).await.unwrap().unwrap();
        assert_eq!(row.try_get_by_index::<i64>(0).unwrap(), 1);
    }
}

#[tokio::test]
async fn reading_connections_cannot_write() {
    for db in databases().await {
        let clock = server::clock::Clock::system();
        let refused = rows::person(&clock).insert(db.read()).await;
        assert!(refused.is_err(), "{db:?}");
        assert_eq!(rows::persons(&db).await, 0);
    }
}

#[track_caller]
fn allowed<T>(outcome: Result<T, DbErr>) {
    if let Err(error) = outcome {
        panic!("should be allowed: {error}");
    }
}

#[track_caller]
fn refused<T>(outcome: Result<T, DbErr>) {
    match outcome {
        Ok(_) => panic!("should be refused"),
        Err(error) => assert!(is_unique_violation(&error), "{error}"),
    }
}
