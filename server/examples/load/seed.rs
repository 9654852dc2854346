//! Learners for a measurement: a thousand people of one organisation, in one course.

use anyhow::Context as _;
use chrono::TimeDelta;
use sea_orm::{ActiveValue::Set, DbErr, EntityTrait as _};
use server::{
    accounts::{hash_password, token_hash},
    clock::Clock,
    db::{
        Db,
        entity::{
            account, affiliation, enrolment, lesson_progress, notice_acceptance, organisation,
            person, session,
        },
    },
    people::PRIVACY_NOTICE_VERSION,
};

use crate::{SeedArgs, drive::PASSWORD, email_of, session_of};

/// The rows of one `INSERT`; SQLite limits the number of parameters.
const ROWS_AT_ONCE: usize = 200;

/// Creates the database if needed and writes the learners. They share one password hash: making a thousand
/// would take minutes.
pub(crate) async fn run(args: &SeedArgs) -> anyhow::Result<()> {
    let db = Db::connect(&args.database_url).await?;
    db.migrate().await?;
    let rows = Rows::of(args, &hash_password(PASSWORD.to_owned()).await?);
    db.write::<(), DbErr>(async move |transaction| {
        organisation::Entity::insert(rows.organisation)
            .exec(transaction)
            .await?;
        macro_rules! insert_all {
                ($($entity:ident: $rows:expr),* $(,)?) => {$(
                    for rows in $rows.chunks(ROWS_AT_ONCE) {
                        $entity::Entity::insert_many(rows.to_vec()).exec(transaction).await?;
                    }
                )*};
            }
        insert_all!(
            person: rows.people,
            account: rows.accounts,
            affiliation: rows.affiliations,
            notice_acceptance: rows.notices,
            enrolment: rows.enrolments,
            lesson_progress: rows.progress,
            session: rows.sessions,
        );
        Ok(())
    })
    .await
    .context("the learners could not be written")?;
    db.close().await?;
    Ok(())
}

struct Rows {
    organisation: organisation::ActiveModel,
    people: Vec<person::ActiveModel>,
    accounts: Vec<account::ActiveModel>,
    affiliations: Vec<affiliation::ActiveModel>,
    notices: Vec<notice_acceptance::ActiveModel>,
    enrolments: Vec<enrolment::ActiveModel>,
    progress: Vec<lesson_progress::ActiveModel>,
    sessions: Vec<session::ActiveModel>,
}

impl Rows {
    fn of(args: &SeedArgs, password_hash: &str) -> Self {
        let clock = Clock::system();
        let now = clock.now();
        let organisation_id = clock.new_id();
        let mut rows = Self {
            organisation: organisation::ActiveModel {
                id: Set(organisation_id),
                name: Set("Mērījumu iestāde".to_owned()),
                name_folded: Set("merijumu iestade".to_owned()),
                kind: Set(organisation::OrganisationKind::StateInstitution),
                status: Set(organisation::OrganisationStatus::Approved),
                created_at: Set(now),
                ..Default::default()
            },
            people: Vec::new(),
            accounts: Vec::new(),
            affiliations: Vec::new(),
            notices: Vec::new(),
            enrolments: Vec::new(),
            progress: Vec::new(),
            sessions: Vec::new(),
        };
        for learner in 0..args.learners {
            let person_id = clock.new_id();
            let enrolment_id = clock.new_id();
            rows.people.push(person::ActiveModel {
                id: Set(person_id),
                given_name: Set("Slodze".to_owned()),
                family_name: Set(format!("Mērījumu {learner}")),
                record_version: Set(0),
                created_at: Set(now),
                ..Default::default()
            });
            let account_id = clock.new_id();
            rows.sessions.push(session::ActiveModel {
                token_hash: Set(token_hash(&session_of(learner))),
                id: Set(clock.new_id()),
                account_id: Set(account_id),
                created_at: Set(now),
                expires_at: Set(now + TimeDelta::days(1)),
                last_used_at: Set(now),
                device: Set(String::new()),
            });
            rows.accounts.push(account::ActiveModel {
                id: Set(account_id),
                person_id: Set(Some(person_id)),
                email: Set(email_of(learner)),
                password_hash: Set(Some(password_hash.to_owned())),
                email_confirmed_at: Set(Some(now)),
                locale: Set("lv".to_owned()),
                created_at: Set(now),
                ..Default::default()
            });
            rows.affiliations.push(affiliation::ActiveModel {
                id: Set(clock.new_id()),
                person_id: Set(person_id),
                organisation_id: Set(organisation_id),
                since: Set(now.date_naive()),
                created_at: Set(now),
                ..Default::default()
            });
            rows.notices.push(notice_acceptance::ActiveModel {
                id: Set(clock.new_id()),
                person_id: Set(person_id),
                notice: Set("privacy".to_owned()),
                version: Set(PRIVACY_NOTICE_VERSION.to_owned()),
                locale: Set("lv".to_owned()),
                accepted_at: Set(now),
            });
            rows.enrolments.push(enrolment::ActiveModel {
                id: Set(enrolment_id),
                person_id: Set(person_id),
                course_id: Set(args.course_id.clone()),
                language: Set("lv".to_owned()),
                enrolled_at: Set(now),
                last_lesson_id: Set(Some(args.lesson_id.clone())),
                // `scripts/bench` measures a draft: no shipped course has its reviews yet.
                is_trial: Set(true),
                seen_parts: Set(serde_json::json!([])),
                extra_attempts: Set(0),
            });
            rows.progress.push(lesson_progress::ActiveModel {
                enrolment_id: Set(enrolment_id),
                lesson_id: Set(args.lesson_id.clone()),
                opened_at: Set(now),
                completed_at: Set((learner % 2 == 0).then_some(now)),
            });
        }
        rows
    }
}
