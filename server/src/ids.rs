//! The types of ids and slugs. Each kind of record has its own type of id, so that it does not compile to use
//! an account's id in place of a person's:
//!
//! ```
//! use server::{clock::Clock, ids::PersonId};
//!
//! fn lock(person_id: PersonId) {}
//!
//! lock(Clock::system().new_id());
//! ```
//!
//! ```compile_fail,E0308
//! use server::{clock::Clock, ids::{AccountId, PersonId}};
//!
//! fn lock(person_id: PersonId) {}
//!
//! let account_id: AccountId = Clock::system().new_id();
//! lock(account_id);
//! ```
//!
//! New ids are made by [`Clock::new_id`](crate::clock::Clock::new_id). Ids are columns and keys of entities;
//! in addresses and JSON they have the usual form of a UUID. Ids that authors write (of courses, lessons,
//! questions) are types of the compiler: [`course_compiler::CourseId`] and others. Slugs that authors write
//! are here, for addresses.

use std::{fmt, ops::Deref, str::FromStr};

use course_compiler::{Course, Lesson};
use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Defines types of ids, each over a UUID.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)+) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType,
        )]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The nil id, for a record that does not exist yet.
            pub const NIL: Self = Self(Uuid::nil());

            /// An id from a number, for samples and tests.
            #[must_use]
            pub const fn from_u128(number: u128) -> Self {
                Self(Uuid::from_u128(number))
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        /// Required by SeaORM for every key; these keys are never assigned by the database.
        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    )+};
}

/// Defines types of slugs, the words in addresses that authors choose.
macro_rules! slugs {
    ($($(#[$doc:meta])* $name:ident,)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl From<&str> for $name {
            fn from(slug: &str) -> Self {
                Self(slug.to_owned())
            }
        }

        impl Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

ids! {
    /// An account.
    AccountId,
    /// An affiliation: a period in which a person works for an organisation.
    AffiliationId,
    /// A token of the API.
    ApiTokenId,
    /// An attempt at a test.
    AttemptId,
    /// A certificate.
    CertificateId,
    /// A completion of a course.
    CompletionId,
    /// An enrolment.
    EnrolmentId,
    /// A request for erasure.
    ErasureId,
    /// An event.
    EventId,
    /// A message to participants of an event.
    EventMessageId,
    /// A material of an event.
    EventMaterialId,
    /// A session of an event.
    EventSessionId,
    /// A fact that an indicator may count.
    FactId,
    /// A job.
    JobId,
    /// The id of a report of a mistake.
    MistakeReportId,
    /// Of the acceptance of a notice.
    NoticeAcceptanceId,
    /// An address that an account had before.
    FormerEmailId,
    /// A merge of two organisations.
    MergeId,
    /// An organisation.
    OrganisationId,
    /// A completion of a learning path.
    PathCompletionId,
    /// An enrolment in a learning path.
    PathEnrolmentId,
    /// A person, with or without an account.
    PersonId,
    /// Registrations that were made together.
    RegistrationGroupId,
    /// A registration for an event.
    RegistrationId,
    /// A file of registrations.
    RegistrationImportId,
    /// An answer to a question inside a lesson.
    PracticeAnswerId,
    /// A recovery code of a second factor.
    RecoveryCodeId,
    /// A run of a rule of retention.
    RetentionRunId,
    /// A role granted to an account.
    RoleGrantId,
    /// A session of a signed-in browser.
    SessionId,
    /// A record of any kind, used together with its kind: see [`Source`](crate::source::Source).
    SourceId,
    /// What a manager allows a person in tests.
    TestAllowanceId,
}

slugs! {
    /// The slug of a course.
    CourseSlug,
    /// The slug of a handbook.
    HandbookSlug,
    /// The slug of a lesson or test in its course, or of a chapter in its handbook.
    LessonSlug,
    /// The id of a learning path, by which records and addresses name it.
    PathSlug,
}

impl From<&Course> for CourseSlug {
    fn from(course: &Course) -> Self {
        Self(course.slug.clone())
    }
}

impl From<&Course> for HandbookSlug {
    fn from(handbook: &Course) -> Self {
        Self(handbook.slug.clone())
    }
}

impl From<&Lesson> for LessonSlug {
    fn from(lesson: &Lesson) -> Self {
        Self(lesson.slug.clone())
    }
}
