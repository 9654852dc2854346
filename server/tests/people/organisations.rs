//! The register: proposing, searching, approving, rejecting, correcting.

use sea_orm::EntityTrait as _;
use server::{
    audit,
    db::entity::{organisation::OrganisationKind, person},
    people,
    testing::{Client, Page, Someone, TestApp, Who},
};

const EMAIL: &str = "eva@example.test";
const NUMBER: &str = "40008000009";

async fn newcomer(app: &TestApp, email: &str) -> Client {
    app.client_of(Someone {
        email: email.to_owned(),
        role: None,
        is_ready: false,
    })
    .await
}

/// Proposes an organisation; the path of its record for managers.
async fn proposed(client: &mut Client, manager: &mut Client, name: &str) -> String {
    let fields = [
        ("name", name),
        ("registration_number", NUMBER),
        ("kind", "association"),
    ];
    assert_eq!(
        client.post("/lv/me/organisation/new", &fields).await.status,
        303
    );
    let page = manager
        .get("/lv/manage/organisations?status=proposed")
        .await;
    assert!(
        page.has(name) && page.has("1 organizācija gaida apstiprināšanu"),
        "{}",
        page.text
    );
    let (_, rest) = page
        .text
        .split_once("<th scope=\"row\"><a href=\"/lv/manage/organisations/")
        .unwrap();
    format!(
        "/lv/manage/organisations/{}",
        rest.split_once('"').unwrap().0
    )
}

#[actix_web::test]
async fn a_proposed_organisation_counts_at_once_and_is_found_when_approved() {
    for app in TestApp::on_each_database().await {
        let mut eva = newcomer(&app, EMAIL).await;
        let mut manager = app.client(Who::Manager).await;
        let record = proposed(&mut eva, &mut manager, "Biedrība „Rīta ausma”").await;
        assert!(
            people::readiness(&app.db, eva.person_id)
                .await
                .unwrap()
                .has_organisation
        );
        assert!(
            eva.get("/lv/me/organisation")
                .await
                .has("Gaida apstiprināšanu")
        );
        assert!(
            eva.get("/lv/me/organisation?q=ausma")
                .await
                .has("Nekas nav atrasts")
        );

        for _ in 0..2 {
            assert_eq!(
                manager
                    .post(&format!("{record}/approve"), &[])
                    .await
                    .location(),
                record
            );
        }
        assert!(manager.get(&record).await.has("Reģistrā"));
        assert!(
            eva.get("/lv/me/organisation?q=ausma")
                .await
                .has("1 organizācija")
        );
        assert_eq!(
            audit::verify_chain(&app.db).await.unwrap(),
            Ok(2),
            "approved once, after somebody named it as their workplace"
        );
    }
}

#[actix_web::test]
async fn a_rejected_organisation_has_to_be_replaced_and_its_people_are_told() {
    for app in TestApp::on_each_database().await {
        let mut eva = newcomer(&app, EMAIL).await;
        let mut manager = app.client(Who::Manager).await;
        let record = proposed(&mut eva, &mut manager, "Nekas").await;

        let page = manager
            .post(&format!("{record}/reject"), &[("reason", " ")])
            .await;
        assert_eq!(page.status, 422);
        assert!(page.has("Ierakstiet iemeslu"));
        manager
            .post(
                &format!("{record}/reject"),
                &[("reason", "Tādas biedrības nav.")],
            )
            .await;
        let mail = app.last_mail_to(EMAIL).await;
        assert!(mail.body.contains("Tādas biedrības nav."));
        assert_eq!(mail.link(), "/lv/me/organisation");

        assert!(
            !people::readiness(&app.db, eva.person_id)
                .await
                .unwrap()
                .has_organisation
        );
        let page = eva.get("/lv/me/organisation").await;
        assert!(page.has("„Nekas” nav iekļauta reģistrā") && page.has("Tādas biedrības nav."));
        assert!(page.has("pirmajai derīgajai darbavietai, ko izvēlēsieties"));
        let page = eva.get("/en/me/organisation").await;
        assert!(page.has("the first valid place of work that you choose, for good"));
        let fields = [
            ("name", "Nekas"),
            ("registration_number", NUMBER),
            ("kind", "association"),
        ];
        let page = eva.post("/lv/me/organisation/new", &fields).await;
        assert_eq!(page.status, 422);
        assert!(page.has("reģistrā nav pieņemta"));
        let found = eva.get("/lv/me/organisation?q=nekas").await;
        assert!(found.has("Nekas nav atrasts"));
    }
}

