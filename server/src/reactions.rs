//! How areas react to events in areas that do not depend on them. Implemented here, on top of all areas, and
//! passed to the handlers of the area in which the event happens.

use std::{slice, sync::Arc};

use futures::{FutureExt as _, future::LocalBoxFuture};
use sea_orm::DbErr;

use crate::{
    accounts,
    clock::Clock,
    db::{Db, Transaction},
    http::{
        Lang,
        address::{self, Address as _},
    },
    ids::{OrganisationId, PersonId},
    mail::{self, Composer},
    organisations::{OnChange, Organisation, OrganisationChange, Reason},
    people::{self, OnEmployer, PersonLock},
    programme::{self, NotCounted, Programme},
};

/// The reactions to a changed employer and to a manager's decision on an organisation.
pub struct Reactions {
    programme: Arc<Programme>,
    composer: Composer,
}

impl Reactions {
    /// Uses this programme for counting, and this composer for mails.
    #[must_use]
    pub const fn new(programme: Arc<Programme>, composer: Composer) -> Self {
        Self {
            programme,
            composer,
        }
    }

    /// Makes cached pages about the people who have named an organisation invalid, and lets their completions
    /// count where they belong now.
    async fn follow(
        &self,
        txn: &Transaction,
        clock: &Clock,
        before: &Organisation,
        change: &OrganisationChange,
    ) -> Result<(), DbErr> {
        // Everybody whose completions may count for it has named it, and nobody can name it while it is
        // locked.
        let named = people::have_named(txn, before.id).await?;
        let locks = people::lock_all(txn, &named).await?;
        match change {
            OrganisationChange::Approved => Ok(()),
            OrganisationChange::KindCorrected => {
                let reason = programme::KIND_CORRECTED;
                programme::reassess_organisation(&locks, clock, &self.programme, before.id, reason)
                    .await
            }
            OrganisationChange::Rejected(reason) => {
                let working = people::working_at(txn, before.id).await?;
                let addresses = accounts::addresses_of(txn, working).await?;
                for (person_id, email, lang) in addresses {
                    let who = (person_id, email.as_str());
                    let mail = self.rejection(clock, before, reason, who, lang);
                    mail::enqueue(txn, clock, mail).await?;
                }
                programme::reconsider(&locks, clock, &self.programme).await
            }
        }
    }

    /// Informs a person by mail that the organisation they named was rejected.
    fn rejection(
        &self,
        clock: &Clock,
        organisation: &Organisation,
        reason: &Reason,
        (person_id, email): (PersonId, &str),
        lang: Lang,
    ) -> mail::Mail {
        let args = [
            ("organisation", organisation.name.as_str().into()),
            ("reason", reason.as_str().into()),
            (
                "link",
                self.composer
                    .link(&address::MyOrganisation.url(lang))
                    .into(),
            ),
        ];
        let (id, at) = (organisation.id, clock.now().timestamp());
        let key = format!("organisation-rejected:{id}:{person_id}:{at}");
        self.composer
            .mail(lang, "organisation-rejected", email, key, &args)
    }
}

impl OnChange for Reactions {
    fn people_at<'a>(
        &'a self,
        db: &'a Db,
        organisation_id: OrganisationId,
    ) -> LocalBoxFuture<'a, Result<u64, DbErr>> {
        people::count_working_at(db, organisation_id).boxed_local()
    }

    fn changed<'a>(
        &'a self,
        txn: &'a Transaction,
        clock: &'a Clock,
        before: &'a Organisation,
        change: &'a OrganisationChange,
    ) -> LocalBoxFuture<'a, Result<(), DbErr>> {
        self.follow(txn, clock, before, change).boxed_local()
    }
}

impl OnEmployer for Reactions {
    fn named<'a>(
        &'a self,
        person: &'a PersonLock<'_>,
        clock: &'a Clock,
    ) -> LocalBoxFuture<'a, Result<(), DbErr>> {
        programme::reconsider(slice::from_ref(person), clock, &self.programme).boxed_local()
    }

    fn pending_message_key<'a>(
        &'a self,
        db: &'a Db,
        person_id: PersonId,
    ) -> LocalBoxFuture<'a, Result<Option<&'static str>, DbErr>> {
        async move {
            let why = programme::not_counted(db, person_id).await?;
            Ok(why.map(NotCounted::message_key))
        }
        .boxed_local()
    }
}
