//! Rows to test with; columns not named here take their defaults. Names are invented.
#![expect(
    clippy::needless_update,
    reason = "a column that is added with a default concerns no test here"
)]

use chrono::{NaiveDate, TimeDelta};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, Set,
};
use serde_json::json;
use server::clock::Clock;
use server::db::Db;
use server::db::entity::{
    account, affiliation, attempt, certificate, completion, enrolment, guest, indicator_fact, job,
    notice_acceptance, organisation, person, role_grant,
};
use server::ids::{
    AccountId, CertificateId, EnrolmentId, FactId, OrganisationId, PersonId, SourceId,
};

/// Inserts one row in a write of its own.
pub(crate) async fn insert<A>(db: &Db, row: A) -> Result<<A::Entity as EntityTrait>::Model, DbErr>
where
    A: ActiveModelTrait + ActiveModelBehavior + Send + 'static,
    <A::Entity as EntityTrait>::Model: IntoActiveModel<A> + Send + 'static,
{
    db.write(async move |transaction| row.insert(transaction).await)
        .await
}

/// How many persons there are: what most tests write and count.
pub(crate) async fn persons(db: &Db) -> u64 {
    person::Entity::find().count(db.read()).await.unwrap()
}

/// Rows to which other rows refer.
pub(crate) struct Seed {
    pub(crate) clock: Clock,
    pub(crate) person: PersonId,
    pub(crate) account: AccountId,
    pub(crate) organisation: OrganisationId,
    pub(crate) enrolment: EnrolmentId,
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
    person::ActiveModel {
        id: Set(clock.new_id()),
        given_name: Set("Anna".to_owned()),
        family_name: Set("Ozoliņa".to_owned()),
        record_version: Set(0),
        created_at: Set(clock.now()),
        ..Default::default()
    }
}

pub(crate) fn account(clock: &Clock, person_id: PersonId, email: &str) -> account::ActiveModel {
    account::ActiveModel {
        id: Set(clock.new_id()),
        person_id: Set(Some(person_id)),
        email: Set(email.to_owned()),
        password_hash: Set(None),
        email_confirmed_at: Set(Some(clock.now())),
        locale: Set("lv".to_owned()),
        created_at: Set(clock.now()),
        disabled_at: Set(None),
        closed_reason: Set(None),
        ..Default::default()
    }
}

pub(crate) fn guest(clock: &Clock, person_id: PersonId, email: &str) -> guest::ActiveModel {
    guest::ActiveModel {
        person_id: Set(person_id),
        email: Set(email.to_owned()),
        email_confirmed_at: Set(None),
        locale: Set("lv".to_owned()),
        created_at: Set(clock.now()),
    }
}

pub(crate) fn organisation(
    clock: &Clock,
    registration_number: Option<&str>,
) -> organisation::ActiveModel {
    organisation::ActiveModel {
        id: Set(clock.new_id()),
        name: Set("Paraugu ministrija".to_owned()),
        name_folded: Set("paraugu ministrija".to_owned()),
        registration_number: Set(registration_number.map(str::to_owned)),
        kind: Set(organisation::OrganisationKind::StateInstitution),
        status: Set(organisation::OrganisationStatus::Approved),
        proposed_by: Set(None),
        decided_by: Set(None),
        decided_at: Set(None),
        created_at: Set(clock.now()),
        ..Default::default()
    }
}

pub(crate) fn enrolment(
    clock: &Clock,
    person_id: PersonId,
    course_id: &str,
) -> enrolment::ActiveModel {
    enrolment::ActiveModel {
        id: Set(clock.new_id()),
        person_id: Set(person_id),
        course_id: Set(course_id.to_owned()),
        language: Set("lv".to_owned()),
        enrolled_at: Set(clock.now()),
        last_lesson_id: Set(None),
        is_trial: Set(false),
        seen_parts: Set(serde_json::json!([])),
        ..Default::default()
    }
}

impl Seed {
    pub(crate) fn role(&self, role: role_grant::Role, held: bool) -> role_grant::ActiveModel {
        role_grant::ActiveModel {
            id: Set(self.clock.new_id()),
            account_id: Set(self.account),
            role: Set(role),
            granted_by: Set(None),
            granted_at: Set(self.clock.now()),
            revoked_at: Set((!held).then(|| self.clock.now())),
            ..Default::default()
        }
    }

    pub(crate) fn affiliation(&self, current: bool) -> affiliation::ActiveModel {
        let since = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
        affiliation::ActiveModel {
            id: Set(self.clock.new_id()),
            person_id: Set(self.person),
            organisation_id: Set(self.organisation),
            since: Set(since),
            until: Set((!current).then(|| since + TimeDelta::days(90))),
            created_at: Set(self.clock.now()),
            ..Default::default()
        }
    }

