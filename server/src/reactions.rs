//! What areas do when something happens in an area that does not know them: composed here, on top of them
//! all, and handed to the handlers of the area in which it happens.

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
    organisations::{Change, OnChange, Organisation, Reason},
    people::{self, OnEmployer, PersonLock},
    programme::{self, NotCounted, Programme},
};

/// What follows from what people say of their work and managers decide on organisations.
pub struct Reactions {
    programme: Arc<Programme>,
    composer: Composer,
}

impl Reactions {
    /// Counts by this programme, and words mails so.
    #[must_use]
    pub const fn new(programme: Arc<Programme>, composer: Composer) -> Self {
        Self {
            programme,
            composer,
        }
    }

    /// Makes pages about those who have named an organisation stale; what they completed
    /// counts where it belongs now.
    async fn follow(
        &self,
        txn: &Transaction,
        clock: &Clock,
        before: &Organisation,
        change: &Change,
    ) -> Result<(), DbErr> {
        // Whoever can count by it has named it; and nobody names it while it is locked.
        let named = people::have_named(txn, before.id).await?;
        let locks = people::lock_all(txn, &named).await?;
        match change {
            Change::Approved => Ok(()),
            Change::KindCorrected => {
                let reason = programme::KIND_CORRECTED;
                programme::reassess_organisation(&locks, clock, &self.programme, before.id, reason)
                    .await
            }
            Change::Rejected(reason) => {
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

    /// Tells somebody that the organisation they named was turned down.
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
        change: &'a Change,
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

    fn open_matter<'a>(
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
