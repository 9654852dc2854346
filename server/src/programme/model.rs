//! Counting: which person counts for which indicator, and why; without input or output.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};

use super::indicator::{Indicator, Programme};
use crate::{
    http::Lang,
    ids::{FactId, OrganisationId, PersonId},
    organisations::{Organisation, OrganisationStatus},
    people::NamedEmployer,
    source::Source,
};

/// A fact that is in force, with what decides whether it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The fact.
    pub id: FactId,
    /// The indicator.
    pub indicator_id: String,
    /// The person.
    pub person_id: PersonId,
    /// The organisation for which they worked then.
    pub organisation_id: OrganisationId,
    /// Whether that organisation is approved; otherwise the fact waits.
    pub is_organisation_approved: bool,
    /// The record that proves it.
    pub source: Source,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
}

/// A person in the list of an indicator: counted if the organisation is approved, waiting otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CountedPerson {
    /// The fact by which the person counts, or would count.
    pub fact_id: FactId,
    /// Its indicator.
    pub indicator_id: String,
    /// The record that proves it.
    pub source: Source,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// The person's given name.
    pub given_name: String,
    /// The person's family name.
    pub family_name: String,
    /// The organisation for which they worked then, with its current record; `None` while it is not known.
    pub organisation: Option<Organisation>,
}

impl CountedPerson {
    /// Given name, then family name; or the only name.
    #[must_use]
    pub(crate) fn person(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
            .trim()
            .to_owned()
    }

    /// Whether the person counts now.
    #[must_use]
    pub(crate) fn is_counted(&self) -> bool {
        let status = self
            .organisation
            .as_ref()
            .map(|organisation| organisation.status);
        status == Some(OrganisationStatus::Approved)
    }
}

/// The organisation for which something counts that a person did at a moment: the one that they had named by
/// then. If that one was rejected, it is the first one named afterwards that was not rejected. If they had
/// named none, it is the one that they name now. A later change of employer has no effect. `namings` are in
/// the order in which they were made.
#[must_use]
pub(super) fn organisation_at(
    namings: &[NamedEmployer],
    at: DateTime<Utc>,
) -> Option<&Organisation> {
    let known = namings.iter().rposition(|naming| naming.named_at <= at);
    let first = known.or_else(|| namings.iter().rposition(|naming| naming.is_current))?;
    let later = namings.get(first..)?;
    later
        .iter()
        .find(|naming| naming.organisation.status != OrganisationStatus::Rejected)
        .or_else(|| later.first())
        .map(|naming| &naming.organisation)
}

/// Why a person who has completed something does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotCounted {
    /// They have named no organisation.
    Unnamed,
    /// The organisation was rejected: another has to be named.
    Rejected,
    /// The organisation waits for a decision.
    Waits,
    /// No indicator counts people of this kind of organisation.
    Kind,
}

impl NotCounted {
    /// The key of the message for the person.
    #[must_use]
    pub const fn message_key(self) -> &'static str {
        match self {
            Self::Unnamed => "not-counted-unnamed",
            Self::Rejected => "not-counted-rejected",
            Self::Waits => "not-counted-waits",
            Self::Kind => "not-counted-kind",
        }
    }
}

/// The count of an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Count {
    /// The facts by which people count, in the order in which they happened.
    pub counted: Vec<Fact>,
    /// The first facts of people who would count if their organisation were approved.
    pub waiting: Vec<Fact>,
    /// How many people have a fact here but count in another indicator of the group.
    pub counted_elsewhere: usize,
}

