//! The ids of what is stored, and slugs. Each kind of record has an id of its own type, so that an account's id where a
//! person's is meant does not compile:
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
//! New ones come from [`Clock::new_id`](crate::clock::Clock::new_id), and are the column and the key of an entity;
//! in an address and in JSON they are the usual text of a UUID. Ids that authors write (of courses, lessons,
//! questions) are the compiler's: [`course_compiler::CourseId`] and its neighbours. The slugs that authors write
//! are here, for addresses.

use std::{fmt, ops::Deref, str::FromStr};

use course_compiler::{Course, Lesson};
use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Types of ids, each over a UUID.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)+) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType,
        )]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The id of nothing: stands where a record is not made yet.
            pub const NIL: Self = Self(Uuid::nil());

            /// An id by its number, for samples and tests.
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

        /// What SeaORM asks of every key; no database numbers these.
        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    )+};
}

/// Types of the words by which addresses name what authors write.
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
    /// Of a way to sign in.
    AccountId,
    /// Of the time that a person works for an organisation.
    AffiliationId,
    /// Of one attempt of a test.
    AttemptId,
    /// Of a certificate.
    CertificateId,
    /// Of the record that a person has completed a course.
    CompletionId,
    /// Of a person's place in a course.
    EnrolmentId,
    /// Of something that an indicator may count.
    FactId,
    /// Of a job in the queue.
    JobId,
    /// Of what somebody found wrong on a page.
    MistakeReportId,
    /// Of the acceptance of a notice.
    NoticeAcceptanceId,
    /// Of an organisation in the register.
    OrganisationId,
    /// Of a person, with or without an account.
    PersonId,
    /// Of an answer to a question inside a lesson.
    PracticeAnswerId,
    /// Of a role given to an account.
    RoleGrantId,
    /// Of a record of any kind, known together with its kind: see [`Source`](crate::source::Source).
    SourceId,
}

slugs! {
    /// Of a course.
    CourseSlug,
    /// Of a handbook.
    HandbookSlug,
    /// Of a lesson or a test within its course, or of a chapter within its handbook.
    LessonSlug,
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
