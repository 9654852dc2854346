//! Properties of comparing any edit of a course with all types of questions.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;
use crate::compile::{Options, compile_tree};
use crate::load::Tree;

const COURSE: &str = include_str!("../../tests/courses/valid/visi-veidi/course.toml");
const LESSON: &str = include_str!("../../tests/courses/valid/visi-veidi/lv/01-jautajumi.md");

/// Edits of keys and points: the question, the text, and its replacement. A question occurs once for each
/// edit; edits of one question are on different lines.
const OF_KEYS: &[(&str, &str, &str)] = &[
    (
        "q-viens",
        "- [x] Darba devējs\n",
        "- [ ] Darba devējs `+25%`\n- [x] Pati iestāde\n",
    ),
    ("q-viens", "`+50%`", "`+40%`"),
    ("q-viens", ".single points=1", ".single points=1.5"),
    ("q-vairaki", "- [x] invaliditāte", "- [ ] invaliditāte"),
    ("q-vairaki", "- [ ] auto marka", "- [x] auto marka"),
    ("q-vairaki", ".multiple points=2", ".multiple points=3"),
    (
        "q-tiesa",
        "- [ ] Jā\n  > Tas var būt netieša diskriminācija.\n- [x] Nē",
        "- [x] Jā\n- [ ] Nē",
    ),
    (
        "q-pari",
        "vecuma* dēļ | Tieša diskriminācija |\n| Vienāds noteikums skar dažus vairāk | Netieša diskriminācija |",
        "vecuma* dēļ | Netieša diskriminācija |\n| Vienāds noteikums skar dažus vairāk | Tieša diskriminācija |",
    ),
    ("q-pari", "| | Aizskaršana |\n", ""),
    (
        "q-seciba",
        "3. Lēmums\n4. Pārskats",
        "3. Pārskats\n4. Lēmums",
    ),
    ("q-stingri", " marking=\"exact\"", ""),
    (
        "q-stingri",
        "1. pirmais\n2. otrais",
        "1. otrais\n2. pirmais",
    ),
    ("q-skaitlis", "19.0 % +- 0.1 %", "19.0 % +- 0.2 %"),
    ("q-skaitlis", ".numeric", ".numeric points=4"),
    ("q-isi", "; Tiesībsarga birojs", ""),
    ("q-isi", "- [x] Ombuds", "- [ ] Ombuds `+50%`"),
    ("q-burti", " case=\"exact\"", ""),
    ("q-burti", " diacritics=\"ignore\"", ""),
    ("q-teksts", "[[ir|(nav)|bija]]", "[[(ir)|nav|bija]]"),
    ("q-teksts", "[[Rīga;Riga]]", "[[Rīga]]"),
    ("q-gadijums", "mark=\"50%\"", "mark=\"40%\""),
    ("q-gadijums", ".case points=2", ".case points=5"),
];

/// Edits of wording only.
const OF_WORDS: &[(&str, &str)] = &[
    ("Kurš īsteno *pielāgojumu*?", "Kurš īsteno pielāgojumu?"),
    ("Ievads jautājumam.", "Ievads jautājumam"),
    ("Kam ir līdzekļi mainīt darba vietu?", "Kam ir nauda?"),
    ("Krāsa nav pamats.", "Krāsa nekad nav pamats."),
    ("Kādā secībā, stingri?", "Kādā secibā – stingri?"),
    ("Tiesa izšķir strīdu.", "Tiesa izsķir strīdu."),
    ("Jūs vadāt nodaļu.", "Jūs vadāt nodalu!"),
    ("minutes = 10", "minutes = 12"),
];

/// The course with this lesson, with the ids of the course as it is; it may have errors.
fn bundle(lesson: &str) -> Bundle {
    static LOCK: LazyLock<String> = LazyLock::new(|| lock_of(LESSON));
    compiled(lesson, &LOCK).bundle
}

fn lock_of(lesson: &str) -> String {
    compiled(lesson, "").locks["visi-veidi"].clone()
}

fn compiled(lesson: &str, lock: &str) -> crate::Compilation {
    let mut files = vec![
        ("visi-veidi/course.toml", COURSE),
        ("visi-veidi/lv/01-jautajumi.md", lesson),
    ];
    if !lock.is_empty() {
        files.push(("visi-veidi/course.lock", lock));
    }
    compile_tree(&Tree::from_texts(files), &Options::default(), &()).unwrap()
}

fn difference(before: &str, after: &str) -> Difference {
    let (before, after) = (bundle(before), bundle(after));
    assert_eq!(
        (before.courses.len(), after.courses.len()),
        (1, 1),
        "an edit of these tests makes an error"
    );
    compare(&before, &after, &BTreeSet::new())
}

/// The questions with this effect.
fn questions(difference: &Difference, effect: Effect) -> BTreeSet<String> {
    let lessons = difference.courses.iter().flat_map(|course| &course.lessons);
    lessons
        .flat_map(|lesson| &lesson.questions)
        .filter(|question| question.effect == effect)
        .map(|question| question.question.to_string())
        .collect()
}

fn replaced(lesson: &str, from: &str, to: &str) -> String {
    assert_eq!(lesson.matches(from).count(), 1, "{from}");
    lesson.replace(from, to)
}

