//! How areas react to events in areas that do not depend on them. Implemented here, on top of all areas, and
//! passed to the handlers of the area in which the event happens.

use std::{collections::BTreeSet, slice, sync::Arc};

use chrono::{DateTime, Utc};
use futures::{
    FutureExt as _,
    future::{BoxFuture, LocalBoxFuture},
};
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use crate::{
    accounts::{self, OnAddress, OnRightsLost, Roles},
    api,
    clock::Clock,
    db::{Db, Transaction},
    http::{
        Lang,
        address::{self, Address as _},
    },
    ids::{AccountId, AffiliationId, FactId, MergeId, OrganisationId, PersonId, RegistrationId},
    learning::Addresses,
    mail::{self, Composer, Email},
    organisations::{
        self, Dependants, Merge, OnChange, Organisation, OrganisationChange, Reason, Returned,
    },
    people::{self, OnEmployer, PersonLock},
    programme::{self, MovedFacts, NotCounted, Programme},
    registrations,
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

    /// Lets what depends on an organisation depend on another one; returns how much that is.
    async fn follow_merge(
        &self,
        txn: &Transaction,
        clock: &Clock,
        (from, into): (OrganisationId, &Organisation),
        merge_id: MergeId,
    ) -> Result<Dependants, DbErr> {
        let named = people::have_named(txn, from).await?;
        let locks = people::lock_all(txn, &named).await?;
        let statements = people::move_affiliations(&locks, from, into.id).await?;
        let facts = programme::move_facts(&locks, clock, &self.programme, from, into).await?;
        let moved = Dependants {
            people: named.len() as u64,
            facts: facts.len() as u64,
        };
        let statements = statements.into_iter().map(Uuid::from);
        organisations::note_moved(txn, merge_id, AFFILIATION, statements).await?;
        let facts = facts.into_iter().map(Uuid::from);
        organisations::note_moved(txn, merge_id, FACT, facts).await?;
        let registered = registrations::move_registrations(txn, from, into.id).await?;
        let registered = registered.into_iter().map(Uuid::from);
        organisations::note_moved(txn, merge_id, REGISTRATION, registered).await?;
        Ok(moved)
    }

    async fn undo_merge(
        &self,
        txn: &Transaction,
        clock: &Clock,
        (kept, restored): (OrganisationId, &Organisation),
        merge: &Merge,
    ) -> Result<Returned, DbErr> {
        let (statements, facts, _) = moved_by(txn, kept, merge).await?;
        let mut people = people_of(&statements);
        people.extend(facts.people());
        let locks = people::lock_all(txn, &people).await?;
        // Again, because it may have changed before the people were locked.
        let (statements, facts, returned) = moved_by(txn, kept, merge).await?;
        let ids: Vec<_> = statements.into_iter().map(|(id, _)| id).collect();
        people::return_affiliations(&locks, &ids, restored.id).await?;
        let since = (kept, merge.at);
        programme::return_facts(&locks, clock, &self.programme, facts, since, restored).await?;
        let registered = organisations::moved(txn, merge.id, REGISTRATION).await?;
        let registered: Vec<_> = registered.into_iter().map(RegistrationId::from).collect();
        registrations::return_registrations(txn, &registered, kept, restored.id).await?;
        Ok(returned)
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

    fn dependants<'a>(
        &'a self,
        db: &'a Db,
        organisation_id: OrganisationId,
    ) -> LocalBoxFuture<'a, Result<Dependants, DbErr>> {
        async move {
            let named = people::have_named(db.read(), organisation_id).await?;
            Ok(Dependants {
                people: named.len() as u64,
                facts: programme::count_facts_of(db, organisation_id).await?,
            })
        }
        .boxed_local()
    }

    fn merged<'a>(
        &'a self,
        txn: &'a Transaction,
        clock: &'a Clock,
        from: &'a Organisation,
        into: &'a Organisation,
        merge_id: MergeId,
    ) -> LocalBoxFuture<'a, Result<Dependants, DbErr>> {
        self.follow_merge(txn, clock, (from.id, into), merge_id)
            .boxed_local()
    }

    fn returnable<'a>(
        &'a self,
        db: &'a Db,
        kept: OrganisationId,
        merge: &'a Merge,
    ) -> LocalBoxFuture<'a, Result<Returned, DbErr>> {
        async move {
            let (_, _, returned) = moved_by(db.read(), kept, merge).await?;
            Ok(returned)
        }
        .boxed_local()
    }

    fn unmerged<'a>(
        &'a self,
        txn: &'a Transaction,
        clock: &'a Clock,
        organisations: (OrganisationId, &'a Organisation),
        merge: &'a Merge,
    ) -> LocalBoxFuture<'a, Result<Returned, DbErr>> {
        self.undo_merge(txn, clock, organisations, merge)
            .boxed_local()
    }
}

/// The names of tables under which a merge records what it moved.
const AFFILIATION: &str = "affiliation";
const FACT: &str = "indicator_fact";
const REGISTRATION: &str = "registration";

/// What a merge has moved and can be moved back.
async fn moved_by(
    db: &impl ConnectionTrait,
    kept: OrganisationId,
    merge: &Merge,
) -> Result<(Vec<(AffiliationId, PersonId)>, MovedFacts, Returned), DbErr> {
    let statements = organisations::moved(db, merge.id, AFFILIATION).await?;
    let statements: Vec<_> = statements.into_iter().map(AffiliationId::from).collect();
    let there = people::affiliations_at(db, &statements, kept).await?;
    let facts = organisations::moved(db, merge.id, FACT).await?;
    let facts: Vec<_> = facts.into_iter().map(FactId::from).collect();
    let facts = programme::moved_facts(db, &facts, kept).await?;
    let gone = statements.len().saturating_sub(there.len());
    let returned = Returned {
        people: people_of(&there).len() as u64,
        facts: facts.len(),
        changed: gone as u64 + facts.changed,
    };
    Ok((there, facts, returned))
}

fn people_of(statements: &[(AffiliationId, PersonId)]) -> BTreeSet<PersonId> {
    statements.iter().map(|(_, person)| *person).collect()
}

impl OnRightsLost for Reactions {
    fn rights_lost<'a>(
        &'a self,
        txn: &'a Transaction,
        now: DateTime<Utc>,
        account_id: AccountId,
        left: Roles,
    ) -> LocalBoxFuture<'a, Result<(), DbErr>> {
        api::end_tokens(txn, now, account_id, left).boxed_local()
    }
}

impl OnAddress for Reactions {
    fn confirmed<'a>(
        &'a self,
        txn: &'a Transaction,
        person_id: PersonId,
        email: &'a Email,
    ) -> LocalBoxFuture<'a, Result<(), DbErr>> {
        registrations::take_over(txn, person_id, email).boxed_local()
    }
}

impl Addresses for Reactions {
    fn of<'a>(
        &'a self,
        txn: &'a Transaction,
        person_id: PersonId,
    ) -> BoxFuture<'a, Result<Option<(String, Lang)>, DbErr>> {
        async move {
            let found = accounts::addresses_of(txn, [person_id].into()).await?;
            let first = found.into_iter().next();
            Ok(first.map(|(_, address, lang)| (address, lang)))
        }
        .boxed()
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
