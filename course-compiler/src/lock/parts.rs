//! Takes the ids of a question's parts from the lock, by their texts.

use std::collections::{BTreeMap, BTreeSet};

use super::file::{Lock, LockedPart, UNIT};
use crate::decisions::Decision;
use crate::hash::Hasher;
use crate::likeness;
use crate::model::{CourseId, Language, PartId, Role};
use crate::parse::{addresses, plain_text};
use crate::question::PartDraft;

/// How similar the letters of two texts have to be, from 0 to 1, for one to be an edited version of the
/// other.
const NEAR: f64 = 0.6;

/// How much less similar another text may be while it is still doubtful which of the two was edited.
const RIVAL: f64 = 0.1;

/// The most pairs of edited texts that are compared in a question; a question with more was replaced, not
/// edited.
pub(super) const MOST_PAIRS: usize = 10_000;

/// The most parts of a question for which all candidates with the same meaning are compared.
const MOST_ALIKE: usize = 100;

/// The ids of the parts of a question.
pub(crate) struct PartIds {
    /// One for each part.
    pub(crate) ids: Vec<PartId>,
    /// Parts whose text may have another meaning than that of their id, or whose id another part could also
    /// have had; each with the earlier text. The author decides.
    pub(crate) doubtful: Vec<(usize, String)>,
    /// Whether the lock differs from the parts.
    pub(crate) changed: bool,
}

impl Lock {
    /// Whether these are exactly the parts of the question in the lock, in the same order.
    pub(crate) fn has_parts(&self, question: &str, parts: &[PartDraft]) -> bool {
        let locked = self
            .question
            .get(question)
            .map_or(&[][..], |locked| &locked.part);
        let mut shown = parts.iter().filter(|part| part.role != UNIT);
        let all = locked.iter().all(|locked| {
            shown.next().is_some_and(|part| {
                locked.is_like(part) && locked.text == part.text && self.has_said(locked, part)
            })
        });
        all && shown.next().is_none()
    }

    /// Whether a part has the same content as before, besides its text.
    fn has_said(&self, locked: &LockedPart, part: &PartDraft) -> bool {
        if self.version < 3 {
            let says = plain_text(&part.nodes);
            return locked.says.is_empty() || !part.public || locked.says == says;
        }
        says(part).unwrap_or_default() == locked.says
    }
}

/// The content of a part where its text is not enough: the steps of a case have names, and a picture is more
/// than its description.
pub(super) fn says(part: &PartDraft) -> Option<String> {
    let mut says = plain_text(&part.nodes);
    let addresses = addresses(&part.nodes);
    if !addresses.is_empty() && says.is_empty() {
        says.clone_from(&part.text);
    }
    says.push_str(&addresses);
    (part.public && !says.is_empty() && says != part.text).then_some(says)
}

/// A part that may be an edited version of a locked one.
struct Pair {
    part: usize,
    locked: usize,
    alike: f64,
    /// Whether both have the same meaning.
    same: bool,
}

/// All pairs of unassigned parts and unused ids of one kind: first those with the same meaning, then the most
/// similar, then those with the closest positions.
fn nearest_first(
    parts: &[PartDraft],
    ids: &[Option<PartId>],
    free: &[Option<&LockedPart>],
    language: Language,
) -> Vec<Pair> {
    let new: Vec<(usize, &PartDraft)> = parts
        .iter()
        .enumerate()
        .filter(|(at, _)| ids.get(*at).is_some_and(Option::is_none))
        .collect();
    let old: Vec<(usize, &LockedPart)> = free
        .iter()
        .enumerate()
        .filter_map(|(at, slot)| slot.map(|locked| (at, locked)))
        .collect();
    if new.len().saturating_mul(old.len()) > MOST_PAIRS {
        return Vec::new();
    }
    let mut pairs = Vec::new();
    for (at, part) in new {
        for (place, locked) in &old {
            if locked.is_like(part) {
                let alike = likeness::similarity(&locked.text, &part.text);
                pairs.push(Pair {
                    part: at,
                    locked: *place,
                    alike,
                    // A part that is not shown cannot have been chosen: only the key changes with it.
                    same: if part.public {
                        locked.was.contains(&part.text)
                            || likeness::says_the_same(&locked.text, &part.text, language)
                    } else {
                        alike >= NEAR
                    },
                });
            }
        }
    }
    pairs.sort_by(|a, b| {
        let apart = |pair: &Pair| pair.part.abs_diff(pair.locked);
        b.same
            .cmp(&a.same)
            .then_with(|| b.alike.total_cmp(&a.alike))
            .then_with(|| apart(a).cmp(&apart(b)))
    });
    pairs
}

