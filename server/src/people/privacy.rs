//! What `people` holds about a person.

use futures::future::{BoxFuture, FutureExt as _};
use sea_orm::{
    ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, sea_query::Expr,
};
use serde_json::json;

use super::{PersonLock, store};
use crate::{
    db::{
        Db, Transaction,
        entity::{affiliation, guest, notice_acceptance, person},
    },
    http::Lang,
    organisations,
    personal::{Erasing, PersonalRecords, Records, Subject},
};

/// Names, employers, guests, accepted notices.
pub struct PersonalPeople;

impl PersonalRecords for PersonalPeople {
    fn tables(&self) -> &'static [&'static str] {
        &["person", "affiliation", "guest", "notice_acceptance"]
    }

    fn identify<'a>(
        &'a self,
        db: &'a Db,
        subject: &'a mut Subject,
    ) -> BoxFuture<'a, Result<(), DbErr>> {
        async move {
            let guest = guest::Entity::find_by_id(subject.person_id)
                .one(db.read())
                .await?;
            subject.addresses.extend(guest.map(|guest| guest.email));
            Ok(())
        }
        .boxed()
    }

    fn read<'a>(
        &'a self,
        db: &'a Db,
        subject: &'a Subject,
    ) -> BoxFuture<'a, Result<Vec<Records>, DbErr>> {
        async move {
            let db = db.read();
            let people = person::Entity::find_by_id(subject.person_id)
                .all(db)
                .await?;
            let people = people.into_iter().map(|row| {
                vec![
                    ("given_name", json!(row.given_name)),
                    ("family_name", json!(row.family_name)),
                    ("created_at", json!(row.created_at)),
                ]
            });
            let affiliations = affiliation::Entity::find()
                .filter(affiliation::Column::PersonId.eq(subject.person_id))
                .order_by_asc(affiliation::Column::Id);
            let affiliations = organisations::joined(affiliations).all(db).await?;
            let affiliations = affiliations.into_iter().map(|(row, organisation)| {
                vec![
                    ("organisation", json!(organisation.map(|row| row.name))),
                    ("since", json!(row.since)),
                    ("until", json!(row.until)),
                    ("created_at", json!(row.created_at)),
                ]
            });
            let guests = guest::Entity::find_by_id(subject.person_id).all(db).await?;
            let guests = guests.into_iter().map(|row| {
                vec![
                    ("email", json!(row.email)),
                    ("email_confirmed_at", json!(row.email_confirmed_at)),
                    ("locale", json!(row.locale)),
                    ("created_at", json!(row.created_at)),
                ]
            });
            let notices = notice_acceptance::Entity::find()
                .filter(notice_acceptance::Column::PersonId.eq(subject.person_id))
                .all(db)
                .await?;
            let notices = notices.into_iter().map(|row| {
                vec![
                    ("notice", json!(row.notice)),
                    ("version", json!(row.version)),
                    ("accepted_at", json!(row.accepted_at)),
                ]
            });
            Ok(vec![
                Records {
                    table: "person",
                    rows: people.collect(),
                },
                Records {
                    table: "affiliation",
                    rows: affiliations.collect(),
                },
                Records {
                    table: "guest",
                    rows: guests.collect(),
                },
                Records {
                    table: "notice_acceptance",
                    rows: notices.collect(),
                },
            ])
        }
        .boxed()
    }

    fn erase<'a>(
        &'a self,
        txn: &'a Transaction,
        erasing: &'a Erasing,
    ) -> BoxFuture<'a, Result<(), DbErr>> {
        async move {
            let person = PersonLock::take(txn, erasing.subject.person_id).await?;
            // A number in place of the name, so that lists still tell people apart.
            let id = person.id().to_string();
            let number = id.rsplit('-').next().unwrap_or_default();
            store::set_names(&person, ("", &format!("#{number}"))).await?;
            store::delete_guest(&person).await?;
            notice_acceptance::Entity::delete_many()
                .filter(notice_acceptance::Column::PersonId.eq(person.id()))
                .exec(txn)
                .await?;
            // Where somebody worked decides whether they are counted. They work there no longer.
            if erasing.keeps_facts {
                affiliation::Entity::update_many()
                    .col_expr(
                        affiliation::Column::Until,
                        Expr::value(Lang::riga_date(erasing.now)),
                    )
                    .filter(affiliation::Column::PersonId.eq(person.id()))
                    .filter(affiliation::Column::Until.is_null())
                    .exec(txn)
                    .await?;
            } else {
                affiliation::Entity::delete_many()
                    .filter(affiliation::Column::PersonId.eq(person.id()))
                    .exec(txn)
                    .await?;
            }
            Ok(())
        }
        .boxed()
    }
}
