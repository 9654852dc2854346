//! Importing registrations from a file.

use std::io::{Cursor, Write as _};

use actix_web::{http::header, test::TestRequest};
use chrono::TimeDelta;
use rust_xlsxwriter::{Formula, Workbook};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use server::{
    background,
    db::entity::{
        audit_entry, organisation::OrganisationKind, registration, registration_import,
        registration_import::ImportStatus,
    },
    events::NewEvent,
    ids::EventId,
    jobs, registrations,
    testing::{Client, Page, TestApp, Who, assert_admits, assert_admits_post},
};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::support::{DISCUSSIONS, SEMINARS, add, discussion, give, wednesday};

/// An announced discussion of so many places, and an organiser of its strand.
async fn event(app: &TestApp, capacity: i32) -> (Client, EventId) {
    let organiser = app.client(Who::Organiser).await;
    give(app, organiser.account_id, DISCUSSIONS).await;
    let new = NewEvent {
        capacity,
        ..discussion(DISCUSSIONS, "Diskusija", wednesday())
    };
    let id = add(app, organiser.account_id, new, true).await;
    (organiser, id)
}

fn form(id: EventId) -> String {
    format!("/lv/organise/events/{id}/registrations/import")
}

/// Sends a file with the form, as a browser does.
pub(crate) async fn upload(client: &mut Client, id: EventId, name: &str, bytes: &[u8]) -> Page {
    let page = client.get(&form(id)).await;
    let (_, rest) = page.text.split_once("name=\"csrf\" value=\"").unwrap();
    let (token, _) = rest.split_once('"').unwrap();
    let mut body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n\
         --x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--x--\r\n");
    let request = TestRequest::post()
        .uri(&form(id))
        .insert_header((header::CONTENT_TYPE, "multipart/form-data; boundary=x"))
        .set_payload(body);
    client.send(request).await
}

