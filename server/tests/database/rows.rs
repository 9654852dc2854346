//! Rows to test with. Names are invented.

use chrono::{NaiveDate, TimeDelta};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait,
};
use serde_json::json;
use server::clock::Clock;
use server::db::Db;
use server::db::entity::{
    account, affiliation, attempt, certificate, completion, enrolment, indicator_fact, job,
    notice_acceptance, organisation, outbox_mail, person, role_grant,
};
use uuid::Uuid;

/// Inserts one row in a write of its own.
pub(crate) async fn insert<A>(db: &Db, row: A) -> Result<<A::Entity as EntityTrait>::Model, DbErr>
where
    A: ActiveModelTrait + ActiveModelBehavior + Send + 'static,
    <A::Entity as EntityTrait>::Model: IntoActiveModel<A> + Send + 'static,
{
    db.write(move |transaction| Box::pin(async move { row.insert(transaction).await }))
        .await
}

/// How many persons there are: what most tests write and count.
pub(crate) async fn persons(db: &Db) -> u64 {
    person::Entity::find().count(db.read()).await.unwrap()
}

/// What other rows refer to.
pub(crate) struct Seed {
    pub(crate) clock: Clock,
    pub(crate) person: Uuid,
    pub(crate) account: Uuid,
    pub(crate) organisation: Uuid,
    pub(crate) enrolment: Uuid,
}

pub(crate) async fn seed(db: &Db) -> Seed {
    let clock = Clock::system();
    let person = insert(db, person(&clock)).await.unwrap().id;
    let account = insert(db, account(&clock, person, "anna@example.org"))
        .await
        .unwrap()
        .id;
    let organisation = insert(db, organisation(&clock, Some("40000000001")))
        .await
        .unwrap()
        .id;
    let enrolment = insert(db, enrolment(&clock, person, "foundations"))
        .await
        .unwrap()
        .id;
    Seed {
        clock,
        person,
        account,
        organisation,
        enrolment,
    }
}

pub(crate) fn person(clock: &Clock) -> person::ActiveModel {
    person::Model {
        id: clock.new_id(),
        given_name: "Anna".to_owned(),
        family_name: "Ozoliņa".to_owned(),
        learning_version: 0,
        created_at: clock.now(),
    }
    .into_active_model()
}

pub(crate) fn account(clock: &Clock, person_id: Uuid, email: &str) -> account::ActiveModel {
    account::Model {
        id: clock.new_id(),
        person_id,
        email: email.to_owned(),
        password_hash: None,
        email_confirmed_at: Some(clock.now()),
        locale: "lv".to_owned(),
        created_at: clock.now(),
        disabled_at: None,
    }
    .into_active_model()
}

pub(crate) fn organisation(
    clock: &Clock,
    registration_number: Option<&str>,
) -> organisation::ActiveModel {
    organisation::Model {
        id: clock.new_id(),
        name: "Paraugu ministrija".to_owned(),
        name_folded: "paraugu ministrija".to_owned(),
        registration_number: registration_number.map(str::to_owned),
        kind: organisation::Kind::StateInstitution,
        status: organisation::Status::Approved,
        proposed_by: None,
        decided_by: None,
        decided_at: None,
        created_at: clock.now(),
    }
    .into_active_model()
}

pub(crate) fn enrolment(clock: &Clock, person_id: Uuid, course_id: &str) -> enrolment::ActiveModel {
    enrolment::Model {
        id: clock.new_id(),
        person_id,
        course_id: course_id.to_owned(),
        language: "lv".to_owned(),
        enrolled_at: clock.now(),
        last_lesson_id: None,
    }
    .into_active_model()
}

impl Seed {
    pub(crate) fn role(&self, role: role_grant::Role, held: bool) -> role_grant::ActiveModel {
        role_grant::Model {
            id: self.clock.new_id(),
            account_id: self.account,
            role,
            granted_by: None,
            granted_at: self.clock.now(),
            revoked_at: (!held).then(|| self.clock.now()),
        }
        .into_active_model()
    }

    pub(crate) fn affiliation(&self, current: bool) -> affiliation::ActiveModel {
        let since = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
        affiliation::Model {
            id: self.clock.new_id(),
            person_id: self.person,
            organisation_id: self.organisation,
            since,
            until: (!current).then(|| since + TimeDelta::days(90)),
            created_at: self.clock.now(),
        }
        .into_active_model()
    }

