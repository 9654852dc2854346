//! One's own account: sessions, password, address, language; and how administrators close accounts.

use actix_web::test::TestRequest;
use chrono::TimeDelta;
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use server::{
    accounts::{Role, note_refusals},
    db::entity::{account, audit_entry, organisation::OrganisationKind, session},
    mail,
    testing::{Client, Someone, TestApp, Who},
};

use super::{PASSWORD, registered, sign_in};

const EMAIL: &str = "eva@example.test";
const NEW_EMAIL: &str = "eva.jauna@example.test";
const NEW_PASSWORD: &str = "brūns lācis zvejo vētrā";
const FIREFOX: &str = "Mozilla/5.0 (Windows NT 10.0; rv:145.0) Gecko/20100101 Firefox/145.0";

/// The actions about an account in the audit log.
async fn audited(app: &TestApp, client: &Client) -> Vec<String> {
    let entries = audit_entry::Entity::find()
        .filter(audit_entry::Column::SubjectId.eq(client.account_id.to_string()))
        .all(app.db.read())
        .await
        .unwrap();
    entries.into_iter().map(|entry| entry.action).collect()
}

async fn row(app: &TestApp, email: &str) -> account::Model {
    let found = account::Entity::find()
        .filter(account::Column::Email.eq(email))
        .one(app.db.read())
        .await
        .unwrap();
    found.unwrap()
}

/// The values of the buttons that end a session.
fn sessions(page: &server::testing::Page) -> Vec<String> {
    let parts = page.text.split("name=\"session\" value=\"").skip(1);
    parts
        .map(|part| part.split('"').next().unwrap().to_owned())
        .collect()
}

#[actix_web::test]
async fn sessions_are_listed_by_device_and_ended_by_their_owner() {
    for app in TestApp::on_each_database().await {
        let mut eva = registered(&app, EMAIL).await;
        app.clock_control.advance(TimeDelta::minutes(5));
        let mut office = app.visitor();
        office.get("/lv/sign-in").await;
        let page = office.get("/lv/sign-in").await;
        let (_, rest) = page.text.split_once("name=\"csrf\" value=\"").unwrap();
        let token = rest.split('"').next().unwrap().to_owned();
        let request = TestRequest::post()
            .uri("/lv/sign-in")
            .insert_header(("user-agent", FIREFOX))
            .set_form([
                ("csrf", token.as_str()),
                ("email", EMAIL),
                ("password", PASSWORD),
            ]);
        assert_eq!(office.send(request).await.status, 303);
        let mut home = app.visitor();
        sign_in(&mut home, EMAIL, PASSWORD).await;

        let page = eva.get("/lv/me/account").await;
        assert_eq!(page.status, 200);
        assert!(page.has("Firefox, Windows") && page.has("Nezināma pārlūkprogramma"));
        assert!(
            !page.has("145.0") && !page.has("127.0.0.1"),
            "{}",
            page.text
        );
        assert_eq!(page.text.matches("Šī ierīce").count(), 1);
        let others = sessions(&page);
        assert_eq!(others.len(), 2, "not the present one");

        // One of somebody else's is not there for her.
        let mut other = app.client(Who::Learner).await;
        let page = other
            .post("/lv/me/account/sessions", &[("session", &others[0])])
            .await;
        assert_eq!(page.status, 303);
        assert_eq!(office.get("/lv/me/account").await.status, 200);
        assert_eq!(home.get("/lv/me/account").await.status, 200);

        let page = eva
            .post("/lv/me/account/sessions", &[("session", &others[0])])
            .await;
        assert_eq!(page.location(), "/lv/me/account");
        let page = eva.follow(&page).await;
        assert!(page.has("Seanss ir pārtraukts"));
        assert_eq!(sessions(&page).len(), 1);
        let page = eva
            .post("/lv/me/account/sessions", &[("session", &others[0])])
            .await;
        assert!(eva.follow(&page).await.has("Tāda seansa vairs nav"));
        eva.post("/lv/me/account/sessions", &[("do", "others")])
            .await;
        for mut ended in [office, home] {
            assert_eq!(ended.get("/lv/me/account").await.status, 303);
        }
        assert_eq!(eva.get("/lv/me/account").await.status, 200);
        let rows = session::Entity::find().all(app.db.read()).await.unwrap();
        assert_eq!(rows.len(), 2, "hers, and that of somebody else");
        let wrong = eva
            .post("/lv/me/account/sessions", &[("session", "x")])
            .await;
        assert_eq!(wrong.status, 400);
    }
}

