//! Courses that change under the people who take them.

use std::sync::Arc;

use course_compiler::{
    Bundle, Course,
    model::{CompletionQuestions, Status},
};
use rand::{SeedableRng as _, rngs::StdRng};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

use super::{
    Catalogue, Context, complete_all_met, enrol, enrolled,
    model::Replacing,
    parts::Changes,
    service::{attempt, lesson, see_changes},
};
use crate::{
    certificates,
    db::entity::indicator_fact,
    http::Lang,
    ids::PersonId,
    testing::{TestApp, Who, shipped_bundle},
};

/// The shipped courses after a change of the one that is taken here, whose questions need not be answered.
fn courses(change: impl FnOnce(&mut Course)) -> Arc<Catalogue> {
    let mut bundle = shipped_bundle();
    let course = taken(&mut bundle);
    course.completion.questions = CompletionQuestions::Optional;
    change(course);
    Arc::new(Catalogue::new(bundle, Vec::new(), true))
}

fn taken(bundle: &mut Bundle) -> &mut Course {
    let mut courses = bundle.courses.iter_mut();
    Arc::make_mut(courses.find(|course| course.slug == "foundations").unwrap())
}

fn course(context: &Context) -> &Course {
    context.catalogue.by_slug("foundations").unwrap()
}

async fn starts(context: &Context, person_id: PersonId) {
    let done = enrol(context, person_id, course(context), Lang::Lv).await;
    done.unwrap();
}

/// Marks the first lessons as read.
async fn reads(context: &Context, person_id: PersonId, count: usize) {
    let course = course(context);
    let enrolment = enrolled(context, person_id, &course.id).await.unwrap();
    let enrolment = enrolment.unwrap().id;
    for one in course.required_lessons().take(count) {
        let done = lesson::complete(context, person_id, enrolment, &course.id, &one.id).await;
        done.unwrap();
    }
}

async fn passes(context: &Context, person_id: PersonId) {
    let course = course(context);
    let test = course.final_test().unwrap();
    let asked = (course, test, test.test_rules().unwrap());
    let mut rng = StdRng::seed_from_u64(1);
    let id = attempt::start(context, person_id, asked, "lv", &mut rng);
    let id = id.await.unwrap();
    let attempt = attempt::read(context, person_id, id)
        .await
        .unwrap()
        .unwrap();
    for drawn in &attempt.questions {
        let key = &context.catalogue.revision(&drawn.revision).unwrap().key;
        let question = (drawn.question_id.clone(), drawn.revision.to_string());
        let right = Some(key.right_answer());
        let saved = attempt::answer(
            context,
            person_id,
            id,
            question,
            right,
            Replacing::default(),
        );
        saved.await.unwrap();
    }
    let ended = attempt::finish(context, person_id, id).await.unwrap();
    assert!(ended.unwrap().result.passed);
}

async fn is_completed(context: &Context, person_id: PersonId) -> bool {
    let found = enrolled(context, person_id, &course(context).id).await;
    found
        .unwrap()
        .is_some_and(|found| found.completed.is_some())
}

async fn facts(app: &TestApp, person_id: PersonId) -> u64 {
    indicator_fact::Entity::find()
        .filter(indicator_fact::Column::PersonId.eq(person_id))
        .count(app.app.db.read())
        .await
        .unwrap()
}

#[actix_web::test]
async fn a_draft_is_a_trial_that_never_counts_and_the_published_course_is_taken_anew() {
    for db in crate::db::testing::databases().await {
        let app = TestApp::build().start_on(db).await;
        let person_id = app.client(Who::Learner).await.person_id;
        let draft = courses(|course| course.status = Status::Draft);
        let draft = app.app.learning.context(&draft);
        starts(&draft, person_id).await;
        reads(&draft, person_id, usize::MAX).await;
        passes(&draft, person_id).await;
        assert!(is_completed(&draft, person_id).await);
        assert_eq!(facts(&app, person_id).await, 0);
        let samples = || async {
            let all = certificates::of_person(&app.app.db, person_id)
                .await
                .unwrap();
            all.iter().map(|one| one.data.is_sample).collect::<Vec<_>>()
        };
        assert_eq!(samples().await, [true]);

        let published = courses(|_| ());
        let published = app.app.learning.context(&published);
        assert_eq!(complete_all_met(&published).await.unwrap(), 0);
        assert!(!is_completed(&published, person_id).await);
        starts(&published, person_id).await;
        reads(&published, person_id, usize::MAX).await;
        passes(&published, person_id).await;
        assert!(is_completed(&published, person_id).await);
        assert_eq!(facts(&app, person_id).await, 1);
        let mut samples = samples().await;
        samples.sort_unstable();
        assert_eq!(samples, [false, true]);
    }
}

