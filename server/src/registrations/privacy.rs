//! What `registrations` holds about a person.

use chrono::{DateTime, Utc};
use futures::future::{BoxFuture, FutureExt as _};
use sea_orm::{
    ActiveEnum as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, sea_query::Expr,
};
use serde_json::json;

use super::{
    import, messages,
    model::{ACTIVE, EndCause, Registration, RegistrationState},
    needs,
};
use crate::{
    crypt::FieldKeys,
    db::{
        Db, Transaction,
        entity::{
            calendar_feed,
            registration::{Column, Entity},
            registration_needs,
        },
    },
    ids::PersonId,
    people,
    personal::{Erasing, PersonalRecords, Records, Rule, Subject},
};

/// The rule of messages to participants.
const MESSAGES: &str = "event-messages";

/// Registrations, what participants need, and the addresses of feeds.
pub struct PersonalRegistrations {
    /// Keys of encrypted fields.
    pub field_keys: FieldKeys,
}

async fn of(db: &impl ConnectionTrait, person_id: PersonId) -> Result<Vec<Registration>, DbErr> {
    Entity::find()
        .filter(Column::PersonId.eq(person_id))
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

impl PersonalRecords for PersonalRegistrations {
    fn tables(&self) -> &'static [&'static str] {
        &[
            "registration",
            "registration_import",
            "registration_needs",
            "event_message",
            "calendar_feed",
        ]
    }

    fn identify<'a>(
        &'a self,
        db: &'a Db,
        subject: &'a mut Subject,
    ) -> BoxFuture<'a, Result<(), DbErr>> {
        async move {
            let theirs = Entity::find()
                .filter(Column::PersonId.eq(subject.person_id))
                .all(db.read())
                .await?;
            let ids = theirs.iter().map(|row| row.id.to_string());
            subject.record_ids.extend(ids);
            Ok(())
        }
        .boxed()
    }

    fn has_facts<'a>(
        &'a self,
        db: &'a Db,
        subject: &'a Subject,
    ) -> BoxFuture<'a, Result<bool, DbErr>> {
        async move {
            let count = Entity::find()
                .filter(Column::PersonId.eq(subject.person_id))
                .filter(Column::State.eq(RegistrationState::Registered))
                .count(db.read())
                .await?;
            Ok(count > 0)
        }
        .boxed()
    }

    fn read<'a>(
        &'a self,
        db: &'a Db,
        subject: &'a Subject,
    ) -> BoxFuture<'a, Result<Vec<Records>, DbErr>> {
        async move {
            let rows = of(db.read(), subject.person_id).await?;
            let ids = rows.iter().map(|row| row.id);
            let needed = needs::of(db.read(), &self.field_keys, ids).await?;
            let needed = needed.into_iter().map(|(_, needs)| {
                vec![
                    ("children", json!(needs.children)),
                    ("access", json!(needs.access)),
                    ("diet", json!(needs.diet)),
                    ("interpreter", json!(needs.interpreter)),
                ]
            });
            let needed = needed.collect();
            let imports = import::made_by(db, &subject.account_ids).await?;
            let imports = imports.into_iter().map(|row| {
                vec![
                    ("event", json!(row.event_id)),
                    ("file_name", json!(row.file_name)),
                    ("created_at", json!(row.created_at)),
                    ("ended_at", json!(row.ended_at)),
                ]
            });
            let imports = imports.collect();
            let sent = messages::by(db, &subject.account_ids).await?;
            let sent = sent.into_iter().map(|row| {
                vec![
                    ("event", json!(row.event_id)),
                    ("at", json!(row.sent_at)),
                    ("subject", json!([row.subject_lv, row.subject_en])),
                    ("text", json!([row.text_lv, row.text_en])),
                ]
            });
            let sent = sent.collect();
            let registrations = rows.into_iter().map(|row| {
                vec![
                    ("event", json!(row.event_id)),
                    ("given_name", json!(row.given_name)),
                    ("family_name", json!(row.family_name)),
                    ("email", json!(row.email)),
                    ("locale", json!(row.locale)),
                    ("position", json!(row.role)),
                    ("status", json!(row.state.to_value())),
                    ("created_at", json!(row.created_at)),
                    ("ended_at", json!(row.ended_at)),
                ]
            });
            let accounts = subject.account_ids.iter().copied();
            let feeds = calendar_feed::Entity::find()
                .filter(calendar_feed::Column::AccountId.is_in(accounts))
                .all(db.read())
                .await?;
            let feeds = feeds
                .into_iter()
                .map(|row| vec![("renewed_at", json!(row.renewed_at))]);
            Ok(vec![
                Records {
                    table: "calendar_feed",
                    rows: feeds.collect(),
                },
                Records {
                    table: "registration",
                    rows: registrations.collect(),
                },
                Records {
                    table: "registration_import",
                    rows: imports,
                },
                Records {
                    table: "registration_needs",
                    rows: needed,
                },
                Records {
                    table: "event_message",
                    rows: sent,
                },
            ])
        }
        .boxed()
    }

    /// Registrations stay without names, addresses and texts; those in force end, and the periodic task gives
    /// their places to those who wait. The order of locks (an event before its people) does not allow to take
    /// the events' locks here, and freeing a place cannot oversell it.
    fn erase<'a>(
        &'a self,
        txn: &'a Transaction,
        erasing: &'a Erasing,
    ) -> BoxFuture<'a, Result<(), DbErr>> {
        async move {
            import::forget(txn, &self.field_keys, &erasing.subject).await?;
            messages::forget(txn, &erasing.subject.account_ids).await?;
            let person = people::lock(txn, erasing.subject.person_id).await?;
            let rows = of(txn, person.id()).await?;
            registration_needs::Entity::delete_many()
                .filter(
                    registration_needs::Column::RegistrationId.is_in(rows.iter().map(|row| row.id)),
                )
                .exec(txn)
                .await?;
            let accounts = erasing.subject.account_ids.iter().copied();
            calendar_feed::Entity::delete_many()
                .filter(calendar_feed::Column::AccountId.is_in(accounts))
                .exec(txn)
                .await?;
            let of_person = || Entity::update_many().filter(Column::PersonId.eq(person.id()));
            of_person()
                .col_expr(Column::State, Expr::value(RegistrationState::Cancelled))
                .col_expr(Column::HoldsPlace, Expr::value(false))
                .col_expr(Column::EndedAt, Expr::value(erasing.now))
                .col_expr(Column::EndCause, Expr::value(EndCause::Erased))
                .filter(Column::State.is_in(ACTIVE))
                .exec(txn)
                .await?;
            of_person()
                .col_expr(Column::GivenName, Expr::value(""))
                .col_expr(Column::FamilyName, Expr::value(""))
                .col_expr(Column::NameFolded, Expr::value(""))
                .col_expr(Column::Email, Expr::value(""))
                .col_expr(Column::Role, Expr::value(""))
                .exec(txn)
                .await
                .map(drop)
        }
        .boxed()
    }

    fn rules(&self) -> &'static [Rule] {
        &[Rule {
            name: MESSAGES,
            days: 730,
        }]
    }

    fn apply<'a>(
        &'a self,
        txn: &'a Transaction,
        _rule: &'static str,
        before: DateTime<Utc>,
        is_dry: bool,
    ) -> BoxFuture<'a, Result<u64, DbErr>> {
        messages::delete_old(txn, before, is_dry).boxed()
    }
}