#[actix_web::test]
async fn an_administrator_ends_the_sessions_of_others() {
    for app in TestApp::on_each_database().await {
        let mut admin = app.client(Who::Admin).await;
        let mut learner = app.client(Who::Learner).await;
        let second = app.client(Who::Learner).await;
        let path = format!("/lv/admin/accounts/{}", learner.account_id);
        let page = admin.get(&path).await;
        let open = sessions(&page);
        assert_eq!(open.len(), 2);
        let end = format!("{path}/sessions");
        admin.post(&end, &[("session", &open[0])]).await;
        assert_eq!(sessions(&admin.get(&path).await).len(), 1);
        assert_eq!(admin.post(&end, &[("do", "all")]).await.location(), path);
        assert_eq!(learner.get("/lv/me").await.status, 303);
        assert_eq!(
            audited(&app, &second).await,
            ["account.sessions-ended", "account.sessions-ended"]
        );
        assert!(admin.get(&path).await.has("Neviena seansa pašlaik nav"));
    }
}

#[actix_web::test]
async fn a_session_that_is_not_used_ends_and_sooner_with_a_role() {
    for app in TestApp::on_each_database().await {
        let rules = app.app.config.sessions;
        for (who, limit) in [
            (Who::Learner, rules.idle),
            (Who::Manager, rules.idle_of_roles),
        ] {
            let mut client = app.client(who).await;
            // Each use makes it longer, up to the end of every session.
            for _ in 0..3 {
                app.clock_control.advance(limit);
                assert_eq!(client.get("/lv/me/account").await.status, 200, "{who:?}");
            }
            app.clock_control.advance(limit + TimeDelta::minutes(1));
            let page = client.get("/lv/me/account").await;
            assert!(page.location().starts_with("/lv/sign-in?next="), "{who:?}");
            let page = client.follow(&page).await;
            assert!(page.has("Jūsu seanss ir beidzies"), "{}", page.text);
        }
        // What has ended by itself is in no list.
        let mut learner = app.client(Who::Learner).await;
        assert_eq!(sessions(&learner.get("/lv/me/account").await).len(), 0);
    }
}

#[actix_web::test]
async fn a_closed_account_signs_nobody_in_and_is_told_why() {
    for app in TestApp::on_each_database().await {
        let mut eva = registered(&app, EMAIL).await;
        let mut admin = app.client(Who::Admin).await;
        let id = row(&app, EMAIL).await.id;
        let path = format!("/lv/admin/accounts/{id}");
        let page = admin.get(&format!("{path}/close")).await;
        assert_eq!(page.heading(), "Slēgt kontu");
        let close = format!("{path}/close");
        assert_eq!(admin.post(&close, &[("reason", " ")]).await.status, 422);
        let reason = "Vairs nestrādā pārvaldē";
        let page = admin.post(&close, &[("reason", reason)]).await;
        assert_eq!(page.location(), path);
        let page = admin.follow(&page).await;
        assert!(page.has("Konts ir slēgts") && page.has(reason));

        let mail = app.last_mail_to(EMAIL).await;
        assert_eq!(mail.subject, "Jūsu konts ir slēgts");
        assert!(mail.body.contains(reason));
        assert_eq!(eva.get("/lv/me").await.status, 303, "the session ended");
        let page = sign_in(&mut app.visitor(), EMAIL, PASSWORD).await;
        assert_eq!(page.status, 422);
        assert!(page.has("Šis konts ir slēgts"));
        // Who does not know the password learns nothing.
        let page = sign_in(&mut app.visitor(), EMAIL, "another password").await;
        assert!(!page.has("slēgts"), "{}", page.text);
        // No mail opens it again, and the pages say the same as ever.
        for path in ["/lv/forgotten", "/lv/register"] {
            app.clock_control.advance(TimeDelta::minutes(1));
            let known = app.visitor().post(path, &[("email", EMAIL)]).await;
            assert_eq!(known.status, 200);
            let mail = app.last_mail_to(EMAIL).await;
            assert_eq!(mail.link(), "/lv/contact", "{}", mail.body);
        }
        // Closing it again changes nothing; the list finds it.
        let told = app.mails_to(EMAIL).await.len();
        admin.post(&close, &[("reason", "Vēlreiz")]).await;
        assert_eq!(app.mails_to(EMAIL).await.len(), told);
        assert_eq!(
            row(&app, EMAIL).await.closed_reason.as_deref(),
            Some(reason)
        );
        assert!(
            admin
                .get("/lv/admin/accounts?state=closed")
                .await
                .has(EMAIL)
        );
        assert!(!admin.get("/lv/admin/accounts?state=open").await.has(EMAIL));

        let page = admin.post(&format!("{path}/reopen"), &[]).await;
        assert!(admin.follow(&page).await.has("Konts ir atkal atvērts"));
        assert_eq!(
            app.last_mail_to(EMAIL).await.subject,
            "Jūsu konts ir atkal atvērts"
        );
        assert_eq!(
            sign_in(&mut app.visitor(), EMAIL, PASSWORD).await.status,
            303
        );
        let row = row(&app, EMAIL).await;
        assert!(row.person_id.is_some() && row.closed_reason.is_none());
        let actions: Vec<_> = audit_entry::Entity::find()
            .filter(audit_entry::Column::SubjectId.eq(id.to_string()))
            .filter(audit_entry::Column::ActorAccountId.eq(admin.account_id))
            .all(app.db.read())
            .await
            .unwrap();
        let done: Vec<_> = actions.iter().map(|entry| entry.action.as_str()).collect();
        assert_eq!(done, ["account.closed", "account.reopened"]);
        assert!(
            actions
                .iter()
                .all(|entry| entry.detail == serde_json::json!({}))
        );
    }
}