/// Counts an indicator from all facts that are in force; the database computes the same for whole figures
/// (`store::count`). A person counts once, by their first fact of an approved organisation in the whole
/// group; if that fact belongs to another indicator, they count there.
#[must_use]
pub(super) fn count(programme: &Programme, indicator: &Indicator, facts: &[Fact]) -> Count {
    let group = group_of(programme, indicator);
    let mut ordered: Vec<&Fact> = facts
        .iter()
        .filter(|fact| group.contains(&fact.indicator_id.as_str()))
        .collect();
    // For equal times, the id decides, so that the result is always the same.
    ordered.sort_by_key(|fact| (fact.occurred_at, fact.id));

    let mut counting: BTreeMap<PersonId, &Fact> = BTreeMap::new();
    let mut waiting: BTreeMap<PersonId, &Fact> = BTreeMap::new();
    let mut here: BTreeSet<PersonId> = BTreeSet::new();
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

/// A month of an indicator's trajectory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Month {
    /// Its first day.
    pub first_day: NaiveDate,
    /// People counted in it.
    pub new: usize,
    /// People counted up to its end.
    pub total: usize,
}

/// The monthly trajectory of counted facts, by Rīga's calendar, from `from` (or the first fact, if that is
/// earlier) to `until`, including months without a new person.
#[must_use]
pub(super) fn trajectory(counted: &[Fact], from: NaiveDate, until: NaiveDate) -> Vec<Month> {
    let mut per_month: BTreeMap<i32, usize> = BTreeMap::new();
    for fact in counted {
        *per_month
            .entry(month_number(Lang::riga_date(fact.occurred_at)))
            .or_default() += 1;
    }
    let first = per_month
        .keys()
        .next()
        .copied()
        .unwrap_or(i32::MAX)
        .min(month_number(from));
    let last = per_month
        .keys()
        .next_back()
        .copied()
        .unwrap_or(i32::MIN)
        .max(month_number(until));
    let mut total = 0;
    (first..=last)
        .filter_map(|number| {
            let new = per_month.get(&number).copied().unwrap_or_default();
            total += new;
            let month0 = u32::try_from(number.rem_euclid(12)).ok()?;
            Some(Month {
                first_day: NaiveDate::from_ymd_opt(number.div_euclid(12), month0 + 1, 1)?,
                new,
                total,
            })
        })
        .collect()
}

/// Months since the year 0.
fn month_number(date: NaiveDate) -> i32 {
    date.year() * 12 + date.month0().cast_signed()
}

/// Whether and why a fact counts for its indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FactStanding {
    /// The person counts by this fact.
    Counts,
    /// It would count if the organisation were approved.
    Waits,
    /// The person counts already, by this earlier fact of the indicator or its group.
    Repeats(Fact),
    /// Another fact replaced it.
    Superseded,
    /// The organisation was rejected.
    OrganisationRejected,
    /// No indicator counts people of this kind of organisation.
    Uncounted,
    /// The person has not named an employer.
    Unnamed,
}

/// The standing of a fact in force, given all facts in force of its person.
#[must_use]
pub(super) fn standing(
    programme: &Programme,
    indicator: &Indicator,
    fact_id: FactId,
    facts: &[Fact],
) -> FactStanding {
    let count = count(programme, indicator, facts);
    if count.counted.iter().any(|fact| fact.id == fact_id) {
        return FactStanding::Counts;
    }
    let by_another = programme
        .indicators
        .iter()
        .filter(|other| is_same_group(indicator, other))
        .find_map(|other| {
            self::count(programme, other, facts)
                .counted
                .into_iter()
                .next()
        });
    if let Some(fact) = by_another {
        return FactStanding::Repeats(fact);
    }
    match count.waiting.into_iter().next() {
        Some(first) if first.id != fact_id => FactStanding::Repeats(first),
        Some(_) => FactStanding::Waits,
        None => FactStanding::OrganisationRejected,
    }
}

/// The ids of the indicators in the same group, including this one.
#[must_use]
pub(super) fn group_of<'a>(programme: &'a Programme, indicator: &Indicator) -> Vec<&'a str> {
    programme
        .indicators
        .iter()
        .filter(|other| is_same_group(indicator, other))
        .map(|other| other.id.as_str())
        .collect()
}