#[actix_web::test]
async fn a_rule_that_asks_for_less_completes_those_who_meet_it() {
    for db in crate::db::testing::databases().await {
        let app = TestApp::build().start_on(db).await;
        let (person_id, other) = (
            app.client(Who::Learner).await.person_id,
            app.client(Who::Organiser).await.person_id,
        );
        let before = courses(|_| ());
        let before = app.app.learning.context(&before);
        let count = course(&before).required_lessons().count();
        for person_id in [person_id, other] {
            starts(&before, person_id).await;
            reads(&before, person_id, count - 1).await;
        }
        passes(&before, person_id).await;
        assert!(!is_completed(&before, person_id).await);

        let last = course(&before)
            .required_lessons()
            .last()
            .unwrap()
            .id
            .clone();
        let shorter = courses(|course| course.lessons.retain(|lesson| lesson.id != last));
        let shorter = app.app.learning.context(&shorter);
        assert_eq!(complete_all_met(&shorter).await.unwrap(), 1);
        assert_eq!(facts(&app, person_id).await, 1);
        assert!(is_completed(&shorter, person_id).await);
        assert!(!is_completed(&shorter, other).await);
        assert_eq!(complete_all_met(&shorter).await.unwrap(), 0);
    }
}

#[actix_web::test]
async fn what_earned_a_certificate_stays_when_a_lesson_is_added_and_the_change_is_told_once() {
    for db in crate::db::testing::databases().await {
        let app = TestApp::build().start_on(db).await;
        let person_id = app.client(Who::Learner).await.person_id;
        let all = courses(|_| ());
        let added = all.by_slug("foundations").unwrap();
        let added = added.required_lessons().last().unwrap().id.clone();
        let before = courses(|course| course.lessons.retain(|lesson| lesson.id != added));
        let before = app.app.learning.context(&before);
        starts(&before, person_id).await;
        reads(&before, person_id, usize::MAX).await;
        passes(&before, person_id).await;
        assert!(is_completed(&before, person_id).await);

        let after = app.app.learning.context(&all);
        let found = || async {
            let found = enrolled(&after, person_id, &course(&after).id).await;
            found.unwrap().unwrap()
        };
        let now = found().await;
        assert!(now.completed.unwrap().trace.is_met());
        let expected = Changes {
            added: vec![added.clone()],
            ..Changes::default()
        };
        assert_eq!(now.changes, expected);
        let course_id = &course(&after).id;
        see_changes(&after, person_id, course_id).await.unwrap();
        assert_eq!(found().await.changes, Changes::default());
    }
}

#[actix_web::test]
async fn lessons_that_were_read_before_answers_were_required_stay_read() {
    for db in crate::db::testing::databases().await {
        let app = TestApp::build().start_on(db).await;
        let person_id = app.client(Who::Learner).await.person_id;
        let before = app.app.learning.context(&courses(|_| ()));
        starts(&before, person_id).await;
        reads(&before, person_id, 2).await;
        let required = CompletionQuestions::Answered;
        let now = courses(|course| course.completion.questions = required);
        let now = app.app.learning.context(&now);
        let course = course(&now);
        let found = enrolled(&now, person_id, &course.id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(found.progress.done(course), 2);
        for (lesson, expected) in course.required_lessons().zip([
            lesson::Marked::Read,
            lesson::Marked::Read,
            lesson::Marked::Unanswered,
        ]) {
            let marked = lesson::complete(&now, person_id, found.id, &course.id, &lesson.id);
            assert_eq!(marked.await.unwrap(), expected, "{}", lesson.id);
        }
    }
}