#[actix_web::test]
async fn a_known_registration_number_leads_to_the_organisation_there_is() {
    for app in TestApp::on_each_database().await {
        let mut eva = newcomer(&app, EMAIL).await;
        let mut zane = newcomer(&app, "zane@example.test").await;
        let mut manager = app.client(Who::Manager).await;
        proposed(&mut eva, &mut manager, "Biedrība „Rīta ausma”").await;
        proposed(&mut zane, &mut manager, "Biedrība „Rīta ausma”").await;
        assert!(
            zane.get("/lv/me/organisation")
                .await
                .has("Biedrība „Rīta ausma”")
        );
    }
}

#[actix_web::test]
async fn what_is_wrong_with_an_organisation_stands_beside_its_field() {
    let app = TestApp::start().await;
    let mut eva = newcomer(&app, EMAIL).await;
    let fields = [
        ("name", ""),
        ("registration_number", "123"),
        ("kind", "bank"),
    ];
    let page = eva.post("/lv/me/organisation/new", &fields).await;
    assert_eq!(page.status, 422);
    for message in [
        "Ierakstiet nosaukumu",
        "tieši 11 cipariem",
        "Izvēlieties veidu",
        "value=\"123\"",
    ] {
        assert!(page.has(message), "{message}");
    }
    let page = eva.post("/lv/me/organisation", &[("q", "xyz")]).await;
    assert_eq!(page.status, 422);
    for id in ["x", "0193535e-8a4c-7000-8000-000000000000"] {
        assert_eq!(
            eva.post("/lv/me/organisation", &[("organisation", id)])
                .await
                .status,
            422,
            "{id}"
        );
    }
}

#[actix_web::test]
async fn a_record_is_corrected_and_two_do_not_share_a_number() {
    for app in TestApp::on_each_database().await {
        let mut eva = newcomer(&app, EMAIL).await;
        let mut manager = app.client(Who::Manager).await;
        let record = proposed(&mut eva, &mut manager, "Biedriba Rita ausma").await;
        let other = app
            .organisation("Cita biedrība", OrganisationKind::Association)
            .await;
        let other = format!("/lv/manage/organisations/{other}");

        let fields = [
            ("name", "Biedrība „Rīta ausma”"),
            ("registration_number", ""),
            ("kind", "foundation"),
        ];
        assert_eq!(manager.post(&record, &fields).await.location(), record);
        let page = manager.get(&record).await;
        assert_eq!(page.heading(), "Biedrība „Rīta ausma”");
        assert!(page.has("value=\"foundation\" selected"));

        let fields = [
            ("name", "Cita biedrība"),
            ("registration_number", NUMBER),
            ("kind", "association"),
        ];
        assert_eq!(manager.post(&other, &fields).await.status, 303);
        let page = manager.post(&record, &fields).await;
        assert_eq!(page.status, 422);
        assert!(page.has("jau ir citai organizācijai"));
        assert_eq!(manager.post(&record, &[("name", "")]).await.status, 422);
        let nowhere = "/lv/manage/organisations/0193535e-8a4c-7000-8000-000000000000";
        assert_eq!(manager.post(nowhere, &fields).await.status, 404);
        // Corrected twice, and named as a workplace before.
        assert_eq!(audit::verify_chain(&app.db).await.unwrap(), Ok(3));
    }
}

#[actix_web::test]
async fn searching_ignores_diacritics_and_takes_symbols_literally() {
    for app in TestApp::on_each_database().await {
        app.organisation(
            "Ķekavas „Žubītes” 100% bērnudārzs",
            OrganisationKind::MunicipalInstitution,
        )
        .await;
        let mut eva = newcomer(&app, EMAIL).await;
        for query in [
            "kekavas",
            "%C4%B6ekavas+zubites",
            "bernudarzs+100",
            "%C5%BDUB%C4%AATES",
            "100",
        ] {
            let page = eva.get(&format!("/lv/me/organisation?q={query}")).await;
            assert!(page.has("1 organizācija"), "{query}");
        }
        let page = eva.get("/lv/me/organisation?q=kekavas+skola").await;
        assert!(page.has("Nekas nav atrasts"));
        let page = eva.get("/lv/me/organisation?q=%20%20").await;
        assert!(!page.has("Atrastais"));
    }
}

#[actix_web::test]
async fn a_long_register_comes_in_pages() {
    let app = TestApp::start().await;
    let mut manager = app.client(Who::Manager).await;
    for number in 0..60 {
        let name: &'static str = format!("Pagasts {number:02}").leak();
        app.organisation(name, OrganisationKind::MunicipalInstitution)
            .await;
    }
    let page = manager.get("/lv/manage/organisations?q=pagasts").await;
    assert!(page.has("1.–50. no 60") && page.has("Pagasts 49") && !page.has("Pagasts 50"));
    let page = manager
        .get("/lv/manage/organisations?q=pagasts&page=2")
        .await;
    assert!(page.has("51.–60. no 60") && page.has("Pagasts 59"));
    assert!(page.has("rel=\"prev\"") && !page.has("rel=\"next\""));
}

