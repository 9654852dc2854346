//! The three steps after the first sign-in, and changing them later.

use chrono::TimeDelta;
use server::{
    db::entity::organisation::OrganisationKind,
    ids::OrganisationId,
    people,
    testing::{Client, Page, Someone, TestApp, Who},
};

use super::registered;

const EMAIL: &str = "eva@example.test";
const NAMES: [(&str, &str); 2] = [
    ("given_name", "Ēva Līga"),
    ("family_name", "Paraudziņa-Ūdre"),
];

async fn newcomer(app: &TestApp) -> Client {
    app.client_of(Someone {
        email: EMAIL.to_owned(),
        role: None,
        is_ready: false,
    })
    .await
}

async fn choose(client: &mut Client, organisation_id: OrganisationId) {
    let id = organisation_id.to_string();
    let page = client
        .post("/lv/me/organisation", &[("organisation", &id)])
        .await;
    assert_eq!(page.status, 303);
}

/// The error that the page shows for a field.
fn error_beside<'a>(page: &'a Page, field: &str) -> &'a str {
    let (_, rest) = page
        .text
        .split_once(&format!("id=\"{field}-error\">"))
        .expect("no error beside the field");
    rest.split_once("</p>").unwrap().0
}

#[actix_web::test]
async fn the_profile_steps_continue_to_the_requested_page() {
    for app in TestApp::on_each_database().await {
        let id = app
            .organisation(
                "Rīta pašvaldības „Saules” skola",
                OrganisationKind::MunicipalInstitution,
            )
            .await;
        let mut eva = registered(&app, EMAIL).await;
        let next = ("next", "/lv/courses/pamati");
        let remembered = "?next=%2Flv%2Fcourses%2Fpamati";

        let page = eva.get(&format!("/lv/me/profile{remembered}")).await;
        assert!(page.has("1. solis no 3") && page.has("value=\"/lv/courses/pamati\""));
        let page = eva
            .post("/lv/me/profile", &[NAMES[0], NAMES[1], next])
            .await;
        assert_eq!(page.location(), format!("/lv/me/organisation{remembered}"));

        let page = eva.follow(&page).await;
        assert!(page.has("2. solis no 3"));
        let page = eva.get("/lv/me/organisation?q=PASVALDIBAS+saules").await;
        assert!(page.has("Rīta pašvaldības „Saules” skola") && page.has("1 organizācija"));
        let page = eva
            .post(
                "/lv/me/organisation",
                &[("organisation", &id.to_string()), next],
            )
            .await;
        assert_eq!(page.location(), format!("/lv/me/privacy{remembered}"));

        let page = eva.post("/lv/me/privacy", &[next]).await;
        assert_eq!(page.status, 422);
        assert!(page.has("Atzīmējiet"));
        let page = eva.post("/lv/me/privacy", &[("accept", "yes"), next]).await;
        assert_eq!(page.location(), "/lv/courses/pamati");

        let person = eva.get("/lv/me/privacy").await;
        assert!(person.has("Jūs to apstiprinājāt 23.11.2026.") && person.has("2026-11"));
        assert!(person.has("Ēva Līga"), "the page's head greets by name");
    }
}

#[actix_web::test]
async fn steps_may_be_taken_in_any_order() {
    let app = TestApp::start().await;
    let mut eva = newcomer(&app).await;
    let page = eva.post("/lv/me/privacy", &[("accept", "yes")]).await;
    assert_eq!(page.location(), "/lv/me/profile");
    let page = eva.post("/lv/me/profile", &NAMES).await;
    assert_eq!(page.location(), "/lv/me/organisation");
    let fields = [("name", "SIA „Rīta rasa”"), ("kind", "enterprise-micro")];
    let page = eva.post("/lv/me/organisation/new", &fields).await;
    assert_eq!(page.location(), "/lv/courses");
}

#[actix_web::test]
async fn invalid_names_are_shown_again() {
    let app = TestApp::start().await;
    let mut eva = newcomer(&app).await;
    let page = eva
        .post(
            "/lv/me/profile",
            &[("given_name", "Ēva2"), ("family_name", " ")],
        )
        .await;
    assert_eq!(page.status, 422);
    assert!(page.has("value=\"Ēva2\""));
    assert!(page.has("Vārdā un uzvārdā var būt burti") && page.has("Ierakstiet uzvārdu"));
    let page = eva
        .post(
            "/en/me/profile",
            &[("given_name", "<b>"), ("family_name", "x")],
        )
        .await;
    assert!(page.has("&lt;b&gt;") && !page.has("value=\"<b>\""));
}

