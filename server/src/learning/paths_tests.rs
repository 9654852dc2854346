//! Learning paths under the people who take them.

use std::sync::Arc;

use course_compiler::model::{CompletionQuestions, Status};
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

use super::{
    Catalogue, Context, PersonalLearning, complete_all_met, enrol, enrol_in_path, enrolled,
    paths::Paths,
    service::{lesson, path::standing},
};
use crate::{
    certificates::{self, CertificateData},
    crypt::FieldKeys,
    db::entity::{indicator_fact, path_completion, path_enrolment},
    http::Lang,
    ids::PersonId,
    people,
    personal::{Erasing, PersonalRecords as _, Subject},
    testing::{TestApp, Who, shipped_bundle},
};

/// The shipped courses, which are completed by reading them, with a path `way` of these steps; those of `drafts` lack
/// their reviews.
fn courses(steps: &str, drafts: &[&str]) -> Arc<Catalogue> {
    let mut bundle = shipped_bundle();
    for course in &mut bundle.courses {
        let course = Arc::make_mut(course);
        course.completion.test = None;
        course.completion.questions = CompletionQuestions::Optional;
        if drafts.contains(&course.slug.as_str()) {
            course.status = Status::Draft;
        }
    }
    let text = format!(
        "[[path]]\nid='way'\ntitle={{lv='Ceļš',en='Way'}}\nsummary={{lv='a',en='a'}}\nfor_whom={{lv='a',en='a'}}\n{steps}"
    );
    let paths = Paths::parse(&text);
    assert!(paths.problems().is_empty(), "{:?}", paths.problems());
    Arc::new(Catalogue::new(bundle, Vec::new(), true).with_paths(paths))
}

const BOTH: &str =
    "[[path.step]]\ncourse='foundations'\n[[path.step]]\none_of=['disability','age']\n";

async fn begins_path(context: &Context, person_id: PersonId) {
    let path = context.catalogue.path(&"way".into()).unwrap();
    enrol_in_path(context, person_id, path, Lang::Lv)
        .await
        .unwrap();
}

async fn completes(context: &Context, person_id: PersonId, slug: &str) {
    let course = context.catalogue.by_slug(slug).unwrap();
    enrol(context, person_id, course, Lang::Lv).await.unwrap();
    let enrolment = enrolled(context, person_id, &course.id).await.unwrap();
    let enrolment = enrolment.unwrap().id;
    for one in course.required_lessons() {
        let done = lesson::complete(context, person_id, enrolment, &course.id, &one.id).await;
        done.unwrap();
    }
}

async fn completions(app: &TestApp) -> Vec<path_completion::Model> {
    let found = path_completion::Entity::find().all(app.app.db.read()).await;
    found.unwrap()
}

/// The certificates of the path.
async fn certified(app: &TestApp, person_id: PersonId) -> Vec<CertificateData> {
    let all = certificates::of_person(&app.app.db, person_id)
        .await
        .unwrap();
    let data = all.into_iter().map(|certificate| certificate.data);
    data.filter(|data| data.title == "Ceļš").collect()
}

#[actix_web::test]
async fn the_last_course_completes_the_path_and_it_is_certified_once() {
    for db in crate::db::testing::databases().await {
        let app = TestApp::build().start_on(db).await;
        let person_id = app.client(Who::Learner).await.person_id;
        let here = app.app.learning.context(&courses(BOTH, &[]));
        begins_path(&here, person_id).await;
        completes(&here, person_id, "foundations").await;
        assert_eq!(completions(&app).await, []);
        completes(&here, person_id, "disability").await;

        let found = completions(&app).await;
        let [completion] = found.as_slice() else {
            panic!("nothing was read since the last course, and there are {found:?}");
        };
        assert!((completion.hours - 4.0).abs() < f64::EPSILON);
        let all = certified(&app, person_id).await;
        let [certificate] = all.as_slice() else {
            panic!("{all:?}");
        };
        let title = |slug: &str| {
            let course = here.catalogue.by_slug(slug).unwrap();
            course.title.get(Lang::Lv.into(), course.source_language)
        };
        let titles = [title("foundations"), title("disability")];
        assert_eq!(certificate.outcomes, titles);
        assert_eq!(certificate.volume, "4 akadēmiskās stundas");
        assert!(!certificate.is_sample);
        let facts = indicator_fact::Entity::find().count(app.app.db.read());
        assert_eq!(facts.await.unwrap(), 2, "one for each course");

        begins_path(&here, person_id).await;
        assert_eq!(complete_all_met(&here).await.unwrap(), 0);
        assert_eq!(completions(&app).await.len(), 1);
        assert_eq!(certified(&app, person_id).await.len(), 1);
        let journal = crate::audit::verify_chain(&app.app.db).await.unwrap();
        assert!(journal.is_ok());
    }
}

