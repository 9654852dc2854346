//! `course lock`.

use insta::assert_snapshot;

use crate::place::Place;

pub(crate) const COURSE: &str = "id = \"kurss\"\nkind = \"course\"\nground = \"none\"\naudience = \"everyone\"\nhours = 1\nsource_language = \"lv\"\n\n[title]\nlv = \"Kurss\"\n\n[summary]\nlv = \"Īss kurss.\"\n";
pub(crate) const LESSON: &str = "+++\nid = \"l-a\"\ntitle = \"A\"\nminutes = 1\n+++\n\n## B? {#q-b .truefalse}\n\n- [x] Jā\n  > Labi ir.\n- [ ] Nē\n  > Tomēr ir.\n";

/// A small course of one lesson.
pub(crate) fn small_course() -> Place {
    let place = Place::empty();
    place.write("courses/kurss/course.toml", COURSE);
    place.write("courses/kurss/lv/01-a.md", LESSON);
    place
}

#[test]
fn writes_the_ids_once() {
    let place = small_course();
    let ran = place.course("lock");
    assert_eq!(ran.code, Some(0), "{ran}");
    let lock = place.read("courses/kurss/course.lock");
    assert_snapshot!(lock);
    let ran = place.course("check");
    assert!(!ran.err.contains("lock-stale"), "{ran}");
    place.course("lock");
    assert_eq!(place.read("courses/kurss/course.lock"), lock);
}

#[test]
fn leaves_nothing_beside_the_lock() {
    let place = small_course();
    place.course("lock");
    let mut names: Vec<String> = std::fs::read_dir(place.path().join("courses/kurss"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["course.lock", "course.toml", "lv"]);
}

#[test]
fn an_id_that_changed_by_accident_is_an_error_until_it_is_retired() {
    let place = small_course();
    place.course("lock");
    place.replace("courses/kurss/lv/01-a.md", "q-b", "q-c");
    place.replace("courses/kurss/lv/01-a.md", "l-a", "l-c");
    let ran = place.course("lock");
    assert_eq!(ran.code, Some(1));
    assert_snapshot!(ran);

    let lock = "courses/kurss/course.lock";
    place.replace(lock, "retired = []", "retired = [\"l-a\", \"q-b\"]");
    let ran = place.course("lock");
    assert_eq!(ran.code, Some(0), "{ran}");
    assert!(place.read(lock).contains("[question.q-c]"));
    assert!(place.read(lock).contains("retired = [\"l-a\", \"q-b\"]"));
}

#[test]
fn a_removed_question_is_retired_and_cannot_come_back() {
    let place = small_course();
    place.write(
        "courses/kurss/lv/02-b.md",
        "+++\nid = \"l-b\"\ntitle = \"B\"\nminutes = 1\n+++\n\nTeksts.\n",
    );
    place.course("lock");
    let text = place.read("courses/kurss/lv/01-a.md");
    place.write("courses/kurss/lv/01-a.md", text.split("##").next().unwrap());
    place.course("lock");
    place.write("courses/kurss/lv/01-a.md", &text);
    let ran = place.course("check");
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("id-retired-reused"), "{ran}");
}