#[actix_web::test]
async fn a_name_that_certificates_cannot_show_is_refused_with_its_characters() {
    for app in TestApp::on_each_database().await {
        let mut learner = app.client(Who::Learner).await;
        let before = people::full_name(app.db.read(), learner.person_id)
            .await
            .unwrap();
        let typed = [("given_name", "小明 Anna"), ("family_name", "Քոչարյան")];
        for (path, messages) in [
            (
                "/lv/me/profile",
                [
                    "Apliecībā nevar attēlot šīs rakstzīmes: 小, 明. ",
                    "Apliecībā nevar attēlot šīs rakstzīmes: Ք, ա, յ, ն, ո, չ, ր. ",
                ],
            ),
            (
                "/en/me/profile",
                [
                    "Certificates cannot show these characters: 小, 明. ",
                    "Certificates cannot show these characters: Ք, ա, յ, ն, ո, չ, ր. ",
                ],
            ),
        ] {
            let page = learner.post(path, &typed).await;
            assert_eq!(page.status, 422);
            for (field, message) in ["given_name", "family_name"].into_iter().zip(messages) {
                let beside = error_beside(&page, field);
                assert!(beside.contains(message), "{beside}");
            }
            for (_, name) in typed {
                assert!(page.has(&format!("value=\"{name}\"")), "{}", page.text);
            }
        }
        let after = people::full_name(app.db.read(), learner.person_id)
            .await
            .unwrap();
        assert_eq!(after, before, "nothing is stored");
    }
}

#[actix_web::test]
async fn a_name_in_letters_that_certificates_can_show_is_taken() {
    let app = TestApp::start().await;
    let mut learner = app.client(Who::Learner).await;
    for (given, family) in [
        ("Ольга", "Ким"),
        ("Οδυσσέας", "Ελύτης"),
        ("Łucja", "O’Şahin"),
    ] {
        let typed = [("given_name", given), ("family_name", family)];
        assert_eq!(learner.post("/lv/me/profile", &typed).await.status, 303);
        assert_eq!(
            people::full_name(app.db.read(), learner.person_id)
                .await
                .unwrap(),
            format!("{given} {family}")
        );
    }
}

#[actix_web::test]
async fn a_new_workplace_ends_the_old_one_and_keeps_its_dates() {
    for app in TestApp::on_each_database().await {
        let old = app
            .organisation("Vecā pārvalde", OrganisationKind::StateInstitution)
            .await;
        let new = app
            .organisation("Jaunā pārvalde", OrganisationKind::StateInstitution)
            .await;
        let mut eva = newcomer(&app).await;
        for id in [old, old] {
            choose(&mut eva, id).await;
        }
        app.clock_control.advance(TimeDelta::days(10));
        let mut eva = newcomer(&app).await;
        choose(&mut eva, new).await;
        let page = eva.get("/lv/me/organisation").await;
        assert!(
            page.has("<strong>Jaunā pārvalde</strong>") && page.has("no 03.12.2026."),
            "{}",
            page.text
        );
        assert!(
            page.has("Vecā pārvalde, 23.11.2026.–03.12.2026."),
            "{}",
            page.text
        );
        assert_eq!(
            page.text.matches("Vecā pārvalde").count(),
            1,
            "choosing the same again adds nothing"
        );
    }
}

#[actix_web::test]
async fn a_changed_profile_stays_on_its_page_and_says_so() {
    let app = TestApp::start().await;
    let mut learner = app.client(Who::Learner).await;
    let page = learner.get("/lv/me/profile").await;
    assert!(!page.has("solis no") && page.has("value=\"Anna\""));
    let page = learner.post("/lv/me/profile", &NAMES).await;
    assert_eq!(page.location(), "/lv/me/profile");
    assert!(learner.follow(&page).await.has("Saglabāts."));
    assert_eq!(
        people::full_name(app.db.read(), learner.person_id)
            .await
            .unwrap(),
        "Ēva Līga Paraudziņa-Ūdre"
    );
}

#[actix_web::test]
async fn readiness_says_what_is_missing() {
    let app = TestApp::start().await;
    let mut eva = newcomer(&app).await;
    let readiness = people::readiness(&app.db, eva.person_id).await.unwrap();
    assert_eq!(readiness, people::Readiness::default());
    eva.post("/lv/me/profile", &NAMES).await;
    let readiness = people::readiness(&app.db, eva.person_id).await.unwrap();
    assert_eq!(readiness.missing(), Some(people::Step::Organisation));
    let learner = app.client(Who::Learner).await;
    assert!(
        people::readiness(&app.db, learner.person_id)
            .await
            .unwrap()
            .is_complete()
    );
}