#[test]
fn another_question_under_the_same_id_is_not_called_kept() {
    for (from, to) in [
        ("Kurš īsteno *pielāgojumu*?", "Kurš apmaksā *pielāgojumu*?"),
        ("Ievads jautājumam.", "Pavisam kas cits."),
        ("Darbinieks pats", "Valsts pati"),
    ] {
        let before = compiled(LESSON, "").bundle;
        // Without a lock, the texts are the identity of answers; with a lock, this would be an error.
        let lock =
            lock_of(LESSON).replace(from.replace('*', "").as_str(), to.replace('*', "").as_str());
        let after = compiled(&replaced(LESSON, from, to), &lock).bundle;
        let found = compare(&before, &after, &BTreeSet::new());
        assert_eq!(
            questions(&found, Effect::Replaced),
            BTreeSet::from(["q-viens".to_owned()]),
            "{from}"
        );
        assert!(found.accidents, "{from}");
    }
}

#[test]
fn what_its_author_found_to_be_the_same_is_reworded() {
    let from = "Kurš īsteno *pielāgojumu*?";
    let to = "Kuram jāīsteno pielāgojums?";
    let before = compiled(LESSON, "").bundle;
    let mut files = vec![("visi-veidi/course.toml", COURSE)];
    let (lesson, lock) = (replaced(LESSON, from, to), lock_of(LESSON));
    files.push(("visi-veidi/lv/01-jautajumi.md", &lesson));
    files.push(("visi-veidi/course.lock", &lock));
    let mut options = Options::default();
    options.decisions.add_same("q-viens").unwrap();
    let after = compile_tree(&Tree::from_texts(files), &options, &()).unwrap();
    assert_eq!(after.decided, BTreeSet::from(["q-viens".to_owned()]));
    let found = compare(&before, &after.bundle, &BTreeSet::new());
    assert_eq!(
        questions(&found, Effect::Reworded),
        BTreeSet::from(["q-viens".to_owned()])
    );
    assert!(!found.accidents);
    let locked = after.locks["visi-veidi"].clone();
    assert!(
        locked.contains("was = [\"Kurš īsteno pielāgojumu?\"]"),
        "{locked}"
    );
    let again = compiled(&lesson, &locked);
    assert_eq!(again.locks["visi-veidi"], locked);
    assert_eq!(
        again.bundle.courses[0].earlier_texts,
        after.bundle.courses[0].earlier_texts
    );
}

#[test]
fn every_edit_of_a_key_is_a_new_revision() {
    for (question, from, to) in OF_KEYS {
        let found = difference(LESSON, &replaced(LESSON, from, to));
        let new = questions(&found, Effect::NewRevision);
        assert_eq!(new, BTreeSet::from([(*question).to_owned()]), "{from}");
        assert!(!found.accidents, "{from}");
    }
}

/// A lesson with some lines removed, duplicated or swapped, or with letters cut off.
fn mangled() -> impl Strategy<Value = String> {
    let edit = (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        0..4_u8,
    );
    prop::collection::vec(edit, 0..8).prop_map(|edits| {
        let mut lines: Vec<String> = LESSON.lines().map(str::to_owned).collect();
        for (one, other, what) in edits {
            let (one, other) = (one.index(lines.len()), other.index(lines.len()));
            match what {
                0 => drop(lines.remove(one)),
                1 => lines.insert(other, lines[one].clone()),
                2 => lines.swap(one, other),
                _ => drop(lines[one].pop()),
            }
        }
        lines.join("\n")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn keys_that_changed_are_told_among_any_other_edits(
        keys in subsequence(OF_KEYS, 0..=4),
        words in subsequence(OF_WORDS, 0..=4),
    ) {
        let mut lesson = LESSON.to_owned();
        for (from, to) in &words {
            lesson = replaced(&lesson, from, to);
        }
        for (_, from, to) in &keys {
            lesson = replaced(&lesson, from, to);
        }
        let found = difference(LESSON, &lesson);
        let expected: BTreeSet<String> = keys.iter().map(|(question, ..)| (*question).to_owned()).collect();
        prop_assert_eq!(questions(&found, Effect::NewRevision), expected);
        prop_assert!(!found.accidents);
        let back = difference(&lesson, LESSON);
        prop_assert_eq!(questions(&back, Effect::NewRevision), questions(&found, Effect::NewRevision));
    }

    #[test]
    fn nothing_changed_in_a_course_compared_with_itself(lesson in mangled()) {
        let bundle = bundle(&lesson);
        let found = compare(&bundle, &bundle.clone(), &BTreeSet::new());
        prop_assert!(!found.accidents);
        prop_assert!(found.totals.keys().all(|effect| *effect == Effect::Kept), "{:?}", found);
        for course in &found.courses {
            prop_assert_eq!(course.effect, Effect::Kept);
            prop_assert!(course.changes.is_empty() && course.lessons.is_empty(), "{:?}", course);
        }
    }

    #[test]
    fn any_two_courses_can_be_compared(
        before in mangled(),
        after in mangled(),
        left_out in select(vec![None, Some("visi-veidi".to_owned())]),
    ) {
        let (before, after) = (bundle(&before), bundle(&after));
        let left_out: BTreeSet<String> = left_out.into_iter().collect();
        let found = compare(&before, &after, &left_out);
        prop_assert!(words::text(&found).ends_with(".\n"));
        let there_are = |bundle: &Bundle| -> usize {
            bundle.courses.iter().map(|course| course.questions.len()).sum()
        };
        let told: usize = found.totals.values().sum();
        if left_out.is_empty() {
            prop_assert!(told >= there_are(&before).max(there_are(&after)));
        } else {
            prop_assert_eq!(told, 0);
        }
    }
}