#[test]
fn another_question_under_an_old_id_is_asked_about_until_its_author_answers() {
    let place = small_course();
    let lesson = "courses/kurss/lv/01-a.md";
    place.replace(lesson, "## B?", "## Nodoms ir vajadzīgs.");
    place.course("lock");
    let before = place.read("courses/kurss/course.lock");

    place.replace(lesson, "Nodoms ir vajadzīgs.", "Nodoms nav vajadzīgs.");
    let ran = place.course("lock");
    assert_eq!(ran.code, Some(1));
    assert_snapshot!(ran);
    assert_eq!(
        place.read("courses/kurss/course.lock"),
        before,
        "nothing is guessed"
    );
    let ran = place.course("lock --still-same q-c");
    assert_eq!(ran.code, Some(2), "{ran}");
    assert!(ran.err.contains("nothing at `q-c` is in doubt"), "{ran}");

    let ran = place.course("lock --still-same q-b");
    assert_eq!(ran.code, Some(0), "{ran}");
    let lock = place.read("courses/kurss/course.lock");
    assert!(lock.contains("was = [\"Nodoms ir vajadzīgs.\"]"), "{lock}");
    assert_eq!(place.course("check").code, Some(0));
    assert_eq!(place.course("lock").code, Some(0));
    assert_eq!(place.read("courses/kurss/course.lock"), lock);

    // Back, and back again: this was decided.
    place.replace(lesson, "Nodoms nav vajadzīgs.", "Nodoms ir vajadzīgs.");
    assert_eq!(place.course("lock").code, Some(0));
}

#[test]
fn another_question_with_an_id_of_its_own_is_not_taken_for_the_old_one() {
    let place = small_course();
    let lesson = "courses/kurss/lv/01-a.md";
    place.replace(lesson, "## B?", "## Nodoms ir vajadzīgs.");
    place.course("lock");
    place.replace(
        lesson,
        "## Nodoms ir vajadzīgs. {#q-b",
        "## Nodoms nav vajadzīgs. {#q-c",
    );
    let ran = place.course("lock");
    assert_eq!(ran.code, Some(0), "{ran}");
    assert!(
        place
            .read("courses/kurss/course.lock")
            .contains("retired = [\"q-b\"]")
    );
}

/// Three questions with answers of one kind.
fn three_questions() -> Place {
    let place = small_course();
    let question = |id: &str, title: &str, answers: [&str; 3]| {
        let [a, b, c] = answers;
        format!("## {title} {{#{id} .single}}\n\n- [x] {a}\n- [ ] {b}\n  > Nē.\n- [ ] {c}\n\n")
    };
    let text = format!(
        "+++\nid = \"l-b\"\ntitle = \"B\"\nminutes = 1\n+++\n\n{}{}{}",
        question(
            "q-maksa",
            "Kurš maksā?",
            ["Darba devējs", "Valsts", "Neviens"]
        ),
        question(
            "q-viens",
            "Kurš apgalvojums ir pareizs?",
            ["Vecums ir pamats", "Krāsa ir pamats", "Auto ir pamats"]
        ),
        question(
            "q-divi",
            "Kurš apgalvojums ir pareizs?",
            [
                "Lūgums ir mutisks",
                "Atbilde ir mutiska",
                "Sūdzība ir mutiska"
            ]
        ),
    );
    place.write("courses/kurss/lv/02-b.md", &text);
    assert_eq!(place.course("lock").code, Some(0));
    place
}

#[test]
fn an_opposite_is_another_answer_or_the_same_as_its_author_says() {
    let place = three_questions();
    let lock = place.read("courses/kurss/course.lock");
    place.replace("courses/kurss/lv/02-b.md", "Darba devējs", "Darba ņēmējs");
    let ran = place.course("check");
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("choice-rebound"), "{ran}");
    assert!(
        ran.err.contains("“Darba devējs”") && ran.err.contains("“Darba ņēmējs”"),
        "{ran}"
    );
    assert!(ran.err.contains("--another kurss/lv/02-b.md:9"), "{ran}");
    let id = |lock: &str, text: &str| -> String {
        let at = lock.find(&format!("text = \"{text}\"")).unwrap();
        let (before, _) = lock.split_at(at);
        before
            .rsplit("id = \"")
            .next()
            .unwrap()
            .chars()
            .take(9)
            .collect::<String>()
    };
    let old = id(&lock, "Darba devējs");
    assert_eq!(
        place.course("lock --another kurss/lv/02-b.md:9").code,
        Some(0)
    );
    assert_ne!(
        id(&place.read("courses/kurss/course.lock"), "Darba ņēmējs"),
        old
    );

    place.write("courses/kurss/course.lock", &lock);
    assert_eq!(
        place
            .course("lock --still-same courses/kurss/lv/02-b.md:9")
            .code,
        Some(0)
    );
    let same = place.read("courses/kurss/course.lock");
    assert_eq!(id(&same, "Darba ņēmējs"), old);
    assert!(same.contains("was = [\"Darba devējs\"]"), "{same}");
}

