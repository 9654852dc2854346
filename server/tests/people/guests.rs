//! People without an account, and accounts that take them over.

use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::json;
use server::{
    accounts::{self, AddedGuest},
    audit,
    db::entity::{account, audit_entry, guest, person},
    http::Lang,
    ids::PersonId,
    input::Input as _,
    mail::{self, Email},
    people::{self, Guest, NewGuest, RawNames},
    testing::TestApp,
};

const EMAIL: &str = "jana@example.test";
const PASSWORD: &str = "pavasaris ir klāt";

fn new(email: &str, given: &str) -> NewGuest {
    let names = json!({ "given_name": given, "family_name": "Paraudziņa" });
    let names: RawNames = serde_json::from_value(names).unwrap();
    let (given_name, family_name) = names.check().unwrap();
    NewGuest {
        email: Email::parse(email).unwrap(),
        given_name,
        family_name,
        lang: Lang::Lv,
    }
}

async fn add(app: &TestApp, email: &str) -> AddedGuest {
    let (clock, new) = (app.app.clock.clone(), new(email, "Jana"));
    app.db
        .write::<_, sea_orm::DbErr>(async move |txn| accounts::add_guest(txn, &clock, &new).await)
        .await
        .unwrap()
}

/// A guest with a confirmed address.
async fn confirmed(app: &TestApp, email: &str) -> PersonId {
    let AddedGuest::Guest(guest) = add(app, email).await else {
        panic!("{email} has an account");
    };
    let (clock, id, address) = (
        app.app.clock.clone(),
        guest.person_id(),
        Email::parse(email).unwrap(),
    );
    let confirmed = app.db.write::<_, sea_orm::DbErr>(async move |txn| {
        mail::refuse(txn, clock.now(), address.as_str(), None, None).await?;
        let person = people::lock(txn, id).await?;
        people::confirm_guest(&person, &clock).await
    });
    assert!(confirmed.await.unwrap());
    let refusal = mail::refusal_of(app.db.read(), Email::parse(email).unwrap().as_str())
        .await
        .unwrap();
    assert_eq!(refusal, None, "the link arrived");
    id
}

/// Registers an address and sets the password behind the mailed link; whose the account is then.
async fn makes_account(app: &TestApp, typed: &str, stored: &str) -> PersonId {
    let mut visitor = app.visitor();
    visitor.post("/lv/register", &[("email", typed)]).await;
    assert_eq!(account(app, stored).await.person_id, None, "nobody's yet");
    let link = app.last_mail_to(stored).await.link();
    let page = visitor.post(&link, &[("password", PASSWORD)]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    account(app, stored).await.person_id.unwrap()
}

async fn account(app: &TestApp, email: &str) -> account::Model {
    account::Entity::find()
        .filter(account::Column::Email.eq(email))
        .one(app.db.read())
        .await
        .unwrap()
        .unwrap()
}

async fn people(app: &TestApp) -> usize {
    person::Entity::find()
        .all(app.db.read())
        .await
        .unwrap()
        .len()
}

async fn guests(app: &TestApp) -> usize {
    guest::Entity::find()
        .all(app.db.read())
        .await
        .unwrap()
        .len()
}

async fn take_overs(app: &TestApp) -> Vec<audit_entry::Model> {
    audit_entry::Entity::find()
        .filter(audit_entry::Column::Action.eq("person.taken-over"))
        .all(app.db.read())
        .await
        .unwrap()
}

#[actix_web::test]
async fn an_account_takes_over_the_guest_of_the_same_confirmed_address() {
    for app in TestApp::on_each_database().await {
        let guest = confirmed(&app, EMAIL).await;
        let owner = makes_account(&app, "  Jana@Example.TEST ", EMAIL).await;
        assert_eq!(owner, guest);
        assert_eq!((people(&app).await, guests(&app).await), (1, 0));
        let name = people::full_name(app.db.read(), owner).await.unwrap();
        assert_eq!(name, "Jana Paraudziņa");

        let entries = take_overs(&app).await;
        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0].subject_id, guest.to_string());
        let account = account(&app, EMAIL).await;
        assert_eq!(entries[0].actor_account_id, Some(account.id));
        assert!(audit::verify_chain(&app.db).await.unwrap().is_ok());
    }
}

#[actix_web::test]
async fn an_address_is_the_same_in_every_spelling() {
    let international = "jana@xn--prvalde-s3a.example";
    for app in TestApp::on_each_database().await {
        let guest = confirmed(&app, "JANA@pārvalde.example").await;
        let again = add(&app, &international.to_uppercase()).await;
        assert_eq!(again, AddedGuest::Guest(Guest::Known(guest)));
        let stored = Email::parse("jana@Pārvalde.EXAMPLE").unwrap();
        let owner = makes_account(&app, "jana@PĀRVALDE.example", stored.as_str()).await;
        assert_eq!(owner, guest);
    }
}

#[actix_web::test]
async fn two_guests_never_share_an_address() {
    for app in TestApp::on_each_database().await {
        let both = tokio::join!(add(&app, EMAIL), add(&app, "JANA@example.test"));
        let (AddedGuest::Guest(one), AddedGuest::Guest(other)) = both else {
            panic!("{both:?}");
        };
        assert_eq!(one.person_id(), other.person_id());
        assert_eq!((people(&app).await, guests(&app).await), (1, 1));
    }
}

#[actix_web::test]
async fn an_unconfirmed_address_takes_over_no_guest() {
    for app in TestApp::on_each_database().await {
        // The address may have been typed by somebody else, so the guest's records are not the account owner's.
        let AddedGuest::Guest(guest) = add(&app, EMAIL).await else {
            panic!("an account");
        };
        let owner = makes_account(&app, EMAIL, EMAIL).await;
        assert_ne!(owner, guest.person_id());
        assert_eq!((people(&app).await, guests(&app).await), (2, 1));

        // An account with an unconfirmed address has no person.
        let other = "eva@example.test";
        let guest = confirmed(&app, other).await;
        app.visitor()
            .post("/lv/register", &[("email", other)])
            .await;
        assert_eq!(account(&app, other).await.person_id, None);
        assert_eq!(
            add(&app, other).await,
            AddedGuest::Guest(Guest::Known(guest))
        );
        assert_eq!(take_overs(&app).await.len(), 0);
    }
}

#[actix_web::test]
async fn a_person_with_an_account_is_not_taken_over() {
    for app in TestApp::on_each_database().await {
        let owner = makes_account(&app, EMAIL, EMAIL).await;
        assert_eq!(add(&app, EMAIL).await, AddedGuest::HasAccount(owner));
        assert_eq!(guests(&app).await, 0);

        // Even if a row said so, e.g. of an import: the person stays their account's.
        let (clock, lang, other) = (app.app.clock.clone(), "lv", "other@example.test");
        let row = guest::ActiveModel {
            person_id: sea_orm::Set(owner),
            email: sea_orm::Set(other.to_owned()),
            email_confirmed_at: sea_orm::Set(Some(clock.now())),
            locale: sea_orm::Set(lang.to_owned()),
            created_at: sea_orm::Set(clock.now()),
        };
        let inserted = app.db.write::<_, sea_orm::DbErr>(async move |txn| {
            guest::Entity::insert(row).exec_without_returning(txn).await
        });
        inserted.await.unwrap();
        let second = makes_account(&app, other, other).await;
        assert_ne!(second, owner);
        assert_eq!(account(&app, EMAIL).await.person_id, Some(owner));
        assert_eq!(take_overs(&app).await.len(), 0);
    }
}
