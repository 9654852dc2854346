//! The lists of organisers, and their strands.

use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use server::{
    db::entity::audit_entry,
    events,
    testing::{TestApp, Who},
};

use super::support::{DISCUSSIONS, SEMINARS, add, discussion, give, wednesday};

#[actix_web::test]
async fn an_organiser_sees_only_the_events_of_their_strands() {
    for app in TestApp::on_each_database().await {
        let mut organiser = app.client(Who::Organiser).await;
        let mut manager = app.client(Who::Manager).await;
        let by = manager.account_id;
        let open = discussion(DISCUSSIONS, "Diskusija par darbu", wednesday());
        let other = discussion(SEMINARS, "Seminārs par algām", wednesday());
        add(&app, by, open, true).await;
        add(&app, by, other, false).await;

        let page = organiser.get("/lv/organise").await;
        assert!(!page.has("Diskusija par darbu") && page.has("nav neviena virziena"));
        give(&app, organiser.account_id, DISCUSSIONS).await;
        let page = organiser.get("/lv/organise").await;
        assert!(page.has("Diskusija par darbu") && !page.has("Seminārs par algām"));
        let file = organiser.get("/lv/organise/export.csv").await;
        assert!(file.has("Diskusija par darbu") && !file.has("Seminārs par algām"));
        let page = manager.get("/lv/organise").await;
        assert!(page.has("Diskusija par darbu") && page.has("Seminārs par algām"));
    }
}

#[actix_web::test]
async fn the_list_is_searched_filtered_and_sorted() {
    for app in TestApp::on_each_database().await {
        let mut manager = app.client(Who::Manager).await;
        let by = manager.account_id;
        let begins = wednesday();
        let mut event = discussion(DISCUSSIONS, "Āra darbi", begins);
        event.sessions[0].city = "Cēsis".to_owned();
        add(&app, by, event, true).await;
        let later = begins + chrono::TimeDelta::days(40);
        add(&app, by, discussion(SEMINARS, "Bērni", later), false).await;
        for (query, first, second) in [
            ("", true, true),
            ("q=cesis", true, false),
            ("q=berni", false, true),
            ("status=draft", false, true),
            ("strand=public-sector-discussions", true, false),
            ("month=2027-03", false, true),
            ("month=2027-02", true, false),
            ("when=past", false, false),
            ("kind=conference", false, false),
            ("kind=unknown", true, true),
        ] {
            let page = manager.get(&format!("/lv/organise?{query}")).await;
            assert_eq!(page.has("Āra darbi"), first, "{query}");
            assert_eq!(page.has("Bērni"), second, "{query}");
            // What is exported is what is shown.
            let file = manager
                .get(&format!("/lv/organise/export.csv?{query}"))
                .await;
            assert_eq!(file.has("Āra darbi"), first, "{query}");
            assert_eq!(file.has("Bērni"), second, "{query}");
        }
        let sorted = manager.get("/lv/organise?sort=title").await.text;
        assert!(sorted.find("Āra darbi") < sorted.find("Bērni"));
        let latest_first = manager.get("/lv/organise").await.text;
        assert!(latest_first.find("Bērni") < latest_first.find("Āra darbi"));
    }
}

#[actix_web::test]
async fn a_manager_gives_and_takes_strands() {
    for app in TestApp::on_each_database().await {
        let organiser = app.client(Who::Organiser).await;
        let mut manager = app.client(Who::Manager).await;
        let id = organiser.account_id;
        let path = format!("/lv/manage/organisers/{id}/strands");
        let strands = async || {
            let who = app.client(Who::Organiser).await;
            let roles = [server::accounts::Role::Organiser].into_iter().collect();
            let principal = server::principal::Principal {
                account_id: who.account_id,
                person_id: who.person_id,
                display_name: String::new(),
                roles,
                must_enrol: false,
                record_version: 0,
                is_address_refused: false,
            };
            events::strands_of(app.db.read(), &principal).await.unwrap()
        };
        let give = [("strand", SEMINARS), ("change", "give")];
        let take = [("strand", SEMINARS), ("change", "take")];
        for _ in 0..2 {
            assert_eq!(manager.post(&path, &give).await.status, 303);
        }
        assert!(strands().await.has(SEMINARS) && !strands().await.has(DISCUSSIONS));
        let page = manager.get("/lv/manage/organisers").await;
        assert!(page.has("organiser@example.test") && page.has("value=\"take\""));
        assert_eq!(manager.post(&path, &take).await.status, 303);
        assert!(!strands().await.has(SEMINARS));
        // Giving twice is one change.
        let noted = audit_entry::Entity::find()
            .filter(audit_entry::Column::Action.is_in(["strand.given", "strand.taken"]))
            .count(app.db.read())
            .await
            .unwrap();
        assert_eq!(noted, 2);
        for wrong in [
            [("strand", "no-such"), ("change", "give")],
            [("strand", SEMINARS), ("change", "x")],
        ] {
            assert_eq!(manager.post(&path, &wrong).await.status, 400);
        }
        let nobody = format!("/lv/manage/organisers/{}/strands", manager.account_id);
        assert_eq!(manager.post(&nobody, &give).await.status, 404);
    }
}