    pub(crate) fn acceptance(&self, version: &str) -> notice_acceptance::ActiveModel {
        notice_acceptance::ActiveModel {
            id: Set(self.clock.new_id()),
            person_id: Set(self.person),
            notice: Set("privacy".to_owned()),
            version: Set(version.to_owned()),
            locale: Set("lv".to_owned()),
            accepted_at: Set(self.clock.now()),
            ..Default::default()
        }
    }

    pub(crate) fn attempt(&self, number: i32, finished: bool) -> attempt::ActiveModel {
        attempt::ActiveModel {
            id: Set(self.clock.new_id()),
            enrolment_id: Set(self.enrolment),
            test_id: Set("t-foundations".to_owned()),
            number: Set(number),
            language: Set("lv".to_owned()),
            started_at: Set(self.clock.now()),
            deadline_at: Set(Some(self.clock.now() + TimeDelta::minutes(30))),
            finished_at: Set(finished.then(|| self.clock.now())),
            points: Set(finished.then_some(6.5)),
            max_points: Set(finished.then_some(10.0)),
            passed: Set(finished.then_some(false)),
            pass_mark: Set(0.7),
            bundle_hash: Set("0f".repeat(32)),
            questions: Set(json!([{"question_id": "q-a", "revision": "1a2b", "seed": 7}])),
            ..Default::default()
        }
    }

    pub(crate) fn completion(&self) -> completion::ActiveModel {
        completion::ActiveModel {
            id: Set(self.clock.new_id()),
            enrolment_id: Set(self.enrolment),
            person_id: Set(self.person),
            course_id: Set("foundations".to_owned()),
            course_title: Set(json!({"lv": "Pamati", "en": "Foundations"})),
            hours: Set(2.0),
            trace: Set(json!([{"condition": "lessons", "met": true}])),
            completed_at: Set(self.clock.now()),
            bundle_hash: Set("0f".repeat(32)),
            ..Default::default()
        }
    }

    pub(crate) fn certificate(
        &self,
        serial: &str,
        source_id: SourceId,
        replaces_id: Option<CertificateId>,
    ) -> certificate::ActiveModel {
        certificate::ActiveModel {
            id: Set(self.clock.new_id()),
            serial: Set(serial.to_owned()),
            code: Set(format!("code-{serial}")),
            person_id: Set(self.person),
            holder_name: Set("Anna Ozoliņa".to_owned()),
            source_kind: Set("completion".to_owned()),
            source_id: Set(source_id),
            data: Set(json!({"course": "Pamati", "hours": 2})),
            template_version: Set("1".to_owned()),
            language: Set("lv".to_owned()),
            issued_at: Set(self.clock.now()),
            status: Set(certificate::CertificateStatus::Valid),
            status_reason: Set(None),
            status_at: Set(None),
            replaces_id: Set(replaces_id),
            pdf_sha256: Set(None),
            rendered_at: Set(None),
            erased_at: Set(None),
            ..Default::default()
        }
    }

    pub(crate) fn fact(
        &self,
        source_id: SourceId,
        superseded_by: Option<FactId>,
    ) -> indicator_fact::ActiveModel {
        indicator_fact::ActiveModel {
            id: Set(self.clock.new_id()),
            indicator_id: Set("public-sector".to_owned()),
            person_id: Set(self.person),
            organisation_id: Set(Some(self.organisation)),
            source_kind: Set("completion".to_owned()),
            source_id: Set(source_id),
            occurred_at: Set(self.clock.now()),
            created_at: Set(self.clock.now()),
            superseded_by: Set(superseded_by),
            reason: Set(superseded_by.map(|_| "wrong organisation".to_owned())),
            ..Default::default()
        }
    }

    pub(crate) fn job(&self, kind: &str, dedup_key: &str) -> job::ActiveModel {
        job::ActiveModel {
            id: Set(self.clock.new_id()),
            kind: Set(kind.to_owned()),
            dedup_key: Set(dedup_key.to_owned()),
            payload: Set(json!({})),
            status: Set(job::JobStatus::Waiting),
            attempts: Set(0),
            run_at: Set(self.clock.now()),
            lease_until: Set(None),
            progress_done: Set(0),
            progress_total: Set(0),
            output: Set(None),
            last_error: Set(None),
            created_at: Set(self.clock.now()),
            done_at: Set(None),
            ..Default::default()
        }
    }
}