/// Whether two indicators count a person once between them.
fn is_same_group(one: &Indicator, other: &Indicator) -> bool {
    one.id == other.id || (one.group.is_some() && one.group == other.group)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{ids::SourceId, organisations, source::SourceKind};

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
            id: FactId::from_u128(id),
            indicator_id: indicator.to_owned(),
            person_id: PersonId::from_u128(person),
            organisation_id: OrganisationId::from_u128(1),
            is_organisation_approved: approved,
            source: Source {
                kind: SourceKind::new("completion"),
                id: SourceId::from_u128(id),
            },
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
        assert_eq!(count.counted[0].id, FactId::from_u128(1));
    }

    #[test]
    fn a_person_who_changes_employer_counts_where_they_first_counted() {
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

    #[test]
    fn says_how_a_fact_stands() {
        let facts = [
            fact(1, "public", 7, 10, true),
            fact(2, "private", 7, 20, true),
        ];
        let programme = programme();
        let of = |indicator: &str, id, facts: &[Fact]| {
            let indicator = programme.indicator(indicator).unwrap();
            standing(&programme, indicator, FactId::from_u128(id), facts)
        };
        assert_eq!(of("public", 1, &facts), FactStanding::Counts);
        assert_eq!(
            of("private", 2, &facts),
            FactStanding::Repeats(facts[0].clone())
        );
        let waiting = [fact(1, "public", 7, 10, false)];
        assert_eq!(of("public", 1, &waiting), FactStanding::Waits);
        assert_eq!(of("public", 1, &[]), FactStanding::OrganisationRejected);
    }

    #[test]
    fn a_fact_counts_for_the_organisation_named_then_or_instead() {
        use OrganisationStatus::{Approved, Proposed, Rejected};
        let naming = |id: u128, hour: i64, status, is_current| NamedEmployer {
            organisation: Organisation {
                id: OrganisationId::from_u128(id),
                name: String::new(),
                registration_number: None,
                kind: organisations::OrganisationKind::Association,
                status,
            },
            named_at: DateTime::from_timestamp(hour * 3_600, 0).unwrap(),
            is_current,
        };
        let at = |namings: &[NamedEmployer], hour: i64| {
            let moment = DateTime::from_timestamp(hour * 3_600, 0).unwrap();
            organisation_at(namings, moment)
                .map(|organisation| uuid::Uuid::from(organisation.id).as_u128())
        };
        let moved = [naming(1, 1, Approved, false), naming(2, 5, Approved, true)];
        assert_eq!((at(&moved, 3), at(&moved, 5)), (Some(1), Some(2)));
        let renamed = [
            naming(1, 1, Approved, false),
            naming(2, 2, Rejected, false),
            naming(3, 5, Rejected, false),
            naming(4, 6, Proposed, false),
            naming(5, 7, Approved, true),
        ];
        assert_eq!((at(&renamed, 3), at(&renamed, 1)), (Some(4), Some(1)));
        assert_eq!(at(&renamed[..2], 3), Some(2), "nothing better is named");
        assert_eq!(at(&moved, 0), Some(2), "none was named then");
        assert_eq!(at(&[], 3), None);
    }

    #[test]
    fn a_trajectory_has_every_month_and_goes_by_rigas_clock() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let mut late = fact(1, "public", 1, 0, true);
        // In Rīga it is already the new year.
        late.occurred_at = "2025-12-31T22:30:00Z".parse().unwrap();
        let mut later = fact(2, "public", 2, 0, true);
        later.occurred_at = "2026-03-05T08:00:00Z".parse().unwrap();
        let months = trajectory(&[late, later], day("2025-12-15"), day("2026-04-01"));
        let seen: Vec<_> = months
            .iter()
            .map(|month| (month.first_day.to_string(), month.new, month.total))
            .collect();
        let expected = [
            ("2025-12-01", 0, 0),
            ("2026-01-01", 1, 1),
            ("2026-02-01", 0, 1),
            ("2026-03-01", 1, 2),
            ("2026-04-01", 0, 2),
        ];
        assert_eq!(
            seen,
            expected.map(|(day, new, total)| (day.to_owned(), new, total))
        );
    }

    proptest! {
        #[test]
        fn every_person_is_counted_exactly_once(
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
