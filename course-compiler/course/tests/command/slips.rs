//! What people mistype, from end to end: a course with one mistake goes in, and `course check` says which, where, and
//! what to do.

use crate::place::Place;

const COURSE: &str = "id = \"kurss\"\nkind = \"course\"\nground = \"none\"\naudience = \"everyone\"\nhours = 1\n\
                      source_language = \"lv\"\n\n[title]\nlv = \"Kurss\"\n\n[summary]\nlv = \"Īsi.\"\n";
const HEAD: &str = "+++\nid = \"l-a\"\ntitle = \"A\"\nminutes = 1\n+++\n\n";
const PIXEL: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

/// A course with a lesson.
fn course(body: &str) -> Place {
    let place = Place::empty();
    place.write("courses/kurss/course.toml", COURSE);
    place.write("courses/kurss/lv/01-a.md", &format!("{HEAD}{body}\n"));
    place
}

fn bytes(place: &Place, path: &str, bytes: &[u8]) {
    let path = place.path().join("courses/kurss").join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

/// Checks that the rule is told at the place, with a help that has these words.
fn told(place: &Place, code: &str, at: &str, help: &str) {
    let ran = place.course("check");
    let blocks = ran.err.split("\n\n");
    let mut found = blocks.filter(|block| block.contains(&format!("[{code}]")));
    assert!(
        found.any(|block| block.contains(&format!("--> courses/kurss/{at}")) && block.contains(help)),
        "{code} at {at} with “{help}”:\n{}",
        ran.err
    );
}

/// Checks that nothing is told, except that the course is young.
fn quiet(place: &Place) {
    let ran = place.course("check");
    let codes = ran.err.lines().filter_map(|line| {
        let (_, rest) = line.split_once('[')?;
        let (code, _) = rest.split_once("]: ")?;
        (line.starts_with("error") || line.starts_with("warning")).then_some(code)
    });
    let codes: Vec<&str> = codes
        .filter(|code| !["lock-stale", "quiz-no-feedback"].contains(code))
        .collect();
    assert_eq!(codes, [""; 0], "{}", ran.err);
}

#[test]
fn names_of_files_in_either_form_of_unicode_are_found() {
    // Composed in the text, decomposed on the disk, and the other way round.
    for (written, kept) in [
        ("\u{113}ka.gif", "e\u{304}ka.gif"),
        ("e\u{304}ka.gif", "\u{113}ka.gif"),
    ] {
        let place = course(&format!("![Ēka](../assets/{written})"));
        bytes(&place, &format!("assets/{kept}"), PIXEL);
        quiet(&place);
    }
}

#[test]
fn capitals_in_names_of_files_are_told_with_the_right_name() {
    let place = course("![Rampa](../assets/rampa.gif)\n\n[Otrā nodarbība](02-B.md)");
    bytes(&place, "assets/Rampa.GIF", PIXEL);
    place.write(
        "courses/kurss/lv/02-b.md",
        "+++\nid = \"l-b\"\ntitle = \"B\"\nminutes = 1\n+++\n\nTeksts.\n",
    );
    told(
        &place,
        "asset-missing",
        "lv/01-a.md:7:1",
        "write `../assets/Rampa.GIF`",
    );
    told(&place, "link-broken", "lv/01-a.md:9:1", "write `02-b.md`");
    place.course("check --fix");
    quiet(&place);
}

#[test]
fn dates_that_have_not_come_are_told() {
    let place = course("Teksts.[^a]");
    let head = "+++\nid = \"l-a\"\ntitle = \"A\"\nminutes = 1\nlegal_check = 2999-01-01\nupdated = 2999-01-01\n\n\
                [[source]]\nid = \"a\"\ntitle = \"A\"\nchecked = 2999-01-01\n+++\n\nTeksts.[^a]\n";
    place.write("courses/kurss/lv/01-a.md", head);
    for at in ["lv/01-a.md:5:15", "lv/01-a.md:6:11", "lv/01-a.md:11:11"] {
        told(
            &place,
            "date-in-future",
            at,
            "write the day on which it was done",
        );
    }
    let review = "\n[[review]]\nkind = \"legal\"\nby = \"A\"\ndate = 2999-01-01\nverdict = \"positive\"\ncontent_hash = \"a\"\n";
    place.write("courses/kurss/course.toml", &format!("{COURSE}{review}"));
    told(
        &place,
        "date-in-future",
        "course.toml:17:8",
        "write the day",
    );
}

#[test]
fn captions_that_are_no_webvtt_are_told() {
    for (captions, help) in [
        ("1\n00:00:01,000 --> 00:00:02,000\nTeksts\n", "`WEBVTT`"),
        ("WEBVTT\n\n00:01,000 --> 00:02,000\nTeksts\n", "point"),
        ("WEBVTT\n\n00:01.000 -> 00:02.000\nTeksts\n", "-->"),
    ] {
        let place = course("![Saruna](../assets/a.mp4)");
        bytes(&place, "assets/a.mp4", b"\0\0\0\x18ftypisom");
        bytes(&place, "assets/a.lv.vtt", captions.as_bytes());
        told(&place, "captions-malformed", "assets/a.lv.vtt", help);
    }
}

#[test]
fn files_that_are_something_else_or_too_heavy_are_told() {
    let place = course("![Rampa](../assets/rampa.png)");
    bytes(&place, "assets/rampa.png", PIXEL);
    told(&place, "asset-content", "lv/01-a.md:7:1", "name it `.gif`");

    let place = course("[Veidlapa](../assets/veidlapa.pdf)\n\n![Saruna](../assets/a.mp4)");
    bytes(
        &place,
        "assets/veidlapa.pdf",
        b"<!doctype html><title>Pieteikties</title>",
    );
    bytes(&place, "assets/a.mp4", b"<html><body>404</body></html>");
    bytes(
        &place,
        "assets/a.lv.vtt",
        b"WEBVTT\n\n00:01.000 --> 00:02.000\nTeksts\n",
    );
    told(&place, "asset-content", "lv/01-a.md:7:1", "save it again");
    told(&place, "asset-content", "lv/01-a.md:9:1", "save it again");

    let place = course("![Rampa](../assets/rampa.svg)");
    let heavy = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\">{}</svg>",
        " ".repeat(600 * 1024)
    );
    bytes(&place, "assets/rampa.svg", heavy.as_bytes());
    told(&place, "asset-heavy", "lv/01-a.md:7:1", "1600 pixels");
}

