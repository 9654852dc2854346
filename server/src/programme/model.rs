//! Counting: which person counts where, and why; pure.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::config::{Indicator, Programme};

/// A fact that holds, with what decides whether it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The fact.
    pub id: Uuid,
    /// Towards which indicator.
    pub indicator_id: String,
    /// Who.
    pub person_id: Uuid,
    /// For whom they worked then.
    pub organisation_id: Uuid,
    /// Whether that organisation is in the register; otherwise the fact waits.
    pub is_organisation_approved: bool,
    /// The record that proves it.
    pub source_id: Uuid,
    /// When.
    pub occurred_at: DateTime<Utc>,
}

/// What an indicator shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Count {
    /// The fact by which each counted person counts, in the order in which they happened.
    pub counted: Vec<Fact>,
    /// People who would count if their organisation were approved, with their first such fact.
    pub waiting: Vec<Fact>,
    /// People with a fact here who count in another indicator of the group.
    pub counted_elsewhere: usize,
}

/// Counts an indicator. A person counts once, by their first fact of approved organisations in the
/// whole group; where that fact is of another indicator, they count there.
#[must_use]
pub fn count(programme: &Programme, indicator: &Indicator, facts: &[Fact]) -> Count {
    let group: BTreeSet<&str> = programme
        .indicators
        .iter()
        .filter(|other| {
            other.id == indicator.id
                || (indicator.group.is_some() && other.group == indicator.group)
        })
        .map(|other| other.id.as_str())
        .collect();
    let mut ordered: Vec<&Fact> = facts
        .iter()
        .filter(|fact| group.contains(fact.indicator_id.as_str()))
        .collect();
    // The id settles what happened in one moment, so that a count is the same every time.
    ordered.sort_by_key(|fact| (fact.occurred_at, fact.id));

    let mut counting: BTreeMap<Uuid, &Fact> = BTreeMap::new();
    let mut waiting: BTreeMap<Uuid, &Fact> = BTreeMap::new();
    let mut here: BTreeSet<Uuid> = BTreeSet::new();
    for fact in ordered {
        if fact.indicator_id == indicator.id {
            here.insert(fact.person_id);
        }
        if fact.is_organisation_approved {
            counting.entry(fact.person_id).or_insert(fact);
        } else if fact.indicator_id == indicator.id {
            waiting.entry(fact.person_id).or_insert(fact);
        }
    }
    let in_order = |facts: Vec<&Fact>| {
        let mut facts: Vec<Fact> = facts.into_iter().cloned().collect();
        facts.sort_by_key(|fact| (fact.occurred_at, fact.id));
        facts
    };
    Count {
        counted: in_order(
            counting
                .values()
                .copied()
                .filter(|fact| fact.indicator_id == indicator.id)
                .collect(),
        ),
        counted_elsewhere: counting
            .iter()
            .filter(|(person, fact)| fact.indicator_id != indicator.id && here.contains(*person))
            .count(),
        waiting: in_order(
            waiting
                .into_iter()
                .filter(|(person, _)| !counting.contains_key(person))
                .map(|(_, fact)| fact)
                .collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn programme() -> Programme {
        let indicator = |id: &str, kind: &str| {
            format!(
                "[[indicator]]\nid='{id}'\nunit='person'\noperator='at-least'\ntarget=10\ncounting='cumulative'\ngroup='g'\ncounts=['completion']\norganisation_kinds=['{kind}']\ntitle={{lv='x',en='x'}}\n"
            )
        };
        Programme::parse(
            &(indicator("public", "state-institution") + &indicator("private", "association")),
        )
        .unwrap()
    }

    fn fact(id: u128, indicator: &str, person: u128, day: i64, approved: bool) -> Fact {
        Fact {
            id: Uuid::from_u128(id),
            indicator_id: indicator.to_owned(),
            person_id: Uuid::from_u128(person),
            organisation_id: Uuid::from_u128(1),
            is_organisation_approved: approved,
            source_id: Uuid::from_u128(id),
            occurred_at: DateTime::from_timestamp(day * 86_400, 0).unwrap(),
        }
    }

    fn figures(facts: &[Fact], indicator: &str) -> (usize, usize, usize) {
        let programme = programme();
        let count = count(&programme, programme.indicator(indicator).unwrap(), facts);
        (
            count.counted.len(),
            count.waiting.len(),
            count.counted_elsewhere,
        )
    }

    #[test]
    fn a_person_with_two_courses_counts_once_by_the_first() {
        let facts = [
            fact(2, "public", 7, 20, true),
            fact(1, "public", 7, 10, true),
        ];
        assert_eq!(figures(&facts, "public"), (1, 0, 0));
        let programme = programme();
        let count = count(&programme, &programme.indicators[0], &facts);
        assert_eq!(count.counted[0].id, Uuid::from_u128(1));
    }

    #[test]
    fn who_changes_sides_counts_where_they_began() {
        let facts = [
            fact(1, "public", 7, 10, true),
            fact(2, "private", 7, 20, true),
        ];
        assert_eq!(figures(&facts, "public"), (1, 0, 0));
        assert_eq!(figures(&facts, "private"), (0, 0, 1));
    }

    #[test]
    fn an_unapproved_organisation_waits_and_an_approved_one_takes_over() {
        let waiting = [fact(1, "public", 7, 10, false)];
        assert_eq!(figures(&waiting, "public"), (0, 1, 0));
        let both = [
            fact(1, "public", 7, 10, false),
            fact(2, "public", 7, 20, true),
        ];
        assert_eq!(figures(&both, "public"), (1, 0, 0));
    }

    proptest! {
        #[test]
        fn nobody_counts_twice_and_nobody_is_lost(
            rows in prop::collection::vec((0_u128..6, any::<bool>(), 0_i64..5, any::<bool>()), 0..40)
        ) {
            let facts: Vec<Fact> = rows
                .iter()
                .enumerate()
                .map(|(i, (person, public, day, approved))| {
                    fact(i as u128, if *public { "public" } else { "private" }, *person, *day, *approved)
                })
                .collect();
            let people: BTreeSet<_> = facts.iter().filter(|f| f.is_organisation_approved).map(|f| f.person_id).collect();
            let (public, ..) = figures(&facts, "public");
            let (private, ..) = figures(&facts, "private");
            prop_assert_eq!(public + private, people.len());
        }
    }
}
