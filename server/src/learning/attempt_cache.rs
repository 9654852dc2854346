//! A cache of open attempts with their answers, so that the page of a question needs no query but the one for
//! the session.
//!
//! An entry is stored with the version of the person's record for which it is valid; the query of every
//! request returns the current version. Any other version means that something was written that the entry
//! lacks, by this server or another, and then the database is read. An answer is added to the entry under the
//! version that its own write made, and only if the entry had the version just before it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use course_compiler::{QuestionId, Response};
use moka::sync::Cache;

use super::attempt_state::AttemptState;

use crate::ids::{AttemptId, PersonId};

/// The most attempts in the cache; each takes a few kilobytes.
const MOST: u64 = 2_000;

/// The cached attempts. Cheap to clone.
#[derive(Clone)]
pub struct AttemptCache(Cache<AttemptId, Arc<Mutex<Kept>>>);

struct Kept {
    person_id: PersonId,
    record_version: i64,
    attempt: Arc<AttemptState>,
}

impl Default for AttemptCache {
    fn default() -> Self {
        Self(Cache::new(MOST))
    }
}

impl AttemptCache {
    /// An attempt of this person at a version of their record, if it is cached.
    pub(super) fn find(
        &self,
        person_id: PersonId,
        record_version: i64,
        attempt_id: AttemptId,
    ) -> Option<Arc<AttemptState>> {
        let entry = self.0.get(&attempt_id)?;
        let kept = lock(&entry);
        (kept.person_id == person_id && kept.record_version == record_version)
            .then(|| Arc::clone(&kept.attempt))
    }

    /// An attempt of this person at any version, if it is cached: valid for what never changes.
    pub(super) fn drawn(
        &self,
        person_id: PersonId,
        attempt_id: AttemptId,
    ) -> Option<Arc<AttemptState>> {
        let entry = self.0.get(&attempt_id)?;
        let kept = lock(&entry);
        (kept.person_id == person_id).then(|| Arc::clone(&kept.attempt))
    }

    /// Caches an attempt of this person that was read after their version was, or started by the write that
    /// made the version.
    pub(super) fn keep(
        &self,
        person_id: PersonId,
        record_version: i64,
        attempt: Arc<AttemptState>,
    ) {
        let kept = Kept {
            person_id,
            record_version,
            attempt,
        };
        self.0
            .insert(kept.attempt.summary.id, Arc::new(Mutex::new(kept)));
    }

    /// Adds an answer whose write made this version.
    pub(super) fn answered(
        &self,
        attempt_id: AttemptId,
        record_version: i64,
        question_id: QuestionId,
        (response, step): (Option<Response>, i32),
    ) {
        let Some(entry) = self.0.get(&attempt_id) else {
            return;
        };
        let mut kept = lock(&entry);
        if kept.record_version + 1 == record_version {
            kept.record_version = record_version;
            // Copied only if a page is being rendered from it at this moment.
            let attempt = Arc::make_mut(&mut kept.attempt);
            attempt.versions.insert(question_id.clone(), step);
            match response {
                Some(response) => attempt.answers.insert(question_id, response),
                None => attempt.answers.remove(&question_id),
            };
        }
    }
}

fn lock(entry: &Mutex<Kept>) -> MutexGuard<'_, Kept> {
    entry.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use sea_orm::EntityTrait as _;

    use super::*;
    use crate::{
        db::entity::person,
        http::Lang,
        ids::AccountId,
        learning::{
            Context, State, catalogue,
            model::Replacing,
            service::{self, attempt},
        },
        principal::{Principal, Roles},
        testing::{TestApp, Who},
    };

    /// The person as a request at this moment would read them.
    async fn seen_now(app: &TestApp, person_id: PersonId) -> Principal {
        let person = person::Entity::find_by_id(person_id)
            .one(app.app.db.read())
            .await;
        Principal {
            account_id: AccountId::NIL,
            person_id,
            display_name: String::new(),
            roles: Roles::default(),
            record_version: person.unwrap().unwrap().record_version,
            must_enrol: false,
            is_address_refused: false,
        }
    }

    fn find(attempts: &AttemptCache, who: &Principal, id: AttemptId) -> Option<Arc<AttemptState>> {
        attempts.find(who.person_id, who.record_version, id)
    }

    async fn answer(context: &Context, person_id: PersonId, id: AttemptId, place: usize) {
        let attempt = attempt::read(context, person_id, id)
            .await
            .unwrap()
            .unwrap();
        let drawn = &attempt.questions[place];
        let key = &context.catalogue.revision(&drawn.revision).unwrap().key;
        let question = (drawn.question_id.clone(), drawn.revision.to_string());
        let response = Some(key.right_answer());
        attempt::answer(
            context,
            person_id,
            id,
            question,
            response,
            Replacing::default(),
        )
        .await
        .unwrap();
    }

    #[actix_web::test]
    async fn a_cached_attempt_equals_the_database_after_writes_by_others() {
        for db in crate::db::testing::databases().await {
            let app = TestApp::build()
                .catalogue(catalogue::sample())
                .start_on(db)
                .await;
            let person_id = app.client(Who::Learner).await.person_id;
            let catalogue = app.app.courses.current();
            let here = app.app.learning.context(&catalogue);
            // Another server on the same database.
            let there = State {
                attempt_cache: AttemptCache::default(),
                ..app.app.learning.clone()
            }
            .context(&catalogue);
            let course = catalogue.by_slug("foundations").unwrap();
            let test = course.final_test().unwrap();
            let asked = (course, test, test.test_rules().unwrap());
            service::enrol(&here, person_id, course, Lang::Lv)
                .await
                .unwrap();
            let id = attempt::start(&here, person_id, asked, "lv", &mut crate::random::rng())
                .await
                .unwrap();

            let who = seen_now(&app, person_id).await;
            let begun = find(&here.attempt_cache, &who, id).unwrap();
            let stored = attempt::read(&here, person_id, id).await.unwrap().unwrap();
            assert_eq!(begun.questions, stored.questions);
            assert_eq!(begun.enrolment_id, stored.enrolment_id);
            assert_eq!(begun.summary.number, stored.summary.number);
            assert!(begun.answers.is_empty() && stored.answers.is_empty());

            let mut answered = 0;
            for writer in [&here, &here, &there, &here] {
                answer(writer, person_id, id, answered).await;
                answered += 1;
                let who = seen_now(&app, person_id).await;
                for reader in [&here, &there] {
                    let attempt = attempt::state_of(reader, &who, id).await.unwrap().unwrap();
                    assert_eq!(attempt.answers.len(), answered);
                    assert!(find(&reader.attempt_cache, &who, id).is_some());
                }
            }
            attempt::finish(&there, person_id, id).await.unwrap();
            let who = seen_now(&app, person_id).await;
            assert!(
                find(&here.attempt_cache, &who, id).is_none(),
                "it was finished elsewhere"
            );
            let stranger = Principal {
                person_id: PersonId::NIL,
                ..who
            };
            assert!(
                attempt::state_of(&here, &stranger, id)
                    .await
                    .unwrap()
                    .is_none()
            );
        }
    }
}
