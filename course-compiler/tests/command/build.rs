//! `course build`.

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