/// Assigns an id to every part of a question: the one that the lock has for the same text, or for a text with
/// the same meaning; otherwise a new id. A text that may mean something else, at the position of a removed
/// text or with most of its letters, is doubtful; so is one that could belong to two ids. `decide` returns
/// the author's decision.
pub(crate) fn part_ids(
    lock: Option<&Lock>,
    course: &CourseId,
    question: &str,
    parts: &[PartDraft],
    language: Language,
    decide: &dyn Fn(&PartDraft) -> Option<Decision>,
) -> PartIds {
    let locked: &[LockedPart] = lock
        .and_then(|lock| lock.question.get(question))
        .map_or(&[], |locked| &locked.part);
    let mut free: Vec<Option<&LockedPart>> = locked.iter().map(Some).collect();
    let mut ids: Vec<Option<PartId>> = vec![None; parts.len()];
    let mut doubtful: Vec<(usize, String)> = Vec::new();
    let mut edited = false;

    let as_they_are =
        lock.map(|lock| take_as_they_are(parts, (lock, locked), &mut free, &mut ids, language));
    for (at, part) in as_they_are.into_iter().flatten() {
        edited = true;
        if let Some(before) = part {
            doubtful.push((at, before));
        }
    }
    if ids.iter().all(Option::is_some) && free.iter().all(Option::is_none) {
        // Nothing was added or removed.
    } else {
        let is_whole = locked.len() == parts.iter().filter(|part| part.role != UNIT).count();
        let pairs = nearest_first(parts, &ids, &free, language);
        for (index, pair) in pairs.iter().enumerate() {
            let is_open = |other: &Pair| {
                ids.get(other.part).is_some_and(Option::is_none)
                    && free.get(other.locked).is_some_and(Option::is_some)
            };
            let Some(part) = parts.get(pair.part) else {
                continue;
            };
            let is_edit = pair.alike >= NEAR || (is_whole && pair.part == pair.locked);
            if !is_open(pair) || !(pair.same || is_edit) {
                continue;
            }
            let is_rival = |other: &Pair| {
                (other.part == pair.part || other.locked == pair.locked)
                    && other.same == pair.same
                    && pair.alike - other.alike < RIVAL
                    && is_open(other)
            };
            let rival = pairs.iter().skip(index.saturating_add(1)).any(is_rival);
            let means = |locked: &&LockedPart| {
                locked.is_like(part) && likeness::says_the_same(&locked.text, &part.text, language)
            };
            // If answers differ only in an ending or a comma, such a change is significant.
            let one_of_two = part.public
                && locked.len() <= MOST_ALIKE
                && locked.iter().filter(means).count() > 1;
            let is_doubtful = part.public && (rival || one_of_two || !pair.same)
                || (part.role == Role::Gap && (rival || !pair.same));
            let decision = is_doubtful.then(|| decide(part)).flatten();
            if decision == Some(Decision::Another) {
                continue;
            }
            if let (Some(slot), Some(id)) = (free.get_mut(pair.locked), ids.get_mut(pair.part))
                && let Some(locked) = slot.take()
            {
                *id = Some(locked.id.clone());
                edited = true;
                if is_doubtful {
                    doubtful.push((pair.part, locked.text.clone()));
                }
            }
        }
    }

    let mut taken: BTreeSet<PartId> = locked.iter().map(|part| part.id.clone()).collect();
    let mut attempts = BTreeMap::new();
    let mut added = false;
    let ids = parts
        .iter()
        .zip(ids)
        .map(|(part, id)| {
            if part.role == UNIT {
                return PartId::from(UNIT.as_str());
            }
            id.unwrap_or_else(|| {
                added = true;
                let same = (part.role, part.text.as_str(), part.within.as_str());
                let attempts = attempts.entry(same).or_default();
                new_id(course, question, part, &mut taken, attempts)
            })
        })
        .collect();
    let removed = free.iter().any(Option::is_some);
    doubtful.sort_unstable();
    PartIds {
        ids,
        doubtful,
        changed: edited || added || removed,
    }
}