/// A workbook with these rows below the usual header.
fn workbook(rows: &[[&str; 6]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let header = [
        "Vārds",
        "Uzvārds",
        "E-pasts",
        "Organizācija",
        "Amats",
        "Valoda",
    ];
    for (row, cells) in (0..).zip(std::iter::once(&header).chain(rows)) {
        for (column, text) in (0..).zip(cells) {
            sheet.write_string(row, column, *text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

fn csv(people: impl Iterator<Item = usize>) -> String {
    let rows = people.map(|n| format!("Anna;Parauga;dalibniece{n}@example.test\r\n"));
    format!("Vārds;Uzvārds;E-pasts\r\n{}", rows.collect::<String>())
}

async fn registered(app: &TestApp, id: EventId) -> Vec<registration::Model> {
    registration::Entity::find()
        .filter(registration::Column::EventId.eq(id))
        .all(app.db.read())
        .await
        .unwrap()
}

async fn imports(app: &TestApp) -> Vec<registration_import::Model> {
    registration_import::Entity::find()
        .all(app.db.read())
        .await
        .unwrap()
}

async fn run_jobs(app: &TestApp) {
    let workers = background::workers(&app.app);
    jobs::run_due(&app.app.queue(), &workers).await.unwrap();
}

#[actix_web::test]
async fn importing_is_for_the_organisers_of_the_strand_and_managers() {
    let app = TestApp::start().await;
    let (mut organiser, id) = event(&app, 5).await;
    let admitted = [Who::Organiser, Who::Manager];
    assert_admits(&app, &form(id), &admitted).await;
    for ending in ["csv", "xlsx"] {
        let path = format!("{}/template.{ending}", form(id));
        assert_admits(&app, &path, &admitted).await;
    }
    assert_eq!(
        organiser
            .get(&format!("{}/template.pdf", form(id)))
            .await
            .status,
        404
    );

    let page = upload(&mut organiser, id, "a.csv", csv(0..1).as_bytes()).await;
    let import = page.location().to_owned();
    assert_eq!(organiser.get(&import).await.status, 200);
    // Whoever had it checked sees it, and nobody else.
    let mut manager = app.client(Who::Manager).await;
    for path in [import.clone(), format!("{import}/discard")] {
        for who in [Who::Learner, Who::Author, Who::Admin] {
            assert_eq!(app.client(who).await.post(&path, &[]).await.status, 403);
        }
        assert_eq!(manager.post(&path, &[]).await.status, 404);
    }
    assert_eq!(manager.get(&import).await.status, 404);
    assert!(registered(&app, id).await.is_empty());

    // Of another strand, there is nothing for an organiser.
    let other = discussion(SEMINARS, "Cits virziens", wednesday());
    let other = add(&app, manager.account_id, other, true).await;
    let path = form(other);
    assert_eq!(organiser.get(&path).await.status, 404);
    assert_eq!(
        organiser.get(&format!("{path}/template.csv")).await.status,
        404
    );
    let wrong = import.replace(&id.to_string(), &other.to_string());
    assert_eq!(organiser.get(&wrong).await.status, 404);
    assert_eq!(organiser.post(&wrong, &[]).await.status, 404);
    assert_admits_post(&app, &form(id), &[], &admitted).await;
}

#[actix_web::test]
async fn a_file_is_checked_then_its_people_are_registered_once() {
    for app in TestApp::on_each_database().await {
        app.organisation("Paraugu iestāde", OrganisationKind::StateInstitution)
            .await;
        let (mut organiser, id) = event(&app, 2).await;
        let learner = app.client(Who::Learner).await;
        let first = workbook(&[["Līna", "Liepa", &learner.email, "", "", ""]]);
        let page = upload(&mut organiser, id, "pirmais.xlsx", &first).await;
        assert_eq!(page.status, 303, "{}", page.text);
        let page = organiser.post(page.location(), &[]).await;
        assert!(organiser.follow(&page).await.has("Pieteikts ar vietu: 1"));
        // The person with that address, and not a new one.
        assert_eq!(registered(&app, id).await[0].person_id, learner.person_id);

        let file = workbook(&[
            ["Anna", "Piemērs", "piemers@example.invalid", "", "", ""],
            [
                "Anna",
                "Bērziņa",
                "Anna@Example.test",
                "paraugu iestade",
                "juriste",
                "en",
            ],
            ["", "Kalns", "ivo@example.test", "", "", ""],
            [
                "Ivo",
                "Kalns",
                "ivo@example.test",
                "Nezināma iestāde",
                "",
                "",
            ],
            ["Līna", "Liepa", &learner.email, "", "", ""],
            ["Ivo", "Kalns", "IVO@example.test", "", "", ""],
        ]);
        let page = upload(&mut organiser, id, "dalībnieki.xlsx", &file).await;
        let import = page.location().to_owned();
        let page = organiser.get(&import).await;
        for text in [
            "dalībnieki.xlsx",
            "1 cilvēks tiks pieteikts, un viņam būs vieta",
            "1 cilvēks nonāks gaidīšanas sarakstā",
            "1 cilvēks jau ir pieteikts",
            "2 rindas ar kļūdām tiks izlaistas",
            "Šūna ir tukša",
            "Nezināma iestāde",
            "Šī adrese jau ir 5. rindā",
            "Parauga rindu",
            "Pieteikt 2 cilvēkus",
        ] {
            assert!(page.has(text), "{text}: {}", page.text);
        }
        assert_eq!(registered(&app, id).await.len(), 1);
        let kept = imports(&app).await;
        let sealed = kept.iter().find_map(|row| row.sealed.as_deref()).unwrap();
        assert!(!sealed.contains("Bērziņa"));

        for _ in 0..2 {
            let page = organiser.post(&import, &[]).await;
            assert_eq!(page.status, 303, "{}", page.text);
            run_jobs(&app).await;
        }
        let page = organiser.get(&import).await;
        for text in [
            "Pieteikts ar vietu: 1",
            "Gaidīšanas sarakstā: 1",
            "Jau bija pieteikts: 1",
            "Izlaistas rindas: 2",
            "Rindas: 3",
        ] {
            assert!(page.has(text), "{text}: {}", page.text);
        }
        let rows = registered(&app, id).await;
        let of = |email: &str| rows.iter().find(|row| row.email == email).unwrap();
        assert_eq!(rows.len(), 3);
        let anna = of("anna@example.test");
        assert_eq!(anna.state, registrations::RegistrationState::Registered);
        assert_eq!(anna.origin, registrations::Origin::Import);
        assert_eq!(anna.locale, "en");
        assert_eq!(anna.role, "juriste");
        assert!(anna.organisation_id.is_some());
        assert_eq!(anna.registered_by, Some(organiser.account_id));
        let ivo = of("ivo@example.test");
        assert_eq!(ivo.state, registrations::RegistrationState::Waiting);
        assert_eq!(ivo.organisation_id, None);
        // One mail each, with the link to cancel.
        let mails = app.mails_to("anna@example.test").await;
        assert_eq!(mails.len(), 1);
        assert!(mails[0].subject.contains("You have a place"));
        let cancel = format!("{}/cancel", mails[0].link());
        assert_eq!(app.visitor().get(&cancel).await.status, 200);
        assert_eq!(app.mails_to("ivo@example.test").await.len(), 1);
        assert_eq!(app.mails_to(&learner.email).await.len(), 1);
        // The rows of the file are gone, and the log has one entry for each import.
        assert!(
            imports(&app)
                .await
                .iter()
                .all(|row| { row.sealed.is_none() && row.status == ImportStatus::Done })
        );
        let entries = audit_entry::Entity::find()
            .filter(audit_entry::Column::Action.eq("registrations.imported"))
            .all(app.db.read())
            .await
            .unwrap();
        assert_eq!(entries.len(), 2);
        let counts = entries[1].detail["rows"].clone();
        assert_eq!(
            counts,
            serde_json::json!({"registered": 1, "waiting": 1, "already": 1, "refused": 0})
        );
        assert!(!entries[1].detail.to_string().contains("anna"));
    }
}

#[actix_web::test]
async fn many_people_are_registered_by_a_job_that_goes_on_where_it_was() {
    for app in TestApp::on_each_database().await {
        let (mut organiser, id) = event(&app, 100).await;
        let page = upload(&mut organiser, id, "a.csv", csv(0..130).as_bytes()).await;
        let import = page.location().to_owned();
        assert!(organiser.get(&import).await.has("Pieteikt 130 cilvēku"));
        organiser.post(&import, &[]).await;
        let page = organiser.get(&import).await;
        assert!(page.has("0 no 130"), "{}", page.text);
        // Two runners at once, as after a lease has ended.
        let workers = background::workers(&app.app);
        let queue = app.app.queue();
        let job = |_| {
            let kept = imports(&app);
            async {
                let id = kept.await[0].id;
                let job = serde_json::from_value(serde_json::json!({ "import_id": id })).unwrap();
                registrations::carry_out_import(&app.app.registrations, &job, None).await
            }
        };
        let (one, two, run) = tokio::join!(job(1), job(2), jobs::run_due(&queue, &workers));
        one.unwrap();
        two.unwrap();
        run.unwrap();
        let rows = registered(&app, id).await;
        assert_eq!(rows.len(), 130);
        let with_place = rows.iter().filter(|row| row.holds_place).count();
        assert_eq!(with_place, 100);
        // In the order of the file.
        let mut rows = rows;
        rows.sort_by_key(|row| row.number);
        assert_eq!(rows[0].email, "dalibniece0@example.test");
        assert_eq!(rows[129].email, "dalibniece129@example.test");
        let page = organiser.get(&import).await;
        assert!(page.has("Pieteikti ar vietu: 100"), "{}", page.text);
        assert!(page.has("Gaidīšanas sarakstā: 30"), "{}", page.text);
        assert!(page.has("Rindas: 2–101"), "{}", page.text);
    }
}

#[actix_web::test]
async fn rows_whose_turn_comes_after_the_end_are_refused() {
    let app = TestApp::start().await;
    let (mut organiser, id) = event(&app, 100).await;
    let page = upload(&mut organiser, id, "a.csv", csv(0..60).as_bytes()).await;
    let import = page.location().to_owned();
    organiser.post(&import, &[]).await;
    let cancel = format!("/lv/organise/events/{id}/cancel");
    let page = organiser
        .post(&cancel, &[("cancel_reason", "Lektore ir slima")])
        .await;
    assert_eq!(page.status, 303, "{}", page.text);
    run_jobs(&app).await;
    let page = organiser.get(&import).await;
    assert!(page.has("Nav pieteikti: 60"), "{}", page.text);
    assert!(registered(&app, id).await.is_empty());
    // Nor is a new file carried out.
    let page = upload(&mut organiser, id, "a.csv", csv(0..2).as_bytes()).await;
    let page = organiser.follow(&page).await;
    assert!(page.has("Šim pasākumam pieteikt nevar"), "{}", page.text);
    assert!(!page.has("Pieteikt 2"));
    assert!(!page.has("tiks pieteikti"), "{}", page.text);
}

#[actix_web::test]
async fn broken_quotes_and_line_breaks_are_named_and_register_nobody() {
    let app = TestApp::start().await;
    let (mut organiser, id) = event(&app, 5).await;
    let header = "Vārds;Uzvārds;E-pasts;Amats\r\n";
    let swallowed = "\"vadītāja\r\nJānis;Liepa;q1@example.org;x\r\nOto;Kalns;q2@example.org;\"x\"";
    let csv = |role: &str| format!("{header}Anna;Bērziņa;q0@example.org;{role}").into_bytes();
    let broken = [
        "Anna",
        "Bērziņa",
        "q0@example.org",
        "",
        "vadītāja\nJānis",
        "",
    ];
    for (file, told) in [
        (csv(swallowed), "tā turpinās līdz faila 4. rindai"),
        (
            csv("\"vadī"),
            "Šūna sākas ar pēdiņām, bet tās nav aizvērtas",
        ),
        (csv("\"vadī\"tāja\r\n"), "Aiz aizverošajām pēdiņām"),
        (workbook(&[broken]), "Ierakstiet vērtību vienā rindā"),
    ] {
        let page = upload(&mut organiser, id, "a.csv", &file).await;
        let page = organiser.follow(&page).await;
        assert!(page.has(told), "{told}: {}", page.text);
        assert!(page.has("1 rinda ar kļūdu tiks izlaista"), "{told}");
        assert!(!page.has("Pieteikt 1"), "{told}");
    }
}

/// A small workbook whose sheets unpack to more than a gigabyte.
fn bomb() -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer
        .start_file("sheet.xml", SimpleFileOptions::default())
        .unwrap();
    writer.write_all(&vec![b' '; 30 << 20]).unwrap();
    let sheet = writer.finish().unwrap().into_inner();
    let mut sheet = ZipArchive::new(Cursor::new(sheet)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for number in 1..=40 {
        let name = format!("xl/worksheets/sheet{number}.xml");
        writer
            .raw_copy_file_rename(sheet.by_index_raw(0).unwrap(), name)
            .unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[actix_web::test]
async fn what_cannot_be_imported_is_refused_with_what_to_do() {
    let app = TestApp::start().await;
    let (mut organiser, id) = event(&app, 5).await;
    let good = workbook(&[["Anna", "Bērziņa", "anna@example.test", "", "", ""]]);
    let bomb = bomb();
    assert!(bomb.len() < 2_000_000, "{}", bomb.len());
    let cyrillic = [
        &b"Vards;Uzvards;E-pasts\r\n"[..],
        b"\xc0\xed\xed\xe0;\xc8\xe2\xe0\xed\xee\xe2\xe0;a@example.test\r\n",
    ]
    .concat();
    let large = vec![b'a'; 5 * 1024 * 1024];
    let many = csv(0..10_000);
    let files: [(&[u8], &str); 11] = [
        (b"", "Izvēlieties failu"),
        (&large, "Fails ir par lielu: ne vairāk kā 4 MB"),
        (&bomb, "Fails izpakots ir par lielu"),
        (many.as_bytes(), "ne vairāk kā 5000"),
        (&good[..good.len() / 2], "Fails ir bojāts"),
        (&cyrillic, "Neizdevās noteikt"),
        (b"%PDF-1.7 dokuments", "nav tabula"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "nav tabula"),
        (
            "Vārds;E-pasts\r\nAnna;a@example.test".as_bytes(),
            "obligātās slejas: Uzvārds",
        ),
        (b"Vards;Uzvards;Email;E-mail\r\na;b;c;d", "vienu un to pašu"),
        (
            "Vārds;Uzvārds;E-pasts\r\n".as_bytes(),
            "nav neviena dalībnieka",
        ),
    ];
    for (bytes, told) in files.map(|(bytes, told)| (bytes.to_vec(), told)) {
        let page = upload(&mut organiser, id, "fails.xlsx", &bytes).await;
        assert_eq!(page.status, 422, "{told}: {}", page.text);
        assert!(page.has(told), "{told}: {}", page.text);
    }
    assert!(imports(&app).await.is_empty());
    // A form without a file at all.
    assert_eq!(organiser.post(&form(id), &[]).await.status, 415);
}

#[actix_web::test]
async fn formulas_are_named_and_an_old_encoding_is_told() {
    let app = TestApp::start().await;
    let (mut organiser, id) = event(&app, 5).await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, text) in (0..).zip(["Vārds", "Uzvārds", "E-pasts"]) {
        sheet.write_string(0, column, text).unwrap();
    }
    sheet.write_string(1, 0, "Anna").unwrap();
    sheet.write_string(1, 1, "Bērziņa").unwrap();
    let formula = Formula::new("=CONCAT(\"anna\",\"@example.test\")");
    sheet
        .write_formula(1, 2, formula.set_result("anna@example.test"))
        .unwrap();
    let page = upload(
        &mut organiser,
        id,
        "a.xlsx",
        &book.save_to_buffer().unwrap(),
    )
    .await;
    let page = organiser.follow(&page).await;
    assert!(page.has("Šūnā ir formula"), "{}", page.text);
    assert!(page.has("1 rinda ar kļūdu tiks izlaista"), "{}", page.text);
    assert!(!page.has("Pieteikt 1"));

    // „Bērziņa” in Windows-1257.
    let old = b"Vards;Uzvards;E-pasts\r\nAnna;B\xe7rzi\xf2a;anna@example.test\r\n";
    let page = upload(&mut organiser, id, "a.csv", old).await;
    let page = organiser.follow(&page).await;
    assert!(page.has("Windows-1257"), "{}", page.text);
    assert!(page.has("Pieteikt 1 cilvēku"), "{}", page.text);
}

#[actix_web::test]
async fn the_template_is_imported_without_its_example() {
    let app = TestApp::start().await;
    let (mut organiser, id) = event(&app, 5).await;
    for lang in ["lv", "en"] {
        let template = format!("/{lang}/organise/events/{id}/registrations/import/template.csv");
        let page = organiser.get(&template).await;
        let filled = format!("{}Ivo;Kalns;ivo@example.test\r\n", page.text);
        let page = upload(&mut organiser, id, "a.csv", filled.as_bytes()).await;
        let page = organiser.follow(&page).await;
        assert!(page.has("Pieteikt 1 cilvēku"), "{lang}: {}", page.text);
        assert!(page.has("Kļūdu nav"), "{lang}: {}", page.text);
        assert!(page.has("Parauga rindu"), "{lang}: {}", page.text);
    }
}

#[actix_web::test]
async fn rows_are_deleted_when_discarded_replaced_or_a_day_old() {
    for app in TestApp::on_each_database().await {
        let (mut organiser, id) = event(&app, 5).await;
        let page = upload(&mut organiser, id, "a.csv", csv(0..1).as_bytes()).await;
        let first = page.location().to_owned();
        let page = upload(&mut organiser, id, "b.csv", csv(0..2).as_bytes()).await;
        let second = page.location().to_owned();
        assert_eq!(organiser.get(&first).await.status, 404);
        assert_eq!(imports(&app).await.len(), 1);
        let page = organiser.post(&format!("{second}/discard"), &[]).await;
        assert_eq!(page.status, 303);
        assert!(imports(&app).await.is_empty());
        assert_eq!(organiser.post(&second, &[]).await.status, 404);

        let page = upload(&mut organiser, id, "c.csv", csv(0..1).as_bytes()).await;
        let waits = page.location().to_owned();
        app.clock_control.advance(TimeDelta::hours(23));
        let state = &app.app.registrations;
        assert_eq!(registrations::discard_old_imports(state).await.unwrap(), 0);
        app.clock_control.advance(TimeDelta::hours(2));
        assert_eq!(registrations::discard_old_imports(state).await.unwrap(), 1);
        let mut organiser = app.client(Who::Organiser).await;
        assert_eq!(organiser.get(&waits).await.status, 404);
        let left = registration_import::Entity::find()
            .count(app.db.read())
            .await
            .unwrap();
        assert_eq!(left, 0);
    }
}
