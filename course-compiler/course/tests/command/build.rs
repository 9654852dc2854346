//! `course build`.

use course_compiler::{Fraction, Language, QuestionId, QuestionView, bundle};

use crate::lock::small_course;
use crate::place::Place;

#[test]
fn writes_a_bundle_and_tells_what_keeps_courses_back() {
    let place = Place::with("valid");
    let ran = place.course("build --out bundle --jobs 1");
    assert_eq!(ran.code, Some(0));
    assert!(
        ran.out.starts_with("saturs: draft, no review: gender-equality-opinion, legal, ngo-consultation, accessibility; content "),
        "{}", ran.out
    );
    assert!(place.has("bundle/manifest.json"));
}

#[test]
fn ends_with_2_when_the_bundle_cannot_be_written() {
    let place = Place::with("valid");
    place.write("file", "");
    let ran = place.course("build --out file");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("cannot write the bundle"), "{}", ran.err);
}

#[test]
fn an_older_revision_can_still_be_shown_and_marked() {
    let place = small_course();
    place.course("lock");
    let build = || {
        let ran = place.course("build --out bundle");
        assert_eq!(ran.code, Some(0), "{ran}");
        bundle::read(&place.path().join("bundle")).unwrap()
    };
    let id = QuestionId::from("q-b");
    let first = build();
    let asked = first.courses[0].question(&id).unwrap();
    let answer = first.courses[0].key(&id).unwrap().right_answer();
    let shown = |question: &course_compiler::Question| {
        let mut view = QuestionView::new(Language::Lv, "x");
        view.response = Some(&answer);
        question.render(&view)
    };

    let lesson = "courses/kurss/lv/01-a.md";
    place.replace(lesson, "[x] Jā\n  > Labi ir", "[ ] Jā\n  > Nepareizi");
    place.replace(lesson, "[ ] Nē", "[x] Nē");
    place.replace(lesson, "B?", "Vai „B”?");
    let second = build();
    let course = &second.courses[0];
    let now = course.question(&id).unwrap();
    assert_ne!(now.revision, asked.revision);
    let mark = course.key(&id).unwrap().mark(Some(&answer));
    assert_eq!(mark.fraction, Fraction::ZERO);
    assert!(shown(now).contains("Vai „B”?"));

    let older = second.revision(&asked.revision).unwrap();
    assert_eq!(&older.question, asked);
    assert_eq!(older.key.mark(Some(&answer)).fraction, Fraction::ONE);
    let feedback = older.key.feedback_html(Some(&answer), Language::Lv);
    assert!(feedback.concat().contains("Labi ir"), "{feedback:?}");
    assert_eq!(shown(&older.question), shown(asked));
    assert!(shown(asked).contains("B?"));

    // A further build loses none of the two.
    place.replace(lesson, "Vai „B”?", "Vai B?");
    place.replace(lesson, ".truefalse}", ".truefalse points=2}");
    let third = build();
    for revision in [&asked.revision, &now.revision] {
        assert!(third.revision(revision).is_some(), "{revision}");
    }
    assert_eq!(
        third
            .revision(&asked.revision)
            .unwrap()
            .key
            .mark(Some(&answer))
            .fraction,
        Fraction::ONE
    );
}