    pub(crate) fn acceptance(&self, version: &str) -> notice_acceptance::ActiveModel {
        notice_acceptance::Model {
            id: self.clock.new_id(),
            person_id: self.person,
            notice: "privacy".to_owned(),
            version: version.to_owned(),
            locale: "lv".to_owned(),
            accepted_at: self.clock.now(),
        }
        .into_active_model()
    }

    pub(crate) fn attempt(&self, number: i32, finished: bool) -> attempt::ActiveModel {
        attempt::Model {
            id: self.clock.new_id(),
            enrolment_id: self.enrolment,
            test_id: "t-foundations".to_owned(),
            number,
            last_step: 0,
            language: "lv".to_owned(),
            started_at: self.clock.now(),
            deadline_at: Some(self.clock.now() + TimeDelta::minutes(30)),
            finished_at: finished.then(|| self.clock.now()),
            points: finished.then_some(6.5),
            max_points: finished.then_some(10.0),
            passed: finished.then_some(false),
            pass_mark: 0.7,
            bundle_hash: "0f".repeat(32),
            questions: json!([{"question_id": "q-a", "revision": "1a2b", "seed": 7}]),
        }
        .into_active_model()
    }

    pub(crate) fn completion(&self) -> completion::ActiveModel {
        completion::Model {
            id: self.clock.new_id(),
            enrolment_id: self.enrolment,
            person_id: self.person,
            course_id: "foundations".to_owned(),
            course_title: json!({"lv": "Pamati", "en": "Foundations"}),
            hours: 2.0,
            trace: json!([{"condition": "lessons", "met": true}]),
            completed_at: self.clock.now(),
            bundle_hash: "0f".repeat(32),
        }
        .into_active_model()
    }

    pub(crate) fn certificate(
        &self,
        serial: &str,
        source_id: Uuid,
        replaces_id: Option<Uuid>,
    ) -> certificate::ActiveModel {
        certificate::Model {
            id: self.clock.new_id(),
            serial: serial.to_owned(),
            code: format!("code-{serial}"),
            person_id: self.person,
            holder_name: "Anna Ozoliņa".to_owned(),
            kind: certificate::Kind::CourseCompletion,
            source_id,
            data: json!({"course": "Pamati", "hours": 2}),
            template_version: "1".to_owned(),
            language: "lv".to_owned(),
            issued_at: self.clock.now(),
            status: certificate::Status::Valid,
            status_reason: None,
            status_at: None,
            replaces_id,
            pdf_sha256: None,
            rendered_at: None,
        }
        .into_active_model()
    }

    pub(crate) fn fact(
        &self,
        source_id: Uuid,
        superseded_by: Option<Uuid>,
    ) -> indicator_fact::ActiveModel {
        indicator_fact::Model {
            id: self.clock.new_id(),
            indicator_id: "public-sector".to_owned(),
            person_id: self.person,
            organisation_id: self.organisation,
            source_kind: indicator_fact::SourceKind::Completion,
            source_id,
            occurred_at: self.clock.now(),
            created_at: self.clock.now(),
            superseded_by,
            reason: superseded_by.map(|_| "wrong organisation".to_owned()),
        }
        .into_active_model()
    }

    pub(crate) fn mail(&self, dedup_key: &str) -> outbox_mail::ActiveModel {
        outbox_mail::Model {
            id: self.clock.new_id(),
            dedup_key: dedup_key.to_owned(),
            recipient: "anna@example.org".to_owned(),
            subject: "Apstipriniet adresi".to_owned(),
            body_text: "…".to_owned(),
            body_html: None,
            status: outbox_mail::Status::Waiting,
            attempts: 0,
            next_attempt_at: self.clock.now(),
            lease_until: None,
            last_error: None,
            created_at: self.clock.now(),
            sent_at: None,
        }
        .into_active_model()
    }

    pub(crate) fn job(&self, kind: &str, dedup_key: &str) -> job::ActiveModel {
        job::Model {
            id: self.clock.new_id(),
            kind: kind.to_owned(),
            dedup_key: dedup_key.to_owned(),
            payload: json!({}),
            status: job::Status::Waiting,
            attempts: 0,
            run_at: self.clock.now(),
            lease_until: None,
            last_error: None,
            created_at: self.clock.now(),
            done_at: None,
        }
        .into_active_model()
    }
}