#[actix_web::test]
async fn nobody_closes_their_own_account_and_an_administrator_always_stays() {
    for app in TestApp::on_each_database().await {
        let mut admin = app.client(Who::Admin).await;
        let own = format!("/lv/admin/accounts/{}", admin.account_id);
        assert!(!admin.get(&own).await.has("/close"));
        let fields = [("reason", "Vairs nevajag")];
        let page = admin.post(&format!("{own}/close"), &fields).await;
        assert!(admin.follow(&page).await.has("Savu kontu šeit slēgt nevar"));
        // Two administrators close each other's account: one of them stays.
        let mut other = app
            .client_of(Someone {
                email: "other.admin@example.test".to_owned(),
                role: Some(Role::Admin),
                is_ready: true,
            })
            .await;
        let (one, two) = (
            format!("/lv/admin/accounts/{}/close", other.account_id),
            format!("{own}/close"),
        );
        tokio::join!(admin.post(&one, &fields), other.post(&two, &fields));
        let open = account::Entity::find()
            .filter(account::Column::DisabledAt.is_null())
            .all(app.db.read())
            .await
            .unwrap();
        assert_eq!(open.len(), 1);
        let nobody = "00000000-0000-7000-8000-000000000000";
        let mut left = app.client(Who::Admin).await;
        if left.get("/lv/admin/accounts").await.status != 200 {
            left = other;
        }
        for action in ["close", "reopen", "sessions"] {
            let path = format!("/lv/admin/accounts/{nobody}/{action}");
            assert_eq!(left.post(&path, &fields).await.status, 404, "{action}");
        }
    }
}

