//! Issuing, rendering, looking up, revoking and replacing certificates.

use chrono::{DateTime, NaiveDate, Utc};
use data_encoding::HEXLOWER;
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::{
    CertificateData, Code, Translation, Wording,
    code::SERIES,
    render::{self, RenderError},
    store::{self, Drawn, Row},
};
use crate::{
    audit,
    clock::Clock,
    db::{Db, Transaction, counter, entity::certificate::CertificateStatus},
    http::{Lang, address::Address as _, theme::Theme},
    ids::{AccountId, CertificateId, PersonId},
    jobs,
    people::{self, PersonLock},
    random,
    source::Source,
};

/// The job of rendering a certificate's file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RenderCertificate {
    certificate: CertificateId,
}

impl jobs::Job for RenderCertificate {
    const KIND: &'static str = "render-certificate";
    type Output = ();
}

/// What rendering needs.
#[derive(Clone)]
pub struct State {
    /// The database.
    pub db: Db,
    /// Time.
    pub clock: Clock,
    /// The template and its fonts.
    pub theme: Theme,
}

/// The content of a certificate to issue.
#[derive(Debug, Clone)]
pub struct Issue {
    /// The name on it.
    pub holder_name: String,
    /// The record that it certifies.
    pub source: Source,
    /// Which messages are printed around the content.
    pub wording: Wording,
    /// What it is for, e.g. a course, in the certificate's language.
    pub title: String,
    /// Its volume, in words.
    pub volume: String,
    /// What the holder can do, in the certificate's language.
    pub outcomes: Vec<String>,
    /// The same in the other language, if it exists in it.
    pub translation: Option<IssueTexts>,
    /// When the holder achieved it.
    pub achieved_at: DateTime<Utc>,
    /// The certificate's language.
    pub lang: Lang,
    /// The programme's project number.
    pub project_number: String,
    /// The beginning of the verification address, without a trailing slash.
    pub public_url: String,
    /// Whether it belongs to the demonstration and is marked as a sample.
    pub is_sample: bool,
}

/// The texts of a certificate in its other language.
#[derive(Debug, Clone)]
pub struct IssueTexts {
    /// The language.
    pub lang: Lang,
    /// See [`Issue::title`].
    pub title: String,
    /// See [`Issue::volume`].
    pub volume: String,
    /// See [`Issue::outcomes`].
    pub outcomes: Vec<String>,
}

/// Issues a certificate in the transaction of the record that it certifies, and queues its rendering.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "certificates.issue", skip_all)]
pub async fn issue(person: &PersonLock<'_>, clock: &Clock, issue: Issue) -> Result<(), DbErr> {
    let now = clock.now();
    let today = Lang::riga_date(now);
    let serial = next_serial(person.txn(), today).await?;
    let code = Code::from_random(random::bits());
    let verify_url = |lang| format!("{}{}", issue.public_url, code.address().url(lang));
    let achieved = Lang::riga_date(issue.achieved_at);
    let translation = issue.translation.map(|other| Translation {
        language: other.lang.to_string(),
        title: other.title,
        volume: other.volume,
        achieved_on: other.lang.date_on(achieved),
        issued_on: other.lang.date_on(today),
        outcomes: other.outcomes,
        verify_url: verify_url(other.lang),
    });
    let data = CertificateData {
        translation,
        language: issue.lang.to_string(),
        holder_name: issue.holder_name,
        wording: issue.wording,
        title: issue.title,
        volume: issue.volume,
        achieved_on: issue.lang.date_on(achieved),
        issued_on: issue.lang.date_on(today),
        issued_date: today,
        outcomes: issue.outcomes,
        verify_url: verify_url(issue.lang),
        serial,
        project_number: issue.project_number,
        is_sample: issue.is_sample,
    };
    insert(person, clock, data, &code, (issue.source, None)).await
}