/// Assigns the ids of parts whose texts are unchanged. Returns those that have the same name but another
/// content, with the earlier content if its meaning may have been different.
fn take_as_they_are(
    parts: &[PartDraft],
    (lock, locked): (&Lock, &[LockedPart]),
    free: &mut [Option<&LockedPart>],
    ids: &mut [Option<PartId>],
    language: Language,
) -> Vec<(usize, Option<String>)> {
    let mut edited = Vec::new();
    // The first of several with the same text is last here, because it is popped.
    let mut same: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, part) in locked.iter().enumerate().rev() {
        let said = (part.role.as_str(), part.within.as_str(), part.text.as_str());
        same.entry(said).or_default().push(at);
    }
    for (at, (part, id)) in parts.iter().zip(ids).enumerate() {
        let said = (part.role.as_str(), part.within.as_str(), part.text.as_str());
        let slot = same.get_mut(&said).and_then(Vec::pop);
        let slot = slot.and_then(|slot| free.get_mut(slot));
        let Some(known) = slot.and_then(Option::take) else {
            continue;
        };
        *id = Some(known.id.clone());
        if !lock.has_said(known, part) {
            let says = says(part).unwrap_or_default();
            let is_kept =
                likeness::says_the_same(&known.says, &says, language) || known.was.contains(&says);
            let before = if known.says.is_empty() {
                &known.text
            } else {
                &known.says
            };
            edited.push((at, (!is_kept).then(|| before.clone())));
        }
    }
    edited
}

/// An id derived from the text, and from nothing that reveals whether it is correct. `attempts` counts ids
/// already tried for the same text.
fn new_id(
    course: &CourseId,
    question: &str,
    part: &PartDraft,
    taken: &mut BTreeSet<PartId>,
    attempts: &mut u32,
) -> PartId {
    for attempt in *attempts.. {
        *attempts = attempt.saturating_add(1);
        let mut hash = Hasher::new();
        hash.add(course.as_str(), question.as_bytes());
        hash.add(part.role.as_str(), part.text.as_bytes());
        if !part.within.is_empty() {
            hash.add("within", part.within.as_bytes());
        }
        hash.add("attempt", &attempt.to_le_bytes());
        let digits: String = hash.finish().chars().take(8).collect();
        let id = PartId::from(format!("c{digits}"));
        if taken.insert(id.clone()) {
            return id;
        }
    }
    PartId::from("c")
}

#[cfg(test)]
pub(crate) mod testing {
    use super::super::file::{LockedQuestion, VERSION};
    use super::*;
    use crate::source::Span;
    use crate::translation::Records;
    use uuid::Uuid;

    pub(crate) fn part(text: &str) -> PartDraft {
        PartDraft {
            text: text.to_owned(),
            ..PartDraft::new(Role::Choice, Vec::new(), Span::default())
        }
    }