#[actix_web::test]
async fn a_password_is_changed_by_who_knows_the_present_one() {
    for app in TestApp::on_each_database().await {
        let mut eva = registered(&app, EMAIL).await;
        let mut elsewhere = app.visitor();
        sign_in(&mut elsewhere, EMAIL, PASSWORD).await;
        app.clock_control.advance(TimeDelta::minutes(1));
        app.visitor()
            .post("/lv/forgotten", &[("email", EMAIL)])
            .await;
        let mailed = app.last_mail_to(EMAIL).await.link();

        let path = "/lv/me/account/password";
        assert_eq!(eva.get(path).await.heading(), "Mainīt paroli");
        for (present, new, message) in [
            ("", NEW_PASSWORD, "Ierakstiet savu paroli"),
            ("not this one", NEW_PASSWORD, "Šī nav jūsu konta parole"),
            (PASSWORD, "īsa", "vajadzīgas vismaz 12 rakstzīmes"),
            (
                PASSWORD,
                "eva@example.test",
                "nedrīkst būt jūsu e-pasta adreses",
            ),
        ] {
            let page = eva
                .post(path, &[("present", present), ("password", new)])
                .await;
            assert_eq!(page.status, 422, "{message}");
            assert!(
                page.has(message) && !page.has(NEW_PASSWORD),
                "{}",
                page.text
            );
        }
        assert_eq!(elsewhere.get("/lv/me/account").await.status, 200);
        let before = eva.cookie("known").unwrap().to_owned();
        let page = eva
            .post(path, &[("present", PASSWORD), ("password", NEW_PASSWORD)])
            .await;
        assert_eq!(page.location(), "/lv/me/account");
        assert!(eva.follow(&page).await.has("Parole ir nomainīta"));
        assert_ne!(
            eva.cookie("known").unwrap(),
            before,
            "still a known browser"
        );
        assert_eq!(elsewhere.get("/lv/me/account").await.status, 303);
        assert_eq!(sign_in(&mut elsewhere, EMAIL, PASSWORD).await.status, 422);
        assert_eq!(
            sign_in(&mut elsewhere, EMAIL, NEW_PASSWORD).await.status,
            303
        );
        assert_eq!(app.last_mail_to(EMAIL).await.subject, "Parole ir nomainīta");
        assert_eq!(
            app.visitor().get(&mailed).await.status,
            410,
            "a link of before"
        );
    }
}

