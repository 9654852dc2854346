//! Attempts under way, kept with their answers so that a question's page asks the database only
//! who is there.
//!
//! Kept with the version of the person's learning that it is true for, which the read of every
//! request brings along: any other version means that something was written that is not in here,
//! by this server or another, and then the database is asked. A saved answer is added under the
//! version that its own write made, and only to what was kept under the version just before it.

use std::sync::Arc;

use course_compiler::{QuestionId, Response};
use moka::sync::Cache;
use uuid::Uuid;

use super::service::attempt::Sitting;
use crate::accounts::Principal;

/// How many attempts are kept at most; each takes a few kilobytes.
const MOST: u64 = 2_000;

/// The attempts kept. Cheap to clone.
#[derive(Clone)]
pub struct Sittings(Cache<Uuid, Kept>);

#[derive(Clone)]
struct Kept {
    person_id: Uuid,
    learning_version: i64,
    sitting: Arc<Sitting>,
}

impl Default for Sittings {
    fn default() -> Self {
        Self(Cache::new(MOST))
    }
}

impl Sittings {
    /// An attempt of this person as it is now, if it is kept.
    pub(super) fn find(&self, who: &Principal, attempt_id: Uuid) -> Option<Arc<Sitting>> {
        let kept = self.0.get(&attempt_id)?;
        (kept.person_id == who.person_id && kept.learning_version == who.learning_version)
            .then_some(kept.sitting)
    }

    /// Keeps an attempt of this person that was read after they were.
    pub(super) fn keep(&self, who: &Principal, sitting: Arc<Sitting>) {
        let kept = Kept {
            person_id: who.person_id,
            learning_version: who.learning_version,
            sitting,
        };
        self.0.insert(kept.sitting.summary.id, kept);
    }

    /// Adds an answer whose write made this version.
    pub(super) fn answered(
        &self,
        attempt_id: Uuid,
        learning_version: i64,
        question_id: QuestionId,
        response: Option<Response>,
    ) {
        let Some(mut kept) = self.0.get(&attempt_id) else {
            return;
        };
        if kept.learning_version + 1 != learning_version {
            return;
        }
        kept.learning_version = learning_version;
        let answers = &mut Arc::make_mut(&mut kept.sitting).answers;
        match response {
            Some(response) => answers.insert(question_id, response),
            None => answers.remove(&question_id),
        };
        self.0.insert(attempt_id, kept);
    }
}
