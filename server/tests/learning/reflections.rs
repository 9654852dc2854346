//! What a person wrote in their own words, and can delete.

use course_compiler::{Course, Lesson, QuestionId, question::Body};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use server::{
    db::entity::practice_answer,
    testing::{Client, Someone, TestApp, Who},
};

use crate::support::{COURSE, answer_lesson, apps, course, enrol};

const TEXT: &str = "Kolēģe Vaļģodārzniece man toreiz palīdzēja";

/// A lesson of the course with a question that is answered in one's own words.
fn reflection(course: &Course) -> (Lesson, QuestionId) {
    course
        .required_lessons()
        .find_map(|lesson| {
            let is_meant = |id: &&QuestionId| {
                let question = course.question(id).unwrap();
                matches!(question.body, Body::Reflect(_))
            };
            let id = lesson.questions.iter().find(is_meant)?;
            Some((lesson.clone(), id.clone()))
        })
        .unwrap()
}

async fn write(app: &TestApp, client: &mut Client, url: &str, id: &QuestionId, text: &str) {
    let course = course(app);
    let question = course.question(id).unwrap();
    let fields = [("revision", question.revision.as_str()), ("a", text)];
    let saved = client.post(&format!("{url}/questions/{id}"), &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.text);
}

#[actix_web::test]
async fn its_author_deletes_it_and_that_it_was_answered_stays() {
    for app in apps().await {
        let mut learner = app.client(Who::Learner).await;
        enrol(&mut learner).await;
        let (lesson, id) = reflection(&course(&app));
        let url = format!("{COURSE}/lessons/{}", lesson.slug);
        let delete = format!("{url}/questions/{id}/delete");
        learner.get(&url).await;
        answer_lesson(&app, &learner, &lesson).await;
        write(&app, &mut learner, &url, &id, TEXT).await;
        write(&app, &mut learner, &url, &id, &format!("{TEXT} ļoti")).await;
        assert!(learner.get(&url).await.has(&delete));

        let page = learner.get(&delete).await;
        assert!(page.has("Vai dzēst uzrakstīto?") && page.has(TEXT));
        assert!(learner.get(&url).await.has(TEXT), "looking changes nothing");
        let is_sqlite = app.db.path().is_some();
        assert_eq!(!app.db.files_with(TEXT).is_empty(), is_sqlite);
        let deleted = learner.post(&delete, &[]).await;
        assert_eq!(
            app.db.files_with(TEXT),
            [""; 0],
            "nothing is left in the files"
        );
        assert_eq!(deleted.location(), format!("{url}#{id}"));
        let page = learner.follow(&deleted).await;
        assert!(page.has("Uzrakstītais ir izdzēsts."));
        let page = learner.get(&url).await;
        assert!(!page.has(TEXT) && page.has("Uzrakstīto izdzēsāt."));
        assert!(!page.has("data-open="), "it counts as answered");
        assert_eq!(learner.post(&format!("{url}/done"), &[]).await.status, 303);

        let rows = practice_answer::Entity::find()
            .filter(practice_answer::Column::QuestionId.eq(id.as_str()))
            .all(app.db.read())
            .await
            .unwrap();
        assert!(rows.len() >= 3);
        for row in &rows {
            assert!(row.response.is_null() && row.deleted_at.is_some());
        }
        // Sent twice; and written anew.
        let again = learner.post(&delete, &[]).await;
        assert!(learner.follow(&again).await.has("Nav nekā, ko dzēst."));
        write(&app, &mut learner, &url, &id, "No jauna").await;
        let page = learner.get(&url).await;
        assert!(page.has("No jauna") && !page.has("Uzrakstīto izdzēsāt."));
    }
}

#[actix_web::test]
async fn nobody_else_deletes_it_and_other_answers_are_not_deleted() {
    for app in apps().await {
        let mut learner = app.client(Who::Learner).await;
        enrol(&mut learner).await;
        let course = course(&app);
        let (lesson, id) = reflection(&course);
        let url = format!("{COURSE}/lessons/{}", lesson.slug);
        let delete = format!("{url}/questions/{id}/delete");
        write(&app, &mut learner, &url, &id, TEXT).await;

        let visitor = app.visitor().get(&delete).await;
        assert!(visitor.location().contains("/sign-in?"));
        let visitor = app.visitor().post(&delete, &[]).await;
        assert!(visitor.location().contains("/sign-in?"));
        for who in [Who::Organiser, Who::Manager, Who::Author, Who::Admin] {
            let mut other = app.client(who).await;
            assert_eq!(
                other.get(&delete).await.status,
                404,
                "{who:?} is not enrolled"
            );
            assert_eq!(other.post(&delete, &[]).await.status, 404);
        }
        let someone = Someone {
            email: "cits@example.test".to_owned(),
            role: None,
            is_ready: true,
        };
        let mut other = app.client_of(someone).await;
        enrol(&mut other).await;
        assert!(!other.get(&delete).await.has(TEXT));
        assert_eq!(other.post(&delete, &[]).await.status, 303);
        assert!(learner.get(&url).await.has(TEXT), "each has their own");

        let marked = lesson
            .questions
            .iter()
            .find(|id| course.question(id).unwrap().is_marked());
        let marked = marked.unwrap();
        let path = format!("{url}/questions/{marked}/delete");
        assert_eq!(learner.get(&path).await.status, 404);
        assert_eq!(learner.post(&path, &[]).await.status, 404);
    }
}