#[test]
fn choices_may_differ_in_capitals() {
    quiet(&course(
        "## Kā raksta? {#q-a .single}\n\n- [x] ES\n- [ ] es\n",
    ));
    let place = course("## Kā raksta? {#q-a .single}\n\n- [x] ES\n- [ ] ES\n");
    told(&place, "quiz-duplicate-choice", "lv/01-a.md:10:1", "");
}

#[test]
fn notes_are_read_wherever_they_are_written_and_none_is_lost() {
    quiet(&course(
        "Viens.[^b] Divi.[^c]\n\n- punkts\n\n  [^b]: Piezīme sarakstā.\n\n> Citāts.\n>\n> [^c]: Piezīme citātā.",
    ));
    let place = course("Viens.[^b]\n\n[^b]: Pirmā.\n[^b]: Otrā.\n[^d]: Nelietota.\n[^e]:");
    told(&place, "footnote-unused", "lv/01-a.md:10:1", "another name");
    told(
        &place,
        "footnote-unused",
        "lv/01-a.md:11:1",
        "write `[^d]` in the text",
    );
    let place = course("Viens^[ar piezīmi tekstā].");
    told(&place, "markup-unread", "lv/01-a.md:7:1", "`[^name]: …`");
}

#[test]
fn a_link_to_a_lesson_that_is_not_translated_leads_to_it() {
    let place = course("Teksts.");
    place.write(
        "courses/kurss/lv/02-b.md",
        "+++\nid = \"l-b\"\ntitle = \"B\"\nminutes = 1\n+++\n\nTeksts.\n",
    );
    place.write(
        "courses/kurss/en/01-a.md",
        &format!("{HEAD}Text. [The second](02-b.md)\n"),
    );
    let ran = place.course("check");
    assert!(!ran.err.contains("link-broken"), "{}", ran.err);
}

#[test]
fn links_without_an_address_are_told() {
    for link in ["[x]()", "[x](<>)", "[x](#)", "[x](https://)"] {
        told(&course(link), "link-broken", "lv/01-a.md:7:1", "write");
    }
    told(
        &course("![x]()"),
        "asset-missing",
        "lv/01-a.md:7:1",
        "`../assets/…`",
    );
}

#[test]
fn comments_in_html_are_told_with_those_of_markdown() {
    for body in ["<!-- piezīme -->", "Teksts <!-- piezīme --> te."] {
        told(
            &course(body),
            "html-unsafe",
            "lv/01-a.md:7:",
            "`[//]: # (words)`",
        );
    }
}