/// Records that a mail server does not take mails for addresses.
async fn refuse(app: &TestApp, addresses: [&'static str; 2]) {
    let now = app.now();
    app.db
        .write::<_, DbErr>(async move |txn| {
            for address in addresses {
                mail::refuse(txn, now, address, Some("550 5.1.1".to_owned()), None).await?;
            }
            Ok(())
        })
        .await
        .unwrap();
}

#[actix_web::test]
async fn another_address_is_confirmed_at_that_address_and_told_at_the_old_one() {
    for app in TestApp::on_each_database().await {
        let mut eva = registered(&app, EMAIL).await;
        let before = row(&app, EMAIL).await;
        // Somebody began to register the new address and never confirmed it.
        app.visitor()
            .post("/lv/register", &[("email", NEW_EMAIL)])
            .await;
        let stale = app.last_mail_to(NEW_EMAIL).await.link();
        app.clock_control.advance(TimeDelta::minutes(1));

        let path = "/lv/me/account/email";
        for (email, password, message) in [
            (NEW_EMAIL, "not this one", "Šī nav jūsu konta parole"),
            ("eva@", PASSWORD, "Ierakstiet pilnu e-pasta adresi"),
            (EMAIL, PASSWORD, "Šī jau ir jūsu konta adrese"),
        ] {
            let page = eva
                .post(path, &[("email", email), ("password", password)])
                .await;
            assert_eq!(page.status, 422, "{message}");
            assert!(page.has(message) && page.has(email), "{}", page.text);
        }
        // Neither address takes mails; the page says where to enter another.
        refuse(&app, [EMAIL, NEW_EMAIL]).await;
        let change = format!("<a href=\"{path}\">Mainīt adresi</a>");
        assert!(eva.get("/lv/courses").await.has(&change));
        let fields = [("email", NEW_EMAIL), ("password", PASSWORD)];
        let page = eva.post(path, &fields).await;
        assert_eq!(page.status, 200);
        let link = app.last_mail_to(NEW_EMAIL).await.link();
        assert!(link.starts_with("/lv/new-email/"), "{link}");
        // A form sent twice sends one mail, whose link works.
        eva.post(path, &fields).await;
        assert_eq!(app.last_mail_to(NEW_EMAIL).await.link(), link);
        app.clock_control.advance(TimeDelta::minutes(1));
        app.visitor()
            .post("/lv/forgotten", &[("email", EMAIL)])
            .await;
        let reset = app.last_mail_to(EMAIL).await.link();

        // A program that scans mails opens the link; the person presses the button, e.g. on a telephone.
        let mut telephone = app.visitor();
        for _ in 0..2 {
            let page = telephone.get(&link).await;
            assert_eq!(page.heading(), "Apstipriniet jauno adresi");
            assert!(page.has(NEW_EMAIL));
        }
        assert_eq!(row(&app, EMAIL).await.id, before.id);
        let page = telephone.post(&link, &[]).await;
        assert_eq!(page.location(), "/lv/sign-in");
        let after = row(&app, NEW_EMAIL).await;
        assert_eq!((after.id, after.person_id), (before.id, before.person_id));
        assert_eq!(
            app.last_mail_to(EMAIL).await.subject,
            "Jūsu konta adrese ir nomainīta"
        );
        assert!(!app.last_mail_to(EMAIL).await.body.contains(NEW_EMAIL));
        assert!(
            eva.get("/lv/me/account").await.has(NEW_EMAIL),
            "still signed in"
        );
        // The link arrived.
        let refusal = mail::refusal_of(app.db.read(), NEW_EMAIL).await.unwrap();
        assert_eq!(refusal, None);
        assert!(!eva.get("/lv/courses").await.has(&change));
        assert_eq!(
            sign_in(&mut app.visitor(), EMAIL, PASSWORD).await.status,
            422
        );
        assert_eq!(
            sign_in(&mut app.visitor(), NEW_EMAIL, PASSWORD)
                .await
                .status,
            303
        );
        for dead in [&link, &reset] {
            assert_eq!(app.visitor().get(dead).await.status, 410, "{dead}");
        }
        assert_eq!(telephone.post(&link, &[]).await.status, 410);
        assert_eq!(app.visitor().get(&stale).await.status, 404);

        // The mails to the old address are still hers, for a copy of her data.
        let copy = eva.get("/lv/me/data/export.json").await;
        assert!(copy.has("Parole") || copy.has("nomainīta"), "{}", copy.text);
        assert!(copy.has(&format!("\"{EMAIL}\"")) && copy.has("former_email"));
    }
}

#[actix_web::test]
async fn an_address_in_use_reveals_nothing() {
    for app in TestApp::on_each_database().await {
        let mut eva = registered(&app, EMAIL).await;
        registered(&app, "taken@example.test").await;
        app.clock_control.advance(TimeDelta::minutes(1));
        // Takes away what is said once after registering.
        eva.get("/lv/me/account").await;
        let mut told = Vec::new();
        for email in ["taken@example.test", "free01@example.test"] {
            let fields = [("email", email), ("password", PASSWORD)];
            let page = eva.post("/lv/me/account/email", &fields).await;
            assert_eq!(page.status, 200);
            let file = app.last_mail_to(email).await.file_name;
            told.push(page.text.replace(email, "x").replace(&file, "file"));
        }
        assert_eq!(told[0], told[1]);
        let mail = app.last_mail_to("taken@example.test").await;
        assert_eq!(mail.subject, "Jums jau ir konts");
        assert_eq!(mail.link(), "/lv/sign-in");

        // It becomes taken while the link is on its way.
        let link = app.last_mail_to("free01@example.test").await.link();
        registered(&app, "free01@example.test").await;
        assert_eq!(eva.post(&link, &[]).await.status, 409);
        assert!(row(&app, EMAIL).await.email_confirmed_at.is_some());
        assert_eq!(eva.get(&link).await.status, 200, "not used up");
    }
}

#[actix_web::test]
async fn the_language_of_mails_is_chosen() {
    let app = TestApp::start().await;
    let mut eva = registered(&app, EMAIL).await;
    let page = eva.post("/lv/me/account/language", &[("lang", "en")]).await;
    assert_eq!(page.location(), "/en/me/account");
    assert!(eva.follow(&page).await.has("The language has been saved"));
    app.clock_control.advance(TimeDelta::minutes(1));
    eva.post("/lv/forgotten", &[("email", EMAIL)]).await;
    assert_eq!(app.last_mail_to(EMAIL).await.subject, "New password");
    let wrong = eva.post("/lv/me/account/language", &[("lang", "de")]).await;
    assert_eq!(wrong.status, 400);
}

#[actix_web::test]
async fn a_wrong_present_password_is_delayed_as_when_signing_in() {
    let app = TestApp::build().waits_noted().start().await;
    let mut eva = registered(&app, EMAIL).await;
    for _ in 0..6 {
        let fields = [("present", "not this one"), ("password", NEW_PASSWORD)];
        eva.post("/lv/me/account/password", &fields).await;
    }
    assert!(!app.waits().is_empty());
}

#[actix_web::test]
async fn refusals_by_role_are_recorded_once_for_an_account_with_their_number() {
    for app in TestApp::on_each_database().await {
        let mut learner = app.client(Who::Learner).await;
        for path in ["admin/accounts", "admin/accounts", "manage"] {
            assert_eq!(learner.get(&format!("/lv/{path}")).await.status, 403);
        }
        app.visitor().get("/lv/admin/accounts").await;
        for _ in 0..2 {
            note_refusals(&app.app.accounts).await.unwrap();
        }
        let entries = audit_entry::Entity::find()
            .filter(audit_entry::Column::Action.eq("page.refused"))
            .all(app.db.read())
            .await
            .unwrap();
        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0].actor_account_id, Some(learner.account_id));
        let counted = serde_json::json!({ "admin": 2, "manager": 1 });
        assert_eq!(entries[0].detail, counted);
        assert!(server::audit::verify_chain(&app.db).await.unwrap().is_ok());
    }
}

