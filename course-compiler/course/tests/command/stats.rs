//! `course stats`.

use insta::assert_snapshot;

use crate::lock::{COURSE, small_course};
use crate::place::Place;

#[test]
fn shows_what_there_is_in_each_course_and_in_all() {
    let place = small_course();
    place.course("new mans-kurss");
    let ran = place.course("stats");
    assert_eq!(ran.code, Some(0), "{ran}");
    assert_snapshot!(ran);
}

#[test]
fn writes_json() {
    let ran = Place::with("valid").course("stats --format json");
    let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(found["words_a_minute"], 180);
    let content = &found["courses"][0];
    assert_eq!(content["course"], "saturs");
    assert_eq!(
        (&content["lessons"], &content["tests"]),
        (&1.into(), &1.into())
    );
    assert_eq!(content["pools"][0]["questions"], 2);
    assert_eq!(content["pools"][0]["drawn"], 1);
    assert_eq!(content["pictures"], 1);
    assert_eq!(content["videos"], 1);
    assert_eq!(content["sounds"], 1);
    assert_eq!(content["sources"], 2);
    // Named or linked in the text; a term that only a definition refers to is not used.
    assert_eq!(content["terms"], 2);
    assert_eq!(content["minutes_stated"], 10 + 20);
    let sum = |of: &str| {
        let courses = found["courses"].as_array().unwrap().iter();
        courses
            .map(|course| course[of].as_u64().unwrap())
            .sum::<u64>()
    };
    for of in [
        "lessons",
        "tests",
        "words",
        "minutes_stated",
        "minutes_computed",
        "questions",
    ] {
        assert_eq!(found["total"][of], sum(of), "{of}");
    }
}

#[test]
fn tells_how_likely_a_test_is_passed_by_guessing() {
    let place = small_course();
    let question = |id: u32| {
        format!(
            "\n## {id}? {{#q-t-{id} .single}}\n\n- [x] viens\n  > Tā ir.\n- [ ] otrs!\n- [ ] trešs\n- [ ] piektais\n"
        )
    };
    let pool: String = (1..=12).map(question).collect();
    let test = format!(
        "+++\nid = \"t-a\"\ntitle = \"T\"\nkind = \"test\"\npass = 0.7\nattempts = 3\nshuffle = true\ndraw = 4\n+++\n{pool}"
    );
    place.write("courses/kurss/lv/90-t.md", &test);
    place.course("lock");
    let ran = place.course("stats --guess");
    assert_eq!(ran.code, Some(0), "{ran}");
    assert_snapshot!(ran);
    assert!(!place.course("check").err.contains("quiz-guessable"));

    let all_longest = test.replace("viens", "visgarākā no atbildēm");
    place.write("courses/kurss/lv/90-t.md", &all_longest);
    place.course("lock --still-same kurss");
    let ran = place.course("stats --guess --format json");
    let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let guess = &found["courses"][0]["tests"][0];
    assert_eq!(guess["one_attempt"], 1.0);
    assert_eq!(guess["easy"].as_array().unwrap().len(), 12);
    let said = place.course("check").to_string();
    assert!(said.contains("quiz-guessable"), "{said}");
    place.replace(
        "courses/kurss/course.toml",
        "\n[title]",
        "\n[quality]\nguess_limit = 1.0\n\n[title]",
    );
    assert!(!place.course("check").to_string().contains("quiz-guessable"));
}

#[test]
fn minutes_follow_from_words_and_questions_asked() {
    let place = Place::empty();
    place.write("courses/kurss/course.toml", COURSE);
    // 360 words with the title: two minutes.
    let words = "vārds ".repeat(359);
    let lesson =
        |words: &str| format!("+++\nid = \"l-a\"\ntitle = \"A\"\nminutes = 1\n+++\n\n{words}\n");
    let computed = || {
        let ran = place.course("stats --format json");
        let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        found["total"]["minutes_computed"].as_u64().unwrap()
    };
    place.write("courses/kurss/lv/01-a.md", &lesson(&words));
    assert_eq!(computed(), 2);
    place.write("courses/kurss/lv/01-a.md", &lesson(&format!("{words} vēl")));
    assert_eq!(computed(), 3);
    let question = |id: &str| format!("## {id}? {{#q-{id} .truefalse}}\n\n- [x] Jā\n- [ ] Nē\n\n");
    let pool: String = ["a", "b", "c", "d"].map(question).concat();
    place.write(
        "courses/kurss/lv/90-t.md",
        &format!("+++\nid = \"t-a\"\ntitle = \"T\"\nkind = \"test\"\npass = 0.5\ndraw = 2\nshuffle = true\n+++\n\n{pool}"),
    );
    // A few words to read, and a minute for each of the two questions that are asked.
    assert_eq!(computed(), 3 + 1 + 2);
}

#[test]
fn an_empty_folder_and_courses_with_errors_are_no_failure() {
    let place = Place::empty();
    place.write("courses/kurss/course.toml", COURSE);
    place.write("courses/kurss/lv/01-a.md", "Teksts.\n");
    let ran = place.course("stats");
    assert_eq!(ran.code, Some(0), "{ran}");
    assert!(
        ran.err.contains("with errors, see `course check`: kurss"),
        "{ran}"
    );
    assert_eq!(Place::empty().course("stats").code, Some(2));
}