#[test]
fn boxes_and_feedback_that_are_nearly_right_are_put_right() {
    let place = course("## Vai? {#q-a .truefalse}\n\n- [x]Jā\n- [ ]Nē\n> Nē, jo tā.\n");
    told(
        &place,
        "quiz-looks-checked",
        "lv/01-a.md:9:3",
        "put a space between the box and the answer",
    );
    told(&place, "quiz-answer-shown", "lv/01-a.md:11:1", "indent");
    place.course("check --fix");
    quiet(&place);
}

#[test]
fn quotation_marks_of_a_word_processor_and_yaml_are_put_right() {
    for line in ["title = „A”", "title = “A”", "title = «A»", "title: A"] {
        let place = course("Teksts.");
        let head = HEAD.replace("title = \"A\"", line);
        place.write("courses/kurss/lv/01-a.md", &format!("{head}Teksts.\n"));
        told(
            &place,
            "meta-bad-value",
            "lv/01-a.md:3:",
            "write `title = \"A\"`",
        );
        place.course("check --fix");
        quiet(&place);
    }
    let place = course("Teksts.");
    place.write(
        "courses/kurss/course.toml",
        &COURSE.replace("lv = \"Kurss\"", "lv = „Kurss”"),
    );
    told(
        &place,
        "meta-bad-value",
        "course.toml:9:6",
        "straight quotation marks",
    );
}

#[test]
fn a_share_without_a_sign_is_what_the_answer_says() {
    let place =
        course("## Cik? {#q-a .single}\n\n- [x] Ar nodokli `21%`\n- [ ] Bez `21%` nodokļa\n");
    quiet(&place);
    let ran = place.course("build --out bundle");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let shown = std::fs::read_dir(place.path().join("bundle/courses"))
        .unwrap()
        .any(|entry| {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap_or_default();
            text.contains("Ar nodokli <code>21%</code>")
        });
    assert!(shown);
}

#[test]
fn addresses_and_callouts_left_as_text_are_told() {
    for (address, target) in [
        ("https://likumi.lv/x", "https://likumi.lv/x"),
        ("www.likumi.lv", "https://www.likumi.lv"),
        ("likumi.lv/ta/id/26019", "https://likumi.lv/ta/id/26019"),
        ("info@likumi.lv", "mailto:info@likumi.lv"),
    ] {
        let place = course(&format!("Skat. {address}."));
        told(
            &place,
            "address-bare",
            "lv/01-a.md:7:7",
            &format!("`[words]({target})`"),
        );
    }
    told(
        &course("> [!NOET]\n> Teksts."),
        "callout-unknown",
        "lv/01-a.md:7:3",
        "did you mean `[!NOTE]`?",
    );
    told(
        &course("> [!NOTE] Teksts."),
        "callout-unknown",
        "lv/01-a.md:7:3",
        "next line",
    );
    told(
        &course("[!NOTE]\nTeksts."),
        "callout-unknown",
        "lv/01-a.md:7:1",
        "`> `",
    );
    told(
        &course("> **Note**\n> Teksts."),
        "markup-unread",
        "lv/01-a.md:7:3",
        "`> [!NOTE]`",
    );
    told(
        &course(":::note\nTeksts.\n:::"),
        "markup-unread",
        "lv/01-a.md:7:1",
        "`> [!NOTE]`",
    );
}

#[test]
fn diff_says_in_words_what_changed() {
    let body = "## Kurš? {#q-a .single}\n\n- [x] Darba devējs\n- [ ] Darbinieks\n";
    let place = course(body);
    assert_eq!(place.course("lock").code, Some(0));
    assert_eq!(place.course("build --out before").code, Some(0));
    let other = body
        .replace("[x] D", "[ ] D")
        .replace("[ ] Darbinieks", "[x] Darbinieks");
    place.write("courses/kurss/lv/01-a.md", &format!("{HEAD}{other}\n"));
    let ran = place.course("diff before courses");
    for words in ["Darba devējs", "Darbinieks"] {
        assert!(ran.out.contains(words), "{}", ran.out);
    }
    let is_hash = |word: &str| word.len() >= 12 && word.chars().all(|c| c.is_ascii_hexdigit());
    let hashes: Vec<&str> = ran
        .out
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| is_hash(word))
        .collect();
    // The revision that a `[[rescore]]` has to name is the only one.
    assert!(hashes.len() <= 1, "{}", ran.out);
}