#[actix_web::test]
async fn changed_names_and_workplaces_are_recorded_by_number() {
    for app in TestApp::on_each_database().await {
        let mut learner = app.client(Who::Learner).await;
        let id = app
            .organisation("Cita pārvalde", OrganisationKind::StateInstitution)
            .await;
        let name = [("given_name", "Ēva"), ("family_name", "Jaunā")];
        for _ in 0..2 {
            learner.post("/lv/me/profile", &name).await;
            let fields = [("organisation", id.to_string())];
            let fields: Vec<_> = fields
                .iter()
                .map(|(name, id)| (*name, id.as_str()))
                .collect();
            learner.post("/lv/me/organisation", &fields).await;
        }
        let entries = audit_entry::Entity::find()
            .filter(audit_entry::Column::SubjectId.eq(learner.person_id.to_string()))
            .order_by_asc(audit_entry::Column::Sequence)
            .all(app.db.read())
            .await
            .unwrap();
        let noted: Vec<_> = entries
            .iter()
            .map(|entry| (entry.action.as_str(), entry.detail.clone()))
            .collect();
        assert_eq!(
            noted,
            [
                ("person.renamed", serde_json::json!({})),
                (
                    "person.organisation-changed",
                    serde_json::json!({ "organisation": id })
                ),
            ],
            "once each: saving the same again changes nothing"
        );
    }
}

#[actix_web::test]
async fn somebody_with_one_name_is_called_by_it_everywhere() {
    for app in TestApp::on_each_database().await {
        let mut eva = registered(&app, EMAIL).await;
        let one = [("given_name", ""), ("family_name", "Suharto")];
        let page = eva.post("/lv/me/profile", &one).await;
        assert_eq!(page.status, 422, "a name may have been forgotten");
        assert!(page.has("Ierakstiet vārdu"));
        let said = [one[0], one[1], ("single_name", "yes")];
        let page = eva.post("/lv/me/profile", &said).await;
        assert!(
            page.location().starts_with("/lv/me/organisation"),
            "the step is done"
        );
        let page = eva.get("/lv/me/profile").await;
        assert!(page.has("value=\"yes\" checked"), "{}", page.text);
        assert!(page.has("header-menu__name\">Suharto<"), "{}", page.text);
        assert!(eva.get("/lv/me/account").await.has("<dd>Suharto <a"));
        let mut admin = app.client(Who::Admin).await;
        let list = admin.get("/lv/admin/accounts?q=suharto").await;
        assert!(list.has(">Suharto<") && list.has(EMAIL), "{}", list.text);
    }
}

#[actix_web::test]
async fn a_name_that_mixes_alphabets_is_taken_and_marked_for_administrators() {
    let app = TestApp::start().await;
    let mut admin = app.client(Who::Admin).await;
    for (given, family, is_marked) in [
        ("\u{410}nna", "Bērziņa", true),
        ("Анна", "Иванова", false),
        ("Anna", "Bērziņa", false),
    ] {
        let mut learner = app.client(Who::Learner).await;
        let name = [("given_name", given), ("family_name", family)];
        assert_eq!(learner.post("/lv/me/profile", &name).await.status, 303);
        let path = format!("/lv/admin/accounts/{}", learner.account_id);
        for (path, mark) in [
            (
                "/lv/admin/accounts?q=learner",
                "dažādu alfabētu burti</span>",
            ),
            (path.as_str(), "dažādu alfabētu burti</p>"),
        ] {
            let page = admin.get(path).await;
            assert_eq!(page.has(mark), is_marked, "{given} {path}");
        }
    }
}