    pub(crate) fn lock(texts: &[&str]) -> Lock {
        let part = (1..)
            .zip(texts)
            .map(|(number, text)| LockedPart {
                id: PartId::from(format!("c{number}")),
                role: "choice".to_owned(),
                within: String::new(),
                text: (*text).to_owned(),
                says: String::new(),
                was: BTreeSet::new(),
            })
            .collect();
        let question = LockedQuestion {
            uuid: Uuid::nil(),
            kind: "single".to_owned(),
            title: String::new(),
            prompt: String::new(),
            was: BTreeSet::new(),
            content: String::new(),
            grading: String::new(),
            part,
        };
        Lock {
            version: VERSION,
            course: CourseId::from("c"),
            uuid: Uuid::nil(),
            retired: BTreeSet::new(),
            outcome: BTreeMap::new(),
            lesson: BTreeMap::new(),
            question: [("q-a".to_owned(), question)].into(),
            translation: Records::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{lock, part};
    use super::*;

    fn ids(before: &[&str], now: &[&str]) -> (Vec<String>, usize) {
        let parts: Vec<PartDraft> = now.iter().map(|text| part(text)).collect();
        decided(before, &parts, None)
    }

    fn decided(
        before: &[&str],
        parts: &[PartDraft],
        decision: Option<Decision>,
    ) -> (Vec<String>, usize) {
        let course = CourseId::from("c");
        let lock = lock(before);
        let found = part_ids(Some(&lock), &course, "q-a", parts, Language::Lv, &|_| {
            decision
        });
        (
            found.ids.iter().map(ToString::to_string).collect(),
            found.doubtful.len(),
        )
    }

    #[test]
    fn choices_keep_ids_when_they_change_places() {
        assert_eq!(ids(&["Jā", "Nē"], &["Nē", "Jā"]).0, ["c2", "c1"]);
    }

    #[test]
    fn a_typo_put_right_keeps_the_id() {
        let (found, doubtful) = ids(
            &["Darba devējs", "Darbnieks pats"],
            &["Darbinieks pats", "Darba devējs"],
        );
        assert_eq!(found, ["c2", "c1"]);
        assert_eq!(doubtful, 0);
    }

    #[test]
    fn a_rewritten_choice_at_its_place_keeps_the_id_with_doubt() {
        let (found, doubtful) = ids(&["Jā", "Nē", "Varbūt"], &["Jā", "Nē", "To nosaka tiesa"]);
        assert_eq!(found, ["c1", "c2", "c3"]);
        assert_eq!(doubtful, 1);
    }

    #[test]
    fn the_nearest_text_takes_the_id_whatever_the_order() {
        let (found, doubtful) = ids(
            &["Sūdzība tiesībsargam", "Sūdzība"],
            &["Sūdzības", "Sūdzība tiesibsargam"],
        );
        // “Sūdzības” can be singular or plural.
        assert_eq!((found, doubtful), (vec!["c2".into(), "c1".into()], 1));
    }

    #[test]
    fn two_that_are_as_near_leave_doubt() {
        let (found, doubtful) = ids(&["Grupa A", "Grupa B"], &["Grupa C", "Grupa D"]);
        assert_eq!((found, doubtful), (vec!["c1".into(), "c2".into()], 2));
    }

    #[test]
    fn the_opposite_is_not_a_typo_wherever_it_stands() {
        let before = ["Darba devējs", "Valsts"];
        assert_eq!(ids(&before, &["Darba ņēmējs", "Valsts"]).1, 1);
        assert_eq!(ids(&before, &["Valsts", "Tiesa", "Darba ņēmējs"]).1, 1);
        assert_eq!(ids(&["Jā", "Varbūt"], &["Nē", "Varbūt"]).1, 1);
    }

    #[test]
    fn texts_that_change_places_take_their_ids_along() {
        let before = ["Darba devējs", "Darba ņēmējs", "Valsts"];
        let (found, doubtful) = ids(&before, &["Darba ņēmējs", "Darba devējs", "Valsts"]);
        assert_eq!(
            (found, doubtful),
            (vec!["c2".into(), "c1".into(), "c3".into()], 0)
        );
    }

    #[test]
    fn where_answers_differ_in_a_comma_a_comma_is_asked_about() {
        let before = ["Es zinu ka nāksi.", "Es zinu, ka nāksi."];
        let (_, doubtful) = ids(&before, &["Es, zinu ka nāksi.", "Es zinu, ka nāksi."]);
        assert_eq!(doubtful, 1);
    }

    #[test]
    fn an_author_decides() {
        let parts = [part("Darba ņēmējs"), part("Valsts")];
        let before = ["Darba devējs", "Valsts"];
        let (same, _) = decided(&before, &parts, Some(Decision::Same));
        assert_eq!(same, ["c1", "c2"]);
        let (another, doubtful) = decided(&before, &parts, Some(Decision::Another));
        assert_ne!(another[0], "c1");
        assert_eq!((another[1].as_str(), doubtful), ("c2", 0));
    }

    #[test]
    fn another_number_is_not_a_typo() {
        let (found, doubtful) = ids(&["10 dienas", "Nekad"], &["14 dienas", "Nekad"]);
        assert_eq!((found, doubtful), (vec!["c1".into(), "c2".into()], 1));
    }

    #[test]
    fn added_choices_get_new_ids_that_follow_from_their_texts() {
        let (found, _) = ids(&["Jā", "Nē"], &["Jā", "Cits", "Nē"]);
        assert_eq!((found[0].as_str(), found[2].as_str()), ("c1", "c2"));
        assert_eq!(found, ids(&["Jā", "Nē"], &["Jā", "Cits", "Nē"]).0);
        assert_eq!(found[1].len(), 9);
    }
}