#[test]
fn exchanged_ids_and_exchanged_answers_are_noticed() {
    let place = three_questions();
    let lesson = "courses/kurss/lv/02-b.md";
    let before = place.read(lesson);
    for (one, other) in [("q-viens", "q-divi"), ("q-maksa", "q-divi")] {
        let exchanged = before
            .replace(one, "q-x")
            .replace(other, one)
            .replace("q-x", other);
        place.write(lesson, &exchanged);
        let ran = place.course("check");
        assert_eq!(ran.code, Some(1));
        assert!(ran.err.contains(&format!("which was `{other}`")), "{ran}");
        assert!(ran.err.contains(&format!("which was `{one}`")), "{ran}");
    }
    // Other answers below a title that fits any question.
    place.write(
        lesson,
        &before
            .replace("Vecums ir", "Zvaigzne nav")
            .replace("Krāsa ir", "Mēness nav")
            .replace("Auto ir", "Saule nav"),
    );
    let ran = place.course("check");
    assert!(
        ran.err.contains("id-rebound") && !ran.err.contains("choice-rebound"),
        "{ran}"
    );
    // Answers that change places keep their ids.
    place.write(
        lesson,
        &before.replace(
            "- [x] Darba devējs\n- [ ] Valsts\n",
            "- [ ] Valsts\n- [x] Darba devējs\n",
        ),
    );
    assert_eq!(place.course("check").code, Some(0));
}

#[test]
fn what_stands_below_the_heading_and_in_the_steps_of_a_case_is_held_against_the_lock() {
    let place = small_course();
    let lesson = "courses/kurss/lv/02-b.md";
    place.write(
        lesson,
        "+++\nid = \"l-b\"\ntitle = \"B\"\nminutes = 1\n+++\n\n## Vai tā ir? {#q-ta .truefalse}\n\nKolēģe teica, ka \
         diskriminācijai vajag nodomu.\n\n- [ ] Jā\n  > Nē.\n- [x] Nē\n\n## Ko darīt? {#q-ko .case}\n\n### Saruna {#s-saruna}\n\n\
         Kolēģe lūdz saīsināt darba dienu.\n\n- [Piekrist](#s-labi)\n- [Atteikt](#s-slikti)\n\n### Labi {#s-labi .outcome mark=\"100%\"}\n\n\
         ### Slikti {#s-slikti .outcome mark=\"0%\"}\n",
    );
    assert_eq!(place.course("lock").code, Some(0));
    let before = place.read(lesson);
    place.replace(
        lesson,
        "ka diskriminācijai vajag nodomu",
        "ka ēdnīca ir slēgta",
    );
    let ran = place.course("check");
    assert!(
        ran.err.contains("error[id-rebound]") && ran.err.contains("ēdnīca"),
        "{ran}"
    );
    place.write(
        lesson,
        &before.replace(
            "Kolēģe lūdz saīsināt darba dienu.",
            "Kolēģis atsakās runāt ar klientu.",
        ),
    );
    let ran = place.course("check");
    assert!(
        ran.err.contains("error[choice-rebound]") && ran.err.contains("klientu"),
        "{ran}"
    );
    place.write(
        lesson,
        &before.replace(
            "diskriminācijai vajag nodomu",
            "diskriminacijai vajag nodomu",
        ),
    );
    assert_eq!(place.course("check").code, Some(0));
}