/// Inserts the certificate of a source; `replaces` is the certificate that it replaces, if any.
async fn insert(
    person: &PersonLock<'_>,
    clock: &Clock,
    data: CertificateData,
    code: &Code,
    (source, replaces_id): (Source, Option<CertificateId>),
) -> Result<(), DbErr> {
    let row = Row {
        id: clock.new_id(),
        serial: data.serial.clone(),
        code: code.as_str().to_owned(),
        person_id: person.id(),
        holder_name: data.holder_name.clone(),
        source_kind: source.kind.to_string(),
        source_id: source.id,
        template_version: render::template_version().to_owned(),
        language: data.language.clone(),
        data: serde_json::to_value(data).map_err(|error| DbErr::Json(error.to_string()))?,
        issued_at: clock.now(),
        status: CertificateStatus::Valid,
        status_reason: None,
        status_at: None,
        replaces_id,
        pdf_sha256: None,
        rendered_at: None,
        erased_at: None,
    };
    let certificate = row.id;
    store::insert(person, row).await?;
    let job = RenderCertificate { certificate };
    jobs::enqueue(person.txn(), clock, &certificate.to_string(), &job).await?;
    Ok(())
}

/// `IESP-2026-000123`: consecutive within a year, in the order of issue.
async fn next_serial(txn: &Transaction, today: NaiveDate) -> Result<String, DbErr> {
    let year = today.format("%Y").to_string();
    let number = counter::next(txn, &format!("certificate-{year}")).await?;
    Ok(format!("{SERIES}-{year}-{number:06}"))
}

/// Why the file of a certificate is not available.
#[derive(Debug, thiserror::Error)]
pub(super) enum FileError {
    /// There is no such certificate.
    #[error("no such certificate")]
    NotFound,
    /// It cannot be rendered; an administrator has to act.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// The database failed, or its content cannot be read.
    #[error(transparent)]
    Database(#[from] DbErr),
    /// The rendering thread ended.
    #[error("rendering: {0}")]
    Thread(String),
}

/// The PDF of a certificate: rendered once, then stored and never changed.
///
/// # Errors
/// See [`FileError`].
#[tracing::instrument(name = "certificates.file", skip_all)]
pub(super) async fn file(
    db: &Db,
    clock: &Clock,
    theme: &Theme,
    id: CertificateId,
    lang: Option<Lang>,
) -> Result<Vec<u8>, FileError> {
    let row = store::by_id(db.read(), id)
        .await?
        .filter(|row| row.erased_at.is_none())
        .ok_or(FileError::NotFound)?;
    let data = data_of(&row)?;
    let data = lang.map_or_else(|| data.clone(), |lang| data.in_language(lang));
    let language = data.language.clone();
    if let Some(bytes) = store::file(db.read(), &row, &language).await? {
        return Ok(bytes);
    }
    // Rendering needs processor time: it runs outside the web worker's thread and outside any transaction.
    let theme = theme.clone();
    let bytes = tokio::task::spawn_blocking(move || render::render(&theme, &data))
        .await
        .map_err(|error| FileError::Thread(error.to_string()))??;
    let drawn = Drawn {
        language: language.clone(),
        sha256: HEXLOWER.encode(&Sha256::digest(&bytes)),
        bytes: bytes.clone(),
        template_version: render::template_version(),
        at: clock.now(),
    };
    db.write::<_, DbErr>(async move |txn| store::keep_file(txn, id, drawn).await)
        .await?;
    // Another request may have stored its file first; the stored one counts.
    Ok(store::file(db.read(), &row, &language)
        .await?
        .unwrap_or(bytes))
}

/// The worker of [`RenderCertificate`]. A certificate that cannot be rendered stays registered; its page says
/// so, and it can be replaced by one with a name that can be printed.
///
/// # Errors
/// Missing characters are a permanent failure; any other error is transient.
#[tracing::instrument(name = "certificates.render_file", skip_all)]
pub async fn render_file(state: State, job: RenderCertificate) -> Result<(), jobs::Failure> {
    match file(&state.db, &state.clock, &state.theme, job.certificate, None).await {
        Ok(_) => Ok(()),
        Err(error @ (FileError::Render(_) | FileError::NotFound)) => {
            Err(jobs::Failure::permanent(error.to_string()))
        }
        Err(error) => Err(error.into()),
    }
}

fn code_of(row: &Row) -> Result<Code, DbErr> {
    Code::parse(&row.code).ok_or_else(|| DbErr::Type(format!("{} is no code", row.code)))
}

fn data_of(row: &Row) -> Result<CertificateData, DbErr> {
    serde_json::from_value(row.data.clone()).map_err(|error| DbErr::Json(error.to_string()))
}

/// A certificate as anyone with its code sees it.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// The certificate.
    pub id: CertificateId,
    /// Whose it is.
    pub person_id: PersonId,
    /// Its code.
    pub code: Code,
    /// What is printed on it.
    pub data: CertificateData,
    /// Whether it is valid.
    pub standing: CertificateStanding,
    /// The language and the SHA-256 of each of its files that was rendered; only where it was looked up by its code.
    pub files: Vec<(String, String)>,
    /// When it was erased at the holder's request.
    pub erased_at: Option<DateTime<Utc>>,
}