#[actix_web::test]
async fn what_was_completed_before_counts_however_often_and_fast_the_path_is_begun() {
    for db in crate::db::testing::databases().await {
        let app = TestApp::build().start_on(db).await;
        let person_id = app.client(Who::Learner).await.person_id;
        let here = app.app.learning.context(&courses(BOTH, &[]));
        completes(&here, person_id, "disability").await;
        completes(&here, person_id, "foundations").await;
        assert_eq!(certified(&app, person_id).await.len(), 0, "it is not begun");
        let done = app.now();
        app.clock_control.advance(chrono::TimeDelta::days(3));
        tokio::join!(
            begins_path(&here, person_id),
            begins_path(&here, person_id),
            begins_path(&here, person_id)
        );
        let found = completions(&app).await;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].completed_at, done, "when the last course was");
        assert_eq!(certified(&app, person_id).await.len(), 1);
    }
}

#[actix_web::test]
async fn a_shorter_path_completes_those_who_meet_it_and_a_longer_one_takes_nothing_away() {
    for db in crate::db::testing::databases().await {
        let app = TestApp::build().start_on(db).await;
        let (person_id, other) = (
            app.client(Who::Learner).await.person_id,
            app.client(Who::Organiser).await.person_id,
        );
        let both = app.app.learning.context(&courses(BOTH, &[]));
        begins_path(&both, person_id).await;
        begins_path(&both, other).await;
        completes(&both, person_id, "foundations").await;
        assert_eq!(complete_all_met(&both).await.unwrap(), 0);

        let one = courses("[[path.step]]\ncourse='foundations'\n", &[]);
        let one = app.app.learning.context(&one);
        assert_eq!(complete_all_met(&one).await.unwrap(), 1);
        assert_eq!(complete_all_met(&one).await.unwrap(), 0);
        assert_eq!(certified(&app, person_id).await.len(), 1);
        assert_eq!(certified(&app, other).await.len(), 0);

        let path = both.catalogue.path(&"way".into()).unwrap();
        let kept = standing(&both, person_id, path).await.unwrap().unwrap();
        assert!(kept.completed.is_some());
        assert_eq!(kept.trace.steps.len(), 1, "the steps of that time");
        let open = standing(&both, other, path).await.unwrap().unwrap();
        assert!(open.completed.is_none());
        assert_eq!(open.trace.steps.len(), 2);
    }
}

#[actix_web::test]
async fn a_request_that_reads_a_path_which_became_shorter_completes_it() {
    for db in crate::db::testing::databases().await {
        let app = TestApp::build().start_on(db).await;
        let person_id = app.client(Who::Learner).await.person_id;
        let both = app.app.learning.context(&courses(BOTH, &[]));
        begins_path(&both, person_id).await;
        completes(&both, person_id, "foundations").await;
        let one = courses("[[path.step]]\ncourse='foundations'\n", &[]);
        let one = app.app.learning.context(&one);
        let path = one.catalogue.path(&"way".into()).unwrap();
        let found = standing(&one, person_id, path).await.unwrap().unwrap();
        assert!(found.completed.is_some());
        assert_eq!(certified(&app, person_id).await.len(), 1);
    }
}

#[actix_web::test]
async fn a_path_without_a_certificate_is_completed_without_one() {
    for db in crate::db::testing::databases().await {
        let app = TestApp::build().start_on(db).await;
        let person_id = app.client(Who::Learner).await.person_id;
        let plain = format!("certificate=false\n{BOTH}");
        let here = app.app.learning.context(&courses(&plain, &[]));
        begins_path(&here, person_id).await;
        completes(&here, person_id, "foundations").await;
        completes(&here, person_id, "disability").await;
        assert_eq!(completions(&app).await.len(), 1);
        assert_eq!(certified(&app, person_id).await.len(), 0);
    }
}