/// Asserts that the texts occur in the page in this order.
fn assert_in_order(page: &Page, texts: &[&str]) {
    let places: Vec<_> = texts.iter().map(|text| page.text.find(text)).collect();
    assert!(places.iter().all(Option::is_some), "{texts:?} {places:?}");
    assert!(places.is_sorted(), "{texts:?} {places:?}");
}

#[actix_web::test]
async fn the_register_is_sorted_and_narrowed() {
    for app in TestApp::on_each_database().await {
        let mut manager = app.client(Who::Manager).await;
        for (name, kind) in [
            ("Šķēles pagasts", OrganisationKind::MunicipalInstitution),
            ("„Āboliņš” SIA", OrganisationKind::EnterpriseSmall),
            ("Abola fonds", OrganisationKind::Foundation),
            ("Cīrules skola", OrganisationKind::MunicipalInstitution),
            ("Čakles skola", OrganisationKind::MunicipalInstitution),
            ("Stūra pagasts", OrganisationKind::MunicipalInstitution),
        ] {
            app.organisation(name, kind).await;
        }
        let names = [
            "Abola fonds",
            "„Āboliņš” SIA",
            "Cīrules skola",
            "Čakles skola",
            "Stūra pagasts",
            "Šķēles pagasts",
        ];
        let page = manager.get("/lv/manage/organisations").await;
        assert_in_order(&page, &names);
        assert!(page.has("<th scope=\"col\" aria-sort=\"ascending\"><a href=\"/lv/manage/organisations?order=desc\">"));
        let page = manager.get("/lv/manage/organisations?order=desc").await;
        let reversed: Vec<_> = names.into_iter().rev().collect();
        assert_in_order(&page, &reversed);
        let page = manager
            .get("/lv/manage/organisations?kind=municipal-institution&q=skola&status=approved")
            .await;
        assert!(page.has("1.–2. no 2") && !page.has("pagasts</a>"));
        assert!(page.has("<option value=\"municipal-institution\" selected>"));
        let page = manager
            .get("/lv/manage/organisations?status=rejected&sort=created")
            .await;
        assert!(page.has("Nekas nav atrasts") && page.has("Rādīt visu") && !page.has("<table"));
    }
}

#[actix_web::test]
async fn exactly_what_is_filtered_is_exported_and_noted() {
    for app in TestApp::on_each_database().await {
        let mut manager = app.client(Who::Manager).await;
        for number in 0..60 {
            let name: &'static str = format!("Pagasts {number:02}").leak();
            app.organisation(name, OrganisationKind::MunicipalInstitution)
                .await;
        }
        app.organisation("=cmd \"Fonds\"", OrganisationKind::Foundation)
            .await;
        let path = "/lv/manage/organisations/export.csv?q=pagasts&page=2&order=desc";
        let file = manager.get(path).await;
        let lines: Vec<_> = file.text.lines().collect();
        assert_eq!(lines.len(), 61, "the heading, and all pages");
        assert!(lines[1].starts_with("Pagasts 59;;"));
        let file = manager
            .get("/en/manage/organisations/export.csv?kind=foundation")
            .await;
        assert!(
            file.text
                .lines()
                .nth(1)
                .unwrap()
                .starts_with("\"'=cmd \"\"Fonds\"\"\";")
        );
        assert!(file.text.starts_with("\u{feff}Name;"));
        let notes = audit::about(
            &app.db,
            ("list", "organisations".to_owned()),
            "list.exported",
        );
        let notes = notes.await.unwrap();
        assert_eq!(notes.len(), 2);
        assert_eq!(
            notes[1].detail,
            serde_json::json!({ "rows": 1, "filters": { "kind": "foundation" }, "is_searched": false })
        );
        assert!(!notes[0].detail.to_string().contains("pagasts"));
        for (ending, status) in [("xlsx", 200), ("pdf", 404), ("", 404)] {
            let path = format!("/lv/manage/organisations/export.{ending}");
            assert_eq!(manager.get(&path).await.status, status, "{ending}");
        }
    }
}