/// Whether a certificate is valid, and why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CertificateStanding {
    /// It is valid.
    Valid,
    /// A corrected certificate replaced it.
    Replaced {
        /// Why.
        reason: String,
        /// When.
        at: DateTime<Utc>,
        /// The code of the valid one.
        by_code: Option<Code>,
    },
    /// It was revoked.
    Revoked {
        /// Why.
        reason: String,
        /// When.
        at: DateTime<Utc>,
    },
}

/// A certificate by its code, valid or not; `None` if there never was one.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "certificates.find_by_code", skip_all)]
pub(super) async fn find_by_code(db: &Db, code: &Code) -> Result<Option<Certificate>, DbErr> {
    match store::by_code(db.read(), code.as_str()).await? {
        Some(row) => {
            let files = store::file_hashes(db.read(), &row).await?;
            let mut found = certificate(db, row).await?;
            found.files = files;
            Ok(Some(found))
        }
        None => Ok(None),
    }
}

/// A certificate by its serial number, valid or not; `None` if there never was one.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "certificates.find_by_serial", skip_all)]
pub(super) async fn find_by_serial(db: &Db, serial: &str) -> Result<Option<Certificate>, DbErr> {
    match store::by_serial(db.read(), serial).await? {
        Some(row) => certificate(db, row).await.map(Some),
        None => Ok(None),
    }
}

/// A certificate of this person by its serial number.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "certificates.find_own", skip_all)]
pub(super) async fn find_own(
    db: &Db,
    person_id: PersonId,
    serial: &str,
) -> Result<Option<Certificate>, DbErr> {
    match store::by_serial(db.read(), serial)
        .await?
        .filter(|row| row.person_id == person_id)
    {
        Some(row) => certificate(db, row).await.map(Some),
        None => Ok(None),
    }
}

/// The certificates of a record, newest first.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "certificates.of_source", skip_all)]
pub async fn of_source(db: &Db, source: &Source) -> Result<Vec<Certificate>, DbErr> {
    all(db, store::of_source(db.read(), source).await?).await
}

/// A person's certificates, newest first.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "certificates.of_person", skip_all)]
pub async fn of_person(db: &Db, person_id: PersonId) -> Result<Vec<Certificate>, DbErr> {
    all(db, store::of_person(db.read(), person_id).await?).await
}

async fn all(db: &Db, rows: Vec<Row>) -> Result<Vec<Certificate>, DbErr> {
    let mut certificates = Vec::with_capacity(rows.len());
    for row in rows {
        certificates.push(certificate(db, row).await?);
    }
    Ok(certificates)
}

