//! Refusals by role: who opened pages for a role that they do not have. They are counted here and recorded in the
//! audit log from time to time, one entry for each account, so that nobody can fill the log by opening pages.

use std::{
    collections::BTreeMap,
    mem,
    sync::{Mutex, PoisonError},
};

use crate::{ids::AccountId, principal::Role};

/// Of how many accounts refusals are counted between two records; those of further ones are counted together.
const MOST_ACCOUNTS: usize = 200;

/// Refusals since they were last recorded.
#[derive(Debug, Default)]
pub struct Refusals(Mutex<Refused>);

/// What was refused: by account and the role that was missing.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Refused {
    /// By account.
    pub accounts: BTreeMap<AccountId, BTreeMap<Role, u64>>,
    /// Those of further accounts.
    pub others: u64,
}

impl Refusals {
    /// Counts a refusal.
    pub fn count(&self, account_id: AccountId, role: Role) {
        let mut refused = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = refused.accounts.len() >= MOST_ACCOUNTS;
        if is_full && !refused.accounts.contains_key(&account_id) {
            refused.others += 1;
            return;
        }
        let roles = refused.accounts.entry(account_id).or_default();
        *roles.entry(role).or_default() += 1;
    }

    /// What was counted; counting begins anew.
    #[must_use]
    pub fn take(&self) -> Refused {
        mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_beyond_a_number_are_counted_together() {
        let refusals = Refusals::default();
        for id in 0..MOST_ACCOUNTS + 3 {
            let id = AccountId::from_u128(id as u128);
            refusals.count(id, Role::Admin);
            refusals.count(id, Role::Admin);
        }
        let refused = refusals.take();
        assert_eq!(refused.accounts.len(), MOST_ACCOUNTS);
        assert_eq!(refused.others, 6);
        assert!(
            refused
                .accounts
                .values()
                .all(|roles| roles[&Role::Admin] == 2)
        );
        assert_eq!(refusals.take(), Refused::default());
    }
}