#[actix_web::test]
async fn ticked_organisations_are_approved_together() {
    for app in TestApp::on_each_database().await {
        let mut manager = app.client(Who::Manager).await;
        let mut ids = Vec::new();
        for (who, name) in [
            ("eva@example.test", "Evas SIA"),
            ("ivo@example.test", "Ivo SIA"),
        ] {
            let mut person = newcomer(&app, who).await;
            let fields = [
                ("name", name),
                ("registration_number", ""),
                ("kind", "enterprise-micro"),
            ];
            person.post("/lv/me/organisation/new", &fields).await;
        }
        let list = "/lv/manage/organisations?status=proposed";
        let page = manager.get(list).await;
        for part in page.text.split("name=\"id\" value=\"").skip(1) {
            ids.push(part.split_once('"').unwrap().0.to_owned());
        }
        assert_eq!(ids.len(), 2);

        let query = ("query", "status=proposed");
        let page = manager
            .post("/lv/manage/organisations", &[("do", "approve"), query])
            .await;
        assert_eq!(page.status, 422);
        assert!(page.has("Atzīmējiet vismaz vienu rindu") && page.has("<title>Kļūda:"));
        assert!(page.has("Evas SIA"), "the list is shown as it was");

        let fields = [
            ("do", "approve"),
            query,
            ("id", ids[0].as_str()),
            ("id", ids[1].as_str()),
            ("id", "x"),
            ("id", "0193535e-8a4c-7000-8000-000000000000"),
        ];
        let page = manager.post("/lv/manage/organisations", &fields).await;
        assert_eq!(page.location(), list);
        let page = manager.follow(&page).await;
        assert!(page.has("Reģistrā iekļautas 2 organizācijas.") && !page.has("Evas SIA"));
        let page = manager.post("/lv/manage/organisations", &fields).await;
        let page = manager.follow(&page).await;
        assert!(page.has("Atzīmētās organizācijas jau bija reģistrā."));
        let page = manager
            .post(
                "/lv/manage/organisations",
                &[("do", "delete"), ("id", &ids[0])],
            )
            .await;
        assert_eq!(page.status, 400);
    }
}

#[actix_web::test]
async fn a_corrected_kind_is_a_write_about_everybody_who_counts_by_it() {
    for app in TestApp::on_each_database().await {
        let mut manager = app.client(Who::Manager).await;
        let learner = app.client(Who::Learner).await;
        let office = app
            .organisation("Paraugu pārvalde", OrganisationKind::StateInstitution)
            .await;
        let version = async || {
            let person = person::Entity::find_by_id(learner.person_id)
                .one(app.db.read())
                .await;
            person.unwrap().unwrap().record_version
        };
        let before = version().await;
        let fields = [
            ("name", "Paraugu pārvalde"),
            ("registration_number", ""),
            ("kind", "public-company"),
        ];
        let page = manager
            .post(&format!("/lv/manage/organisations/{office}"), &fields)
            .await;
        assert_eq!(page.status, 303, "{}", page.text);
        assert!(version().await > before, "pages about them are stale");
    }
}

#[actix_web::test]
async fn a_personal_code_is_not_stored_unless_somebody_insists() {
    const CODE: &str = "161175-19997";
    for app in TestApp::on_each_database().await {
        let mut eva = newcomer(&app, EMAIL).await;
        let mut manager = app.client(Who::Manager).await;
        let typed = [
            ("name", "Evas ferma"),
            ("registration_number", CODE),
            ("kind", "other"),
        ];
        let page = eva.post("/lv/me/organisation/new", &typed).await;
        assert_eq!(page.status, 422);
        assert!(page.has("izskatās pēc personas koda") && page.has("name=\"not_personal\""));
        assert!(
            page.has(&format!("value=\"{CODE}\"")),
            "what was typed stays"
        );
        let register = async |manager: &mut Client| {
            let page = manager.get("/lv/manage/organisations?q=ferma").await;
            (page.has("Evas ferma"), page.has("16117519997"))
        };
        assert_eq!(register(&mut manager).await, (false, false));
        assert!(!eva.get("/lv/me/organisation/new").await.has("not_personal"));

        let [name, number, kind] = typed;
        let insisted = [name, number, kind, ("not_personal", "yes")];
        let page = eva.post("/lv/me/organisation/new", &insisted).await;
        assert_eq!(page.status, 303);
        assert_eq!(register(&mut manager).await, (true, true));

        // The same for a manager who corrects a record.
        let id = app
            .organisation("Cita ferma", OrganisationKind::Other)
            .await;
        let record = format!("/lv/manage/organisations/{id}");
        let name = ("name", "Cita ferma 161175 19997");
        let fields = [name, ("registration_number", ""), kind];
        let page = manager.post(&record, &fields).await;
        assert_eq!(page.status, 422);
        assert!(page.has("name=\"not_personal\"") && page.has("Cita ferma 161175 19997"));
        assert_eq!(manager.get(&record).await.heading(), "Cita ferma");
    }
}