#[test]
fn another_lesson_under_an_old_id_is_asked_about() {
    let place = small_course();
    let lesson = "courses/kurss/lv/02-b.md";
    let text = |title: &str, body: &str| {
        format!("+++\nid = \"l-b\"\ntitle = \"{title}\"\nminutes = 1\n+++\n\n{body}\n")
    };
    place.write(
        lesson,
        &text(
            "Pieklustamība",
            "Rampa palīdz.\n\nLifts palīdz.\n\nDurvis ir platas.",
        ),
    );
    place.course("lock");
    place.write(
        lesson,
        &text(
            "Ieeja ēkā",
            "Rampa palīdz.\n\nLifts palīdz.\n\nDurvis ir šauras.",
        ),
    );
    assert_eq!(
        place.course("check").code,
        Some(0),
        "another title of the same lesson"
    );
    place.write(
        lesson,
        &text("Pierādīšana", "Tiesa jautā.\n\nDarba devējs atbild."),
    );
    let ran = place.course("check");
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.err.contains("id-rebound") && ran.err.contains("--still-same l-b"),
        "{ran}"
    );
    assert_eq!(place.course("lock --still-same l-b").code, Some(0));
    assert_eq!(place.course("check").code, Some(0));
}

#[test]
fn a_lock_of_the_first_layout_is_read_and_keeps_its_ids() {
    let place = three_questions();
    let lock = place.read("courses/kurss/course.lock");
    let old: String = lock
        .replace("version = 4", "version = 1")
        .lines()
        .filter(|line| {
            !["prompt =", "body =", "says ="]
                .iter()
                .any(|key| line.starts_with(key))
        })
        .flat_map(|line| [line, "\n"])
        .collect();
    place.write("courses/kurss/course.lock", &old);
    assert_eq!(place.course("check").code, Some(0));
    assert_eq!(place.course("lock").code, Some(0));
    assert_eq!(place.read("courses/kurss/course.lock"), lock);
}

/// The small course with a translation, locked, and then what is said of an answer reworded in the source.
fn with_stale_translation() -> Place {
    let place = small_course();
    let translation = LESSON.replace("Jā", "Yes").replace("Nē", "No");
    place.write("courses/kurss/en/01-a.md", &translation);
    place.course("lock");
    place.write(
        "courses/kurss/lv/01-a.md",
        &LESSON.replace("Labi ir.", "Tieši tā."),
    );
    place
}

#[test]
fn a_stale_translation_stays_so_until_it_is_found_right() {
    let place = with_stale_translation();
    let ran = place.course("lock");
    assert!(ran.err.contains("i18n-stale"), "{ran}");
    let ran = place.course("lock --still-right courses/kurss/en/01-a.md:7");
    assert_eq!(ran.code, Some(0), "{ran}");
    assert!(!ran.err.contains("i18n-stale"), "{ran}");
}

#[test]
fn what_is_said_to_be_right_has_to_be_there() {
    let place = with_stale_translation();
    for named in ["english", "kurss/en/02-b.md"] {
        let ran = place.course(&format!("lock --still-right {named}"));
        assert_eq!(ran.code, Some(2), "{ran}");
        assert!(ran.err.contains(named), "{ran}");
    }
    assert!(place.course("check").err.contains("i18n-stale"));
}