async fn certificate(db: &Db, row: Row) -> Result<Certificate, DbErr> {
    let at = row.status_at.unwrap_or(row.issued_at);
    let reason = row.status_reason.clone().unwrap_or_default();
    let standing = match row.status {
        CertificateStatus::Valid => CertificateStanding::Valid,
        CertificateStatus::Revoked => CertificateStanding::Revoked { reason, at },
        CertificateStatus::Replaced => CertificateStanding::Replaced {
            reason,
            at,
            by_code: store::successor(db.read(), row.id)
                .await?
                .map(|row| code_of(&row))
                .transpose()?,
        },
    };
    Ok(Certificate {
        id: row.id,
        person_id: row.person_id,
        data: data_of(&row)?,
        code: code_of(&row)?,
        standing,
        files: Vec::new(),
        erased_at: row.erased_at,
    })
}

/// Revokes a certificate; `false` if it was not valid. Its page stays available and gives the reason.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "certificates.revoke", skip_all)]
pub async fn revoke(
    txn: &Transaction,
    clock: &Clock,
    actor_account_id: AccountId,
    id: CertificateId,
    reason: &str,
) -> Result<bool, DbErr> {
    let Some(row) = store::by_id(txn, id).await? else {
        return Ok(false);
    };
    let person = people::lock(txn, row.person_id).await?;
    let revoked =
        store::set_status(&person, id, CertificateStatus::Revoked, reason, clock.now()).await?;
    if revoked {
        // The reason, which may name somebody, is in the certificate's row.
        let detail = json!({});
        note(
            txn,
            clock,
            actor_account_id,
            "certificate.revoked",
            id,
            detail,
        )
        .await?;
    }
    Ok(revoked)
}

async fn note(
    txn: &Transaction,
    clock: &Clock,
    actor_account_id: AccountId,
    action: &'static str,
    id: CertificateId,
    detail: serde_json::Value,
) -> Result<(), DbErr> {
    let entry = audit::AuditEntry {
        actor_account_id: Some(actor_account_id),
        action,
        subject_kind: "certificate",
        subject_id: id.to_string(),
        detail,
    };
    audit::record(txn, clock.now(), entry).await
}

/// Issues a corrected certificate in place of a valid one, for the same record, with a new serial number and
/// code. `None` if the old one is not valid.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "certificates.replace", skip_all)]
pub async fn replace(
    txn: &Transaction,
    clock: &Clock,
    actor_account_id: AccountId,
    id: CertificateId,
    holder_name: String,
    reason: &str,
) -> Result<Option<Code>, DbErr> {
    let Some(old) = store::by_id(txn, id).await? else {
        return Ok(None);
    };
    let person = people::lock(txn, old.person_id).await?;
    if !store::set_status(
        &person,
        id,
        CertificateStatus::Replaced,
        reason,
        clock.now(),
    )
    .await?
    {
        return Ok(None);
    }
    let today = Lang::riga_date(clock.now());
    let code = Code::from_random(random::bits());
    let mut data = data_of(&old)?;
    let old_code = code_of(&old)?.to_string();
    data.verify_url = data.verify_url.replace(&old_code, &code.to_string());
    data.serial = next_serial(txn, today).await?;
    data.holder_name = holder_name;
    data.issued_on = Lang::from_tag(&data.language)
        .unwrap_or(Lang::Lv)
        .date_on(today);
    data.issued_date = today;
    if let Some(other) = &mut data.translation {
        other.verify_url = other.verify_url.replace(&old_code, &code.to_string());
        other.issued_on = Lang::from_tag(&other.language)
            .unwrap_or(Lang::Lv)
            .date_on(today);
    }
    let detail = json!({ "by": data.serial });
    let source = Source {
        kind: old.source_kind.into(),
        id: old.source_id,
    };
    let subject = (source, Some(old.id));
    insert(&person, clock, data, &code, subject).await?;
    note(
        txn,
        clock,
        actor_account_id,
        "certificate.replaced",
        id,
        detail,
    )
    .await?;
    Ok(Some(code))
}
