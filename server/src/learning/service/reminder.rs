//! Reminders of courses that somebody began and did not go on with: at most two mails for a course, one link that goes
//! on, one that stops them all.

use chrono::{DateTime, TimeDelta, Utc};
use course_compiler::{Course, CourseId, LessonId};
use data_encoding::BASE64URL_NOPAD;
use futures::future::{BoxFuture, FutureExt as _};
use hmac::Mac as _;
use sea_orm::{ConnectionTrait, DbErr};

use crate::{
    db::Db,
    http::{
        Lang,
        address::{self, Address as _},
        secret_key::SecretKey,
    },
    ids::{EnrolmentId, PersonId},
    learning::{
        state::{Context, State},
        store::{self, QuietEnrolment},
    },
    mail::{self, StillWanted},
    people,
};

/// How long after its day a reminder can still be sent, when the server did not run. Whoever stopped longer ago, e.g.
/// before there were reminders, gets none.
const LATE: TimeDelta = TimeDelta::days(14);

/// The most reminders in one run, so that a mail server is not flooded; the others follow with the next.
const MOST_AT_ONCE: usize = 500;

/// What [`mail::Body::only_while`] of a reminder begins with.
const ONLY_WHILE: &str = "reminder:";

/// What the links that stop reminders are signed for.
const PURPOSE: &str = "stop-reminders";

/// How many bytes of the signature are in a link.
const SIGNATURE_BYTES: usize = 16;

/// Queues the reminders that are due; returns how many. A person who is due for both, because the server did not run,
/// gets the last one only. Several servers may do this at once.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "learning.remind", skip_all)]
pub async fn remind(state: &State) -> Result<usize, DbErr> {
    let context = state.context(&state.courses.current());
    let now = context.clock.now();
    let mut queued = 0;
    let steps: Vec<(i32, u32)> = (1..).zip(context.reminder_days.iter().copied()).collect();
    for (step, days) in steps.into_iter().rev() {
        let until = now - TimeDelta::days(days.into());
        let mut after = EnrolmentId::NIL;
        loop {
            let db = context.db.read();
            let quiet = store::quiet_enrolments(db, (until - LATE, until), step, after).await?;
            let Some(last) = quiet.last() else { break };
            after = last.id;
            for enrolment in quiet {
                queued += usize::from(remind_of(&context, enrolment, step).await?);
                if queued >= MOST_AT_ONCE {
                    context.jobs.wake();
                    return Ok(queued);
                }
            }
        }
    }
    if queued > 0 {
        tracing::info!(queued, "reminders were queued");
        context.jobs.wake();
    }
    Ok(queued)
}

/// The course of an enrolment, if people can go on with it.
fn open_course<'a>(context: &'a Context, course_id: &CourseId) -> Option<&'a Course> {
    let mut offered = context.catalogue.offered();
    offered
        .find(|course| course.id == *course_id)
        .filter(|course| !context.is_trial(&course.id))
}

/// Queues a reminder, if it is still right to send it.
async fn remind_of(context: &Context, enrolment: QuietEnrolment, step: i32) -> Result<bool, DbErr> {
    if open_course(context, &enrolment.course_id.as_str().into()).is_none() {
        return Ok(false);
    }
    let within = context.clone();
    context
        .db
        .write::<_, DbErr>(async move |txn| {
            let person = people::lock(txn, enrolment.person_id).await?;
            let Some(course) = open_course(&within, &enrolment.course_id.as_str().into()) else {
                return Ok(false);
            };
            if !is_quiet(txn, (enrolment.id, enrolment.person_id), enrolment.last_at).await? {
                return Ok(false);
            }
            let address = within.addresses.of(txn, enrolment.person_id).await?;
            let row = store::enrolment_by_id(txn, enrolment.id).await?;
            let Some(((address, lang), row)) = address.zip(row) else {
                return Ok(false);
            };
            let now = within.clock.now();
            if !store::insert_reminder(&person, enrolment.id, step, now).await? {
                return Ok(false);
            }
            let progress = store::progress(txn, &row).await?;
            let stopped_at = progress.resume(course).map(|lesson| lesson.id.clone());
            let mail = mail_of(
                &within,
                course,
                (stopped_at, lang),
                &enrolment,
                (step, &address),
            );
            mail::enqueue(txn, &within.clock, mail).await?;
            Ok(true)
        })
        .await
}

/// Whether an enrolment is not completed, nothing was done in it after a moment, and its person wants reminders.
async fn is_quiet(
    db: &impl ConnectionTrait,
    (enrolment_id, person_id): (EnrolmentId, PersonId),
    since: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let last = store::last_activity(db, enrolment_id).await?;
    Ok(last.is_some_and(|last| last <= since)
        && store::completion_of(db, enrolment_id).await?.is_none()
        && store::reminders_stopped(db, person_id).await?.is_none())
}