#[test]
fn what_is_read_beside_the_words_is_asked_about() {
    let lesson = "courses/kurss/lv/01-b.md";
    for (from, to) in [
        ("https://likumi.lv/a", "https://likumi.lv/b"),
        ("Darba likums nosaka", "Darba likums liedz"),
        ("| Persona | Pienākums |", "| Persona | Tiesības |"),
        ("https://a.lv/viens", "https://a.lv/divi"),
    ] {
        let place = small_course();
        place.write(
            lesson,
            "+++\nid = \"l-b\"\ntitle = \"B\"\nminutes = 1\n+++\n\n\
             ## Kas kam? {#q-pari .match}\n\nSkat. [likumu](https://likumi.lv/a).[^a]\n\n\
             | Persona | Pienākums |\n|---|---|\n| Vadītājs | [vada](https://a.lv/viens) |\n| Darbinieks | strādā |\n\n\
             > [!NOTE]\n> Tā.\n\n[^a]: Darba likums nosaka.\n",
        );
        let ran = place.course("lock");
        assert_eq!(ran.code, Some(0), "{ran}");
        assert_eq!(place.course("check").code, Some(0));
        place.replace(lesson, from, to);
        let ran = place.course("check");
        assert_eq!(ran.code, Some(1), "{from}: {ran}");
        assert!(ran.to_string().contains("-rebound]"), "{from}: {ran}");
        let ran = place.course("lock --still-same q-pari");
        assert_eq!(ran.code, Some(0), "{from}: {ran}");
        assert_eq!(place.course("check").code, Some(0), "{from}");
    }
}

/// The small course with two outcomes, locked.
fn with_outcomes() -> Place {
    let place = small_course();
    let path = "courses/kurss/course.toml";
    let meta = place.read(path);
    place.write(
        path,
        &format!(
            "{meta}\n[[outcome]]\nid = \"o-zinat\"\nlv = \"Zināt pamatus\"\n\n[[outcome]]\nid = \"o-prast\"\nlv = \"Prast rīkoties\"\n"
        ),
    );
    assert_eq!(place.course("lock").code, Some(0));
    assert_eq!(place.course("check --deny warnings").code, Some(0));
    place
}

#[test]
fn the_id_of_an_outcome_is_kept_like_any_other() {
    let place = with_outcomes();
    let path = "courses/kurss/course.toml";
    let meta = place.read(path);
    let lock = place.read("courses/kurss/course.lock");
    assert!(lock.contains("o-zinat = \"Zināt pamatus\""), "{lock}");
    place.write(path, &meta.replace("o-zinat", "o-pamati"));
    let ran = place.course("check");
    assert_eq!(ran.code, Some(1), "{ran}");
    assert!(
        ran.err
            .contains("error[id-changed]: this was `o-zinat` before"),
        "{ran}"
    );
    assert_eq!(place.course("lock").code, Some(1));
    assert_eq!(place.read("courses/kurss/course.lock"), lock);
    assert_eq!(place.course("check --fix").code, Some(0));
    assert_eq!(place.read(path), meta);
    // Another sentence under an id of its own is another outcome.
    place.write(
        path,
        &meta
            .replace("o-zinat", "o-sudzeties")
            .replace("Zināt pamatus", "Iesniegt sūdzību"),
    );
    let ran = place.course("check");
    assert!(ran.err.contains("lock-stale"), "{ran}");
    assert_eq!(place.course("lock").code, Some(0));
    let now = place.read("courses/kurss/course.lock");
    assert!(now.contains("retired = [\"o-zinat\"]"), "{now}");
    // What is gone is not used again, and no id twice.
    place.write(path, &meta.replace("Zināt pamatus", "Zināt daudz"));
    let ran = place.course("check");
    assert!(ran.err.contains("error[id-retired-reused]"), "{ran}");
    place.write(path, &meta.replace("o-zinat", "o-prast"));
    let ran = place.course("check");
    assert!(ran.err.contains("error[id-duplicate]"), "{ran}");
}

#[test]
fn a_lock_that_knows_no_outcomes_is_read() {
    let place = with_outcomes();
    let lock = place.read("courses/kurss/course.lock");
    let (before, rest) = lock.split_once("[outcome]\n").unwrap();
    let (_, after) = rest.split_once("\n\n").unwrap();
    let old = format!("{before}{after}").replace("version = 4", "version = 3");
    place.write("courses/kurss/course.lock", &old);
    assert_eq!(place.course("check --deny warnings").code, Some(0));
    assert_eq!(place.course("lock").code, Some(0));
    assert_eq!(place.read("courses/kurss/course.lock"), lock);
}