#[actix_web::test]
async fn drafts_complete_only_a_trial_whose_certificate_is_a_sample() {
    for db in crate::db::testing::databases().await {
        let app = TestApp::build().start_on(db).await;
        let person_id = app.client(Who::Learner).await.person_id;
        let draft = app.app.learning.context(&courses(BOTH, &["disability"]));
        begins_path(&draft, person_id).await;
        completes(&draft, person_id, "foundations").await;
        completes(&draft, person_id, "disability").await;
        let samples = || async {
            let all = certified(&app, person_id).await;
            all.iter().map(|one| one.is_sample).collect::<Vec<_>>()
        };
        assert_eq!(samples().await, [true]);

        // When the draft is published, the path is begun anew, and what was tried out does not count.
        let published = app.app.learning.context(&courses(BOTH, &[]));
        let path = published.catalogue.path(&"way".into()).unwrap();
        assert!(
            standing(&published, person_id, path)
                .await
                .unwrap()
                .is_none()
        );
        begins_path(&published, person_id).await;
        let found = standing(&published, person_id, path).await.unwrap();
        let done = found.unwrap().trace.done().count();
        assert_eq!(done, 1, "the foundations were no trial");
        completes(&published, person_id, "disability").await;
        let mut samples = samples().await;
        samples.sort_unstable();
        assert_eq!(samples, [false, true]);
    }
}

#[actix_web::test]
async fn a_path_is_offered_when_each_step_has_an_offered_course() {
    let bundle = || {
        let mut bundle = shipped_bundle();
        for course in &mut bundle.courses {
            if course.slug == "disability" {
                Arc::make_mut(course).status = Status::Draft;
            }
        }
        bundle
    };
    for (offers_drafts, expected) in [(true, 1), (false, 0)] {
        let paths = Paths::parse(&format!(
            "[[path]]\nid='way'\ntitle={{lv='a',en='a'}}\nsummary={{lv='a',en='a'}}\nfor_whom={{lv='a',en='a'}}\n{BOTH}"
        ));
        let catalogue = Catalogue::new(bundle(), Vec::new(), offers_drafts).with_paths(paths);
        assert_eq!(catalogue.paths().count(), expected, "{offers_drafts}");
        let [problem] = catalogue.path_problems() else {
            panic!("{:?}", catalogue.path_problems());
        };
        assert!(problem.reason.contains("`age`"), "{problem}");
    }
}

#[actix_web::test]
async fn ones_paths_are_given_and_erased_except_what_was_completed() {
    for db in crate::db::testing::databases().await {
        let app = TestApp::build().start_on(db).await;
        let person_id = app.client(Who::Learner).await.person_id;
        let other = app.client(Who::Organiser).await.person_id;
        let here = app.app.learning.context(&courses(BOTH, &[]));
        for person_id in [person_id, other] {
            begins_path(&here, person_id).await;
        }
        completes(&here, person_id, "foundations").await;
        completes(&here, person_id, "disability").await;
        let subject = |person_id| Subject {
            person_id,
            account_ids: Vec::new(),
            record_ids: Vec::new(),
            addresses: Vec::new(),
        };
        let records = PersonalLearning {
            field_keys: FieldKeys::from_bytes([7; 32]),
        };
        let given = records
            .read(&app.app.db, &subject(person_id))
            .await
            .unwrap();
        for table in ["path_enrolment", "path_completion"] {
            let rows = given.iter().find(|records| records.table == table);
            assert_eq!(rows.unwrap().rows.len(), 1, "{table}");
        }
        let now = app.now();
        app.app
            .db
            .write::<_, DbErr>(async move |txn| {
                for person_id in [person_id, other] {
                    let erasing = Erasing {
                        subject: subject(person_id),
                        keeps_facts: true,
                        now,
                    };
                    people::lock(txn, person_id).await?;
                    records.erase(txn, &erasing).await?;
                }
                Ok(())
            })
            .await
            .unwrap();
        assert_eq!(completions(&app).await.len(), 1);
        let left = path_enrolment::Entity::find()
            .filter(path_enrolment::Column::PersonId.eq(other))
            .count(app.app.db.read());
        assert_eq!(left.await.unwrap(), 0);
    }
}