fn mail_of(
    context: &Context,
    course: &Course,
    (stopped_at, lang): (Option<LessonId>, Lang),
    enrolment: &QuietEnrolment,
    (step, address): (i32, &str),
) -> mail::Mail {
    let lesson = stopped_at.and_then(|id| course.lesson(&id));
    let lesson_title = lesson
        .and_then(|lesson| lesson.text(lang.into()))
        .map(|(_, text)| text.title.clone());
    let course_page = address::Course {
        course: course.into(),
    };
    let link = match lesson {
        Some(lesson) if lesson.test_rules().is_some() => address::Test {
            course: course.into(),
        }
        .url(lang),
        Some(lesson) => address::Lesson {
            course: course.into(),
            lesson: lesson.into(),
        }
        .url(lang),
        None => course_page.url(lang),
    };
    let token = token(&context.secret, enrolment.person_id);
    let stop = context
        .composer
        .link(&address::StopReminders { token }.url(lang));
    let title = course.title.get(lang.into(), course.source_language);
    let args = [
        ("course", title.into()),
        ("lesson", lesson_title.unwrap_or_default().into()),
        ("link", context.composer.link(&link).into()),
        ("stop", stop.clone().into()),
    ];
    let is_last = usize::try_from(step).is_ok_and(|step| step >= context.reminder_days.len());
    let kind = if is_last { "reminder-last" } else { "reminder" };
    let key = format!("{ONLY_WHILE}{}:{step}", enrolment.id);
    let mut mail = context
        .composer
        .mail(lang, kind, address, key.clone(), &args);
    mail.body.unsubscribe_url = Some(stop);
    mail.body.only_while = Some(key);
    mail
}

impl StillWanted for State {
    fn is_wanted<'a>(&'a self, only_while: &'a str) -> BoxFuture<'a, Result<bool, DbErr>> {
        async move {
            let Some(rest) = only_while.strip_prefix(ONLY_WHILE) else {
                return Ok(true);
            };
            let Some((id, _)) = rest.split_once(':') else {
                return Ok(false);
            };
            let Ok(enrolment_id) = id.parse::<EnrolmentId>() else {
                return Ok(false);
            };
            is_still_right(&self.context(&self.courses.current()), enrolment_id).await
        }
        .boxed()
    }
}

/// Whether a reminder that was queued is still to be sent.
async fn is_still_right(context: &Context, enrolment_id: EnrolmentId) -> Result<bool, DbErr> {
    let db = context.db.read();
    let Some(row) = store::enrolment_by_id(db, enrolment_id).await? else {
        return Ok(false);
    };
    if open_course(context, &row.course_id.as_str().into()).is_none() {
        return Ok(false);
    }
    let queued = store::reminders_of(db, [enrolment_id]).await?;
    let Some(queued) = queued.last() else {
        return Ok(false);
    };
    if !is_quiet(db, (enrolment_id, row.person_id), queued.queued_at).await? {
        return Ok(false);
    }
    // A closed account has no address.
    let within = context.clone();
    let person_id = row.person_id;
    let address = context
        .db
        .write::<_, DbErr>(async move |txn| within.addresses.of(txn, person_id).await)
        .await?;
    Ok(address.is_some())
}

/// The token of the link that stops a person's reminders. It does not expire, and does nothing else.
fn token(secret: &SecretKey, person_id: PersonId) -> String {
    let mac = secret
        .mac(PURPOSE, &person_id.to_string())
        .finalize()
        .into_bytes();
    let signature = mac.get(..SIGNATURE_BYTES).unwrap_or_default();
    format!("{person_id}~{}", BASE64URL_NOPAD.encode(signature))
}

/// Whose reminders a link stops; `None` if it was not made here.
#[must_use]
pub(crate) fn person_of(secret: &SecretKey, token: &str) -> Option<PersonId> {
    let (id, signature) = token.split_once('~')?;
    let signature = BASE64URL_NOPAD.decode(signature.as_bytes()).ok()?;
    if signature.len() != SIGNATURE_BYTES {
        return None;
    }
    let person_id: PersonId = id.parse().ok()?;
    let mac = secret.mac(PURPOSE, &person_id.to_string());
    mac.verify_truncated_left(&signature).ok()?;
    Some(person_id)
}

/// Whether a person wants reminders.
///
/// # Errors
/// The database fails.
pub(crate) async fn are_wanted(db: &Db, person_id: PersonId) -> Result<bool, DbErr> {
    let stopped = store::reminders_stopped(db.read(), person_id).await?;
    Ok(stopped.is_none())
}

/// Records whether a person wants reminders; repeated, it changes nothing.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "learning.reminders.set", skip_all, fields(person.id = %person_id))]
pub(crate) async fn set(state: &State, person_id: PersonId, are_wanted: bool) -> Result<(), DbErr> {
    let now = state.clock.now();
    state
        .db
        .write(async move |txn| {
            let person = people::lock(txn, person_id).await?;
            store::set_reminders(&person, are_wanted, now).await
        })
        .await
}
